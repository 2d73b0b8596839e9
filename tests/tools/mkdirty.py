#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Write dirty registry hives: a hive file and its transaction logs.

Usage: mkdirty.py new|old BEFORE AFTER FOLDER NAME
       mkdirty.py bench HIVE MEGABYTES FOLDER NAME
       mkdirty.py pack new|old FILE BEFORE AFTER...

The first form makes FOLDER/NAME and FOLDER/NAME.LOG1: the file holds the
hive BEFORE and is dirty, the log holds what makes AFTER of it.  The second
makes a dirty HIVE with a log of about that size.  The third makes one FILE
of hive and logs, for tests in C (tests/fuzz/packed.h); with the new format,
each AFTER is in the other log than the one before it.

As a module, it plays the writer of Windows on a disk that remembers every
write: NewWriter (logs with checksums, Windows 8.1 and later) and OldWriter.
Disk.stops() then gives the files as they lay after each write, and after a
part of it, with the version of the hive that a reader must see.

Facts: the regf specification (M. Suhanov), "Format of transaction log
files". A log's base block is the hive's with another type; entries of the
new format are numbered; Hash-1 and Hash-2 are Marvin32.
"""

import os
import struct
import sys

sys.dont_write_bytecode = True      # the source tree may be read only

BASE = 4096
SECTOR = 512
PAGE = 4096
MASK = 0xffffffff

# As a number; the specification prints its bytes from high to low.
SEED = 0x82ef4d887a4e55c5

TYPE_PRIMARY, TYPE_OLD, TYPE_NEW = 0, 1, 6
SEQUENCES_AT, WRITTEN_AT, TYPE_AT, HBINS_AT, NAME_AT = 4, 12, 28, 40, 48
NAME_LEN = 64
CHECKSUM_AT = 508


# --- checksums ------------------------------------------------------------

def marvin32(data):
    """The checksum of log entries, written from its description."""
    tail = len(data) % 4
    rest = data[len(data) - tail:] + b"\x80"
    words = struct.unpack("<%dI" % (len(data) // 4),
                          data[:len(data) - tail])
    words += (int.from_bytes(rest, "little"), 0)
    low, high = SEED & MASK, SEED >> 32
    for word in words:
        low = (low + word) & MASK
        high ^= low
        low = ((low << 20 | low >> 12) + high) & MASK
        high = (high << 9 | high >> 23) & MASK ^ low
        low = ((low << 27 | low >> 5) + high) & MASK
        high = (high << 19 | high >> 13) & MASK
    return high << 32 | low


def seal(block):
    """Set the checksum of a base block's first sector."""
    value = 0
    for word in struct.unpack_from("<127I", block):
        value ^= word
    struct.pack_into("<I", block, CHECKSUM_AT,
                     {0: 1, MASK: MASK - 1}.get(value, value))
    return block


# --- pieces ---------------------------------------------------------------

def named(image, name):
    """The hive with the file name NAME in its base block."""
    image = bytearray(image)
    text = name[-31:].encode("utf-16-le").ljust(NAME_LEN, b"\0")
    image[NAME_AT:NAME_AT + NAME_LEN] = text
    seal(image)
    return bytes(image)


def base_block(image, sequences, kind=TYPE_PRIMARY, written=None):
    """The first sector of a file that belongs to the hive IMAGE."""
    block = bytearray(image[:SECTOR])
    struct.pack_into("<II", block, SEQUENCES_AT,
                     *(number & MASK for number in sequences))
    if written is not None:
        struct.pack_into("<Q", block, WRITTEN_AT, written)
    struct.pack_into("<I", block, TYPE_AT, kind)
    struct.pack_into("<I", block, HBINS_AT, len(image) - BASE)
    return bytes(seal(block))


def page_of(image, number):
    return image[BASE + number * PAGE:BASE + (number + 1) * PAGE]


def changed(before, after):
    """Numbers of the pages that differ, those of new bins with them."""
    if len(after) < len(before) or (len(after) - BASE) % PAGE:
        raise ValueError("a hive only grows, by whole pages")
    return [number for number in range((len(after) - BASE) // PAGE)
            if page_of(before, number) != page_of(after, number)]


def runs(pages):
    """Pages as (first, count), those side by side put together."""
    out = []
    for number in pages:
        if out and sum(out[-1]) == number:
            out[-1] = (out[-1][0], out[-1][1] + 1)
        else:
            out.append((number, 1))
    return out


def entry(image, pages, sequence, known=None):
    """A log entry with PAGES of the hive IMAGE. KNOWN keeps checksums of
    the same pages."""
    refs = runs(pages)
    body = b"".join(struct.pack("<II", first * PAGE, count * PAGE)
                    for first, count in refs)
    body += b"".join(page_of(image, number) for number in pages)
    size = 40 + len(body)
    size += -size % SECTOR
    body = body.ljust(size - 40, b"\0")
    known = {} if known is None else known
    if tuple(pages) not in known:
        known[tuple(pages)] = marvin32(body)
    head = struct.pack("<4sIIIIIQ", b"HvLE", size, 0, sequence & MASK,
                       len(image) - BASE, len(refs), known[tuple(pages)])
    return head + struct.pack("<Q", marvin32(head)) + body


def vector(image, pages):
    """The dirty vector of the old format, up to a whole sector."""
    bitmap = bytearray((len(image) - BASE) // PAGE)
    for number in pages:
        bitmap[number] = 0xff
    data = b"DIRT" + bytes(bitmap)
    return data.ljust(len(data) + -len(data) % SECTOR, b"\0")


# --- a disk that remembers ------------------------------------------------

class Disk:
    """Files, and each write to them with what is to be seen after it."""

    def __init__(self, files):
        self.files = {name: bytearray(data) for name, data in files.items()}
        self.journal = []       # (label, file, offset, bytes, version)
        self.start = {name: bytes(data) for name, data in files.items()}

    def write(self, label, name, at, data, version):
        put(self.files[name], at, data)
        self.journal.append((label, name, at, data, version))

    def stops(self):
        """(label, files, versions) after each write, and within it."""
        files = {name: bytearray(data) for name, data in self.start.items()}
        before = None
        for label, name, at, data, version in self.journal:
            half = max(len(data) // SECTOR // 2 * SECTOR, SECTOR // 2)
            if before is None:
                before = version
            for part, piece, offset in (
                    ("first half", data[:half], at),
                    ("second half", data[half:], at + half)):
                torn = {key: bytearray(val) for key, val in files.items()}
                put(torn[name], offset, piece)
                yield ("%s, %s" % (label, part), torn, {before, version})
            put(files[name], at, data)
            before = version
            yield (label, {key: bytearray(val) for key, val in files.items()},
                   {version})


def put(file, at, data):
    if len(file) < at:
        file.extend(bytes(at - len(file)))
    file[at:at + len(data)] = data


# --- Windows 8.1 and later ------------------------------------------------

class NewWriter:
    """Commits go to a log; the hive file is written now and then."""

    def __init__(self, images, sequence=1, logs=("LOG1", "LOG2")):
        self.images = images
        self.sequence = sequence
        first = bytearray(images[0])
        first[:SECTOR] = base_block(images[0], (sequence, sequence))
        self.disk = Disk({"": bytes(first), **{name: b"" for name in logs}})
        self.logs = logs
        self.log, self.at = 0, 0
        self.now = 0            # version in memory
        self.seen = 0           # what a reader must see
        self.marked = False     # the hive file is dirty
        self.on_disk = bytes(images[0])
        self.secondary = sequence

    def write(self, label, name, at, data):
        self.disk.write(label, name, at, data, self.seen)

    def commit(self):
        """The next version: an entry, and the hive is dirty from then on."""
        before, after = self.images[self.now:self.now + 2]
        name = self.logs[self.log]
        if self.at == 0:
            self.write("base of " + name, name, 0, base_block(
                after, (self.sequence, self.sequence), TYPE_NEW))
            self.at = SECTOR
        data = entry(after, changed(before, after), self.sequence)
        third = len(data) // SECTOR // 3 * SECTOR or SECTOR
        for part in (data[:third], data[third:2 * third]):
            self.write("entry %d" % self.sequence, name, self.at, part)
            self.at += len(part)
        self.now += 1
        self.sequence += 1
        if self.marked:
            self.seen = self.now
        self.write("entry %d" % (self.sequence - 1), name, self.at,
                   data[2 * third:])
        self.at += len(data) - 2 * third
        self.mark()

    def mark(self):
        if self.marked:
            return
        self.marked = True
        self.seen = self.now
        self.write("hive is dirty", "", 0, base_block(
            self.images[self.now], (self.secondary + 1, self.secondary)))

    def pages(self):
        """Write what the hive file lacks, page by page."""
        image = self.images[self.now]
        for number in changed(self.on_disk, image):
            self.write("page %d" % number, "", BASE + number * PAGE,
                       page_of(image, number))
        self.on_disk = image

    def flush(self):
        """The hive file is whole, and clean."""
        self.pages()
        self.marked = False
        self.secondary = self.sequence
        self.write("hive is clean", "", 0, base_block(
            self.images[self.now], (self.sequence, self.sequence)))

    def rotate(self):
        """Go on in the other log, from its start."""
        self.log = (self.log + 1) % len(self.logs)
        self.at = 0


# --- before Windows 8.1 ---------------------------------------------------

class OldWriter:
    """Each write goes to a log first and to the hive file at once."""

    TICK = 10000000

    def __init__(self, images, sequence=1, logs=("LOG1", "LOG2")):
        self.images = images
        self.sequence = sequence
        self.written, = struct.unpack_from("<Q", images[0], WRITTEN_AT)
        first = bytearray(images[0])
        first[:SECTOR] = base_block(images[0], (sequence, sequence))
        self.disk = Disk({"": bytes(first), **{name: b"" for name in logs}})
        self.logs = logs
        self.now = self.seen = 0
        self.on_disk = bytes(images[0])

    def write(self, label, name, at, data):
        self.disk.write(label, name, at, data, self.seen)

    def write_log(self, name, image, pages):
        """Its base block says when it was not whole."""
        numbers = (self.sequence, self.sequence - 1)
        self.write("base of " + name, name, 0, base_block(
            image, numbers, TYPE_OLD, self.written))
        data = vector(image, pages)
        at = SECTOR
        for part in [data] + [page_of(image, number) for number in pages]:
            self.write("sectors of " + name, name, at, part)
            at += len(part)
        self.write("%s is whole" % name, name, 0, base_block(
            image, (self.sequence, self.sequence), TYPE_OLD, self.written))

    def commit(self, log=0, stop_after=None):
        """The next version. STOP_AFTER pages, the disk fails: what was to
        be written is kept for the next commit, which takes the other log."""
        image = self.images[self.now + 1]
        pages = changed(self.on_disk, image)
        self.sequence += 1
        self.written += self.TICK
        self.write_log(self.logs[log], image, pages)
        self.now += 1
        self.seen = self.now
        self.write("hive is dirty", "", 0, base_block(
            image, (self.sequence, self.sequence - 1), TYPE_PRIMARY,
            self.written))
        for number in pages[:stop_after]:
            self.write("page %d" % number, "", BASE + number * PAGE,
                       page_of(image, number))
        if stop_after is not None:
            return
        self.on_disk = image
        self.write("hive is clean", "", 0, base_block(
            image, (self.sequence, self.sequence), TYPE_PRIMARY,
            self.written))


# --- for other writers ----------------------------------------------------

def dirty(kind, before, after, name, sequence=7):
    """The files of a hive whose last change is only in its log: a dict of
    suffix and bytes, the hive itself under ""."""
    images = [named(before, name), named(after, name)]
    if kind == "new":
        writer = NewWriter(images, sequence)
        writer.commit()
    else:
        writer = OldWriter(images, sequence)
        writer.commit(stop_after=0)
    return {suffix: bytes(data)
            for suffix, data in writer.disk.files.items()}


BENCH_PAGES = 256       # of one entry
BENCH_SETS = 4          # entries that differ: checksums take their time


def bench(image, megabytes):
    """IMAGE and a log of that many megabytes. The pages of the log are
    the hive's own, and the hive has lost the last of them."""
    pages = (len(image) - BASE) // PAGE
    count = megabytes * 1024 * 1024 // (BENCH_PAGES * PAGE)
    step = pages // (BENCH_SETS * BENCH_PAGES)
    sets = [[(turn + BENCH_SETS * i) * step for i in range(BENCH_PAGES - 1)]
            + [pages - 1] for turn in range(BENCH_SETS)]
    known, log = {}, [base_block(image, (1, 1), TYPE_NEW)]
    for number in range(count):
        log.append(entry(image, sets[number % BENCH_SETS], number + 1,
                         known))
    primary = bytearray(image)
    primary[:SECTOR] = base_block(image, (2, 1))
    primary[BASE + (pages - 1) * PAGE:] = bytes(PAGE)
    return {"": bytes(primary), "LOG1": b"".join(log)}


def pack(kind, images):
    """Hive, LOG1, LOG2 and LOG in one: a byte of flags, then each with its
    length before it."""
    if kind == "new":
        writer = NewWriter(images, 7)
        for _ in images[1:]:
            writer.commit()
            writer.rotate()
    else:
        writer = OldWriter(images, 7)
        writer.commit(stop_after=0)
    parts = [writer.disk.files.get(suffix, b"")
             for suffix in ("", "LOG1", "LOG2", "LOG")]
    return b"\0" + b"".join(struct.pack("<I", len(part)) + bytes(part)
                            for part in parts)


def write_files(files, folder, name):
    os.makedirs(folder, exist_ok=True)
    for suffix, data in files.items():
        path = os.path.join(folder, name + ("." + suffix if suffix else ""))
        with open(path, "wb") as file:
            file.write(data)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def main(argv):
    if len(argv) >= 6 and argv[1] == "pack":
        data = pack(argv[2], [read(path) for path in argv[4:]])
        write_files({"": data}, *os.path.split(argv[3]))
        return
    if len(argv) != 6 or argv[1] not in ("new", "old", "bench"):
        raise SystemExit(__doc__.split("\n\n")[1].strip())
    if argv[1] == "bench":
        files = bench(read(argv[2]), int(argv[3]))
    else:
        files = dirty(argv[1], read(argv[2]), read(argv[3]), argv[5])
    write_files(files, argv[4], argv[5])


if __name__ == "__main__":
    main(sys.argv)
