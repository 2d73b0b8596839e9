# SPDX-License-Identifier: MIT
# Complaints go to standard output, what cannot be checked to standard error.
# Lines of the catalogue move from month to month: N stands for them.
at=$(sed -n 's/.*issued="\([0-9-]*\)".*/\1/p' "$SRC/data/exchange.xml")

check() {
	if rollcall catalogue check --at "$at" "$@" >out; then
		echo clean
	else
		echo "exit $?"
	fi
	sed -e 's/:[0-9]*:/:N:/' -e 's/line [0-9]*/line N/' out
}

check
sed 's/label="Update Rollup 3-v3"/label="Update Rollup 3-v2"/' \
    "$SRC/data/exchange.xml" >wrong.xml
check "$SRC/data/exchange.xml" wrong.xml
check --catalogue wrong.xml
sed 's/serial=/number=/' "$SRC/data/exchange.xml" >no-grammar.xml
check no-grammar.xml missing.xml
check --verbose | sed -n '/4.0-sp1/p'
check --rules
