#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""The lint itself: each tree tests/lint/bad/RULE must earn exactly the
complaints of its file "expect" from RULE. A line there is the beginning of
a complaint, for what a compiler words differently. Where the lint looks
away (comments, strings, the one place that may), the tree says so by what
is not expected."""
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import lint  # noqa: E402  (found by the line above)

BAD = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bad")


def expected(name):
    with open(os.path.join(BAD, name, "expect"), encoding="utf-8") as f:
        return f.read().splitlines()


def differences(got, want):
    for line in want:
        if not any(g.startswith(line) for g in got):
            yield f"missing:    {line}"
    for line in got:
        if not any(line.startswith(w) for w in want):
            yield f"unexpected: {line}"


def main():
    rules = lint.RULES
    failed = 0
    print(f"1..{len(rules) + 1}")
    for number, rule in enumerate(rules, 1):
        name = rule.__name__
        got, skipped = lint.run_rule(rule,
                                     lint.Tree(os.path.join(BAD, name)))
        wrong = [] if skipped else list(differences(got, expected(name)))
        for line in wrong:
            print(f"# {line}")
        failed += bool(wrong)
        print(f"{'not ' if wrong else ''}ok {number} - bad {name} is noticed"
              + (f" # SKIP {skipped}" if skipped else ""))
    ok = sorted(os.listdir(BAD)) == sorted(r.__name__ for r in rules)
    print(f"{'' if ok else 'not '}ok {len(rules) + 1} - "
          "every rule has its bad tree, and every tree its rule")
    return 1 if failed or not ok else 0


if __name__ == "__main__":
    sys.exit(main())
