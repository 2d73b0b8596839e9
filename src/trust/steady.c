/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/steady.h"

#include "base/alloc.h"
#include "trust/digest.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define STEADY_BLOCK	(256 * 1024)	/* bytes that are digested at once */

struct mark {
	bool		 known;
	uint8_t		 sha256[32];
};

struct steady {
	struct source	 src;
	pthread_mutex_t	 lock;		/* of all below */
	struct mark	*marks;		/* one a block */
	uint64_t	 held;		/* block in BYTES; UINT64_MAX none */
	uint8_t		 bytes[STEADY_BLOCK];
};

struct steady *
steady_new(struct source src)
{
	struct steady *s = xcalloc(1, sizeof(*s));

	s->src = src;
	s->held = UINT64_MAX;
	pthread_mutex_init(&s->lock, NULL);
	s->marks = xcalloc((size_t)(src.size / STEADY_BLOCK) + 1,
	    sizeof(*s->marks));
	return s;
}

void
steady_free(struct steady *s)
{
	if (s == NULL)
		return;
	pthread_mutex_destroy(&s->lock);
	free(s->marks);
	free(s);
}

static bool
is_same(struct mark *m, const uint8_t *p, size_t n)
{
	struct digester *g = digester_new(DIGEST_BIT(DIGEST_SHA256));
	struct digest_set all;
	const struct digest *now = &all.of[DIGEST_SHA256];

	digester_update(g, p, n);
	digester_final(g, &all);
	digester_free(g);
	if (m->known)
		return memcmp(m->sha256, now->bytes, sizeof(m->sha256)) == 0;
	memcpy(m->sha256, now->bytes, sizeof(m->sha256));
	m->known = true;
	return true;
}

static enum status
hold(struct steady *s, uint64_t block, struct diag *d)
{
	uint64_t off = block * STEADY_BLOCK;
	size_t n = s->src.size - off < STEADY_BLOCK ?
	    (size_t)(s->src.size - off) : STEADY_BLOCK;
	enum status st;

	if (s->held == block)
		return ST_OK;
	s->held = UINT64_MAX;
	st = source_read(&s->src, off, s->bytes, n, d);
	if (st == ST_OK && !is_same(&s->marks[block], s->bytes, n))
		st = diag_set(d, ST_IO, off, NULL,
		    "the file was changed while it was read");
	if (st == ST_OK)
		s->held = block;
	return st;
}

static enum status
copy_from(struct steady *s, uint64_t off, uint8_t *to, size_t len,
    struct diag *d)
{
	enum status st = ST_OK;

	while (st == ST_OK && len > 0) {
		size_t skip = (size_t)(off % STEADY_BLOCK);
		size_t some = STEADY_BLOCK - skip;

		if (some > len)
			some = len;
		st = hold(s, off / STEADY_BLOCK, d);
		if (st != ST_OK)
			break;
		memcpy(to, s->bytes + skip, some);
		to += some;
		off += some;
		len -= some;
	}
	return st;
}

static enum status
steady_read_at(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	struct steady *s = ctx;
	enum status st;

	pthread_mutex_lock(&s->lock);
	st = copy_from(s, off, p, len, d);
	pthread_mutex_unlock(&s->lock);
	return st;
}

struct source
steady_source(struct steady *s)
{
	return (struct source){ steady_read_at, s, s->src.size };
}
