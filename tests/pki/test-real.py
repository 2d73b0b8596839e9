#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Judge real signatures ($ROLLCALL_REAL/signatures) and compare. TAP.

One line of output for each row of index.tsv, which describes one signature
each, and some for the set as a whole; first as sigdump judges, by the roots
that lie beside, then as rollcall inspect does, by those of the catalogue.
"""

import collections
import csv
import glob
import json
import os
import subprocess
import sys

BUILD = os.path.dirname(os.environ["ROLLCALL"])
SIGDUMP = os.path.join(BUILD, "tests", "tools", "sigdump")
ADVISORY = "2749655"
THUMBPRINTS = ("a59ef772f586c630ba190f3304147c0347bac12e",
               "7eef4e81277c469fcd2c71c82601ac8b808816bf")
# Chains that cannot anchor, and what is said of them. The others that may
# be untrusted are not Microsoft's.
# Their certificates are signed with MD2.
MD2 = "signed with an algorithm that is not supported"
UNTRUSTED = {"comct232": MD2, "dbgrid32": MD2, "hhupd": MD2}
AFFECTED_COUNT = 13


def stamp(text):
    """"2013-01-10 20:32:25" as sigdump writes it."""
    return text.replace(" ", "T") + "Z"


def run(folder, files, *options):
    anchors = ["anchor=" + path for path in
               sorted(glob.glob(os.path.join(folder, "roots", "*.pem")))]
    marks = ["thumbprint=%s:%s" % (t, ADVISORY) for t in THUMBPRINTS]
    return subprocess.run([SIGDUMP] + anchors + marks + list(options) + files,
                          check=True, capture_output=True, text=True).stdout


def parse(text):
    """{file: (file's keys, [level's keys, its timestamp's under "stamp"])}"""
    result = {}
    for block in text.split("file ")[1:]:
        name, *lines = block.splitlines()
        top, levels = {}, []
        for line in lines:
            depth = (len(line) - len(line.lstrip())) // 2
            key, _, value = line.strip().partition(" ")
            if key == "level":
                levels.append({"level": value, "stamp": {}})
            elif depth == 0:
                top[key] = value
            elif key == "timestamp":
                levels[-1]["stamp"]["kind"] = value
            else:
                level = levels[-1]
                (level if depth == 1 else level["stamp"])[key] = value
        result[os.path.basename(name)] = top, levels
    return result


def from_json(level):
    """A signature in the result of inspect, in the words of sigdump."""
    stamp, signer = level["timestamp"], level["signer"]
    stamper = stamp["certificate"] or {"sha1": None, "eku": None}
    until = level["good_until"]
    words = {True: "yes", False: "no"}
    return {
        "level": "0" if level["level"] == "primary" else "1",
        "digest": "%s %s" % (level["digest_algorithm"], level["digest"]),
        "sha1": signer["sha1"], "not_after": signer["not_after"],
        "anchor": level["anchor"] or "none",
        "advisory": level["advisory"] or "none",
        "until": "%s %s" % (until["without_fix"], until["with_fix"]),
        "verdict": level["verdict"],
        "why": level["reason"] and level["reason"]["text"],
        "stamp": {
            "kind": stamp["kind"], "state": "good", "time": stamp["time"],
            "sha1": stamper["sha1"],
            "eku": "absent" if stamper["eku"] is None else
                   " ".join(stamper["eku"]),
            "accepted": "%s %s" % (words[stamp["accepted"]["without_fix"]],
                                   words[stamp["accepted"]["with_fix"]]),
        },
    }


def inspect(path):
    """{name: the file's object} of a folder."""
    done = subprocess.run([os.environ["ROLLCALL"], "inspect", "--format",
                           "json", "--at", "2020-01-01", path],
                          capture_output=True)
    return {os.path.basename(f["path"]): f
            for f in json.loads(done.stdout)["files"]}


def expect(row, level):
    """(what, got, want) of one row."""
    affected = row["verdict"] == "AFFECTED"
    got = level["stamp"]
    yield "level", level["level"] == "0", row["sig_level"] == "primary"
    yield "digest", level["digest"], row["digest"] + " unchecked"
    yield "signer", level["sha1"], row["signer_sha1"].lower()
    yield "signer's end", level["not_after"], stamp(row["signer_notAfter"])
    if not row["ts_kind"]:
        return
    yield "kind", got["kind"], row["ts_kind"]
    yield "state", got["state"], "good"
    yield "time", got["time"], stamp(row["ts_time_utc"])
    yield "stamper", got["sha1"], row["ts_sha1"].lower()
    yield "eku", got["eku"], row["ts_eku"].replace("ABSENT", "absent")
    yield "accepted", got["accepted"], "no yes" if affected else "yes yes"
    yield "advisory", level["advisory"], ADVISORY if affected else "none"
    if affected:
        yield "until", level["until"], "%s unlimited" % stamp(
            row["signer_notAfter"])
        yield "verdict", level["verdict"], "expired"


class Tap:
    count = 0

    def line(self, wrong, what):
        for complaint in wrong:
            print("# " + complaint)
        self.count += 1
        print("%s %d - %s" % ("not ok" if wrong else "ok", self.count, what))


def check_rows(tap, rows, judged):
    turn = collections.Counter()
    for row in rows:
        name = row["p7_file"]
        level = judged[name][1][turn[name]]
        wrong = ["%s: got %s, want %s" % (what, got, want)
                 for what, got, want in expect(row, level) if got != want]
        tap.line(wrong, "%s level %d" % (name, turn[name]))
        turn[name] += 1


def check_set(tap, rows, judged):
    per_file = collections.Counter(row["p7_file"] for row in rows)
    tap.line([name for name, (_, levels) in judged.items()
              if len(levels) != per_file[name]],
             "no signature more than the index has")

    want = {row["p7_file"] for row in rows if row["verdict"] == "AFFECTED"}
    got = {name for name, (top, _) in judged.items()
           if top["advisory"] == ADVISORY}
    tap.line(sorted(got ^ want) + ([] if len(got) == AFFECTED_COUNT else
                                   ["%d files" % len(got)]),
             "the %d affected files, and no other" % AFFECTED_COUNT)

    microsoft = {row["p7_file"] for row in rows if "Microsoft" in
                 row["signer_cn_ou"] and row["sig_level"] == "primary"}
    wrong = []
    for name in sorted(microsoft):
        level = judged[name][1][0]
        reason = [why for part, why in UNTRUSTED.items() if part in name]
        if reason and (level["verdict"] != "untrusted" or
                       reason[0] not in level["why"]):
            wrong.append("%s: %s" % (name, level.get("why")))
        elif not reason and level["anchor"] == "none":
            wrong.append("%s: %s" % (name, level.get("why")))
    tap.line(wrong, "every chain of Microsoft anchors, but three")


def check_packages(tap, real):
    """A genuine patch: its digest is computed in the order of streams."""
    path = os.path.join(real, "packages", "SQL2008_AS.msp")
    if not os.path.exists(path):
        tap.line([], "genuine patch # SKIP not there")
        return
    top, levels = parse(run(os.path.join(real, "signatures"), [path],
                            "at=2020-01-01"))[os.path.basename(path)]
    got = (top["verdict"], levels[0]["digest"], levels[0]["stamp"]["time"])
    want = "valid", "sha1 match", "2008-06-06T20:33:07Z"
    tap.line([] if got == want else ["got %s, want %s" % (got, want)],
             "genuine patch of 2008")


# What inspect must say of each: verdict, patch code, product codes.
PACKAGES = {
    "SQL2008_AS.msp": ("msp", "valid",
                       "{2DFFC5F8-9B0F-4510-92AE-FA3D38B8A47D}", 1),
    "PatchABv101.msp": ("msp", "unsigned",
                        "{B94D3D25-9FC6-468D-A804-97AFB27746C1}", 2),
    "gdr1.msp": ("msp", "unsigned",
                 "{780B530E-03AD-47AF-A128-DA08DB495253}", 1),
    "example.msi": ("msi", "unsigned", None, None),
}


def check_inspected_packages(tap, real):
    for name, got in inspect(os.path.join(real, "packages")).items():
        patch = got["patch"] or {"code": None, "targets": None}
        said = (got["kind"], got["verdict"], patch["code"],
                patch["targets"] and len(patch["targets"]))
        want = PACKAGES.get(name)
        tap.line([] if said == want else ["got %s" % (said,)],
                 "inspect " + name)


def main():
    real = os.environ.get("ROLLCALL_REAL")
    if not real:
        print("1..0 # SKIP ROLLCALL_REAL is not set")
        return
    folder = os.path.join(real, "signatures")
    with open(os.path.join(folder, "index.tsv"), newline="") as f:
        rows = list(csv.DictReader(f, delimiter="\t"))
    files = sorted(glob.glob(os.path.join(folder, "p7", "*.p7")))
    judged = parse(run(folder, files, "at=2020-01-01"))
    tap = Tap()
    check_rows(tap, rows, judged)
    check_set(tap, rows, judged)
    check_packages(tap, real)
    inspected = {name: (f, [from_json(s) for s in f["signatures"]])
                 for name, f in inspect(os.path.join(folder, "p7")).items()}
    check_rows(tap, rows, inspected)
    check_set(tap, rows, inspected)
    check_inspected_packages(tap, real)
    print("1..%d" % tap.count)


if __name__ == "__main__":
    sys.exit(main())
