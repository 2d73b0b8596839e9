# SPDX-License-Identifier: MIT
# One line, so that scripts can read it.
rollcall --version
