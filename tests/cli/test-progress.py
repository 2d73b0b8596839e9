#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The line on a terminal that tells how far a deep scan is (TAP)."""
import os
import pty
import re
import select
import subprocess
import sys
import tempfile

SRC = os.environ["ROLLCALL_SRC"]
sys.path[:0] = [os.path.join(SRC, "tests", "tools")]
sys.dont_write_bytecode = True

import mkvolume                                                 # noqa: E402
import tap                                                      # noqa: E402

ROLLCALL = os.environ["ROLLCALL"]
BIN = "Program Files/Microsoft/Exchange Server/V14/Bin"
HUGE = 100 << 20            # bytes of a file that is a hole
# Names of it: seconds together, or long enough for a line.
HUGES = 20 if tap.one_in() == 1 else 4
LINE = re.compile(rb"(\d+) of (\d+) files  (\d+) of (\d+) MB"
                  rb"(  \d+ (?:s|min) left)?")


def build(folder):
    """The sample, and a huge file in it under many names; their paths."""
    mkvolume.build_one(os.path.join(SRC, "data", "sample",
                                    "sample.volume.txt"), folder)
    paths = [os.path.join(folder, BIN, "huge%d.dll" % number)
             for number in range(HUGES)]
    with open(paths[0], "wb") as out:
        out.truncate(HUGE)
    for path in paths[1:]:
        os.link(paths[0], path)
    return paths


def scan(volume, *options):
    """What is shown on the terminal of standard error, and the result."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [ROLLCALL, "scan", "--deep", "--jobs", "1", "--at", "2014-01-01",
         *options, volume], stdin=subprocess.DEVNULL, stderr=theirs,
        stdout=subprocess.PIPE, env=dict(os.environ, TERM="xterm"))
    os.close(theirs)
    shown, result = b"", b""
    open_ends = {ours, process.stdout.fileno()}
    while open_ends:
        for end in select.select(list(open_ends), [], [])[0]:
            try:
                more = os.read(end, 65536)
            except OSError:         # a terminal that nobody has any more
                more = b""
            if not more:
                open_ends.discard(end)
            elif end == ours:
                shown += more
            else:
                result += more
    os.close(ours)
    process.wait()
    return shown, result


def is_right(shown):
    lines = [tuple(map(int, m.groups()[:4])) for m in LINE.finditer(shown)]
    if not lines:
        yield "no line: %r" % shown[:200]
        return
    if {line[1::2] for line in lines} != {lines[0][1::2]}:
        yield "all is not always the same: %r" % lines
    if any(a[::2] > b[::2] for a, b in zip(lines, lines[1:])):
        yield "it goes back: %r" % lines
    files, all_files, done, all_mb = lines[-1]
    if files > all_files or done > all_mb or all_mb < HUGES * HUGE // 10**6:
        yield "more than all: %r" % (lines[-1],)
    if tap.one_in() == 1 and not any(m.group(5) for m in LINE.finditer(shown)):
        yield "it never tells what is left: %r" % shown[-300:]
    if not shown.endswith(b"\r\x1b[K"):
        yield "the line stays: %r" % shown[-80:]


def main():
    t = tap.Tap()
    with tempfile.TemporaryDirectory() as folder:
        volume = os.path.join(folder, "c")
        huge = build(volume)
        shown, _ = scan(volume)
        t.point("files, bytes and what is left", is_right(shown))
        for path in huge:
            os.unlink(path)
        shown, _ = scan(volume, "--quiet")
        t.point("not with --quiet", [shown] if LINE.search(shown) else [])
        shown, result = scan(volume)
        plain = subprocess.run(
            [ROLLCALL, "scan", "--deep", "--at", "2014-01-01", volume],
            stdin=subprocess.DEVNULL, capture_output=True)
        t.point("the result is the same without it",
                [] if plain.stdout == result and result else
                ["%r\n%r" % (plain.stdout, result)])
        t.point("nothing of it where no terminal is",
                [plain.stderr] if LINE.search(plain.stderr) else [])
    return t.end()


if __name__ == "__main__":
    sys.exit(main())
