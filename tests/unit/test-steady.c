/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "trust/steady.h"

#include <stdlib.h>
#include <string.h>

#define SIZE	(600 * 1024 + 17)	/* more than two blocks */

static void
what_was_read_stays(void)
{
	uint8_t *p = calloc(1, SIZE), *q = calloc(1, SIZE);
	struct slice s = slice_of(p, SIZE, 0);
	struct steady *t;
	struct source src;
	struct diag d;
	size_t i;

	for (i = 0; i < SIZE; i++)
		p[i] = (uint8_t)(i * 7 + i / 256);
	t = steady_new(source_of_slice(&s));
	src = steady_source(t);
	CHECK_INT(src.size, SIZE);
	CHECK_ST(source_read(&src, 0, q, SIZE, &d), ST_OK, &d);
	CHECK(memcmp(p, q, SIZE) == 0);
	CHECK_ST(source_read(&src, 300000, q, 300000, &d), ST_OK, &d);
	CHECK(memcmp(p + 300000, q, 300000) == 0);
	CHECK_ST(source_read(&src, SIZE, q, 1, &d), ST_MALFORMED, &d);
	/* One bit of the second block, then back again. */
	p[300000] ^= 1;
	CHECK_ST(source_read(&src, 0, q, 100, &d), ST_OK, &d);
	CHECK_ST(source_read(&src, 300001, q, 1, &d), ST_IO, &d);
	CHECK(strstr(d.text, "changed while it was read") != NULL);
	CHECK_ST(source_read(&src, SIZE - 1, q, 1, &d), ST_OK, &d);
	p[300000] ^= 1;
	CHECK_ST(source_read(&src, 300001, q, 1, &d), ST_OK, &d);
	steady_free(t);
	free(p);
	free(q);
}

/* What nobody has read yet may be anything: it is held to the first time. */
static void
the_first_reading_counts(void)
{
	uint8_t bytes[8] = { 0 }, got = 0;
	struct slice s = slice_of(bytes, sizeof(bytes), 0);
	struct steady *t = steady_new(source_of_slice(&s));
	struct source src = steady_source(t);
	struct diag d;

	bytes[3] = 9;
	CHECK_ST(source_read(&src, 3, &got, 1, &d), ST_OK, &d);
	CHECK_INT(got, 9);
	steady_free(t);
	s = slice_of(bytes, 0, 0);
	t = steady_new(source_of_slice(&s));
	src = steady_source(t);
	CHECK_ST(source_read(&src, 0, &got, 0, &d), ST_OK, &d);
	steady_free(t);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "what was read stays", what_was_read_stays },
		{ "the first reading counts", the_first_reading_counts },
		{ NULL, NULL },
	};

	return tap_run(cases);
}
