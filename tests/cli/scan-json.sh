# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
rollcall scan --overlay "$BUILD/tests/volumes/ru4-v1/overlay.xml" \
    --at 2012-10-20 --format json "$BUILD/tests/volumes/ru4-v1/c"
