#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""May it be installed next? One reviewed table of targets and servers (TAP).

targets.txt has the answers and why they are right. Here each is asked of
"scan" and, of the result, of "judge", which has to say the same.
"""
import json
import os
import subprocess
import sys
import tempfile

SRC = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
sys.path.insert(0, os.path.join(SRC, "tests", "tools"))
import mkvolume                                              # noqa: E402
from tap import Tap, sampled                                 # noqa: E402

AT = ["--at", "2026-11-25T00:00:00Z"]
READY = {"ready": (True, 0), "blocked": (False, 2), "unknown": (None, 3)}
FIRST = {"ready": "READY", "blocked": "BLOCKED", "unknown": "CANNOT TELL"}
LEAST = 60              # rows that the table has to have


def table():
    servers, rows, name = {}, [], None
    path = os.path.join(SRC, "tests", "cli", "targets.txt")
    with open(path, encoding="utf-8") as f:
        for line in f.read().splitlines():
            if name:
                # A block inside ends with an "end" of its own.
                if line == "end" and not inside:
                    name = None
                    continue
                inside = line.startswith(("reg ", "text ")) or (
                    inside and line != "end")
                servers[name].append(line)
            elif line.startswith("server "):
                name, inside = line.split()[1], False
                servers[name] = []
            elif line and not line.startswith("#"):
                rows.append([word.strip() for word in line.split("|")])
    return servers, rows


class Volumes:
    """Those of the servers that are asked about, each built once."""

    def __init__(self, folder, servers):
        self.folder, self.servers = folder, servers

    def root(self, name):
        root = os.path.join(self.folder, name)
        if not os.path.exists(root):
            text = root + ".volume.txt"
            with open(text, "w", encoding="utf-8") as f:
                f.write("\n".join(self.servers[name]) + "\n")
            mkvolume.build_one(text, root, root + ".xml")
        return root


def run(*args, stdin=b""):
    at = [] if "--at" in args else AT
    return subprocess.run([ROLLCALL, *args, *at], timeout=120, check=False,
                          env=dict(os.environ, SOURCE_DATE_EPOCH="1795564800"),
                          input=stdin, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE)


def check(root, target, answer, words):
    target, *at = target.split(" @")
    overlay = ["--overlay", root + ".xml", "--target", target]
    if at:
        overlay += ["--at", *at]
    done = run("scan", "--format", "json", *overlay, root)
    if not done.stdout:
        yield "exit %d: %s" % (done.returncode, done.stderr.decode())
        return
    host = json.loads(done.stdout)["hosts"][0]
    want, code = READY[answer]
    if host["target"]["ready"] is not want or done.returncode != code:
        yield "ready is %s, exit %d: %s" % (
            host["target"]["ready"], done.returncode,
            "; ".join(host["target"]["reasons"]))
    if want and not host["target"]["checked"]:
        yield "a bare READY"
    text = " ".join(run("scan", *overlay, root).stdout.decode().split())
    if FIRST[answer] + " " not in text:
        yield "%s is not said" % FIRST[answer]
    for word in words.split("; "):
        if word and word not in text:
            yield "%r is not said: %s" % (word, text)
    again = run("judge", "--format", "json", *overlay, "-",
                stdin=done.stdout)
    if again.stdout != done.stdout:
        yield "judge says something else"


def lose(inventory, name):
    """Take away what NAME says: a table, "table/member" or a row of one."""
    at, *rest = name.split("/")
    if not rest:
        del inventory[at]
    elif at == "values":
        inventory[at] = [v for v in inventory[at]
                         if not v["key"].endswith(rest[0])]
    else:
        del inventory[at][rest[0]]


LOST = ("values", "programs", "pending", "leftovers", "windows/kind",
        "windows/ubr", "windows/version", "asked/programs", "asked/packs",
        "pending/renames_state", "pending/packages_state",
        "pending/servicing", "values/Full", "values/URL Rewrite",
        "values/MSExchangeIS", "values/msiserver")


def check_lost(root, target):
    """What is not known any more of a server that is ready earns nothing."""
    words = ["--format", "json", "--overlay", root + ".xml", "--target",
             target]
    done = run("scan", *words, root)
    if done.returncode != 0:
        yield "it is not ready: exit %d" % done.returncode
    for name in LOST:
        result = json.loads(done.stdout)
        lose(result["hosts"][0]["inventory"], name)
        again = run("judge", *words, "-", stdin=json.dumps(result).encode())
        if again.returncode != 3:
            yield "exit %d without %s" % (again.returncode, name)
    # Nor does what its own state contradicts.
    for waits in ({"renames": [{"from": "C:\\a.dll", "to": None}]},
                  {"rename_total": 1}, {"packages": ["KB1"]}):
        result = json.loads(done.stdout)
        pending = result["hosts"][0]["inventory"]["pending"]
        pending.update(waits)
        again = run("judge", *words, "-", stdin=json.dumps(result).encode())
        if again.returncode != 2 or "absent" not in (
                pending["renames_state"], pending["packages_state"]):
            yield "exit %d with %s, and none" % (again.returncode, waits)


GB = 1 << 30
PLACES = (r"C:\Windows", r"C:\Program Files\Microsoft\Exchange Server\V15")
UNSEEN = "what is free on the drive of Exchange"

# What a machine tells is free at PLACES; the list of the result, and words.
SPACES = {
    "enough": ([GB, 31 * GB], "checked", "31744 MB are free where"),
    "too little": ([GB, 29 * GB], "warnings", "only 29696 MB are free where"),
    "too little for Windows": ([GB // 8, 31 * GB], "warnings",
                               "only 128 MB are free where C:"),
    "refused": ([GB, None], "unseen", UNSEEN + ", which could not be read"),
    "not asked": (None, "unseen", UNSEEN + ", which could not be read"),
}


def check_space(root, target, free, part, words):
    """Only a Windows that runs knows: what such a one tells, judged."""
    args = ["--format", "json", "--overlay", root + ".xml", "--target",
            target]
    done = run("scan", *args, root)
    result = json.loads(done.stdout)
    host = result["hosts"][0]
    if "spaces" in host["inventory"]:
        yield "a volume tells what is free"
    if not any(UNSEEN in line and "only a Windows that runs" in line
               for line in host["target"]["unseen"]):
        yield "not unseen of a volume: %r" % host["target"]["unseen"]
    host["source"] = host["inventory"]["source"] = "live"
    if free is not None:
        host["inventory"]["spaces"] = [
            {"path": path, "state": "unreadable" if size is None else
             "present", "free": size or 0}
            for path, size in zip(PLACES, free)]
    again = run("judge", *args, "-", stdin=json.dumps(result).encode())
    if again.returncode != 0:
        yield "exit %d" % again.returncode
    got = json.loads(again.stdout)["hosts"][0]["target"]
    if not any(words in line for line in got[part]):
        yield "%r is not among %r" % (words, got[part])


def main():
    tap = Tap()
    servers, rows = table()
    tap.point("the table", [] if len(rows) >= LEAST else
              ["only %d rows" % len(rows)])
    with tempfile.TemporaryDirectory() as folder:
        volumes = Volumes(folder, servers)
        for name, target, answer, words, _why in sampled(
                rows, lambda row: row[0] + row[1]):
            tap.point("%s: %s" % (name, target),
                      check(volumes.root(name), target, answer, words))
        tap.point("what is lost earns nothing",
                  check_lost(volumes.root("2016-cu22"), "2016 CU23"))
        for name, row in SPACES.items():
            tap.point("what is free: " + name,
                      check_space(volumes.root("2016-cu22"), "2016 CU23",
                                  *row))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
