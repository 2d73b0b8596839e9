#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# Sources of the libraries for Windows are built from only as Debian signed
# them, whatever lay in the cache meanwhile (TAP).
# shellcheck disable=SC2034 # what windows-libraries reads
set -u

if [[ ! -x /usr/lib/apt/apt-helper ]]; then
	echo '1..0 # SKIP no apt'
	exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export ROLLCALL_CACHE=$scratch
# shellcheck source=build-aux/windows-libraries
. "${ROLLCALL_SRC:-..}/build-aux/windows-libraries"
set +e
log=$scratch/log

mkdir -p "$scratch/apt" "$scratch/sources"
echo 'a source' >"$scratch/sources/one_1.dsc"
echo 'its files' >"$scratch/sources/one_1.tar.xz"
digest() {
	sha256sum <"$scratch/sources/$1" | cut -d ' ' -f 1
}
cat >"$scratch/apt/Sources" <<END
Package: one
Version: 0.9
Checksums-Sha256:
 $(printf '0%.0s' {1..64}) 9 one_1.tar.xz

Package: one
Version: 1
Files:
 d41d8cd98f00b204e9800998ecf8427e 9 one_1.dsc
Checksums-Sha256:
 $(digest one_1.dsc) 9 one_1.dsc
 $(digest one_1.tar.xz) 10 one_1.tar.xz
Directory: pool/main/o/one
END
echo "release $scratch/apt/Sources" >"$scratch/apt/indexes"
echo 'one 1' >"$scratch/apt/chosen"
# Nothing is fetched here.
fetch() {
	return 1
}

count=0 failed=0
# point WHAT EXPECTED: does check_sources end so?
point() {
	local ended=0
	(check_sources) >"$scratch/said" 2>&1 || ended=1
	((count += 1))
	if ((ended == $2)); then
		echo "ok $count - $1"
	else
		echo "not ok $count - $1"
		sed 's/^/# /' "$scratch/said"
		((failed += 1))
	fi
}

point 'sources as they were signed' 0
echo 'its filez' >"$scratch/sources/one_1.tar.xz"
point 'a byte of an archive differs' 1
fetch() {
	echo 'its files' >"$scratch/sources/one_1.tar.xz"
}
point 'what differs is fetched again' 0
fetch() {
	return 1
}
rm "$scratch/sources/one_1.dsc"
point 'a file is gone' 1
echo 'a source' >"$scratch/sources/one_1.dsc"
echo 'one 2' >"$scratch/apt/chosen"
point 'a version that no index has' 1
echo 'one 1' >"$scratch/apt/chosen"
: >"$scratch/apt/Sources"
point 'an index without digests' 1
echo "1..$count"
((failed == 0))
