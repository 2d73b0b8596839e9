# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
rollcall probe --help
