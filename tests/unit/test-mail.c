/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/buf.h"
#include "base/limits.h"
#include "formats/mail.h"

#include <string.h>

/* tests/cli/which/mails.txt has what is made of many mails; here is what the
 * parser gives its caller, and what hostile ones do to it. */

static const char two_hops[] =
    "Received: from mx.example.net (mx [192.0.2.5]) by mail.example.org\r\n"
    "\t(Postfix) with ESMTPS id 4Ab for <a@example.org>;\r\n"
    "\tMon, 29 Oct 2012 09:00:03 +0100\r\n"
    "X-Other: y\r\n"
    "Received: from hub (192.0.2.6) by ex.example.com with Microsoft\r\n"
    " SMTP Server (TLS) id 14.02.0318.004 via Mailbox Transport;\r\n"
    " Mon, 29 Oct 2012 09:00:02 +0100\r\n"
    "\r\n"
    "Received: from the by body\r\n";

static void
clauses(void)
{
	char text[VERSION_TEXT];
	struct mail *m = NULL;
	struct diag d;

	CHECK_ST(mail_read(slice_of(two_hops, sizeof(two_hops) - 1, 0), &m,
	    &d), ST_OK, &d);
	CHECK_INT(m->count, 2);
	CHECK_STR(m->hops[0].from, "hub");
	CHECK_STR(m->hops[0].by, "ex.example.com");
	CHECK_STR(m->hops[0].with, "Microsoft SMTP Server");
	CHECK_STR(m->hops[0].date, "Mon, 29 Oct 2012 09:00:02 +0100");
	CHECK_STR(version_format(m->hops[0].build, text), "14.2.318.4");
	CHECK_STR(m->hops[1].by, "mail.example.org");
	CHECK_STR(m->hops[1].with, "ESMTPS");
	CHECK(!version_known(m->hops[1].build));
	mail_free(m);
}

static void
empty(void)
{
	struct mail *m = NULL;
	struct diag d;

	CHECK_ST(mail_read(slice_of("", 0, 0), &m, &d), ST_OK, &d);
	CHECK_INT(m->count, 0);
	mail_free(m);
	mail_free(NULL);
}

/* One more Received field than is taken. */
static void
too_many_hops(void)
{
	struct mail *m = NULL;
	struct diag d = { .text = "" };
	struct buf b;
	unsigned i;

	buf_init(&b, MAIL_MAX_BYTES);
	for (i = 0; i < MAIL_MAX_HOPS; i++)
		buf_puts(&b, "Received: by a\n");
	CHECK_ST(mail_read(buf_slice(&b), &m, &d), ST_OK, &d);
	CHECK_INT(m->count, MAIL_MAX_HOPS);
	mail_free(m);
	m = NULL;
	buf_puts(&b, "Received: by a\n");
	CHECK_ST(mail_read(buf_slice(&b), &m, &d), ST_LIMIT, &d);
	CHECK(m == NULL);
	CHECK_INT(d.fileoff, MAIL_MAX_HOPS * strlen("Received: by a\n"));
	buf_fini(&b);
}

static enum status
read_field_of(size_t len)
{
	struct mail *m = NULL;
	enum status st;
	struct diag d;
	struct buf b;
	size_t i;

	buf_init(&b, MAIL_MAX_BYTES);
	buf_puts(&b, "Received:");
	for (i = 0; i < len; i++)
		buf_puts(&b, i % 64 == 63 ? "\n (" : "x");
	st = mail_read(buf_slice(&b), &m, &d);
	mail_free(m);
	buf_fini(&b);
	return st;
}

static void
too_long_field(void)
{
	CHECK_INT(read_field_of(MAIL_MAX_FIELD / 2), ST_OK);
	CHECK_INT(read_field_of(MAIL_MAX_FIELD), ST_LIMIT);
}

static void
read_any(struct slice s)
{
	struct mail *m = NULL;
	struct diag d = { .text = "" };
	enum status st = mail_read(s, &m, &d);

	/* Neither cuts nor single bytes reach a limit. */
	CHECK_ST(st, ST_OK, &d);
	mail_free(m);
}

static void
hostile(void)
{
	const uint8_t *p = (const uint8_t *)two_hops;

	hostile_sweep(p, sizeof(two_hops) - 1, 1, read_any);
	hostile_flips(p, sizeof(two_hops) - 1, 2000, 2749655, read_any);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "clauses, first server first", clauses },
		{ "no mail at all", empty },
		{ "too many hops", too_many_hops },
		{ "too long a field", too_long_field },
		{ "damaged", hostile },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
