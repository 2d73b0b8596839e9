#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Do the tests notice? Small faults, one at a time, in what judges.

    mutants.py [--seed N] [--count N] [--list] BUILD

BUILD was configured with --enable-coverage from a copy of the source that may
be written to: it holds an empty file "mutants-may-write". Each mutant is one
operator or constant of src/assessment or src/trust, exchanged; the seed says
which. The tests that run its line are run until one fails; where none does,
it has survived, which is told with the line. A line that no test runs is told
too. Ends with 0 whatever survives: that is for people to look at.
"""
import argparse
import glob
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time

FOLDERS = ('src/assessment', 'src/trust')

# What is written, and what in its stead.
EXCHANGES = [
    (r' == ', ' != '), (r' != ', ' == '), (r' && ', ' || '),
    (r' \|\| ', ' && '), (r' < ', ' <= '), (r' > ', ' >= '),
    (r' <= ', ' < '), (r' >= ', ' > '), (r'\breturn true;', 'return false;'),
    (r'\breturn false;', 'return true;'), (r' = true;', ' = false;'),
    (r' = false;', ' = true;'), (r'\bif \(!', 'if ('), (r' \+ 1\b', ' + 2'),
    (r' - 1\b', ' - 2'), (r'\bbreak;', ';'), (r'\bcontinue;', ';'),
]

# Quick ones first: the first that fails ends a mutant.
UNITS = ('test-trust', 'test-sigfacts', 'test-minisign', 'test-refused',
         'test-inspect', 'test-assessment', 'test-obligations',
         'test-branches', 'test-report')
SUITES = ('tests/pki/test-policy.py', 'tests/pki/test-pki.py',
          'tests/cli/run-golden', 'tests/pki/test-odd.py',
          'tests/pki/test-keys.py', 'tests/pki/test-stamps.py',
          'tests/pki/test-inspect.py', 'tests/cli/test-volumes.py')
SECONDS = 300


class Build:
    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        with open(os.path.join(self.folder, 'Makefile'),
                  encoding='utf-8') as f:
            self.source = re.search(r'^abs_top_srcdir = (.*)$', f.read(),
                                    re.M).group(1)
        if not os.path.exists(os.path.join(self.source, 'mutants-may-write')):
            sys.exit('mutants: %s has no file mutants-may-write' % self.source)
        self.units = [u for u in UNITS if os.path.exists(
            os.path.join(self.source, 'tests/unit', u + '.c'))]

    def tests(self):
        return ['tests/unit/' + u for u in self.units] + \
            [s for s in SUITES if os.path.exists(
                os.path.join(self.source, s))]

    def make(self):
        return subprocess.run(
            ['make', '-j%d' % os.cpu_count(), 'rollcall',
             *('tests/unit/' + u for u in self.units)],
            cwd=self.folder, capture_output=True).returncode == 0

    def run(self, test, counters):
        """Does the test pass? What it counts goes below COUNTERS."""
        inside = os.path.join(self.folder, 'tests')
        env = {**os.environ, 'GCOV_PREFIX': counters, 'LC_ALL': 'C.UTF-8',
               'ROLLCALL': os.path.join(self.folder, 'rollcall'),
               'ROLLCALL_SRC': self.source, 'PYTHON': sys.executable,
               'ROLLCALL_FIXTURES': os.path.join(inside, 'fixtures'),
               'ROLLCALL_VOLUMES': os.path.join(inside, 'volumes'),
               'ROLLCALL_CATALOGUE_DIR': os.path.join(inside, 'none'),
               'PYTHONDONTWRITEBYTECODE': '1'}
        if test.startswith('tests/unit/'):
            command = [os.path.join(self.folder, test)]
        else:
            interpreter = sys.executable if test.endswith('.py') else 'sh'
            command = [interpreter, os.path.join(self.source, test)]
        try:
            done = subprocess.run(command, cwd=self.folder, env=env,
                                  capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0 and \
            not re.search(rb'^not ok|^Bail out', done.stdout, re.M)

    def lines_run(self, test):
        """(file, line) of FOLDERS that the test runs."""
        with tempfile.TemporaryDirectory() as counters:
            if not self.run(test, counters):
                sys.exit('mutants: %s fails already' % test)
            found = set()
            here = counters + self.folder
            for folder in FOLDERS:
                for gcda in glob.glob(os.path.join(here, folder, '*.gcda')):
                    notes = os.path.relpath(gcda, here)[:-4] + 'gcno'
                    shutil.copy(os.path.join(self.folder, notes),
                                os.path.dirname(gcda))
                    found |= lines_of(gcda)
            return found


def lines_of(gcda):
    out = subprocess.run(
        ['gcov', '--json-format', '--stdout', os.path.basename(gcda)],
        cwd=os.path.dirname(gcda), capture_output=True, text=True).stdout
    return {(os.path.basename(f['file']), line['line_number'])
            for text in out.splitlines() for f in json.loads(text)['files']
            for line in f['lines'] if line['count']}


def candidates(source):
    """(file, line number, text, changed text) of everything that may be
    exchanged in code, comments left out."""
    for folder in FOLDERS:
        for path in sorted(glob.glob(os.path.join(source, folder, '*.c'))):
            with open(path, encoding='utf-8') as f:
                lines = f.read().split('\n')
            for n, line in enumerate(lines, 1):
                if re.match(r'\s*(/?\*|#|static|//|")', line) or \
                        not line.startswith('\t'):
                    continue
                code = re.sub(r'"(\\.|[^"\\])*"',
                              lambda m: '\0' * len(m.group()), line)
                for pattern, instead in EXCHANGES:
                    for m in re.finditer(pattern, code):
                        yield path, n, line, \
                            line[:m.start()] + instead + line[m.end():]


def replace(path, number, text):
    with open(path, encoding='utf-8') as f:
        lines = f.read().split('\n')
    lines[number - 1] = text
    with open(path, 'w', encoding='utf-8') as f:
        f.write('\n'.join(lines))


def judge(build, mutant, covering):
    """killed by TEST | survived | not run | does not compile"""
    path, number, old, new = mutant
    tests = [t for t, lines in covering.items()
             if (os.path.basename(path), number) in lines]
    if not tests:
        return 'not run'
    replace(path, number, new)
    try:
        if not build.make():
            return 'does not compile'
        with tempfile.TemporaryDirectory() as counters:
            for test in tests:
                if not build.run(test, counters):
                    return 'killed by ' + test
        return 'survived'
    finally:
        replace(path, number, old)


def main():
    p = argparse.ArgumentParser()
    p.add_argument('--seed', type=int, default=1)
    p.add_argument('--count', type=int, default=30)
    p.add_argument('--list', action='store_true')
    p.add_argument('build')
    options = p.parse_args()
    build = Build(options.build)
    chosen = list(candidates(build.source))
    random.Random(options.seed).shuffle(chosen)
    chosen = chosen[:options.count]
    began = time.monotonic()
    if options.list:
        covering = {}
    else:
        covering = {t: build.lines_run(t) for t in build.tests()}
    counts = {'killed': 0, 'survived': 0, 'not run': 0,
              'does not compile': 0}
    for mutant in chosen:
        path, number, old, new = mutant
        what = 'listed' if options.list else judge(build, mutant, covering)
        word = 'killed' if what.startswith('killed') else what
        counts[word] = counts.get(word, 0) + 1
        print('%s:%d: %s\n\t- %s\n\t+ %s' % (
            os.path.relpath(path, build.source), number, what, old.strip(),
            new.strip()), flush=True)
    print('%d mutants of seed %d: %s; %d s' % (
        len(chosen), options.seed, ', '.join(
            '%d %s' % (n, word) for word, n in counts.items() if n),
        time.monotonic() - began))
    if not options.list:
        build.make()


if __name__ == '__main__':
    main()
