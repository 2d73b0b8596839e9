# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Lives of Exchange servers, made up at random, with what is true of them.

A life begins with a base and goes on as those of servers do: updates in their
order, revisions that were recalled, some taken off again, the next service
pack or cumulative update over them, a setup that broke off, a server that was
recovered. history() gives the volume text (mkvolume.py) of the server on some
day, and a Truth, of that day or of a later one on which it is judged. Both come from the tables of tests/facts, never from the
catalogue that is under test.
"""

import csv
import datetime
import os
import random
import re

DAY = datetime.timedelta(days=1)
# The sources were looked through up to here; later days are not judged.
KNOWN_UNTIL = datetime.date(2026, 10, 13)

WINDOWS = {"2007": "2008", "2010": "2008r2", "2013": "2012", "2016": "2016",
           "2019": "2019", "SE": "2022"}
# From 6.3 on the fix is part of Windows.
FIX_BUILT_IN = ("2016", "2019", "2022")
TITLES = {"2007": "Exchange Server 2007", "2010": "Exchange Server 2010",
          "2013": "Exchange Server 2013", "2016": "Exchange Server 2016",
          "2019": "Exchange Server 2019", "SE": "Exchange Server"}
BASES = ("RTM", "SP", "CU")
UPDATES = ("RU", "SU", "HU")
# Extended security updates, for who has bought them: which branches get them,
# and the days of each period.
ESU = {("2016", "CU23"), ("2019", "CU14"), ("2019", "CU15")}
ESU_PERIODS = ((datetime.date(2025, 10, 15), datetime.date(2026, 4, 14)),
               (datetime.date(2026, 5, 1), datetime.date(2026, 10, 31)))


class Release:
    """A row of the tables."""

    def __init__(self, row):
        self.product = row["product"]
        self.branch = row["branch"]
        self.label = row["label"]
        self.kind = row["kind"]
        self.build = tuple(int(n) for n in row["build_short"].split("."))
        self.date = datetime.date.fromisoformat(row["release_date"])
        # Without one nobody can ask for it.
        self.kb = row["kb"] if row["kb"].startswith("KB") else ""
        self.package = (re.split("[; ]", row["package"])[0] or
                        "Exchange%s-%s%s-x64-en.msp" % (
                            self.product, self.kb,
                            "-v2" if row["revision"] == "2" else ""))
        self.again = row["superseded_by"]	# "Update Rollup 4 rev 2 (KB..."
        self.recalled = False			# that one is required
        self.again_date = None
        self.security = self.kind == "SU" or bool(row["bulletin"] or
                                                  row["cves"])
        self.affected = row["sa2749655"] == "affected"
        # Of a base that is served like a service pack, by the lifecycle.
        end = row.get("branch_eos") if self.kind == "RTM" else ""
        self.end = datetime.date.fromisoformat(end) if end else None

    def text(self):
        return ".".join(str(n) for n in self.build)


def rows(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as f:
        yield from csv.DictReader((line for line in f
                                   if not line.startswith("#")),
                                  delimiter="\t")


def autumn(row):
    """A row of the younger table in the words of the older one."""
    product, branch, _ = row["proposed_id"].split("-", 2)
    return {"product": {"se": "SE"}.get(product, product),
            "branch": branch.upper(), "label": row["proposed_id"],
            "kind": row["kind"], "build_short": row["build"],
            "release_date": row["date"], "kb": row["kb"],
            "superseded_by": "v2" if "by v2" in row["relation"] else "",
            "revision": row["revision"], "package": "",
            "bulletin": "", "cves": row["cves"], "sa2749655": "no"}


class World:
    """What was released, by product and branch, in the order of builds."""

    def __init__(self, folder):
        self.branches = {}
        self.ends = {}
        every = list(rows(folder, "exchange-releases.tsv"))
        every += map(autumn, rows(folder, "releases-2026-autumn.tsv"))
        for row in every:
            if row["product"] not in WINDOWS or "Preview" in row["label"]:
                continue
            if row["kind"] not in BASES + UPDATES:
                continue
            if len(row["release_date"]) != 10 or "pulled" in row["label"]:
                continue
            if row["build_short"].count(".") < 2:
                continue
            release = Release(row)
            self.branches.setdefault((release.product, release.branch),
                                     []).append(release)
            if row.get("product_eos"):
                self.ends[release.product] = datetime.date.fromisoformat(
                    row["product_eos"])
        for branch in self.branches.values():
            branch.sort(key=lambda r: r.build)
        for key in [k for k, branch in self.branches.items()
                    if branch[0].kind not in BASES]:
            del self.branches[key]
        for branch in self.branches.values():
            self.pair(branch)

    def pair(self, branch):
        """The day on which each one was released again."""
        for i, release in enumerate(branch):
            if not release.again:
                continue
            later = [r for r in branch[i + 1:]
                     if r.kb in release.again or (
                         release.again == "v2" and r.kind == release.kind and
                         r.date > release.date)]
            release.again_date = (later[0].date if later else release.date)
            # The ones of the advisory, and the one that lacks a cure.
            release.recalled = release.affected or release.again == "v2"

    def branch_ended(self, product, branches, at, day):
        """Nobody serves that cumulative update any more, by whichever rule:
        its last update is past, the next one was out for more than three
        months, and so was the one after that."""
        if product not in ("2013", "2016", "2019"):
            return False
        if branches[at][0].end is not None:
            return day > branches[at][0].end
        if at + 2 >= len(branches):
            return False
        return day > max(branches[at][-1].date,
                         branches[at + 1][0].date + 95 * DAY,
                         branches[at + 2][0].date) + DAY

    def of(self, product):
        return sorted((b for (p, _), b in self.branches.items()
                       if p == product), key=lambda b: b[0].build)


class Truth:
    """What is so, whatever a program makes of it."""

    def __init__(self):
        self.release = None	# what runs
        self.half = False	# a setup broke off
        self.sound = True	# nothing is amiss with it
        self.fixed = True	# Windows has the fix
        self.taken = None	# the day of the scan
        self.day = None		# on which it is judged
        self.esu = False	# who judges says that it takes part
        self.extended = False	# and that counts for this one on that day
        self.newest_base = False # no service pack or cumulative update later
        self.newer = []		# of its branch, released by then
        self.base_newer = False	# a service pack, a cumulative update
        self.newer_security = []
        self.ended = False	# support of the product, or of the branch
        self.product_ended = False
        self.recalled = False	# must be replaced, known by then
        self.again = False	# there is another revision, known by then


def marker(release, base):
    """The key below Updates: its service pack is not that of the server."""
    if release.product in ("2016", "2019", "SE"):
        family = "2019" if release.product == "SE" else release.product
        return r"Exchange %s\%s" % (family, release.kb)
    # Whatever is installed, the patches of 2007 and 2010 write SP1.
    pack = "SP3" if base.branch == "SP3" and release.product == "2010" \
        else "SP1"
    return r"Exchange %s\%s\%s" % (release.product, pack, release.kb)


def display_name(release):
    if release.kind == "RU":
        return "%s for Microsoft %s (%s) %s" % (
            release.label, TITLES[release.product], release.kb,
            release.text())
    return "Security Update for %s (%s) %s" % (
        TITLES[release.product], release.kb, release.text())


class Life:
    """A server from its installation to the day on which it is looked at."""

    def __init__(self, world, rng):
        self.world, self.rng = world, rng
        self.product = rng.choice(sorted(WINDOWS))
        self.branches = world.of(self.product)
        self.at = rng.randrange(len(self.branches))
        self.base = self.branches[self.at][0]
        self.day = self.base.date + DAY * rng.randrange(3, 500)
        self.applied = []	# [release, day, record of Windows Installer]
        self.markers = []	# (release, base, day)
        self.half = False

    def installable(self):
        runs = self.running().build
        return [r for r in self.branches[self.at][1:]
                if r.build > runs and r.date < self.day and r.kb]

    def running(self):
        return self.applied[-1][0] if self.applied else self.base

    def update(self):
        """Cumulative: the one before is superseded, not gone."""
        choice = self.installable()
        if not choice:
            return
        release = self.rng.choice(choice[-3:])
        for patch in self.applied:
            patch[2] = self.rng.choice(("state 2", "state 2 unlisted",
                                        "state 4"))
        self.applied.append([release, self.day, ""])
        self.markers.append((release, self.base, self.day))

    def take_off(self):
        if not self.applied:
            return
        release = self.applied.pop()[0]
        if self.applied:
            self.applied[-1][2] = ""
        self.markers = [m for m in self.markers if m[0] is not release]

    def next_base(self):
        later = [i for i in range(self.at + 1, len(self.branches))
                 if self.branches[i][0].date < self.day]
        if not later:
            return
        self.at = self.rng.choice(later[:3])
        self.base, self.applied = self.branches[self.at][0], []

    def break_off(self):
        """The next base stopped when it had put its files on."""
        was = self.base
        self.next_base()
        self.half = self.base is not was
        self.was = was

    def recover(self):
        """Installed anew at its base, by setup /Mode:RecoverServer."""
        self.applied, self.markers = [], []

    def live(self):
        steps = ([self.update] * 8 + [self.take_off] + [self.next_base] * 2 +
                 [self.recover])
        for _ in range(self.rng.randrange(8)):
            if self.day > KNOWN_UNTIL:
                break
            self.rng.choice(steps)()
            self.day += DAY * self.rng.randrange(20, 300)
        if self.day > KNOWN_UNTIL:
            self.day = KNOWN_UNTIL
        if self.rng.randrange(8) == 0:
            self.break_off()

    def package_of(self, release):
        """What was run: the .exe of security updates since 2022 holds the
        .msp, and Windows Installer may keep the name of either."""
        if release.date.year < 2022 or self.rng.randrange(2):
            return release.package
        return re.sub(r"\.msp$", ".exe", release.package, flags=re.I)

    def volume(self, fixed):
        windows = WINDOWS[self.product]
        stamp = "%Y%m%d"
        runs = self.running().text()
        text = ["windows %s EX%d%s" % (windows, self.rng.randrange(100),
                                       " fixed" if fixed and
                                       windows not in FIX_BUILT_IN else "")]
        registered = ""
        if self.applied and self.rng.randrange(2):
            registered = " registered " + runs
        text.append("exchange %s base %s%s" % (
            self.product, (self.was if self.half else self.base).text(),
            registered if not self.half else ""))
        if self.half or self.applied:
            text.append("exsetup " + runs)
        text.append("services")
        for release, day, record in self.applied:
            text.append('patch "%s" installed %s package %s %s' % (
                display_name(release), day.strftime(stamp),
                self.package_of(release), record))
        for release, base, day in self.markers:
            text.append('marker "%s" date "%d/%d/%d"' % (
                marker(release, base), day.month, day.day, day.year))
        if self.half:
            text.append("role Mailbox unpacked %s configured %s action "
                        "BuildToBuildUpgrade watermark MailboxFiles" %
                        (self.base.text(), self.was.text()))
        return "\n".join(text) + "\n"

    def truth(self, fixed):
        t = Truth()
        t.release, t.half, t.taken = self.running(), self.half, self.day
        t.day = t.taken
        if self.rng.randrange(3) == 0:      # judged again, later
            t.day += DAY * self.rng.randrange(
                1, max(2, (KNOWN_UNTIL - t.taken).days))
            t.day = min(t.day, KNOWN_UNTIL)
        t.esu = self.rng.randrange(3) == 0
        t.sound, t.fixed = not self.half, fixed
        t.newer = [r for r in self.branches[self.at][1:]
                   if r.build > t.release.build and r.date <= t.day]
        t.newer_security = [r for r in t.newer if r.security]
        t.base_newer = any(b[0].date <= t.day
                           for b in self.branches[self.at + 1:])
        end = self.world.ends.get(self.product)
        t.product_ended = end is not None and t.day > end
        t.ended = t.product_ended or self.world.branch_ended(
            self.product, self.branches, self.at, t.day)
        t.newest_base = self.at == max(
            i for i, b in enumerate(self.branches) if b[0].date <= t.day)
        t.extended = t.esu and (self.product, self.base.branch) in ESU and \
            any(a <= t.day <= b for a, b in ESU_PERIODS)
        t.again = (t.release.again_date is not None and
                   t.release.again_date <= t.day)
        t.recalled = t.release.recalled and t.again
        return t


def history(world, seed):
    """The volume text and the Truth of life number SEED."""
    rng = random.Random("rollcall %d" % seed)
    life = Life(world, rng)
    life.live()
    fixed = WINDOWS[life.product] in FIX_BUILT_IN or rng.randrange(2) == 0
    truth = life.truth(fixed)
    return life.volume(fixed), truth
