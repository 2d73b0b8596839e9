# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# One package is learned; a flipped one and a file of another kind are told.
v=$BUILD/tests/volumes
mkdir held flipped
cp "$v"/target-ready/c/updates/*.msp held
cp "$v"/target-flipped/c/updates/*.msp flipped
rollcall catalogue learn --at 2012-12-15 --name held \
    --overlay "$v/target-flipped/overlay.xml" held/*.msp flipped/*.msp \
    "$v/target-ready/overlay.xml"
