# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# New releases are taken, and the cumulative update that comes next; what
# contradicts the catalogue, what the linter complains of and what is yet to
# come is told.
cp "$SRC/tests/cli/lists/builds.csv" .
list=builds.csv
rollcall catalogue import --at 2027-02-15 --name found -o found.xml "$list"
cat found.xml
# It is of the grammar and free of complaints.
rollcall catalogue check --at 2027-02-15 found.xml
# The same again is no news; neither is it to what knows it.
rollcall catalogue import --quiet --at 2027-02-15 --name found "$list" \
    2>/dev/null | cmp - found.xml
rollcall catalogue import --quiet --at 2027-02-15 --overlay found.xml "$list"
# A whole catalogue with the same in it, and the same again.
rollcall catalogue import --quiet --at 2027-02-15 --merge -o whole.xml \
    "$list" 2>/dev/null
rollcall catalogue check --at 2027-02-15 whole.xml
diff "$SRC/data/exchange.xml" whole.xml >changes
grep '^>' changes
grep -c '^<' changes
rollcall catalogue import --quiet --at 2027-02-16 --merge \
    --catalogue whole.xml "$list" 2>/dev/null | cmp - whole.xml
