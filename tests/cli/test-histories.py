#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Servers with a past, made up at random, are judged as they are (TAP).

usage: test-histories.py             200 lives (5,000 with ROLLCALL_SLOW), or
                                     ROLLCALL_HISTORIES of them
       test-histories.py SEED        the volume text of one, and its truth

Never a wrong name; never fine who is behind by a security update, out of
support, to be replaced or without the fix, and half installed is exit 2,
whatever else holds; never an accusation of a server with which nothing is
amiss; and nobody is told to install what only a program brings, unless he says
that he takes part. One in three is judged on a later day than it was scanned.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile

SOURCE = os.environ.get("ROLLCALL_SRC") or os.path.join(
    os.path.dirname(os.path.abspath(__file__)), "..", "..")
sys.path.insert(0, os.path.join(SOURCE, "tests", "tools"))
import histories                                    # noqa: E402
import mksign                                       # noqa: E402
import mkvolume                                     # noqa: E402
from tap import Tap, one_in                                 # noqa: E402

FACTS = os.path.join(SOURCE, "tests", "facts")
FIRST = 1


def judged_on(truth, words, stdin=b""):
    day = truth.taken
    seconds = (day - day.fromisoformat("1970-01-01")).days * 86400 + 43200
    done = subprocess.run(
        [os.environ["ROLLCALL"]] + words + ["--format", "json"] +
        ["--esu"] * truth.esu, input=stdin, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, check=False,
        env=dict(os.environ, SOURCE_DATE_EPOCH=str(seconds)))
    if done.returncode > 3:
        raise SystemExit("Bail out! " + done.stderr.decode())
    return done


def scan(text, truth, scratch):
    """The only host of the result, and the exit code."""
    shutil.rmtree(scratch, ignore_errors=True)
    volume = mkvolume.parse(text)
    volume.write(lambda letter: os.path.join(scratch, letter))
    overlay = os.path.join(scratch, "overlay.xml")
    mkvolume.write_text(overlay, mksign.overlay("synthetic", volume.listed))
    noon = "T12:00:00Z"
    done = judged_on(truth, ["scan", "--at", truth.taken.isoformat() + noon,
                             "--overlay", overlay,
                             os.path.join(scratch, "c")])
    if truth.day != truth.taken:
        done = judged_on(truth, ["judge", "--at", truth.day.isoformat() + noon,
                                 "--overlay", overlay, "-"], done.stdout)
    return json.loads(done.stdout)["hosts"][0], done.returncode


def right_name(truth, server):
    release = server.get("release")
    if release is None:
        return
    if release["build"] != truth.release.text():
        yield "named %s, and it is %s" % (release["id"],
                                          truth.release.text())


def not_fine(truth, code):
    """Why it is not, and the program did not see it."""
    reasons = []
    if truth.newer_security:
        reasons.append("behind by " + truth.newer_security[-1].text())
    if truth.ended and not truth.extended:
        reasons.append("out of support")
    if truth.half:
        reasons.append("half installed")
    if not truth.fixed:
        reasons.append("without the fix")
    if truth.again and truth.recalled:
        reasons.append("to be replaced")
    if code == 0 and reasons:
        yield "fine, and it is " + ", ".join(reasons)
    if truth.half and code != 2:
        yield "half installed, and ends with %d" % code
    if truth.recalled and code not in (2, 3):
        yield "must be replaced, and ends with %d" % code


def can_be_had(truth, world, server):
    """The next step is none that takes a program, without one."""
    step = server["next"] or {}
    if truth.esu:
        return
    if step.get("program") is not None:
        yield "next is %s, of %s" % (step["release"], step["program"])
    for branch in world.branches.values():
        for r in branch:
            if r.kb and r.kb == step.get("kb") and (
                    r.product, r.branch) in histories.ESU and \
                    r.date > world.ends[r.product]:
                yield "next is %s, which is only for ESU" % r.text()


def not_accused(truth, answers, code):
    """A sound server is called one, whatever is to be had for it."""
    good = {"installed": ("proven",), "genuine": ("yes",),
            "complete": ("yes",)}
    good["fix"] = ("present", "built-in") if truth.fixed else ("missing",)
    if not truth.again:
        good["rerelease"] = ("no",)
    if not truth.sound:
        good = {}
    for question, words in good.items():
        if answers[question]["answer"] not in words:
            yield "%s %s: %s" % (question, answers[question]["answer"],
                                 answers[question].get("text", ""))
    if answers["current"]["answer"] == "behind" and not (
            truth.newer or truth.base_newer or truth.ended):
        yield "behind, and nothing is newer"
    if truth.newer and answers["current"]["answer"] in ("yes", "final"):
        yield "current, and %s is newer" % truth.newer[-1].text()
    # Of a half installed one, who can say which of the two counts?
    supported = answers["supported"]["answer"] if truth.sound else None
    if supported is None:
        return
    if truth.newest_base and not truth.product_ended and supported != "yes":
        yield "supported %s, and it is the newest" % supported
    if truth.extended and supported != "extended":
        yield "supported %s, and it takes part in ESU" % supported
    if truth.ended and not truth.extended and supported != "ended":
        yield "supported %s, and it has ended" % supported
    if code == 2 and truth.sound and truth.fixed and not (
            truth.newer_security or truth.again or truth.base_newer or
            truth.ended):
        yield "action is required, and there is no reason"


def judge(truth, world, host, code):
    server = host["exchange"][0]
    answers = dict(host.get("answers", {}), **server["answers"])
    yield from right_name(truth, server)
    yield from not_fine(truth, code)
    yield from not_accused(truth, answers, code)
    yield from can_be_had(truth, world, server)


def main():
    world = histories.World(FACTS)
    if len(sys.argv) == 2:
        text, truth = histories.history(world, int(sys.argv[1]))
        print(text + "# %s" % vars(truth))
        return 0
    count = int(os.environ.get("ROLLCALL_HISTORIES") or
                (5000 if os.environ.get("ROLLCALL_SLOW") else
                 max(1, 200 // one_in())))
    tap, wrong = Tap(), {}
    scratch = tempfile.mkdtemp(prefix="rollcall-histories.")
    try:
        for seed in range(FIRST, FIRST + count):
            text, truth = histories.history(world, seed)
            host, code = scan(text, truth, os.path.join(scratch, "v"))
            complaints = ["seed %d: %s" % (seed, c)
                          for c in judge(truth, world, host, code)]
            product = truth.release.product
            seen = wrong.setdefault(product, [0, []])
            seen[0] += 1
            seen[1] += complaints
    finally:
        shutil.rmtree(scratch)
    for product in sorted(wrong):
        tap.point("%d servers of %s" % (wrong[product][0], product),
                  wrong[product][1])
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
