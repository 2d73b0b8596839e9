#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Make the picture of the README: a page of a fleet, in Chromium.

    picture.py FILE

Wants ROLLCALL, ROLLCALL_SRC and ROLLCALL_VOLUMES, as the tests do. The picture
has a palette, so that it is small.
"""
import os
import struct
import sys
import tempfile
import zlib

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.environ["ROLLCALL_SRC"], "tests", "cli"))

import fleets                                           # noqa: E402
import browser                                          # noqa: E402

WIDTH, HEIGHT = 1440, 780
MAX_BYTES = 100 * 1000
MEMBERS = ["no-exchange-fixed", "se-oct26su", "sound-2007-ru23", "package-v1",
           "sound-2019-esu", "sound-se-rtm", "software-missing"]


def chunks(png):
    at = 8
    while at < len(png):
        size = struct.unpack(">I", png[at:at + 4])[0]
        yield png[at + 4:at + 8], png[at + 8:at + 8 + size]
        at += size + 12


def paeth(a, b, c):
    p = a + b - c
    return min((abs(p - x), n, x) for n, x in enumerate((a, b, c)))[2]


def unfilter(kind, line, above, step):
    for i, byte in enumerate(line):
        left = line[i - step] if i >= step else 0
        corner = above[i - step] if i >= step else 0
        line[i] = byte + (0, left, above[i], (left + above[i]) // 2,
                          paeth(left, above[i], corner))[kind] & 255


def pixels(png):
    """Rows of (r, g, b), 8 bits each."""
    head = next(d for k, d in chunks(png) if k == b"IHDR")
    width, height, depth, colour = struct.unpack(">IIBB", head[:10])
    assert depth == 8 and colour in (2, 6)
    step = 3 if colour == 2 else 4
    data = zlib.decompress(b"".join(d for k, d in chunks(png)
                                    if k == b"IDAT"))
    above = bytearray(width * step)
    for y in range(height):
        at = y * (width * step + 1)
        line = bytearray(data[at + 1:at + 1 + width * step])
        unfilter(data[at], line, above, step)
        above = line
        yield [tuple(line[x:x + 3]) for x in range(0, len(line), step)]


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + \
        struct.pack(">I", zlib.crc32(kind + data))


def with_palette(png):
    """The same in 256 colours at most: fewer shades where need be."""
    rows = list(pixels(png))
    for keep in range(8, 2, -1):
        mask = 256 - (1 << (8 - keep))
        rows = [[(r & mask, g & mask, b & mask) for r, g, b in row]
                for row in rows]
        colours = sorted({p for row in rows for p in row})
        if len(colours) <= 256:
            break
    number = {p: n for n, p in enumerate(colours)}
    data = b"".join(b"\0" + bytes(number[p] for p in row) for row in rows)
    white = {p: tuple(255 if c >= mask else c for c in p) for p in colours}
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(
        ">IIBBBBB", len(rows[0]), len(rows), 8, 3, 0, 0, 0)) + \
        chunk(b"PLTE", b"".join(bytes(white[p]) for p in colours)) + \
        chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


def main():
    path = browser.find()
    if path is None:
        sys.exit("picture.py: no Chromium is installed")
    with tempfile.TemporaryDirectory() as scratch:
        results = os.path.join(scratch, "results")
        fleets.fleet(results, 48, 11, MEMBERS)
        page = os.path.join(scratch, "page.html")
        fleets.rollcall("judge", "--format", "html", "--output", page,
                        *fleets.AT, "--servers",
                        os.path.join(results, "servers.csv"), results)
        b = browser.Browser(path)
        b.open(page)
        shot = os.path.join(scratch, "shot.png")
        b.picture(shot, WIDTH, HEIGHT)
        b.close()
        with open(shot, "rb") as f:
            png = with_palette(f.read())
    if len(png) > MAX_BYTES:
        sys.exit("picture.py: %d bytes are too many" % len(png))
    with open(sys.argv[1], "wb") as f:
        f.write(png)


if __name__ == "__main__":
    main()
