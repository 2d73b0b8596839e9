#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Nothing was lost or changed on the way from the tables of facts into
data/exchange.xml.

The tables are those of tests/facts. This test reads the XML with Python's own
parser and finds the release of each row by what the row says, not by how ids
are made.
"""
import os
import re
import sys
import xml.etree.ElementTree as ET

NS = "{urn:rollcall:catalogue:1}"


def table(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        lines = f.read().split("\n")
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t"))) for line in lines[1:] if line]


class Release:
    """An element with its branch and product, asked like a row."""

    def __init__(self, product, branch, element):
        self.product, self.branch, self.e = product, branch, element

    def get(self, name):
        return self.e.get(name, "")

    def words(self, name):
        return set(self.get(name).split())

    def all(self, name):
        return self.e.findall(NS + name)

    def everything(self):
        """All attributes and text of the element and inside it."""
        parts = []
        for e in self.e.iter():
            parts += list(e.attrib.values()) + [e.text or "", e.tail or ""]
        return " ".join(" ".join(parts).split())

    def disputed(self, fact):
        return {(d.get("value"), s) for d in self.all("disputed")
                if d.get("fact") == fact for s in d.get("sources").split()}


def releases(root):
    for p in root.iter(NS + "product"):
        for b in p.iter(NS + "branch"):
            for e in b.iter(NS + "release"):
                yield Release(p, b, e)


def kb_words(text):
    return " ".join(text.split(","))


def package_names(row):
    return [p.split(" (in ")[0] for p in row["package"].split(";") if p]


def finder(all_releases):
    """A function from rows to releases: by build where there is one, else by
    product, branch, KB, revision and day."""
    by_build = {r.get("build"): r for r in all_releases if r.get("build")}

    def find(row):
        if row["build_short"]:
            return by_build.get(row["build_short"])
        found = [r for r in all_releases if not r.get("build")
                 and r.product.get("id") == row["product"]
                 and row["branch"] in (r.branch.get("id"),
                                       r.branch.get("also"))
                 and r.get("kb") == kb_words(row["kb"])
                 and r.get("revision") == row["revision"]
                 and r.get("date") == row["release_date"]]
        return found[0] if len(found) == 1 else None
    return find


class Check:
    """TAP: one line a group of complaints."""

    def __init__(self):
        self.count, self.bad, self.complaints = 0, False, []

    def equal(self, where, what, got, want):
        if got != want:
            self.complaints.append(f"{where}: {what}: {got!r} for {want!r}")

    def true(self, where, what, ok):
        self.equal(where, what, bool(ok), True)

    def end(self, name):
        self.count += 1
        for c in self.complaints:
            print("#", c)
        self.bad |= bool(self.complaints)
        print("not ok" if self.complaints else "ok", self.count, "-", name)
        self.complaints = []


# Each gets a Check, a row, and its release.

def plain_facts(c, row, r):
    where = r.get("id")
    for column, attribute in [
            ("kind", "kind"), ("revision", "revision"),
            ("build_short", "build"), ("build_long", "long"),
            ("release_date", "date"), ("bulletin", "bulletin"),
            ("confidence", "confidence")]:
        c.equal(where, column, r.get(attribute), row[column])
    c.equal(where, "kb", r.get("kb"), kb_words(row["kb"]))
    c.equal(where, "product", r.product.get("id"), row["product"])
    c.true(where, "branch", row["branch"] in (r.branch.get("id"),
                                              r.branch.get("also")))
    c.equal(where, "product's end", r.product.get("support-end", ""),
            row["product_eos"])
    # The table gives a cumulative update the end of its product.
    if row["product"] < "2013" or r.branch.get("support-confidence") is None:
        c.true(where, "branch's end", row["branch_eos"] in (
            r.branch.get("support-end", ""),
            r.product.get("support-end")))
    else:
        c.true(where, "branch's end", r.branch.get("support-end") <=
               row["branch_eos"] and r.branch.get("support-sources"))
    cves = r.e.find(NS + "cves")
    c.equal(where, "cves", (cves.text if cves is not None else "").split(),
            [x for x in row["cves"].split(" (")[0].split(",") if x])


def names(c, row, r):
    """A label is the row's but for how revisions and odd rows are told."""
    label = row["label"]
    for words in (" (recalled)", "Unidentified build seen in OWA, ",
                  ", pulled)"):
        label = label.replace(words, "")
    c.true(r.get("id"), "label " + row["label"], label in r.get("label"))
    if row["revision"] in ("2", "3"):
        c.true(r.get("id"), "revision in the label",
               r.get("label").endswith("v" + row["revision"]))


def sources(c, row, r):
    where = r.get("id")
    want = row["sources"].split(";")
    c.equal(where, "sources", r.get("sources").split(),
            [s for s in want if s != "MSDOC*"])
    if "MSDOC*" in want:      # has the row with another build
        c.true(where, "MSDOC's build",
               any(s == "MSDOC" for _, s in r.disputed("build")))
    c.equal(where, "kb-sources", r.get("kb-sources").split(),
            [s for s in row["kb_sources"].split(";") if s])
    # How many there are, by the rule of the table.
    counted = set(want) - {"MSDOC*"}
    if len(counted) > 1:
        counted.discard("OWA")
    if {"MSDOC", "MSLEARN26"} <= counted:
        counted.discard("MSLEARN26")
    c.equal(where, "n_sources", len(counted), int(row["n_sources"]))


def packages(c, row, r):
    where = r.get("id")
    seen = {p.get("name"): p for p in r.all("package")}
    for name in package_names(row):
        c.true(where, name, name in seen)
        if name in seen:
            c.equal(where, name, seen[name].get("evidence"),
                    row["package_evidence"])
    download = r.e.find(NS + "download")
    got = []
    if download is not None:
        if download.get("family"):
            got.append("familyid=" + download.get("family"))
        if download.get("id"):
            got.append("id=" + download.get("id"))
    c.equal(where, "download", ";".join(got), row["download_id"])


def replaced(c, row, r, by_id):
    where = r.get("id")
    want = set(re.findall(r"KB\d+", row["supersedes"]))
    c.equal(where, "supersedes",
            {s.get("kb") for s in r.all("supersedes")}, want)
    for kb, per in re.findall(r"(KB\d+) \(per (MS\d\d-\d\d\d)\)",
                              row["supersedes"]):
        c.true(where, f"{kb} per {per}",
               any(s.get("kb") == kb and s.get("per") == per
                   for s in r.all("supersedes")))
    replace = r.e.find(NS + "replace")
    c.equal(where, "is replaced", replace is not None,
            row["superseded_by"] != "")
    if replace is not None:
        by = by_id[replace.get("by")]
        m = re.search(r"rev (\d) \((KB\d+)\)", row["superseded_by"])
        c.equal(where, "replaced by", (by.get("revision"), by.get("kb")),
                m.groups())
        c.equal(where, "branch of " + by.get("id"), by.branch, r.branch)


def advisory(c, row, r):
    state = {"affected-by": "affected", "cures": "re-signed",
             "perhaps-affected-by": "unknown"}
    got = [state[a] for a in state if r.get(a) == "2749655"]
    c.equal(r.get("id"), "2749655", got or ["no"], [row["sa2749655"]])


def dates(c, row, r):
    where = r.get("id")
    disputed = r.disputed("date")
    for pair in filter(None, row["other_dates"].split(";")):
        source, value = pair.split("=")
        c.true(where, pair, (value, source) in disputed)
    if row["docs_date"]:
        says_so = r.words("date-sources") & {"MSDOC", "MSLEARN26"}
        c.true(where, "docs_date " + row["docs_date"],
               says_so if row["docs_date"] == row["release_date"]
               else (row["docs_date"], "MSDOC") in disputed)
    else:
        c.equal(where, "docs_date", r.get("date-sources"), "")


def disagreements(c, row, r):
    """Every number and day that a disagreement names is still there."""
    where, text = r.get("id"), r.everything()
    if row["docs_build"]:
        c.true(where, "docs_build",
               (row["docs_build"], "MSDOC") in r.disputed("build"))
    for word in re.findall(r"KB\d+|\d+(?:\.\d+){3}|\d{4}-\d\d-\d\d",
                           row["disagreement"]):
        short = re.sub(r"(?<=\.)0+(?=\d)", "", word)
        c.true(where, word, word in text or short in text)
    for word in ("unresolved", "low certainty", "both possible",
                 "uncertain"):
        if word in row["disagreement"]:
            c.true(where, word, any(d.get("unresolved") == "yes"
                                    for d in r.all("disputed")))
    for page in filter(None, row["source_refs"].split(";")):
        c.true(where, page, page in [p.text for p in r.all("ref")])


def package_digests(c, root, rows):
    packages = {}
    for e in list(root.iter(NS + "package")) + list(
            root.iter(NS + "other-package")):
        packages.setdefault(e.get("name").lower(), []).append(e)
    for row in rows:
        found = packages.get(row["file_name"].lower(), [])
        c.true(row["file_name"], "package", found)
        for e in found:
            got = {(d.get("algorithm"), d.get("hex"))
                   for d in e.findall(NS + "digest")}
            if row["digest"]:
                name = row["algorithm"].lower().replace("-", "")
                c.true(row["file_name"], name, (name, row["digest"]) in got)
                c.equal(row["file_name"], "size", e.get("size"), row["size"])
            else:
                c.equal(row["file_name"], "none public", e.get("digests"),
                        "none-public")


def file_digests(c, root, rows):
    want = {(r["exchange_build"], r["path_under_install_dir"], r["digest"])
            for r in rows}
    got = {(s.get("build"), f.get("path"), f.get("sha256"))
           for s in root.iter(NS + "files") for f in s}
    for row in want - got:
        c.true(row, "is in the XML", False)
    return want, got


def media_digests(c, root, rows, want, got):
    """Those of the media lie where setup puts them; no other is there."""
    for row in rows:
        name = row["path_in_media"].rsplit("/", 1)[1]
        found = [f for b, f, d in got if b == row["exchange_build"] and
                 f.lower().endswith("\\" + name) and d == row["sha256"]]
        c.true(row["exchange_build"], name, found)
    digests = {r["sha256"] for r in rows}
    for row in got - want:
        c.true(row, "is in a table", row[2] in digests)


def autumn(c, rows, by_id):
    for row in rows:
        r = by_id.get(row["proposed_id"])
        c.true(row["proposed_id"], "is there", r)
        if r is None:
            continue
        where = r.get("id")
        for column, attribute in [("build", "build"), ("long", "long"),
                                  ("kb", "kb"), ("date", "date"),
                                  ("kind", "kind"),
                                  ("revision", "revision")]:
            c.equal(where, column, r.get(attribute), row[column])
        c.equal(where, "confidence", r.get("confidence"),
                row["confidence"].split(" ")[0])
        want = {x for x, no in re.findall(
            r"(CVE-\d+-\d+)( \(not 2016\))?", row["cves"]) if not no}
        cves = r.e.find(NS + "cves").text.split()
        if row["cves"].startswith("as Sep26SU"):
            first = by_id[where.replace("-v2", "")]
            want |= set(first.e.find(NS + "cves").text.split())
        c.equal(where, "cves", set(cves), want)
        replace = r.e.find(NS + "replace")
        c.equal(where, "must be replaced", replace is not None and
                replace.get("force") == "required" and
                replace.get("by") == where + "-v2",
                row["relation"].startswith("replace: required"))
        c.equal(where, "supersedes", [s.get("release") for s in
                                      r.all("supersedes")],
                [where.replace("-v2", "")] if
                row["relation"].startswith("supersedes") else [])


# Where a better reason is known: release, force, what comes of it.
REASONS = [
    ("Aug23SU v1", ["2016-cu23-aug23su", "2019-cu12-aug23su",
                    "2019-cu13-aug23su"], "conditional",
     "windows-not-english", "required", "keep"),
    ("Nov24SU v1", ["2016-cu23-nov24su", "2019-cu13-nov24su",
                    "2019-cu14-nov24su"], "conditional", "transport-rules",
     "required", "advised"),
    ("Sep26SU v1", ["2016-cu23-sep26su", "2019-cu14-sep26su",
                    "2019-cu15-sep26su", "se-rtm-sep26su"], "required",
     None, None, None),
    ("2010 SP1 RU4 v1", ["2010-sp1-ru4"], "conditional", "no-interim",
     "required", "keep"),
    ("2010 SP3 RU8 v1", ["2010-sp3-ru8"], "required", None, None, None),
]


def reasons(c, rows, by_id):
    for name, ids, force, condition, then, otherwise in REASONS:
        row = [r for r in rows if r["release"].startswith(name)]
        c.equal(name, "rows", len(row), 1)
        c.true(name, force, row[0]["better_force"].startswith(force) or
               condition == "no-interim")
        for i in ids:
            e = by_id[i].e.find(NS + "replace")
            c.equal(i, "replace", (e.get("force"), e.get("condition"),
                                   e.get("then"), e.get("otherwise")),
                    (force, condition, then, otherwise))
            for kb in re.findall(r"KB\d+", row[0]["better_force"] +
                                 row[0]["better_reason"]):
                c.true(i, kb, kb in " ".join(by_id[i].everything().split()))


def known_issues(c, root, rows):
    issues = {e.get("id"): e for e in root.iter(NS + "known-issue")}
    c.equal("known issues", "ids", set(issues), {r["issue"] for r in rows})
    for row in rows:
        e = issues[row["issue"]]
        pairs = {(b.get("from"), b.get("cured-by", "none"))
                 for b in e.findall(NS + "builds")}
        first = row["first_bad_build"].replace("000.000", "0.0")
        if re.fullmatch(r"[\d.]+", first):
            c.true(row["issue"], first, (first, row["fixed_in"]) in pairs)
        c.equal(row["issue"], "articles", e.get("kb", ""), row["article"])


def more_digests(c, root, rows):
    """A file of which only the name is known has no place in the XML."""
    digests = {d.get("hex") for p in root.iter(NS + "package")
               for d in p.findall(NS + "digest")}
    for row in rows:
        if row["digest"] and "korwbrkr" not in row["file_name"]:
            c.true(row["file_name"], row["digest"], row["digest"] in digests)


# ------------------------------------------------- what an installation takes

FIFTEEN = ("2013", "2016", "2019", "SE")
BLOCKS = {"setup": "setup", "RU setup": "setup", "supportability": "support",
          "no": "nothing", "-": "nothing", "1603/1635": "installer",
          "msiexec 1642": "installer"}
# Where a row is about several things, or about what is to come.
BLOCKS_OF = {"restart-other": "nothing",    # "SetupAssist only"
             "coexist-se-cu2": "nothing",   # of a CU that is not out
             "net-2022-up": "setup"}        # "4.8 minimal"
# What of a row another row, or what is out, takes away.
NARROWER = {"win2016-lsa": "it goes on Windows Server 2016 from CU3 on",
            "win-2019-cu12": "from CU14 on win-2025 says more"}
CHECKS = {".NET": "dotnet", ".NET Framework": "dotnet", "Windows": "windows",
          "Visual C++ 2012 x64": "program", "Visual C++ 2013 x64": "program",
          "Visual C++ 2012": "program", "UCMA 4.0": "value",
          "IIS URL Rewrite": "value", "unfinished setup": "setup",
          "services": "services", "MSI cache": "cache",
          "KB3206632 or build > 14393.576": "patched",
          "in-place from": "way", "upgrade inside a product": "way",
          "base": "base", "interim updates": "interim",
          "roles, prerequisites": "told", "none new until a later CU": "told"}
CHECKS_OF = {"renames": "renames", "servicing": "servicing",
             "restart-other": "restart", "net-2010-sp3": "value",
             "coexist-2016": "unseen", "coexist-2013": "unseen",
             "coexist-se-cu2": "told"}
# The letters of the table, and what the catalogue calls its pages.
SOURCES = {"D": {"MATRIX", "PREREQ", "READINESS", "MSFAQ"}, "P": {"PREREQ"},
           "H": {"ASSIST", "OSINFO"}, "I": {"IEX15"}, "U": {"SEUPGRADE"},
           "JP2": {"PLAN"}, "JP3": {"H1CU25"}, "rule": {"READINESS"},
           "eightwone": {"8W"}, "neilhobson": {"RUNOTES"},
           "general knowledge": {"NOTES"}}
# Requirements that no row has; each has sources of its own.
OTHERS = {"renames-update", "servicing-update", "msi-cache-ru", "directory",
          "installer", "installer-service",
          "pack-language", "pack-um-2013", "pack-um-2016", "pack-um-2010",
          "pack-asdat", "pack-asdat-2010", "pack-speech",
          "pack-speech-platform", "policy", "policy-update", "policy-2010",
          "space-exchange", "space-windows"}
VERSIONS = re.compile(r"\b4\.\d(?:\.\d)?(?:\+fix)?")


class Branches:
    """Branches of the catalogue, in their order, and spans of them."""

    def __init__(self, root):
        self.ids, self.also = {}, {}
        for p in root.iter(NS + "product"):
            self.ids[p.get("id")] = [b.get("id")
                                     for b in p.iter(NS + "branch")]
            for b in p.iter(NS + "branch"):
                if b.get("also"):
                    self.also[p.get("id"), b.get("also")] = b.get("id")

    def span(self, product, first="", last=None):
        """{(product, branch)}; LAST "" is the newest, None is FIRST."""
        ids = self.ids[product]
        first = self.also.get((product, first), first)
        low = ids.index(first) if first else 0
        high = len(ids) - 1 if last == "" or not first else \
            ids.index(last or first)
        return {(product, b) for b in ids[low:high + 1]}

    def of(self, e):
        """Those that a requirement is about."""
        out = set()
        for scope in e.get("of").split():
            product, _, text = scope.partition(":")
            first, dash, last = text.partition("-")
            out |= self.span(product, first, last if dash else None)
        return out

    def row(self, row):
        """Those that a row of the table is about."""
        product = row["product"].split("(")[0].split("->")[-1]
        product = product.replace("in the organization", "").strip()
        target = row["target"].split(" on Windows")[0]
        target = re.sub(r"\(\w+\)", "", target)
        if product in ("2013+", "2013..SE"):
            return set().union(*(self.span(p) for p in FIFTEEN))
        out, last, named = set(), None, False
        for word in product.split(", "):
            m = re.fullmatch(r"(?:(20\d\d|SE) ?)?(?:(RTM|SP\d|CU\d+)(\+)?)?",
                             word)
            last, named = m.group(1) or last, named or bool(m.group(2))
            if m.group(2) and m.group(2) not in self.ids[last]:
                out |= self.span(last)      # of a branch that is not out
            else:
                out |= self.span(last, m.group(2) or "",
                                 "" if m.group(3) else None)
        if named or not re.match(r"(RTM|SP\d|CU\d)", target):
            return out
        return self.targets({p for p, _ in out}, target)

    def targets(self, products, target):
        out = set()
        for word in target.split(", "):
            first, dots, last = word.partition("..")
            # "CU14, CU15, RTM" of 2019 and SE: each has its own.
            for p in products:
                if len(products) > 1 and (first == "RTM") != (p == "SE"):
                    continue
                out |= self.span(p, first, last if dots else None)
        return out


def prerequisites(c, root, rows):
    """Each row is in the catalogue, all of it and nothing beyond; and nothing
    is there that no row has, but for what is listed above."""
    found = {e.get("id"): e for e in root.iter(NS + "requires")}
    branches = Branches(root)
    named = set()
    for row in rows:
        if row["in"] == "dotnet":
            releases_of_dotnet(c, root, row)
            continue
        row["ids"] = row["in"].split()
        named |= set(row["ids"])
        c.true(row["check"], "is somewhere", row["ids"])
        for name in row["ids"]:
            c.true(row["check"], name, name in found)
            if name in found:
                prerequisite(c, name, found[name], row, branches)
        rules_of_setup(c, row, [found[i] for i in row["ids"] if i in found])
    c.equal("requirements", "that no row has", set(found) - named, OTHERS)


def releases_of_dotnet(c, root, row):
    values = {d.get("version"): d.get("release")
              for d in root.iter(NS + "dotnet")}
    want = {}
    for name, release, fix in re.findall(
            r"(4\.[\d.]+) (\d{6})(?: \(fix (\d{6})\))?", row["requirement"]):
        want[name] = release
        if name + "+fix" in values:
            want[name + "+fix"] = fix
    c.equal("dotnet", "releases", values, want)


def prerequisite(c, name, e, row, branches):
    got, want = branches.of(e), branches.row(row)
    if name in NARROWER:
        c.true(name, "is no wider than its row", got < want)
    else:
        c.equal(name, "of", sorted(got - want) + ["and not"] +
                sorted(want - got), ["and not"])
    block = row["blocks_setup"].split(",")[0].split(" (")[0].split(":")[0]
    c.equal(name, "blocks", e.get("blocks"),
            BLOCKS_OF.get(name, BLOCKS.get(block, block)))
    c.equal(name, "confidence", e.get("confidence"), row["confidence"])
    kind = row["check"] if row["check"] != "product key" else "told"
    c.equal(name, "check", e.get("check"), CHECKS_OF.get(name) or CHECKS.get(
        kind) or CHECKS.get(row["requirement"]))
    for_whom = {"SU/HU": "updates", "RU": "updates", "SU/CU": None}
    if row["target"] in for_whom:
        c.equal(name, "for", e.get("for"), for_whom[row["target"]])
    elif name not in ("watermark", "restart-other", "se-key"):
        c.equal(name, "for", e.get("for"), "bases")
    sources_of_row(c, name, e, row)
    {"dotnet": versions_of_dotnet, "windows": names_of_windows,
     "program": program, "value": value_of_registry, "patched": patched}.get(
         e.get("check"), lambda *a: None)(c, name, e, row)
    on = re.search(r"on Windows (20\d\d)(?: or (20\d\d))?|Server (20\d\d) host",
                   row["target"])
    c.equal(name, "windows", set((e.get("windows") or "").split()),
            {w for w in on.groups() if w} if on else set())
    roles = {"mailbox role": {"MailboxRole"}, "mailbox role only":
             {"MailboxRole"}, "edge, tools": {"EdgeTransportRole",
                                              "GatewayRole", "AdminTools"}}
    c.equal(name, "roles", set((e.get("roles") or "").split()),
            roles.get(row["target"], set()))


def sources_of_row(c, name, e, row):
    text = row["source"]
    letters = [s for s in SOURCES if re.search(r"\b%s\b" % s, text)]
    got = set(e.get("sources").split())
    for letter in letters:
        c.true(name, "source " + letter, got & SOURCES[letter] or
               letter == "D" and len(row["ids"]) > 1)
    c.true(name, "sources", letters)
    c.equal(name, "sources of nobody", got - set().union(
        *(SOURCES[s] for s in letters)), set())


def versions_of_dotnet(c, name, e, row):
    got, want = e.get("allowed").split(), VERSIONS.findall(row["requirement"])
    if ".." in row["requirement"]:
        c.equal(name, "first and last", [got[0], got[-1]], want)
    else:
        c.equal(name, "versions", set(got), set(want) - {"4.8.1"} |
                ({"4.8.1"} if e.get("best") else set()))
    m = re.search(r"(4\.[\d.]+) recommended", row["requirement"])
    c.equal(name, "recommended", e.get("best"), m.group(1) if m else None)


def names_of_windows(c, name, e, row):
    text = row["requirement"].split("(")
    c.equal(name, "Windows", e.get("allowed").split(),
            [y + ("r2" if r2 else "") for y, r2 in
             re.findall(r"(20\d\d)( R2)?", text[0])])
    if "Core" in text[-1]:
        c.equal(name, "Core", e.get("core") == "yes", "too" in text[-1])


def program(c, name, e, row):
    c.true(name, "name", e.get("name").endswith(row["check"].replace(
        " x64", "")))
    m = re.match(r"(\d+\.\d+\.\d+)", row["requirement"])
    c.equal(name, "least", e.get("least"), m.group(1) if m else None)
    c.equal(name, "word", e.get("word"), "x64")


def value_of_registry(c, name, e, row):
    key = e.get("key").split("\\")
    tail = "\\".join(key[-2:])
    c.true(name, "key", e.get("key") + " " + e.get("value") in
           row["where_offline"] or tail + " " + e.get("value") in
           row["where_offline"])


def patched(c, name, e, row):
    c.true(name, "least", row["check"].endswith(
        ".".join(e.get("least").split(".")[2:])))


def rules_of_setup(c, row, elements):
    """Rules and numbers that an administrator sees are told."""
    told = " ".join(e.get("error") or "" for e in elements)
    for word in re.findall(r"\b\d{4}\b|\b[A-Z]\w+[a-z][A-Z]\w+\b",
                           row["blocks_setup"]):
        if "SetupAssist" not in word:
            c.true(row["in"], word, word in told)


def unsourced(c, root):
    """What makes a server doubtful has a source."""
    general = {s.get("id") for s in root.iter(NS + "source")
               if s.get("general") == "yes"}
    c.equal("sources", "that are none", general, {"NOTES"})
    got = {e.get("name") for e in root.iter(NS + "core-service")
           if not set(e.get("sources").split()) - general}
    c.equal("core services", "without a source", got, set())


def main():
    facts = os.path.join(os.environ["ROLLCALL_SRC"], "tests", "facts")
    root = ET.parse(os.path.join(os.environ["ROLLCALL_SRC"], "data",
                                 "exchange.xml")).getroot()
    all_releases = list(releases(root))
    find = finder(all_releases)
    by_id = {r.get("id"): r for r in all_releases}
    rows = table(facts, "exchange-releases.tsv")
    pairs = [(row, find(row)) for row in rows]
    c = Check()

    rules = [("plain facts", plain_facts), ("names", names),
             ("sources", sources), ("packages and downloads", packages),
             ("replacements", lambda c, row, r: replaced(c, row, r, by_id)),
             ("the advisory", advisory), ("dates", dates),
             ("disagreements", disagreements)]
    print(f"1..{len(rules) + 10}")
    for row, r in pairs:
        c.true(f"{row['product']} {row['label']}", "has a release", r)
    c.equal("all rows", "releases", len({id(r) for _, r in pairs}),
            len(rows))
    c.end("every row has a release of its own")
    for name, rule in rules:
        for row, r in pairs:
            if r is not None:
                rule(c, row, r)
        c.end(name)
    package_digests(c, root, table(facts, "package-hashes.tsv"))
    c.end("digests of packages")
    want, got = file_digests(c, root, table(facts,
                                            "exchange-file-sha256.tsv"))
    c.end("digests of installed files")
    media_digests(c, root, table(facts, "exsetup-hashes.tsv"), want, got)
    c.end("digests of files of the media")
    more_digests(c, root, table(facts, "package-hashes-2.tsv"))
    c.end("more digests of packages")
    autumn(c, table(facts, "releases-2026-autumn.tsv"), by_id)
    c.end("releases of autumn 2026")
    reasons(c, table(facts, "re-release-reasons.tsv"), by_id)
    c.end("reasons of re-releases")
    known_issues(c, root, table(facts, "known-issues.tsv"))
    c.end("known issues")
    prerequisites(c, root, table(facts, "prerequisites.tsv"))
    c.end("prerequisites")
    unsourced(c, root)
    c.end("general knowledge")
    return 1 if c.bad else 0


if __name__ == "__main__":
    sys.exit(main())
