#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""build-aux/catalogue-set: all of a set is made, or nothing is changed. TAP.

With minisign, "make catalogue-set" is run as who publishes runs it, and what
comes of it is taken from a file and from a server.
"""

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
sys.path[:0] = [os.path.join(SRC, "tests", d) for d in ("tools", "fetch")]

import kit                                              # noqa: E402
import webserver                                        # noqa: E402
import mkminisign                                       # noqa: E402
from tap import left_out                                # noqa: E402

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


    # ----------------------------------------------------- the real thing
    def real(self):
        minisign = shutil.which("minisign")
        if minisign is None or not os.path.exists("Makefile"):
            self.count += 1
            print("ok %d # SKIP no minisign" % self.count)
            return
        key, public = (os.path.join(self.scratch, "site." + end)
                       for end in ("key", "pub"))
        subprocess.run([minisign, "-G", "-W", "-f", "-s", key, "-p", public],
                       check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL)
        folder = os.path.join(self.scratch, "published")
        shutil.copy(os.path.join(SRC, "data", "exchange.xml"), self.source)
        environment = {k: v for k, v in os.environ.items()
                       if k not in ("MINISIGN", "MAKEFLAGS", "MAKELEVEL",
                                    "MFLAGS")}
        done = subprocess.run(
            ["make", "catalogue-set", "KEY=" + key, "SET=" + folder,
             "CATALOGUE=" + self.source], text=True, check=False,
            env=dict(environment, SOURCE_DATE_EPOCH=DAY),
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        xml = os.path.join(folder, "exchange.xml")
        self.point("make catalogue-set KEY=FILE", done.returncode == 0 and
                   self.serial("published", "exchange.xml") // 100 ==
                   20261130 and 'issued="2026-11-30"' in
                   self.read("source.xml"), done.stdout + done.stderr)
        done = subprocess.run(
            [minisign, "-V", "-m", xml, "-p", public], text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.point("its signature is what minisign takes, with its serial",
                   done.returncode == 0 and "rollcall catalogue %d" %
                   self.serial("published", "exchange.xml") in done.stdout,
                   done.stdout + done.stderr)
        self.taken("a file", public, xml)
        try:
            if not kit.has_curl():
                raise kit.Skip("built without libcurl")
            pki = kit.Pki()
        except kit.Skip as why:
            self.count += 1
            print("ok %d # SKIP %s" % (self.count, why))
            return
        paths = {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as f:
                paths["/" + name] = webserver.answer(200, f.read())
        server = webserver.Server(paths, pki.good)
        self.taken("a server", public, server.origin + "/exchange.xml",
                   "--cacert", pki.ca)
        shutil.rmtree(kit.WORK, ignore_errors=True)

    def taken(self, name, public, source, *more):
        """By a site that is told the key, and used then."""
        home = tempfile.mkdtemp(dir=self.scratch)
        conf = os.path.join(home, "catalogue.conf")
        with open(public, encoding="utf-8") as f:
            key = f.read().split("\n")[1]
        with open(conf, "w", encoding="utf-8") as f:
            f.write("url = %s\nkey = %s\n" % (source, key))
        os.chmod(home, 0o755)
        os.chmod(conf, 0o644)
        env = dict(kit.ENVIRONMENT, ROLLCALL_CATALOGUE_CONF=conf,
                   ROLLCALL_CATALOGUE_DIR=os.path.join(home, "kept"))
        seen = []
        for args in (["update", *more], ["status", "--format", "json"]):
            done = subprocess.run(
                [ROLLCALL, "catalogue", *args, "--at", "2026-12-01"],
                text=True, check=False, env=env, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE)
            seen.append((done.returncode, done.stdout + done.stderr))
        self.point("\"catalogue update\" takes it from %s, and it is in use" %
                   name, seen[0][0] == seen[1][0] == 0 and str(self.serial(
                       "published", "exchange.xml")) in seen[1][1], seen)


def main():
    why = left_out()
    if why:
        print("1..0 # SKIP " + why)
        return 0
    scratch = tempfile.mkdtemp()
    try:
        test = Test(scratch)
        test.sets()
        test.refused()
        test.real()
        print("1..%d" % test.count)
    finally:
        shutil.rmtree(scratch)
    return test.failed != 0


if __name__ == "__main__":
    sys.exit(main())
