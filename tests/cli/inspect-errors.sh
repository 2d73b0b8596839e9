# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What is not there is told, and the rest goes on.
echo text >text
mkfifo fifo
mkdir empty
run() {
	rollcall inspect --quiet --at 2014-01-01 "$@"
	echo "$*: $?"
}
run none text
run fifo
run empty
run --anchor none text
run --anchor text text
run --jobs 0 text
run --jobs many text
run --output /nowhere/result text
