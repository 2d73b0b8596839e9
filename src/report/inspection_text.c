/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/inspection.h"

#include "assessment/rests.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "report/laid_over.h"
#include "report/layout.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The first line of a file is the answer: verdict and path. Rows follow, each
 * with a label; --quiet leaves them out.
 */
#define VERDICT_COLUMNS	12	/* "UNREADABLE  " */
#define LABEL_COLUMNS	16	/* "  product code  " */
#define CODES_SHOWN	8

struct words {
	struct sink	*out;
	unsigned	 width;
};

static const char *
verdict_colour(enum sig_verdict v)
{
	switch (v) {
	case SIG_VALID:
		return "\033[1;32m";
	case SIG_EXPIRES:
	case SIG_UNTRUSTED:
	case SIG_UNSIGNED:
		return "\033[1;33m";
	case SIG_EXPIRED:
	case SIG_INVALID:
		return "\033[1;31m";
	case SIG_UNREADABLE:
	case SIG_UNCHECKED:
		break;
	}
	return "\033[1;35m";
}

static void
put_headline(const struct inspection_writer *w, const char *path,
    const struct inspected *i)
{
	const char *name = sig_verdict_name(i->verdict);
	char word[VERDICT_COLUMNS] = "";
	size_t n;

	for (n = 0; name[n] != '\0' && n < sizeof(word) - 1; n++)
		word[n] = (char)toupper((unsigned char)name[n]);
	sink_printf(w->out, "%s%s%s%*s",
	    w->style.colour ? verdict_colour(i->verdict) : "", word,
	    w->style.colour ? "\033[0m" : "",
	    VERDICT_COLUMNS - (int)n, "");
	layout_text(w->out, path);
	sink_puts(w->out, "\n");
}

/* A label and what it is of; TEXT is freed. */
static void
put_row(const struct words *t, const char *label, char *text)
{
	sink_printf(t->out, "  %-*s", LABEL_COLUMNS - 2, label);
	layout_wrap(t->out, text, LABEL_COLUMNS, LABEL_COLUMNS, t->width);
	free(text);
}

/* ------------------------------------------------------- what it is */

static const char *
kind_words(const struct inspected *i)
{
	switch (i->facts->kind) {
	case FILEKIND_PE:
		return i->facts->pe32_plus ? "64-bit executable (PE32+)" :
		    "32-bit executable (PE32)";
	case FILEKIND_MSI:
		return "Windows Installer package";
	case FILEKIND_MSP:
		return "Windows Installer patch";
	case FILEKIND_CAB:
		return "cabinet";
	case FILEKIND_CAT:
		return "catalogue of signed hashes";
	case FILEKIND_PKCS7:
		return "signature without its file (PKCS #7)";
	case FILEKIND_OTHER:
		break;
	}
	return "of no kind that carries a signature";
}

static void
put_what(const struct words *t, const struct inspected *i)
{
	char version[VERSION_TEXT];
	bool known = version_known(i->facts->version);

	put_row(t, "what", xasprintf("%s%s%s, %" PRIu64 " bytes",
	    kind_words(i), known ? ", version " : "",
	    known ? version_format(i->facts->version, version) : "",
	    i->facts->size));
	if (i->facts->display_name != NULL && i->facts->display_name[0] != '\0')
		put_row(t, "name", xstrdup(i->facts->display_name));
	else if (i->facts->title != NULL && i->facts->title[0] != '\0')
		put_row(t, "title", xstrdup(i->facts->title));
}

static const char *
by_words(const struct inspected *i)
{
	switch (i->by) {
	case INSPECT_BY_DIGEST:
		return "its digest is in the catalogue";
	case INSPECT_BY_PATCH_CODE:
		return "told by its patch code";
	case INSPECT_BY_PRODUCT:
		return "told by its product code and version";
	case INSPECT_BY_TITLE:
		return "told by what it says of itself";
	case INSPECT_BY_VERSION:
		return "told by its version";
	case INSPECT_BY_NOTHING:
		break;
	}
	return "";
}

static void
put_release(const struct words *t, const struct inspected *i)
{
	const struct cat_release *r = i->release;
	struct rests rests = { .count = 0 };
	char build[VERSION_TEXT];
	struct buf b;
	size_t k;

	if (r == NULL)
		return;
	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "%s%s, %s%s%s; %s%s", r->name,
	    r->original[0] != '\0' ? " (original)" : "",
	    version_format(r->build, build), r->kb[0] != '\0' ? ", " : "",
	    r->kb, by_words(i), i->listed == INSPECT_LISTED_NOT ?
	    ", though its digest is none of those known for it" : "");
	rests_on_identity(&rests, i);
	for (k = 0; k < rests.count; k++)
		buf_printf(&b, ", by overlay %s", rests.by[k]);
	rests_fini(&rests);
	put_row(t, "release", buf_take(&b));
	if (i->name == INSPECT_NAME_LIES)
		put_row(t, "file name", xstrdup("MISLEADING: it is the name "
		    "of another release"));
	if (r->replace.force == CAT_REQUIRED)
		put_row(t, "re-release", xasprintf("must be replaced%s%s: %s",
		    r->replace.by != NULL ? " by " : "",
		    r->replace.by != NULL ? r->replace.by->label : "",
		    r->replace.text));
}

static void
put_codes(const struct words *t, const char *label,
    char (*codes)[MSI_GUID_TEXT], size_t count)
{
	struct buf b;
	size_t i;

	if (count == 0)
		return;
	buf_init(&b, (CODES_SHOWN + 1) * MSI_GUID_TEXT);
	for (i = 0; i < count && i < CODES_SHOWN; i++)
		buf_printf(&b, "%s%s", i > 0 ? " " : "", codes[i]);
	if (count > CODES_SHOWN)
		buf_printf(&b, " and %zu more", count - CODES_SHOWN);
	put_row(t, label, buf_take(&b));
}

static void
put_package(const struct words *t, const struct file_facts *f)
{
	struct msi_patch p = f->patch;

	if (f->product_code != NULL)
		put_row(t, "product code", xstrdup(f->product_code));
	if (!f->has_patch)
		return;
	put_codes(t, "patch code", &p.code, 1);
	put_codes(t, "for product", p.targets, p.target_count);
	put_codes(t, "obsoletes", p.obsoletes, p.obsolete_count);
}

/* ----------------------------------------------- what it is worth */

/* "2013-01-10 20:32:25Z" */
static const char *
moment(instant t, char *text)
{
	char *p;

	if (t == INSTANT_NONE)
		return "an unknown time";
	instant_format(t, text);
	p = strchr(text, 'T');
	if (p != NULL)
		*p = ' ';
	return text;
}

/* Until when, for both states of Windows, as seen from AT. */
static char *
until_words(struct sig_until u, instant at)
{
	char a[INSTANT_TEXT], b[INSTANT_TEXT];
	bool past = u.without_fix < at;

	if (u.without_fix == INSTANT_UNLIMITED)
		return xstrdup("does not expire");
	moment(u.without_fix, a);
	if (u.with_fix == u.without_fix)
		return xasprintf(past ? "held until %s" : "holds until %s", a);
	if (u.with_fix == INSTANT_UNLIMITED)
		return xasprintf(past ? "held until %s; since then only with "
		    "the Windows fix" : "holds until %s; after that only with "
		    "the Windows fix", a);
	return xasprintf("until %s; with the Windows fix until %s", a,
	    moment(u.with_fix, b));
}

static void
put_why(const struct words *t, const char *label, const struct diag *d)
{
	char line[sizeof(d->text) + 128];

	if (d->text[0] == '\0')
		return;
	diag_line(d, line, sizeof(line));
	put_row(t, label, xstrdup(line));
}

/* The common name, or the whole, of a subject. */
static const char *
short_name(const char *subject, char *text, size_t len)
{
	const char *cn = strstr(subject, "CN=");

	if (cn == NULL)
		return subject;
	snprintf(text, len, "%.*s", (int)strcspn(cn + 3, ",+"), cn + 3);
	return text;
}

static void
put_signer(const struct words *t, const struct sig_level *l)
{
	char name[128], end[INSTANT_TEXT];

	if (l->signer.subject == NULL)
		return;
	put_row(t, "signed by", xasprintf("%s, certificate until %s, %s%s%s",
	    short_name(l->signer.subject, name, sizeof(name)),
	    moment(l->signer.not_after, end), l->digest ==
	    SIG_DIGEST_UNCHECKED ? "digest not checked" : l->digest ==
	    SIG_DIGEST_MATCH ? "digest matches" : "DIGEST DIFFERS",
	    l->by == NULL ? "" : l->anchor != NULL ?
	    ", trusted by overlay " : ", distrusted by overlay ",
	    l->by != NULL ? l->by : ""));
}

static const char *
accepted_words(const struct sig_timestamp *t)
{
	if (t->accepted.without_fix)
		return "";
	return t->accepted.with_fix ?
	    ", accepted only by a Windows with the fix" : ", not accepted";
}

static void
put_timestamp(const struct words *t, const struct sig_level *l)
{
	const struct sig_timestamp *s = sig_level_timestamp(l);
	char name[128], when[INSTANT_TEXT];

	if (s == NULL) {
		put_row(t, "timestamp", xstrdup("none"));
		return;
	}
	put_row(t, "timestamp", xasprintf("%s by %s%s%s%s%s%s", moment(s->time,
	    when), s->certificate.subject == NULL ? "nobody who is in the "
	    "file" : short_name(s->certificate.subject, name, sizeof(name)),
	    accepted_words(s), s->by == NULL ? "" : s->anchor != NULL ?
	    ", trusted by overlay " : ", distrusted by overlay ",
	    s->by != NULL ? s->by : "", s->stamper_by != NULL ?
	    ", of the advisory by overlay " : "",
	    s->stamper_by != NULL ? s->stamper_by : ""));
	if (!s->accepted.without_fix && !s->accepted.with_fix)
		put_why(t, "", &s->why);
}

/* The other signatures inform, one line each. */
static void
put_others(const struct words *t, const struct sig_file *f, instant at)
{
	size_t i;

	for (i = 1; i < f->count; i++) {
		const struct sig_level *l = &f->levels[i];
		char *until = l->until.without_fix == INSTANT_NONE ? NULL :
		    until_words(l->until, at);

		put_row(t, l->depth > 0 ? "nested" : "another",
		    xasprintf("%s, %s%s%s", digest_name(l->digest_alg),
		    sig_verdict_name(l->verdict), until != NULL ? ": " : "",
		    until != NULL ? until : ""));
		free(until);
	}
}

static void
put_advisory(const struct inspection_writer *w, const struct words *t,
    const struct inspected *i)
{
	const struct cat_advisory *a;

	if (i->advisory == NULL)
		return;
	a = catalogue_advisory(w->r->catalogue, i->advisory);
	put_row(t, "advisory", xasprintf("%s%s%s", i->advisory,
	    a != NULL ? ": " : "", a != NULL ? a->title : ""));
}

static void
put_signature(const struct inspection_writer *w, const struct words *t,
    const struct inspected *i)
{
	const struct sig_file *f = &i->signatures;

	if (i->until.without_fix != INSTANT_NONE)
		put_row(t, "signature", until_words(i->until, w->r->at));
	/* An end is its own reason. */
	if (i->verdict != SIG_EXPIRES && i->verdict != SIG_EXPIRED)
		put_why(t, "because", &i->why);
	put_advisory(w, t, i);
	if (f->count > 0) {
		put_signer(t, &f->levels[0]);
		put_timestamp(t, &f->levels[0]);
		put_others(t, f, w->r->at);
	}
	if (i->verdict != SIG_UNREADABLE)
		put_why(t, "damage", &i->facts->damage);
}

static void
put_digests(const struct words *t, const struct inspected *i)
{
	char hex[2 * DIGEST_MAX + 1];

	if (!i->facts->digested)
		return;
	put_row(t, "sha256", xstrdup(digest_hex(
	    &i->facts->digests.of[DIGEST_SHA256], hex)));
	put_row(t, "sha1", xstrdup(digest_hex(
	    &i->facts->digests.of[DIGEST_SHA1], hex)));
}

/* ------------------------------------------------------- the format */

static void
begin(struct inspection_writer *w)
{
	(void)w;
}

static void
file(struct inspection_writer *w, const char *path, const struct inspected *i)
{
	const struct words t = { w->out, w->style.width };

	if (w->count > 0 && !w->style.quiet)
		sink_puts(w->out, "\n");
	put_headline(w, path, i);
	if (w->style.quiet)
		return;
	put_what(&t, i);
	put_release(&t, i);
	put_signature(w, &t, i);
	put_package(&t, i->facts);
	put_digests(&t, i);
}

static void
end(struct inspection_writer *w)
{
	char day[INSTANT_TEXT], at[INSTANT_TEXT];
	const struct cat_info *info = catalogue_info(w->r->catalogue);
	bool first = true;
	int v;

	if (w->style.quiet)
		return;
	sink_printf(w->out, "\n%zu %s", w->count, w->count == 1 ? "file" :
	    "files");
	for (v = SIG_VALID; v <= SIG_UNREADABLE; v++) {
		if (w->verdicts[v] == 0)
			continue;
		sink_printf(w->out, "%s %zu %s", first ? ":" : ",",
		    w->verdicts[v], sig_verdict_name((enum sig_verdict)v));
		first = false;
	}
	if (w->advised > 0)
		sink_printf(w->out, "; %zu with an advisory", w->advised);
	sink_printf(w->out, ".\nJudged as of %s by rollcall %s.\nCatalogue "
	    "%llu of %s.\n", instant_format(w->r->at, at), w->r->version,
	    (unsigned long long)info->serial,
	    instant_format_day(info->issued, day));
	laid_over_lines(info, &w->style, w->out);
}

const struct inspection_format inspection_text = {
	.begin = begin,
	.file = file,
	.end = end,
};
