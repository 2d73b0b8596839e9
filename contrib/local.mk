# What others run rollcall with; nothing of it is installed.
EXTRA_DIST += contrib/ansible contrib/windows
