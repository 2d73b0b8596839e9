# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What the tests of src/fetch share: a CA, nginx, running rollcall, TAP."""
import concurrent.futures
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import traceback

SRC = os.environ['ROLLCALL_SRC']
ROLLCALL = os.environ['ROLLCALL']
sys.path.insert(0, os.path.join(SRC, 'tests', 'tools'))

import webserver  # noqa: E402
from tap import first_of, sampled  # noqa: E402

WORK = tempfile.mkdtemp(prefix='rollcall-fetch.')
ENVIRONMENT = {k: v for k, v in os.environ.items()
               if not k.lower().endswith('_proxy')
               and not k.startswith('ROLLCALL_CATALOGUE')}
ENVIRONMENT['HOME'] = WORK
# Cases run beside each other: one waits while another computes.
THREADS = 8


def make_validator():
    try:
        import jsonschema
    except ImportError:
        return None
    path = os.path.join(SRC, 'data', 'rollcall-result.schema.json')
    with open(path, encoding='utf-8') as f:
        return jsonschema.Draft202012Validator(json.load(f))


VALIDATOR = make_validator()


class Skip(Exception):
    pass


class Failure(Exception):
    pass


def check(condition, what):
    if not condition:
        raise Failure(what)


def equal(got, want, what):
    check(got == want, '%s: got %r, want %r' % (what, got, want))


def contains(text, part):
    check(part in text, '%r is not in %r' % (part, text))


class Run:
    """rollcall, run to its end."""

    def __init__(self, *args, env=None, **more):
        self.done = subprocess.run(
            [ROLLCALL, *args], capture_output=True, timeout=60,
            env={**ENVIRONMENT, **(env or {})}, **more)
        self.code = self.done.returncode
        self.out = self.done.stdout.decode()
        self.err = self.done.stderr.decode()

    def json(self):
        """The result, which keeps to its schema."""
        try:
            result = json.loads(self.out)
        except ValueError:
            raise Failure('no JSON; stderr: ' + self.err) from None
        if VALIDATOR:
            for error in VALIDATOR.iter_errors(result):
                raise Failure('schema: ' + error.message)
        return result


def write(path, data):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return path


def read(path):
    with open(path, 'rb') as f:
        return f.read()


def has_curl():
    """Built with libcurl, and it is there?"""
    run = Run('probe', '--timeout', '1', 'https://127.0.0.1:1')
    return 'libcurl' not in run.err


# -------------------------------------------------------------------- PKI

CA_CONFIG = '''
[ca]
default_ca = own
[own]
dir = .
database = ./index
new_certs_dir = .
serial = ./serial
private_key = ./ca.key
certificate = ./ca.pem
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
'''


def openssl(*args, **more):
    done = subprocess.run(['openssl', *args], capture_output=True, text=True,
                          **more)
    if done.returncode != 0:
        raise RuntimeError(done.stderr)


class Pki:
    """A CA and the certificates of servers, one good and others not."""

    def __init__(self):
        if not shutil.which('openssl'):
            raise Skip('openssl is not installed')
        self.dir = os.path.join(WORK, 'pki')
        os.makedirs(self.dir)
        write(self.path('ca.cnf'), CA_CONFIG)
        write(self.path('index'), '')
        write(self.path('serial'), '01\n')
        openssl('req', '-x509', '-newkey', 'ec', '-pkeyopt',
                'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30',
                '-subj', '/CN=test CA', '-addext',
                'basicConstraints=critical,CA:TRUE', '-keyout', 'ca.key',
                '-out', 'ca.pem', cwd=self.dir)
        self.ca = self.path('ca.pem')
        here = 'IP:127.0.0.1,DNS:localhost'
        self.good = self.issue('good', here)
        self.wrong = self.issue('wrong', 'DNS:wrong.example')
        self.expired = self.issue('expired', here, '20200101000000Z',
                                  '20200201000000Z')

    def path(self, name):
        return os.path.join(self.dir, name)

    def issue(self, name, names, start=None, end=None):
        """A TLS context; the files are NAME.pem and NAME.key."""
        write(self.path(name + '.ext'), 'subjectAltName=%s\n' % names)
        openssl('req', '-newkey', 'ec', '-pkeyopt',
                'ec_paramgen_curve:prime256v1', '-nodes', '-subj',
                '/CN=' + name, '-keyout', name + '.key', '-out',
                name + '.csr', cwd=self.dir)
        when = ['-startdate', start, '-enddate', end] if start else [
            '-days', '20']
        openssl('ca', '-batch', '-notext', '-config', 'ca.cnf', '-extfile',
                name + '.ext', '-in', name + '.csr', '-out', name + '.pem',
                *when, cwd=self.dir)
        return webserver.tls(self.path(name + '.pem'),
                             self.path(name + '.key'))


# ------------------------------------------------------------------ nginx

NGINX_CONFIG = '''
daemon off;
master_process off;
pid %(dir)s/pid;
error_log %(dir)s/error.log;
events { }
http {
    log_format all '$request $status $server_protocol '
        '$sent_http_content_encoding';
    access_log %(dir)s/access.log all;
    client_body_temp_path %(dir)s/t1;
    proxy_temp_path %(dir)s/t2;
    fastcgi_temp_path %(dir)s/t3;
    uwsgi_temp_path %(dir)s/t4;
    scgi_temp_path %(dir)s/t5;
    types { text/xml xml; text/html html; }
    server {
        listen 127.0.0.1:%(port)d ssl http2;
        ssl_certificate %(pem)s;
        ssl_certificate_key %(key)s;
        root %(dir)s/root;
        gzip on;
        gzip_types text/xml;
        %(more)s
    }
}
'''


def find_nginx():
    path = shutil.which('nginx') or '/usr/sbin/nginx'
    return path if os.access(path, os.X_OK) else None


class Nginx:
    """The real thing, on a free port, ended by stop()."""

    def __init__(self, pki, more=''):
        program = find_nginx()
        if program is None:
            raise Skip('nginx is not installed')
        self.dir = tempfile.mkdtemp(dir=WORK)
        self.root = os.path.join(self.dir, 'root')
        os.mkdir(self.root)
        os.chmod(WORK, 0o755)
        os.chmod(self.dir, 0o755)
        with socket.create_server(('127.0.0.1', 0)) as probe:
            port = probe.getsockname()[1]
        config = write(os.path.join(self.dir, 'nginx.conf'), NGINX_CONFIG % {
            'dir': self.dir, 'port': port, 'pem': pki.path('good.pem'),
            'key': pki.path('good.key'), 'more': more})
        self.process = subprocess.Popen(
            [program, '-p', self.dir, '-c', config, '-e',
             os.path.join(self.dir, 'error.log')],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.origin = 'https://127.0.0.1:%d' % port
        self._wait(port)

    def _wait(self, port):
        for _ in range(100):
            try:
                socket.create_connection(('127.0.0.1', port), 1).close()
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.05)
        raise RuntimeError('nginx does not start: ' + self.text('error.log'))

    def text(self, name):
        path = os.path.join(self.dir, name)
        return read(path).decode() if os.path.exists(path) else ''

    def stop(self):
        self.process.terminate()
        self.process.wait()


# -------------------------------------------------------------------- TAP

def run_case(case):
    name, function = case
    try:
        return name, 'ok', function() or []
    except Skip as why:
        return name, 'skip', [str(why)]
    except Exception:
        return name, 'not ok', traceback.format_exc().splitlines()


def run_cases(cases, clean_up=()):
    """CASES is a list of (name, function); ends the program."""
    cases = sampled(cases, first_of)
    print('1..%d' % len(cases), flush=True)
    bad = False
    with concurrent.futures.ThreadPoolExecutor(THREADS) as pool:
        for n, (name, outcome, lines) in enumerate(
                pool.map(run_case, cases), 1):
            if outcome == 'skip':
                print('ok %d - %s # SKIP %s' % (n, name, lines[0]))
                continue
            for line in lines:
                print('# ' + line)
            bad |= outcome != 'ok'
            print('%s %d - %s' % (outcome, n, name), flush=True)
    for step in clean_up:
        step()
    shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(bad)


def function_name(function):
    return re.sub('^case_', '', function.__name__).replace('_', ' ')
