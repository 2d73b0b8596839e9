/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/hive.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/regf_bins.h"
#include "host/hive_logs.h"

#include <stdlib.h>
#include <string.h>

#define CACHED_KEYS	32	/* keys found last */

/* "Key node", Flags. */
#define FLAG_SYM_LINK	0x0010

struct hive {
	struct host_hive info;
	char		*where;
	struct file	*file;
	struct hive_logs logs;
	struct regf	*regf;
	struct regf_key	 root;
	/* A key is asked for value after value, then for its subkeys. */
	struct cached_key {
		char		*path;	/* upper case; NULL is a free place */
		uint64_t	 used;	/* when */
		struct regf_key	 key;
	}		 cache[CACHED_KEYS];
	uint64_t	 clock;
	uint64_t	 damage[HOST_MAX_DAMAGE];	/* offsets counted */
};

/* Walks pass the same damage again and again: count each place once. */
static void
damage_met(void *ctx, const struct diag *d)
{
	struct hive *h = ctx;
	size_t i;

	for (i = 0; i < h->info.damaged; i++)
		if (h->damage[i] == d->fileoff)
			return;
	if (h->info.damaged == HOST_MAX_DAMAGE)
		return;
	if (h->info.damaged == 0)
		h->info.diag = *d;
	h->damage[h->info.damaged++] = d->fileoff;
}

static enum status
open_file(struct hive *h, struct tree *t, const char *path)
{
	struct diag *d = &h->info.diag;
	enum status st = tree_file_open(t, path, &h->file, d);

	if (st == ST_ABSENT)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "the hive is missing");
	/* The hive is there, or so it seems, and cannot be had. */
	return st == ST_UNSUPPORTED ? ST_IO : st;
}

static enum status
open_regf(struct hive *h, struct source src)
{
	struct diag *d = &h->info.diag;
	enum status st;

	st = regf_open(src, &h->regf, d);
	if (st != ST_OK)
		return st == ST_UNSUPPORTED ? ST_MALFORMED : st;
	regf_on_damage(h->regf, damage_met, h);
	regf_check_length(h->regf);
	return regf_root(h->regf, &h->root, d);
}

/* The hive as it lies: what its header says is what there is to say. */
static enum status
open_plain(struct hive *h)
{
	enum status st = open_regf(h, file_source(h->file));

	if (st != ST_OK)
		return st;
	h->info.dirty = regf_info(h->regf)->dirty;
	h->info.checksum_ok = regf_info(h->regf)->checksum_ok;
	return ST_OK;
}

static enum status
open_replayed(struct hive *h, struct tree *t, const char *path)
{
	const struct regf_replay_info *info;
	enum status st = hive_logs_open(&h->logs, t, path,
	    file_source(h->file), &h->info.diag);

	if (st != ST_OK)
		return st;
	info = regf_replay_info(h->logs.replay);
	h->info.replay = *info;
	h->info.dirty = info->state != REGF_REPLAY_CLEAN;
	h->info.checksum_ok = info->checksum_ok;
	return open_regf(h, regf_replay_source(h->logs.replay));
}

struct hive *
hive_open(struct tree *t, const char *path, const char *name, bool no_replay)
{
	struct hive *h = xcalloc(1, sizeof(*h));

	h->info.name = name;
	h->info.diag.fileoff = DIAG_NOWHERE;
	h->info.st = open_file(h, t, path);
	/* Whatever its logs hold: they are about parts of a hive. */
	if (h->info.st == ST_OK && file_source(h->file).size == 0)
		h->info.st = diag_set(&h->info.diag, ST_MALFORMED,
		    DIAG_NOWHERE, NULL, "the hive is empty");
	else if (h->info.st == ST_OK)
		h->info.st = no_replay ? open_plain(h) :
		    open_replayed(h, t, path);
	hive_set_where(h, path);
	return h;
}

void
hive_close(struct hive *h)
{
	size_t i;

	if (h == NULL)
		return;
	for (i = 0; i < CACHED_KEYS; i++)
		free(h->cache[i].path);
	regf_close(h->regf);
	hive_logs_close(&h->logs);
	file_close(h->file);
	free(h->where);
	free(h);
}

void
hive_set_where(struct hive *h, const char *where)
{
	free(h->where);
	h->where = xstrdup(where);
	h->info.where = h->where;
}

const struct host_hive *
hive_info(const struct hive *h)
{
	return &h->info;
}

/* ---------------------------------------------------------------- keys */

static const struct regf_key *
cache_get(struct hive *h, const char *folded)
{
	size_t i;

	for (i = 0; i < CACHED_KEYS; i++) {
		struct cached_key *c = &h->cache[i];

		if (c->path != NULL && strcmp(c->path, folded) == 0) {
			c->used = ++h->clock;
			return &c->key;
		}
	}
	return NULL;
}

/* In place of the key that was not used for longest. Takes FOLDED. */
static void
cache_put(struct hive *h, char *folded, const struct regf_key *key)
{
	struct cached_key *old = &h->cache[0];
	size_t i;

	for (i = 1; i < CACHED_KEYS; i++)
		if (h->cache[i].used < old->used)
			old = &h->cache[i];
	free(old->path);
	*old = (struct cached_key){ folded, ++h->clock, *key };
}

/*
 * The key of the first LEN bytes of FOLDED, which lies directly below ABOVE,
 * into the cache. Where a link is, Windows would look elsewhere, so what is
 * or is not below it here means nothing.
 */
static enum status
find_next(struct hive *h, const struct regf_key *above, const char *folded,
    size_t len, struct regf_key *out, struct diag *d)
{
	char *path = xstrndup(folded, len), *slash = strrchr(path, '\\');
	const struct regf_key *known = cache_get(h, path);
	enum status st = ST_OK;

	if (known != NULL) {
		*out = *known;
		free(path);
		return ST_OK;
	}
	st = regf_find(h->regf, above, slash != NULL ? slash + 1 : path, out,
	    d);
	if (st == ST_ABSENT || (st == ST_OK && out->deleted))
		st = diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL,
		    "no such key");
	else if (st == ST_OK && (out->flags & FLAG_SYM_LINK) != 0)
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "the key %s is a link to another, which is not followed "
		    "on a disk", out->name);
	if (st == ST_OK)
		cache_put(h, path, out);
	else
		free(path);
	return st;
}

/* Returns: as host_key_exists(). */
static enum status
find_key(struct hive *h, const char *path, struct regf_key *out,
    struct diag *d)
{
	struct regf_key key = h->root;
	enum status st = ST_OK;
	char *folded;
	size_t at;

	if (h->info.st != ST_OK) {
		if (d != NULL)
			*d = h->info.diag;
		diag_wrap(d, "%s", h->where);
		return h->info.st;
	}
	folded = utf_fold_dup(path);
	at = strspn(folded, "\\");
	while (st == ST_OK && folded[at] != '\0') {
		size_t end = at + strcspn(folded + at, "\\");

		st = find_next(h, &key, folded, end, &key, d);
		at = end + strspn(folded + end, "\\");
	}
	free(folded);
	if (st == ST_OK)
		*out = key;
	return st;
}

enum status
hive_key_exists(struct hive *h, const char *key, struct diag *d)
{
	struct regf_key k;

	return find_key(h, key, &k, d);
}

/*
 * What was lost to damage has been told and counted; only when nothing is
 * left would the rest look like an empty key.
 */
static enum status
check_lost(size_t lost, size_t left, struct diag *d)
{
	if (lost == 0 || left != 0)
		return ST_OK;
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
	    "all %zu entries are damaged", lost);
}

static enum status
subkey_names(struct regf_subkeys *it, char **names, size_t *count,
    struct diag *d)
{
	struct regf_key k;
	enum status st;

	while ((st = regf_subkeys_next(it, &k, d)) == ST_OK)
		if (!k.deleted)
			names[(*count)++] = xstrdup(k.name);
	return st == ST_ABSENT ? check_lost(it->lost, *count, d) : st;
}

enum status
hive_key_list(struct hive *h, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	struct regf_subkeys it;
	struct regf_key k;
	char **list;
	size_t n = 0;
	enum status st = find_key(h, key, &k, d);

	if (st == ST_OK)
		st = regf_subkeys_init(h->regf, &k, &it, d);
	if (st != ST_OK)
		return st;
	list = xcalloc(it.count, sizeof(*list));
	st = subkey_names(&it, list, &n, d);
	regf_subkeys_fini(&it);
	if (st != ST_OK) {
		host_names_free(list, n);
		return st;
	}
	*names = list;
	*count = n;
	return ST_OK;
}

/* -------------------------------------------------------------- values */

static enum status
value_names(struct regf_values *it, char **names, size_t *count,
    struct diag *d)
{
	struct regf_value v;
	enum status st;

	while ((st = regf_values_next(it, &v, d)) == ST_OK) {
		if (!v.deleted) {
			names[(*count)++] = v.name;
			v.name = NULL;
		}
		regf_value_fini(&v);
	}
	return st == ST_ABSENT ? check_lost(it->lost, *count, d) : st;
}

enum status
hive_value_list(struct hive *h, const char *key, char ***names,
    size_t *count, struct diag *d)
{
	struct regf_values it;
	struct regf_key k;
	char **list;
	size_t n = 0;
	enum status st = find_key(h, key, &k, d);

	if (st == ST_OK)
		st = regf_values_init(h->regf, &k, &it, d);
	if (st != ST_OK)
		return st;
	list = xcalloc(it.count, sizeof(*list));
	st = value_names(&it, list, &n, d);
	regf_values_fini(&it);
	if (st != ST_OK) {
		host_names_free(list, n);
		return st;
	}
	*names = list;
	*count = n;
	return ST_OK;
}

enum status
hive_value_get(struct hive *h, const char *key, const char *name,
    struct host_value *out, struct diag *d)
{
	struct regf_value v;
	struct regf_key k;
	struct buf data;
	enum status st = find_key(h, key, &k, d);

	if (st != ST_OK)
		return st;
	st = regf_value_find(h->regf, &k, name, &v, d);
	if (st == ST_OK && v.deleted) {
		regf_value_fini(&v);
		st = ST_ABSENT;
	}
	if (st == ST_ABSENT)
		return diag_set(d, st, DIAG_NOWHERE, NULL, "no such value");
	if (st != ST_OK)
		return st;
	buf_init(&data, HOST_MAX_VALUE_BYTES);
	st = regf_value_data(h->regf, &v, &data, d);
	if (st == ST_OK) {
		*out = (struct host_value){ v.name, v.type, data };
		v.name = NULL;
	} else
		buf_fini(&data);
	regf_value_fini(&v);
	return st;
}
