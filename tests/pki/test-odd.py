#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Signatures that no tool would write, from our own writer. TAP.

Each case says what the file is worth, or why it cannot be judged, and a part
of the reason.
"""

import hashlib
import os
import struct
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

import mkcab                                                    # noqa: E402
import mkcfb                                                    # noqa: E402
import mkpe                                                     # noqa: E402
from der import (Node, context, integer, null, octets, oid,     # noqa: E402
                 seq, set_of, tlv, utc_time)
from odd import (CAB, LINK, MD, MSI, PE, case, indirect,        # noqa: E402
                 run_cases)
from pki import (CERTS, CONTENT_TYPE, COUNTERSIGNATURE, CTL,    # noqa: E402
                 DATA, MESSAGE_DIGEST, NESTED, SIGNED,
                 SIGNED_DATA, SPC_INDIRECT, TOKEN, algorithm, attribute,
                 imprint)

# Two CAs that certify each other, and a signer below them.
OLD = ("20080101000000Z", "20101231235959Z")
CERTS.update({
    "ring-a": ("ring-b", "ca", CERTS["ca"][2], CERTS["ca"][3], MD),
    "ring-b": (None, "tsaca", CERTS["ca"][2], CERTS["ca"][3], MD),
    "ringed": ("ring-a", "signer", CERTS["good"][2], CERTS["good"][3], MD),
    "weak": ("ca", "weak", CERTS["good"][2], CERTS["good"][3], MD),
    "weak-ca": ("root", "weak", CERTS["ca"][2], CERTS["ca"][3], MD),
    "of-weak": ("weak-ca", "signer", CERTS["good"][2], CERTS["good"][3], MD),
    "dsa": ("ca", "dsa", CERTS["good"][2], CERTS["good"][3], MD),
    "pss": ("ca", "signer", CERTS["good"][2], CERTS["good"][3], "pss"),
    "sha224": ("ca", "signer", CERTS["good"][2], CERTS["good"][3], "sha224"),
    "of-root-sha224": ("root", "signer", CERTS["good"][2], CERTS["good"][3],
                       "sha224"),
    "md5-2008": ("ca", "signer", OLD, CERTS["good"][3], "md5"),
    "tsa-2008": ("tsaca", "tsa", OLD, CERTS["tsa-good"][3], MD),
    "tsa-dsa": ("tsaca", "dsa", CERTS["tsa-good"][2], CERTS["tsa-good"][3],
                MD),
})

def catalogue():
    return seq(seq(oid("1.3.6.1.4.1.311.12.1.1")), octets(b"list"),
               utc_time(SIGNED), seq(oid("1.3.6.1.4.1.311.12.1.2"), null()))


# ------------------------------------------------------------ executables
def pe_file(table=b"", more=""):
    text = "section: .text hex 90\n" + more
    if table:
        text += "certificates: %s\n" % table.hex()
    return mkpe.build(text)


def entry(data, kind=2):
    """WIN_CERTIFICATE, padded to 8 bytes."""
    size = 8 + len(data)
    return struct.pack("<IHH", size, 0x200, kind) + data + bytes(-size % 8)


def pe_digest(more=""):
    """Of pe_file(), by the rules of [Authenticode]."""
    data = bytearray(pe_file(b"\0" * 8, more))
    opt = struct.unpack_from("<I", data, 0x3C)[0] + 24
    security = opt + 112 + 4 * 8
    table, size = struct.unpack_from("<II", data, security)
    del data[table:table + size]
    del data[security:security + 8]
    del data[opt + 64:opt + 68]
    return hashlib.new(MD, data).digest()


@case("expires", "no timestamp counts")
def ordinary(w):
    return w.signed()


@case("expires")
def padding_behind_the_der(w):
    return w.signed() + bytes(7)


@case("invalid", "there is more behind the signature")
def bytes_behind_the_der(w):
    return w.signed() + b"\0" * 5 + b"\1"


@case("invalid", "there is more behind the signature")
def many_bytes_behind_the_der(w):
    return w.signed() + bytes(5 << 20) + b"anything"


@case("invalid", "there is more behind the signature")
def a_catalogue_with_more_behind_it(w):
    return w.signed(catalogue(), kind=CTL) + b"\r\nanything"


@case("unsigned", count=0)
def a_catalogue_without_a_signer_and_more_behind_it(w):
    return w.data(catalogue(), [], kind=CTL) + b"anything"


@case("expires")
def pe_with_bytes_behind_the_der(w):
    # As Windows does: they are in the table, which is never loaded.
    return pe_file(entry(w.signed(indirect(pe_digest())) + b"anything"))


# --------------------------------------------------- keys and algorithms
def signed_by(w, name, *more):
    content = indirect()
    return w.data(content, [w.info(content, signer=name)],
                  (name, "ca") + more)


@case("untrusted", "its RSA key has less than 1024 bits")
def signed_by_a_key_of_512_bits(w):
    return signed_by(w, "weak")


@case("untrusted", "its RSA key has less than 1024 bits")
def signed_below_a_key_of_512_bits(w):
    return signed_by(w, "of-weak", "weak-ca")


def signed_without_a_key(w, exponent, bits):
    """By a certificate whose key is of no use for secrets: what is to be
    "decrypted" is written down as it is (RFC 8017 9.2, EMSA-PKCS1-v1_5)."""
    parts = Node(Node(w.pki.der("good"))[0].whole).children()
    key = parts[6]
    fake = seq(key[0].whole, tlv(3, b"\0" + seq(integer(1 << bits - 1 | 1),
                                                integer(exponent))))
    tbs = seq(*[fake if part is key else part.whole for part in parts])
    cert = seq(tbs, seq(oid("1.2.840.113549.1.1.11"), null()),
               tlv(3, b"\0" + w.pki.sign("ca", "sha256", tbs)))
    content = indirect()
    attrs = w.attrs(content)
    digest = imprint("sha256", set_of(*attrs))
    padded = b"\0\1" + b"\xff" * (bits // 8 - 3 - len(digest)) + b"\0" + digest
    parts = Node(w.info(content, attrs)).children()
    return w.data(content, [seq(*[part.whole for part in parts[:5]],
                                octets(padded))], ("ca",), extra=(cert,))


@case("untrusted", "the signer's key is of a kind that is not trusted")
def signed_without_a_key_by_the_exponent_1(w):
    return signed_without_a_key(w, 1, 2048)


@case("untrusted", "the signer's key is of a kind that is not trusted")
def signed_by_a_key_of_an_even_exponent(w):
    return signed_without_a_key(w, 65538, 2048)


@case("untrusted", "the signer's key is of a kind that is not trusted")
def signed_by_a_dsa_key(w):
    return signed_by(w, "dsa")


@case("expires")
def certificate_signed_by_rsa_pss(w):
    return signed_by(w, "pss")


@case("untrusted", "signed with an algorithm that is not supported")
def certificate_signed_with_sha224(w):
    return signed_by(w, "sha224")


@case("untrusted", "signed with an algorithm that is not supported")
def certificate_signed_by_the_root_with_sha224(w):
    return signed_by(w, "of-root-sha224")


@case("untrusted", "it is signed with MD5")
def certificate_signed_with_md5(w):
    return signed_by(w, "md5")


def stamped_2008(w, time):
    return w.stamped(lambda signature: [attribute(COUNTERSIGNATURE, w.stamp(
        "tsa-2008", signature, time=time))], ("tsa-2008", "tsaca"),
        "md5-2008")


@case("valid")
def certificate_signed_with_md5_and_stamped_in_february_2009(w):
    return stamped_2008(w, "20090228235959Z")


@case("untrusted", "it is signed with MD5")
def certificate_signed_with_md5_and_stamped_in_march_2009(w):
    return stamped_2008(w, "20090301000000Z")


@case("untrusted", "is distrusted: for a test", distrust="good")
def signed_by_who_is_distrusted(w):
    return w.signed()


@case("untrusted", "is distrusted: for a test", distrust="ca")
def signed_below_who_is_distrusted(w):
    return w.signed()


@case("untrusted", "is distrusted: for a test", distrust_key="good")
def signed_by_a_key_that_is_distrusted(w):
    return w.signed()


@case("untrusted", "is distrusted: for a test", distrust_key="root")
def signed_below_an_anchor_whose_key_is_distrusted(w):
    return w.signed()


@case("expires", "", distrust_key="stranger-root")
def signed_where_another_key_is_distrusted(w):
    return w.signed()


@case("expires", "no timestamp counts", distrust="tsa-good")
def stamped_by_who_is_distrusted(w):
    return w.stamped(lambda signature: [attribute(COUNTERSIGNATURE, w.stamp(
        "tsa-good", signature))], ("tsa-good", "tsaca"))


@case("expires", "no timestamp counts")
def stamped_by_a_dsa_key(w):
    return w.stamped(lambda signature: [attribute(COUNTERSIGNATURE, w.stamp(
        "tsa-dsa", signature))], ("tsa-dsa", "tsaca"))


@case("unreadable", "more than one signer")
def two_signers(w):
    content = indirect()
    return w.data(content, [w.info(content)] * 2)


@case("unreadable", "list of signers is broken")
def no_signer(w):
    return w.data(indirect(), [])


@case("invalid", "no signed digest")
def no_signed_digest(w):
    content = indirect()
    return w.signed(content, attrs=w.attrs(content)[:1])


@case("invalid", "comes twice")
def signed_digest_twice(w):
    content = indirect()
    attrs = w.attrs(content)
    return w.signed(content, attrs=attrs + attrs[1:])


@case("invalid", "a signed attribute is broken")
def signed_digest_of_two_values(w):
    content = indirect()
    value = Node(w.attrs(content)[1])[1][0].whole
    return w.signed(content, attrs=w.attrs(content)[:1] + [
        attribute(MESSAGE_DIGEST, value, value)])


@case("invalid", "the signed content type is another")
def signed_type_is_another(w):
    content = indirect()
    return w.signed(content, attrs=w.attrs(content, DATA))


@case("invalid", "the signed digest is of other bytes")
def signed_digest_is_of_other_content(w):
    return w.signed(indirect(), attrs=w.attrs(catalogue()))


@case("invalid", "no signed content type")
def no_signed_attributes(w):
    content = indirect()
    parts = [c.whole for c in Node(w.info(content)).children()]
    return w.data(content, [seq(*parts[:3], *parts[4:])])


@case("unreadable", "key identifier")
def signer_by_key_identifier(w):
    content = indirect()
    parts = [c.whole for c in Node(w.info(content)).children()]
    parts[1] = tlv(0x80, b"12345678")
    return w.data(content, [seq(*parts)])


@case("unreadable", "digest algorithm that Windows does not use")
def digest_algorithm_md4(w):
    content = indirect()
    parts = [c.whole for c in Node(w.info(content)).children()]
    parts[2] = seq(oid("1.2.840.113549.2.4"), null())
    return w.data(content, [seq(*parts)])


@case("unreadable", "signature algorithm that Windows does not use")
def signature_algorithm_pss(w):
    content = indirect()
    parts = [c.whole for c in Node(w.info(content)).children()]
    parts[4] = seq(oid("1.2.840.113549.1.1.10"), null())
    return w.data(content, [seq(*parts)])


@case("unreadable", "the PKCS #7 is broken")
def indefinite_length(w):
    return b"\x30\x80" + Node(w.signed()).body + b"\0\0"


@case("expires")
def length_in_more_octets_than_needed(w):
    body = Node(w.signed()).body
    return b"\x30\x84" + len(body).to_bytes(4, "big") + body


@case("unreadable", "no Authenticode")
def content_is_data(w):
    return w.signed(octets(b"mail"), kind=DATA)


@case("unreadable", "digest is broken")
def digest_of_a_wrong_length(w):
    return w.signed(indirect(b"\1" * 31))


@case("untrusted", "the signer's certificate is not in the file")
def no_certificate_of_the_signer(w):
    content = indirect()
    return w.data(content, [w.info(content)], ("ca",))


@case("expires")
def same_serial_of_another_issuer(w):
    content = indirect()
    good = w.pki.der("good")
    decoy = good.replace(b"rollcall test ca", b"rollcall test cb", 1)
    return w.data(content, [w.info(content)], extra=[decoy])


@case("untrusted", "is no trust anchor")
def issuers_in_a_ring(w):
    content = indirect()
    return w.data(content, [w.info(content, signer="ringed")],
                  ("ringed", "ring-a", "ring-b"))


@case("unreadable", "certificate 2 is broken")
def broken_certificate(w):
    content, ca = indirect(), w.pki.der("ca")
    return w.data(content, [w.info(content)],
                  extra=[ca, ca, seq(integer(1))])


@case("unreadable", "more than 128 certificates")
def too_many_certificates(w):
    content = indirect()
    return w.data(content, [w.info(content)], ["ca"] * 129)


def cert_with_purposes(w, count):
    """The signer's certificate with COUNT purposes, signed by our CA."""
    parts = Node(Node(w.pki.der("good")).children()[0].whole).children()
    eku = seq(seq(oid("2.5.29.37"), octets(seq(
        oid("1.3.6.1.5.5.7.3.3"), *[b"\x06\x01\x2a"] * (count - 1)))))
    tbs = seq(*[p.whole for p in parts if p.tag != 0xA3], context(3, eku))
    return seq(tbs, seq(oid("1.2.840.113549.1.1.11"), null()),
               tlv(3, b"\0" + w.pki.sign("ca", "sha256", tbs)))


def signed_with(w, cert):
    content = indirect()
    return seq(oid(SIGNED_DATA), context(0, seq(
        integer(1), set_of(algorithm(MD)),
        seq(oid(SPC_INDIRECT), context(0, content)),
        context(0, cert, w.pki.der("ca")), set_of(w.info(content)))))


@case("expires")
def certificate_of_64_purposes(w):
    return signed_with(w, cert_with_purposes(w, 64))


@case("untrusted", "extendedKeyUsage is broken")
def certificate_of_65_purposes(w):
    return signed_with(w, cert_with_purposes(w, 65))


def below_a_ca_with(w, extension):
    """The CA's certificate has one extension more."""
    parts = [p.whole for p in Node(w.pki.der("ca"))[0].children()]
    parts[2] = seq(oid("1.2.840.113549.1.1.11"), null())
    parts[-1] = context(3, seq(*[c.whole for c in Node(parts[-1])[0]
                                 .children()], extension))
    tbs = seq(*parts)
    content = indirect()
    return w.data(content, [w.info(content)], ("good",), extra=(
        seq(tbs, parts[2], tlv(3, b"\0" + w.pki.sign("root", MD, tbs))),))


@case("expires")
def below_a_ca_with_an_extension_that_says_little(w):
    return below_a_ca_with(w, seq(oid("1.3.6.1.4.1.55555.2"), octets(null())))


@case("untrusted", "unhandled critical extension 2.5.29.30")
def below_a_ca_that_may_not_issue_every_name(w):
    # RFC 5280 4.2.1.10; nobody says that it is critical.
    name = Node(w.pki.der("good"))[0][5].whole
    return below_a_ca_with(w, seq(oid("2.5.29.30"), octets(seq(context(
        1, seq(context(4, name)))))))


# ------------------------------------------------------------- timestamps
@case("valid", """\
    anchor CN=rollcall test root
    accepted yes yes
    advisory none
    shown
""")
def stamp_of_a_good_and_a_bad_stamper(w):
    return w.stamped(lambda signature: [
        attribute(COUNTERSIGNATURE, w.stamp("tsa-noeku", signature),
                  w.stamp("tsa-good", signature))],
        ("tsa-noeku", "tsa-good", "tsaca"))


@case("invalid", "timestamp: the signature does not verify")
def a_good_stamp_and_a_broken_one(w):
    def make(signature):
        good = w.stamp("tsa-good", signature)
        return [attribute(COUNTERSIGNATURE, good),
                attribute(COUNTERSIGNATURE,
                          good[:-1] + bytes([good[-1] ^ 1]))]
    return w.stamped(make, ("tsa-good", "tsaca"))


@case("invalid", "the signed digest is of other bytes")
def stamp_of_another_signature(w):
    return w.stamped(lambda signature: [
        attribute(COUNTERSIGNATURE, w.stamp("tsa-good", b"other"))],
        ("tsa-good", "tsaca"))


@case("invalid", "the token is of another signature")
def token_of_another_signature(w):
    return w.stamped(lambda signature: [attribute(TOKEN, w.pki.token(
        "tsa-good", MD, imprint(MD, b"other")))], ())


@case("invalid", "no signing time")
def stamp_without_a_time(w):
    def make(signature):
        digest = hashlib.sha1(signature).digest()
        return [attribute(COUNTERSIGNATURE, w.pki.signer_info(
            "tsa-good", "sha1", [attribute(CONTENT_TYPE, oid(DATA)),
                                 attribute(MESSAGE_DIGEST,
                                           octets(digest))]))]
    return w.stamped(make, ("tsa-good", "tsaca"))


@case("invalid", "no TSTInfo inside")
def token_that_is_no_token(w):
    return w.stamped(lambda signature: [attribute(TOKEN, w.signed())], ())


@case("expires", "no timestamp counts")
def stamp_without_its_certificate(w):
    return w.stamped(lambda signature: [
        attribute(COUNTERSIGNATURE, w.stamp("tsa-good", signature))],
        ("tsaca",))


@case("unreadable", "more than 8 timestamps")
def too_many_stamps(w):
    return w.stamped(lambda signature: [
        attribute(COUNTERSIGNATURE, *[w.stamp("tsa-good", signature)] * 9)],
        ("tsa-good", "tsaca"))


@case("unreadable", "an attribute is broken")
def broken_unsigned_attributes(w):
    return w.signed(unsigned=[seq(integer(1))])


@case("unreadable", "a timestamp token")
def a_token_alone(w):
    return w.pki.token("tsa-good", MD, imprint(MD, b"x"))


# ----------------------------------------------------------------- nested
@case("expires", count=3)
def nested_twice_in_one_attribute(w):
    return w.nested(w.signed(), w.signed())


@case("expires", count=3)
def nested_in_two_attributes(w):
    one = attribute(NESTED, w.signed())
    return w.signed(unsigned=[one, one])


@case("expires", count=3)
def nested_in_nested(w):
    return w.nested(w.nested(w.signed()))


@case("expires", "too many nested signatures", count=9)
def nested_too_deeply(w):
    made = w.signed()
    for _ in range(9):
        made = w.nested(made)
    return made


@case("expires", "too many nested signatures", count=64)
def nested_too_often(w):
    return w.nested(*[w.signed()] * 80)


@case("expires", "the PKCS #7 is broken", count=2)
def nested_garbage(w):
    return w.nested(integer(1))


@case("expires", "a nested signature is broken", count=3)
def nested_and_cut_short(w):
    return w.nested(w.signed(), b"\x30\x05")


# ------------------------------------------------------------ executables
@case("expires")
def pe_signed_by_our_writer(w):
    return pe_file(entry(w.signed(indirect(pe_digest()))))


@case("invalid", "the file is not the one that was signed")
def pe_with_a_catalogue_inside(w):
    return pe_file(entry(w.signed(catalogue(), kind=CTL)))


@case("expires", count=2)
def pe_with_two_entries(w):
    one = entry(w.signed(indirect(pe_digest())))
    return pe_file(one + one)


@case("invalid", "the file is not the one that was signed", count=2)
def pe_whose_second_entry_is_of_another_file(w):
    return pe_file(entry(w.signed(indirect(pe_digest()))) +
                   entry(w.signed()))


@case("invalid", "the file is not the one that was signed", count=2)
def pe_whose_nested_signature_is_of_another_file(w):
    return pe_file(entry(w.signed(
        indirect(pe_digest()), unsigned=[attribute(NESTED, w.signed())])))


@case("expires")
def pe_with_an_entry_of_another_type(w):
    return pe_file(entry(w.pki.der("good"), kind=1) +
                   entry(w.signed(indirect(pe_digest()))))


@case("unsigned", count=0)
def pe_with_no_entry_of_our_type(w):
    return pe_file(entry(w.pki.der("good"), kind=1))


@case("unsigned", count=0)
def pe_without_a_table(w):
    return pe_file()


def pe_signed(w, more="", tail=""):
    """Signed as if it were all right: the digest matches."""
    return pe_file(entry(w.signed(indirect(pe_digest(more)))), more + tail)


@case("invalid", "the certificate table is not behind section 1")
def pe_whose_table_lies_before_a_section(w):
    return pe_signed(w, "certificates-at: 512\n")


@case("invalid", "the certificate table is not behind section 1")
def pe_whose_table_lies_inside_a_section(w):
    return pe_signed(w, "certificates-at: 1000\n")


@case("invalid", "the certificate table is not behind section 2")
def pe_whose_table_lies_between_sections(w):
    return pe_signed(w, "section: .data hex 77\ncertificates-at: 1024\n")


@case("invalid", "the certificate table is not behind section 2")
def pe_whose_table_lies_below_sections_in_another_order(w):
    # The second section comes first in the file and is the longer one.
    return pe_signed(w, "section: .data hex 77\npoke: sections+20 00040000"
                     "\npoke: sections+60 00020000\n"
                     "poke: sections+56 00060000\n")


@case("invalid", "the certificate table lies inside the headers")
def pe_whose_headers_are_said_to_be_longer(w):
    return pe_signed(w, "poke: opt+60 01040000\n")


@case("invalid", "section 1 is loaded from the headers")
def pe_whose_section_is_loaded_from_the_headers(w):
    return pe_signed(w, "poke: sections+20 ff010000\n")


@case("expires")
def pe_that_is_mapped_as_it_lies(w):
    # Its alignment is less than a page; its section follows the headers.
    return pe_signed(w, "poke: opt+32 80000000 80000000\n"
                     "poke: sections+20 c0010000\n")


@case("expires")
def pe_with_seven_bytes_of_padding(w):
    return pe_signed(w, "certificates-tail: 00*7\n")


@case("invalid", "the certificate table is not the end of the file")
def pe_with_more_behind_its_table(w):
    return pe_signed(w, "certificates-tail: 00*8\n")


@case("expires")
def pe_with_an_overlay_before_its_table(w):
    return pe_signed(w, "append: text behind the sections\n")


@case("expires")
def pe_with_a_section_that_has_no_bytes(w):
    return pe_signed(w, "section: .bss hex 00\npoke: sections+56 00f0ffff "
                     "00000000\n")


@case("unreadable", "certificate table entry of 0 bytes")
def pe_whose_table_is_zeros(w):
    return pe_file(bytes(64))


@case("unreadable", "certificate table entry of")
def pe_whose_table_is_shorter_than_an_entry(w):
    return pe_file(b"\1" + bytes(7), "poke: dirs+36 07000000\n")


@case("expires")
def pe_with_padding_in_its_table(w):
    return pe_file(entry(w.signed(indirect(pe_digest()))) + bytes(40))


# ------------------------------------------------------ nobody's signature
@case("unsigned", count=0)
def a_catalogue_without_a_signer(w):
    return w.data(catalogue(), [], kind=CTL)


@case("unsigned", count=0)
def a_catalogue_without_certificates_too(w):
    return seq(oid(SIGNED_DATA), context(0, seq(
        integer(1), set_of(), seq(oid(CTL), context(0, catalogue())),
        set_of())))


@case("unreadable", "list of signers is broken")
def a_catalogue_whose_signer_is_cut_short(w):
    return w.data(catalogue(), [b"\x30\x05"], kind=CTL)


@case("unsigned", count=0)
def a_bag_of_certificates(w):
    return seq(oid(SIGNED_DATA), context(0, seq(
        integer(1), set_of(), seq(oid(DATA)),
        context(0, w.pki.der("good"), w.pki.der("ca")), set_of())))


# ---------------------------------------------------------------- cabinets
def cab_signed(w, more="", kind=CAB):
    """Signed as if it were all right: the digest matches."""
    def made(p7):
        return mkcab.build("file: a text It was a dark and stormy night.\n"
                           "signature: %s\n%s" % (p7.hex(), more))
    size = len(w.signed(indirect()))
    data = made(bytes(size))
    end = len(data) - size - len(mkcab.data_of(
        "".join(line[8:] for line in more.splitlines()
                if line.startswith("append: "))))
    digest = hashlib.new(MD, data[:4] + data[8:34] + data[56:end]).digest()
    return made(w.signed(indirect(digest, kind=kind)))


@case("expires")
def cab_signed_by_our_writer(w):
    return cab_signed(w)


@case("expires")
def cab_signed_as_a_link(w):
    return cab_signed(w, kind=LINK)


@case("invalid", "a file of another kind")
def cab_with_the_signature_of_a_package(w):
    return cab_signed(w, kind=MSI)


@case("expires")
def cab_that_is_the_second_of_a_set(w):
    return cab_signed(w, "previous: a.cab | 1\npoke: header+34 0100\n")


@case("invalid", "cabinet 1 of a set has none before it")
def cab_that_is_called_the_second_of_a_set(w):
    return cab_signed(w, "poke: header+34 0100\n")


@case("invalid", "the header has a checksum")
def cab_with_a_checksum(w):
    return cab_signed(w, "poke: header+4 01\n")


@case("invalid", "the reserve is not that of a signature")
def cab_with_a_longer_reserve(w):
    return cab_signed(w, "poke: header+36 1800\n")


@case("invalid", "the reserve is not that of a signature")
def cab_with_a_reserve_in_its_folders(w):
    return cab_signed(w, "poke: header+38 04\n")


@case("invalid", "the reserve is not that of a signature")
def cab_with_a_reserve_in_its_data(w):
    return cab_signed(w, "poke: header+39 04\n")


@case("invalid", "the reserve is not that of a signature")
def cab_with_other_bytes_in_its_reserve(w):
    return cab_signed(w, "poke: reserve+12 01\n")


@case("invalid", "the signature is not the end of the file")
def cab_with_more_behind_its_signature(w):
    return cab_signed(w, "append: 00\n")


# ---------------------------------------------------------------- packages
def package(signature, storages=("S",), streams=(("A", "one"), ("AB", "two"))):
    """A compound file; the signature stream is left out when it is None."""
    path, lines = "", []
    for name in storages:
        path = path + "/" + name if path else name
        lines.append("storage: " + path)
    lines.append("stream: %s/inner text inside" % path)
    lines += ["stream: %s text %s" % pair for pair in streams]
    if signature is not None:
        lines.append("stream: \\x05DigitalSignature hex " +
                     signature.hex())
    return mkcfb.build("\n".join(lines) + "\n")


@case("expires")
def package_with_names_that_begin_alike(w):
    digest = hashlib.new(MD, b"one" + b"two" + b"inside" + bytes(16) +
                         bytes(16)).digest()
    return package(w.signed(indirect(digest, kind=MSI)))


@case("invalid", "the file is not the one that was signed")
def package_whose_streams_changed_places(w):
    digest = hashlib.new(MD, b"one" + b"two" + b"inside" + bytes(16) +
                         bytes(16)).digest()
    return package(w.signed(indirect(digest, kind=MSI)),
                   streams=(("A", "two"), ("AB", "one")))


@case("limit reached", "more than 16 storages", count=0)
def package_of_many_storages(w):
    return package(w.signed(), storages="CDEFGHIJKLMNOPQR")


@case("unsigned", count=0)
def package_without_a_signature(w):
    return package(None)


@case("unreadable", "the PKCS #7 is broken")
def package_whose_signature_is_garbage(w):
    return package(b"garbage")


def signed_package(w, streams, **more):
    """One whose digest is of STREAMS, which are digested in this order."""
    digest = hashlib.new(MD, b"".join(
        text.encode() for _, text in streams) + bytes(16)).digest()
    return mkcfb.build("\n".join(
        ["stream: %s text %s" % pair for pair in streams] +
        ["stream: %s text %s" % pair for pair in more.get("hidden", ())] +
        ["stream: \\x05DigitalSignature hex " +
         w.signed(indirect(digest, kind=more.get("kind", MSI))).hex()] + list(more.get("lines", ()))) +
        "\n")


TWO = (("A", "one"), ("B", "two"))


@case("expires")
def package_of_two_streams(w):
    return signed_package(w, TWO)


@case("invalid", "a file of another kind")
def package_with_the_signature_of_an_executable(w):
    return signed_package(w, TWO, kind=PE)


@case("invalid", "goes on behind a NUL")
def package_with_a_stream_hidden_behind_a_nul(w):
    return signed_package(w, TWO, hidden=[
        ("\\x05DigitalSignature\\x00more", "hidden")])


@case("invalid", "goes on behind a NUL")
def package_with_another_hidden_behind_a_nul(w):
    return signed_package(w, TWO, hidden=[
        ("\\x05MsiDigitalSignatureEx\\x00", "hidden")])


@case("invalid", "goes on behind a NUL")
def package_that_was_signed_with_a_nul_in_a_name(w):
    return signed_package(w, (("A", "one"), ("A\\x00B", "two")))


@case("malformed", "goes on behind a NUL", count=0)
def package_without_a_signature_and_a_nul_in_a_name(w):
    return package(None, streams=(("A\\x00B", "one"),))


@case("invalid", "the file is not the one that was signed")
def package_with_an_empty_storage_for_a_signature(w):
    return signed_package(w, TWO, lines=[
        "storage: \\x05MsiDigitalSignatureEx {00000000-0000-0000-0000-"
        "000000000001}"])


def with_prehash(w, signed, first, prehash):
    """What was SIGNED; in the file the first stream is FIRST, and there is a
    stream for the digest of names and lengths."""
    digest = hashlib.new(MD, signed + bytes(16)).digest()
    return mkcfb.build("stream: A hex %s\n"
                       "stream: \\x05MsiDigitalSignatureEx hex %s\n"
                       "stream: \\x05DigitalSignature hex %s\n" % (
                           first.hex(), prehash.hex(),
                           w.signed(indirect(digest, kind=MSI)).hex()))


@case("invalid", "is not where its name is looked for")
def package_with_names_that_differ_in_case(w):
    return signed_package(w, (("A", "one"), ("a", "two")))


@case("invalid", "is not where its name is looked for")
def package_with_an_empty_signature_of_another_case(w):
    # No byte more is digested. Windows finds one of the two, or the other.
    return signed_package(w, TWO, lines=[
        "stream: \\x05digitalsignature hex"])


@case("invalid", "is not where its name is looked for")
def package_whose_stream_is_not_found_by_its_name(w):
    # "A" and "B" changed places in the tree; each keeps what it holds.
    made = bytearray(signed_package(w, (("A", "one"), ("B", "two"),
                                        ("C", "three"))))
    root = (struct.unpack_from("<I", made, 48)[0] + 1) * 512
    for at in range(root, root + 1024, 128):
        if made[at:at + 4] == b"B\0\0\0":
            left, right = struct.unpack_from("<II", made, at + 68)
            struct.pack_into("<II", made, at + 68, right, left)
    return bytes(made)


@case("invalid", "what MsiDigitalSignatureEx says of names and lengths is not")
def package_with_an_empty_digest_of_its_names(w):
    return with_prehash(w, b"one", b"one", b"")


@case("invalid", "what MsiDigitalSignatureEx says of names and lengths is not")
def package_whose_first_bytes_became_the_digest_of_its_names(w):
    return with_prehash(w, bytes(32) + b"one", b"one", bytes(32))


@case("invalid", "what MsiDigitalSignatureEx says of names and lengths is not")
def package_whose_first_bytes_became_that_digest_and_are_taken_twice(w):
    return with_prehash(w, bytes(32) + b"one", b"one", bytes(16))


@case("invalid", "more behind the last sector in use")
def package_with_a_byte_behind_its_end(w):
    return signed_package(w, TWO) + b"P"


@case("invalid", "more behind the last sector in use")
def package_with_sectors_behind_its_end(w):
    return signed_package(w, TWO) + b"PK" + bytes(2000)


@case("invalid", "more behind the last sector in use")
def package_with_a_spare_sector_of_its_directory_behind_its_end(w):
    # The chain of the directory goes on; what is in it is in no tree.
    made = bytearray(signed_package(w, TWO))
    chain(made, 48, b"PK".ljust(512, b"\0"))
    return bytes(made)


@case("invalid", "more behind the last sector in use")
def package_with_a_spare_sector_of_its_mini_fat_behind_its_end(w):
    made = bytearray(signed_package(w, TWO))
    chain(made, 60, b"PK".ljust(512, b"\0"))
    return bytes(made)


@case("expires")
def package_with_a_spare_sector_that_is_blank(w):
    made = bytearray(signed_package(w, TWO))
    chain(made, 60, b"\xff" * 512)
    return bytes(made)


@case("invalid", "more behind the last sector in use")
def package_with_a_longer_mini_stream_than_it_needs(w):
    made = bytearray(signed_package(w, TWO))
    root = (struct.unpack_from("<I", made, 48)[0] + 1) * 512
    at = chain(made, root + 116, b"PK".ljust(512, b"\0"))
    struct.pack_into("<I", made, root + 120, at * 512)
    return bytes(made)


def chain(made, place, data):
    """Append DATA as a sector to the chain that begins at the number in
    PLACE; gives the sectors of the chain."""
    fat = (struct.unpack_from("<I", made, 76)[0] + 1) * 512
    last, = struct.unpack_from("<I", made, place)
    count = 2
    while True:
        after, = struct.unpack_from("<I", made, fat + 4 * last)
        if after == 0xFFFFFFFE:
            break
        last, count = after, count + 1
    new = len(made) // 512 - 1
    struct.pack_into("<I", made, fat + 4 * last, new)
    struct.pack_into("<I", made, fat + 4 * new, 0xFFFFFFFE)
    made += data
    return count


if __name__ == "__main__":
    run_cases()
