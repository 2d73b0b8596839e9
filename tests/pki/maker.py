# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Signed files by the test PKI: what cases.txt and matrix.txt ask for.

osslsigncode signs executables, cabinets and packages, this file itself
catalogues and bare PKCS #7.
"""

import hashlib
import json
import os
import struct
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

import mkcab                                                    # noqa: E402
import mkmsp                                                    # noqa: E402
import mkpe                                                     # noqa: E402
from der import Node, context, null, octets, oid, seq, utc_time  # noqa: E402
from pki import (CONTENT_TYPE, COUNTERSIGNATURE, CTL,           # noqa: E402
                 MESSAGE_DIGEST, SIGNED, SIGNED_DATA, SPC_INDIRECT, TOKEN,
                 Pki, attribute, imprint, serve)

ADVISORY = "2749655"
BODY = b"ROLLCALLBODY"
UNTIL = {"end": "2013-01-10T20:32:25Z", "short": "2012-09-01T00:00:00Z",
         "past": "2012-01-01T00:00:00Z"}

# ------------------------------------------------------------ files to sign
UNSIGNED = {
    "pe32": lambda: mkpe.build("format: pe32\nsection: .text hex %s\n"
                               % BODY.hex()),
    "pe32+": lambda: mkpe.build("section: .text hex %s\n" % BODY.hex()),
    # longer than one block that is digested at a time
    "pe-big": lambda: mkpe.build("fill: 3000001\nsection: .text hex %s\n"
                                 % BODY.hex()),
    "msi-big": lambda: mkmsp.build(
        "kind: msi\ncode: {%s}\nproperty: A = %s\nfill: 3000001\n"
        % (GUID, BODY.decode())),
    "cab": lambda: mkcab.build("file: a.txt text %s\n" % BODY.decode()),
    "msi": lambda: mkmsp.build("kind: msi\ncode: {%s}\nproperty: A = %s\n"
                               % (GUID, BODY.decode())),
    "msp": lambda: mkmsp.build("kind: msp\ncode: {%s}\nmetadata: A = %s\n"
                               % (GUID, BODY.decode())),
}
GUID = "12345678-1234-1234-1234-123456789ABC"


def split_stamp(stamp):
    kind, _, name = stamp.partition("/")
    return kind, "tsa-" + name


class Maker:
    """Makes each file once."""

    def __init__(self, folder):
        self.dir = folder
        self.pki = Pki(folder)
        self.url = serve(self.pki)
        self.files = {}                 # case -> path

    def write(self, name, data):
        path = os.path.join(self.dir, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def make(self, cases, pool):
        """Keys and certificates one after the other, then files at once."""
        stampers = {stamp for case in cases for stamp in
                    (case.stamp, case.nest.partition("+")[2]) if "/" in stamp}
        # The defective one is asked for whatever the cases are.
        for name in ({case.signer for case in cases} |
                     {"good", "tsaca", "tsa-defective"} |
                     {split_stamp(stamp)[1] for stamp in stampers}):
            self.pki.chain_file(name)
        self.pki.cert("root")
        for name, plain in UNSIGNED.items():
            self.write("plain." + name, plain())
        for wanted, make in (
                ({case.replace(damage="-") for case in cases}, self.intact),
                ({c for c in cases if c.damage != "-"}, self.damaged)):
            wanted = sorted(wanted, key=lambda case: case.values)
            paths = [os.path.join(self.dir, "file-%d" % (len(self.files) + i))
                     for i in range(len(wanted))]
            self.files.update(zip(wanted, pool.map(make, wanted, paths)))

    # -------------------------------------------------- by osslsigncode
    def run_signer(self, source, target, md, signer, stamp, *more):
        args = ["osslsigncode", "sign", "-certs",
                self.pki.chain_file(signer), "-key", self.pki.key_of(signer),
                "-h", md]
        kind, name = split_stamp(stamp)
        if kind != "none":
            args += ["-ts" if kind == "rfc3161" else "-t",
                     "%s/%s/%s/%s" % (self.url, kind, name, SIGNED)]
        done = subprocess.run(args + list(more) + ["-in", source, "-out",
                                                   target],
                              env=self.pki.env, capture_output=True,
                              text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stdout + done.stderr)

    # ------------------------------------------------- by our own writer
    def content(self, case):
        """(type, content) of a catalogue or of a signature of a file."""
        if case.format == "cat":
            return CTL, seq(seq(oid("1.3.6.1.4.1.311.12.1.1")),
                            octets(BODY), utc_time(SIGNED),
                            seq(oid("1.3.6.1.4.1.311.12.1.2"), null()))
        return SPC_INDIRECT, seq(
            seq(oid("1.3.6.1.4.1.311.2.1.15")), imprint(case.md, BODY))

    def write_p7(self, case, path):
        pki, (kind, content) = self.pki, self.content(case)
        digest = hashlib.new(case.md, Node(content).body).digest()
        attrs = [attribute(CONTENT_TYPE, oid(kind)),
                 attribute(MESSAGE_DIGEST, octets(digest))]
        names = pki.chain(case.signer)
        info = pki.signer_info(case.signer, case.md, attrs)
        how, stamper = split_stamp(case.stamp)
        if how != "none":
            signature = Node(info)[5].body
            if how == "rfc3161":
                more = attribute(TOKEN, pki.token(
                    stamper, case.md, imprint(case.md, signature)))
            else:
                more = attribute(COUNTERSIGNATURE, pki.countersignature(
                    stamper, "sha1", signature, bare=how == "bare"))
                names = names + pki.chain(stamper)
            info = seq(*[c.whole for c in Node(info).children()],
                       context(1, more))
        with open(path, "wb") as f:
            f.write(pki.signed_data(kind, content, [info], names, case.md))

    def intact(self, case, path):
        if case.format in ("cat", "p7"):
            self.write_p7(case, path)
            return path
        plain = os.path.join(self.dir, "plain." + case.format)
        more = ["-add-msi-dse"] if case.nest == "dse" else []
        self.run_signer(plain, path, case.md, case.signer, case.stamp, *more)
        if case.nest in ("-", "dse"):
            return path
        md, _, stamp = case.nest.partition("+")
        self.run_signer(path, path + "-nest", md, "good", stamp, "-nest")
        return path + "-nest"

    def damaged(self, case, path):
        whole = self.files[case.replace(damage="-")]
        with open(whole, "rb") as f:
            data = bytearray(f.read())
        DAMAGE[case.damage](data, find_p7(data))
        return self.write(path, data)


# ----------------------------------------------------------------- damage
def find_p7(data):
    """The first PKCS #7 of a file; its length is always of two octets."""
    return Node(bytes(data), data.find(oid(SIGNED_DATA)) - 4).whole


def flip(data, needle):
    """Flip a bit in the middle of the one place that holds NEEDLE."""
    at = data.find(needle)
    if at < 0 or data.find(needle, at + 1) >= 0:
        raise ValueError("not there once")
    data[at + len(needle) // 2] ^= 0x10


def signer_info(p7):
    return Node(p7)[1][0].children()[-1][0]


def signature_of(info):
    return [c for c in info.children() if c.tag == 0x04][0].body


def stamp_of(p7):
    """The value of the first timestamp attribute."""
    wanted = {oid(COUNTERSIGNATURE), oid(TOKEN)}
    for attr in signer_info(p7).children()[-1].children():
        if attr[0].whole in wanted:
            return attr[1][0]
    raise ValueError("no timestamp")


def damage_stamp(data, p7):
    stamp = stamp_of(p7)
    info = stamp
    if stamp[0].tag == 0x06:            # a token: ContentInfo
        info = signer_info(stamp.whole)
    flip(data, signature_of(info))


def damage_imprint(data, p7):
    tst = stamp_of(p7)[1][0][2][1][0].body
    flip(data, Node(tst)[2][1].body)


def damage_digest(data, p7):
    content = Node(p7)[1][0][2][1][0]
    flip(data, content.children()[-1].whole)


def damage_attrs(data, p7):
    """The signed messageDigest."""
    for attr in signer_info(p7)[3].children():
        if attr[0].whole == oid(MESSAGE_DIGEST):
            return flip(data, attr[1][0].body)
    raise ValueError("no messageDigest")


def security(data):
    """Where directory entry 4 lies, and the table that it names."""
    pe = struct.unpack_from("<I", data, 0x3C)[0]
    plus = struct.unpack_from("<H", data, pe + 24)[0] == 0x20B
    entry = pe + 24 + (112 if plus else 96) + 4 * 8
    return entry, *struct.unpack_from("<II", data, entry)


def damage_length(data, p7):
    """The outermost length says more than there is."""
    _, off, _ = security(data)
    data[off + 10] += 0x10


def damage_entry(data, p7):
    """dwLength of the entry says more than the table has."""
    _, off, size = security(data)
    struct.pack_into("<I", data, off, size + 8)


def damage_checksum(data, p7):
    pe = struct.unpack_from("<I", data, 0x3C)[0]
    data[pe + 24 + 64] ^= 0xFF


def damage_padding(data, p7):
    entry, off, size = security(data)
    data.extend(b"padding!")
    struct.pack_into("<I", data, entry + 4, size + 8)
    struct.pack_into("<I", data, off, size + 8)


def damage_meta(data, p7):
    """The state bits of a stream ([MS-CFB] 2.6.1): metadata, no content."""
    entry = data.find("\x05SummaryInformation".encode("utf-16-le"))
    data[entry + 0x60] ^= 1


DAMAGE = {
    "body": lambda data, p7: flip(data, BODY),
    "sig": lambda data, p7: flip(data, signature_of(signer_info(p7))),
    "append": lambda data, p7: data.extend(b"appended"),
    "stamp": damage_stamp, "imprint": damage_imprint,
    "digest": damage_digest, "attrs": damage_attrs,
    "length": damage_length, "entry": damage_entry,
    "checksum": damage_checksum, "padding": damage_padding,
    "meta": damage_meta,
}


# ------------------------------------------------------------------- cases
class Case:
    FIELDS = ("format", "md", "signer", "stamp", "nest", "damage")

    def __init__(self, values):
        self.values = tuple(values)
        self.__dict__.update(zip(self.FIELDS, self.values))

    def replace(self, **changes):
        return Case(changes.get(f, v)
                    for f, v in zip(self.FIELDS, self.values))

    def __hash__(self):
        return hash(self.values)

    def __eq__(self, other):
        return self.values == other.values


def read_cases():
    rows = []
    with open(os.path.join(HERE, "cases.txt")) as f:
        for number, line in enumerate(f, 1):
            if line.strip() and not line.startswith("#"):
                made, when, want, witness = (part.split() for part in
                                             line.split("|"))
                rows.append((number, line.strip(), Case(made), when, want,
                             witness[0]))
    return rows


def read_matrix():
    """(case, verdict) of matrix.txt, row by row, format by format."""
    rows, formats, damages = [], [], []
    with open(os.path.join(HERE, "matrix.txt")) as f:
        lines = [line.split() for line in f
                 if line.strip() and not line.startswith("#")]
    for first, *rest in lines:
        if first == "formats:":
            formats = rest
        elif first == "damage:":
            damages = rest
        else:
            made, verdicts = [first] + rest[:2], rest[3:]
            rows += [(Case([format, made[0], "good", *made[1:], damage]), v)
                     for format in formats
                     for damage, v in zip(damages, verdicts)
                     if v != "-" and not (format == "cat" and
                                          made[2] != "-")]
    return rows


# ----------------------------------------------------------------- judges
def write_catalogue(maker):
    """The catalogue, with our defective stamper as one of the advisory's."""
    with open(os.path.join(os.environ["ROLLCALL_SRC"], "data",
                           "exchange.xml"), encoding="utf-8") as f:
        text = f.read()
    row = '<certificate sha1="%s" sources="MEASURED">of the tests' \
        '</certificate>\n    ' % maker.pki.thumbprint("tsa-defective")
    at = text.index("<certificate ")
    return maker.write("catalogue.xml", (text[:at] + row + text[at:])
                       .encode())


class Inspector:
    """rollcall inspect with the test PKI as anchor. A catalogue of its own,
    which takes longer to read than all else, is for defective stampers."""

    def __init__(self, maker):
        self.options = ["--anchor", maker.pki.cert("root")]
        if any("/defective" in word for case in maker.files
               for word in (case.stamp, case.nest)):
            self.options += ["--catalogue", write_catalogue(maker)]

    def run(self, paths, *options, env=None):
        return subprocess.run(
            [os.environ["ROLLCALL"], "inspect", *self.options, *options,
             *paths], capture_output=True, env=env)

    def files(self, paths, *options):
        """{path: the file's object of the result}"""
        done = self.run(paths, "--format", "json", *options)
        return {f["path"]: f for f in json.loads(done.stdout)["files"]}


def ask_witness(maker, case):
    """What osslsigncode says of a file: ok or bad."""
    root = maker.pki.cert("root")
    done = subprocess.run(["osslsigncode", "verify", "-CAfile", root,
                           "-TSA-CAfile", root, "-in", maker.files[case]],
                          env=maker.pki.env, capture_output=True, text=True)
    return "ok" if done.returncode == 0 else "bad"
