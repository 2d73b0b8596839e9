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

/* A copy of how the host found its hives, with a record for each. */
void
collect_hives(struct collect *c)
{
	const struct host_hive *hives;
	struct inventory *inv = c->inv;
	size_t i;

	inv->hive_count = host_hives(c->host, &hives);
	inv->hives = xcalloc(inv->hive_count, sizeof(*inv->hives));
	for (i = 0; i < inv->hive_count; i++) {
		const struct host_hive *h = &hives[i];
		char value[1024];

		inv->hives[i] = *h;
		inv->hives[i].name = xstrdup(h->name);
		inv->hives[i].where = xstrdup(h->where);
		if (h->st != ST_OK) {
			collect_unreadable(c, EV_HIVE, h->where, &h->diag);
			continue;
		}
		hive_text(h, value, sizeof(value));
		collect_note(c, EV_HIVE, EV_PRESENT, h->where, value);
		if (h->damaged != 0)
			collect_unreadable(c, EV_HIVE, h->where, &h->diag);
	}
}
