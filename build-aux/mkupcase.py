#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
"""src/base/upcase_table.h from Unicode's own table.

    mkupcase.py VERSION UnicodeData.txt >src/base/upcase_table.h

Debian has the file in its package unicode-data. Field 12 is the simple
mapping to upper case (UAX #44). What would make an ASCII letter of another one
(U+0131, U+017F) is left out: see utf_upcase().
"""
import sys

HEAD = """\
/* SPDX-License-Identifier: MIT AND Unicode-DFS-2016
 * Copyright (c) 2026 the rollcall authors
 * Copyright (c) 1991-2022 Unicode, Inc.: see COPYING.unicode */
#include <stdint.h>

/*
 * Lower-case units of the BMP above ASCII: FIRST..LAST in steps of STEP have
 * their upper case DELTA away. Made from the simple case mappings of Unicode
 * %s by build-aux/mkupcase.py; see utf_upcase() for what is left out.
 * Sorted by FIRST.
 */
static const struct upcase_run {
	uint16_t	first, last, step;
	int32_t		delta;
} upcase_runs[] = {
"""


def mappings(lines):
    for line in lines:
        fields = line.split(';')
        unit = int(fields[0], 16)
        if fields[12] and 0x80 <= unit < 0x10000:
            upper = int(fields[12], 16)
            if 0x80 <= upper < 0x10000:
                yield unit, upper - unit


def runs(pairs):
    """Neighbours, or every second one, that are as far from their upper
    case."""
    found = []
    for unit, delta in pairs:
        if found:
            first, last, step, d = found[-1]
            gap = unit - last
            if d == delta and gap <= 2 and (first == last or gap == step):
                found[-1] = (first, unit, gap, d)
                continue
        found.append((unit, unit, 1, delta))
    return found


def main():
    version, path = sys.argv[1:]
    with open(path, encoding='ascii') as f:
        pairs = sorted(mappings(f))
    sys.stdout.write(HEAD % version)
    for run in runs(pairs):
        print('\t{ 0x%04x, 0x%04x, %d, %d },' % run)
    print('};')


if __name__ == '__main__':
    main()
