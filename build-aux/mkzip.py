#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The archive that is handed out for Windows: "make dist-windows".

    mkzip.py --version V --address A --source TREE --exe FILE --prefix DIR ZIP

DIR is what build-aux/windows-libraries printed: beside it lie the sources of
what was linked in, with their licences. The same program and the same sources
make the same bytes: order, times and modes are fixed.
"""
import argparse
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import zipfile

SCRIPTS = ('scan-servers.ps1', 'detect-remediation.ps1',
           'detect-application.ps1')

# What the compiler brings along; Debian's copyright files.
RUNTIME = {
    'mingw-w64': '/usr/share/doc/mingw-w64-common/copyright',
    'gcc': '/usr/share/doc/gcc-mingw-w64-base/copyright',
}
COMMON = '/usr/share/common-licenses'


def read(*parts):
    with open(os.path.join(*parts), 'rb') as f:
        return f.read()


def text(data):
    """Lines as Windows has them."""
    return data.replace(b'\r\n', b'\n').replace(b'\n', b'\r\n')


def licence_of(cache, package, version):
    """debian/copyright out of the source package that was built."""
    version = version.split(':')[-1]
    name = '%s_%s.debian.tar.xz' % (package, version)
    with tarfile.open(os.path.join(cache, 'sources', name)) as tar:
        return tar.extractfile('debian/copyright').read()


def licences(options):
    yield 'rollcall', read(options.source, 'COPYING')
    yield 'unicode', read(options.source, 'COPYING.unicode')
    cache = os.path.dirname(os.path.abspath(options.prefix))
    for line in read(options.prefix, 'complete').decode().splitlines():
        package, version = line.split()
        yield package, licence_of(cache, package, version)
    for name, path in RUNTIME.items():
        yield name, read(path)


def with_common(found):
    """And the texts that Debian's files refer to."""
    found = list(found)
    referred = {name for _, data in found
                for name in re.findall(COMMON.encode() + rb'/([\w.-]*\w)', data)}
    for name in sorted(referred):
        path = os.path.join(COMMON, name.decode())
        if os.path.isfile(path):
            found.append(('common-licenses/' + name.decode(), read(path)))
    return found


def bill(options):
    return subprocess.run(
        [sys.executable, os.path.join(options.source, 'build-aux/mksbom.py'),
         '--version', options.version, '--source', options.source,
         '--linked', os.path.join(options.prefix, 'complete'),
         '--exe', options.exe], check=True, capture_output=True).stdout


def files(options):
    readme = read(options.source, 'windows', 'README.txt').decode()
    readme = readme.replace('@VERSION@', options.version)
    readme = readme.replace('@BUGREPORT@', options.address)
    yield 'rollcall.exe', read(options.exe)
    yield 'README.txt', text(readme.encode())
    yield 'rollcall-result.schema.json', \
        read(options.source, 'data', 'rollcall-result.schema.json')
    yield 'rollcall.cdx.json', bill(options)
    for name in SCRIPTS:
        yield 'scripts/' + name, text(read(options.source, 'windows', name))
    for name, data in with_common(licences(options)):
        yield 'licences/%s.txt' % name, text(data)


def day(options):
    """That of the catalogue: the clock has nothing to say here."""
    issued = re.search(rb'\bissued="(\d+)-(\d+)-(\d+)"',
                       read(options.source, 'data', 'exchange.xml'))
    return tuple(int(n) for n in issued.groups()) + (0, 0, 0)


def write(options):
    content = sorted(files(options))
    sums = ''.join('%s  %s\n' % (hashlib.sha256(data).hexdigest(), name)
                   for name, data in content)
    content.append(('SHA256SUMS', sums.encode()))
    folder = 'rollcall-%s-win64/' % options.version
    with zipfile.ZipFile(options.zip, 'w') as z:
        for name, data in content:
            info = zipfile.ZipInfo(folder + name, day(options))
            info.create_system = 0
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, data, compresslevel=9)


def main():
    p = argparse.ArgumentParser()
    for name in ('version', 'address', 'source', 'exe', 'prefix'):
        p.add_argument('--' + name, required=True)
    p.add_argument('zip')
    options = p.parse_args()
    try:
        write(options)
    except (OSError, KeyError) as e:
        sys.exit('mkzip: %s' % e)


if __name__ == '__main__':
    main()
