# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# Detection script of an application, of Intune or Configuration Manager: it
# counts as installed when the script prints something and ends with 0.
$line = & 'C:\Program Files\rollcall\rollcall.exe' scan --exit-style detect
if ($LASTEXITCODE -eq 0) { $line }
exit 0
