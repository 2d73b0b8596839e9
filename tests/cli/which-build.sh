# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
at=2026-11-25
rollcall which --at $at 14.2.318.4
echo "exit $?"
rollcall which --at $at 14.2.318.2
echo "exit $?"
rollcall which --at 2012-11-01 14.2.318.1
echo "exit $?"
rollcall which --at $at 14.2.318.3
echo "exit $?"
rollcall which --at $at 14.2.318
echo "exit $?"
