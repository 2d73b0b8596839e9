/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/import_write.h"

#include <inttypes.h>
#include <string.h>

#define COLUMNS	80

/* TEXT between double quotes, or inside an element. What no XML can hold is
 * out of it already: import_text(). */
static void
put_text(struct buf *out, const char *text)
{
	for (; *text != '\0'; text++)
		switch (*text) {
		case '&':
			buf_puts(out, "&amp;");
			break;
		case '<':
			buf_puts(out, "&lt;");
			break;
		case '>':
			buf_puts(out, "&gt;");
			break;
		case '"':
			buf_puts(out, "&quot;");
			break;
		default:
			buf_putc(out, *text);
		}
}

static void
put_attr(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, "%s=\"", name);
	put_text(out, value);
	buf_puts(out, "\"");
}

void
import_write_refs(const struct import_refs *refs, struct buf *out)
{
	size_t i;

	for (i = 0; i < refs->count; i++)
		buf_printf(out, "%s%s", i != 0 ? " " : "",
		    refs->items[i]->id);
}

static bool
has_ref(const struct import_refs *refs, const struct import_source *s)
{
	size_t i;

	for (i = 0; i < refs->count; i++)
		if (refs->items[i] == s)
			return true;
	return false;
}

bool
import_uses(const struct import_merged *m, const struct import_source *s)
{
	size_t i;

	if (s == m->known_by)
		return true;
	for (i = 0; i < m->addition_count; i++)
		if (!m->additions[i]->dropped &&
		    has_ref(&m->additions[i]->sources, s))
			return true;
	return false;
}

void
import_write_source(const struct import_merged *m,
    const struct import_source *s, struct buf *out)
{
	char day[INSTANT_TEXT];

	buf_puts(out, "  <source ");
	put_attr(out, "id", s->id);
	buf_puts(out, " ");
	put_attr(out, "title", s->title);
	buf_puts(out, "\n          ");
	put_attr(out, "where", s->where);
	if (s == m->known_by)
		buf_printf(out, "\n          day=\"%s\"",
		    instant_format_day(m->known_until, day));
	buf_puts(out, s->microsoft ? "\n          microsoft=\"yes\"/>\n" :
	    "/>\n");
}

/* Those of KNOWN, which may be NULL, then those of MORE. */
static const char *
nth_cve(const char *const *known, size_t known_count,
    const struct import_texts *more, size_t i)
{
	return known != NULL && i < known_count ? known[i] :
	    more->items[i - known_count];
}

void
import_write_cves(const char *const *known, size_t known_count,
    const struct import_texts *more, const char *attributes, int indent,
    struct buf *out)
{
	size_t all = known_count + more->count, i, width;
	size_t column = (size_t)indent + strlen("<cves>") +
	    strlen(attributes), n = column + strlen("</cves>");
	const char *cve;

	for (i = 0; i < all; i++)
		n += strlen(nth_cve(known, known_count, more, i)) + (i != 0);
	buf_printf(out, "%*s<cves%s>", indent, "", attributes);
	if (n >= COLUMNS) {
		buf_printf(out, "\n%*s", indent + 2, "");
		column = (size_t)indent + 2;
	}
	for (i = 0; i < all; i++) {
		cve = nth_cve(known, known_count, more, i);
		width = strlen(cve) + (i != 0);
		if (i != 0 && column + width + (i + 1 == all ?
		    strlen("</cves>") : 0) >= COLUMNS) {
			buf_printf(out, "\n%*s", indent + 2, "");
			column = (size_t)indent + 2;
		} else if (i != 0)
			buf_puts(out, " ");
		buf_puts(out, cve);
		column += width;
	}
	buf_puts(out, "</cves>\n");
}

void
import_write_replace(const struct import_addition *a, int indent,
    struct buf *out)
{
	buf_printf(out, "%*s<replace force=\"advised\" "
	    "reason=\"new-revision\" by=\"%s\"\n%*ssources=\"", indent, "",
	    a->by->id, indent + 9, "");
	import_write_refs(&a->by->sources, out);
	buf_printf(out, "\">\n%*sIt was released again. Why, its source does "
	    "not say.</replace>\n", indent + 2, "");
}

/* Is digest I the first of its package? */
static bool
begins_package(const struct import_addition *a, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (strcmp(a->digests[k].package, a->digests[i].package) == 0)
			return false;
	return true;
}

void
import_write_packages(const struct import_addition *a, int indent,
    struct buf *out)
{
	const struct import_digest *x;
	size_t i, k;

	for (i = 0; i < a->digest_count; i++) {
		if (!begins_package(a, i))
			continue;
		x = &a->digests[i];
		buf_printf(out, "%*s<package ", indent, "");
		put_attr(out, "name", x->package);
		buf_printf(out, " evidence=\"%s\"", a->sources.items[0]->id);
		if (x->size != 0)
			buf_printf(out, "\n%*ssize=\"%" PRIu64 "\"",
			    indent + 9, "", x->size);
		buf_puts(out, ">\n");
		for (k = i; k < a->digest_count; k++) {
			if (strcmp(a->digests[k].package, x->package) != 0)
				continue;
			buf_printf(out, "%*s<digest algorithm=\"%s\"\n"
			    "%*shex=\"%s\"\n%*ssources=\"", indent + 2, "",
			    a->digests[k].algorithm, indent + 10, "",
			    a->digests[k].hex, indent + 10, "");
			import_write_refs(&a->sources, out);
			buf_puts(out, "\"/>\n");
		}
		buf_printf(out, "%*s</package>\n", indent, "");
	}
}

void
import_write_patches(const struct import_addition *a, int indent,
    struct buf *out)
{
	size_t i;

	for (i = 0; i < a->patches.count; i++) {
		buf_printf(out, "%*s<patch code=\"%s\" sources=\"", indent,
		    "", a->patches.items[i]);
		import_write_refs(&a->sources, out);
		buf_puts(out, "\"/>\n");
	}
}

static bool
has_children(const struct import_addition *a)
{
	return a->cves.count + a->digest_count + a->patches.count +
	    a->supersedes.count != 0 || a->by != NULL;
}

static void
write_attributes(const struct import_addition *a, int indent,
    struct buf *out)
{
	char build[VERSION_TEXT], full[VERSION_TEXT];
	int deeper = indent + 9;

	/* "8.03.0083.006", as Microsoft's tables have it. */
	version_format_long(a->build, full);
	buf_printf(out, "%*s<release id=\"%s\" kind=\"%s\" label=\"%s\" "
	    "revision=\"%u\"\n%*sbuild=\"%s\" long=\"%s\"", indent, "",
	    a->id, cat_kind_name(a->kind), a->label, a->revision, deeper, "",
	    version_format(a->build, build), full + (full[0] == '0'));
	if (a->date[0] != '\0')
		buf_printf(out, " date=\"%s\"", a->date);
	if (a->kb[0] != '\0')
		buf_printf(out, " kb=\"%s\"", a->kb);
	if (a->bulletin[0] != '\0')
		buf_printf(out, " bulletin=\"%s\"", a->bulletin);
	if (a->program[0] != '\0')
		buf_printf(out, " program=\"%s\"", a->program);
	buf_printf(out, "\n%*s%sconfidence=\"low\"\n%*ssources=\"", deeper,
	    "", a->unofficial ? "unofficial=\"yes\" " : "", deeper, "");
	import_write_refs(&a->sources, out);
	buf_puts(out, "\"");
	if (a->kb[0] != '\0' || a->date[0] != '\0')
		buf_printf(out, "\n%*s", deeper, "");
	if (a->kb[0] != '\0') {
		buf_puts(out, "kb-sources=\"");
		import_write_refs(&a->kb_sources, out);
		buf_puts(out, a->date[0] != '\0' ? "\" " : "\"");
	}
	if (a->date[0] != '\0') {
		buf_puts(out, "date-sources=\"");
		import_write_refs(&a->date_sources, out);
		buf_puts(out, "\"");
	}
}

void
import_write_release(const struct import_addition *a, int indent,
    struct buf *out)
{
	size_t i;

	write_attributes(a, indent, out);
	if (!has_children(a)) {
		buf_puts(out, "/>\n");
		return;
	}
	buf_puts(out, ">\n");
	if (a->cves.count != 0)
		import_write_cves(NULL, 0, &a->cves, "", indent + 2, out);
	if (a->by != NULL)
		import_write_replace(a, indent + 2, out);
	import_write_packages(a, indent + 2, out);
	import_write_patches(a, indent + 2, out);
	for (i = 0; i < a->supersedes.count; i++)
		buf_printf(out, "%*s<supersedes kb=\"%s\"/>\n", indent + 2,
		    "", a->supersedes.items[i]);
	buf_printf(out, "%*s</release>\n", indent, "");
}

/* --------------------------------------------------------------- overlay */

/* The line that is written next. */
struct lines {
	size_t	 at;		/* up to which they are counted */
	unsigned line;
};

static unsigned
line_now(struct lines *l, const struct buf *out)
{
	for (; l->at < out->len; l->at++)
		l->line += out->p[l->at] == '\n';
	return l->line;
}

static void
write_extend(const struct import_addition *a, struct buf *out)
{
	buf_printf(out, "  <extend release=\"%s\">\n", a->id);
	if (a->cves.count != 0) {
		struct buf refs;

		buf_init(&refs, XML_MAX_BYTES);
		buf_puts(&refs, " sources=\"");
		import_write_refs(&a->sources, &refs);
		buf_puts(&refs, "\"");
		import_write_cves(NULL, 0, &a->cves, buf_text(&refs), 4, out);
		buf_fini(&refs);
	}
	if (a->by != NULL)
		import_write_replace(a, 4, out);
	import_write_packages(a, 4, out);
	import_write_patches(a, 4, out);
	buf_puts(out, "  </extend>\n");
}

static void
write_addition(struct import_addition *a, struct lines *lines,
    struct buf *out)
{
	a->first_line = line_now(lines, out);
	if (a->release != NULL)
		write_extend(a, out);
	else {
		buf_printf(out, "  <add product=\"%s\" branch=\"%s\"%s>\n",
		    a->branch->product->id, a->branch->id,
		    a->begins ? " begins=\"yes\"" : "");
		import_write_release(a, 4, out);
		buf_puts(out, "  </add>\n");
	}
	a->last_line = line_now(lines, out) - 1;
}

/* Branches in the order in which one leads to the other, then what is new,
 * then what is known. */
static void
write_additions(struct import_merged *m, struct lines *lines,
    struct buf *out)
{
	struct import_addition *a;
	size_t i, k;

	for (k = 0; k < m->branch_count; k++)
		for (i = 0; i < m->addition_count; i++) {
			a = m->additions[i];
			if (!a->dropped && a->begins &&
			    a->branch == &m->branches[k]->branch)
				write_addition(a, lines, out);
		}
	for (k = 0; k < 2; k++)
		for (i = 0; i < m->addition_count; i++) {
			a = m->additions[i];
			if (!a->dropped && !a->begins &&
			    (a->release != NULL) == (k == 1))
				write_addition(a, lines, out);
		}
}

void
import_write_overlay(struct import_merged *m, const char *name, instant at,
    struct buf *out)
{
	struct lines lines = { out->len, 1 };
	char day[INSTANT_TEXT];
	size_t i;

	buf_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	buf_printf(out, "<overlay xmlns=\"urn:rollcall:catalogue:1\" "
	    "name=\"%s\" issued=\"%s\"", name, instant_format_day(at, day));
	if (m->known_until != INSTANT_NONE)
		buf_printf(out, "\n         known-until=\"%s\"",
		    instant_format_day(m->known_until, day));
	buf_puts(out, ">\n");
	for (i = 0; i < m->im->source_count; i++)
		if (import_uses(m, m->im->sources[i]))
			import_write_source(m, m->im->sources[i], out);
	write_additions(m, &lines, out);
	buf_puts(out, "</overlay>\n");
}
