# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What each kind of file looks like, and a name that lies.
mkdir -p in/below
cp "$FIXTURES/msi-rollup.msp" "in/Exchange2010-KB2756485-v2-x64-EN.msp"
cp "$FIXTURES/pe-exsetup.pe" in/below/ExSetup.exe
cp "$FIXTURES/msi-product.msi" in/below/product.msi
cp "$FIXTURES/cab-size.cab" in/broken.cab
echo text >in/readme.txt
ln -s .. in/below/loop
ln -s readme.txt in/link
rollcall inspect --at 2014-01-01 in
echo "exit $?"
rollcall inspect --at 2014-01-01 --quiet in/readme.txt in/below
echo "exit $?"
