#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Logs of setup of 300 MB (of 100 where a run takes a part of the cases), most
of them holes: read from the end, in as little memory and time as small ones.
TAP."""

import json
import os
import subprocess
import sys
import tempfile

SRC = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
sys.path[:0] = [os.path.join(SRC, "tests", "tools")]
from tap import Tap, left_out                          # noqa: E402

SIZE = 300 * 1000 * 1000
PEAK = 64 * 1024			# KiB
SANITIZED = 40 * 1024			# no plain build needs so much to start
VOLUME = """windows 2022 EX19
exchange 2019 base 15.2.1544.4
exsetup 15.2.1544.4
setuplog
%s
end
"""
RUN = """server: EX19
day: %s
run: Upgrade 15.2.1544.4 15.2.1258.12
copy: D:\\exchangeserver.msi
failed:
end:
"""
HOLE = "hole: %d\n" % SIZE


def scan(scratch, name, log):
    """(peak in KiB, runs of the inventory)"""
    text = os.path.join(scratch, name + ".volume.txt")
    with open(text, "w", encoding="utf-8") as f:
        f.write(VOLUME % log)
    folder = os.path.join(scratch, name)
    subprocess.run([sys.executable, "-B",
                    os.path.join(SRC, "tests/tools/mkvolume.py"), text,
                    folder, folder + ".xml"], check=True)
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen([ROLLCALL, "scan", "--at", "2024-03-01",
                                  "--format", "json", "--overlay",
                                  folder + ".xml", folder], stdout=out)
        _, _, usage = os.wait4(child.pid, 0)
        child.returncode = 0
        out.seek(0)
        host = json.load(out)["hosts"][0]
    return usage.ru_maxrss, host["inventory"]["setup_runs"]


def small(peak):
    if peak > PEAK:
        yield "%d KiB" % peak


def begun(runs, day):
    if [r["begun"].split()[0] for r in runs] != day:
        yield "runs: %r" % runs


def main():
    why = left_out()
    if why:
        print("1..0 # SKIP " + why)
        return False
    tap = Tap()
    with tempfile.TemporaryDirectory() as scratch:
        start, _ = scan(scratch, "small", RUN % "01 02 2024")
        peak, runs = scan(scratch, "between", RUN % "01 02 2024" + HOLE +
                          RUN % "01 03 2024")
        tap.point("a hole before the last run", begun(runs, ["01/03/2024"]))
        if start > SANITIZED:
            tap.skip("at most 64 MiB", "a sanitizer takes its own")
        else:
            tap.point("at most 64 MiB", small(peak))
        peak, runs = scan(scratch, "behind", RUN % "01 02 2024" + HOLE)
        tap.point("a hole behind it: no run within the limit",
                  begun(runs, []))
        wide = "encoding: utf-16\n" + RUN % "01 02 2024" + HOLE
        peak, runs = scan(scratch, "wide", wide + RUN % "01 03 2024")
        tap.point("the same in UTF-16", begun(runs, ["01/03/2024"]))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
