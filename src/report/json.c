/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/json.h"
#include "base/alloc.h"
#include "base/slice.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

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

json_t *
json_result(const char *version, instant at, const struct cat_info *cat)
{
	json_t *o = json_object(), *c = json_object();
	json_t *overlays = json_array();
	size_t i;

	for (i = 0; i < cat->overlay_count; i++)
		json_array_append_new(overlays, json_text(cat->overlays[i]));
	json_object_set_new(c, "serial", json_integer(
	    (json_int_t)cat->serial));
	json_object_set_new(c, "issued", json_instant(cat->issued));
	json_object_set_new(c, "sha256", json_text(cat->sha256));
	json_object_set_new(c, "origin", json_text(cat->origin));
	json_object_set_new(o, "schema", json_string("rollcall-result-1"));
	json_object_set_new(o, "version", json_text(version));
	json_object_set_new(o, "at", json_instant(at));
	json_object_set_new(o, "catalogue", c);
	json_object_set_new(o, "overlays", overlays);
	return o;
}

json_t *
json_refs(const struct cat_refs *refs)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < refs->count; i++)
		json_array_append_new(a, json_text(refs->ids[i]));
	return a;
}

json_t *
json_release(const struct cat_release *r)
{
	json_t *o;

	if (r == NULL)
		return json_null();
	o = json_object();
	json_object_set_new(o, "id", json_text(r->id));
	json_object_set_new(o, "label", json_text(r->label));
	json_object_set_new(o, "name", json_text(r->name));
	json_object_set_new(o, "revision", json_integer(r->revision));
	json_object_set_new(o, "build", json_version(r->build));
	json_object_set_new(o, "kb", json_text_or_null(r->kb));
	json_object_set_new(o, "date", json_text_or_null(r->date));
	return o;
}

static int
write_part(const char *p, size_t len, void *ctx)
{
	sink_write(ctx, p, len);
	return 0;
}

void
json_emit(const json_t *v, struct sink *out)
{
	(void)json_dump_callback(v, write_part, out, JSON_INDENT(2));
	sink_puts(out, "\n");
}

void
json_emit_open(const json_t *o, struct sink *out)
{
	char *text = json_dumps(o, JSON_INDENT(2));
	size_t len = text != NULL ? strlen(text) : 0;

	/* "\n}" is what the closing brace stands on. */
	if (len >= 2)
		sink_write(out, text, len - 2);
	free(text);
}

void
json_emit_line(const json_t *v, struct sink *out)
{
	(void)json_dump_callback(v, write_part, out, 0);
}
