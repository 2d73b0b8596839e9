# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Test Anything Protocol, as automake's driver reads it."""
import sys


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
