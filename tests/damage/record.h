/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_RECORD_H
#define ROLLCALL_TESTS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a scan asks a host for, and so what damage can hit. */
enum what { WHAT_KEY, WHAT_VALUE, WHAT_FILE, WHAT_FOLDER };

struct record {
	enum what	 what;
	char		*path;		/* of the key, file or folder */
	char		*name;		/* of the value, else NULL */
	bool		 there;		/* it exists */
	size_t		 listed;	/* names in it that were listed */
};

struct records {
	struct record	*all;
	size_t		 count;
};

/* The record, which is added if it is a new one; the texts are copied. Good
 * until the next is added. */
struct record	*record_note(struct records *r, enum what what,
		    const char *path, const char *name);
/* Borrowed; NULL when there is none. */
const struct record *record_find(const struct records *r, enum what what,
		    const char *path, const char *name);
void		records_fini(struct records *r);

/* "HKLM\...\Setup\MsiProductMajor"; the caller frees it. */
char		*record_text(const struct record *r);

/* Is PATH the path TOP, or below it? Letter case is ignored. */
bool		path_is_below(const char *path, const char *top);

#endif
