# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
rollcall which --at 2026-11-25 KB2986475 KB2749655 KB2705219 KB2756987 \
    KB2538719 KB2734232 '2016 CU23 Nov24SU' 'what is this' \
    Exchange2019-KB5000871-x64-en.msp
