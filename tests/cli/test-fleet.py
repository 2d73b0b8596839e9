#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Judge many hosts at once (TAP): who is worst, who is missing, what is old,
broken, there twice or accepted; in as many threads as one likes."""
import importlib.util
import json
import os
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import fleets                                           # noqa: E402
from fleets import AT, rollcall                         # noqa: E402
from tap import Tap, first_of, sampled                  # noqa: E402

spec = importlib.util.spec_from_file_location(
    "volumes", os.path.join(fleets.SOURCE, "tests", "cli", "test-volumes.py"))
VOLUMES = importlib.util.module_from_spec(spec)
spec.loader.exec_module(VOLUMES)

RANK = {"nothing-to-do": 0, "action-advised": 1, "undetermined": 2,
        "action-required": 3}
EXIT = {"nothing-to-do": 0, "action-advised": 1, "undetermined": 3,
        "action-required": 2}


def write(path, data):
    with open(path, "wb") as f:
        f.write(data if isinstance(data, bytes) else data.encode())
    return path


def judged(*words):
    """The exit code, the summary, the hosts by name (the last counts)."""
    done = rollcall("judge", "--format", "json", "--quiet", *AT, *words)
    fleet = json.loads(done.stdout)["fleet"]
    return done.returncode, fleet["summary"], {
        h["name"]: h for h in reversed(fleet["hosts"])}


def changed(path, **members):
    """The result at PATH, its inventory changed."""
    with open(path, "rb") as f:
        document = json.load(f)
    for host in document["hosts"]:
        for name, value in members.items():
            if value is None:
                host["inventory"].pop(name, None)
            else:
                host["inventory"][name] = value
    return json.dumps(document).encode() + b"\n"


def check_order(folder, names):
    code, summary, hosts = judged(folder)
    if set(hosts) != set(names):
        yield "%d hosts of %d" % (len(hosts), len(names))
    lines = [json.loads(x) for x in rollcall(
        "judge", "--format", "jsonl", *AT, folder).stdout.splitlines()]
    ranks = [RANK[x["verdict"]] for x in lines]
    if ranks != sorted(ranks, reverse=True) or len(set(ranks)) < 3:
        yield "not the worst first: %s" % ranks
    if code != EXIT[lines[0]["verdict"]] or \
            summary["verdict"] != lines[0]["verdict"]:
        yield "ends with %d, and %s" % (code, summary["verdict"])
    if sum(summary["verdicts"].values()) != len(names):
        yield "counts: %s" % summary["verdicts"]
    for verdict, count in summary["verdicts"].items():
        if count != sum(x["verdict"] == verdict for x in lines):
            yield "%d %s" % (count, verdict)
    # A line stands alone: it also says what it was judged by.
    alone = ("schema", "at", "catalogue", "overlays")
    for x in lines:
        row = {name: x[name] for name in x if name not in alone}
        if row != hosts[x["name"]] or x["at"] != "2026-11-26T00:00:00Z" or \
                not x["catalogue"]["serial"] or len(x["overlays"]) != 1:
            yield "%s: jsonl is not json" % x["name"]


def check_jobs(folder):
    for name in ("text", "json", "jsonl"):
        one, many = (rollcall("judge", "--format", name, "--jobs", n, *AT,
                              folder).stdout for n in ("1", "7"))
        if one != many or not one:
            yield "%s: 7 threads say other than 1" % name


def check_text(folder, names):
    done = rollcall("judge", *AT, folder)
    text = done.stdout.decode()
    if not text.startswith("%d hosts: " % len(names)):
        yield text[:100]
    for name in names:
        if sum((" %s " % name) in line
               for line in text.split("\nHosts\n")[1].splitlines()) != 1:
            yield "%s has no line of its own" % name
    quiet = rollcall("judge", "--quiet", *AT, folder).stdout.decode()
    if not text.startswith(quiet) or "\nHosts\n" in quiet:
        yield "--quiet is no summary"


def check_servers(folder, names, scratch):
    listed = os.path.join(folder, "servers.csv")
    _, summary, hosts = judged("--servers", listed, folder)
    if summary["states"]["missing"] or hosts[names[0]]["group"] != "DAG1":
        yield "all are there: %s" % summary["states"]
    mixed = [g["name"] for g in summary["groups"] if g["mixed"]]
    text = rollcall("judge", *AT, "--servers", listed,
                    folder).stdout.decode()
    for line in text.split("\nGroups\n")[1].split("\n\n")[0].splitlines():
        name = line.split()[0]
        if ("mixed builds" in line) != (name in mixed):
            yield "%s: %s" % (name, line)
    if not mixed or len(mixed) == len(summary["groups"]):
        yield "%d groups of %d are mixed" % (len(mixed),
                                             len(summary["groups"]))
    one = os.path.join(folder, names[0].lower() + ".json")
    for text, missing, group in (
            ("srv-00001\nGONE\n", ["GONE"], None),
            ("\ufeffrole;Computer;DAG\r\nmbx;Gone;D1\r\nmbx;SRV-00001;D1\r\n",
             ["Gone"], "D1"),
            ("# all\n\nSRV-00001.corp.example\n", [], None),
            ("Gone,X\nSRV-00001,Y\nGONE,X\n", ["Gone"], "Y")):
        path = write(os.path.join(scratch, "servers"), text)
        write(one, changed(one, domain="corp.example"))
        code, summary, hosts = judged("--servers", path, one)
        if [n for n, h in hosts.items() if h["state"] == "missing"] != \
                missing or hosts[names[0]]["group"] != group:
            yield "%r: %s" % (text, hosts)
        if missing and code not in (2, 3):
            yield "%r: missing ends with %d" % (text, code)
    write(one, changed(one, domain=""))
    for text, missing in (("SRV-00001.a.example\n", 0),
                          ("SRV-00001.a.example\nsrv-00001.A.example\n", 0),
                          ("SRV-00001.a.example\nSRV-00001.b.example\n", 2),
                          ("SRV-000011.a.example\n", 1)):
        path = write(os.path.join(scratch, "servers"), text)
        if judged("--servers", path, one)[1]["states"]["missing"] != missing:
            yield "%r, without a domain" % text
    for text, missing in (("SERVER\nsrv-00001\n", ["SERVER"]),
                          ("Server,DAG1\nSRV-00001,DAG1\n", ["Server"]),
                          ("\"Name\"\n\"SRV-00001\"\n", []),
                          ("DAG;Server\nD1;SRV-00001\n", [])):
        path = write(os.path.join(scratch, "servers"), text)
        hosts = judged("--servers", path, one)[2]
        if [n for n, h in hosts.items() if h["state"] == "missing"] != \
                missing:
            yield "%r: %s" % (text, hosts)
    for text in ("", "#\n", "a\n\"b", "name,group\n,x\n", "a\0b\n"):
        done = rollcall("judge", *AT, "--servers", write(os.path.join(
            scratch, "servers"), text), one)
        if done.returncode != 65 or done.stdout:
            yield "%r is taken: %d" % (text, done.returncode)


def check_missing_accepted(folder, names, scratch):
    """It is shown, and counts again when the last day has passed."""
    _, _, before = judged("--ask", "rerelease", folder)
    good = next(n for n in names if before[n]["verdict"] == "nothing-to-do")
    servers = write(os.path.join(scratch, "servers"),
                    "name,group\n%s,D1\nGone.corp.example,D1\n" % good)
    words = ["--ask", "rerelease", "--servers", servers,
             os.path.join(folder, good.lower() + ".json")]
    for text, code in (("GONE,missing,2026-11-26,torn down", 0),
                       ("gone.CORP.example,missing,2026-11-26,x", 0),
                       ("g?ne.*,missing,2026-11-26,x", 0),
                       ("GONE,missing,2026-11-25,torn down", 3),
                       ("GONE.other.example,missing,2026-12-31,x", 3),
                       ("GON,missing,2026-12-31,x", 3),
                       ("GONE,installed,2026-12-31,x", 3),
                       ("%s,missing,2026-12-31,x" % good, 3)):
        accept = ["--accept", write(os.path.join(scratch, "accept"), text)]
        ended, summary, hosts = judged(*accept, *words)
        gone = hosts["Gone.corp.example"]
        if ended != code or summary["states"]["missing"] != 1 or \
                gone["found"] != "undetermined" or gone["state"] != "missing":
            yield "%s: %d, %s" % (text, ended, gone)
        if hosts[good]["accepted"] or bool(gone["accepted"]) != (
                code == 0 or "-25," in text):
            yield "%s: accepted is %s" % (text, gone["accepted"])
        for form, shown in (
                ("text", "(accepted; found: undetermined)"),
                ("nagios", "(accepted; found: undetermined)"),
                ("html", "(accepted)"), ("csv", "missing until 2026-11-26")):
            out = rollcall("judge", "-f", form, *AT, *accept, *words).stdout
            if (shown.encode() in out) != (code == 0):
                yield "%s as %s: %s" % (text, form, out.decode()[-900:])


def check_only_missing(scratch):
    path = write(os.path.join(scratch, "servers"), "GONE\n")
    empty = os.path.join(scratch, "empty")
    os.mkdir(empty)
    code, summary, _ = judged("--servers", path, empty)
    if code != 3 or summary["states"]["missing"] != 1:
        yield "exit %d: %s" % (code, summary)


def check_duplicates(folder, names, scratch):
    one = os.path.join(folder, names[0].lower() + ".json")
    twice = os.path.join(scratch, "twice")
    os.mkdir(twice)
    for name, taken in (("b.json", "2026-11-25T00:00:00Z"),
                        ("a.json", "2026-11-20T00:00:00Z"),
                        ("c.json", "2026-11-21T00:00:00Z")):
        write(os.path.join(twice, name), changed(one, taken=taken,
                                                 name="ONE"))
    write(os.path.join(twice, "d.json"),
          changed(one, name="one", machine_guid="other"))
    _, summary, _ = judged(twice)
    done = rollcall("judge", "--format", "jsonl", *AT, twice).stdout
    states = {os.path.basename(x["file"]): (x["state"], x["newer"] and
                                            os.path.basename(x["newer"]))
              for x in map(json.loads, done.splitlines())}
    if states != {"a.json": ("superseded", "b.json"),
                  "b.json": ("judged", None),
                  "c.json": ("superseded", "b.json"),
                  "d.json": ("judged", None)} or summary["hosts"] != 2:
        yield "%s, %s" % (states, summary)
    text = rollcall("judge", *AT, twice).stdout.decode()
    if "a.json" not in text or "newer: " not in text:
        yield "both are not named: " + text
    nameless = os.path.join(scratch, "nameless")
    os.mkdir(nameless)
    for name in "ab":
        write(os.path.join(nameless, name + ".json"),
              changed(one, name=None))
    if judged(nameless)[1]["hosts"] != 2:
        yield "two without a name are one"


def check_age(folder, names):
    one = os.path.join(folder, names[0].lower() + ".json")
    for taken, age, state in (("2026-11-16T00:00:01Z", "10", "judged"),
                              ("2026-11-15T23:59:59Z", "10", "too-old"),
                              ("2027-06-01T00:00:00Z", "10", "too-old"),
                              ("2026-11-26T00:00:00Z", "0", "judged")):
        with tempfile.NamedTemporaryFile(suffix=".json") as f:
            f.write(changed(one, taken=taken))
            f.flush()
            code, _, hosts = judged("--max-age", age, f.name)
        if hosts[names[0]]["state"] != state:
            yield "%s, %s days: %s" % (taken, age, hosts[names[0]]["state"])
        if state == "too-old" and code not in (2, 3):
            yield "too old ends with %d" % code


def check_accepted(folder, names, scratch):
    _, _, before = judged(folder)
    victim = next(n for n in names if before[n]["verdict"] ==
                  "action-required" and [f["question"] for f in
                                         before[n]["findings"]])
    one = os.path.join(folder, victim.lower() + ".json")
    questions = [q for q, _ in before[victim]["answers"].items()]
    all_of_them = "".join("%s,%s,2026-11-26,because\n" % (
        victim[:5].lower() + "*", q) for q in questions)
    for text, fine in ((all_of_them, True),
                       (all_of_them.replace("26,", "25,"), False),
                       (all_of_them.replace("srv-0", "other"), False)):
        path = write(os.path.join(scratch, "accept"), text)
        code, _, hosts = judged("--accept", path, one)
        if (code == 0) != fine or hosts[victim]["found"] != \
                "action-required":
            yield "%r: %d, %s" % (text, code, hosts[victim])
        if hosts[victim]["accepted"] == [] and "other" not in text:
            yield "%r is hidden" % text
    for text in ("a,b,2026-11-26,c\n", "a,fix,soon,c\n", "a,fix\n",
                 ",fix,2026-11-26,c\n", "a,fix,2026-02-30,c\n",
                 "a,fix,2026-11-26,\n", "a,fix,2026-11-26T00:00:00Z,c\n"):
        done = rollcall("judge", *AT, "--accept", write(os.path.join(
            scratch, "accept"), text), one)
        if done.returncode != 65 or b"line 1" not in done.stderr:
            yield "%r is taken: %s" % (text, done.stderr)


def check_findings_accepted(folder, names, scratch):
    """A finding takes its question out only with all of its kin."""
    _, _, before = judged(folder)
    for name in names:
        by = {}
        for f in before[name]["findings"]:
            by.setdefault(f["question"], set()).add(f["code"])
        several = [codes for codes in by.values() if len(codes) > 1]
        if several:
            break
    else:
        yield "no host has two findings of one question"
        return
    one = os.path.join(folder, name.lower() + ".json")
    codes = sorted(several[0])
    question = next(q for q in by if by[q] == several[0])
    rest = [q for q in before[name]["answers"] if q != question]

    def verdict(items):
        path = write(os.path.join(scratch, "accept"), "".join(
            "%s,%s,2026-12-31,x\n" % (name, i) for i in items))
        return judged("--accept", path, one)[2][name]["verdict"]
    if verdict(rest + codes) != "nothing-to-do":
        yield "%s are not all of %s" % (codes, question)
    if verdict(rest + codes[:1]) == "nothing-to-do":
        yield "%s alone takes %s out" % (codes[0], question)


def check_unearned(folder, names, scratch):
    """What would hide a host that needs something behind one that does not."""
    ask = ("--ask", "rerelease")
    _, _, before = judged(*ask, folder)
    bad = next(n for n in names if before[n]["verdict"] == "action-required")
    good = next(n for n in names if before[n]["verdict"] == "nothing-to-do")
    bad, good = (os.path.join(folder, n.lower() + ".json")
                 for n in (bad, good))
    day = "2026-11-20T00:00:00Z"

    def ends(name, files):
        place = os.path.join(scratch, name)
        os.mkdir(place)
        for file, data in files.items():
            write(os.path.join(place, file), data)
        return rollcall("judge", "--quiet", *AT, *ask, place).returncode

    one = changed(bad, name="ONE", domain="", machine_guid="g", taken=day)
    other = changed(good, name="ONE", domain="", machine_guid="g", taken=day)
    empty = json.loads(one)
    empty["hosts"] = []
    both = json.loads(one)
    both["hosts"] += json.loads(other)["hosts"]
    for host in both["hosts"]:
        del host["inventory"]["name"]
    later = changed(good, name="ONE", domain="", machine_guid="g",
                    taken="2099-01-01T00:00:00Z")
    refused = json.loads(other)
    refused["refused"] = [{"root": "/mnt/x", "why": "no such folder"}]
    for name, want, files in (
            ("same-moment", 2, {"a.json": other, "b.json": one}),
            ("to-come", 2, {"a.json": one, "b.json": later}),
            ("to-come-alone", 3, {"a.json": later}),
            ("two-nameless", 2, {"a.json": json.dumps(both).encode()}),
            ("no-hosts", 3, {"a.json": json.dumps(empty).encode(),
                             "b.json": other}),
            ("refused", 3, {"a.json": json.dumps(refused).encode()}),
            ("lines", 2, {"a.json": other, "b.jsonl": changed(
                bad, name="TWO")})):
        code = ends(name, files)
        if code != want:
            yield "%s: %d, not %d" % (name, code, want)
    alone = os.path.join(scratch, "to-come-alone")
    if b"which is to come" not in rollcall("judge", *AT, *ask, alone).stdout:
        yield "one result of a day to come does not say why it is not known"
    whole = rollcall("judge", "--format", "json", *AT, folder).stdout
    if ends("of-many", {"a.json": whole, "b.json": other}) != 3:
        yield "what was made of many is judged as if it had all of them"
    unnamed = write(os.path.join(scratch, "GHOST.json"),
                    changed(good, name=None))
    path = write(os.path.join(scratch, "servers"), "GHOST\n")
    if judged("--servers", path, unnamed)[1]["states"]["missing"] != 1:
        yield "a file's name answers for a server"


def check_broken(folder, names, scratch):
    mixed = os.path.join(scratch, "mixed")
    os.mkdir(mixed)
    one = os.path.join(folder, names[0].lower() + ".json")
    with open(one, "rb") as f:
        good = f.read()
    write(os.path.join(mixed, "a.json"), good)
    write(os.path.join(mixed, "b.json"), good[:2000])
    write(os.path.join(mixed, "c.json"), b"")
    write(os.path.join(mixed, "d.json"), b"[]")
    write(os.path.join(mixed, "e.json"), good.replace(
        b"rollcall-result-2", b"rollcall-result-9"))
    write(os.path.join(mixed, "f.json"), b'{"schema":"rollcall-result-2",'
          b'"hosts":[{"inventory":{"taken":NaN}}]}')
    write(os.path.join(mixed, "g.json"), b'{"a":"' + b"x" * (17 << 20) +
          b'"}')
    write(os.path.join(mixed, "h.json"), changed(one, name="LAST"))
    code, summary, hosts = judged(mixed)
    if summary["states"]["broken"] != 6 or "LAST" not in hosts:
        yield str(summary["states"])
    if code not in (2, 3):
        yield "ends with %d" % code
    text = rollcall("judge", *AT, mixed).stdout.decode()
    for name in "bcdefg":
        if "%s.json  broken: " % name not in text:
            yield "%s.json has no line" % name


def check_schema(folder, names, scratch):
    check = VOLUMES.load_schema()[0]
    accept = write(os.path.join(scratch, "accept"),
                   "*,current,2026-12-31,x\n*,fix,2026-01-01,y\n")
    words = ["--accept", accept, "--servers",
             write(os.path.join(scratch, "servers"), "GONE,a\nSRV-00002,b\n")]
    whole = rollcall("judge", "--format", "json", *AT, *words, folder).stdout
    lines = rollcall("judge", "--format", "jsonl", *AT, *words,
                     folder).stdout.splitlines()
    if len(lines) != len(names) + 1:
        yield "%d lines" % len(lines)
    for text in [whole] + lines:
        for e in sorted(check.iter_errors(json.loads(text)), key=str)[:2]:
            yield "%s: %s" % (e.json_path, e.message[:200])


def check_limits(folder, names, scratch):
    one = os.path.join(folder, names[0].lower() + ".json")
    servers, accept = (os.path.join(scratch, n) for n in ("many", "risks"))
    row = "x*,fix,2026-12-31,y\n"
    for text, option, over, code in (
            ("s%d\n", "--servers", 0, (2, 3)), ("s%d\n", "--servers", 1, 65),
            (row, "--accept", 0, (0, 1, 2, 3)), (row, "--accept", 1, 65)):
        most = 100000 if option == "--servers" else 1000
        write(servers, "".join(text % n if "%" in text else text
                               for n in range(most + over)))
        done = rollcall("judge", "--quiet", *AT, option, servers, one)
        if done.returncode not in (code if isinstance(code, tuple)
                                   else (code,)):
            yield "%s, %d too many: %d" % (option, over, done.returncode)
    write(accept, "".join("s%d\n" % n for n in range(60)))
    lines = rollcall("judge", "-f", "nagios", *AT, "--servers", accept,
                     one).stdout.decode().splitlines()
    if len(lines) != 1 + 50 + 1 + 1 or lines[51] != "and more" or \
            not lines[52].startswith("by overlay "):
        yield "a plugin says %d lines" % len(lines)
    done = rollcall("scan", *AT, *["/no/such"] * 257)
    if done.returncode != 64:
        yield "257 volumes: %d" % done.returncode


def check_options(folder):
    for words in (["--group-by", "nothing"], ["--jobs", "0"],
                  ["--max-age", "9999"], ["--accept", "/no/such"],
                  ["--servers", "/no/such"]):
        done = rollcall("judge", *AT, *words, folder)
        if done.returncode not in (64, 66) or done.stdout:
            yield "%s: %d" % (words, done.returncode)
    for what in ("product", "release", "verdict"):
        _, summary, hosts = judged("--group-by", what, folder)
        if sum(g["hosts"] for g in summary["groups"]) != sum(
                h["group"] is not None for h in hosts.values()):
            yield "by %s: %s" % (what, summary["groups"])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as scratch:
        folder = os.path.join(scratch, "fleet")
        names = fleets.fleet(folder, 44, 7)
        checks = [
            ("all, the worst first", check_order, folder, names),
            ("as many threads as one likes", check_jobs, folder),
            ("summary and lines", check_text, folder, names),
            ("age", check_age, folder, names),
            ("nothing is hidden", check_unearned, folder, names, scratch),
            ("broken ones", check_broken, folder, names, scratch),
            ("accepted", check_accepted, folder, names, scratch),
            ("accepted findings", check_findings_accepted, folder, names,
             scratch),
            ("there twice", check_duplicates, folder, names, scratch),
            ("options", check_options, folder),
            ("limits", check_limits, folder, names, scratch),
            ("a missing one accepted", check_missing_accepted, folder, names,
             scratch),
            ("servers", check_servers, folder, names, scratch),
            ("nothing but missing", check_only_missing, scratch),
        ]
        if VOLUMES.load_schema()[0] is None:
            tap.skip("the schema", VOLUMES.load_schema()[1])
        else:
            checks.append(("the schema", check_schema, folder, names,
                           scratch))
        for name, check, *words in sampled(checks, first_of):
            tap.point(name, check(*words))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
