#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""catalogue import: what lists of builds and advisories come to. TAP.

What the catalogue lacks is taken, what contradicts it is told; damaged lists
write nothing. The real lists are found by ROLLCALL_REAL; what is expected of
each of their differences is in lists/real.tsv.
"""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SRC = os.environ["ROLLCALL_SRC"]
ROLLCALL = os.environ["ROLLCALL"]
REAL = os.environ.get("ROLLCALL_REAL")
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SRC, "tests", "tools"))

import mkminisign                                       # noqa: E402
import mkvolume                                         # noqa: E402
from tap import sampled                                 # noqa: E402

LISTS = os.path.join(SRC, "tests", "cli", "lists")
CATALOGUE = os.path.join(SRC, "data", "exchange.xml")
AT = "2027-02-15"
OK, USAGE, BAD, NO_INPUT, UNAVAILABLE = 0, 64, 65, 66, 69

HEAD = "Product Name,Build Number,Date,KB,Blog\n"
TABLE = ("|Product name|Release date|Build number<br>(short format)|\n"
         "|---|---|---|\n")
JAN = "Exchange SE RTM Jan27SU,15.2.2562.91,1/12/2027,KB5990001,\n"
# What cannot be read, and a piece of what is told then.
DAMAGED = {
    "empty": (b"", "no list of builds"),
    "nul": (HEAD.encode() + b"Exchange\0SE,1.2.3.4,1/1/2027,,\n", "a NUL"),
    "quote": (HEAD + '"Exchange SE RTM Jan27SU,15.2.2562.91\n',
              "a quote that does not end"),
    "cut row": (HEAD + "Exchange SE RTM Jan27SU\n", "cut short"),
    "no head": (JAN, "no list of builds"),
    "other table": ("|Name|Value|\n|---|---|\n|a|b|\n", "no list of builds"),
    "cut table": (TABLE + "|Exchange Server SE RTM Jan27SU|\n", "cut short"),
    "json cut": ('{"1": {"build": "15.2.2562.91", "release_date":', "line 1"),
    "json twice": ('{"document": {}, "document": {}}', "twice"),
    "json other": ('{"builds": [1, 2]}', "no list of builds"),
    "json row": ('{"a": {"build": "1.2.3.4", "release_date": "", "name": "",'
                 ' "urls": []}, "b": 7}', "/b"),
    "json deep": ("{" * 0 + '{"a":' * 40 + "1" + "}" * 40, "deeper"),
    "csaf": ('{"document": {}, "product_tree": {"branches": 7}}', "branches"),
    "csaf cure": ('{"document": {}, "vulnerabilities": [{"remediations": '
                  '[{"category": 7}]}]}', "category"),
    "rows": (HEAD + JAN * 20001, "more than 20000 releases"),
    "bytes": (HEAD + "#" + "x" * (16 << 20), "16777216"),
}


class Test:
    def __init__(self, scratch):
        self.scratch = scratch
        self.count = self.failed = 0

    def point(self, name, ok, why=""):
        self.count += 1
        self.failed += not ok
        print("%sok %d - %s" % ("" if ok else "not ", self.count, name))
        for line in ("" if ok else str(why)).splitlines()[:30]:
            print("# " + line)

    def path(self, name):
        return os.path.join(self.scratch, name)

    def write(self, name, text):
        data = text if isinstance(text, bytes) else text.encode()
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(data)
        return self.path(name)

    def run(self, *args, at=AT):
        return subprocess.run([ROLLCALL, "catalogue", *args, "--at", at],
                              text=True, check=False,
                              stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def json(self, *args, at=AT):
        done = self.run("import", "--format", "json", *args, at=at)
        return json.loads(done.stdout)["import"]

    def sound(self, *files):
        return self.run("check", *files)

    # ------------------------------------------------------------ one list
    def forms(self):
        """The same release in each form makes the same facts."""
        forms = {
            "list.csv": HEAD + JAN,
            "page.md": TABLE + "|&nbsp;[Exchange Server SE RTM Jan27SU]"
            "(https://support.microsoft.com/help/5990001)|January 12, 2027|"
            "15.2.2562.91|\n",
            "list.json": json.dumps({"x": {
                "name": "Exchange Server SE RTM Jan27SU",
                "build": "15.02.2562.091", "release_date": "Jan 12, 2027",
                "urls": ["https://support.microsoft.com/kb/5990001"]}}),
            "utf16.csv": b"\xff\xfe" + (HEAD + JAN).encode("utf-16-le"),
        }
        for name, text in forms.items():
            got = self.run("import", self.write(name, text))
            want = ('id="se-rtm-jan27su" kind="SU" label="RTM Jan27SU" '
                    'revision="1"', 'build="15.2.2562.91"',
                    'date="2027-01-12"', 'kb="KB5990001"',
                    'confidence="low"')
            missing = [w for w in want if w not in got.stdout]
            self.point("a new release of " + name,
                       got.returncode == OK and not missing,
                       "%s %s" % (missing, got.stderr))
            self.point("only what is not Microsoft's is unofficial: " + name,
                       ("unofficial" in got.stdout) == (name == "list.json"))
        both = self.run("import", self.path("list.csv"), self.path("page.md"),
                        self.path("list.json"))
        self.point("three sources of one release",
                   both.stdout.count("<release") == 1 and
                   both.stdout.count("<source") == 3 and
                   "unofficial" not in both.stdout, both.stdout)
        overlay = self.write("both.xml", both.stdout)
        done = self.sound(overlay)
        self.point("and the linter has nothing against it",
                   done.returncode == OK, done.stdout + done.stderr)

    def replaced(self):
        """An overlay says what replaces a release, if that is newer."""
        add = ('<add product="SE" branch="RTM"><release id="se-x" kind="SU" '
               'label="RTM Aug26SUv2" revision="2" build="%s" '
               'date="2027-01-12" confidence="low" sources="B"/></add>')
        extend = ('<extend release="se-rtm-aug26su"><replace force="%s" '
                  'reason="recalled" %s sources="B">t</replace></extend>')
        for name, text, fine in (
                ("by a newer one", add % "15.2.2562.91" + extend % (
                    "advised", 'by="se-x"'), True),
                ("by nothing", extend % ("required", ""), False),
                ("by one of the catalogue", extend % (
                    "required", 'by="se-rtm-jul26su"'), False)):
            path = self.write("replace.xml", '<overlay xmlns="urn:rollcall:'
                              'catalogue:1" name="r" issued="2027-01-20">'
                              '<source id="B" title="t" where="w"/>%s'
                              '</overlay>' % text)
            done = self.run("list", "--overlay", path)
            self.point("replaced " + name, (done.returncode == OK) == fine and
                       (fine or "newer release of its branch" in
                        done.stderr), done.stderr)

    def disagree(self):
        a = self.write("a.csv", HEAD + JAN)
        b = self.write("b.csv", HEAD + JAN.replace("5990001", "5990009"))
        got = self.run("import", a, b)
        self.point("where two sources of a new release disagree, neither is "
                   "believed", " kb=" not in got.stdout and
                   "se-rtm-jan27su" in got.stdout and
                   "neither is taken" in got.stderr, got.stdout + got.stderr)

    # ---------------------------------------------------------- advisories
    def advisory(self):
        path = os.path.join(LISTS, "msrc.json")
        got = self.run("import", path)
        overlay = self.write("msrc.xml", got.stdout)
        self.point("an advisory tells a build, a KB and a CVE",
                   'build="15.2.1748.91"' in got.stdout and
                   'kb="KB5990011"' in got.stdout and
                   got.stdout.count("CVE-2026-90001") == 2,
                   got.stdout + got.stderr)
        self.point("of which check has nothing to say",
                   self.sound(overlay).returncode == OK,
                   self.sound(overlay).stdout)
        shown = self.run("show", "--overlay", overlay, "se-rtm-aug26su")
        self.point("a known release has the CVE now",
                   "CVE-2026-90001" in shown.stdout, shown.stdout)
        asked = subprocess.run(
            [ROLLCALL, "which", "--format", "json", "--at", AT, "--overlay",
             overlay, "15.2.2562.46 CVE-2026-90001"], text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout
        self.point("but that makes nobody safe", "CVE-2026-90001" in asked and
                   '"cured"' not in asked, asked)
        again = self.json("--overlay", overlay, path)
        self.point("to import it again is no news",
                   not again["taken"] and not again["told"], again)
        whole = self.path("whole.xml")
        self.run("import", "--merge", "--output", whole, path)
        with open(whole, encoding="utf-8") as f:
            text = f.read()
        with open(CATALOGUE, encoding="utf-8") as f:
            old = f.read()
        kept = set(text.splitlines())
        lost = [line for line in old.splitlines() if line not in kept]
        self.point("a whole catalogue has all lines of the old one but those "
                   "that changed", len(lost) <= 4 and
                   text.count("CVE-2026-90001") == 2, lost)
        self.point("and is sound", self.sound(whole).returncode == OK,
                   self.sound(whole).stdout)
        self.point("to merge it again changes no byte", self.run(
            "import", "--merge", "--catalogue", whole, path,
            at="2027-03-01").stdout == text)

    def odd_advisory(self):
        with open(os.path.join(LISTS, "msrc.json"), encoding="utf-8") as f:
            doc = json.load(f)
        odd = copy.deepcopy(doc)
        odd["vulnerabilities"][0]["cve"] = "CVE-2026-1 OR 1=1"
        got = self.json(self.write("odd.json", json.dumps(odd)))
        self.point("what is no CVE is not taken",
                   not any(x["fact"] == "cve" for x in got["taken"]), got)
        odd = copy.deepcopy(doc)
        for cure in odd["vulnerabilities"][0]["remediations"]:
            cure["product_ids"] = ["none", "5"]
        got = self.json(self.write("odd.json", json.dumps(odd)))
        self.point("ids that lead nowhere are nothing",
                   got["taken"] == got["told"] == [], got)
        for name, what in (
                ("a product that is none of Exchange's",
                 ("Microsoft Exchange Server", "Microsoft SharePoint Server")),
                ("what cures nothing", ("vendor_fix", "mitigation"))):
            got = self.json(self.write("odd.json",
                                       json.dumps(doc).replace(*what)))
            self.point(name + " is nothing",
                       got["taken"] == got["told"] == [], got)
        got = self.json(self.write("odd.json", json.dumps(doc).replace(
            "15.02.1748.091", "15.01.2507.091")))
        self.point("a build of another product is told, and not taken",
                   [x["fact"] for x in got["told"]] == ["release"] and
                   "another product" in got["told"][0]["why"] and
                   not any(x["fact"] == "release" for x in got["taken"]), got)

    def late_advisory(self):
        """A CVE may be told of after its cure: the day of the document is
        not that of the update then, which is nobody's contradiction."""
        with open(os.path.join(LISTS, "msrc.json"), encoding="utf-8") as f:
            text = f.read()
        late = text.replace("Cumulative Update 15", "Cumulative Update 9") \
            .replace("15.02.1748.091", "15.02.0858.010") \
            .replace("help/5990011", "help/5001779") \
            .replace("2026-11-10T08", "2021-07-13T07")
        got = self.json(self.write("late.json", late))
        self.point("of a known release",
                   sorted((x["fact"], x["release"]) for x in got["taken"]) ==
                   [("cve", "2019-cu9-apr21su"), ("cve", "se-rtm-aug26su")]
                   and not got["told"], got)
        late = self.write("late.json", text.replace("2026-11-10T08",
                                                    "2027-02-09T08"))
        rows = self.write("rows.csv", HEAD + "Exchange 2019 CU15 Nov26SU,"
                          "15.2.1748.91,11/10/2026,KB5990011,\n")
        for name, files in (("before", (late, rows)), ("after", (rows, late))):
            got = self.json(*files)
            self.point("of a new one that a list tells, %s it" % name, {
                (x["fact"], x["release"], x["theirs"])
                for x in got["taken"]} >= {
                    ("date", "2019-cu15-nov26su", "2026-11-10"),
                    ("cve", "2019-cu15-nov26su", "CVE-2026-90001")} and
                not got["told"], got)
        got = self.json(late)
        self.point("of a new one that nothing else tells, by its day",
                   "2019-cu15-feb27su" in
                   [x["release"] for x in got["taken"]], got)

    # --------------------------------------------------------- known-until
    def known_until(self):
        with open(CATALOGUE, encoding="utf-8") as f:
            text = f.read()
        rows = re.findall(
            r'<release id="([^"]+)" kind="(?:SU|HU|CU|RTM)" label="([^"]+)"'
            r'[^>]*?build="([^"]+)"[^>]*?date="(202[56]-\d\d-\d\d)"', text)
        names = {"2016": "2016", "2019": "2019", "se": "SE"}
        full = HEAD + JAN.replace("1/12/2027", "11/10/2026") \
            .replace("Jan27", "Nov26")
        for ident, label, build, date in rows:
            y, m, d = date.split("-")
            full += "Exchange %s %s,%s,%s/%s/%s,,\n" % (
                names[ident.split("-")[0]], label, build, m, d, y)
        got = self.run("import", self.write("full.csv", full))
        self.point("a list with all of the last year moves known-until",
                   'known-until="2026-11-10"' in got.stdout and
                   self.sound(self.write("k.xml", got.stdout))
                   .returncode == OK, got.stdout[:600] + got.stderr)
        merged = self.run("import", "--merge", self.path("full.csv"))
        self.point("that of a whole catalogue too",
                   'known-until="2026-11-10" expires=' in merged.stdout and
                   'issued="2027-02-15"' in merged.stdout,
                   merged.stdout[2000:2600])
        short = "".join(line + "\n" for line in full.splitlines()
                        if "Sep26SUv2" not in line)
        got = self.run("import", self.write("short.csv", short))
        self.point("one that lacks a release does not",
                   "known-until" not in got.stdout and
                   "nov26su" in got.stdout, got.stdout[:600])
        more = full + "Exchange SE CU2,15.2.2700.5,11/10/2026,KB5990004,\n"
        got = self.run("import", self.write("more.csv", more))
        self.point("nor does one of which something was not taken",
                   "known-until" not in got.stdout and
                   "begins a branch" in got.stderr, got.stderr)

    # ---------------------------------------------------------- new branches
    def new_branch(self):
        """The cumulative update that comes next, and what is of it."""
        rows = ["Exchange SE CU2,15.2.2800.7,2/9/2027,KB5990009,\n",
                "Exchange SE CU1 Jan27SU,15.2.2700.15,1/12/2027,KB5990007,\n",
                "Exchange SE CU1,15.2.2700.5,11/24/2026,KB5990004,\n", JAN]
        page = TABLE + "".join(
            "|[Exchange Server SE %s](https://support.microsoft.com/help/%s)|"
            "%s|%s|\n" % x for x in (
                ("CU2", "5990009", "February 9, 2027", "15.2.2800.7"),
                ("CU1 Jan27SU", "5990007", "January 12, 2027",
                 "15.2.2700.15"),
                ("CU1", "5990004", "November 24, 2026", "15.2.2700.5"),
                ("RTM Jan27SU", "5990001", "January 12, 2027",
                 "15.2.2562.91")))
        seen = []
        for name, text in (("cu.csv", HEAD + "".join(rows)),
                           ("uc.csv", HEAD + "".join(rows[::-1])),
                           ("cu.md", page)):
            path = self.write(name, text)
            got = self.run("import", path)
            overlay = self.write(name + ".xml", got.stdout)
            self.point("branches of %s begin" % name, got.returncode == OK and
                       " 0 told" in got.stderr and
                       got.stdout.count('begins="yes"') == 2 and
                       self.sound(overlay).returncode == OK,
                       got.stdout + got.stderr + self.sound(overlay).stdout)
            again = self.json("--overlay", overlay, path)
            self.point("and once only: " + name,
                       not again["taken"] and not again["told"], again)
            whole = self.path(name + ".whole.xml")
            done = self.run("import", "--merge", "-o", whole, path)
            with open(whole, encoding="utf-8") as f:
                text = f.read()
            self.point("in a whole catalogue, too: " + name,
                       done.returncode == OK and
                       self.sound(whole).returncode == OK and re.search(
                           r'id="se-rtm-jan27su".*</branch>\s+<branch id="CU1'
                           r'">.*"se-cu1" kind="CU" label="CU1".*"se-cu1-'
                           r'jan27su".*</branch>\s+<branch id="CU2">.*"se-cu2"'
                           r'.*</branch>\s+</product>', text, re.S) and
                       self.run("import", "--merge", "--catalogue", whole,
                                path).stdout == text,
                       done.stderr + text[-3000:])
            seen.append([json.loads(self.run(
                "list", *how, "--format", "json").stdout)["releases"]
                for how in (["--overlay", overlay], ["--catalogue", whole])])
        facts = [sorted((r["id"], r["branch"], r["build"], r["date"], r["kb"])
                        for r in both if r["product"] == "SE" and
                        r["date"] > "2026-11-23")
                 for pair in seen for both in pair]
        self.point("which is the same however it came",
                   len(facts[0]) == 4 and all(f == facts[0] for f in facts),
                   facts)

    def no_branch(self):
        """What is not clear is told."""
        begin = "Exchange SE CU1,15.2.2700.5,11/24/2026,KB5990004,\n"
        su = "Exchange SE CU1 Jan27SU,15.2.2700.15,1/12/2027,KB5990007,\n"
        for name, text, why in (
                ("one is left out", begin.replace("CU1", "CU2"),
                 "by hand"),
                ("no day", begin.replace("11/24/2026", "Nov 2026"),
                 "by hand"),
                ("an older product", begin.replace("SE CU1", "2019 CU16")
                 .replace("2700", "2000"), "by hand"),
                ("a build of another product", begin.replace(
                    "15.2.2700.5", "15.2.2000.5"), "another product"),
                ("a build below that of an update", begin.replace(
                    "15.2.2700.5", "15.2.2562.18"), "by hand"),
                ("a build cut short", begin.replace("2700.5", "2700"), ""),
                ("to come", begin.replace("2026", "2027"), "not come yet"),
                ("its updates alone", su, "no such branch"),
                ("older than what there was before it",
                 begin.replace("11/24/2026", "1/24/2024") + su,
                 "date-order"),
                ("two days of it", begin + begin.replace("/24/", "/25/") + su,
                 "the day on which its branch begins is not known"),
                ("its build is that of an update", begin + su.replace(
                    "2700.15", "2700.5") + su.replace("Jan27", "Feb27"),
                 "")):
            got = self.run("import", self.write("no.csv", HEAD + text))
            fine = name.startswith("its build")
            self.point("no branch begins: " + name, got.returncode == OK and
                       ("begins=" in got.stdout) == fine and
                       ("se-cu1-jan27su" in got.stdout) is False and
                       why in got.stderr, got.stdout + got.stderr)
        first = su.replace("2700.15", "2700.5") + begin
        got = self.run("import", self.write("no.csv", HEAD + first))
        self.point("no branch begins: an update has its build first",
                   got.returncode == OK and "<release" not in got.stdout and
                   "does not begin" in got.stderr, got.stdout + got.stderr)
        text = json.dumps({"x": {"name": "Exchange Server SE CU1", "build":
                                 "15.2.2700.5", "release_date":
                                 "Nov 24, 2026", "urls": []}})
        got = self.run("import", self.write("no.json", text))
        self.point("no branch begins: not of Microsoft", got.returncode == OK
                   and "<release" not in got.stdout, got.stdout + got.stderr)
        a = self.write("a.csv", HEAD + begin)
        b = self.write("b.csv", HEAD + begin.replace("2700.5", "2700.6"))
        got = self.run("import", a, b)
        self.point("two builds of one: the second is told",
                   got.stdout.count("<release") == 1 and
                   "15.2.2700.6" in got.stderr, got.stdout + got.stderr)

    # --------------------------------------------------------------- hostile
    def damaged(self):
        for name, (text, why) in DAMAGED.items():
            path = self.write("damaged/" + name, text)
            out = self.path("damaged.xml")
            done = self.run("import", "--output", out, path)
            self.point("damaged: " + name, done.returncode == BAD and
                       why in done.stderr and not os.path.exists(out),
                       "%d %s" % (done.returncode, done.stderr[:400]))
        shutil.rmtree(self.path("damaged"))

    def escaped(self):
        """Names from outside in XML and on a terminal."""
        row = 'Exchange <SE> & "RTM" Jan27SU \x1b[31m \u202e,' \
            "15.2.2562.91,1/12/2027,KB5990001,\n"
        path = self.write('a "b" <c>&.csv', HEAD + row)
        done = self.run("import", path)
        self.point("names are escaped", done.returncode == OK and
                   "<c>" not in done.stdout and "\x1b" not in done.stderr and
                   "\u202e" not in done.stderr, done.stderr)
        self.point("into XML that check takes", self.sound(self.write(
            "e.xml", done.stdout)).returncode == OK, done.stdout)

    def places(self):
        folder = self.path("folder")
        os.makedirs(folder)
        self.write("folder/list.csv", HEAD + JAN)
        self.write("folder/readme.txt", "hello\n")
        done = self.run("import", folder)
        self.point("a folder: what is no source is told and passed over",
                   done.returncode == OK and "readme.txt: passed over" in
                   done.stderr and "jan27su" in done.stdout, done.stderr)
        self.write("folder/cut.json", '{"a":')
        done = self.run("import", folder)
        self.point("what is damaged ends it", done.returncode == BAD and
                   done.stdout == "", done.stderr)
        for args, code, why in (
                (["gone.csv"], NO_INPUT, "gone.csv"),
                (["http://127.0.0.1:1/x"], UNAVAILABLE, ""),
                (["https://127.0.0.1:1/x"], UNAVAILABLE, ""),
                (["--name", "a b", os.path.join(LISTS, "builds.csv")], USAGE,
                 "--name"),
                (["--merge", "--overlay", self.path("both.xml"),
                  os.path.join(LISTS, "builds.csv")], USAGE, "--merge"),
                ([], USAGE, "")):
            done = self.run("import", *args)
            self.point("refused: " + " ".join(os.path.basename(a)
                                              for a in args),
                       done.returncode == code and why in done.stderr and
                       done.stdout == "", "%d %s" % (done.returncode,
                                                     done.stderr))

    # -------------------------------------------- what an import is good for
    def patch_codes(self):
        """Installed updates are named by the code that an overlay has."""
        code = "{A0000142-5A5A-4A5A-8A5A-000000000142}"
        overlay = self.write("code.xml", """<?xml version="1.0"?>
<overlay xmlns="urn:rollcall:catalogue:1" name="codes" issued="2012-12-15">
  <source id="SITE" title="Codes" where="codes"/>
  <extend release="2010-sp2-ru4-v2">
    <patch code="%s" sources="SITE"/>
  </extend>
</overlay>
""" % code)
        original = "Update Rollup 4 for Exchange Server 2010 Service Pack " \
            "2 (KB2706690) 14.2.318.2"
        for name, title, want in (
                ("alone", "Some update", ("2010-sp2-ru4-v2", "probable")),
                ("without words", "x", ("2010-sp2-ru4-v2", "probable")),
                ("that others contradict", original, (None, "conflict"))):
            text = self.write("volume.txt", "# Synthetic.\n"
                              "windows 2008r2 EXCH01 fixed\n"
                              "exchange 2010 base 14.2.247.5\n"
                              "exsetup 14.2.318.4\n"
                              'patch "%s" code %s installed 20121012\n' % (
                                  title, code))
            volume = self.path("volume/c")
            shutil.rmtree(self.path("volume"), ignore_errors=True)
            os.makedirs(self.path("volume"))
            mkvolume.build_one(text, volume)
            answers, said = [], ""
            for more in ([], ["--overlay", overlay]):
                done = subprocess.run(
                    [ROLLCALL, "scan", "--at", "2012-10-20", "--format",
                     "json", *more, volume], text=True, check=False,
                    stdout=subprocess.PIPE, stderr=subprocess.PIPE)
                host = json.loads(done.stdout)["hosts"][0]
                said = "\n".join(f["detail"] for f in host["findings"]
                                 if f["code"] == "evidence.conflict")
                x = host["exchange"][0]
                answers.append((x["release"] and x["release"]["id"],
                                x["answers"]["installed"]["answer"]))
            self.point("a patch code " + name, answers[1] == want and
                       answers[0][0] is None, answers)
            # Who names what lies is said, and who the facts believe.
            self.point("what it says of the words beside it, %s" % name,
                       (original in said and "its patch code is that of "
                        "Exchange 2010 SP2 Update Rollup 4-v2 (KB2756485)" in
                        said and "newest applied update is 14.2.318.4 = "
                        "Update Rollup 4-v2" in said) ==
                       (want[1] == "conflict"), said)
        shown = self.run("show", "--overlay", overlay, "2010-sp2-ru4-v2")
        self.point("show tells where it is from",
                   code + " [SITE]" in shown.stdout, shown.stdout)

    def difference(self):
        """What a newer catalogue changes, for saved results too."""
        volume = os.path.join(os.environ["ROLLCALL_VOLUMES"], "se-oct26su",
                              "c")
        saved = self.path("saved")
        os.makedirs(saved)
        for name in ("one.json", "two.json"):
            subprocess.run([ROLLCALL, "scan", "--no-packages", "--format",
                            "json", "--output", os.path.join(saved, name),
                            volume], check=False, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
        with open(CATALOGUE, encoding="utf-8") as f:
            text = f.read()
        old = re.sub(r'\n *<release id="se-rtm-jul26su".*?(?=\n *<release )',
                     "", text, flags=re.S).replace(
                         'kb="KB5121573"', 'kb="KB5121572"')
        done = self.run("diff", self.write("old.xml", old), CATALOGUE,
                        at="2026-11-30")
        self.point("a release that was added, and one that changed",
                   done.returncode == OK and re.search(
                       r"^added +\S.*se-rtm-jul26su", done.stdout, re.M) and
                   "KB5121572 -> KB5121573" in done.stdout,
                   done.stdout + done.stderr)
        back = json.loads(self.run("diff", "--format", "json", CATALOGUE,
                                   self.path("old.xml"),
                                   at="2026-11-30").stdout)
        self.point("and one that was withdrawn",
                   [x["release"] for x in back["diff"]["withdrawn"]] ==
                   ["se-rtm-jul26su"] and back["results"] is None, back)
        same = self.run("diff", "--results", saved, CATALOGUE, CATALOGUE,
                        at="2026-11-30")
        self.point("where nothing changes", "no release differs" in
                   same.stdout and "2 servers judged by both: nothing "
                   "changes" in same.stdout, same.stdout + same.stderr)
        jan = self.run("import", "--merge", "--output", self.path("jan.xml"),
                       self.write("jan.csv", HEAD + JAN))
        new = json.loads(self.run(
            "diff", "--results", saved, "--format", "json", CATALOGUE,
            self.path("jan.xml")).stdout)
        self.point("servers whose verdict changes are counted and named",
                   new["results"]["servers"] == 2 and
                   [x["count"] for x in new["results"]["changes"]] == [2] and
                   "UPDATES MISSING" in new["results"]["changes"][0]["to"],
                   "%s %s" % (new["results"], jan.stderr))
        self.write("saved/broken.json", '{"schema": "rollcall-result-2"}')
        done = self.run("diff", "--results", saved, CATALOGUE, CATALOGUE)
        self.point("what cannot be judged is told", done.returncode == BAD and
                   "broken.json" in done.stderr and
                   "1 could not be" in done.stdout, done.stdout)

    def status(self):
        """What is in use, how old it is, and what comes next."""
        def ask(at, **more):
            env = {k: v for k, v in os.environ.items()
                   if not k.startswith("ROLLCALL_CATALOGUE")}
            env.update(more, ROLLCALL_CATALOGUE_DIR=self.path("kept"))
            done = subprocess.run(
                [ROLLCALL, "catalogue", "status", "--format", "json",
                 "--at", at], text=True, check=False, env=env,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            return done.returncode, json.loads(done.stdout)["status"]
        conf = self.write("conf/catalogue.conf",
                          "url = https://user:secret@example.com/x.xml\n"
                          "key = %s\n" % mkminisign.Key().public())
        os.chmod(self.path("conf"), 0o755)
        os.chmod(conf, 0o644)
        known = re.search(r'known-until="([^"]+)"',
                          open(CATALOGUE, encoding="utf-8").read()).group(1)
        code, got = ask(known)
        self.point("a fresh one asks for nothing", code == OK and
                   got["age"] == "fresh" and got["next"] is None and
                   got["in_use"] == "built-in", got)
        code, got = ask("2027-06-01")
        self.point("a stale one without a source", code == 1 and
                   got["age"] == "stale" and got["next"].endswith(
                       "--from URL|PATH --key FILE|KEY"), got)
        code, got = ask("2027-06-01", ROLLCALL_CATALOGUE_CONF=conf)
        self.point("and with one: the exact command, and no credentials",
                   code == 1 and got["next"] == "rollcall catalogue update"
                   and got["key"] is True and "secret" not in got["url"] and
                   "example.com" in got["url"], got)
        code, got = ask(got["stale_from"])
        self.point("it is stale from the day that it says", code == 1 and
                   got["age"] == "stale", got)
        text = subprocess.run(
            [ROLLCALL, "scan", "--at", "2027-06-01", os.path.join(
                os.environ["ROLLCALL_VOLUMES"], "se-oct26su", "c")],
            text=True, check=False, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE).stdout
        self.point("scan names the command",
                   "rollcall catalogue update" in " ".join(text.split()),
                   text)

    # ------------------------------------------------------------ real lists
    def real_differences(self):
        with open(os.path.join(LISTS, "real.tsv"), encoding="utf-8") as f:
            want = sorted(tuple(line.rstrip("\n").split("\t")[:6])
                          for line in f if line[0] != "#")
        got = []
        for short, name in (("csv", "ExchangeBuildNumbers.csv"),
                            ("page", "build-numbers-and-release-dates.md"),
                            ("json", "ms-exchange-unique-versions-dict.json")):
            found = self.json(os.path.join(REAL, "lists", name),
                              at="2026-11-30")
            self.point("nothing of %s is new" % name, not found["taken"],
                       found["taken"])
            for x in found["told"]:
                build = re.search(r"\(([\d.]+)\)$", x["theirs"])
                got.append((short, x["fact"], x["release"] or "-",
                            build.group(1) if build else
                            x["theirs"] if x["fact"] != "name" else "-",
                            (x["ours"] or "-") if x["fact"] != "name"
                            else "-", "known" if x["known"] else "new"))
        got.sort()
        odd = ["- " + "\t".join(x) for x in want if x not in got] + \
            ["+ " + "\t".join(x) for x in got if x not in want]
        self.point("each of %d differences is as expected" % len(want),
                   not odd and len(got) == len(want), "\n".join(odd))

    def real_growth(self):
        """A catalogue of before July 2026 learns all of it."""
        with open(CATALOGUE, encoding="utf-8") as f:
            text = f.read()
        late = r'<release id="(\S+-(?:jul|aug)26su)"'
        ids = re.findall(late, text)
        old = re.sub(r'\n *' + late + r'[^>]*(?:/>|[^/]>.*?</release>)', "",
                     text, flags=re.S)
        # What came later still would stand before what is known until then.
        path = self.write("old.xml", old)
        self.point("a catalogue without %d releases" % len(ids),
                   len(ids) > 7 and not re.findall(late, old))
        done = self.run("import", "--catalogue", path, "--quiet",
                        os.path.join(REAL, "lists",
                                     "ExchangeBuildNumbers.csv"),
                        at="2026-11-30")

        def facts(xml):
            found = {}
            for tag in re.findall(r"<release [^>]*>", xml):
                at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
                if re.match(late, '<release id="%s"' % at["id"]):
                    found[at["id"]] = [at.get(k) for k in (
                        "kind", "label", "revision", "build", "long", "date",
                        "kb", "program")]
            return found
        want, got = facts(text), facts(done.stdout)
        odd = ["%s: %s, not %s" % (k, got.get(k), want[k]) for k in want
               if got.get(k) != want[k]]
        self.point("has them again by Microsoft's list", not odd and
                   len(want) == len(got), "\n".join(odd) + done.stderr)


def main():
    scratch = tempfile.mkdtemp()
    try:
        test = Test(scratch)
        for check in sampled((
                test.forms, test.disagree, test.replaced, test.advisory,
                test.odd_advisory, test.late_advisory, test.known_until,
                test.new_branch, test.no_branch, test.damaged, test.escaped,
                test.places, test.patch_codes, test.difference,
                test.status), lambda check: check.__name__):
            check()
        if REAL:
            test.real_differences()
            test.real_growth()
        else:
            test.count += 1
            print("ok %d # SKIP no ROLLCALL_REAL" % test.count)
        print("1..%d" % test.count)
    finally:
        shutil.rmtree(scratch)
    return test.failed != 0


if __name__ == "__main__":
    sys.exit(main())
