# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What else is said of a target: warnings, what cannot be seen, how it is done.
target() {
	v=$BUILD/tests/volumes/$1
	rollcall scan --at "$2" --target "$3" --overlay "$v/overlay.xml" "$v/c" |
	    sed -n '/^  \(not known\|warning\|checked\|unseen\|note\|step\) /,$p'
	echo
}
target target-ready 2012-12-15 KB2785908
target package-missing 2012-12-15 14.2.318.2
target service-state-left 2025-08-01 next
