/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "formats/marvin32.h"
#include "formats/regf_impl.h"
#include "formats/regf_log_impl.h"

#include <inttypes.h>
#include <stdlib.h>

/*
 * The new format (Windows 8.1, Server 2012 R2 and later): numbered entries,
 * each a set of pages with a checksum. Windows writes to one log until it
 * changes to the other, so that the entries of both are one chain.
 *
 * Spec: "Format of transaction log files", "New format"; "Multiple
 *       transaction log files"
 */

#define ENTRIES_AT	REGF_SECTOR
#define ENTRY_LEN	40	/* of its header */
#define HASHED_LEN	32	/* of the header, by Hash-2 */
#define REF_LEN		8	/* of a reference to a page */
#define HASH_CHUNK	(64 * 1024)

/*
 * The seed as a number. The specification gives the bytes 82 EF 4D 88 7A 4E
 * 55 C5; read as a little-endian number, as those of a file would be, no
 * entry has the right checksum.
 */
#define SEED		UINT64_C(0x82ef4d887a4e55c5)

struct entry {
	uint64_t	at;		/* in its log */
	uint32_t	len;
	uint32_t	sequence;
	uint32_t	hbins_len;
	uint32_t	pages;
	uint64_t	hash[2];
};

/* A log being read. */
struct scan {
	struct regf_replay	*r;
	struct regf_log_state	*s;
	uint32_t		 log;
	const struct source	*src;
	struct window		*win;
	uint8_t			*chunk;		/* HASH_CHUNK */
};

/* Sequence numbers go on from 0 behind the largest. */
static bool
is_before(uint32_t a, uint32_t b)
{
	return a != b && b - a <= INT32_MAX;
}

/* Hash-2 tells whether the header, and so the length, can be believed. */
static enum status
check_header(struct slice header, const struct entry *e, struct diag *d)
{
	struct marvin32 m;
	struct slice hashed;

	marvin32_init(&m, SEED);
	if (slice_sub(header, 0, HASHED_LEN, &hashed))
		marvin32_add(&m, hashed);
	if (marvin32_end(&m) != e->hash[1])
		return diag_set(d, ST_MALFORMED, e->at, RULE("hash"),
		    "the checksum of an entry's header is wrong");
	return ST_OK;
}

/* Returns: ST_OK; ST_ABSENT where no entry begins; ST_MALFORMED; ST_IO. */
static enum status
read_header(struct scan *sc, uint64_t at, struct entry *e, struct diag *d)
{
	struct slice header;
	struct cursor c;
	enum status st;

	if (at > sc->src->size || sc->src->size - at < ENTRY_LEN)
		return ST_ABSENT;
	st = window_get(sc->win, at, ENTRY_LEN, &header, d);
	if (st != ST_OK)
		return st;
	c = cursor_of(header);
	if (!slice_is(cursor_take(&c, 4), "HvLE"))
		return ST_ABSENT;
	e->at = at;
	e->len = cursor_u32le(&c);
	cursor_skip(&c, 4);			/* flags */
	e->sequence = cursor_u32le(&c);
	e->hbins_len = cursor_u32le(&c);
	e->pages = cursor_u32le(&c);
	e->hash[0] = cursor_u64le(&c);
	e->hash[1] = cursor_u64le(&c);
	return check_header(header, e, d);
}

static enum status
check_sizes(const struct scan *sc, const struct entry *e, struct diag *d)
{
	if (e->len % REGF_SECTOR != 0 || e->len < ENTRY_LEN ||
	    e->len > sc->src->size - e->at)
		return diag_set(d, ST_MALFORMED, e->at, RULE("size"),
		    "an entry cannot have %" PRIu32 " bytes", e->len);
	if (e->hbins_len % REGF_PAGE != 0 || e->hbins_len > REGF_BINS_MAX)
		return diag_set(d, ST_MALFORMED, e->at, RULE("size"),
		    "a hive's bins cannot have %" PRIu32 " bytes",
		    e->hbins_len);
	if (e->pages == 0 || e->pages > (e->len - ENTRY_LEN) / REF_LEN)
		return diag_set(d, ST_MALFORMED, e->at, RULE("size"),
		    "an entry of %" PRIu32 " bytes cannot have %" PRIu32
		    " pages", e->len, e->pages);
	return ST_OK;
}

/* Hash-1 is of all that follows the header. */
static enum status
check_body(struct scan *sc, const struct entry *e, struct diag *d)
{
	uint64_t at = e->at + ENTRY_LEN, end = e->at + e->len;
	struct marvin32 m;

	marvin32_init(&m, SEED);
	while (at < end) {
		size_t n = end - at < HASH_CHUNK ? (size_t)(end - at) :
		    HASH_CHUNK;
		enum status st = source_read(sc->src, at, sc->chunk, n, d);

		if (st != ST_OK)
			return st;
		marvin32_add(&m, slice_of(sc->chunk, n, at));
		at += n;
	}
	if (marvin32_end(&m) != e->hash[0])
		return diag_set(d, ST_MALFORMED, e->at, RULE("hash"),
		    "the checksum of an entry is wrong");
	return ST_OK;
}

struct ref {
	uint32_t	off, len;	/* in the hive's bins */
};

static enum status
read_ref(struct scan *sc, const struct entry *e, uint32_t i, struct ref *out,
    struct diag *d)
{
	struct slice s;
	struct cursor c;
	enum status st = window_get(sc->win,
	    e->at + ENTRY_LEN + (uint64_t)i * REF_LEN, REF_LEN, &s, d);

	if (st != ST_OK)
		return st;
	c = cursor_of(s);
	out->off = cursor_u32le(&c);
	out->len = cursor_u32le(&c);
	return ST_OK;
}

/* All references, before any is used: an entry is applied whole or not. */
static enum status
check_refs(struct scan *sc, const struct entry *e, struct diag *d)
{
	uint64_t left = e->len - ENTRY_LEN - (uint64_t)e->pages * REF_LEN;
	uint32_t i;

	for (i = 0; i < e->pages; i++) {
		struct ref ref;
		enum status st = read_ref(sc, e, i, &ref, d);

		if (st != ST_OK)
			return st;
		if (ref.len == 0 || ref.len % REGF_SECTOR != 0 ||
		    ref.off % REGF_SECTOR != 0 || ref.len > left ||
		    ref.off > e->hbins_len ||
		    ref.len > e->hbins_len - ref.off)
			return diag_set(d, ST_MALFORMED, e->at,
			    RULE("page"), "an entry cannot have a page of %"
			    PRIu32 " bytes for offset %" PRIu32, ref.len,
			    ref.off);
		left -= ref.len;
	}
	return ST_OK;
}

static enum status
add_pages(struct scan *sc, const struct entry *e, struct diag *d)
{
	uint64_t at = e->at + ENTRY_LEN + (uint64_t)e->pages * REF_LEN;
	enum status st = ST_OK;
	uint32_t i;

	for (i = 0; st == ST_OK && i < e->pages; i++) {
		struct ref ref;

		st = read_ref(sc, e, i, &ref, d);
		if (st == ST_OK)
			st = regf_overlay_add(&sc->r->overlay, ref.off,
			    ref.len, sc->log, at, d);
		if (st == ST_OK)
			at += ref.len;
	}
	return st;
}

/*
 * The next entry, which must be number WANT.
 *
 * Returns: ST_OK; ST_ABSENT at the end of the chain: no entry, or one that
 *          an earlier use of the log has left; ST_MALFORMED; ST_IO.
 */
static enum status
next_entry(struct scan *sc, uint64_t at, uint32_t want, struct entry *e,
    struct diag *d)
{
	enum status st = read_header(sc, at, e, d);

	if (st != ST_OK)
		return st;
	if (e->sequence != want)
		return is_before(e->sequence, want) ? ST_ABSENT :
		    diag_set(d, ST_MALFORMED, at, RULE("sequence"),
		    "entry %" PRIu32 " is where %" PRIu32 " should be",
		    e->sequence, want);
	st = check_sizes(sc, e, d);
	if (st == ST_OK)
		st = check_body(sc, e, d);
	if (st == ST_OK)
		st = check_refs(sc, e, d);
	return st;
}

/* Count an entry, and take its pages unless the hive has them. */
static enum status
take_entry(struct scan *sc, const struct entry *e, struct diag *d)
{
	const struct regf_log_base *hive = &sc->r->base;
	struct regf_log_state *s = sc->s;
	enum status st;

	s->entries++;
	s->last = e->sequence;
	if (hive->good && is_before(e->sequence, hive->sequence[1]))
		return ST_OK;
	st = add_pages(sc, e, d);
	if (st != ST_OK)
		return st;
	if (s->applied++ == 0)
		s->from = e->sequence;
	s->hbins_len = e->hbins_len;
	return ST_OK;
}

/*
 * Read a log to the end of its chain. The first number is in its base block;
 * what ended it, if it was no plain end, is left in S->diag.
 */
static enum status
scan_entries(struct scan *sc)
{
	struct regf_log_state *s = sc->s;
	uint32_t want = s->base.sequence[0];
	uint64_t at = ENTRIES_AT;
	struct entry e;
	enum status st;

	for (;;) {
		st = next_entry(sc, at, want, &e, &s->diag);
		if (st == ST_OK)
			st = take_entry(sc, &e, &s->diag);
		if (st != ST_OK)
			break;
		at += e.len;
		want++;
	}
	if (s->entries == 0 && st == ST_ABSENT)
		return diag_set(&s->diag, ST_MALFORMED, ENTRIES_AT,
		    RULE("signature"), "no entry (HvLE) %" PRIu32, want);
	/* Of too many pages, or of a sick disk, no part will do. */
	if (st == ST_LIMIT || st == ST_IO || s->entries == 0)
		return st;
	return ST_OK;
}

static void
scan_log(struct regf_replay *r, uint32_t log)
{
	struct regf_log_state *s = &r->states[log];
	struct scan sc = { r, s, log, &r->logs[log], NULL, NULL };

	sc.win = window_new(r->logs[log]);
	sc.chunk = xcalloc(1, HASH_CHUNK);
	s->st = scan_entries(&sc);
	if (s->st == ST_OK && s->applied == 0)
		s->st = diag_set(&s->diag, ST_MALFORMED, DIAG_NOWHERE,
		    RULE("sequence"), "it ends with entry %" PRIu32 ", which "
		    "the hive has", s->last);
	if (s->st != ST_OK)
		regf_overlay_drop(&r->overlay, log);
	window_free(sc.win);
	free(sc.chunk);
}

/* A log is left out because of another, or of the hive. */
static void
refuse(struct regf_replay *r, size_t log, const char *why, uint32_t number)
{
	struct regf_log_state *s = &r->states[log];

	s->st = diag_set(&s->diag, ST_MALFORMED, DIAG_NOWHERE,
	    RULE("sequence"), "it begins with entry %" PRIu32 ", %s %" PRIu32,
	    s->from, why, number);
	regf_overlay_drop(&r->overlay, (uint32_t)log);
}

/* The next usable log from FROM on; r->count when there is none. */
static size_t
usable(const struct regf_replay *r, size_t from)
{
	while (from < r->count && r->states[from].st != ST_OK)
		from++;
	return from;
}

/*
 * Two logs have something. One chain is the rule. Where there is a gap,
 * recovery stops at it. A log of which the hive has a part already, and
 * which does not lead to the other, is an old one; and with nothing to go
 * by in the hive the newer one is the one that counts, as for Windows.
 */
static void
join(struct regf_replay *r, size_t first, size_t second)
{
	const struct regf_log_state *a = &r->states[first];
	const struct regf_log_state *b = &r->states[second];

	if (b->from == a->last + 1)
		return;
	if (!r->base.good ||
	    is_before(a->base.sequence[0], r->base.sequence[1]))
		refuse(r, first, "and does not lead to", b->from);
	else
		refuse(r, second, "while the other log ends with", a->last);
}

/* Entries in it, or a base block that was just written for the next one. */
static bool
is_sound(const struct regf_log_state *s, uint32_t next)
{
	return s->entries != 0 || (s->base.good &&
	    s->base.type == REGF_TYPE_LOG_NEW && s->base.sequence[0] == next);
}

/*
 * The chain should begin with the hive's second number. After it changed the
 * logs twice between two writes of the base block, Windows has written the
 * missing entries to the hive: then there are two sound logs. Otherwise
 * entries are lost.
 */
static void
check_start(struct regf_replay *r, size_t first)
{
	uint32_t next = r->states[first].last + 1;
	size_t i, sound = 0;

	for (i = 0; i < r->count; i++)
		sound += is_sound(&r->states[i], next);
	if (r->base.good && r->states[first].from != r->base.sequence[1] &&
	    sound < 2)
		refuse(r, first, "while the hive wants", r->base.sequence[1]);
}

static void
swap(struct regf_replay *r, size_t a, size_t b)
{
	struct regf_log_state s = r->states[a];
	struct source src = r->logs[a];

	r->states[a] = r->states[b];
	r->logs[a] = r->logs[b];
	r->states[b] = s;
	r->logs[b] = src;
}

/* The one that was begun first goes first, whatever its name. */
static void
order(struct regf_replay *r)
{
	size_t i, k;

	for (i = 1; i < r->count; i++)
		for (k = i; k > 0 && is_before(
		    r->states[k].base.sequence[0],
		    r->states[k - 1].base.sequence[0]); k--)
			swap(r, k, k - 1);
}

static void
scan_logs(struct regf_replay *r)
{
	uint32_t i;

	order(r);
	for (i = 0; i < r->count; i++)
		if (r->states[i].st == ST_OK)
			scan_log(r, i);
}

enum status
regf_log_new(struct regf_replay *r, size_t *by, uint32_t *hbins_len)
{
	size_t first, second, i;

	scan_logs(r);
	first = usable(r, 0);
	second = usable(r, first + 1);
	/* Windows never writes to three. */
	i = usable(r, second + 1);
	if (i < r->count)
		refuse(r, i, "and is one too many: the others end with",
		    r->states[second].last);
	if (second < r->count)
		join(r, first, second);
	first = usable(r, 0);
	if (first < r->count)
		check_start(r, first);
	for (i = usable(r, 0); i < r->count; i = usable(r, i + 1)) {
		r->info.entries += r->states[i].applied;
		r->info.sequence = r->states[i].last;
		*by = i;
	}
	if (r->info.entries == 0)
		return ST_MALFORMED;
	*hbins_len = r->states[*by].hbins_len;
	regf_overlay_finish(&r->overlay, *hbins_len);
	return ST_OK;
}
