# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
cat >list.txt <<'EOF'
ProductVersion   FileVersion      FileName
--------------   -----------      --------
14.02.0318.002   14.02.0318.002   C:\Program Files\Microsoft\V14\bin\ExSetup.exe
10.0.17763.5329  10.0.17763.5329  C:\Windows\System32\wintrust.dll
14.02.0318.004   14.02.0318.004   C:\Program Files\Microsoft\V14\bin\ExSetup.exe
EOF
rollcall which --at 2012-11-01 --paste list.txt
echo "exit $?"
rollcall which --quiet --at 2012-11-01 - <list.txt
echo 'nothing of interest' | rollcall which --at 2012-11-01 --paste -
echo "exit $?"
