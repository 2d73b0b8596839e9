/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/import_write.h"

#include "base/alloc.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A catalogue is written by people, and laid out for them. So it is not made
 * anew from the model, which would lose comments and line breaks: what is
 * taken is put between the lines, and every other byte stays.
 *
 * XML is one that catalogue_load() has taken: well formed, no entities, no
 * document type. All that is looked for is where tags begin and end.
 */

/* From its "<" to behind its ">". */
struct tag {
	size_t		 from, to;
	struct slice	 name;
	bool		 close, empty;
};

/* An element inside a release. */
struct child {
	struct slice	 name;
	size_t		 from, to;	/* from its first "<" on */
};

/* A release of the document. */
struct span {
	struct slice	 id;
	size_t		 from;		/* of the line that it begins on */
	struct tag	 start;
	size_t		 end;		/* of what is in it: its end tag */
	size_t		 to;		/* behind it and its line */
	size_t		 branch_to;	/* of the last of a branch: behind that
					   and its line; else 0 */
	size_t		 first_child, child_count;
};

/* BYTES of the document at OFF are left out, and TEXT stands there. */
struct edit {
	size_t		 off, bytes;
	char		*text;		/* owned */
	size_t		 order;
};

struct whole {
	struct slice	 xml;
	struct tag	 root;
	size_t		 sources_end;	/* behind the line of the last one */
	struct span	*spans;
	size_t		 span_count;
	struct child	*children;
	size_t		 child_count;
	struct edit	*edits;
	size_t		 edit_count;
};

/* ------------------------------------------------------------------ tags */

static bool
stands_at(struct slice s, size_t at, const char *text)
{
	size_t n = strlen(text);

	return at <= s.n && s.n - at >= n && memcmp(s.p + at, text, n) == 0;
}

/* Behind the next TEXT; the end where there is none. */
static size_t
behind(struct slice s, size_t at, const char *text)
{
	while (at < s.n && !stands_at(s, at, text))
		at++;
	return at < s.n ? at + strlen(text) : s.n;
}

static bool
ends_name(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '>' ||
	    c == '/' || c == '=';
}

/* The next tag from *AT on, which moves behind it. */
static bool
next_tag(struct slice s, size_t *at, struct tag *out)
{
	size_t i = *at, name;
	uint8_t quote = 0;

	for (;;) {
		while (i < s.n && s.p[i] != '<')
			i++;
		if (stands_at(s, i, "<!--"))
			i = behind(s, i, "-->");
		else if (stands_at(s, i, "<![CDATA["))
			i = behind(s, i, "]]>");
		else if (stands_at(s, i, "<?"))
			i = behind(s, i, "?>");
		else
			break;
	}
	if (i >= s.n)
		return false;
	out->from = i++;
	out->close = i < s.n && s.p[i] == '/';
	name = i += out->close;
	while (i < s.n && !ends_name(s.p[i]))
		i++;
	if (!slice_sub(s, name, i - name, &out->name))
		return false;
	for (; i < s.n && (quote != 0 || s.p[i] != '>'); i++)
		if (quote != 0)
			quote = s.p[i] == quote ? 0 : quote;
		else if (s.p[i] == '"' || s.p[i] == '\'')
			quote = s.p[i];
	if (i >= s.n)
		return false;
	out->empty = s.p[i - 1] == '/';
	out->to = *at = i + 1;
	return true;
}

/* Where the value of attribute NAME of T stands. */
static bool
find_attr(struct slice s, const struct tag *t, const char *name, size_t *from,
    size_t *to)
{
	size_t i = t->from + 1 + t->name.n, start;
	uint8_t quote;

	while (i < t->to) {
		while (i < t->to && (ends_name(s.p[i]) && s.p[i] != '='))
			i++;
		start = i;
		while (i < t->to && !ends_name(s.p[i]))
			i++;
		struct slice word = slice_of(s.p + start, i - start, 0);

		while (i < t->to && s.p[i] != '"' && s.p[i] != '\'')
			i++;
		if (i >= t->to)
			return false;
		quote = s.p[i++];
		*from = i;
		while (i < t->to && s.p[i] != quote)
			i++;
		*to = i++;
		if (slice_is(word, name))
			return true;
	}
	return false;
}

/* Where the line of OFF begins, if there are only blanks before it. */
static size_t
line_start(struct slice s, size_t off)
{
	size_t i = off;

	while (i > 0 && (s.p[i - 1] == ' ' || s.p[i - 1] == '\t'))
		i--;
	return i == 0 || s.p[i - 1] == '\n' ? i : off;
}

static size_t
line_end(struct slice s, size_t off)
{
	size_t i = off;

	while (i < s.n && (s.p[i] == ' ' || s.p[i] == '\t' ||
	    s.p[i] == '\r'))
		i++;
	return i < s.n && s.p[i] == '\n' ? i + 1 : off;
}

/* ------------------------------------------------------------- the survey */

static void
begin_release(struct whole *w, const struct tag *t)
{
	struct span s = { .start = *t, .from = line_start(w->xml, t->from),
	    .first_child = w->child_count };
	size_t from, to;

	if (find_attr(w->xml, t, "id", &from, &to))
		s.id = slice_of(w->xml.p + from, to - from, from);
	s.end = t->to;
	s.to = line_end(w->xml, t->to);
	w->spans = xpush(w->spans, w->span_count, sizeof(s));
	w->spans[w->span_count++] = s;
}

static void
begin_child(struct whole *w, const struct tag *t)
{
	w->children = xpush(w->children, w->child_count,
	    sizeof(*w->children));
	w->children[w->child_count++] = (struct child){ .name = t->name,
	    .from = t->from, .to = t->to };
	w->spans[w->span_count - 1].child_count++;
}

/* Elements inside one another: catalogue, product, branch, release. */
#define DEPTH_SOURCE	1
#define DEPTH_BRANCH	2
#define DEPTH_RELEASE	3
#define DEPTH_CHILD	4

static void
survey_tag(struct whole *w, const struct tag *t, unsigned depth)
{
	if (depth == 0 && !t->close)
		w->root = *t;
	else if (depth == DEPTH_SOURCE && slice_is(t->name, "source"))
		w->sources_end = line_end(w->xml, t->to);
	else if (depth == DEPTH_BRANCH && t->close && w->span_count != 0 &&
	    slice_is(t->name, "branch"))
		w->spans[w->span_count - 1].branch_to =
		    line_end(w->xml, t->to);
	else if (depth == DEPTH_RELEASE && slice_is(t->name, "release")) {
		if (!t->close)
			begin_release(w, t);
		else if (w->span_count != 0) {
			w->spans[w->span_count - 1].end = t->from;
			w->spans[w->span_count - 1].to =
			    line_end(w->xml, t->to);
		}
	} else if (depth == DEPTH_CHILD && w->span_count != 0 &&
	    w->spans[w->span_count - 1].end ==
	    w->spans[w->span_count - 1].start.to &&
	    !w->spans[w->span_count - 1].start.empty) {
		if (!t->close)
			begin_child(w, t);
		else if (w->child_count != 0)
			w->children[w->child_count - 1].to = t->to;
	}
}

static bool
survey(struct whole *w)
{
	unsigned depth = 0;
	struct tag t;
	size_t at = 0;

	while (next_tag(w->xml, &at, &t)) {
		if (t.close && depth == 0)
			return false;
		depth -= t.close;
		survey_tag(w, &t, depth);
		depth += !t.close && !t.empty;
	}
	return depth == 0 && w->root.to != 0 && w->sources_end != 0;
}

static const struct span *
find_span(const struct whole *w, const char *id)
{
	size_t i;

	for (i = 0; i < w->span_count; i++)
		if (slice_is(w->spans[i].id, id))
			return &w->spans[i];
	return NULL;
}

/* ----------------------------------------------------------------- edits */

/* TEXT is owned by the edit from here on. */
static void
add_edit(struct whole *w, size_t off, size_t bytes, char *text)
{
	w->edits = xpush(w->edits, w->edit_count, sizeof(*w->edits));
	w->edits[w->edit_count] = (struct edit){ off, bytes, text,
	    w->edit_count };
	w->edit_count++;
}

static int
by_place(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	if (x->off != y->off)
		return x->off < y->off ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static bool
set_attr(struct whole *w, const struct tag *t, const char *name,
    const char *value)
{
	size_t from, to;

	if (!find_attr(w->xml, t, name, &from, &to))
		return false;
	add_edit(w, from, to - from, xstrdup(value));
	return true;
}

/* The day, unless it is later already, and the next serial of the day. */
static bool
raise_serial(struct whole *w, const struct import_merged *m, instant at)
{
	const struct cat_info *info = catalogue_info(m->c);
	instant issued = at > info->issued ? at : info->issued;
	char day[INSTANT_TEXT], serial[32];
	uint64_t next;

	instant_format_day(issued, day);
	snprintf(serial, sizeof(serial), "%.4s%.2s%.2s01", day, day + 5,
	    day + 8);
	next = strtoull(serial, NULL, 10);
	if (next <= info->serial)
		next = info->serial + 1;
	/* A hundredth of one day would be the first of the next. */
	if (next % 100 == 0)
		return false;
	snprintf(serial, sizeof(serial), "%" PRIu64, next);
	if (!set_attr(w, &w->root, "serial", serial) ||
	    !set_attr(w, &w->root, "issued", day))
		return false;
	return m->known_until == INSTANT_NONE || set_attr(w, &w->root,
	    "known-until", instant_format_day(m->known_until, day));
}

static void
add_sources(struct whole *w, const struct import_merged *m)
{
	const struct import_source *s;
	struct buf b;
	size_t i;

	buf_init(&b, XML_MAX_BYTES);
	for (i = 0; i < m->im->source_count; i++) {
		s = m->im->sources[i];
		if (import_uses(m, s) && catalogue_source(m->c, s->id) == NULL)
			import_write_source(m, s, &b);
	}
	add_edit(w, w->sources_end, 0, buf_take(&b));
}

/* Behind the last branch of its product, with all that goes in it. */
static bool
add_branch(struct whole *w, const struct import_merged *m,
    const struct import_addition *a)
{
	const struct cat_branch *all, *last = NULL;
	size_t n = catalogue_branches(m->c, &all), i;
	const struct span *s = NULL;
	struct buf b;

	for (i = 0; i < n; i++)
		if (all[i].product == a->branch->product)
			last = &all[i];
	for (i = 0; last != NULL && i < last->release_count; i++) {
		s = find_span(w, last->releases[i]->id);
		if (s != NULL && s->branch_to != 0)
			break;
	}
	if (s == NULL || s->branch_to == 0)
		return false;
	buf_init(&b, XML_MAX_BYTES);
	buf_printf(&b, "\n    <branch id=\"%s\">\n", a->branch->id);
	for (i = 0; i < m->addition_count; i++)
		if (!m->additions[i]->dropped &&
		    m->additions[i]->branch == a->branch)
			import_write_release(m->additions[i], 6, &b);
	buf_puts(&b, "    </branch>\n");
	add_edit(w, s->branch_to, 0, buf_take(&b));
	return true;
}

/* Before the first release of its branch with a later build. */
static bool
add_release(struct whole *w, const struct import_addition *a)
{
	const struct cat_branch *branch = a->branch;
	const struct span *s;
	bool before = false;
	struct buf b;
	size_t i;

	for (i = 0; i < branch->release_count; i++)
		if (version_known(branch->releases[i]->build) &&
		    version_cmp(branch->releases[i]->build, a->build) > 0) {
			before = true;
			break;
		}
	if (branch->release_count == 0)
		return false;
	s = find_span(w, branch->releases[before ? i :
	    branch->release_count - 1]->id);
	if (s == NULL)
		return false;
	buf_init(&b, XML_MAX_BYTES);
	import_write_release(a, 6, &b);
	add_edit(w, before ? s->from : s->to, 0, buf_take(&b));
	return true;
}

/* The order in which the grammar wants what is in a release. */
static const char *const order[] = {
	"cves", "replace", "carries", "package", "download", "patch",
	"component", "supersedes", "disputed", "except", "ref", "note",
};

static size_t
rank_of(struct slice name)
{
	size_t i;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (slice_is(name, order[i]))
			return i;
	return i;
}

/* Where an element called NAME goes: before the first that comes later. */
static size_t
place_in(const struct whole *w, const struct span *s, const char *name)
{
	size_t mine = rank_of(slice_of(name, strlen(name), 0)), i;
	const struct child *c;

	for (i = 0; i < s->child_count; i++) {
		c = &w->children[s->first_child + i];
		if (rank_of(c->name) > mine)
			return line_start(w->xml, c->from);
	}
	return line_start(w->xml, s->end);
}

/* More CVEs: those that are there are written again. */
static void
extend_cves(struct whole *w, const struct span *s,
    const struct import_addition *a, struct buf *inside)
{
	const struct cat_release *r = a->release;
	const struct child *c;
	struct buf b;
	size_t i;

	if (a->cves.count == 0)
		return;
	for (i = 0; i < s->child_count; i++) {
		c = &w->children[s->first_child + i];
		if (!slice_is(c->name, "cves"))
			continue;
		buf_init(&b, XML_MAX_BYTES);
		import_write_cves(r->cves, r->cve_count, &a->cves,
		    r->all_cves ? " complete=\"yes\"" : "", 8, &b);
		i = line_start(w->xml, c->from);
		add_edit(w, i, line_end(w->xml, c->to) - i, buf_take(&b));
		return;
	}
	import_write_cves(NULL, 0, &a->cves, "", 8, inside);
}

/* Digests of a package that is there already would need another place. */
static bool
is_new_package(const struct import_addition *a)
{
	const struct cat_release *r = a->release;
	size_t i, j;

	for (i = 0; i < r->package_count; i++)
		for (j = 0; j < a->digest_count; j++)
			if (strcmp(r->packages[i].name,
			    a->digests[j].package) == 0)
				return false;
	return true;
}

static bool
extend_release(struct whole *w, const struct import_addition *a)
{
	const struct span *s = find_span(w, a->id);
	struct buf b[4];	/* before what is called so: */
	static const char *const names[4] = { "cves", "replace", "package",
		"patch" };
	struct buf all;
	size_t from, to, i;

	if (s == NULL || !is_new_package(a) || !find_attr(w->xml, &s->start,
	    "sources", &from, &to))
		return false;
	buf_init(&all, XML_MAX_BYTES);
	buf_puts(&all, " ");
	import_write_refs(&a->sources, &all);
	add_edit(w, to, 0, buf_take(&all));
	for (i = 0; i < 4; i++)
		buf_init(&b[i], XML_MAX_BYTES);
	extend_cves(w, s, a, &b[0]);
	if (a->by != NULL)
		import_write_replace(a, 8, &b[1]);
	import_write_packages(a, 8, &b[2]);
	import_write_patches(a, 8, &b[3]);
	buf_init(&all, XML_MAX_BYTES);
	if (s->start.empty)
		buf_puts(&all, ">\n");
	for (i = 0; i < 4; i++) {
		if (s->start.empty)
			buf_puts(&all, buf_text(&b[i]));
		else
			add_edit(w, place_in(w, s, names[i]), 0,
			    buf_take(&b[i]));
		buf_fini(&b[i]);
	}
	if (s->start.empty) {
		buf_puts(&all, "      </release>");
		/* The "/>" of its tag. */
		add_edit(w, s->start.to - 2, 2, buf_take(&all));
	}
	buf_fini(&all);
	return true;
}

static bool
add(struct whole *w, const struct import_merged *m,
    const struct import_addition *a)
{
	if (a->release != NULL)
		return extend_release(w, a);
	if (a->begins)
		return add_branch(w, m, a);
	/* What is in a new branch came with it. */
	return import_is_new_branch(m, a->branch) || add_release(w, a);
}

static bool
make_edits(struct whole *w, const struct import_merged *m, instant at)
{
	const struct import_addition *a;
	size_t i;

	if (!raise_serial(w, m, at))
		return false;
	add_sources(w, m);
	for (i = 0; i < m->addition_count; i++) {
		a = m->additions[i];
		if (!a->dropped && !add(w, m, a))
			return false;
	}
	return true;
}

static void
apply_edits(struct whole *w, struct buf *out)
{
	const struct edit *e;
	size_t at = 0, i;

	if (w->edit_count != 0)
		qsort(w->edits, w->edit_count, sizeof(*w->edits), by_place);
	for (i = 0; i < w->edit_count; i++) {
		e = &w->edits[i];
		if (e->off > at) {
			buf_append(out, w->xml.p + at, e->off - at);
			at = e->off;
		}
		buf_puts(out, e->text);
		if (e->off + e->bytes > at)
			at = e->off + e->bytes;
	}
	buf_append(out, w->xml.p + at, w->xml.n - at);
}

/* Builds go up inside a branch; additions are in the order of reading. */
static int
by_build(const void *a, const void *b)
{
	const struct import_addition *const *x = a, *const *y = b;

	return version_cmp((*x)->build, (*y)->build);
}

enum status
import_write_whole(const struct import_merged *m, struct slice xml, instant at,
    struct buf *out, struct diag *d)
{
	struct import_addition **sorted;
	struct import_merged ours = *m;
	struct whole w = { .xml = xml };
	enum status st = ST_OK;
	size_t i;

	if (!import_adds(m)) {
		buf_append(out, xml.p, xml.n);
		return ST_OK;
	}
	sorted = xcalloc(m->addition_count + 1, sizeof(*sorted));
	for (i = 0; i < m->addition_count; i++)
		sorted[i] = m->additions[i];
	qsort(sorted, m->addition_count, sizeof(*sorted), by_build);
	ours.additions = sorted;
	if (!survey(&w) || !make_edits(&w, &ours, at))
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL, "what is "
		    "imported has no place in it");
	else
		apply_edits(&w, out);
	if (st == ST_OK && out->full)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL, "it would be "
		    "longer than %d bytes", XML_MAX_BYTES);
	for (i = 0; i < w.edit_count; i++)
		free(w.edits[i].text);
	free(w.edits);
	free(w.children);
	free(w.spans);
	free(sorted);
	return st;
}
