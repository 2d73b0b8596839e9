# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Write and walk DER. Shares no code with src/trust/der.c."""


def tlv(tag, *parts):
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes((tag, len(body))) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(size))) + size + body


def seq(*parts):
    return tlv(0x30, *parts)


def set_of(*parts):
    return tlv(0x31, *parts)


def context(number, *parts):
    return tlv(0xA0 | number, *parts)


def octets(data):
    return tlv(0x04, data)


def integer(value):
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def null():
    return b"\x05\x00"


def oid(dotted):
    arcs = [int(arc) for arc in dotted.split(".")]
    body = bytearray()
    for arc in [arcs[0] * 40 + arcs[1]] + arcs[2:]:
        low = [arc & 0x7F]
        while arc > 0x7F:
            arc >>= 7
            low.append(0x80 | arc & 0x7F)
        body += bytes(reversed(low))
    return tlv(0x06, bytes(body))


def utc_time(text):
    """From "20120715120000Z"."""
    return tlv(0x17, text[2:].encode())


def general_time(text):
    return tlv(0x18, text.encode())


class Node:
    """One element: TAG, BODY (offset and length in DATA), its children."""

    def __init__(self, data, at=0):
        self.data, self.at, self.tag = data, at, data[at]
        size, self.off = data[at + 1], at + 2
        if size & 0x80:
            count = size & 0x7F
            size = int.from_bytes(data[self.off:self.off + count], "big")
            self.off += count
        self.end = self.off + size

    @property
    def body(self):
        return self.data[self.off:self.end]

    @property
    def whole(self):
        return self.data[self.at:self.end]

    def children(self):
        found, at = [], self.off
        while at < self.end:
            found.append(Node(self.data, at))
            at = found[-1].end
        return found

    def __getitem__(self, index):
        return self.children()[index]
