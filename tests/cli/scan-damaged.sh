# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# A SOFTWARE hive that is a text file: said on standard error, and the answer
# is that there is none.
rollcall scan --at 2012-10-20 "$BUILD/tests/volumes/software-text/c"
