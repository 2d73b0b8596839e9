/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/json.h"
#include "report/json_result.h"
#include "base/alloc.h"
#include "base/slice.h"
#include "base/utf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define NO_JSON	"the result cannot be written as JSON"

/* *V stays what it is, or is given up when something is missing in it. */
static void
keep_if(bool whole, json_t **v)
{
	if (whole)
		return;
	json_decref(*v);
	*v = NULL;
}

void
json_put(json_t **o, const char *name, json_t *v)
{
	keep_if(json_object_set_new(*o, name, v) == 0, o);
}

void
json_add(json_t **a, json_t *v)
{
	keep_if(json_array_append_new(*a, v) == 0, a);
}

json_t *
json_text(const char *s)
{
	json_t *v;
	struct buf b;

	if (s == NULL)
		return json_null();
	if (utf8_valid(slice_of(s, strlen(s), 0)))
		return json_string(s);
	/* A wrong byte becomes three. */
	buf_init(&b, strlen(s) * 3);
	(void)utf8_clean(s, &b);
	v = json_string(buf_text(&b));
	buf_fini(&b);
	return v;
}

json_t *
json_text_or_null(const char *s)
{
	return json_text(s != NULL && s[0] != '\0' ? s : NULL);
}

json_t *
json_version(struct version v)
{
	char text[VERSION_TEXT];

	return version_known(v) ? json_string(version_format(v, text)) :
	    json_null();
}

json_t *
json_instant(instant t)
{
	char text[INSTANT_TEXT];

	return t == INSTANT_NONE ? json_null() :
	    json_string(instant_format(t, text));
}

static json_t *
json_overlay(const struct cat_overlay *v)
{
	json_t *o = json_object();

	json_put(&o, "name", json_text(v->name));
	json_put(&o, "origin", json_text(v->origin));
	json_put(&o, "sha256", json_text(v->sha256));
	return o;
}

json_t *
json_result(const char *version, instant at, const struct cat_info *cat)
{
	json_t *o = json_object(), *c = json_object();
	json_t *overlays = json_array();
	size_t i;

	for (i = 0; i < cat->overlay_count; i++)
		json_add(&overlays, json_overlay(cat->overlays[i]));
	json_put(&c, "serial", json_integer(
	    (json_int_t)cat->serial));
	json_put(&c, "issued", json_instant(cat->issued));
	json_put(&c, "known_until", json_instant(cat->known_until));
	json_put(&c, "sha256", json_text(cat->sha256));
	json_put(&c, "origin", json_text(cat->origin));
	json_put(&o, "schema", json_string(JSON_RESULT_SCHEMA));
	json_put(&o, "version", json_text(version));
	json_put(&o, "at", json_instant(at));
	json_put(&o, "catalogue", c);
	json_put(&o, "overlays", overlays);
	return o;
}

json_t *
json_refs(const struct cat_refs *refs)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < refs->count; i++)
		json_add(&a, json_text(refs->ids[i]));
	return a;
}

json_t *
json_release(const struct cat_release *r)
{
	json_t *o;

	if (r == NULL)
		return json_null();
	o = json_object();
	json_put(&o, "id", json_text(r->id));
	json_put(&o, "label", json_text(r->label));
	json_put(&o, "name", json_text(r->name));
	json_put(&o, "revision", json_integer(r->revision));
	json_put(&o, "build", json_version(r->build));
	json_put(&o, "kb", json_text_or_null(r->kb));
	json_put(&o, "date", json_text_or_null(r->date));
	return o;
}

static int
write_part(const char *p, size_t len, void *ctx)
{
	sink_write(ctx, p, len);
	return 0;
}

static void
dump(const json_t *v, struct sink *out, size_t flags)
{
	if (json_dump_callback(v, write_part, out, flags) != 0)
		sink_fail(out, NO_JSON);
}

void
json_emit(const json_t *v, struct sink *out)
{
	dump(v, out, JSON_INDENT(2));
	sink_puts(out, "\n");
}

static void
write_value(struct jsonout *j, const char *name, const json_t *v)
{
	size_t i;

	switch (json_typeof(v)) {
	case JSON_OBJECT:
		jsonout_object(j, name);
		json_write_members(j, v);
		jsonout_end(j);
		return;
	case JSON_ARRAY:
		jsonout_array(j, name);
		for (i = 0; i < json_array_size(v); i++)
			write_value(j, NULL, json_array_get(v, i));
		jsonout_end(j);
		return;
	case JSON_STRING:
		jsonout_text(j, name, json_string_value(v));
		return;
	case JSON_INTEGER:
		jsonout_number(j, name, json_integer_value(v));
		return;
	case JSON_TRUE:
	case JSON_FALSE:
		jsonout_bool(j, name, json_is_true(v));
		return;
	case JSON_REAL:
	case JSON_NULL:
		break;
	}
	jsonout_null(j, name);
}

void
json_write_members(struct jsonout *j, const json_t *o)
{
	const char *name;
	json_t *v;

	if (o == NULL)
		sink_fail(j->out, NO_JSON);
	/* The macro of jansson wants one that it could change. */
	json_object_foreach((json_t *)(uintptr_t)o, name, v)
		write_value(j, name, v);
}

void
json_emit_open(const json_t *o, struct sink *out)
{
	char *text = json_dumps(o, JSON_INDENT(2));

	/* "\n}" is what the closing brace stands on. */
	if (text != NULL)
		sink_write(out, text, strlen(text) - 2);
	else
		sink_fail(out, NO_JSON);
	free(text);
}

void
json_emit_line(const json_t *v, struct sink *out)
{
	dump(v, out, 0);
}
