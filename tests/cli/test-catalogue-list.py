#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What "rollcall catalogue list" and "show" say of the shipped catalogue is
what Python's own XML parser finds in it (TAP)."""
import csv
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.environ["ROLLCALL_SRC"], "tests", "tools"))
from tap import sampled                                      # noqa: E402

SRC = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
NS = "{urn:rollcall:catalogue:1}"
AT = ("--at", "2026-11-25")
STEP = 7        # of all releases, every seventh is shown


def run(*args):
    return subprocess.run([ROLLCALL, "catalogue", *args, *AT],
                          capture_output=True, text=True)


def read_catalogue():
    """id -> (product, branch, element), in the order of the XML."""
    root = ET.parse(os.path.join(SRC, "data", "exchange.xml")).getroot()
    return {r.get("id"): (p, b, r) for p in root.iter(NS + "product")
            for b in p.iter(NS + "branch") for r in b.iter(NS + "release")}


def prose(element):
    return " ".join((element.text or "").split())


def first_kb(r):
    return (r.get("kb") or "").split(" ")[0]


def validator():
    with open(os.path.join(SRC, "data", "rollcall-result.schema.json"),
              encoding="utf-8") as f:
        schema = json.load(f)
    try:
        import jsonschema
    except ImportError:
        return None
    return jsonschema.validators.validator_for(schema)(schema)


def invalid(schema, text):
    if schema is None:
        return []
    return ["%s: %s" % (list(e.absolute_path), e.message)
            for e in schema.iter_errors(json.loads(text))][:5]


def differences(what, got, wanted):
    return [] if got == wanted else ["%s: %s, not %s" % (what, got, wanted)]


def test_list_json(all_of_them, schema):
    p = run("list", "--format", "json")
    rows = json.loads(p.stdout)["releases"]
    wrong = invalid(schema, p.stdout)
    wrong += differences("ids", [r["id"] for r in rows], list(all_of_them))
    for row in rows:
        product, branch, r = all_of_them[row["id"]]
        wrong += differences(row["id"], (
            row["product"], row["branch"], row["kind"], row["build"] or "",
            row["date"] or "", row["kb"] or "", row["build_long"] or ""), (
            product.get("id"), branch.get("id"), r.get("kind"),
            r.get("build", ""), r.get("date", ""), first_kb(r),
            r.get("long", "")))
    return wrong


def test_list_csv(all_of_them, _):
    rows = list(csv.DictReader(io.StringIO(run("list", "--format",
                                               "csv").stdout)))
    wrong = differences("ids", [r["id"] for r in rows], list(all_of_them))
    for row in rows:
        _, _, r = all_of_them[row["id"]]
        replace = r.find(NS + "replace")
        wrong += differences(row["id"], (
            row["build"], row["kb"], row["sources"], row["replace_by"]), (
            r.get("build", ""), r.get("kb", ""),
            " ".join(r.get("sources").split()),
            "" if replace is None else replace.get("by", "")))
        wrong += differences(row["id"], None in row.values(), False)
    return wrong


def test_filters(all_of_them, _):
    def ids(*args):
        return [r["id"] for r in json.loads(
            run("list", "--format", "json", *args).stdout)["releases"]]

    def those(test):
        return [i for i, (p, b, r) in all_of_them.items() if test(p, b, r)]

    return (
        differences("--product", ids("--product", "exchange 2010"),
                    those(lambda p, b, r: p.get("id") == "2010")) +
        differences("--branch", ids("--branch", "cu4"),
                    those(lambda p, b, r: "CU4" in (b.get("id"),
                                                    b.get("also")))) +
        differences("--since", ids("--since", "2024-01-01"),
                    those(lambda p, b, r: r.get("date", "") >=
                          "2024-01-01")) +
        differences("--affected", ids("--affected"),
                    those(lambda p, b, r: r.get("affected-by") or
                          r.get("perhaps-affected-by"))) +
        differences("--rereleased", ids("--rereleased"),
                    those(lambda p, b, r: int(r.get("revision", "0")) > 1 or
                          any(e.get("by") for e in r.iter(NS + "replace")))) +
        differences("together", ids("--rereleased", "--branch", "SP2",
                                    "--since", "2012-10-01"),
                    ["2010-sp2-ru4-v2", "2010-sp2-ru5", "2010-sp2-ru5-v2"]))


def test_no_release(_all, _schema):
    p = run("list", "--product", "2011")
    return differences("exit", (p.returncode, p.stdout), (1, ""))


def show_one(entry, schema, all_of_them):
    _, branch, r = entry
    p = run("show", r.get("id"), "--format", "json")
    wrong = invalid(schema, p.stdout)
    got = json.loads(p.stdout)["releases"][0]
    wrong += differences("id", got["id"], r.get("id"))
    for ours, theirs, name in (("packages", "package", "name"),
                               ("disputes", "disputed", "value"),
                               ("components", "component", "file"),
                               ("replaces", "supersedes", "kb"),
                               ("excepts", "except", "about"),
                               ("patches", "patch", "code"),
                               ("carries", "carries", "kb")):
        wrong += differences("%s of %s" % (ours, r.get("id")),
                             [x[name] for x in got[ours]],
                             [x.get(name) for x in r.findall(NS + theirs)])
    note = r.find(NS + "note")
    wrong += differences("note", got["note"] or "",
                         "" if note is None else prose(note))
    for newer in got["replaced_by"]:
        other = all_of_them[newer["id"]]
        kbs = {e.get("kb") for e in other[2].iter(NS + "supersedes")}
        next_one = [e.get("by") for e in r.iter(NS + "replace")]
        if other[1] is not branch or not (
                kbs & set((r.get("kb") or "").split()) or
                newer["id"] in next_one):
            wrong.append("%s is not replaced by %s" % (r.get("id"),
                                                       newer["id"]))
    return wrong


def test_show(all_of_them, schema):
    return [w for entry in sampled(
        list(all_of_them.values())[::STEP], lambda row: row[2].get("id"))
            for w in show_one(entry, schema, all_of_them)]


def test_show_by(all_of_them, _):
    """A build in another spelling, and a KB of several releases."""
    def ids(what):
        return [r["id"] for r in json.loads(
            run("show", what, "--format", "json").stdout)["releases"]]
    shared = [i for i, (_, _, r) in all_of_them.items()
              if "KB5000871" in (r.get("kb") or "").split()]
    return (differences("long build", ids("14.02.0318.004"),
                        ["2010-sp2-ru4-v2"]) +
            differences("words", ids("Version 14.2 (Build 318.2)"),
                        ["2010-sp2-ru4"]) +
            differences("KB", ids("5000871"), shared) +
            differences("several", len(shared) > 10, True))


def test_show_none(_all, schema):
    p = run("show", "14.2.318.3", "--format", "json")
    return invalid(schema, p.stdout) + differences(
        "exit", (p.returncode, json.loads(p.stdout)["releases"]), (1, []))


TESTS = [test_list_json, test_list_csv, test_filters, test_no_release,
         test_show, test_show_by, test_show_none]


def main():
    all_of_them, schema = read_catalogue(), validator()
    print("1..%d" % (len(TESTS) + 1))
    failed = False
    for n, test in enumerate(TESTS, 1):
        wrong = test(all_of_them, schema)
        for line in wrong:
            print("# " + line.replace("\n", " "))
        print("%s %d - %s" % ("not ok" if wrong else "ok", n,
                              test.__name__[5:].replace("_", " ")))
        failed |= bool(wrong)
    print("ok %d - JSON holds to the schema%s" % (
        len(TESTS) + 1, "" if schema is not None else
        " # SKIP python3-jsonschema is not installed"))
    sys.exit(failed)


if __name__ == "__main__":
    main()
