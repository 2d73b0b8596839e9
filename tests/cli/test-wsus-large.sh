#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# 100,000 updates in one scan file, and how much memory they take.
exec "${PYTHON:-python3}" "$ROLLCALL_SRC/tests/cli/test-wsus.py" large
