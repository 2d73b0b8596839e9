# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Build a compound file ([MS-CFB]) from text, or from a tree of objects.

    mkcfb.py IN.cfb.txt OUT.cfb        or    mkcfb.build(text) -> bytes
                                       or    mkcfb.assemble(root, ...)

The text is as in fixturetext.py.

    version: 3                   3 (sectors of 512 bytes) or 4 (4096)
    clsid: {GUID}                of the root
    storage: PATH {GUID}         parts parted by '/'; the GUID may be left out
    stream: PATH DATA            data is never empty but "hex"
    shuffle: 7                   scatter the sectors; the number is the seed

Names may hold escapes such as \\x05. Places for damage, PATH as written:

    dir/PATH      its directory entry ("dir/" is the root's)
    data/PATH     its first byte
    id/PATH       the number of its directory entry
    sector/PATH   the number of its first sector
    fat/PATH      the FAT or mini FAT entry of that sector
    fat, difat, minifat, ministream, directory
                  the first byte of each; the last three are PATHs too for
                  sector/ and fat/
"""

import struct
import sys
import uuid

from fixturetext import Spec, align, damage, data_of, pad, run

FREE, END, FAT_SECTOR, DIFAT_SECTOR = (0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD,
                                       0xFFFFFFFC)
NO_ENTRY = 0xFFFFFFFF
CUTOFF = 4096
MINI = 64
IN_HEADER = 109


class Stream:
    def __init__(self, name, data, label=None):
        self.name, self.data, self.label = name, data, label or name


class Storage:
    def __init__(self, name, clsid=None, label=None):
        self.name, self.label = name, label or name
        self.clsid = uuid.UUID(clsid).bytes_le if clsid else bytes(16)
        self.children = []

    def add(self, child):
        self.children.append(child)
        return child


# ------------------------------------------------------------------- directory
def sort_key(entry):
    """[MS-CFB] 2.6.4: the shorter name first, then in upper case."""
    raw = entry.name.upper().encode("utf-16-le")
    return len(raw), [c for (c,) in struct.iter_unpack("<H", raw)]


class Node:
    """A directory entry in the making."""

    def __init__(self, entry, path):
        self.entry, self.path = entry, path
        self.left = self.right = self.child = NO_ENTRY
        self.red = False
        self.start, self.size = 0, 0


def flatten(root):
    """All entries, storages before what they hold; children are linked."""
    nodes = [Node(root, "")]
    for node in nodes:
        if isinstance(node.entry, Storage):
            first = len(nodes)
            for child in sorted(node.entry.children, key=sort_key):
                nodes.append(Node(child, (node.path + "/" + child.label)
                                  .lstrip("/")))
            node.child = balance(nodes, first, len(nodes), 0)
    return nodes


def balance(nodes, lo, hi, depth):
    """A search tree over the sorted nodes; its deepest level is red."""
    if lo == hi:
        return NO_ENTRY
    mid = (lo + hi) // 2
    nodes[mid].left = balance(nodes, lo, mid, depth + 1)
    nodes[mid].right = balance(nodes, mid + 1, hi, depth + 1)
    nodes[mid].red = depth > 0 and hi - lo == 1
    return mid


def directory_entry(node):
    raw = node.entry.name.encode("utf-16-le")
    is_storage = isinstance(node.entry, Storage)
    kind = 5 if node.path == "" else 1 if is_storage else 2
    return struct.pack(
        "<64sHBBIII16sIQQIQ", raw, len(raw) + 2, kind, not node.red,
        node.left, node.right, node.child,
        node.entry.clsid if is_storage else bytes(16), 0, 0, 0, node.start,
        node.size)


# --------------------------------------------------------------------- sectors
def permutation(n, seed):
    """0..n-1, scattered when SEED is not 0.

    0 stays first: it is legal anywhere, but osslsigncode, which tests sign
    with, cannot read a chain that leads to it.
    """
    order = list(range(n))
    x = seed
    for i in range(n - 1, 1, -1) if seed else ():
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        k = 1 + (x >> 8) % i
        order[i], order[k] = order[k], order[i]
    return order


def link(table, sectors):
    for a, b in zip(sectors, sectors[1:]):
        table[a] = b
    if sectors:
        table[sectors[-1]] = END


def place_mini(nodes, seed, labels):
    """Lay small streams out; gives the mini stream and its FAT."""
    small = [n for n in nodes if isinstance(n.entry, Stream)
             and 0 < n.size < CUTOFF]
    total = sum(align(n.size, MINI) for n in small) // MINI
    order = iter(permutation(total, seed))
    stream, table = bytearray(total * MINI), [FREE] * total
    for n in small:
        sectors = [next(order) for _ in range(align(n.size, MINI) // MINI)]
        data = pad(n.entry.data, MINI)
        for i, s in enumerate(sectors):
            stream[s * MINI:(s + 1) * MINI] = data[i * MINI:(i + 1) * MINI]
        link(table, sectors)
        n.start = labels["sector/" + n.path] = sectors[0]
    return bytes(stream), table


def count_tables(data_sectors, per):
    """Sectors of the FAT and the DIFAT that cover the data and themselves."""
    fat = difat = 0
    while True:
        total = data_sectors + fat + difat
        want_fat = -(-total // per)
        want_difat = -(-max(0, want_fat - IN_HEADER) // (per - 1))
        if (want_fat, want_difat) == (fat, difat):
            return fat, difat
        fat, difat = want_fat, want_difat


def u32s(values):
    return struct.pack("<%dI" % len(values), *values)


def header(major, shift, fat, difat, dir_sectors, mini_fat):
    first = (fat + [FREE] * IN_HEADER)[:IN_HEADER]
    return struct.pack(
        "<8s16sHHHHH6sIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"),
        bytes(16), 0x3E, major, 0xFFFE, shift, 6, bytes(6),
        len(dir_sectors) if major == 4 else 0, len(fat), dir_sectors[0], 0,
        CUTOFF, mini_fat[0] if mini_fat else END, len(mini_fat),
        difat[0] if difat else END, len(difat)) + u32s(first)


class Image:
    """The file's sectors, handed out in order or scattered."""

    def __init__(self, major, data_lengths, seed):
        self.shift = 9 if major == 3 else 12
        self.len = 1 << self.shift
        per = self.len // 4
        data = sum(align(n, self.len) for n in data_lengths) // self.len
        fat, difat = count_tables(data, per)
        self.total = data + fat + difat
        self.order = iter(permutation(self.total, seed))
        self.out = bytearray((self.total + 1) * self.len)
        self.table = [FREE] * (fat * per)
        self.fat, self.difat = self.take(fat), self.take(difat)
        for s in self.fat:
            self.table[s] = FAT_SECTOR
        for s in self.difat:
            self.table[s] = DIFAT_SECTOR

    def take(self, n):
        return [next(self.order) for _ in range(n)]

    def offset(self, sector):
        return (sector + 1) * self.len

    def fill(self, sectors, data):
        data = pad(data, self.len)
        for i, s in enumerate(sectors):
            self.out[self.offset(s):self.offset(s) + self.len] = \
                data[i * self.len:(i + 1) * self.len]

    def put(self, data):
        sectors = self.take(align(len(data), self.len) // self.len)
        self.fill(sectors, data)
        link(self.table, sectors)
        return sectors

    def put_tables(self):
        self.fill(self.fat, u32s(self.table))
        rest, per = self.fat[IN_HEADER:], self.len // 4 - 1
        for i, s in enumerate(self.difat):
            part = rest[i * per:(i + 1) * per]
            part += [FREE] * (per - len(part))
            after = self.difat[i + 1] if i + 1 < len(self.difat) else END
            self.fill([s], u32s(part + [after]))


def label_streams(image, nodes, mini_fat, mini_stream, dir_sectors, labels):
    """Say where in the file each thing has come to lie."""
    def fat_place(sector, table):
        per = image.len // 4
        return image.offset(table[sector // per]) + sector % per * 4

    for i, n in enumerate(nodes):
        labels["id/" + n.path] = i
        labels["dir/" + n.path] = image.offset(
            dir_sectors[i * 128 // image.len]) + i * 128 % image.len
        if not isinstance(n.entry, Stream) or n.size == 0:
            continue
        if n.size < CUTOFF:
            at = n.start * MINI
            labels["data/" + n.path] = image.offset(
                mini_stream[at // image.len]) + at % image.len
            labels["fat/" + n.path] = fat_place(n.start, mini_fat)
        else:
            labels["data/" + n.path] = image.offset(n.start)
            labels["fat/" + n.path] = fat_place(n.start, image.fat)
            labels["sector/" + n.path] = n.start
    labels["fat"] = image.offset(image.fat[0])
    if image.difat:
        labels["difat"] = image.offset(image.difat[0])
    for name, sectors in (("minifat", mini_fat), ("ministream", mini_stream),
                          ("directory", dir_sectors)):
        if sectors:
            labels[name] = image.offset(sectors[0])
            labels["sector/" + name] = sectors[0]
            labels["fat/" + name] = fat_place(sectors[0], image.fat)


def assemble(root, major=3, seed=0, damages=(), labels=None):
    """The file for the tree below ROOT, as bytes."""
    labels = {} if labels is None else labels
    nodes = flatten(root)
    for n in nodes:
        n.size = len(n.entry.data) if isinstance(n.entry, Stream) else 0
    mini_data, mini_table = place_mini(nodes, seed, labels)
    big = [n for n in nodes if n.size >= CUTOFF]
    sector = 512 if major == 3 else 4096
    dir_len = align(len(nodes) * 128, sector)
    image = Image(major, [dir_len, 4 * len(mini_table), len(mini_data)] +
                  [n.size for n in big], seed)

    for n in big:
        n.start = image.put(n.entry.data)[0]
    mini_stream = image.put(mini_data)
    table = mini_table + [FREE] * (-len(mini_table) % (image.len // 4))
    mini_fat = image.put(u32s(table))
    nodes[0].start = mini_stream[0] if mini_stream else END
    nodes[0].size = len(mini_data)
    directory = b"".join(directory_entry(n) for n in nodes)
    unused = struct.pack("<64xHBBIII48x", 0, 0, 0, *[NO_ENTRY] * 3)
    directory += unused * ((dir_len - len(directory)) // 128)
    dir_sectors = image.put(directory)
    image.put_tables()
    head = header(major, image.shift, image.fat, image.difat, dir_sectors,
                  mini_fat)
    image.out[:512] = head
    label_streams(image, nodes, mini_fat, mini_stream, dir_sectors, labels)
    damage(image.out, labels, damages)
    return bytes(image.out)


# ------------------------------------------------------------------------ text
def unescape(name):
    return name.encode("ascii", "backslashreplace").decode("unicode_escape")


def build(text):
    spec = Spec(text, ("version", "clsid", "shuffle"), ("storage", "stream"))
    root = Storage("Root Entry", spec.get("clsid"))
    storages = {"": root}
    for key, value in spec.many["lines"]:
        path, _, rest = value.partition(" ")
        parent, _, name = path.rpartition("/")
        name = unescape(name)
        if key == "storage":
            storages[path] = storages[parent].add(
                Storage(name, rest.strip() or None, path.split("/")[-1]))
        else:
            storages[parent].add(
                Stream(name, data_of(rest.strip()), path.split("/")[-1]))
    return assemble(root, int(spec.get("version", "3")),
                    int(spec.get("shuffle", "0")), spec.many["damage"])


if __name__ == "__main__":
    run(build, sys.argv)
