/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/regf_impl.h"
#include "formats/regf_index.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define SIG_NK	REGF_SIG('n', 'k')
#define SIG_LF	REGF_SIG('l', 'f')
#define SIG_LH	REGF_SIG('l', 'h')
#define SIG_LI	REGF_SIG('l', 'i')
#define SIG_RI	REGF_SIG('r', 'i')

/* "Key node", Flags. */
#define FLAG_COMP_NAME	0x0020		/* the name is Latin-1 */
#define FLAG_PREDEF	0x0040		/* the value fields are a handle */

/* "Key node", Layered key bit fields: layer semantics. */
#define LAYER_MASK	0x03
#define LAYER_TOMBSTONE	0x01

#define NK_LEN		76		/* bytes before the name */
#define NK_NAME_UNITS	256		/* longest name that Windows makes */
#define LIST_HEAD_LEN	4		/* signature and count */
#define LONG_LIST	64		/* subkeys from which an index pays */
#define HUGE_LIST	(64 * 1024)	/* and from which one is enough */
#define LF_HINT_LEN	4		/* letters in the hint of an lf list */

/* A key node; the name is borrowed from the window. */
struct nk {
	struct regf_name	name;
	uint64_t		written;
	uint64_t		fileoff;
	uint32_t		parent;
	uint32_t		subkey_count, subkey_list;
	uint32_t		value_count, value_list;
	uint16_t		flags;
	bool			tombstone;
};

/* Spec: "Key node". */
static uint16_t
nk_fields(struct slice s, struct nk *nk, uint16_t *name_len)
{
	struct cursor c = cursor_of(s);
	uint16_t sig = cursor_u16le(&c);

	nk->flags = cursor_u16le(&c);
	nk->written = cursor_u64le(&c);
	cursor_skip(&c, 1);			/* access bits */
	nk->tombstone = (cursor_u8(&c) & LAYER_MASK) == LAYER_TOMBSTONE;
	cursor_skip(&c, 2);
	nk->parent = cursor_u32le(&c);
	nk->subkey_count = cursor_u32le(&c);
	cursor_skip(&c, 4);			/* volatile: not in a file */
	nk->subkey_list = cursor_u32le(&c);
	cursor_skip(&c, 4);
	nk->value_count = cursor_u32le(&c);
	nk->value_list = cursor_u32le(&c);
	cursor_skip(&c, 28);			/* security, class, maxima */
	*name_len = cursor_u16le(&c);
	return c.bad ? 0 : sig;
}

/* Read the key node of CELL. *NK dies with the next read. */
static enum status
nk_read(struct regf *h, uint32_t cell, struct nk *nk, struct diag *d)
{
	struct regf_cell c;
	struct slice s;
	uint16_t name_len;
	size_t width;
	enum status st = regf_cell_open(h, cell, &c, d);

	if (st == ST_OK)
		st = regf_cell_bytes(h, &c, 0, NK_LEN, "a key", &s, d);
	if (st != ST_OK)
		return st;
	if (nk_fields(s, nk, &name_len) != SIG_NK)
		return diag_set(d, ST_MALFORMED, c.fileoff, "regf: key node",
		    "cell 0x%" PRIx32 " is no key", cell);
	nk->fileoff = c.fileoff;
	nk->name.latin1 = (nk->flags & FLAG_COMP_NAME) != 0;
	width = nk->name.latin1 ? 1 : 2;
	if (name_len > NK_NAME_UNITS * width)
		return diag_set(d, ST_MALFORMED, c.fileoff, "regf: key node",
		    "key with a name of %u bytes", (unsigned)name_len);
	if ((nk->flags & FLAG_PREDEF) != 0)
		nk->value_count = 0;
	return regf_cell_bytes(h, &c, NK_LEN, name_len, "a key's name",
	    &nk->name.bytes, d);
}

/* In UTF-8 the longest name (3 bytes a unit) fits; see NK_NAME_UNITS. */
static void
key_set_name(struct regf_key *key, struct slice text)
{
	if (text.n > sizeof(key->name) - 1)
		text.n = sizeof(key->name) - 1;
	(void)slice_copy(text, key->name, sizeof(key->name));
	key->name[text.n] = '\0';
}

/* Everything that can fail has been read already. */
static void
key_of_nk(struct regf *h, uint32_t cell, const struct nk *nk,
    struct regf_key *key)
{
	key->cell = cell;
	key->parent = nk->parent;
	key->subkey_list = nk->subkey_list;
	key->subkey_count = nk->subkey_count;
	key->value_list = nk->value_list;
	key->value_count = nk->value_count;
	key->written = instant_of_filetime(nk->written);
	key->flags = nk->flags;
	key->deleted = h->layered && nk->tombstone;
	key_set_name(key, regf_name_text(h, nk->name));
}

enum status
regf_root(struct regf *h, struct regf_key *out, struct diag *d)
{
	struct nk nk;
	enum status st = nk_read(h, h->info.root, &nk, d);

	if (st == ST_OK)
		key_of_nk(h, h->info.root, &nk, out);
	else
		diag_wrap(d, "root key");
	return st;
}

/* Signature and count of a list; *C is its cell. */
static enum status
list_open(struct regf *h, uint32_t cell, struct regf_cell *c, uint16_t *sig,
    uint16_t *count, struct diag *d)
{
	struct slice s;
	enum status st = regf_cell_open(h, cell, c, d);

	if (st == ST_OK)
		st = regf_cell_bytes(h, c, 0, LIST_HEAD_LEN, "a subkey list",
		    &s, d);
	if (st != ST_OK)
		return st;
	(void)slice_u16le(s, 0, sig);
	(void)slice_u16le(s, 2, count);
	return ST_OK;
}

/* Append the entries of one leaf. Spec: "Subkeys list". */
static enum status
leaf_load(struct regf_subkeys *it, const struct regf_cell *cell,
    uint16_t sig, uint16_t count, struct diag *d)
{
	bool hinted = sig == SIG_LF || sig == SIG_LH;
	struct slice s;
	struct cursor c;
	size_t i;
	enum status st;

	if (!hinted && sig != SIG_LI)
		return diag_set(d, ST_MALFORMED, cell->fileoff,
		    "regf: subkeys list", "no subkey list is marked 0x%04x",
		    (unsigned)sig);
	st = regf_cell_bytes(it->h, cell, LIST_HEAD_LEN,
	    (size_t)count * (hinted ? 8 : 4), "a subkey list", &s, d);
	if (st != ST_OK)
		return st;
	if (count > REGF_MAX_SUBKEYS - it->count)
		return diag_set(d, ST_LIMIT, cell->fileoff,
		    "limit: REGF_MAX_SUBKEYS", "key with too many subkeys");
	it->entries = xrealloc_array(it->entries, it->count + count,
	    sizeof(*it->entries));
	c = cursor_of(s);
	for (i = 0; i < count; i++) {
		struct regf_entry *e = &it->entries[it->count++];

		e->cell = cursor_u32le(&c);
		e->hint = hinted ? cursor_u32le(&c) : 0;
		e->list = sig;
	}
	it->lists++;
	return ST_OK;
}

/* The leaves of a list of lists, each by itself. Spec: "Index root". */
static enum status
index_root_load(struct regf_subkeys *it, const struct regf_cell *root,
    uint16_t leaves, struct diag *d)
{
	uint16_t i;

	for (i = 0; i < leaves; i++) {
		struct diag dd;
		struct regf_cell c;
		struct slice s;
		uint32_t cell = REGF_NO_CELL;
		uint16_t sig, count;
		enum status st;

		diag_clear(&dd);
		st = regf_cell_bytes(it->h, root,
		    LIST_HEAD_LEN + (size_t)i * 4, 4, "a list of subkey lists",
		    &s, d);
		if (st != ST_OK)
			return st;
		(void)slice_u32le(s, 0, &cell);
		st = list_open(it->h, cell, &c, &sig, &count, &dd);
		if (st == ST_OK)
			st = leaf_load(it, &c, sig, count, &dd);
		st = regf_pass_over(it->h, st, &dd, &it->lost, d);
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}

static enum status
list_load(struct regf_subkeys *it, uint32_t cell, struct diag *d)
{
	struct regf_cell c;
	uint16_t sig, count;
	enum status st = list_open(it->h, cell, &c, &sig, &count, d);

	if (st != ST_OK)
		return st;
	return sig == SIG_RI ? index_root_load(it, &c, count, d) :
	    leaf_load(it, &c, sig, count, d);
}

enum status
regf_subkeys_init(struct regf *h, const struct regf_key *key,
    struct regf_subkeys *it, struct diag *d)
{
	struct regf_subkeys made = { .h = h };
	struct diag dd;
	enum status st = ST_OK;

	diag_clear(&dd);
	if (key->subkey_count != 0)
		st = list_load(&made, key->subkey_list, &dd);
	if (st == ST_OK && made.lost == 0 && made.count < key->subkey_count)
		st = diag_set(&dd, ST_MALFORMED, DIAG_NOWHERE,
		    "regf: key node", "%" PRIu32 " subkeys, %zu in the list",
		    key->subkey_count, made.count);
	if (st == ST_MALFORMED)
		diag_wrap(&dd, "subkeys of \"%s\"", key->name);
	st = regf_pass_over(h, st, &dd, &made.lost, d);
	if (st == ST_OK)
		*it = made;
	else
		regf_subkeys_fini(&made);
	return st;
}

enum status
regf_subkeys_next(struct regf_subkeys *it, struct regf_key *out,
    struct diag *d)
{
	while (it->at < it->count) {
		uint32_t cell = it->entries[it->at++].cell;
		struct diag dd;
		struct nk nk;
		enum status st;

		diag_clear(&dd);
		st = nk_read(it->h, cell, &nk, &dd);
		if (st == ST_OK) {
			key_of_nk(it->h, cell, &nk, out);
			return ST_OK;
		}
		st = regf_pass_over(it->h, st, &dd, &it->lost, d);
		if (st != ST_OK)
			return st;
	}
	return ST_ABSENT;
}

void
regf_subkeys_fini(struct regf_subkeys *it)
{
	free(it->entries);
	it->entries = NULL;
	it->count = it->at = 0;
}

/* Spec: "Hash leaf". */
static uint32_t
lh_hash(struct slice name)
{
	struct regf_units u = regf_units_of(name);
	uint32_t hash = 0;
	uint16_t unit;

	while (regf_units_next(&u, &unit))
		hash = hash * 37 + unit;
	return hash;
}

/* Spec: "Fast leaf": the first letters, NUL when there are fewer. */
static bool
lf_hint_fits(uint32_t hint, struct slice name)
{
	struct regf_units u = regf_units_of(name);
	unsigned i;

	for (i = 0; i < LF_HINT_LEN; i++) {
		uint16_t unit;

		if (!regf_units_next(&u, &unit))
			unit = 0;
		if (utf_upcase(hint >> (8 * i) & 0xff) != unit)
			return false;
	}
	return true;
}

/* A name to look for. */
struct wanted {
	struct slice	name;
	uint32_t	hash;
	bool		ascii;
};

static struct wanted
wanted_of(struct slice name)
{
	struct wanted w = { name, lh_hash(name), true };
	struct cursor c = cursor_of(name);

	while (cursor_left(&c) > 0)
		if (cursor_u8(&c) >= 0x80)
			w.ascii = false;
	return w;
}

/*
 * Does the hint of E allow the name? Writers differ in the hints of names
 * beyond ASCII, so for those every entry may be it.
 */
static bool
hint_allows(const struct regf_entry *e, const struct wanted *w)
{
	if (!w->ascii || e->list == SIG_LI)
		return true;
	if (e->list == SIG_LH)
		return e->hint == w->hash;
	return lf_hint_fits(e->hint, w->name);
}

/*
 * Halve the list until the name is found. Not finding it means nothing: a
 * list out of order, or damaged, has to be looked through.
 */
static enum status
subkeys_bisect(struct regf_subkeys *it, const struct wanted *w,
    struct regf_key *out, struct diag *d)
{
	size_t lo = 0, hi = it->count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		struct nk nk;
		enum status st = nk_read(it->h, it->entries[mid].cell, &nk, d);
		int order;

		if (st != ST_OK)
			return st == ST_MALFORMED ? ST_ABSENT : st;
		order = regf_name_cmp(nk.name, w->name);
		if (order == 0) {
			key_of_nk(it->h, it->entries[mid].cell, &nk, out);
			return ST_OK;
		}
		if (order < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return ST_ABSENT;
}

/*
 * Look through the entries whose hints allow the name (HINTED), or through
 * the others. An unreadable entry of the first kind could have been the one.
 */
static enum status
subkeys_search(struct regf_subkeys *it, const struct wanted *w, bool hinted,
    size_t *unsure, struct regf_key *out, struct diag *d)
{
	size_t i, ignored = 0;

	for (i = 0; i < it->count; i++) {
		const struct regf_entry *e = &it->entries[i];
		struct diag dd;
		struct nk nk;
		enum status st;

		if (hint_allows(e, w) != hinted)
			continue;
		diag_clear(&dd);
		st = nk_read(it->h, e->cell, &nk, &dd);
		if (st == ST_OK && regf_name_cmp(nk.name, w->name) == 0) {
			key_of_nk(it->h, e->cell, &nk, out);
			return ST_OK;
		}
		st = regf_pass_over(it->h, st, &dd, hinted ? unsure : &ignored,
		    d);
		if (st != ST_OK)
			return st;
	}
	return ST_ABSENT;
}

/* Read all names of a list once. Takes IT, also on failure. */
static enum status
long_list_make(struct regf *h, uint32_t cell, struct regf_subkeys *it,
    struct regf_long_list **out, struct diag *d)
{
	struct regf_long_list l = { .cell = cell, .it = *it,
	    .index = regf_index_new(it->count) };
	enum status st = ST_OK;
	size_t i, unused = 0;

	for (i = 0; i < it->count && st == ST_OK; i++) {
		struct diag dd;
		struct nk nk;

		diag_clear(&dd);
		st = nk_read(h, it->entries[i].cell, &nk, &dd);
		if (st == ST_OK) {
			regf_index_add(l.index, i, nk.name);
			continue;
		}
		l.bad = xpush(l.bad, l.bad_count, sizeof(*l.bad));
		l.bad[l.bad_count++] = i;
		st = regf_pass_over(h, st, &dd, &unused, d);
	}
	if (st != ST_OK) {
		regf_long_list_fini(&l);
		return st;
	}
	for (i = 0; it->count > HUGE_LIST && i < REGF_LONG_LISTS; i++)
		regf_long_list_fini(&h->long_lists[i]);
	*out = &h->long_lists[h->long_next++ % REGF_LONG_LISTS];
	regf_long_list_fini(*out);
	**out = l;
	return ST_OK;
}

static struct regf_long_list *
long_list_known(struct regf *h, uint32_t cell)
{
	size_t i;

	for (i = 0; i < REGF_LONG_LISTS; i++)
		if (h->long_lists[i].index != NULL &&
		    h->long_lists[i].cell == cell)
			return &h->long_lists[i];
	return NULL;
}

/* As subkey_find(). An entry whose hint is right comes before one whose hint
 * is not. */
static enum status
long_list_find(struct regf *h, const struct regf_long_list *l,
    const struct wanted *w, size_t *unsure, struct regf_key *out,
    struct diag *d)
{
	size_t at = 0, no, i;
	bool found = false, hinted = false;
	enum status st = ST_OK;
	struct nk nk;

	while (!hinted && regf_index_next(l->index, w->name, &at, &no)) {
		st = nk_read(h, l->it.entries[no].cell, &nk, d);
		if (st != ST_OK)
			return st;
		hinted = hint_allows(&l->it.entries[no], w);
		if (regf_name_cmp(nk.name, w->name) != 0 ||
		    (found && !hinted)) {
			hinted = false;
			continue;
		}
		key_of_nk(h, l->it.entries[no].cell, &nk, out);
		found = true;
	}
	*unsure = l->it.lost;
	for (i = 0; i < l->bad_count; i++)
		*unsure += hint_allows(&l->it.entries[l->bad[i]], w);
	return found ? ST_OK : ST_ABSENT;
}

/* A short list is read anew each time. */
static enum status
short_list_find(struct regf_subkeys *it, const struct wanted *w,
    size_t *unsure, struct regf_key *out, struct diag *d)
{
	enum status st = ST_ABSENT;

	*unsure = it->lost;
	/* A hash decides without reading a key, first letters do not. */
	if (it->count > 0 && it->entries[0].list != SIG_LH)
		st = subkeys_bisect(it, w, out, d);
	if (st == ST_ABSENT)
		st = subkeys_search(it, w, true, unsure, out, d);
	if (st == ST_ABSENT)
		st = subkeys_search(it, w, false, unsure, out, d);
	return st;
}

static enum status
subkey_find(struct regf *h, const struct regf_key *key, struct slice name,
    struct regf_key *out, struct diag *d)
{
	struct wanted w = wanted_of(name);
	struct regf_subkeys it = { .h = h };
	struct regf_long_list *l = long_list_known(h, key->cell);
	size_t unsure = 0;
	enum status st = ST_OK;

	if (l == NULL)
		st = regf_subkeys_init(h, key, &it, d);
	if (st == ST_OK && l == NULL && it.count > LONG_LIST)
		st = long_list_make(h, key->cell, &it, &l, d);
	if (st != ST_OK)
		return st;
	if (l != NULL)
		st = long_list_find(h, l, &w, &unsure, out, d);
	else
		st = short_list_find(&it, &w, &unsure, out, d);
	if (st == ST_ABSENT && unsure > 0)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "regf: subkeys list", "key \"%.*s\" may be among "
		    "the unreadable subkeys of \"%s\"", (int)name.n,
		    (const char *)name.p, key->name);
	if (l == NULL)
		regf_subkeys_fini(&it);
	return st;
}

enum status
regf_find(struct regf *h, const struct regf_key *from, const char *path,
    struct regf_key *out, struct diag *d)
{
	struct regf_key key = *from;
	bool deleted = key.deleted;

	while (*path != '\0') {
		size_t len = strcspn(path, "\\");

		if (len != 0) {
			struct slice part = slice_of(path, len, 0);
			enum status st = subkey_find(h, &key, part, &key, d);

			if (st != ST_OK)
				return st;
			key.deleted |= deleted;
			deleted = key.deleted;
		}
		path += len;
		path += *path == '\\';
	}
	*out = key;
	return ST_OK;
}
