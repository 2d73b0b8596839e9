#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Files so large that each of their digests is made in a thread of its own.
TAP.

Each is made twice, small and large, and the same must be said of both; their
digests must be those that Python finds.
"""

import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

import mksign                                                   # noqa: E402
import tap                                                      # noqa: E402

SMALL, LARGE = 9_000, 9_000_000         # AUTHENTICODE_ASIDE is between
PATCH = """kind: msp
code: {12345678-1234-1234-1234-123456789ABC}
title: A large update (KB1234567)
fill: %d
"""
PROGRAM = "version: 1.2.3.4\nsection: .text fill %d"


def program(size, how):
    return mksign.program(PROGRAM % size, how)


def patch(size, how):
    return mksign.package(PATCH % size, how)


def listed(size, how):
    """Its names and lengths of streams are signed, too."""
    return mksign.package(PATCH % size, how, True)


def other(size, how):
    return b"just bytes" * (size // 10)


def turned(make):
    """With one bit in the middle changed, where only the fill is."""
    def made(size, how):
        data = make(size, how)
        return mksign.flip(data, len(data) // 2)
    return made


# name: (maker, how it is signed, verdict)
FILES = {
    "program": (program, "good", "valid"),
    "program-turned": (turned(program), "good", "invalid"),
    "program-unsigned": (program, "unsigned", "unsigned"),
    "patch": (patch, "good", "valid"),
    "patch-turned": (turned(patch), "good", "invalid"),
    "patch-unsigned": (patch, "unsigned", "unsigned"),
    "patch-stranger": (patch, "stranger", "untrusted"),
    "listed": (listed, "good", "valid"),
    "listed-turned": (turned(listed), "good", "invalid"),
    "other": (other, None, "unsigned"),
}
KEPT = ("kind", "verdict", "good_until", "reason", "damage", "signatures",
        "patch")


class Suite(tap.Tap):
    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.anchor = os.path.join(folder, "root.pem")
        with open(self.anchor, "w") as out:
            out.write("-----BEGIN CERTIFICATE-----\n%s"
                      "-----END CERTIFICATE-----\n" % base64.encodebytes(
                          mksign.PKI.der("root")).decode())

    def inspect(self, paths, jobs="1"):
        done = subprocess.run(
            [os.environ["ROLLCALL"], "inspect", "--format", "json", "--at",
             "2014-01-01", "--jobs", jobs, "--anchor", self.anchor, *paths],
            capture_output=True)
        return json.loads(done.stdout)["files"]

    def write(self, name, data):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as out:
            out.write(data)
        return path

    def one(self, name, make, how, verdict):
        data = make(LARGE, how)
        path = self.write(name, data)
        small = self.inspect([self.write("small", make(SMALL, how))])[0]
        large = self.inspect([path])[0]
        wrong = [] if len(data) > LARGE - 1 else ["it is not large"]
        wrong += ["%s is %s" % (key, large[key]) for key in KEPT
                  if large[key] != small[key]]
        wrong += [] if large["verdict"] == verdict else [large["verdict"]]
        wrong += [md for md in ("sha1", "sha256") if large[md] !=
                  hashlib.new(md, data).hexdigest()]
        self.point("%s is %s" % (name, verdict), wrong)
        return path, large

    def run(self):
        made = dict(self.one(name, *row) for name, row in tap.sampled(
            FILES.items(), tap.first_of, short=7))
        paths = list(made)
        self.point("the same from any number of threads", [
            jobs for jobs in ("1", "2", "7")
            if self.inspect(paths, jobs) != list(made.values())])
        return self.end()


def main():
    with tempfile.TemporaryDirectory() as folder:
        return Suite(folder).run()


if __name__ == "__main__":
    sys.exit(main())
