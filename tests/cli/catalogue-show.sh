# SPDX-License-Identifier: MIT
# All that is known of a release, as people and as programs read it.
rollcall catalogue show 14.2.318.4
# A dispute that is left open, and why that is no complaint.
rollcall catalogue show --quiet 2010-rtm-ru4
rollcall catalogue show --at 2026-11-25 --format json 2016-cu9-aug18su
# A build between two known ones is none of them.
rollcall catalogue show 14.2.318.3 || echo "exit $?"
