#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The program is hardened, and gives its rights away (TAP).

What configure found is read from the Makefile; what came of it from the ELF
file itself, and from "rollcall self-test", which tries what is refused.
"""
import os
import re
import struct
import subprocess
import sys

SRC = os.environ['ROLLCALL_SRC']
ROLLCALL = os.environ['ROLLCALL']
sys.path.insert(0, os.path.join(SRC, 'tests', 'tools'))
from tap import Tap  # noqa: E402

PT_LOAD, PT_DYNAMIC, PT_GNU_STACK, PT_GNU_RELRO = 1, 2, 0x6474e551, 0x6474e552
DT_FLAGS, DT_FLAGS_1 = 30, 0x6ffffffb
DF_BIND_NOW, DF_1_NOW = 8, 1
TRIED = ('no new privileges', 'a list of system calls', 'execve', 'socket',
         'ptrace', 'mount', 'bpf', 'io_uring_setup', 'userfaultfd',
         'process_vm_readv', 'process_vm_writev', 'keyctl', 'a file in /tmp')


def variable(name):
    with open('Makefile', encoding='utf-8') as f:
        found = re.search(r'^%s = *(.*)$' % name, f.read(), re.M)
    return found.group(1).strip() if found else ''


class Elf:
    """Of 64 bits, the low byte first: gABI, chapters 4 and 5."""

    def __init__(self, data):
        self.data = data
        self.ours = data[:6] == b'\x7fELF\x02\x01'
        if not self.ours:
            return
        self.machine, = struct.unpack_from('<H', data, 18)
        off, = struct.unpack_from('<Q', data, 32)
        size, count = struct.unpack_from('<HH', data, 54)
        self.segments = {}
        self.loaded = []
        for i in range(count):
            kind, flags, at, _, _, length = struct.unpack_from(
                '<IIQQQQ', data, off + i * size)
            self.segments[kind] = flags, at, length
            if kind == PT_LOAD:
                self.loaded.append(data[at:at + length])

    def dynamic(self, tag):
        _, at, length = self.segments[PT_DYNAMIC]
        for off in range(at, at + length, 16):
            its, value = struct.unpack_from('<QQ', self.data, off)
            if its == tag:
                return value
        return 0


def linked(elf, cflags):
    if PT_GNU_RELRO not in elf.segments:
        yield 'no RELRO'
    if not elf.dynamic(DT_FLAGS) & DF_BIND_NOW and \
            not elf.dynamic(DT_FLAGS_1) & DF_1_NOW:
        yield 'symbols are bound late, so RELRO is not full'
    if elf.segments.get(PT_GNU_STACK, (1,))[0] & 1:
        yield 'the stack can be run'
    if '-O' in cflags and b'_chk\0' not in \
            elf.data.replace(b'__stack_chk_fail\0', b''):
        yield 'no function of _FORTIFY_SOURCE'
    if b'__stack_chk_fail\0' not in elf.data:
        yield 'no stack protector'


def built_anywhere(elf):
    """Built in another folder, it has the same bytes; gcov needs its own."""
    for data in elf.loaded:
        if b'.gcda' not in data:
            yield from (str(path) for path in re.findall(
                rb'[!-~]*src/[a-z]+/\w+\.[ch](?=\0)', data))


def compiled(elf, flags):
    # orq $0x0,(%rsp) looks at each page of a large frame.
    if '-fstack-clash-protection' in flags and \
            b'\x48\x83\x0c\x24\x00' not in elf.data:
        yield 'large frames are not looked at page by page'
    # endbr64, at each function that is called by its address.
    if '-fcf-protection' in flags and \
            elf.data.count(b'\xf3\x0f\x1e\xfa') < 500:
        yield 'no endbr64 where functions begin'


def confined(done):
    lines = [line.split('#')[0].strip() for line in done.stdout.splitlines()]
    if done.returncode != 0 or done.stderr:
        yield 'exit code %d: %s' % (done.returncode, done.stderr)
    yield from (line for line in lines if line.startswith('not'))
    for name in TRIED:
        if not any(line.endswith('- ' + name) for line in lines):
            yield 'not tried: ' + name


def writes_beside(folder):
    """What is refused elsewhere is done where --output leads."""
    target = os.path.join(folder, 'which.json')
    done = subprocess.run([ROLLCALL, 'which', '14.2.318.4', '--format',
                           'json', '--output', target],
                          capture_output=True, text=True)
    if done.returncode != 0 or not os.path.getsize(target):
        yield done.stderr
    os.remove(target)
    done = subprocess.run([ROLLCALL, 'which', '14.2.318.4', '--output',
                           '/dev/null'], capture_output=True, text=True)
    if done.returncode != 0:
        yield done.stderr


def main():
    t = Tap()
    flags = variable('HARDEN_CFLAGS')
    cflags = '%s %s' % (variable('CFLAGS'), os.environ.get('CFLAGS', ''))
    if variable('SAN_CFLAGS'):
        t.skip('hardened', 'a build that looks at itself is not')
        return t.end()
    with open(ROLLCALL, 'rb') as f:
        elf = Elf(f.read())
    if not elf.ours:
        t.skip('linked', 'no ELF file of 64 bits')
    else:
        t.point('linked', linked(elf, cflags))
        t.point('the same wherever it is built', built_anywhere(elf))
    if not elf.ours or elf.machine != 62 or '-O' not in cflags:
        t.skip('compiled', 'not optimized, or not for x86-64')
    else:
        t.point('compiled', compiled(elf, flags))
    done = subprocess.run([ROLLCALL, 'self-test'], capture_output=True,
                          text=True)
    if done.stdout.startswith('1..0'):
        t.skip('confined', done.stdout.strip())
    else:
        t.point('confined', confined(done))
        for why in sorted(set(re.findall(r'# SKIP (.*)', done.stdout))):
            t.skip('confined as far as it goes', why)
    t.point('writes where output goes', writes_beside(os.getcwd()))
    return t.end()


if __name__ == '__main__':
    sys.exit(main())
