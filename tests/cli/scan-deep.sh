# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# Files with a defective timestamp, the first to expire first.
v=$BUILD/tests/volumes/deep
rollcall scan --at 2012-12-01 --deep --overlay "$v/overlay.xml" "$v/c" |
    sed -n '/^Files with/,/^$/p'
