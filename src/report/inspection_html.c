/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/inspection.h"
#include "report/laid_over.h"
#include "report/page.h"

static void
begin(struct inspection_writer *w)
{
	char day[INSTANT_TEXT], at[INSTANT_TEXT];
	const struct cat_info *info = catalogue_info(w->r->catalogue);

	page_begin(w->out, "Signed files");
	sink_printf(w->out, "<header>\n<h1>Signed files</h1>\n"
	    "<p class=\"faint\">Judged as of %s; catalogue of %s.</p>\n",
	    instant_format(w->r->at, at),
	    instant_format_day(info->issued, day));
	laid_over_html(info, w->out);
	sink_puts(w->out, "</header>\n<main>\n<table class=\"sort\">"
	    "<caption>Files that were inspected</caption>\n<thead><tr>"
	    "<th scope=\"col\">Verdict</th>"
	    "<th scope=\"col\">File</th><th scope=\"col\">Kind</th>"
	    "<th scope=\"col\">Release</th><th scope=\"col\">Good until</th>"
	    "<th scope=\"col\">Signer, and why</th></tr></thead>\n<tbody>\n");
}

static enum severity
severity_of(enum sig_verdict v)
{
	switch (v) {
	case SIG_VALID:
		return SEV_NOTE;
	case SIG_EXPIRES:
	case SIG_UNSIGNED:
	case SIG_UNTRUSTED:
		return SEV_ADVISED;
	case SIG_EXPIRED:
	case SIG_INVALID:
		return SEV_REQUIRED;
	case SIG_UNREADABLE:
	case SIG_UNCHECKED:
		break;
	}
	return SEV_UNDETERMINED;
}

static void
put_until(struct sink *out, instant t)
{
	char text[INSTANT_TEXT];

	sink_printf(out, "<td>%s</td>", t == INSTANT_NONE ? "" :
	    t == INSTANT_UNLIMITED ? "unlimited" : instant_format_day(t,
	    text));
}

static void
put_details(struct sink *out, const struct inspected *i)
{
	const struct sig_level *l = i->signatures.count != 0 ?
	    &i->signatures.levels[0] : NULL;
	const struct sig_timestamp *t = l != NULL ? sig_level_timestamp(l) :
	    NULL;
	char hex[2 * DIGEST_MAX + 1];
	struct rests rests = { .count = 0 };
	size_t k;

	sink_puts(out, "<td class=\"wide\"><details><summary>");
	page_text(out, l != NULL && l->signer.subject != NULL ?
	    l->signer.subject : "no signer");
	sink_puts(out, "</summary><dl>");
	page_pair(out, "why", i->why.text);
	page_pair(out, "damage", i->facts->damage.text);
	page_pair(out, "advisory", i->advisory);
	page_pair_instant(out, "timestamp", t != NULL ? t->time :
	    INSTANT_NONE);
	page_pair_instant(out, "good until, with the Windows fix",
	    i->until.with_fix);
	rests_on_identity(&rests, i);
	rests_on_signature(&rests, i);
	for (k = 0; k < rests.count; k++)
		page_pair(out, "by overlay", rests.by[k]);
	rests_fini(&rests);
	page_pair(out, "SHA-256", i->facts->digested ? digest_hex(
	    &i->facts->digests.of[DIGEST_SHA256], hex) : NULL);
	sink_puts(out, "</dl></details></td>");
}

static void
file(struct inspection_writer *w, const char *path, const struct inspected *i)
{
	enum severity s = severity_of(i->verdict);
	struct sink *out = w->out;

	sink_printf(out, "<tr data-v=\"%s\"><td class=\"v %s\" "
	    "data-k=\"%d\">%s</td><th scope=\"row\">",
	    sig_verdict_name(i->verdict), page_class(s),
	    SEV_REQUIRED - (int)s, sig_verdict_name(i->verdict));
	page_text(out, path);
	sink_puts(out, "</th>");
	page_cell(out, NULL, filekind_name(i->facts->kind));
	sink_puts(out, "<td>");
	if (i->release != NULL) {
		page_text(out, i->release->name);
		sink_puts(out, i->release->original[0] != '\0' ?
		    " (original) " : " ");
		page_linked(out, i->release->kb);
	}
	sink_puts(out, "</td>");
	put_until(out, i->until.without_fix);
	put_details(out, i);
	sink_puts(out, "</tr>\n");
}

static void
end(struct inspection_writer *w)
{
	sink_puts(w->out, "</tbody></table>\n</main>\n");
	page_end(w->out);
}

const struct inspection_format inspection_html = { begin, file, end };
