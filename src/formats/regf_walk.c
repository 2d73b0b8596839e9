/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf_walk.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "formats/regf_bins.h"
#include "formats/regf_impl.h"

#include <stdlib.h>

#define CELL_ALIGN	8
#define ENTRY_LEN_MIN	4	/* bytes of the shortest entry of any list */
#define DATA_READS	4	/* times that a visitor may read each value */

/* Longest path: as many names as it can have, each with its '\'. */
#define PATH_TEXT_MAX	\
	((REGF_MAX_DEPTH + 1) * sizeof(((struct regf_key *)0)->name))

/* A key on the current path, its subkeys being walked. */
struct frame {
	struct regf_subkeys	it;
	uint32_t		cell;
	size_t			path_len;
};

struct walker {
	struct regf			*h;
	const struct regf_visitor	*visitor;
	struct regf_walk_sum		 sum;
	struct buf			 path;
	struct frame			*frames;	/* max_depth */
	size_t				 depth;		/* frames in use */
	unsigned			 max_depth;
	size_t				 held;		/* entries in frames */
	uint64_t			 entries_left;
	uint64_t			 repeats_left;	/* likewise */
	uint8_t				*seen;		/* a bit for a cell */
};

/* What the hive tells while the walk goes on. */
static void
walk_damage(void *ctx, const struct diag *d)
{
	struct walker *w = ctx;

	w->sum.damage++;
	if (w->visitor->damage != NULL)
		w->visitor->damage(w->visitor->ctx, buf_text(&w->path), d);
}

static void
walk_tell(struct walker *w, enum status st, const char *text)
{
	struct diag d;

	(void)diag_set(&d, st, DIAG_NOWHERE, "regf: walk", "%s", text);
	walk_damage(w, &d);
}

static void
path_cut(struct walker *w, size_t len)
{
	w->path.len = len;
	if (w->path.p != NULL)
		w->path.p[len] = '\0';
}

static void
path_enter(struct walker *w, const char *name)
{
	if (w->path.len != 0)
		(void)buf_putc(&w->path, '\\');
	(void)buf_puts(&w->path, name);
}

/* Mark a cell, a key's or a list's; one outside the file was never seen. */
static bool
seen_before(struct walker *w, uint32_t cell)
{
	size_t bit = cell / CELL_ALIGN;

	return cell < w->h->src.size &&
	    (w->seen[bit / 8] & 1u << bit % 8) != 0;
}

static void
mark_seen(struct walker *w, uint32_t cell)
{
	size_t bit = cell / CELL_ALIGN;

	if (cell < w->h->src.size)
		w->seen[bit / 8] |= (uint8_t)(1u << bit % 8);
}

static bool
on_path(const struct walker *w, uint32_t cell)
{
	size_t i;

	for (i = 0; i < w->depth; i++)
		if (w->frames[i].cell == cell)
			return true;
	return false;
}

/*
 * Pay for COUNT entries of a list. Lists of healthy hives do not overlap, so
 * all of them together have no more entries than the file has room for. What
 * is shown again, because keys share a list, is paid for from a budget of its
 * own, so that it takes nothing from the rest of the hive.
 */
static bool
charge(struct walker *w, uint64_t *left, size_t count)
{
	if (count < *left) {
		*left -= count;
		return true;
	}
	*left = 0;
	walk_tell(w, ST_LIMIT, "more entries than the file has room for: "
	    "lists overlap, the rest is left out");
	return false;
}

/* A list over a limit is one more thing that is told and left out. */
static enum status
pass_over_limit(struct walker *w, enum status st, const struct diag *d)
{
	if (st != ST_LIMIT)
		return st;
	walk_damage(w, d);
	return ST_ABSENT;
}

static enum status
walk_values(struct walker *w, const struct regf_key *key, struct diag *d)
{
	struct regf_values it;
	struct regf_value v;
	enum status st;

	if (key->value_count == 0 || w->entries_left == 0)
		return ST_OK;
	st = pass_over_limit(w, regf_values_init(w->h, key, &it, d), d);
	if (st != ST_OK)
		return st == ST_ABSENT ? ST_OK : st;
	if (!charge(w, &w->entries_left, it.count + it.lost))
		st = ST_ABSENT;
	while (st == ST_OK && (st = regf_values_next(&it, &v, d)) == ST_OK) {
		w->sum.values++;
		if (w->visitor->value != NULL)
			st = w->visitor->value(w->visitor->ctx,
			    buf_text(&w->path), &v, d);
		regf_value_fini(&v);
	}
	regf_values_fini(&it);
	return st == ST_ABSENT ? ST_OK : st;
}

/* Make the subkeys of KEY the next thing to walk. */
static enum status
push_subkeys(struct walker *w, const struct regf_key *key, struct diag *d)
{
	bool again = seen_before(w, key->subkey_list);
	uint64_t *left = again ? &w->repeats_left : &w->entries_left;
	struct regf_subkeys it;
	enum status st;

	if (*left == 0) {
		walk_tell(w, ST_LIMIT, "its list is another key's too, and "
		    "was shown too often");
		return ST_OK;
	}
	st = pass_over_limit(w, regf_subkeys_init(w->h, key, &it, d), d);
	if (st != ST_OK)
		return st == ST_ABSENT ? ST_OK : st;
	/* What is no list may be a key, which was not seen yet. */
	if (it.lists != 0)
		mark_seen(w, key->subkey_list);
	if (it.count > REGF_MAX_SUBKEYS - w->held) {
		walk_tell(w, ST_LIMIT, "too many subkeys on one path");
		regf_subkeys_fini(&it);
	} else if (!charge(w, left, it.count + it.lists + it.lost)) {
		regf_subkeys_fini(&it);
	} else {
		w->frames[w->depth++] = (struct frame){ it, key->cell,
		    w->path.len };
		w->held += it.count;
	}
	return ST_OK;
}

static void
pop(struct walker *w)
{
	struct frame *f = &w->frames[--w->depth];

	w->held -= f->it.count;
	regf_subkeys_fini(&f->it);
}

/* Visit a key; the path leads to it. */
static enum status
walk_key(struct walker *w, const struct regf_key *key, struct diag *d)
{
	bool again = seen_before(w, key->cell);
	enum status st = ST_OK;

	mark_seen(w, key->cell);
	w->sum.keys++;
	if (w->visitor->key != NULL)
		st = w->visitor->key(w->visitor->ctx, buf_text(&w->path), key,
		    d);
	if (st == ST_OK)
		st = walk_values(w, key, d);
	if (st != ST_OK)
		return st;
	if (again)
		walk_tell(w, ST_MALFORMED, "key is reached by two ways, its "
		    "subkeys are not repeated");
	else if (key->subkey_count != 0 && w->entries_left != 0) {
		if (w->depth < w->max_depth)
			return push_subkeys(w, key, d);
		if (w->depth >= REGF_MAX_DEPTH)
			walk_tell(w, ST_LIMIT, "keys are nested too deeply");
	}
	return ST_OK;
}

/* One step: the next subkey of the innermost key. */
static enum status
walk_step(struct walker *w, struct diag *d)
{
	struct frame *f = &w->frames[w->depth - 1];
	struct regf_key key;
	enum status st;

	path_cut(w, f->path_len);
	st = regf_subkeys_next(&f->it, &key, d);
	if (st == ST_ABSENT) {
		pop(w);
		return ST_OK;
	}
	if (st != ST_OK)
		return st;
	path_enter(w, key.name);
	if (on_path(w, key.cell)) {
		walk_tell(w, ST_MALFORMED, "key lies below itself");
		return ST_OK;
	}
	return walk_key(w, &key, d);
}

static void
walker_fini(struct walker *w)
{
	while (w->depth > 0)
		pop(w);
	free(w->frames);
	free(w->seen);
	buf_fini(&w->path);
}

enum status
regf_walk(struct regf *h, const struct regf_key *from, unsigned max_depth,
    const struct regf_visitor *visitor, struct regf_walk_sum *sum,
    struct diag *d)
{
	struct walker w = { .h = h, .visitor = visitor };
	regf_damage_fn *told;
	void *told_ctx;
	enum status st = ST_OK;

	w.max_depth = max_depth < REGF_MAX_DEPTH ? max_depth : REGF_MAX_DEPTH;
	w.entries_left = w.repeats_left = h->src.size / ENTRY_LEN_MIN;
	w.frames = xcalloc(w.max_depth, sizeof(*w.frames));
	w.seen = xcalloc((size_t)(h->src.size / CELL_ALIGN / 8) + 1, 1);
	buf_init(&w.path, PATH_TEXT_MAX);
	regf_get_damage(h, &told, &told_ctx);
	regf_on_damage(h, walk_damage, &w);
	h->data_left = h->src.size * DATA_READS;
	regf_check_length(h);
	if (w.max_depth == REGF_MAX_DEPTH && from->cell == h->info.root)
		st = regf_check_bins(h, d);
	if (st == ST_OK)
		st = walk_key(&w, from, d);
	while (st == ST_OK && w.depth > 0)
		st = walk_step(&w, d);
	h->data_left = UINT64_MAX;
	regf_on_damage(h, told, told_ctx);
	if (sum != NULL)
		*sum = w.sum;
	walker_fini(&w);
	return st;
}
