/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"
#include "base/utf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Files beside ExSetup.exe. A rollup need not replace each, and some carry a
 * version of their own that differs by a digit: the catalogue has those. A
 * file of another update than ExSetup.exe's is the sign of a setup that was
 * cut short, or of one that was taken back by half.
 */

#define TRANSCODING	"TranscodingService.exe"

static const struct cat_component *
transcoding_of(const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < r->component_count; i++)
		if (utf_casecmp(r->components[i].file, TRANSCODING) == 0)
			return &r->components[i];
	return NULL;
}

/* The update of the branch that has this TranscodingService.exe. */
static const struct cat_release *
owner_of_version(const struct cat_branch *b, struct version v)
{
	const struct cat_component *m;
	size_t i;

	for (i = 0; i < b->release_count; i++) {
		m = transcoding_of(b->releases[i]);
		if (version_equal(m != NULL ? m->build :
		    b->releases[i]->build, v))
			return b->releases[i];
	}
	return NULL;
}

static const struct cat_release *
owner_of_digest(const struct cat_branch *b, const char *hex)
{
	size_t i, k;

	for (i = 0; i < b->release_count; i++)
		for (k = 0; k < b->releases[i]->file_count; k++)
			if (strcmp(b->releases[i]->files[k].digest.hex,
			    hex) == 0)
				return b->releases[i];
	return NULL;
}

bool
release_is_base(const struct cat_release *r)
{
	return r->kind == CAT_RTM || r->kind == CAT_SP || r->kind == CAT_CU;
}

/* WHAT is the file and how it shows. */
static void
add_differs(struct judge *j, struct assess_exchange *x,
    const struct cat_release *running, const struct cat_release *owner,
    const char *what, ev_id ev)
{
	bool conflict = owner != NULL && !release_is_base(owner);
	char *of = owner != NULL ? release_title(owner) : NULL;
	char *runs = release_title(running);
	struct finding *f;

	f = judge_add(j, conflict ? RULE_EVIDENCE_CONFLICT :
	    RULE_COMPONENT_DIFFERS, "%s, %s%s, while ExSetup.exe is that of "
	    "%s.%s", what, of != NULL ? "as in " : "as in no release that is "
	    "known", of != NULL ? of : "", runs, conflict ? " Look for a setup "
	    "that was cut short, install the update again, and scan again." :
	    "");
	finding_evidence(f, ev);
	finding_evidence(f, x->ex->exsetup.ev);
	if (conflict)
		judge_conflict(x, what, "install the update again");
	free(runs);
	free(of);
}

/* A version that is not the release's: is it that of another update? */
static enum installed
judge_other_version(struct judge *j, struct assess_exchange *x,
    const struct cat_release *running)
{
	const struct site_file *file = &x->ex->transcoding;
	const struct cat_release *owner = owner_of_version(running->branch,
	    file->version);
	char text[VERSION_TEXT], what[128];

	snprintf(what, sizeof(what), TRANSCODING " is %s",
	    version_format(file->version, text));
	add_differs(j, x, running, owner, what, file->ev);
	return owner != NULL && !release_is_base(owner) ? INSTALLED_CONFLICT :
	    INSTALLED_PROBABLE;
}

/*
 * What the file allows to be said. Where the catalogue knows no version of it
 * for the release, an older one is no fault, and none is no lack.
 */
static enum installed
judge_transcoding(struct judge *j, struct assess_exchange *x,
    const struct cat_release *running)
{
	const struct cat_component *own = transcoding_of(running);
	const struct site_file *file = &x->ex->transcoding;

	if (file->state == EV_UNREADABLE)
		return INSTALLED_PROBABLE;
	if (file->state == EV_ABSENT && own != NULL)
		return INSTALLED_PROBABLE;
	if (file->state != EV_PRESENT)
		return INSTALLED_UNKNOWN;
	if (version_equal(file->version, own != NULL ? own->build :
	    running->build))
		return INSTALLED_PROVEN;
	if (own == NULL && version_cmp(file->version, running->build) < 0)
		return INSTALLED_UNKNOWN;
	return judge_other_version(j, x, running);
}

static void
judge_digest(struct judge *j, struct assess_exchange *x,
    const struct cat_release *running, const struct site_digest *g)
{
	struct buf b;

	if (g->state != EV_PRESENT ||
	    strcmp(g->sha256, g->listed->digest.hex) == 0)
		return;
	buf_init(&b, DETAIL_MAX);
	buf_printf(&b, "%s has another digest than listed", g->path);
	add_differs(j, x, running, owner_of_digest(running->branch,
	    g->sha256), buf_text(&b), g->ev);
	buf_fini(&b);
}

void
judge_components(struct judge *j, struct assess_exchange *x,
    const struct cat_release *running)
{
	size_t i;

	x->w->component = judge_transcoding(j, x, running);
	/* One such file says all that the next ones would. */
	for (i = 0; i < x->ex->digest_count && x->conflict == NULL; i++)
		judge_digest(j, x, running, &x->ex->digests[i]);
}

void
put_components(struct buf *b, const struct assess_exchange *x)
{
	const struct cat_component *own = transcoding_of(x->release);
	const struct site_file *file = &x->ex->transcoding;
	size_t i, same = 0;

	if (own != NULL && file->state == EV_PRESENT &&
	    version_equal(file->version, own->build))
		buf_puts(b, " " TRANSCODING " is the one that it brings.");
	for (i = 0; i < x->ex->digest_count; i++)
		same += x->ex->digests[i].state == EV_PRESENT &&
		    strcmp(x->ex->digests[i].sha256,
		    x->ex->digests[i].listed->digest.hex) == 0;
	if (same != 0)
		buf_printf(b, " Digests of installed files that are those of "
		    "this build: %zu.", same);
}
