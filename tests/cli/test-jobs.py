#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A deep scan says the same whoever looked at which file first (TAP)."""
import glob
import json
import os
import shutil
import subprocess
import sys
import tempfile

SRC = os.environ["ROLLCALL_SRC"]
sys.path[:0] = [os.path.join(SRC, "tests", "tools")]
sys.dont_write_bytecode = True

import mksign                                                   # noqa: E402
import mkvolume                                                 # noqa: E402
import tap                                                      # noqa: E402

ROLLCALL = os.environ["ROLLCALL"]
SAMPLE = os.path.join(SRC, "data", "sample", "sample.volume.txt")
INSTALLER = "Windows/Installer"
BIN = "Program Files/Microsoft/Exchange Server/V14/Bin"
COPIES = 60
JOBS = ("1", "2", "7", "64")


def flipped(data, at):
    return data[:at] + bytes((data[at] ^ 1,)) + data[at + 1:]


def grow(volume):
    """The sample's signed files again and again: whole, cut, changed in what
    is signed and in the signature, beside what is no program."""
    files = sorted(glob.glob(os.path.join(volume, INSTALLER, "*.ms[ip]")) +
                   glob.glob(os.path.join(volume, BIN, "*.[de][lx][le]")))
    signed = []
    for path in files:
        with open(path, "rb") as f:
            signed.append(f.read())
    for number in range(COPIES):
        data = signed[number % len(signed)]
        kind = number // len(signed) % 4
        data = (data, flipped(data, len(data) // 3), data[:-7],
                flipped(data, len(data) - 60))[kind]
        with open(os.path.join(volume, BIN, "part%02d.dll" % number),
                  "wb") as f:
            f.write(data)


def scan(volumes, form, jobs):
    overlay = os.path.join(os.path.dirname(volumes[0]), "overlay.xml")
    return subprocess.run(
        [ROLLCALL, "scan", "--deep", "--jobs", jobs, "--format", form, "--at",
         "2014-01-01", "--overlay", overlay, *volumes], stdin=subprocess.DEVNULL,
        capture_output=True,
        env=dict(os.environ, SOURCE_DATE_EPOCH="1388534400"))


def differ(volumes, form):
    first = scan(volumes, form, JOBS[0])
    for jobs in JOBS[1:]:
        run = scan(volumes, form, jobs)
        if run.stdout != first.stdout or run.stderr != first.stderr or \
                run.returncode != first.returncode:
            yield "--jobs %s says something else" % jobs
    if len(first.stdout) < 500:
        yield "%r" % (first,)


def unlike(volume):
    """The files must be of many kinds, or nothing was compared."""
    deep = json.loads(scan([volume], "json", "2").stdout)["hosts"][0][
        "inventory"]["deep"]
    mine = [f for f in deep["files"] if "\\part" in f["path"]]
    if len(mine) != COPIES:
        yield "%d files of %d" % (len(mine), COPIES)
    if len(deep["classes"]) < 3:
        yield "%d classes" % len(deep["classes"])


def main():
    t = tap.Tap()
    with tempfile.TemporaryDirectory() as folder:
        volume = os.path.join(folder, "c")
        with open(SAMPLE, encoding="utf-8") as f:
            made = mkvolume.parse(f.read())
        made.write(lambda letter: os.path.join(folder, letter))
        mkvolume.write_text(os.path.join(folder, "overlay.xml"),
                            mksign.overlay("jobs", made.listed))
        grow(volume)
        other = os.path.join(folder, "d")
        shutil.copytree(volume, other, symlinks=True)
        t.point("the files differ", unlike(volume))
        for form in ("json", "text"):
            t.point("any number of threads, " + form, differ([volume], form))
        t.point("two volumes, any number of threads",
                differ([volume, other], "json"))
    return t.end()


if __name__ == "__main__":
    sys.exit(main())
