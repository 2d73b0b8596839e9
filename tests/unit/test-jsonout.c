/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "scratch.h"
#include "tap.h"

#include "json/jsonout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What PUT writes; NULL when the sink takes it for a failure. */
static char *
written(void (*put)(struct jsonout *j), bool indent)
{
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	struct jsonout j;
	char *text = NULL;

	scratch_begin();
	CHECK_ST(sink_open(scratch_path("out"), &out, &d), ST_OK, &d);
	jsonout_init(&j, out, indent);
	put(&j);
	jsonout_fini(&j);
	if (sink_commit(out, &d) == ST_OK)
		text = scratch_read("out");
	scratch_end();
	return text;
}

static void
check(void (*put)(struct jsonout *j), bool indent, const char *want)
{
	char *text = written(put, indent);

	CHECK(text != NULL);
	CHECK_STR(text, want);
	free(text);
}

static void
put_all(struct jsonout *j)
{
	jsonout_object(j, NULL);
	jsonout_array(j, "none");
	jsonout_end(j);
	jsonout_array(j, "some");
	jsonout_number(j, NULL, -1);
	jsonout_number(j, NULL, INT64_MAX);
	jsonout_object(j, NULL);
	jsonout_end(j);
	jsonout_end(j);
	jsonout_bool(j, "yes", true);
	jsonout_null(j, "null");
	jsonout_text_or_null(j, "empty", "");
	jsonout_text(j, "text", "");
	jsonout_version(j, "build", version_of(14, 2, 318, 4));
	jsonout_version(j, "no build", (struct version){ .parts = 0 });
	jsonout_instant(j, "at", 0);
	jsonout_instant(j, "never", INSTANT_NONE);
	jsonout_end(j);
}

static void
values(void)
{
	check(put_all, true, "{\n  \"none\": [],\n  \"some\": [\n    -1,\n"
	    "    9223372036854775807,\n    {}\n  ],\n  \"yes\": true,\n"
	    "  \"null\": null,\n  \"empty\": null,\n  \"text\": \"\",\n"
	    "  \"build\": \"14.2.318.4\",\n  \"no build\": null,\n"
	    "  \"at\": \"1970-01-01T00:00:00Z\",\n  \"never\": null\n}\n");
	check(put_all, false, "{\"none\": [], \"some\": [-1, "
	    "9223372036854775807, {}], \"yes\": true, \"null\": null, "
	    "\"empty\": null, \"text\": \"\", \"build\": \"14.2.318.4\", "
	    "\"no build\": null, \"at\": \"1970-01-01T00:00:00Z\", "
	    "\"never\": null}");
}

static void
put_flat(struct jsonout *j)
{
	bool before;

	jsonout_array(j, NULL);
	jsonout_object(j, NULL);
	before = jsonout_flat(j, true);
	jsonout_number(j, "a", 1);
	jsonout_array(j, "b");
	jsonout_null(j, NULL);
	jsonout_null(j, NULL);
	jsonout_end(j);
	jsonout_end(j);
	CHECK(jsonout_flat(j, before));
	jsonout_null(j, NULL);
	jsonout_end(j);
}

/* A row of a table is one line. */
static void
flat(void)
{
	check(put_flat, true, "[\n  {\"a\": 1, \"b\": [null, null]},\n"
	    "  null\n]\n");
	check(put_flat, false, "[{\"a\": 1, \"b\": [null, null]}, null]");
}

static void
put_odd_text(struct jsonout *j)
{
	jsonout_text(j, NULL, "\"q\" \\ \n\r\t\x01\x7f \xc2\x9b "
	    "\xe2\x80\xae\xe2\x80\x8b\xef\xbb\xbf \xc3\xbc \xf0\x9f\x98\x80 "
	    "\xff\xc3\xef\xbf\xbd");
}

/* Nothing drives a terminal or turns a line about; wrong bytes are told. */
static void
escapes(void)
{
	check(put_odd_text, false, "\"\\\"q\\\" \\\\ \\n\\r\\t\\u0001\\u007f "
	    "\\u009b \\u202e\\u200b\\ufeff \xc3\xbc \xf0\x9f\x98\x80 "
	    "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

static void
put_nothing(struct jsonout *j)
{
	(void)j;
}

static void
put_open(struct jsonout *j)
{
	jsonout_object(j, NULL);
}

static void
put_two(struct jsonout *j)
{
	jsonout_null(j, NULL);
	jsonout_null(j, NULL);
}

static void
put_nameless(struct jsonout *j)
{
	jsonout_object(j, NULL);
	jsonout_null(j, NULL);
	jsonout_end(j);
}

static void
put_named(struct jsonout *j)
{
	jsonout_array(j, NULL);
	jsonout_null(j, "a");
	jsonout_end(j);
}

static void
put_end(struct jsonout *j)
{
	jsonout_array(j, NULL);
	jsonout_end(j);
	jsonout_end(j);
}

static void
put_levels(struct jsonout *j, unsigned n)
{
	unsigned i;

	for (i = 0; i < n; i++)
		jsonout_array(j, NULL);
	for (i = 0; i < n; i++)
		jsonout_end(j);
}

/* The same of objects; what comes behind the mistake is sound again. */
static void
put_deep_objects(struct jsonout *j)
{
	unsigned i;

	jsonout_object(j, NULL);
	for (i = 1; i < JSON_MAX_DEPTH + 1; i++)
		jsonout_object(j, "a");
	for (i = 0; i < JSON_MAX_DEPTH + 1; i++)
		jsonout_end(j);
}

static void
put_deepest(struct jsonout *j)
{
	put_levels(j, JSON_MAX_DEPTH);
}

static void
put_too_deep(struct jsonout *j)
{
	put_levels(j, JSON_MAX_DEPTH + 1);
}

/* What is no JSON never becomes a file. */
static void
mistakes(void)
{
	static void (*const wrong[])(struct jsonout *) = { put_nothing,
	    put_open, put_two, put_nameless, put_named, put_end,
	    put_too_deep, put_deep_objects };
	char *text;
	size_t i;

	for (i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		text = written(wrong[i], true);
		CHECK(text == NULL);
		free(text);
	}
	text = written(put_deepest, false);
	CHECK(text != NULL);
	CHECK_INT(strlen(text), 2 * JSON_MAX_DEPTH);
	free(text);
}

static uint8_t many[300];

static void
put_bytes(struct jsonout *j)
{
	jsonout_object(j, NULL);
	jsonout_hex(j, "none", slice_of(NULL, 0, 0));
	jsonout_hex(j, "two", slice_of("\x0f\xa0", 2, 0));
	jsonout_hex(j, "many", slice_of(many, sizeof(many), 0));
	jsonout_end(j);
}

/* More than are made at a time. */
static void
bytes(void)
{
	char want[700], *p = want;
	size_t i;

	p += snprintf(p, 64, "{\"none\": \"\", \"two\": \"0fa0\", "
	    "\"many\": \"");
	for (i = 0; i < sizeof(many); i++) {
		many[i] = (uint8_t)(i * 5);
		p += snprintf(p, 3, "%02x", (unsigned)many[i]);
	}
	snprintf(p, 3, "\"}");
	check(put_bytes, false, want);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "values", values },
		{ "one line", flat },
		{ "escapes", escapes },
		{ "bytes", bytes },
		{ "mistakes are remembered", mistakes },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
