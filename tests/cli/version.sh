# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# One line, so that scripts can read it.
rollcall --version
rollcall -V
rollcall version
# Which program is it? The digest is that of the file.
program=$BUILD/rollcall
[ ! -f "$program.exe" ] || program=$program.exe
rollcall version --verbose >about
rollcall --version -v | cmp - about
rollcall -V --verbose | cmp - about
grep -B 1 "$(sha256sum <"$program" | cut -d ' ' -f 1)" about |
    sed 's/[0-9a-f]\{64\}/SHA256/'
sed -n '4,5{s/[0-9]\{10\} of [0-9-]*/SERIAL of DAY/;p;}' about
sed -n 's/\(built      for \).*, by .* [0-9].*/\1MACHINE/p
    s/\(libraries  \)libxml2 [0-9.]*, OpenSSL [3-9].*.*/\1ALL/p' about
wc -l <about
awk 'length > 80' about
