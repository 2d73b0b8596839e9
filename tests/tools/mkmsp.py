# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Build a Windows Installer package, patch or transform from text.

    mkmsp.py IN.msp.txt OUT.msp        or    mkmsp.build(text) -> bytes

The text is as in fixturetext.py.

    kind: msp                    msp (default), msi or mst
    version: 3                   of the compound file: 3 or 4
    code: {GUID}                 patch code, or package code of an .msi
    obsoletes: {GUID}            a patch code that it obsoletes (repeatable)
    target: {GUID}               a product code it applies to (repeatable)
    title: subject: author: keywords: comments: last-author: TEXT
    template: revision: TEXT     instead of what the codes give
    word-count: 5    security: 2
    codepage: 1252               of the summary and of the strings
    refs: 2                      bytes of a reference to a string: 2 or 3
    metadata: NAME = VALUE       a row of MsiPatchMetadata (repeatable)
    sequence: FAMILY | PRODUCT | SEQUENCE | ATTRIBUTES
                                 a row of MsiPatchSequence (repeatable)
    property: NAME = VALUE       a row of Property (repeatable)
    table: NAME COLUMN:TYPE ...  another table; types as in IDT files: s72
                                 S72 l255 L0 i2 I2 i4 I4; '*' marks a key
    row: A | B | ...             a row of the last table; empty is null, and
                                 "¦" stands for a bar in a text
    transform: NAME              storages NAME and #NAME, each with a summary
                                 of its own (repeatable)
    file-change: T | KEY | VERSION [| SIZE]
                                 transform T gives a file of the product
                                 another version (repeatable, as what follows)
    file-add: T | KEY | COMPONENT | NAME | VERSION
                                 it adds a file
    file-drop: T | KEY           it takes one away
    file-raw: T | HEX            bytes behind those rows
    sequence-bytes: 4            of File.Sequence there: 2 or 4 (default)
    stream: NAME DATA            a stream, its name coded (repeatable)
    raw-stream: NAME DATA        a stream, its name as it is (repeatable)
    fill: 1048576                a cabinet stream PCW_CAB_1 of filler
    shuffle: 7                   scatter the sectors

A VALUE "fill 70000" is that many letters. Places for damage are those of
mkcfb.py with the names of tables and streams not coded.
"""

import struct
import sys
import uuid

from fixturetext import Spec, data_of, filler, number, pad, run
from mkcfb import Storage, Stream, assemble, unescape

CLSID = {"mst": "{000C1082-0000-0000-C000-000000000046}",
         "msi": "{000C1084-0000-0000-C000-000000000046}",
         "msp": "{000C1086-0000-0000-C000-000000000046}"}
SUMMARY = "\x05SummaryInformation"
FMTID = "{F29F85E0-4FF9-1068-AB91-08002B27B3D9}"
KEYS = ("kind", "version", "code", "title", "subject", "author", "keywords",
        "comments", "last-author", "template", "revision", "word-count",
        "security", "codepage", "refs", "fill", "shuffle",
        "sequence-bytes")
LISTS = ("obsoletes", "target", "metadata", "sequence", "property", "table",
         "row", "transform", "file-change", "file-add", "file-drop",
         "file-raw", "stream", "raw-stream")
PYTHON_CODEC = {0: "ascii", 1252: "cp1252", 65001: "utf-8", 932: "cp932"}

# --------------------------------------------------------------------- summary
# Property identifiers of the summary information, all of them text.
TEXT_IDS = {"title": 2, "subject": 3, "author": 4, "keywords": 5,
            "comments": 6, "template": 7, "last-author": 8, "revision": 9}
VT_I2, VT_I4, VT_LPSTR = 2, 3, 30


def property_set(properties):
    """[MS-OLEPS] 2.21, with one set; PROPERTIES are (id, typed value)."""
    head, body = b"", b""
    base = 8 + 8 * len(properties)
    for pid, value in properties:
        head += struct.pack("<II", pid, base + len(body))
        body += pad(value, 4)
    section = struct.pack("<II", base + len(body), len(properties)) + head
    return struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0x20105, bytes(16), 1,
                       uuid.UUID(FMTID).bytes_le, 48) + section + body


def summary(texts, numbers, codepage):
    """TEXTS by name and NUMBERS by identifier, as the stream's bytes."""
    codec = PYTHON_CODEC[codepage]
    properties = [(1, struct.pack("<IhH", VT_I2, codepage - (
        0x10000 if codepage > 0x7FFF else 0), 0))]
    for name, pid in TEXT_IDS.items():
        if name in texts:
            raw = texts[name].encode(codec) + b"\0"
            properties.append((pid, struct.pack("<II", VT_LPSTR, len(raw)) +
                               raw))
    properties += [(pid, struct.pack("<Ii", VT_I4, n))
                   for pid, n in numbers.items()]
    return property_set(properties)


def root_summary(spec, codepage):
    texts = {k: spec.one[k] for k in TEXT_IDS if k in spec.one}
    if "code" in spec.one:
        texts.setdefault("revision", spec.get("code") +
                         "".join(spec.many["obsoletes"]))
    if spec.many["target"]:
        texts.setdefault("template", ";".join(spec.many["target"]))
    if spec.many["transform"]:
        texts.setdefault("last-author", ";".join(
            ":%s;:#%s" % (t, t) for t in spec.many["transform"]))
    return summary(texts, {15: number(spec.get("word-count", "2")),
                           19: number(spec.get("security", "2"))}, codepage)


# ---------------------------------------------------------------- stream names
ALPHABET = ("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
            "._")


def encode_name(name, is_table):
    out, i = "\u4840" if is_table else "", 0
    while i < len(name):
        low = ALPHABET.find(name[i])
        high = ALPHABET.find(name[i + 1]) if i + 1 < len(name) else -1
        if low < 0:
            out += name[i]
        elif high < 0:
            out += chr(0x4800 + low)
        else:
            out += chr(0x3800 + (high << 6 | low))
            i += 1
        i += 1
    return out


# -------------------------------------------------------------------- database
class Column:
    def __init__(self, text):
        self.name, _, kind = text.partition(":")
        is_key, kind = kind.endswith("*"), kind.rstrip("*")
        letter, self.size = kind[0], int(kind[1:])
        self.is_text = letter in "sSlL"
        if self.is_text:
            self.type = 0xD00 | (0x200 if letter in "lL" else 0) | self.size
        else:
            self.type = {2: 0x500, 4: 0x100}[self.size] | self.size
        self.type |= (0x1000 if letter.isupper() else 0)
        self.type |= (0x2000 if is_key else 0)

    def width(self, refs):
        return refs if self.is_text else self.size


class Pool:
    """Strings, numbered from 1 in the order of their first use."""

    def __init__(self, codepage, refs):
        self.codepage, self.refs = codepage, refs
        self.ids, self.counts = {}, []

    def ref(self, text):
        if text == "":
            return 0
        if text not in self.ids:
            self.ids[text] = len(self.counts) + 1
            self.counts.append(0)
        self.counts[self.ids[text] - 1] += 1
        return self.ids[text]

    def streams(self):
        wide = 0x8000 if self.refs == 3 else 0
        pool = struct.pack("<HH", self.codepage & 0xFFFF,
                           self.codepage >> 16 | wide)
        data = b""
        for text, i in self.ids.items():
            raw = text.encode(PYTHON_CODEC[self.codepage])
            if len(raw) > 0xFFFF:
                pool += struct.pack("<HHI", 0, self.counts[i - 1], len(raw))
            else:
                pool += struct.pack("<HH", len(raw), self.counts[i - 1])
            data += raw
        return pool, data


class Database:
    def __init__(self, codepage, refs):
        self.pool = Pool(codepage, refs)
        self.tables = {}

    def add_table(self, name, columns):
        self.tables.setdefault(name, ([Column(c) for c in columns], []))
        return self.tables[name]

    def add_row(self, name, cells):
        columns, rows = self.tables[name]
        if len(cells) != len(columns):
            raise ValueError("%s has %d columns" % (name, len(columns)))
        rows.append([self.cell(c, v) for c, v in zip(columns, cells)])

    def cell(self, column, value):
        if column.is_text:
            return self.pool.ref(value)
        if value == "":
            return 0
        return (number(value) + (1 << 8 * column.size - 1)) & 0xFFFFFFFF

    def table_stream(self, columns, rows):
        out = b""
        for i, column in enumerate(columns):
            for row in sorted(rows):
                out += row[i].to_bytes(column.width(self.pool.refs),
                                       "little")
        return out

    def streams(self):
        """(name, data) of all table streams."""
        catalogue = Database(self.pool.codepage, self.pool.refs)
        catalogue.pool = self.pool
        catalogue.add_table("_Tables", ["Name:s64*"])
        catalogue.add_table("_Columns", ["Table:s64*", "Number:i2*",
                                         "Name:s64", "Type:i2"])
        for name, (columns, _) in self.tables.items():
            catalogue.add_row("_Tables", [name])
            for i, c in enumerate(columns):
                # A type above 0x7fff would be a negative number.
                catalogue.add_row("_Columns", [name, str(i + 1), c.name,
                                               str(c.type)])
        out = [(name, self.table_stream(*table)) for name, table in
               (*self.tables.items(), *catalogue.tables.items())]
        return out + list(zip(("_StringPool", "_StringData"),
                              self.pool.streams()))


SCHEMAS = {
    "metadata": ("MsiPatchMetadata",
                 ["Company:S72*", "Property:s72*", "Value:l0"]),
    "sequence": ("MsiPatchSequence",
                 ["PatchFamily:s72*", "ProductCode:S38*", "Sequence:s72",
                  "Attributes:I2"]),
    "property": ("Property", ["Property:s72*", "Value:l0"]),
}


def text_value(value):
    kind, _, rest = value.partition(" ")
    if kind == "fill" and rest.isdigit():
        return "".join(chr(97 + b % 26) for b in filler(int(rest)))
    return value


def cells_of(key, value):
    if key in ("metadata", "property"):
        name, _, text = value.partition("=")
        cells = [name.strip(), text_value(text.strip())]
        return ([""] if key == "metadata" else []) + cells
    return [text_value(cell.strip()).replace("¦", "|")
            for cell in value.split("|")]


def database(spec, codepage):
    db = Database(codepage, int(spec.get("refs", "2")))
    last = None
    for key, value in spec.many["lines"]:
        if key in SCHEMAS:
            name, columns = SCHEMAS[key]
            db.add_table(name, columns)
            db.add_row(name, cells_of(key, value))
        elif key == "table":
            last, *columns = value.split()
            db.add_table(last, columns)
        elif key == "row":
            db.add_row(last, cells_of(key, value))
    return db


# ------------------------------------------------------------------------ file
def transform(name, spec, codepage):
    """A storage whose summary speaks of products: a trap for readers that
    take the first summary they meet."""
    storage = Storage(name, CLSID["mst"])
    product = (spec.many["target"] or ["{%s}" % uuid.UUID(int=1)])[0]
    texts = {"title": "Transform", "template": "x64;1033",
             "subject": "not the package",
             "revision": "%s14.2.247.5;%s14.2.318.2;%s" % (
                 product, product, product)}
    storage.add(Stream(SUMMARY, summary(texts, {16: 0x1000}, codepage),
                       "summary"))
    return storage


def changed_files(name, spec, codepage):
    """The streams of the transform NAME that change the table File: rows one
    behind the other, each with a mask of its columns."""
    refs = int(spec.get("refs", "2"))
    sequence = int(spec.get("sequence-bytes", "4"))
    pool, rows = Pool(codepage, refs), b""

    def ref(text):
        return pool.ref(text).to_bytes(refs, "little")

    def num(value, size):
        return (value + (1 << 8 * size - 1)).to_bytes(size, "little")

    for key, value in spec.many["lines"]:
        cells = [c.strip().replace("¦", "|") for c in value.split("|")]
        if not key.startswith("file-") or cells[0] != name:
            continue
        if key == "file-change":
            size = cells[3] if len(cells) > 3 else ""
            rows += struct.pack("<H", 0x10 | (0x08 if size else 0))
            rows += ref(cells[1]) + (num(number(size), 4) if size else b"")
            rows += ref(cells[2])
        elif key == "file-add":
            rows += struct.pack("<H", 0x0801) + b"".join(
                ref(c) for c in cells[1:4])
            rows += num(4711, 4) + ref(cells[4]) + ref("1033")
            rows += num(512, 2) + num(1, sequence)
        elif key == "file-drop":
            rows += b"\0\0" + ref(cells[1])
        else:
            rows += data_of("hex " + cells[1])
    return [("File", rows), *zip(("_StringPool", "_StringData"),
                                 pool.streams())] if rows else []


def build(text, finish=None, labels=None):
    """The package; FINISH(root, spec) may add to the tree before it is laid
    out, and LABELS (a dict) gets the places of things."""
    spec = Spec(text, KEYS, LISTS)
    codepage = int(spec.get("codepage", "1252"))
    root = Storage("Root Entry", CLSID[spec.get("kind", "msp")])
    root.add(Stream(SUMMARY, root_summary(spec, codepage), "summary"))
    for name, data in database(spec, codepage).streams():
        root.add(Stream(encode_name(name, True), data, name))
    for name in spec.many["transform"]:
        for mark in ("", "#"):
            storage = transform(mark + name, spec, codepage)
            for stream, data in changed_files(mark + name, spec, codepage):
                storage.add(Stream(encode_name(stream, True), data,
                                   mark + name + "." + stream))
            root.add(storage)
    for key in ("stream", "raw-stream"):
        for value in spec.many[key]:
            name, _, data = value.partition(" ")
            coded = encode_name(name, False) if key == "stream" else \
                unescape(name)
            root.add(Stream(coded, data_of(data.strip()), name))
    if "fill" in spec.one:
        root.add(Stream(encode_name("PCW_CAB_1", False),
                        filler(number(spec.get("fill"))), "PCW_CAB_1"))
    if finish:
        finish(root, spec)
    return assemble(root, int(spec.get("version", "3")),
                    int(spec.get("shuffle", "0")), spec.many["damage"],
                    labels)


if __name__ == "__main__":
    run(build, sys.argv)
