# SPDX-License-Identifier: MIT
# A list as people read it: columns, what must be replaced, lines broken.
rollcall catalogue list --product 2010 --branch SP2
echo
rollcall catalogue list --affected --since 2012-08-01 --format csv
echo
# Months, days that are not known, and none at all.
rollcall catalogue list --product 2000 --since 2003-01-01
rollcall catalogue list --product 2011 || echo "exit $?"
rollcall catalogue list --product 2010 --branch SP9 || echo "exit $?"
rollcall catalogue list --branch sp9 || echo "exit $?"
