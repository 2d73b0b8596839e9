# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# How the next step is taken: by a package that is a program, by a patch, and
# by setup; and not where only a new server helps.
v=$BUILD/tests/volumes
how() {
	rollcall scan --verbose --at "$2" --overlay "$v/$1/overlay.xml" \
	    "$v/$1/c" | sed -n '/- How /,/every step/p'
}
how se-aug26su 2026-11-01
how ru4-v1 2012-11-01
how 2019-cu15-oct25su 2026-11-01
how 2016-cu23-oct25su 2026-11-01
