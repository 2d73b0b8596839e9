# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# Each is one line on standard error, and exit code 64.
for args in "nonsense" "scan --nonsense ." "scan --at" \
    "scan --at yesterday ." "scan --format yaml ." "scan --drive D ." \
    "scan --exit-style loud ." "scan" "scan a b" "registry" \
    "which --quiet=x 1" "which -Zq 1" "which -qf"; do
	rollcall $args
	echo "$args: $?"
done
