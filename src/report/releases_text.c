/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/buf.h"
#include "base/limits.h"
#include "report/laid_over.h"
#include "report/layout.h"
#include "report/releases.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define INDENT		20	/* where values begin */

/* One text, wrapped; LABEL stands before the first line of a value. */
struct text {
	struct sink	*out;
	unsigned	 width;
	struct buf	 value;		/* of the line that is being made */
};

/* " [SB D1]" behind what is there. */
static void
add_refs(struct text *t, const struct cat_refs *refs)
{
	size_t i;

	for (i = 0; i < refs->count; i++)
		buf_printf(&t->value, "%s%s", i != 0 ? " " : " [",
		    refs->ids[i]);
	if (refs->count != 0)
		buf_puts(&t->value, "]");
}

static void
put_value(struct text *t, const char *label)
{
	sink_printf(t->out, "  %-*s", INDENT - 2, label);
	layout_wrap(t->out, buf_text(&t->value), INDENT, INDENT, t->width);
	buf_clear(&t->value);
}

/* A line of its own; nothing for an empty TEXT. */
static void
put_line(struct text *t, const char *label, const char *text)
{
	if (text[0] == '\0')
		return;
	buf_puts(&t->value, text);
	put_value(t, label);
}

static void
add_words(struct text *t, const char *const *words, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		buf_printf(&t->value, "%s%s", i != 0 ? " " : "", words[i]);
}

static void
put_words(struct text *t, const char *label, const char *const *words,
    size_t count)
{
	add_words(t, words, count);
	if (count != 0)
		put_value(t, label);
}

/* "2010-sp2-ru4-v2, Exchange 2010 SP2 Update Rollup 4-v2" */
static void
add_release(struct text *t, const struct cat_release *r)
{
	buf_printf(&t->value, "%s, %s", r->id, r->name);
}

static void
put_numbers(struct text *t, const struct cat_release *r)
{
	char v[VERSION_TEXT];

	if (version_known(r->build)) {
		buf_puts(&t->value, version_format(r->build, v));
		if (r->build_long[0] != '\0')
			buf_printf(&t->value, " (%s)", r->build_long);
	} else
		buf_puts(&t->value, "not known");
	put_value(t, "build");
	buf_puts(&t->value, r->date[0] != '\0' ? r->date : "not known");
	add_refs(t, &r->date_sources);
	put_value(t, "released");
	if (r->kb_count == 0)
		return;
	add_words(t, r->kbs, r->kb_count);
	add_refs(t, &r->kb_sources);
	put_value(t, "KB");
}

static void
put_support(struct text *t, const struct cat_release *r)
{
	char day[INSTANT_TEXT];

	if (r->branch->support_end != INSTANT_NONE)
		buf_printf(&t->value, "%s until %s", r->branch->id,
		    instant_format_day(r->branch->support_end, day));
	if (r->product->support_end != INSTANT_NONE)
		buf_printf(&t->value, "%s%s until %s",
		    t->value.len != 0 ? ", " : "", r->product->name,
		    instant_format_day(r->product->support_end, day));
	if (t->value.len != 0)
		put_value(t, "support");
}

static void
put_replace(struct text *t, const struct cat_replace *rep)
{
	if (rep->force == CAT_KEEP)
		return;
	buf_printf(&t->value, "%s, %s: %s", cat_force_name(rep->force),
	    rep->reason, rep->text);
	if (rep->condition != NULL)
		buf_printf(&t->value, " Only where: %s.", rep->condition);
	add_refs(t, &rep->sources);
	put_value(t, "replace it");
}

static void
put_relations(struct text *t, const struct release_view *v)
{
	const struct cat_release *r = v->release, *older;
	size_t i;

	for (i = 0; i < v->replaced_by_count; i++) {
		add_release(t, v->replaced_by[i]);
		put_value(t, "replaced by");
	}
	for (i = 0; i < r->supersedes_count; i++) {
		buf_printf(&t->value, "%s", r->supersedes[i].kb);
		older = catalogue_superseded(r, &r->supersedes[i]);
		if (older != NULL) {
			buf_puts(&t->value, ": ");
			add_release(t, older);
		}
		if (r->supersedes[i].per[0] != '\0')
			buf_printf(&t->value, " (per %s)",
			    r->supersedes[i].per);
		put_value(t, "replaces");
	}
}

static void
put_package(struct text *t, const struct cat_package *p)
{
	size_t i;

	buf_printf(&t->value, "%s [%s]", p->name, p->evidence);
	if (p->size != 0)
		buf_printf(&t->value, ", %" PRIu64 " bytes", p->size);
	if (p->none_public)
		buf_puts(&t->value, ", no public digest");
	put_value(t, "package");
	for (i = 0; i < p->digest_count; i++) {
		buf_printf(&t->value, "%s %s", p->digests[i].algorithm,
		    p->digests[i].hex);
		add_refs(t, &p->digests[i].sources);
		put_value(t, "");
	}
	put_line(t, "", p->note);
}

static void
put_installer(struct text *t, const struct cat_release *r)
{
	const struct cat_patch *p;
	size_t i;

	for (i = 0; i < r->package_count; i++)
		put_package(t, &r->packages[i]);
	put_line(t, "download family", r->download_family);
	put_line(t, "download id", r->download_id);
	for (p = r->patches; p < r->patches + r->patch_count; p++) {
		buf_puts(&t->value, p->code);
		add_refs(t, &p->sources);
		put_value(t, "patch code");
		put_words(t, "  of", p->targets, p->target_count);
		put_line(t, "", p->note);
	}
}

static void
put_components(struct text *t, const struct cat_release *r)
{
	const struct cat_component *x;
	char v[VERSION_TEXT];
	size_t i;

	for (x = r->components; x < r->components + r->component_count; x++) {
		buf_printf(&t->value, "%s %s", x->file,
		    version_format(x->build, v));
		if (x->note[0] != '\0')
			buf_printf(&t->value, ": %s", x->note);
		add_refs(t, &x->sources);
		put_value(t, "component");
	}
	for (i = 0; i < r->file_count; i++) {
		buf_printf(&t->value, "%s %s", r->files[i].path,
		    r->files[i].digest.hex);
		put_value(t, "file");
	}
}

static void
put_disputes(struct text *t, const struct cat_release *r)
{
	const struct cat_dispute *d;
	size_t i;

	for (d = r->disputes; d < r->disputes + r->dispute_count; d++) {
		buf_printf(&t->value, "%s %s", d->fact, d->value);
		add_refs(t, &d->sources);
		buf_printf(&t->value, "%s: %s", d->unresolved ?
		    ", unresolved" : "", d->why);
		put_value(t, "disputed");
	}
	for (i = 0; i < r->except_count; i++) {
		buf_printf(&t->value, "%s %s: %s", r->excepts[i].rule,
		    r->excepts[i].about, r->excepts[i].text);
		put_value(t, "excepted");
	}
}

static void
put_release(struct text *t, const struct release_view *v)
{
	const struct cat_release *r = v->release;
	size_t i;

	layout_text(t->out, r->name);
	sink_puts(t->out, r->original[0] != '\0' ? " (original)\n" : "\n");
	put_line(t, "id", r->id);
	put_line(t, "by overlay", r->overlay != NULL ? r->overlay->name : "");
	put_numbers(t, r);
	put_support(t, r);
	put_line(t, "bulletin", r->bulletin);
	put_words(t, "CVEs", r->cves, r->cve_count);
	put_line(t, "affected by", r->advisory);
	put_line(t, "perhaps affected", r->perhaps);
	put_line(t, "cures", r->cures);
	put_replace(t, &r->replace);
	put_relations(t, v);
	for (i = 0; i < r->carried_count; i++) {
		buf_printf(&t->value, "%s: %s", r->carried[i].kb,
		    r->carried[i].text);
		add_refs(t, &r->carried[i].sources);
		put_value(t, "carries");
	}
	put_installer(t, r);
	put_components(t, r);
	put_disputes(t, r);
	put_line(t, "note", r->note);
	for (i = 0; i < r->page_count; i++)
		put_line(t, "page", r->pages[i]);
	put_line(t, "confidence", r->confidence);
	put_words(t, "sources", r->sources.ids, r->sources.count);
}

/* What the ids in brackets stand for. */
static void
put_cited(struct text *t, const struct releases *r)
{
	const struct cat_source *s;
	size_t i, n = catalogue_sources(r->cat, &s);

	for (i = 0; i < n; i++) {
		if (!releases_cite(r, s[i].id))
			continue;
		buf_printf(&t->value, "%s: %s", s[i].title, s[i].where);
		put_value(t, s[i].id);
	}
}

static struct text
text_of(struct sink *out, const struct report_style *style)
{
	struct text t = { .out = out, .width = style->width };

	buf_init(&t.value, TEXT_MAX);
	return t;
}

void
releases_show_text(const struct releases *r,
    const struct report_style *style, struct sink *out)
{
	struct text t = text_of(out, style);
	size_t i;

	for (i = 0; i < r->count; i++) {
		put_release(&t, &r->views[i]);
		sink_puts(out, "\n");
	}
	if (r->count != 0 && !style->quiet) {
		sink_puts(out, "Sources\n");
		put_cited(&t, r);
	}
	laid_over_text(catalogue_info(r->cat), style, out);
	buf_fini(&t.value);
}

/* The widest build and KB decide where the columns of a list stand. */
struct columns {
	unsigned	 build, kb;
};

static void
widen(unsigned *column, const char *text)
{
	unsigned n = (unsigned)strlen(text);

	if (n > *column)
		*column = n;
}

static struct columns
columns_of(const struct releases *r)
{
	struct columns c = { 5, 2 };
	char v[VERSION_TEXT];
	size_t i;

	for (i = 0; i < r->count; i++) {
		widen(&c.build, version_format(r->views[i].release->build, v));
		widen(&c.kb, r->views[i].release->kb);
	}
	return c;
}

static void
put_row(struct text *t, const struct columns *c, const struct cat_release *r)
{
	unsigned at = c->build + c->kb + 10 + 3 * 2;
	char v[VERSION_TEXT];

	sink_printf(t->out, "%-*s  %-10s  %-*s  ", (int)c->build,
	    version_known(r->build) ? version_format(r->build, v) : "-",
	    r->date[0] != '\0' ? r->date : "-", (int)c->kb,
	    r->kb[0] != '\0' ? r->kb : "-");
	buf_printf(&t->value, "%s%s", r->name, r->original[0] != '\0' ?
	    " (original)" : "");
	if (r->advisory[0] != '\0')
		buf_printf(&t->value, "; affected by %s", r->advisory);
	if (r->perhaps[0] != '\0')
		buf_printf(&t->value, "; perhaps affected by %s", r->perhaps);
	if (r->replace.force != CAT_KEEP)
		buf_printf(&t->value, "; replacing it is %s",
		    cat_force_name(r->replace.force));
	put_overlay(&t->value, r->overlay);
	layout_wrap(t->out, buf_text(&t->value), at, at, t->width);
	buf_clear(&t->value);
}

void
releases_list_text(const struct releases *r,
    const struct report_style *style, struct sink *out)
{
	struct text t = text_of(out, style);
	struct columns c = columns_of(r);
	size_t i;

	if (r->count != 0)
		sink_printf(out, "%-*s  %-10s  %-*s  %s\n", (int)c.build,
		    "BUILD", "DATE", (int)c.kb, "KB", "RELEASE");
	for (i = 0; i < r->count; i++)
		put_row(&t, &c, r->views[i].release);
	buf_fini(&t.value);
	laid_over_text(catalogue_info(r->cat), style, out);
}
