/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "look.h"
#include "scratch.h"
#include "tap.h"

#include "io/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What PATH holds; the caller frees it. */
static char *
look(struct tree *t, const char *path)
{
	struct diag d = { 0 };
	struct tree_stat ts;
	struct file *f = NULL;
	struct source src;
	char *text;
	enum status st = tree_stat(t, path, &ts, &d), opened;

	if (st == ST_OK && ts.kind == TREE_FOLDER)
		return strdup("/");
	opened = tree_file_open(t, path, &f, &d);
	if (st == ST_OK && ts.kind == TREE_OTHER)
		st = ST_UNSUPPORTED;
	CHECK_ST(opened, st, &d);
	if (opened != ST_OK)
		return strdup(status_name(opened));
	src = file_source(f);
	CHECK_INT(ts.size, src.size);
	text = calloc(1, (size_t)src.size + 1);
	CHECK_ST(source_read(&src, 0, text, (size_t)src.size, &d), ST_OK, &d);
	file_close(f);
	return text;
}

static void
check_rows(const struct look *rows, size_t n, bool step_only)
{
	struct diag d = { 0 };
	struct tree *t = NULL;
	size_t i;

	CHECK_ST(tree_open(scratch_path("root"), &t, &d), ST_OK, &d);
	if (t == NULL)
		return;
	tree_set_letter(t, 'C');
	if (step_only)
		tree_step_only(t);
	for (i = 0; i < n; i++) {
		char *got = look(t, rows[i].path);

		if (strcmp(got, rows[i].want) != 0)
			printf("# %s, %s\n", rows[i].path, step_only ?
			    "step by step" : "as the kernel can");
		CHECK_STR(got, rows[i].want);
		free(got);
	}
	tree_close(t);
}

void
look_check(const struct look *rows, size_t n)
{
	check_rows(rows, n, false);
	check_rows(rows, n, true);
}

void
look_text(const char *rel, const char *want)
{
	char *got = scratch_read(rel);

	CHECK_STR(got, want);
	free(got);
}

size_t
look_names(void)
{
	struct diag d = { 0 };
	char **names = NULL;
	struct tree *t = NULL;
	size_t n = 0;

	CHECK_ST(tree_open(scratch_path(""), &t, &d), ST_OK, &d);
	CHECK_ST(tree_list(t, "", &names, &n, &d), ST_OK, &d);
	tree_names_free(names, n);
	tree_close(t);
	return n;
}
