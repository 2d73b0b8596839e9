# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What the writers of test files share: their text, its data, its damage.

A fixture is a text of "key: value" lines in any order; '#' begins a comment
line. Data are one of

    hex 0102 00*30 @NAME    a word may say how often it occurs; @NAME is the
                            place called NAME as 32 bits, where places exist
    text words
    fill 70000              bytes that look like nothing
    0102 00*30              the same as hex

Damage is done last and in the order of the lines:

    poke: PLACE hex         PLACE is a number, or NAME, NAME+N, NAME-N; the
                            writer says which names it has; all have "end"
    truncate: PLACE         cut the file there
"""

import struct


def align(n, to):
    return (n + to - 1) // to * to


def pad(data, to):
    return bytes(data) + b"\0" * (-len(data) % to)


def number(value):
    return int(value, 0)


def filler(n):
    """Bytes without a pattern, and the same in every run."""
    x, out = 1, bytearray()
    for _ in range(4096):
        x = (x * 1103515245 + 12345) & 0x7FFFFFFF
        out.append(x >> 16 & 0xFF)
    return (bytes(out) * (n // 4096 + 1))[:n]


def data_of(value, places=None):
    kind, _, rest = value.partition(" ")
    if kind == "text":
        return rest.encode("utf-8")
    if kind == "fill":
        return filler(number(rest))
    out = b""
    for word in (rest if kind == "hex" else value).split():
        if word.startswith("@"):
            out += struct.pack("<I", place_of(places, word[1:]))
        else:
            digits, _, times = word.partition("*")
            out += bytes.fromhex(digits) * int(times or 1)
    return out


def place_of(places, value):
    if value in places:
        return places[value]
    for sign in "+-":
        name, found, off = value.rpartition(sign)
        if found and name in places:
            return places[name] + int(sign + str(number(off)))
    return number(value)


def damage(image, places, lines):
    """Do the (key, value) LINES to the bytearray IMAGE."""
    places["end"] = len(image)
    for key, value in lines:
        if key == "poke":
            place, data = value.split(None, 1)
            at, data = place_of(places, place), data_of(data, places)
            image[at:at + len(data)] = data
        else:
            del image[place_of(places, value):]


class Spec:
    """The text, taken apart: single keys in ONE, lists in MANY.

    LISTS names the repeatable keys, KEYS the others. MANY["damage"] holds
    the (key, value) pairs of damage; MANY["lines"] all pairs of repeatable
    keys in the order of the text.
    """

    def __init__(self, text, keys, lists):
        self.one = {}
        self.many = {name: [] for name in (*lists, "damage", "lines")}
        self.keys, self.lists = keys, lists
        for no, line in enumerate(text.splitlines(), 1):
            line = line.strip()
            if line and not line.startswith("#"):
                try:
                    self.add(line)
                except ValueError as e:
                    raise ValueError("line %d: %s" % (no, e)) from None

    def add(self, line):
        key, _, value = line.partition(":")
        key, value = key.strip(), value.strip()
        if key in ("poke", "truncate"):
            self.many["damage"].append((key, value))
        elif key in self.lists:
            self.many[key].append(value)
            self.many["lines"].append((key, value))
        elif key in self.keys and key not in self.one:
            self.one[key] = value
        else:
            raise ValueError("unknown or repeated key: " + line)

    def get(self, key, default=None):
        return self.one.get(key, default)


def run(build, argv):
    """The command line of a writer: IN.txt OUT."""
    with open(argv[1], encoding="utf-8") as f:
        image = build(f.read())
    with open(argv[2], "wb") as f:
        f.write(image)
