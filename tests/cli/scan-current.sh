# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# --require-current turns two notes into advice.
v=$BUILD/tests/volumes/ru4-v2-fixed/c
set -- -q --at 2020-01-01 --overlay "$v/../overlay.xml" "$v"
rollcall scan "$@"
echo "exit $?"
rollcall scan --require-current "$@"
echo "exit $?"
