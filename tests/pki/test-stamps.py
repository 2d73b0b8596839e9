#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Tokens of RFC 3161 that no time stamper would make. TAP.

Each is over the right signature, but for the cases that say otherwise, and is
signed with the time stamper's own key.
"""

import hashlib
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

from der import (Node, context, general_time, integer, octets,  # noqa: E402
                 oid, seq, tlv)
from odd import MD, case, run_cases                             # noqa: E402
from pki import (CERTS, CODE, CONTENT_TYPE, DATA,               # noqa: E402
                 MESSAGE_DIGEST, NESTED, SIGNED, TIME, TOKEN, TST_INFO,
                 algorithm, attribute, imprint)

V1 = "1.2.840.113549.1.9.16.2.12"
V2 = "1.2.840.113549.1.9.16.2.47"
STAMPER, CA = CERTS["tsa-good"][2], CERTS["tsaca"][2:4]
CERTS.update({
    "tsa-odd": ("tsaca", "tsa", STAMPER,
                TIME + ["1.3.6.1.4.1.55555.1=critical,DER:0500"], MD),
    "ca-code": ("root", "tsaca", CA[0], CA[1] + CODE, MD),
    "tsa-of-code": ("ca-code", "tsa", STAMPER, TIME, MD),
})

OTHER = "what was signed names another certificate"
UNNAMED = "what was signed does not name its certificate"


# ------------------------------------------------------------------ writing
def issuer_serial(w, name, *more):
    """IssuerSerial; MORE are names of the issuer beside its own."""
    tbs = Node(w.pki.der(name))[0].children()
    return seq(seq(context(4, tbs[3].whole), *more), tbs[1].whole)


def cert_id(w, name, md=None, *more):
    """ESSCertID, or ESSCertIDv2 where MD is said (as "" where it is not)."""
    digest = hashlib.new(md or ("sha1" if md is None else "sha256"),
                         w.pki.der(name)).digest()
    return seq(*([algorithm(md)] if md else []), octets(digest), *more)


def names(kind, *ids):
    return attribute(kind, seq(seq(*ids)))


def token(w, signature, certs, name="tsa-good", said=None, **more):
    """A token by NAME, whose signed attributes end with CERTS; it says that
    it is SAID's."""
    info = octets(seq(integer(1), oid("1.3.6.1.4.1.55555.2"),
                      imprint(more.get("imprint", MD), signature),
                      integer(7), general_time(SIGNED)))
    md = more.get("md", MD)
    made = w.pki.signer_info(name, md, [
        attribute(CONTENT_TYPE, oid(more.get("kind", TST_INFO))),
        attribute(MESSAGE_DIGEST,
                  octets(hashlib.new(md, Node(info).body).digest())),
        *certs], more.get("unsigned", ()))
    if said:
        parts = [p.whole for p in Node(made).children()]
        tbs = Node(w.pki.der(said))[0].children()
        parts[1] = seq(tbs[3].whole, tbs[1].whole)
        made = seq(*parts)
    return w.pki.signed_data(TST_INFO, info, [made] * more.get("signers", 1),
                             w.pki.chain(said or name), md)


def stamped(w, *certs, of=None, **more):
    """OF is what the token is over, if not the signature."""
    return w.stamped(lambda signature: [attribute(TOKEN, token(
        w, of or signature, certs, **more))], ())


# ----------------------------------------------- whose certificate it names
@case("valid")
def named_by_sha1(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good")))


@case("valid")
def named_by_sha256(w):
    return stamped(w, names(V2, cert_id(w, "tsa-good", "")))


@case("valid")
def named_by_sha512(w):
    return stamped(w, names(V2, cert_id(w, "tsa-good", "sha512")))


@case("valid")
def named_in_both_ways_with_its_issuer(w):
    whose = issuer_serial(w, "tsa-good")
    return stamped(w, names(V1, cert_id(w, "tsa-good", None, whose)),
                   names(V2, cert_id(w, "tsa-good", "sha256", whose)))


@case("valid")
def named_with_its_issuers_certificate(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good"),
                            cert_id(w, "tsaca")))


@case("invalid", OTHER)
def named_by_sha1_is_another(w):
    return stamped(w, names(V1, cert_id(w, "tsa-ms")))


@case("invalid", OTHER)
def named_by_sha256_is_another(w):
    return stamped(w, names(V2, cert_id(w, "tsa-ms", "")))


@case("invalid", OTHER)
def named_are_two(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good")),
                   names(V2, cert_id(w, "tsa-ms", "")))


@case("invalid", OTHER)
def named_first_is_its_issuer(w):
    return stamped(w, names(V1, cert_id(w, "tsaca"),
                            cert_id(w, "tsa-good")))


# The same key has a certificate that is for time stamping; who made the token
# had another, and its issuer and number are not signed.
@case("expires", "no timestamp counts")
def made_by_a_certificate_that_is_not_for_time_stamping(w):
    return stamped(w, names(V1, cert_id(w, "tsa-noeku")), name="tsa-noeku")


@case("invalid", OTHER)
def made_by_it_and_said_to_be_of_another(w):
    return stamped(w, names(V1, cert_id(w, "tsa-noeku")), name="tsa-noeku",
                   said="tsa-good")


@case("invalid", OTHER)
def named_with_the_number_of_another(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good", None, issuer_serial(
        w, "tsa-ms"))))


@case("invalid", OTHER)
def named_with_another_issuer(w):
    whose = issuer_serial(w, "tsa-good").replace(b"test tsaca", b"test tsacb")
    return stamped(w, names(V2, cert_id(w, "tsa-good", "", whose)))


@case("invalid", OTHER)
def named_with_two_names_of_its_issuer(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good", None, issuer_serial(
        w, "tsa-good", tlv(0x86, b"urn:x")))))


@case("expires", UNNAMED)
def not_named(w):
    return stamped(w)


@case("expires", UNNAMED)
def named_where_it_is_not_signed(w):
    return stamped(w, unsigned=[names(V1, cert_id(w, "tsa-good"))])


@case("invalid", "a signed attribute comes twice")
def named_twice(w):
    one = names(V1, cert_id(w, "tsa-good"))
    return stamped(w, one, one)


@case("invalid", "a signed attribute is broken")
def named_in_two_values(w):
    one = seq(seq(cert_id(w, "tsa-good")))
    return stamped(w, attribute(V1, one, one))


@case("invalid", "a signed attribute is broken")
def named_in_an_empty_list(w):
    return stamped(w, names(V1))


@case("invalid", "a signed attribute is broken")
def named_without_a_digest(w):
    return stamped(w, names(V1, seq(integer(1))))


@case("invalid", "digest algorithm that Windows does not use")
def named_by_an_unknown_digest(w):
    return stamped(w, names(V2, seq(seq(oid("1.2.3.4")), octets(bytes(20)))))


# ---------------------------------------------------------------------- MD5
@case("expires", "it is of an MD5 digest")
def token_of_an_md5_digest(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good")), imprint="md5")


@case("invalid", "the token is of another signature")
def token_of_the_md5_digest_of_another_signature(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good")), imprint="md5",
                   of=b"other")


@case("expires", "it is of an MD5 digest")
def token_signed_with_md5(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good")), md="md5")


# ------------------------------------------------------------------- others
@case("invalid", "more than one signer")
def token_of_two_signers(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good")), signers=2)


@case("invalid", "the signed content type is another")
def token_whose_signed_type_is_another(w):
    return stamped(w, names(V1, cert_id(w, "tsa-good")), kind=DATA)


@case("expires", "no timestamp counts")
def token_of_a_stamper_with_an_odd_critical_extension(w):
    return stamped(w, names(V1, cert_id(w, "tsa-odd")), name="tsa-odd")


@case("expires", "no timestamp counts")
def token_below_a_ca_for_code(w):
    return stamped(w, names(V1, cert_id(w, "tsa-of-code")),
                   name="tsa-of-code")


@case("expires", "a timestamp token", count=2)
def token_for_a_nested_signature(w):
    return w.signed(unsigned=[attribute(NESTED, token(w, b"other", [
        names(V1, cert_id(w, "tsa-good"))]))])


if __name__ == "__main__":
    run_cases()
