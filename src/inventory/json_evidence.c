/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/json_parts.h"

#include "base/limits.h"

#include <string.h>

/* Records of evidence, which are known by their place: "e1" is the first. */

void
json_put_ev(struct jsonshape_put *o, const struct jsonshape *f,
    const void *p)
{
	ev_id id;

	memcpy(&id, p, sizeof(id));
	if (id != 0)
		json_put_id(o->j, f->name, 'e', id);
	else if (f->need)
		jsonout_null(o->j, f->name);
}

void
json_take_ev(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	const struct json_parts *parts = t->ctx;
	ev_id id = json_take_ref(at, f->name, 'e',
	    parts->inv->evidence_count);

	memcpy(p, &id, sizeof(id));
}

static ev_id
id_of(const struct json_parts *parts, const struct jsonshape *f,
    const void *p)
{
	const void *e = (const char *)p - f->offset;

	return (ev_id)((const struct evidence *)e - parts->inv->evidence) + 1;
}

static void
put_id(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	json_put_id(o->j, f->name, 'e', id_of(o->ctx, f, p));
}

static void
take_id(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	json_take_id(at, f->name, 'e', id_of(t->ctx, f, p));
}

static const char *
kind_word(unsigned v)
{
	return ev_kind_name((enum ev_kind)v);
}

/* What is not expected is no fact. */
static const char *
state_word(unsigned v)
{
	return v == EV_NOT_EXPECTED ? NULL : ev_state_name((enum ev_state)v);
}

/* Of what is unreadable, it has to be said. */
static void
put_refused(struct jsonshape_put *o, const struct jsonshape *f,
    const void *p)
{
	const void *whole = (const char *)p - f->offset;
	const struct evidence *e = whole;

	if (e->refused || e->state == EV_UNREADABLE)
		jsonout_bool(o->j, f->name, e->refused);
}

static void
take_refused(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	void *whole = (char *)p - f->offset;
	struct evidence *e = whole;

	(void)t;
	e->refused = e->state == EV_UNREADABLE ? jsonin_bool(at, f->name) :
	    jsonin_bool_or(at, f->name, false);
}

#define FIELD(m, kind)	JSONSHAPE_AS(#m, kind, evidence, m)

static const struct jsonshape record[] = {
	{ JSONSHAPE_CUSTOM("id", evidence, kind, put_id, take_id) },
	{ FIELD(kind, JSONSHAPE_WORD), .word = kind_word,
	    .max = EV_KIND_COUNT, .need = true },
	{ FIELD(state, JSONSHAPE_WORD), .word = state_word,
	    .max = EV_UNREADABLE + 1 },
	{ FIELD(where, JSONSHAPE_TEXT), .need = true },
	{ FIELD(value, JSONSHAPE_TEXT) },
	{ JSONSHAPE_CUSTOM("refused", evidence, refused, put_refused,
	    take_refused) },
	{ FIELD(drive, JSONSHAPE_LETTER) },
	{ .name = NULL },
};

const struct jsonshape json_evidence = {
	JSONSHAPE_ARRAY("evidence", JSONSHAPE_LIST, inventory, evidence,
	    evidence_count, INVENTORY_MAX_ROWS), .members = record,
	.need = true, .flat = true };
