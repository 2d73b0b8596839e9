# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Build a small portable executable from text.

    mkpe.py IN.pe.txt OUT.pe           or    mkpe.build(text) -> bytes

The text is as in fixturetext.py. All keys may be left out.

    format: pe32+                pe32+ (default) or pe32
    machine: x64                 x64, x86, ia64, arm64 or a number
    version: 14.2.318.2          binary file version; without it there is no
                                 version resource
    product: 14.2.318.0          binary product version; else VERSION
    flags: 0x3f 0x0              dwFileFlagsMask and dwFileFlags
    string-version: 14.02.0318.002   what Explorer shows; else VERSION. It
                                 may contradict the binary one
    string: CompanyName = Microsoft Corporation      (repeatable)
    language: 1033               of the version resource
    no-fixed: 3                  a version resource without its fixed part,
                                 with this name, before the real one
    resource: 24 1 hex 3c3f      another resource: type (number or text),
                                 name, data (repeatable)
    section: .text hex c3        a section with these bytes (repeatable)
    marks: a59ef772 ...          hex bytes, each in .rdata at a place of its
                                 own (repeatable)
    fill: 1048576                bytes of filler in a last section
    append: hex                  an overlay behind the last section
    certificates: hex            raw certificate table, padded to 8 bytes
    certificates-at: 1024        put in there, moving what follows; else the
                                 table ends the file
    certificates-tail: hex       bytes behind the table
    directories: 16              NumberOfRvaAndSizes

Places for damage: dos pe coff opt dirs sections rsrc types names languages
leaf version fixed.
"""

import array
import struct
import sys

from fixturetext import Spec, align, damage, data_of, filler, number, run

FILE_ALIGN = 0x200
SECTION_ALIGN = 0x1000
MACHINES = {"x64": 0x8664, "x86": 0x14C, "ia64": 0x200, "arm64": 0xAA64}
PE_OFF = 0x80
RT_VERSION = 16


def quad(value):
    parts = [int(p) for p in value.split(".")]
    if len(parts) != 4 or any(p > 0xFFFF for p in parts):
        raise ValueError("not four 16-bit numbers: " + value)
    return parts


LISTS = ("string", "resource", "section", "marks")
KEYS = ("format", "machine", "version", "product", "flags", "fill",
        "string-version", "language", "no-fixed", "append", "certificates",
        "certificates-at", "certificates-tail", "directories")


# ------------------------------------------------------------ version resource
def block(key, value, value_len, is_text, children=()):
    """One node of VS_VERSIONINFO; children start at multiples of four."""
    out = key.encode("utf-16-le") + b"\0\0"
    out += b"\0" * (align(6 + len(out), 4) - 6 - len(out)) + value
    for child in children:
        out += b"\0" * (align(6 + len(out), 4) - 6 - len(out)) + child
    return struct.pack("<HHH", 6 + len(out), value_len, is_text) + out


def fixed_info(spec):
    file, product = (quad(spec.get(key, spec.get("version")))
                     for key in ("version", "product"))
    mask, flags = (number(n) for n in spec.get("flags", "0x3f 0").split())
    ms_ls = [q[i] << 16 | q[i + 1] for q in (file, product) for i in (0, 2)]
    return struct.pack("<13I", 0xFEEF04BD, 0x10000, *ms_ls, mask, flags,
                       0x40004, 1, 0, 0, 0)


def version_info(spec, with_fixed=True):
    shown = spec.get("string-version", spec.get("version"))
    strings = [s.partition("=") for s in spec.many["string"]]
    strings = [(k.strip(), v.strip()) for k, _, v in strings]
    strings += [("FileVersion", shown), ("ProductVersion", shown)]
    language = number(spec.get("language", "1033"))
    table = block("%04x04b0" % language, b"", 0, 1, [
        block(k, v.encode("utf-16-le") + b"\0\0", len(v) + 1, 1)
        for k, v in strings])
    translation = block("VarFileInfo", b"", 0, 1, [
        block("Translation", struct.pack("<HH", language, 1200), 4, 0)])
    value = fixed_info(spec) if with_fixed else b""
    return block("VS_VERSION_INFO", value, len(value), 0,
                 [block("StringFileInfo", b"", 0, 1, [table]), translation])


# --------------------------------------------------------------- resource tree
def resource_key(value):
    return int(value) if value.isdigit() else value


def resource_list(spec):
    """(type, name, language, data), in the order that a linker sorts them."""
    out = []
    for line in spec.many["resource"]:
        kind, name, data = line.split(None, 2)
        out.append((resource_key(kind), resource_key(name), 1033,
                    data_of(data)))
    language = number(spec.get("language", "1033"))
    if "version" in spec.one:
        if "no-fixed" in spec.one:
            out.append((RT_VERSION, number(spec.get("no-fixed")), language,
                        version_info(spec, False)))
        out.append((RT_VERSION, 1 if "no-fixed" not in spec.one else 9,
                    language, version_info(spec)))
    return sorted(out, key=lambda r: [(isinstance(k, int), k)
                                      for k in r[:3]])


def children(resources, level):
    """Group by the key of LEVEL, keeping the order."""
    groups = {}
    for r in resources:
        groups.setdefault(r[level], []).append(r)
    return list(groups.items())


def tree_size(resources):
    """Bytes of all directories, and of all leaf records behind them."""
    dirs = 0
    level = [resources]
    for depth in range(3):
        groups = [children(r, depth) for r in level]
        dirs += sum(16 + 8 * len(g) for g in groups)
        level = [r for g in groups for _, r in g]
    return dirs, 16 * len(resources)


class Tree:
    """Lays the resource section out breadth first, as linkers do."""

    def __init__(self, resources, rva):
        self.rva = rva
        self.labels = {}
        dirs, leaves = tree_size(resources)
        self.out = bytearray(dirs + leaves)
        self.next_dir, self.next_leaf = 0, dirs
        level = [(self.take_dir(resources, 0), resources)]
        for depth in range(3):
            level = [below for off, rs in level
                     for below in self.directory(off, rs, depth)]

    def take_dir(self, resources, depth):
        off = self.next_dir
        self.next_dir += 16 + 8 * len(children(resources, depth))
        return off

    def place(self, data, to=4):
        self.out += b"\0" * (align(len(self.out), to) - len(self.out))
        off = len(self.out)
        self.out += data
        return off

    def key_field(self, key):
        if isinstance(key, int):
            return key
        raw = key.encode("utf-16-le")
        return 0x80000000 | self.place(struct.pack("<H", len(key)) + raw, 2)

    def label(self, name, off, resource):
        if resource[0] == RT_VERSION:
            self.labels[name] = off

    def directory(self, off, resources, depth):
        groups = children(resources, depth)
        named = sum(not isinstance(key, int) for key, _ in groups)
        struct.pack_into("<IIHHHH", self.out, off, 0, 0, 4, 0, named,
                         len(groups) - named)
        below = []
        for i, (key, rs) in enumerate(groups):
            if depth < 2:
                at = self.take_dir(rs, depth + 1)
                self.label(("names", "languages")[depth], at, rs[0])
                to = 0x80000000 | at
                below.append((at, rs))
            else:
                to = self.leaf(rs[0])
            field = self.key_field(key)
            struct.pack_into("<II", self.out, off + 16 + 8 * i, field, to)
            if depth == 0:
                self.label("types", off + 16 + 8 * i, rs[0])
        return below

    def leaf(self, resource):
        off, data = self.next_leaf, resource[3]
        self.next_leaf += 16
        at = self.place(data)
        self.label("leaf", off, resource)
        self.label("version", at, resource)
        self.label("fixed", at + 40, resource)
        struct.pack_into("<IIII", self.out, off, self.rva + at, len(data),
                         0, 0)
        return off


# ------------------------------------------------------------------------ file
def sections_of(spec):
    """(name, data) of all sections but the resources."""
    out = [(".text", b"\xc3")]
    if spec.many["section"]:
        out = [(name, data_of(data)) for name, data in
               (s.split(None, 1) for s in spec.many["section"])]
    marks = [bytes.fromhex(m) for line in spec.many["marks"]
             for m in line.split()]
    if marks:
        out.append((".rdata", b"".join(
            b"\0" * 16 + m for m in marks) + b"\0" * 16))
    if "fill" in spec.one:
        out.append((".fill", filler(number(spec.get("fill")))))
    return out


def optional_header(plus, dirs, image_size, headers_size, base_of_data):
    head = struct.pack("<HBBIIIII", 0x20B if plus else 0x10B, 11, 0,
                       FILE_ALIGN, 0, 0, SECTION_ALIGN, SECTION_ALIGN)
    if plus:
        head += struct.pack("<Q", 0x180000000)
    else:
        head += struct.pack("<II", base_of_data, 0x10000000)
    head += struct.pack("<IIHHHHHHIIIIHH", SECTION_ALIGN, FILE_ALIGN,
                        6, 1, 0, 0, 6, 1, 0, image_size, headers_size, 0,
                        3, 0x0140)
    head += struct.pack("<4Q" if plus else "<4I", 0x100000, 0x1000,
                        0x100000, 0x1000)
    head += struct.pack("<II", 0, len(dirs))
    return head + b"".join(struct.pack("<II", *d) for d in dirs)


def checksum(image, at):
    """The sum of the image's 16-bit words, folded, plus its length."""
    words = array.array("H", bytes(image) + b"\0" * (len(image) % 2))
    if sys.byteorder == "big":
        words.byteswap()
    total = sum(words) - words[at // 2] - words[at // 2 + 1]
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return (total + len(image)) & 0xFFFFFFFF


def lay_out(sections, resources, headers_size):
    """Give every section its address and file offset; the tree comes last."""
    placed, labels, rsrc = [], {}, (0, 0)
    rva, off = SECTION_ALIGN, headers_size
    for name, data in sections + ([(".rsrc", None)] if resources else []):
        if data is None:
            tree = Tree(resources, rva)
            data, rsrc = bytes(tree.out), (rva, len(tree.out))
            labels = {k: off + v for k, v in tree.labels.items()}
            labels["rsrc"] = off
        raw = align(len(data), FILE_ALIGN)
        placed.append((name, data.ljust(raw, b"\0"), len(data), rva, off))
        rva += align(max(len(data), 1), SECTION_ALIGN)
        off += raw
    return placed, labels, rsrc, rva


def section_header(name, raw, size, rva, off):
    return struct.pack("<8sIIIIIIHHI", name.encode(), size, rva, len(raw),
                       off, 0, 0, 0, 0, 0x60000020)


def build(text):
    spec = Spec(text, KEYS, LISTS)
    plus = spec.get("format", "pe32+") == "pe32+"
    machine = spec.get("machine", "x64" if plus else "x86")
    dirs = [(0, 0)] * number(spec.get("directories", "16"))
    sections, resources = sections_of(spec), resource_list(spec)
    opt_off = PE_OFF + 24
    opt_len = (112 if plus else 96) + 8 * len(dirs)
    table_off = opt_off + opt_len
    headers_size = align(table_off + 40 * (len(sections) + 1), FILE_ALIGN)
    placed, labels, rsrc, image_size = lay_out(sections, resources,
                                               headers_size)
    end = placed[-1][4] + len(placed[-1][1])
    overlay = data_of(spec.get("append", ""))
    certificates = data_of(spec.get("certificates", ""))
    if certificates:
        overlay += b"\0" * (align(end + len(overlay), 8) - end - len(overlay))
        certificates += b"\0" * (-len(certificates) % 8)
        end = number(spec.get("certificates-at", str(end + len(overlay))))
        dirs[4] = (end, len(certificates))
    if len(dirs) > 2:
        dirs[2] = rsrc

    image = bytearray(b"MZ" + b"\0" * 58 + struct.pack("<I", PE_OFF))
    image = image.ljust(PE_OFF, b"\0")
    image += b"PE\0\0" + struct.pack(
        "<HHIIIHH", MACHINES.get(machine) or number(machine), len(placed),
        0x4FC80000, 0, 0, opt_len, 0x2022 if plus else 0x2102)
    image += optional_header(plus, dirs, image_size, headers_size,
                             SECTION_ALIGN)
    for part in placed:
        image += section_header(*part)
    image = image.ljust(headers_size, b"\0")
    for part in placed:
        image += part[1]
    image += overlay
    end = dirs[4][0] if certificates else len(image)
    image[end:end] = certificates + data_of(spec.get("certificates-tail", ""))
    struct.pack_into("<I", image, opt_off + 64,
                     checksum(image, opt_off + 64))
    labels.update(dos=0, pe=PE_OFF, coff=PE_OFF + 4, opt=opt_off,
                  dirs=table_off - 8 * len(dirs), sections=table_off)
    damage(image, labels, spec.many["damage"])
    return bytes(image)


if __name__ == "__main__":
    run(build, sys.argv)
