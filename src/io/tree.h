/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_TREE_H
#define ROLLCALL_IO_TREE_H

#include "base/status.h"
#include "io/file.h"
#include "io/folder.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A folder tree that holds a Windows volume: names are found in any letter
 * case (the exact spelling wins), and links never lead outside the root:
 * a target that starts at the root starts at the tree's. Paths are relative
 * to the root, parts parted by '\' or '/'; ".." takes back the part before
 * it, as Windows does. The tree is taken to stand still: a folder is listed
 * once. A diagnosis does not repeat the path that was asked for.
 */
struct tree;

enum tree_kind { TREE_OTHER, TREE_FILE, TREE_FOLDER };

struct tree_stat {
	enum tree_kind	kind;
	uint64_t	size;		/* bytes of a file */
	bool		is_link;	/* the last part of the path is itself
					   one; the rest tells what is behind */
	struct identity	 id;
};

/*
 * Out:     *OUT is the caller's, for tree_close().
 * Returns: ST_OK; ST_ABSENT; ST_UNSUPPORTED when it is no folder; ST_IO.
 */
MUST_CHECK
enum status	tree_open(const char *root, struct tree **out,
		    struct diag *d);
void		tree_close(struct tree *t);	/* NULL is fine */

/* Links to "LETTER:\..." stay inside T; without, they lead outside. */
void		tree_set_letter(struct tree *t, char letter);

/* Do without openat2(), as on a kernel that lacks it: for the tests. */
void		tree_step_only(struct tree *t);

/*
 * Returns: ST_OK; ST_ABSENT; ST_UNSUPPORTED (no regular file; a link whose
 *          target is not in the tree; a name such as "PROGRA~1" that is
 *          not there, while the file that it is short for may be; names
 *          that differ only in letter case);
 *          ST_LIMIT (TREE_MAX_PATH, TREE_MAX_LINKS, TREE_MAX_DEPTH,
 *          TREE_MAX_NAMES); ST_IO.
 */
MUST_CHECK
enum status	tree_file_open(struct tree *t, const char *path,
		    struct file **out, struct diag *d);
/* Returns: as tree_file_open(). */
MUST_CHECK
enum status	tree_stat(struct tree *t, const char *path,
		    struct tree_stat *out, struct diag *d);

/*
 * The names in a folder, sorted by their upper case and then by byte.
 *
 * Out:     *NAMES, an array of *COUNT strings: tree_names_free().
 * Limits:  TREE_MAX_NAMES.
 * Returns: as tree_file_open(); ST_UNSUPPORTED also when it is no folder.
 */
MUST_CHECK
enum status	tree_list(struct tree *t, const char *path, char ***names,
		    size_t *count, struct diag *d);
void		tree_names_free(char **names, size_t count);

#endif
