# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# --require-current turns two notes into advice.
v=$BUILD/tests/volumes/ru4-v2-fixed/c
rollcall scan -q --at 2020-01-01 "$v"
echo "exit $?"
rollcall scan -q --at 2020-01-01 --require-current "$v"
echo "exit $?"
