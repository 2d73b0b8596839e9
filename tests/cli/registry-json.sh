# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
h=$BUILD/tests/volumes/ru4-v1/c/Windows/System32/config/SYSTEM
rollcall registry --at 2012-10-20 --format json "$h" 'Select'
rollcall registry --at 2012-10-20 -f json -r "$h" 'ControlSet001\Control'
