# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What is completed, tests/packaging/test-completion.py asks the shells.
rollcall completion
echo "exit $?"
rollcall completion fish
echo "exit $?"
rollcall completion bash zsh
echo "exit $?"
