#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A live scan under Wine finds what a scan of the same server's disk finds.

Each synthetic volume becomes a machine: its registry in a Wine prefix by "reg
import" (tests/tools/mkreg.py), its files in the prefix's drives. That all of
the registry arrived is asked of Windows' own functions. There, "rollcall.exe
scan" without ROOT must give the inventory and the verdict that ./rollcall gives
for the volume: the whole JSON, but for

- "source", which is live or volume;
- the evidence that hive files are, and the numbers of evidence with it;
- the letter case of C:\\Windows, which Wine calls C:\\windows.

All cases of tests/cli/volumes are asked, with their arguments (but --drive: a
machine has its drives).

Two Wines become one machine after the other. What a volume has put into the
registry is taken out for the next one, what it put over Wine's own is put back,
and drive C: is that of the template again.

INEXPRESSIBLE names the cases that are of no live machine, or of none of
Wine's, and BY_DIRECTIVE what makes a volume one of them. A case there that
would pass is a failure.
"""
import concurrent.futures
import functools
import itertools
import json
import os
import queue
import re
import shutil
import subprocess
import sys

import kit
import mkhive
import mkreg
import mkvolume
from tap import Tap, sampled


VOLUMES = kit.volume_cases()
TEXTS = os.path.join(kit.SRC, "tests", "cli", "volumes")
WORK = os.path.join(kit.BUILD, "tests", "windows", "live")
TEMPLATE = os.environ["WINEPREFIX"] + ".template"

NO_HIVES = "hives are files of a disk: a running Windows answers itself"
NO_WINDOWS = "no Windows runs without its folder"
ALL_DRIVES = "a machine has all of its drives"
LINKS = "Wine 8 follows symbolic links of Linux unseen"
TWINS = "a folder of Windows has no two names that differ only in case"
KEY_LINKS = "a .reg file makes no links among keys; see test-refused.py"

# Directives of volume texts.
BY_DIRECTIVE = {
    "break": NO_HIVES,
    "keylink": KEY_LINKS,
    "twin": TWINS,
}

# Cases.
INEXPRESSIBLE = {
    "cache-leads-outside": LINKS,
    "drive-d-unmapped": ALL_DRIVES,
    "empty-folder": NO_WINDOWS,
    "exsetup-is-link": LINKS,
    "exsetup-link-nowhere": LINKS,
    "link-outside": LINKS,
    "local-package-elsewhere": ALL_DRIVES,
    "log-conflict": NO_HIVES,
    "log-foreign": NO_HIVES,
    "log-foreign-agreed": NO_HIVES,
    "log-newer": NO_HIVES,
    "log-newer-no-replay": NO_HIVES,
    "log-only-su-v2": NO_HIVES,
    "log-only-v2": NO_HIVES,
    "log-only-v2-no-replay": NO_HIVES,
    "log-system": NO_HIVES,
    "no-folder": NO_WINDOWS,
    "no-windows": NO_WINDOWS,
    "software-dirty": NO_HIVES,
    "software-dirty-stale": NO_HIVES,
    "software-empty": NO_HIVES,
    "software-missing": NO_HIVES,
    "software-text": NO_HIVES,
    "software-truncated": NO_HIVES,
    "sound-2016-logs": NO_HIVES,
    "system-missing": NO_HIVES,
    "target-no-registry": NO_HIVES,
    "windows-is-file": NO_WINDOWS,
    "wow64-leads-outside": LINKS,
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
    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


class Machine:
    """A running Wine, which becomes one server after the other: to start it
    takes far longer than a scan."""

    def __init__(self, place):
        self.name = self.text = None
        self.root = os.path.join(WORK, place)
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

    def clear_drives(self):
        """C: as it was, and no other."""
        drives = os.path.join(self.wine.prefix, "dosdevices")
        for letter in "abdefgh":
            remove(os.path.join(drives, letter + ":"))
            remove(os.path.join(self.root, letter))
        fresh, old = self.wine.prefix + ".c", self.wine.prefix + ".old"
        subprocess.run(["cp", "-al", os.path.join(TEMPLATE, "drive_c"),
                        fresh], check=True)
        remove(os.path.join(fresh, "users"))
        os.makedirs(os.path.join(fresh, "users"))
        os.rename(self.wine.path(""), old)
        os.rename(fresh, self.wine.path(""))
        remove(old)

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

    def load_registry(self, before):
        reg = os.path.join(self.root, "machine.reg")
        mkreg.write(self.text, reg, before)
        done = self.wine.run(["reg", "import", "Z:" + reg])
        if done.code != 0:
            raise RuntimeError("reg import: %r" % (done.out + done.err))

    def start(self):
        self.make_prefix()
        self.wine.keep()

    def become(self, name):
        """From the start, or from another server."""
        before = []
        if self.text:
            self.clear_drives()
            before = mkreg.undone(mkvolume.read_volume(self.text),
                                  template_registry())
        self.name = name
        self.text = os.path.join(TEXTS, name + ".volume.txt")
        self.lay_files()
        self.load_registry(before)

    def __enter__(self):
        return self

    def __exit__(self, *exc):
        self.wine.end()
        remove(self.root)


class Pool:
    """Machines that wait for somebody."""

    def __init__(self):
        self.waiting = queue.SimpleQueue()
        self.names = ("machine%d" % n for n in itertools.count())

    def take(self):
        try:
            return self.waiting.get_nowait()
        except queue.Empty:
            machine = Machine(next(self.names))
            machine.start()
            return machine

    def end(self):
        while not self.waiting.empty():
            self.waiting.get().__exit__()


# --------------------------------------------------------- its registry
ESCAPES = {"a": 7, "b": 8, "e": 27, "f": 12, "n": 10, "r": 13, "t": 9,
           "v": 11}


def unescape(text):
    """A string of Wine's registry files, as UTF-16LE."""
    def one(m):
        if m[1]:
            return chr(int(m[1], 16))
        return chr(int(m[2], 8)) if m[2] else chr(
            ESCAPES.get(m[3], ord(m[3])))
    return re.sub(r"\\(?:x([0-9a-f]{1,4})|([0-7]{1,3})|(.))", one,
                  text).encode("utf-16-le", "surrogatepass")


def decode(data):
    """(type, bytes) of a value in Wine's registry files."""
    if data.startswith("dword:"):
        return 4, int(data[6:], 16).to_bytes(4, "little")
    m = re.fullmatch(r'(?:str\((\w+)\):)?"(.*)"', data)
    if m:
        return int(m[1] or "1", 16), unescape(m[2]) + b"\0\0"
    m = re.fullmatch(r"hex(?:\((\w+)\))?:(.*)", data)
    return int(m[1] or "3", 16), bytes.fromhex(m[2].replace(",", ""))


def wine_registry(prefix):
    """{upper-case key: {upper-case name: (type, bytes)}} of the file that
    Wine keeps HKEY_LOCAL_MACHINE in."""
    with open(os.path.join(prefix, "system.reg"), encoding="utf-8") as f:
        text = re.sub(r"\\\n\s*", "", f.read())
    keys, values = {}, None
    for line in text.splitlines():
        key = re.match(r"\[(.*)\] \d", line)
        value = re.match(r'(@|"(?:[^"\\]|\\.)*")=(.*)', line)
        if key:
            name = unescape(key[1]).decode("utf-16-le", "surrogatepass")
            values = keys.setdefault(name.upper(), {})
        elif value and values is not None:
            name = unescape(value[1].strip('"')).decode(
                "utf-16-le", "surrogatepass")
            values[name.upper()] = decode(value[2])
    return keys


@functools.lru_cache
def template_registry():
    """{upper-case key: {upper-case name: literal}} of what Wine begins with,
    with all keys: one that has keys alone is not listed by itself."""
    found = {}
    for key, values in wine_registry(TEMPLATE).items():
        while "\\" in key and key not in found:
            found[key] = {}
            key = key.rpartition("\\")[0]
        found.setdefault(key, {})
        for name, (kind, data) in values.items():
            found[key][name] = "hex(%x):%s" % (kind, data.hex(","))
    return found


def not_loaded(machine):
    """What the volume's registry has, and Windows' functions read
    otherwise."""
    rows = [(key, name.replace('\\"', '"').replace("\\\\", "\\"),
             mkhive.parse_data(data))
            for key, values in mkreg.keys(mkvolume.read_volume(machine.text))
            for name, data in values.items()]
    with open(os.path.join(machine.root, "values.txt"), "w",
              encoding="utf-8") as f:
        f.writelines("%s\t%s\n" % row[:2] for row in rows)
    done = machine.wine.run([kit.HOLD, "values", "values.txt"], machine.root)
    said = done.out.decode().split("\n")[:-1]
    if len(said) != len(rows):
        yield "%d values of %d: %r" % (len(said), len(rows), done.err)
    for (key, name, (kind, data)), there in zip(rows, said):
        if there.strip() != ("%d %s" % (kind, data.hex())).strip():
            yield "%s: %s is %s, not %d %s" % (key, name, there, kind,
                                               data.hex())


# ------------------------------------------------------------- comparing
def canonical(text):
    """A result without what differs between a disk and a machine."""
    host = json.loads(re.sub(r"(?i)C:\\\\windows\b", r"C:\\\\Windows",
                             text))["hosts"][0]
    facts = host["inventory"]
    # Nobody opens the files of hives while Windows runs.
    del host["source"], facts["source"], facts["hives"]
    # Wine makes one for whoever asks.
    facts.pop("machine_guid", None)
    # What is free only a machine can tell.
    facts.pop("spaces", None)
    facts["evidence"] = [e for e in facts["evidence"] if e["kind"] != "hive"]
    # Flags that live as long as Windows runs are seen on a machine alone.
    if "target" in host:
        for name in ("checked", "unseen", "requirements"):
            del host["target"][name]
        del host["answers"]["ready"]["text"]
    kept = [e for e in host["evidence"] if e["kind"] != "hive"]
    number = {e["id"]: "e%d" % n for n, e in enumerate(kept, 1)}
    host["evidence"] = kept
    flat = json.dumps(host, indent=1, sort_keys=True)
    return re.sub(r'"(e\d+)"', lambda m: '"%s"' % number.get(m[1], "hive"),
                  flat)


def cases():
    """{volume: {case: Expect}} of all .expect files."""
    found = {}
    for name in sorted(os.listdir(TEXTS)):
        if name.endswith(".expect"):
            case = name[:-len(".expect")]
            expect = VOLUMES.Expect(os.path.join(TEXTS, name))
            found.setdefault(expect.one("volume", case), {})[case] = expect
    return found


def of_machine(words):
    """Arguments without what only a volume takes: drives, and ROOT."""
    words = words[:-1]
    while "--drive" in words:
        at = words.index("--drive")
        del words[at:at + 2]
    return words


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


def check(machine, volume, expected, more=None):
    """{case: complaints}: one machine answers for all cases of a volume."""
    words = {case: ["scan", "--format", "json"] +
             VOLUMES.arguments(case, expect)
             for case, expect in expected.items()}
    day = {case: VOLUMES.environment(expect)
           for case, expect in expected.items()}
    machine.become(volume)
    if more:
        more(machine.wine)
    bad = list(not_loaded(machine))
    return {case: bad + list(differences(
        kit.native(words[case], **day[case]),
        machine.wine.rollcall(of_machine(words[case]), **day[case])))
            for case in words}


def check_on_any(pool, volume, expected, more=None):
    machine = None
    try:
        machine = pool.take()
        found = check(machine, volume, expected, more)
    except (OSError, RuntimeError, subprocess.SubprocessError) as e:
        # The next volume gets a new machine.
        if machine:
            machine.__exit__()
        return dict.fromkeys(expected, [
            "the machine could not be made, or asked: %r" % e])
    if more:
        machine.__exit__()
    else:
        pool.waiting.put(machine)
    return found


def not_free(text):
    """What is free is told by the machine, wherever Exchange is."""
    facts = json.loads(text)["hosts"][0]["inventory"]
    told = facts.get("spaces", [])
    if bool(told) != bool(facts["setups"]):
        yield "%d folders with what is free, %d setups" % (
            len(told), len(facts["setups"]))
    for row in told:
        # A volume may say that Exchange is where nothing is.
        if row["path"][1:].lower() == r":\windows" and not row["free"]:
            yield "nothing is free: %r" % row


def differences(ours, theirs):
    if ours.code != theirs.code:
        yield "exit %d of the volume, %d of the machine" % (
            ours.code, theirs.code)
    yield from kit.first_difference("messages", ours.err, theirs.err)
    if ours.out == theirs.out == b"":
        return
    try:
        yield from not_free(theirs.out.decode())
        yield from kit.first_difference("result", canonical(
            ours.out.decode()), canonical(theirs.out.decode()))
    except ValueError as e:
        yield "no JSON: %s: %r" % (e, theirs.out[:200])


def why_not(case, volume):
    """Why no machine can be what the case shows."""
    with open(os.path.join(TEXTS, volume + ".volume.txt"),
              encoding="utf-8") as f:
        first = {line.split(" ", 1)[0] for line in f}
    return INEXPRESSIBLE.get(case) or next(
        (why for word, why in BY_DIRECTIVE.items() if word in first), None)


def tell_all(tap, pool, every, volumes):
    with concurrent.futures.ThreadPoolExecutor(2) as threads:
        results = threads.map(
            lambda volume: check_on_any(pool, volume, every[volume]),
            volumes)
        for volume, found in zip(volumes, results):
            for case, complaints in sorted(found.items()):
                tap.unless(why_not(case, volume), "machine " + case,
                           complaints, "INEXPRESSIBLE")


def main(wanted):
    kit.need()
    tap = Tap()
    pool = Pool()
    every = cases()
    tell_all(tap, pool, every,
             [v for v in every if v in wanted] if wanted else
             sampled(every))
    if not wanted:
        tap.point("every row of INEXPRESSIBLE is a case", sorted(
            set(INEXPRESSIBLE) - {c for v in every.values() for c in v}))
        tap.point("the 64-bit view of the registry counts", check_on_any(
            pool, "ru4-v1", {"ru4-v1": every["ru4-v1"]["ru4-v1"]},
            decoy)["ru4-v1"])
    pool.end()
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
