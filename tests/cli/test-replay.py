#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Dirty hives: what is shown is a state that the registry was in (TAP).

tests/tools/mkdirty.py plays Windows writing a hive and its logs. The machine
is stopped after every write and in the middle of it; "rollcall registry" must
then show the version that was committed last, or call the logs unusable:
never a mixture. The second is right only where a base block is torn.

Real dirty hives, with what Windows made of them, are in $ROLLCALL_REAL.
"""

import json
import os
import re
import struct
import subprocess
import sys
import tempfile

ROLLCALL = os.environ["ROLLCALL"]
SRC = os.environ["ROLLCALL_SRC"]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SRC, "tests", "tools"))

import mkdirty                          # noqa: E402
import mkhive                           # noqa: E402
from tap import first_of, sampled       # noqa: E402

NAME = "SOFTWARE"


# --- hives ----------------------------------------------------------------

def text(version):
    """A hive that changes a little, and grows, with each version."""
    lines = ["Windows Registry Editor Version 5.00", "",
             r"[HKEY_LOCAL_MACHINE\SOFTWARE\Setup]",
             '"Version"=dword:%08x' % version,
             '"Build"="14.2.318.%d"' % version]
    for key in range(40 + version * (20 if version >= 4 else 1)):
        lines += ["", r"[HKEY_LOCAL_MACHINE\SOFTWARE\Keys\k%04d]" % key,
                  '"Blob"=fill(3):200,%02x' % (version if key % 7 == 0
                                               else 0x11)]
    return "\n".join(lines)


VERSIONS = [mkdirty.named(mkhive.build(text(version)), NAME)
            for version in range(8)]


def new_format(sequence):
    """Both logs, in turn; the hive grows; the hive file written in full, and
    once without its base block before a log is used again."""
    writer = mkdirty.NewWriter(VERSIONS, sequence)
    writer.commit()
    writer.commit()
    writer.rotate()
    writer.commit()
    writer.flush()
    writer.rotate()
    writer.commit()
    writer.commit()
    writer.rotate()
    writer.commit()
    writer.pages()
    writer.rotate()
    writer.commit()
    writer.flush()
    return writer.disk


def old_format(logs):
    """One log, then a disk that fails and the other one in its place."""
    writer = mkdirty.OldWriter(VERSIONS, 40, logs)
    writer.commit()
    writer.commit()
    writer.commit()
    writer.commit()
    if len(logs) > 1:
        writer.commit(stop_after=3)
        writer.commit(log=1, stop_after=5)
        writer.commit(log=0)
    return writer.disk


# --- running --------------------------------------------------------------

class Shown:
    """What the program says of a hive and its logs."""

    def __init__(self, folder, files, args=()):
        mkdirty.write_files(files, folder, NAME)
        run = subprocess.run(
            [ROLLCALL, "registry", "-r", *args, os.path.join(folder, NAME)],
            stdin=subprocess.DEVNULL, capture_output=True, check=False,
            timeout=60)
        self.code, self.out = run.returncode, run.stdout
        self.err = run.stderr.decode()
        said = re.search(r"logs unusable \(([a-z-]+)\)", self.err)
        self.unusable = said.group(1) if said else None
        self.replayed = "dirty, replayed (" in self.err
        for suffix in files:
            os.unlink(os.path.join(folder, NAME + (
                "." + suffix if suffix else "")))


class Tap:
    def __init__(self):
        self.number = 0

    def report(self, name, problems, note=None):
        self.number += 1
        print("%s %d - %s" % ("not ok" if problems else "ok", self.number,
                              name))
        for problem in problems[:10]:
            print("#", problem.replace("\n", " | "))
        if note:
            print("#", note)
        sys.stdout.flush()

    def skip(self, name, why):
        self.number += 1
        print("ok %d - %s # SKIP %s" % (self.number, name, why))


def expected_views(folder):
    return [Shown(folder, {"": image}).out for image in VERSIONS]


# --- stopped after every write --------------------------------------------

def is_torn_base(label):
    """Part of a sector that must be written whole."""
    return label.endswith("half") and ("base of" in label or
                                       "whole" in label or
                                       "hive is" in label)


def check_stops(disk, views, folder, least):
    problems, stops, unusable, replayed = [], 0, 0, 0
    for label, files, versions in disk.stops():
        shown = Shown(folder, files)
        stops += 1
        unusable += shown.unusable is not None
        replayed += shown.replayed
        if shown.unusable is not None and not is_torn_base(label):
            problems.append("%s: unusable: %s" % (label, shown.err))
        elif shown.unusable is None and shown.out not in [
                views[version] for version in versions]:
            seen = views.index(shown.out) if shown.out in views else "none"
            problems.append("%s: version %s, not %s: %s" % (
                label, seen, sorted(versions), shown.err))
    if stops < least:
        problems.append("only %d stops" % stops)
    return problems, "%d stops: %d replayed, %d unusable" % (
        stops, replayed, unusable)


# --- logs that are not what they should be --------------------------------

def patched(data, at, piece):
    out = bytearray(data)
    out[at:at + len(piece)] = piece
    return bytes(out)


def chain():
    """A dirty hive with versions 1 and 2 in LOG1, 3 and 4 in LOG2."""
    writer = mkdirty.NewWriter(VERSIONS, 7)
    writer.commit()
    writer.commit()
    writer.rotate()
    writer.commit()
    writer.commit()
    return {suffix: bytes(data)
            for suffix, data in writer.disk.files.items()}


def second_entry(log):
    size = int.from_bytes(log[516:520], "little")
    return 512 + size


def other_name(files):
    """The same logs, of a hive of another name."""
    out = dict(files)
    for suffix in ("LOG1", "LOG2"):
        block = mkdirty.named(files[suffix][:512], "SYSTEM")
        out[suffix] = block + files[suffix][512:]
    return out


def far_page(sequence):
    """A sound log with a page that would make a hive of 1.75 GB."""
    at = 0x70000000
    body = struct.pack("<II", at, 4096).ljust(8192 - 40, b"\0")
    head = struct.pack("<4sIIIIIQ", b"HvLE", 8192, 0, sequence, at + 4096,
                       1, mkdirty.marvin32(body))
    return mkdirty.base_block(VERSIONS[0], (sequence, sequence),
                              mkdirty.TYPE_NEW) + \
        head + struct.pack("<Q", mkdirty.marvin32(head)) + body


def new_damage():
    """(what, files, version or rule)"""
    files = chain()
    one, two = files["LOG1"], files["LOG2"]
    at = second_entry(one)
    yield "both logs", files, 4
    yield "the names of the logs changed round", {
        "": files[""], "LOG1": two, "LOG2": one}, 4
    yield "second log missing", {"": files[""], "LOG1": one}, 2
    yield "second log empty", {**files, "LOG2": b""}, 2
    yield "first log missing", {"": files[""], "LOG2": two}, "sequence"
    yield "first log's base block bad", {
        **files, "LOG1": patched(one, 100, b"x")}, "base-block"
    yield "all logs empty", {**files, "LOG1": b"", "LOG2": b""}, None
    yield "a page of the first entry bad", {
        **files, "LOG1": patched(one, at - 600, b"\x99")}, "hash"
    yield "a page of the second entry bad", {
        **files, "LOG1": patched(one, at + 700, b"\x99")}, 1
    yield "header of the second entry bad", {
        **files, "LOG1": patched(one, at + 20, b"\x99")}, 1
    yield "second entry cut off", {
        **files, "LOG1": one[:at + 1024]}, 1
    yield "an entry missing", {
        **files, "LOG1": one[:512] + one[at:]}, "sequence"
    yield "of another hive", other_name(files), "another-hive"
    yield "numbers of a log in the making", {
        **files, "LOG1": bytes(mkdirty.seal(bytearray(patched(
            one, 8, b"\x06")))), "LOG2": b""}, "unfinished"
    yield "a hive for a log", {
        **files, "LOG1": files[""], "LOG2": b""}, "base-block"
    yield "no log at all, but text", {
        **files, "LOG1": b"no log\n", "LOG2": b""}, "size"
    yield "base block bad", {
        **files, "": patched(files[""], 300, b"x")}, 4
    yield "base block gone", {
        **files, "": patched(files[""], 0, bytes(4096))}, 4
    yield "a page far behind the hive's end", {
        **files, "LOG1": far_page(7), "LOG2": b""}, "size"
    yield "single log in LOG", {
        "": files[""], "LOG1": b"", "LOG2": b"", "LOG": one}, 2
    whole = dict(files)
    whole[""] = bytes(VERSIONS[0])
    yield "clean, with logs that say more", whole, 0


def old_damage():
    writer = mkdirty.OldWriter(VERSIONS, 7)
    writer.commit(stop_after=2)
    files = {suffix: bytes(data)
             for suffix, data in writer.disk.files.items()}
    log = files["LOG1"]
    yield "one log", files, 1
    yield "in the second log", {**files, "LOG1": b"", "LOG2": log}, 1
    yield "in the only log", {"": files[""], "LOG": log}, 1
    yield "cut off", {**files, "LOG1": log[:-512]}, "size"
    yield "no vector", {**files, "LOG1": patched(log, 512, b"INVL")}, \
        "signature"
    yield "no page marked", {
        **files, "LOG1": patched(log, 516, bytes(508))}, "size"
    yield "of another time", {**files, "LOG1": bytes(mkdirty.seal(bytearray(
        patched(log, 12, b"\1\2\3"))))}, "timestamp"
    yield "of another hive", {**files, "LOG1": mkdirty.named(
        log[:512], "SYSTEM") + log[512:]}, "another-hive"
    yield "a page that is no bin", {
        **files, "LOG1": patched(log, 1024, b"nibh")}, "hive-bin"
    yield "base block bad", {**files, "": patched(files[""], 300, b"x")}, 1
    yield "base block bad, of another time, as is the bin", {
        **files, "": patched(files[""], 12, bytes(8))}, "timestamp"
    yield "base block bad, of another time, the bin is not", {
        **files, "": patched(patched(files[""], 12, bytes(8)), 4096 + 20,
                             log[12:20])}, 1


def check_damage(cases, views, folder):
    problems = []
    for what, files, want in cases:
        shown = Shown(folder, files)
        if isinstance(want, int):
            if shown.unusable or shown.out != views[want]:
                problems.append("%s: not version %d: %s"
                                % (what, want, shown.err))
        elif want is None:
            if "logs missing" not in shown.err:
                problems.append("%s: %s" % (what, shown.err))
        elif shown.unusable != want:
            problems.append("%s: not refused for %s: %s"
                            % (what, want, shown.err))
        if shown.code != 0:
            problems.append("%s: ended with %d" % (what, shown.code))
    return problems


def check_no_replay(views, folder):
    shown = Shown(folder, chain(), ["--no-replay"])
    problems = []
    if shown.out != views[0]:
        problems.append("--no-replay does not show the file as it lies")
    if "as it lies" not in shown.err:
        problems.append("--no-replay does not say so: " + shown.err)
    return problems


def check_case(views, folder):
    """Names of logs in any letter case."""
    files = chain()
    for suffix, data in files.items():
        name = "Software" + ("." + suffix.lower() if suffix else "")
        with open(os.path.join(folder, name), "wb") as file:
            file.write(data)
    run = subprocess.run([ROLLCALL, "registry", "-r", "Software"],
                         cwd=folder, capture_output=True, check=False)
    for suffix in files:
        os.unlink(os.path.join(folder, "Software" + (
            "." + suffix.lower() if suffix else "")))
    return [] if run.stdout == views[4] else [run.stderr.decode()]


def check_json(folder):
    mkdirty.write_files(chain(), folder, NAME)
    path = os.path.join(folder, NAME)
    problems = []
    for args, want in (
            ([], {"state": "replayed", "entries": 4, "sequence": 10,
                  "rule": None, "detail": None}), (["--no-replay"], None)):
        run = subprocess.run(
            [ROLLCALL, "registry", "--format", "json", *args, path],
            capture_output=True, check=False)
        hive = json.loads(run.stdout)["hive"]
        if hive["replay"] != want or hive["dirty"] is not True:
            problems.append(repr(hive))
    return problems


# --- real ones ------------------------------------------------------------

# What the logs of each do, by Windows itself or by a third reader.
REAL = (
    ("NewDirtyHive1/NewDirtyHive", "RecoveredHive_Windows10", 4, 5),
    ("NewDirtyHive2/NewDirtyHive", "../NewDirtyHive1/"
     "RecoveredHive_Windows10", 3, 5),
    ("OldDirtyHive/OldDirtyHive", "RecoveredHive_Windows7", 1, 5),
    ("BadBaseBlockHive/BadBaseBlockHive", "../OldDirtyHive/"
     "RecoveredHive_Windows7", 1, 5),
    ("BadLogHive1/BadLogHive", "base-block", 0, None),
    ("BadLogHive2/BadLogHive", "signature", 0, None),
    ("BadLogHive3/BadLogHive", "base-block", 0, None),
)


def keys_of(path):
    run = subprocess.run([ROLLCALL, "registry", "-r", "--format", "json",
                          "--at", "2013-01-01", path],
                         capture_output=True, check=True)
    result = json.loads(run.stdout)
    return result["hive"], result["keys"]


def check_real(real, row):
    path, want, entries, sequence = row
    hive, keys = keys_of(os.path.join(real, path))
    replay = hive["replay"]
    problems = []
    if (replay["entries"], replay["sequence"]) != (entries, sequence):
        problems.append("replayed %r" % replay)
    if entries == 0:
        if (replay["state"], replay["rule"]) != ("logs-unusable", want):
            problems.append("not refused for %s: %r" % (want, replay))
        return problems
    other = keys_of(os.path.join(real, os.path.dirname(path), want))[1]
    if keys != other:
        problems.append("keys and values are not those of " + want)
    return problems


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        views = expected_views(folder)
        checks = [("versions differ", lambda: (
            [] if len(set(views)) == len(views) and all(
                b"Build" in view for view in views) else ["they do not"],))]
        for name, make in (
                ("new format, two logs", lambda: new_format(7)),
                ("new format, numbers start again",
                 lambda: new_format(0xfffffffd)),
                ("old format, two logs", lambda: old_format(("LOG1",
                                                             "LOG2"))),
                ("old format, one log", lambda: old_format(("LOG",)))):
            checks.append(("stopped anywhere: " + name, lambda make=make:
                           check_stops(make(), views, folder, 60)))
        checks += [
            ("damaged logs, new format", lambda: (
                check_damage(new_damage(), views, folder),)),
            ("damaged logs, old format", lambda: (
                check_damage(old_damage(), views, folder),)),
            ("any letter case, and --no-replay", lambda: (
                check_case(views, folder) + check_no_replay(views, folder),)),
            ("in JSON", lambda: (check_json(folder),))]
        checks = sampled(checks, first_of)
        print("1..%d" % (len(checks) + len(REAL)))
        for name, check in checks:
            tap.report(name, *check())
    real = os.path.join(os.environ.get("ROLLCALL_REAL") or "", "hives")
    for row in REAL:
        if not os.path.exists(os.path.join(real, row[0])):
            tap.skip("real: " + row[0], "ROLLCALL_REAL is not set")
        else:
            tap.report("real: " + row[0], check_real(real, row))


if __name__ == "__main__":
    main()
