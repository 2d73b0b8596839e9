# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
cp "$FIXTURES/msi-rollup.msp" rollup.msp
cp "$FIXTURES/pe-exsetup.pe" ExSetup.exe
rollcall inspect --at 2014-01-01 --format json rollup.msp ExSetup.exe
echo "exit $?"
