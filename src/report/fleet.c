/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

static int
compare_sizes(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* As people sort them: letter case tells only what would be the same. */
static int
compare_texts(const char *a, const char *b)
{
	int n;

	a = a != NULL ? a : "";
	b = b != NULL ? b : "";
	n = utf_casecmp(a, b);
	return n != 0 ? n : strcmp(a, b);
}

static int
compare_cases(const char *a, const char *b)
{
	return utf_casecmp(a != NULL ? a : "", b != NULL ? b : "");
}

const char *
fleet_state_name(enum fleet_state s)
{
	static const char *const names[FLEET_STATES] = {
		[FLEET_UNKNOWN] = "unknown",
		[FLEET_BROKEN] = "broken",
		[FLEET_MISSING] = "missing",
		[FLEET_OLD] = "too-old",
		[FLEET_JUDGED] = "judged",
		[FLEET_SUPERSEDED] = "superseded",
	};

	return s < FLEET_STATES ? names[s] : "unknown";
}

bool
fleet_counts(const struct fleet_row *row)
{
	return row->state != FLEET_SUPERSEDED;
}

void
fleet_add(struct fleet *f, struct fleet_row *row)
{
	row->order = f->count;
	f->rows = xpush(f->rows, f->count, sizeof(*f->rows));
	f->rows[f->count++] = row;
}

/* ----------------------------------------------------------- duplicates */

static bool
is_judged(const struct fleet_row *row)
{
	return row->state == FLEET_JUDGED || row->state == FLEET_OLD ||
	    row->state == FLEET_SUPERSEDED;
}

/* What is not judged stands behind. A result without a name is of no host that
 * is known: each is another. */
static int
compare_hosts(const struct fleet_row *a, const struct fleet_row *b)
{
	int n = compare_sizes(!is_judged(a), !is_judged(b));

	if (n == 0)
		n = compare_sizes(!a->named, !b->named);
	if (n == 0 && !a->named)
		return compare_sizes(a->order, b->order);
	if (n == 0)
		n = compare_cases(a->name, b->name);
	if (n == 0)
		n = compare_cases(a->domain, b->domain);
	return n != 0 ? n : compare_cases(a->guid, b->guid);
}

/* Of one host, the one that counts comes first: the newest that is not too old
 * or to come, and of two of one moment the worse. */
static int
by_host(const void *pa, const void *pb)
{
	const struct fleet_row *a = *(struct fleet_row *const *)pa;
	const struct fleet_row *b = *(struct fleet_row *const *)pb;
	int n = compare_hosts(a, b);

	if (n == 0)
		n = compare_sizes(a->state == FLEET_OLD,
		    b->state == FLEET_OLD);
	if (n == 0 && a->taken != b->taken)
		n = a->taken > b->taken ? -1 : 1;
	if (n == 0)
		n = compare_sizes(b->found, a->found);
	return n != 0 ? n : compare_sizes(a->order, b->order);
}

static void
find_duplicates(struct fleet *f)
{
	const struct fleet_row *first = NULL;
	size_t i;

	if (f->count != 0)
		qsort(f->rows, f->count, sizeof(*f->rows), by_host);
	for (i = 0; i < f->count && is_judged(f->rows[i]); i++) {
		struct fleet_row *row = f->rows[i];

		if (first == NULL || compare_hosts(first, row) != 0) {
			first = row;
			continue;
		}
		row->state = FLEET_SUPERSEDED;
		row->newer = xstrdup(first->file);
	}
}

/* -------------------------------------------------------------- servers */

/* The length of a host's name without its domain. */
static size_t
short_length(const char *name)
{
	return strcspn(name, ".");
}

static int
by_server(const void *pa, const void *pb)
{
	const struct fleet_server *a = *(struct fleet_server *const *)pa;
	const struct fleet_server *b = *(struct fleet_server *const *)pb;

	return compare_cases(a->name, b->name);
}

/* The first of LIST, which is sorted, that is not before NAME. */
static size_t
find_place(struct fleet_server *const *list, size_t count, const char *name)
{
	size_t low = 0, high = count, mid;

	while (low < high) {
		mid = low + (high - low) / 2;
		if (compare_cases(list[mid]->name, name) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* The server called NAME; COUNT for none. */
static size_t
find_server(struct fleet_server *const *list, size_t count, const char *name)
{
	size_t n = find_place(list, count, name);

	return n < count && compare_cases(list[n]->name, name) == 0 ? n :
	    count;
}

/* The only one that is BARE with some domain; COUNT for none or several. */
static size_t
find_any_domain(struct fleet_server *const *list, size_t count,
    const char *bare)
{
	char *dotted = xasprintf("%s.", bare);
	size_t n = find_place(list, count, dotted), next = n + 1;
	bool found = n < count && utf_case_prefix(list[n]->name, dotted);
	bool other;

	while (found && next < count &&
	    compare_cases(list[n]->name, list[next]->name) == 0)
		next++;
	other = found && next < count &&
	    utf_case_prefix(list[next]->name, dotted);

	free(dotted);
	return found && !other ? n : count;
}

/* The server of ROW: by the name with its domain, else without; and where its
 * domain is not known, by the name with any. */
static size_t
server_of(struct fleet_server *const *list, size_t count,
    const struct fleet_row *row)
{
	char *full = xasprintf("%s.%s", row->name, row->domain != NULL ?
	    row->domain : "");
	char *bare = xstrndup(row->name, short_length(row->name));
	size_t n = find_server(list, count, full);

	if (n == count)
		n = find_server(list, count, row->name);
	if (n == count)
		n = find_server(list, count, bare);
	if (n == count && (row->domain == NULL || row->domain[0] == '\0'))
		n = find_any_domain(list, count, bare);
	free(full);
	free(bare);
	return n;
}

/* Groups for the rows, and a row for each server that has none. */
static void
match_servers(struct fleet *f)
{
	size_t i, n, count = f->count, servers = f->server_count;
	struct fleet_server **list = xcalloc(servers, sizeof(*list));
	bool *found = xcalloc(servers, sizeof(*found));

	for (i = 0; i < servers; i++)
		list[i] = &f->servers[i];
	qsort(list, servers, sizeof(*list), by_server);
	for (i = 0; i < count; i++) {
		if (!is_judged(f->rows[i]) || !f->rows[i]->named)
			continue;
		n = server_of(list, servers, f->rows[i]);
		if (n == servers)
			continue;
		found[n] = true;
		f->rows[i]->group = list[n]->group;
	}
	for (i = 0; i < servers; i++)
		if (!found[i] && (i == 0 || by_server(&list[i - 1],
		    &list[i]) != 0))
			fleet_add(f, fleet_row_missing(f, list[i]));
	free(list);
	free(found);
}

/* -------------------------------------------------------------- sorting */

static size_t
larger(size_t a, size_t b)
{
	return a > b ? a : b;
}

void
fleet_add_behind(struct fleet_behind *b, const struct fleet_row *row)
{
	size_t i;

	for (i = 0; i < row->install_count; i++) {
		const struct fleet_install *in = &row->installs[i];

		if (!in->counted)
			continue;
		b->known = true;
		b->updates = larger(b->updates, in->updates);
		b->security = larger(b->security, in->security);
		b->cves = larger(b->cves, in->cves);
	}
}

/* Those that lack more come first. */
static int
compare_behind(const struct fleet_row *a, const struct fleet_row *b)
{
	struct fleet_behind of_a = { .known = false };
	struct fleet_behind of_b = { .known = false };
	int n;

	fleet_add_behind(&of_a, a);
	fleet_add_behind(&of_b, b);
	n = compare_sizes(of_b.security, of_a.security);
	return n != 0 ? n : compare_sizes(of_b.cves, of_a.cves);
}

/* The worst first; what does not count is last. */
static int
by_badness(const void *pa, const void *pb)
{
	const struct fleet_row *a = *(struct fleet_row *const *)pa;
	const struct fleet_row *b = *(struct fleet_row *const *)pb;
	int n = compare_sizes(!fleet_counts(a), !fleet_counts(b));

	if (n == 0)
		n = compare_sizes(b->verdict, a->verdict);
	if (n == 0)
		n = compare_behind(a, b);
	if (n == 0)
		n = compare_texts(a->name, b->name);
	if (n == 0)
		n = compare_texts(a->domain, b->domain);
	if (n == 0)
		n = compare_texts(a->guid, b->guid);
	return n != 0 ? n : compare_sizes(a->order, b->order);
}

/* ------------------------------------------------------------- counting */

static int
by_text(const void *pa, const void *pb)
{
	return compare_texts(*(const char *const *)pa,
	    *(const char *const *)pb);
}

static int
by_count(const void *pa, const void *pb)
{
	const struct fleet_count *a = pa, *b = pb;
	int n = compare_sizes(b->count, a->count);

	return n != 0 ? n : compare_texts(a->what, b->what);
}

/* How often each of TEXTS, which are sorted for it, is there: the caller's. */
static struct fleet_count *
count_texts(const char **texts, size_t count, size_t *out)
{
	struct fleet_count *counts = NULL;
	size_t i, n = 0;

	if (count != 0)
		qsort(texts, count, sizeof(*texts), by_text);
	for (i = 0; i < count; i++) {
		if (n != 0 && strcmp(counts[n - 1].what, texts[i]) == 0) {
			counts[n - 1].count++;
			continue;
		}
		counts = xpush(counts, n, sizeof(*counts));
		counts[n++] = (struct fleet_count){ texts[i], 1 };
	}
	if (n != 0)
		qsort(counts, n, sizeof(*counts), by_count);
	*out = n;
	return counts;
}

static void
count_releases(struct fleet *f)
{
	const char **texts = NULL;
	size_t i, k, n = 0;

	for (i = 0; i < f->count; i++)
		for (k = 0; fleet_counts(f->rows[i]) &&
		    k < f->rows[i]->install_count; k++) {
			texts = xpush(texts, n, sizeof(*texts));
			texts[n++] = f->rows[i]->installs[k].title;
		}
	f->releases = count_texts(texts, n, &f->release_count);
	free(texts);
}

const char *
fleet_group_of(const struct fleet *f, const struct fleet_row *row)
{
	const struct fleet_install *in = row->install_count != 0 ?
	    &row->installs[0] : NULL;

	switch (f->grouping) {
	case FLEET_BY_PRODUCT:
		return in != NULL && in->product != NULL ? in->product->name :
		    "";
	case FLEET_BY_RELEASE:
		return in != NULL && in->release != NULL ? in->release->name :
		    "";
	case FLEET_BY_VERDICT:
		return verdict_name(row->verdict);
	case FLEET_BY_LIST:
		break;
	}
	return row->group;
}

/* A text that the fleet keeps. */
static const char *
keep(struct fleet *f, char *text)
{
	f->texts = xpush(f->texts, f->text_count, sizeof(*f->texts));
	return f->texts[f->text_count++] = text;
}

/* The builds of the rows of LIST, which are those of one group. */
static void
count_builds(struct fleet *f, struct fleet_row *const *list, size_t count,
    struct fleet_group *g)
{
	char v[VERSION_TEXT];
	const char **texts = NULL;
	size_t i, k, n = 0;

	for (i = 0; i < count; i++)
		for (k = 0; k < list[i]->install_count; k++) {
			texts = xpush(texts, n, sizeof(*texts));
			texts[n++] = keep(f, xstrdup(version_format(
			    list[i]->installs[k].build, v)));
		}
	g->builds = count_texts(texts, n, &g->build_count);
	free(texts);
}

/* A row and the name of its group. */
struct member {
	const char	*group;
	struct fleet_row *row;
};

static int
by_group(const void *pa, const void *pb)
{
	const struct member *a = pa, *b = pb;
	int n = compare_texts(a->group, b->group);

	return n != 0 ? n : by_badness(&a->row, &b->row);
}

static void
add_group(struct fleet *f, const struct member *members, size_t count)
{
	struct fleet_group g = { .name = members[0].group, .hosts = count };
	struct fleet_row **list = xcalloc(count, sizeof(*list));
	size_t i;

	for (i = 0; i < count; i++) {
		list[i] = members[i].row;
		g.verdicts[list[i]->verdict]++;
	}
	count_builds(f, list, count, &g);
	free(list);
	f->groups = xpush(f->groups, f->group_count, sizeof(g));
	f->groups[f->group_count++] = g;
}

static void
count_groups(struct fleet *f)
{
	struct member *members = xcalloc(f->count, sizeof(*members));
	size_t i, from, n = 0;

	for (i = 0; i < f->count; i++) {
		const char *group = fleet_group_of(f, f->rows[i]);

		if (fleet_counts(f->rows[i]) && group[0] != '\0')
			members[n++] = (struct member){ group, f->rows[i] };
	}
	if (n != 0)
		qsort(members, n, sizeof(*members), by_group);
	for (from = 0; from < n; from = i) {
		for (i = from + 1; i < n && strcmp(members[i].group,
		    members[from].group) == 0; i++)
			continue;
		add_group(f, members + from, i - from);
	}
	free(members);
}

void
fleet_conclude(struct fleet *f)
{
	size_t i, k;

	find_duplicates(f);
	if (f->server_count != 0)
		match_servers(f);
	if (f->count != 0)
		qsort(f->rows, f->count, sizeof(*f->rows), by_badness);
	f->worst = SEV_NOTE;
	for (i = 0; i < f->count; i++) {
		struct fleet_row *row = f->rows[i];

		f->states[row->state]++;
		for (k = 0; k < row->accepted_count; k++)
			row->accepted[k]->used++;
		if (!fleet_counts(row))
			continue;
		f->verdicts[row->verdict]++;
		f->worst = severity_worse(f->worst, row->verdict);
	}
	count_releases(f);
	count_groups(f);
}

void
fleet_fini(struct fleet *f)
{
	size_t i;

	for (i = 0; i < f->count; i++)
		fleet_row_free(f->rows[i]);
	for (i = 0; i < f->group_count; i++)
		free(f->groups[i].builds);
	for (i = 0; i < f->text_count; i++)
		free(f->texts[i]);
	free(f->rows);
	free(f->groups);
	free(f->texts);
	free(f->releases);
}
