#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What "rollcall catalogue import" makes of files like wsusscn2.cab (TAP).

They are written by tests/tools/mkwsus.py, sound ones and such as are damaged,
forged, or contradict themselves: of these, nothing may be written and the
reason has to be said. With "large", the only test is one with 100,000 updates:
how much memory it takes.
"""
import os
import re
import struct
import subprocess
import sys
import tempfile
import time

SRC = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
REAL = os.environ.get("ROLLCALL_REAL")
sys.path[:0] = [os.path.join(SRC, "tests", d) for d in ("tools", "pki")]
sys.dont_write_bytecode = True

from mkcab import LZX                                           # noqa: E402
import mkwsus                                                   # noqa: E402
from mkwsus import MSZIP, STORED, File, Scan, Update, bundle    # noqa: E402
from tap import Tap, sampled                                    # noqa: E402

AT = "2026-11-25"
MEMORY = 64 * 1024              # KiB
BAD_DATA, NO_INPUT = 65, 66
STARTS = (0, 20000)


class Run:
    def __init__(self, folder):
        self.dir = folder
        self.tmp = os.path.join(folder, "tmp")
        os.mkdir(self.tmp)
        self.output = os.path.join(folder, "out.xml")

    def write(self, data, name="wsusscn2.cab"):
        path = os.path.join(self.dir, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def imported(self, path, *options, tmp=None):
        """(exit code, overlay or None, what was told)"""
        if os.path.exists(self.output):
            os.unlink(self.output)
        done = subprocess.run(
            [ROLLCALL, "catalogue", "import", "--at", AT, "--output",
             self.output, *options, path], capture_output=True, text=True,
            env=dict(os.environ, TMPDIR=tmp or self.tmp))
        text = None
        if os.path.exists(self.output):
            with open(self.output, encoding="utf-8") as f:
                text = f.read()
        return done.returncode, text, done.stdout + done.stderr

    def left(self):
        return ["left behind: " + n for n in os.listdir(self.tmp)]


def without_id(text):
    """Without what names the file: its id and where it was."""
    return re.sub(r'WSUS\.[0-9a-f]{16}|where="[^"]*"', "", text or "nothing")


# -------------------------------------------------------------------- sound
def extends(text):
    """{release: (patch codes, {package: {algorithm: hex}})}"""
    out = {}
    for release, inside in re.findall(
            r'<extend release="([^"]*)">(.*?)</extend>', text or "", re.S):
        packages = {}
        for name, digests in re.findall(
                r'<package name="([^"]*)"(.*?)</package>', inside, re.S):
            packages[name] = dict(re.findall(
                r'algorithm="(\w+)"\s+hex="(\w+)"', digests))
        out[release] = (re.findall(r'<patch code="([^"]*)"', inside),
                        packages)
    return out


WANTED = {
    "2010-sp2-ru4": ("{11111111-2222-3333-4444-55555555ABCD}",
                     "exchange2010-kb2706690-x64-en.cab"),
    "2010-sp2-ru5-v2": ("{99999999-2222-3333-4444-55555555ABCD}",
                        "exchange2010-kb2785908-x64-en.cab"),
    "2019-cu14-nov24su": ("{77777777-2222-3333-4444-55555555ABCD}",
                          "exchange2019-kb5044062-x64-en.cab"),
}


def everything_is_there(code, text, told):
    if code != 0:
        yield "exit %d: %s" % (code, told)
    wanted = {release: ([patch], {name: {
        "sha1": File(name).sha1.hex(), "sha256": File(name).sha256.hex()}})
        for release, (patch, name) in WANTED.items()}
    if extends(text) != wanted:
        yield "%s, not %s" % (extends(text), wanted)
    if "8 updates, 6 of them of Exchange" not in told:
        yield told


def sound(t, r):
    texts = set()
    for method, outer, name in ((MSZIP, STORED, "packed in stored"),
                                (STORED, STORED, "all stored"),
                                (MSZIP, MSZIP, "all packed"),
                                (LZX, STORED, "LZX in stored"),
                                (LZX, LZX, "all LZX")):
        path = r.write(Scan(mkwsus.sound(), STARTS, method, outer).pack())
        code, text, told = r.imported(path, "--unsigned")
        t.point(name, [*everything_is_there(code, text, told), *r.left()])
        texts.add(without_id(text))
        first = text
    t.point("the same of all of them", [] if len(texts) == 1 else texts)

    code, text, told = r.imported(path, "--unsigned")
    again = r.write((text or "").encode(), "first.xml")
    code, more, told = r.imported(path, "--unsigned", "--overlay", again)
    t.point("a second time, nothing is new", [] if code == 0 and not extends(
        more) and " 0 taken" in told else [told, more])

    updates = mkwsus.sound()
    updates.reverse()
    path = r.write(Scan(updates, STARTS).pack())
    code, text, told = r.imported(path, "--unsigned")
    t.point("in another order",
            [] if without_id(text) in texts else [told, text])

    # What is bundled has the category, the bundle has none.
    bare = bundle(10001, kb="2706690", title="Update Rollup 4 for Exchange "
                  "Server 2010 Service Pack 2 (KB2706690)",
                  files=[File("exchange2010-kb2706690-x64-en.cab")],
                  patch=WANTED["2010-sp2-ru4"][0])
    bare[1].products, bare[0].products = bare[0].products, []
    bare[0].family = None
    code, text, told = r.imported(r.write(Scan(bare).pack()), "--unsigned")
    t.point("a bundle without a category", [] if list(
        extends(text)) == ["2010-sp2-ru4"] else [told, text])

    # As in a real one: what has to be there first, and what is superseded by
    # its own word, need not be published any more; and categories are
    # updates, of which no cabinet has anything.
    updates = mkwsus.sound()
    for u in updates:
        u.prerequisites = [mkwsus.EXCHANGE_2010, mkwsus.guid("detectoid")]
        u.supersedes = [*u.supersedes, mkwsus.guid("expired")]
    updates += [Update(30 + i, guid=g, prerequisites=[mkwsus.FAMILY],
                       category=True, silent=True)
                for i, g in enumerate((mkwsus.EXCHANGE_2010,
                                       mkwsus.EXCHANGE_2019))]
    code, text, told = r.imported(r.write(Scan(updates, STARTS).pack()),
                                  "--unsigned")
    t.point("prerequisites and superseded updates that are not in it", [] if
            extends(text) == extends(first) and "10 updates, 6 of them" in told
            else [told, text])

    code, text, told = r.imported(r.write(Scan(
        [Update(5, products=[mkwsus.WINDOWS], title="x")]).pack()),
        "--unsigned")
    t.point("nothing of Exchange", [] if code == 0 and not extends(text) and
            "1 updates, 0 of them of Exchange" in told else [told])


# ------------------------------------------------------------------ hostile
def changed(change, **more):
    scan = Scan(mkwsus.sound(), STARTS, **more)
    scan.changes.append(change)
    return scan.pack()


def in_piece(piece, old, new):
    def change(pieces):
        where, _, name = piece.partition(":")
        box = pieces[where] if name else pieces
        key = name or where
        if old not in box[key]:
            sys.exit("Bail out! no %s in %s" % (old, piece))
        box[key] = box[key].replace(old, new, 1)
    return changed(change)


def without(cabinet, name):
    def change(pieces):
        del pieces[cabinet][name]
    return changed(change)


def in_bytes(name, edit):
    def change(pieces):
        pieces["bytes"] = {name: edit}
    return changed(change)


def flipped(data):
    at = len(data) - len(data) // 4
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1:]


def unsummed(place, byte):
    """BYTE stands at PLACE of the first block, and no block has a checksum,
    so that it is for who unpacks to notice."""
    def edit(data):
        out = bytearray(data)
        at, blocks = struct.unpack_from("<IH", data, 36)
        out[at + 8 + place] = byte
        for _ in range(blocks):
            out[at:at + 4] = bytes(4)
            at += 8 + struct.unpack_from("<H", data, at + 4)[0]
        return bytes(out)
    return edit


def claims(name, size):
    """The first member says that it is so large."""
    def edit(data):
        files_at = struct.unpack_from("<I", data, 16)[0]
        return data[:files_at] + struct.pack("<I", size) + \
            data[files_at + 4:]
    return in_bytes(name, edit)


def one(**changes):
    """RU4 with something else about it."""
    def make():
        updates = mkwsus.sound()
        for key, value in changes.items():
            setattr(updates[0], key, value)
        return Scan(updates, STARTS).pack()
    return make


def second_is_bundled_by_first_child():
    updates = mkwsus.sound()
    updates[0].bundled_by = [updates[1].id]
    return Scan(updates, STARTS).pack()


def no_location():
    scan = Scan(mkwsus.sound(), STARTS)
    scan.locations = False
    return scan.pack()


def sha1_of(n):
    return mkwsus.sound()[n].files[0]


HOSTILE = {
    "no cabinet inside": (
        lambda: mkwsus.cabinet([("a.txt", b"a")]), "no index.xml"),
    "no package.cab": (
        lambda: mkwsus.cabinet([("index.xml", Scan([]).index().encode())]),
        "no package.cab"),
    "index.xml of something else": (
        lambda: in_piece("index.xml", "CABLIST", "LIST"), "index.xml"),
    "package.xml of something else": (
        lambda: in_piece("package.xml", mkwsus.NAMESPACE, "urn:other"),
        "no OfflineSyncPackage"),
    "a document type": (
        lambda: in_piece("package.xml", "<OfflineSyncPackage",
                         "<!DOCTYPE a [<!ENTITY b 'c'>]><OfflineSyncPackage"),
        "a document type is not allowed"),
    "a document type in a part": (
        lambda: in_piece("package2.cab:c/10001", "<UpdateIdentity",
                         "<!DOCTYPE a><UpdateIdentity"), "10001"),
    "nested too deep": (
        lambda: in_piece("package.xml", "<Updates>", "<a>" * 100),
        "nested too deep"),
    "an attribute of two megabytes": (
        lambda: in_piece("package.xml", 'PackageVersion="',
                         'PackageVersion="' + 2000000 * "a"), "too long"),
    "package.xml cut short": (
        lambda: in_piece("package.xml", "</OfflineSyncPackage>", ""),
        "package.cab"),
    "bundled in a circle": (
        second_is_bundled_by_first_child, "in a circle"),
    "bundled by itself": (one(bundled_by=[10001]), "in a circle"),
    "superseded in a circle": (
        lambda: in_piece("package.xml", 'RevisionId="10011" IsLeaf="true">',
                         'RevisionId="10011" IsLeaf="true"><SupersededBy>'
                         '<Revision Id="10001"/></SupersededBy>'),
        "in a circle"),
    "bundled by what is not there": (
        one(bundled_by=[4711]), "4711, which is not there"),
    "superseded by what is not there": (
        one(superseded_by=[4711]), "4711, which is not there"),
    "a revision twice": (
        lambda: Scan(mkwsus.sound() + [Update(10001)], STARTS).pack(),
        "10001 is there twice"),
    "a revision that is no number": (
        lambda: in_piece("package.xml", 'RevisionId="10001"',
                         'RevisionId="1e4"'), "without a RevisionId"),
    "a revision in no cabinet": (
        lambda: in_piece("index.xml", 'RANGESTART="0"',
                         'RANGESTART="10005"'), "in no cabinet"),
    "no core file": (
        lambda: without("package2.cab", "c/10001"), "no c/10001"),
    "no extended file": (
        lambda: without("package2.cab", "x/10000"), "no x/10000"),
    "no title": (
        lambda: without("package3.cab", "l/en/20001"), "no l/en/20001"),
    "a cabinet of the index that is not there": (
        lambda: in_piece("index.xml", "package3.cab", "package4.cab"),
        "in package4.cab"),
    "the core file of another update": (
        lambda: in_piece("package2.cab:c/10001", mkwsus.guid("ru4"),
                         mkwsus.guid("ru5")), "of another update"),
    "a digest that differs in its part": (
        lambda: in_piece("package2.cab:x/10000", sha1_of(1).id,
                         File("other").id), "does not match"),
    "a digest that differs in package.xml": (
        lambda: in_piece("package.xml", '<File Id="%s"' % sha1_of(1).id,
                         '<File Id="%s"' % File("other").id), "no address"),
    "an address with another digest": (
        lambda: in_piece("package.xml", sha1_of(1).sha1.hex(),
                         File("other").sha1.hex()), "another digest"),
    "no addresses at all": (no_location, "no address"),
    "a digest that is none": (
        lambda: in_piece("package.xml", '<File Id="', '<File Id="x'),
        "no SHA-1"),
    "a patch code that is none": (
        lambda: in_piece("package2.cab:x/10000", "{11111111", "{1111111"),
        "no GUID"),
    "an inner cabinet cut short": (
        lambda: in_bytes("package2.cab", lambda d: d[:-20]),
        "package2.cab"),
    "an inner cabinet that is none": (
        lambda: in_bytes("package2.cab", lambda d: b"MSCG" + d[4:]),
        "package2.cab"),
    "a byte of an inner cabinet": (
        lambda: in_bytes("package2.cab", flipped), "checksum"),
    "LZX of no kind of block": (
        lambda: changed(lambda p: p.update(bytes={"package2.cab": unsummed(
            1, 0x70)}), method=LZX), "package2.cab"),
    "LZX with a tree that is none": (
        lambda: changed(lambda p: p.update(bytes={"package2.cab": unsummed(
            6, 0xff)}), method=LZX), "package2.cab"),
    "a byte of package.cab": (
        lambda: in_bytes("package.cab", flipped), "checksum"),
    "the outer cabinet cut short": (
        lambda: Scan(mkwsus.sound(), STARTS).pack()[:-30],
        "does not fit"),
    "package.xml that claims too much": (
        lambda: claims("package.cab", 0x30000000), "larger than 536870912"),
    "package.xml that claims more than there is": (
        lambda: claims("package.cab", 0x100000), "package.xml"),
    "a part that claims too much": (
        lambda: claims("package2.cab", 0x1000000), "larger than 4194304"),
    "a part of five megabytes": (
        lambda: in_piece("package2.cab:c/10001", "<Properties",
                         5000000 * " " + "<Properties"),
        "larger than 4194304"),
    "a name twice": (
        lambda: changed(lambda p: p["package2.cab"].update(
            {"c/010001": p["package2.cab"]["c/10001"]})), "is there twice"),
}


def hostile(t, r):
    for name in sampled(HOSTILE):
        make, words = HOSTILE[name]
        code, text, told = r.imported(r.write(make()), "--unsigned")
        why = []
        if code != BAD_DATA:
            why.append("exit %d" % code)
        if text is not None:
            why.append("it was written: " + text)
        if words not in told:
            why.append("no word of \"%s\": %s" % (words, told))
        if len(told.splitlines()) > 2:
            why.append("too many words: " + told)
        t.point(name, why + r.left())


# ------------------------------------------------------------------- trust
def trust(t, r):
    path = r.write(Scan(mkwsus.sound(), STARTS).pack())
    code, text, told = r.imported(path)
    t.point("no signature", [] if code == BAD_DATA and text is None and
            "no signature" in told and "--unsigned" in told else [told])

    code, text, told = r.imported(path, "--unsigned",
                                  tmp=os.path.join(r.dir, "none"))
    t.point("no folder for temporary files", [] if code == NO_INPUT and
            text is None and "no temporary file" in told else [code, told])

    try:
        from maker import Maker
        maker = Maker(r.dir)
        signed = os.path.join(r.dir, "signed.cab")
        maker.run_signer(path, signed, "sha256", "good", "none/")
        root = maker.pki.cert("root")
    except (OSError, RuntimeError, subprocess.CalledProcessError) as e:
        t.skip("signed", "osslsigncode cannot be had: %s" % e)
        return
    code, text, told = r.imported(signed, "--anchor", root)
    t.point("signed", everything_is_there(code, text, told))
    t.point("signed is not called unsigned",
            [text] if "unsigned" in (text or "unsigned") else [])
    code, text, told = r.imported(signed)
    t.point("signed by a stranger", [] if code == BAD_DATA and
            text is None else [told])
    code, text, told = r.imported(signed, "--unsigned")
    t.point("signed by a stranger, and --unsigned", [] if code == BAD_DATA
            and text is None else [told])
    with open(signed, "rb") as f:
        data = f.read()
    bad = r.write(data[:300] + bytes([data[300] ^ 1]) + data[301:])
    for options in (("--anchor", root), ("--anchor", root, "--unsigned")):
        code, text, told = r.imported(bad, *options)
        t.point("altered %s" % " ".join(options[2:]), [] if text is None and
                code == BAD_DATA and "not taken" in told else [told])


def real(t, r):
    path = os.path.join(REAL or "", "wsus", "wsusscn2.cab")
    if not REAL or not os.path.exists(path):
        t.skip("a real one", "ROLLCALL_REAL has none")
        return
    code, text, told = r.imported(path, "--unsigned")
    t.point("a real one", [] if code == 0 and not extends(text) and
            "4 updates, 0 of them of Exchange" in told else [code, told])


# ------------------------------------------------------------------- large
def large(t, r):
    """Written by another process, for what one has at a fork counts for its
    child."""
    path = os.path.join(r.dir, "large.cab")
    subprocess.run([sys.executable, mkwsus.__file__, path, "100000"],
                   check=True)
    begin = time.monotonic()
    child = subprocess.Popen(
        [ROLLCALL, "catalogue", "import", "--at", AT, "--output", r.output,
         "--unsigned", path], env=dict(os.environ, TMPDIR=r.tmp))
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - begin
    used = usage.ru_maxrss
    print("# %d KiB, %.1f s" % (used, seconds))
    with open(r.output, encoding="utf-8") as f:
        why = [] if status == 0 and len(extends(f.read())) == 3 else [
            "status %d" % status]
    if used > MEMORY:
        why.append("%d KiB of memory" % used)
    if seconds > 120:
        why.append("%d seconds" % seconds)
    t.point("100,000 updates", why)


def main():
    t = Tap()
    with tempfile.TemporaryDirectory() as folder:
        r = Run(folder)
        code, _, told = r.imported(r.write(Scan([]).pack()), "--unsigned")
        if "built without libmspack" in told:
            t.point("without libmspack", [] if code == BAD_DATA else [told])
        elif sys.argv[1:] == ["large"]:
            large(t, r)
        else:
            sound(t, r)
            hostile(t, r)
            trust(t, r)
            real(t, r)
    return t.end()


if __name__ == "__main__":
    sys.exit(main())
