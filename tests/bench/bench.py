#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Measure rollcall side by side with yardsticks.

Runs each row of rows.py: our command and the yardstick in turn, so that a busy
machine slows both. Prints medians: milliseconds that went by, processor time
(user and system, of all threads), the ratios ours / theirs pair by pair, and
the peak resident set of ours. A row that misses what is accepted makes it end
with 1; one that cannot run here says why.
"""
import argparse
import collections
import json
import os
import statistics
import subprocess
import sys
import time

from kit import Kit, NotAvailable, Ratio
from rows import ROWS

FORM = "rollcall-bench-1"
MIN_PAIRS = 7
MAX_PAIRS = 101         # of commands too short for a clock
ROW_SECONDS = 2         # pairs go on for so long

# Milliseconds of one run.
Run = collections.namedtuple("Run", "wall user system")


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
    """One run, output thrown away; children of its own count, too."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(wall * 1000, used.ru_utime * 1000, used.ru_stime * 1000)


def forget(folder):
    """Have the page cache let go of every file in FOLDER. Their names and
    sizes stay known, which only a machine that was just started lacks."""
    os.sync()   # a page that waits to be written would stay
    for at, _, names in os.walk(folder):
        for name in names:
            fd = os.open(os.path.join(at, name), os.O_RDONLY)
            os.posix_fadvise(fd, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(fd)


def timed(pair, command):
    if pair.cold is not None:
        forget(pair.cold)
    return clock(command)


def peak_mib(kit, command):
    run = subprocess.run([kit.peak] + command, stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    return int(run.stderr.split()[-1]) / 1024


def median_run(runs):
    return Run(*(round(statistics.median(part), 3) for part in zip(*runs)))


def cpu(run):
    return run.user + run.system


def ratio(pairs, part):
    """The median of ours / theirs, pair by pair; None without a clock tick."""
    found = [part(a) / part(b) for a, b in pairs if part(b) > 0]
    return round(statistics.median(found), 3) if found else None


def measure(kit, pair, pairs):
    prove(pair.ours, pair.shows)
    prove(pair.theirs, None)
    runs = []
    end = time.perf_counter() + ROW_SECONDS
    while len(runs) < pairs or (time.perf_counter() < end
                                and len(runs) < MAX_PAIRS):
        runs.append((timed(pair, pair.ours), timed(pair, pair.theirs)))
    return {
        "pairs": len(runs),
        "ours": median_run([a for a, _ in runs])._asdict(),
        "theirs": median_run([b for _, b in runs])._asdict(),
        "ratio": ratio(runs, lambda run: run.wall),
        "ratio_cpu": ratio(runs, cpu),
        "peak_mib": round(peak_mib(kit, pair.ours), 1),
    }


def meets(goal, result):
    if goal is None:
        return True
    return (result["ratio"] if isinstance(goal, Ratio) else
            result["ours"]["wall"]) <= goal.most


def verdict(row, result):
    if not meets(row.accept, result) or result["peak_mib"] > row.peak:
        return "missed"
    return "accepted" if row.aim is not None and not meets(
        row.aim, result) else "met"


def goal_text(goal):
    if goal is None:
        return ""
    return ("%.2f" if isinstance(goal, Ratio) else "%d ms") % goal.most


def run_row(kit, row, pairs):
    result = {"work": row.work, "yardstick": row.yardstick,
              "accept": goal_text(row.accept), "aim": goal_text(row.aim)}
    try:
        result.update(measure(kit, row.make(kit), row.pairs or pairs))
        result["verdict"] = verdict(row, result)
    except NotAvailable as why:
        result.update(verdict="not available", why=str(why))
    return result


HEAD = (f"{'work':37} {'yardstick':28} {'ours':>9} {'cpu':>9} {'theirs':>9} "
        f"{'cpu':>9} {'ratio':>6} {'cpu':>6} {'accept':>7} {'aim':>8} "
        f"{'MiB':>6}")


def line_of(result, before):
    """BEFORE is the same row of a saved run, or None."""
    if "ours" not in result:
        return f"{result['work']:37} not available: {result['why']}"
    times = [figure for side in ("ours", "theirs")
             for figure in (result[side]["wall"], cpu(Run(**result[side])))]
    text = (f"{result['work']:37} {result['yardstick']:28} " +
            " ".join("%9.2f" % t for t in times) +
            f" {result['ratio']:6.2f} "
            f"{'%6.2f' % result['ratio_cpu'] if result['ratio_cpu'] else '':6}"
            f" {result['accept']:>7} {result['aim']:>8} "
            f"{result['peak_mib']:6.1f}  {result['verdict']}")
    if before is not None and before.get("ratio"):
        text += "; %+.0f %% of %.2f" % (
            100 * (result["ratio"] / before["ratio"] - 1), before["ratio"])
    return text


def saved(path):
    """{work: row} of a run that --json wrote."""
    with open(path, encoding="utf-8") as f:
        data = json.load(f)
    if data.get("schema") != FORM:
        raise SystemExit(f"bench: {path}: not a saved run")
    return {row["work"]: row for row in data["rows"]}


def arguments():
    ap = argparse.ArgumentParser(
        description="measure rollcall",
        epilog="Times are in milliseconds, medians of interleaved pairs.")
    ap.add_argument("--src", default=".")
    ap.add_argument("--build", default=".")
    ap.add_argument("--pairs", type=int, default=MIN_PAIRS,
                    help="at least so many pairs a row (%(default)s)")
    ap.add_argument("--rows", action="append", default=[], metavar="TEXT",
                    help="only rows whose name contains TEXT (repeatable)")
    ap.add_argument("--list", action="store_true", help="only name the rows")
    ap.add_argument("--json", metavar="FILE", help="save the run")
    ap.add_argument("--compare", metavar="FILE",
                    help="tell how the ratios changed since a saved run")
    return ap.parse_args()


def main():
    args = arguments()
    rows = [row for row in ROWS if not args.rows or
            any(text in row.work for text in args.rows)]
    if args.list or not rows:
        print(*(row.work for row in ROWS), sep="\n")
        return 0 if args.list else 2
    before = saved(args.compare) if args.compare else {}
    kit = Kit(args.src, args.build)
    print(HEAD)
    results = []
    for row in rows:
        results.append(run_row(kit, row, max(args.pairs, 1)))
        print(line_of(results[-1], before.get(row.work)), flush=True)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump({"schema": FORM, "processors": os.cpu_count(),
                       "rows": results}, f, indent=2)
            f.write("\n")
    return int(any(r["verdict"] == "missed" for r in results))


if __name__ == "__main__":
    sys.exit(main())
