#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Write a registry hive from text.

Usage: mkhive.py [--strip N] [--filler-mb N] TEXT HIVE

The text is a .reg file ("Windows Registry Editor Version 5.00"), in UTF-8 or
UTF-16.  The first N parts of every key path (default 2, as in
HKEY_LOCAL_MACHINE\\SOFTWARE) stand for the root key.  Besides what regedit
writes, a value may be

    "name"=expand:"%windir%"     REG_EXPAND_SZ
    "name"=multi:"one","two"     REG_MULTI_SZ
    "name"=qword:0000000000000a  REG_QWORD
    "name"=fill(3):20000,ab      20000 bytes ab of type 3

and comments that begin with ";!" shape the file.  For the whole file:

    ;!minor N               minor version, 3 to 6 (5)
    ;!lists KIND            lf, lh, li, or ri [LEAF [N]] (lf below minor 5)
    ;!utf16-names           no name is stored as Latin-1
    ;!root-name NAME
    ;!sequence A B          primary and secondary sequence number (1 1)
    ;!checksum bad
    ;!hbins-len N           what the header says, whatever is there
    ;!filler-mb N           that much more, in keys below one named Filler
    ;!append N HH           N bytes HH behind the last hbin
    ;!truncate N            cut to N bytes; from the end if N is negative
    ;!poke AT BYTES...      overwrite, before the checksum is made

For the key named last:

    ;!list KIND             as ;!lists, for this key's subkeys
    ;!unsorted              subkeys in the order of the text
    ;!utf16                 its own name as UTF-16
    ;!utf16-values          the names of its values as UTF-16
    ;!flags HEX             more flags for the key node
    ;!subkeys N             N subkeys k000000, k000001, ...
    ;!tangle                each of its subkeys has its subkeys, too
    ;!nest N NAME           N keys NAME, each in the one before
    ;!repeat N              the leaves of its ri list N times over
    ;!repeat-values N       its value list N times over
    ;!class TEXT            a class name
    ;!written TIME          as 2012-10-09T17:00:00Z

AT is a file offset, or @WHERE[+N|-N]: N bytes from the first byte behind the
size field of a cell.  BYTES are hex digits, or &WHERE: the cell's offset as
hives store it (4 bytes).  WHERE is nk, list, leaf:N, values, vk:NAME,
data:NAME, dblist:NAME or segment:NAME:N of the key named last, or of another
key with its stripped path before it: @[Microsoft\\Windows]nk+20.
"""

import argparse
import datetime
import re
import struct
import sys

BASE_LEN = 4096
HBIN_LEN = 4096
HBIN_HEADER = 32
NIL = 0xffffffff

REG_SZ, REG_EXPAND_SZ, REG_BINARY, REG_DWORD = 1, 2, 3, 4
REG_MULTI_SZ, REG_QWORD = 7, 11

KEY_HIVE_ENTRY, KEY_NO_DELETE, KEY_COMP_NAME = 0x04, 0x08, 0x20
VALUE_COMP_NAME = 0x01

SEGMENT_LEN = 16344         # bytes of one segment of big data
LEAF_MAX = 507              # entries of one list before ri is needed
DEFAULT_WRITTEN = "2012-10-09T17:00:00Z"


class MkhiveError(Exception):
    """The text cannot be made into a hive."""


# --- the model ------------------------------------------------------------

class Value:
    def __init__(self, name, kind, data):
        self.name, self.kind, self.data = name, kind, data


class Key:
    def __init__(self, name):
        self.name = name
        self.values = []
        self.subkeys = {}           # folded name -> Key, in order of text
        self.list_kind = None
        self.unsorted = False
        self.utf16 = False
        self.utf16_values = False
        self.repeat = self.repeat_values = 1
        self.filler = []            # (name, cell) of subkeys made elsewhere
        self.flags = 0
        self.class_name = ""
        self.written = None
        self.cells = {}             # WHERE -> cell


class Model:
    def __init__(self):
        self.root = Key("CMI-CreateHive{2A7FB991-7BBE-4F9D-B91E-"
                        "7CB51D4737F5}")
        self.minor = 5
        self.lists = None
        self.utf16_names = False
        self.sequence = (1, 1)
        self.checksum_bad = False
        self.hbins_len = None
        self.filler_mb = 0
        self.append = []
        self.truncate = []
        self.tangles = []
        self.pokes = []             # (key named last, AT, [BYTES])


# --- names ----------------------------------------------------------------

def upcase(unit):
    """One UTF-16 unit in upper case, as the kernel compares names."""
    if unit in (0x131, 0x17f) or 0xd800 <= unit < 0xe000:
        return unit
    up = chr(unit).upper()
    return ord(up) if len(up) == 1 and ord(up) < 0x10000 else unit


def units(text):
    raw = text.encode("utf-16-le", "surrogatepass")
    return struct.unpack("<%dH" % (len(raw) // 2), raw)


def fold(name):
    return tuple(upcase(unit) for unit in units(name))


def lh_hash(name):
    value = 0
    for unit in fold(name):
        value = (value * 37 + unit) & 0xffffffff
    return value


def lf_hint(name):
    """The first four characters, or nothing if one of them is wide."""
    head = [unit for unit in units(name)[:4]]
    if any(unit > 0xff for unit in head):
        return b"\0\0\0\0"
    return bytes(head).ljust(4, b"\0")


def encode_name(name, utf16):
    """The bytes of a name, and whether they are Latin-1."""
    if not utf16 and all(unit < 0x100 for unit in units(name)):
        return name.encode("latin-1"), True
    return name.encode("utf-16-le", "surrogatepass"), False


def filetime(text):
    when = datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    delta = when - datetime.datetime(1601, 1, 1)
    return (delta.days * 86400 + delta.seconds) * 10000000


# --- reading the text -----------------------------------------------------

def decode_text(text):
    if isinstance(text, str):
        return text
    if text[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return text.decode("utf-16")
    return text.decode("utf-8-sig")


QUOTED = r'"((?:[^"\\]|\\.)*)"'


def unquote(text):
    return re.sub(r"\\(.)", r"\1", text)


def logical_lines(text):
    """Lines with their numbers, those that end in a backslash put together."""
    held, first = "", 0
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip("\r\n \t")
        if not held:
            first = number
        if line.endswith("\\") and not held and not re.search(
                r"=\s*hex(\([0-9a-f]+\))?:", line, re.I):
            yield number, line
            continue
        held += line
        if held.endswith("\\"):
            held = held[:-1]
            continue
        yield first, held
        held = ""
    if held:
        yield first, held


def sz(text):
    return (text + "\0").encode("utf-16-le", "surrogatepass")


def hex_bytes(text):
    return bytes.fromhex(text.replace(",", " "))


def parse_data(text):
    """Type and bytes of what stands behind the equals sign."""
    match = re.fullmatch(QUOTED, text)
    if match:
        return REG_SZ, sz(unquote(match.group(1)))
    word, _, rest = text.partition(":")
    word = word.lower()
    if word == "dword":
        return REG_DWORD, struct.pack("<I", int(rest, 16))
    if word == "qword":
        return REG_QWORD, struct.pack("<Q", int(rest, 16))
    if word == "expand":
        return REG_EXPAND_SZ, sz(unquote(re.fullmatch(QUOTED, rest).group(1)))
    if word == "multi":
        items = [unquote(item) for item in re.findall(QUOTED, rest)]
        return REG_MULTI_SZ, b"".join(sz(item) for item in items) + b"\0\0"
    match = re.fullmatch(r"(hex|fill)(?:\(([0-9a-f]+)\))?", word)
    if not match:
        raise ValueError("no value is written like this")
    kind = int(match.group(2), 16) if match.group(2) else REG_BINARY
    if match.group(1) == "hex":
        return kind, hex_bytes(rest)
    count, byte = rest.split(",")
    return kind, bytes([int(byte, 16)]) * int(count, 0)


class Reader:
    """Turns the lines of the text into a Model."""

    def __init__(self, strip):
        self.strip = strip
        self.model = Model()
        self.key = self.model.root

    def read(self, text):
        for number, line in logical_lines(text):
            try:
                self.line(line)
            except (ValueError, AttributeError, KeyError, IndexError) as err:
                raise MkhiveError("line %d: %s: %s"
                                  % (number, line[:60], err)) from err
        return self.model

    def line(self, line):
        if line.startswith(";!"):
            words = line[2:].split()
            name = "on_" + words[0].replace("-", "_")
            getattr(self, name)(words[1:])
        elif line.startswith("[") and line.endswith("]"):
            self.key = self.enter(line[1:-1].split("\\")[self.strip:])
        elif line.startswith(("@", '"')):
            self.value(line)
        elif line and not line.startswith((";", "Windows Registry Editor")):
            raise ValueError("not a line of a .reg file")

    def enter(self, parts):
        key = self.model.root
        for part in parts:
            key = key.subkeys.setdefault(fold(part), Key(part))
        return key

    def value(self, line):
        match = re.match(r"(?:@|%s)\s*=\s*(.*)" % QUOTED, line, re.S)
        name = unquote(match.group(1) or "")
        self.key.values.append(Value(name, *parse_data(match.group(2))))

    # Directives for the whole file.

    def on_minor(self, words):
        self.model.minor = int(words[0])

    def on_lists(self, words):
        self.model.lists = words

    def on_utf16_names(self, _words):
        self.model.utf16_names = True

    def on_root_name(self, words):
        self.model.root.name = " ".join(words)

    def on_sequence(self, words):
        self.model.sequence = (int(words[0], 0), int(words[1], 0))

    def on_checksum(self, words):
        self.model.checksum_bad = words == ["bad"]

    def on_hbins_len(self, words):
        self.model.hbins_len = int(words[0], 0)

    def on_filler_mb(self, words):
        self.model.filler_mb = int(words[0])

    def on_append(self, words):
        self.model.append.append(bytes([int(words[1], 16)]) *
                                 int(words[0], 0))

    def on_truncate(self, words):
        self.model.truncate.append(int(words[0], 0))

    def on_poke(self, words):
        text = " ".join(words)
        where = re.match(r"\d\S*|@(?:\[[^]]*\])?\S+", text).group(0)
        items = re.findall(r"&(?:\[[^]]*\])?\S+|[0-9a-fA-F]+",
                           text[len(where):])
        self.model.pokes.append((self.key, where, items))

    # Directives for the key named last.

    def on_list(self, words):
        self.key.list_kind = words

    def on_unsorted(self, _words):
        self.key.unsorted = True

    def on_utf16(self, _words):
        self.key.utf16 = True

    def on_utf16_values(self, _words):
        self.key.utf16_values = True

    def on_flags(self, words):
        self.key.flags |= int(words[0], 16)

    def on_subkeys(self, words):
        for number in range(int(words[0])):
            name = "k%06d" % number
            self.key.subkeys[fold(name)] = Key(name)

    def on_tangle(self, _words):
        self.model.tangles.append(self.key)

    def on_nest(self, words):
        key = self.key
        for _ in range(int(words[0])):
            key = key.subkeys.setdefault(fold(words[1]), Key(words[1]))

    def on_repeat(self, words):
        self.key.repeat = int(words[0])

    def on_repeat_values(self, words):
        self.key.repeat_values = int(words[0])

    def on_class(self, words):
        self.key.class_name = " ".join(words)

    def on_written(self, words):
        self.key.written = filetime(words[0])


# --- writing --------------------------------------------------------------

class Bins:
    """The hbins: cells are handed out front to back and never freed."""

    def __init__(self, stamp):
        self.image = bytearray()
        self.stamp = stamp
        self.at = self.end = 0      # free room of the last hbin

    def cell(self, body):
        """Store BODY, the bytes behind the size; gives the cell."""
        need = (4 + len(body) + 7) & ~7
        if need > self.end - self.at:
            self.close()
            self.open(need)
        cell = self.at
        struct.pack_into("<i", self.image, cell, -need)
        self.image[cell + 4:cell + 4 + len(body)] = body
        self.at += need
        return cell

    def put(self, cell, body):
        """Overwrite a cell made earlier."""
        self.image[cell + 4:cell + 4 + len(body)] = body

    def open(self, need):
        size = (need + HBIN_HEADER + HBIN_LEN - 1) // HBIN_LEN * HBIN_LEN
        start = len(self.image)
        self.image += struct.pack("<4sIIQQI", b"hbin", start, size, 0,
                                  self.stamp if start == 0 else 0, 0)
        self.image += bytes(size - HBIN_HEADER)
        self.at, self.end = start + HBIN_HEADER, start + size

    def close(self):
        """The rest of the last hbin becomes one free cell."""
        if self.at < self.end:
            struct.pack_into("<i", self.image, self.at, self.end - self.at)
        self.at = self.end


def security_cell():
    """A key security record: owner and group Administrators, no ACL."""
    sid = struct.pack("<BB6sII", 1, 2, b"\0\0\0\0\0\5", 32, 544)
    descriptor = struct.pack("<BBHIIII", 1, 0, 0x8000, 20, 36, 0, 0)
    descriptor += sid + sid
    return struct.pack("<2sHIIII", b"sk", 0, 0, 0, 1,
                       len(descriptor)) + descriptor


class Writer:
    def __init__(self, model):
        self.model = model
        self.stamp = filetime(DEFAULT_WRITTEN)
        self.bins = Bins(self.stamp)
        self.keys = 0

    def build(self):
        model = self.model
        self.reserve(model.root)
        self.sk = self.bins.cell(security_cell())
        struct.pack_into("<II", self.bins.image, self.sk + 8,
                         self.sk, self.sk)
        if model.filler_mb:
            self.filler(model.filler_mb)
        self.tree()
        struct.pack_into("<I", self.bins.image, self.sk + 16, self.keys)
        self.bins.close()
        image = bytearray(self.base_block()) + self.bins.image
        for key, where, items in model.pokes:
            self.poke(image, key, where, items)
        for key in model.tangles:
            self.tangle(image, key)
        self.set_checksum(image)
        for more in model.append:
            image += more
        for size in model.truncate:
            del image[size:]
        return bytes(image)

    # Keys, parents before children, so that the parent's cell is known.

    def reserve(self, key):
        if "nk" in key.cells:
            return key.cells["nk"]
        name, _ = encode_name(key.name, key.utf16 or self.model.utf16_names)
        key.cells["nk"] = self.bins.cell(bytes(76 + len(name)))
        return key.cells["nk"]

    def tree(self):
        work = [(self.model.root, NIL)]
        while work:
            key, parent = work.pop()
            subkeys = list(key.subkeys.values())
            if not key.unsorted:
                subkeys.sort(key=lambda sub: fold(sub.name))
            entries = [(sub.name, self.reserve(sub)) for sub in subkeys]
            entries += key.filler
            self.node(key, parent, entries)
            work.extend((sub, key.cells["nk"]) for sub in reversed(subkeys))

    def node(self, key, parent, entries):
        root = key is self.model.root
        utf16 = key.utf16 or self.model.utf16_names
        name, latin = encode_name(key.name, utf16)
        flags = key.flags | (KEY_COMP_NAME if latin else 0)
        if root:
            flags |= KEY_HIVE_ENTRY | KEY_NO_DELETE
        self.values(key)
        list_cell = self.subkey_list(key, entries)
        class_name = key.class_name.encode("utf-16-le")
        class_cell = self.bins.cell(class_name) if class_name else NIL
        body = struct.pack(
            "<2sHQIIIIIIIIIIIIIIIHH", b"nk", flags,
            self.stamp if key.written is None else key.written, 0,
            0 if root else parent,
            len(entries) * key.repeat, 0, list_cell, NIL,
            len(key.values) * key.repeat_values, key.cells.get("values", NIL), self.sk,
            class_cell,
            max([2 * len(units(sub)) for sub, _ in entries], default=0), 0,
            max([2 * len(units(v.name)) for v in key.values], default=0),
            max([len(v.data) for v in key.values], default=0), 0,
            len(name), len(class_name))
        self.bins.put(key.cells["nk"], body + name)
        self.keys += 1

    # Subkey lists.

    def subkey_list(self, key, entries):
        if not entries:
            return NIL
        default = ["lf"] if self.model.minor < 5 else ["lh"]
        kind = key.list_kind or self.model.lists or default
        leaf, size = kind[0], LEAF_MAX
        if kind[0] == "ri":
            leaf = kind[1] if len(kind) > 1 else default[0]
            size = int(kind[2]) if len(kind) > 2 else LEAF_MAX
        leaves = [self.leaf(leaf, entries[at:at + size])
                  for at in range(0, len(entries), size)]
        for number, cell in enumerate(leaves):
            key.cells["leaf:%d" % number] = cell
        key.cells["list"] = leaves[0]
        leaves *= key.repeat
        if kind[0] == "ri" or len(leaves) > 1:
            key.cells["list"] = self.bins.cell(
                struct.pack("<2sH%dI" % len(leaves), b"ri", len(leaves),
                            *leaves))
        return key.cells["list"]

    def leaf(self, kind, entries):
        body = [struct.pack("<2sH", kind.encode(), len(entries))]
        for name, cell in entries:
            body.append(struct.pack("<I", cell))
            if kind == "lf":
                body.append(lf_hint(name))
            elif kind == "lh":
                body.append(struct.pack("<I", lh_hash(name)))
            elif kind != "li":
                raise MkhiveError("no list is called %s" % kind)
        return self.bins.cell(b"".join(body))

    # Values.

    def values(self, key):
        if not key.values:
            return
        cells = [self.value(key, value) for value in key.values]
        cells *= key.repeat_values
        key.cells["values"] = self.bins.cell(
            struct.pack("<%dI" % len(cells), *cells))

    def value(self, key, value):
        utf16 = key.utf16_values or self.model.utf16_names
        name, latin = encode_name(value.name, utf16)
        size, data = len(value.data), value.data
        if size <= 4:
            where, = struct.unpack("<I", data.ljust(4, b"\0"))
            size |= 0x80000000
        elif size > SEGMENT_LEN and self.model.minor >= 4:
            where = self.big_data(key, value)
        else:
            where = self.bins.cell(data)
            key.cells["data:" + value.name] = where
        body = struct.pack("<2sHIIIHH", b"vk", len(name), size, where,
                           value.kind, VALUE_COMP_NAME if latin else 0, 0)
        cell = self.bins.cell(body + name)
        key.cells["vk:" + value.name] = cell
        return cell

    def big_data(self, key, value):
        cells = []
        for at in range(0, len(value.data), SEGMENT_LEN):
            # Windows gives the last segment a whole cell too.
            cell = self.bins.cell(
                value.data[at:at + SEGMENT_LEN].ljust(SEGMENT_LEN, b"\0"))
            key.cells["segment:%s:%d" % (value.name, len(cells))] = cell
            cells.append(cell)
        where = self.bins.cell(struct.pack("<%dI" % len(cells), *cells))
        key.cells["dblist:" + value.name] = where
        cell = self.bins.cell(struct.pack("<2sHII", b"db", len(cells),
                                          where, 0))
        key.cells["data:" + value.name] = cell
        return cell

    # Filler: one group of hbins with a small tree, copied with its offsets
    # moved, because packing 150 MB key by key would take minutes.

    def filler(self, megabytes):
        holder = self.model.root.subkeys.setdefault(fold("Filler"),
                                                    Key("Filler"))
        group, spots, top, keys = self.filler_group(self.reserve(holder))
        self.bins.close()
        for number in range(megabytes * 1024 * 1024 // len(group)):
            base = len(self.bins.image)
            copy = bytearray(group)
            for spot in spots:
                struct.pack_into("<I", copy, spot, struct.unpack_from(
                    "<I", copy, spot)[0] + base)
            name = "Filler %06d" % number
            at = top + 4 + 76
            copy[at:at + len(name)] = name.encode()
            self.bins.image += copy
            holder.filler.append((name, base + top))
            self.keys += keys
        self.bins.at = self.bins.end = len(self.bins.image)

    def filler_group(self, parent):
        """A group as if it lay at 0, and the places that hold its offsets."""
        text = ["[Filler 000000]"]
        for sub in range(96):
            text.append("[Filler 000000\\{%08X-0000-4000-8000-%012X}]"
                        % (sub * 0x01234567 & NIL, sub))
            text += ['@="Filler class %d"' % sub, '"Flags"=dword:0000000a',
                     '"Path"=expand:"%%SystemRoot%%\\\\system32\\\\f%d.dll"'
                     % sub, '"Blob"=fill(3):64,%02x' % sub]
        part = Reader(0).read("\n".join(text))
        part.minor = self.model.minor
        key, = part.root.subkeys.values()
        inner = Writer(part)
        inner.sk = self.sk
        top = inner.reserve(key)
        subkeys = sorted(key.subkeys.values(), key=lambda sub: fold(sub.name))
        entries = [(sub.name, inner.reserve(sub)) for sub in subkeys]
        inner.node(key, parent, entries)
        for sub in subkeys:
            inner.node(sub, top, [])
        inner.bins.close()
        spots = inner.offsets([key] + subkeys, top)
        return inner.bins.image, spots, top, inner.keys

    def offsets(self, keys, top):
        """The places in the image that hold cell offsets."""
        image, spots = self.bins.image, []
        at = 0
        while at < len(image):          # hbin headers name their own place
            spots.append(at + 4)
            at += struct.unpack_from("<I", image, at + 8)[0]
        for key in keys:
            nk = key.cells["nk"] + 4
            if key.cells["nk"] != top:
                spots.append(nk + 16)
            spots += [nk + field for field, where in
                      ((28, "list"), (40, "values")) if where in key.cells]
            for where, cell in key.cells.items():
                if where.startswith("vk:") and "data:" + where[3:] in key.cells:
                    spots.append(cell + 4 + 8)
                elif where.startswith("leaf:"):
                    spots += self.leaf_spots(cell)
                elif where == "values":
                    spots += [cell + 4 + 4 * number
                              for number in range(len(key.values))]
        return spots

    def leaf_spots(self, cell):
        """Filler has the lists of its minor version: entries of 8 bytes."""
        count, = struct.unpack_from("<H", self.bins.image, cell + 6)
        return [cell + 8 + 8 * number for number in range(count)]

    # The base block, and damage on purpose.

    def base_block(self):
        model = self.model
        hbins_len = model.hbins_len
        if hbins_len is None:
            hbins_len = len(self.bins.image)
        block = struct.pack("<4sIIQIIIIIII", b"regf", *model.sequence,
                            self.stamp, 1, model.minor, 0, 1,
                            model.root.cells["nk"], hbins_len, 1)
        block += "mkhive".encode("utf-16-le").ljust(64, b"\0")
        return block.ljust(BASE_LEN, b"\0")

    def set_checksum(self, image):
        value = 0
        for word in struct.unpack_from("<127I", image):
            value ^= word
        value = {0: 1, NIL: NIL - 1}.get(value, value)
        if self.model.checksum_bad:
            value ^= 0x5a5a5a5a
        struct.pack_into("<I", image, 508, value)

    def cell_of(self, key, where):
        match = re.fullmatch(r"(?:\[([^]]*)\])?(.+)", where)
        if match.group(1) is not None:
            key = self.model.root
            for part in filter(None, match.group(1).split("\\")):
                key = key.subkeys[fold(part)]
        try:
            return key.cells[match.group(2)]
        except KeyError:
            raise MkhiveError("poke: no %s: there are %s"
                              % (where, ", ".join(key.cells))) from None

    def tangle(self, image, key):
        for sub in key.subkeys.values():
            at = BASE_LEN + 4 + sub.cells["nk"]
            struct.pack_into("<I", image, at + 20, len(key.subkeys))
            struct.pack_into("<I", image, at + 28, key.cells["list"])

    def poke(self, image, key, where, items):
        if where.startswith("@"):
            match = re.fullmatch(r"@(.+?)([+-](?:0x[0-9a-f]+|\d+))?", where)
            at = BASE_LEN + 4 + self.cell_of(key, match.group(1))
            at += int(match.group(2) or "0", 0)
        else:
            at = int(where, 0)
        body = b"".join(
            struct.pack("<I", self.cell_of(key, item[1:]))
            if item.startswith("&") else bytes.fromhex(item)
            for item in items)
        if at < 0 or at + len(body) > len(image):
            raise MkhiveError("poke: %s is outside" % where)
        image[at:at + len(body)] = body


def build(text, strip=2, filler_mb=0):
    """The bytes of the hive that TEXT (str, or bytes of a file) describes."""
    model = Reader(strip).read(decode_text(text))
    model.filler_mb = filler_mb or model.filler_mb
    return Writer(model).build()


def main():
    parser = argparse.ArgumentParser(description="write a hive from text")
    parser.add_argument("--strip", type=int, default=2)
    parser.add_argument("--filler-mb", type=int, default=0)
    parser.add_argument("text")
    parser.add_argument("hive")
    args = parser.parse_args()
    with open(args.text, "rb") as file:
        text = file.read()
    try:
        image = build(text, args.strip, args.filler_mb)
    except MkhiveError as err:
        sys.exit("mkhive.py: %s: %s" % (args.text, err))
    with open(args.hive, "wb") as file:
        file.write(image)


if __name__ == "__main__":
    main()
