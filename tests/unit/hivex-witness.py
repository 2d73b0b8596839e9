#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""Compare what we read in hives with what others read.

Every fixture and every real hive in $ROLLCALL_REAL/hives is dumped by
regfdump, and by hivex where hivex can read it: same keys, same values, same
order. The real ones must also have as many keys and values as
hives/expected.tsv says, which is the count of a third reader.
"""

import csv
import glob
import lzma
import os
import shutil
import subprocess
import sys
import tempfile

DUMP = os.path.join("tests", "tools", "regfdump")

# hivex in the form of regfdump. Dies at the first thing it cannot read.
HIVEX = r"""
use strict;
use warnings;
no warnings 'recursion';
use Win::Hivex;
binmode STDOUT, ':utf8';
sub name { my $s = shift // '';
    $s =~ s/([\x00-\x1f%\x7f])/sprintf '%%%02X', ord $1/ge; $s }
my $h = Win::Hivex->open($ARGV[0]);
sub walk { my ($node, $path) = @_;
    print "K\t$path\n";
    for my $v ($h->node_values($node)) {
        my ($type, $data) = $h->value_value($v);
        $type &= 0xffffffff;
        print "V\t$path\t", name($h->value_key($v)), "\t$type\t",
            unpack('H*', $data), "\n";
    }
    for my $child ($h->node_children($node)) {
        my $name = name($h->node_name($child));
        walk($child, $path eq '' ? $name : "$path\\$name");
    }
}
walk($h->root(), '');
"""

# Hives that hivex reads to its end where we stop on purpose.
STOPPED = {
    "regf-deep.hive": "hivex has no limit for the depth of keys",
    "regf-overlap.hive": "hivex reads lists that share their entries",
    "regf-tangle.hive": "hivex follows every way through it, without end",
}


def ours(path):
    """Lines of keys and values, and the closing sums."""
    run = subprocess.run([DUMP, path], capture_output=True, check=False)
    lines = run.stdout.decode().splitlines()
    sums = lines[-1].split("\t")[1:] if lines else None
    return [line for line in lines if line[0] in "KV"], sums, run


def unfound(path):
    """Paths of keys that a walk meets and a lookup does not find."""
    run = subprocess.run([DUMP, "--find", path], capture_output=True,
                         check=False)
    return [line[2:] for line in run.stdout.decode().splitlines()
            if line.startswith("F\t")]


def hivex(path):
    """The same lines, or None when hivex cannot read the hive."""
    run = subprocess.run(["perl", "-e", HIVEX, path], capture_output=True,
                         check=False)
    return run.stdout.decode().splitlines() if run.returncode == 0 else None


def compare(path):
    """What is wrong with our reading of a hive, and who was asked."""
    lines, sums, run = ours(path)
    if run.returncode not in (0, 1):
        return "regfdump: status %d" % run.returncode, None
    if os.path.basename(path) in STOPPED:
        return None, sums
    other = hivex(path)
    if other is None:
        return None, sums
    if lines != other:
        pairs = zip(lines + ["(end)"], other + ["(end)"])
        mine, theirs = next(pair for pair in pairs if pair[0] != pair[1])
        return "we read %.120r, hivex %.120r" % (mine, theirs), sums
    return None, sums


def report(number, name, problem):
    print("%s %d - %s" % ("not ok" if problem else "ok", number, name))
    if problem:
        print("#", problem)
    sys.stdout.flush()


def unpacked(path, folder):
    """A hive that may be compressed, as a plain file."""
    if not path.endswith(".xz"):
        return path
    plain = os.path.join(folder, os.path.basename(path)[:-3])
    with lzma.open(path) as packed, open(plain, "wb") as out:
        shutil.copyfileobj(packed, out)
    return plain


def check_real(row, path, folder):
    """Compare a real hive with hivex and with its row of expected.tsv."""
    plain = unpacked(path, folder)
    problem, sums = compare(plain)
    if problem:
        return problem
    if row["type"] != "0":
        return "a log was read as a hive" if sums else None
    want = [row["keys"], row["values"]]
    if sums is None or sums[:2] != want:
        return "keys and values: %s, expected %s" % (sums, want)
    if row["walk_errors"] != "0" and sums[2] == "0":
        return "damage was not told"
    lost = unfound(plain)
    if lost:
        return "not found by their paths: %.120r" % lost
    return None


def real_rows():
    """Rows of expected.tsv with their hives."""
    real = os.environ.get("ROLLCALL_REAL")
    table = os.path.join(real or "", "hives", "expected.tsv")
    if not real or not os.path.exists(table):
        return []
    with open(table, encoding="utf-8", newline="") as file:
        return [(row, os.path.join(real, "hives", row["file"]))
                for row in csv.DictReader(file, delimiter="\t")]


def main():
    probe = subprocess.run(["perl", "-MWin::Hivex", "-e", "1"],
                           capture_output=True, check=False)
    if probe.returncode != 0:
        print("1..0 # SKIP hivex with its Perl binding is not installed")
        return
    fixtures = sorted(glob.glob(os.path.join(
        os.environ["ROLLCALL_FIXTURES"], "regf-*.hive")))
    rows = real_rows()
    print("1..%d" % (len(fixtures) + max(len(rows), 1)))
    number = 0
    for path in fixtures:
        number += 1
        report(number, os.path.basename(path), compare(path)[0])
    if not rows:
        print("ok %d - real hives # SKIP ROLLCALL_REAL is not set"
              % (number + 1))
    with tempfile.TemporaryDirectory() as folder:
        for row, path in rows:
            number += 1
            report(number, row["file"], check_real(row, path, folder))


if __name__ == "__main__":
    main()
