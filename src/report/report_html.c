/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/report.h"

#include "base/limits.h"
#include "report/laid_over.h"
#include "report/page.h"
#include "report/summary.h"

static void
put_question(struct sink *out, const struct answer *a)
{
	sink_printf(out, "<tr><th scope=\"row\">%s</th><td class=\"v %s\">%s"
	    "</td><td>", question_get(a->question)->label,
	    page_class(a->severity), answer_word(a));
	page_linked(out, a->text);
	sink_puts(out, "</td></tr>\n");
}

/* X is NULL for what is of no installation. */
static void
put_answers(struct sink *out, const struct report_host *h,
    const struct assess_exchange *x)
{
	size_t q;

	sink_puts(out, "<table><caption>Answers</caption>\n<thead><tr>"
	    "<th scope=\"col\">Question</th><th scope=\"col\">Answer</th>"
	    "<th scope=\"col\">Why</th></tr></thead>\n<tbody>\n");
	for (q = 0; q < QUESTION_COUNT; q++)
		if (q != ASK_READY || h->targeted)
			put_question(out, summary_answer_of(h->a, x,
			    (enum question)q));
	sink_puts(out, "</tbody></table>\n");
}

/* Details are paragraphs, parted by newlines. */
static void
put_detail(struct sink *out, const char *detail)
{
	const char *p = detail, *end;
	struct buf b;

	buf_init(&b, PAGE_MAX_TEXT);
	for (; p != NULL && *p != '\0'; p = end + 1) {
		for (end = p; *end != '\0' && *end != '\n'; end++)
			continue;
		buf_clear(&b);
		buf_append(&b, p, (size_t)(end - p));
		sink_puts(out, "<p>");
		page_linked(out, buf_text(&b));
		sink_puts(out, "</p>");
		if (*end == '\0')
			break;
	}
	buf_fini(&b);
}

static void
put_finding(struct sink *out, const struct report_host *h,
    const struct finding *f)
{
	const struct evidence *e;
	size_t i;

	sink_printf(out, "<tr data-v=\"%s\"><td class=\"v %s\" "
	    "data-k=\"%d\">%s</td><td>%s</td><td class=\"wide\"><details%s>"
	    "<summary>", severity_name(f->severity), page_class(f->severity),
	    SEV_REQUIRED - (int)f->severity, severity_name(f->severity),
	    question_get(f->question)->name, f->severity > SEV_NOTE ?
	    " open" : "");
	page_linked(out, rule_get(f->rule)->title);
	sink_puts(out, "</summary>");
	put_detail(out, f->detail);
	sink_puts(out, "<ul class=\"faint\">");
	for (i = 0; i < f->evidence_count; i++) {
		e = scene_evidence(h->scene, f->evidence[i]);
		if (e == NULL)
			continue;
		sink_puts(out, "<li>");
		page_text(out, e->where);
		sink_puts(out, "</li>");
	}
	sink_puts(out, "</ul></details></td></tr>\n");
}

static void
put_findings(struct sink *out, const struct report_host *h)
{
	size_t i;

	if (h->a->finding_count == 0)
		return;
	sink_puts(out, "<h3>Findings</h3>\n<table class=\"sort\"><caption>"
	    "What explains the answers, the worst first</caption>\n<thead><tr>"
	    "<th scope=\"col\">Asks for</th><th scope=\"col\">Question</th>"
	    "<th scope=\"col\">What was found</th></tr></thead>\n<tbody>\n");
	for (i = 0; i < h->a->finding_count; i++)
		put_finding(out, h, &h->a->findings[i]);
	sink_puts(out, "</tbody></table>\n");
}

static void
put_verdict(struct sink *out, const struct report_host *h)
{
	struct buf words, rest;

	buf_init(&words, TEXT_MAX);
	buf_init(&rest, 2 * TEXT_MAX);
	summary_first_words(&words, h);
	summary_instruction(&rest, h);
	sink_printf(out, "<p><strong class=\"%s\">", page_class(
	    h->a->verdict));
	page_text(out, buf_text(&words));
	sink_puts(out, "</strong> ");
	page_linked(out, buf_text(&rest));
	sink_puts(out, "</p>\n");
	buf_fini(&rest);
	buf_fini(&words);
}

static void
put_headline(struct sink *out, const struct report_host *h,
    const struct assess_exchange *x, const char *tag)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	summary_headline(&b, h, x);
	sink_printf(out, "<%s>", tag);
	page_linked(out, buf_text(&b));
	sink_printf(out, "</%s>\n", tag);
	buf_fini(&b);
}

static void
put_host(struct sink *out, const struct report_host *h, bool quiet)
{
	size_t i, n = h->a->exchange_count;

	sink_puts(out, "<section class=\"host\">\n");
	put_headline(out, h, n != 0 ? &h->a->exchange[0] : NULL, "h2");
	put_verdict(out, h);
	put_answers(out, h, n != 0 ? &h->a->exchange[0] : NULL);
	for (i = 1; i < n; i++) {
		put_headline(out, h, &h->a->exchange[i], "h3");
		put_answers(out, h, &h->a->exchange[i]);
	}
	if (!quiet)
		put_findings(out, h);
	sink_puts(out, "<dl>");
	page_pair(out, "Windows", h->inv->windows.name);
	page_pair_instant(out, "looked at", h->inv->taken);
	sink_puts(out, "</dl>\n</section>\n");
}

void
report_html(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	char day[INSTANT_TEXT], at[INSTANT_TEXT], known[INSTANT_TEXT];
	size_t i;

	page_begin(out, "Exchange updates");
	sink_printf(out, "<header>\n<h1>Exchange updates</h1>\n"
	    "<p class=\"faint\">Judged as of %s; catalogue of %s, knows "
	    "updates up to %s.</p>\n",
	    instant_format_day(r->at, at),
	    instant_format_day(r->catalogue->issued, day),
	    instant_format_day(r->catalogue->known_until, known));
	laid_over_html(r->catalogue, out);
	sink_puts(out, "</header>\n<main>\n");
	for (i = 0; i < r->host_count; i++)
		put_host(out, &r->hosts[i], style->quiet);
	for (i = 0; i < r->refused_count; i++) {
		sink_puts(out, "<section class=\"host\">\n<h2>");
		page_text(out, r->refused[i].root);
		sink_puts(out, "</h2>\n<p>not looked at: ");
		page_text(out, r->refused[i].why);
		sink_puts(out, "</p>\n</section>\n");
	}
	sink_puts(out, "</main>\n");
	page_end(out);
}
