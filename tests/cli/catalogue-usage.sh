# SPDX-License-Identifier: MIT
# A group of commands: its help, and what is wrong usage of it.
rollcall catalogue --help
rollcall help catalogue | head -n 1
rollcall help catalogue show | head -n 1
for args in "" "lint" "show" "show a b" "list --format xml" "check -f json" \
    "list --since yesterday" "show --format csv SE"; do
	# shellcheck disable=SC2086 # words
	rollcall catalogue $args || echo "exit $?"
done
