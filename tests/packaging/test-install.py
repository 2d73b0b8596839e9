#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What "make install" installs, and that "make uninstall" leaves nothing."""
import os
import shutil
import subprocess
import sys
import tempfile

SRC = os.environ['ROLLCALL_SRC']
ROLLCALL = os.environ['ROLLCALL']
sys.path.insert(0, os.path.join(SRC, 'tests', 'tools'))
from tap import Tap, left_out  # noqa: E402

BUILD = os.path.dirname(ROLLCALL)
WANTED = {
    'bin/rollcall',
    'share/bash-completion/completions/rollcall',
    'share/doc/rollcall/COPYING',
    'share/doc/rollcall/COPYING.unicode',
    'share/doc/rollcall/HACKING.md',
    'share/doc/rollcall/NEWS',
    'share/doc/rollcall/README.md',
    'share/doc/rollcall/SECURITY.md',
    'share/doc/rollcall/exchange.xml',
    'share/man/man1/rollcall.1',
    'share/man/man5/rollcall-catalogue.5',
    'share/man/man5/rollcall-result.5',
    'share/rollcall/catalogue.rng',
    'share/rollcall/rollcall-result.schema.json',
    'share/rollcall/rollcall.ps1',
    'share/zsh/site-functions/_rollcall',
}


def make(target, root):
    # Not as part of the make that runs this test.
    env = {k: v for k, v in os.environ.items()
           if k not in ('MAKEFLAGS', 'MFLAGS', 'MAKELEVEL', 'DESTDIR')}
    done = subprocess.run(
        ['make', target, 'prefix=' + root, 'exec_prefix=' + root],
        cwd=BUILD, env=env, capture_output=True, text=True)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def files_in(root):
    return {os.path.relpath(os.path.join(folder, name), root)
            for folder, _, names in os.walk(root) for name in names}


def runs(root):
    program = os.path.join(root, 'bin', 'rollcall')
    done = subprocess.run([program, 'which', '14.2.318.4'],
                          capture_output=True, text=True)
    return [] if 'KB2756485' in done.stdout else [done.stdout + done.stderr]


def folders_of_ours(root):
    return [os.path.join(folder, name)
            for folder, names, _ in os.walk(root) for name in names
            if name == 'rollcall']


def main():
    if left_out():
        print('1..0 # SKIP ' + left_out())
        return 0
    t = Tap()
    root = tempfile.mkdtemp()
    try:
        complaints = make('install', root)
        t.point('make install', complaints)
        here = files_in(root)
        t.point('what is installed', sorted(
            ['missing: ' + f for f in WANTED - here] +
            ['not known: ' + f for f in here - WANTED]))
        t.point('it runs', runs(root))
        t.point('make uninstall', make('uninstall', root))
        t.point('nothing is left', sorted(files_in(root)) +
                folders_of_ours(root))
    finally:
        shutil.rmtree(root)
    return t.end()


if __name__ == '__main__':
    sys.exit(main())
