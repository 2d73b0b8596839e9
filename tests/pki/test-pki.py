#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Make the signed files of cases.txt, judge them, compare. TAP.

Three judges: sigdump, which knows both states of the fix, rollcall inspect,
and osslsigncode.
"""

import concurrent.futures
import functools
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "tools")]
sys.dont_write_bytecode = True

from maker import (ADVISORY, UNTIL, Inspector, Maker,           # noqa: E402
                   ask_witness, read_cases)
from tap import sampled                                         # noqa: E402

BUILD = os.path.dirname(os.environ["ROLLCALL"])
SIGDUMP = os.path.join(BUILD, "tests", "tools", "sigdump")


def judge(maker, case, at, fix):
    """The judgement of one file: {key: value} of the file's own lines."""
    done = subprocess.run(
        [SIGDUMP, "anchor=" + maker.pki.cert("root"), "thumbprint=%s:%s"
         % (maker.pki.thumbprint("tsa-defective"), ADVISORY), "at=" + at,
         "fix=" + fix, maker.files[case]], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError("sigdump failed: " + done.stderr)
    lines = [line.split(" ", 1) for line in done.stdout.split("\nlevel")[0]
             .splitlines()]
    return done.stdout, dict(pair for pair in lines if len(pair) == 2)


def judge_inspected(inspector, maker, rows):
    """{(case, at): what inspect says}, one run for each instant."""
    judged = {}
    for at in {when[0] for _, _, _, when, _, _ in rows}:
        cases = sorted({row[2] for row in rows if row[3][0] == at},
                       key=lambda case: case.values)
        files = inspector.files([maker.files[c] for c in cases], "--at", at)
        judged.update(((c, at), files[maker.files[c]]) for c in cases)
    return judged


def check_inspected(got, case, fix, want):
    """Complaints about what inspect says. Its verdict is always that of a
    Windows without the fix."""
    verdict, without, with_fix, advisory = want

    def instant(name):
        return None if name == "none" else UNTIL.get(name, name)

    format = case.format.replace("-big", "").rstrip("2+3")
    expected = {
        "kind": {"p7": "pkcs7"}.get(format, format),
        "good_until": instant(without),
        "advisory": None if advisory == "-" else advisory,
    }
    if fix == "no":
        expected["verdict"] = verdict
    wrong = ["inspect, %s: got %s, want %s" % (key, got[key], value)
             for key, value in expected.items() if got[key] != value]
    # A digest that differs overrules what the level has for itself.
    level = got["signatures"][0]["good_until"]
    if verdict not in ("invalid", "unreadable") and level != {
            "without_fix": instant(without), "with_fix": instant(with_fix)}:
        wrong.append("inspect, good_until: got %s" % level)
    return wrong


def check(maker, judged, row):
    """Complaints about one row; none when all is as the table says."""
    _, _, case, (at, fix), want, witness = row
    verdict, without, with_fix, advisory = want
    text, got = judge(maker, case, at, fix)
    expected = {
        "verdict": verdict,
        "until": "%s %s" % (UNTIL.get(without, without),
                            UNTIL.get(with_fix, with_fix)),
        "advisory": "none" if advisory == "-" else advisory,
    }
    wrong = ["%s: got %s, want %s" % (key, got.get(key), value)
             for key, value in expected.items() if got.get(key) != value]
    wrong += check_inspected(judged[case, at], case, fix, want)
    if witness != "-":
        said = ask_witness(maker, case)
        if said != ("bad" if witness == "bad" else "ok"):
            wrong.append("osslsigncode says %s" % said)
    return wrong + (text.splitlines() if wrong else [])


def main():
    if shutil.which("osslsigncode") is None or not shutil.which("openssl"):
        print("1..0 # SKIP osslsigncode or openssl is not installed")
        return
    rows = sampled(read_cases(), lambda row: row[1])
    print("1..%d" % len(rows), flush=True)
    with tempfile.TemporaryDirectory() as folder, \
            concurrent.futures.ThreadPoolExecutor(2) as pool:
        maker = Maker(folder)
        maker.make([row[2] for row in rows], pool)
        judged = judge_inspected(Inspector(maker), maker, rows)
        for row, wrong in zip(rows, pool.map(
                functools.partial(check, maker, judged), rows)):
            for line in wrong:
                print("# " + line)
            print("%s - line %d: %s" % ("not ok" if wrong else "ok", row[0],
                                        row[1]))


if __name__ == "__main__":
    main()
