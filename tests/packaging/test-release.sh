#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# build-aux/release-check, its part about texts: over a made-up clone.
set -u
if [[ ${ROLLCALL_ONE_IN:-1} -gt 1 ]]; then
	echo '1..0 # SKIP runs with all cases: ROLLCALL_ONE_IN=1'
	exit
fi
src=$ROLLCALL_SRC
work=$(mktemp -d "${TMPDIR:-/tmp}/rollcall-release.XXXXXX") || exit 99
trap 'rm -rf "$work"' EXIT
command -v git >/dev/null || { echo '1..0 # SKIP git is not installed'; exit; }
[[ -f $src/.ci/steps ]] || { echo '1..0 # SKIP no clone'; exit; }
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.example
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.example
unset GIT_DIR GIT_WORK_TREE

mkdir -p "$work/clone/build-aux" "$work/clone/debian" "$work/clone/.ci"
cd "$work/clone" || exit 99
cp "$src/build-aux/release-check" build-aux/
cp "$src/.ci/steps" .ci/
git init --quiet

# texts VERSION NEWS DEBIAN [DAY]: committed.
texts() {
	printf 'AC_INIT([rollcall], [%s],\n' "$1" >configure.ac
	printf 'NEWS of rollcall\n\nVersion %s\n\n  All.\n' "$2" >NEWS
	printf 'rollcall (%s) unstable; urgency=medium\n\n -- a <b@c>  %s\n' \
	    "$3" "${4-Tue, 24 Nov 2009 00:00:00 +0000}" >debian/changelog
	git add --all
	git commit --quiet --allow-empty --message x
}

n=0
# expect WHAT STATUS PATTERN
expect() {
	local status=0
	build-aux/release-check texts >"$work/told" 2>&1 || status=$?
	((n += 1))
	if ((status == $2)) && grep -q -e "$3" "$work/told"; then
		echo "ok $n - $1"
	else
		sed 's/^/# /' "$work/told"
		echo "not ok $n - $1"
	fi
}

texts 1.2.0 '1.2.0 (2026-12-01)' 1.2.0
expect 'all is well' 0 'rollcall 1.2.0: nothing is wrong with its texts; '
touch more
expect 'a file that nobody has committed' 1 'not everything is committed'
rm more
texts 1.2.0 '1.2.0 (not released yet)' 1.2.0
expect 'no day' 1 'NEWS: "Version 1.2.0 (not released yet)" is not of'
texts 1.2.0 '1.1.0 (2026-12-01)' 1.2.0
expect 'NEWS of the version before' 1 'NEWS is of 1.1.0, configure.ac of 1.2.0'
texts 1.2.0 '1.2.0 (2026-12-01)' 1.1.0
expect 'changelog of the version before' 1 'debian/changelog is of 1.1.0'
texts 1.2.0 '1.2.0 (2026-12-01)' 1.2.0 'Fri, 01 Jan 2100 00:00:00 +0000'
expect 'a package of tomorrow' 1 '"Fri, 01 Jan 2100 00:00:00 +0000" is still to'
texts 1.2.0 '1.2.0 (2026-12-01)' 1.2.0 ''
expect 'a package without a day' 1 'debian/changelog: "" is still to come'
texts 1.2.0 '1.2.0 (2026-12-01)' 1.2.0-1
git tag v1.2.0
expect 'it has its tag' 0 'rollcall 1.2.0: nothing is wrong with its texts; '
git commit --quiet --allow-empty --message more
expect 'the tag is of another commit' 1 'v1.2.0 is the tag of another commit'
texts 1.2 '1.2 (2026-12-01)' 1.2
expect 'no version' 1 '"1.2" is no version'
echo "1..$n"
