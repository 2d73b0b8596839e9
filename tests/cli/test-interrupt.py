#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A program that is interrupted leaves nothing behind (TAP)."""
import os
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time

ROLLCALL = os.environ["ROLLCALL"]
SECONDS = 60                # for what takes a moment
HUGE = 2000 << 20           # bytes, in a file with a hole, and such files:
COUNT = 30                  # work for a minute
ERASE = b"\r\x1b[K"


def deaf_to(number=None):
    """What the child does first: hear every signal, whatever we were started
    with (a shell's background job ignores Ctrl-C), but for one."""
    for each in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(each, signal.SIG_IGN if each == number
                      else signal.SIG_DFL)


def start(folder, prepare=deaf_to):
    """Inspect a small file, which a line of progress shows, and huge ones,
    into a file. The process, and the terminal of its standard error."""
    work = os.path.join(folder, "work")
    os.mkdir(work)
    with open(os.path.join(work, "a.txt"), "w") as f:
        f.write("small")
    for number in range(COUNT):
        with open(os.path.join(work, "b%d.txt" % number), "w") as f:
            f.truncate(HUGE)
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [ROLLCALL, "inspect", "--jobs", "1", "--output", "out", "work"],
        cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=theirs, env=dict(os.environ, TERM="xterm"),
        preexec_fn=prepare)
    os.close(theirs)
    return process, ours


def read(terminal, until=None):
    """What is shown, up to UNTIL or the end."""
    shown, end = b"", time.time() + SECONDS
    while time.time() < end and not (until and until in shown):
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                more = os.read(terminal, 4096)
            except OSError:
                break
            if not more:
                break
            shown += more
    return shown


def unfinished(folder):
    return [n for n in os.listdir(folder) if n.startswith("out.")]


def interrupted(folder, number):
    with open(os.path.join(folder, "out"), "w") as f:
        f.write("old")
    process, terminal = start(folder)
    read(terminal, b"a.txt")
    if len(unfinished(folder)) != 1:
        yield "while it works: %s" % os.listdir(folder)
    process.send_signal(number)
    shown = read(terminal)
    os.close(terminal)
    if process.wait(SECONDS) != -number:
        yield "ended with %d" % process.returncode
    if not shown.endswith(ERASE):
        yield "the last that is shown: %r" % shown
    with open(os.path.join(folder, "out")) as f:
        if f.read() != "old" or unfinished(folder):
            yield "left behind: %s" % os.listdir(folder)


def ignored(folder):
    """As nohup(1) starts programs."""
    process, terminal = start(folder, lambda: deaf_to(signal.SIGHUP))
    read(terminal, b"a.txt")
    process.send_signal(signal.SIGHUP)
    time.sleep(0.2)
    if process.poll() is not None:
        yield "it has heard: %d" % process.returncode
    process.terminate()
    process.wait(SECONDS)
    os.close(terminal)


CASES = [("Ctrl-C", lambda f: interrupted(f, signal.SIGINT)),
         ("the terminal is gone", lambda f: interrupted(f, signal.SIGHUP)),
         ("it is told to end", lambda f: interrupted(f, signal.SIGTERM)),
         ("what is ignored stays so", ignored)]


def main():
    failed = 0
    print("1..%d" % len(CASES))
    for number, (name, case) in enumerate(CASES, 1):
        with tempfile.TemporaryDirectory() as folder:
            complaints = list(case(folder))
        for line in complaints:
            print("#", line)
        print("%s %d - %s" % ("not ok" if complaints else "ok", number, name),
              flush=True)
        failed += bool(complaints)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
