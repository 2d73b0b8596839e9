# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Signed programs as they are in the wild, made by the writers of the tests.

Measured on 151 programs of Windows, of its drivers and of what is built on
them: 56 MB, from 10 KB to 4 MB with half of them below 122 KB; 244 signatures,
by 46 signers, in chains of three and of four. Older ones are SHA-1 with a
countersignature of PKCS #9; most files have another below it, SHA-256 with a
token of RFC 3161. What counts for speed is that few of the certificates are
the same, and how long their keys are.

Keys are made of a few primes that all of them share, because finding primes
takes longest: whoever knows two of them can have all. A key of 4096 bits has
four, which its owner alone can tell.
"""
import base64
import functools
import hashlib
import itertools
import os
import struct

import mkpe
import mksign
from der import (Node, context, general_time, integer, null, octets, oid, seq,
                 set_of, tlv, utc_time)
from pki import (CONTENT_TYPE, COUNTERSIGNATURE, LONG, MESSAGE_DIGEST, NESTED,
                 RSA, SIGNED, SPC_INDIRECT, TOKEN, TST_INFO, attribute,
                 imprint)

FILES = 151
NESTED_FILES = 93               # 151 + 93 signatures
SIGNERS = 46
STAMPERS = 12
SMALLEST, MEDIAN, LARGEST = 10_240, 124_928, 4_194_304
STEEPNESS = 2.3                 # of the larger half: 56 MB in all
PRIMES = 13                     # 78 pairs of them, for all keys but the roots'
CODE, TIME = "1.3.6.1.5.5.7.3.3", "1.3.6.1.5.5.7.3.8"

# name: (issuer, factors of the key); authorities only
AUTHORITIES = {
    "root 1": ("root 1", 4), "root 2": ("root 2", 4), "root 3": ("root 3", 2),
    "code 1": ("root 1", 2), "code 2": ("root 2", 4), "code 3": ("root 3", 2),
    "policy": ("root 2", 2), "code 4": ("policy", 2), "code 5": ("policy", 2),
    "time 1": ("root 1", 2), "time 2": ("root 2", 2),
    "times": ("root 3", 2), "time 3": ("times", 2),
}


class Key(mksign.Key):
    """RSA with two or four of the shared primes."""

    def __init__(self, primes):
        self.primes = primes
        self.n = functools.reduce(lambda a, b: a * b, primes)

    def sign(self, md, data):
        size = (self.n.bit_length() + 7) // 8
        info = bytes.fromhex(mksign.DIGEST_INFO[md]) + hashlib.new(
            md, data).digest()
        m = int.from_bytes(b"\0\1" + b"\xff" * (size - 3 - len(info)) +
                           b"\0" + info, "big")
        x, product = 0, 1               # Garner: one prime after the other
        for p in self.primes:
            part = pow(m % p, pow(self.E, -1, p - 1), p)
            x += product * ((part - x) * pow(product, -1, p) % p)
            product *= p
        return x.to_bytes(size, "big")


def primes():
    numbers = (x | 3 << 1022 | 1 for x in mksign.stream("rollcall bench"))
    return list(itertools.islice(
        (p for p in numbers if (p - 1) % Key.E and mksign.is_prime(p)),
        PRIMES))


def name_of(name):
    """As long as those of Microsoft's certificates."""
    parts = (("2.5.4.6", 0x13, "XX"), ("2.5.4.8", 0x13, "Benchland"),
             ("2.5.4.7", 0x13, "Benchville"),
             ("2.5.4.10", 0x13, "rollcall Corporation"),
             ("2.5.4.3", 0x13, "rollcall bench " + name))
    return seq(*[set_of(seq(oid(kind), tlv(tag, text.encode())))
                 for kind, tag, text in parts])


class Wild(mksign.Small):
    """Authorities, signers and stampers; see mksign.Small."""

    def __init__(self):
        found = primes()
        self.pairs = itertools.combinations(found, 2)
        self.fours = itertools.combinations(found, 4)
        signing = ["code 1", "code 2", "code 3", "code 4", "code 5"]
        stamping = ["time 1", "time 2", "time 3"]
        self.signers = ["signer %d" % i for i in range(1, SIGNERS + 1)]
        self.stampers = ["stamper %d" % i for i in range(1, STAMPERS + 1)]
        self.issuers = {n: i for n, (i, _) in AUTHORITIES.items()}
        self.issuers.update(zip(self.signers, itertools.cycle(signing)))
        self.issuers.update(zip(self.stampers, itertools.cycle(stamping)))

    @functools.lru_cache(None)
    def key(self, name):
        many = AUTHORITIES.get(name, (None, 2))[1]
        return Key(next(self.fours if many == 4 else self.pairs))

    def md_of(self, name):
        """Half of the certificates are of the time of SHA-1."""
        return "sha1" if name[-1] in "1379" else "sha256"

    def extensions(self, name):
        yield "2.5.29.14", False, octets(hashlib.sha1(
            self.key(name).info()).digest())
        yield "2.5.29.35", False, seq(tlv(0x80, hashlib.sha1(
            self.key(self.issuers[name]).info()).digest()))
        if name in AUTHORITIES:
            yield from mksign.EXTENSIONS["ca"]
        else:
            yield "2.5.29.37", False, seq(oid(
                CODE if name.startswith("signer") else TIME))

    @functools.lru_cache(None)
    def der(self, name):
        issuer, md = self.issuers[name], self.md_of(name)
        algorithm = seq(oid({"sha1": "1.2.840.113549.1.1.5",
                             "sha256": mksign.RSA_SHA256}[md]), null())
        tbs = seq(
            context(0, integer(2)),
            integer(0x61190000 + list(self.issuers).index(name)), algorithm,
            name_of(issuer), seq(*map(utc_time, LONG)), name_of(name),
            self.key(name).info(),
            context(3, seq(*[seq(oid(number), *(
                [tlv(1, b"\xff")] if critical else []), octets(value))
                for number, critical, value in self.extensions(name)])))
        return seq(tbs, algorithm,
                   tlv(3, b"\0" + self.key(issuer).sign(md, tbs)))

    def chain(self, name):
        """From NAME up. Half of the signatures bring the root along."""
        names = [name]
        while self.issuers[names[-1]] != names[-1]:
            names.append(self.issuers[names[-1]])
        return names if name[-1] in "02468" else names[:-1]

    def sign(self, name, md, data):
        return self.key(name).sign(md, data)

    def token(self, name, md, data):
        """[RFC 3161] over DATA, with the certificates of its own chain."""
        info = seq(integer(1), oid("1.3.6.1.4.1.55555.2"), imprint(md, data),
                   integer(7), general_time(SIGNED))
        signer = self.signer_info(name, md, [
            attribute(CONTENT_TYPE, oid(TST_INFO)),
            attribute(MESSAGE_DIGEST, octets(hashlib.new(md, info).digest()))])
        return self.signed_data(TST_INFO, octets(info), [signer],
                                self.chain(name), md)

    def level(self, signer, stamper, md, image, nested=None):
        """A PKCS #7 over the program IMAGE, with one below it."""
        content = seq(seq(oid("1.3.6.1.4.1.311.2.1.15")),
                      mksign.program_digest(image, md))
        info = self.signer_info(signer, md, [
            attribute(CONTENT_TYPE, oid(SPC_INDIRECT)),
            attribute(MESSAGE_DIGEST, octets(hashlib.new(
                md, Node(content).body).digest()))])
        value = Node(info)[5].body
        names = self.chain(signer)
        if md == "sha1":
            more = [attribute(COUNTERSIGNATURE, self.countersignature(
                stamper, md, value, SIGNED))]
            names += [n for n in self.chain(stamper) if n not in names]
        else:
            more = [attribute(TOKEN, self.token(stamper, md, value))]
        if nested is not None:
            more.append(attribute(NESTED, nested))
        info = seq(*[c.whole for c in Node(info).children()],
                   context(1, *more))
        return self.signed_data(SPC_INDIRECT, content, [info], names, md)

    def program(self, number, size):
        """The file with that number, signed once or twice."""
        image = mkpe.build("fill: %d\nversion: 1.2.3.%d\nsection: .text "
                           "hex c3\n" % (size - 10_000, number))
        who = [self.signers[number % SIGNERS],
               self.stampers[number % STAMPERS],
               self.signers[number * 7 % SIGNERS],
               self.stampers[number * 5 % STAMPERS]]
        if number < NESTED_FILES:
            p7 = self.level(*who[:2], "sha1", image, self.level(
                *who[2:], "sha256", image))
        else:
            p7 = self.level(*who[:2], ("sha1", "sha256")[number % 2], image)
        row = mksign.table_row(2, p7)
        place = mksign.directory_of(image)[0]
        return (image[:place] + struct.pack("<II", len(image), len(row)) +
                image[place + 8:] + row)


def sizes():
    half = FILES // 2
    for i in range(half):
        yield round(SMALLEST * (MEDIAN / SMALLEST) ** (i / half))
    for i in range(half + 1):
        yield round(MEDIAN * (LARGEST / MEDIAN) **
                    ((i / half) ** STEEPNESS))


def write_anchors(path, certificates):
    with open(path, "w") as out:
        for der in certificates:
            out.write("-----BEGIN CERTIFICATE-----\n%s"
                      "-----END CERTIFICATE-----\n"
                      % base64.encodebytes(der).decode())


def make(folder):
    """FOLDER/programs/*.dll, and FOLDER/anchors.pem that makes them valid."""
    wild = Wild()
    os.makedirs(os.path.join(folder, "programs"))
    write_anchors(os.path.join(folder, "anchors.pem"),
                  map(wild.der, ("root 1", "root 2", "root 3")))
    # Which signers a file has does not follow from its size.
    for place, size in enumerate(sizes()):
        number = place * 64 % FILES
        path = os.path.join(folder, "programs", "%03d.dll" % number)
        with open(path, "wb") as out:
            out.write(wild.program(number, size))


def make_package(folder, megabytes):
    """FOLDER/package.msp, a signed patch, and FOLDER/anchors.pem."""
    os.makedirs(folder)
    data = mksign.package(
        "kind: msp\ncode: {12345678-1234-1234-1234-123456789ABC}\n"
        "title: Update for the bench (KB1234567) 1.2.3.4\nfill: %d\n"
        % (megabytes * 1_000_000))
    with open(os.path.join(folder, "package.msp"), "wb") as out:
        out.write(data)
    write_anchors(os.path.join(folder, "anchors.pem"),
                  [mksign.PKI.der("root")])
