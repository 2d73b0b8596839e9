/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "base/buf.h"
#include "io/file.h"
#include "json/jsondocs.h"
#include "json/jsonin.h"
#include "json/jsonout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A number that is none of ours goes out as null. */
static enum jsontape_kind
kind(struct jsonin_at v)
{
	enum jsontape_kind k = jsonin_kind(v, NULL);

	return k == JSONTAPE_NUMBER ? JSONTAPE_NULL : k;
}

static int64_t
number(struct jsonin_at v)
{
	return jsonin_number(v, NULL, INT64_MIN, INT64_MAX);
}

static void
put(struct jsonout *j, struct jsonin_at v, const char *name)
{
	struct jsonin_items it = jsonin_items(v);
	struct jsonin_at item;

	switch (kind(v)) {
	case JSONTAPE_BOOL:
		jsonout_bool(j, name, jsonin_bool(v, NULL));
		return;
	case JSONTAPE_INTEGER:
		jsonout_number(j, name, number(v));
		return;
	case JSONTAPE_TEXT:
		jsonout_text(j, name, jsonin_text(v, NULL, SIZE_MAX));
		return;
	case JSONTAPE_ARRAY:
		jsonout_array(j, name);
		break;
	case JSONTAPE_OBJECT:
		jsonout_object(j, name);
		break;
	default:
		jsonout_null(j, name);
		return;
	}
	while (jsonin_each(&it, &item))
		put(j, item, jsonin_name(item));
	jsonout_end(j);
}

static void
compare(struct jsonin_at a, struct jsonin_at b)
{
	struct jsonin_items ia = jsonin_items(a), ib = jsonin_items(b);
	const char *na = jsonin_name(a), *nb = jsonin_name(b);
	struct jsonin_at va, vb;

	if (kind(a) != kind(b) || (na == NULL) != (nb == NULL) ||
	    (na != NULL && strcmp(na, nb) != 0) ||
	    jsonin_count(a) != jsonin_count(b))
		abort();
	if (kind(a) == JSONTAPE_BOOL &&
	    jsonin_bool(a, NULL) != jsonin_bool(b, NULL))
		abort();
	if (kind(a) == JSONTAPE_INTEGER && number(a) != number(b))
		abort();
	if (kind(a) == JSONTAPE_TEXT &&
	    strcmp(jsonin_text(a, NULL, SIZE_MAX),
	    jsonin_text(b, NULL, SIZE_MAX)) != 0)
		abort();
	while (jsonin_each(&ia, &va))
		if (!jsonin_each(&ib, &vb))
			abort();
		else
			compare(va, vb);
}

/* What was read, written, is read as the same. */
static void
around(struct jsonin *in)
{
	char path[] = "/tmp/fuzz-jsonin-XXXXXX";
	struct jsonin *again = NULL;
	struct sink *out = NULL;
	struct jsonout j;
	struct diag d;
	struct buf b;
	int fd = mkstemp(path);

	buf_init(&b, 8 * JSON_MAX_BYTES);
	if (fd < 0 || sink_open(path, &out, &d) != ST_OK)
		abort();
	close(fd);
	jsonout_init(&j, out, false);
	put(&j, jsonin_root(in), NULL);
	jsonout_fini(&j);
	if (sink_commit(out, &d) != ST_OK ||
	    file_read_all(path, &b, &d) != ST_OK ||
	    jsonin_open(buf_slice(&b), 1, &again, &d) != ST_OK)
		abort();
	unlink(path);
	compare(jsonin_root(in), jsonin_root(again));
	if (jsonin_failed(in) || jsonin_failed(again))
		abort();
	jsonin_close(again);
	buf_fini(&b);
}

/* Members as of a result, right or wrong. */
static void
ask(struct jsonin_at at)
{
	static const char *const words[] = { "unknown", "applied" };
	struct jsonin_at o = jsonin_object_or_none(at, "o"), item;
	struct jsonin_items it = jsonin_items(jsonin_array(at, "a", 3));
	uint8_t hex[4];

	while (jsonin_each(&it, &item))
		(void)jsonin_word_or(item, "w", words, 2, 0);
	(void)jsonin_text_or_null(o, "t", 8);
	(void)jsonin_version(at, "v");
	(void)jsonin_instant(at, "i");
	(void)jsonin_hex(at, "h", hex, sizeof(hex));
	(void)jsonin_word(at, "w", words, 2);
}

static enum status
give(void *ctx, void *p, size_t cap, size_t *len, struct diag *d)
{
	struct cursor *c = ctx;
	size_t n = cursor_left(c);

	(void)d;
	n = n < cap ? n : cap;
	n = n < 5 ? n : 5;
	if (!slice_copy(cursor_take(c, n), p, cap))
		abort();
	*len = n;
	return ST_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0), doc;
	struct cursor c = cursor_of(s);
	struct jsondocs *docs = jsondocs_new(give, &c);
	struct jsonin *in = NULL;
	struct diag d;
	uint64_t line, end = 0;

	if (jsonin_open(s, 1, &in, &d) == ST_OK) {
		around(in);
		ask(jsonin_root(in));
		if ((jsonin_finish(in, &d) == ST_OK) == jsonin_failed(in))
			abort();
	} else if (d.fileoff > len) {
		abort();
	}
	jsonin_close(in);
	while (jsondocs_next(docs, &doc, &line, &d) == ST_OK) {
		if (doc.fileoff < end || doc.n > len - doc.fileoff)
			abort();
		end = doc.fileoff + doc.n;
	}
	jsondocs_free(docs);
	return 0;
}
