/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "catalogue/check_rules.h"

#include <stdlib.h>
#include <string.h>

/*
 * Releases as a graph: an edge goes from the newer to the older one, be it
 * that the newer supersedes the older or that the older is to be replaced by
 * the newer. Both are statements about the same order, so a circle may well
 * be made of both.
 */
struct edge {
	size_t		 from, to;	/* indexes of releases */
	unsigned	 line;		/* that says so */
};

struct graph {
	struct edge	*edges;		/* by FROM and TO, each once */
	size_t		 edge_count;
	size_t		*first;		/* edge of each release; one more */
};

static void
add_edge(struct graph *g, const struct cat_release *newer,
    const struct cat_release *older, unsigned line)
{
	if (older == NULL || older == newer)
		return;
	g->edges[g->edge_count++] = (struct edge){ newer->index,
	    older->index, line };
}

static int
compare_ends(const struct edge *x, const struct edge *y)
{
	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return x->to < y->to ? -1 : x->to > y->to;
}

static int
compare_edges(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;
	int order = compare_ends(x, y);

	if (order != 0)
		return order;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void
add_release(struct graph *g, const struct cat_release *r)
{
	const struct cat_superseded *s = r->supersedes;
	size_t i;

	for (i = 0; i < r->supersedes_count; i++)
		add_edge(g, r, catalogue_superseded(r, &s[i]), s[i].line);
	if (r->replace.by != NULL)
		add_edge(g, r->replace.by, r, r->replace.line);
}

/* One update often says the same twice: superseded, and to be replaced. */
static void
sort_edges(struct graph *g)
{
	size_t i, n = 0;

	qsort(g->edges, g->edge_count, sizeof(*g->edges), compare_edges);
	for (i = 0; i < g->edge_count; i++)
		if (n == 0 || compare_ends(&g->edges[n - 1],
		    &g->edges[i]) != 0)
			g->edges[n++] = g->edges[i];
	g->edge_count = n;
}

static void
graph_init(struct checker *k, struct graph *g)
{
	const struct catalogue *c = k->c;
	size_t i, e, most = c->release_count;

	for (i = 0; i < c->release_count; i++)
		most += c->releases[i]->supersedes_count;
	g->edges = arena_alloc(&k->arena, most, sizeof(*g->edges));
	g->edge_count = 0;
	for (i = 0; i < c->release_count; i++)
		add_release(g, c->releases[i]);
	sort_edges(g);
	g->first = arena_alloc(&k->arena, c->release_count + 1,
	    sizeof(*g->first));
	for (i = e = 0; i <= c->release_count; i++) {
		while (e < g->edge_count && g->edges[e].from < i)
			e++;
		g->first[i] = e;
	}
}

/* A walk in depth: NEXT is the edge to take from each release, STATE where
 * the walk has been. */
enum state {
	UNSEEN, ON_PATH, DONE
};

struct walk {
	uint8_t		*state;
	size_t		*next;
	size_t		*path;
	size_t		 depth;
};

static void
enter(const struct graph *g, struct walk *w, size_t node)
{
	w->state[node] = ON_PATH;
	w->next[node] = g->first[node];
	w->path[w->depth++] = node;
}

static void
complain_circle(struct checker *k, const struct edge *e)
{
	const struct cat_release *newer = k->c->releases[e->from];
	const struct cat_release *older = k->c->releases[e->to];

	checker_complain(k, e->line, newer, older->id,
	    "%s supersedes or replaces %s (line %u), which in the end "
	    "supersedes or replaces it", newer->id, older->id, older->line);
}

static void
walk_from(struct checker *k, const struct graph *g, struct walk *w,
    size_t start)
{
	const struct edge *e;
	size_t node;

	enter(g, w, start);
	while (w->depth != 0) {
		node = w->path[w->depth - 1];
		if (w->next[node] == g->first[node + 1]) {
			w->state[node] = DONE;
			w->depth--;
			continue;
		}
		e = &g->edges[w->next[node]++];
		if (w->state[e->to] == ON_PATH)
			complain_circle(k, e);
		else if (w->state[e->to] == UNSEEN)
			enter(g, w, e->to);
	}
}

void
check_cycle(struct checker *k)
{
	size_t i, n = k->c->release_count;
	struct walk w = { .depth = 0 };
	struct graph g;

	graph_init(k, &g);
	w.state = arena_alloc(&k->arena, n, sizeof(*w.state));
	w.next = arena_alloc(&k->arena, n, sizeof(*w.next));
	w.path = arena_alloc(&k->arena, n, sizeof(*w.path));
	for (i = 0; i < n; i++)
		if (w.state[i] == UNSEEN)
			walk_from(k, &g, &w, i);
}
