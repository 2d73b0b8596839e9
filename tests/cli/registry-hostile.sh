# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# Every type of value, control characters in names, damage and dirt: all of it
# is shown or told, and none of it ends the walk.
for f in regf-values regf-odd regf-damage regf-dirty regf-loops; do
	rollcall registry -r "$FIXTURES/$f.hive" | cut -c1-200 | head -60
done
