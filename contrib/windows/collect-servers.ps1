# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# Run rollcall.exe on many servers by PowerShell remoting, so many at a time,
# and leave NAME.json for each in a folder here. Who did not answer is named,
# and the exit code is 1 then. From PowerShell of an administrator:
#
#   .\collect-servers.ps1 -Servers servers.txt -Program rollcall.exe
#   rollcall.exe judge --servers servers.txt results
#
# What of it was run, and where: nothing. Its syntax is checked by the project
# (tests/packaging/test-powershell); rollcall.exe itself is tested under Wine.
# Try it on one server first.
[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)][string]$Servers,
    [string]$Program = 'rollcall.exe',
    [string]$Results = 'results',
    [int]$Throttle = 32
)

$ErrorActionPreference = 'Stop'
$names = @(Get-Content -Path $Servers | ForEach-Object { $_.Trim() } |
    Where-Object { $_ -ne '' -and -not $_.StartsWith('#') })
$exe = (Resolve-Path -Path $Program).ProviderPath
$null = New-Item -ItemType Directory -Path $Results -Force
$folder = 'rollcall-' + [guid]::NewGuid().ToString('N')

# A file goes by the session, and so does the result: what a program prints
# would be decoded by [Console]::OutputEncoding, which seldom is UTF-8.
$options = New-PSSessionOption -OpenTimeout 30000
$unanswered = @()
for ($at = 0; $at -lt $names.Count; $at += $Throttle) {
    $last = [Math]::Min($at + $Throttle, $names.Count) - 1
    $some = @($names[$at..$last])
    $sessions = @(New-PSSession -ComputerName $some -SessionOption $options `
        -ThrottleLimit $Throttle -ErrorAction SilentlyContinue)
    $unanswered += @($some | Where-Object {
        $sessions.ComputerName -notcontains $_ })
    try {
        foreach ($session in $sessions) {
            try {
                $there = Invoke-Command -Session $session -ArgumentList $folder {
                    param($folder)
                    $path = Join-Path $env:SystemRoot "Temp\$folder"
                    $null = New-Item -ItemType Directory -Path $path
                    $path
                }
                Copy-Item -ToSession $session -Path $exe `
                    -Destination "$there\rollcall.exe"
            } catch {
                Write-Warning "$($session.ComputerName): $_"
            }
        }
        # The work itself, on all of them at once.
        if ($sessions.Count -gt 0) {
            Invoke-Command -Session $sessions -ThrottleLimit $Throttle `
                -ArgumentList $folder -ErrorAction Continue {
                param($folder)
                $there = Join-Path $env:SystemRoot "Temp\$folder"
                & "$there\rollcall.exe" scan --format json `
                    --output "$there\result.json" | Out-Null
                "$env:COMPUTERNAME $LASTEXITCODE"
            }
        }
        foreach ($session in $sessions) {
            $name = $session.ComputerName
            $file = Join-Path $Results "$name.json"
            # An old result must not pass for a new one.
            Remove-Item -Path $file -ErrorAction SilentlyContinue
            try {
                $there = Invoke-Command -Session $session -ArgumentList $folder {
                    param($folder)
                    Join-Path $env:SystemRoot "Temp\$folder"
                }
                Copy-Item -FromSession $session -Path "$there\result.json" `
                    -Destination $file
            } catch {
                Write-Warning "${name}: $_"
                $unanswered += $name
            }
        }
        if ($sessions.Count -gt 0) {
            Invoke-Command -Session $sessions -ArgumentList $folder `
                -ErrorAction Continue {
                param($folder)
                Remove-Item -Recurse -Force -Path (
                    Join-Path $env:SystemRoot "Temp\$folder")
            }
        }
    } finally {
        $sessions | Remove-PSSession
    }
}

if ($unanswered.Count -gt 0) {
    "No result of $($unanswered.Count) of $($names.Count) servers:"
    $unanswered | Sort-Object -Unique
    exit 1
}
"Results of $($names.Count) servers are in $Results"
exit 0
