#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""What many hosts look like in each format (TAP): goldens of three fleets,
each format read back by something else than what wrote it, and names of hosts
that would be more than names."""
import csv
import importlib.util
import io
import json
import os
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import fleets                                           # noqa: E402
from fleets import AT, rollcall                         # noqa: E402
from tap import Tap, sampled                            # noqa: E402
import witness                                          # noqa: E402

spec = importlib.util.spec_from_file_location(
    "fleet", os.path.join(HERE, "test-fleet.py"))
FLEET = importlib.util.module_from_spec(spec)
spec.loader.exec_module(FLEET)
changed, write = FLEET.changed, FLEET.write

FORMATS = ["text", "json", "jsonl", "html", "csv", "nagios", "prometheus"]
STATE = {"OK": 0, "WARNING": 1, "CRITICAL": 2, "UNKNOWN": 3}
HOSTILE = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>",
           "=cmd|' /C calc'!A0", "+1", "-1+1", "@SUM(A1)", "\tx", "\rx",
           "a|b=1;2;3", "a\"b\\c", "a\nb{c=\"d\"} 1", "'", "\u202eevil",
           "</title></style><!--", "]]>&amp;&#60;", "a,b;c", "a b",
           "javascript:alert(1)", "\x1b[31mred", "ä\U0001f600", "NaN",
           "x" * 3000, "#x", "\\n"]
ACCEPT = ("host,what,until,why\r\n"
          "*,supported,2026-12-31,\"moved in spring, ticket 17\"\r\n"
          "SRV-00004,genuine,2026-11-25,=over\r\n")


def judge(form, *words, cwd=None):
    return subprocess.run(
        [fleets.ROLLCALL, "judge", "--format", form, *AT, *words], cwd=cwd,
        env=dict(os.environ, **fleets.EPOCH), check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE)


# ------------------------------------------------------------- three fleets

def make_one(folder):
    fleets.fleet(os.path.join(folder, "r"), 1, 1, ["sound-2013-cu23"])
    os.remove(os.path.join(folder, "r", "servers.csv"))
    return ["r"]


def make_few(folder):
    fleets.fleet(os.path.join(folder, "r"), 24, 3, [
        "no-exchange-fixed", "se-oct26su", "sound-2007-ru23", "package-v1",
        "sound-2019-esu", "sound-se-rtm"])
    return ["--servers", "r/servers.csv", "r"]


def make_odd(folder):
    """All that can be wrong: broken, old, missing, twice, hostile."""
    r = os.path.join(folder, "r")
    fleets.fleet(r, 6, 5, ["package-v1", "sound-2016-history"])
    os.remove(os.path.join(r, "servers.csv"))
    one = os.path.join(r, "srv-00001.json")
    with open(one, "rb") as f:
        good = f.read()
    # Where it is cut does not hang on where this was built.
    placed = good.replace(os.path.realpath(fleets.VOLUMES).encode(), b"V")
    placed = placed.replace(fleets.VOLUMES.encode(), b"V")
    write(os.path.join(r, "cut.json"), placed[:3000])
    write(os.path.join(r, "empty.json"), b"")
    write(os.path.join(r, "twice.json"),
          changed(one, taken="2026-11-25T00:00:00Z"))
    write(os.path.join(r, "old.json"),
          changed(one, name="OLD", taken="2025-01-01T00:00:00Z"))
    write(os.path.join(r, "hostile.json"), b"".join(
        changed(one, name=name) for name in HOSTILE[:6]))
    write(os.path.join(folder, "servers"), "SRV-00001;D1\nGONE;D1\n")
    write(os.path.join(folder, "accept"), ACCEPT)
    return ["--servers", "servers", "--accept", "accept", "--max-age", "60",
            "r"]


FLEETS = {"one": make_one, "few": make_few, "odd": make_odd}


def neutral(text, form):
    """Without what the next catalogue changes, and where the volumes are; of
    JSON, what is of many."""
    text = text.replace(fleets.VOLUMES.encode(), b"VOLUMES")
    if form == "json":
        document = json.loads(text)
        return json.dumps(document.get("fleet"), indent=1).encode() + b"\n"
    if form == "html":
        # Style and script are looked at by test-html.py.
        text = re.sub(rb"<(style|script)>.*?</", rb"<\1></", text,
                      flags=re.S)
        text = re.sub(rb"'sha256-[^']*'", b"'sha256'", text)
    text = re.sub(rb"catalogue of \d{4}-\d\d-\d\d(, (?:knows )?updates up "
                  rb"to) \d{4}-\d\d-\d\d", rb"catalogue of DAY\1 DAY", text)
    text = re.sub(rb'"catalogue": \{[^}]*\}', b'"catalogue": {}', text)
    text = re.sub(rb"(known_until_timestamp_seconds) \d+", rb"\1 N", text)
    return re.sub(rb"catalogue_age=\d+;\d+", b"catalogue_age=N;N", text)


def check_golden(name, form, words, folder):
    done = judge(form, *words, cwd=folder)
    path = os.path.join(HERE, "fleets", "%s.%s" % (name, form))
    text = neutral(done.stdout, form) + b"exit %d\n" % done.returncode
    if os.environ.get("UPDATE_GOLDEN"):
        write(path, text)
    with open(path, "rb") as f:
        expected = f.read()
    if text != expected:
        for a, b in zip(expected.split(b"\n"), text.split(b"\n")):
            if a != b:
                yield "expected %r, got %r" % (a[:300], b[:300])
                return
        yield "%d bytes, not %d" % (len(text), len(expected))


# --------------------------------------------------------------------- CSV

def harmless(text):
    return "'" + text if text[:1] in tuple("=+-@\t\r") and text else text


def rows_of(host):
    """The cells that the rows of HOST have to have, by column."""
    for x in host["exchange"] or [None]:
        cells = {k: host[k] or "" for k in (
            "state", "verdict", "found", "name", "domain", "machine_guid",
            "group", "words", "instruction", "windows", "why", "file",
            "newer", "taken", "signature_end")}
        cells["findings"] = " ".join(f["code"] for f in host["findings"])
        cells["fix"] = "" if host["why"] else host["answers"]["fix"]
        for k in ("product", "branch", "release", "build", "kb", "newest",
                  "updates_behind", "security_behind", "cves", "next",
                  "next_kb", "supported_until"):
            value = x[k] if x else None
            cells[k] = "" if value is None else str(value)
        for k in ("installed", "genuine", "complete", "rerelease", "current",
                  "supported"):
            cells[k] = "" if host["why"] else (x or host)["answers"][k]
        yield {k: harmless(v) for k, v in cells.items()}


def check_csv(words, folder):
    text = judge("csv", *words, cwd=folder).stdout.decode()
    hosts = [json.loads(line) for line in
             judge("jsonl", *words, cwd=folder).stdout.splitlines()]
    if not text.endswith("\r\n"):
        yield "the last row has no end"
    found = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    wanted = [row for h in hosts for row in rows_of(h)]
    if len(found) != len(wanted):
        yield "%d rows, not %d" % (len(found), len(wanted))
    for a, b in zip(found, wanted):
        for k in b:
            if a[k] != b[k]:
                yield "%s: %r, not %r" % (k, a[k][:80], b[k][:80])
        for k, v in a.items():
            if v is None or k is None or v[:1] in tuple("=+-@\t\r") and v:
                yield "%s: %r" % (k, v)


# ------------------------------------------------------------------ nagios

NUMBER = r"(?:U|-?\d+)"
RANGE = r"@?(?:(?:~|-?\d+)?:)?(?:-?\d+)?"
PERFDATA = re.compile(r"^ [a-z_]+=%s(?:;%s(?:;%s(?:;\d*(?:;\d*)?)?)?)?$" %
                      (NUMBER, RANGE, RANGE))


def check_nagios(done, one):
    text = done.stdout.decode()
    first, *rest = text.splitlines()
    word, _, line = first.partition(": ")
    if STATE.get(word) != done.returncode:
        yield "%s ends with %d" % (word, done.returncode)
    if "\x1b" in text or "\r" in text or text.count("|") != 1 or \
            not text.endswith("\n"):
        yield "not to be shown: %r" % text[:300]
    said, _, numbers = line.partition(" |")
    if not said:
        yield "nothing is said"
    labels = re.findall(r"( [^ ]+)", numbers)
    if "".join(labels) != numbers:
        yield "%r" % numbers
    for n in labels:
        if not PERFDATA.match(n):
            yield "perfdata %r" % n
    names = [n.split("=")[0].strip() for n in labels]
    wanted = ["behind", "security_behind", "cves", "catalogue_age"]
    if names[:4] != wanted or len(set(names)) != len(names):
        yield "labels %s" % names
    if one == ("hosts" in names) or not rest:
        yield "labels %s, %d lines" % (names, len(rest))


def check_nagios_errors(folder):
    for words, said in ((["scan", "/no/such"], "/no/such"),
                        (["scan", "--bad"], "--bad"),
                        (["judge", "/no/such.json"], "/no/such.json"),
                        (["judge", "--output", "/no/such/x", folder],
                         "/no/such/x"),
                        (["judge", "--at", "never", folder], "never"),
                        (["probe", "--timeout", "99", "x"], "99"),
                        (["judge", "--catalogue", "/no/such", folder],
                         "/no/such")):
        for how in (["--format", "nagios"], ["--format=nagios"],
                    ["-f", "nagios"], ["-qfnagios"], ["--form", "nagios"]):
            done = rollcall(words[0], *how, *words[1:])
            out = done.stdout.decode()
            if done.returncode != 3 or not out.startswith("UNKNOWN: ") or \
                    said not in out or out.count("\n") != 1 or "|" in out:
                yield "%s %s: %d, %r" % (words, how, done.returncode, out)
    out = os.path.join(folder, "plugin")
    done = rollcall("judge", "-f", "nagios", *AT, "-o", out, folder,
                    "/no/such")
    if done.stdout or done.returncode not in (2, 3):
        yield "to a file: %d, %r" % (done.returncode, done.stdout)
    done = rollcall("judge", "-f", "nagios", "--exit-style", "verdict",
                    "/no/such")
    if done.returncode != 66:
        yield "--exit-style does not count: %d" % done.returncode


# -------------------------------------------------------------- prometheus

SAMPLE = re.compile(r'^([a-z_]+)(?:\{((?:[a-z_0-9]+="(?:[^"\\\n]|\\[\\"n])*"'
                    r'(?:,|(?=\})))*)\})? (-?\d+)$')


def check_prometheus(text, hosts):
    seen, name, types = set(), None, set()
    for line in text.split("\n")[:-1]:
        if line.startswith("#"):
            _, kind, about, _ = line.split(" ", 3)
            if kind == "TYPE":
                if about in types:
                    yield "%s is twice" % about
                name = about
                types.add(name)
            continue
        m = SAMPLE.match(line)
        if not m or m.group(1) != name:
            yield "%r" % line[:200]
            continue
        key = (m.group(1), m.group(2))
        if key in seen:
            yield "twice: %r" % line[:200]
        seen.add(key)
    live = [h for h in hosts if h["state"] not in ("broken", "superseded")]
    if text.count("\nrollcall_verdict{") != 4 * len(live) or \
            len(re.findall(r"^rollcall_verdict\{.*\} 1$", text, re.M)) != \
            len(live):
        yield "not a verdict of each of %d hosts" % len(live)


def check_promtool(tool, text):
    done = subprocess.run([tool, "check", "metrics"], input=text,
                          check=False, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=60)
    if done.returncode != 0 or done.stdout:
        yield done.stdout.decode()[:500]


def check_rename(folder, scratch):
    """--output appears whole, under its name, and nothing stays beside it."""
    out = os.path.join(scratch, "textfile")
    os.mkdir(out)
    for _ in range(2):
        rollcall("judge", "-f", "prometheus", *AT, "-o",
                 os.path.join(out, "rollcall.prom"), folder)
    if os.listdir(out) != ["rollcall.prom"]:
        yield str(os.listdir(out))


# --------------------------------------------------------------- the others

def check_scans():
    """Several roots: a result a line, which judge reads; a row each."""
    roots = [os.path.join(fleets.VOLUMES, v, "c")
             for v in ("package-v2", "sound-se-rtm")]
    lines = rollcall("scan", "-f", "jsonl", *AT, *roots).stdout
    if [len(json.loads(x)["hosts"]) for x in lines.splitlines()] != [1, 1]:
        yield "not a result a line"
    again = rollcall("judge", "-f", "jsonl", *AT, "-", stdin=lines).stdout
    names = {json.loads(x)["name"] for x in again.splitlines()}
    table = list(csv.DictReader(io.StringIO(
        rollcall("scan", "-f", "csv", *AT, *roots).stdout.decode(),
        newline="")))
    if {r["name"] for r in table} != names or len(names) != 2:
        yield "%s, and %s" % (names, table)
    done = rollcall("scan", *AT, roots[0], "/no/such")
    if done.returncode not in (2, 3) or b"/no/such" not in done.stderr or \
            not done.stdout:
        yield "one that is not there: %d" % done.returncode
    # In no form is it as if nobody had asked for it.
    sound = os.path.join(fleets.VOLUMES, "sound-se-rtm")
    words = ["--ask", "installed", "--at", "2026-10-14", "--overlay",
             os.path.join(sound, "overlay.xml"), os.path.join(sound, "c"),
             "/no/such"]
    for form in ("text", "json", "jsonl", "csv", "nagios", "html"):
        done = rollcall("scan", "-f", form, *words)
        if done.returncode != 3 or b"/no/such" not in done.stdout:
            yield "%s has lost a root: %d" % (form, done.returncode)
        if form.startswith("json"):
            done = rollcall("judge", "-q", "--ask", "installed", *AT, "-",
                            stdin=done.stdout)
            if done.returncode != 3:
                yield "judge has lost a root of %s: %d" % (form,
                                                           done.returncode)
    done = rollcall("scan", "-f", "prometheus", *words).stdout
    if b'rollcall_results{state="broken"} 1' not in done:
        yield "prometheus has lost a root"
    done = rollcall("scan", *AT, "--drive", "D=/tmp", *roots)
    if done.returncode != 64:
        yield "--drive of two: %d" % done.returncode
    one = rollcall("scan", "-f", "nagios", *AT, roots[0])
    yield from check_nagios(one, True)


def check_tables():
    """CSV of the commands that are about no host."""
    volume = os.path.join(fleets.VOLUMES, "package-v2", "c")
    for words, rows, cells in (
            (["which", "14.2.318.4", "=1+1", "KB2749655"], 3,
             {"query": "14.2.318.4", "release": "2010-sp2-ru4-v2",
              "kb": "KB2756485", "build": "14.2.318.4"}),
            (["inspect", os.path.join(volume, "Windows", "Installer")], None,
             {"kind": "msp", "kb": "KB2756485"})):
        done = rollcall(words[0], "-f", "csv", *AT, *words[1:])
        table = list(csv.DictReader(io.StringIO(done.stdout.decode(),
                                                newline=""), strict=True))
        if rows is not None and len(table) != rows:
            yield "%s: %d rows" % (words[0], len(table))
        if not any(all(r[k] == v for k, v in cells.items()) for r in table):
            yield "%s: %s" % (words[0], table)
        for r in table:
            for k, v in r.items():
                if v is None or k is None or v[:1] in tuple("=+-@"):
                    yield "%s: %s %r" % (words[0], k, v)


def main():
    tap = Tap()
    tool, why = witness.promtool()
    with tempfile.TemporaryDirectory() as scratch:
        for name, make in FLEETS.items():
            folder = os.path.join(scratch, name)
            os.mkdir(folder)
            words = make(folder)
            for form in sampled(FORMATS, lambda form: name + " " + form):
                if (name, form) == ("one", "json"):
                    continue            # as scan has it: test-judge.py
                tap.point("%s: %s" % (name, form),
                          check_golden(name, form, words, folder))
        hostile = os.path.join(scratch, "hostile")
        os.mkdir(hostile)
        one = os.path.join(scratch, "odd", "r", "srv-00001.json")
        write(os.path.join(hostile, "all.json"), b"".join(
            changed(one, name=n, domain=n, machine_guid=n) for n in HOSTILE))
        for name, words, folder in (("few", ["r"], "few"),
                                    ("odd", words, "odd"),
                                    ("hostile", ["hostile"], ".")):
            folder = os.path.join(scratch, folder)
            tap.point(name + ": CSV is JSON", check_csv(words, folder))
            tap.point(name + ": a plugin's lines", check_nagios(
                judge("nagios", *words, cwd=folder), False))
            text = judge("prometheus", *words, cwd=folder).stdout
            hosts = [json.loads(x) for x in judge(
                "jsonl", *words, cwd=folder).stdout.splitlines()]
            tap.point(name + ": metrics",
                      check_prometheus(text.decode(), hosts))
            if tool is None:
                tap.skip(name + ": promtool", why)
            else:
                tap.point(name + ": promtool", check_promtool(tool, text))
        tap.point("a plugin's errors", check_nagios_errors(hostile))
        tap.point("one rename", check_rename(hostile, scratch))
        tap.point("scan of several roots", check_scans())
        tap.point("tables", check_tables())
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
