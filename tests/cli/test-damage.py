#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Damage never makes a bad server look good (TAP).

The SOFTWARE hive of a server whose rollup must be replaced is cut short or
overwritten in many places: no scan of it may crash, or answer "nothing to do"
or "action advised".

Then something else lies under the name of one file of a server that is not
fine: a link, a FIFO, a folder, a device, a file that may not be read. No scan
may hang or crash, and none may end better than that of the sound volume,
unless with "undetermined". The one exception is a file that is in the proof of
the answer that was the worst: those are counted. (tests/damage does the rest
to records inside of hives and files.)
"""

import json
import os
import random
import re
import shutil
import socket
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.environ["ROLLCALL_SRC"], "tests", "tools"))
from tap import Tap, fewer                          # noqa: E402

ROLLCALL = os.environ["ROLLCALL"]
VOLUMES = os.environ["ROLLCALL_VOLUMES"]
EXPECTS = os.path.join(os.environ["ROLLCALL_SRC"], "tests", "cli", "volumes")
HIVE = "Windows/System32/config/SOFTWARE"
SEED = 2749655
ROUNDS = 160
TRICKS = 60
TIMEOUT = 60                    # seconds, on a busy machine with sanitizers
NOBODY = 65534
REQUIRED, UNDETERMINED = 2, 3
ORDER = (0, 1, UNDETERMINED, REQUIRED)      # exit codes, best first
ASKED = "installed,genuine,complete,rerelease,fix"

# Servers that are not fine, each for another reason, by their .expect.
STATES = ("ru4-v1", "package-flipped", "package-missing", "2012-unfixed",
          "newer-marker", "unfinished-action", "exsetup-missing",
          "only-service", "package-v1-expired", "2016-nov24su-v1")


# ---- bytes of a hive

def damage(rng, good):
    if rng.randrange(4) == 0:
        return good[:rng.randrange(len(good))]
    bad = bytearray(good)
    for _ in range(rng.choice([1, 1, 3, 20, 200])):
        bad[rng.randrange(len(bad))] = rng.choice(
            [0x00, 0x7f, 0x80, 0xff, rng.randrange(256)])
    return bytes(bad)


def check_hive(volume):
    done = subprocess.run(
        [ROLLCALL, "scan", "-q", "--at", "2012-10-20", volume],
        capture_output=True, text=True, timeout=TIMEOUT, check=False)
    if done.returncode not in (REQUIRED, UNDETERMINED):
        yield "exit %d" % done.returncode
        yield done.stdout + done.stderr


def hives(tap, rng, scratch):
    volume = os.path.join(scratch, "hive")
    shutil.copytree(os.path.join(VOLUMES, "ru4-v1", "c"), volume)
    with open(os.path.join(volume, HIVE), "rb") as f:
        good = f.read()
    for n in range(1, fewer(ROUNDS, 16) + 1):
        with open(os.path.join(volume, HIVE), "wb") as f:
            f.write(damage(rng, good))
        tap.point("damage %d" % n, check_hive(volume))


# ---- something else under the name of a file

class State:
    """A server as it should be scanned, and what comes of it."""

    def __init__(self, name):
        with open(os.path.join(EXPECTS, name + ".expect"),
                  encoding="utf-8") as f:
            text = f.read()
        said = dict(re.findall(r"^(at|volume) (.*)$", text, re.M))
        volume = os.path.join(VOLUMES, said.get("volume", name))
        self.name = name
        self.at = said["at"]
        self.root = os.path.join(volume, "c")
        self.overlay = os.path.join(volume, "overlay.xml")
        self.files = sorted(
            os.path.relpath(os.path.join(folder, file), self.root)
            for folder, _, files in os.walk(self.root) for file in files)

    def scan(self, program, root, overlay, user=None):
        rights = {} if user is None else {
            "user": user, "group": user, "extra_groups": []}
        return subprocess.run(
            [program, "scan", "--format", "json", "--ask", ASKED, "--at",
             self.at, "--overlay", overlay, root],
            capture_output=True, timeout=TIMEOUT, check=False,
            stdin=subprocess.DEVNULL, **rights)


def link(target):
    return lambda path: os.symlink(target, path)


def loop(path):
    os.symlink(os.path.basename(path), path)


def inside(path):
    """To another file of the volume."""
    root = path[:path.index("/c/") + 3]
    os.symlink(os.path.relpath(os.path.join(root, HIVE),
                               os.path.dirname(path)), path)


def socket_at(path):
    """A path of more than some hundred bytes is none for a socket."""
    with socket.socket(socket.AF_UNIX) as s:
        here = os.getcwd()
        os.chdir(os.path.dirname(path))
        try:
            s.bind(os.path.basename(path))
        finally:
            os.chdir(here)


def device(path):
    """/dev/zero, which has no end."""
    try:
        os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 5))
    except OSError:                             # of a user, in a container
        os.symlink("/dev/zero", path)


def folder_with_file(path):
    """With the file in it."""
    os.rename(path + ".was", path + ".file")
    os.mkdir(path)
    os.rename(path + ".file", os.path.join(path, os.path.basename(path)))


def refused(path):
    os.rename(path + ".was", path)
    os.chmod(path, 0)


def refused_above(path):
    os.rename(path + ".was", path)
    os.chmod(os.path.dirname(path), 0)


TRICK = {
    "a link to itself": loop,
    "a link that leads nowhere": link("nowhere"),
    "a link to /dev/zero": link("/dev/zero"),
    "a link to a file outside": link("/etc/passwd"),
    "a link to a folder outside": link("/etc"),
    "a link to a file inside": inside,
    "a FIFO": os.mkfifo,
    "a socket": socket_at,
    "a device without end": device,
    "an empty folder": os.mkdir,
    "a folder with the file in it": folder_with_file,
    "a file that may not be read": refused,
    "a file in a folder that may not be read": refused_above,
}


class Bench:
    """Where the copies lie, and how the program is run there."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.sound = {}
        self.proofs = 0
        # Nobody may look into the build, perhaps.
        self.program = os.path.join(scratch, "rollcall")
        shutil.copy(ROLLCALL, self.program)
        os.chmod(scratch, 0o755)

    def sound_of(self, state):
        if state.name not in self.sound:
            done = state.scan(ROLLCALL, state.root, state.overlay)
            self.sound[state.name] = (done.returncode,
                                      json.loads(done.stdout)["hosts"][0])
        return self.sound[state.name]

    def is_proof(self, state, file):
        """Is the file in the proof of the answer that was the worst?"""
        host = self.sound_of(state)[1]
        path = "C:\\" + file.replace("/", "\\")
        rank = ("ok", "advised", "undetermined", "required")
        worst = max((host["answers"][q] for q in host["asked"]),
                    key=lambda a: rank.index(a["severity"]))
        return any(e["where"].lower() == path.lower() and
                   e["id"] in worst["proof"] for e in host["evidence"])

    def check(self, state, file, trick):
        copy = os.path.join(self.scratch, "copy")
        root = os.path.join(copy, "c")
        os.mkdir(copy)
        shutil.copytree(state.root, root, symlinks=True)
        overlay = shutil.copy(state.overlay, copy)
        path = os.path.join(root, file)
        os.rename(path, path + ".was")
        TRICK[trick](path)
        if os.path.lexists(path + ".was"):
            os.remove(path + ".was")
        user = NOBODY if os.geteuid() == 0 and "may not" in trick else None
        try:
            yield from self.judge(state, file,
                                  state.scan(self.program, root, overlay,
                                             user))
        except subprocess.TimeoutExpired:
            yield "it hangs"
        if "folder that may not" in trick:
            os.chmod(os.path.dirname(path), 0o755)
        shutil.rmtree(copy)

    def judge(self, state, file, done):
        sound = self.sound_of(state)[0]
        code = done.returncode
        if code not in ORDER:
            yield "exit %d: %s" % (code, done.stderr.decode())
        elif (code != UNDETERMINED and
              ORDER.index(code) < ORDER.index(sound)):
            if self.is_proof(state, file):
                self.proofs += 1
                return
            yield "exit %d, that of the sound volume %d" % (code, sound)
            yield done.stdout.decode()


def tricks(tap, rng, scratch):
    bench = Bench(scratch)
    states = [State(name) for name in STATES]
    for state in states:
        code = bench.sound_of(state)[0]
        tap.point(state.name + " is not fine",
                  [] if code in ORDER[1:] else ["exit %d" % code])
    names = list(TRICK)
    # Each trick once at least, and each server.
    for n in range(fewer(TRICKS, max(len(TRICK), len(STATES)))):
        state = states[n % len(states)]
        file = rng.choice(state.files)
        trick = names[n % len(names)]
        tap.point("%s: %s for %s" % (state.name, trick, file),
                  bench.check(state, file, trick))
    print("# %d in the proof of the worst answer" % bench.proofs)


def main():
    rng = random.Random(SEED)
    tap = Tap()
    print("# seed %d" % SEED)
    with tempfile.TemporaryDirectory() as scratch:
        hives(tap, rng, scratch)
        tricks(tap, rng, scratch)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
