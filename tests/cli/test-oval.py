#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""OVAL system characteristics (TAP): what is in them; valid by OpenSCAP's
schemas, where it is installed, and judged by it: of the definitions in
oval/definitions.xml, that of the release which rollcall names is true and no
other, and none where it names none."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import fleets                                           # noqa: E402
from fleets import AT, VOLUMES, rollcall                # noqa: E402
from tap import Tap, first_of, sampled                  # noqa: E402

DEFINITIONS = os.path.join(HERE, "oval", "definitions.xml")
SC = "{http://oval.mitre.org/XMLSchema/oval-system-characteristics-5}"
WIN = SC.replace("-5}", "-5#windows}")
DEF = "{http://oval.mitre.org/XMLSchema/oval-definitions-5}"
RES = "{http://oval.mitre.org/XMLSchema/oval-results-5}"
MISSING = "oscap (openscap-scanner) is not installed"

# Each release of the definitions, and volumes that it is near to.
NAMED = {"sound-2007-ru23": "2007-sp3-ru23",
         "package-v1": "2010-sp2-ru4",
         "package-v2": "2010-sp2-ru4-v2",
         "2016-nov24su-v1": "2016-cu23-nov24su",
         "2016-nov24su-v2": "2016-cu23-nov24su-v2",
         "sound-se-rtm": "se-rtm",
         "se-oct26su": "se-rtm-oct26su"}
OTHER = ["2013-cu2-v2"]         # named, and of no definition
NONE = ["2019-unknown-build", "conflict-v1-v2", "conflict-v2-v1",
        "exsetup-of-2013-in-2010", "half-v1", "half-v2", "newer-named",
        "unknown-build", "no-exchange-fixed", "software-missing"]
# Named by what its other witnesses say; ExSetup.exe cannot be read.
UNREAD = ("exsetup-damaged", "2010-sp2-ru4-v2")

# One of each kind of character that is markup or cannot be held.
NAME = "</win:value><a b='c'>&amp;'\t]]>\u00e9\U0001f600"
UNHELD = "one\x01two"
HOSTILE = """windows 2016 EX16
exchange 2016 base 15.1.2507.6
exsetup 15.1.2507.43
marker "Exchange 2016\\KB5044062" name "%s" date "%s"
""" % (NAME, UNHELD)


def root(volume):
    return os.path.join(VOLUMES, volume, "c")


def characteristics(folder):
    return rollcall("scan", "-f", "oval-sc", *AT, folder).stdout


def tree(text):
    return ElementTree.fromstring(text)


def flags(top):
    return {int(o.get("id").rsplit(":", 1)[1]): o.get("flag")
            for o in top.iter(SC + "object")}


def values(top, name):
    """(status, text) of each value of that name."""
    for item in top.iter(WIN + "registry_item"):
        if item.findtext(WIN + "name") == name and \
                item.get("status") != "does not exist":
            value = item.find(WIN + "value")
            yield value.get("status", "exists"), value.text


def check_content():
    """What rollcall's JSON says is there, too, and references are right."""
    top = tree(characteristics(root("package-v1")))
    inv = json.loads(fleets.scanned("package-v1"))["hosts"][0]["inventory"]
    ids = {i.get("id"): i.get("status")
           for i in top.find(SC + "system_data")}
    for reference in top.iter(SC + "reference"):
        if ids.get(reference.get("item_ref")) != "exists":
            yield "a reference to %s" % reference.get("item_ref")
    files = {i.findtext(WIN + "filepath"): i.findtext(WIN + "version")
             for i in top.iter(WIN + "file_item")
             if i.get("status") == "exists"}
    for f in inv["files"]:
        if files.get(f["path"]) != f.get("version"):
            yield "%s: %s" % (f["path"], files.get(f["path"]))
    base = ".".join(next(values(top, n))[1] for n in (
        "MsiProductMajor", "MsiProductMinor", "MsiBuildMajor",
        "MsiBuildMinor"))
    if base != inv["setups"][0]["base"]:
        yield base
    if set(flags(top).values()) != {"complete", "does not exist"} or \
            sorted(flags(top)) != list(range(1, 11)):
        yield flags(top)


def check_flags():
    """What was not read is never said not to be there."""
    lost = flags(tree(characteristics(root("software-missing"))))
    if set(lost.values()) - {"incomplete", "error", "not collected"}:
        yield lost
    bare = flags(tree(characteristics(root("no-exchange-fixed"))))
    if (bare[1], bare[5], bare[9]) != ("does not exist", "not collected",
                                       "incomplete"):
        yield bare
    bad = flags(tree(characteristics(root("exsetup-damaged"))))
    if (bad[1], bad[9]) != ("complete", "incomplete"):
        yield bad


def check_hostile(text):
    top = tree(text)
    found = list(values(top, "PackageName"))
    if found != [("exists", NAME)]:
        yield found
    found = list(values(top, "InstalledDate"))
    if found != [("error", None)]:
        yield found
    told = [m.text for m in top.iter(SC + "message")]
    if told != ["XML cannot hold this: one\\u{1}two"]:
        yield told


def check_several():
    done = rollcall("scan", "-f", "oval-sc", *AT, root("package-v1"),
                    root("package-v2"))
    if done.returncode != 64 or done.stdout or b"one ROOT" not in done.stderr:
        yield "%d, %s" % (done.returncode, done.stderr)


def oscap(*words):
    return subprocess.run(["oscap", "oval", *words], check=False,
                          stdin=subprocess.DEVNULL, timeout=120,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def check_valid(path):
    done = oscap("validate", path)
    if done.returncode != 0:
        yield done.stdout.decode("utf-8", "replace")[:1000]


def titles():
    return {d.get("id"): d.findtext(DEF + "metadata/" + DEF + "title")
            for d in ElementTree.parse(DEFINITIONS).iter(DEF + "definition")}


def judged(path, scratch):
    """What OpenSCAP says of each release."""
    results = os.path.join(scratch, "results.xml")
    done = oscap("analyse", "--results", results, DEFINITIONS, path)
    if done.returncode != 0:
        raise AssertionError(done.stdout.decode("utf-8", "replace")[:1000])
    system = ElementTree.parse(results).find(
        "%sresults/%ssystem/%sdefinitions" % (RES, RES, RES))
    return {titles()[d.get("definition_id")]: d.get("result")
            for d in system}


def check_judged(volume, want, scratch):
    path = os.path.join(scratch, "sc.xml")
    with open(path, "wb") as f:
        f.write(characteristics(root(volume)))
    yield from check_valid(path)
    result = json.loads(fleets.scanned(volume))["hosts"][0]
    named = [x["release"]["id"] for x in result["exchange"]
             if x.get("release")]
    if want is not None and named != [want]:
        yield "rollcall names %s" % named
    said = judged(path, scratch)
    right = [r for r in sorted(titles().values()) if r in named]
    if [r for r in sorted(said) if said[r] == "true"] != right:
        yield "%s, and rollcall names %s" % (said, named)
    # What is known to be another one is false, not only not true.
    if named and {said[r] for r in said if r not in named} - {"false"}:
        yield said


def check_unread(volume, release, scratch):
    """A definition that asks what could not be read is neither."""
    path = os.path.join(scratch, "unread.xml")
    with open(path, "wb") as f:
        f.write(characteristics(root(volume)))
    said = judged(path, scratch)
    if said.pop(release) != "unknown" or set(said.values()) != {"false"}:
        yield said


def main():
    tap = Tap()
    tap.point("what is in it", check_content())
    tap.point("what was not read", check_flags())
    tap.point("one host", check_several())
    has = shutil.which("oscap")
    with tempfile.TemporaryDirectory() as scratch:
        text = os.path.join(scratch, "hostile.txt")
        with open(text, "w", encoding="utf-8") as f:
            f.write(HOSTILE)
        subprocess.run([sys.executable, "-B", os.path.join(
            fleets.SOURCE, "tests", "tools", "mkvolume.py"), text,
            os.path.join(scratch, "c")], check=True)
        path = os.path.join(scratch, "hostile.xml")
        with open(path, "wb") as f:
            f.write(characteristics(os.path.join(scratch, "c")))
        with open(path, "rb") as f:
            tap.point("hostile names stay text", check_hostile(f.read()))
        for name, complaints in sampled([("definitions: valid", (
                check_valid, DEFINITIONS)), ("hostile names: valid", (
                    check_valid, path))] + [
                        (v, (check_judged, v, w, scratch)) for v, w in
                        [*NAMED.items(), *((v, None) for v in OTHER + NONE)]
                        ] + [("unread", (check_unread, *UNREAD, scratch))],
                                        first_of):
            if has:
                tap.point(name, complaints[0](*complaints[1:]))
            else:
                tap.skip(name, MISSING)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
