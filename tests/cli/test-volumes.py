#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Scan every synthetic volume and compare with what was expected (TAP).

tests/cli/volumes/NAME.expect says what the right answer is for the volume
NAME. It was written from the facts, not from the program's output. Comment
lines come first and say why; then one expectation a line. A WORD may be
several, "unknown|conflict", where more than one is right, or "!proven":

volume OTHER         the volume of another name (else NAME)
root missing         scan a folder that does not exist
at INSTANT           --at
taken INSTANT        the day of the scan (else that of "at"): what evidence
                     says of a later one cannot be
ask QUESTIONS        --ask (else ASKED below, and with a target line nothing
                     but "ready"); "ask default": no --ask
args WORDS           more arguments; {c}, {d} are the folders of drives
exit WORD            the exit code
verdict WORD         the host's verdict
answer QUESTION WORD
answer PRODUCT/QUESTION WORD    where there are several
host NAME            its name
windows "TEXT"       in name and version of Windows
exchange none        no Exchange product
release ID|none      one line a product; none: it is not named
finding CODE [SEV]   all findings above "note" to questions that count are
                     listed, with what they weigh; notes only where they
                     matter. Where not all is well, answers are listed and no
                     such weight is, there may be others
nofinding CODE       of no severity
install CODE KB...   what findings of that code advise, all, in this order
update KB STATE      an update of the inventory
wintrust WORD        present, missing, unknown
target WORD          ready, blocked, unknown: answer to a --target in args,
                     which the exit code then follows
says "TEXT"          in the text of --verbose, white space and case aside
saysnot "TEXT"       not in it
order "A" "B"...     in that text, one after the other
short "TEXT"         in the text without --verbose, likewise
stderr "TEXT"        an error: one line that says this, and no output

For each volume the JSON must also hold to the schema and be consistent in
itself, above all the verdict be the worst of the answers that were asked for,
and a second run must give the same bytes.
"""

import calendar
import json
import os
import re
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.environ["ROLLCALL_SRC"], "tests",
                                "tools"))
from tap import Tap, sampled                                 # noqa: E402

SEVERITIES = ("note", "advised", "undetermined", "required")  # best first
VERDICT_OF = {
    "note": "nothing-to-do",
    "advised": "action-advised",
    "undetermined": "undetermined",
    "required": "action-required",
}
EXIT_OF = {
    "nothing-to-do": 0,
    "action-advised": 1,
    "action-required": 2,
    "undetermined": 3,
}
TARGET = {"ready": (True, 0), "blocked": (False, 2), "unknown": (None, 3)}

# What each answer weighs: "note" is fine. Where several are possible, the
# circumstances decide, and the result says which it is.
OK, ADVISED, UNDETERMINED, REQUIRED = ((s,) for s in SEVERITIES)
ANSWERS = {
    "installed": {"proven": OK, "probable": UNDETERMINED,
                  "conflict": UNDETERMINED, "unknown": UNDETERMINED},
    "genuine": {"yes": OK, "not-asked": OK, "incomplete": ADVISED,
                "unknown": UNDETERMINED, "no": REQUIRED},
    "complete": {"yes": OK, "doubtful": ADVISED, "unknown": UNDETERMINED,
                 "no": REQUIRED},
    # A build that is newer than the catalogue is no fault of the server.
    "rerelease": {"no": OK, "conditional": ADVISED, "advised": ADVISED,
                  "unknown": UNDETERMINED + ADVISED, "required": REQUIRED},
    # A signature may have ended that the fix alone cures.
    "fix": {"built-in": OK, "present": OK,
            "missing": ADVISED + UNDETERMINED + REQUIRED,
            "unknown": UNDETERMINED + ADVISED},
    # By whether security updates are among them, and for how long.
    "current": {"yes": OK, "final": OK, "behind": OK + ADVISED + REQUIRED,
                "unknown": ADVISED},
    "supported": {"yes": OK, "extended": OK, "ended": ADVISED,
                  "unknown": ADVISED},
    "ready": {"ready": OK, "unknown": UNDETERMINED, "blocked": REQUIRED},
}
for _answers in ANSWERS.values():
    _answers["none"] = OK
QUESTIONS = tuple(ANSWERS)
# What counts here: newer updates come out every month, and no verdict of a
# test is to change with them.
ASKED = ("installed", "genuine", "complete", "rerelease", "fix")
# These rest on something that was read; "fix" may be built in by the product.
PROVEN = (("installed", "proven"), ("genuine", "yes"), ("complete", "yes"),
          ("fix", "present"))
LACKING = ("probable", "unknown")

SINGLE = ("volume", "root", "at", "taken", "ask", "args", "exit", "verdict",
          "host", "windows", "exchange", "wintrust", "target", "stderr")
REPEATED = ("release", "answer", "finding", "nofinding", "install", "update",
            "says", "saysnot", "order", "short")

# How the second line of a result begins.
FIRST_WORDS = {
    "nothing-to-do": ("UP TO DATE", "UPDATE AVAILABLE", "NO RE-RELEASE NEEDED",
                      "NO EXCHANGE"),
    "action-advised": ("UPDATES MISSING", "OUT OF SUPPORT", "CATALOGUE STALE",
                       "ACTION ADVISED"),
    "action-required": ("ACTION REQUIRED", "UPDATES MISSING"),
    "undetermined": ("UNDETERMINED",),
    "ready": ("READY",),
    "blocked": ("BLOCKED",),
    "unknown": ("CANNOT TELL",),
}
# A product that Windows Installer alone has, beside others.
LOST = "and there is no Setup key to it"
# Lines of a result, one a question.
LINES = ("INSTALLED", "GENUINE", "COMPLETE", "RE-RELEASE", "WINDOWS FIX",
         "CURRENT", "SUPPORTED")

ROLLCALL = os.environ["ROLLCALL"]
SOURCE = os.path.join(os.environ["ROLLCALL_SRC"], "tests", "cli")
BUILT = os.environ["ROLLCALL_VOLUMES"]


def possible(question, word):
    """The answers to QUESTION that WORD allows."""
    known = ANSWERS[question]
    words = word.lstrip("!").split("|")
    if not set(words) <= set(known):
        raise ValueError("no answers to %s: %s" % (question, word))
    return [w for w in known if (w in words) != word.startswith("!")]


def fits(value, word):
    """Whether VALUE is what is expected: one word, or one of several."""
    return str(value) in word.split("|")


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

    def asked(self):
        """The questions of --ask, None where there is no such option."""
        words = self.lines["ask"][0] if self.lines["ask"] else None
        if words == ["default"] or (not words and self.one("target")):
            return None
        return tuple(words) if words else ASKED

    def lists_findings(self):
        return not self.all("answer") or any(
            severity != "note" for _, *more in self.all("finding")
            for severity in more) or self.one("verdict") == "nothing-to-do"

    def counting(self):
        """The questions that the verdict is about."""
        if self.asked():
            return self.asked()
        if self.one("target"):
            return ("ready",)
        return tuple(q for q in QUESTIONS if q != "ready")

    def agree(self):
        """Verdict and exit code follow from the answers, and agree."""
        verdicts = self.one("verdict", "").split("|")
        styled = any("--exit-style" in words for words in self.all("args"))
        codes = sorted(str(EXIT_OF[v]) for v in verdicts)
        if not styled and sorted(self.one("exit").split("|")) != codes:
            raise ValueError("its verdict makes it exit " + "|".join(codes))
        target = self.one("target")
        if target and sorted(str(TARGET[t][1])
                             for t in target.split("|")) != codes:
            raise ValueError("its target makes it another exit code")
        best, worst, open_questions = 0, 0, set(self.counting())
        for question, word in self.all("answer"):
            name = question.split("/")[-1]
            weights = [SEVERITIES.index(s) for a in possible(name, word)
                       for s in ANSWERS[name][a]]
            if name in self.counting():
                best, worst = max(best, min(weights)), max(worst,
                                                           max(weights))
                open_questions.discard(name)
        for verdict in verdicts:
            weight = list(EXIT_OF).index(verdict)
            weight = {2: 3, 3: 2}.get(weight, weight)
            if weight < best or (weight > worst and not open_questions):
                raise ValueError("its answers do not make it " + verdict)

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

    def __init__(self, arguments, more=None):
        done = subprocess.run([ROLLCALL] + arguments, timeout=60,
                              env=dict(os.environ, **(more or {})),
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
    for question, answer in all_answers(host):
        for ref in answer.get("proof", []):
            if ref not in known:
                yield "%s is proven by evidence %r, which is not there" % (
                    question, ref)


def all_answers(host):
    """(question, answer) of all products, and of the host."""
    for ex in host["exchange"]:
        for question, answer in ex["answers"].items():
            yield (ex["product"] or "?") + "/" + question, answer
    yield from host["answers"].items()


def weight_of(question, answer):
    """The severity of an answer, as a number, or a complaint."""
    name = question.split("/")[-1]
    choice = ANSWERS[name].get(answer["answer"])
    said = answer.get("severity")
    said = {"ok": "note"}.get(said, said)
    if choice is None:
        return "%s: no such answer: %s" % (question, answer["answer"])
    if len(choice) > 1 and said is None:
        return "%s: %s without its severity" % (question, answer["answer"])
    if said is not None and said not in choice:
        return "%s: %s is never %s" % (question, answer["answer"], said)
    return SEVERITIES.index(said or choice[0])


def check_answers(expect, host):
    """Each answer is one of its question's, and rests on something; the host
    has the worst of its products'."""
    missing = set(QUESTIONS) - set(host["answers"])
    if missing - ({"ready"} if not expect.one("target") else set()):
        yield "no answers to: " + ", ".join(sorted(missing))
    weights = {}
    for question, answer in all_answers(host):
        weights[question] = weight_of(question, answer)
        if isinstance(weights[question], str):
            yield weights[question]
            return
        name, word = question.split("/")[-1], answer["answer"]
        if (name, word) in PROVEN and not answer.get("proof"):
            yield "%s: %s without proof" % (question, word)
        if name in ASKED and word in LACKING and not answer.get("lacks"):
            yield "%s: %s, and it is not said what is missing" % (question,
                                                                  word)
    for name in host["answers"]:
        of = [(weights[q], a["answer"]) for q, a in all_answers(host)
              if q.endswith("/" + name)]
        mine = (weights[name], host["answers"][name]["answer"])
        # What lost its Setup key is of the host alone, and no better.
        if of and any(LOST in lack for lack in host["answers"][name].get(
                "lacks", ())):
            of.append(max(max(of), mine, key=lambda one: one[0])
                      if mine[0] != max(of)[0] else mine)
        if of and (mine not in of or mine[0] != max(of)[0]):
            yield "%s: %s of the host, %s of products" % (name, mine, of)
    if not host["exchange"] and host["verdict"] == "nothing-to-do" and \
            host["answers"]["installed"]["answer"] != "none":
        yield "fine without an Exchange, and without proof that there is none"
    yield from check_verdict(expect, host, weights)


def check_verdict(expect, host, weights):
    worst = max(weights.get(q, 0) for q in expect.counting())
    if host["verdict"] != VERDICT_OF[SEVERITIES[worst]]:
        yield "verdict %s, worst answer %s" % (host["verdict"],
                                               SEVERITIES[worst])
    for f in host["findings"]:
        if f.get("question") in expect.counting() and \
                SEVERITIES.index(f["severity"]) > worst:
            yield "%s is %s, and no answer is that bad" % (f["code"],
                                                           f["severity"])


def check_expected_answers(expect, host):
    for question, word in expect.all("answer"):
        product, _, name = question.rpartition("/")
        places = [host] if name in ("fix", "ready") else host["exchange"]
        if product:
            places = [e for e in places if e["product"] == product]
        if len(places) > 1:
            yield "answer %s of which product?" % name
        have = (places or [host])[0]["answers"][name]["answer"]
        if have not in possible(name, word):
            yield "%s: %s, not %s: %s" % (
                question, have, word,
                (places or [host])[0]["answers"][name].get("text"))


def check_findings(expect, host):
    have = {(f["code"], f["severity"]) for f in host["findings"]}
    aside = {(f["code"], f["severity"]) for f in host["findings"]
             if f.get("question", ASKED[0]) not in expect.counting()}
    want = {tuple(words) for words in expect.all("finding")}
    codes = {(code,) for code, _ in have}
    for finding in sorted(want - have - codes):
        yield "no finding " + " ".join(finding)
    for finding in sorted(have - want - aside):
        if finding[1] != "note" and expect.lists_findings():
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
        if expect.one(word) and not fits(value, expect.one(word)):
            yield "%s is %s, not %s" % (word, value, expect.one(word))
    name = "%s %s" % (windows.get("name"), windows.get("version"))
    if expect.one("windows", "") not in name:
        yield "Windows is %s" % name


def check_target(expect, host):
    if ("target" in host) != bool(expect.one("target")):
        yield "answer to --target: %s" % host.get("target")
    elif expect.one("target"):
        ready = host["target"]["ready"]
        if ready not in [TARGET[t][0]
                         for t in expect.one("target").split("|")]:
            yield "ready is %s, not %s: %s" % (
                ready, expect.one("target"), host["target"]["reasons"])
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
    yield from check_answers(expect, host)
    for check in (check_host, check_exchange, check_expected_answers,
                  check_findings, check_install, check_target):
        yield from check(expect, host)


def check_short(expect, run):
    """The text that people get: what to do, and a line a question."""
    lines = run.text().splitlines()
    words = expect.one("target") or expect.one("verdict")
    first = [w for v in words.split("|") for w in FIRST_WORDS[v]]
    # Each product has a headline, or the host has one.
    second = lines[max(1, len(expect.all("release"))):][:1]
    if not any(line.startswith(w) for line in second for w in first):
        yield "the second line is %r" % second
    text = squeeze(run.text())
    wanted = LINES if not expect.one("exchange") else ("WINDOWS FIX",)
    for (said,) in [(line,) for line in wanted] + expect.all("short"):
        if squeeze(said) not in text:
            yield "the short text does not say %r" % said


def check_text(expect, run):
    text = squeeze(run.text())
    for said in expect.all("says"):
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
    asked = expect.asked()
    ask = ["--ask", ",".join(asked)] if asked else []
    return (["--at", expect.one("at"), "--overlay",
             os.path.join(volume, "overlay.xml")] + ask + words + [root])


def environment(expect):
    """The day of the scan, which would be that of the test."""
    taken = expect.one("taken", expect.one("at"))
    moment = time.strptime(taken, "%Y-%m-%dT%H:%M:%SZ")
    return {"SOURCE_DATE_EPOCH": str(calendar.timegm(moment))}


def check_volume(name, schema):
    try:
        expect = Expect(os.path.join(SOURCE, "volumes", name + ".expect"))
    except ValueError as e:
        yield "%s.expect: %s" % (name, e)
        return
    more, day = arguments(name, expect), environment(expect)
    as_json = Run(["scan", "--format", "json"] + more, day)
    as_text = Run(["scan"] + more, day)
    at_length = Run(["scan", "--verbose"] + more, day)
    for run in (as_json, as_text, at_length):
        if not fits(run.code, expect.one("exit")):
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
    yield from check_short(expect, as_text)
    yield from check_text(expect, at_length)
    if Run(["scan", "--format", "json"] + more, day).out != as_json.out:
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
        names = sampled(sorted(
            n[:-len(".expect")]
            for n in os.listdir(os.path.join(SOURCE, "volumes"))
            if n.endswith(".expect")))
    for name in names:
        tap.point(name, check_volume(name, schema))
    if not schema:
        tap.skip("results hold to the schema", why)
    tap.point("nothing was written to a volume",
              [] if snapshot() == before else ["files have changed"])
    return tap.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
