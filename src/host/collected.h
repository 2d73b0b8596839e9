/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_HOST_COLLECTED_H
#define ROLLCALL_HOST_COLLECTED_H

#include "io/tree.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Trees of files that somebody has collected from a machine, a folder for each
 * drive: "C%3A" and "%5C%5C.%5CC%3A" as Velociraptor uploads them, alone or in
 * "uploads/auto" and "uploads/ntfs", and "C" as KAPE copies them. What is not
 * in one may be on the machine all the same.
 */
struct collected_drive {
	char		 letter;	/* 'A'..'Z' */
	char		*folder;	/* owned */
};

/* Is FOLDER, the name of one or a path to one, of the form "C%3A"? */
bool		collected_is_drive(const char *folder);

/*
 * The drives in the tree T of the folder ROOT. No links are followed.
 *
 * Out:     *OUT, an array: collected_free().
 * Returns: how many there are.
 */
size_t		collected_find(struct tree *t, const char *root,
		    struct collected_drive **out);
void		collected_free(struct collected_drive *drives, size_t count);

#endif
