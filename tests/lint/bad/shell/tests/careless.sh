#!/bin/sh
# SPDX-License-Identifier: MIT
cd "$1"
echo hello
