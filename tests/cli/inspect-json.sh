# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
cp "$FIXTURES/msi-rollup.msp" rollup.msp
cp "$FIXTURES/pe-exsetup.pe" ExSetup.exe
rollcall inspect --at 2014-01-01 --format json rollup.msp ExSetup.exe
echo "exit $?"

# A name that would turn the line about, or drive the terminal.
odd=$(printf 'a\302\2339m\342\200\256.txt')
printf 'hello' > "$odd"
rollcall inspect --at 2014-01-01 --format json "$odd" | grep '"path"'
