# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# Run rollcall.exe on all servers that servers.txt names, one a line, and leave
# one NAME.json for each here. From PowerShell of an administrator, in the
# folder that has rollcall.exe. In the Exchange Management Shell, the names
# come from: (Get-ExchangeServer).Fqdn | Set-Content servers.txt
$servers = Get-Content servers.txt

foreach ($s in $servers) { Copy-Item rollcall.exe "\\$s\ADMIN$\rollcall.exe"; Remove-Item "\\$s\ADMIN$\rollcall.json" -ErrorAction SilentlyContinue }
Invoke-Command -ComputerName $servers { & "$env:SystemRoot\rollcall.exe" scan --format json --output "$env:SystemRoot\rollcall.json"; "$env:COMPUTERNAME $LASTEXITCODE" }
foreach ($s in $servers) { Copy-Item "\\$s\ADMIN$\rollcall.json" "$s.json" }
