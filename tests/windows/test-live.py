#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A live scan under Wine finds what a scan of the same server's disk finds.

Each synthetic volume becomes a machine: a fresh Wine prefix, its registry by
"reg import" (tests/tools/mkreg.py), its files in the prefix's drives. There,
"rollcall.exe scan" without ROOT must give the inventory and the verdict that
./rollcall gives for the volume: the whole JSON, but for

- "source", which is live or volume;
- the evidence that hive files are, and the numbers of evidence with it;
- the letter case of C:\\Windows, which Wine calls C:\\windows.

INEXPRESSIBLE names the volumes that are no live machine, or none of Wine's.
"""
import concurrent.futures
import json
import os
import re
import shutil
import subprocess
import sys

import kit

sys.path.insert(0, os.path.join(kit.SRC, "tests", "tools"))
import mkreg                                        # noqa: E402
import mkvolume                                     # noqa: E402

TEXTS = os.path.join(kit.SRC, "tests", "cli", "volumes")
WORK = os.path.join(kit.BUILD, "tests", "windows", "live")
TEMPLATE = os.environ["WINEPREFIX"] + ".template"

NO_HIVES = "hives are files of a disk: a running Windows answers itself"
OTHER_WIDTH = "a 32-bit Windows; this Wine is 64-bit"
NO_WINDOWS = "no Windows runs without its folder"
LINKS = "Wine 8 follows symbolic links of Linux unseen"

INEXPRESSIBLE = {
    "2007-tools-x86": OTHER_WIDTH,
    "empty-folder": NO_WINDOWS,
    "exchange-2003": OTHER_WIDTH,
    "link-inside": LINKS,
    "link-outside": LINKS,
    "log-conflict": NO_HIVES,
    "log-foreign": NO_HIVES,
    "log-foreign-agreed": NO_HIVES,
    "log-newer": NO_HIVES,
    "log-only-su-v2": NO_HIVES,
    "log-only-v2": NO_HIVES,
    "log-system": NO_HIVES,
    "no-windows": NO_WINDOWS,
    "software-dirty": NO_HIVES,
    "software-dirty-stale": NO_HIVES,
    "software-empty": NO_HIVES,
    "software-missing": NO_HIVES,
    "software-text": NO_HIVES,
    "software-truncated": NO_HIVES,
    "system-missing": NO_HIVES,
    "target-x64-package": OTHER_WIDTH,
    "windows-is-file": NO_WINDOWS,
    "xp-fixed": OTHER_WIDTH,
}


# ------------------------------------------------------------ the machine
def found(folder, name):
    """NAME in FOLDER as it is spelt there, in any letter case."""
    if os.path.isdir(folder):
        for there in os.listdir(folder):
            if there.lower() == name.lower():
                return there
    return name


def spelt(root, path):
    """The file here for the Windows path PATH below ROOT."""
    at = root
    for part in path.split("\\"):
        at = os.path.join(at, found(at, part))
    return at


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


class Machine:
    def __init__(self, name):
        self.name = name
        self.root = os.path.join(WORK, name)
        self.text = os.path.join(TEXTS, name + ".volume.txt")
        self.wine = kit.Wine(os.path.join(self.root, "prefix"))

    def make_prefix(self):
        """A copy of the template; what Wine writes to is no hard link."""
        remove(self.root)
        os.makedirs(self.root)
        subprocess.run(["cp", "-al", TEMPLATE, self.wine.prefix], check=True)
        for name in os.listdir(self.wine.prefix):
            path = os.path.join(self.wine.prefix, name)
            if os.path.isfile(path):
                with open(path, "rb") as f:
                    data = f.read()
                os.remove(path)
                with open(path, "wb") as f:
                    f.write(data)
        # The links to folders of the user's, too.
        remove(self.wine.path("users"))
        os.makedirs(self.wine.path("users"))

    def drive(self, letter):
        if letter == "C":
            return self.wine.path("")
        folder = os.path.join(self.root, letter.lower())
        link = os.path.join(self.wine.prefix, "dosdevices",
                            letter.lower() + ":")
        if not os.path.lexists(link):
            os.makedirs(folder)
            os.symlink(folder, link)
        return folder

    def lay_files(self):
        # A folder SysWOW64 says that 32-bit programs can run.
        for path in ("Windows\\System32\\wintrust.dll",
                     "Windows\\SysWOW64", "Windows\\Installer"):
            remove(spelt(self.wine.path(""), path))
        for path, data in mkvolume.read_volume(self.text).files.values():
            letter, rest = path.split(":\\", 1)
            if rest.lower().startswith("windows\\system32\\config"):
                continue
            to = spelt(self.drive(letter.upper()), rest)
            if data is not None:
                remove(to)
            mkvolume.write_entry(to, data)

    def load_registry(self):
        reg = os.path.join(self.root, "machine.reg")
        mkreg.write(self.text, reg)
        done = self.wine.run(["reg", "import", "Z:" + reg])
        if done.code != 0:
            raise RuntimeError("reg import: %r" % (done.out + done.err))

    def __enter__(self):
        self.make_prefix()
        self.lay_files()
        self.wine.warm_up()
        self.load_registry()
        return self

    def __exit__(self, *exc):
        self.wine.end()
        remove(self.root)


# ------------------------------------------------------------- comparing
def canonical(text):
    """A result without what differs between a disk and a machine."""
    text = re.sub(r"(?i)C:\\\\\\\\windows\b", r"C:\\\\\\\\Windows", text)
    host = json.loads(re.sub(r"(?i)C:\\\\windows\b", r"C:\\\\Windows",
                             text))["hosts"][0]
    del host["source"]
    kept = [e for e in host["evidence"] if e["kind"] != "hive"]
    number = {e["id"]: "e%d" % n for n, e in enumerate(kept, 1)}
    host["evidence"] = kept
    flat = json.dumps(host, indent=1, sort_keys=True)
    return re.sub(r'"(e\d+)"', lambda m: '"%s"' % number.get(m[1], "hive"),
                  flat)


def arguments(name):
    """Of the case that is called like its volume, what a machine takes."""
    expect = os.path.join(TEXTS, name + ".expect")
    words = ["--at", "2026-11-01T00:00:00Z"]
    if os.path.exists(expect):
        with open(expect, encoding="utf-8") as f:
            at = re.search(r"^at (\S+)", f.read(), re.M)
        words = ["--at", at[1]]
    overlay = os.path.join(kit.VOLUMES, name, "overlay.xml")
    return words + ["--format", "json", "--overlay", overlay]


def volume_words(name):
    """The volume, with all of its drives."""
    root = os.path.join(kit.VOLUMES, name)
    drives = [w for letter in sorted(os.listdir(root))
              if re.fullmatch("[abd-z]", letter)
              for w in ("--drive", letter.upper() + "=" +
                        os.path.join(root, letter))]
    return drives + [os.path.join(root, "c")]


def decoy(wine):
    """Another Windows in the view of 32-bit programs, which does not count:
    "reg" finds it there, and rollcall.exe does not."""
    key = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
    for value in ("ProductName", "CurrentVersion", "CurrentBuildNumber"):
        wine.run(["reg", "add", key, "/v", value, "/d", "decoy", "/f",
                  "/reg:32"])
    done = wine.run(["reg", "query", key, "/v", "ProductName", "/reg:32"])
    if b"decoy" not in done.out:
        raise RuntimeError("reg add /reg:32: %r" % (done.out + done.err))


def check(name, more=None):
    try:
        return compare(name, more)
    except (OSError, RuntimeError, subprocess.SubprocessError) as e:
        return ["the machine could not be made, or asked: %r" % e]


def compare(name, more):
    with Machine(name) as machine:
        if more:
            more(machine.wine)
        theirs = machine.wine.rollcall(["scan"] + arguments(name))
    ours = kit.native(["scan"] + arguments(name) + volume_words(name))
    complaints = []
    if ours.code != theirs.code:
        complaints.append("exit %d of the volume, %d of the machine" % (
            ours.code, theirs.code))
    if theirs.err:
        complaints.append("messages: %r" % theirs.err)
    try:
        complaints += kit.first_difference("result", canonical(
            ours.out.decode()), canonical(theirs.out.decode()))
    except ValueError as e:
        complaints.append("no JSON: %s: %r" % (e, theirs.out[:200]))
    return complaints


def main(names):
    kit.need()
    tap = kit.Tap()
    if not names:
        names = sorted(n[:-len(".volume.txt")] for n in os.listdir(TEXTS)
                       if n.endswith(".volume.txt"))
    able = [n for n in names if n not in INEXPRESSIBLE]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        results = dict(zip(able, pool.map(check, able)))
    for name in names:
        if name in INEXPRESSIBLE:
            tap.skip("machine " + name, INEXPRESSIBLE[name])
        else:
            tap.point("machine " + name, results[name])
    tap.point("the 64-bit view of the registry counts",
              check("ru4-v1", decoy))
    tap.end()


if __name__ == "__main__":
    main(sys.argv[1:])
