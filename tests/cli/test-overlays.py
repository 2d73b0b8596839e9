#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What an overlay may do to the catalogue that it is laid on (TAP).

It can add and pin. What would turn the catalogue's advice about is refused by
"catalogue check", and by every command that would go by it.
"""
import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["ROLLCALL_SRC"], "tests", "tools"))
from tap import sampled                                      # noqa: E402

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


def branch(name, product="SE", **attributes):
    """A cumulative update with which a branch begins."""
    values = {"id": "se-x", "kind": "CU", "label": name,
              "build": "15.2.9999.1", "date": "2026-11-10",
              "confidence": "low", "sources": "SITE", **attributes}
    words = " ".join('%s="%s"' % (k, v) for k, v in values.items()
                     if v is not None)
    return '<add product="%s" branch="%s" begins="yes">\n<release %s/>' \
        '</add>' % (product, name, words)


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
    ("a branch of an older product", branch("CU16", product="2019",
                                            build="15.2.2000.5"),
     "the newest is Exchange SE"),
    ("a branch that is there", branch("RTM"), "already"),
    ("a branch twice", branch("CU1") + branch("CU1", id="se-y",
                                              build="15.2.9999.2"),
     "already"),
    ("a branch that begins with a security update",
     branch("CU1", kind="SU"), "no cumulative update"),
    ("a branch that begins on no day", branch("CU1", date=None), "no day"),
    ("a branch that is older than the one before",
     branch("CU1", build="15.2.2562.18"), "older than"),
    ("a branch before the one before it", branch("CU2") + branch(
        "CU1", id="se-y", build="15.2.9999.0"), "older than"),
    ("a branch with builds of nobody", branch("CU1", build="15.3.1.1"),
     "not one of Exchange SE"),
    ("an update below what begins a branch", branch("CU1") +
     '<add product="SE" branch="CU1"><release id="se-y" kind="SU" label='
     '"CU1 Y" build="15.2.9999.0" date="2026-11-10" confidence="low" '
     'sources="SITE"/></add>', "no cumulative update"),
    ("seventeen branches", "".join(
        branch("CU%d" % n, id="se-%d" % n, build="15.2.9999.%d" % n)
        for n in range(1, 18)), "more than 16 branches"),
]

ACCEPTED = [
    ("a release", release()),
    ("a branch", branch("CU1")),
    ("sixteen branches", "".join(
        branch("CU%d" % n, id="se-%d" % n, label="CU%d" % n,
               build="15.2.9999.%d" % n) for n in range(1, 17))),
    ("a requirement of a branch that it begins", REQUIRES % (
        "site-agent", 'of="SE:CU1"') + branch("CU1")),
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
            ["judge", "--overlay", path, os.path.join(SRC, "README.md")],
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


VOLUMES = os.environ["ROLLCALL_VOLUMES"]

# command, formats beside text that have a place for it
TELLING = [
    (["scan", os.path.join(VOLUMES, "sp2-plain-fixed", "c")],
     ("json", "jsonl", "html", "csv", "nagios", "prometheus")),
    (["judge", "RESULT"],
     ("json", "jsonl", "html", "csv", "nagios", "prometheus")),
    (["judge", "RESULT", "OTHER"],
     ("json", "jsonl", "html", "csv", "nagios", "prometheus")),
    (["which", "14.2.318.4"], ("json", "csv")),
    (["inspect", os.path.join(SRC, "README.md")], ("json", "html", "csv")),
    (["catalogue", "list", "--product", "2010"], ("json", "csv")),
    (["catalogue", "show", "2010-sp2-ru4"], ("json",)),
]
if "no libcurl" not in subprocess.run(
        [ROLLCALL, "probe", "127.0.0.1:1"], capture_output=True,
        text=True).stderr:
    # Nobody answers there.
    TELLING.append((["probe", "127.0.0.1:1"], ("json", "csv", "nagios")))


def results(run):
    """Two results, of two hosts, for judge."""
    paths = {}
    for key, volume in (("RESULT", "sp2-plain-fixed"),
                        ("OTHER", "sound-2007-ru23")):
        paths[key] = os.path.join(run.folder, key + ".json")
        run.run("scan", "--format", "json", "-o", paths[key],
                os.path.join(VOLUMES, volume, "c"))
    return paths


def tells(run, args, wants):
    """A text without line ends, and which of WANTS are not in it."""
    _, out, err = run.run(*args)
    words = " ".join(out.split())
    return words, ["%s: %r is not in %s%s" % (args, want, out[:3000], err)
                   for want in wants if want not in words]


def told(run):
    """Every command and format says what was laid over, where it lies and
    what its digest is; and nothing where nothing was."""
    path = run.write("mine", release() + extend(package(BAD, "c")))
    whole = os.path.join(SRC, "data", "exchange.xml")
    files = results(run)
    digests = []
    for name in (path, whole):
        with open(name, "rb") as f:
            digests.append(hashlib.sha256(f.read()).hexdigest())
    for args, formats in TELLING:
        args = [files.get(a, a) for a in args]
        wrong = []
        for form in ("text",) + formats:
            how = args + ["--format", form]
            wrong += tells(run, how + ["--overlay", path], (
                "mine", path, digests[0]))[1]
            wrong += tells(run, how + ["--catalogue", whole], (
                whole, digests[1]))[1]
            plain = tells(run, how, ())[0]
            if path in plain or digests[0] in plain or "by overlay" in plain:
                wrong.append(plain[:2000])
        text, missing = tells(run, args + ["--overlay", path], (
            "By overlay mine of %s SHA-256 %s" % (path, digests[0]),))
        wrong += missing + tells(run, args + ["--catalogue", whole], (
            "By catalogue %s SHA-256 %s" % (whole, digests[1]),))[1]
        if "json" in formats:
            _, out, _ = run.run(*args, "--overlay", path, "--format", "json")
            want = [{"name": "mine", "origin": path, "sha256": digests[0]}]
            if json.loads(out)["overlays"] != want:
                wrong.append(json.loads(out)["overlays"])
        yield "told by " + " ".join(os.path.basename(a) for a in args), wrong
    _, out, err = run.run(*TELLING[0][0], "--overlay", path, "--exit-style",
                          "detect")
    yield "told in the line of detect", [] if " | by overlay mine of %s " \
        "(SHA-256 %s) | " % (path, digests[0]) in out and not err \
        else [out, err]
    wrong = []
    for how in ([], ["--format", "nagios"]):
        _, out, err = run.run("scan", "--quiet", "--overlay", path, *how,
                              TELLING[0][0][1])
        if path in out or digests[0] in out:
            wrong += [out, err]
    yield "not told with --quiet", wrong


def cell(text, column):
    """The cells of a column."""
    return [row[column] for row in csv.DictReader(io.StringIO(text))]


def which_rests(run):
    """What rests on an overlay's release says so, line by line."""
    path = run.write("mine", release(kb="KB9999991", revision="1"))
    cat = ["--overlay", path]
    wrong = []
    _, out, err = run.run("which", *cat, "14.2.400.0", at="2014-02-01")
    words = " ".join(out.split())
    for want in ("KB9999991, by overlay mine", "RE-RELEASE not needed: it was "
                 "never re-released, by overlay mine CURRENT", "is the newest "
                 "of SP2, by overlay mine SUPPORTED"):
        if want not in words:
            wrong.append("%r: %s%s" % (want, out, err))
    _, out, err = run.run("which", *cat, "14.2.318.4", at="2014-02-01")
    if "; some by overlay mine" not in " ".join(out.split()):
        wrong += [out, err]
    _, out, err = run.run("which", *cat, "14.2.399", at="2014-02-01")
    _, out, err = run.run("which", *cat, "14.2.399.1", at="2014-02-01")
    if "14.2.400.0, by overlay mine" not in " ".join(out.split()):
        wrong += [out, err]
    yield "a line of which that rests on one", wrong
    _, out, _ = run.run("which", "14.2.400.0", *cat, "--format", "json")
    yield "and so does the release", [] if [
        r["overlay"] for r in json.loads(out)["releases"]] == ["mine"] \
        else [out]
    _, out, _ = run.run("catalogue", "list", *cat, "--format", "csv")
    rows = [r for r in csv.DictReader(io.StringIO(out))
            if r["id"] == "2010-sp2-x"]
    yield "and its line of a CSV", [] if [
        r["overlay"] for r in rows] == ["mine"] else [out]
    _, out, _ = run.run("which", *cat, "--format", "csv", "14.2.400.0",
                        "15.2.2562.17", "KB0000001", at="2014-02-01")
    yield "and of one of which", [] if cell(out, "overlays") == [
        "mine", "", ""] else [out]


def scanned(run, args, want):
    """What answers of a scan rest on: {question: [names]} of all that rest on
    something."""
    _, out, err = run.run("scan", "--format", "json", *args)
    answers = json.loads(out)["hosts"][0]["exchange"][0]["answers"]
    rest = {q: a["overlays"] for q, a in answers.items() if a["overlays"]}
    wrong = [] if rest == want else ["%s, not %s %s" % (rest, want, err)]
    for q, a in answers.items():
        for name in ("synthetic", "mine"):
            if ("by overlay " + name in (a["text"] or "")) != (
                    name in a["overlays"]) and q != "rerelease":
                wrong.append("%s: %s %s" % (q, a["text"], a["overlays"]))
    return wrong


def rests(run):
    """Answers that rest on an overlay's release, anchor or digest."""
    volume = os.path.join(VOLUMES, "sound-2007-ru23")
    trust = ["--overlay", os.path.join(volume, "overlay.xml")]
    disk = os.path.join(volume, "c")
    yield "an answer that rests on an anchor", scanned(
        run, [*trust, disk], {"genuine": ["synthetic"]})
    wrong = []
    for how, want in (
            ([], "GENUINE yes: by overlay synthetic COMPLETE"),
            (["--format", "html"], "<td>by overlay synthetic</td>"),
            (["--format", "nagios"], " (by overlay synthetic) |"),
            (["--exit-style", "detect"], "| GENUINE yes: by overlay synthetic "
             "|")):
        wrong += tells(run, ["scan", *trust, *how, disk], (want,))[1]
    _, out, err = run.run("scan", *trust, "--format", "csv", disk)
    if cell(out, "overlays") != ["synthetic"]:
        wrong += [out, err]
    yield "and says so in every format", wrong
    result = os.path.join(run.folder, "one.json")
    run.run("scan", "--format", "json", *trust, "-o", result, disk)
    wrong = []
    for how, want in (([], " (by overlay synthetic) "),
                      (["--format", "html"],
                       "<dt>by overlay</dt><dd>synthetic</dd>"),
                      (["--format", "nagios"], " (by overlay synthetic) ")):
        wrong += tells(run, ["judge", *trust, *how, "--max-age", "3650",
                             result], (want,))[1]
    _, out, err = run.run("judge", *trust, "--format", "jsonl", result)
    if json.loads(out)["exchange"][0]["overlays"] != ["synthetic"]:
        wrong += [out, err]
    yield "and so does a host among many", wrong
    exsetup = os.path.join(disk, "Program Files", "Microsoft",
                           "Exchange Server", "Bin", "ExSetup.exe")
    wrong = tells(run, ["inspect", *trust, exsetup], (
        "digest matches, trusted by overlay synthetic timestamp",
        ", trusted by overlay synthetic"))[1]
    wrong += tells(run, ["inspect", *trust, "--format", "html", exsetup], (
        "<dt>by overlay</dt><dd>synthetic</dd>",))[1]
    _, out, err = run.run("inspect", *trust, "--format", "csv", exsetup)
    if cell(out, "overlays") != ["synthetic"]:
        wrong += [out, err]
    _, out, err = run.run("inspect", *trust, "--format", "json", exsetup)
    if json.loads(out)["files"][0]["overlays"] != ["synthetic"]:
        wrong += [out, err]
    yield "inspect tells whose anchor it is", wrong
    path = run.write("mine", '<add product="SE" branch="RTM"><release id="se-x" '
                     'kind="SU" label="RTM X" revision="1" '
                     'build="15.2.9999.1" date="2026-11-10" confidence="low" '
                     'sources="SITE"/></add>')
    newer = os.path.join(VOLUMES, "newer-than-catalogue")
    args = ["--overlay", os.path.join(newer, "overlay.xml"), "--overlay", path,
            os.path.join(newer, "c")]
    wrong = scanned(run, args, {
        "installed": ["mine"], "genuine": ["synthetic"],
        "rerelease": ["mine"], "current": ["mine"]})
    wrong += tells(run, ["scan", *args], (
        "which had to be replaced, and cures it; by overlay mine",
        "which release is installed is not proven; by overlay mine"))[1]
    yield "answers that rest on a release", wrong


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


def targets(run):
    """What a site asks for before an update is told to be the site's."""
    path = run.write("mine", REQUIRES.replace('"nothing"', '"setup"') % (
        "site-agent", 'of="2010"') + release(kb="KB9999991", revision="1"))
    volume = os.path.join(VOLUMES, "sp2-plain-fixed")
    args = ["scan", "--overlay", os.path.join(volume, "overlay.xml"),
            "--overlay", path, "--target"]
    disk = os.path.join(volume, "c")
    wrong = []
    for target, want in (
            ("KB2785908", "Our agent.; by overlay mine"),
            ("KB9999991", "by overlay mine")):
        for how in ([], ["--format", "nagios"], ["--exit-style", "detect"]):
            _, out, err = run.run(*args, target, *how, disk, at="2014-02-01")
            if want not in " ".join(out.split()):
                wrong += [target, how, out, err]
    yield "a target that rests on one", wrong


KNOWING = """<overlay xmlns="urn:rollcall:catalogue:1" name="%s" issued="%s"
         known-until="%s">
<source id="SITE" title="What we looked through" where="here"%s/>
</overlay>
"""
NEWEST = "15.2.2562.56"


def knowing(run):
    """Up to when an overlay knows: what it names was looked through then."""
    path = os.path.join(run.folder, "knowing.xml")

    def write(source, issued="2027-03-02", known="2027-03-02"):
        with open(path, "w", encoding="utf-8") as f:
            f.write(KNOWING % ("site", issued, known, source))

    def current(*args, at):
        out = run.run("which", *args, NEWEST, at=at)[1]
        return re.search("CURRENT +(.*)", out).group(1)

    for name, source, says in (
            ("no day", "", "none of its sources has a day"),
            ("an earlier one", ' day="2027-03-01"',
             "its newest source is of 2027-03-01"),
            ("general knowledge", ' day="2027-03-02" general="yes"',
             "none of its sources has a day")):
        write(source)
        wrong = []
        for args in (["catalogue", "check", path], *commands(path)):
            code, out, err = run.run(*args, at="2027-03-05")
            if code != 65 or says not in out + err:
                wrong.append("%s: exit %d: %s%s" % (args[:2], code, out, err))
        yield "refused: knowing by a source of " + name, wrong
    write(' day="2027-03-02"', issued="2027-03-01")
    code, out, err = run.run("catalogue", "check", path, at="2027-03-05")
    yield "refused: knowing more than the day of its issue", [] if \
        code != 0 and "was issued on 2027-03-01" in out + err else [out, err]
    write(' day="2027-03-02"')
    stale = "unknown: this catalogue knows updates only up to 2026-10-15"
    wrong = []
    for args, at, want in (
            ([], "2027-03-05", stale),
            (["--overlay", path], "2027-03-05",
             "yes: RTM Oct26SU is the newest of RTM; by overlay site"),
            (["--overlay", path], "2027-03-02",
             "yes: RTM Oct26SU is the newest of RTM; by overlay site"),
            (["--overlay", path], "2027-03-01", stale)):
        got = current(*args, at=at)
        if got != want:
            wrong.append("%s at %s: %s" % (args, at, got))
    yield "it counts from the day on up to which it knows", wrong
    status = run.run("catalogue", "status", "--overlay", path,
                     at="2027-03-01")[1]
    yield "before that it is as stale as without", [] if \
        "2026-10-15" in status and "2027-03-02, knows" not in status else \
        [status]


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
        "no root that is known" not in words and \
        "; by overlay mine" in words and \
        "lost its key, by overlay mine" in words else [out, err]
    yield "a certificate that is distrusted is told", wrong
    yield "and who distrusts it", tells(
        run, ["inspect", *trust, "--overlay", path, exsetup], (
            "distrusted by overlay mine", "lost its key"))[1]


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
        for part in sampled((refused, accepted, told, which_rests, rests,
                             steps, targets, knowing, distrusted, cves, together,
                             catalogues), lambda part: part.__name__):
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
