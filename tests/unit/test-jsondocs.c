/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/buf.h"
#include "base/limits.h"
#include "json/jsondocs.h"

#include <stdlib.h>
#include <string.h>

/* A stream that gives no more than STEP bytes at a time. */
struct stream {
	struct slice	in;
	size_t		at, step;
	bool		broken;		/* ends with ST_IO */
};

static enum status
give(void *ctx, void *p, size_t cap, size_t *len, struct diag *d)
{
	struct stream *s = ctx;
	size_t n = s->in.n - s->at;
	struct slice part;

	if (n == 0 && s->broken)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "broken");
	n = n < cap ? n : cap;
	n = n < s->step ? n : s->step;
	CHECK(slice_sub(s->in, s->at, n, &part));
	CHECK(slice_copy(part, p, cap));
	s->at += n;
	*len = n;
	return ST_OK;
}

/* Every document as "LINE@OFFSET<text>", a status instead where none is. */
static char *
split(struct slice in, size_t step, bool broken)
{
	struct stream s = { .in = in, .step = step, .broken = broken };
	struct jsondocs *j = jsondocs_new(give, &s);
	struct slice doc;
	struct diag d = { .text = "" };
	struct buf b;
	uint64_t line;
	enum status st;

	buf_init(&b, 2 * in.n + 4096);
	while ((st = jsondocs_next(j, &doc, &line, &d)) == ST_OK ||
	    st == ST_LIMIT) {
		if (st == ST_LIMIT) {
			buf_printf(&b, "%s\n", d.text);
			continue;
		}
		buf_printf(&b, "%d@%d<", (int)line, (int)doc.fileoff);
		buf_append(&b, doc.p, doc.n);
		buf_puts(&b, ">");
	}
	CHECK_ST(jsondocs_next(j, &doc, &line, &d), st, &d);
	if (st != ST_ABSENT)
		buf_puts(&b, d.text);
	jsondocs_free(j);
	return buf_take(&b);
}

static const struct {
	const char	*in, *want;
} table[] = {
	{ "", "" },
	{ " \n\t\r\n", "" },
	{ "{}", "1@0<{}>" },
	{ "{}\n", "1@0<{}>" },
	{ "{\"a\":[1]}\r\n\r\n{}\n", "1@0<{\"a\":[1]}>3@13<{}>" },
	/* One over many lines, and two behind one another. */
	{ "{\n \"a\": [\n{\n}, {}\n]\n}\n[]", "1@0<{\n \"a\": [\n{\n}, {}\n]\n"
	    "}>7@22<[]>" },
	{ "{}{}[]", "1@0<{}>1@2<{}>1@4<[]>" },
	/* Brackets inside of text are none. */
	{ "{\"}\\\"]\":1}\n[]", "1@0<{\"}\\\"]\":1}>2@11<[]>" },
	{ "\xef\xbb\xbf{}", "1@3<{}>" },
	{ "\xef\xbb{}\n1", "1@0<\xef\xbb{}>2@5<1>" },
	/* What is no document is a line. */
	{ "x {}\n{}", "1@0<x {}>2@5<{}>" },
	{ "}\n{}", "1@0<}>2@2<{}>" },
	{ "1\n\"a\"\n", "1@0<1>2@2<\"a\">" },
	/* Cut off between values, and inside of a text. */
	{ "{\"a\":{}\n{\"b\":1}\n", "1@0<{\"a\":{}\n>2@8<{\"b\":1}>" },
	{ "{\"a\":\"x\n{\"b\":1}\n", "1@0<{\"a\":\"x\n>2@8<{\"b\":1}>" },
	{ "{\"a\":\"x\\\n{\"b\":1}", "1@0<{\"a\":\"x\\\n>2@9<{\"b\":1}>" },
	{ "{\"a\"", "1@0<{\"a\">" },
	/* A bracket too few takes nothing else with it. */
	{ "{\"a\":[1}\n{}\n{}", "1@0<{\"a\":[1}\n>2@9<{}>3@12<{}>" },
	/* UTF-16 is one thing, and for the reader to refuse. */
	{ "\xff\xfe{}\n{}\n", "1@0<\xff\xfe{}\n{}\n>" },
};

static void
documents(void)
{
	size_t i, step;

	for (i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		for (step = 1; step < 40; step++) {
			char *got = split(slice_of(table[i].in,
			    strlen(table[i].in), 0), step, false);

			CHECK_STR(got, table[i].want);
			free(got);
		}
}

static void
broken_stream(void)
{
	char *got = split(slice_of("{}\n{", 4, 0), 2, true);

	CHECK_STR(got, "1@0<{}>broken");
	free(got);
	got = split(slice_of("", 0, 0), 2, true);
	CHECK_STR(got, "broken");
	free(got);
}

/* A document of N bytes, and a small one behind it. */
static void
check_size(size_t n, bool taken)
{
	static const char want[] = "line 1: a document of more than 16777216 "
	    "bytes\n2@16777218<[]>";
	struct buf b;
	char *got;

	buf_init(&b, n + 4);
	memset(buf_extend(&b, n), ' ', n);
	b.p[0] = '[';
	b.p[n - 1] = ']';
	buf_puts(&b, "\n[]");
	got = split(buf_slice(&b), n, false);
	if (taken)
		CHECK(strncmp(got, "1@0<[ ", 6) == 0);
	else
		CHECK_STR(got, want);
	free(got);
	buf_fini(&b);
}

static void
limits(void)
{
	check_size(JSON_MAX_BYTES, true);
	check_size(JSON_MAX_BYTES + 1, false);
	jsondocs_free(NULL);
}

/* Documents lie behind one another, with nothing but space between. */
static void
look(struct slice s)
{
	struct stream in = { .in = s, .step = 7 };
	struct jsondocs *j = jsondocs_new(give, &in);
	struct slice doc;
	uint64_t line, before = 0;

	while (jsondocs_next(j, &doc, &line, NULL) == ST_OK) {
		CHECK(doc.n > 0 && doc.fileoff >= before);
		before = doc.fileoff + doc.n;
		CHECK(before <= s.n);
	}
	CHECK(in.at == s.n);
	jsondocs_free(j);
}

static void
hostile(void)
{
	static const char text[] = "{\"a\": [{\"b\": \"\\\"}\"}, {\n}],\n"
	    "\"c\": 1}\n{}\n[1, 2]";

	hostile_sweep((const uint8_t *)text, sizeof(text) - 1, 1, look);
	hostile_flips((const uint8_t *)text, sizeof(text) - 1, 5000, 8,
	    look);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "documents", documents },
		{ "a stream that breaks", broken_stream },
		{ "limits", limits },
		{ "hostile", hostile },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
