# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
rollcall which
echo "exit $?"
rollcall which --sha256 12
echo "exit $?"
rollcall which --mail no-such-file
echo "exit $?"
rollcall which --mail - - </dev/null
echo "exit $?"
rollcall which --help
