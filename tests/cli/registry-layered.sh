# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What a layer deletes is shown, and told to be deleted.
rollcall registry --strict -r "$FIXTURES/regf-layered.hive"
rollcall registry "$FIXTURES/regf-layered.hive" Gone
