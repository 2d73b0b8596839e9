/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"

#include <stdio.h>

/* "clean", "dirty, replayed (...)", as far as is known. */
static void
hive_text(const struct host_hive *h, char *text, size_t len)
{
	char state[768];

	if (h->replay.state == REGF_REPLAY_UNKNOWN)
		snprintf(state, sizeof(state), "%s", h->dirty ?
		    "dirty, not replayed" : "clean");
	else
		regf_replay_text(&h->replay, state, sizeof(state));
	snprintf(text, len, "%s%s", state,
	    h->checksum_ok ? "" : "; header checksum wrong");
}

static enum inv_replay
replay_of(enum regf_replay_state s)
{
	switch (s) {
	case REGF_REPLAY_CLEAN:
		return INV_REPLAY_CLEAN;
	case REGF_REPLAY_DONE:
		return INV_REPLAY_DONE;
	case REGF_REPLAY_MISSING:
		return INV_REPLAY_MISSING;
	case REGF_REPLAY_UNUSABLE:
		return INV_REPLAY_UNUSABLE;
	case REGF_REPLAY_UNKNOWN:
	case REGF_REPLAY_STATES:
		break;
	}
	return INV_REPLAY_UNKNOWN;
}

static void
collect_hive(struct collect *c, const struct host_hive *h,
    struct inv_hive *out)
{
	char value[1024], line[640];

	*out = (struct inv_hive){ .name = xstrdup(h->name),
	    .where = xstrdup(h->where), .is_open = h->st == ST_OK,
	    .dirty = h->dirty, .checksum_ok = h->checksum_ok,
	    .replay = replay_of(h->replay.state),
	    .log_entries = h->replay.entries,
	    .log_sequence = h->replay.sequence, .damaged = h->damaged };
	if (h->replay.rule != NULL)
		out->log_why = xstrdup(h->replay.diag.text);
	if (!out->is_open || h->damaged != 0) {
		diag_line(&h->diag, line, sizeof(line));
		out->why = xstrdup(line);
	}
	if (!out->is_open) {
		collect_unreadable(c, EV_HIVE, h->where, &h->diag);
		return;
	}
	hive_text(h, value, sizeof(value));
	out->ev = collect_note(c, EV_HIVE, EV_PRESENT, h->where, value);
	if (h->damaged != 0)
		collect_unreadable(c, EV_HIVE, h->where, &h->diag);
}

void
collect_hives(struct collect *c)
{
	const struct host_hive *hives;
	struct inventory *inv = c->inv;
	size_t i;

	inv->hive_count = host_hives(c->host, &hives);
	inv->hives = xcalloc(inv->hive_count, sizeof(*inv->hives));
	for (i = 0; i < inv->hive_count; i++)
		collect_hive(c, &hives[i], &inv->hives[i]);
}
