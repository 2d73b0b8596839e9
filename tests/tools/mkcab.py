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
    method: stored | mszip

Places for damage: header reserve folders files data signature.
"""

import struct
import sys
import zlib

from fixturetext import Spec, damage, data_of, run

HEADER, FOLDER = 36, 8
BLOCK = 32768
STORED, MSZIP = 0, 1
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


def packed_blocks(data, method):
    """(block, bytes in it); with MSZIP each goes on with the window of the
    one before ([MS-MCI] 2)."""
    before = b""
    for i in range(0, len(data), BLOCK):
        plain = block = data[i:i + BLOCK]
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
    method = {"stored": STORED, "mszip": MSZIP}[spec.get("method", "stored")]
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
