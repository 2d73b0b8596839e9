/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "host/host_new.h"
#include "inventory/inventory.h"

#include <stdlib.h>
#include <string.h>

/*
 * Which folders --deep enters: each once, by whatever links; no more than its
 * limits, and what it passes over is told. The machine is a rule that says
 * what is in a folder.
 */
#define TOP	"C:\\Windows\\Installer"

struct world {
	size_t		 names;		/* in TOP, */
	size_t		 below;		/* and in each folder below it */
	bool		 links;		/* all of them lead to TOP */
	bool		 numbered;	/* by the file system */
	size_t		 listed;	/* folders so far */
	char		*first, *last;	/* of them, as they were asked for */
};

static bool
is_below_top(const char *path)
{
	return utf_case_prefix(path, TOP);
}

static enum status
no_key(void *ctx, const char *key, struct diag *d)
{
	(void)ctx;
	return diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL, "no %s", key);
}

static enum status
no_list(void *ctx, const char *path, char ***names, size_t *count,
    struct diag *d)
{
	(void)names;
	(void)count;
	return no_key(ctx, path, d);
}

static enum status
no_value(void *ctx, const char *key, const char *name,
    struct host_value *out, struct diag *d)
{
	(void)name;
	(void)out;
	return no_key(ctx, key, d);
}

static enum status
no_file(void *ctx, const char *path, struct source *out, void **handle,
    struct diag *d)
{
	(void)out;
	(void)handle;
	return no_key(ctx, path, d);
}

static size_t
no_hives(void *ctx, const struct host_hive **out)
{
	(void)ctx;
	*out = NULL;
	return 0;
}

/* Of "...\\f7" it is 7, deeper ones have another for each depth. */
static uint64_t
number_of(const char *path)
{
	const char *name = strrchr(path, '\\');

	if (strcmp(path, TOP) == 0)
		return 1;
	return 2 + strtoull(name + 2, NULL, 10) + (strlen(path) << 32);
}

static enum status
world_stat(void *ctx, const char *path, struct host_stat *out,
    struct diag *d)
{
	const struct world *w = ctx;
	bool top = strcmp(path, TOP) == 0;

	if (!is_below_top(path))
		return no_key(ctx, path, d);
	*out = (struct host_stat){ .is_folder = true,
	    .is_link = w->links && !top };
	if (w->numbered)
		out->id = (struct identity){ 9, w->links ? 1 :
		    number_of(path) };
	return ST_OK;
}

static enum status
world_list(void *ctx, const char *path, char ***names, size_t *count,
    struct diag *d)
{
	struct world *w = ctx;
	size_t i, n = strcmp(path, TOP) == 0 ? w->names : w->below;

	if (!is_below_top(path))
		return no_key(ctx, path, d);
	if (w->listed++ == 0)
		w->first = xstrdup(path);
	free(w->last);
	w->last = xstrdup(path);
	*names = xcalloc(n, sizeof(**names));
	*count = n;
	for (i = 0; i < n; i++)
		(*names)[i] = xasprintf("f%zu", i);
	return ST_OK;
}

static void
leave(void *ctx)
{
	(void)ctx;
}

static const struct host_ops ops = {
	.kind = HOST_VOLUME,
	.close = leave,
	.key_exists = no_key,
	.key_list = no_list,
	.value_get = no_value,
	.value_list = no_list,
	.file_open = no_file,
	.file_stat = world_stat,
	.file_list = world_list,
	.hives = no_hives,
};

static struct inventory *
look(struct world *w)
{
	struct host *h = host_new(&ops, w, "C:\\Windows");
	struct inventory_options o = { .deep = true, .jobs = 1,
	    .taken = 0 };
	struct catalogue *cat = NULL;
	struct inventory *inv;

	CHECK_INT(catalogue_builtin(&cat, NULL), ST_OK);
	inv = inventory_take(h, cat, &o);
	catalogue_free(cat);
	host_close(h);
	return inv;
}

static void
world_fini(struct world *w)
{
	free(w->first);
	free(w->last);
}

/* Unreadable records, and whether one is about WHERE and says WHY. */
static size_t
told(const struct inventory *inv, const char *where, const char *why,
    bool *found)
{
	size_t i, n = 0;

	*found = false;
	for (i = 0; i < inv->evidence_count; i++) {
		const struct evidence *e = &inv->evidence[i];

		if (e->kind != EV_FILE || e->state != EV_UNREADABLE)
			continue;
		n++;
		*found |= strcmp(e->where, where) == 0 &&
		    strstr(e->value, why) != NULL;
	}
	return n;
}

static void
as_many_as_may(void)
{
	struct world w = { .names = DEEP_MAX_FOLDERS - 1, .numbered = true };
	struct inventory *inv = look(&w);
	bool found;

	CHECK_INT(w.listed, DEEP_MAX_FOLDERS);
	CHECK(!inv->deep_cut);
	CHECK_INT(inv->deep_unread, 0);
	CHECK_INT(told(inv, "", "", &found), 0);
	inventory_free(inv);
	world_fini(&w);
}

static void
one_too_many(void)
{
	struct world w = { .names = DEEP_MAX_FOLDERS, .numbered = true };
	struct inventory *inv = look(&w);
	bool found;

	CHECK_INT(w.listed, DEEP_MAX_FOLDERS);
	CHECK(inv->deep_cut);
	CHECK_INT(told(inv, "--deep", "more folders", &found), 1);
	CHECK(found);
	inventory_free(inv);
	world_fini(&w);
}

/* Two links in each folder that lead back to it: one folder. */
static void
links_to_one(void)
{
	struct world w = { .names = 2, .below = 2, .links = true,
	    .numbered = true };
	struct inventory *inv = look(&w);
	bool found;

	CHECK_INT(w.listed, 1);
	CHECK_STR(w.first, TOP);
	CHECK(!inv->deep_cut);
	CHECK_INT(inv->deep_unread, 0);
	CHECK_INT(told(inv, "", "", &found), 0);
	inventory_free(inv);
	world_fini(&w);
}

/* Where folders have no numbers, it ends all the same, and is told. */
static void
links_without_numbers(void)
{
	struct world w = { .names = 2, .below = 2, .links = true };
	struct inventory *inv = look(&w);
	bool found;

	CHECK_INT(w.listed, 3);
	CHECK_INT(inv->deep_unread, 4);
	CHECK_INT(told(inv, TOP "\\f1\\f0", "a link below another one",
	    &found), 4);
	CHECK(found);
	inventory_free(inv);
	world_fini(&w);
}

/* Without links, numbers are not needed. */
static void
folders_without_numbers(void)
{
	struct world w = { .names = 5 };
	struct inventory *inv = look(&w);

	CHECK_INT(w.listed, 6);
	CHECK_INT(inv->deep_unread, 0);
	inventory_free(inv);
	world_fini(&w);
}

static void
too_deep(void)
{
	struct world w = { .names = 1, .below = 1, .numbered = true };
	struct inventory *inv = look(&w);
	size_t i;
	bool found = false;

	CHECK_INT(w.listed, DEEP_MAX_DEPTH + 1);
	CHECK_INT(inv->deep_unread, 1);
	for (i = 0; i < inv->evidence_count; i++)
		found |= utf_case_prefix(inv->evidence[i].where, w.last) &&
		    strstr(inv->evidence[i].value, "DEEP_MAX_DEPTH") != NULL;
	CHECK(found);
	inventory_free(inv);
	world_fini(&w);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "as many folders as there may be", as_many_as_may },
		{ "one folder too many", one_too_many },
		{ "links to one folder", links_to_one },
		{ "links on a file system without numbers",
		    links_without_numbers },
		{ "folders without numbers", folders_without_numbers },
		{ "folders too deep", too_deep },
		{ NULL, NULL },
	};

	return tap_run(cases);
}
