# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# Detection script for Configuration Manager and Intune. As the script of a
# configuration item, its line of output is the value (compliant where it begins
# with "UP TO DATE" or whatever else the site takes); as that of a remediation,
# 1 means "to be remedied". -Application turns it into that of an application,
# which is installed when something is printed and the exit code is 0.
#
# What of it was run, and where: nothing, neither by Configuration Manager nor
# by Intune. Its syntax is checked by the project (tests/packaging/
# test-powershell); "scan --exit-style detect" is tested under Wine.
param(
    [string]$Program = 'C:\Program Files\rollcall\rollcall.exe',
    [switch]$Application
)

if (-not (Test-Path -LiteralPath $Program)) {
    if (-not $Application) { 'UNDETERMINED: rollcall.exe is not there'; exit 1 }
    exit 0
}
$line = & $Program scan --exit-style detect
$code = $LASTEXITCODE
if ($Application) {
    if ($code -eq 0) { $line }
    exit 0
}
$line
if ($code -eq 0) { exit 0 }
exit 1
