#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Sign a file in minisign's format, with the standard library only.

    mkminisign.py [--legacy] [--seed TEXT] [--comment TEXT] FILE OUT
    mkminisign.py [--seed TEXT] --public OUT

Ed25519 is written after RFC 8032 5.1, slow and plain: the signatures that
tests are made of owe nothing to OpenSSL, nor to minisign itself.
"""
import argparse
import base64
import hashlib

P = 2 ** 255 - 19
ORDER = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
I = pow(2, (P - 1) // 4, P)


def recover_x(y):
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P)
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * I % P
    return P - x if x & 1 else x


# Points are (X, Y, Z, T) with x = X/Z, y = Y/Z, x * y = T/Z (5.1.4).
GY = 4 * pow(5, -1, P) % P
G = (recover_x(GY), GY, 1, recover_x(GY) * GY % P)


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(n, p):
    q = (0, 1, 1, 0)
    while n:
        if n & 1:
            q = add(q, p)
        p = add(p, p)
        n >>= 1
    return q


def encode(p):
    z = pow(p[2], -1, P)
    x, y = p[0] * z % P, p[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, 'little')


def sha512(data):
    return hashlib.sha512(data).digest()


def number(data):
    return int.from_bytes(data, 'little')


class Key:
    """A key pair that follows from a text."""

    def __init__(self, seed='rollcall'):
        h = sha512(hashlib.sha256(seed.encode()).digest())
        self.a = number(h[:32]) & (2 ** 254 - 8) | 2 ** 254
        self.prefix = h[32:]
        self.point = encode(multiply(self.a, G))
        self.id = sha512(self.point)[:8]

    def ed25519(self, message):
        r = number(sha512(self.prefix + message)) % ORDER
        big_r = encode(multiply(r, G))
        k = number(sha512(big_r + self.point + message)) % ORDER
        return big_r + ((r + k * self.a) % ORDER).to_bytes(32, 'little')

    def public(self):
        """The line that --key takes."""
        return base64.b64encode(b'Ed' + self.id + self.point).decode()

    def public_file(self):
        return 'untrusted comment: minisign public key %016X\n%s\n' % (
            number(self.id), self.public())

    def sign(self, data, legacy=False, comment='made by mkminisign.py'):
        """The four lines."""
        algorithm = b'Ed' if legacy else b'ED'
        signature = self.ed25519(
            data if legacy else hashlib.blake2b(data).digest())
        trusted = self.ed25519(signature + comment.encode())
        return '\n'.join((
            'untrusted comment: signature of a test',
            base64.b64encode(algorithm + self.id + signature).decode(),
            'trusted comment: ' + comment,
            base64.b64encode(trusted).decode(), '')).encode()


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--seed', default='rollcall')
    ap.add_argument('--legacy', action='store_true')
    ap.add_argument('--comment', default='made by mkminisign.py')
    ap.add_argument('--public', metavar='OUT')
    ap.add_argument('files', nargs='*', metavar='FILE OUT')
    args = ap.parse_args()
    key = Key(args.seed)
    if args.public:
        with open(args.public, 'w', encoding='ascii') as out:
            out.write(key.public_file())
        return
    with open(args.files[0], 'rb') as f:
        text = key.sign(f.read(), args.legacy, args.comment)
    with open(args.files[1], 'wb') as out:
        out.write(text)


if __name__ == '__main__':
    main()
