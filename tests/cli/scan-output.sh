# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# A file appears whole, and the exit code is still the verdict's.
rollcall scan --overlay "$BUILD/tests/volumes/ru4-v1/overlay.xml" \
    --at 2012-10-20 -q -o result "$BUILD/tests/volumes/ru4-v1/c"
echo "exit $?"
cat result
# "-" is standard output, and no file.
rollcall scan --overlay "$BUILD/tests/volumes/ru4-v1/overlay.xml" \
    --at 2012-10-20 -q --output - "$BUILD/tests/volumes/ru4-v1/c" |
    cmp - result
ls
