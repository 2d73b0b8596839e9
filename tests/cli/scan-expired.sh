# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# After the signing certificates began to expire: past tense, and an order.
rollcall scan --overlay "$BUILD/tests/volumes/ru4-v1/overlay.xml" \
    --at 2013-03-01 "$BUILD/tests/volumes/ru4-v1/c"
