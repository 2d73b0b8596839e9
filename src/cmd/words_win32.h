/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_WORDS_WIN32_H
#define ROLLCALL_CMD_WORDS_WIN32_H

#include "base/status.h"

#include <stddef.h>
#include <wchar.h>

/*
 * The words of a command line. cmd.exe leaves both to the program: to part
 * them, and to put files for patterns. The C runtime does it too, but hands
 * on a file named "--overlay=x" as if somebody had written this option.
 */
struct words {
	char	**items;	/* UTF-8, owned; NULL after the last */
	size_t	 count;
	size_t	 bytes;		/* of all, NULs among them */
	size_t	 dashed;	/* names of files that begin with '-' */
	char	*first_dashed;	/* owned, or NULL */
};

/*
 * Spec:    "Parsing C command-line arguments" of Microsoft's C reference. A
 *          word with '*' or '?' in its last part, none of which is in
 *          quotes, becomes the names that Windows finds, sorted by upper
 *          case; without any, it stays as it is. The names of a pattern
 *          without folder stand behind ".\": no option begins so.
 * Out:     *OUT needs words_fini() in any case.
 * Limits:  ARGS_MAX_BYTES.
 * Returns: ST_OK; ST_LIMIT; ST_IO when a folder cannot be read to its end.
 */
MUST_CHECK
enum status	words_read(const wchar_t *line, struct words *out,
		    struct diag *d);
void		words_fini(struct words *w);

/* What to tell of files with names like options, which somebody may have put
 * there to be taken for one; NULL, or to be freed. */
char		*words_odd(const struct words *w);

#endif
