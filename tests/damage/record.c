/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "record.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

static bool
is_record(const struct record *r, enum what what, const char *path,
    const char *name)
{
	return r->what == what && utf_casecmp(r->path, path) == 0 &&
	    (name == NULL) == (r->name == NULL) &&
	    (name == NULL || utf_casecmp(r->name, name) == 0);
}

const struct record *
record_find(const struct records *r, enum what what, const char *path,
    const char *name)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (is_record(&r->all[i], what, path, name))
			return &r->all[i];
	return NULL;
}

struct record *
record_note(struct records *r, enum what what, const char *path,
    const char *name)
{
	const struct record *known = record_find(r, what, path, name);

	if (known != NULL)
		return &r->all[known - r->all];
	r->all = xpush(r->all, r->count, sizeof(*r->all));
	r->all[r->count] = (struct record){ what, xstrdup(path),
	    xstrdup(name), false, 0 };
	return &r->all[r->count++];
}

void
records_fini(struct records *r)
{
	size_t i;

	for (i = 0; i < r->count; i++) {
		free(r->all[i].path);
		free(r->all[i].name);
	}
	free(r->all);
	*r = (struct records){ NULL, 0 };
}

char *
record_text(const struct record *r)
{
	return r->name == NULL ? xstrdup(r->path) :
	    xasprintf("%s\\%s", r->path, r->name);
}

bool
path_is_below(const char *path, const char *top)
{
	size_t n = strlen(top);

	return utf_case_prefix(path, top) &&
	    (path[n] == '\\' || path[n] == '\0');
}
