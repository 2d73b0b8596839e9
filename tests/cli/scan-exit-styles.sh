# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
v=$BUILD/tests/volumes
for style in verdict zero nagios; do
	for name in ru4-v1 sp2-plain conflict-v2-v1 no-exchange absent; do
		rollcall scan -q --at 2012-10-20 --exit-style $style \
		    "$v/$name/c" >/dev/null 2>&1
		echo "$style $name $?"
	done
done
