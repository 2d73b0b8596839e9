/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/guid.h"
#include "base/utf.h"
#include "inventory/collect.h"

#include <stdlib.h>

/* Windows Installer beside the products of the machine. */

static void
user_products(struct collect *c, const char *sid)
{
	char *user = host_join(INV_USER_DATA, sid);
	char *products = host_join(user, "Products"), **names;
	char code[GUID_TEXT];
	size_t i, count;

	collect_keys(c, EV_PRODUCT, products, &names, &count);
	for (i = 0; i < count; i++) {
		struct inventory *inv = c->inv;
		struct inv_user_record *u;
		char *key;

		if (!inv_is_exchange_code(c->cat, names[i]) ||
		    !guid_unpack(names[i], code))
			continue;
		key = host_join(products, names[i]);
		inv->user_records = xpush(inv->user_records,
		    inv->user_record_count, sizeof(*inv->user_records));
		u = &inv->user_records[inv->user_record_count++];
		u->sid = xstrdup(sid);
		u->code = xstrdup(code);
		u->ev = collect_note(c, EV_PRODUCT, EV_PRESENT, key,
		    "recorded for a user, not for the machine");
		free(key);
	}
	host_names_free(names, count);
	free(products);
	free(user);
}

/* Exchange is installed for the machine: what is recorded for a user is of
 * another setup, or was put there. */
static void
collect_users(struct collect *c)
{
	char **names;
	size_t i, count;

	collect_keys(c, EV_PRODUCT, INV_USER_DATA, &names, &count);
	for (i = 0; i < count; i++)
		if (utf_casecmp(names[i], INV_MACHINE_SID) != 0)
			user_products(c, names[i]);
	host_names_free(names, count);
}

/* Values name the scripts of a transaction that is to be undone. The key may
 * stay when they are done. */
static void
collect_rollback(struct collect *c)
{
	if (collect_has_values(c, EV_PRODUCT, INV_ROLLBACK) &&
	    c->inv->in_progress == 0)
		c->inv->in_progress = collect_note(c, EV_PRODUCT, EV_PRESENT,
		    INV_ROLLBACK, "a transaction that is to be undone");
}

void
collect_installer(struct collect *c)
{
	struct diag d = { .text = "" };
	enum status st = host_key_exists(c->host, INV_IN_PROGRESS, &d);

	collect_users(c);
	if (st == ST_OK)
		c->inv->in_progress = collect_note(c, EV_PRODUCT, EV_PRESENT,
		    INV_IN_PROGRESS, "a transaction that did not end");
	else if (st != ST_ABSENT)
		collect_unreadable(c, EV_PRODUCT, INV_IN_PROGRESS, &d);
	collect_rollback(c);
}
