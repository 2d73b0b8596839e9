#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The bill of materials names what the program is made of."""
import json
import os
import re
import subprocess
import sys
import tempfile

SRC = os.environ['ROLLCALL_SRC']
sys.path.insert(0, os.path.join(SRC, 'tests', 'tools'))
from tap import Tap, left_out  # noqa: E402

MAKER = os.path.join(SRC, 'build-aux', 'mksbom.py')
MODULES = {'libxml-2.0': 'libxml2', 'libcrypto': 'openssl',
           'libcurl': 'curl',
           'libseccomp': 'libseccomp'}


def make(*more):
    done = subprocess.run(
        [sys.executable, MAKER, '--version', '1.2.3', '--source', SRC, *more],
        capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else '{}' + done.stderr


def sound(bom):
    """What CycloneDX demands of a document like ours."""
    if bom.get('bomFormat') != 'CycloneDX' or bom.get('specVersion') != '1.5':
        yield 'not CycloneDX 1.5'
        return
    if not re.fullmatch(r'urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}',
                        bom['serialNumber']):
        yield 'serialNumber ' + bom['serialNumber']
    if not re.fullmatch(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ',
                        bom['metadata']['timestamp']):
        yield 'timestamp ' + bom['metadata']['timestamp']
    refs = [bom['metadata']['component']['bom-ref']] + \
        [c['bom-ref'] for c in bom['components']]
    if len(refs) != len(set(refs)):
        yield 'a bom-ref is there twice: %s' % refs
    for d in bom['dependencies']:
        for ref in [d['ref'], *d['dependsOn']]:
            if ref not in refs:
                yield 'depends on %s, which is no component' % ref
    for c in bom['components']:
        if c['type'] not in ('library', 'data') or not c['name'] or \
                not c['licenses'][0]['license']['id']:
            yield 'component %s' % c


def names(bom):
    return {c['name'] for c in bom['components'] if c['type'] == 'library'}


def source(bom):
    yield from sound(bom)
    with open(os.path.join(SRC, 'configure.ac'), encoding='utf-8') as f:
        asked = re.findall(r'PKG_CHECK_MODULES\(\[\w+\], \[(\S+)', f.read())
    wanted = {MODULES.get(m, m) for m in asked}
    if names(bom) != wanted:
        yield 'libraries %s, configure.ac has %s' % (names(bom), wanted)
    if not any(c['name'].startswith('Unicode') for c in bom['components']):
        yield 'no word of Unicode'
    if bom['metadata']['component']['version'] != '1.2.3':
        yield 'version'


def windows(bom, digest):
    yield from sound(bom)
    curl = next(c for c in bom['components'] if c['name'] == 'curl')
    if curl['version'] != '7.88.1-10+deb12u9' or curl['purl'] != \
            'pkg:deb/debian/curl@7.88.1-10%2Bdeb12u9?arch=source':
        yield 'curl: %s' % curl
    if names(bom) != {'curl', 'openssl'}:
        yield 'libraries: %s' % names(bom)
    about = bom['metadata']['component']
    if about['hashes'] != [{'alg': 'SHA-256', 'content': digest}]:
        yield 'hashes: %s' % about['hashes']


def main():
    if left_out():
        print('1..0 # SKIP ' + left_out())
        return 0
    t = Tap()
    text = make()
    t.point('of a source release', source(json.loads(text)))
    t.point('the same again', [] if make() == text else ['it differs'])
    with tempfile.TemporaryDirectory() as folder:
        linked = os.path.join(folder, 'complete')
        exe = os.path.join(folder, 'rollcall.exe')
        with open(linked, 'w', encoding='utf-8') as f:
            f.write('openssl 3.0.17-1~deb12u3\ncurl 7.88.1-10+deb12u9\n')
        with open(exe, 'wb') as f:
            f.write(b'abc')
        t.point('of a program', windows(
            json.loads(make('--linked', linked, '--exe', exe)),
            'ba7816bf8f01cfea414140de5dae2223'
            'b00361a396177a9cb410ff61f20015ad'))
    return t.end()


if __name__ == '__main__':
    sys.exit(main())
