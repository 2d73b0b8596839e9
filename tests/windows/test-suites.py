#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The tests that call ./rollcall, with rollcall.exe in its place (TAP).

They are the same files, and their expectations are the same. They get a folder
in which "rollcall", "sigdump" and "regfdump" are scripts that start the .exe
under Wine, and see paths as Linux writes them: for Wine, "/x" is "Z:\\x".

DIFFERENT names what is otherwise there, by suite and test, with the reason. A
test in it that passes is a failure: the table is to be kept short.
"""
import os
import re
import shlex
import shutil
import subprocess
import sys

import kit
from tap import Tap

BOX = os.path.join(kit.BUILD, "tests", "windows", "box")
TIME_LIMIT = 1800           # seconds for one suite, on a busy machine
PROGRAMS = ("rollcall", "tests/tools/sigdump", "tests/tools/regfdump")

PIPE = "whether a pipe that nobody reads is noticed depends on time"
LIVE = "without ROOT, this machine is scanned"
LINKS = "Wine 8 follows symbolic links of Linux unseen"
TRIMMED = "the libcurl of rollcall.exe has no zlib and no HTTP/2"
OTHERS = "means of Linux that Wine's programs do not feel"

# What is not here: tests that start the program so often that Wine's own
# start is most of their time (test-damage, test-formats, test-learn,
# test-replay), and those of terminals and signals, which are
# test-console.py's.
SUITES = [
    "tests/cli/run-golden",
    "tests/cli/test-catalogue-check.py",
    "tests/cli/test-catalogue-list.py",
    "tests/cli/test-targets.py",
    "tests/cli/test-which.py",
    "tests/pki/test-inspect.py",
    "tests/pki/test-keys.py",
    "tests/pki/test-odd.py",
    "tests/pki/test-pki.py",
    "tests/pki/test-policy.py",
    "tests/pki/test-stamps.py",
    "tests/fetch/test-probe.py",
    "tests/fetch/test-update.py",
]

DIFFERENT = {
    "tests/cli/run-golden": {
        "inspect-text": LINKS,
        "scan-collected": LINKS,
        "scan-detect": LIVE,
        "usage-errors": LIVE,
    },
    "tests/fetch/test-probe.py": {
        "compressed page": TRIMMED,
        "nginx http2": TRIMMED,
    },
    "tests/fetch/test-update.py": {
        "compressed bomb": TRIMMED,
        "disk full": OTHERS,
        "nginx 200 then 304": TRIMMED,
        "nginx compresses": TRIMMED,
        "places of a user": OTHERS,
        "two updates at once": OTHERS,
    },
}

# Tests that pass or fail as it happens.
UNSTEADY = {("tests/cli/run-golden", "catalogue-usage"): PIPE}


# ---------------------------------------------------------------- the box
def write_script(path, program, wine):
    """A script that starts PROGRAM as if it were one of Linux."""
    keep = ["%s=%s" % (name, shlex.quote(wine.env[name]))
            for name in ("WINEPREFIX", "WINEDEBUG", "WINEDLLOVERRIDES")]
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write("#!/bin/sh\nunset DISPLAY WAYLAND_DISPLAY\n"
                "export %s\nexec %s %s \"$@\"\n" % (
                    " ".join(keep), shlex.quote(kit.WINE),
                    shlex.quote(program)))
    os.chmod(path, 0o755)


def inside(folder):
    """The box's name for a folder of the build."""
    return os.path.join(BOX, "tests", os.path.basename(folder))


def make_box():
    """What tests find beside the program: other programs, and inputs."""
    shutil.rmtree(BOX, ignore_errors=True)
    wine = kit.Wine()
    for name in PROGRAMS:
        write_script(os.path.join(BOX, name),
                     os.path.join(kit.BUILD, name + ".exe"), wine)
    # What "version" tells the digest of.
    os.symlink(kit.EXE, os.path.join(BOX, "rollcall.exe"))
    for folder in (kit.FIXTURES, kit.VOLUMES):
        os.symlink(folder, inside(folder))


# ------------------------------------------------------------- the suites
def run(suite):
    """The lines that a suite prints, and whether it ended by itself."""
    shell = "sh" if suite.endswith("run-golden") else sys.executable
    env = dict(os.environ, ROLLCALL=os.path.join(BOX, "rollcall"),
               ROLLCALL_FIXTURES=inside(kit.FIXTURES),
               ROLLCALL_VOLUMES=inside(kit.VOLUMES))
    try:
        done = subprocess.run(
            [shell, os.path.join(kit.SRC, suite)], cwd=BOX, env=env,
            timeout=TIME_LIMIT, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    except subprocess.TimeoutExpired as e:
        return (e.stdout or b"").decode("utf-8", "replace"), False
    return done.stdout.decode("utf-8", "replace"), True


def results(text):
    """(ok, name, reason to skip or None, what was said of it) of TAP."""
    said = []
    for line in text.splitlines():
        m = re.match(r"(not )?ok(?: \d+)?(?: - | )(.*?)(?: # SKIP (.*))?$",
                     line)
        if m:
            yield m[1] is None, m[2], m[3], said
            said = []
        else:
            said.append(line)


def unexpected(suite, rows):
    """Names of the tests that fail and should not."""
    return [name for ok, name, skipped, _ in rows
            if not ok and skipped is None and (suite, name) not in UNSTEADY
            and name not in DIFFERENT.get(suite, {})]


def tell_first(suite, rows):
    """Why a suite is run once more, in comments."""
    failed = unexpected(suite, rows)
    print("# %s is run once more; failed: %s" % (
        suite, ", ".join(failed) or "to be complete"), flush=True)
    for _, name, _, said in rows:
        for line in said if name in failed else []:
            print("#   " + line.lstrip("# ")[:200], flush=True)


def settle(suite):
    """The outcome of a suite; of a second run, if the first fails: kit.Wine
    says how Wine itself fails now and then, and a real fault does it again.
    What failed first is told, so that no fault of ours hides behind that."""
    text, ended = run(suite)
    rows = list(results(text))
    if not unexpected(suite, rows) and not any(
            complete(suite, text, ended, rows)):
        return text, ended, rows
    tell_first(suite, rows)
    text, ended = run(suite)
    return text, ended, list(results(text))


def judge(tap, suite, row):
    ok, name, skipped, said = row
    title = "%s: %s" % (os.path.basename(suite), name)
    why = DIFFERENT.get(suite, {}).get(name)
    if skipped is not None:
        tap.skip(title, skipped)
    elif (suite, name) in UNSTEADY:
        tap.skip(title, UNSTEADY[suite, name])
    else:
        tap.unless(why, title, [] if ok else said or ["it fails"],
                   "DIFFERENT")


def complete(suite, text, ended, rows):
    """A suite that fell over, or a row of a test that is gone."""
    names = [name for _, name, *_ in rows]
    plan = re.search(r"^1\.\.(\d+)", text, re.M)
    if not ended:
        yield "not done after %d s" % TIME_LIMIT
    if not plan or int(plan[1]) != len(names):
        yield "%s planned, %d seen" % (plan and plan[1], len(names))
        yield "\n".join(text.splitlines()[-20:])
    if os.environ.get("ROLLCALL_ONE_IN", "1") not in ("", "1"):
        return                  # the others are in other parts of it
    for name in sorted(set(DIFFERENT.get(suite, {})) - set(names)):
        yield name + " is in DIFFERENT and nowhere else"


def main(wanted):
    kit.need(native_too=False)
    make_box()
    tap = Tap()
    for suite in wanted or SUITES:
        text, ended, rows = settle(suite)
        for row in rows:
            judge(tap, suite, row)
        tap.point("%s is complete" % suite,
                  complete(suite, text, ended, rows))
    shutil.rmtree(BOX, ignore_errors=True)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
