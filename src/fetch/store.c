/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/store.h"
#include "base/limits.h"
#include "io/file.h"
#include "io/folder.h"
#include "io/sink.h"
#include "io/target.h"

#include <stdlib.h>
#include <string.h>

#define CLAUSE		"catalogue set"
#define MAGIC		"rollcall catalogue set 1"
#define FILE_MAX	(STORE_MAX_HEADER + MINISIGN_MAX_BYTES + XML_MAX_BYTES)

/* ---------------------------------------------------------------- reading */

/* The line that TEXT begins with; false when it has no end. */
static bool
take_line(struct slice *text, struct slice *line)
{
	const uint8_t *end = text->n == 0 ? NULL :
	    memchr(text->p, '\n', text->n);

	return end != NULL &&
	    slice_sub(*text, 0, (size_t)(end - text->p), line) &&
	    slice_from(*text, line->n + 1, text);
}

static bool
take_value(struct slice line, const char *name, struct slice *value)
{
	struct slice head;

	return slice_sub(line, 0, strlen(name), &head) &&
	    slice_is(head, name) && slice_from(line, head.n, value);
}

static bool
read_line(struct store_set *set, struct slice line, bool *has_key)
{
	struct slice value;

	if (take_value(line, "key: ", &value)) {
		*has_key = minisign_key_parse(value, &set->key, NULL) ==
		    ST_OK;
		return *has_key;
	}
	if (take_value(line, "checked: ", &value)) {
		set->checked = slice_is(value, PACKAGE_STRING);
		return true;
	}
	return take_value(line, "from: ", &set->from) ||
	    take_value(line, "etag: ", &set->etag) ||
	    take_value(line, "last-modified: ", &set->modified);
}

/* Everything before the signature. */
static enum status
read_header(struct store_set *set, struct slice *text, struct diag *d)
{
	struct slice line;
	bool has_key = false;

	if (!take_line(text, &line) || !slice_is(line, MAGIC))
		return diag_set(d, ST_MALFORMED, 0, CLAUSE,
		    "it does not begin with \"" MAGIC "\"");
	while (take_line(text, &line)) {
		if (line.n == 0 && has_key)
			return ST_OK;
		if (!read_line(set, line, &has_key))
			break;
	}
	return diag_set(d, ST_MALFORMED, text->fileoff, CLAUSE,
	    "its first lines are damaged");
}

static enum status
read_set(struct store_set *set, struct diag *d)
{
	struct slice text = buf_slice(&set->file), all;
	struct minisign_sig sig;
	enum status st = read_header(set, &text, d);

	if (st != ST_OK)
		return st;
	all = text;
	st = minisign_sig_parse(all, &sig, &set->xml, d);
	if (st != ST_OK)
		return st;
	(void)slice_sub(all, 0, all.n - set->xml.n, &set->signature);
	return minisign_verify(&set->key, &sig, set->xml, d);
}

enum status
store_load(const char *dir, struct store_set *out, struct diag *d)
{
	char *path = path_join(dir, STORE_NAME);
	struct store_set set = { .from = { NULL, 0, 0 } };
	enum status st;

	buf_init(&set.file, FILE_MAX);
	st = file_read_all(path, &set.file, d);
	if (st == ST_OK) {
		st = read_set(&set, d);
		if (st != ST_OK)
			diag_wrap(d, "%s", path);
	}
	if (st == ST_OK)
		*out = set;
	else
		buf_fini(&set.file);
	free(path);
	return st;
}

enum status
store_catalogue(const struct store_set *set, const char *origin,
    struct catalogue **out, struct diag *d)
{
	return set->checked ? catalogue_reload(set->xml, origin, out, d) :
	    catalogue_load(set->xml, origin, out, d);
}

void
store_fini(struct store_set *set)
{
	buf_fini(&set->file);
}

/* ---------------------------------------------------------------- writing */

static void
put(struct sink *out, struct slice s)
{
	sink_write(out, s.p, s.n);
}

/* A line of the header, unless the value would break it or the limit. */
static void
put_line(struct sink *out, const char *name, struct slice value)
{
	size_t i;

	if (value.n == 0 || value.n > STORE_MAX_HEADER / 4)
		return;
	for (i = 0; i < value.n; i++)
		if (value.p[i] < 0x20 || value.p[i] == 0x7f)
			return;
	sink_printf(out, "%s: ", name);
	put(out, value);
	sink_puts(out, "\n");
}

enum status
store_save(const char *dir, const struct store_set *set, struct diag *d)
{
	char *path = path_join(dir, STORE_NAME);
	char key[MINISIGN_KEY_TEXT];
	struct sink *out = NULL;
	enum status st = sink_open(path, &out, d);

	if (st == ST_OK) {
		sink_printf(out, MAGIC "\nkey: %s\n"
		    "checked: " PACKAGE_STRING "\n",
		    minisign_key_text(&set->key, key));
		put_line(out, "from", set->from);
		put_line(out, "etag", set->etag);
		put_line(out, "last-modified", set->modified);
		sink_puts(out, "\n");
		put(out, set->signature);
		if (set->signature.p[set->signature.n - 1] != '\n')
			sink_puts(out, "\n");
		put(out, set->xml);
		st = sink_commit(out, d);
	}
	free(path);
	return st;
}

enum status
store_lock(const char *dir, struct lock **lock, struct diag *d)
{
	enum status st = lock_take(dir, "another update is running", lock, d);

	if (st == ST_OK)
		target_sweep(dir, STORE_NAME);
	return st;
}
