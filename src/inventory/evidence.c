/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>

/* Records of evidence: adding them, finding them, and their names. */

static const char *const kind_names[EV_KIND_COUNT] = {
	[EV_HIVE] = "hive",
	[EV_WINDOWS] = "windows",
	[EV_SETUP] = "setup-key",
	[EV_FILE] = "file",
	[EV_PRODUCT] = "product",
	[EV_PATCH] = "patch",
	[EV_MARKER] = "marker",
	[EV_PACKAGE] = "package",
	[EV_ROLE] = "role",
	[EV_SERVICING] = "servicing",
	[EV_TRACE] = "trace",
	[EV_LOG] = "log",
	[EV_SYSTEM] = "system",
};

const char *
ev_kind_name(enum ev_kind k)
{
	return (unsigned)k < EV_KIND_COUNT ? kind_names[k] : "unknown";
}

const char *
ev_state_name(enum ev_state s)
{
	switch (s) {
	case EV_PRESENT:
		return "present";
	case EV_ABSENT:
		return "absent";
	case EV_NOT_EXPECTED:
		return "not-expected";
	case EV_UNREADABLE:
		return "unreadable";
	case EV_UNKNOWN:
		break;
	}
	return "unknown";
}

const char *
patch_state_name(enum patch_state s)
{
	switch (s) {
	case PATCH_APPLIED:
		return "applied";
	case PATCH_SUPERSEDED:
		return "superseded";
	case PATCH_OBSOLETED:
		return "obsoleted";
	case PATCH_REGISTERED:
		return "registered";
	case PATCH_UNKNOWN:
		break;
	}
	return "unknown";
}

const struct evidence *
inventory_evidence(const struct inventory *inv, ev_id id)
{
	if (id == 0 || id > inv->evidence_count)
		return NULL;
	return &inv->evidence[id - 1];
}

ev_id
collect_note(struct collect *c, enum ev_kind kind, enum ev_state state,
    const char *where, const char *value)
{
	struct inventory *inv = c->inv;
	struct evidence *e;

	inv->evidence = xpush(inv->evidence, inv->evidence_count,
	    sizeof(*inv->evidence));
	e = &inv->evidence[inv->evidence_count++];
	*e = (struct evidence){ kind, state, xstrdup(where), xstrdup(value),
	    false, 0 };
	return inv->evidence_count;
}

void
collect_amend(struct collect *c, ev_id id, const char *value)
{
	struct evidence *e = &c->inv->evidence[id - 1];

	free(e->value);
	e->value = xstrdup(value);
}

/* Is WHERE a key of a hive that did not open? */
static bool
in_closed_hive(struct collect *c, const char *where)
{
	const struct host_hive *hives;
	size_t i, n = host_hives(c->host, &hives);

	for (i = 0; i < n; i++) {
		char *root = host_join("HKLM", hives[i].name);
		bool below = utf_case_prefix(where, root);

		free(root);
		if (below)
			return hives[i].st != ST_OK;
	}
	return false;
}

ev_id
collect_unreadable(struct collect *c, enum ev_kind kind, const char *where,
    const struct diag *d)
{
	char line[640];
	ev_id id;

	if (in_closed_hive(c, where))
		return 0;
	diag_line(d, line, sizeof(line));
	id = collect_note(c, kind, EV_UNREADABLE, where, line);
	c->inv->evidence[id - 1].refused = d->refused;
	c->inv->evidence[id - 1].drive = d->drive;
	return id;
}
