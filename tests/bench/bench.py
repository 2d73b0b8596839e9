#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Measure rollcall side by side with yardsticks.

    bench.py --src DIR --build DIR [--pairs N] [TEXT...]

Runs each row of rows.py whose name contains one of TEXT: our command and the
yardstick in turn, so that a busy machine slows both. Prints medians in
milliseconds, their ratio (ours / theirs) and the peak resident set of ours.
Ends with 1 when a goal is missed; a row that cannot run here says why.
"""
import argparse
import collections
import os
import statistics
import subprocess
import sys
import time

from kit import Kit, NotAvailable
from rows import ROWS

MIN_PAIRS = 5
MAX_PAIRS = 101         # of commands too short for a clock
ROW_SECONDS = 2         # pairs go on for so long
PEAK_GOAL = 64          # MiB, any row

Result = collections.namedtuple("Result", "ours theirs peak")


def prove(command, shows):
    """Run once, which also warms the cache; raise unless it worked."""
    run = subprocess.run(command, stdin=subprocess.DEVNULL,
                         capture_output=True)
    name = os.path.basename(command[0]) + " " + " ".join(command[1:2])
    # Up to 3 a code of rollcall is a verdict.
    if run.returncode not in range(4):
        raise NotAvailable(f"{name.strip()} ended with {run.returncode}")
    if shows is not None and shows.encode() not in run.stdout:
        raise NotAvailable(f"{name.strip()} did not print {shows}")


def clock(command):
    """Milliseconds of one run, output thrown away."""
    start = time.perf_counter()
    subprocess.run(command, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return (time.perf_counter() - start) * 1000


def peak_mib(kit, command):
    run = subprocess.run([kit.peak] + command, stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return int(run.stderr.split()[-1]) / 1024


def measure(kit, pair, pairs):
    prove(pair.ours, pair.shows)
    prove(pair.theirs, None)
    ours, theirs = [], []
    end = time.perf_counter() + ROW_SECONDS
    while len(ours) < pairs or (time.perf_counter() < end
                                and len(ours) < MAX_PAIRS):
        ours.append(clock(pair.ours))
        theirs.append(clock(pair.theirs))
    return Result(statistics.median(ours), statistics.median(theirs),
                  peak_mib(kit, pair.ours))


def print_row(r, result):
    """Print a measured row; false when it misses a goal."""
    ratio = result.ours / result.theirs
    ok = ratio <= r.goal and result.peak <= PEAK_GOAL
    print(f"{r.work:36} {r.yardstick:29} {result.ours:9.2f} "
          f"{result.theirs:10.2f} {ratio:6.2f} {'<= %.2f' % r.goal:8} "
          f"{result.peak:9.1f}{'' if ok else '  MISSED'}", flush=True)
    return ok


def main():
    ap = argparse.ArgumentParser(description="measure rollcall")
    ap.add_argument("--src", default=".")
    ap.add_argument("--build", default=".")
    ap.add_argument("--pairs", type=int, default=MIN_PAIRS)
    ap.add_argument("rows", nargs="*", metavar="TEXT")
    args = ap.parse_args()
    kit = Kit(args.src, args.build)
    ok = True
    print(f"{'work':36} {'yardstick':29} {'ours(ms)':>9} {'theirs(ms)':>10} "
          f"{'ratio':>6} {'goal':8} {'peak(MiB)':>9}")
    for r in ROWS:
        if args.rows and not any(text in r.work for text in args.rows):
            continue
        try:
            result = measure(kit, r.make(kit), r.pairs or
                             max(args.pairs, MIN_PAIRS))
            ok &= print_row(r, result)
        except NotAvailable as why:
            print(f"{r.work:36} not available: {why}", flush=True)
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
