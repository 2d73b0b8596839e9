# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
at=2021-06-01
rollcall which --at $at '14.3.123.4 CVE-2020-0688'
echo "exit $?"
rollcall which --at $at '14.3.513.0 CVE-2020-0688 CVE-2099-0001'
echo "exit $?"
rollcall which --quiet --at 2026-11-25 CVE-2020-0688 CVE-2024-21410 \
    '{CD981244-E9B8-405A-9026-6AEB9DCEF1F1}' 15.20.7091.28 14.3.408.0
echo "exit $?"
