#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
#
# The recipes of README for images of disks, on one that is made here: a disk
# with a partition of NTFS that holds the sample volume, raw and in the formats
# of disks of virtual machines. The answer is that of the folder.
set -u

echo 1..7
skip_all() {
	for n in 1 2 3 4 5 6 7; do
		echo "ok $n - image $n # SKIP $1"
	done
	exit 0
}

for tool in mkntfs ntfs-3g qemu-img qemu-nbd nbdfuse sfdisk; do
	command -v $tool >/dev/null || skip_all "$tool is not installed"
done
[ "$(id -u)" -eq 0 ] || skip_all 'only root may mount'
[ -c /dev/fuse ] || skip_all 'there is no /dev/fuse'

work=$(mktemp -d "${TMPDIR:-/tmp}/rollcall-images.XXXXXX") || exit 99
clean() {
	umount "$work/c" 2>/dev/null
	umount "$work/disk" 2>/dev/null
	[ ! -f "$work/pid" ] || kill "$(cat "$work/pid")" 2>/dev/null
	rm -rf --one-file-system "$work"
}
trap clean EXIT
cd "$work" || exit 99
mkdir c disk

# Partition 1 begins at 1 MiB, as Windows' own does.
make_disk() {
	"$PYTHON" "$ROLLCALL_SRC/tests/tools/mkvolume.py" \
	    "$ROLLCALL_SRC/data/sample/sample.volume.txt" sample sample.xml &&
	    truncate -s 24M part && mkntfs -q -F part &&
	    ntfs-3g part c && cp -r sample/. c/ && umount c &&
	    truncate -s 32M disk.raw &&
	    echo '2048,,7' | sfdisk -q disk.raw &&
	    dd if=part of=disk.raw bs=1M seek=1 conv=notrunc status=none &&
	    qemu-img convert -O qcow2 disk.raw disk.qcow2 &&
	    qemu-img convert -O vhdx disk.raw disk.vhdx &&
	    qemu-img convert -O vpc disk.raw disk.vhd &&
	    qemu-img convert -O vmdk disk.raw disk.vmdk &&
	    qemu-img convert -O vpc -o subformat=fixed disk.raw fixed.vhd
}

answer() {
	"$ROLLCALL" scan --quiet --at 2026-11-25 --overlay sample.xml "$1"
	echo "exit $?"
}

# same NUMBER NAME: the folder c is answered as the sample is.
same() {
	answer c >got 2>&1
	if diff wanted got >difference && grep -q 'exit 2' got; then
		echo "ok $1 - $2"
	else
		sed 's/^/# /' difference
		echo "not ok $1 - $2"
	fi
}

make_disk >log 2>&1 || {
	sed 's/^/# /' log
	skip_all 'no image could be made'
}
answer sample >wanted 2>&1

ntfs-3g -o ro part c >log 2>&1
same 1 'a partition'
umount c

n=2
for image in disk.raw fixed.vhd; do
	mount -t ntfs-3g -o ro,loop,offset=1048576 $image c >log 2>&1
	same $n $image
	umount c
	n=$((n + 1))
done

for image in disk.qcow2 disk.vhdx disk.vhd disk.vmdk; do
	qemu-nbd --read-only --fork --pid-file=pid --socket="$work/socket" \
	    $image >log 2>&1
	nbdfuse -r disk "nbd+unix:///?socket=$work/socket" >>log 2>&1 &
	tries=0
	until [ -e disk/nbd ] || [ $tries -eq 50 ]; do
		sleep 0.2
		tries=$((tries + 1))
	done
	mount -t ntfs-3g -o ro,loop,offset=1048576 disk/nbd c >>log 2>&1
	same $n $image
	umount c
	umount disk
	wait
	n=$((n + 1))
done
