# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# Detection script of an Intune remediation: 1 means "to be remedied".
& 'C:\Program Files\rollcall\rollcall.exe' scan --exit-style detect
if ($LASTEXITCODE -eq 0) { exit 0 }
exit 1
