#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What one file says never helps another. TAP.

Keys and certificates are decoded once and then remembered, and so is which
key made the signature of which certificate. Here are files whose certificates
have the same names and serial numbers as a good one's, and other keys; or the
same keys, and another signature. Each must be judged as if it were alone:
behind the good one, before it, and by any number of threads.
"""

import base64
import itertools
import json
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

import mkpe                                                     # noqa: E402
import mksign                                                   # noqa: E402
import tap                                                      # noqa: E402

PE_DATA = "1.3.6.1.4.1.311.2.1.15"
SIGDUMP = os.path.join(os.path.dirname(os.environ["ROLLCALL"]), "tests",
                       "tools", "sigdump")
SEED = 2749655


class Twin(mksign.Small):
    """The same names, serial numbers and dates, with other keys."""

    def key(self, name):
        return mksign.key_from("rollcall twin " + mksign.CERTS[name][1])


class Thief(mksign.Small):
    """The good certificates, without their keys."""

    def sign(self, name, md, data):
        return TWIN.key(name).sign(md, data)


class Half(mksign.Small):
    """Those of the twin, and the good root that comes along."""

    def key(self, name):
        return TWIN.key(name)

    def der(self, name):
        return (mksign.PKI if name == "root" else TWIN).der(name)

    def signed_data(self, kind, content, signers, names, md):
        return super().signed_data(kind, content, signers, names + ["root"],
                                   md)


TWIN = Twin()


def program(pki, number, how="good"):
    text = "version: 1.2.3.%d" % number
    image = mkpe.build(text)
    p7 = pki.signature(how, PE_DATA, "sha1",
                       mksign.program_digest(image, "sha1"))
    row = mksign.table_row(2, p7)
    return mkpe.build(text + "\ncertificates: hex " + row.hex())


def changed(number):
    """Good, but for one bit in the modulus of the signer's own key."""
    image = program(mksign.PKI, number)
    spki = mksign.PKI.key("signer").info()
    at = image.index(spki) + len(spki) - 40
    return mksign.flip(image, at)


def forged(number):
    """Good, but for one bit in what the authority signed the signer with."""
    image = program(mksign.PKI, number)
    der = mksign.PKI.der("signer")
    return mksign.flip(image, image.index(der) + len(der) - 40)


# name: (bytes, verdict)
FILES = {
    "good": (program(mksign.PKI, 1), "valid"),
    "good-too": (program(mksign.PKI, 2), "valid"),
    "twin": (program(TWIN, 3), "untrusted"),
    "thief": (program(Thief(), 4), "invalid"),
    "half": (program(Half(), 5), "untrusted"),
    "changed": (changed(6), "invalid"),
    "forged": (forged(8), "untrusted"),
    "stranger": (program(mksign.PKI, 7, "stranger"), "untrusted"),
}


class Suite(tap.Tap):
    def __init__(self, folder):
        super().__init__()
        self.folder = folder
        self.anchor = os.path.join(folder, "root.pem")
        with open(self.anchor, "w") as out:
            out.write("-----BEGIN CERTIFICATE-----\n%s"
                      "-----END CERTIFICATE-----\n" % base64.encodebytes(
                          mksign.PKI.der("root")).decode())
        for name, (data, _) in FILES.items():
            with open(self.path(name), "wb") as out:
                out.write(data)

    def path(self, name):
        return os.path.join(self.folder, name + ".dll")

    def inspect(self, names, jobs="1"):
        """What is said of each, in the order of NAMES."""
        done = subprocess.run(
            [os.environ["ROLLCALL"], "inspect", "--format", "json", "--at",
             "2014-01-01", "--jobs", jobs, "--anchor", self.anchor,
             *map(self.path, names)], capture_output=True)
        return json.loads(done.stdout)["files"]

    def sigdump(self, names, *options):
        return subprocess.run(
            [SIGDUMP, *options, "at=2014-01-01", "anchor=" + self.anchor,
             *map(self.path, names)], check=True, capture_output=True,
            text=True).stdout

    def compare(self, names, jobs="1"):
        got = self.inspect(names, jobs)
        return ["%s, %s jobs: %s" % (name, jobs, said["verdict"])
                for name, said in zip(names, got)
                if said != self.alone[name]]

    def run(self):
        self.alone = {name: self.inspect([name])[0] for name in FILES}
        for name, (_, want) in FILES.items():
            got = self.alone[name]["verdict"]
            self.point("%s alone is %s" % (name, want),
                       [] if got == want else [got])
        self.point("one behind the other, each way round", [
            wrong for pair in tap.sampled(itertools.permutations(FILES, 2), " ".join)
            for wrong in self.compare(pair)])
        rng = random.Random(SEED)
        many = [rng.choice(list(FILES)) for _ in range(tap.fewer(200, 40))]
        self.point("many times, by any number of threads", [
            wrong for jobs in ("1", "2", "7")
            for wrong in self.compare(many, jobs)])
        self.point("with the caches and without", [
            names for names in (many, many[::-1]) if self.sigdump(names) !=
            self.sigdump(names, "caches=off")])
        return self.end()


def main():
    with tempfile.TemporaryDirectory() as folder:
        return Suite(folder).run()


if __name__ == "__main__":
    sys.exit(main())
