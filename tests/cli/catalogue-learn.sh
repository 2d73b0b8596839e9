# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# One package is learned; a flipped one and a file of another kind are told.
v=$BUILD/tests/volumes
mkdir held flipped
cp "$v"/target-ready/c/updates/*.msp held
cp "$v"/target-flipped/c/updates/*.msp flipped
# Its signature leaves names open, so its code must be known.
cat >known.xml <<EOF
<?xml version="1.0" encoding="UTF-8"?>
<overlay xmlns="urn:rollcall:catalogue:1" name="known" issued="2012-12-15">
  <source id="SITE" title="The list of the site" where="known.xml"/>
  <extend release="2010-sp2-ru5-v2">
    <patch code="{A0000052-5A5A-4A5A-8A5A-000000000052}" sources="SITE">
      <target>{4934D1EA-BE46-48B1-8847-F1AF20E892C1}</target>
    </patch>
  </extend>
</overlay>
EOF
rollcall catalogue learn --at 2012-12-15 --name held --overlay known.xml \
    --overlay "$v/target-flipped/overlay.xml" held/*.msp flipped/*.msp \
    "$v/target-ready/overlay.xml"
