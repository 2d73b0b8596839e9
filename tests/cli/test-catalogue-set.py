#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""build-aux/catalogue-set: all of a set is made, or nothing is changed. TAP."""

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SRC = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
MAKER = os.path.join(SRC, "build-aux", "catalogue-set")
SIGNER = os.path.join(SRC, "tests", "tools", "mkminisign.py")
DAY = "1796000000"                      # 2026-11-30
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SRC, "tests", "tools"))

import mkminisign                                       # noqa: E402

FAKE = """#!/bin/sh
# As minisign -S -s KEY -m FILE -t COMMENT is called.
exec "%s" "%s" --comment "$7" "$5" "$5.minisig"
"""


class Test:
    def __init__(self, scratch):
        self.scratch = scratch
        self.count = self.failed = 0
        self.source = os.path.join(scratch, "source.xml")
        self.set = os.path.join(scratch, "set")
        shutil.copy(os.path.join(SRC, "data", "exchange.xml"), self.source)
        self.signer = os.path.join(scratch, "signer")
        with open(self.signer, "w", encoding="utf-8") as f:
            f.write(FAKE % (sys.executable, SIGNER))
        os.chmod(self.signer, 0o755)

    def point(self, name, ok, why=""):
        self.count += 1
        self.failed += not ok
        print("%sok %d - %s" % ("" if ok else "not ", self.count, name))
        for line in ("" if ok else str(why)).splitlines()[:20]:
            print("# " + line)

    def make(self, signer=None, day=DAY):
        return subprocess.run(
            [sys.executable, MAKER, ROLLCALL, self.source, "key", self.set],
            env=dict(os.environ, MINISIGN=signer or self.signer,
                     SOURCE_DATE_EPOCH=day), text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def read(self, *path):
        with open(os.path.join(self.scratch, *path), encoding="utf-8") as f:
            return f.read()

    def serial(self, *path):
        return int(re.search(r'serial="(\d+)"', self.read(*path)).group(1))

    def sets(self):
        done = self.make()
        names = sorted(os.listdir(self.set)) if done.returncode == 0 else []
        self.point("a set is made", names == [
            "exchange.xml", "exchange.xml.minisig", "index.html",
            "releases.csv", "releases.json"], "%s %s" % (names, done.stderr))
        self.point("with the serial of the day, which the source has too",
                   self.serial("set", "exchange.xml") // 100 == 20261130 and
                   self.read("set", "exchange.xml") ==
                   self.read("source.xml"), done.stdout)
        listed = json.loads(self.read("set", "releases.json"))["releases"]
        rows = list(csv.reader(io.StringIO(self.read("set",
                                                     "releases.csv"))))
        page = self.read("set", "index.html")
        self.point("all releases are in each of its lists", len(listed) > 500
                   and len(rows) == len(listed) + 1 and
                   page.count("<tr>") == len(listed) + 1,
                   "%d %d" % (len(listed), len(rows)))
        before = self.serial("source.xml")
        done = self.make()
        self.point("the next one of a day has the next serial",
                   self.serial("set", "exchange.xml") == before + 1,
                   done.stderr)
        update = subprocess.run(
            [ROLLCALL, "catalogue", "update", "--at", "2026-12-01", "--from",
             os.path.join(self.set, "exchange.xml"), "--key",
             mkminisign.Key().public()], text=True, check=False,
            env=dict(os.environ, ROLLCALL_CATALOGUE_DIR=os.path.join(
                self.scratch, "kept")), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        self.point("\"catalogue update\" takes it",
                   update.returncode == 0 and str(before + 1) in
                   update.stdout, update.stdout + update.stderr)

    def refused(self):
        before = self.read("source.xml")
        old = self.serial("set", "exchange.xml")

        def same(name, done):
            self.point(name + ": nothing is changed", done.returncode != 0 and
                       self.serial("set", "exchange.xml") == old and
                       sorted(os.listdir(self.scratch)) == self.names,
                       done.stdout + done.stderr)
        self.names = sorted(os.listdir(self.scratch))
        same("no signature", self.make(signer="false"))
        same("a clock that is behind", self.make(day="1700000000"))
        with open(self.source, "w", encoding="utf-8") as f:
            f.write(before.replace('kb="KB2756485"', 'kb="KB2758485"', 1))
        same("a complaint of the linter", self.make())
        with open(self.source, "w", encoding="utf-8") as f:
            f.write(before)
        shutil.rmtree(self.set)
        os.makedirs(self.set)
        with open(os.path.join(self.set, "letter.txt"), "w",
                  encoding="utf-8") as f:
            f.write("dear\n")
        done = self.make()
        self.point("a folder that is no set stays", done.returncode != 0 and
                   os.listdir(self.set) == ["letter.txt"] and
                   self.read("source.xml") == before, done.stderr)


def main():
    scratch = tempfile.mkdtemp()
    try:
        test = Test(scratch)
        test.sets()
        test.refused()
        print("1..%d" % test.count)
    finally:
        shutil.rmtree(scratch)
    return test.failed != 0


if __name__ == "__main__":
    sys.exit(main())
