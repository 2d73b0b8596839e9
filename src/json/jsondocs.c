/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "json/jsondocs.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK	((size_t)64 * 1024)	/* bytes that are read at a time */
#define MARK	((size_t)3)		/* those of a byte order mark */

/* How a document may end. */
enum shape {
	SHAPE_NONE,			/* it has not begun */
	SHAPE_INSIDE,			/* with its last bracket */
	SHAPE_LINE,			/* no array, no object: with its line */
	SHAPE_WIDE,			/* UTF-16: with the file */
};

enum step { STEP_TAKE, STEP_LAST, STEP_BEFORE };

/* What is known of a document after some of its bytes. */
struct scan {
	enum shape	shape;
	uint64_t	depth;
	bool		string, escape;
	bool		broken;		/* a line ended inside a text */
	bool		fresh;		/* a line begins */
	uint8_t		last;		/* byte that was no white space */
};

struct jsondocs {
	jsondocs_read	*read;
	void		*ctx;
	uint8_t		*block;
	size_t		 at, len;	/* in BLOCK */
	uint64_t	 off;		/* of BLOCK in the file */
	uint64_t	 line;		/* of what stands at AT */
	bool		 wide, ended;
	enum status	 st;		/* what reading came to */
	struct diag	 d;
	struct buf	 doc;
};

struct jsondocs *
jsondocs_new(jsondocs_read *read, void *ctx)
{
	struct jsondocs *j = xcalloc(1, sizeof(*j));

	j->read = read;
	j->ctx = ctx;
	j->line = 1;
	j->block = xcalloc(BLOCK, 1);
	buf_init(&j->doc, JSON_MAX_BYTES);
	return j;
}

void
jsondocs_free(struct jsondocs *j)
{
	if (j == NULL)
		return;
	buf_fini(&j->doc);
	free(j->block);
	free(j);
}

/* Behind what is in the block; a stream gives as little as it likes. */
static void
read_more(struct jsondocs *j)
{
	size_t n = 0;

	if (j->ended)
		return;
	j->st = j->read(j->ctx, j->block + j->len, BLOCK - j->len, &n, &j->d);
	if (j->st != ST_OK)
		n = 0;
	j->len += n;
	j->ended = n == 0;
}

static void
take_mark(struct jsondocs *j)
{
	while (!j->ended && j->len < MARK)
		read_more(j);
	if (j->len >= MARK && memcmp(j->block, "\xef\xbb\xbf", MARK) == 0)
		j->at = MARK;
	j->wide = j->len >= 2 && (memcmp(j->block, "\xff\xfe", 2) == 0 ||
	    memcmp(j->block, "\xfe\xff", 2) == 0);
}

/* Is there another byte? */
static bool
fill(struct jsondocs *j)
{
	if (j->off == 0 && j->len == 0)
		take_mark(j);
	if (j->at < j->len)
		return true;
	j->off += j->len;
	j->at = j->len = 0;
	read_more(j);
	return j->len != 0;
}

static bool
is_space(uint8_t c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static enum step
step_begin(struct scan *s, uint8_t c, bool wide)
{
	if (wide)
		s->shape = SHAPE_WIDE;
	else if (c != '{' && c != '[')
		s->shape = SHAPE_LINE;
	else
		s->shape = SHAPE_INSIDE;
	s->depth = 1;
	s->last = c;
	return STEP_TAKE;
}

static void
step_text(struct scan *s, uint8_t c)
{
	if (s->escape)
		s->escape = false;
	else if (c == '\\')
		s->escape = true;
	else if (c == '"')
		s->string = false;
}

static enum step
step_inside(struct scan *s, uint8_t c)
{
	bool fresh = s->fresh;

	s->fresh = c == '\n';
	if (s->fresh) {
		s->broken |= s->string;
		s->string = s->escape = false;
	} else if (s->string) {
		step_text(s, c);
	} else if (!is_space(c)) {
		if (fresh && c == '{' && (s->broken ||
		    (s->last != '[' && s->last != ',' && s->last != ':')))
			return STEP_BEFORE;
		s->last = c;
		s->string = c == '"';
		if (c == '{' || c == '[')
			s->depth++;
		else if ((c == '}' || c == ']') && --s->depth == 0)
			return STEP_LAST;
	}
	return STEP_TAKE;
}

static enum step
step(struct scan *s, uint8_t c, bool wide)
{
	switch (s->shape) {
	case SHAPE_NONE:
		return step_begin(s, c, wide);
	case SHAPE_INSIDE:
		return step_inside(s, c);
	case SHAPE_LINE:
		return c == '\n' ? STEP_BEFORE : STEP_TAKE;
	case SHAPE_WIDE:
		break;
	}
	return STEP_TAKE;
}

/*
 * So many of the N bytes at P change nothing: those of a text, and blanks
 * between values. That is most of a result.
 */
static size_t
skip_plain(struct scan *s, const uint8_t *p, size_t n)
{
	static const bool matters[UINT8_MAX + 1] = {
		['"'] = true, ['\\'] = true, ['\n'] = true,
	};
	size_t i = 0;

	if (s->shape != SHAPE_INSIDE || s->escape)
		return 0;
	if (s->string)
		while (i < n && !matters[p[i]])
			i++;
	else
		while (i < n && p[i] == ' ')
			i++;
	s->fresh = s->fresh && i == 0;
	return i;
}

/* Through the block, up to the end of the document. True when it is there. */
static bool
scan_block(struct jsondocs *j, struct scan *s)
{
	size_t start = j->at;
	enum step what = STEP_TAKE;

	while (j->at < j->len && what != STEP_LAST) {
		uint8_t c;

		j->at += skip_plain(s, j->block + j->at, j->len - j->at);
		if (j->at == j->len)
			break;
		c = j->block[j->at];
		what = step(s, c, j->wide);
		if (what == STEP_BEFORE)
			break;
		j->at++;
		j->line += c == '\n';
	}
	(void)buf_append(&j->doc, j->block + start, j->at - start);
	return what == STEP_LAST || what == STEP_BEFORE;
}

/* White space before a document. False at the end. */
static bool
skip_space(struct jsondocs *j)
{
	while (fill(j)) {
		if (j->wide || !is_space(j->block[j->at]))
			return true;
		j->line += j->block[j->at] == '\n';
		j->at++;
	}
	return false;
}

enum status
jsondocs_next(struct jsondocs *j, struct slice *doc, uint64_t *line,
    struct diag *d)
{
	struct scan s = { .shape = SHAPE_NONE };
	uint64_t off = 0, first = 0;

	buf_clear(&j->doc);
	if (skip_space(j)) {
		off = j->off + j->at;
		first = j->line;
		while (fill(j) && !scan_block(j, &s))
			continue;
	}
	*line = first;
	if (j->st != ST_OK) {
		if (d != NULL)
			*d = j->d;
		return j->st;
	}
	if (s.shape == SHAPE_NONE)
		return ST_ABSENT;
	if (j->doc.full)
		return diag_set(d, ST_LIMIT, off, NULL, "line %" PRIu64
		    ": a document of more than %d bytes", first,
		    JSON_MAX_BYTES);
	*doc = slice_of(j->doc.p, j->doc.len, off);
	return ST_OK;
}
