# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# No command at all is wrong usage, in one line.
rollcall
