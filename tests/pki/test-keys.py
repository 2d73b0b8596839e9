#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Keys and algorithms of certificates that Windows does not take, or that
nobody knows it to take. TAP.

openssl makes what it can make, and is the witness that the rest would be good
but for the rule: a forged signature does verify with the key that came along.
"""

import hashlib
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

from der import (Node, context, integer, null, octets, oid,     # noqa: E402
                 seq, tlv)
from odd import MD, case, indirect, run_cases                   # noqa: E402
from pki import (CERTS, CURVES, NESTED, attribute, imprint,     # noqa: E402
                 set_of)

RSA = "1.2.840.113549.1.1."
RSA_KEY, PSS, MGF1 = (oid(RSA + n) for n in ("1", "10", "8"))
RSA_SHA256, RSA_SHA1 = (seq(oid(RSA + n), null()) for n in ("11", "5"))
EC_KEY, P256 = oid("1.2.840.10045.2.1"), oid("1.2.840.10045.3.1.7")
ECDSA_SHA256 = seq(oid("1.2.840.10045.4.3.2"))
SHA1, SHA256 = (seq(oid(n), null()) for n in
                ("1.3.14.3.2.26", "2.16.840.1.101.3.4.2.1"))

SIGNER, CA = CERTS["good"][2:4], CERTS["ca"][2:4]
CURVES.update({"ec-" + name.lower(): ["ec_paramgen_curve:" + name]
               for name in ("P-384", "P-521", "P-224", "secp256k1",
                            "brainpoolP256r1", "sect283k1")})
CURVES["ec-described"] = CURVES["ec"] + ["ec_param_enc:explicit"]
CERTS.update({name: ("ca", name, *SIGNER, MD) for name in CURVES
              if name != "ec"})
CERTS.update({
    "ca-described": ("root", "ec-described", *CA, MD),
    "of-described": ("ca-described", "signer", *SIGNER, MD),
    "ec-root": (None, "ec", *CA, MD),
    "described-root": (None, "ec-described", *CA, MD),
    "of-ec-root": ("ec-root", "signer", *SIGNER, MD),
    "ed25519": ("ca", "ed25519", *SIGNER, MD),
    "pss-key": ("root", "pss-key", *CA, "sha256"),
    "of-pss-key": ("pss-key", "signer", *SIGNER, "pss"),
    "pss-0": ("ca", "signer", *SIGNER, "pss rsa_pss_saltlen:0"),
    "pss-20": ("ca", "signer", *SIGNER, "pss rsa_pss_saltlen:20"),
    "pss-222": ("ca", "signer", *SIGNER, "pss rsa_pss_saltlen:222"),
    "pss-mask": ("ca", "signer", *SIGNER, "pss rsa_mgf1_md:sha1"),
})

# What is said of a signer's key, of an issuer's, and of how one signed.
KIND = "the signer's key is of a kind that is not trusted"
USELESS = "its key cannot be used"
HOW = "an algorithm that is not supported, or not the one that it names"


def signed_by(w, name, *more):
    content = indirect()
    return w.data(content, [w.info(content, signer=name)],
                  (name, "ca") + more)


def recast(w, name, key=None, issuer="ca", sign=None, **more):
    """The certificate NAME with another KEY, by ISSUER, for whom SIGN(bytes)
    signs. ALGORITHM is how, said twice; OUTER is another one outside."""
    parts = [p.whole for p in Node(w.pki.der(name))[0].children()]
    parts[2] = more.get("algorithm", RSA_SHA256)
    parts[3] = Node(w.pki.der(issuer))[0][5].whole
    parts[6] = key or parts[6]
    tbs = seq(*parts)
    signature = sign(tbs) if sign else w.pki.sign(issuer, "sha256", tbs)
    return seq(tbs, more.get("outer", parts[2]), tlv(3, b"\0" + signature))


def with_certs(w, *certs, signer="good", names=("ca",), attrs=None,
               signature=None, unsigned=()):
    """Signed with SIGNER's key; the first of CERTS is said to be its own."""
    content = indirect()
    parts = [p.whole for p in
             Node(w.info(content, attrs, unsigned, signer)).children()]
    tbs = Node(certs[0])[0].children()
    parts[1] = seq(tbs[3].whole, tbs[1].whole)
    if signature is not None:
        parts[5] = octets(signature)
    return w.data(content, [seq(*parts)], names, extra=certs)


# ------------------------------------------------------------------ curves
@case("expires")
def a_key_on_p_384(w):
    return signed_by(w, "ec-p-384")


@case("expires")
def a_key_on_p_521(w):
    return signed_by(w, "ec-p-521")


@case("untrusted", KIND)
def a_key_on_p_224(w):
    return signed_by(w, "ec-p-224")


@case("untrusted", KIND)
def a_key_on_secp256k1(w):
    return signed_by(w, "ec-secp256k1")


@case("untrusted", KIND)
def a_key_on_brainpool_p256r1(w):
    return signed_by(w, "ec-brainpoolp256r1")


@case("untrusted", KIND)
def a_key_on_a_binary_curve(w):
    return signed_by(w, "ec-sect283k1")


@case("untrusted", KIND)
def a_key_on_a_curve_that_is_described(w):
    return signed_by(w, "ec-described")


@case("untrusted", "CN=rollcall test ca-described: " + USELESS)
def below_a_key_on_a_curve_that_is_described(w):
    return signed_by(w, "of-described", "ca-described")


@case("none", "bad public key", count=0, anchors=["described-root"])
def an_anchor_on_a_curve_that_is_described(w):
    return w.signed()


# FIPS 186-4 D.1.2.3: P-256
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


def add(one, two):
    """The sum of two points; None is the one at infinity."""
    if one is None or two is None:
        return one or two
    if one[0] == two[0] and (one[1] + two[1]) % P == 0:
        return None
    if one == two:
        slope = (3 * one[0] * one[0] - 3) * pow(2 * one[1], -1, P)
    else:
        slope = (two[1] - one[1]) * pow(two[0] - one[0], -1, P)
    x = (slope * slope - one[0] - two[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def times(count, base):
    found = None
    for bit in bin(count)[2:]:
        found = add(found, found)
        if bit == "1":
            found = add(found, base)
    return found


def key_parts(w, name):
    """(what the key is, its point) of a certificate."""
    kind, bits = Node(w.pki.der(name))[0][6].children()
    return kind.whole, bits.body[1:]


def described(point, generator):
    """P-256 with a generator of one's own (RFC 3279 2.3.5)."""
    def number(value):
        return octets(value.to_bytes(32, "big"))
    return seq(seq(EC_KEY, seq(
        integer(1), seq(oid("1.2.840.10045.1.1"), integer(P)),
        seq(number(P - 3), number(B)), octets(generator), integer(N),
        integer(1))), tlv(3, b"\0" + point))


def witness(w, key, data, signature):
    """openssl says that DATA is signed by KEY."""
    paths = [w.pki.path("witness." + n) for n in ("der", "pem", "sig")]
    for path, value in zip(paths[::2], (key, signature)):
        with open(path, "wb") as f:
            f.write(value)
    w.pki.openssl("pkey", "-pubin", "-inform", "DER", "-in", paths[0],
                  "-out", paths[1])
    w.pki.openssl("dgst", "-sha256", "-verify", paths[1], "-signature",
                  paths[2], data=data)


def forged_root(w):
    """CVE-2020-0601: (a root of the name and the point of "ec-root", and who
    signs for it). The point is its own generator: its secret is 1."""
    point = key_parts(w, "ec-root")[1]
    key = described(point, point)
    base = tuple(int.from_bytes(point[i:i + 32], "big") for i in (1, 33))

    def sign(data):
        digest = int.from_bytes(hashlib.sha256(data).digest(), "big")
        once = 0x1D0C5EED
        r = times(once, base)[0] % N
        made = seq(integer(r), integer(pow(once, -1, N) * (digest + r) % N))
        witness(w, key, data, made)
        return made
    return recast(w, "ec-root", key, "ec-root", sign,
                  algorithm=ECDSA_SHA256), sign


@case("expires", anchors=["ec-root"])
def below_a_root_on_p_256(w):
    content = indirect()
    return w.data(content, [w.info(content, signer="of-ec-root")],
                  ("of-ec-root", "ec-root"))


def other_form(w, name):
    """The certificate NAME with the other form of its ECDSA signature, which
    anybody can make: n - s for s."""
    parts = Node(w.pki.der(name))[0].whole, ECDSA_SHA256
    r, s = (int.from_bytes(x.body, "big") for x in Node(
        Node(w.pki.der(name))[2].body[1:]).children())
    made = seq(integer(r), integer(N - s))
    witness(w, Node(w.pki.der("ec-root"))[0][6].whole, parts[0], made)
    return seq(*parts, tlv(3, b"\0" + made))


def in_other_form(w):
    return with_certs(w, other_form(w, "of-ec-root"), names=("ec-root",))


@case("expires", anchors=["ec-root"])
def below_such_a_root_with_the_other_form_of_its_signature(w):
    return in_other_form(w)


# Of another digest: a certificate that is distrusted has to be listed by its
# key as well.
@case("untrusted", "is distrusted: for a test", anchors=["ec-root"],
      distrust="of-ec-root", distrust_key="of-ec-root")
def the_other_form_of_one_whose_key_is_distrusted(w):
    return in_other_form(w)


@case("untrusted", USELESS, anchors=["ec-root"])
def below_a_root_with_a_generator_of_its_own(w):
    root, sign = forged_root(w)
    cert = recast(w, "good", issuer="ec-root", sign=sign,
                  algorithm=ECDSA_SHA256)
    return with_certs(w, cert, root, names=())


@case("untrusted", "not signed by", anchors=["ec-root"])
def below_such_a_root_that_is_left_out(w):
    cert = recast(w, "good", issuer="ec-root", sign=forged_root(w)[1],
                  algorithm=ECDSA_SHA256)
    return with_certs(w, cert, names=("ec-root",))


def by_root(w, root, sign):
    """Signed by ROOT itself, for which SIGN signs."""
    attrs = w.attrs(indirect())
    return with_certs(w, root, names=(), attrs=attrs,
                      signature=sign(set_of(*attrs)))


@case("expires", anchors=["ec-root"])
def by_a_root_on_p_256(w):
    return by_root(w, w.pki.der("ec-root"),
                   lambda data: w.pki.sign("ec-root", MD, data))


@case("untrusted", KIND, anchors=["ec-root"])
def by_a_root_with_a_generator_of_its_own(w):
    return by_root(w, *forged_root(w))


@case("untrusted", KIND, anchors=["ec-root"])
def by_a_root_whose_curve_is_described_as_it_is(w):
    # The generator is the right one: every number is that of the anchor.
    def sign(data):
        return w.pki.sign("ec-root", MD, data)
    base = bytes.fromhex(
        "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
        "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5")
    key = described(key_parts(w, "ec-root")[1], base)
    return by_root(w, recast(w, "ec-root", key, "ec-root", sign,
                             algorithm=ECDSA_SHA256), sign)


# ------------------------------------------------------------------ points
def with_point(w, point, curve=P256):
    """By the key "ec", whose point is written as POINT."""
    return with_certs(w, recast(w, "ec", seq(seq(EC_KEY, curve), tlv(
        3, b"\0" + point))), signer="ec")


@case("expires")
def a_point_as_it_is(w):
    return with_point(w, key_parts(w, "ec")[1])


@case("untrusted", KIND)
def a_point_that_is_not_on_its_curve(w):
    point = key_parts(w, "ec")[1]
    return with_point(w, point[:-1] + bytes([point[-1] ^ 1]))


@case("untrusted", KIND)
def a_point_that_is_compressed(w):
    point = key_parts(w, "ec")[1]
    return with_point(w, bytes([2 + point[-1] % 2]) + point[1:33])


@case("untrusted", KIND)
def a_point_in_the_hybrid_form(w):
    point = key_parts(w, "ec")[1]
    return with_point(w, bytes([6 + point[-1] % 2]) + point[1:])


@case("untrusted", KIND)
def a_point_at_infinity(w):
    return with_point(w, b"\0")


@case("untrusted", KIND)
def a_point_of_no_bytes(w):
    return with_point(w, b"")


@case("untrusted", KIND)
def a_point_on_the_curve_of_the_issuer(w):
    return with_point(w, key_parts(w, "ec")[1], null())


@case("untrusted", KIND)
def a_point_of_p_256_on_p_384(w):
    return with_point(w, key_parts(w, "ec")[1], oid("1.3.132.0.34"))


@case("invalid", "the signature does not verify")
def a_signature_of_zeros_by_a_point(w):
    return with_certs(w, w.pki.der("ec"), signer="ec",
                      signature=seq(integer(0), integer(0)))


@case("invalid", "the signature does not verify")
def a_signature_of_orders_by_a_point(w):
    return with_certs(w, w.pki.der("ec"), signer="ec",
                      signature=seq(integer(N), integer(N)))


# -------------------------------------------------------------- other keys
def with_modulus(w, modulus):
    return with_certs(w, recast(w, "good", seq(
        seq(RSA_KEY, null()), tlv(3, b"\0" + seq(modulus, integer(65537))))))


@case("untrusted", KIND)
def a_key_of_no_bits(w):
    return with_certs(w, recast(w, "good", seq(seq(RSA_KEY, null()), tlv(3))))


@case("invalid", "the signature does not verify")
def a_key_whose_modulus_is_zero(w):
    return with_modulus(w, integer(0))


@case("invalid", "the signature does not verify")
def a_key_whose_modulus_has_no_bytes(w):
    return with_modulus(w, tlv(2))


@case("untrusted", KIND)
def an_ed25519_key(w):
    return with_certs(w, w.pki.der("ed25519"))


@case("untrusted", KIND)
def a_key_for_rsa_pss_alone(w):
    return with_certs(w, recast(w, "pss-key"))


@case("untrusted", "its key is neither RSA nor EC")
def below_a_key_for_rsa_pss_alone(w):
    return signed_by(w, "of-pss-key", "pss-key")


@case("untrusted", "its key is neither RSA nor EC", count=9, seconds=4)
def below_keys_for_rsa_pss_that_are_very_long(w):
    # RSA_MAX_BITS is less. Each may have signed: a thousand checks.
    dice = random.Random(PSS)
    bits, how = 8 * 2048, pss()
    name = seq(set_of(seq(oid("2.5.4.3"), tlv(12, b"X"))))

    def cert(of, fields):
        parts = [p.whole for p in Node(w.pki.der(of))[0].children()]
        for at, value in fields.items():
            parts[at] = value
        return seq(seq(*parts), how,
                   tlv(3, b"\0\1" + dice.randbytes(bits // 8 - 1)))
    certs = [cert("good", {2: how, 3: name})] + [cert("ca", {
        1: integer(number), 2: how, 3: name, 5: name, 6: seq(seq(PSS), tlv(
            3, b"\0" + seq(integer(dice.getrandbits(bits) | 1 << bits - 1 | 1),
                           integer(dice.getrandbits(64) | 1 << 63 | 1))))})
        for number in range(2000, 2100)]
    one = with_certs(w, *certs, names=())
    return with_certs(w, *certs, names=(),
                      unsigned=[attribute(NESTED, *[one] * 8)])


# ----------------------------------------------------------------- RSA-PSS
@case("expires")
def pss_without_a_salt(w):
    return signed_by(w, "pss-0")


@case("expires")
def pss_with_a_salt_of_20_bytes(w):
    return signed_by(w, "pss-20")


@case("expires")
def pss_with_the_longest_salt(w):
    return signed_by(w, "pss-222")


@case("untrusted", HOW)
def pss_whose_mask_is_of_another_digest(w):
    return signed_by(w, "pss-mask")


def pss(digest=SHA256, mask=SHA256, salt=32, *more):
    return seq(PSS, seq(context(0, digest), context(1, seq(MGF1, mask)),
                        context(2, integer(salt)), *more))


def by_pss(w, algorithm, salt=32):
    def sign(data):
        return w.pki.openssl(
            "dgst", "-sha256", "-sigopt", "rsa_padding_mode:pss", "-sigopt",
            "rsa_pss_saltlen:%d" % salt, "-sign", w.pki.key_of("ca"),
            data=data)
    return with_certs(w, recast(w, "good", sign=sign, algorithm=algorithm))


@case("expires")
def pss_as_it_is(w):
    return by_pss(w, pss())


@case("expires")
def pss_that_says_its_trailer(w):
    return by_pss(w, pss(SHA256, SHA256, 32, context(3, integer(1))))


@case("untrusted", "not signed by")
def pss_with_another_trailer(w):
    return by_pss(w, pss(SHA256, SHA256, 32, context(3, integer(2))))


@case("untrusted", "not signed by")
def pss_with_a_salt_of_another_length(w):
    return by_pss(w, pss(salt=20))


@case("untrusted", "not signed by")
def pss_with_a_salt_that_is_negative(w):
    return by_pss(w, seq(PSS, seq(context(0, SHA256), context(
        1, seq(MGF1, SHA256)), context(2, tlv(2, b"\xff")))))


@case("untrusted", "not signed by")
def pss_of_another_digest(w):
    return by_pss(w, pss(SHA1, SHA1))


@case("untrusted", HOW)
def pss_without_parameters(w):
    return by_pss(w, seq(PSS))


@case("untrusted", HOW)
def pss_of_no_known_mask(w):
    return by_pss(w, seq(PSS, seq(context(0, SHA256), context(
        1, seq(oid(RSA + "7"), SHA256)), context(2, integer(32)))))


@case("untrusted", HOW)
def pss_with_more_behind_its_parameters(w):
    return by_pss(w, seq(PSS, seq(context(0, SHA256), context(
        1, seq(MGF1, SHA256)), context(2, integer(32)), null())))


# ------------------------------------------- what is signed and what is said
@case("expires")
def an_algorithm_that_is_said_twice(w):
    return with_certs(w, recast(w, "good"))


@case("untrusted", HOW)
def an_algorithm_that_is_another_inside(w):
    return with_certs(w, recast(w, "good", algorithm=RSA_SHA1,
                                outer=RSA_SHA256))


@case("untrusted", HOW)
def an_algorithm_with_other_parameters_inside(w):
    return with_certs(w, recast(w, "good", outer=seq(oid(RSA + "11"))))


def longer(data, at=0):
    """One more octet for the length of the element at AT."""
    node = Node(data, at)
    size = len(node.body).to_bytes(4, "big")
    return data[:at] + data[at:at + 1] + b"\x84" + size + data[node.off:]


@case("unreadable", "certificate 0 is broken")
def a_certificate_whose_length_is_longer_than_needed(w):
    return with_certs_as(w, longer(w.pki.der("good")))


@case("unreadable", "certificate 0 is broken")
def a_certificate_whose_signature_has_a_longer_length(w):
    cert = w.pki.der("good")
    parts = [p.whole for p in Node(cert).children()]
    return with_certs_as(w, seq(*parts[:2], longer(parts[2])))


def with_certs_as(w, cert):
    content = indirect()
    return w.data(content, [w.info(content)], ("ca",), extra=(cert,))


def private(w, name):
    """(modulus, secret exponent) of a key."""
    key = Node(w.pki.openssl("pkey", "-in", w.pki.key_of(name), "-outform",
                             "DER"))
    key = Node(key[2].body) if key[1].tag == 0x30 else key
    return [int.from_bytes(key[i].body, "big") for i in (1, 3)]


def short_signature(w, cut):
    """One that begins with a zero, which is left out with CUT."""
    modulus, secret = private(w, "good")
    content = indirect()
    for number in range(10000):
        attrs = w.attrs(content) + [seq(oid("1.2.3.4"), set_of(
            integer(number)))]
        digest = imprint(MD, set_of(*attrs))
        padded = b"\0\1" + b"\xff" * (253 - len(digest)) + b"\0" + digest
        made = pow(int.from_bytes(padded, "big"), secret, modulus)
        if made.bit_length() <= 2040:
            break
    signature = made.to_bytes(256, "big")
    return with_certs(w, w.pki.der("good"), attrs=attrs,
                      signature=signature[1 if cut else 0:])


@case("expires")
def a_signature_that_begins_with_a_zero(w):
    return short_signature(w, False)


@case("invalid", "the signature does not verify")
def a_signature_without_its_first_zero(w):
    return short_signature(w, True)


if __name__ == "__main__":
    run_cases()
