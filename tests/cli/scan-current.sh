# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# That there is something newer, and no support any more, counts unless the
# questions say otherwise.
v=$BUILD/tests/volumes/ru4-v2-fixed/c
set -- -q --at 2020-01-01 --overlay "$v/../overlay.xml" "$v"
rollcall scan --ask installed,genuine,complete,rerelease,fix "$@"
echo "exit $?"
rollcall scan "$@"
echo "exit $?"
rollcall scan --ask installed,patched "$@"
echo "exit $?"
rollcall scan --ask ready "$@"
echo "exit $?"
