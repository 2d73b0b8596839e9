# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Sign the programs and packages of synthetic volumes, in Python alone.

    mksign.program(text, how)    mkpe text -> bytes
    mksign.package(text, how)    mkmsp text -> bytes
    mksign.overlay(...)          what makes rollcall trust and know them

HOW is

    good        signed, with a timestamp that holds for ever
    defective   its time stamper lacks the extended key usage, and the overlay
                has it as one of advisory 2749655
    early       defective, and the signer's certificate ends on 2012-11-15
    unstamped   no timestamp: ends with the signer's certificate
    stranger    by somebody whose root is in no overlay
    foreign     the same, and that root comes along: it is nobody's that counts
    unsigned
    flipped     good, and then one byte of the body was changed

Keys follow from a seed, so the same text gives the same bytes on every
machine, and everybody can know them: they are worth nothing. Times are those
of 2012: signed on 2012-07-15, the signer's certificate ends on
2013-01-10T20:32:25Z.
"""

import functools
import hashlib
import itertools
import math
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "pki")]
sys.dont_write_bytecode = True

import mkcfb                                            # noqa: E402
import mkmsp                                            # noqa: E402
import mkpe                                             # noqa: E402
from der import (Node, context, integer, null, octets, oid, seq,  # noqa: E402
                 set_of, tlv, utc_time)
from pki import (CONTENT_TYPE, COUNTERSIGNATURE, LONG, MESSAGE_DIGEST,  # noqa: E402
                 RSA, SIGNED, SIGNER, SPC_INDIRECT, STAMPER, Pki, attribute,
                 imprint)

ADVISORY = "2749655"
SIGNATURE = "\x05DigitalSignature"
SIGNATURE_EX = "\x05MsiDigitalSignatureEx"
RSA_SHA256 = "1.2.840.113549.1.1.11"
# DigestInfo up to the digest, RFC 8017 9.2 note 1.
DIGEST_INFO = {"sha1": "3021300906052b0e03021a05000414",
               "sha256": "3031300d060960864801650304020105000420"}
EXTENSIONS = {
    "ca": (("2.5.29.19", True, seq(tlv(1, b"\xff"))),
           ("2.5.29.15", True, tlv(3, b"\x01\x06"))),
    "code": (("2.5.29.37", False, seq(oid("1.3.6.1.5.5.7.3.3"))),),
    "time": (("2.5.29.37", False, seq(oid("1.3.6.1.5.5.7.3.8"))),),
    "none": (),
}
# name: (issuer, key, validity, extensions)
CERTS = {
    "root": ("root", "root", LONG, "ca"),
    "signer": ("root", "signer", SIGNER, "code"),
    "stamper": ("root", "stamper", STAMPER, "time"),
    "stamper-defective": ("root", "stamper", STAMPER, "none"),
    "stranger-root": ("stranger-root", "stranger", LONG, "ca"),
    "stranger": ("stranger-root", "signer", SIGNER, "code"),
    "signer-early": ("root", "signer", ("20111010000000Z",
                                        "20121115000000Z"), "code"),
}
# how: (signer, stamper)
HOWS = {
    "good": ("signer", "stamper"),
    "defective": ("signer", "stamper-defective"),
    "early": ("signer-early", "stamper-defective"),
    "unstamped": ("signer", None),
    "stranger": ("stranger", "stamper"),
    "foreign": ("stranger", "stamper"),
    "flipped": ("signer", "stamper"),
}


# ------------------------------------------------------------------------- RSA
def stream(seed):
    """Numbers of 1024 bits that look like nothing."""
    count = 0
    while True:
        yield int.from_bytes(b"".join(
            hashlib.sha256(b"%s %d %d" % (seed.encode(), count, part))
            .digest() for part in range(4)), "big")
        count += 1


def is_prime(n):
    if math.gcd(n, PRODUCT) != 1:
        return False
    d = n - 1
    shift = (d & -d).bit_length() - 1
    for base in SMALL[:4]:              # Miller and Rabin
        x = pow(base, d >> shift, n)
        if x in (1, n - 1):
            continue
        for _ in range(shift - 1):
            x = x * x % n
            if x == n - 1:
                break
        else:
            return False
    return True


SMALL = [p for p in range(2, 2000) if all(p % q for q in range(2, p))]
PRODUCT = math.prod(SMALL)


# Which of its numbers are the first two primes of a seed: to look for them takes
# most of a second, and every suite needs some. tests/unit/test-tools.py looks.
FOUND = {
    "rollcall sample root": (275, 485),
    "rollcall sample signer": (117, 399),
    "rollcall sample stamper": (444, 706),
    "rollcall sample stranger": (559, 743),
    "rollcall twin root": (209, 836),
    "rollcall twin signer": (754, 1158),
    "rollcall twin stamper": (730, 810),
    "rollcall twin stranger": (375, 757),
}


def find_primes(seed):
    """Where in its stream they are."""
    return tuple(itertools.islice(
        (n for n, p in enumerate(candidates(seed))
         if (p - 1) % Key.E and is_prime(p)), 2))


def candidates(seed):
    return (x | 3 << 1022 | 1 for x in stream(seed))


class Key:
    """RSA of 2048 bits that anybody can make again from its seed."""

    E = 65537

    def __init__(self, seed):
        first, second = FOUND.get(seed) or find_primes(seed)
        some = list(itertools.islice(candidates(seed), second + 1))
        self.p, self.q = some[first], some[second]
        self.n = self.p * self.q
        d = pow(self.E, -1, (self.p - 1) * (self.q - 1))
        self.dp, self.dq = d % (self.p - 1), d % (self.q - 1)
        self.inverse = pow(self.q, -1, self.p)

    def sign(self, md, data):
        info = bytes.fromhex(DIGEST_INFO[md]) + hashlib.new(md, data).digest()
        m = int.from_bytes(b"\0\1" + b"\xff" * (253 - len(info)) + b"\0" +
                           info, "big")
        a, b = pow(m, self.dp, self.p), pow(m, self.dq, self.q)
        return (b + self.q * ((a - b) * self.inverse % self.p)).to_bytes(
            256, "big")

    def info(self):
        return seq(seq(oid(RSA), null()), tlv(3, b"\0" + seq(
            integer(self.n), integer(self.E))))


key_from = functools.lru_cache(None)(Key)


# ---------------------------------------------------------------- certificates
def name_of(name):
    return seq(set_of(seq(oid("2.5.4.3"), tlv(
        0x0C, ("rollcall sample " + name).encode()))))


class Small(Pki):
    """What pki.py writes, signed here and not by the openssl tool."""

    def __init__(self):                 # no folder, no tool
        pass

    def key(self, name):
        return key_from("rollcall sample " + CERTS[name][1])

    @functools.lru_cache(None)
    def der(self, name):
        issuer, _, validity, kind = CERTS[name]
        tbs = seq(
            context(0, integer(2)), integer(1 + list(CERTS).index(name)),
            seq(oid(RSA_SHA256), null()), name_of(issuer),
            seq(*map(utc_time, validity)), name_of(name),
            self.key(name).info(),
            *[context(3, seq(*[seq(oid(number), *(
                [tlv(1, b"\xff")] if critical else []), octets(value))
                for number, critical, value in EXTENSIONS[kind]]))
              for _ in EXTENSIONS[kind][:1]])
        return seq(tbs, seq(oid(RSA_SHA256), null()),
                   tlv(3, b"\0" + self.key(issuer).sign("sha256", tbs)))

    def sign(self, name, md, data):
        return self.key(name).sign(md, data)

    def signature(self, how, kind, md, digest):
        """The PKCS #7 of a file whose digest is DIGEST."""
        signer, stamper = HOWS[how]
        content = seq(seq(oid(kind)), digest)
        body = Node(content).body
        attributes = [attribute(CONTENT_TYPE, oid(SPC_INDIRECT)),
                      attribute(MESSAGE_DIGEST, octets(
                          hashlib.new(md, body).digest()))]
        info = self.signer_info(signer, md, attributes)
        names = [signer]
        if stamper:
            stamp = self.countersignature(stamper, "sha1",
                                          Node(info)[5].body, SIGNED)
            info = seq(*[c.whole for c in Node(info).children()],
                       context(1, attribute(COUNTERSIGNATURE, stamp)))
            names.append(stamper)
        if how == "foreign":
            names.append("stranger-root")
        return self.signed_data(SPC_INDIRECT, content, [info], names, md)


PKI = Small()


# ----------------------------------------------------------------------- files
def flip(image, at):
    return image[:at] + bytes((image[at] ^ 1,)) + image[at + 1:]


def table_row(kind, data):
    """An entry of a certificate table, padded as the digest wants it."""
    data += b"\0" * (-len(data) % 8)
    return struct.pack("<IHH", 8 + len(data), 0x200, kind) + data


def directory_of(image):
    """Where the entry of the certificate table is, and what it says."""
    pe = struct.unpack_from("<I", image, 0x3C)[0]
    plus = struct.unpack_from("<H", image, pe + 24)[0] == 0x20B
    place = pe + 24 + (144 if plus else 128)
    return (place, *struct.unpack_from("<II", image, place))


def section_at(image, name):
    """Where the data of a section are in the file."""
    header = image.index(name.ljust(8, b"\0"))
    return struct.unpack_from("<I", image, header + 20)[0]


def lengthen(image, length):
    """Another length in the first entry of the certificate table."""
    table = directory_of(image)[1]
    return image[:table] + struct.pack("<I", length) + image[table + 4:]


def program_digest(image, md):
    """Of all but the checksum, and the place and the bytes of the
    signatures."""
    checksum = struct.unpack_from("<I", image, 0x3C)[0] + 88
    place = directory_of(image)[0]
    return imprint(md, image[:checksum] + image[checksum + 4:place] +
                   image[place + 8:])


@functools.lru_cache(None)
def program(text, how="good"):
    image = mkpe.build(text)
    if how == "unsigned":
        return image
    p7 = PKI.signature(how, "1.3.6.1.4.1.311.2.1.15", "sha1",
                       program_digest(image, "sha1"))
    row = table_row(2, p7)
    signed = mkpe.build(text + "\ncertificates: hex " + row.hex())
    # The first byte of the last section, the version or what is in .text.
    return flip(signed, len(image) - 0x200) if how == "flipped" else signed


def shifted(text, says):
    """A signed program of TEXT, in the middle of which a certificate table
    lies: what is behind it has moved, the digest is the same, and where the
    headers have the version is one that SAYS what it likes."""
    body = "\nsection: .text fill 8192"
    image, other = mkpe.build(text + body), mkpe.build(says + body)
    place = directory_of(image)[0]
    version = section_at(image, b".rsrc")
    row = table_row(2, PKI.signature("good", "1.3.6.1.4.1.311.2.1.15", "sha1",
                                     program_digest(image, "sha1")))
    at = version - len(row) - 8
    table = row + table_row(1, other[version:])
    return (image[:place] + struct.pack("<II", at, len(table)) +
            image[place + 8:at] + table + image[at:])


def package_digest(root, md, before=b""):
    """BEFORE, then the streams in the order of their names, then the class."""
    def bytes_of(storage):
        for child in sorted(storage.children,
                            key=lambda c: c.name.encode("utf-16-le")):
            if isinstance(child, mkcfb.Storage):
                yield from bytes_of(child)
            else:
                yield child.data
        yield storage.clsid
    return imprint(md, before + b"".join(bytes_of(root)))


def package_metadata(root, md):
    """What MsiDigitalSignatureEx holds: names, classes and lengths. State
    bits and times are zero in what mkcfb.py writes."""
    def bytes_of(entry):
        if isinstance(entry, mkcfb.Stream):
            yield struct.pack("<I", len(entry.data)) + bytes(20)
            return
        yield entry.clsid + bytes(4 if entry is root else 20)
        for child in sorted(entry.children,
                            key=lambda c: c.name.encode("utf-16-le")):
            yield child.name.encode("utf-16-le")
            yield from bytes_of(child)
    return hashlib.new(md, b"".join(bytes_of(root))).digest()


@functools.lru_cache(None)
def package(text, how="good", metadata=False):
    """With METADATA, names and lengths of streams are signed too."""
    def finish(root, spec):
        if how == "unsigned":
            return
        before = package_metadata(root, "sha1") if metadata else b""
        digest = package_digest(root, "sha1", before)
        if metadata:
            root.add(mkcfb.Stream(SIGNATURE_EX, before))
        root.add(mkcfb.Stream(SIGNATURE, PKI.signature(
            how, "1.3.6.1.4.1.311.2.1.30", "sha1", digest)))
    labels = {}
    image = mkmsp.build(text, finish, labels)
    # A byte of a string: readers of tables find nothing wrong with it.
    return flip(image, labels["data/_StringData"]) if how == "flipped" \
        else image


# --------------------------------------------------------------------- overlay
def hex_lines(data, indent):
    text = data.hex()
    return ("\n" + " " * indent).join(text[i:i + 64]
                                      for i in range(0, len(text), 64))


def extension(release, packages):
    rows = "".join(
        '    <package name="%s" evidence="SAMPLE" size="%d">\n'
        '      <digest algorithm="sha256"\n              hex="%s"\n'
        '              sources="SAMPLE"/>\n    </package>\n'
        % (name, len(data), hashlib.sha256(data).hexdigest())
        for name, data in packages)
    return '  <extend release="%s">\n%s  </extend>\n' % (release, rows)


def overlay(name, extensions=()):
    """EXTENSIONS: (release, [(package name, bytes), ...])."""
    subject = name_of("root")
    return """<?xml version="1.0" encoding="UTF-8"?>
<!-- Synthetic: about files that tests/tools/mksign.py has signed. -->
<overlay xmlns="urn:rollcall:catalogue:1" name="%s" issued="2026-11-25">
  <source id="SAMPLE" title="Synthetic files" where="tests/tools/mksign.py"/>
  <certificate advisory="%s" sources="SAMPLE"
               sha1="%s">
    A time stamper without extended key usage, as those of 2012.
  </certificate>
%s  <anchor name="rollcall sample root" purpose="both" sources="SAMPLE">
    <subject>
      %s</subject>
    <spki>
      %s</spki>
  </anchor>
</overlay>
""" % (name, ADVISORY, PKI.thumbprint("stamper-defective"),
       "".join(extension(*e) for e in extensions), hex_lines(subject, 6),
       hex_lines(PKI.key("root").info(), 6))
