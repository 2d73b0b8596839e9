/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_LINK_H
#define ROLLCALL_IO_LINK_H

#include "base/slice.h"
#include "base/status.h"

#include <stddef.h>

/* Where a link of a Windows volume leads, from the volume's point of view. */
enum link_base {
	LINK_OUTSIDE,		/* another drive, a server, not a path */
	LINK_ROOT,		/* from the root of the volume */
	LINK_FOLDER,		/* from the folder that holds the link */
};

/*
 * Read the target of a link, in the spellings that drivers show: what POSIX
 * writes, "\??\C:\Users" as it stands in a junction, an absolute path below
 * the place where the volume is mounted (ntfs-3g, Windows), and ntfs-3g's text
 * for reparse points that it does not know.
 *
 * In:      MOUNT is the absolute path of the volume's root ("/mnt", "E:\",
 *          "D:\Backup"), "" if it has none; LETTER is the volume's drive
 *          letter in upper case, or '\0'.
 * Out:     *REST is the path from there, borrowed from TARGET; untouched for
 *          LINK_OUTSIDE.
 */
enum link_base	link_parse(const char *target, const char *mount,
		    char letter, const char **rest);

/*
 * The target in the reparse point DATA of a symbolic link or a junction.
 *
 * Spec:    [MS-FSCC] 2.1.2.4 and 2.1.2.5: the substitute name
 * Out:     TARGET of SIZE bytes, with a NUL.
 * Returns: ST_OK; ST_UNSUPPORTED for reparse points of other kinds; ST_LIMIT
 *          when it does not fit; ST_MALFORMED.
 */
MUST_CHECK
enum status	link_of_reparse_point(struct slice data, char *target,
		    size_t size, struct diag *d);

#endif
