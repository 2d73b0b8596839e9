# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Build a small cabinet ([MS-CAB]) from text.

    mkcab.py IN.cab.txt OUT.cab        or    mkcab.build(text) -> bytes

The text is as in fixturetext.py.

    file: NAME DATA              a member (repeatable)
    reserve: DATA                a reserved area in the header
    signature: DATA              bytes behind the cabinet, found by way of a
                                 reserved area of 20 bytes as signers make it
    previous: FILE | DISK        the neighbours in a set of cabinets
    next: FILE | DISK
    append: DATA                 behind everything
    method: stored | mszip | lzx

Places for damage: header reserve folders files data signature.
"""

import struct
import sys
import zlib

from fixturetext import Spec, damage, data_of, run

HEADER, FOLDER = 36, 8
BLOCK = 32768
LZX_WINDOW = 21                 # bits
STORED, MSZIP, LZX = 0, 1, 3 | LZX_WINDOW << 8
FLAG_PREVIOUS, FLAG_NEXT, FLAG_RESERVE = 1, 2, 4
# What signing tools put before the signature's offset and size.
SIGNATURE_MARK = 0x00100000


def checksum(data):
    """[MS-CAB] 3.1: exclusive or of 32-bit words; the rest is big-endian."""
    total = 0
    whole = len(data) // 4 * 4
    for (word,) in struct.iter_unpack("<I", data[:whole]):
        total ^= word
    return total ^ int.from_bytes(data[whole:], "big")


class Bits:
    """From the highest bit of 16-bit words, which are little-endian."""

    def __init__(self):
        self.value = self.count = 0

    def put(self, value, bits):
        self.value = self.value << bits | value
        self.count += bits

    def words(self):
        spare = -self.count % 16
        data = (self.value << spare).to_bytes((self.count + spare) // 8, "big")
        return b"".join(data[i + 1:i + 2] + data[i:i + 1]
                        for i in range(0, len(data), 2))


# [MS-PATCH] 2.6: elements of the main tree, behind the literals, and of the
# tree of lengths.
LZX_MATCHES, LZX_LENGTHS = 8 * 50, 249


def lzx_block(plain, number):
    """[MS-PATCH] 2.3: a block of LZX that packs nothing. Those of even number
    are verbatim, each literal a code of eight bits; the others are not
    compressed at all."""
    b = Bits()
    if number == 0:
        b.put(0, 1)             # no calls are translated
    verbatim = number % 2 == 0
    b.put(1 if verbatim else 3, 3)
    b.put(len(plain), 24)
    if not verbatim:
        b.put(0, 16 - b.count % 16)
        # The last three distances, which no match has moved.
        return b.words() + struct.pack("<III", 1, 1, 1) + plain + \
            bytes(len(plain) % 2)
    for count, less in ((256, -8 % 17 if number == 0 else 0),
                        (LZX_MATCHES, 0), (LZX_LENGTHS, 0)):
        for i in range(20):     # the pretree: sixteen codes of four bits
            b.put(4 if i < 16 else 0, 4)
        for i in range(count):
            b.put(less, 4)
    b.put(int.from_bytes(plain, "big"), 8 * len(plain))
    return b.words()


def packed_blocks(data, method):
    """(block, bytes in it); with MSZIP each goes on with the window of the
    one before ([MS-MCI] 2)."""
    before = b""
    for i in range(0, len(data), BLOCK):
        plain = block = data[i:i + BLOCK]
        if method == LZX:
            block = lzx_block(plain, i // BLOCK)
        if method == MSZIP:
            z = zlib.compressobj(6, zlib.DEFLATED, -15, zdict=before)
            block = b"CK" + z.compress(plain) + z.flush()
            before = plain
        yield block, len(plain)


def data_block(block, size):
    sizes = struct.pack("<HH", len(block), size)
    return struct.pack("<I", checksum(block) ^ checksum(sizes)) + sizes + \
        block


def neighbour(value):
    return b"".join(part.strip().encode() + b"\0"
                    for part in value.split("|"))


def build(text):
    spec = Spec(text, ("reserve", "signature", "previous", "next", "append",
                       "method"), ("file",))
    method = {"stored": STORED, "mszip": MSZIP,
              "lzx": LZX}[spec.get("method", "stored")]
    files = [(name, data_of(data)) for name, _, data in
             (value.partition(" ") for value in spec.many["file"])]
    signature = data_of(spec.get("signature", ""))
    reserve = data_of(spec.get("reserve", ""))
    if signature:
        reserve = bytes(20)
    flags = FLAG_RESERVE if reserve else 0
    neighbours = b""
    for key, flag in (("previous", FLAG_PREVIOUS), ("next", FLAG_NEXT)):
        if key in spec.one:
            flags |= flag
            neighbours += neighbour(spec.get(key))

    entries, at = b"", 0
    for name, data in files:
        entries += struct.pack("<IIHHHH", len(data), at, 0, 0x4146, 0x6000,
                               0x20) + name.encode() + b"\0"
        at += len(data)
    contents = b"".join(data for _, data in files)
    blocks = [data_block(b, n) for b, n in packed_blocks(contents, method)]

    places = {"header": 0, "reserve": HEADER + 4}
    places["folders"] = HEADER + (4 + len(reserve) if reserve else 0) + \
        len(neighbours)
    places["files"] = places["folders"] + FOLDER
    places["data"] = places["files"] + len(entries)
    places["signature"] = places["data"] + sum(map(len, blocks))
    if signature:
        reserve = struct.pack("<IIIQ", SIGNATURE_MARK, places["signature"],
                              len(signature), 0)
    out = struct.pack("<4sIIIIIBBHHHHH", b"MSCF", 0, places["signature"], 0,
                      places["files"], 0, 3, 1, 1, len(files), flags, 4711,
                      0)
    if reserve:
        out += struct.pack("<HBB", len(reserve), 0, 0) + reserve
    out += neighbours
    out += struct.pack("<IHH", places["data"], len(blocks), method)
    out += entries + b"".join(blocks)
    out = bytearray(out + signature + data_of(spec.get("append", "")))
    damage(out, places, spec.many["damage"])
    return bytes(out)


if __name__ == "__main__":
    run(build, sys.argv)
