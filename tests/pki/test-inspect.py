#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""rollcall inspect on the signed files of matrix.txt. TAP.

One line for each file, then what holds for all of them together: their
digests, the exit codes, the order, the threads, the machine's OpenSSL
configuration.
"""

import concurrent.futures
import hashlib
import os
import shutil
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

from maker import (Inspector, Maker, ask_witness,               # noqa: E402
                   read_matrix)
from tap import sampled                                         # noqa: E402

AT = ("--at", "2014-01-01")
EXITS = {"valid": 0, "expires": 1, "unsigned": 1, "untrusted": 1,
         "expired": 2, "invalid": 2, "unreadable": 3}
FIPS = """
openssl_conf = init
[init]
alg_section = algorithms
[algorithms]
default_properties = fips=yes
"""


def expected_witness(case, verdict):
    """What osslsigncode should say. We differ where the primary signature is
    broken and a nested one is good: it is content with any good one, Windows
    before 8 knows the primary one alone."""
    nested_is_good = "/" in case.nest and case.damage in ("sig", "stamp")
    return "ok" if verdict == "valid" or nested_is_good else "bad"


class Suite:
    def __init__(self, maker, rows, pool):
        self.maker, self.rows, self.pool = maker, rows, pool
        self.inspector = Inspector(maker)
        self.paths = [maker.files[case] for case, _ in rows]
        self.judged = self.inspector.files(self.paths, *AT)
        self.count = 0

    def line(self, wrong, what):
        for complaint in wrong:
            print("# " + str(complaint))
        self.count += 1
        print("%s %d - %s" % ("not ok" if wrong else "ok", self.count, what))

    def verdicts(self):
        said = self.pool.map(self.ask, self.rows)
        for (case, want), witness in zip(self.rows, said):
            got = self.judged[self.maker.files[case]]["verdict"]
            wrong = [] if got == want else ["got %s" % got]
            if witness is not None and witness != expected_witness(case,
                                                                   want):
                wrong.append("osslsigncode says " + witness)
            self.line(wrong, "%s: %s" % (" ".join(case.values), want))

    def ask(self, row):
        """osslsigncode, but of catalogues: it reads none of ours."""
        return None if row[0].format == "cat" else ask_witness(self.maker,
                                                               row[0])

    def digests(self):
        """hashlib is the witness."""
        wrong = []
        for path, got in self.judged.items():
            with open(path, "rb") as f:
                data = f.read()
            wrong += [path for md in ("sha1", "sha256")
                      if got[md] != hashlib.new(md, data).hexdigest()]
            wrong += [path for n in [got["size"]] if n != len(data)]
        self.line(wrong, "digests and sizes of all files")

    def exits(self):
        one = {}
        for case, verdict in self.rows:
            one.setdefault(verdict, self.maker.files[case])
        one["unsigned"] = self.maker.write("text", b"no signature")
        one["unreadable"] = self.maker.write("cut", b"MSCF" + bytes(9))
        wrong = []
        for verdict, path in one.items():
            code = self.inspector.run([path], *AT).returncode
            wrong += [] if code == EXITS[verdict] else [(verdict, code)]
            # The worst file counts, wherever it stands.
            pair = self.inspector.run([one["valid"], path, one["valid"]],
                                      *AT).returncode
            wrong += [] if pair == EXITS[verdict] else [(verdict, pair)]
        self.line(wrong, "exit codes")

    def threads(self):
        for form in ("json", "text"):
            runs = [self.inspector.run([self.maker.dir], "--format", form,
                                       "--jobs", n, *AT).stdout
                    for n in ("1", "2", "7", "64")]
            self.line([] if len(set(runs)) == 1 and len(runs[0]) >
                      300 * len(self.rows) else ["they differ"],
                      "the same bytes from any number of threads, " + form)

    def cold(self):
        """A file alone, with nothing known of its signers, says what it says
        among all others, whatever was read before it."""
        wrong = []
        some = self.paths[::len(self.paths) // 8 or 1]
        for path in some:
            if self.inspector.files([path], *AT)[path] != self.judged[path]:
                wrong.append(path)
        back = self.inspector.files(self.paths[::-1], *AT)
        wrong += [path for path in self.paths if back[path] !=
                  self.judged[path]]
        self.line(wrong if len(some) > 5 else ["too few"],
                  "the same alone, and in the order turned round")

    def configuration(self):
        env = dict(os.environ, OPENSSL_CONF=self.maker.write(
            "fips.cnf", FIPS.encode()))
        runs = [self.inspector.run(self.paths, *AT, env=e)
                for e in (None, env)]
        self.line([] if runs[0].stdout == runs[1].stdout else ["differs"],
                  "an OpenSSL configuration that wants FIPS changes nothing")

    def strangers(self):
        """Without --anchor, nobody knows our signer."""
        self.inspector.options = self.inspector.options[2:]
        intact = [self.maker.files[case] for case, want in self.rows
                  if want == "valid"]
        got = {f["verdict"] for f in self.inspector.files(intact, *AT)
               .values()}
        self.line([] if got == {"untrusted"} else [got],
                  "all intact files are untrusted without the anchor")

    def run(self):
        print("1..%d" % (len(self.rows) + 7), flush=True)
        self.verdicts()
        self.digests()
        self.exits()
        self.threads()
        self.cold()
        self.configuration()
        self.strangers()


def some_of_each(rows):
    """The rows whose turn it is, and one of each verdict in any case."""
    kept = {row[1]: row for row in reversed(rows)}
    for row in sampled(rows, lambda row: " ".join(row[0].values)):
        kept[id(row)] = row
    return [row for row in rows if any(row is k for k in kept.values())]


def main():
    if shutil.which("osslsigncode") is None or not shutil.which("openssl"):
        print("1..0 # SKIP osslsigncode or openssl is not installed")
        return
    rows = some_of_each(read_matrix())
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(2) as pool:
        maker = Maker(folder)
        maker.make([case for case, _ in rows], pool)
        Suite(maker, rows, pool).run()


if __name__ == "__main__":
    main()
