# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# Damage is shown around and told; with --strict, the exit code says it too.
for f in regf-bins regf-dirty host-system; do
	rollcall registry "$FIXTURES/$f.hive" First >/dev/null
	echo "$f $?"
	rollcall registry --strict "$FIXTURES/$f.hive" First >/dev/null 2>&1
	echo "$f --strict $?"
done
