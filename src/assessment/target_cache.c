/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ready.h"

#include "base/utf.h"

#include <stdio.h>
#include <string.h>

/* The packages in the cache of Windows Installer: it asks for each of them
 * again, and who gives it another one fares as who gives it none. */

/* Where a copy of a package can be had. */
struct copy {
	const struct site_package *p;
	const char	*owner;		/* what it is of */
	const char	*file;		/* its name where it was got */
	const char	*from;		/* and the place; "" */
	const char	*error;
	bool		 told;		/* without it is a warning only */
};

/* Where it is said that something is wrong with it, and that nobody knows. */
static struct texts *
against(struct question_of_target *q, const struct copy *c)
{
	return c->told ? &q->out->warnings : &q->blocks;
}

static struct texts *
doubts(struct question_of_target *q, const struct copy *c)
{
	return c->told ? &q->out->unseen : &q->doubts;
}

static void
put_cure(struct buf *b, const struct copy *c)
{
	buf_printf(b, "copy %s%s%s", c->file != NULL ? c->file :
	    c->p->original_name != NULL ? c->p->original_name :
	    "the package", c->from[0] != '\0' ? " " : "", c->from);
	if (c->p->path != NULL)
		buf_printf(b, " back as %s", c->p->path);
	else
		buf_puts(b, " back into C:\\Windows\\Installer, and register "
		    "it there");
}

/* Is it gone, or cannot be read? True when that was said. */
static bool
judge_there(struct question_of_target *q, const struct copy *c)
{
	const struct site_package *p = c->p;
	const char *name = p->original_name;
	struct buf cure;

	buf_init(&cure, DETAIL_MAX);
	put_cure(&cure, c);
	if (p->state == EV_ABSENT)
		ready_say(against(q, c), "cached package %s of %s%s%s%s is "
		    "missing: expect Windows Installer error %s; %s", p->path,
		    c->owner, name != NULL ? " (" : "",
		    name != NULL ? name : "", name != NULL ? ")" : "",
		    c->error, buf_text(&cure));
	else if (p->state == EV_UNKNOWN && p->path == NULL)
		ready_say(against(q, c), "no cached package of %s is "
		    "registered: expect Windows Installer error %s; %s",
		    c->owner, c->error, buf_text(&cure));
	else if (p->seen != NULL && p->seen->verdict == SIG_INVALID)
		ready_say(against(q, c), "cached package %s of %s is not what "
		    "was signed: %s; %s", p->path, c->owner,
		    p->seen->why.text, buf_text(&cure));
	else if (p->state == EV_UNREADABLE || (p->seen != NULL &&
	    p->seen->verdict == SIG_UNREADABLE))
		ready_say(doubts(q, c), "cached package %s of %s could not be "
		    "read", p->path, c->owner);
	else {
		buf_fini(&cure);
		return false;
	}
	buf_fini(&cure);
	return true;
}

/* It has the code that is registered: or else it is of another release. */
static bool
judge_code(struct question_of_target *q, const struct copy *c,
    const char *registered, const char *inside)
{
	struct buf cure;

	if (registered == NULL || inside == NULL) {
		ready_say(doubts(q, c), "whether %s is the package of %s that "
		    "is registered could not be read", c->p->path, c->owner);
		return false;
	}
	if (utf_casecmp(registered, inside) == 0)
		return true;
	buf_init(&cure, DETAIL_MAX);
	put_cure(&cure, c);
	ready_say(against(q, c), "cached package %s is not that of the "
	    "installed %s: it has the code %s, and %s is registered; expect "
	    "Windows Installer error %s; %s", c->p->path, c->owner, inside,
	    registered, c->error, buf_text(&cure));
	buf_fini(&cure);
	return false;
}

static size_t
judge_product(struct question_of_target *q, const struct site_product *msi)
{
	const struct cat_branch *b = q->x->branch;
	char from[80];
	struct copy c = { &msi->msi, msi_words(msi), NULL, from,
	    "1706, 1612 or 1603", false };
	const struct inspected *seen = msi->msi.seen;

	from[0] = '\0';
	if (b != NULL)
		snprintf(from, sizeof(from), "from the files of %s %s",
		    b->product->name, b->id);
	ready_prove(q, msi->ev);
	ready_prove(q, msi->msi.ev);
	if (judge_there(q, &c) || seen == NULL)
		return 0;
	return judge_code(q, &c, msi->package_code,
	    seen->facts->package_code);
}

static size_t
judge_update(struct question_of_target *q, const struct site_update *u)
{
	struct copy c = { &u->package, update_words(u),
	    u->package.original_name, "", "1635, 1612 or 1603", false };
	const struct inspected *seen = u->package.seen;

	ready_prove(q, u->ev);
	ready_prove(q, u->package.ev);
	if (judge_there(q, &c) || seen == NULL)
		return 0;
	return judge_code(q, &c, u->patch_code, seen->facts->has_patch ?
	    seen->facts->patch.code : NULL);
}

void
ready_caches(struct question_of_target *q)
{
	const struct site_product *msi = q->x->ex->msi;
	size_t i, right;

	if (msi == NULL) {
		ready_doubt(q, "Windows Installer's record of Exchange was "
		    "not found: without it every update fails (1603)");
		return;
	}
	right = judge_product(q, msi);
	for (i = 0; i < msi->update_count; i++)
		right += judge_update(q, &msi->updates[i]);
	if (right == 1 + msi->update_count)
		ready_check(q, "%zu cached package%s of Exchange: there, and "
		    "of the registered codes", right, right == 1 ? "" : "s");
}

/* ---------------------------------------------------------------- packs */

static bool
judge_pack(struct question_of_target *q, const struct cat_require *x,
    const struct site_product *p)
{
	struct copy c = { &p->msi, msi_words(p), NULL,
	    "from where it was installed", x->error[0] != '\0' ? x->error :
	    "1603 or 1612", x->blocks == CAT_BLOCKS_NOTHING };

	ready_prove(q, p->ev);
	ready_prove(q, p->msi.ev);
	if (judge_there(q, &c))
		return false;
	/* That packages were not opened is told once, for all. */
	if (q->j->inv->packages_skipped)
		return false;
	return judge_code(q, &c, p->package_code, p->inside);
}

void
ready_packs(struct question_of_target *q, const struct cat_require *x)
{
	const struct scene *s = q->j->scene;
	size_t i, found = 0, right = 0;

	for (i = 0; i < s->facts->product_count; i++) {
		const struct site_product *p = &s->products[i];

		if (p == q->x->ex->msi || p->name == NULL ||
		    !utf_case_prefix(p->name, x->name))
			continue;
		found++;
		right += judge_pack(q, x, p);
	}
	for (i = 0; i < s->facts->asked.packs.count; i++)
		if (utf_casecmp(s->facts->asked.packs.list[i], x->name) == 0)
			break;
	if (i == s->facts->asked.packs.count)
		ready_say(x->blocks == CAT_BLOCKS_NOTHING ? &q->out->unseen :
		    &q->doubts, "products called \"%s\" were not looked for",
		    x->name);
	else if (found != 0 && right == found)
		ready_check(q, "cached packages of %zu %s", found, x->name);
}
