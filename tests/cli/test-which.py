#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Ask "rollcall which" a table of questions and compare the answers (TAP).

tests/cli/which/questions.txt, .../pastes.txt and .../mails.txt were reviewed
by hand and say how they are written; they are asked of what the catalogue knew
on a day, so that next month's updates change no answer. Further questions are
made here from the tables of facts behind the catalogue, tests/facts.

All questions of a table go through one run, by standard input, as JSON.
"""
import csv
import itertools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.join(os.environ["ROLLCALL_SRC"], "tests", "tools"))
from tap import fewer, first_of, sampled                               # noqa: E402

ROLLCALL = os.environ["ROLLCALL"]
SRC = os.environ["ROLLCALL_SRC"]
AT = "2026-11-25"
KNOWN = "2026-10-15"            # of the pinned catalogue
WORK = tempfile.TemporaryDirectory()


def run(args, text=None):
    done = subprocess.run(
        [ROLLCALL, "which", "--at", AT, *args], capture_output=True,
        input=text, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr


def pinned():
    """The catalogue as it was on a day: without what came out later."""
    path = os.path.join(WORK.name, "pinned.xml")
    if os.path.exists(path):
        return path
    space = "{urn:rollcall:catalogue:1}"
    ET.register_namespace("", space[1:-1])
    tree = ET.parse(os.path.join(SRC, "data", "exchange.xml"))
    root = tree.getroot()
    root.set("known-until", KNOWN)
    late = {r.get("id") for r in root.iter(space + "release")
            if r.get("date", "") > KNOWN}
    builds = {r.get("build") for r in root.iter(space + "release")
              if r.get("id") in late}
    for parent in list(root.iter()):
        for child in list(parent):
            if (child.tag == space + "release" and
                    child.get("id") in late) or child.get("by") in late:
                parent.remove(child)
            elif child.tag == space + "files" and \
                    child.get("build") in builds:
                parent.remove(child)
            elif child.get("cured-by") in builds:
                del child.attrib["cured-by"]
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return path


SEEN = set()


def unseen(result):
    """RESULT without releases that were there before, and without queries
    that differ in nothing but what was asked: the schema, which is slow, has
    nothing more to say of them."""
    less = dict(result)
    for member in ("queries", "releases"):
        less[member] = []
        for row in result[member]:
            assert member != "queries" or isinstance(row["query"], str)
            key = json.dumps({**row, "query": ""})
            if key not in SEEN:
                less[member].append(row)
            SEEN.add(key)
    return less


def ask(questions, args=("-",)):
    """One answer a question; every result also holds to the schema."""
    code, out, err = run(["--format", "json", *args],
                         "".join(q + "\n" for q in questions))
    if code not in (0, 1):
        raise SystemExit("Bail out! exit %d: %s" % (code, err))
    result = json.loads(out)
    if SCHEMA is not None:
        for error in SCHEMA.iter_errors(unseen(result)):
            print("# schema: %s: %s" % (list(error.absolute_path),
                                        error.message[:200]))
            FAILED.append("schema")
    return code, resolved(result)


def resolved(result):
    """The queries, with the releases that they refer to."""
    known = {r["id"]: r for r in result["releases"]}
    named = set()
    for query in result["queries"]:
        named.update(query["releases"], filter(None, query["neighbours"]),
                     query["suggestions"])
        query["releases"] = [known[i] for i in query["releases"]]
        query["neighbours"] = [i and known[i] for i in query["neighbours"]]
    if sorted(named) != sorted(r["id"] for r in result["releases"]):
        FAILED.append("releases")
        print("# releases that no query names: %s" % (set(known) - named))
    return result["queries"]


def load_schema():
    try:
        import jsonschema
    except ImportError:
        return None
    with open(os.path.join(SRC, "data", "rollcall-result.schema.json"),
              encoding="utf-8") as f:
        schema = json.load(f)
    return jsonschema.validators.validator_for(schema)(schema)


def ids(answer):
    return [r["id"] for r in answer["releases"]]


# ------------------------------------------------- tables reviewed by hand

def read_table(name):
    """Blocks parted by empty lines; "#" comments."""
    with open(os.path.join(SRC, "tests", "cli", "which", name),
              encoding="utf-8") as f:
        text = re.sub(r"^#.*\n", "", f.read(), flags=re.M)
    return [b.split("\n") for b in re.split(r"\n{2,}", text.strip("\n"))]


def wanted_ids(words):
    """"2010-sp2-ru4 2010-sp2-ru4-v2", or "27: first last"."""
    if words and words[0].endswith(":"):
        return int(words[0][:-1]), words[1:]
    return len(words), words


def check_answer(question, want, answer):
    match, *words = want.split()
    number, names = wanted_ids([w for w in words if "=" not in w])
    more = dict(w.split("=", 1) for w in words if "=" in w)
    got = ids(answer)
    if answer["match"] != match:
        yield "%s: match %s, not %s" % (question, answer["match"], match)
    ends = got if number == len(names) else got[:1] + got[-1:]
    if len(got) != number or ends != names:
        yield "%s: releases %s, not %s" % (question, got, " ".join(words))
    for key, value in more.items():
        yield from check_more(question, key, value, answer)


def check_more(question, key, value, answer):
    if key in ("below", "above"):
        n = answer["neighbours"]
        got = n and n[key == "above"] and n[key == "above"]["id"] or "-"
    elif key == "update":
        got = ",".join(u["rerelease"] for u in answer["updates"])
    elif key == "fix":
        got = ",".join(m["kb"] + ":" + m["relation"]
                       for m in answer["mitigations"])
    elif key == "other":
        got = answer["other"]["kb"]
    elif key == "least":
        got = answer["at_least"] or "-"
    elif key == "service":
        got = (answer["service"] or "-").replace(" ", "_")
    elif key == "kind":
        got = answer["kind"]
    elif key == "near":
        got = ",".join(answer["suggestions"])
    elif key == "state":
        got = ",".join("%s:%s" % (r["state"], r["by"] or "-")
                       for c in answer["cves"] for r in c["releases"])
    elif key == "file":
        got = (answer["component"] or {"file": "-"})["file"].replace(" ", "_")
    elif key == "note":
        got = value if value.replace("_", " ") in (answer["note"] or "") \
            else answer["note"]
    else:
        got = "(the table asks for %s)" % key
    if got != value:
        yield "%s: %s is %s, not %s" % (question, key, got, value)


def check_questions():
    """questions.txt: a line with the expected answer, then questions."""
    pairs = [(q, block[0]) for block in read_table("questions.txt")
             for q in block[1:]]
    _, answers = ask([q for q, _ in pairs], ["--catalogue", pinned(), "-"])
    if len(answers) != len(pairs):
        yield "%d answers to %d questions" % (len(answers), len(pairs))
    none_or_range = 0
    for (question, want), answer in zip(pairs, answers):
        none_or_range += want.split()[0] in ("none", "range")
        if answer["query"] != question.strip(" \t"):
            yield "%s: answered is %s" % (question, answer["query"])
        yield from check_answer(question, want, answer)
    if none_or_range < 100 or len(pairs) < 550:
        yield "the table has become too small: %d" % len(pairs)


def check_pastes():
    """pastes.txt: lines "= MATCH ID... more", then what was pasted; all of it
    by a file, by standard input and as one word of the command line."""
    blocks = read_table("pastes.txt")
    for n, block in sampled(enumerate(blocks), str):
        wants = [b[2:] for b in block if b.startswith("= ")]
        lines = [b[1:] if b.startswith("|") else b for b in block
                 if not b.startswith("= ")]
        title = "block %d, %s" % (n + 1, lines[0].strip())
        for how, args, data in (
                ("file", ["--paste", "-"], "\n".join(lines) + "\n"),
                ("CRLF", ["--paste", "-"], "\r\n".join(lines) + "\r\n"),
                ("UTF-16", ["--paste", "-"], "\n".join(lines).encode(
                    "utf-16")),
                ("stdin", ["-"], "\n".join(lines) + "\n"),
                ("word", ["\n".join(lines) + "\n"], "")):
            yield from check_paste("%s (%s)" % (title, how), wants, args,
                                   data)
    if len(blocks) < 25:
        yield "the table has become too small"


def check_paste(title, wants, args, data):
    done = subprocess.run(
        [ROLLCALL, "which", "--at", AT, "--catalogue", pinned(), "--format",
         "json", *args], capture_output=True,
        input=data if isinstance(data, bytes) else data.encode())
    found = any(not w.startswith("none") for w in wants)
    if done.returncode not in (0, 1) or (found and any(
            w.startswith("none") for w in wants) and done.returncode != 1):
        yield "%s: exit %d" % (title, done.returncode)
        return
    answers = resolved(json.loads(done.stdout))
    if len(answers) != len(wants):
        yield "%s: %d answers, not %d: %s" % (
            title, len(answers), len(wants), [a["query"] for a in answers])
        return
    for want, answer in zip(wants, answers):
        yield from check_answer(title + ": " + answer["query"], want, answer)


def characters(*classes):
    """All of Unicode's characters of these classes, but of ASCII."""
    return [c for name in classes for c in CLASSES[name]]


def read_classes():
    """Those of the planes that have more than ideographs and private use."""
    classes = {}
    for n in itertools.chain(range(0x80, 0x20000), range(0xe0000, 0xf0000)):
        classes.setdefault(unicodedata.category(chr(n)), []).append(chr(n))
    return classes


CLASSES = read_classes()


def check_odd_characters():
    """No digit of elsewhere, mark or sign that cannot be seen makes or cuts a
    number; blanks and hyphens of elsewhere are blanks and hyphens."""
    for classes, spelt in (
            (("Nd", "Nl", "No"), ("14.2.318.4%s", "14.2.318.%s4",
                                  "2010 SP2 RU4%s-v2", "KB%s2756485",
                                  "KB275648%s5", "2010 SP3 RU%s-v2")),
            (("Mn", "Mc", "Me"), ("14.2.318.4%s", "KB27%s56485")),
            (("Cf",), ("14.2.31%s8.4", "14.2%s.318.4", "KB27%s56485"))):
        many = sampled([s % c for c in characters(*classes) for s in spelt])
        for question, answer in ask_many(many):
            if answer["match"] != "none" or \
                    "not understood" not in answer["note"]:
                yield "%r: %s %s" % (question, answer["match"], ids(answer))
    many = ["%s2010%sSP2 RU4-v2" % (c, c) for c in characters("Zs")] + \
        ["2010 SP2 RU4%sv2" % c for c in characters("Pd", "Zs")]
    for question, answer in ask_many(many):
        if answer["match"] != "exact" or ids(answer) != ["2010-sp2-ru4-v2"]:
            yield "%r: %s %s" % (question, answer["match"], ids(answer))


def ask_many(questions):
    """In parts that stay within the limits."""
    for at in range(0, len(questions), 5000):
        part = questions[at:at + 5000]
        _, answers = ask(part)
        if len(answers) != len(part):
            raise SystemExit("Bail out! %d answers to %d questions" % (
                len(answers), len(part)))
        yield from zip(part, answers)


def known_names():
    """Builds, KBs, ids and package names of the catalogue."""
    with open(os.path.join(SRC, "data", "exchange.xml"),
              encoding="utf-8") as f:
        text = f.read()
    names = set()
    for pattern in (r' (?:build|long)="([0-9.]+)"', r"(KB[0-9]{6,8})",
                    r'<release id="([^"]+)"', r'<package name="([^"]+)"'):
        names.update(re.findall(pattern, text))
    return text, sorted(n for n in names if re.search("[0-9]", n))


def near_miss(rng, name):
    """NAME with one digit changed, added, left out or two changed about."""
    at = rng.choice([i for i, c in enumerate(name) if c.isdigit()])
    way = rng.randrange(4)
    if way == 0:
        return name[:at] + rng.choice("0123456789") + name[at + 1:]
    if way == 1:
        return name[:at] + rng.choice("0123456789") + name[at:]
    if way == 2:
        return name[:at] + name[at + 1:]
    return name[:at] + name[at + 1:at + 2] + name[at] + name[at + 2:]


def names_it(number, release):
    """Is NUMBER the build or a KB of RELEASE, in another spelling?"""
    if re.fullmatch(r"[0-9]+(\.[0-9]+){2,3}", number):
        def parts(b):
            return ([int(p) for p in b.split(".")] + [0])[:4]
        return parts(number) == parts(release["build"] or "0.0.0")
    return True


def check_near_misses():
    """A thousand: never answered with what the original is."""
    rng = random.Random(2749655)
    text, names = known_names()
    known, asked = set(names), {}
    while len(asked) < fewer(1000, 25):
        name = rng.choice(names)
        miss = near_miss(rng, name)
        if miss != name and miss not in known:
            asked[miss] = name
    for miss, answer in ask_many(list(asked)):
        origin = asked[miss]
        if answer["match"] != "exact":
            continue
        # It may be right by another way: a name that nobody listed.
        # Digits of a digest in it are no number of a KB.
        numbers = re.findall(r"[0-9]{6,}", re.sub("[0-9a-f]{40}", "", miss))
        wrong = [r["id"] for r in answer["releases"]
                 if not names_it(miss, r) or
                 any("KB" + n not in text for n in numbers)]
        if wrong or answer["note"] is None and numbers and \
                origin.startswith("KB"):
            yield "%s (of %s): %s %s" % (miss, origin, answer["match"], wrong)


PASTED = ("Build Number: %s", "[04/25/2022 08:01:02] [0] Setup version: %s.",
          "ex1  Standard  %s  C:\\Exchange\\15.1.2507.6\\ExSetup.exe",
          "ProductVersion = %s", "14-Feb-2012;%s;ok")


def check_pasted_misses():
    """A build with a slip in it is never answered with what it was: whatever
    is found, its number stands in the line."""
    rng = random.Random(318)
    text = known_names()[0]
    builds = sorted(set(re.findall(r' build="([0-9]+(?:\.[0-9]+){3})"', text)))
    misses = [near_miss(rng, rng.choice(builds)) for _ in range(fewer(1000, 25))]
    lines = [rng.choice(PASTED) % m for m in misses]
    code, out, err = run(["--format", "json", "--paste", "-"],
                         "".join(line + "\n" for line in lines))
    if code not in (0, 1):
        raise SystemExit("Bail out! exit %d: %s" % (code, err))
    found = resolved(json.loads(out))
    if len(found) < 0.4 * len(misses):
        yield "only %d answers" % len(found)
    for answer in found:
        for r in answer["releases"]:
            if answer["match"] == "exact" and not any(
                    names_it(n, r) for n in re.findall(
                        r"[0-9]+(?:\.[0-9]+){3}", answer["query"])):
                yield "%s: %s" % (answer["query"], r["id"])


def check_exit_codes():
    for args, code in (
            (["14.2.318.4"], 0), (["14.2.318.1"], 0), (["15.1.2507"], 0),
            (["14.2.318.3"], 1), (["14.2.318.4", "14.2.318.3"], 1),
            (["KB2749655"], 0), (["KB1"], 1), ([""], 1), ([], 64),
            (["--sha256", "12"], 64), (["--mail", "/nowhere/at/all"], 66),
            (["--mail", "/"], 65), (["-", "--mail", "-"], 64)):
        got = run(args, "")[0]
        if got != code:
            yield "%s: exit %d, not %d" % (args, got, code)


def check_instants():
    """What is newest, supported and advised depends on the day."""
    def at(day):
        out = subprocess.run(
            [ROLLCALL, "which", "-f", "json", "--at", day, "14.2.318.2"],
            capture_output=True, encoding="utf-8").stdout
        return resolved(json.loads(out))[0]["releases"][0]
    for day, newer, install, ended in (
            ("2012-09-01", None, [], False),
            ("2012-10-31", "2010-sp2-ru4-v2", ["2010-sp2-ru4-v2"], False),
            ("2012-12-11", "2010-sp2-ru5-v2",
             ["2010-sp2-ru4-v2", "2010-sp2-ru5-v2"], False),
            ("2014-04-08", "2010-sp2-ru8", None, False),
            # Out of support, the way leads on to SP3.
            ("2014-04-09", "2010-sp3-ru5", None, True)):
        r = at(day)
        if r["current"]["newest"] != newer:
            yield "%s: newest is %s, not %s" % (
                day, r["current"]["newest"], newer)
        if (r["current"]["answer"] == "behind") != (newer is not None):
            yield "%s: %s" % (day, r["current"])
        if install is not None and r["install"] != install:
            yield "%s: install %s, not %s" % (day, r["install"], install)
        if (r["supported"]["answer"] == "ended") != ended:
            yield "%s: support ended is not %s" % (day, ended)
        # Before the day of the next revision nobody could know better.
        force = "required" if day >= "2012-10-09" else "keep"
        if r["replace"]["force"] != force:
            yield "%s: %s" % (day, r["replace"])


def raw(args, data):
    """Exit code, and the questions and matches that stdin DATA makes."""
    done = subprocess.run([ROLLCALL, "which", "--at", AT, "-f", "json", *args],
                          capture_output=True, input=data)
    if done.returncode not in (0, 1):
        return done.returncode, done.stderr.decode()
    return done.returncode, [
        (q["query"], q["match"]) for q in json.loads(done.stdout)["queries"]]


def check_input():
    """Standard input as several programs write it."""
    lines = "14.2.318.4\r\nKB2756485\r\n"
    both = (0, [("14.2.318.4", "exact"), ("KB2756485", "exact")])
    for name, data in (
            ("UTF-8", lines.encode()),
            ("UTF-8 with a mark", lines.encode("utf-8-sig")),
            ("UTF-16LE", b"\xff\xfe" + lines.encode("utf-16-le")),
            ("UTF-16BE", b"\xfe\xff" + lines.encode("utf-16-be")),
            ("UTF-16LE without a mark", lines.encode("utf-16-le")),
            ("UTF-16BE without a mark", lines.encode("utf-16-be")),
            ("CR", lines.replace("\n", "").encode()),
            ("no end", lines.rstrip().encode())):
        got = raw(["-"], data)
        if got != both:
            yield "%s: %s" % (name, got)
    got = raw(["-"], b"14.2.318.4\x00x\nKB2756485\n\0\n")
    if got != (1, [("14.2.318.4\ufffdx", "none"), ("KB2756485", "exact"),
                   ("\ufffd", "none")]):
        yield "NULs: %s" % (got,)
    for data in (b"", b"\n \t\r\n", b"\xef\xbb\xbf", b"\xff\xfe"):
        if raw(["-"], data)[0] != 64:
            yield "%r: %s" % (data, raw(["-"], data))


def is_sanitized():
    """Whether AddressSanitizer, which takes memory of its own, is in it."""
    with open(ROLLCALL, "rb") as f:
        return b"__asan_init" in f.read()


def check_size():
    """Ten thousand wide questions: each release stands once."""
    most = (1024 if is_sanitized() else 64) * 1024
    for question, style in sampled(itertools.product(
            ("Security update", "original", "x" * 95, "Update rollup",
             "14.2.318"), ("json", "text")), " ".join):
        data = (question + "\n").encode() * 10000
        begun = time.monotonic()
        out, rss = measured(["which", "--at", AT, "-f", style, "-"], data)
        took = time.monotonic() - begun
        if rss > most or len(out) > 64 * 1024 * 1024 or took > 600:
            yield "%s, %s: %d KiB, %d bytes of output, %.1f s" % (
                question, style, rss, len(out), took)
    yield from check_long_lines()
    code, answers = ask(["original"])
    if len(answers[0]["releases"]) != 100 or \
            answers[0]["releases_total"] < 300 or \
            "Only the first 100 of" not in answers[0]["note"]:
        yield "original: %s" % answers[0]["note"]


def check_long_lines():
    """A line of a megabyte takes no longer than one of many lines."""
    for part in sampled((
            "1.2.3.4 ", "15.1.2507.6 ", "C:\\a b\\c ", "KB2756485 ",
            "15.1 (Build 2507.6) ", "Oct 9, 2012 10:11 ", "(" * 8,
            "CVE-2024-49040 ", "15.", "a: b = c ")):
        data = (part * (1000000 // len(part)) + "\n").encode()
        begun = time.monotonic()
        out, _ = measured(["which", "--at", AT, "-f", "json", "--paste", "-"],
                          data)
        took = time.monotonic() - begun
        if took > 60 or len(out) > 4 * 1024 * 1024:
            yield "%r: %.1f s, %d bytes" % (part, took, len(out))


def measured(args, data):
    """Output, and KiB of memory, of a run."""
    script = ("import resource, subprocess, sys; "
              "c = subprocess.run(sys.argv[1:]).returncode; "
              "sys.stderr.write(str(resource.getrusage("
              "resource.RUSAGE_CHILDREN).ru_maxrss))")
    done = subprocess.run([sys.executable, "-I", "-S", "-c", script, ROLLCALL, *args],
                          capture_output=True, input=data)
    return done.stdout, int(re.search(rb"[0-9]+$", done.stderr).group())


def check_limits():
    full = b"x" * (1024 * 1024 - 1) + b"\n"
    for args, data, code, told in (
            (["-"], full, 1, None),
            (["-"], full + b"y", 65, "more than 1048576 bytes"),
            (["-"], b"KB1\n" * 10000, 1, None),
            (["-"], b"KB1\n" * 10001, 65, "more than 10000 questions"),
            (["--mail", "-"], b"X: y\n" * 300000, 65,
             "does not end within 1048576 bytes"),
            (["--mail", "-"], b"X: y\n\n" + b"y\n" * 600000, 1, None)):
        got, text = raw(args, data)
        if got != code or (told and told not in text):
            yield "%s, %d bytes: exit %d" % (args, len(data), got)


# -------------------------------------------------------------------- mails

def check_mails():
    """mails.txt: lines "= by BUILD MATCH ID...", then the header. Each mail by
    standard input, and all of them as files of other forms."""
    table = []
    for block in read_table("mails.txt"):
        wants = [b[2:].split() for b in block if b.startswith("= ")]
        lines = [b[1:] if b.startswith("|") else b for b in block
                 if not b.startswith("= ")]
        table.append((lines, wants))
    for lines, wants in sampled(table, str):
        found = any(len(w) > 2 and w[2] != "none" for w in wants)
        code, answers = ask_mail("\n".join(lines) + "\n")
        if code != (0 if found else 1):
            yield "%s: exit %d" % (lines[0], code)
        yield from check_hops(lines[0], wants, answers)
    for end, code_page in (("\r\n", "utf-8"), ("\r", "utf-8"),
                           ("\r\n", "utf-16")):
        asked = ask_mails([end.join(lines) + end for lines, _ in table],
                          code_page)
        for (lines, wants), answers in zip(table, asked):
            yield from check_hops("%s (%r, %s)" % (
                lines[0], end, code_page), wants, answers)
    if len(table) < 100:
        yield "the table has become too small: %d" % len(table)


def mail_result(args, data=None):
    done = subprocess.run(
        [ROLLCALL, "which", "--at", AT, "--format", "json", "--catalogue",
         pinned(), *args], capture_output=True, input=data)
    if done.returncode not in (0, 1):
        raise SystemExit("Bail out! exit %d: %s" % (
            done.returncode, done.stderr))
    return done.returncode, resolved(json.loads(done.stdout))


def ask_mail(text):
    return mail_result(["--mail", "-"], text.encode())


def ask_mails(texts, code_page):
    """The answers to each, as files."""
    args, of = [], {}
    for n, text in enumerate(texts):
        path = os.path.join(WORK.name, "mail-%d.eml" % n)
        with open(path, "wb") as f:
            f.write((text.lstrip("\ufeff") if code_page == "utf-16" else
                     text).encode(code_page))
        args += ["--mail", path]
        of[path] = []
    for answer in mail_result(args)[1]:
        of[answer["mail"]["file"]].append(answer)
    return list(of.values())


def check_hops(title, wants, answers):
    if len(answers) != len(wants):
        yield "%s: %d hops, not %d" % (title, len(answers), len(wants))
        return
    for n, (want, answer) in enumerate(zip(wants, answers), 1):
        mail = answer["mail"]
        by = (mail["by"] or "-").replace(" ", "_")
        build = answer["query"] or "-"
        got = [by, build]
        if answer["query"] is not None:
            got += [answer["match"], *ids(answer)]
        if got != want:
            yield "%s: hop %d is %s, not %s" % (title, n, got, want)
        if (mail["hop"], mail["hops"]) != (n, len(wants)) or \
                mail["authenticated"] is not False:
            yield "%s: hop %d: %s" % (title, n, mail)


# -------------------------------------------- made from the facts: all of it

def facts(name):
    path = os.path.join(SRC, "tests", "facts", name)
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter="\t",
                                   quoting=csv.QUOTE_NONE))


def of_autumn(row, like):
    """A row of the younger table as one of the older, which LIKE is."""
    product, branch = row["proposed_id"].split("-")[:2]
    month = row["proposed_id"].split("-")[2].capitalize()
    label = month.replace("su", "SU") + (
        "v2" if row["revision"] == "2" else "")
    return dict.fromkeys(like, "") | {
        "product": product.upper(), "branch": branch.upper(),
        "label": "%s %s" % (branch.upper(), label),
        "revision": row["revision"], "kind": row["kind"],
        "build_short": row["build"], "build_long": row["long"],
        "release_date": row["date"], "kb": row["kb"]}


def releases():
    rows = facts("exchange-releases.tsv")
    return rows + [of_autumn(r, rows[0])
                   for r in facts("releases-2026-autumn.tsv")]


def same(answer, row):
    """Is the answer's only release that of the row?"""
    r = answer["releases"]
    return len(r) == 1 and r[0]["build"] == (row["build_short"] or None) and \
        r[0]["product"] == row["product"] and \
        (not row["kb"] or r[0]["kb"] == row["kb"].split(",")[0]) and \
        r[0]["date"] == (row["release_date"] or None)


def compare(pairs):
    """(question, row): each must be answered exactly, with that row."""
    _, answers = ask([q for q, _ in pairs])
    for (question, row), answer in zip(pairs, answers):
        if answer["match"] != "exact" or not same(answer, row):
            yield "%s: %s %s" % (question, answer["match"], ids(answer))


def four_parts(row):
    return row["build_short"].count(".") == 3


def check_build_spellings():
    rows = [r for r in releases() if r["build_short"]]
    for row in rows:
        part = row["build_short"].split(".")
        row["words"] = "Version %s.%s (Build %s)" % (
            part[0], part[1], ".".join(part[2:]))
    yield from compare([(r["build_short"], r) for r in rows])
    yield from compare([(r["build_long"], r) for r in rows
                        if r["build_long"]])
    yield from check_kept([r for r in rows if four_parts(r)])


def check_kept(rows):
    """What Active Directory keeps proves a service pack or cumulative update,
    and an update as "at least": never the one alone, unless nothing is known
    to be on top of it."""
    _, answers = ask([r["words"] for r in rows])
    for row, answer in zip(rows, answers):
        first = dict(answer, releases=answer["releases"][:1])
        match = "range" if len(answer["releases"]) > 1 else "exact"
        if answer["match"] != match or not same(first, row) or \
                answer["at_least"] != answer["releases"][0]["id"] or \
                len({r["branch"] for r in answer["releases"]}) != 1:
            yield "%s: %s %s" % (row["words"], answer["match"], ids(answer))


def check_ranges():
    members = {}
    for row in releases():
        if four_parts(row):
            three = row["build_short"].rsplit(".", 1)[0]
            members.setdefault(three, []).append(row["build_short"])
    exact = {r["build_short"] for r in releases()}
    asked = [t for t in members if t not in exact]
    _, answers = ask(asked)
    for three, answer in zip(asked, answers):
        want = sorted(members[three], key=lambda b: int(b.split(".")[3]))
        got = [r["build"] for r in answer["releases"]]
        if answer["match"] != "range" or got != want:
            yield "%s: %s %s, not %s" % (three, answer["match"], got, want)


def check_unknown_builds():
    """One above each build that is none: never rounded."""
    known = {r["build_short"] for r in releases()}
    order = sorted((b for b in known if b.count(".") == 3),
                   key=lambda b: [int(n) for n in b.split(".")])
    asked = []
    for low in order:
        part = low.split(".")
        up = ".".join(part[:3] + [str(int(part[3]) + 1)])
        if up not in known:
            asked.append((low, up))
    _, answers = ask([up for _, up in asked])
    for (low, up), answer in zip(asked, answers):
        if answer["match"] == "component":
            continue
        below = answer["neighbours"][0]
        if answer["match"] != "none" or answer["releases"] or \
                below["build"] != low:
            yield "%s: %s %s" % (up, answer["match"], ids(answer))


def check_kbs():
    builds = {}
    for row in releases():
        for kb in filter(None, row["kb"].split(",")):
            builds.setdefault(kb, []).append(row["build_short"])
    asked = [(spelt, want) for kb, want in builds.items()
             for spelt in (kb, kb[2:], kb.lower(), "(%s)" % kb)]
    _, answers = ask([q for q, _ in asked])
    for (question, want), answer in zip(asked, answers):
        got = sorted(r["build"] or "" for r in answer["releases"])
        if answer["match"] != "exact" or got != sorted(want):
            yield "%s: %s %s, not %s" % (question, answer["match"], got,
                                         want)


def check_packages():
    builds = {}
    for row in releases():
        for name in filter(None, row["package"].split(";")):
            name = name.split(" (")[0].lower()
            builds.setdefault(name, []).append(row["build_short"])
    asked = [(spelt, want) for name, want in builds.items()
             for spelt in (name, name.upper(), "C:\\Temp\\" + name,
                           "/tmp/x/" + name)]
    nameless = {(r["product"], r["kb"], r["build_short"])
                for r in releases() if not r["package"]}
    _, answers = ask([q for q, _ in asked])
    for (question, want), answer in zip(asked, answers):
        got = [r["build"] or "" for r in answer["releases"]]
        match = "range" if len(got) > 1 else "exact"
        # One that the tables know no package of may share the name.
        rest = [r for r in answer["releases"]
                if (r["build"] or "") not in want and
                (r["product"], r["kb"], r["build"]) not in nameless]
        if answer["match"] != match or rest or not set(want) <= set(got):
            yield "%s: %s %s, not %s" % (question, answer["match"], got,
                                         want)


def check_display_names():
    """As Windows Installer shows rollups of 2007 and 2010."""
    pairs = []
    for row in releases():
        if row["kind"] != "RU" or row["product"] not in ("2007", "2010") \
                or not row["build_short"]:
            continue
        number = re.search(r"Rollup (\d+)", row["label"]).group(1)
        v = "-v" + row["revision"] if row["revision"] != "1" else ""
        sp = " Service Pack " + row["branch"][2:] \
            if row["branch"] != "RTM" else ""
        pairs.append(("Update Rollup %s%s for Exchange Server %s%s (%s) %s"
                      % (number, v, row["product"], sp, row["kb"],
                         row["build_short"]), row))
        pairs.append(("Exchange %s %s RU%s rev %s" % (
            row["product"], row["branch"], number, row["revision"]), row))
    yield from compare(pairs)


def check_update_names():
    """"Exchange 2016 CU23 Nov24SUv2" and "2016 cu 23 nov 24 su v2"."""
    pairs = []
    for row in releases():
        tag = re.search(r"([A-Z][a-z]{2})(\d\d)([SH]U)", row["label"])
        if not tag:
            continue
        cu = re.search(r"CU\d+", row["label"])
        branch = cu.group(0) if cu else row["branch"].split()[0]
        v = "v" + row["revision"] if row["revision"] != "1" else "original"
        month, year, kind = tag.groups()
        pairs.append(("Exchange %s %s %s%s%s %s" % (
            row["product"], branch, month, year, kind, v), row))
        pairs.append(("%s %s %s 20%s %s %s" % (
            row["product"], branch.lower(), month.lower(), year, kind,
            v), row))
    yield from compare(pairs)


def check_digests():
    rows = [r for r in facts("exchange-file-sha256.tsv") if r["digest"]]
    builds, known = {}, {r["build_short"] for r in releases()}
    for row in rows:
        builds.setdefault(row["digest"], set()).add(row["exchange_build"])
    _, answers = ask(list(builds))
    for answer, (digest, want) in zip(answers, builds.items()):
        got = {r["build"] for r in answer["releases"]}
        match = "component" if want & known else "none"
        if got != want & known or answer["match"] != match:
            yield "%s: %s %s, not %s" % (digest, answer["match"], got, want)
    for row in facts("package-hashes.tsv"):
        if not row["digest"].strip("NOT FOUND") or " " in row["digest"]:
            continue
        _, answers = ask([row["digest"]])
        if answers[0]["package"] != row["file_name"]:
            yield "%s: %s" % (row["file_name"], answers[0]["package"])


def check_digest_options():
    """An option asks what the digest alone asks, and is held to its length."""
    known = {}
    for row in facts("package-hashes.tsv"):
        known.setdefault(row["algorithm"], set()).add(row["digest"])
    for option, name, other in (("--sha1", "SHA-1", "--sha256"),
                                ("--sha256", "SHA-256", "--sha1")):
        digests = [d for d in sorted(known[name]) if re.fullmatch(
            "[0-9a-f]{40}|[0-9a-f]{64}", d)][:fewer(40, 4)]
        if len(digests) < 3:
            yield "%s: %d digests" % (option, len(digests))
        _, want = ask(digests)
        got = [ask([], (option, d))[1] for d in digests]
        _, upper = ask([], tuple(w for d in digests
                                 for w in (option, d.upper())))
        for d, one, two, by in zip(digests, want, upper, got):
            for answer in (two, *by):
                if len(by) != 1 or one["package"] is None or any(
                        one[key] != answer[key]
                        for key in ("match", "package", "releases")):
                    yield "%s %s: %s, not %s" % (option, d, answer, one)
        lost = ("0" if digests[0][0] != "0" else "1") + digests[0][1:]
        code, answers = ask([], (option, lost))
        if code != 1 or answers[0]["match"] != "none":
            yield "%s %s: exit %d, %s" % (option, lost, code, answers)
        for args in ((other, digests[0]), (option, digests[0][:-1]),
                     (option, digests[0] + "0"),
                     (option, digests[0][:-1] + "g"), (option, "")):
            code, out, _ = run(args)
            if code != 64 or out:
                yield "%s: exit %d, %s" % (args, code, out)


CHECKS = [
    ("questions reviewed by hand", check_questions),
    ("what was pasted", check_pastes),
    ("odd digits, marks, blanks and hyphens", check_odd_characters),
    ("a thousand near misses", check_near_misses),
    ("near misses that were pasted", check_pasted_misses),
    ("standard input of several programs", check_input),
    ("limits", check_limits),
    ("ten thousand questions", check_size),
    ("headers of mails", check_mails),
    ("exit codes", check_exit_codes),
    ("the day of the judgement", check_instants),
    ("every build in three spellings", check_build_spellings),
    ("every three-part build is a range", check_ranges),
    ("no build is rounded", check_unknown_builds),
    ("every KB", check_kbs),
    ("every package name", check_packages),
    ("every display name of a rollup", check_display_names),
    ("every name of a security update", check_update_names),
    ("every digest", check_digests),
    ("digests by their options", check_digest_options),
]
FAILED = []
SCHEMA = load_schema()


def main():
    # Those by hand each time, of the others a part.
    checks = CHECKS[:2] + sampled(CHECKS[2:], first_of, short=2)
    print("1..%d" % len(checks))
    for n, (name, check) in enumerate(checks, 1):
        wrong = list(check())
        for line in wrong[:20]:
            print("# " + line)
        FAILED.extend(wrong)
        print("%s %d - %s" % ("not ok" if wrong else "ok", n, name))
    sys.exit(bool(FAILED))


if __name__ == "__main__":
    main()
