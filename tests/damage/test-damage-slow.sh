#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# Damage never earns, at length (TAP). DAMAGE_SEED=N asks for other cases.
exec tests/damage/damage --seed "${DAMAGE_SEED:-1}" --count 20000
