# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# --exit-style detect: one line on standard output, nothing on standard error,
# and 0 only for a known "nothing to do".
v=$BUILD/tests/volumes
detect() {
	rollcall "$@"
	echo "$?"
	echo
}

for name in no-exchange-fixed ru4-v1 conflict-v2-v1 sp2-plain \
    software-missing two-products; do
	detect scan --at 2012-10-20 --exit-style detect "$v/$name/c"
done
detect scan --at 2012-12-15 --exit-style detect --target KB2785908 \
    "$v/ru4-v2-fixed/c"

# Errors of every kind, also in words before the style.
detect scan --exit-style detect none
detect scan --exit-style detect
detect scan --nonsense --exit-style=detect none
detect nonsense --exit-style detect
detect which --exit-style detect 14.2.318.4
detect scan --exit-style nagios --exit detect --at yesterday none
detect scan --exit-style detect --output none/result.json \
    "$v/no-exchange-fixed/c"
detect scan --help --exit-style detect | tail -n 3

# The result itself goes to a file only.
detect scan --at 2012-10-20 --exit-style detect --format json \
    --output result.json "$v/no-exchange-fixed/c"
grep '"verdict"' result.json

# However long: 2,048 bytes, cut between characters.
"$PYTHON" - <<'END' >long.volume.txt
print("windows 2008r2 X" + 3000 * "\u00e4")
END
"$PYTHON" "$SRC/tests/tools/mkvolume.py" long.volume.txt long
rollcall scan --at 2012-10-20 --exit-style detect long/ >line
echo "$?"
"$PYTHON" - <<'END'
line = open("line", "rb").read()
print(len(line), line.count(b"\n"), line.decode("utf-8")[-6:])
END
