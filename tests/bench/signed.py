# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Signed files for the bench, by the test PKI and osslsigncode."""
import os
import shutil
import subprocess
import sys

SIZES = [16_000, 40_000, 80_000, 150_000, 250_000, 400_000, 700_000,
         1_200_000, 2_000_000, 3_000_000]       # of executables, bytes
DIGESTS = ["sha1", "sha256"]
COPIES = 20             # of each size and digest: 400 files
PACKAGE_BYTES = 300_000_000
# With a good timestamp, so that each is valid whenever the bench runs.
STAMP = "rfc3161/tsa-good"


class Signer:
    def __init__(self, src, folder):
        tests = os.path.join(src, "tests")
        sys.path[:0] = [os.path.join(tests, "pki"),
                        os.path.join(tests, "tools")]
        import pki
        self.pki, self.stamped = pki.Pki(folder), pki.SIGNED
        self.url = pki.serve(self.pki)
        self.folder = folder

    def sign(self, plain, target, md):
        subprocess.run(
            ["osslsigncode", "sign", "-certs", self.pki.chain_file("good"),
             "-key", self.pki.key_of("good"), "-h", md, "-ts",
             "%s/%s/%s" % (self.url, STAMP, self.stamped),
             "-in", plain, "-out", target],
            check=True, env=self.pki.env, stdout=subprocess.DEVNULL)

    def sign_bytes(self, data, target, md):
        plain = os.path.join(self.folder, "plain")
        with open(plain, "wb") as f:
            f.write(data)
        self.sign(plain, target, md)
        os.unlink(plain)


def make_programs(signer):
    """FOLDER/programs: COPIES of each of SIZES, signed with each digest."""
    import mkpe
    folder = os.path.join(signer.folder, "programs")
    os.mkdir(folder)
    for i, size in enumerate(SIZES):
        data = mkpe.build("fill: %d\nsection: .text hex c3\n" % size)
        for md in DIGESTS:
            first = os.path.join(folder, "%02d-%s-00.dll" % (i, md))
            signer.sign_bytes(data, first, md)
            for n in range(1, COPIES):
                shutil.copyfile(first, first.replace(
                    "-00.dll", "-%02d.dll" % n))


def make_package(signer):
    """FOLDER/package.msp, signed with SHA-256 as today's are."""
    import mkmsp
    data = mkmsp.build(
        "kind: msp\ncode: {12345678-1234-1234-1234-123456789ABC}\n"
        "title: Update for the bench (KB1234567) 1.2.3.4\nfill: %d\n"
        % PACKAGE_BYTES)
    signer.sign_bytes(data, os.path.join(signer.folder, "package.msp"),
                      "sha256")


def make(src, folder):
    """All of it, whole or not at all; root.pem is the anchor."""
    temporary = folder + ".tmp"
    shutil.rmtree(temporary, ignore_errors=True)
    os.makedirs(temporary)
    signer = Signer(src, temporary)
    shutil.copyfile(signer.pki.cert("root"),
                    os.path.join(temporary, "anchor.pem"))
    make_programs(signer)
    make_package(signer)
    os.rename(temporary, folder)
