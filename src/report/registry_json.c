/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/registry.h"
#include "base/alloc.h"
#include "json/jsonout.h"
#include "report/json_result.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct state {
	struct jsonout	 j;
	struct buf	 text;		/* used again and again */
	bool		 in_values;	/* the list of a key is open */
	bool		 flat;		/* what was before the key */
};

static void
put_replay(struct jsonout *j, const struct regf_replay_info *replay)
{
	if (replay == NULL) {
		jsonout_null(j, "replay");
		return;
	}
	jsonout_object(j, "replay");
	jsonout_text(j, "state", regf_replay_state_name(replay->state));
	jsonout_number(j, "entries", replay->entries);
	if (replay->state == REGF_REPLAY_DONE)
		jsonout_number(j, "sequence", replay->sequence);
	else
		jsonout_null(j, "sequence");
	jsonout_text(j, "rule", replay->rule);
	jsonout_text(j, "detail", replay->rule != NULL ? replay->diag.text :
	    NULL);
	jsonout_end(j);
}

static void
put_hive(struct jsonout *j, const struct registry_dump *r)
{
	const struct regf_replay_info *replay = r->replay;
	char version[32];

	snprintf(version, sizeof(version), "%" PRIu32 ".%" PRIu32,
	    r->info->major, r->info->minor);
	jsonout_object(j, "hive");
	jsonout_text(j, "path", r->hive);
	jsonout_text(j, "version", version);
	jsonout_bool(j, "dirty", replay != NULL ?
	    replay->state != REGF_REPLAY_CLEAN : r->info->dirty);
	jsonout_bool(j, "checksum_ok", replay != NULL ? replay->checksum_ok :
	    r->info->checksum_ok);
	put_replay(j, replay);
	jsonout_end(j);
}

static void
begin(struct registry_writer *w)
{
	struct state *s = w->state = xcalloc(1, sizeof(*s));

	buf_init(&s->text, REGISTRY_MAX_TEXT);
	jsonout_init(&s->j, w->out, true);
	jsonout_object(&s->j, NULL);
	json_result_begin(&s->j, w->r->version, w->r->at, w->r->catalogue);
	put_hive(&s->j, w->r);
	jsonout_array(&s->j, "keys");
}

static void
key(struct registry_writer *w, const char *path, const struct regf_key *k)
{
	struct state *s = w->state;

	buf_reuse(&s->text);
	(void)buf_putc(&s->text, '\\');
	(void)buf_puts(&s->text, path);
	jsonout_object(&s->j, NULL);
	s->flat = jsonout_flat(&s->j, true);
	jsonout_text(&s->j, "path", buf_text(&s->text));
	jsonout_instant(&s->j, "written", k->written);
	jsonout_array(&s->j, "values");
	s->in_values = true;
}

static void
put_text(struct state *s, const char *name, struct slice data)
{
	buf_reuse(&s->text);
	registry_data_text(data, &s->text);
	/* A NUL inside is legal in a REG_SZ, too. */
	jsonout_counted(&s->j, name, buf_text(&s->text), s->text.len);
}

static void
put_texts(struct state *s, const char *name, struct slice data)
{
	size_t at = 0, from = 0;
	struct slice one;
	uint16_t u;

	jsonout_array(&s->j, name);
	for (; slice_u16le(data, at, &u); at += 2) {
		if (u != 0)
			continue;
		/* An empty text ends the list. */
		if (at == from)
			break;
		if (slice_sub(data, from, at - from, &one))
			put_text(s, NULL, one);
		from = at + 2;
	}
	if (at > from && slice_sub(data, from, at - from, &one))
		put_text(s, NULL, one);
	jsonout_end(&s->j);
}

static void
put_data(struct state *s, const char *name, uint32_t type, struct slice data)
{
	uint64_t q;
	uint32_t n;

	switch (type) {
	case REGF_SZ:
	case REGF_EXPAND_SZ:
	case REGF_LINK:
		put_text(s, name, data);
		return;
	case REGF_MULTI_SZ:
		put_texts(s, name, data);
		return;
	case REGF_DWORD:
		if (data.n != 4 || !slice_u32le(data, 0, &n))
			break;
		jsonout_number(&s->j, name, n);
		return;
	case REGF_QWORD:
		/* JSON numbers above 2^63 would turn negative. */
		if (data.n != 8 || !slice_u64le(data, 0, &q) || q > INT64_MAX)
			break;
		jsonout_number(&s->j, name, (int64_t)q);
		return;
	default:
		break;
	}
	jsonout_hex(&s->j, name, data);
}

static void
value(struct registry_writer *w, const struct regf_value *v,
    struct slice data)
{
	const char *type = regf_type_name(v->type);
	struct state *s = w->state;
	char number[16];

	if (type == NULL)
		snprintf(number, sizeof(number), "0x%" PRIx32, v->type);
	jsonout_object(&s->j, NULL);
	jsonout_text(&s->j, "name", v->name);
	jsonout_text(&s->j, "type", type != NULL ? type : number);
	put_data(s, "data", v->type, data);
	jsonout_end(&s->j);
}

/* No more of them will come. */
static void
end_values(struct state *s)
{
	if (s->in_values)
		jsonout_end(&s->j);
	s->in_values = false;
}

static void
put_list(struct jsonout *j, const char *name, char *const *texts, size_t count)
{
	size_t i;

	jsonout_array(j, name);
	for (i = 0; i < count; i++)
		jsonout_text(j, NULL, texts[i]);
	jsonout_end(j);
}

static void
subkeys(struct registry_writer *w, const char *path, char *const *names,
    size_t count)
{
	struct state *s = w->state;

	(void)path;
	end_values(s);
	put_list(&s->j, "subkeys", names, count);
}

static void
key_end(struct registry_writer *w)
{
	struct state *s = w->state;

	end_values(s);
	jsonout_end(&s->j);
	jsonout_flat(&s->j, s->flat);
}

static void
end(struct registry_writer *w, char *const *damage, size_t count)
{
	struct state *s = w->state;

	jsonout_end(&s->j);
	put_list(&s->j, "damage", damage, count);
	jsonout_end(&s->j);
	jsonout_fini(&s->j);
	buf_fini(&s->text);
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
