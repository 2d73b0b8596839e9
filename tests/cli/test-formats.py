#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Formats of results (TAP): each command takes those that its --help lists,
refuses every other that any command has, and says so when a result cannot be
written."""
import json
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

SRC = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
VOLUMES = os.environ["ROLLCALL_VOLUMES"]
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SRC, "tests", "tools"))

import tap                                              # noqa: E402
from mkminisign import Key                              # noqa: E402

UNKNOWN, USAGE, INTERNAL, OUTPUT = 3, 64, 70, 74
VOLUME = os.path.join(VOLUMES, "package-v2", "c")
PACKAGE = os.path.join(VOLUME, "Windows", "Installer", "6c82bb4.msp")
HIVE = os.path.join(VOLUME, "Windows", "System32", "config", "SOFTWARE")
CATALOGUE = os.path.join(SRC, "data", "exchange.xml")
LIST = os.path.join(SRC, "tests", "cli", "lists", "builds.csv")
AT = ["--at", "2026-11-26"]
NOBODY = ["nonsense", "", "JSON", "text,json"]
READERS = {"json": json.loads,
           "oval-sc": lambda text: xml.etree.ElementTree.fromstring(text),
           "xml": lambda text: xml.etree.ElementTree.fromstring(text)}


def examples(scratch):
    """Arguments with which each command has something to say."""
    key = Key()
    new = os.path.join(scratch, "new.xml")
    result = os.path.join(scratch, "result.json")
    subprocess.run([ROLLCALL, "scan", "--format", "json", "--output", result,
                    VOLUME], check=False, stdin=subprocess.DEVNULL)
    with open(CATALOGUE, "rb") as f:
        data = f.read()
    with open(new, "wb") as f:
        f.write(data)
    with open(new + ".minisig", "wb") as f:
        f.write(key.sign(data))
    update = ["--key", key.public(), "--from", new]
    # What is kept counts while the site names the key.
    os.environ["ROLLCALL_CATALOGUE_KEY"] = key.public()
    # So that it is no news any more.
    run("catalogue", "update", *update)
    return {
        "scan": ["--no-packages", VOLUME],
        "judge": [result],
        "which": ["14.2.318.4"],
        "inspect": [PACKAGE],
        "registry": [HIVE],
        # Nobody answers there; that is a result, too.
        "probe": ["127.0.0.1:1"],
        "catalogue list": ["--product", "2010"],
        "catalogue show": ["KB2756485"],
        "catalogue check": ["--rules"],
        "catalogue update": update,
        "catalogue learn": ["--overlay", os.path.join(
            VOLUMES, "package-v2", "overlay.xml"), PACKAGE],
        "catalogue import": [LIST],
        "catalogue status": [],
        "catalogue diff": [CATALOGUE],
    }


def run(*args, **more):
    return subprocess.run([ROLLCALL, *args], text=True, check=False,
                          stdin=subprocess.DEVNULL,
                          stdout=more.pop("stdout", subprocess.PIPE),
                          stderr=subprocess.PIPE, **more)


def listed_in(text):
    block = text.split("\nCommands\n")[1].split("\n\n")[0]
    return re.findall(r"^  (\S+)", block, re.M)


def commands():
    for name in listed_in(run("--help").stdout):
        text = run(name, "--help").stdout
        if "\nCommands\n" in text:
            yield from ("%s %s" % (name, sub) for sub in listed_in(text))
        else:
            yield name


def helped(command):
    """The formats that --help lists, the default first."""
    row = re.search(r"--format NAME .*: (.*(?:(?<=,)\n.*)*)$",
                    run(*command.split(), "--help").stdout, re.M).group(1)
    names = re.split(r",\s+", row)
    assert names[0].endswith(" (default)"), row
    return [names[0][:-len(" (default)")]] + names[1:]


def registered():
    """The names of all formats, as the source has them."""
    with open(os.path.join(SRC, "src", "report", "report_format.c"),
              encoding="utf-8") as f:
        return sorted(set(re.findall(r'\{ REPORT_\w+, "([\w-]+)"', f.read())))


def crashed(done):
    if done.returncode < 0 or done.returncode == INTERNAL or \
            done.returncode > OUTPUT:
        yield "ends with %d: %s" % (done.returncode, done.stderr)


def taken(done, name):
    yield from crashed(done)
    if done.returncode in (USAGE, OUTPUT) or not done.stdout:
        yield "exit %d, %r, %s" % (done.returncode, done.stdout, done.stderr)
        return
    try:
        READERS.get(name, str)(done.stdout)
    except (ValueError, xml.etree.ElementTree.ParseError) as e:
        yield "no %s: %s" % (name, e)


def refused(done, command, name, names):
    yield from crashed(done)
    want = 'rollcall: %s: --format: "%s" is none of: %s\n' % (
        command, name, ", ".join(names))
    # Who asks for a plugin's line gets one, whatever is wrong.
    code, line = (UNKNOWN, want.replace("rollcall", "UNKNOWN", 1)) \
        if name == "nagios" else (USAGE, "")
    if (done.returncode, done.stdout, done.stderr) != (code, line, want):
        yield "exit %d, %r, %r" % (done.returncode, done.stdout, done.stderr)


def full(done, what, name):
    want = "rollcall: %s: No space left on device\n" % what
    # Of a plugin every error is UNKNOWN.
    code = UNKNOWN if name == "nagios" else OUTPUT
    if done.returncode != code or want not in done.stderr:
        yield "exit %d, %r" % (done.returncode, done.stderr)


def check_formats(t, command, args):
    names = helped(command)
    words = command.split()
    # How long nobody answered is of the moment.
    by_default, named = (
        re.sub(r"after \d+ ms", "after N ms", run(*words, *AT, *more,
                                                  *args).stdout)
        for more in ([], ["--format", names[0]]))
    t.point("%s: the default is %s" % (command, names[0]),
            [] if by_default == named else [by_default])
    for name in registered() + NOBODY:
        done = run(*words, *AT, "--format", name, *args)
        if name in names:
            t.point("%s: %s is taken" % (command, name), taken(done, name))
        else:
            t.point('%s: "%s" is refused' % (command, name),
                    refused(done, command, name, names))


def check_full(t, words, args, names):
    for name in names:
        how = [*words, *(["--format", name] if name else []), *args]
        label = " ".join(words + ([name] if name else []))
        if not os.path.exists("/dev/full"):
            t.skip(label + ": a full disk", "no /dev/full")
            continue
        with open("/dev/full", "wb") as f:
            t.point(label + ": standard output is full",
                    full(run(*how, stdout=f), "standard output",
                         name))
        if name:
            t.point(label + ": --output is full",
                    full(run(*how, "--output", "/dev/full"), "/dev/full",
                         name))


def main():
    t = tap.Tap()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["ROLLCALL_CATALOGUE_DIR"] = os.path.join(scratch, "kept")
        os.environ["NO_COLOR"] = "1"
        known = examples(scratch)
        found = list(commands())
        t.point("each command has an example",
                set(found) ^ set(known))
        for command in tap.sampled(found):
            args = known.get(command, [])
            if command == "probe" and not run(command, *args).stdout:
                t.skip("probe", "no libcurl")
                continue
            check_formats(t, command, args)
            check_full(t, command.split(), args, helped(command))
        check_full(t, ["--help"], [], [None])
        check_full(t, ["--version"], [], [None])
        check_full(t, ["scan", "--help"], [], [None])
    return t.end()


if __name__ == "__main__":
    sys.exit(main())
