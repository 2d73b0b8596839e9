# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What is in use, how old it is, and what comes next. The catalogue is a small
# one of another day, so that the words stay.
sed -e 's/serial="[0-9]*" issued="[-0-9]*"/serial="2026101601" issued="2026-10-16"/' \
    -e 's/known-until="[-0-9]*" expires="[-0-9]*"/known-until="2026-10-16" expires="2027-10-16"/' \
    "$SRC/data/exchange.xml" >all.xml
for at in 2026-10-20 2026-11-30 2026-12-10 2027-10-16; do
	rollcall catalogue status --at $at --catalogue all.xml |
	    grep -v '^kept in'
done
