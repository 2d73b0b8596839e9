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


def deep(root, *links):
    """A scan of ROOT with more links, (name, target), below Installer."""
    folder = os.path.join(root, 'Windows', 'Installer')
    os.makedirs(folder, exist_ok=True)
    for name, target in links:
        os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
        os.symlink(target, os.path.join(folder, name))
    done = subprocess.run([os.environ['ROLLCALL'], 'scan', '--deep',
                           '--format', 'json', root], capture_output=True,
                          text=True, timeout=60)
    hosts = json.loads(done.stdout)['hosts']
    return hosts[0]['inventory'] if hosts else None


def paths(inventory):
    return sorted(f['path'] for f in inventory['deep']['files'])


def circles(root, sound):
    """Two links to "." double the folders at each step: 2^64 in the end."""
    found = deep(root, ('one', '.'), ('two', '.'))
    if paths(found) != paths(sound):
        yield '%r, not %r' % (paths(found), paths(sound))
    if found['deep']['unread'] != sound['deep']['unread']:
        yield 'unread: %r' % found['deep']['unread']


def told_by_own_name(root, sound):
    """A link to a folder that comes before it: its files are told once, by
    the folder's name."""
    folder = os.path.join(root, 'Windows', 'Installer', 'real')
    os.makedirs(folder)
    with open(os.path.join(folder, 'no.dll'), 'w', encoding='ascii') as f:
        f.write('no program')
    found = deep(root, ('a-link', 'real'), ('z-link', 'real'))
    new = set(paths(found)) - set(paths(sound))
    if new != {'C:\\Windows\\Installer\\real\\no.dll'}:
        yield repr(new)


def links_below_links(root, sound):
    """Through link after link to a folder that is nowhere else: it is looked
    into, and nothing is passed over."""
    far = os.path.join(root, 'far')
    os.makedirs(os.path.join(far, 'inner'))
    with open(os.path.join(far, 'inner', 'no.dll'), 'w',
              encoding='ascii') as f:
        f.write('no program')
    os.makedirs(os.path.join(root, 'way'))
    os.symlink('../far/inner', os.path.join(root, 'way', 'in'))
    found = deep(root, ('way', '../../way'))
    new = set(paths(found)) - set(paths(sound))
    if new != {'C:\\Windows\\Installer\\way\\in\\no.dll'}:
        yield repr(new)
    if found['deep']['unread'] != sound['deep']['unread']:
        yield 'unread: %r' % found['deep']['unread']


CASES = {
    'two links to "." end': circles,
    'a folder is told by its own name': told_by_own_name,
    'a folder behind two links is looked into': links_below_links,
}


def main():
    t = Tap()
    for name, check in CASES.items():
        with tempfile.TemporaryDirectory() as scratch:
            root = os.path.join(scratch, 'c')
            shutil.copytree(VOLUME, root, symlinks=True)
            t.point(name, check(root, deep(root)))
    return t.end()


if __name__ == '__main__':
    sys.exit(main())
