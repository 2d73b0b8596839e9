/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/changes.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "report/json_result.h"
#include "report/layout.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define NAMED	5	/* servers that the text names of each change */

/* ------------------------------------------------------------- finding */

static char *
taken(struct buf *b)
{
	char *text = buf_take(b);

	buf_fini(b);
	return text;
}

/* WORDS, parted by spaces. */
static char *
joined(const char *const *words, size_t count)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < count; i++)
		buf_printf(&b, "%s%s", i != 0 ? " " : "", words[i]);
	return taken(&b);
}

static char *
packages_of(const struct cat_release *r)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < r->package_count; i++)
		buf_printf(&b, "%s%s", i != 0 ? " " : "",
		    r->packages[i].name);
	return taken(&b);
}

static char *
digests_of(const struct cat_release *r)
{
	struct buf b;
	size_t i, j;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < r->package_count; i++)
		for (j = 0; j < r->packages[i].digest_count; j++)
			buf_printf(&b, "%s%s", b.len != 0 ? " " : "",
			    r->packages[i].digests[j].hex);
	return taken(&b);
}

static char *
patches_of(const struct cat_release *r)
{
	struct buf b;
	size_t i;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < r->patch_count; i++)
		buf_printf(&b, "%s%s", i != 0 ? " " : "", r->patches[i].code);
	return taken(&b);
}

static char *
replace_of(const struct cat_release *r)
{
	if (r->replace.force == CAT_KEEP)
		return xstrdup("");
	return xasprintf("%s (%s)%s%s", cat_force_name(r->replace.force),
	    r->replace.reason, r->replace.by != NULL ? " by " : "",
	    r->replace.by != NULL ? r->replace.by->id : "");
}

static char *
build_of(const struct cat_release *r)
{
	char v[VERSION_TEXT];

	return xstrdup(version_known(r->build) ? version_format(r->build, v) :
	    "");
}

static char *
label_of(const struct cat_release *r)
{
	return xstrdup(r->label);
}

static char *
kind_of(const struct cat_release *r)
{
	return xstrdup(cat_kind_name(r->kind));
}

static char *
date_of(const struct cat_release *r)
{
	return xstrdup(r->date);
}

static char *
kbs_of(const struct cat_release *r)
{
	return joined(r->kbs, r->kb_count);
}

static char *
bulletin_of(const struct cat_release *r)
{
	return xstrdup(r->bulletin);
}

static char *
cves_of(const struct cat_release *r)
{
	return joined(r->cves, r->cve_count);
}

static char *
program_of(const struct cat_release *r)
{
	return xstrdup(r->program != NULL ? r->program->id : "");
}

static char *
confidence_of(const struct cat_release *r)
{
	return xstrdup(r->confidence);
}

/* What is compared. */
static const struct {
	const char	*name;
	char		*(*of)(const struct cat_release *r);
} facts[] = {
	{ "label", label_of }, { "kind", kind_of }, { "build", build_of },
	{ "date", date_of }, { "kb", kbs_of }, { "bulletin", bulletin_of },
	{ "cves", cves_of }, { "replace", replace_of },
	{ "program", program_of }, { "confidence", confidence_of },
	{ "packages", packages_of }, { "digests", digests_of },
	{ "patches", patches_of },
};

static void
compare(struct changes *out, const struct cat_release *old,
    const struct cat_release *new)
{
	struct change c = { old, new, NULL, 0 };
	struct change_fact f;
	size_t i;

	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		f.fact = facts[i].name;
		f.old = old != NULL ? facts[i].of(old) : xstrdup("");
		f.new = new != NULL ? facts[i].of(new) : xstrdup("");
		if (strcmp(f.old, f.new) == 0) {
			free(f.old);
			free(f.new);
			continue;
		}
		c.facts = xpush(c.facts, c.fact_count, sizeof(f));
		c.facts[c.fact_count++] = f;
	}
	if (c.fact_count == 0)
		return;
	out->changes = xpush(out->changes, out->count, sizeof(c));
	out->changes[out->count++] = c;
}

void
changes_find(struct changes *out, const struct catalogue *old,
    const struct catalogue *new)
{
	const struct cat_release *const *all;
	size_t n = catalogue_releases(new, &all), i;

	for (i = 0; i < n; i++)
		compare(out, catalogue_release(old, all[i]->id), all[i]);
	n = catalogue_releases(old, &all);
	for (i = 0; i < n; i++)
		if (catalogue_release(new, all[i]->id) == NULL)
			compare(out, all[i], NULL);
}

void
changes_count(struct changes *c, const char *server, const char *from,
    const char *to)
{
	struct change_verdict *v;
	size_t i;

	c->servers++;
	if (strcmp(from, to) == 0)
		return;
	for (i = 0; i < c->verdict_count; i++)
		if (strcmp(c->verdicts[i].from, from) == 0 &&
		    strcmp(c->verdicts[i].to, to) == 0)
			break;
	if (i == c->verdict_count) {
		c->verdicts = xpush(c->verdicts, i, sizeof(*c->verdicts));
		c->verdicts[i].from = xstrdup(from);
		c->verdicts[i].to = xstrdup(to);
		c->verdict_count++;
	}
	v = &c->verdicts[i];
	v->servers = xpush(v->servers, v->count, sizeof(char *));
	v->servers[v->count++] = xstrdup(server);
}

void
changes_fini(struct changes *c)
{
	size_t i, j;

	for (i = 0; i < c->count; i++) {
		for (j = 0; j < c->changes[i].fact_count; j++) {
			free(c->changes[i].facts[j].old);
			free(c->changes[i].facts[j].new);
		}
		free(c->changes[i].facts);
	}
	for (i = 0; i < c->verdict_count; i++) {
		for (j = 0; j < c->verdicts[i].count; j++)
			free(c->verdicts[i].servers[j]);
		free(c->verdicts[i].servers);
		free(c->verdicts[i].from);
		free(c->verdicts[i].to);
	}
	free(c->changes);
	free(c->verdicts);
}

/* ---------------------------------------------------------------- text */

enum which_change { ADDED, CHANGED, WITHDRAWN };

static bool
is(const struct change *c, enum which_change which)
{
	return c->old == NULL ? which == ADDED : c->new == NULL ?
	    which == WITHDRAWN : which == CHANGED;
}

static const struct cat_release *
release_of(const struct change *c)
{
	return c->new != NULL ? c->new : c->old;
}

static void
put_change(const struct change *c, struct sink *out)
{
	const struct cat_release *r = release_of(c);
	const struct change_fact *f;
	size_t i;

	layout_text(out, r->name);
	sink_printf(out, "  %s  (", r->id);
	for (i = 0; i < r->sources.count; i++)
		sink_printf(out, "%s%s", i != 0 ? " " : "",
		    r->sources.ids[i]);
	sink_puts(out, ")\n");
	for (f = c->facts; f < c->facts + c->fact_count; f++) {
		sink_printf(out, "             %-10s ", f->fact);
		if (f->old[0] != '\0')
			layout_text(out, f->old);
		if (f->old[0] != '\0' && f->new[0] != '\0')
			sink_puts(out, " -> ");
		if (f->new[0] != '\0')
			layout_text(out, f->new);
		else if (c->new != NULL)
			sink_puts(out, " -> none");
		sink_puts(out, "\n");
	}
}

static void
put_verdicts(const struct changes *r, struct sink *out)
{
	const struct change_verdict *v;
	size_t i;

	sink_printf(out, "\n%zu %s judged by both", r->servers,
	    r->servers == 1 ? "server" : "servers");
	if (r->refused != 0)
		sink_printf(out, ", %zu could not be", r->refused);
	sink_puts(out, r->verdict_count == 0 ? ": nothing changes\n" : "\n");
	for (v = r->verdicts; v < r->verdicts + r->verdict_count; v++) {
		sink_printf(out, "  %zu %s from %s to %s: ", v->count,
		    v->count == 1 ? "server goes" : "servers go", v->from,
		    v->to);
		for (i = 0; i < v->count && i < NAMED; i++) {
			sink_puts(out, i != 0 ? ", " : "");
			layout_text(out, v->servers[i]);
		}
		if (v->count > NAMED)
			sink_printf(out, " and %zu more", v->count - NAMED);
		sink_puts(out, "\n");
	}
}

void
changes_text(const struct changes *r, const struct report_style *style,
    struct sink *out)
{
	static const char *const words[] = { "added", "changed",
		"withdrawn" };
	enum which_change which;
	size_t i;

	(void)style;
	sink_printf(out, "catalogue %" PRIu64 " -> %" PRIu64 "\n",
	    r->old->serial, r->catalogue->serial);
	if (r->count == 0)
		sink_puts(out, "no release differs\n");
	for (which = ADDED; which <= WITHDRAWN; which++)
		for (i = 0; i < r->count; i++)
			if (is(&r->changes[i], which)) {
				sink_printf(out, "%-10s ", words[which]);
				put_change(&r->changes[i], out);
			}
	if (r->judged)
		put_verdicts(r, out);
}

/* ---------------------------------------------------------------- JSON */

static void
put_list(struct jsonout *j, const char *name, const struct changes *r,
    enum which_change which)
{
	const struct change *c;
	size_t i;

	jsonout_array(j, name);
	for (c = r->changes; c < r->changes + r->count; c++) {
		if (!is(c, which))
			continue;
		jsonout_object(j, NULL);
		jsonout_text(j, "release", release_of(c)->id);
		jsonout_text(j, "name", release_of(c)->name);
		json_result_refs(j, "sources", &release_of(c)->sources);
		jsonout_array(j, "facts");
		for (i = 0; i < c->fact_count; i++) {
			jsonout_object(j, NULL);
			jsonout_text(j, "fact", c->facts[i].fact);
			jsonout_text_or_null(j, "old", c->facts[i].old);
			jsonout_text_or_null(j, "new", c->facts[i].new);
			jsonout_end(j);
		}
		jsonout_end(j);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_results(struct jsonout *j, const struct changes *r)
{
	const struct change_verdict *v;
	size_t i;

	if (!r->judged) {
		jsonout_null(j, "results");
		return;
	}
	jsonout_object(j, "results");
	jsonout_number(j, "servers", (int64_t)r->servers);
	jsonout_number(j, "refused", (int64_t)r->refused);
	jsonout_array(j, "changes");
	for (v = r->verdicts; v < r->verdicts + r->verdict_count; v++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "from", v->from);
		jsonout_text(j, "to", v->to);
		jsonout_number(j, "count", (int64_t)v->count);
		jsonout_array(j, "servers");
		for (i = 0; i < v->count; i++)
			jsonout_text(j, NULL, v->servers[i]);
		jsonout_end(j);
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_end(j);
}

void
changes_json(const struct changes *r, const struct report_style *style,
    struct sink *out)
{
	struct jsonout j;

	(void)style;
	jsonout_init(&j, out, true);
	jsonout_object(&j, NULL);
	json_result_begin(&j, r->version, r->at, r->catalogue);
	json_result_catalogue(&j, "old", r->old);
	jsonout_object(&j, "diff");
	put_list(&j, "added", r, ADDED);
	put_list(&j, "changed", r, CHANGED);
	put_list(&j, "withdrawn", r, WITHDRAWN);
	jsonout_end(&j);
	put_results(&j, r);
	jsonout_end(&j);
	jsonout_fini(&j);
}
