# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What a newer catalogue has that an older one has not, both ways.
sed -e '/id="2010-sp2-ru8"/,/<\/release>/{
/date="2013-12-10"/s/date="2013-12-10"/date="2013-12-11"/
}' "$SRC/data/exchange.xml" >old.xml
rollcall catalogue import --quiet --at 2027-02-15 --merge -o new.xml \
    "$SRC/tests/cli/lists/builds.csv" 2>/dev/null
rollcall catalogue diff --at 2027-02-15 old.xml new.xml |
    sed '1s/[0-9]\{10\}/(serial)/g'
rollcall catalogue diff --at 2027-02-15 new.xml old.xml | grep '^[a-z]* *Exch'
rollcall catalogue diff --at 2027-02-15 new.xml new.xml
