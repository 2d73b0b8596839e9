#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""rollcall.exe under Wine and ./rollcall here say the same, byte for byte.

Output, messages and exit code are compared, of: every case of the synthetic
volumes, as JSON and as text; all questions of the which table; catalogue list,
show and check; registry of every hive; inspect of every fixture and of the
files that the test PKI signs, in every format and damage.

Both are started in the same folder and get the same relative paths, so that no
path differs ("./" makes both write '/'). The --anchor and --catalogue of
inspect are absolute, and appear in no output; so is a root "E:\\". Nothing
is normalised.

INEXPRESSIBLE names the cases that Wine cannot show, with the reason. A case
there that would pass is a failure: the table is to be kept short.
"""
import concurrent.futures
import os
import shutil
import sys
import tempfile

import kit
from tap import Tap, sampled

AT = ["--at", "2026-11-01T00:00:00Z"]
TAKEN = {"SOURCE_DATE_EPOCH": "1793491200"}     # the same day

LINKS = "Wine 8 follows symbolic links of Linux unseen"

# Volume cases, and why Wine cannot show them.
INEXPRESSIBLE = {
    "cache-leads-outside": LINKS,
    "exsetup-is-link": LINKS,
    "exsetup-link-nowhere": LINKS,
    "link-outside": LINKS,
    "wow64-leads-outside": LINKS,
}


def differences(words, cwd, stdin=None, **variables):
    ours = kit.native(words, cwd, stdin, **variables)
    theirs = kit.Wine().rollcall(words, cwd, stdin, **variables)
    if ours.code != theirs.code:
        yield "exit %d natively, %d of the exe" % (ours.code, theirs.code)
    yield from kit.first_difference("output", ours.out, theirs.out)
    yield from kit.first_difference("messages", ours.err, theirs.err)


class Volumes:
    """The cases of tests/cli/volumes, read by their own test."""

    def __init__(self):
        self.test = kit.volume_cases()
        # Relative, so that both programs see one spelling.
        self.test.BUILT = os.path.basename(kit.VOLUMES)
        self.folder = os.path.join(self.test.SOURCE, "volumes")

    def names(self):
        return sorted(n[:-len(".expect")] for n in os.listdir(self.folder)
                      if n.endswith(".expect"))

    def check(self, name):
        expect = self.test.Expect(os.path.join(self.folder,
                                               name + ".expect"))
        words = self.test.arguments(name, expect)
        day = self.test.environment(expect)
        cwd = os.path.dirname(kit.VOLUMES)
        return [line for form in ("json", "text")
                for line in differences(["scan", "--format", form] + words,
                                        cwd, **day)]


def volumes(tap, pool):
    cases = Volumes()
    names = sampled(cases.names())
    for name, complaints in zip(names, pool.map(cases.check, names)):
        tap.unless(INEXPRESSIBLE.get(name), "volume " + name, complaints,
                   "INEXPRESSIBLE")


def mounted(tap):
    """A disk that has a letter of this machine: "scan E:\\"."""
    wine = kit.Wine()
    link = os.path.join(wine.prefix, "dosdevices", "e:")
    root = os.path.join(kit.VOLUMES, "ru4-v1")
    words = ["scan", "--format", "json", *AT, "--overlay",
             os.path.join(root, "overlay.xml")]
    os.symlink(os.path.join(root, "c"), link)
    try:
        ours = kit.native(words + [os.path.join(root, "c")], **TAKEN)
        theirs = wine.rollcall(words + ["E:\\"], **TAKEN)
        slash = wine.rollcall(words + ["e:/"], **TAKEN)
    finally:
        os.remove(link)
    tap.point("a volume mounted as E:", [
        *kit.first_difference("E:\\", ours.out, theirs.out),
        *kit.first_difference("e:/", ours.out, slash.out),
        *(["exit %d, %d" % (ours.code, theirs.code)]
          if ours.code != theirs.code else [])])


def questions():
    with open(os.path.join(kit.SRC, "tests", "cli", "which",
                           "questions.txt"), encoding="utf-8") as f:
        lines = [line.rstrip("\n") for line in f]
    return [line for line in lines if line and not line.startswith("#")]


def commands(tap):
    asked = questions()
    rows = [
        ("which, %d questions, JSON" % len(asked),
         ["which", "--format", "json", *AT, "--"] + asked),
        ("which, text", ["which", *AT, "--"] + asked),
        ("catalogue list, JSON",
         ["catalogue", "list", "--format", "json", *AT]),
        ("catalogue list, CSV", ["catalogue", "list", "--format", "csv"]),
        ("catalogue list, text", ["catalogue", "list", *AT]),
        ("catalogue show", ["catalogue", "show", "2010-sp2-ru4", *AT]),
        ("catalogue check", ["catalogue", "check", *AT]),
        ("help", ["help"]),
        ("version", ["--version"]),
        ("no command", []),
        ("a wrong option behind a word", ["which", "x", "--nonsense"]),
        ("an option without its word", ["scan", "--at"]),
        ("a file that is not there", ["inspect", *AT, "nothing.msp"]),
        ("a folder that is none", ["scan", "which.txt/x"]),
    ]
    for name, words in rows:
        tap.point(name, differences(words, kit.FIXTURES))
    tap.point("which, from standard input",
              differences(["which", *AT, "-"], kit.FIXTURES,
                          "\n".join(asked).encode()))


def hives(tap):
    names = sorted(n for n in os.listdir(kit.FIXTURES)
                   if n.endswith(".hive"))
    complaints = [line for name in names for form in ("json", "text")
                  for line in differences(
                      ["registry", "--recursive", "--format", form, *AT,
                       name],
                      kit.FIXTURES)]
    tap.point("registry of %d hives" % len(names), complaints)


def fixtures(tap):
    for form in ("json", "text"):
        tap.point("inspect of all fixtures, " + form,
                  differences(["inspect", "--format", form, *AT, "./"],
                              kit.FIXTURES))


def signed(tap, pool):
    """The matrix of tests/pki, made anew and inspected by both."""
    if not shutil.which("osslsigncode") or not shutil.which("openssl"):
        tap.skip("inspect of the signed matrix",
                 "osslsigncode or openssl is not installed")
        return
    maker = kit.load("maker", "tests", "pki", "maker.py")
    with tempfile.TemporaryDirectory() as folder:
        made = maker.Maker(folder)
        made.make([case for case, _ in maker.read_matrix()], pool)
        options = ["--anchor", made.pki.cert("root"), "--catalogue",
                   maker.write_catalogue(made)]
        for form in ("json", "text"):
            tap.point("inspect of the signed matrix, " + form,
                      differences(["inspect", "--format", form, *options,
                                   *AT, "./"], folder))


def main():
    kit.need()
    tap = Tap()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        commands(tap)
        hives(tap)
        fixtures(tap)
        mounted(tap)
        volumes(tap, pool)
        signed(tap, pool)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
