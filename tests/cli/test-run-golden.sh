#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# The golden driver itself: over a made-up source tree and a stand-in for the
# program it must notice each kind of difference, and write what it saw.
set -u

if [ "${ROLLCALL_ONE_IN:-1}" -gt 1 ]; then
	echo '1..0 # SKIP runs with all cases: ROLLCALL_ONE_IN=1'
	exit
fi
driver=$ROLLCALL_SRC/tests/cli/run-golden
work=$(mktemp -d "${TMPDIR:-/tmp}/rollcall-driver.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
cases=$work/src/tests/cli
mkdir -p "$cases" "$work/build" "$work/src/data"
echo '<catalogue serial="2026010207" issued="2026-01-02">' \
    >"$work/src/data/exchange.xml"
ROLLCALL_SRC=$work/src ROLLCALL=$work/build/rollcall
ROLLCALL_FIXTURES=$work/build/tests/fixtures
# All cases, for each of them has something else.
ROLLCALL_ONE_IN=1
export ROLLCALL_SRC ROLLCALL ROLLCALL_FIXTURES ROLLCALL_ONE_IN
printf '#!/bin/sh\necho rollcall 1.2.3\n' >"$ROLLCALL"
chmod +x "$ROLLCALL"

number=0
# expect WHAT WANTED-STATUS PATTERN [NAME...]: run the driver over the cases
expect() {
	what=$1 wanted=$2 pattern=$3
	shift 3
	number=$((number + 1))
	sh "$driver" "$@" >"$work/tap" 2>&1
	status=$?
	if [ $status -eq "$wanted" ] && grep -q -e "$pattern" "$work/tap"; then
		echo "ok $number - $what"
	else
		sed 's/^/# /' "$work/tap"
		echo "not ok $number - $what"
	fi
}

echo 1..10
expect 'no case at all is a failure' 1 '^Bail out!'

echo 'true' >"$cases/quiet.sh"
expect 'nothing, nothing and 0 need no files' 0 '^ok 1 - quiet$' quiet

echo 'exit 2' >"$cases/status.sh"
expect 'another exit code' 1 '^# +2$' status
echo 'echo text' >"$cases/out.sh"
expect 'output where there should be none' 1 '^# +text$' out
echo 'echo oops >&2' >"$cases/err.sh"
expect 'a diagnostic where there should be none' 1 '^# +oops$' err
echo 'rollcall; pwd; echo "$SRC" "$BUILD"
echo catalogue 2026010207 of 2026-01-02' >"$cases/names.sh"
expect 'what differs between machines is replaced' 1 \
    '^# +@SRC@ @BUILD@$' names
echo 'echo no tool; exit 77' >"$cases/skip.sh"
expect 'a case skips itself' 0 '^ok 1 - skip # SKIP no tool$' skip
expect 'one failure fails all' 1 '^ok 4 - quiet$'

UPDATE_GOLDEN=1 sh "$driver" >/dev/null
expect 'what was written is what is expected' 0 '^1\.\.6$'

number=$((number + 1))
printf 'rollcall @VERSION@\n@SCRATCH@\n@SRC@ @BUILD@\n%s\n' \
    'catalogue @SERIAL@ of @ISSUED@' >"$work/want"
if diff "$work/want" "$cases/names.out" && [ ! -e "$cases/quiet.out" ] &&
    [ "$(cat "$cases/status.exit")" = 2 ] && [ ! -e "$cases/skip.exit" ]; then
	echo "ok $number - defaults are not written, the rest is"
else
	echo "not ok $number - defaults are not written, the rest is"
fi
