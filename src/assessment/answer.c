/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/ask.h"
#include "assessment/obligations.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

#define LACKS_SHOWN	2	/* in one line; all are in the result */

/*
 * What the answers say beyond their word: the rest of the line, what to do,
 * and a severity that depends on more than the answer itself. The answers are
 * made before, by obligations.
 */

/* Everything that is missing, in one line. */
static void
text_of_lacks(struct answer *a, const char *before)
{
	struct buf b;
	size_t i;

	buf_init(&b, DETAIL_MAX);
	buf_puts(&b, before);
	for (i = 0; i < a->lack_count && i < LACKS_SHOWN; i++)
		buf_printf(&b, "%s%s", i != 0 ? "; " : "", a->lacks[i]);
	if (a->lack_count > LACKS_SHOWN)
		buf_printf(&b, "; and %zu more", a->lack_count - LACKS_SHOWN);
	answer_text(a, "%s", buf_text(&b));
	buf_fini(&b);
}

/* ------------------------------------------------------------ installed */

/* Which witnesses the proof is made of. */
static void
word_proven(struct answer *a, const struct scene *scene)
{
	static const struct {
		enum ev_kind	 kind;
		const char	*word;
	} words[] = {
		{ EV_FILE, "ExSetup.exe" },
		{ EV_PRODUCT, "Windows Installer" },
		{ EV_PACKAGE, "cached package" },
		{ EV_MARKER, "marker" },
		{ EV_SETUP, "Setup key" },
	};
	struct buf b;
	size_t i, k;

	buf_init(&b, TEXT_MAX);
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		for (k = 0; k < a->proof_count; k++)
			if (scene_evidence(scene, a->proof[k])->kind ==
			    words[i].kind) {
				buf_printf(&b, "%s%s", b.len != 0 ? ", " : "",
				    words[i].word);
				break;
			}
	answer_text(a, "%s", buf_text(&b));
	buf_fini(&b);
}

static void
word_installed(struct judge *j, struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_INSTALLED];
	const struct cat_product *p = x->ex->product;

	switch (a->value) {
	case INSTALLED_PROVEN:
		word_proven(a, j->scene);
		if (p != NULL && !p->has_exsetup)
			answer_text(a, "by the Setup key alone, which is all "
			    "that %s has; updates on top of it leave no build",
			    p->name);
		break;
	case INSTALLED_CONFLICT:
		text_of_lacks(a, "");
		answer_action(a, "%s, and scan again: %s", x->conflict != NULL ?
		    x->conflict_cure : "find out which of them is right",
		    x->conflict != NULL ? x->conflict : a->lacks[0]);
		break;
	case INSTALLED_PROBABLE:
		text_of_lacks(a, "");
		answer_action(a, "see to it, and scan again: %s", a->lacks[0]);
		break;
	default:
		text_of_lacks(a, "");
		answer_action(a, "which update is installed cannot be told; "
		    "see to it, and scan again: %s", a->lack_count != 0 ?
		    a->lacks[0] : "nothing was read");
		break;
	}
}

/* -------------------------------------------------- genuine and complete */

/* Not to know is mostly for the file that "installed" asks for as well: then
 * there is one thing to be done, and it is told once. */
static void
act_on_unknown_genuine(const struct judge *j, const struct assess_exchange *x,
    struct answer *a)
{
	const struct site_file *exe = &x->ex->exsetup;
	char *remedy;

	if (exe->state == EV_PRESENT || exe->state == EV_NOT_EXPECTED) {
		answer_action(a, "compare with the original download, and scan "
		    "again: %s", a->lack_count != 0 ? a->lacks[0] :
		    "nothing was read");
		return;
	}
	remedy = exsetup_remedy(j, exe);
	answer_action(a, "%s", remedy);
	free(remedy);
}

static void
word_genuine(const struct judge *j, const struct assess_exchange *x,
    struct answer *a)
{
	switch (a->value) {
	case GENUINE_YES:
		answer_text(a, "%s", "");
		break;
	case GENUINE_NOT_ASKED:
		answer_text(a, "cached packages were not opened "
		    "(--no-packages)");
		break;
	case GENUINE_NONE:
		answer_text(a, "nothing of it is signed and kept");
		break;
	case GENUINE_INCOMPLETE:
		text_of_lacks(a, "");
		answer_action(a, "put it back before the next update: %s",
		    a->lacks[0]);
		break;
	case GENUINE_NO:
		text_of_lacks(a, "");
		answer_action(a, "put the original back: %s", a->lacks[0]);
		break;
	default:
		text_of_lacks(a, "");
		act_on_unknown_genuine(j, x, a);
		break;
	}
}

/* What "installed" asks for, where nothing else is missing: told once, too. */
static void
act_on_unknown_complete(const struct judge *j,
    const struct assess_exchange *x, struct answer *a)
{
	const struct answer *installed = &x->answers[ASK_INSTALLED];
	char *remedy;

	if (a->lack_count == 1 && x->ex->exsetup.state != EV_PRESENT) {
		remedy = exsetup_remedy(j, &x->ex->exsetup);
		answer_action(a, "%s", remedy);
		free(remedy);
	} else if (a->lack_count == 1 &&
	    installed->value == INSTALLED_CONFLICT)
		answer_action(a, "%s", installed->action);
	else
		answer_action(a, "whether setup has finished cannot be told: "
		    "%s", a->lack_count != 0 ? a->lacks[0] :
		    "nothing was read");
}

static void
word_complete(const struct judge *j, const struct assess_exchange *x,
    struct answer *a)
{
	switch (a->value) {
	case COMPLETE_YES:
		answer_text(a, "%s", "");
		break;
	case COMPLETE_NONE:
		answer_text(a, "setup keeps no record of it");
		break;
	case COMPLETE_NO:
		text_of_lacks(a, "");
		answer_action(a, "run Exchange setup again to its end: %s",
		    a->lacks[0]);
		break;
	case COMPLETE_DOUBTFUL:
		text_of_lacks(a, "");
		answer_action(a, "find out before the next update: %s",
		    a->lacks[0]);
		break;
	default:
		text_of_lacks(a, "");
		act_on_unknown_complete(j, x, a);
		break;
	}
}

/* ----------------------------------------------------------- severities */

/* A build that is newer than the catalogue asks for a newer catalogue, not
 * for anything on the server. */
static void
settle_newer(struct assess_exchange *x)
{
	struct answer *a = &x->answers[ASK_RERELEASE];

	if (!version_known(x->newer))
		return;
	a->severity = SEV_ADVISED;
	a->stale = true;
	answer_action(a, "refresh the catalogue: build and KB are newer than "
	    "it knows");
}

/*
 * Without the fix it is urgent where something of the server's own holds no
 * longer. On a host without Exchange nothing rests on it.
 */
static void
settle_fix(struct judge *j)
{
	struct answer *a = &j->a->answers[ASK_FIX];

	if (a->value == FIX_MISSING && judge_needs_fix(j, a))
		a->severity = SEV_REQUIRED;
	else if (a->value == FIX_UNKNOWN && j->a->answers[ASK_INSTALLED].value
	    == INSTALLED_NONE)
		a->severity = SEV_ADVISED;
}

/* ------------------------------------------------------------- the host */

static bool
is_hive_open(const struct inventory *inv, const char *name)
{
	size_t i;

	for (i = 0; i < inv->hive_count; i++)
		if (strcmp(inv->hives[i].name, name) == 0)
			return inv->hives[i].is_open &&
			    inv->hives[i].damaged == 0 &&
			    (!inv->hives[i].dirty ||
			    inv->hives[i].replay == INV_REPLAY_DONE);
	/* A live machine has no hive files: its registry always answers. */
	return inv->source == HOST_LIVE;
}

/* Where Exchange would have left something, and could not be looked at. */
static ev_id
unseen_place(const struct judge *j)
{
	static const enum ev_kind kinds[] = { EV_SETUP, EV_PRODUCT, EV_TRACE,
	    EV_ROLE, EV_MARKER, EV_PATCH };
	size_t i;
	ev_id id;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		id = unreadable_record(j, kinds[i], NULL);
		if (id != 0)
			return id;
	}
	return 0;
}

/* One reason, however many there are: a server has a score of services. */
static void
lack_traces(struct ask *a)
{
	const struct inventory *inv = a->j->inv;

	if (inv->trace_count == 1)
		lack(a, "no Setup key, and %s is there", inv->traces[0].what);
	else
		lack(a, "no Setup key, and %s is there, with %zu more traces "
		    "of Exchange", inv->traces[0].what, inv->trace_count - 1);
}

/* That there is no Exchange is proven as well: every place was looked at, and
 * nothing was there. */
static unsigned
installed_none(struct ask *a)
{
	const struct inventory *inv = a->j->inv;
	const struct scene *scene = a->j->scene;
	bool software = is_hive_open(inv, "SOFTWARE");
	unsigned allows = INSTALLED_NONE;
	size_t i;
	ev_id id;

	if (!software || !is_hive_open(inv, "SYSTEM")) {
		lack(a, "the %s hive could not be read to its end",
		    software ? "SYSTEM" : "SOFTWARE");
		allows = INSTALLED_UNKNOWN;
	}
	if (inv->windows.name == NULL && !version_known(inv->windows.version)) {
		if (software)
			lack(a, "the registry names no Windows");
		allows = INSTALLED_UNKNOWN;
	}
	for (i = 0; i < inv->trace_count; i++)
		prove(a, inv->traces[i].ev);
	if (inv->trace_count != 0) {
		lack_traces(a);
		allows = INSTALLED_UNKNOWN;
	}
	for (i = 0; i < scene->orphan_count; i++) {
		prove(a, scene->orphans[i]->ev);
		lack(a, "no Setup key, and Windows Installer has %s",
		    msi_words(scene->orphans[i]));
		allows = INSTALLED_UNKNOWN;
	}
	for (i = 0; i < inv->user_record_count; i++) {
		lack(a, "no Setup key, and Windows Installer has Exchange for "
		    "the user %s", inv->user_records[i].sid);
		allows = INSTALLED_UNKNOWN;
	}
	if (scene->unasked != NULL)
		allows = installed_asked(a);
	id = unseen_place(a->j);
	if (id != 0) {
		lack(a, "%s could not be read",
		    scene_evidence(a->j->scene, id)->where);
		allows = INSTALLED_UNKNOWN;
	}
	return allows;
}

/* What every other question answers where there is no Exchange. */
static void
answer_without(struct judge *j)
{
	static const unsigned none[QUESTION_COUNT] = {
		[ASK_GENUINE] = GENUINE_NONE,
		[ASK_COMPLETE] = COMPLETE_NONE,
		[ASK_RERELEASE] = RERELEASE_NONE,
		[ASK_CURRENT] = CURRENT_NONE,
		[ASK_SUPPORTED] = SUPPORTED_NONE,
	};
	struct answer *all = j->a->answers, *a = &all[ASK_INSTALLED];
	struct ask q = { j, NULL, NULL, a };
	size_t i;

	a->value = installed_none(&q);
	a->severity = question_get(ASK_INSTALLED)->answers[a->value].severity;
	if (a->value == INSTALLED_NONE) {
		answer_text(a, "no Exchange is installed here");
	} else {
		text_of_lacks(a, "");
		answer_action(a, "see to it, and scan again: %s", a->lacks[0]);
	}
	for (i = 0; i < QUESTION_COUNT; i++) {
		if (i == ASK_INSTALLED || i == ASK_FIX || i == ASK_READY)
			continue;
		all[i].question = (enum question)i;
		all[i].value = a->value == INSTALLED_NONE ? none[i] : 0;
		all[i].severity = question_get(all[i].question)->
		    answers[all[i].value].severity;
		q.answer = &all[i];
		if (a->value == INSTALLED_NONE)
			answer_text(&all[i], "no Exchange here");
		else {
			lack(&q, "whether Exchange is here is not known");
			text_of_lacks(&all[i], "");
		}
	}
}

static void
copy_answer(struct answer *to, const struct answer *from)
{
	size_t i;

	answer_fini(to);
	*to = (struct answer){ .question = from->question,
	    .value = from->value, .severity = from->severity,
	    .security = from->security, .stale = from->stale,
	    .text = xstrdup(from->text), .action = xstrdup(from->action) };
	rests_on_all(&to->rests, &from->rests);
	for (i = 0; i < from->proof_count; i++)
		answer_prove(to, from->proof[i]);
	for (i = 0; i < from->lack_count; i++) {
		to->lacks = xpush(to->lacks, to->lack_count,
		    sizeof(*to->lacks));
		to->lacks[to->lack_count++] = xstrdup(from->lacks[i]);
	}
}

/* Is A the worse answer of the two? */
static bool
is_worse(const struct answer *a, const struct answer *b)
{
	if (a->severity != b->severity)
		return severity_worse(a->severity, b->severity) ==
		    a->severity;
	return a->value != b->value &&
	    answer_worse(a->question, a->value, b->value) == a->value;
}

/* The host answers as its worst installation does. */
static void
answer_with(struct judge *j)
{
	struct assessment *a = j->a;
	size_t i, q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		const struct answer *worst = &a->exchange[0].answers[q];

		if (q == ASK_FIX || q == ASK_READY)
			continue;
		for (i = 1; i < a->exchange_count; i++)
			if (is_worse(&a->exchange[i].answers[q], worst))
				worst = &a->exchange[i].answers[q];
		copy_answer(&a->answers[q], worst);
	}
}

/* Exchange of another product, without a Setup key to it: what is installed
 * beside the others is not known. */
static void
answer_orphans(struct judge *j)
{
	struct answer *a = &j->a->answers[ASK_INSTALLED];
	struct ask q = { j, NULL, NULL, a };
	size_t i;

	for (i = 0; i < j->scene->orphan_count; i++) {
		prove(&q, j->scene->orphans[i]->ev);
		lack(&q, "Windows Installer has %s, and there is no Setup key "
		    "to it", msi_words(j->scene->orphans[i]));
		a->value = answer_worse(ASK_INSTALLED, a->value,
		    INSTALLED_CONFLICT);
	}
	if (i == 0)
		return;
	a->severity = question_get(ASK_INSTALLED)->answers[a->value].severity;
	text_of_lacks(a, "");
	answer_action(a, "see to it, and scan again: %s",
	    a->lacks[a->lack_count - 1]);
}

/* A file that --deep found changed counts without Exchange too. */
static void
answer_deep(struct judge *j)
{
	struct answer *a = &j->a->answers[ASK_GENUINE];
	const struct scene *scene = j->scene;
	size_t i;

	for (i = 0; i < scene->defective_count; i++)
		if (scene->defective[i].verdict == SIG_INVALID) {
			a->value = GENUINE_NO;
			a->severity = SEV_REQUIRED;
			answer_text(a, "%s is not what was signed",
			    scene->defective[i].path);
			answer_action(a, "put the original back: %s", a->text);
			return;
		}
}

void
answer_host(struct judge *j)
{
	struct answer *fix = &j->a->answers[ASK_FIX];

	if (j->a->exchange_count == 0) {
		answer_without(j);
		answer_deep(j);
	} else {
		answer_with(j);
		answer_orphans(j);
	}
	settle_fix(j);
	if (fix->action == NULL && fix->value == FIX_MISSING)
		answer_action(fix, "%s", fix->text);
	else if (fix->action == NULL && fix->value == FIX_UNKNOWN)
		answer_action(fix, "find out whether this Windows has its fix: "
		    "%s", fix->text);
}

void
answer_exchange(struct judge *j, struct assess_exchange *x)
{
	size_t i;

	word_installed(j, x);
	ask(j, x, ASK_GENUINE, &x->answers[ASK_GENUINE]);
	word_genuine(j, x, &x->answers[ASK_GENUINE]);
	ask(j, x, ASK_COMPLETE, &x->answers[ASK_COMPLETE]);
	word_complete(j, x, &x->answers[ASK_COMPLETE]);
	settle_newer(x);
	rests_on_release(&x->answers[ASK_INSTALLED].rests, x->release);
	rests_on_release(&x->answers[ASK_RERELEASE].rests, x->release);
	rests_on_release(&x->answers[ASK_CURRENT].rests, x->release);
	for (i = 0; i < x->way.overlay_count; i++)
		rests_on(&x->answers[ASK_CURRENT].rests,
		    x->way.overlays[i]->name);
	for (i = 0; i < QUESTION_COUNT; i++)
		answer_say_rests(&x->answers[i]);
}
