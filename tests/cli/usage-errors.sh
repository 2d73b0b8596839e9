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
# Few letters are wrong: what was meant? In many, nobody knows.
for args in scann sacn catalog sc "catalogue lst" "help regstry" \
    "help catalogue shw" "scan --formatt x ." "scan --drvie=D=. ." \
    "catalogue list --rerelase" "which --sh 1" "which -formatt 1" x \
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" \
    "--format json scan" "--version --loud" "version -v x"; do
	rollcall $args
	echo "$args: $?"
done
# A program that monitors has its line whatever happens.
for args in "scan --formatt x" "scan absent" "which" "judge absent.json" \
    "catalogue show nothing"; do
	rollcall $args --exit-style nagios
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
