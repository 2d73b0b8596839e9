#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What an overlay may do to the catalogue that it is laid on (TAP).

It can add and pin. What would turn the catalogue's advice about is refused by
"catalogue check", and by every command that would go by it.
"""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

ROLLCALL = os.environ["ROLLCALL"]
SRC = os.environ["ROLLCALL_SRC"]
AT = "2026-11-25"

OVERLAY = """<overlay xmlns="urn:rollcall:catalogue:1" name="%s" issued="2026-11-25">
<source id="SITE" title="What we hold" where="here"/>
%s
</overlay>
"""


def release(inside="", **attributes):
    """One more release of 2010 SP2; what is None is left out."""
    values = {"id": "2010-sp2-x", "kind": "RU", "label": "Update Rollup 9",
              "build": "14.2.400.0", "date": "2014-01-14",
              "confidence": "low", "sources": "SITE", **attributes}
    words = " ".join('%s="%s"' % (k.replace("_", "-"), v)
                     for k, v in values.items() if v is not None)
    return '<add product="2010" branch="SP2">\n<release %s>%s</release></add>' \
        % (words, inside)


def extend(inside, of="2010-sp2-ru4"):
    return '<extend release="%s">%s</extend>' % (of, inside)


def package(name, hex_digit=None):
    digest = '<digest algorithm="sha256" hex="%s" sources="SITE"/>' % (
        hex_digit * 64) if hex_digit else ""
    return '<package name="%s" evidence="SITE">%s</package>' % (name, digest)


def excepted(rule, about):
    return '<except rule="%s" about="%s">We know better.</except>' % (
        rule, about)


BAD = "Exchange2010-KB2706690-x64-EN.msp"
HOTFIX = {"kind": "HU", "label": "Hotfix", "build": "14.2.318.3",
          "date": "2012-09-01"}

REQUIRES = '<requires id="%s" check="program" %s name="Our agent" ' \
    'blocks="nothing" confidence="low" sources="SITE">Our agent.</requires>'

# name, what the overlay has, words of the complaint
REFUSED = [
    ("a requirement that takes the place of one that is there",
     REQUIRES % ("net-2016-cu15", 'of="2016"'),
     'two requirements are called "net-2016-cu15"'),
    ("a requirement of a branch that is not there",
     REQUIRES % ("site-agent", 'of="2016:CU99"'),
     'there is no branch "2016:CU99"'),
    ("a rollup of its own under the KB of the bad one",
     release(kb="KB2706690"), "duplicate-kb"),
    ("which it excepts", release(
        excepted("duplicate-kb", "2010-sp2-ru4"), kb="KB2706690"),
     "duplicate-kb"),
    ("a rollup of its own with the package of the bad one",
     release(package(BAD)), "package-name"),
    ("a rollup that is called as the bad one is",
     release(label="Update Rollup 4"), "duplicate-label"),
    ("a rollup without a build, which would be the last of its branch",
     release(label="Update Rollup 4", build=None, kb="KB2706690"),
     "has no build"),
    ("a release below its branch",
     release(build="14.2.200.0", date="2011-01-01"),
     "older than what its branch begins with"),
    ("an older release that supersedes a newer one",
     release('<supersedes kb="KB2756485"/>', **HOTFIX), "supersedes-newer"),
    ("and excepts it", release(
        '<supersedes kb="KB2756485"/>' +
        excepted("supersedes-newer", "2010-sp2-ru4-v2"), **HOTFIX),
     "supersedes-newer"),
    ("a cure with an older build",
     release(cures="2749655", **HOTFIX), "cure:"),
    ("a cure of nothing", release(cures="2749655"), "cure:"),
    ("a revision of nothing", release(revision="2",
                                      label="Update Rollup 9-v2"),
     "revision"),
    ("a release that is to be replaced by an older one",
     release('<replace force="required" reason="recalled" by="2010-sp2-ru4"'
             ' sources="SITE">x</replace>'), "rerelease-older"),
    ("an end to what must be replaced", extend(
        '<replace force="advised" reason="new-revision" sources="SITE">x'
        '</replace>'), "replace"),
    ("a build that is known", release(build="14.2.318.2"), "same build"),
    ("a digest for two packages", extend(package(BAD, "a")) + extend(
        package("Exchange2010-KB2756485-v2-x64-EN.msp", "a"),
        "2010-sp2-ru4-v2"), "digest"),
    ("a day that is none", release(date="2012-02-31"), "no day"),
]

ACCEPTED = [
    ("a release", release()),
    ("an interim update", release(kind="IU", label="Interim",
                                  build="14.2.318.3", date=None)),
    ("digests of a package that is known", extend(package(BAD, "b"))),
    ("a patch code", extend('<patch code="{11111111-5A5A-4222-8333-'
                            '444444444444}" sources="SITE"/>')),
    ("a certificate", '<certificate advisory="2749655" sha1="%s" '
     'sources="SITE">Ours.</certificate>' % ("0123456789" * 4)),
    ("an exception from what is no firm rule", release(
        excepted("date-order", "2010-sp2-ru8"), date="2013-01-01")),
    ("what the site asks for before a cumulative update",
     REQUIRES % ("site-agent", "of=\"2019:CU14- SE\"")),
]


class Run:
    def __init__(self, folder):
        self.folder = folder

    def write(self, name, inside):
        path = os.path.join(self.folder, name + ".xml")
        with open(path, "w", encoding="utf-8") as f:
            f.write(OVERLAY % (name, inside))
        return path

    def run(self, *args, at=AT):
        p = subprocess.run([ROLLCALL, *args, "--at", at],
                           capture_output=True, text=True)
        return p.returncode, p.stdout, p.stderr


def commands(path):
    """Everything that goes by an overlay."""
    volume = os.path.join(SRC, "data")
    return (["which", "--overlay", path, "14.2.318.4"],
            ["scan", "--overlay", path, volume],
            ["inspect", "--overlay", path, os.path.join(SRC, "README.md")],
            ["catalogue", "list", "--overlay", path],
            ["catalogue", "show", "--overlay", path, "2010-sp2-ru4"])


def refused(run):
    for name, inside, says in REFUSED:
        path = run.write("site", inside)
        wrong = []
        for args in (["catalogue", "check", path],
                     ["catalogue", "check", "--overlay", path],
                     *commands(path)):
            code, out, err = run.run(*args)
            told = out + err if args[1] == "check" else err
            if code != 65 or says not in told or path not in told:
                wrong.append("%s: exit %d: %s%s" % (args[:2], code, out, err))
        yield "refused: " + name, wrong


def accepted(run):
    for name, inside in ACCEPTED:
        path = run.write("site", inside)
        code, out, err = run.run("catalogue", "check", path)
        wrong = [out, err] if code != 0 or out or err else []
        code, out, err = run.run("which", "--overlay", path, "14.2.318.2")
        if code != 0 or "14.2.318.2" not in out or err:
            wrong += [out, err]
        yield "taken: " + name, wrong


def told(run):
    """Every command says what was laid over, and what comes from it."""
    path = run.write("mine", release() + extend(package(BAD, "c")))
    with open(path, "rb") as f:
        digest = hashlib.sha256(f.read()).hexdigest()
    cat = ["--overlay", path]
    for name, args, says in (
            ("which", ["which", "14.2.400.0"], ", by overlay mine"),
            ("which a package", ["which", BAD], None),
            ("inspect", ["inspect", os.path.join(SRC, "README.md")], None),
            ("list", ["catalogue", "list", "--product", "2010"],
             "by overlay mine"),
            ("show", ["catalogue", "show", "2010-sp2-x"], "by overlay")):
        _, out, err = run.run(*args, *cat)
        words = " ".join(out.split())
        wrong = [] if "overlay mine of " in words and path in words and \
            digest in words and (says is None or says in words) else [out, err]
        _, plain, _ = run.run(*args)
        if "overlay" in plain:
            wrong.append(plain)
        _, out, err = run.run(*args, *cat, "--format", "json")
        want = [{"name": "mine", "origin": path, "sha256": digest}]
        if json.loads(out)["overlays"] != want:
            wrong.append(json.loads(out)["overlays"])
        yield "told by " + name, wrong
    _, out, _ = run.run("which", "14.2.400.0", *cat, "--format", "json")
    yield "and so does the release", [] if [
        r["overlay"] for r in json.loads(out)["releases"]] == ["mine"] \
        else [out]
    _, out, _ = run.run("catalogue", "list", *cat, "--format", "csv")
    rows = [r for r in out.splitlines() if r.startswith("2010-sp2-x,")]
    yield "and its line of a CSV", [] if len(rows) == 1 and \
        rows[0].endswith(",mine") else [out]
    whole = os.path.join(SRC, "data", "exchange.xml")
    _, out, _ = run.run("which", "14.2.318.4", "--catalogue", whole)
    words = " ".join(out.split())
    yield "a catalogue that is not the one inside", [] if \
        "By catalogue " + whole + " (SHA-256 " in words else [out]


def steps(run):
    """A step that rests on an overlay says so, wherever a scan tells it."""
    path = run.write("mine", release(kb="KB9999991", revision="1"))
    volume = os.path.join(os.environ["ROLLCALL_VOLUMES"], "sp2-plain-fixed",
                          "c")
    wrong = []
    for how in (["--format", "text"], ["--format", "html"],
                ["--format", "csv"], ["--format", "json"],
                ["--format", "nagios"], ["--exit-style", "detect"]):
        _, out, err = run.run("scan", "--overlay", path, *how, volume,
                              at="2014-02-01")
        if not re.search(r"Update Rollup 9 \((<a [^>]*>)?KB9999991(</a>)?\), "
                         "by overlay mine", " ".join(out.split())):
            wrong += [how, out[:2000], err]
    yield "a step says by which overlay", wrong


def certificate(path, sha1):
    """The SHA-256 of the certificate in a file that has this SHA-1."""
    with open(path, "rb") as f:
        data = f.read()
    for m in re.finditer(rb"\x30\x82(..)", data, re.S):
        der = data[m.start():m.end() + int.from_bytes(m.group(1), "big")]
        if hashlib.sha1(der).hexdigest() == sha1:
            return hashlib.sha256(der).hexdigest()
    return None


def distrusted(run):
    """Who is not trusted any more is no stranger, and is told so."""
    volume = os.path.join(os.environ["ROLLCALL_VOLUMES"], "sound-2007-ru23")
    trust = ["--overlay", os.path.join(volume, "overlay.xml")]
    exsetup = os.path.join(volume, "c", "Program Files", "Microsoft",
                           "Exchange Server", "Bin", "ExSetup.exe")
    _, out, err = run.run("inspect", *trust, "--format", "json", exsetup)
    signer = json.loads(out)["files"][0]["signatures"][0]["signer"]
    path = run.write("mine", '<distrusted sha256="%s" sources="SITE">lost its '
                     'key</distrusted>' % certificate(exsetup, signer["sha1"]))
    _, out, err = run.run("scan", "--verbose", *trust, "--overlay", path,
                          os.path.join(volume, "c"))
    words = " ".join(out.split())
    wrong = [] if "a certificate that signed" in words and \
        "rests on a certificate that is distrusted" in words and \
        "lost its key" in words and "somebody else" not in words and \
        "no root that is known" not in words else [out, err]
    yield "a certificate that is distrusted is told", wrong


def cves(run):
    """What an overlay says of a CVE: it opens one, and cures none."""
    path = run.write("mine", release("<cves>CVE-2014-9999</cves>",
                                     revision="1"))
    wrong = []
    for build, want in (("14.2.400.0", "unknown"), ("14.2.318.4", "open")):
        _, out, err = run.run("which", "--overlay", path, "--format", "json",
                              build + " CVE-2014-9999")
        states = [r["state"] for c in json.loads(out)["queries"][0]["cves"]
                  for r in c["releases"]]
        if states != [want]:
            wrong += [build, states, err]
    code, out, err = run.run("which", "--overlay", path, "CVE-2014-9999")
    if code != 1 or "The overlay mine says" not in " ".join(out.split()):
        wrong += [code, out, err]
    yield "an overlay cures no CVE", wrong


def together(run):
    """Each is fine, and the two are not."""
    one = run.write("one", release(kb="KB9999991"))
    two = run.write("two", release(kb="KB9999991", id="2010-sp2-y",
                                   label="Update Rollup 10",
                                   build="14.2.401.0", date="2014-02-11"))
    wrong = []
    for args, want in (([one], 0), ([two], 0), ([one, two], 65),
                       (["--overlay", one, two], 65)):
        code, out, err = run.run("catalogue", "check", *args)
        if code != want:
            wrong.append("%s: exit %d: %s%s" % (args, code, out, err))
        if want and not re.match(re.escape(two) + r":\d+: duplicate-kb: ",
                                 out):
            wrong.append(out)
    yield "overlays are checked together", wrong


def catalogues(run):
    """A whole catalogue may say what it likes, if it is free of complaints."""
    with open(os.path.join(SRC, "data", "exchange.xml"),
              encoding="utf-8") as f:
        text = f.read()
    path = os.path.join(run.folder, "whole.xml")
    wrong = []
    for old, new, want in (("", "", 0),
                           ('label="Update Rollup 3-v3"',
                            'label="Update Rollup 3-v2"', 65)):
        with open(path, "w", encoding="utf-8") as f:
            f.write(text.replace(old, new) if old else text)
        code, out, err = run.run("which", "--catalogue", path, "14.2.318.4")
        if code != want or (want and "revision: " not in err):
            wrong.append("exit %d: %s%s" % (code, out, err))
    yield "a catalogue with a complaint is refused", wrong


def main():
    failed = count = 0
    with tempfile.TemporaryDirectory() as folder:
        run = Run(folder)
        for part in (refused, accepted, told, steps, distrusted,
                     cves, together, catalogues):
            for name, wrong in part(run):
                count += 1
                for line in wrong:
                    print("# " + str(line).rstrip().replace("\n", "\n# "))
                print("%s %d - %s" % ("not ok" if wrong else "ok", count,
                                      name))
                failed += bool(wrong)
    print("1..%d" % count)
    sys.exit(failed != 0)


if __name__ == "__main__":
    main()
