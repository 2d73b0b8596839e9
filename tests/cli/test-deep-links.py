#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""scan --deep of folders that links lead back to (TAP)."""
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ['ROLLCALL_SRC'], 'tests', 'tools'))
from tap import Tap  # noqa: E402

VOLUME = os.path.join(os.environ['ROLLCALL_VOLUMES'], '2010-sbs-packages-gone', 'c')


def scan(root):
    """Two links to "." double the folders at each step: 2^64 in the end."""
    folder = os.path.join(root, 'Windows', 'Installer')
    os.makedirs(folder, exist_ok=True)
    for name in ('one', 'two'):
        os.symlink('.', os.path.join(folder, name))
    done = subprocess.run([os.environ['ROLLCALL'], 'scan', '--deep',
                           '--format', 'json', root], capture_output=True,
                          text=True, timeout=60)
    if not json.loads(done.stdout)['hosts']:
        yield done.stderr


def main():
    t = Tap()
    with tempfile.TemporaryDirectory() as scratch:
        root = os.path.join(scratch, 'c')
        shutil.copytree(VOLUME, root, symlinks=True)
        t.point('two links to "." end', scan(root))
    return t.end()


if __name__ == '__main__':
    sys.exit(main())
