/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_FOLDER_H
#define ROLLCALL_IO_FOLDER_H

#include "base/status.h"
#include "io/file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the system can do with the names in a folder that is held open, so
 * that nobody can put a link in the way meanwhile: folder_posix.c and
 * folder_win32.c. What follows from that alone is in folder.c, and everything
 * above is written once.
 *
 * A diagnosis is the system's reason alone; the caller wraps the name around
 * it. What is not there is ST_ABSENT, what the system refuses is ST_IO.
 */
struct folder {
	intptr_t	 handle;	/* the system's own; -1 is none */
};

#define FOLDER_NONE	((struct folder){ -1 })

enum entry_kind { ENTRY_OTHER, ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINK };

/* What two names of one thing have in common, and no two things have. A file
 * system that has no such numbers says 0 for them. */
struct identity {
	uint64_t	 volume;
	uint64_t	 number;	/* 0: not known */
};

struct entry {
	enum entry_kind	 kind;
	uint64_t	 size;		/* bytes of a file */
	struct identity	 id;
};

/* What PATH is, links followed; devices are ENTRY_OTHER and not touched.
 * Returns: ST_OK; ST_ABSENT; ST_IO. */
MUST_CHECK
enum status	entry_of_path(const char *path, struct entry *out,
		    struct diag *d);

/*
 * Out:     *OUT is the caller's, for folder_close(). *REAL, unless NULL, is
 *          the absolute path without links, to be freed; "" when the volume
 *          has none.
 * Returns: ST_OK; ST_ABSENT; ST_UNSUPPORTED when it is no folder; ST_IO.
 */
MUST_CHECK
enum status	folder_open(const char *path, struct folder *out,
		    char **real, struct diag *d);
void		folder_close(struct folder f);	/* FOLDER_NONE is fine */

/* Out: *OUT, the same folder once more. Returns: ST_OK; ST_IO. */
MUST_CHECK
enum status	folder_again(struct folder f, struct folder *out,
		    struct diag *d);

/*
 * The folder PATH below ROOT, following no link at all.
 *
 * In:      PATH has '/' between its parts, none of which is "." or "..";
 *          "" is ROOT itself. *STEPWISE asks for one system call a part,
 *          where the system can do with one for all.
 * Out:     *STEPWISE becomes true when it cannot.
 * Returns: ST_OK; ST_ABSENT; ST_IO, also for a link.
 */
MUST_CHECK
enum status	folder_beneath(struct folder root, const char *path,
		    bool *stepwise, struct folder *out, struct diag *d);

/* The same, one folder_step() a part. Returns: as folder_beneath(). */
MUST_CHECK
enum status	folder_stepwise(struct folder root, const char *path,
		    struct folder *out, struct diag *d);

/* The folder NAME in F, no link. Returns: as folder_beneath(). */
MUST_CHECK
enum status	folder_step(struct folder f, const char *name,
		    struct folder *out, struct diag *d);

/* What NAME in F is, a link being itself. Returns: ST_OK; ST_ABSENT; ST_IO. */
MUST_CHECK
enum status	folder_entry(struct folder f, const char *name,
		    struct entry *out, struct diag *d);

/* What F itself is. Returns: ST_OK; ST_IO. */
MUST_CHECK
enum status	folder_self(struct folder f, struct entry *out,
		    struct diag *d);

/* The same as folder_entry(), a link being what it leads to, wherever that is.
 * Returns: ST_OK; ST_ABSENT; ST_IO. */
MUST_CHECK
enum status	entry_behind(struct folder f, const char *name,
		    struct entry *out, struct diag *d);

/*
 * Where the link NAME in F leads, as the file system says it.
 *
 * Out:     TARGET of SIZE bytes, with a NUL.
 * Returns: ST_OK; ST_UNSUPPORTED for a link of an unknown kind; ST_LIMIT when
 *          it does not fit; ST_MALFORMED; ST_IO.
 */
MUST_CHECK
enum status	folder_link(struct folder f, const char *name, char *target,
		    size_t size, struct diag *d);

/* The file NAME in F, no link. Returns: ST_OK; ST_ABSENT; ST_UNSUPPORTED when
 * it is no regular file; ST_IO, also for a link. */
MUST_CHECK
enum status	folder_file(struct folder f, const char *name,
		    struct file **out, struct diag *d);

/* Takes a name in a folder. Returns: false for "no more". */
typedef bool	folder_name_fn(void *ctx, const char *name);

/* Hand each name but "." and ".." to TAKE. Returns: ST_OK; ST_IO. */
MUST_CHECK
enum status	folder_names(struct folder f, folder_name_fn *take,
		    void *ctx, struct diag *d);

/* What belongs between PATH, of a folder, and a name in it, as people write
 * it: a separator, or "" when PATH ends with one. */
const char	*path_joint(const char *path);

/* PATH, of a folder, and NAME in it, put together; the caller's to free. */
char		*path_join(const char *path, const char *name);

#endif
