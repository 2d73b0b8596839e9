/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/image.h"
#include "base/source.h"
#include "io/file.h"

#include <string.h>

#define HEAD	512	/* bytes, a sector */
/* Where no manual is at hand, the name of the tool has to do. */
#define MOUNT(tools) ", and no folder: mount it first (" tools "), as " \
		"IMAGES OF DISKS in rollcall(1) shows"
#define LOOP	"mount -o ro,loop"
#define QEMU	"qemu-nbd or guestmount"
#define QEMU_WIN QEMU "; on Windows Mount-DiskImage"

/* By what a file holds, the surer ones first. */
static const struct {
	size_t		 off, len;
	const char	*bytes;
	const char	*advice;
} rows[] = {
	{ 0, 4, "QFI\xfb", "an image of a disk (QCOW2)" MOUNT(QEMU) },
	{ 0, 8, "vhdxfile", "an image of a disk (VHDX)" MOUNT(QEMU_WIN) },
	{ 0, 8, "conectix", "an image of a disk (VHD)" MOUNT(QEMU_WIN) },
	{ 0, 4, "KDMV", "an image of a disk (VMDK)" MOUNT(QEMU) },
	{ 0, 21, "# Disk DescriptorFile", "an image of a disk (VMDK)"
	    MOUNT(QEMU) },
	{ 0, 8, "EVF\x09\x0d\x0a\xff\x00", "an image of a disk (E01)"
	    MOUNT("ewfmount") },
	{ 0, 8, "MSWIM\0\0\0", "an image of folders (WIM), and no folder: "
	    "mount it first (wimmount, or DISM on Windows)" },
	{ 3, 8, "-FVE-FS-", "an image of a volume with BitLocker, and no "
	    "folder: unlock it (dislocker) and mount it first, as IMAGES OF "
	    "DISKS in rollcall(1) shows" },
	{ 3, 8, "NTFS    ", "an image of a volume (NTFS)" MOUNT(LOOP) },
	{ 510, 2, "\x55\xaa", "an image of a disk (raw)" MOUNT(LOOP) },
	{ 0, 4, "regf", "a hive, and no folder: \"rollcall registry\" reads "
	    "it; scan wants the folder that it was found in" },
	{ 0, 1, "{", "a file, and no folder: results are for \"rollcall "
	    "judge\"" },
	{ 0, 0, "", "a file, and no folder: a package or program is for "
	    "\"rollcall inspect\", an image of a disk has to be mounted "
	    "first" },
};

const char *
image_advice(const char *path)
{
	struct file *f = NULL;
	char head[HEAD] = "";
	const char *found = NULL;
	struct source src;
	size_t i, len = 0;

	if (file_open_unnamed(path, &f, NULL) != ST_OK)
		return NULL;
	src = file_source(f);
	len = src.size < HEAD ? (size_t)src.size : HEAD;
	if (source_read(&src, 0, head, len, NULL) == ST_OK)
		for (i = 0; found == NULL; i++)
			if (rows[i].off + rows[i].len <= len &&
			    memcmp(head + rows[i].off, rows[i].bytes,
			    rows[i].len) == 0)
				found = rows[i].advice;
	file_close(f);
	return found;
}
