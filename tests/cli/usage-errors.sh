# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# Each is one line on standard error, and exit code 64.
for args in "nonsense" "scan --nonsense ." "scan --at" \
    "scan --at yesterday ." "scan --format yaml ." "scan --drive D ." \
    "scan --exit-style loud ." "scan" "registry a b c" "registry" \
    "which --quiet=x 1" "which -Zq 1" "which -qf"; do
	rollcall $args
	echo "$args: $?"
done
# What is no number of seconds, or lies beyond the year 9999.
for epoch in nonsense -1 1.5 "1 " 0x10 253402300800 99999999999999999999; do
	SOURCE_DATE_EPOCH=$epoch rollcall which 14.2.318.4
	echo "$epoch: $?"
done
for epoch in "" 0 1354320000 253402300799; do
	SOURCE_DATE_EPOCH=$epoch rollcall which --quiet 14.2.318.4 ||
	    echo "$epoch: $?"
done
