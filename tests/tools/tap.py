# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Test Anything Protocol, as automake's driver reads it."""
import os
import sys
import zlib


def one_in():
    """Where a run has to be short (a plain "make check"), or is slow (under
    sanitizers, or Wine), one case in so many is enough, for all are those of
    another run: ROLLCALL_ONE_IN. Who writes goldens writes all."""
    if os.environ.get("UPDATE_GOLDEN"):
        return 1
    return max(1, int(os.environ.get("ROLLCALL_ONE_IN") or 1))


def sampled(cases, name=str, short=1):
    """The cases whose turn it is, and a line that says how many are not:
    the same ones each time for one ROLLCALL_SEED, for they go by their names;
    always one at least. Of SHORT ones it is the turn of so many more (of long
    ones, below 1, of fewer)."""
    cases = list(cases)
    share = max(1, int(one_in() / short)) if one_in() > 1 else 1
    seed = os.environ.get("ROLLCALL_SEED") or "0"

    def turn(case):
        return zlib.crc32((seed + " " + name(case)).encode())

    some = [c for c in cases if turn(c) % share == 0] or \
        sorted(cases, key=turn)[:1]
    if len(some) < len(cases):
        print("# %d of %d cases: ROLLCALL_ONE_IN=%d ROLLCALL_SEED=%s" % (
            len(some), len(cases), one_in(), seed), flush=True)
    return some


def fewer(count, least):
    """How many of COUNT cases, made up or of one kind, such a run takes: LEAST
    at any rate."""
    return min(count, max(least, count // one_in()))


def left_out():
    """Why a run takes none of what has no cases to choose from, and takes
    long: None where it takes all."""
    return "runs with all cases: ROLLCALL_ONE_IN=1" if one_in() > 1 else None


def first_of(row):
    """The name of a row that begins with it."""
    return str(row[0])


class Tap:
    def __init__(self):
        self.count = self.failed = 0

    def point(self, name, complaints):
        """A test, which passes when nobody complains."""
        self.count += 1
        complaints = list(complaints)
        self.failed += bool(complaints)
        print("%s %d - %s" % ("not ok" if complaints else "ok", self.count,
                              name))
        for complaint in complaints:
            for line in str(complaint).splitlines():
                print("# " + line)
        sys.stdout.flush()

    def skip(self, name, why):
        self.count += 1
        print("ok %d - %s # SKIP %s" % (self.count, name, why), flush=True)

    def unless(self, why, name, complaints, table):
        """A test that may fail if TABLE says WHY; then it must, or the row
        is out of date."""
        complaints = list(complaints)
        if why is None:
            self.point(name, complaints)
        elif complaints:
            self.skip(name, why)
        else:
            self.point(name, ["passes: take it out of " + table])

    def end(self):
        """The plan, and the exit code for who started us."""
        print("1..%d" % self.count)
        return 1 if self.failed else 0
