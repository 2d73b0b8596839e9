#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# The catalogue is of its grammar, as another program sees it.
set -u

if ! command -v xmllint > /dev/null 2>&1; then
	echo "1..0 # SKIP xmllint is not installed"
	exit 0
fi
rng=$ROLLCALL_SRC/data/catalogue.rng
xml=$ROLLCALL_SRC/data/exchange.xml
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT
count=0

# check NAME WANTED-STATUS FILE: xmllint's word on FILE
check() {
	count=$((count + 1))
	xmllint --nonet --noout --relaxng "$rng" "$3" > "$dir/log" 2>&1
	got=$?
	if test "$got" -eq "$2"; then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		sed 's/^/# /' "$dir/log"
	fi
}

# broken NAME SED-SCRIPT: the catalogue with a change is not of the grammar
broken() {
	sed -e "$2" "$xml" > "$dir/broken.xml"
	if cmp -s "$xml" "$dir/broken.xml"; then
		count=$((count + 1))
		echo "not ok $count - $1: nothing was changed"
	else
		check "$1" 3 "$dir/broken.xml"
	fi
}

echo 1..8
check "exchange.xml" 0 "$xml"
broken "a build of letters" 's/build="14.2.318.4"/build="14.2.318.x"/'
broken "a KB without its letters" 's/kb="KB2756485"/kb="2756485"/'
broken "a month of thirteen" 's/date="2012-10-09"/date="2012-13-09"/'
broken "a digest in capitals" 's/sha1="a59ef772/sha1="A59EF772/'
broken "an id with a blank" 's/id="2010-sp2-ru4"/id="2010 sp2 ru4"/'
broken "an attribute of nobody" 's/id="2010-sp2-ru4"/& colour="red"/'
broken "a force of nobody" 's/force="required"/force="please"/'
