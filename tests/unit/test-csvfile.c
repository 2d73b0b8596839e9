/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "base/buf.h"
#include "formats/csvfile.h"

#include <string.h>

/* All cells of TEXT: "a|b" a row, rows parted by '/'; "!" where it is bad. */
static const char *
cells_of(const char *text, size_t len, struct buf *b)
{
	struct csvfile_row row;
	struct csvfile f;
	struct diag d;
	enum status st;
	size_t i;

	buf_clear(b);
	csvfile_init(&f, slice_of(text, len, 0));
	while ((st = csvfile_next(&f, &row, &d)) == ST_OK && row.count != 0) {
		buf_puts(b, b->len != 0 ? "/" : "");
		for (i = 0; i < row.count; i++)
			buf_printf(b, "%s%s", i != 0 ? "|" : "",
			    row.cells[i]);
		csvfile_row_fini(&row);
	}
	if (st != ST_OK)
		buf_puts(b, "!");
	return buf_text(b);
}

static void
rows(void)
{
	static const struct { const char *text, *cells; } cases[] = {
		{ "", "" },
		{ "\n\n # \n", "" },
		{ "one\ntwo\r\n\r\nthree", "one/two/three" },
		{ "a,b\nc", "a|b/c" },
		{ "a;b,c\nd;e", "a|b,c/d|e" },
		{ "a\tb c\t\n", "a|b c|" },
		{ "#x,y\na,b\n", "a|b" },
		{ "a,\"b,\"\"c\"\"\nd\",e\n", "a|b,\"c\"\nd|e" },
		{ " a , \"b\" ,c \r\n", "a|b|c" },
		{ "a,b\"c\"\n", "a|b\"c\"" },
		{ ",\n,x\n", "|x" },
		{ "a,\"b\n", "!" },
		{ "ok\n\"", "ok!" },
	};
	struct buf b;
	size_t i;

	buf_init(&b, 4096);
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_STR(cells_of(cases[i].text, strlen(cases[i].text), &b),
		    cases[i].cells);
	CHECK_STR(cells_of("a\0b\n", 4, &b), "!");
	buf_fini(&b);
}

/* Where a row begins, quoted newlines counted. */
static void
lines(void)
{
	static const char text[] = "#\n\na,\"x\ny\"\nb,c\n";
	struct csvfile_row row;
	struct csvfile f;
	struct diag d;

	csvfile_init(&f, slice_of(text, sizeof(text) - 1, 0));
	CHECK_ST(csvfile_next(&f, &row, &d), ST_OK, &d);
	CHECK_INT(f.line, 3);
	csvfile_row_fini(&row);
	CHECK_ST(csvfile_next(&f, &row, &d), ST_OK, &d);
	CHECK_INT(f.line, 5);
	csvfile_row_fini(&row);
}

/* More cells than are kept are read, and let go. */
static void
many(void)
{
	struct csvfile_row row;
	struct csvfile f;
	struct diag d;
	struct buf b;
	size_t i;

	buf_init(&b, 4096);
	for (i = 0; i < 2 * CSVFILE_CELLS; i++)
		buf_puts(&b, "x,");
	buf_puts(&b, "\nlast,one\n");
	csvfile_init(&f, buf_slice(&b));
	CHECK_ST(csvfile_next(&f, &row, &d), ST_OK, &d);
	CHECK_INT(row.count, CSVFILE_CELLS);
	csvfile_row_fini(&row);
	CHECK_ST(csvfile_next(&f, &row, &d), ST_OK, &d);
	CHECK_STR(row.cells[0], "last");
	csvfile_row_fini(&row);
	buf_fini(&b);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "rows and cells", rows },
		{ "lines", lines },
		{ "more cells than are kept", many },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
