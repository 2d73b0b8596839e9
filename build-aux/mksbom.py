#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A bill of materials (CycloneDX 1.5, JSON) of a release.

    mksbom.py --version V --source TREE [--linked FILE] [--exe FILE]

Of a source release: what configure.ac asks for, and what was taken from
elsewhere. With --linked, lines "PACKAGE VERSION" as build-aux/windows-libraries
writes them, of a program: what was linked in, exactly. Nothing in it depends
on the clock or the machine.
"""
import argparse
import hashlib
import json
import os
import re
import sys
import uuid

# pkg-config module, Debian's source package: name, licence, what it is for.
LIBRARIES = {
    ('libxml-2.0', 'libxml2'): ('libxml2', 'MIT', 'reads the catalogue'),
    ('libcrypto', 'openssl'): ('openssl', 'Apache-2.0',
                               'digests and signatures'),
    ('libseccomp', 'libseccomp'): ('libseccomp', 'LGPL-2.1-only',
                                   'refuses system calls (Linux)'),
    ('libcurl', 'curl'): ('curl', 'curl', 'probe and catalogue update'),
    ('libmspack', 'libmspack'): ('libmspack', 'LGPL-2.1-only',
                                 'unpacks cabinets for catalogue import'),
}
UNICODE = {
    'type': 'data', 'bom-ref': 'unicode', 'name': 'Unicode Character Database',
    'version': None, 'description': 'case mappings: src/base/upcase_table.h',
    'licenses': [{'license': {'id': 'Unicode-DFS-2016'}}],
}


def read(tree, *parts):
    with open(os.path.join(tree, *parts), encoding='utf-8') as f:
        return f.read()


def component(name, licence, purpose, **more):
    return {'type': 'library', 'bom-ref': name, 'name': name,
            'description': purpose, **more,
            'licenses': [{'license': {'id': licence}}]}


def asked_for(tree):
    """What configure.ac looks for, with the oldest version that will do."""
    text = read(tree, 'configure.ac')
    for module, oldest in re.findall(
            r'PKG_CHECK_MODULES\(\[\w+\], \[(\S+) >= (\S+)\]', text):
        name, licence, purpose = next(
            v for k, v in LIBRARIES.items() if k[0] == module)
        yield component(
            name, licence, purpose,
            scope='optional' if name in ('curl', 'libmspack')
            else 'required',
            properties=[{'name': 'rollcall:oldest-version',
                         'value': oldest}])


def linked_in(lines):
    for line in lines.splitlines():
        package, version = line.split()
        name, licence, purpose = next(
            v for k, v in LIBRARIES.items() if k[1] == package)
        yield component(
            name, licence, purpose, scope='required', version=version,
            purl='pkg:deb/debian/%s@%s?arch=source' % (
                package, version.replace('~', '%7E').replace('+', '%2B')))


def unicode_data(tree):
    version = re.search(r'Unicode\s+\*?\s*(\d+\.\d+\.\d+)',
                        read(tree, 'src', 'base', 'upcase_table.h'))
    return {**UNICODE, 'version': version.group(1)}


def bill(options):
    about = {'type': 'application', 'bom-ref': 'rollcall', 'name': 'rollcall',
             'version': options.version,
             'description': 'patch state of a Microsoft Exchange server',
             'licenses': [{'license': {'id': 'MIT'}}]}
    if options.exe:
        with open(options.exe, 'rb') as f:
            digest = hashlib.sha256(f.read()).hexdigest()
        about['hashes'] = [{'alg': 'SHA-256', 'content': digest}]
    if options.linked:
        with open(options.linked, encoding='utf-8') as f:
            parts = list(linked_in(f.read()))
    else:
        parts = list(asked_for(options.source))
    parts = sorted(parts + [unicode_data(options.source)],
                   key=lambda c: c['bom-ref'])
    issued = re.search(r'\bissued="(\d{4}-\d\d-\d\d)"',
                       read(options.source, 'data', 'exchange.xml')).group(1)
    bom = {
        'bomFormat': 'CycloneDX', 'specVersion': '1.5', 'version': 1,
        'metadata': {'timestamp': issued + 'T00:00:00Z', 'component': about},
        'components': parts,
        'dependencies': [
            {'ref': 'rollcall', 'dependsOn': [c['bom-ref'] for c in parts]}]
        + [{'ref': c['bom-ref'],
            'dependsOn': ['openssl'] if c['name'] == 'curl' else []}
           for c in parts],
    }
    name = json.dumps(bom, sort_keys=True)
    bom['serialNumber'] = 'urn:uuid:%s' % uuid.uuid5(uuid.NAMESPACE_OID, name)
    return bom


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--version', required=True)
    p.add_argument('--source', required=True)
    p.add_argument('--linked')
    p.add_argument('--exe')
    json.dump(bill(p.parse_args()), sys.stdout, indent=1)
    print()


if __name__ == '__main__':
    main()
