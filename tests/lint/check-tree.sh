#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# The house rules, one TAP line each. "make lint" prints the complaints only.
exec "$PYTHON" "$ROLLCALL_SRC/tests/lint/lint.py" --root "$ROLLCALL_SRC" --tap
