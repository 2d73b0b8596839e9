# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What is not there, or not what it should be: one line, and never a verdict.
mkdir empty
echo "not a hive" >text
: >nothing
printf '<?xml version="1.0"?><!DOCTYPE c [<!ENTITY e SYSTEM "file:///etc/passwd">]><c>&e;</c>' >doctype.xml
echo '<catalogue xmlns="urn:rollcall:catalogue:1"/>' >invalid.xml
run() {
	rollcall "$@"
	echo "$*: $?"
}
run scan absent
run scan empty
run scan text
run scan --catalogue absent.xml empty
run scan --catalogue text empty
run scan --catalogue doctype.xml empty
run scan --catalogue invalid.xml empty
run registry absent
run registry text
run registry nothing
run registry empty
run scan --output /nowhere/result "$BUILD/tests/volumes/sp2-plain/c"
