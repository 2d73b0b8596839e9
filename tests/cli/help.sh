# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What a newcomer types first.
rollcall --help
