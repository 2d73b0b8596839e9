#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A cached package of 300 MB (of 100 where a run takes a part of the cases):
judged as well as a small one, and in as little memory. It is built here and not
kept. TAP."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

SRC = os.environ["ROLLCALL_SRC"]
sys.path[:0] = [os.path.join(SRC, "tests", "tools")]
from tap import left_out                                        # noqa: E402

ROLLCALL = os.environ["ROLLCALL"]
SIZE = 300 * 1024 * 1024
PEAK = 64 * 1024			# KiB
SANITIZED = 40 * 1024			# no plain build needs so much to start
VOLUME = """windows 2008r2 EXCH01 fixed
exchange 2010 base 14.2.247.5
exsetup 14.2.318.4
patch "Update Rollup 4-v2 for Exchange Server 2010 Service Pack 2 (KB2756485) \
14.2.318.4" package Exchange2010-KB2756485-v2-x64-EN.msp listed \
2010-sp2-ru4-v2 fill %d
""" % SIZE


def build(scratch):
    """By a process of its own: whoever starts a program hands its peak of
    memory on, and the writer takes much."""
    text = os.path.join(scratch, "big.volume.txt")
    with open(text, "w", encoding="utf-8") as f:
        f.write(VOLUME)
    subprocess.run([sys.executable, "-B",
                    os.path.join(SRC, "tests/tools/mkvolume.py"), text,
                    os.path.join(scratch, "c"),
                    os.path.join(scratch, "overlay.xml")], check=True)


def run(*args):
    """(exit code, peak in KiB, output)"""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([ROLLCALL] + list(args), stdout=out)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return child.returncode, usage.ru_maxrss, out.read().decode()


def main():
    why = left_out()
    if why:
        print("1..0 # SKIP " + why)
        return False
    if shutil.disk_usage(tempfile.gettempdir()).free < 2 * SIZE:
        print("1..0 # SKIP no room for a large package")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        build(scratch)
        code, peak, out = run(
            "scan", "--at", "2012-10-20", "--format", "json", "--overlay",
            os.path.join(scratch, "overlay.xml"), os.path.join(scratch, "c"))
    host = json.loads(out)["hosts"][0]
    package = host["exchange"][0]["updates"][0]["package"]
    start = run("--version")[1]
    points = [
        ("nothing is found amiss", code == 0),
        ("it is whole, and its digest is known",
         package["size"] > SIZE and package["listed"] is True and
         package["verdict"] == "valid"),
        ("at most 64 MiB are used", peak <= PEAK),
    ]
    print("1..%d" % len(points))
    failed = False
    for n, (name, ok) in enumerate(points, 1):
        if start > SANITIZED and n == len(points):
            name, ok = name + " # SKIP a sanitizer takes its own", True
        if not ok:
            print("# exit %d, peak %d KiB, package %s" % (code, peak,
                                                          package))
        failed |= not ok
        print("%s %d - %s" % ("ok" if ok else "not ok", n, name))
    return failed


if __name__ == "__main__":
    sys.exit(main())
