/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"

#include <stdlib.h>

/*
 * Witness 5: what is in the packages that Windows Installer keeps, and what
 * the signatures of packages and programs are worth. Both answers are kept,
 * without and with the Windows fix; which of them holds is not asked here.
 */

void
inv_seen_free(struct inspected *seen)
{
	inspected_fini(seen);
	free(seen);
}

static struct inspected *
inspect_path(struct collect *c, const char *path)
{
	struct inspected *seen = xcalloc(1, sizeof(*seen));
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct host_file f;

	if (host_file_open(c->host, path, &f, &d) == ST_OK) {
		/* Names in the cache are made up: they tell nothing. */
		inspect_source(f.src, NULL, c->opt->policy, seen);
		host_file_close(&f);
	} else
		inspect_unreadable(&d, seen);
	return seen;
}

/* "does not expire", "holds until 2013-01-10T20:32:25Z". */
static void
put_end(struct buf *b, instant t)
{
	char text[INSTANT_TEXT];

	if (t == INSTANT_UNLIMITED)
		buf_puts(b, "does not expire");
	else
		buf_printf(b, "holds until %s", instant_format(t, text));
}

/* "signature holds until 2013-01-10T20:32:25Z, with the Windows fix does not
 * expire". */
static void
put_signature(struct buf *b, const struct inspected *seen)
{
	const struct sig_until *u = &seen->until;

	if (seen->verdict == SIG_UNSIGNED) {
		buf_puts(b, "no signature");
		return;
	}
	buf_puts(b, "signature ");
	if (u->without_fix == INSTANT_NONE)
		buf_puts(b, sig_verdict_name(seen->verdict));
	else
		put_end(b, u->without_fix);
	if (u->with_fix != u->without_fix && u->with_fix != INSTANT_NONE) {
		buf_puts(b, ", with the Windows fix ");
		put_end(b, u->with_fix);
	}
}

/* Add to what the record of the file says. */
static void
note_seen(struct collect *c, ev_id ev, const struct inspected *seen)
{
	const struct evidence *e = inventory_evidence(c->inv, ev);
	char hex[2 * DIGEST_MAX + 1];
	struct buf b;

	if (e == NULL)
		return;
	buf_init(&b, DETAIL_MAX);
	buf_puts(&b, e->value != NULL ? e->value : "");
	if (seen->has_patch)
		buf_printf(&b, ", patch %s", seen->patch.code);
	if (seen->digested)
		buf_printf(&b, ", sha256 %s", digest_hex(
		    &seen->digests.of[DIGEST_SHA256], hex));
	buf_puts(&b, ", ");
	put_signature(&b, seen);
	collect_amend(c, ev, buf_text(&b));
	buf_fini(&b);
	if (seen->why.refused)
		c->inv->evidence[ev - 1].refused = true;
}

static void
see_file(struct collect *c, struct inv_file *f)
{
	if (f->state != EV_PRESENT)
		return;
	f->seen = inspect_path(c, f->path);
	note_seen(c, f->ev, f->seen);
}

static void
see_package(struct collect *c, struct inv_package *p)
{
	if (p->state != EV_PRESENT)
		return;
	p->seen = inspect_path(c, p->path);
	note_seen(c, p->ev, p->seen);
}

void
collect_signed(struct collect *c, struct inv_exchange *ex)
{
	size_t i;

	see_file(c, &ex->exsetup);
	see_file(c, &ex->transcoding);
	if (ex->msi == NULL || c->opt->skip_packages)
		return;
	see_package(c, &ex->msi->msi);
	for (i = 0; i < ex->msi->update_count; i++)
		see_package(c, &ex->msi->updates[i].package);
}
