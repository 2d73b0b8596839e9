/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/msi_pool.h"
#include "formats/codepage.h"
#include "formats/msi_name.h"
#include "base/alloc.h"
#include "base/limits.h"

#include <inttypes.h>
#include <stdlib.h>

#define POOL_ENTRY	4		/* bytes */
#define POOL_WIDE_REFS	0x8000		/* in the second word */

struct msi_pool {
	unsigned	 codepage;
	unsigned	 ref_len;
	struct window	*data;
	struct string {
		uint32_t	off, len;
	}		*strings;	/* owned; [0] is null */
	size_t		 count;
};

/* A stream of the database by its decoded name. */
static enum status
open_stream(struct cfb *cfb, const struct cfb_entry *storage,
    const char *name, struct source *out, struct diag *d)
{
	const struct cfb_entry *e = msi_name_find_in(cfb, storage, name,
	    true);

	return e == NULL ? ST_ABSENT : cfb_stream(cfb, e, out, d);
}

/* The code page and the width of references, packed into four bytes. */
static void
decode_header(struct cursor *c, struct msi_pool *p)
{
	uint16_t low = cursor_u16le(c), high = cursor_u16le(c);

	p->codepage = (unsigned)(high & ~POOL_WIDE_REFS) << 16 | low;
	p->ref_len = (high & POOL_WIDE_REFS) != 0 ? 3 : 2;
}

/*
 * Give each string its place in the data.
 *
 * In:      ENTRIES is the whole of "_StringPool".
 */
static enum status
index_strings(struct msi_pool *p, struct slice entries, struct diag *d)
{
	struct cursor c = cursor_of(entries);
	uint64_t off = 0, size = window_size(p->data);

	decode_header(&c, p);
	p->strings = xcalloc(entries.n / POOL_ENTRY + 1,
	    sizeof(*p->strings));
	p->count = 1;
	while (cursor_left(&c) >= POOL_ENTRY) {
		uint32_t len = cursor_u16le(&c);
		uint16_t refs = cursor_u16le(&c);

		if (len == 0 && refs != 0)
			len = cursor_u32le(&c);
		if (c.bad || len > size - off)
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
			    "msi: _StringPool", "string %zu sticks out of "
			    "the data", p->count);
		p->strings[p->count++] = (struct string){ (uint32_t)off, len };
		off += len;
	}
	return ST_OK;
}

enum status
msi_pool_open(struct cfb *cfb, struct msi_pool **out, struct diag *d)
{
	return msi_pool_open_in(cfb, cfb_root(cfb), out, d);
}

enum status
msi_pool_open_in(struct cfb *cfb, const struct cfb_entry *storage,
    struct msi_pool **out, struct diag *d)
{
	struct msi_pool *p = xcalloc(1, sizeof(*p));
	struct source entries, data;
	struct buf b;
	enum status st;

	buf_init(&b, MSI_MAX_STRINGS * POOL_ENTRY);
	st = open_stream(cfb, storage, "_StringPool", &entries, d);
	if (st == ST_OK)
		st = open_stream(cfb, storage, "_StringData", &data, d);
	if (st != ST_OK)
		goto out;
	if (entries.size > b.max || data.size > UINT32_MAX) {
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: MSI_MAX_STRINGS", "%" PRIu64 " bytes of strings",
		    data.size);
		goto out;
	}
	st = source_read(&entries, 0, buf_extend(&b, (size_t)entries.size),
	    (size_t)entries.size, d);
	if (st != ST_OK)
		goto out;
	p->data = window_new(data);
	st = index_strings(p, buf_slice(&b), d);
	if (st == ST_OK) {
		*out = p;
		p = NULL;
	}
out:
	buf_fini(&b);
	msi_pool_close(p);
	return st;
}

void
msi_pool_close(struct msi_pool *p)
{
	if (p == NULL)
		return;
	window_free(p->data);
	free(p->strings);
	free(p);
}

unsigned
msi_pool_ref_len(const struct msi_pool *p)
{
	return p->ref_len;
}

enum status
msi_pool_text(struct msi_pool *p, uint32_t id, struct buf *text,
    struct diag *d)
{
	struct slice s;
	enum status st;

	if (id >= p->count)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "msi: _StringPool", "there is no string %" PRIu32, id);
	st = window_get(p->data, p->strings[id].off, p->strings[id].len, &s,
	    d);
	if (st == ST_OK && !codepage_decode(p->codepage, s, text))
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, "limit: TEXT_MAX",
		    "string %" PRIu32 " has %zu bytes", id, s.n);
	return st;
}
