/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/query_parts.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "catalogue/answer.h"
#include "catalogue/pasted.h"
#include "catalogue/pasted_mask.h"
#include "catalogue/plain.h"
#include "catalogue/query_find.h"

#include <stdlib.h>
#include <string.h>

/* Questions as they come: a line may be one, or have several in it. */

static char *
trimmed(const char *text)
{
	size_t len;

	text += strspn(text, " ");
	len = strlen(text);
	while (len > 0 && text[len - 1] == ' ')
		len--;
	return xstrndup(text, len);
}

/* TEXT as plain text, the caller's. */
static char *
plain_of(const char *text)
{
	struct buf b;
	char *plain;

	buf_init(&b, 3 * strlen(text) + 1);
	plain_text(text, &b);
	plain = trimmed(buf_text(&b));
	buf_fini(&b);
	return plain;
}

/* P is of PLAIN. May the words around be passed over? Not where they ask for
 * others; and where all of them are understood, somebody wrote what he
 * meant. */
static bool
is_pasted(struct query_asker *q, const char *plain, bool block,
    const struct pasted *p)
{
	struct terms t;

	terms_read(q->c, plain, &t);
	if (t.unknown[0] == '\0' && !block)
		return false;
	/* A single word is not passed over in part. */
	if (strpbrk(plain, " ,;|") == NULL)
		return false;
	/* In a text, a build that is found is asked for, whatever is said of
	 * it. */
	if (block && p->count != 0 && p->items[0].kind != PASTED_WORDS)
		t.relation = NULL;
	return strchr(plain, PLAIN_ODD) == NULL && t.relation == NULL &&
	    (p->count != 0 || strcmp(p->rest, plain) != 0);
}

/* ITEM alone. */
static void
ask_item(struct query_asker *q, struct query_answer *a,
    const struct pasted_item *item)
{
	switch (item->kind) {
	case PASTED_BUILD:
	case PASTED_HEADER:
		a->kind = QUERY_BUILD;
		query_find_build(a, q->c, item->build,
		    item->kind == PASTED_HEADER);
		break;
	case PASTED_DISPLAY:
		a->kind = QUERY_BUILD;
		query_find_display(a, q->c, item->build);
		break;
	case PASTED_WORDS:
		query_plain(q, a, item->text);
		break;
	}
}

/* The only thing that a line names must agree with its words. A value that
 * had a label may be a name. */
static void
ask_only(struct query_asker *q, struct query_answer *a, const char *plain,
    const struct pasted *p)
{
	struct query_answer *found = answer_new(a->query);
	struct terms t, all;
	char *value;

	if (p->count == 0) {
		value = trimmed(p->rest);
		query_plain(q, found, value);
		free(value);
		answer_swap(a, found);
		query_answer_free(found);
		return;
	}
	terms_read(q->c, p->rest, &t);
	t.build = p->items[0].build;
	/* A KB and a day speak of one another; a day of a log does not. */
	terms_read(q->c, plain, &all);
	if (p->items[0].kind == PASTED_WORDS)
		t.by_year = all.by_year;
	if (t.odd[0] != '\0' || t.two || (t.service &&
	    query_names_server(&t)))
		;			/* what was said of it stands */
	else if (t.kb[0] != '\0')
		query_kb(q, found, &t);
	else {
		ask_item(q, found, &p->items[0]);
		query_keep_cves(found, &t);
		t.build.parts = 0;
		/* "EX2016" alone may be the name of a server. */
		if (p->items[0].kind != PASTED_WORDS && !t.apart &&
		    t.sp == 0 && t.cu == 0 && t.ru == 0)
			t.product = NULL;
		query_sift(q, found, &t, p->items[0].text);
		query_keep_least(found);
	}
	answer_swap(a, found);
	query_answer_free(found);
}

/* A build that stands in a path only, or beside another product's name, is
 * none of a server; in a BLOCK it may be the address of a host. */
static void
drop_foreign(struct query_asker *q, struct query_answer *a, const char *plain,
    bool block)
{
	struct pasted p;
	struct terms t;

	if (a->match == QUERY_NONE || a->kind != QUERY_BUILD ||
	    a->build.parts < 4)
		return;
	terms_read(q->c, plain, &t);
	if (t.unknown[0] == '\0')
		return;
	pasted_read(q->c, plain, block, &p);
	if (p.count == 0) {
		query_drop(a);
		a->least = NULL;
		a->service = NULL;
		answer_note(a, "The number is part of a path, or of something "
		    "that is not Exchange.");
	}
	pasted_fini(&p);
}

static struct query_answer *
ask_line(struct query_asker *q, const char *text, bool block)
{
	struct query_answer *a = answer_new(text), *other;
	char *plain = plain_of(text);
	struct pasted p;

	query_plain(q, a, plain);
	drop_foreign(q, a, plain, block);
	if (a->match == QUERY_NONE) {
		other = answer_new(text);
		pasted_read(q->c, plain, block, &p);
		if (is_pasted(q, plain, false, &p) && p.count < 2)
			ask_only(q, other, plain, &p);
		if (other->match != QUERY_NONE)
			answer_swap(a, other);
		query_answer_free(other);
		pasted_fini(&p);
	}
	free(plain);
	return answer_done(a);
}

struct query_answer *
query_ask(struct query_asker *q, const char *text)
{
	return ask_line(q, text, false);
}

/* Is A more than a word that happened to be understood? */
static bool
is_whole(const struct query_answer *a, const char *plain)
{
	const struct cat_release *r = a->release_count != 0 ?
	    a->releases[0] : NULL;
	size_t i;

	switch (a->kind) {
	case QUERY_BUILD:
		return a->match == QUERY_EXACT;
	case QUERY_KB:
		return has_word(plain, "kb");
	case QUERY_NAME:
		for (i = 1; i < a->release_count; i++)
			if (a->releases[i]->branch != r->branch)
				return false;
		return r != NULL;
	default:
		return true;
	}
}

void
query_ask_line(struct query_asker *q, const char *text, bool block,
    void (*add)(void *ctx, struct query_answer *a), void *ctx)
{
	struct query_answer *a;
	char *plain = plain_of(text);
	struct pasted p;
	struct terms t;
	size_t i;

	pasted_read(q->c, plain, block, &p);
	if (is_pasted(q, plain, block, &p) && (p.count > 1 || (block &&
	    p.count == 1 && p.items[0].kind != PASTED_WORDS))) {
		terms_read(q->c, plain, &t);
		for (i = 0; i < p.count; i++) {
			a = answer_new(p.count == 1 ? text :
			    p.items[i].text);
			ask_item(q, a, &p.items[i]);
			query_keep_cves(a, &t);
			add(ctx, answer_done(a));
		}
	} else {
		a = ask_line(q, text, block);
		if (!block || a->kind == QUERY_CVE ||
		    (a->match != QUERY_NONE && is_whole(a, plain)))
			add(ctx, a);
		else
			query_answer_free(a);
	}
	pasted_fini(&p);
	free(plain);
}
