#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The machine's OpenSSL configuration has no say. TAP.

A signature with SHA-1 is judged under configurations that forbid it or
break OpenSSL altogether; the judgement stays the same to the byte. Each
configuration is first shown to stop the openssl tool itself.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, os.pardir, "tools")]
sys.dont_write_bytecode = True

import tap                                                     # noqa: E402
from der import Node, context, octets, oid, seq                # noqa: E402
from pki import (CONTENT_TYPE, COUNTERSIGNATURE,               # noqa: E402
                 MESSAGE_DIGEST, SPC_INDIRECT, Pki, attribute, imprint)

SIGDUMP = os.path.join(os.path.dirname(os.environ["ROLLCALL"]), "tests",
                       "tools", "sigdump")
POLICIES = {
    "FIPS algorithms only": """
openssl_conf = init
[init]
alg_section = algorithms
[algorithms]
default_properties = fips=yes
""",
    "no provider but the null one": """
openssl_conf = init
[init]
providers = providers
[providers]
null = null
[null]
activate = 1
""",
    "a configuration that cannot be loaded": """
config_diagnostics = 1
openssl_conf = init
[init]
providers = providers
[providers]
none = none
[none]
module = /nonexistent/provider.so
activate = 1
""",
}


def write_signature(pki, path):
    content = seq(seq(oid("1.3.6.1.4.1.311.2.1.15")),
                  imprint("sha1", b"body"))
    digest = hashlib.sha1(Node(content).body).digest()
    info = Node(pki.signer_info("good", "sha1", [
        attribute(CONTENT_TYPE, oid(SPC_INDIRECT)),
        attribute(MESSAGE_DIGEST, octets(digest))]))
    stamp = pki.countersignature("tsa-good", "sha1", info[5].body)
    info = seq(*[c.whole for c in info.children()],
               context(1, attribute(COUNTERSIGNATURE, stamp)))
    with open(path, "wb") as f:
        f.write(pki.signed_data(SPC_INDIRECT, content, [info],
                                pki.chain("good") + pki.chain("tsa-good"),
                                "sha1"))


def judge(pki, path, config):
    """The judgement of PATH, its anchor read from PEM too."""
    return subprocess.run(
        [SIGDUMP, "anchor=" + pki.cert("root"), "at=2014-01-01", path],
        env=dict(os.environ, OPENSSL_CONF=config), capture_output=True,
        text=True).stdout


def stops_openssl(config):
    done = subprocess.run(["openssl", "dgst", "-sha1"], input=b"",
                          env=dict(os.environ, OPENSSL_CONF=config),
                          capture_output=True)
    return done.returncode != 0


def main():
    if tap.left_out():
        print("1..0 # SKIP " + tap.left_out())
        return
    if not shutil.which("openssl"):
        print("1..0 # SKIP openssl is not installed")
        return
    print("1..%d" % len(POLICIES))
    with tempfile.TemporaryDirectory() as folder:
        pki = Pki(folder)
        path = pki.path("sha1.p7")
        write_signature(pki, path)
        want = judge(pki, path, pki.path("none.cnf"))
        for number, (name, text) in enumerate(POLICIES.items(), 1):
            config = pki.path("policy%d.cnf" % number)
            with open(config, "w") as f:
                f.write(text)
            good = (stops_openssl(config) and "\nverdict valid\n" in want and
                    judge(pki, path, config) == want)
            print("%s %d - %s" % ("ok" if good else "not ok", number, name))


if __name__ == "__main__":
    main()
