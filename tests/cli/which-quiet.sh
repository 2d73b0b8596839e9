# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
printf '%s\n' '2010 SP2 RU4-v2' '' '  15.1.2507  ' KB5049233 |
    rollcall which --quiet --at 2026-11-25 -
