/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

#include "base/utf.h"

/*
 * Is the update in whole? One that is run without being elevated leaves
 * ExSetup.exe new and other files as they were. What its package lists is held
 * against the files, where somebody asked for that.
 */

#define NAMED	3		/* older files that are named */

struct tally {
	const struct site_update *update;	/* that is effective */
	const struct inv_update_list *list;	/* NULL: its package was not
						   read */
	size_t		 here, older, unread, gone;
	const struct inv_update_file *lost;	/* the first that is gone */
	const struct inv_update_file *first[NAMED]; /* of the older ones */
};

static const struct inv_update_list *
list_of(const struct inventory *inv, const char *code)
{
	size_t i;

	for (i = 0; code != NULL && i < inv->update_list_count; i++)
		if (utf_casecmp(inv->update_lists[i].patch_code, code) == 0)
			return &inv->update_lists[i];
	return NULL;
}

static bool
is_looked_for(const struct inventory *inv)
{
	return (inv->asked.groups & INV_GROUP_UPDATE_LISTS) != 0;
}

/* False where nobody asked, and where no update is in. */
static bool
count_files(const struct judge *j, const struct witnesses *w,
    struct tally *out)
{
	const struct site_update *u = w->match != NULL ? w->match : w->newest;
	size_t i;

	*out = (struct tally){ .update = u };
	if ((!is_looked_for(j->inv) && !j->inv->deep) ||
	    j->inv->packages_skipped || u == NULL)
		return false;
	out->list = list_of(j->inv, u->patch_code);
	if (out->list == NULL)
		return true;
	for (i = 0; i < out->list->file_count; i++) {
		const struct inv_update_file *f = &out->list->files[i];

		if (f->state == EV_ABSENT) {
			out->lost = out->gone++ == 0 ? f : out->lost;
			continue;
		}
		out->here++;
		if (f->state != EV_PRESENT || !version_known(f->listed) ||
		    !version_known(f->version))
			out->unread++;
		else if (version_cmp(f->version, f->listed) < 0) {
			if (out->older < NAMED)
				out->first[out->older] = f;
			out->older++;
		}
	}
	return true;
}

bool
judge_is_half_in(const struct judge *j, const struct assess_exchange *x)
{
	struct tally t;

	return count_files(j, x->w, &t) && t.older != 0;
}

static void
put_older(struct buf *b, const struct tally *t)
{
	char have[VERSION_TEXT], want[VERSION_TEXT];
	size_t i;

	for (i = 0; i < NAMED && i < t->older; i++)
		buf_printf(b, "%s%s (%s, not %s)", i == 0 ? "" : ", ",
		    t->first[i]->path,
		    version_format(t->first[i]->version, have),
		    version_format(t->first[i]->listed, want));
	if (t->older > NAMED)
		buf_printf(b, " and %zu more", t->older - NAMED);
}

unsigned
complete_update_files(struct ask *a)
{
	struct tally t;
	struct buf b;
	size_t i;

	if (!count_files(a->j, a->w, &t))
		return ANSWER_STRUCK;
	prove(a, t.update->package.ev);
	if (!is_looked_for(a->j->inv)) {
		lack(a, "the files of the update were not looked for: scan "
		    "the server again");
		return COMPLETE_UNKNOWN;
	}
	if (t.list == NULL) {
		lack(a, "the package of %s, whose list of files tells "
		    "whether the update is in whole",
		    update_words(t.update));
		return COMPLETE_UNKNOWN;
	}
	if (t.older != 0) {
		buf_init(&b, DETAIL_MAX);
		put_older(&b, &t);
		for (i = 0; i < NAMED && i < t.older; i++)
			prove(a, t.first[i]->ev);
		lack(a, "%zu of %zu files of %s are older than it brings "
		    "them: %s", t.older, t.here, update_words(t.update),
		    buf_text(&b));
		buf_fini(&b);
		return COMPLETE_NO;
	}
	if (t.list->state != EV_PRESENT && t.list->state != EV_ABSENT) {
		lack(a, "the list of files in the package of %s: %s",
		    update_words(t.update), t.list->why != NULL ?
		    t.list->why : "not read");
		return COMPLETE_UNKNOWN;
	}
	if (t.gone != 0) {
		prove(a, t.lost->ev);
		lack(a, "%zu of the files of %s %s gone, though what they "
		    "belong to is installed: %s%s", t.gone,
		    update_words(t.update), t.gone == 1 ? "is" : "are",
		    t.lost->path, t.gone > 1 ? " is the first" : "");
		return COMPLETE_UNKNOWN;
	}
	if (t.list->unrecorded != 0) {
		lack(a, "the record of Windows Installer that tells whether "
		    "the role of %zu files of %s, which are not here, is "
		    "installed", t.list->unrecorded, update_words(t.update));
		return COMPLETE_UNKNOWN;
	}
	/* Of a package that lists none with a version, nothing is to be
	 * seen; of one that does, none of them here is none that is whole. */
	if (t.here == 0 && t.list->listed != 0) {
		lack(a, "any of the %zu files with a version that the package "
		    "of %s lists%s", t.list->listed, update_words(t.update),
		    t.list->unplaced == t.list->listed ? ": where they lie, "
		    "the package of the product does not tell" : "");
		return COMPLETE_UNKNOWN;
	}
	if (t.unread != 0) {
		lack(a, "the versions of %zu files of %s", t.unread,
		    update_words(t.update));
		return COMPLETE_UNKNOWN;
	}
	return ANSWER_STRUCK;
}

/* What was compared, for who wants to know what the answer rests on. */
void
judge_update_files(struct judge *j, struct assess_exchange *x)
{
	struct finding *f;
	struct tally t;
	struct buf b;

	if (!count_files(j, x->w, &t) || t.list == NULL ||
	    t.list->state == EV_UNKNOWN || t.list->state == EV_UNREADABLE)
		return;
	buf_init(&b, DETAIL_MAX);
	if (t.list->listed == 0)
		buf_printf(&b, "The package of %s lists no file with a "
		    "version: that the update is in whole was not seen.",
		    update_words(t.update));
	else if (t.here == 0)
		buf_printf(&b, "Of %zu files with a version that the package "
		    "of %s lists, none was found here: that the update is in "
		    "whole was not seen.", t.list->listed,
		    update_words(t.update));
	else
		buf_printf(&b, "%zu files were held against the package of "
		    "%s, which lists %zu with a version: %zu are older.",
		    t.here, update_words(t.update), t.list->listed, t.older);
	if (t.list->unplaced != 0)
		buf_printf(&b, " Where %zu of them lie, the package of the "
		    "product does not tell: they were not looked for.",
		    t.list->unplaced);
	f = judge_add(j, RULE_UPDATE_FILES, "%s", buf_text(&b));
	buf_fini(&b);
	finding_evidence(f, t.update->package.ev);
}
