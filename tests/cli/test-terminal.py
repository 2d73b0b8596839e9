#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""A terminal shows what a file would hold (TAP)."""
import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios

ROLLCALL = os.environ["ROLLCALL"]
# No line is long for the place of the build alone: a path is one word.
ENVIRONMENT = dict(os.environ, TERM="xterm", NO_COLOR="1",
                   ROLLCALL_CATALOGUE_DIR="/nonexistent")
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
BROKEN = {"long lines"}     # whose blanks become ends of lines

# Lines end between words only, so that no build number is broken: the words
# of a narrow terminal are those of a wide one, and no line is longer than it,
# or the terminal itself would break it. What cannot be broken, as a digest, or
# is to be copied, as a path, may be.
NARROW, WIDE = 60, 400
VOLUME, OTHER = (os.path.join(os.environ["ROLLCALL_VOLUMES"], name, "c")
                 for name in ("2007-ru3-v1", "ru4-v1"))
COPIED = re.compile(rb"\\|^ *\S+$|[0-9a-f]{64}|^ +page +\S+$|^By overlay ")
WRAPPED = [
    ("a build", ["which", *AT, "14.02.0318.004"]),
    ("a base", ["which", *AT, "--verbose", "Version 15.2 (Build 1748.10)"]),
    ("a build that is none", ["which", *AT, "14.2.318.3"]),
    ("several", ["which", *AT, "14.2.318.3", "15.1.2507", "CVE-2024-49040",
                 "KB2749655"]),
    ("a mail", ["which", *AT, "--mail", "MAIL"]),
    ("a server", ["scan", *AT, VOLUME]),
    ("a server and reasons", ["scan", *AT, "--verbose", VOLUME]),
    ("a target", ["scan", *AT, "--target", "next", OTHER]),
    ("servers", ["judge", *AT, "RESULTS"]),
    ("servers in groups", ["judge", *AT, "--servers", "SERVERS", "RESULTS"]),
    ("releases", ["catalogue", "list", *AT, "--rereleased"]),
    ("a release", ["catalogue", "show", *AT, "KB2756485"]),
    ("the catalogue", ["catalogue", "status", *AT]),
]


def broken(words):
    """What a narrow terminal tears apart."""
    (code, narrow), (_, wide) = (on_terminal(words, NARROW),
                                 on_terminal(words, WIDE))
    if code > 3 or narrow == wide:
        return ["exit %d: nothing has to be wrapped" % code]
    whole = set(wide.split())
    return [w.decode() for w in narrow.split() if w not in whole] + \
        ["%d columns: %s" % (len(line), line.decode())
         for line in narrow.split(b"\n") if len(line) > NARROW and
         not COPIED.search(line)]


def look(folder):
    """Results and a list of servers, for those that judge."""
    results = os.path.join(folder, "results")
    servers = os.path.join(folder, "servers.csv")
    mail = os.path.join(folder, "mail")
    os.mkdir(results)
    for name, volume in ("a", VOLUME), ("b", OTHER):
        subprocess.run([ROLLCALL, "scan", *AT, "--format", "json", "--output",
                        os.path.join(results, name + ".json"), volume],
                       check=False)
    with open(servers, "w", encoding="utf-8") as f:
        f.write("name,group\nEXCH01,DAG1\nEXCH02,DAG1\nEXCH03,DAG2\n")
    with open(mail, "w", encoding="ascii") as f:
        f.write("Received: from a.example.com (10.0.0.1) by exchange-server-"
                "one.example.com\n (10.0.0.2) with Microsoft SMTP Server id "
                "14.2.318.4; Mon, 1 Dec 2025 10:00:00 +0000\n\n")
    return {"RESULTS": results, "SERVERS": servers, "MAIL": mail}


def main():
    failed = 0
    print("1..%d" % (len(CASES) + len(WRAPPED)))
    for number, (name, words) in enumerate(CASES, 1):
        want, got = in_file(words), on_terminal(words)
        if name in BROKEN:
            want, got = [(code, text.split()) for code, text in (want, got)]
        if got != want:
            print("# exit %d, %d bytes; wanted %d, %d bytes" % (
                got[0], len(got[1]), want[0], len(want[1])))
        print("%s %d - %s" % ("ok" if got == want else "not ok", number,
                              name), flush=True)
        failed += got != want
    with tempfile.TemporaryDirectory() as folder:
        failed += narrow_cases(look(folder))
    return 1 if failed else 0


def narrow_cases(paths):
    failed = 0
    for number, (name, words) in enumerate(WRAPPED, len(CASES) + 1):
        wrong = broken([paths.get(w, w) for w in words])
        for complaint in wrong:
            print("# " + complaint)
        print("%s %d - in %d columns: %s" % (
            "not ok" if wrong else "ok", number, NARROW, name), flush=True)
        failed += bool(wrong)
    return failed


if __name__ == "__main__":
    sys.exit(main())
