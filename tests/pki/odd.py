# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Signatures that no tool would write, one by one, and what they are worth.

A test marks the functions that build its files with case(), and ends with
run_cases().
"""

import hashlib
import os
import shutil
import subprocess
import tempfile

from der import Node, context, integer, octets, oid, seq, set_of
from pki import (CONTENT_TYPE, MESSAGE_DIGEST, NESTED, SIGNED_DATA,
                 SPC_INDIRECT, Pki, algorithm, attribute)
from tap import sampled

SIGDUMP = os.path.join(os.path.dirname(os.environ["ROLLCALL"]), "tests",
                       "tools", "sigdump")
MD = "sha256"
# The type inside SpcIndirectDataContent, by kind of file.
PE, CAB, LINK, MSI = ("1.3.6.1.4.1.311.2.1.%d" % n for n in (15, 25, 28, 30))


def indirect(digest=None, md=MD, kind=PE):
    digest = digest or hashlib.new(md, b"body").digest()
    return seq(seq(oid(kind)),
               seq(algorithm(md), octets(digest)))


class Writer:
    def __init__(self, folder):
        self.pki = Pki(folder)

    def attrs(self, content, kind=SPC_INDIRECT):
        digest = hashlib.new(MD, Node(content).body).digest()
        return [attribute(CONTENT_TYPE, oid(kind)),
                attribute(MESSAGE_DIGEST, octets(digest))]

    def info(self, content, attrs=None, unsigned=(), signer="good",
             kind=SPC_INDIRECT):
        if attrs is None:
            attrs = self.attrs(content, kind)
        return self.pki.signer_info(signer, MD, attrs, unsigned)

    def data(self, content, infos, names=("good", "ca"), kind=SPC_INDIRECT,
             extra=()):
        certs = [self.pki.der(name) for name in names]
        return seq(oid(SIGNED_DATA), context(0, seq(
            integer(1), set_of(algorithm(MD)),
            seq(oid(kind), context(0, content)),
            context(0, *extra, *certs), set_of(*infos))))

    def signed(self, content=None, kind=SPC_INDIRECT, **more):
        """An ordinary signature; MORE goes to info()."""
        content = content or indirect()
        return self.data(content, [self.info(content, kind=kind, **more)],
                         kind=kind)

    def stamped(self, make, names, signer="good"):
        """With the unsigned attributes MAKE(signature) and certificates."""
        content = indirect()
        info = Node(self.info(content, signer=signer))
        whole = seq(*[c.whole for c in info.children()],
                    context(1, *make(info[5].body)))
        return self.data(content, [whole], (signer, "ca") + tuple(names))

    def stamp(self, name, signature, **more):
        return self.pki.countersignature(name, "sha1", signature, **more)

    def nested(self, *values):
        return self.signed(unsigned=[attribute(NESTED, *values)])


# ------------------------------------------------------------------ cases
# Each builds a file from a Writer W; the name of the function is the name
# of the case.
CASES = []


def case(verdict, reason="", count=1, **more):
    """What the file is worth ("none": it was not judged), a part of the
    reason, signatures in it; who is distrusted, anchors beside "root", and the
    seconds of a processor that it may take."""
    def add(build):
        CASES.append((build, verdict, reason, count, more))
        return build
    return add


def judge(writer, data, distrust=None, distrust_key=None, anchors=()):
    more = ["anchor=" + writer.pki.cert(name) for name in anchors]
    if distrust:
        more.append("distrust=" + hashlib.sha256(writer.pki.der(distrust))
                    .hexdigest())
    if distrust_key:
        more.append("distrust-key=" + hashlib.sha256(
            Node(writer.pki.der(distrust_key))[0][6].whole).hexdigest())
    path = writer.pki.path("file")
    with open(path, "wb") as f:
        f.write(data)
    done = subprocess.run([SIGDUMP, "anchor=" + writer.pki.cert("root"),
                           "at=2012-12-01", *more, path], capture_output=True,
                          text=True)
    return done.stdout if done.returncode == 0 else \
        "\nverdict none\n" + done.stderr


def spent():
    """Seconds that other programs took, all together."""
    return os.times().children_user


def run_cases():
    if not shutil.which("openssl"):
        print("1..0 # SKIP openssl is not installed")
        return
    cases = sampled(CASES, lambda row: row[0].__name__)
    print("1..%d" % len(cases))
    with tempfile.TemporaryDirectory() as folder:
        writer = Writer(folder)
        for number, (build, verdict, reason, count, more) in enumerate(
                cases, 1):
            data, most = build(writer), more.pop("seconds", 60)
            before = spent()
            text = judge(writer, data, **more)
            text += "\n%.1f seconds" % (spent() - before)
            good = (spent() - before < most and
                    ("\nverdict %s\n" % verdict in text or
                     "\nstatus %s\n" % verdict in text) and
                    reason in text and text.count("\nlevel ") == count)
            if not good:
                print("# want %s, %d levels, %s" % (verdict, count, reason))
                print("# " + "\n# ".join(text.splitlines()))
            print("%s %d - %s" % ("ok" if good else "not ok", number,
                                  build.__name__.replace("_", " ")))
