/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/registry.h"
#include "base/alloc.h"
#include "report/json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * Each key is one value of the JSON library, written and freed at its end;
 * what stands around the keys is written by hand.
 */
struct state {
	json_t	*key, *values;
	bool	 in_values;		/* they are not yet in the key */
	bool	 any;			/* a key was written before */
};

static json_t *
replay_of(const struct regf_replay_info *replay)
{
	json_t *o;

	if (replay == NULL)
		return json_null();
	o = json_object();
	json_put(&o, "state",
	    json_text(regf_replay_state_name(replay->state)));
	json_put(&o, "entries", json_integer(replay->entries));
	json_put(&o, "sequence",
	    replay->state == REGF_REPLAY_DONE ?
	    json_integer(replay->sequence) : json_null());
	json_put(&o, "rule", json_text(replay->rule));
	json_put(&o, "detail", json_text(replay->rule != NULL ?
	    replay->diag.text : NULL));
	return o;
}

static json_t *
hive_of(const struct registry_writer *w)
{
	const struct regf_replay_info *replay = w->r->replay;
	const struct regf_info *info = w->r->info;
	json_t *o = json_object();
	char version[32];

	snprintf(version, sizeof(version), "%" PRIu32 ".%" PRIu32,
	    info->major, info->minor);
	json_put(&o, "path", json_text(w->r->hive));
	json_put(&o, "version", json_text(version));
	json_put(&o, "dirty", json_boolean(replay != NULL ?
	    replay->state != REGF_REPLAY_CLEAN : info->dirty));
	json_put(&o, "checksum_ok", json_boolean(replay != NULL ?
	    replay->checksum_ok : info->checksum_ok));
	json_put(&o, "replay", replay_of(replay));
	return o;
}

static void
begin(struct registry_writer *w)
{
	json_t *o = json_result(w->r->version, w->r->at, w->r->catalogue);

	w->state = xcalloc(1, sizeof(struct state));
	json_put(&o, "hive", hive_of(w));
	json_emit_open(o, w->out);
	sink_puts(w->out, ",\n  \"keys\": [");
	json_decref(o);
}

static void
key(struct registry_writer *w, const char *path, const struct regf_key *k)
{
	struct state *s = w->state;
	char *shown = xasprintf("\\%s", path);

	s->key = json_object();
	s->values = json_array();
	s->in_values = true;
	json_put(&s->key, "path", json_text(shown));
	json_put(&s->key, "written", json_instant(k->written));
	free(shown);
}

static json_t *
text_of(struct slice data)
{
	struct buf b;
	json_t *v;

	buf_init(&b, data.n * 2);
	registry_data_text(data, &b);
	/* A NUL inside is legal in JSON, and in a REG_SZ. */
	v = json_stringn(buf_text(&b), b.len);
	buf_fini(&b);
	return v;
}

static json_t *
texts_of(struct slice data)
{
	json_t *list = json_array();
	size_t at = 0, from = 0;
	struct slice one;
	uint16_t u;

	for (; slice_u16le(data, at, &u); at += 2) {
		if (u != 0)
			continue;
		/* An empty text ends the list. */
		if (at == from)
			return list;
		if (slice_sub(data, from, at - from, &one))
			json_add(&list, text_of(one));
		from = at + 2;
	}
	if (at > from && slice_sub(data, from, at - from, &one))
		json_add(&list, text_of(one));
	return list;
}

static json_t *
hex_of(struct slice data)
{
	struct cursor c = cursor_of(data);
	struct buf b;
	json_t *v;

	buf_init(&b, data.n * 2);
	while (cursor_left(&c) > 0)
		buf_printf(&b, "%02x", cursor_u8(&c));
	v = json_string(buf_text(&b));
	buf_fini(&b);
	return v;
}

static json_t *
data_of(uint32_t type, struct slice data)
{
	uint64_t q;
	uint32_t n;

	switch (type) {
	case REGF_SZ:
	case REGF_EXPAND_SZ:
	case REGF_LINK:
		return text_of(data);
	case REGF_MULTI_SZ:
		return texts_of(data);
	case REGF_DWORD:
		if (data.n == 4 && slice_u32le(data, 0, &n))
			return json_integer(n);
		break;
	case REGF_QWORD:
		/* JSON numbers above 2^63 would turn negative. */
		if (data.n == 8 && slice_u64le(data, 0, &q) && q <= INT64_MAX)
			return json_integer((json_int_t)q);
		break;
	default:
		break;
	}
	return hex_of(data);
}

static void
value(struct registry_writer *w, const struct regf_value *v,
    struct slice data)
{
	const char *type = regf_type_name(v->type);
	struct state *s = w->state;
	json_t *o = json_object();
	char number[16];

	snprintf(number, sizeof(number), "0x%" PRIx32, v->type);
	json_put(&o, "name", json_text(v->name));
	json_put(&o, "type", json_text(type != NULL ? type :
	    number));
	json_put(&o, "data", data_of(v->type, data));
	json_add(&s->values, o);
}

/* No more of them will come. */
static void
put_values(struct state *s)
{
	if (s->in_values)
		json_put(&s->key, "values", s->values);
	s->in_values = false;
}

static void
subkeys(struct registry_writer *w, const char *path, char *const *names,
    size_t count)
{
	struct state *s = w->state;
	json_t *list = json_array();
	size_t i;

	(void)path;
	put_values(s);
	for (i = 0; i < count; i++)
		json_add(&list, json_text(names[i]));
	json_put(&s->key, "subkeys", list);
}

static void
key_end(struct registry_writer *w)
{
	struct state *s = w->state;

	sink_puts(w->out, s->any ? ",\n    " : "\n    ");
	s->any = true;
	put_values(s);
	json_emit_line(s->key, w->out);
	json_decref(s->key);
}

static void
end(struct registry_writer *w, char *const *damage, size_t count)
{
	struct state *s = w->state;
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < count; i++)
		json_add(&list, json_text(damage[i]));
	sink_puts(w->out, s->any ? "\n  ],\n  \"damage\": " :
	    "],\n  \"damage\": ");
	json_emit_line(list, w->out);
	sink_puts(w->out, "\n}\n");
	json_decref(list);
	free(s);
}

const struct registry_format registry_json = {
	.wants_catalogue = true,
	.begin = begin,
	.key = key,
	.value = value,
	.subkeys = subkeys,
	.key_end = key_end,
	.end = end,
};
