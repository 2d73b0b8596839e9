# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# What was given is near to what is wanted: each is told with what to do.
hint() {
	rollcall "$@"
	echo "$?"
}
mkdir -p c/Windows/System32/config empty
for folder in c/Windows c/Windows/System32 empty; do
	hint scan $folder
done
hive=$BUILD/tests/volumes/ru4-v1/c/Windows/System32/config/SOFTWARE
cp "$hive" SOFTWARE
for key in 'HKLM\SOFTWARE\Microsoft' '\software\Microsoft' 'Microsoft\none' \
    'HKEY_LOCAL_MACHINE\SOFTWARE'; do
	hint registry SOFTWARE "$key"
done
hint catalogue show '2010 SP2 RU4-v2'
hint catalogue list --product SE --branch CU1
# Something else than results is not told line by line.
for n in 1 2 3 4 5 6 7 8; do
	echo "no result $n" >>text
done
head -n 5 text >five
hint judge text five
