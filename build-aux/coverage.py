#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What gcov counted in src, of a build that was configured with
--enable-coverage and has run its tests.

    coverage.py [--worst N] [--lines PERCENT] [--branches PERCENT] FOLDER

Prints the files that were run least, then one line of percents; ends with 1
when there is less than asked for.
"""
import argparse
import collections
import json
import os
import subprocess
import sys


def counters(folder):
    for here, _, names in sorted(os.walk(folder)):
        yield from (os.path.join(here, n) for n in sorted(names)
                    if n.endswith('.gcda'))


class File:
    def __init__(self):
        self.lines = collections.Counter()
        self.branches = collections.Counter()

    def add(self, line):
        number = line['line_number']
        self.lines[number] += line['count']
        for n, branch in enumerate(line['branches']):
            self.branches[number, n] += branch['count']


def ran(counter):
    return sum(1 for count in counter.values() if count), len(counter)


def collect(folder):
    """Files of src; headers are counted once, over all that include them."""
    files = collections.defaultdict(File)
    for gcda in counters(folder):
        out = subprocess.run(['gcov', '--json-format', '--stdout',
                              '--branch-probabilities', gcda], check=True,
                             capture_output=True, text=True).stdout
        for text in out.splitlines():
            for f in json.loads(text)['files']:
                name = os.path.normpath(f['file'])
                at = ('/' + name).find('/src/')
                if at < 0 or name.startswith('/usr/'):
                    continue
                for line in f['lines']:
                    files[name[at:]].add(line)
    return files


def percent(counters_of):
    pairs = [ran(c) for c in counters_of]
    yes, all_of_them = (sum(column) for column in zip(*pairs))
    return 100 * yes / all_of_them if all_of_them else 100.0, yes, \
        all_of_them


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--worst', type=int, default=10)
    p.add_argument('--lines', type=float, default=0)
    p.add_argument('--branches', type=float, default=0)
    p.add_argument('folder')
    options = p.parse_args()
    files = collect(options.folder)
    if not files:
        sys.exit('coverage: nothing was counted: configure with '
                 '--enable-coverage, and "make check"')
    by_lines = sorted((percent([f.lines])[0], name)
                      for name, f in files.items())
    for share, name in by_lines[:options.worst]:
        print('%6.1f %%  %s' % (share, name))
    lines = percent([f.lines for f in files.values()])
    branches = percent([f.branches for f in files.values()])
    print('lines %.1f %% (%d of %d), branches %.1f %% (%d of %d)'
          % (lines + branches))
    sys.exit(lines[0] < options.lines or branches[0] < options.branches)


if __name__ == '__main__':
    main()
