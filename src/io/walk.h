/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_WALK_H
#define ROLLCALL_IO_WALK_H

#include "base/status.h"

#include <stddef.h>

/*
 * The files under some paths of this machine, one at a time: a path that is a
 * file is itself, one that is a folder is all files below it, folder by
 * folder in the order of struct listing. Links to files are files; links to
 * folders are not followed below a given path, so that nothing comes twice.
 * What is neither file nor folder is passed over where it was not given.
 */
struct walk;

/*
 * In:      PATHS, COUNT of them, outlive the walk.
 * Out:     the caller's, for walk_free().
 */
struct walk	*walk_new(const char *const *paths, size_t count);
void		 walk_free(struct walk *w);	/* NULL is fine */

/*
 * The next file.
 *
 * Out:     *PATH, which the caller frees: of the file, and of what cannot be
 *          entered when the status is no ST_OK. D says why, without the path.
 *          The walk goes on behind it.
 * Limits:  TREE_MAX_DEPTH, TREE_MAX_NAMES.
 * Returns: ST_OK; ST_ABSENT for a given path that is not there;
 *          ST_UNSUPPORTED for a given path that is neither file nor folder;
 *          ST_LIMIT; ST_IO. *PATH is NULL at the end, with ST_OK.
 */
MUST_CHECK
enum status	 walk_next(struct walk *w, char **path, struct diag *d);

#endif
