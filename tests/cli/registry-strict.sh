# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# Damage is told where it is met, and shown around; with --strict, all bins are
# looked at, and the exit code says it too.
rollcall registry "$FIXTURES/regf-bins.hive" Whole | cut -c 1-40
rollcall registry "$FIXTURES/regf-bins.hive" Length
rollcall registry "$FIXTURES/regf-bins.hive" Length\\inner
echo "unread $?"
rollcall registry --strict "$FIXTURES/regf-bins.hive" Whole >/dev/null
echo "one key $?"
rollcall registry --recursive "$FIXTURES/regf-bins.hive" >/dev/null 2>&1
echo "all keys $?"
for f in regf-dirty host-system; do
	rollcall registry "$FIXTURES/$f.hive" First >/dev/null
	echo "$f $?"
	rollcall registry --strict "$FIXTURES/$f.hive" First >/dev/null 2>&1
	echo "$f --strict $?"
done
