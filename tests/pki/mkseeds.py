#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Make the seeds of the authenticode fuzz target, and its anchor.

    mkseeds.py SRCDIR

Writes tests/fuzz/corpus/authenticode/ and tests/fuzz/authenticode.h. The keys
are new each time, so both are made together, and seldom.
"""

import hashlib
import os
import struct
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

import mkcab                                                    # noqa: E402
import mkmsp                                                    # noqa: E402
import mkpe                                                     # noqa: E402
from der import Node, context, octets, oid, seq, utc_time, null  # noqa: E402
from pki import (CONTENT_TYPE, COUNTERSIGNATURE, CTL,           # noqa: E402
                 MESSAGE_DIGEST, NESTED, SIGNED, SPC_INDIRECT, TOKEN, Pki,
                 attribute, imprint)

HEADER = """\
/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_AUTHENTICODE_H
#define ROLLCALL_TESTS_AUTHENTICODE_H

#include <stdint.h>

/*
 * What the seeds in corpus/authenticode/ rest on; made by mkseeds.py. They
 * sign a file whose bytes are "body".
 */
%s
#endif
"""


def array(name, data):
    rows = ["\t" + " ".join("0x%02x," % b for b in data[i:i + 11])
            for i in range(0, len(data), 11)]
    return "static const uint8_t %s[] = {\n%s\n};\n" % (name, "\n".join(rows))


def seed(pki, md, signer, stamp, stamper, content=None, kind=SPC_INDIRECT,
         unsigned=()):
    content = content or seq(seq(oid("1.3.6.1.4.1.311.2.1.15")),
                             imprint(md, b"body"))
    digest = hashlib.new(md, Node(content).body).digest()
    info = Node(pki.signer_info(signer, md, [
        attribute(CONTENT_TYPE, oid(kind)),
        attribute(MESSAGE_DIGEST, octets(digest))]))
    signature = [c for c in info.children() if c.tag == 0x04][0].body
    names, unsigned = pki.chain(signer), list(unsigned)
    if stamp == "rfc3161":
        unsigned.append(attribute(TOKEN, pki.token(
            stamper, md, imprint(md, signature))))
    elif stamp:
        names = names + pki.chain(stamper)
        unsigned.append(attribute(COUNTERSIGNATURE, pki.countersignature(
            stamper, "sha1", signature, bare=stamp == "bare")))
    parts = [c.whole for c in info.children()]
    if unsigned:
        parts.append(context(1, *unsigned))
    return pki.signed_data(kind, content, [seq(*parts)], names, md)


def seeds(pki):
    nested = seed(pki, "sha256", "good", "rfc3161", "tsa-good")
    catalogue = seq(seq(oid("1.3.6.1.4.1.311.12.1.1")), octets(b"list"),
                    utc_time(SIGNED), seq(oid("1.3.6.1.4.1.311.12.1.2"),
                                          null()))
    return {
        "plain": seed(pki, "sha1", "good", None, None),
        "pkcs9": seed(pki, "sha1", "good", "pkcs9", "tsa-good"),
        "bare": seed(pki, "md5", "good", "bare", "tsa-good"),
        "rfc3161": nested,
        "defective": seed(pki, "sha1", "good", "pkcs9", "tsa-defective"),
        "nested": seed(pki, "sha1", "good", "pkcs9", "tsa-noeku",
                       unsigned=[attribute(NESTED, nested, nested)]),
        "catalogue": seed(pki, "sha1", "good", "pkcs9", "tsa-good",
                          content=catalogue, kind=CTL),
        "stranger": seed(pki, "sha256", "stranger", "rfc3161",
                         "tsa-stranger"),
        "critical": seed(pki, "sha256", "critical", None, None),
        "deep": seed(pki, "sha256", "deep", None, None),
    }


def containers(p7):
    """Files that hold P7, which is not of them."""
    entry = struct.pack("<IHH", 8 + len(p7), 0x200, 2) + p7
    entry += bytes(-len(entry) % 8)
    dse = "raw-stream: \\x05MsiDigitalSignatureEx hex %s\n" % bytes(32).hex()
    return {
        "pe": mkpe.build("certificates: %s\n" % (entry + entry).hex()),
        "cab": mkcab.build("file: a text a\nsignature: hex %s\n" % p7.hex()),
        "msi": mkmsp.build("kind: msi\nproperty: A = B\n"
                           "raw-stream: \\x05DigitalSignature hex %s\n%s"
                           % (p7.hex(), dse)),
    }


def main():
    folder = os.path.join(sys.argv[1], "tests", "fuzz")
    corpus = os.path.join(folder, "corpus", "authenticode")
    os.makedirs(corpus, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        pki = Pki(work)
        made = seeds(pki)
        files = {name + ".p7": data for name, data in made.items()}
        files.update(containers(made["pkcs9"]))
        for name, data in files.items():
            with open(os.path.join(corpus, name), "wb") as f:
                f.write(data)
        fields = [c for c in Node(pki.der("root"))[0].children()
                  if c.tag != 0xA0]
        with open(os.path.join(folder, "authenticode.h"), "w") as f:
            f.write(HEADER % "\n".join((
                array("root_subject", fields[4].whole),
                array("root_spki", fields[5].whole),
                array("defective_sha1",
                      hashlib.sha1(pki.der("tsa-defective")).digest()))))


if __name__ == "__main__":
    main()
