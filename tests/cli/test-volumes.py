#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Scan every synthetic volume and compare with what was expected (TAP).

tests/cli/volumes/NAME.expect says what the right answer is for the volume
NAME. It was written from the facts, not from the program's output. Comment
lines come first and say why; then one expectation a line:

volume OTHER         the volume of another name (else NAME)
root missing         scan a folder that does not exist
at INSTANT           --at
args WORDS           more arguments; {c}, {d} are the folders of drives
exit N               the exit code
verdict WORD         the host's verdict
host NAME            its name
windows "TEXT"       in name and version of Windows
exchange none        no Exchange product
release ID|none      one line a product; none: it is not named
finding CODE SEV     all findings above "note" are listed; notes only where
                     they matter
nofinding CODE       of no severity
install CODE KB...   what findings of that code advise, all, in this order
update KB STATE      an update of the inventory
wintrust WORD        present, missing, unknown
target WORD          ready, blocked, unknown: answer to a --target in args,
                     which the exit code then follows
says "TEXT"          in the text output, white space and case aside
saysnot "TEXT"       not in it
order "A" "B"...     in the text output, one after the other
stderr "TEXT"        an error: one line that says this, and no output

For each volume the JSON must also hold to the schema and be consistent in
itself, and a second run must give the same bytes.
"""

import json
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.environ["ROLLCALL_SRC"], "tests",
                                "tools"))
from tap import Tap                                 # noqa: E402

SEVERITIES = ("note", "advised", "undetermined", "required")  # best first
VERDICT_OF = {
    "note": "nothing-to-do",
    "advised": "action-advised",
    "undetermined": "undetermined",
    "required": "action-required",
}
TARGET = {"ready": (True, 0), "blocked": (False, 2), "unknown": (None, 3)}
EXIT_OF = {
    "nothing-to-do": 0,
    "action-advised": 1,
    "action-required": 2,
    "undetermined": 3,
}
SINGLE = ("volume", "root", "at", "args", "exit", "verdict", "host",
          "windows", "exchange", "wintrust", "target", "stderr")
REPEATED = ("release", "finding", "nofinding", "install", "update", "says",
            "saysnot", "order")

ROLLCALL = os.environ["ROLLCALL"]
SOURCE = os.path.join(os.environ["ROLLCALL_SRC"], "tests", "cli")
BUILT = os.environ["ROLLCALL_VOLUMES"]


class Expect:
    """One .expect file: lists of words by the first word of their lines."""

    def __init__(self, path):
        self.lines = {word: [] for word in SINGLE + REPEATED}
        with open(path, encoding="utf-8") as f:
            text = f.read().splitlines()
        if not text or not text[0].startswith("# "):
            raise ValueError("does not begin with the reason why")
        for line in text:
            if line and not line.startswith("#"):
                self.add(line)
        for word in ("at", "exit"):
            if not self.lines[word]:
                raise ValueError("no line " + word)
        if not self.lines["stderr"]:
            self.agree()

    def agree(self):
        """Verdict and exit code follow from the findings that are listed."""
        worst = max((SEVERITIES.index(severity)
                     for _, severity in self.all("finding")), default=0)
        verdict = VERDICT_OF[SEVERITIES[worst]]
        if self.one("verdict") != verdict:
            raise ValueError("its findings make it " + verdict)
        styled = any("--exit-style" in words for words in self.all("args"))
        target = self.one("target")
        code = TARGET[target][1] if target else EXIT_OF[verdict]
        if not styled and int(self.one("exit")) != code:
            raise ValueError("its answer makes it exit %d" % code)

    def add(self, line):
        word, _, rest = line.partition(" ")
        if word not in self.lines:
            raise ValueError("unknown line: " + line)
        if word in SINGLE and self.lines[word]:
            raise ValueError("second line: " + line)
        quoted = re.findall(r'"([^"]*)"', rest)
        self.lines[word].append(quoted or rest.split())

    def one(self, word, default=None):
        return self.lines[word][0][0] if self.lines[word] else default

    def all(self, word):
        return self.lines[word]


class Run:
    """One run of the program."""

    def __init__(self, arguments):
        done = subprocess.run([ROLLCALL] + arguments, timeout=60,
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              check=False)
        self.code = done.returncode
        self.out = done.stdout
        self.err = done.stderr.decode("utf-8", "replace")

    def text(self):
        return self.out.decode("utf-8")


def squeeze(text):
    """Text for comparing: lines may be wrapped and indented anyhow."""
    return " ".join(text.split()).lower()


def load_schema():
    """A checker for results; None with the reason why there is none."""
    path = os.path.join(os.environ["ROLLCALL_SRC"], "data",
                        "rollcall-result.schema.json")
    if not os.path.exists(path):
        return None, "no schema in data/"
    try:
        import jsonschema
    except ImportError:
        return None, "python3-jsonschema is not installed"
    with open(path, encoding="utf-8") as f:
        schema = json.load(f)
    cls = jsonschema.validators.validator_for(schema)
    cls.check_schema(schema)
    return cls(schema), None


# ---- checks: each yields complaints

def check_error(expect, run):
    lines = run.err.splitlines()
    if len(lines) != 1:
        yield "not one line on stderr: %r" % run.err
    if expect.one("stderr").lower() not in run.err.lower():
        yield "stderr does not say %r: %r" % (expect.one("stderr"), run.err)
    if run.out:
        yield "output in spite of an error: %r" % run.out[:200]


def check_consistent(host):
    """What holds for every result, whatever is expected."""
    known = [e["id"] for e in host["evidence"]]
    if len(known) != len(set(known)):
        yield "two evidence records with one id"
    for f in host["findings"]:
        for ref in f["evidence"]:
            if ref not in known:
                yield "%s points to evidence %r, which is not there" % (
                    f["code"], ref)
    worst = max((SEVERITIES.index(f["severity"]) for f in host["findings"]),
                default=0)
    if host["verdict"] != VERDICT_OF[SEVERITIES[worst]]:
        yield "verdict %s, worst finding %s" % (host["verdict"],
                                                SEVERITIES[worst])


def check_findings(expect, host):
    have = {(f["code"], f["severity"]) for f in host["findings"]}
    want = {tuple(words) for words in expect.all("finding")}
    for finding in sorted(want - have):
        yield "no finding %s %s" % finding
    for finding in sorted(have - want):
        if finding[1] != "note":
            yield "unexpected finding %s %s" % finding
    for (code,) in expect.all("nofinding"):
        if code in {c for c, _ in have}:
            yield "finding %s in spite of nofinding" % code


def check_install(expect, host):
    for code, *want in expect.all("install"):
        have = [kb for f in host["findings"] if f["code"] == code
                for kb in f["install"]]
        if have != want:
            yield "%s advises %s, not %s" % (code, have, want)


def check_exchange(expect, host):
    have = sorted(e["release"]["id"] if e["release"] else "none"
                  for e in host["exchange"])
    want = sorted(words[0] for words in expect.all("release"))
    if want and have != want:
        yield "releases %s, not %s" % (have, want)
    if expect.one("exchange") == "none" and have:
        yield "an Exchange where there is none: %s" % have
    updates = {(u["kb"], u["state"]) for e in host["exchange"]
               for u in e["updates"]}
    for words in expect.all("update"):
        if tuple(words) not in updates:
            yield "no update %s in state %s; there are %s" % (
                *words, sorted(map(str, updates)))


def check_host(expect, host):
    windows = host["windows"] or {}
    have = {
        "verdict": host["verdict"],
        "host": host["name"],
        "wintrust": host["wintrust"]["fix"],
    }
    for word, value in have.items():
        if expect.one(word, value) != value:
            yield "%s is %s, not %s" % (word, value, expect.one(word))
    name = "%s %s" % (windows.get("name"), windows.get("version"))
    if expect.one("windows", "") not in name:
        yield "Windows is %s" % name


def check_target(expect, host):
    if ("target" in host) != bool(expect.one("target")):
        yield "answer to --target: %s" % host.get("target")
    elif expect.one("target"):
        ready = TARGET[expect.one("target")][0]
        if host["target"]["ready"] is not ready:
            yield "ready is %s, not %s: %s" % (
                host["target"]["ready"], ready, host["target"]["reasons"])
        if bool(host["target"]["reasons"]) is (ready is True):
            yield "reasons: %s" % host["target"]["reasons"]


def check_json(expect, run, schema):
    try:
        result = json.loads(run.out)
    except ValueError as e:
        yield "no JSON: %s; stderr: %s" % (e, run.err.strip())
        return
    if schema:
        for error in schema.iter_errors(result):
            yield "schema: %s: %s" % (list(error.absolute_path),
                                      error.message)
    if len(result["hosts"]) != 1:
        yield "%d hosts" % len(result["hosts"])
        return
    host = result["hosts"][0]
    yield from check_consistent(host)
    for check in (check_host, check_exchange, check_findings, check_install,
                  check_target):
        yield from check(expect, host)


def check_text(expect, run):
    text = squeeze(run.text())
    answers = ["windows fix"]
    if not expect.one("exchange"):
        answers += ["re-release", "current"]
    for said in [(a,) for a in answers] + expect.all("says"):
        if squeeze(said[0]) not in text:
            yield "the text does not say %r" % said[0]
    for (said,) in expect.all("saysnot"):
        if squeeze(said) in text:
            yield "the text says %r" % said
    for said in expect.all("order"):
        pattern = ".*".join(re.escape(squeeze(s)) for s in said)
        if not re.search(pattern, text):
            yield "not in this order: %s" % ", ".join(said)


def arguments(name, expect):
    volume = os.path.join(BUILT, expect.one("volume", name))
    root = os.path.join(volume, expect.one("root", "c"))
    words = [re.sub(r"\{([cd])\}",
                    lambda m: os.path.join(volume, m[1]), w)
             for line in expect.all("args") for w in line]
    return (["--at", expect.one("at"), "--overlay",
             os.path.join(volume, "overlay.xml")] + words + [root])


def check_volume(name, schema):
    try:
        expect = Expect(os.path.join(SOURCE, "volumes", name + ".expect"))
    except ValueError as e:
        yield "%s.expect: %s" % (name, e)
        return
    more = arguments(name, expect)
    as_json = Run(["scan", "--format", "json"] + more)
    as_text = Run(["scan"] + more)
    for run in (as_json, as_text):
        if run.code != int(expect.one("exit")):
            yield "exit %d, not %s; stderr: %s" % (
                run.code, expect.one("exit"), run.err.strip())
        for line in run.err.splitlines():
            if not line.startswith("rollcall: "):
                yield "stderr: %r" % line
    if expect.one("stderr"):
        yield from check_error(expect, as_text)
        return
    try:
        yield from check_json(expect, as_json, schema)
    except (KeyError, TypeError) as e:
        yield "not of the documented form: %r" % e
    yield from check_text(expect, as_text)
    if Run(["scan", "--format", "json"] + more).out != as_json.out:
        yield "a second run gives other bytes"


def check_pairs():
    """A text of which nothing is expected tests nothing."""
    there = os.listdir(os.path.join(SOURCE, "volumes"))
    reached = {n[:-len(".expect")] for n in there if n.endswith(".expect")}
    for name in sorted(there):
        if not name.endswith((".expect", ".volume.txt")):
            yield name + " is neither a volume nor an expectation"
        if name.endswith(".txt") and name.split(".")[0] not in reached:
            yield name + " has no .expect"


def snapshot():
    """Names, sizes and times of all files of all volumes."""
    out = []
    for folder, _, files in sorted(os.walk(BUILT)):
        for name in sorted(files):
            st = os.lstat(os.path.join(folder, name))
            out.append((folder, name, st.st_size, st.st_mtime_ns))
    return out


def main(names):
    tap = Tap()
    schema, why = load_schema()
    before = snapshot()
    if not names:
        tap.point("each volume has its expectation", check_pairs())
        names = sorted(n[:-len(".expect")]
                       for n in os.listdir(os.path.join(SOURCE, "volumes"))
                       if n.endswith(".expect"))
    for name in names:
        tap.point(name, check_volume(name, schema))
    if not schema:
        tap.skip("results hold to the schema", why)
    tap.point("nothing was written to a volume",
              [] if snapshot() == before else ["files have changed"])
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
