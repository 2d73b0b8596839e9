/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "wrap.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "formats/regf.h"
#include "host/host_new.h"
#include "rng.h"

#include <stdlib.h>
#include <string.h>

#define HIVES	8

struct wrap {
	struct host	*registry, *files;
	struct records	*seen;
	struct damage	*damage;
	struct host_hive hives[HIVES];
	size_t		 lost;		/* names that a cut list lost */
};

/* A file that is open, and what is read from it. */
struct opened {
	struct host_file real;
	struct wrap	*w;
	struct damage	*damage;	/* NULL: none to this file */
};

static struct record *
note(struct wrap *w, enum what what, const char *path, const char *name)
{
	return w->seen != NULL ? record_note(w->seen, what, path, name) :
	    NULL;
}

/* Is this the damage, of that kind and to that record? */
static bool
is_hit(struct wrap *w, enum kind kind, enum what what, const char *path,
    const char *name)
{
	struct damage *d = w->damage;
	bool hit;

	if (d == NULL || d->kind != kind || d->at->what != what)
		return false;
	hit = utf_casecmp(d->at->path, path) == 0 && (name == NULL ||
	    utf_casecmp(d->at->name, name) == 0);
	d->hit |= hit;
	return hit;
}

/* Likewise, or something that lies below that record. */
static bool
is_hit_above(struct wrap *w, enum kind kind, const char *path)
{
	struct damage *d = w->damage;
	bool hit = d != NULL && d->kind == kind &&
	    path_is_below(path, d->at->path);

	if (hit)
		d->hit = true;
	return hit;
}

static enum status
unreadable(const struct wrap *w, struct diag *d)
{
	switch (w->damage->variant % UNREADABLE_COUNT) {
	case BYTES_ARE_BAD:
		return diag_set(d, ST_MALFORMED, 4096, NULL, "bad bytes");
	case RIGHTS_ARE_MISSING:
		(void)diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "Permission denied");
		diag_refused(d);
		return ST_IO;
	default:
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "Input/output error");
	}
}

static enum status
gone(struct diag *d)
{
	return diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL, "not there");
}

/* ------------------------------------------------------------ registry */

static enum status
key_damage(struct wrap *w, const char *key, struct diag *d)
{
	if (is_hit_above(w, KEY_GONE, key))
		return gone(d);
	if (is_hit_above(w, KEY_UNREADABLE, key))
		return unreadable(w, d);
	return ST_OK;
}

static enum status
wrap_key_exists(void *ctx, const char *key, struct diag *d)
{
	struct wrap *w = ctx;
	enum status st = key_damage(w, key, d);

	note(w, WHAT_KEY, key, NULL);
	return st != ST_OK ? st : host_key_exists(w->registry, key, d);
}

/* Take the name at I out of the list. */
static void
drop_name(char **names, size_t *count, size_t i)
{
	free(names[i]);
	memmove(&names[i], &names[i + 1], (*count - i - 1) * sizeof(*names));
	--*count;
}

/* Without the child that is gone. */
static void
drop_gone(struct wrap *w, enum kind kind, const char *parent, char **names,
    size_t *count)
{
	struct damage *d = w->damage;
	size_t i;

	if (d == NULL || d->kind != kind)
		return;
	for (i = 0; i < *count; i++) {
		char *path = host_join(parent, names[i]);
		bool is = utf_casecmp(path, d->at->path) == 0;

		free(path);
		if (!is)
			continue;
		d->hit = true;
		drop_name(names, count, i--);
	}
}

/*
 * What damage takes from a list is left out and counted; when nothing is left
 * the list is not to be read: see host.h.
 */
static enum status
cut_list(struct wrap *w, char **names, size_t *count, struct diag *d)
{
	size_t i = (size_t)(w->damage->place % *count);

	w->lost++;
	if (*count == 1) {
		host_names_free(names, *count);
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "all entries are damaged");
	}
	if (w->damage->variant % 2 == 0 || i == 0)
		drop_name(names, count, i);
	else
		while (*count > i)
			drop_name(names, count, *count - 1);
	return ST_OK;
}

static enum status
wrap_key_list(void *ctx, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	struct wrap *w = ctx;
	struct record *r = note(w, WHAT_KEY, key, NULL);
	enum status st = key_damage(w, key, d);
	char **list = NULL;
	size_t n = 0;

	if (st == ST_OK && is_hit(w, LIST_REFUSED, WHAT_KEY, key, NULL))
		st = unreadable(w, d);
	if (st == ST_OK)
		st = host_key_list(w->registry, key, &list, &n, d);
	if (st != ST_OK)
		return st;
	if (r != NULL)
		r->listed = n;
	drop_gone(w, KEY_GONE, key, list, &n);
	if (n != 0 && is_hit(w, LIST_CUT, WHAT_KEY, key, NULL))
		st = cut_list(w, list, &n, d);
	if (st == ST_OK) {
		*names = list;
		*count = n;
	}
	return st;
}

static enum status
wrap_value_list(void *ctx, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	struct wrap *w = ctx;
	enum status st = key_damage(w, key, d);

	note(w, WHAT_KEY, key, NULL);
	return st != ST_OK ? st : host_value_list(w->registry, key, names,
	    count, d);
}

/* A type that the value cannot have. */
static uint32_t
wrong_type(uint32_t type, unsigned variant)
{
	const uint32_t types[] = { REGF_BINARY, REGF_NONE, 0x7fff0001,
	    type == REGF_DWORD ? REGF_SZ : REGF_DWORD };

	return types[variant % (sizeof(types) / sizeof(types[0]))];
}

static enum status
wrap_value_get(void *ctx, const char *key, const char *name,
    struct host_value *out, struct diag *d)
{
	struct wrap *w = ctx;
	const char *n = name != NULL ? name : "";
	struct record *r;
	enum status st = key_damage(w, key, d);

	note(w, WHAT_KEY, key, NULL);
	r = note(w, WHAT_VALUE, key, n);
	if (st == ST_OK && is_hit(w, VALUE_GONE, WHAT_VALUE, key, n))
		st = gone(d);
	if (st == ST_OK && is_hit(w, VALUE_UNREADABLE, WHAT_VALUE, key, n))
		st = unreadable(w, d);
	if (st == ST_OK)
		st = host_value_get(w->registry, key, name, out, d);
	if (r != NULL)
		r->there = st == ST_OK;
	if (st == ST_OK && is_hit(w, VALUE_TYPE, WHAT_VALUE, key, n))
		out->type = wrong_type(out->type, w->damage->variant);
	return st;
}

static size_t
wrap_hives(void *ctx, const struct host_hive **out)
{
	struct wrap *w = ctx;
	const struct host_hive *real;
	size_t i, n = host_hives(w->registry, &real);

	for (i = 0; i < n && i < HIVES; i++) {
		char *top = host_join("HKLM", real[i].name);

		w->hives[i] = real[i];
		if (w->lost != 0 && path_is_below(w->damage->at->path, top)) {
			w->hives[i].damaged += w->lost;
			(void)diag_set(&w->hives[i].diag, ST_MALFORMED, 4096,
			    NULL, "a damaged entry of a list");
		}
		free(top);
	}
	*out = w->hives;
	return i;
}

/* --------------------------------------------------------------- files */

/* Fill P with what is noise by its place alone. */
static void
make_noise(uint64_t seed, uint64_t off, uint8_t *p, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		uint64_t s = seed ^ (off + i) / 8;

		p[i] = (uint8_t)(rng_next(&s) >> (off + i) % 8 * 8);
	}
}

static enum status
opened_read(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	struct opened *o = ctx;
	struct damage *m = o->damage;
	uint64_t size = o->real.src.size, at;
	enum status st;

	if (m == NULL)
		return source_read(&o->real.src, off, p, len, d);
	at = size != 0 ? m->place % size : 0;
	if (m->kind == FILE_NOISE) {
		make_noise(m->place, off, p, len);
		return ST_OK;
	}
	if (m->kind == FILE_UNREADABLE && off + len > at)
		return unreadable(o->w, d);
	st = source_read(&o->real.src, off, p, len, d);
	if (st == ST_OK && m->kind == FILE_FLIP && at >= off && at - off < len)
		((uint8_t *)p)[at - off] ^= (uint8_t)(1 + m->variant % 255);
	return st;
}

/* Some kinds of damage hit when the file is looked for, others when it is
 * opened, and others when it is read. */
static enum status
file_damage(struct wrap *w, const char *path, bool open, struct diag *d)
{
	if (is_hit(w, FILE_GONE, WHAT_FILE, path, NULL) ||
	    is_hit_above(w, FOLDER_GONE, path))
		return gone(d);
	if (is_hit_above(w, FOLDER_UNREADABLE, path))
		return unreadable(w, d);
	if (open && is_hit(w, FILE_FOLDER, WHAT_FILE, path, NULL))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "a folder");
	/* The upper half of the variants: it opens, and cannot be read; the
	 * quarter below: it cannot even be looked at. */
	if (is_hit(w, FILE_UNREADABLE, WHAT_FILE, path, NULL) &&
	    (open ? w->damage->variant % 16 < 8 :
	    w->damage->variant % 16 < 4))
		return unreadable(w, d);
	return ST_OK;
}

static bool
is_content(enum kind k)
{
	return k == FILE_CUT || k == FILE_UNREADABLE || k == FILE_NOISE ||
	    k == FILE_FLIP;
}

static enum status
wrap_file_open(void *ctx, const char *path, struct source *out,
    void **handle, struct diag *d)
{
	struct wrap *w = ctx;
	struct record *r = note(w, WHAT_FILE, path, NULL);
	enum status st = file_damage(w, path, true, d);
	struct damage *m = w->damage;
	struct host_file f;
	struct opened *o;

	if (st == ST_OK)
		st = host_file_open(w->files, path, &f, d);
	if (st != ST_OK)
		return st;
	if (r != NULL)
		r->there = true;
	o = xcalloc(1, sizeof(*o));
	*o = (struct opened){ f, w, NULL };
	*out = (struct source){ opened_read, o, f.src.size };
	if (m != NULL && is_content(m->kind) &&
	    is_hit(w, m->kind, WHAT_FILE, path, NULL)) {
		o->damage = m;
		if (m->kind == FILE_CUT && f.src.size != 0)
			out->size = m->place % f.src.size;
	}
	*handle = o;
	return ST_OK;
}

static void
wrap_file_close(void *ctx, void *handle)
{
	struct opened *o = handle;

	(void)ctx;
	host_file_close(&o->real);
	free(o);
}

static enum status
wrap_file_stat(void *ctx, const char *path, struct host_stat *out,
    struct diag *d)
{
	struct wrap *w = ctx;
	struct damage *m = w->damage;
	enum status st = file_damage(w, path, false, d);

	if (st == ST_OK)
		st = host_file_stat(w->files, path, out, d);
	if (w->seen != NULL) {
		struct record *r = note(w, st == ST_OK && out->is_folder ?
		    WHAT_FOLDER : WHAT_FILE, path, NULL);

		r->there = st == ST_OK;
	}
	if (st == ST_OK && is_hit(w, FILE_FOLDER, WHAT_FILE, path, NULL))
		*out = (struct host_stat){ .is_folder = true };
	if (st == ST_OK && is_hit(w, FILE_CUT, WHAT_FILE, path, NULL) &&
	    out->size != 0)
		out->size = m->place % out->size;
	return st;
}

static enum status
wrap_file_list(void *ctx, const char *path, char ***names, size_t *count,
    struct diag *d)
{
	struct wrap *w = ctx;
	struct record *r = note(w, WHAT_FOLDER, path, NULL);
	enum status st = file_damage(w, path, false, d);

	if (st == ST_OK)
		st = host_file_list(w->files, path, names, count, d);
	if (r != NULL)
		r->there = st == ST_OK;
	if (st == ST_OK) {
		drop_gone(w, FILE_GONE, path, *names, count);
		drop_gone(w, FOLDER_GONE, path, *names, count);
	}
	return st;
}

static void
wrap_close(void *ctx)
{
	free(ctx);
}

static const struct host_ops ops = {
	.kind = HOST_VOLUME,
	.close = wrap_close,
	.key_exists = wrap_key_exists,
	.key_list = wrap_key_list,
	.value_get = wrap_value_get,
	.value_list = wrap_value_list,
	.file_open = wrap_file_open,
	.file_close = wrap_file_close,
	.file_stat = wrap_file_stat,
	.file_list = wrap_file_list,
	.hives = wrap_hives,
};

struct host *
wrap_host(struct host *registry, struct host *files, struct records *seen,
    struct damage *damage)
{
	struct wrap *w = xcalloc(1, sizeof(*w));

	*w = (struct wrap){ .registry = registry, .files = files,
	    .seen = seen, .damage = damage };
	return host_new(&ops, w, host_system_root(files));
}
