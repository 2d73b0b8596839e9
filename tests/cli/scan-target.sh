# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# The answer to --target comes first, and decides how the program ends.
target() {
	v=$BUILD/tests/volumes/$1
	rollcall scan -q --at "$2" --target "$3" --overlay "$v/overlay.xml" \
	    "$v/c"
	echo "exit $?"
	echo
}
target target-ready 2012-12-15 KB2785908
target package-missing 2012-12-15 14.2.318.2
target unknown-build 2012-12-15 2010-sp2-ru5-v2
