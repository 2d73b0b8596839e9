# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
h=$BUILD/tests/volumes/ru4-v1/c/Windows/System32/config/SOFTWARE
rollcall registry "$h" 'Microsoft\ExchangeServer\v14\Setup'
echo "exit $?"
# Any letter case; a key that is not there is exit code 1.
rollcall registry "$h" 'MICROSOFT\exchangeserver\V14'
echo "exit $?"
rollcall registry "$h" 'Microsoft\Nothing'
echo "exit $?"
