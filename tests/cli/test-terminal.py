#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A terminal shows what a file would hold (TAP)."""
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios

ROLLCALL = os.environ["ROLLCALL"]
ENVIRONMENT = dict(os.environ, TERM="xterm", NO_COLOR="1")
AT = ["--at", "2026-11-01T00:00:00Z"]
COLUMNS = 80                # also what is assumed of a file

# Longer than what is shown at once, and parted by that inside of characters,
# wherever the line begins.
WORDS = ["x" * n + "\u00fc\u65e5\U0001f600" * 800 for n in range(4)]


def on_terminal(words, columns=COLUMNS):
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ,
                struct.pack("HHHH", 25, columns, 0, 0))
    with subprocess.Popen([ROLLCALL] + words, env=ENVIRONMENT, stdout=theirs,
                          stdin=subprocess.DEVNULL) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:
                break
            if not more:
                break
            shown += more
    os.close(ours)
    return process.returncode, shown.replace(b"\r\n", b"\n")


def in_file(words):
    done = subprocess.run([ROLLCALL] + words, env=ENVIRONMENT, check=False,
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return done.returncode, done.stdout


CASES = [
    ("help", ["--help"]),
    ("version", ["--version"]),
    ("text", ["which", *AT, "14.2.318.4", "14.2.318.2"]),
    ("JSON", ["which", *AT, "--format", "json", "14.2.318.4"]),
    ("many lines", ["catalogue", "list", *AT]),
    ("long lines", ["which", *AT, *WORDS]),
    ("long lines of JSON", ["which", *AT, "--format", "json", *WORDS]),
]

# Lines end between words only, so that no build number is broken: the words
# of a narrow terminal are those of a wide one.
NARROW, WIDE = 60, 400
WRAPPED = [
    ("a build", ["which", *AT, "14.02.0318.004"]),
    ("a base", ["which", *AT, "--verbose", "Version 15.2 (Build 1748.10)"]),
    ("a server", ["scan", *AT, "--verbose", os.path.join(
        os.environ["ROLLCALL_VOLUMES"], "2007-ru3-v1", "c")]),
]


def broken(words):
    """What a narrow terminal tears apart."""
    (code, narrow), (_, wide) = (on_terminal(words, NARROW),
                                 on_terminal(words, WIDE))
    if code > 3 or narrow == wide:
        return ["exit %d: nothing has to be wrapped" % code]
    whole = set(wide.split())
    return [w.decode() for w in narrow.split() if w not in whole]


def main():
    failed = 0
    print("1..%d" % (len(CASES) + len(WRAPPED)))
    for number, (name, words) in enumerate(CASES, 1):
        want, got = in_file(words), on_terminal(words)
        if got != want:
            print("# exit %d, %d bytes; wanted %d, %d bytes" % (
                got[0], len(got[1]), want[0], len(want[1])))
        print("%s %d - %s" % ("ok" if got == want else "not ok", number,
                              name), flush=True)
        failed += got != want
    for number, (name, words) in enumerate(WRAPPED, len(CASES) + 1):
        wrong = broken(words)
        for complaint in wrong:
            print("# " + complaint)
        print("%s %d - in %d columns: %s" % (
            "not ok" if wrong else "ok", number, NARROW, name), flush=True)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
