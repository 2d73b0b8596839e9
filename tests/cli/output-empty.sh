# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# No name is no file: a variable that is not set, more often than not.
rollcall which 14.2.318.4 --output ''
echo "exit $?"
rollcall inspect -o '' nothing.msp
echo "exit $?"
ls
