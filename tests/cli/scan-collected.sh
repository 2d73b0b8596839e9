# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# Files that were collected, hives alone, and volumes that a folder shows.
v=$BUILD/tests/volumes
look() {
	rollcall scan -q --at 2012-10-20 "$@"
	echo "exit $?"
}
ru4() {
	look --overlay "$v/ru4-v1/overlay.xml" "$@"
}
mkdir -p up/uploads/auto up/uploads/ntfs kape
cp -r "$v/ru4-v1/c" up/uploads/auto/C%3A
echo '= uploads'
ru4 up | tee uploads
echo '= the drive itself, in any spelling, says the same'
for root in up/uploads up/uploads/auto up/uploads/auto/C%3A/; do
	ru4 $root | cmp - uploads
done
mv up/uploads/auto/C%3A up/uploads/ntfs/%5c%5c.%5cC%3a
ru4 up | cmp - uploads
mv up/uploads/ntfs/%5c%5c.%5cC%3a kape/C
ru4 kape | cmp - uploads
echo '= hives alone, and with a drive'
ru4 "$v/ru4-v1/c/Windows/System32/config" | sed -n '/INSTALLED/,$p'
ru4 "$v/ru4-v1/c" >whole
ru4 --drive "C=$v/ru4-v1/c" "$v/ru4-v1/c/Windows/System32/config" |
    cmp - whole
echo '= a mount point'
cp -r "$v/ru4-v1/c" c
mv 'c/Program Files' there
mkdir 'c/Program Files'
ru4 c | head -n 1
ru4 --drive 'c:\program files\=there' c | cmp - whole
ru4 --drive 'C:/Program Files=there' c | cmp - whole
look --drive 'C:\A=there' --drive 'C:\a\.=c' c
look --drive 'C:A=there' c
look --drive 'C:\A=' c
look --drive 'C:\A=absent' c
echo '= a link is not followed, and no drive is none'
mkdir -p linked/uploads bad/C%3A
ln -s "$PWD/kape/C" linked/C%3A
ln -s "$PWD/kape" linked/uploads/auto
look linked
look bad
# What is fine as a whole is not, where files may be missing.
for name in no-exchange-fixed ru4-v2-fixed sound-2007-ru8-v3-history \
    sound-2010-edge sound-2016-history sound-se-rtm; do
	rm -rf other
	mkdir other
	cp -r "$v/$name/c" other/C%3A
	for root in "$v/$name/c" other; do
		rollcall scan -q --at 2012-10-20 --exit-style verdict \
		    --ask installed,genuine,complete,rerelease,fix \
		    --overlay "$v/ru4-v1/overlay.xml" "$root" >/dev/null 2>&1
		echo "$name $?"
	done
done
