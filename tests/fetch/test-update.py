#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""rollcall catalogue update, against real servers on 127.0.0.1.

Whatever goes wrong, the stated error comes, and the set that was in use
before is still there, byte for byte, and used.
"""
import os
import random
import re
import resource
import shutil
import subprocess
import tempfile
import time

import kit
from kit import Run, Skip, WORK, check, contains, equal, read, write

from mkminisign import Key
import webserver as web

KEY, OTHER = Key(), Key('somebody else')
STAYS = 'the catalogue in use stays as it is\n'
BUILT_IN = read(os.path.join(kit.SRC, 'data', 'exchange.xml')).decode()
SERIAL = int(re.search(r'serial="(\d+)"', BUILT_IN).group(1))
OLD, NEW = SERIAL + 1, SERIAL + 2
# Soon checked, and yet too long to be written at once.
SMALL = """<catalogue xmlns='urn:rollcall:catalogue:1'
  serial='%d' issued='%s' known-until='2026-01-01' expires='%s'>
<source id='A' title='t' where='w' microsoft='yes'/>
<product id='P' name='Exchange P' from='1.0.0.0' below='2.0.0.0' sources='A'>
<setup-key>SOFTWARE\\P</setup-key>
<branch id='RTM'>
<release id='p' kind='RTM' label='RTM' revision='1' build='1.0.1.0'
  confidence='high' sources='A'/>
</branch></product></catalogue>
<!-- """ + 'padding ' * 15000 + """-->
"""


def catalogue(serial, expires='2099-01-01'):
    day = str(serial)
    return (SMALL % (serial, '-'.join((day[:4], day[4:6], day[6:8])),
                     expires)).encode()


OLD_XML, NEW_XML = catalogue(OLD), catalogue(NEW)
OLD_SIG, NEW_SIG = KEY.sign(OLD_XML), KEY.sign(NEW_XML)
CURL = kit.has_curl()
try:
    PKI = kit.Pki()
except Skip:
    PKI = None


def need_servers():
    if not CURL:
        raise Skip('built without libcurl')
    if PKI is None:
        raise Skip('openssl is not installed')


class Site:
    """A store with the old set in it, and what is published to it."""

    def __init__(self, empty=False):
        self.dir = tempfile.mkdtemp(dir=WORK)
        self.store = os.path.join(self.dir, 'store')
        self.set = os.path.join(self.store, 'catalogue.set')
        self.xml = os.path.join(self.dir, 'exchange.xml')
        self.volume = os.path.join(self.dir, 'volume')
        os.makedirs(os.path.join(self.volume, 'Windows'))
        self.conf = os.path.join(self.dir, 'catalogue.conf')
        self.env = {'ROLLCALL_CATALOGUE_DIR': self.store,
                    'ROLLCALL_CATALOGUE_CONF': self.conf}
        self.says('key = %s\n' % KEY.public())
        self.before = None
        if not empty:
            self.publish(OLD_XML, OLD_SIG)
            equal(self.update().code, 0, 'putting the old set in place')
            self.before = read(self.set)
        self.publish(NEW_XML, NEW_SIG)

    def says(self, text):
        write(self.conf, text.encode())

    def publish(self, xml, signature=None):
        write(self.xml, xml)
        write(self.xml + '.minisig',
              KEY.sign(xml) if signature is None else signature)

    def update(self, *args, source=None, key=KEY, env=None, **more):
        return Run('catalogue', 'update', '--from', source or self.xml,
                   '--key', key.public(), *args,
                   env={**self.env, **(env or {})}, **more)

    def https(self, source, *args, **more):
        return self.update('--cacert', PKI.ca, '--retries', '0', *args,
                           source=source, **more)

    def serial(self, env=None, at='2026-12-01'):
        """What scan says that it used, and what it warned of."""
        run = Run('scan', '--format', 'json', '--at', at, self.volume,
                  env={**self.env, **(env or {})})
        warnings = [line for line in run.err.splitlines()
                    if 'catalogue' in line]
        return run.json()['catalogue']['serial'], '\n'.join(warnings)

    def refused(self, run, code, *parts):
        for part in parts:
            contains(run.err, part)
        contains(run.err, STAYS)
        equal(run.code, code, 'exit code; stderr: ' + run.err)
        equal(run.out, '', 'standard output')
        equal(os.listdir(self.store), ['catalogue.set'], 'the store')
        check(read(self.set) == self.before, 'the old set was changed')
        equal(self.serial()[0], OLD, 'the catalogue in use')

    def accepted(self, run, outcome='now kept in'):
        equal(run.code, 0, 'exit code; stderr: ' + run.err)
        equal(run.err, '', 'standard error')
        contains(run.out, 'catalogue %d, issued' % NEW)
        contains(run.out, outcome)
        equal(os.listdir(self.store), ['catalogue.set'], 'the store')
        equal(self.serial(), (NEW, ''), 'in use, and warnings')
        check(read(self.set).endswith(NEW_SIG + NEW_XML), 'not what came')


def serve(context=None, xml=NEW_XML, signature=NEW_SIG, **other):
    paths = {'/c.xml': web.answer(200, xml),
             '/c.xml.minisig': web.answer(200, signature)}
    paths.update({'/' + name.replace('_', '.'): behaviour
                  for name, behaviour in other.items()})
    server = web.Server(paths, context or PKI.good)
    server.url = server.origin + '/c.xml'
    return server


# ------------------------------------------------------------- from a path

def case_path_is_taken():
    site = Site()
    site.accepted(site.update())
    site.accepted(site.update(), 'nothing new')


def case_first_set_makes_its_folders():
    site = Site(empty=True)
    site.accepted(site.update())


def case_file_url_is_a_path():
    for host in ('', 'localhost'):
        site = Site()
        shutil.copy(site.xml, site.dir + '/a b.xml')
        shutil.copy(site.xml + '.minisig', site.dir + '/a b.xml.minisig')
        site.accepted(site.update(
            source='file://%s%s/a%%20b.xml' % (host, site.dir)))


def case_legacy_signature_is_taken():
    site = Site()
    signature = KEY.sign(NEW_XML, legacy=True)
    site.publish(NEW_XML, signature)
    run = site.update()
    equal(run.code, 0, run.err)
    check(read(site.set).endswith(signature + NEW_XML), 'not what came')


def case_key_and_source_from_the_environment():
    site = Site()
    key = write(site.dir + '/site.pub', KEY.public_file())
    site.accepted(Run('catalogue', 'update', env={
        **site.env, 'ROLLCALL_CATALOGUE_URL': site.xml,
        'ROLLCALL_CATALOGUE_KEY': key}))


def case_usage_is_told():
    site = Site()
    site.says('')
    for args, part in (
            ([], 'neither --from nor ROLLCALL_CATALOGUE_URL'),
            (['--from', 'x'], 'neither --key nor ROLLCALL_CATALOGUE_KEY'),
            (['--from', 'x', '--key', 'x', '--timeout', '0'],
             '--timeout: 0 is not from 1 to 3600'),
            (['--from', 'x', '--key', 'x', '--retries', '-1'],
             '--retries: "-1" is no number'),
            (['--from', 'x', '--key', 'x', '--retries', '11'],
             '--retries: 11 is not from 0 to 10'),
            (['--from', 'x', '--key', 'x', '--catalogue', 'x'],
             '--catalogue has no meaning here')):
        run = Run('catalogue', 'update', *args, env=site.env)
        contains(run.err, part)
        equal(run.code, 64, part)


def case_wrong_keys_are_told():
    site = Site()
    secret = 'RWRTY0Iy' + 'A' * 204
    for text, code, part in (
            (site.dir + '/none', 66, 'No such file'),
            (write(site.dir + '/junk', 'junk\n'), 65, 'no minisign public'),
            (write(site.dir + '/secret', 'untrusted comment: x\n%s\n'
                   % secret), 65, 'this is a secret key')):
        run = Run('catalogue', 'update', '--from', site.xml, '--key', text,
                  env=site.env)
        contains(run.err, part)
        equal(run.code, code, part)


def case_missing_files():
    site = Site()
    site.refused(site.update(source=site.dir + '/none.xml'), 66,
                 'none.xml: No such file')
    os.remove(site.xml + '.minisig')
    site.refused(site.update(), 66, 'exchange.xml.minisig: No such file')


# --------------------------------------------------------------- the checks

def refused_pair(xml, signature, *parts):
    site = Site()
    site.publish(xml, signature)
    site.refused(site.update(), 65, *parts)


def case_garbage_instead_of_xml():
    refused_pair(b'garbage\n' * 1000, NEW_SIG, 'signature check failed',
                 'wrong, or of other data')


def case_signed_garbage():
    refused_pair(b'garbage\n', None, 'grammar check failed', 'line 1')


def case_signed_doctype():
    refused_pair(NEW_XML.replace(b'<catalogue', b'<!DOCTYPE c><catalogue', 1), None,
                 'grammar check failed', 'document type')


def case_signed_and_not_of_the_grammar():
    refused_pair(NEW_XML.replace(b'<branch ', b'<branche ', 1), None,
                 'grammar check failed')


def case_signed_and_not_of_the_linter():
    refused_pair(re.sub(rb"issued='[\d-]+'", b"issued='2026-01-01'", NEW_XML),
                 None, 'linter check failed: line 1: serial: ')


def case_garbage_signature():
    refused_pair(NEW_XML, b'garbage\n', 'signature check failed',
                 'line 1 is not "untrusted comment: ..."')


def case_empty_signature():
    refused_pair(NEW_XML, b'', 'signature check failed')


def case_more_behind_the_signature():
    refused_pair(NEW_XML, NEW_SIG + b'x', 'signature check failed',
                 'something follows')


def case_signature_of_another_file():
    refused_pair(NEW_XML, KEY.sign(b'another file'),
                 'signature check failed', 'of other data')


def case_signature_of_another_key():
    refused_pair(NEW_XML, OTHER.sign(NEW_XML), 'signature check failed',
                 'made with key ')


def case_comment_of_another_signature():
    lines = NEW_SIG.splitlines(True)
    lines[2] = b'trusted comment: another\n'
    refused_pair(NEW_XML, b''.join(lines), 'signature check failed',
                 'the trusted comment')


def case_one_bit_of_the_file():
    changed = bytearray(NEW_XML)
    changed[-20] ^= 1
    refused_pair(bytes(changed), NEW_SIG, 'signature check failed')


def case_swapped_pair():
    site = Site()
    site.publish(NEW_SIG, NEW_XML[:10000])
    site.refused(site.update(), 65, 'signature check failed', 'line 1')
    site.publish(NEW_SIG, NEW_XML)
    site.refused(site.update(), 65, 'more than 16384 bytes')


def case_pair_of_two_publications():
    refused_pair(NEW_XML, OLD_SIG, 'signature check failed',
                 'of other data')


def case_older_serial():
    refused_pair(catalogue(SERIAL - 1), None, 'serial check failed',
                 '%d is older than %d, which is in use' % (SERIAL - 1, OLD))
    refused_pair(catalogue(SERIAL), None, 'serial check failed')


def case_expired_set():
    site = Site()
    site.publish(catalogue(NEW, expires='2026-12-05'))
    site.refused(site.update('--at', '2026-12-05'), 65,
                 'expiry check failed', 'it expired on 2026-12-05')
    equal(site.update('--at', '2026-12-04T23:59:59Z').code, 0, 'before')


# ---------------------------------------------------------------- the store

def case_older_than_compiled_in_is_not_used():
    site = Site(empty=True)
    xml = catalogue(SERIAL)
    site.publish(xml)
    equal(site.update().code, 0, 'same serial as compiled in')
    equal(site.serial()[0], SERIAL, 'in use')


def case_places_of_a_user():
    """Nobody's own folders; root's would be the machine's."""
    site = Site(empty=True)
    user = {'user': 65534, 'group': 65534} if os.geteuid() == 0 else {}
    os.chmod(WORK, 0o755)
    os.chmod(site.dir, 0o777)
    home, data = site.dir + '/home', site.dir + '/data'
    arguments = ['catalogue', 'update', '--from', site.xml, '--key',
                 KEY.public()]
    key = {'ROLLCALL_CATALOGUE_KEY': KEY.public()}
    for env, place in (
            ({'HOME': home, 'XDG_DATA_HOME': data}, data + '/rollcall'),
            ({'HOME': home, 'XDG_DATA_HOME': 'data'},
             home + '/.local/share/rollcall'),
            ({'HOME': home, 'XDG_DATA_HOME': ''},
             home + '/.local/share/rollcall')):
        env = {**env, **key}
        try:
            run = Run(*arguments, env=env, **user)
        except PermissionError:
            raise Skip('nobody may not run this build') from None
        equal(run.code, 0, run.err)
        contains(run.out, 'in %s\n' % place)
        equal(os.listdir(place), ['catalogue.set'], 'files')
        scan = Run('scan', '--format', 'json', site.volume, env=env, **user)
        equal(scan.json()['catalogue']['origin'], place + '/catalogue.set',
              'origin')
    run = Run(*arguments, env={'HOME': ''}, **user)
    equal(run.code, 74, run.err)
    contains(run.err, 'HOME is not set')


def case_damage_of_the_store_is_told():
    for place in (5, 40, -3000, -100):
        site = Site()
        damaged = bytearray(site.before)
        damaged[place] ^= 1
        write(site.set, bytes(damaged))
        serial, err = site.serial()
        equal(serial, SERIAL, 'the compiled-in catalogue is used')
        contains(err, 'catalogue.set: not used: ')
        site.accepted(site.update())


def case_cut_store_is_told():
    site = Site()
    for length in (0, 10, 100, 400, 60000, len(site.before) - 1):
        write(site.set, site.before[:length])
        serial, err = site.serial()
        equal(serial, SERIAL, 'the compiled-in catalogue is used')
        contains(err, 'catalogue.set: not used: ')


def case_key_of_the_environment_binds_the_store():
    site = Site()
    serial, err = site.serial({'ROLLCALL_CATALOGUE_KEY': OTHER.public()})
    equal(serial, SERIAL, 'the compiled-in catalogue is used')
    contains(err, 'not used: it is signed with key ')
    serial, err = site.serial({'ROLLCALL_CATALOGUE_KEY': KEY.public()})
    equal(serial, OLD, 'the stored catalogue is used')


def case_the_key_beside_the_set_is_none():
    site = Site()
    for text in ('', '# nothing\n\nurl = https://127.0.0.1/c.xml\n'):
        site.says(text)
        serial, err = site.serial()
        equal(serial, SERIAL, 'the compiled-in catalogue is used')
        contains(err, 'not used: no key of the site is known')
    site.says(' key=%s \r\n' % OTHER.public())
    contains(site.serial()[1], 'that of the site is ')
    site.says('keys = x\n')
    contains(site.serial()[1], 'catalogue.conf: line 1 is neither')
    site.says('\ufeff# Notepad\r\nkey = %s\r\n' % KEY.public())
    equal(site.serial()[0], OLD, 'behind a byte order mark')
    site.says('key = %s\n# \0' % KEY.public())
    contains(site.serial()[1], 'catalogue.conf: line 2 is neither')


def case_catalogue_conf_says_whence():
    site = Site()
    site.says('url = %s\nkey = %s\n' % (site.xml, KEY.public()))
    site.accepted(Run('catalogue', 'update', env=site.env))


def case_what_others_can_write_is_not_read():
    for what in ('store', 'set', 'conf'):
        site = Site()
        path = getattr(site, what)
        os.chmod(path, os.stat(path).st_mode | 0o020)
        serial, err = site.serial()
        equal(serial, SERIAL, what)
        contains(err, 'others can write to ' + path)
        os.chmod(path, os.stat(path).st_mode & ~0o020)
        equal(site.serial()[0], OLD, what)
        os.rename(path, path + '.real')
        os.symlink(path + '.real', path)
        serial, err = site.serial()
        equal(serial, SERIAL, what)
        contains(err, path + ' is a link')
        if os.geteuid() == 0:
            os.unlink(path)
            os.rename(path + '.real', path)
            os.chown(path, 65534, 65534)
            contains(site.serial()[1], 'belongs to somebody else')


def case_anchor_that_cannot_be_built():
    site = Site()
    xml = NEW_XML.replace(b'</catalogue>', b"<anchor name='A' purpose='both' "
                          b"sources='A'><subject>3000</subject>"
                          b"<spki>3001</spki></anchor></catalogue>", 1)
    site.publish(xml)
    site.refused(site.update(), 65, 'linter check failed', 'bad public key')
    head = site.before[:site.before.index(b'\n\n') + 2]
    write(site.set, head + KEY.sign(xml) + xml)
    serial, err = site.serial()
    equal(serial, SERIAL, 'the compiled-in catalogue is used')
    contains(err, 'catalogue.set: not used: ')


def case_new_key_of_the_site_replaces_the_old():
    site = Site()
    xml = catalogue(SERIAL)
    site.publish(xml, OTHER.sign(xml))
    run = site.update(key=OTHER)
    equal(run.code, 0, run.err)
    check(read(site.set).endswith(xml), 'not what came')


def case_age_is_warned_of():
    site = Site(empty=True)
    site.publish(catalogue(2099010101, '2099-06-01'))
    equal(site.update('--at', '2099-01-01').code, 0, 'update')
    equal(site.serial(at='2099-03-02'), (2099010101, ''), 'after 60 days')
    contains(site.serial(at='2099-03-04')[1],
             'this catalogue is 62 days old')
    contains(site.serial(at='2099-06-01')[1],
             'this catalogue expired on 2099-06-01')


def case_disk_full():
    site = Site()

    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (60000, 60000))
    site.refused(site.update(preexec_fn=small_files), 74,
                 'catalogue.set: File too large')


def case_store_of_another_version():
    """Checked again, and replaced where it cannot be read any more."""
    site = Site()
    other = re.sub(rb'checked: .*', b'checked: rollcall 0', site.before)
    write(site.set, other)
    equal(site.serial(), (OLD, ''), 'in use')
    xml = OLD_XML.replace(b'<branch ', b'<branche ', 1)
    write(site.set, other[:other.index(b'\n\n') + 2] + KEY.sign(xml) + xml)
    serial, err = site.serial()
    equal(serial, SERIAL, 'the compiled-in catalogue is used')
    contains(err, 'catalogue.set: not used: ')
    site.accepted(site.update())


def case_two_updates_at_once():
    import fcntl
    site = Site()
    fd = os.open(site.store, os.O_RDONLY)
    fcntl.flock(fd, fcntl.LOCK_EX)
    site.refused(site.update(), 74, 'another update is running')
    fcntl.flock(fd, fcntl.LOCK_UN)
    os.close(fd)
    site.accepted(site.update())


def case_killed_at_50_points():
    """The source is a server where there can be one."""
    seed = 20121009
    pick = random.Random(seed)
    site = Site()
    source, more = site.xml, []
    if CURL and PKI:
        source, more = serve().url, ['--cacert', PKI.ca]
    whole = 60
    for _ in range(3):
        start = time.monotonic()
        run = site.update(*more, source=source)
        whole = min(whole, time.monotonic() - start)
        equal(run.code, 0, run.err)
    after = read(site.set)
    seen = {site.before: 0, after: 0}
    for _ in range(50):
        write(site.set, site.before)
        process = subprocess.Popen(
            [kit.ROLLCALL, 'catalogue', 'update', '--from', source, '--key',
             KEY.public(), *more], env={**kit.ENVIRONMENT, **site.env},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(pick.uniform(0, whole))
        process.kill()
        process.wait()
        found = read(site.set)
        check(found in seen, 'neither the old set nor the new one')
        seen[found] += 1
    site.accepted(site.update(*more, source=source),
                  'now kept' if found == site.before else 'nothing new')
    return ['seed %d: old %d, new %d' % (seed, seen[site.before],
                                         seen[after])]


# ---------------------------------------------------------------- good HTTPS

def nginx(more=''):
    need_servers()
    server = kit.Nginx(PKI, more)
    write(server.root + '/c.xml', NEW_XML)
    write(server.root + '/c.xml.minisig', NEW_SIG)
    server.url = server.origin + '/c.xml'
    NGINXES.append(server)
    return server


NGINXES = []


def case_nginx_200_then_304():
    server, site = nginx(), Site()
    site.accepted(site.https(server.url))
    stored = read(site.set)
    contains(stored[:1000].decode(), '\netag: ')
    site.accepted(site.https(server.url), 'nothing new')
    contains(server.text('access.log'), 'GET /c.xml HTTP/2.0 304')
    check(read(site.set) == stored, 'stored again')


def case_nginx_compresses():
    server, site = nginx(), Site()
    site.accepted(site.https(server.url))
    contains(server.text('access.log'), 'GET /c.xml HTTP/2.0 200 HTTP/2.0 '
             'gzip')


def case_nginx_condition_is_for_the_same_source_and_key():
    server, site = nginx(), Site()
    site.accepted(site.update())
    site.accepted(site.https(server.url), 'nothing new')
    check(' 304 ' not in server.text('access.log'), 'asked with condition')
    xml = KEY.sign(NEW_XML)
    check(xml == NEW_SIG, 'signatures are not deterministic')
    run = site.https(server.url, key=OTHER)
    contains(run.err, 'signature check failed: made with key')
    check(' 304 ' not in server.text('access.log'), 'asked with condition')


def case_nginx_304_of_what_has_expired():
    server, site = nginx(), Site()
    site.accepted(site.https(server.url))
    run = site.https(server.url, '--at', '2099-01-01')
    contains(run.err, 'expiry check failed')
    equal(run.code, 65, run.err)


def case_nginx_404():
    server, site = nginx(), Site()
    site.refused(site.https(server.origin + '/none.xml'), 69,
                 'none.xml: the server answers 404')
    os.remove(server.root + '/c.xml.minisig')
    site.refused(site.https(server.url), 69,
                 'c.xml.minisig: the server answers 404')


def case_nginx_redirect():
    server = nginx('location /old/ { rewrite ^/old/(.*)$ /$1 redirect; }')
    site = Site()
    site.accepted(site.https(server.origin + '/old/c.xml'))


def case_json():
    site = Site()
    got = site.update('--format', 'json').json()
    equal(got['update'], {
        'outcome': 'stored', 'from': site.xml, 'directory': site.store,
        'serial': NEW, 'issued': got['update']['issued'],
        'expires': '2099-01-01T00:00:00Z'}, 'update')
    equal(got['catalogue']['serial'], NEW, 'catalogue')


# ----------------------------------------------------------------- bad HTTPS

def refused_server(server, code, *parts, args=()):
    site = Site()
    site.refused(site.https(server.url, *args), code, *parts)
    return server


def case_wrong_host_name():
    need_servers()
    refused_server(serve(PKI.wrong), 69, 'SSL')


def case_expired_certificate():
    need_servers()
    refused_server(serve(PKI.expired), 69, 'certificate has expired')


def case_unknown_authority():
    need_servers()
    site = Site()
    site.refused(site.update(source=serve().url), 69, 'SSL certificate')


def case_plain_http():
    need_servers()
    server = web.Server(serve().paths)
    site = Site()
    site.refused(site.https(server.origin + '/c.xml'), 69, 'is no HTTPS')
    equal(server.log, [], 'requests')
    site.accepted(site.https(server.origin + '/c.xml', '--allow-http'))


def case_plain_http_is_still_checked():
    need_servers()
    server = web.Server(serve(xml=OLD_XML).paths)
    site = Site()
    site.refused(site.https(server.origin + '/c.xml', '--allow-http'), 65,
                 'signature check failed')


def case_downgrade_redirect():
    need_servers()
    plain = web.Server(serve().paths)
    refused_server(serve(c_xml=web.redirect(plain.origin + '/c.xml')), 69,
                   'redirected: http://127.0.0.1:%d is no HTTPS'
                   % plain.port)
    equal(plain.log, [], 'requests')


def case_redirect_to_a_file():
    need_servers()
    refused_server(serve(c_xml=web.redirect('file:///etc/passwd')), 69,
                   'redirected: ')


def case_redirect_loop():
    need_servers()
    server = refused_server(serve(c_xml=web.redirect('/c.xml')), 69,
                            'more than 5 redirects')
    equal(len(server.log), 6, 'requests')


def case_body_cut_short():
    need_servers()
    refused_server(serve(c_xml=web.answer(
        200, NEW_XML[:60000], length=len(NEW_XML))), 69, 'c.xml: ')


def case_body_without_length_cut_short():
    """Nothing but the signature can tell."""
    need_servers()

    def cut(connection, request):
        connection.sendall(web.head(200) + NEW_XML[:60000])
    refused_server(serve(c_xml=cut), 65, 'signature check failed')


def case_endless_body():
    need_servers()
    refused_server(serve(c_xml=web.endless()), 69,
                   'the answer is longer than 4194304 bytes')


def case_endless_signature():
    need_servers()
    refused_server(serve(c_xml_minisig=web.endless()), 69,
                   'the answer is longer than 16384 bytes')


def case_compressed_bomb():
    import gzip
    need_servers()
    bomb = gzip.compress(b' ' * (64 << 20), 9)
    refused_server(serve(c_xml=web.answer(
        200, bomb, [('Content-Encoding', 'gzip')])), 69,
        'the answer is longer than 4194304 bytes')


def case_slow_body():
    need_servers()
    refused_server(serve(c_xml=web.stalled(NEW_XML[:1000])), 69,
                   'no whole answer within 1 seconds',
                   args=['--timeout', '1'])


def case_huge_header():
    need_servers()
    refused_server(serve(c_xml=web.huge_header), 69, 'c.xml: ')


def case_many_headers():
    need_servers()
    refused_server(serve(c_xml=web.many_headers), 69,
                   'the headers are longer than 65536 bytes')


def case_500_then_200():
    need_servers()
    server = serve(c_xml=web.in_turn(web.answer(500), web.hang_up,
                                     web.answer(200, NEW_XML)))
    site = Site()
    site.accepted(site.https(server.url, '--retries', '2'))
    equal([r.path for r in server.log], ['/c.xml'] * 3 + ['/c.xml.minisig'],
          'requests')


def case_500_for_ever():
    need_servers()
    server = refused_server(serve(c_xml=web.answer(500)), 69,
                            'the server answers 500',
                            args=['--retries', '1'])
    equal(len(server.log), 2, 'requests')


def case_404_is_not_tried_again():
    need_servers()
    server = refused_server(serve(c_xml=web.answer(404)), 69,
                            'the server answers 404',
                            args=['--retries', '5'])
    equal(len(server.log), 1, 'requests')


def case_304_that_was_not_asked_for():
    need_servers()
    refused_server(serve(c_xml=web.answer(304)), 69,
                   'the server answers 304')


def case_nobody_listens():
    need_servers()
    site = Site()
    site.refused(site.https('https://127.0.0.1:1/c.xml'), 69,
                 "Couldn't connect")


def case_proxy_of_the_environment():
    need_servers()
    proxy, site = web.Server({}, other=web.answer(403)), Site()
    site.refused(site.https('https://rollcall.invalid/c.xml',
                            env={'https_proxy': proxy.origin}), 69, '403')
    equal([r.path for r in proxy.log], ['rollcall.invalid:443'], 'requests')


def case_credentials_are_refused():
    need_servers()
    site = Site()
    run = site.https('https://user:word@127.0.0.1/c.xml')
    site.refused(run, 69, 'credentials in a URL are refused')
    equal('word' in run.err, False, 'the password is shown')
    equal('://***@127' in run.err, True, 'the address is shown')


def case_query_is_refused():
    need_servers()
    site = Site()
    site.refused(site.https('https://127.0.0.1/c.xml?v=1'), 69,
                 'a URL with a query')


def case_server_pair_of_two_publications():
    need_servers()
    refused_server(serve(signature=OLD_SIG), 65, 'signature check failed')


def case_without_libcurl_urls_are_refused():
    if CURL:
        raise Skip('built with libcurl')
    site = Site()
    site.refused(site.update(source='https://127.0.0.1/c.xml'), 69,
                 'built without libcurl')


# ------------------------------------------------------- minisign, both ways

def minisign(*args):
    if not shutil.which('minisign'):
        raise Skip('minisign is not installed')
    done = subprocess.run(['minisign', *args], capture_output=True,
                          text=True, stdin=subprocess.DEVNULL)
    check(done.returncode == 0, 'minisign: ' + done.stderr)


def case_minisign_signs_and_we_check():
    for legacy in ([], ['-l']):
        site = Site()
        public, secret = site.dir + '/k.pub', site.dir + '/k.sec'
        minisign('-G', '-W', '-p', public, '-s', secret)
        minisign('-S', *legacy, '-s', secret, '-m', site.xml, '-t', 'hello')
        run = Run('catalogue', 'update', '--from', site.xml, '--key',
                  public, env=site.env)
        equal(run.code, 0, run.err)
        write(site.xml, OLD_XML)
        run = Run('catalogue', 'update', '--from', site.xml, '--key',
                  public, env=site.env)
        equal(run.code, 65, 'another file')


def case_we_store_and_minisign_checks():
    """What the store holds, taken apart, is a signature to minisign."""
    for legacy in (False, True):
        site = Site()
        site.publish(NEW_XML, KEY.sign(NEW_XML, legacy))
        equal(site.update().code, 0, 'update')
        text = read(site.set).split(b'\n\n', 1)[1]
        lines = text.split(b'\n', 4)
        xml = write(site.dir + '/out.xml', lines[4])
        write(xml + '.minisig', b'\n'.join(lines[:4]) + b'\n')
        minisign('-V', '-m', xml, '-P', KEY.public())


def main():
    cases = [(kit.function_name(f), f) for name, f in globals().items()
             if name.startswith('case_')]
    kit.run_cases(cases, [lambda: [n.stop() for n in NGINXES]])


if __name__ == '__main__':
    main()
