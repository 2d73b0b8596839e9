# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rollcall authors
# A file where a folder is wanted: what it is, and what to do with it.
image() {
	rollcall scan "$1"
	[ $? -eq 65 ] || echo "$1: not 65"
}
printf 'QFI\373' >a.qcow2
printf 'vhdxfile' >a.vhdx
printf 'conectix' >a.vhd
printf 'KDMV' >a.vmdk
printf '# Disk DescriptorFile\n' >b.vmdk
printf 'EVF\011\015\012\377\000' >a.E01
printf 'MSWIM\000\000\000' >a.wim
printf '\353X\220-FVE-FS-' >bitlocker.raw
printf '\353R\220NTFS    ' >c.raw
{ head -c 510 /dev/zero && printf '\125\252'; } >disk.raw
printf 'regf' >SOFTWARE
echo '{ }' >result.json
echo text >text
: >empty
for file in a.qcow2 a.vhdx a.vhd a.vmdk b.vmdk a.E01 a.wim bitlocker.raw \
    c.raw disk.raw SOFTWARE result.json text empty; do
	image $file
done
# What is no folder is told of several, too.
rollcall scan --quiet --at 2012-10-20 a.vhdx "$BUILD/tests/volumes/ru4-v1/c" |
    grep a.vhdx
# One that was not looked at for another reason keeps that.
mkdir folder
image folder
