# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
h=$BUILD/tests/volumes/ru4-v1/c/Windows/System32/config/SYSTEM
rollcall registry --recursive "$h"
