/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "sigtext.h"

#include "base/instant.h"
#include "trust/digest.h"

static const char *
until_text(instant t, char *text)
{
	if (t == INSTANT_NONE)
		return "none";
	return t == INSTANT_UNLIMITED ? "unlimited" : instant_format(t, text);
}

static void
put_until(struct buf *b, const char *indent, struct sig_until u)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];

	buf_printf(b, "%suntil %s %s\n", indent,
	    until_text(u.without_fix, from), until_text(u.with_fix, to));
}

static void
put_why(struct buf *b, const char *indent, const struct diag *d)
{
	char line[1024];

	if (d->text[0] == '\0')
		return;
	diag_line(d, line, sizeof(line));
	buf_printf(b, "%swhy %s\n", indent, line);
}

static void
put_certificate(struct buf *b, const char *indent,
    const struct sig_certificate *c)
{
	char from[INSTANT_TEXT], to[INSTANT_TEXT];
	size_t i;

	if (c->subject == NULL) {
		buf_printf(b, "%scertificate none\n", indent);
		return;
	}
	buf_printf(b, "%ssubject %s\n%sissuer %s\n%sserial %s\n%ssha1 %s\n",
	    indent, c->subject, indent, c->issuer, indent, c->serial, indent,
	    c->sha1);
	buf_printf(b, "%snot_before %s\n%snot_after %s\n%seku", indent,
	    until_text(c->not_before, from), indent,
	    until_text(c->not_after, to), indent);
	for (i = 0; i < c->eku_count; i++)
		buf_printf(b, " %s", c->eku[i]);
	buf_puts(b, c->eku_present ? "\n" : " absent\n");
}

static void
put_timestamp(struct buf *b, const struct sig_timestamp *t)
{
	char time[INSTANT_TEXT];

	buf_printf(b, "  timestamp %s\n    state %s\n    time %s\n",
	    sig_stamp_kind_name(t->kind), sig_stamp_name(t->state),
	    until_text(t->time, time));
	put_certificate(b, "    ", &t->certificate);
	buf_printf(b, "    anchor %s\n    accepted %s %s\n    advisory %s\n",
	    t->anchor != NULL ? t->anchor : "none",
	    t->accepted.without_fix ? "yes" : "no",
	    t->accepted.with_fix ? "yes" : "no",
	    t->advisory != NULL ? t->advisory : "none");
	put_why(b, "    ", &t->why);
}

static void
put_level(struct buf *b, const struct sig_level *l)
{
	size_t i;

	buf_printf(b, "level %u\n  digest %s %s\n", l->depth,
	    digest_name(l->digest_alg), sig_digest_name(l->digest));
	put_certificate(b, "  ", &l->signer);
	buf_printf(b, "  anchor %s\n", l->anchor != NULL ? l->anchor : "none");
	for (i = 0; i < l->timestamp_count; i++) {
		put_timestamp(b, &l->timestamps[i]);
		if (&l->timestamps[i] == sig_level_timestamp(l))
			buf_puts(b, "    shown\n");
	}
	if (l->foreign_root)
		buf_puts(b, "  foreign_root yes\n");
	put_until(b, "  ", l->until);
	buf_printf(b, "  advisory %s\n  verdict %s\n",
	    l->advisory != NULL ? l->advisory : "none",
	    sig_verdict_name(l->verdict));
	put_why(b, "  ", &l->why);
}

void
sigtext(struct buf *b, const struct sig_file *f)
{
	size_t i;

	buf_printf(b, "verdict %s\nadvisory %s\n",
	    sig_verdict_name(f->verdict),
	    f->advisory != NULL ? f->advisory : "none");
	put_until(b, "", f->until);
	for (i = 0; i < f->count; i++)
		put_level(b, &f->levels[i]);
}
