/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/deep_class.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/purposes.h"

#include <stdlib.h>
#include <string.h>

static bool
are_stamps_sound(const struct sig_facts *f, const struct sig_level_facts *l)
{
	const struct sig_cert *c;
	size_t i;

	for (i = 0; i < l->stamp_count; i++)
		if ((c = sig_facts_cert(f, l->stamps[i].cert)) != NULL &&
		    !purpose_stamps(c))
			return false;
	return true;
}

bool
deep_is_sound(const struct file_facts *f)
{
	size_t i;

	if (!f->readable || f->damage.text[0] != '\0')
		return false;
	if (f->signatures.level_count == 0)
		return f->kind != FILEKIND_OTHER;
	if (f->signatures.place != SIG_PLACE_SOUND)
		return false;
	for (i = 0; i < f->signatures.level_count; i++) {
		const struct sig_level_facts *l = &f->signatures.levels[i];

		if (l->check != SIG_CHECK_GOOD ||
		    (l->digest != SIG_DIGEST_MATCH && !f->signatures.bare) ||
		    !are_stamps_sound(&f->signatures, l))
			return false;
	}
	return true;
}

/* ------------------------------------------------- what is of one file only */

static void
forget_places(struct sig_paths *p)
{
	size_t i, k;

	for (i = 0; i < p->count; i++)
		for (k = 0; k < p->list[i].count; k++)
			p->list[i].steps[k].at = DIAG_NOWHERE;
}

static size_t
count_stamps(const struct sig_facts *f)
{
	size_t i, n = 0;

	for (i = 0; i < f->level_count; i++)
		n += f->levels[i].stamp_count;
	return n;
}

instant *
deep_take_times(struct file_facts *facts, size_t *count)
{
	struct sig_facts *f = &facts->signatures;
	instant *times = NULL;
	size_t i, k, n = 0;

	*count = count_stamps(f);
	if (*count != 0)
		times = xcalloc(*count, sizeof(*times));
	for (i = 0; i < f->level_count; i++) {
		struct sig_level_facts *l = &f->levels[i];

		forget_places(&l->paths);
		l->why.at = DIAG_NOWHERE;
		for (k = 0; k < l->stamp_count; k++) {
			times[n++] = l->stamps[k].time;
			l->stamps[k].time = INSTANT_NONE;
			l->stamps[k].why.at = DIAG_NOWHERE;
			forget_places(&l->stamps[k].paths);
		}
	}
	f->checks = 0;
	facts->size = 0;
	facts->digested = false;
	facts->version = (struct version){ .parts = 0 };
	return times;
}

void
deep_put_times(struct sig_facts *f, const instant *times, size_t count)
{
	size_t i, k, n = 0;

	for (i = 0; i < f->level_count; i++)
		for (k = 0; k < f->levels[i].stamp_count; k++, n++)
			f->levels[i].stamps[k].time = n < count ? times[n] :
			    INSTANT_NONE;
}

/* ------------------------------------------------------------- comparing */

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_reason(const struct sig_reason *a, const struct sig_reason *b)
{
	return a->why == b->why && a->at == b->at && a->number == b->number;
}

static bool
same_path(const struct sig_path *a, const struct sig_path *b)
{
	size_t i;

	if (a->count != b->count || a->end != b->end ||
	    !same_text(a->anchor.name, b->anchor.name) ||
	    !same_text(a->anchor.subject, b->anchor.subject) ||
	    memcmp(a->anchor.key_sha256, b->anchor.key_sha256,
	    SIG_ID_BYTES) != 0)
		return false;
	for (i = 0; i < a->count; i++)
		if (a->steps[i].cert != b->steps[i].cert ||
		    a->steps[i].link != b->steps[i].link)
			return false;
	return true;
}

static bool
same_paths(const struct sig_paths *a, const struct sig_paths *b)
{
	size_t i;

	if (a->count != b->count)
		return false;
	for (i = 0; i < a->count; i++)
		if (!same_path(&a->list[i], &b->list[i]))
			return false;
	return true;
}

static bool
same_stamp(const struct sig_stamp_facts *a, const struct sig_stamp_facts *b)
{
	return a->kind == b->kind && a->digest_alg == b->digest_alg &&
	    a->cert == b->cert && a->check == b->check &&
	    same_reason(&a->why, &b->why) && same_paths(&a->paths, &b->paths);
}

static bool
same_level(const struct sig_level_facts *a, const struct sig_level_facts *b)
{
	size_t i;

	if (a->depth != b->depth || a->digest_alg != b->digest_alg ||
	    a->digest != b->digest || a->signed_with != b->signed_with ||
	    a->cert != b->cert || a->check != b->check ||
	    !same_reason(&a->why, &b->why) ||
	    !same_paths(&a->paths, &b->paths) ||
	    a->stamp_count != b->stamp_count ||
	    a->stamps_found != b->stamps_found)
		return false;
	for (i = 0; i < a->stamp_count; i++)
		if (!same_stamp(&a->stamps[i], &b->stamps[i]))
			return false;
	return true;
}

static bool
same_signatures(const struct sig_facts *a, const struct sig_facts *b)
{
	size_t i;

	if (a->cert_count != b->cert_count ||
	    a->level_count != b->level_count ||
	    a->levels_found != b->levels_found || a->bare != b->bare ||
	    a->place != b->place || !same_reason(&a->hidden, &b->hidden) ||
	    !same_text(a->hidden_text, b->hidden_text) ||
	    !same_reason(&a->unsigned_why, &b->unsigned_why))
		return false;
	for (i = 0; i < a->cert_count; i++)
		if (memcmp(a->certs[i].sha256, b->certs[i].sha256,
		    SIG_ID_BYTES) != 0)
			return false;
	for (i = 0; i < a->level_count; i++)
		if (!same_level(&a->levels[i], &b->levels[i]))
			return false;
	return true;
}

static bool
same_facts(const struct file_facts *a, const struct file_facts *b)
{
	return a->kind == b->kind && a->readable == b->readable &&
	    a->metadata == b->metadata &&
	    strcmp(a->why.text, b->why.text) == 0 &&
	    strcmp(a->damage.text, b->damage.text) == 0 &&
	    same_signatures(&a->signatures, &b->signatures);
}

/* FNV-1a over what most tells classes apart: who signed. */
static uint64_t
hash_facts(const struct file_facts *f)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	size_t i, k;

	for (i = 0; i < f->signatures.cert_count; i++)
		for (k = 0; k < SIG_ID_BYTES; k++)
			h = (h ^ f->signatures.certs[i].sha256[k]) *
			    UINT64_C(0x100000001b3);
	for (i = 0; f->why.text[i] != '\0'; i++)
		h = (h ^ (uint8_t)f->why.text[i]) * UINT64_C(0x100000001b3);
	return h;
}

bool
deep_classify(struct inventory *inv, struct file_facts *f, size_t *out)
{
	uint64_t hash = hash_facts(f);
	size_t i;

	for (i = 0; i < inv->class_count; i++)
		if (inv->classes[i].hash == hash &&
		    same_facts(&inv->classes[i].facts, f)) {
			*out = i;
			return true;
		}
	if (inv->class_count == DEEP_MAX_CLASSES)
		return false;
	inv->classes = xpush(inv->classes, inv->class_count,
	    sizeof(*inv->classes));
	inv->classes[inv->class_count] = (struct inv_class){ *f, hash };
	*f = (struct file_facts){ .size = 0 };
	*out = inv->class_count++;
	return true;
}
