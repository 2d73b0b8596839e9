# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# The question of 2012: the original rollup, and no fix in Windows.
rollcall scan --overlay "$BUILD/tests/volumes/ru4-v1/overlay.xml" \
    --at 2012-10-20 "$BUILD/tests/volumes/ru4-v1/c"
