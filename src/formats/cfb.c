/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/cfb.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* [MS-CFB] 2.2, Compound File Header. */
#define HEADER_LEN	512
#define HEADER_MAGIC	0xe11ab1a1e011cfd0u
#define HEADER_FIRST_DIR	48
#define HEADER_FIRST_MINI_FAT	60
#define HEADER_FIRST_DIFAT	68
#define HEADER_DIFAT		76
#define ORDER_MARK	0xfffe
#define DIFAT_IN_HEADER	109
#define MINI_CUTOFF	4096	/* smaller streams lie in the mini stream */
#define MINI_SHIFT	6
#define MINI_LEN	(1u << MINI_SHIFT)

/* [MS-CFB] 2.1, Compound File Sector Numbers and Types. */
#define SECTOR_MAX	0xfffffffau	/* MAXREGSECT */
#define SECTOR_END	0xfffffffeu	/* ENDOFCHAIN */

/* [MS-CFB] 2.6.1, Compound File Directory Entry. */
#define ENTRY_LEN	128
#define ENTRY_UNUSED	0
#define ENTRY_STORAGE	1
#define ENTRY_STREAM	2
#define ENTRY_ROOT	5
#define ENTRY_NONE	0xffffffffu	/* NOSTREAM */

/*
 * Consecutive sectors of a stream. Counted in mini sectors, since those of
 * the mini stream and of the file can be told in the same way: a place in
 * a file of CFB_MAX_SECTORS fits into 32 bits.
 */
struct run {
	uint32_t	pos;		/* in the stream */
	uint32_t	at;		/* in the file */
};

struct runs {
	struct run	*v;		/* owned; ascending POS */
	size_t		 n;
	uint64_t	 len;		/* bytes */
};

/* Which sectors are taken, of the file or of the mini stream. */
struct bitmap {
	const char	*what;		/* "sector" */
	uint8_t		*bits;		/* owned */
	uint32_t	 n;
};

/* What an entry says that is nobody else's business. */
struct node {
	struct cfb	*cfb;
	uint8_t		 type;
	uint32_t	 left, right, child;
	uint32_t	 start;		/* sector */
	uint64_t	 fileoff;	/* of the entry */
	bool		 reached;	/* from the root */
	size_t		 first, count;	/* of a storage: in cfb.sorted */
	bool		 resolved;	/* RUNS is valid */
	struct runs	 runs;
};

struct cfb {
	struct source	 src;
	struct window	*w;
	unsigned	 major;
	unsigned	 shift;		/* of a sector's size */
	uint32_t	 sector_count;
	struct bitmap	 taken;

	uint32_t	*fat;		/* owned: sectors of the FAT */
	size_t		 fat_count;
	struct bitmap	 spare;		/* held by a table, not needed */
	struct runs	 mini_fat;
	struct runs	 mini_stream;
	struct bitmap	 mini_taken;
	size_t		 run_count;	/* in all streams, for the limit */

	struct cfb_entry *entries;	/* owned, by id */
	struct node	*nodes;		/* owned, by id */
	uint32_t	 entry_count;
	const struct cfb_entry **sorted; /* owned: by parent, then name */
	size_t		 sorted_count;
	uint32_t	 stray;		/* entry that is not where its name
					   is looked for; ENTRY_NONE */
};

/* The fields of the header that are used once. */
struct header {
	uint32_t	fat_sectors;
	uint32_t	first_dir;
	uint32_t	first_mini_fat;
	uint32_t	first_difat;
	uint32_t	difat[DIFAT_IN_HEADER];
};

/* ---- sectors ---- */

static uint64_t
sector_len(const struct cfb *c)
{
	return (uint64_t)1 << c->shift;
}

static uint64_t
sector_off(const struct cfb *c, uint32_t sector)
{
	/* The header fills the place of a sector, also in version 4. */
	return ((uint64_t)sector + 1) << c->shift;
}

/* The sector that holds the byte at OFF, which is behind the header. */
static uint32_t
sector_of(const struct cfb *c, uint64_t off)
{
	return (uint32_t)((off >> c->shift) - 1);
}

static void
bitmap_init(struct bitmap *b, const char *what, uint32_t n)
{
	b->what = what;
	b->bits = xcalloc((size_t)n / 8 + 1, 1);
	b->n = n;
}

static bool
bitmap_get(const struct bitmap *b, uint32_t i)
{
	return (b->bits[i / 8] >> i % 8 & 1) != 0;
}

static void
bitmap_set(struct bitmap *b, uint32_t i)
{
	if (i < b->n)
		b->bits[i / 8] = (uint8_t)(b->bits[i / 8] | 1 << i % 8);
}

static void
bitmap_flip(struct bitmap *b, uint32_t i)
{
	b->bits[i / 8] = (uint8_t)(b->bits[i / 8] ^ 1 << i % 8);
}

/*
 * Take a sector for one purpose. Cycles, self-references and overlaps all
 * end here, since they need a sector for the second time. FROM is the place
 * in the file that asks for it.
 */
static enum status
take(struct bitmap *b, uint32_t sector, uint64_t from, struct diag *d)
{
	if (sector >= b->n)
		return diag_set(d, ST_MALFORMED, from,
		    "[MS-CFB] 2.1: sector numbers",
		    "%s 0x%" PRIx32 " does not exist", b->what, sector);
	if (bitmap_get(b, sector))
		return diag_set(d, ST_MALFORMED, from,
		    "[MS-CFB] 2.3: FAT chains",
		    "%s 0x%" PRIx32 " is used twice", b->what, sector);
	bitmap_flip(b, sector);
	return ST_OK;
}

/* ---- runs ---- */

static void
runs_fini(struct runs *r)
{
	free(r->v);
	*r = (struct runs){ 0 };
}

/* Does a sector go on where the last run ends? */
static bool
runs_joins(const struct runs *r, uint32_t pos, uint32_t at)
{
	const struct run *last;

	if (r->n == 0)
		return false;
	last = &r->v[r->n - 1];
	return at > last->at && at - last->at == pos - last->pos;
}

static enum status
runs_add(struct cfb *c, struct runs *r, uint64_t off, uint64_t len,
    struct diag *d)
{
	uint32_t pos = (uint32_t)(r->len >> MINI_SHIFT);
	uint32_t at = (uint32_t)(off >> MINI_SHIFT);

	if (!runs_joins(r, pos, at)) {
		if (c->run_count >= CFB_MAX_RUNS)
			return diag_set(d, ST_LIMIT, off,
			    "limit: CFB_MAX_RUNS", "too many fragments");
		r->v = xpush(r->v, r->n, sizeof(*r->v));
		r->v[r->n++] = (struct run){ pos, at };
		c->run_count++;
	}
	r->len += len;
	return ST_OK;
}

/* The place of byte POS in the file, and how many follow it in one piece. */
static uint64_t
runs_place(const struct runs *r, uint64_t pos, uint64_t *left)
{
	uint64_t unit = pos >> MINI_SHIFT, end;
	size_t lo = 0, hi = r->n;

	/* The last run that does not begin behind POS. */
	while (hi - lo > 1) {
		size_t mid = lo + (hi - lo) / 2;

		if (r->v[mid].pos <= unit)
			lo = mid;
		else
			hi = mid;
	}
	end = hi < r->n ? (uint64_t)r->v[hi].pos << MINI_SHIFT : r->len;
	*left = end - pos;
	return ((uint64_t)r->v[lo].at << MINI_SHIFT) + pos -
	    ((uint64_t)r->v[lo].pos << MINI_SHIFT);
}

/* ---- chains ---- */

/* The sector that follows SECTOR. Spec: [MS-CFB] 2.3. */
static enum status
fat_next(struct cfb *c, uint32_t sector, uint32_t *out, uint64_t *from,
    struct diag *d)
{
	uint32_t per = (uint32_t)(sector_len(c) / 4);
	struct slice s;
	enum status st;

	if (sector / per >= c->fat_count)
		return diag_set(d, ST_MALFORMED, sector_off(c, sector),
		    "[MS-CFB] 2.3: FAT", "the FAT has no entry for sector "
		    "0x%" PRIx32, sector);
	*from = sector_off(c, c->fat[sector / per]) +
	    (uint64_t)(sector % per) * 4;
	st = window_get(c->w, *from, 4, &s, d);
	if (st == ST_OK)
		(void)slice_u32le(s, 0, out);
	return st;
}

/* The same of a mini sector. Spec: [MS-CFB] 2.4. */
static enum status
mini_next(struct cfb *c, uint32_t sector, uint32_t *out, uint64_t *from,
    struct diag *d)
{
	uint64_t pos = (uint64_t)sector * 4, left;
	struct slice s;
	enum status st;

	if (pos >= c->mini_fat.len)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "[MS-CFB] 2.4: mini FAT", "the mini FAT has no entry "
		    "for mini sector 0x%" PRIx32, sector);
	*from = runs_place(&c->mini_fat, pos, &left);
	st = window_get(c->w, *from, 4, &s, d);
	if (st == ST_OK)
		(void)slice_u32le(s, 0, out);
	return st;
}

/* What is to be followed. */
struct chain {
	bool		 mini;		/* in the mini FAT */
	bool		 whole;		/* to its end, however long */
	uint32_t	 start;
	uint64_t	 from;		/* place in the file that says so */
	uint64_t	 len;		/* bytes, unless WHOLE */
};

static enum status
chain_next(struct cfb *c, const struct chain *ch, uint32_t sector,
    uint32_t *out, uint64_t *from, struct diag *d)
{
	return (ch->mini ? mini_next : fat_next)(c, sector, out, from, d);
}

/* Append one sector, which is taken already, to R. */
static enum status
chain_append(struct cfb *c, const struct chain *ch, uint32_t sector,
    struct runs *r, struct diag *d)
{
	uint64_t unit = ch->mini ? MINI_LEN : sector_len(c);
	uint64_t want = unit, pos, end, off, left;

	if (!ch->whole && ch->len - r->len < unit)
		want = ch->len - r->len;
	/* The last sector of a file, and only that, may be cut short. */
	pos = ch->mini ? (uint64_t)sector << MINI_SHIFT :
	    sector_off(c, sector);
	end = ch->mini ? c->mini_stream.len : c->src.size;
	if (pos > end || want > end - pos)
		return diag_set(d, ST_MALFORMED, ch->mini ? ch->from : pos,
		    "[MS-CFB] 2.1: sector numbers",
		    "sector 0x%" PRIx32 " is cut short", sector);
	/* A mini sector lies inside one sector, whose size 64 divides. */
	off = ch->mini ? runs_place(&c->mini_stream, pos, &left) : pos;
	return runs_add(c, r, off, unit, d);
}

/* Give back the first COUNT sectors of a chain that turned out bad. */
static void
chain_release(struct cfb *c, const struct chain *ch, uint64_t count)
{
	uint32_t sector = ch->start;
	uint64_t from;

	while (count-- > 0) {
		bitmap_flip(ch->mini ? &c->mini_taken : &c->taken, sector);
		if (count != 0 && chain_next(c, ch, sector, &sector, &from,
		    NULL) != ST_OK)
			return;
	}
}

/*
 * Follow a chain for as many sectors as its length needs, or to its end.
 *
 * Out:     *OUT holds LEN bytes, or whole sectors of a whole chain.
 * Returns: ST_OK; ST_MALFORMED; ST_LIMIT; ST_IO.
 */
static enum status
chain_resolve(struct cfb *c, const struct chain *ch, struct runs *out,
    struct diag *d)
{
	uint32_t sector = ch->start;
	uint64_t from = ch->from, count = 0;
	struct runs r = { 0 };
	enum status st = ST_OK;

	while ((ch->whole || r.len < ch->len) && sector <= SECTOR_MAX) {
		st = take(ch->mini ? &c->mini_taken : &c->taken, sector,
		    from, d);
		if (st != ST_OK)
			break;
		count++;
		st = chain_append(c, ch, sector, &r, d);
		if (st == ST_OK)
			st = chain_next(c, ch, sector, &sector, &from, d);
		if (st != ST_OK)
			break;
	}
	if (st == ST_OK && (ch->whole ? sector != SECTOR_END :
	    r.len < ch->len))
		st = diag_set(d, ST_MALFORMED, from,
		    "[MS-CFB] 2.3: FAT chains", "the chain breaks off after "
		    "%" PRIu64 " bytes", r.len);
	if (st != ST_OK) {
		chain_release(c, ch, count);
		c->run_count -= r.n;
		runs_fini(&r);
		return st;
	}
	if (!ch->whole)
		r.len = ch->len;
	*out = r;
	return ST_OK;
}

/* ---- header and FAT ---- */

/* It may still be the beginning of one. */
static enum status
too_short(struct cfb *c, struct diag *d)
{
	uint64_t magic = 0;
	struct slice s;
	enum status st = ST_OK;

	if (window_size(c->w) >= sizeof(magic))
		st = window_get(c->w, 0, sizeof(magic), &s, d);
	if (st != ST_OK)
		return st;
	if (window_size(c->w) >= sizeof(magic))
		(void)slice_u64le(s, 0, &magic);
	return diag_set(d, magic == HEADER_MAGIC ? ST_MALFORMED :
	    ST_UNSUPPORTED, 0, "[MS-CFB] 2.2: header",
	    "too short for a compound file");
}

/* Spec:    [MS-CFB] 2.2, "Compound File Header". */
static enum status
read_header(struct cfb *c, struct header *h, struct diag *d)
{
	uint16_t order, mini_shift;
	uint32_t cutoff;
	uint64_t magic;
	struct cursor k;
	struct slice s;
	enum status st;
	size_t i;

	if (window_size(c->w) < HEADER_LEN)
		return too_short(c, d);
	st = window_get(c->w, 0, HEADER_LEN, &s, d);
	if (st != ST_OK)
		return st;
	k = cursor_of(s);
	magic = cursor_u64le(&k);
	cursor_skip(&k, 16 + 2);	/* CLSID, minor version */
	c->major = cursor_u16le(&k);
	order = cursor_u16le(&k);
	c->shift = cursor_u16le(&k);
	mini_shift = cursor_u16le(&k);
	cursor_skip(&k, 6 + 4);		/* reserved, directory sectors */
	h->fat_sectors = cursor_u32le(&k);
	h->first_dir = cursor_u32le(&k);
	cursor_skip(&k, 4);		/* transaction signature */
	cutoff = cursor_u32le(&k);
	h->first_mini_fat = cursor_u32le(&k);
	cursor_skip(&k, 4);		/* mini FAT sectors: the chain says */
	h->first_difat = cursor_u32le(&k);
	cursor_skip(&k, 4);		/* DIFAT sectors: FAT sectors say */
	for (i = 0; i < DIFAT_IN_HEADER; i++)
		h->difat[i] = cursor_u32le(&k);
	if (magic != HEADER_MAGIC)
		return diag_set(d, ST_UNSUPPORTED, 0, NULL,
		    "no compound file");
	if (c->major != 3 && c->major != 4)
		return diag_set(d, ST_UNSUPPORTED, 26, "[MS-CFB] 2.2: header",
		    "compound file version %u", c->major);
	if (k.bad || order != ORDER_MARK || mini_shift != MINI_SHIFT ||
	    c->shift != (c->major == 3 ? 9 : 12) || cutoff != MINI_CUTOFF)
		return diag_set(d, ST_MALFORMED, 0, "[MS-CFB] 2.2: header",
		    "bad header of a compound file");
	return ST_OK;
}

static enum status
count_sectors(struct cfb *c, struct diag *d)
{
	uint64_t len = sector_len(c), size = window_size(c->w);
	uint64_t count = size <= len ? 0 : (size - 1) / len;

	if (count > CFB_MAX_SECTORS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: CFB_MAX_SECTORS", "%" PRIu64 " sectors", count);
	c->sector_count = (uint32_t)count;
	bitmap_init(&c->taken, "sector", c->sector_count);
	bitmap_init(&c->spare, "sector", c->sector_count);
	return ST_OK;
}

/*
 * Learn some sectors of the FAT from a part of the DIFAT, at most WANT.
 */
static enum status
add_fat_sectors(struct cfb *c, const uint32_t *sectors, size_t n,
    size_t want, uint64_t from, struct diag *d)
{
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < n && c->fat_count < want && st == ST_OK; i++) {
		st = take(&c->taken, sectors[i], from, d);
		if (st == ST_OK)
			c->fat[c->fat_count++] = sectors[i];
	}
	return st;
}

/*
 * Find the sectors of the FAT: 109 in the header, the others in a chain of
 * DIFAT sectors, each ending with the number of the next. A FAT longer than
 * the file needs is legal; what lies behind its use is not looked at.
 *
 * Spec:    [MS-CFB] 2.5, "Compound File DIFAT Sectors"
 */
static enum status
load_fat(struct cfb *c, const struct header *h, struct diag *d)
{
	uint32_t entries[(1 << 12) / 4], next = h->first_difat;
	size_t per = (size_t)(sector_len(c) / 4), i;
	size_t want = (c->sector_count + per - 1) / per;
	uint64_t from = HEADER_FIRST_DIFAT;
	enum status st;

	if (want > h->fat_sectors)
		want = h->fat_sectors;
	c->fat = xcalloc(want, sizeof(*c->fat));
	st = add_fat_sectors(c, h->difat, DIFAT_IN_HEADER, want,
	    HEADER_DIFAT, d);
	while (st == ST_OK && c->fat_count < want) {
		struct cursor k;
		struct slice s;

		st = take(&c->taken, next, from, d);
		if (st != ST_OK)
			break;
		from = sector_off(c, next);
		st = window_get(c->w, from, per * 4, &s, d);
		if (st != ST_OK)
			break;
		k = cursor_of(s);
		for (i = 0; i < per - 1; i++)
			entries[i] = cursor_u32le(&k);
		next = cursor_u32le(&k);
		st = add_fat_sectors(c, entries, per - 1, want, from, d);
	}
	if (st != ST_OK)
		diag_wrap(d, "DIFAT");
	for (i = c->fat_count; i < DIFAT_IN_HEADER && i < h->fat_sectors; i++)
		bitmap_set(&c->spare, h->difat[i]);
	return st;
}

/* ---- directory ---- */

/* Spec:    [MS-CFB] 2.6.1, "Compound File Directory Entry". */
static enum status
decode_entry(struct cfb *c, uint32_t id, struct slice s, struct diag *d)
{
	struct cfb_entry *e = &c->entries[id];
	struct node *n = &c->nodes[id];
	struct cursor k = cursor_of(s);
	struct slice name = cursor_take(&k, CFB_NAME_BYTES);
	struct slice clsid, state, times;
	uint16_t name_len = cursor_u16le(&k);
	struct buf text;

	n->cfb = c;
	n->fileoff = s.fileoff;
	n->type = cursor_u8(&k);
	cursor_skip(&k, 1);		/* colour */
	n->left = cursor_u32le(&k);
	n->right = cursor_u32le(&k);
	n->child = cursor_u32le(&k);
	clsid = cursor_take(&k, CFB_CLSID_BYTES);
	state = cursor_take(&k, CFB_STATE_BYTES);
	times = cursor_take(&k, CFB_TIMES_BYTES);
	n->start = cursor_u32le(&k);
	/* Version 3 leaves rubbish in the upper half. */
	e->size = c->major == 3 ? cursor_u32le(&k) : cursor_u64le(&k);
	if (n->type == ENTRY_STORAGE)
		e->size = 0;
	if (n->type == ENTRY_UNUSED)
		return ST_OK;
	if (k.bad || name_len < 2 || name_len > CFB_NAME_BYTES ||
	    name_len % 2 != 0 || (n->type != ENTRY_STORAGE &&
	    n->type != ENTRY_STREAM && n->type != ENTRY_ROOT) ||
	    (n->type == ENTRY_ROOT) != (id == 0))
		return diag_set(d, ST_MALFORMED, s.fileoff,
		    "[MS-CFB] 2.6.1: directory entry",
		    "bad directory entry %" PRIu32, id);
	e->id = id;
	e->kind = n->type == ENTRY_STREAM ? CFB_STREAM : CFB_STORAGE;
	e->raw_len = (size_t)name_len - 2;
	(void)slice_copy(slice_of(name.p, e->raw_len, 0), e->raw,
	    sizeof(e->raw));
	(void)slice_copy(clsid, e->clsid, sizeof(e->clsid));
	(void)slice_copy(state, e->state, sizeof(e->state));
	(void)slice_copy(times, e->times, sizeof(e->times));
	buf_init(&text, CFB_NAME_TEXT - 1);
	(void)utf_from_utf16le(slice_of(e->raw, e->raw_len, 0), &text);
	(void)slice_copy(buf_slice(&text), e->name, sizeof(e->name) - 1);
	buf_fini(&text);
	return ST_OK;
}

/* Spec:    [MS-CFB] 2.6.3, "Root Directory Entry"; entry 0 is the root. */
static enum status
load_entries(struct cfb *c, const struct runs *dir, struct diag *d)
{
	uint64_t count = dir->len / ENTRY_LEN, left;
	enum status st = ST_OK;
	struct slice s;
	uint32_t i;

	if (count == 0)
		return diag_set(d, ST_MALFORMED, HEADER_FIRST_DIR,
		    "[MS-CFB] 2.6.3: root entry", "no root entry");
	if (count > CFB_MAX_ENTRIES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: CFB_MAX_ENTRIES", "%" PRIu64 " entries", count);
	c->entry_count = (uint32_t)count;
	c->entries = xcalloc(c->entry_count, sizeof(*c->entries));
	c->nodes = xcalloc(c->entry_count, sizeof(*c->nodes));
	for (i = 0; i < c->entry_count && st == ST_OK; i++) {
		/* An entry never crosses a sector, whose size 128 divides. */
		st = window_get(c->w, runs_place(dir,
		    (uint64_t)i * ENTRY_LEN, &left), ENTRY_LEN, &s, d);
		if (st == ST_OK)
			st = decode_entry(c, i, s, d);
	}
	if (st == ST_OK && c->nodes[0].type != ENTRY_ROOT)
		st = diag_set(d, ST_MALFORMED, s.fileoff,
		    "[MS-CFB] 2.6.3: root entry", "no root entry");
	return st;
}

/* Sectors of the directory in which the tree has no entry. */
static void
note_spare_entries(struct cfb *c, const struct runs *dir)
{
	uint32_t per = (uint32_t)(sector_len(c) / ENTRY_LEN), i, j;
	uint64_t left;

	for (i = 0; i + per <= c->entry_count; i += per) {
		for (j = i; j < i + per; j++)
			if (c->nodes[j].type != ENTRY_UNUSED)
				break;
		if (j == i + per)
			bitmap_set(&c->spare, sector_of(c, runs_place(dir,
			    (uint64_t)i * ENTRY_LEN, &left)));
	}
}

static enum status
load_directory(struct cfb *c, const struct header *h, struct diag *d)
{
	struct chain ch = { .whole = true, .start = h->first_dir,
	    .from = HEADER_FIRST_DIR };
	struct runs dir = { 0 };
	enum status st = chain_resolve(c, &ch, &dir, d);

	if (st == ST_OK)
		st = load_entries(c, &dir, d);
	if (st == ST_OK)
		note_spare_entries(c, &dir);
	else
		diag_wrap(d, "directory");
	runs_fini(&dir);
	return st;
}

/* Spec:    [MS-CFB] 2.4, "Compound File Mini FAT Sectors". */
static enum status
load_mini(struct cfb *c, const struct header *h, struct diag *d)
{
	struct chain table = { .whole = true, .start = h->first_mini_fat,
	    .from = HEADER_FIRST_MINI_FAT };
	struct chain data = { .start = c->nodes[0].start,
	    .from = c->nodes[0].fileoff, .len = c->entries[0].size };
	enum status st;

	st = chain_resolve(c, &table, &c->mini_fat, d);
	if (st != ST_OK) {
		diag_wrap(d, "mini FAT");
		return st;
	}
	st = chain_resolve(c, &data, &c->mini_stream, d);
	if (st != ST_OK) {
		diag_wrap(d, "mini stream");
		return st;
	}
	bitmap_init(&c->mini_taken, "mini sector",
	    (uint32_t)((c->mini_stream.len + MINI_LEN - 1) >> MINI_SHIFT));
	/* The mini stream belongs to no one who asks. */
	c->entries[0].size = 0;
	return ST_OK;
}

/* ---- tree ---- */

/* Entries that are to be reached, and before NEXT those that were. */
struct todo {
	struct todo_item {
		uint32_t	id;
		uint32_t	parent;	/* the storage that holds it */
		uint32_t	from;	/* the entry that names it */
		uint32_t	after, before;	/* entries that its name is to
						   lie between */
	}	*v;			/* owned */
	size_t	 n, next;
};

static void
todo_push(struct todo *t, struct todo_item item)
{
	if (item.id == ENTRY_NONE)
		return;
	t->v = xpush(t->v, t->n, sizeof(*t->v));
	t->v[t->n++] = item;
}

/* Is the name of A before that of B, for who looks for them? */
static bool
name_is_before(const struct cfb_entry *a, const struct cfb_entry *b)
{
	size_t i;

	if (a->raw_len != b->raw_len)
		return a->raw_len < b->raw_len;
	for (i = 0; i < a->raw_len; i += 2) {
		uint16_t x = utf_upcase((uint16_t)(a->raw[i] |
		    a->raw[i + 1] << 8));
		uint16_t y = utf_upcase((uint16_t)(b->raw[i] |
		    b->raw[i + 1] << 8));

		if (x != y)
			return x < y;
	}
	return false;
}

/* Would who looks for the name of ITEM come by it? */
static bool
is_in_its_place(const struct cfb *c, const struct todo_item *item)
{
	const struct cfb_entry *e = c->entries;

	return (item->after == ENTRY_NONE ||
	    name_is_before(&e[item->after], &e[item->id])) &&
	    (item->before == ENTRY_NONE ||
	    name_is_before(&e[item->id], &e[item->before]));
}

/*
 * Reach one entry; the second time is a loop, or a tree that two storages
 * share. Each entry adds at most three, so the list stays short.
 */
static enum status
reach(struct cfb *c, struct todo *t, struct diag *d)
{
	struct todo_item item = t->v[t->next++];
	struct node *n;

	if (item.id >= c->entry_count ||
	    c->nodes[item.id].type == ENTRY_UNUSED)
		return diag_set(d, ST_MALFORMED,
		    c->nodes[item.from].fileoff,
		    "[MS-CFB] 2.6.4: red-black tree",
		    "directory entry %" PRIu32 " does not exist", item.id);
	n = &c->nodes[item.id];
	if (n->reached || n->type == ENTRY_ROOT)
		return diag_set(d, ST_MALFORMED,
		    c->nodes[item.from].fileoff,
		    "[MS-CFB] 2.6.4: red-black tree",
		    "directory entry %" PRIu32 " is met twice", item.id);
	n->reached = true;
	c->entries[item.id].parent = item.parent;
	c->sorted[c->sorted_count++] = &c->entries[item.id];
	if (c->stray == ENTRY_NONE && !is_in_its_place(c, &item))
		c->stray = item.id;
	todo_push(t, (struct todo_item){ n->left, item.parent, item.id,
	    item.after, item.id });
	todo_push(t, (struct todo_item){ n->right, item.parent, item.id,
	    item.id, item.before });
	if (n->type == ENTRY_STORAGE)
		todo_push(t, (struct todo_item){ n->child, item.id, item.id,
		    ENTRY_NONE, ENTRY_NONE });
	return ST_OK;
}

static int
compare_raw(const struct cfb_entry *a, const uint8_t *raw, size_t len)
{
	size_t common = a->raw_len < len ? a->raw_len : len;
	int r = common == 0 ? 0 : memcmp(a->raw, raw, common);

	return r != 0 ? r : (a->raw_len > len) - (a->raw_len < len);
}

static int
compare_entries(const void *pa, const void *pb)
{
	const struct cfb_entry *a = *(const struct cfb_entry *const *)pa;
	const struct cfb_entry *b = *(const struct cfb_entry *const *)pb;

	int order;

	if (a->parent != b->parent)
		return a->parent < b->parent ? -1 : 1;
	order = compare_raw(a, b->raw, b->raw_len);
	/* Of two of one name, the later one is told, whatever qsort() does. */
	return order != 0 ? order : a->id < b->id ? -1 : a->id > b->id;
}

/* Give each storage its stretch of the sorted list. */
static enum status
index_children(struct cfb *c, struct diag *d)
{
	size_t i;

	for (i = 0; i < c->sorted_count; i++) {
		const struct cfb_entry *e = c->sorted[i];
		struct node *storage = &c->nodes[e->parent];

		if (storage->count++ == 0)
			storage->first = i;
		else if (compare_raw(e, c->sorted[i - 1]->raw,
		    c->sorted[i - 1]->raw_len) == 0)
			return diag_set(d, ST_MALFORMED,
			    c->nodes[e->id].fileoff,
			    "[MS-CFB] 2.6.4: red-black tree",
			    "two entries have the name \"%s\"", e->name);
	}
	return ST_OK;
}

/* Spec:    [MS-CFB] 2.6.4, "Red-Black Tree". */
static enum status
build_tree(struct cfb *c, struct diag *d)
{
	struct todo t = { 0 };
	enum status st = ST_OK;

	c->sorted = xcalloc(c->entry_count, sizeof(*c->sorted));
	c->stray = ENTRY_NONE;
	todo_push(&t, (struct todo_item){ c->nodes[0].child, 0, 0, ENTRY_NONE,
	    ENTRY_NONE });
	while (st == ST_OK && t.next < t.n)
		st = reach(c, &t, d);
	free(t.v);
	if (st != ST_OK)
		return st;
	qsort(c->sorted, c->sorted_count, sizeof(*c->sorted),
	    compare_entries);
	return index_children(c, d);
}

/* ---- for callers ---- */

enum status
cfb_open(struct source src, struct cfb **out, struct diag *d)
{
	struct cfb *c = xcalloc(1, sizeof(*c));
	struct header h;
	enum status st;

	c->src = src;
	c->w = window_new(src);
	st = read_header(c, &h, d);
	if (st == ST_OK)
		st = count_sectors(c, d);
	if (st == ST_OK)
		st = load_fat(c, &h, d);
	if (st == ST_OK)
		st = load_directory(c, &h, d);
	if (st == ST_OK)
		st = load_mini(c, &h, d);
	if (st == ST_OK)
		st = build_tree(c, d);
	if (st != ST_OK) {
		cfb_close(c);
		return st;
	}
	*out = c;
	return ST_OK;
}

void
cfb_close(struct cfb *c)
{
	uint32_t i;

	if (c == NULL)
		return;
	for (i = 0; c->nodes != NULL && i < c->entry_count; i++)
		runs_fini(&c->nodes[i].runs);
	runs_fini(&c->mini_fat);
	runs_fini(&c->mini_stream);
	free(c->taken.bits);
	free(c->spare.bits);
	free(c->mini_taken.bits);
	free(c->fat);
	free(c->entries);
	free(c->nodes);
	free(c->sorted);
	window_free(c->w);
	free(c);
}

const struct cfb_entry *
cfb_root(const struct cfb *c)
{
	return &c->entries[0];
}

const struct cfb_entry *const *
cfb_children(const struct cfb *c, const struct cfb_entry *storage,
    size_t *count)
{
	const struct node *n = &c->nodes[storage->id];

	*count = n->count;
	return &c->sorted[n->first];
}

const struct cfb_entry *
cfb_find(const struct cfb *c, const struct cfb_entry *storage,
    const char *name)
{
	const struct node *n = &c->nodes[storage->id];
	size_t lo = n->first, hi = n->first + n->count;
	const struct cfb_entry *hit = NULL;
	struct buf raw;

	buf_init(&raw, CFB_NAME_BYTES - 2);
	if (!utf_to_utf16le(name, &raw))
		lo = hi;		/* no name is that long */
	while (lo < hi && hit == NULL) {
		size_t mid = lo + (hi - lo) / 2;
		int r = compare_raw(c->sorted[mid], raw.p, raw.len);

		if (r == 0)
			hit = c->sorted[mid];
		else if (r < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	buf_fini(&raw);
	return hit;
}

bool
cfb_name_is(const struct cfb_entry *e, const char *name)
{
	size_t i;

	for (i = 0; 2 * i < e->raw_len; i++)
		if (name[i] == '\0' || e->raw[2 * i] != (uint8_t)name[i] ||
		    e->raw[2 * i + 1] != 0)
			return false;
	return name[i] == '\0';
}

enum status
cfb_check_names(const struct cfb *c, struct diag *d)
{
	size_t i, j;

	for (i = 0; i < c->sorted_count; i++)
		for (j = 0; j < c->sorted[i]->raw_len; j += 2)
			if (c->sorted[i]->raw[j] == 0 &&
			    c->sorted[i]->raw[j + 1] == 0)
				return diag_set(d, ST_MALFORMED,
				    c->nodes[c->sorted[i]->id].fileoff,
				    "[MS-CFB] 2.6.1: directory entry",
				    "the name \"%s\" goes on behind a NUL",
				    c->sorted[i]->name);
	return ST_OK;
}

enum status
cfb_check_tree(const struct cfb *c, struct diag *d)
{
	if (c->stray == ENTRY_NONE)
		return ST_OK;
	return diag_set(d, ST_UNTRUSTED, c->nodes[c->stray].fileoff,
	    "[MS-CFB] 2.6.4: red-black tree",
	    "\"%s\" is not where its name is looked for",
	    c->entries[c->stray].name);
}

static enum status
stream_read_at(void *ctx, uint64_t pos, void *p, size_t len, struct diag *d)
{
	const struct node *n = ctx;
	uint8_t *to = p;

	while (len > 0) {
		uint64_t left, off = runs_place(&n->runs, pos, &left);
		size_t part = left < len ? (size_t)left : len;
		enum status st = source_read(&n->cfb->src, off, to, part, d);

		if (st != ST_OK)
			return st;
		to += part;
		pos += part;
		len -= part;
	}
	return ST_OK;
}

enum status
cfb_stream(struct cfb *c, const struct cfb_entry *stream,
    struct source *out, struct diag *d)
{
	struct node *n = &c->nodes[stream->id];
	struct chain ch = { .mini = stream->size < MINI_CUTOFF,
	    .start = n->start, .from = n->fileoff, .len = stream->size };
	enum status st;

	if (!n->resolved) {
		st = chain_resolve(c, &ch, &n->runs, d);
		if (st != ST_OK) {
			diag_wrap(d, "stream \"%s\"", stream->name);
			return st;
		}
		n->resolved = true;
	}
	*out = (struct source){ stream_read_at, n, stream->size };
	return ST_OK;
}

/* ---- the end of the file ---- */

/* Sectors of the mini FAT and the mini stream that no mini sector needs. */
static void
note_spare_mini(struct cfb *c)
{
	uint32_t per = (uint32_t)(sector_len(c) >> MINI_SHIFT), i = 0;
	uint32_t last = c->mini_taken.n;
	uint64_t at, left;

	while (last > 0 && !bitmap_get(&c->mini_taken, last - 1))
		last--;
	for (i = (last + per - 1) / per * per; i < c->mini_taken.n; i += per)
		bitmap_set(&c->spare, sector_of(c, runs_place(&c->mini_stream,
		    (uint64_t)i << MINI_SHIFT, &left)));
	at = ((uint64_t)last * 4 + sector_len(c) - 1) >> c->shift << c->shift;
	for (; at < c->mini_fat.len; at += sector_len(c))
		bitmap_set(&c->spare, sector_of(c, runs_place(&c->mini_fat,
		    at, &left)));
}

/* Is there nothing in a sector but what a table has where it is empty? */
static enum status
check_blank(struct cfb *c, uint32_t sector, struct diag *d)
{
	uint64_t off = sector_off(c, sector), len = sector_len(c);
	struct cursor k;
	struct slice s;
	enum status st;
	uint8_t byte;

	if (len > c->src.size - off)
		len = c->src.size - off;
	st = window_get(c->w, off, (size_t)len, &s, d);
	if (st != ST_OK)
		return st;
	for (k = cursor_of(s); cursor_left(&k) > 0;) {
		byte = cursor_u8(&k);
		if (byte != 0 && byte != 0xff)
			return ST_ABSENT;
	}
	return ST_OK;
}

enum status
cfb_check_end(struct cfb *c, struct diag *d)
{
	uint32_t sector = c->sector_count;
	enum status st = ST_OK;
	struct source unused;
	size_t i;

	for (i = 0; i < c->sorted_count && st == ST_OK; i++)
		if (c->sorted[i]->kind == CFB_STREAM)
			st = cfb_stream(c, c->sorted[i], &unused, d);
	if (st != ST_OK)
		return st;
	note_spare_mini(c);
	while (sector-- > 0) {
		bool spare = bitmap_get(&c->spare, sector);

		if (bitmap_get(&c->taken, sector) && !spare)
			return ST_OK;
		st = spare ? check_blank(c, sector, d) : ST_ABSENT;
		if (st == ST_ABSENT)
			return diag_set(d, ST_UNTRUSTED,
			    sector_off(c, sector), "[MS-CFB] 2.1: sectors",
			    "there is more behind the last sector in use");
		if (st != ST_OK)
			return st;
	}
	return ST_OK;
}
