#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Change signed files byte by byte: none may still be valid. TAP.

The writer knows which bytes no signature covers, and marks them; a change
anywhere else must be seen. Every eighth byte is changed, with
$ROLLCALL_SLOW every one; then bytes are put in, taken out and moved.
"""

import hashlib
import json
import os
import random
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

import mkcab                                                    # noqa: E402
import mkcfb                                                    # noqa: E402
import mkmsp                                                    # noqa: E402
import mkpe                                                     # noqa: E402
import mksign                                                   # noqa: E402
import tap                                                      # noqa: E402
from der import (Node, context, integer, null, octets, oid,     # noqa: E402
                 seq, utc_time)
from pki import CTL, NESTED, SIGNED, attribute, imprint         # noqa: E402

AT = "2012-10-01"
MD = "sha1"
PE_DATA, CAB_DATA, SIP_INFO = ("1.3.6.1.4.1.311.2.1.%d" % n
                               for n in (15, 25, 30))
STEP = 1 if os.environ.get("ROLLCALL_SLOW") else 8
TIMES = 64
SEED = 2749655
BATCH = 1000


# ------------------------------------------------------------------ signatures
def with_nested(p7, inner):
    """P7 with INNER among its unsigned attributes."""
    top = Node(p7)
    parts = top[1][0].children()
    info = parts[4][0].children()
    unsigned = [c.whole for c in info[-1].children()]
    signer = seq(*[c.whole for c in info[:-1]],
                 context(1, *unsigned, attribute(NESTED, inner)))
    return seq(top[0].whole, context(0, seq(
        *[c.whole for c in parts[:4]], mksign.set_of(signer))))


def sign(kind, digest, nested):
    p7 = mksign.PKI.signature("good", kind, MD, digest)
    return with_nested(p7, p7) if nested else p7


def free_in_signature(image, at):
    """(what, from, to) of a PKCS #7 that no signature covers. What is nested
    in it has a signature of its own, and its own free places."""
    parts = Node(image, at)[1][0].children()
    info = parts[4][0].children()
    yield "version, list of digests", parts[0].at, parts[1].end
    yield "signer's version", info[0].at, info[0].end
    yield "signer's digest algorithm", info[2].at, info[2].end
    yield "signer's signature algorithm", info[4].at, info[4].end
    for attr in info[6].children():
        if attr[0].whole != oid(NESTED):
            yield "an unsigned attribute", attr.at, attr.end
            continue
        for what, start, end in free_in_signature(image, attr[1].off):
            yield what + " (nested)", start, end


# ----------------------------------------------------------------------- files
def pe(nested):
    text = "version: 1.2.3.4\n"
    p7 = sign(PE_DATA, mksign.program_digest(mkpe.build(text), MD), nested)
    row = struct.pack("<IHH", 8 + len(p7) + -len(p7) % 8, 0x200, 2) + p7
    image = mkpe.build(text + "certificates: hex " + row.hex())
    opt, table = struct.unpack_from("<I", image, 0x3C)[0] + 24, \
        len(image) - len(row) - -len(row) % 8
    free = [("checksum", opt + 64, opt + 68),
            ("directory entry", opt + 144, opt + 152),
            ("table's header", table, table + 8),
            ("table's padding", table + len(row), len(image))]
    return image, free + list(free_in_signature(image, table + 8))


def cab(nested):
    def made(p7):
        return mkcab.build("file: a text It was a dark and stormy night.\n"
                           "signature: hex " + p7.hex())
    size = len(sign(CAB_DATA, imprint(MD, b""), nested))
    data = made(bytes(size))
    end = len(data) - size
    p7 = sign(CAB_DATA, imprint(MD, data[:4] + data[8:34] + data[56:end]),
              nested)
    image = made(p7)
    return image, list(free_in_signature(image, end))


def entries(image):
    """The directory of a compound file with sectors of 512 bytes."""
    fat, at = (struct.unpack_from("<I", image, n)[0] for n in (76, 48))
    while at < 0xFFFFFFF0:
        for start in range(512 + 512 * at, 1024 + 512 * at, 128):
            if image[start + 66] != 0:
                yield image[start:start + 128]
        at = struct.unpack_from("<I", image, 512 + 512 * fat + 4 * at)[0]


def free_in_directory(image, directory):
    """What MsiDigitalSignatureEx does not cover; and the name of that stream
    itself, which the format lets go: without it, it is content that comes
    first (rollcall(1))."""
    for entry in directory:
        at, length = image.find(entry), struct.unpack_from("<H", entry, 64)[0]
        yield "rest of a name", at + length - 2, at + 64
        yield "colour", at + 67, at + 68
        if entry[66] == 5:
            yield "name of the root", at, at + 66
            yield "siblings of the root", at + 68, at + 76
            yield "times of the root", at + 100, at + 116
            yield "size of what holds small streams", at + 120, at + 124
        else:
            yield "child and class of a stream", at + 76, at + 96
        if not any(entry[120:124]):
            yield "place of an empty stream", at + 116, at + 120
        yield "high half of a size", at + 124, at + 128
        if entry.startswith(mksign.SIGNATURE_EX.encode("utf-16-le")):
            yield "name of MsiDigitalSignatureEx", at, at + 66
            yield "class and times of MsiDigitalSignatureEx", at + 80, at + 116
        if entry.startswith(mksign.SIGNATURE.encode("utf-16-le")):
            yield "class and times of DigitalSignature", at + 80, at + 116
            yield "its size, where room is behind it", at + 120, at + 124


def msp(nested):
    made = []

    def finish(root, spec):
        before = mksign.package_metadata(root, MD)
        digest = mksign.package_digest(root, MD, before)
        root.add(mkcfb.Stream(mksign.SIGNATURE_EX, before))
        root.add(mkcfb.Stream(mksign.SIGNATURE, sign(SIP_INFO, digest,
                                                     nested)))
        made.append(root)
    image = mkmsp.build("kind: msp\n"
                        "code: {A0000001-5A5A-4A5A-8A5A-000000000000}\n"
                        "title: A patch\n", finish, {})
    streams, directory = made[0].children, list(entries(image))
    covered = [(image.find(data), len(data)) for data in
               [stream.data for stream in streams] + directory]
    # The header, tables of sectors, and room that nothing takes.
    free, at = [], 0
    for start, size in sorted(covered) + [(len(image), 0)]:
        if at < start:
            free.append(("in no stream or entry", at, start))
        at = max(at, start + size)
    free += free_in_directory(image, directory)
    start = image.find(made[0].children[-1].data)
    return image, free + list(free_in_signature(image, start))


def cat(nested):
    content = seq(seq(oid("1.3.6.1.4.1.311.12.1.1")), octets(b"list"),
                  utc_time(SIGNED), seq(oid("1.3.6.1.4.1.311.12.1.2"),
                                        null()))
    small = mksign.PKI
    info = small.signer_info("signer", MD, [
        attribute(mksign.CONTENT_TYPE, oid(CTL)),
        attribute(mksign.MESSAGE_DIGEST, octets(
            hashlib.new(MD, Node(content).body).digest()))])
    stamp = small.countersignature("stamper", MD, Node(info)[5].body, SIGNED)
    info = seq(*[c.whole for c in Node(info).children()],
               context(1, attribute(mksign.COUNTERSIGNATURE, stamp)))
    image = small.signed_data(CTL, content, [info], ["signer", "stamper"], MD)
    if nested:
        image = with_nested(image, image)
    return image, list(free_in_signature(image, 0))


# --------------------------------------------------------------------- changes
class Oracle:
    def __init__(self, folder):
        self.folder = folder
        self.overlay = os.path.join(folder, "overlay.xml")
        with open(self.overlay, "w", encoding="utf-8") as f:
            f.write(mksign.overlay("oracle"))

    def valid(self, images, signatures):
        """Which of these, by number, are valid, and so is each of so many
        signatures of them."""
        found = []
        with tempfile.TemporaryDirectory(dir=self.folder) as batch:
            for number, image in enumerate(images):
                with open(os.path.join(batch, str(number)), "wb") as f:
                    f.write(image)
            done = subprocess.run(
                [os.environ["ROLLCALL"], "inspect", "--at", AT, "--overlay",
                 self.overlay, "--format", "json", batch],
                capture_output=True, check=False)
            for seen in json.loads(done.stdout)["files"]:
                verdicts = [one["verdict"] for one in seen["signatures"]]
                if seen["verdict"] == "valid" and \
                        verdicts == ["valid"] * signatures:
                    found.append(int(os.path.basename(seen["path"])))
        return found

    def survivors(self, changes, good, signatures):
        """Of (what, image), those that are valid all the same. What is
        remembered of the GOOD one must help none: every other batch has it in
        front and behind."""
        for at in range(0, len(changes), BATCH):
            part = changes[at:at + BATCH]
            both = [("the good one", good)] * (at // BATCH % 2 == 0)
            batch = both + part + both
            found = self.valid([image for _, image in batch], signatures)
            for number in found:
                if batch[number] not in both:
                    yield "still valid: " + batch[number][0]
            if sum(batch[number] in both for number in found) != len(both) * 2:
                yield "not valid beside others: the good one"


def is_free(free, start, end):
    return any(a <= start and end <= b for _, a, b in free)


def flips(image, free, dice):
    """A change of every STEPth byte."""
    for at in range(dice.randrange(STEP), len(image), STEP):
        if not is_free(free, at, at + 1):
            bit = 1 << dice.randrange(8)
            yield ("byte %d, bit 0x%02x" % (at, bit),
                   image[:at] + bytes((image[at] ^ bit,)) + image[at + 1:])


def shifts(image, free, dice):
    """Bytes put in, taken out, and moved."""
    for _ in range(TIMES):
        at, size = dice.randrange(len(image)), dice.randrange(1, 40)
        to = dice.randrange(len(image))
        piece, rest = image[at:at + size], image[:at] + image[at + size:]
        moved = rest[:to] + piece + rest[to:]
        if not is_free(free, at, at):
            yield ("%d bytes in at %d" % (size, at),
                   image[:at] + dice.randbytes(size) + image[at:])
        if not is_free(free, at, min(at + size, len(image))):
            yield "%d bytes out at %d" % (size, at), rest
        if moved != image and not (is_free(free, min(at, to),
                                           max(at, to) + size)):
            yield "%d bytes from %d to %d" % (size, at, to), moved


def main():
    test = tap.Tap()
    with tempfile.TemporaryDirectory() as folder:
        oracle = Oracle(folder)
        for make in (pe, cab, msp, cat):
            for nested in tap.sampled((False, True), lambda nested: "%s %s" % (
                    make.__name__, nested), short=10):
                image, free = make(nested)
                dice = random.Random(SEED)
                name = make.__name__ + (", nested" if nested else "")
                print("# %s: %d bytes, seed %d, unsigned:" % (
                    name, len(image), SEED))
                for what, start, end in free:
                    print("#   %d-%d %s" % (start, end, what))
                test.point(name + " as it was made", [
                    "not valid" for _ in [1]
                    if oracle.valid([image], 1 + nested) != [0]])
                test.point(name + ", bytes changed", oracle.survivors(
                    list(flips(image, free, dice)), image, 1 + nested))
                test.point(name + ", bytes shifted", oracle.survivors(
                    list(shifts(image, free, dice)), image, 1 + nested))
    return test.end()


if __name__ == "__main__":
    sys.exit(main())
