# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# The answer alone, for a plain service pack, an update before the defect, a
# re-release, a conflict, an unknown build and a Windows without Exchange.
for v in sp2-plain sp2-ru3 ru4-v2 conflict-v2-v1 unknown-build no-exchange \
    2016-nov24su-v1 newer-than-catalogue; do
	rollcall scan --quiet --at 2025-03-01 \
	    --overlay "$BUILD/tests/volumes/$v/overlay.xml" \
	    "$BUILD/tests/volumes/$v/c"
	echo "exit $?"
	echo
done
