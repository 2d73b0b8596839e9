/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/wsus_package.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "xml/xml.h"
#include "xml/xmlpull.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAMESPACE	"http://schemas.microsoft.com/msus/2004/02/OfflineSync"
#define CLAUSE		"wsusscn2: package.xml"

/* ------------------------------------------------------------- index.xml */

static int
by_start(const void *a, const void *b)
{
	const struct wsus_range *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

static enum status
add_range(struct wsus *w, const struct xml_node *n, struct diag *d)
{
	static const char clause[] = "wsusscn2: index.xml";
	const char *name = xml_attr(n, "NAME");
	const char *start = xml_attr(n, "RANGESTART");
	struct wsus_range r = { .start = 0 };
	char *text, *p;

	if (start == NULL)
		return ST_OK;		/* package.cab itself */
	if (name == NULL || strlen(name) > 255 ||
	    !wsus_number(start, &r.start))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, clause,
		    "line %u: a cabinet without a name or a number",
		    xml_line(n));
	if (w->range_count == WSUS_MAX_CABINETS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, clause,
		    "more than %d cabinets", WSUS_MAX_CABINETS);
	text = arena_text(&w->arena, name, strlen(name));
	for (p = text; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	r.cabinet = text;
	w->ranges = xpush(w->ranges, w->range_count, sizeof(r));
	w->ranges[w->range_count++] = r;
	return ST_OK;
}

static enum status
check_ranges(struct wsus *w, struct diag *d)
{
	size_t i;

	if (w->range_count > 1)
		qsort(w->ranges, w->range_count, sizeof(*w->ranges),
		    by_start);
	for (i = 1; i < w->range_count; i++)
		if (w->ranges[i].start == w->ranges[i - 1].start)
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
			    "wsusscn2: index.xml", "two cabinets begin at %u",
			    w->ranges[i].start);
	return ST_OK;
}

enum status
wsus_read_index(struct wsus *w, struct slice xml, struct diag *d)
{
	const struct xml_node *list, *n;
	struct xml_doc *doc = NULL;
	enum status st = xml_parse(xml, &doc, d);

	if (st != ST_OK)
		return st;
	list = xml_child(xml_root(doc));
	if (strcmp(xml_name(xml_root(doc)), "INDEX") != 0 || list == NULL ||
	    strcmp(xml_name(list), "CABLIST") != 0)
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE,
		    "wsusscn2: index.xml", "no list of cabinets");
	for (n = st == ST_OK ? xml_child(list) : NULL;
	    st == ST_OK && n != NULL; n = xml_next(n))
		if (strcmp(xml_name(n), "CAB") == 0)
			st = add_range(w, n, d);
	if (st == ST_OK)
		st = check_ranges(w, d);
	xml_free(doc);
	return st;
}

const struct wsus_range *
wsus_range_of(const struct wsus *w, uint32_t id)
{
	const struct wsus_range *r = NULL;
	size_t i;

	for (i = 0; i < w->range_count && w->ranges[i].start <= id; i++)
		r = &w->ranges[i];
	return r;
}

/* ----------------------------------------------------------- package.xml */

/*
 * What Windows Update calls categories, as WSUS lists them. All products of
 * Exchange are of one family; what filters mail for them is too, and has
 * updates of its own every day.
 */
static const char family[] = "352f9494-d516-4b40-a21a-cd2416098982";
static const char anti_spam[] = "ab62c5bd-5539-49f6-8aea-5a114dd42314";
static const char *const products[] = {
	"83a83e29-7d55-44a0-afed-aea164bc35e6",		/* 2000 */
	"3cf32f7c-d8ee-43f8-a0da-8b88a6f8af1a",		/* 2003 */
	"26bb6be1-37d1-4ca6-baee-ec00b2f7d0f1",		/* 2007 */
	"9b135dd5-fc75-4609-a6ae-fb5d22333ef0",		/* 2010 */
	"d3d7c7a6-3e2f-4029-85bf-b59796b82ce7",		/* 2013 */
	"49c3ddde-4df2-4534-980c-83f4e27b23b5",		/* 2016 */
	"f7fcd7d7-a163-4b27-970a-48bc02023df1",		/* 2019 */
};

/* A file that has to be told where it is. */
struct need {
	uint8_t		 sha1[WSUS_SHA1];
	uint32_t	 id;		/* of a revision that has it */
	bool		 located;
};

struct pass {
	struct wsus	*w;
	struct xmlpull	*x;
	bool		 second;
	/* Of the first pass, for the second: revisions of a category of
	 * Exchange, and those that bundle them. */
	struct wsus_ids	 exchange, above;
	/* The one that is read. */
	struct wsus_revision now;
	char		 guid[40], number[16], language[16];
	bool		 not_wanted;
	char		 section[16];	/* "Updates": an element of depth 1 */
	char		 list[16];	/* "Categories": one of depth 3 */
	bool		 seen_updates, seen_locations;
	struct need	*needs;
	size_t		 need_count;
};

static enum status
broken(const struct pass *p, struct diag *d, const char *what)
{
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE, "line %u: %s",
	    xmlpull_line(p->x), what);
}

static const char *
keep(struct wsus *w, const char *text)
{
	return arena_text(&w->arena, text, strlen(text));
}

static void
forget(struct pass *p)
{
	wsus_revision_fini(&p->now);
	p->now = (struct wsus_revision){ .kb = "", .title = "",
	    .bulletin = "", .update = "", .number = "", .language = "" };
	p->not_wanted = false;
}

static void
note(char *out, size_t size, const char *text)
{
	snprintf(out, size, "%s", text != NULL ? text : "");
}

static enum status
begin_update(struct pass *p, struct diag *d)
{
	forget(p);
	if (!wsus_number(xmlpull_attr(p->x, "RevisionId"), &p->now.id))
		return broken(p, d, "an update without a RevisionId");
	if (!p->second)
		return ST_OK;
	note(p->number, sizeof(p->number),
	    xmlpull_attr(p->x, "RevisionNumber"));
	note(p->language, sizeof(p->language),
	    xmlpull_attr(p->x, "DefaultLanguage"));
	return wsus_guid(xmlpull_attr(p->x, "UpdateId"), false, p->guid) ?
	    ST_OK : broken(p, d, "an update without an UpdateId");
}

static void
see_category(struct pass *p)
{
	const char *text = xmlpull_attr(p->x, "Id");
	char id[40];
	size_t i;

	if (!wsus_guid(text, false, id))
		return;
	if (strcmp(id, anti_spam) == 0)
		p->not_wanted = true;
	if (strcmp(id, family) == 0)
		p->now.exchange = true;
	for (i = 0; i < sizeof(products) / sizeof(products[0]); i++)
		if (strcmp(id, products[i]) == 0)
			p->now.exchange = true;
}

static enum status
see_payload(struct pass *p, struct diag *d)
{
	struct wsus_payloads *l = &p->now.payloads;
	struct wsus_payload file = { .name = "" };

	if (!wsus_base64(xmlpull_attr(p->x, "Id"), file.sha1,
	    sizeof(file.sha1)))
		return broken(p, d, "a file whose Id is no SHA-1");
	if (l->count == WSUS_MAX_NAMED)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "more than %d files of one update", WSUS_MAX_NAMED);
	l->items = xpush(l->items, l->count, sizeof(file));
	l->items[l->count++] = file;
	return ST_OK;
}

static enum status
see_revision(struct pass *p, struct wsus_ids *ids, struct diag *d)
{
	uint32_t id;

	if (!wsus_number(xmlpull_attr(p->x, "Id"), &id))
		return broken(p, d, "a revision without an Id");
	return wsus_add_id(ids, id, d);
}

/* An element inside of one of an update's lists. */
static enum status
see_item(struct pass *p, struct diag *d)
{
	const char *name = xmlpull_name(p->x);

	if (strcmp(p->list, "Categories") == 0 &&
	    strcmp(name, "Category") == 0) {
		see_category(p);
		return ST_OK;
	}
	if (strcmp(p->list, "BundledBy") == 0 &&
	    strcmp(name, "Revision") == 0)
		return see_revision(p, &p->now.bundled_by, d);
	if (!p->second)
		return ST_OK;
	if (strcmp(p->list, "SupersededBy") == 0 &&
	    strcmp(name, "Revision") == 0)
		return see_revision(p, &p->now.superseded_by, d);
	if (strcmp(p->list, "PayloadFiles") == 0 && strcmp(name, "File") == 0)
		return see_payload(p, d);
	return ST_OK;
}

/* What the first pass is for. */
static enum status
count_update(struct pass *p, struct diag *d)
{
	struct wsus *w = p->w;
	size_t i;

	if (w->all.count == WSUS_MAX_UPDATES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "more than %d updates", WSUS_MAX_UPDATES);
	w->all.items = xpush(w->all.items, w->all.count, sizeof(uint32_t));
	w->all.items[w->all.count++] = p->now.id;
	if (!p->now.exchange || p->not_wanted)
		return ST_OK;
	if (p->exchange.count == WSUS_MAX_FOUND ||
	    p->above.count > WSUS_MAX_FOUND)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "more than %d updates of Exchange", WSUS_MAX_FOUND);
	p->exchange.items = xpush(p->exchange.items, p->exchange.count,
	    sizeof(uint32_t));
	p->exchange.items[p->exchange.count++] = p->now.id;
	for (i = 0; i < p->now.bundled_by.count; i++) {
		p->above.items = xpush(p->above.items, p->above.count,
		    sizeof(uint32_t));
		p->above.items[p->above.count++] = p->now.bundled_by.items[i];
	}
	return ST_OK;
}

static bool
is_wanted(const struct pass *p)
{
	size_t i;

	if (wsus_has(&p->exchange, p->now.id) ||
	    wsus_has(&p->above, p->now.id))
		return true;
	for (i = 0; i < p->now.bundled_by.count; i++)
		if (wsus_has(&p->exchange, p->now.bundled_by.items[i]))
			return true;
	return false;
}

/* And the second: NOW becomes one of W's. */
static enum status
take_update(struct pass *p, struct diag *d)
{
	struct wsus *w = p->w;

	if (!is_wanted(p) || p->not_wanted)
		return ST_OK;
	w->named += p->now.bundled_by.count + p->now.superseded_by.count +
	    p->now.payloads.count;
	if (w->count == WSUS_MAX_FOUND || w->named > WSUS_MAX_ALL_NAMED)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "more than %d updates of Exchange", WSUS_MAX_FOUND);
	p->now.update = keep(w, p->guid);
	p->now.number = keep(w, p->number);
	p->now.language = keep(w, p->language);
	w->revisions = xpush(w->revisions, w->count, sizeof(p->now));
	w->revisions[w->count++] = p->now;
	p->now = (struct wsus_revision){ .id = 0 };
	return ST_OK;
}

/* --------------------------------------------------------- FileLocations */

static int
by_sha1(const void *a, const void *b)
{
	return memcmp(((const struct need *)a)->sha1,
	    ((const struct need *)b)->sha1, WSUS_SHA1);
}

/* They follow the updates: then it is known which files are needed. */
static void
list_needs(struct pass *p)
{
	const struct wsus *w = p->w;
	size_t i, k;

	p->seen_locations = true;
	for (i = 0; i < w->count; i++)
		for (k = 0; k < w->revisions[i].payloads.count; k++) {
			struct need n = { .id = w->revisions[i].id };

			memcpy(n.sha1, w->revisions[i].payloads.items[k].sha1,
			    sizeof(n.sha1));
			p->needs = xpush(p->needs, p->need_count, sizeof(n));
			p->needs[p->need_count++] = n;
		}
	if (p->need_count > 1)
		qsort(p->needs, p->need_count, sizeof(*p->needs), by_sha1);
}

/* Does the name in URL end with SHA1 in hex? */
static bool
is_named(const char *url, const uint8_t *sha1)
{
	char hex[2 * WSUS_SHA1 + 1];
	const char *dot = strrchr(url, '.'), *from;
	size_t len, i;

	len = dot != NULL ? (size_t)(dot - url) : strlen(url);
	if (len < 2 * WSUS_SHA1)
		return false;
	from = url + len - 2 * WSUS_SHA1;
	for (i = 0; i < WSUS_SHA1; i++)
		snprintf(hex + 2 * i, 3, "%02x", sha1[i]);
	for (i = 0; i < 2 * WSUS_SHA1; i++)
		if ((from[i] >= 'A' && from[i] <= 'F' ? from[i] - 'A' + 'a' :
		    from[i]) != hex[i])
			return false;
	return true;
}

static enum status
see_location(struct pass *p, struct diag *d)
{
	const char *url = xmlpull_attr(p->x, "Url");
	struct need key = { .sha1 = { 0 } }, *n;

	if (!wsus_base64(xmlpull_attr(p->x, "Id"), key.sha1,
	    sizeof(key.sha1)))
		return broken(p, d, "a file whose Id is no SHA-1");
	n = p->need_count == 0 ? NULL : bsearch(&key, p->needs,
	    p->need_count, sizeof(key), by_sha1);
	if (n == NULL)
		return ST_OK;
	if (url == NULL || !is_named(url, key.sha1))
		return broken(p, d,
		    "the address of a file has another digest than its Id");
	/* Updates may share a file: all of them have it now. */
	while (n > p->needs && by_sha1(n - 1, &key) == 0)
		n--;
	for (; n < p->needs + p->need_count && by_sha1(n, &key) == 0; n++)
		n->located = true;
	return ST_OK;
}

/* -------------------------------------------------------------- the walk */

static enum status
on_root(const struct pass *p, struct diag *d)
{
	const char *ns = xmlpull_namespace(p->x);

	if (strcmp(xmlpull_name(p->x), "OfflineSyncPackage") == 0 &&
	    (ns[0] == '\0' || strcmp(ns, NAMESPACE) == 0))
		return ST_OK;
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, CLAUSE,
	    "no OfflineSyncPackage");
}

/* The updates, then where their files are; each once. */
static enum status
on_section(struct pass *p, struct diag *d)
{
	if (strcmp(p->section, "Updates") == 0) {
		if (p->seen_updates || p->seen_locations)
			return broken(p, d, "updates in two places");
		p->seen_updates = true;
	} else if (p->second && strcmp(p->section, "FileLocations") == 0) {
		if (p->seen_locations || !p->seen_updates)
			return broken(p, d,
			    "files in two places, or before the updates");
		list_needs(p);
	}
	return ST_OK;
}

static enum status
on_start(struct pass *p, struct diag *d)
{
	const char *name = xmlpull_name(p->x);
	bool updates = strcmp(p->section, "Updates") == 0;

	switch (xmlpull_depth(p->x)) {
	case 0:
		return on_root(p, d);
	case 1:
		note(p->section, sizeof(p->section), name);
		return on_section(p, d);
	case 2:
		if (updates && strcmp(name, "Update") == 0)
			return begin_update(p, d);
		if (p->second && strcmp(p->section, "FileLocations") == 0 &&
		    strcmp(name, "FileLocation") == 0)
			return see_location(p, d);
		return ST_OK;
	case 3:
		note(p->list, sizeof(p->list), name);
		return ST_OK;
	case 4:
		return updates ? see_item(p, d) : ST_OK;
	default:
		return ST_OK;
	}
}

static enum status
on_end(struct pass *p, struct diag *d)
{
	if (xmlpull_depth(p->x) != 2 || strcmp(p->section, "Updates") != 0 ||
	    strcmp(xmlpull_name(p->x), "Update") != 0)
		return ST_OK;
	return p->second ? take_update(p, d) : count_update(p, d);
}

static enum status
go_through(struct pass *p, const struct source *src, struct diag *d)
{
	enum xmlpull_at at = XMLPULL_START;
	enum status st = xmlpull_new(src, &p->x, d);

	p->section[0] = p->list[0] = '\0';
	p->seen_updates = p->seen_locations = false;
	while (st == ST_OK) {
		st = xmlpull_next(p->x, &at, d);
		if (st != ST_OK || at == XMLPULL_DONE)
			break;
		st = at == XMLPULL_START ? on_start(p, d) : on_end(p, d);
	}
	forget(p);
	xmlpull_free(p->x);
	p->x = NULL;
	return st;
}

/* ------------------------------------------------------- what it comes to */

static int
by_revision(const void *a, const void *b)
{
	const struct wsus_revision *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static enum status
check_all(struct wsus *w, struct diag *d)
{
	size_t i;

	wsus_sort(&w->all);
	for (i = 1; i < w->all.count; i++)
		if (w->all.items[i] == w->all.items[i - 1])
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
			    "revision %u is there twice", w->all.items[i]);
	return ST_OK;
}

static enum status
check_ids(const struct wsus *w, const struct wsus_revision *r,
    const struct wsus_ids *ids, const char *how, struct diag *d)
{
	size_t i;

	for (i = 0; i < ids->count; i++)
		if (!wsus_has(&w->all, ids->items[i]))
			return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
			    "revision %u is %s by %u, which is not there",
			    r->id, how, ids->items[i]);
	return ST_OK;
}

/* A step of a way along BundledBy or SupersededBy. */
struct step {
	size_t		 at;		/* in the revisions */
	size_t		 next;		/* of its ids */
};

static const struct wsus_ids *
ways_of(const struct wsus *w, size_t at, bool bundles)
{
	const struct wsus_revision *r = &w->revisions[at];

	return bundles ? &r->bundled_by : &r->superseded_by;
}

/*
 * Go on from the last step to a revision where nobody was yet.
 *
 * MARKS: 0 nobody was there, 1 the way leads over it, 2 it leads in no circle.
 * Returns: false when the way comes back to itself.
 */
static bool
go_on(const struct wsus *w, bool bundles, uint8_t *marks, struct step *way,
    size_t *steps)
{
	struct step *s = &way[*steps - 1];
	const struct wsus_ids *ids = ways_of(w, s->at, bundles);
	const struct wsus_revision *r;
	size_t to;

	if (s->next == ids->count) {
		marks[s->at] = 2;
		--*steps;
		return true;
	}
	r = wsus_find(w, ids->items[s->next++]);
	if (r == NULL)
		return true;		/* not of Exchange */
	to = (size_t)(r - w->revisions);
	if (marks[to] == 1)
		return false;
	if (marks[to] == 0) {
		marks[to] = 1;
		way[(*steps)++] = (struct step){ to, 0 };
	}
	return true;
}

/* No way is longer than there are revisions. */
static enum status
check_circles(const struct wsus *w, bool bundles, struct diag *d)
{
	uint8_t *marks = xcalloc(w->count + 1, 1);
	struct step *way = xcalloc(w->count + 1, sizeof(*way));
	enum status st = ST_OK;
	size_t i, steps;

	for (i = 0; st == ST_OK && i < w->count; i++) {
		if (marks[i] != 0)
			continue;
		marks[i] = 1;
		way[0] = (struct step){ i, 0 };
		steps = 1;
		while (st == ST_OK && steps > 0)
			if (!go_on(w, bundles, marks, way, &steps))
				st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
				    CLAUSE, "revision %u is %s by itself, in "
				    "a circle", w->revisions[i].id, bundles ?
				    "bundled" : "superseded");
	}
	free(way);
	free(marks);
	return st;
}

static enum status
check_found(struct pass *p, struct diag *d)
{
	struct wsus *w = p->w;
	enum status st = ST_OK;
	size_t i;

	if (!p->seen_locations)
		list_needs(p);
	if (w->count > 1)
		qsort(w->revisions, w->count, sizeof(*w->revisions),
		    by_revision);
	for (i = 0; st == ST_OK && i < w->count; i++) {
		const struct wsus_revision *r = &w->revisions[i];

		st = check_ids(w, r, &r->bundled_by, "bundled", d);
		if (st == ST_OK)
			st = check_ids(w, r, &r->superseded_by, "superseded",
			    d);
	}
	for (i = 0; st == ST_OK && i < p->need_count; i++)
		if (!p->needs[i].located)
			st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
			    "revision %u has a file that has no address",
			    p->needs[i].id);
	if (st == ST_OK)
		st = check_circles(w, true, d);
	if (st == ST_OK)
		st = check_circles(w, false, d);
	return st;
}

enum status
wsus_read_package(struct wsus *w, const struct source *src, struct diag *d)
{
	struct pass p = { .w = w };
	enum status st = go_through(&p, src, d);

	if (st == ST_OK)
		st = check_all(w, d);
	if (st == ST_OK && p.exchange.count != 0) {
		wsus_sort(&p.exchange);
		wsus_sort(&p.above);
		p.second = true;
		st = go_through(&p, src, d);
		if (st == ST_OK)
			st = check_found(&p, d);
	}
	forget(&p);
	free(p.needs);
	free(p.exchange.items);
	free(p.above.items);
	return st;
}
