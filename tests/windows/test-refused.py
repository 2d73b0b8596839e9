#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A live scan that may not read something is never the better for it (TAP).

Machines are made of synthetic volumes, as test-live.py makes them. On each, one
thing after the other is taken away while rollcall.exe scans it: a key is denied
to everybody, a file is held by another program that shares it with nobody. On a
server that is fine, the scan is undetermined then; on one that is not, it never
ends with 0. A key that is a link to nowhere hides no Exchange.

Who is no elevated administrator is told in the second line to run it again as
one: before anything else where something was refused, behind it where a file
was only in use.

Wine 8 does here as Windows does: access lists of keys (kept in memory, so that
the program which denies must stay), files that are not shared, links among
keys, and tokens that have the administrators' group for denying only. It takes
the access lists of files from their modes on Linux, which do not bind root: no
file is denied here. tests/unit/test-refused.c has what is left.
"""
import concurrent.futures
import os
import re
import sys

import kit
from tap import Tap

LIVE = kit.load("test_live", "tests", "windows", "test-live.py")
UNELEVATED = os.path.join(kit.BUILD, "tests", "windows",
                          "unelevated-win32.exe")

# Volumes: a server that is fine, those that are not, and one without Exchange.
FINE = "sound-2010-v1-then-v2"
OTHERS = ["newer-marker", "package-flipped", "patch-of-a-user",
          "registered-only", "ru4-v1", "role-configured-older", "sp2-plain",
          "sound-2016-history", "sound-update-of-one-feature"]
NONE = "no-exchange-fixed"

SETUP = r"SOFTWARE\Microsoft\ExchangeServer\v14\Setup"
INSTALLER = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Installer"
MACHINE = INSTALLER + r"\UserData\S-1-5-18"
PRODUCT = MACHINE + r"\Products\AE1D439464EB1B8488741FFA028E291C"

DENIED = [
    SETUP,
    r"SOFTWARE\Microsoft\ExchangeServer\v14",
    r"SOFTWARE\Microsoft\ExchangeServer\v14\MailboxRole",
    INSTALLER + r"\UserData",
    MACHINE + r"\Products",
    PRODUCT + r"\InstallProperties",
    PRODUCT + r"\Patches",
    r"SOFTWARE\Classes\Installer\Features\442189DC8B9EA5040962A6BED9EC1F1F",
    r"SOFTWARE\Microsoft\Updates",
    r"SOFTWARE\Microsoft\Updates\Exchange 2010",
    r"SOFTWARE\Microsoft\Windows NT\CurrentVersion",
    r"SYSTEM\CurrentControlSet\Services\MSExchangeIS",
]

# What only the next step rests on: it is asked for besides then. Setup of
# Exchange 2010 asks for no restart that waits and for no program.
FOR_TARGET = [
    r"SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full",
    r"SOFTWARE\Microsoft\Updates",
]
FOR_TARGET_OF_2013 = [
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall",
    r"SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update",
]
OF_2013 = r"SOFTWARE\Microsoft\ExchangeServer\v15\Setup"

# Where there is no Exchange: each would have to be looked behind.
LINKS = [
    r"SOFTWARE\Microsoft\ExchangeServer",
    r"SOFTWARE\Microsoft\ExchangeServer\v15\Setup",
    r"SOFTWARE\Microsoft\Updates",
    INSTALLER,
    MACHINE + r"\Products",
]
NOWHERE = r"\Registry\Machine\SOFTWARE\Nowhere"

# Cached packages that no verdict rests on: nobody opens them.
UNREAD = {
    # Recorded for a user, which is no record of the machine: the scan is
    # undetermined for that.
    ("patch-of-a-user", r"C:\Windows\Installer\6c82bb4.msp"),
    # Language packs, which only a cumulative update takes off.
    ("sound-2016-history", r"C:\Windows\Installer\216224f.msi"),
    ("sound-2016-history", r"C:\Windows\Installer\91022f4.msi"),
}

AGAIN = "run again as administrator, for not everything could be read; "
SURE = "; run again as administrator to be sure"


class Asked:
    """One machine, and the arguments of its case."""

    def __init__(self, volume, machine):
        self.machine = machine
        self.wine = machine.wine
        self.volume = LIVE.mkvolume.read_volume(machine.text)
        expect = LIVE.cases()[volume][volume]
        self.words = ["scan"] + LIVE.of_machine(
            LIVE.VOLUMES.arguments(volume, expect))
        self.day = LIVE.VOLUMES.environment(expect)
        self.code = self.scan().code

    def scan(self, *more):
        return self.wine.rollcall(self.words + list(more), **self.day)

    def as_user(self):
        """As an administrator who is not elevated."""
        return self.wine.run([UNELEVATED, kit.EXE] + self.words, **self.day)

    def take(self, *words):
        return kit.Holder(self.wine, self.machine.root, *words)

    def for_target(self):
        """The same machine, asked for the next step."""
        other = Asked.__new__(Asked)
        other.__dict__.update(self.__dict__)
        other.words = self.words + ["--target", "next", "--ask", "ready"]
        done = other.scan()
        other.code = done.code
        other.has_step = b"nothing newer" not in b" ".join(done.out.split())
        return other

    def keys(self, denied):
        """Of DENIED, those that the machine has."""
        have = [key.upper() + "\\" for key, _ in
                LIVE.mkreg.keys(self.volume)]
        return [key for key in denied
                if any(h.startswith(key.upper() + "\\") for h in have)]

    def files(self):
        """Those that a verdict rests on, as Windows writes them."""
        for path, data in self.volume.files.values():
            name = path.rpartition("\\")[2].lower()
            cached = "\\installer\\" in path.lower() and \
                name.endswith((".msi", ".msp"))
            if data is not None and (
                    cached or name in ("wintrust.dll", "exsetup.exe",
                                       "exchangesetup.log")):
                yield path


def second_line(done):
    """The lines from the second to the first that is empty, as one."""
    lines = done.out.decode("utf-8", "replace").split("\n\n")[0].split("\n")
    return " ".join(" ".join(lines[1:]).split())


def check_line(done, refused):
    """The second line of who is not elevated: "ACTION REQUIRED,
    UNDETERMINED advice"."""
    line = second_line(done)
    advice = re.sub(r"^(?:[A-Z-]+,? )+", "", line)
    if refused and not advice.startswith(AGAIN.strip()):
        yield "it does not begin with the advice: %r" % line
    if not refused and (AGAIN.strip() in line or not line.endswith(SURE)):
        yield "it does not end with the advice: %r" % line
    if done.code == 3 and not line.startswith("UNDETERMINED"):
        yield "first words: %r" % line


def check_code(asked, code):
    if asked.code == 0 and code != 3:
        yield "exit %d, and it was 0 where all could be read" % code
    if asked.code != 0 and code not in (1, 2, 3):
        yield "exit %d, and it was %d where all could be read" % (
            code, asked.code)


def without(asked, how, what):
    """Complaints about the scans while WHAT is taken away."""
    with asked.take(how, what) as holder:
        if holder.said != "ready":
            yield "the helper: " + holder.said
            return
        elevated = asked.scan()
        user = asked.as_user()
    yield from check_code(asked, elevated.code)
    yield from check_code(asked, user.code)
    if "administrator" in second_line(elevated):
        yield "told to an administrator: %r" % second_line(elevated)
    yield from check_line(user, how == "deny")
    if how == "alone" and b"in use by another program" not in \
            b" ".join(user.out.split()):
        yield "not called in use: %r" % user.out[:800]


def refused_step(asked, key):
    """Complaints when the answer for the next step gets better by it."""
    with asked.take("deny", key) as holder:
        if holder.said != "ready":
            yield "the helper: " + holder.said
            return
        during = asked.scan()
    if during.code not in (0, 2, 3) or (during.code == 0 and asked.code != 0):
        yield "exit %d, and it was %d where all could be read" % (
            during.code, asked.code)
    # What only warns is told to be unread; what blocks leaves it open.
    text = b" ".join(during.out.split())
    if during.code == 0 and b"could not be read" not in text:
        yield "not told: %r" % text[:800]


def unread(asked, path):
    """Complaints when it matters that PATH, of UNREAD, is held."""
    before = asked.scan()
    with asked.take("alone", path) as holder:
        if holder.said != "ready":
            yield "the helper: " + holder.said
        during = asked.scan()
    if (before.code, before.out) != (during.code, during.out):
        yield "it is opened: take it out of UNREAD"


def taken_away(asked):
    """(name, complaints) of everything."""
    yield "with nothing taken away", [
        *([] if asked.code == asked.scan().code else ["two exit codes"]),
        *check_line(asked.as_user(), False)]
    for key in asked.keys(DENIED):
        yield "denied " + key, list(without(asked, "deny", key))
    next_step = asked.for_target()
    of_2013 = FOR_TARGET_OF_2013 if asked.keys([OF_2013]) else []
    # Where nothing is to be installed, nothing is asked for besides.
    for key in asked.keys(FOR_TARGET + of_2013 if next_step.has_step else []):
        yield "denied " + key + ", next step", list(refused_step(next_step,
                                                                 key))
    for path in asked.files():
        yield "held " + path, list(
            unread(asked, path) if (asked.machine.name, path) in UNREAD
            else without(asked, "alone", path))


def linked(asked):
    """(name, complaints) of links that lead nowhere."""
    for key in LINKS:
        asked.wine.run(["reg", "delete", "HKLM\\" + key, "/f"])
        with asked.take("link", key, NOWHERE) as holder:
            done = asked.scan("--verbose")
        text = " ".join(done.out.decode("utf-8", "replace").split())
        told = "the link HKLM\\%s leads to %s, which is not there" % (
            key, NOWHERE)
        yield "a link " + key, [
            *([] if holder.said == "ready" else [
                "the helper: " + holder.said]),
            *([] if done.code == 3 else ["exit %d" % done.code]),
            *([] if told in text else ["not told: %r" % text[:800]])]


def results(volume):
    try:
        with LIVE.Machine(volume) as machine:
            machine.start()
            machine.become(volume)
            asked = Asked(volume, machine)
            return list((linked if volume == NONE else taken_away)(asked))
    except (OSError, RuntimeError) as e:
        return [("is made", ["the machine could not be made: %r" % e])]


def main(wanted):
    kit.need(native_too=False)
    tap = Tap()
    volumes = wanted or [FINE, NONE] + OTHERS
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for volume, found in zip(volumes, pool.map(results, volumes)):
            for name, complaints in found:
                tap.point("%s, %s" % (volume, name), complaints)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
