#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""catalogue learn, overlays, and what digests tell of packages. TAP.

Original and re-release are told apart by digests that were learned, and by
digests that the catalogue itself has; both ways must give the same answers.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SRC = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SRC, "tests", "tools"))

import mksign                                           # noqa: E402
import mkvolume                                         # noqa: E402

AT = ["--at", "2012-10-20"]
GUID = "{A000000%d-5A5A-4A5A-8A5A-000000000000}"
TARGET = "target: " + mkvolume.CODE_2010_2013
TITLES = {
    "v1": "Update Rollup 4 for Exchange Server 2010 Service Pack 2 "
          "(KB2706690) 14.2.318.2",
    "v2": "Update Rollup 4-v2 for Exchange Server 2010 Service Pack 2 "
          "(KB2756485) 14.2.318.4",
    "odd": "Some update",
}
NAMES = {"v1": "Exchange2010-KB2706690-x64-EN.msp",
         "v2": "Exchange2010-KB2756485-v2-x64-EN.msp",
         "odd": "some.msp"}
VOLUME = """windows 2008r2 EXCH01 fixed
exchange 2010 base 14.2.247.5
exsetup 14.2.318.4
patch "%s" code %s installed 20121012 package %s
marker "Exchange 2010\\SP1\\KB2756485"
""" % (TITLES["v2"], GUID % 2, NAMES["v2"])
DIGEST = '          <digest algorithm="sha256" hex="%s" sources="SB"/>\n'


def package(which, how="good", number=None, metadata=True):
    number = number or {"v1": 1, "v2": 2, "odd": 3}[which]
    return mksign.package("\n".join((
        "kind: msp", "code: " + GUID % number, TARGET,
        "title: " + TITLES[which],
        "metadata: DisplayName = " + TITLES[which])), how, metadata)


class Learn:
    def __init__(self, scratch):
        self.dir = scratch
        self.count = self.failed = 0
        self.root = self.write("root.pem", "-----BEGIN CERTIFICATE-----\n" +
                               base64.encodebytes(mksign.PKI.der("root"))
                               .decode() + "-----END CERTIFICATE-----\n")
        self.site = self.write("site.xml", mksign.overlay("site"))
        for which, name in NAMES.items():
            self.write(name, package(which))

    def path(self, *parts):
        return os.path.join(self.dir, *parts)

    def write(self, name, data):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return path

    def run(self, *args):
        return subprocess.run([ROLLCALL] + list(args), capture_output=True,
                              text=True)

    def learn(self, *args):
        return self.run("catalogue", "learn", *AT, *args)

    def point(self, name, *wrong):
        wrong = [str(w) for w in wrong if w]
        self.count += 1
        self.failed += bool(wrong)
        for line in "\n".join(wrong).splitlines():
            print("# " + line)
        print("%s %d - %s" % ("not ok" if wrong else "ok", self.count, name))

    def refused(self, name, says, *args):
        """Nothing is learned: the reason is told, and no overlay written."""
        done = self.learn(*args)
        self.point(name, done.returncode != 65 and done,
                   says not in done.stderr and done, done.stdout)

    # ------------------------------------------------------------- learning
    def learning(self):
        files = [self.path(NAMES[w]) for w in ("v1", "v2")]
        done = self.learn("--anchor", self.root, "--name", "held",
                          "--output", self.path("held.xml"), *files)
        with open(self.path("held.xml"), encoding="utf-8") as f:
            xml = f.read()
        missing = [t for w in ("v1", "v2") for t in (
            hashlib.sha256(package(w)).hexdigest(),
            hashlib.sha1(package(w)).hexdigest(), NAMES[w],
            GUID % (1 if w == "v1" else 2)) if t not in xml]
        self.point("two packages are learned", done.returncode and done,
                   missing, 'name="held"' not in xml and xml,
                   re.findall('release="(.*?)"', xml) !=
                   ["2010-sp2-ru4", "2010-sp2-ru4-v2"] and xml)
        if shutil.which("xmllint"):
            lint = subprocess.run(
                ["xmllint", "--noout", "--relaxng",
                 os.path.join(SRC, "data", "catalogue.rng"),
                 self.path("held.xml")], capture_output=True, text=True)
            self.point("the overlay is of the grammar",
                       lint.returncode and lint.stderr)
        else:
            self.point("the overlay is of the grammar # SKIP no xmllint")
        again = self.learn("--anchor", self.root, "--name", "held", *files)
        self.point("the same packages give the same overlay",
                   again.stdout != xml and again.stdout)
        twice = self.learn("--anchor", self.root, "--overlay",
                           self.path("held.xml"), *files)
        self.point("also when they are known", twice.returncode and twice)

    def refusals(self):
        good = self.path(NAMES["v2"])
        anchor = ("--anchor", self.root)
        self.refused("not without an anchor", "not learned: ", good)
        for how, says in (("flipped", "not the one that was signed"),
                          ("unsigned", "no signature"),
                          ("stranger", "not learned: ")):
            path = self.write(how + "/" + NAMES["v2"], package("v2", how))
            self.refused("nothing that is " + how, says, *anchor, path)
        self.refused("no package of an unknown release",
                     "which release it is cannot be told", *anchor,
                     self.path(NAMES["odd"]))
        path = self.write("lies/" + NAMES["v2"], package("v1"))
        self.refused("no package under the name of another release",
                     "name is that of another release", *anchor, path)
        path = self.write("bare/" + NAMES["v2"],
                          package("v2", metadata=False))
        self.refused("no unknown code under a signature without names",
                     "its patch code is not known", *anchor, path)
        known = self.learn(*anchor, "--overlay", self.path("held.xml"), path)
        self.point("a known one is", known.returncode and known)
        path = self.write("tail/" + NAMES["v2"], package("v2") + b"PK")
        self.refused("nothing with more behind its end",
                     "more behind the last sector", *anchor, path)
        self.refused("no other file", "no patch of Windows Installer",
                     *anchor, self.root)
        some = self.learn(*anchor, good, self.root)
        self.point("the rest is learned all the same",
                   some.returncode != 1 and some,
                   NAMES["v2"] not in some.stdout and some)
        gone = self.learn(*anchor, good, self.path("gone.msp"))
        self.point("a file that is not there ends it",
                   gone.returncode != 66 and gone, gone.stdout)
        name = self.learn(*anchor, "--name", "a--b", good)
        self.point("the name is held to the grammar",
                   name.returncode != 64 and name)
        old = self.write("old/" + NAMES["v1"], package("v1", "defective"))
        done = self.run("catalogue", "learn", "--at", "2014-01-01",
                        "--overlay", self.site, old)
        self.point("an expired signature was sound while it lasted",
                   done.returncode and done)

    # ------------------------------------------------------------ comparing
    def volume(self, name, cached):
        """The server with RU4-v2, and CACHED as its package."""
        volume = mkvolume.parse(VOLUME)
        local = [p for p, _ in volume.files.values() if p.endswith(".msp")]
        volume.put(local[0], cached)
        volume.write(lambda letter: self.path(name))
        return self.path(name)

    def scan(self, root, *args):
        done = self.run("scan", *AT, "--format", "json", "--overlay",
                        self.site, *args, root)
        return json.loads(done.stdout), done

    def compare(self, name, root, listed, codes, *args):
        result, done = self.scan(root, *args)
        host = result["hosts"][0]
        package = host["exchange"][0]["updates"][0]["package"]
        have = sorted(f["code"] for f in host["findings"]
                      if f["code"].startswith("package."))
        self.point(name, have != codes and have,
                   package["listed"] is not listed and package,
                   "2010-sp2-ru4-v2" != host["exchange"][0]["release"]["id"]
                   and done.stderr)
        return result

    def catalogue(self):
        """The built-in one with the two digests in it."""
        with open(os.path.join(SRC, "data", "exchange.xml"),
                  encoding="utf-8") as f:
            xml = f.read()
        for which in ("v1", "v2"):
            digest = DIGEST % hashlib.sha256(package(which)).hexdigest()
            xml, n = re.subn(
                r'(<package name="%s"\s+evidence="\w+")\s+'
                r'digests="none-public">\n' % NAMES[which],
                r'\1>\n' + digest, xml, flags=re.I)
            if n != 1:
                raise SystemExit("no package %s to edit" % NAMES[which])
        return self.write("catalogue.xml", xml)

    def comparing(self):
        right = self.volume("right", package("v2"))
        # The code that is registered, and the bytes of another build of it.
        other = self.volume("other", package("v2", "unstamped"))
        # The same code in what the digest says is the original.
        swapped = self.volume("swapped", package("v1"))
        self.compare("nothing is known of digests", right, None,
                     ["package.unlisted"])
        for how, *args in (("learned", "--overlay", self.path("held.xml")),
                           ("of the catalogue", "--catalogue",
                            self.catalogue())):
            self.compare("the right package, digests " + how, right, True,
                         [], *args)
            self.compare("other bytes, digests " + how, other, False,
                         ["package.mismatch"], *args)
            self.compare("the original's package, digests " + how, swapped,
                         True, ["package.mismatch"], *args)
        result, _ = self.scan(right, "--overlay", self.path("held.xml"))
        self.point("overlays are named in order",
                   [o["name"] for o in result["overlays"]] !=
                   ["site", "held"] and result["overlays"])

    def broken(self):
        bad = self.write("bad.xml", mksign.overlay("bad").replace(
            'advisory="2749655"', 'advisory="1"'))
        done = self.run("scan", "--overlay", bad, self.dir)
        self.point("an overlay that does not fit is refused",
                   done.returncode != 65 and done,
                   'there is no advisory "1"' not in done.stderr and done)
        done = self.run("scan", "--overlay",
                        os.path.join(SRC, "data", "exchange.xml"), self.dir)
        self.point("a catalogue is no overlay",
                   done.returncode != 65 and done)


def main():
    with tempfile.TemporaryDirectory() as scratch:
        test = Learn(scratch)
        test.learning()
        test.refusals()
        test.comparing()
        test.broken()
    print("1..%d" % test.count)
    return 1 if test.failed else 0


if __name__ == "__main__":
    sys.exit(main())
