/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/inspect_policy.h"

#include "base/alloc.h"
#include "catalogue/anchor.h"

#include <stdlib.h>
#include <string.h>

static unsigned
hex_digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

static void
unhex_bytes(const char *hex, uint8_t *out, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		out[i] = (uint8_t)(hex_digit(hex[2 * i]) << 4 |
		    hex_digit(hex[2 * i + 1]));
}

/* Whether there is one. */
static bool
unhex_id(const char *hex, uint8_t *out)
{
	if (*hex == '\0')
		return false;
	unhex_bytes(hex, out, SIG_ID_BYTES);
	return true;
}

static const char *
overlay_name(const struct cat_overlay *o)
{
	return o != NULL ? o->name : NULL;
}

static void
add_thumbprint(struct inspect_policy *p, const struct cat_certificate *c,
    const char *advisory)
{
	size_t n = p->sig.thumbprint_count;
	struct sig_thumbprint *t;

	p->thumbprints = xpush(p->thumbprints, n, sizeof(*p->thumbprints));
	t = &p->thumbprints[n];
	unhex_bytes(c->sha1, t->sha1, sizeof(t->sha1));
	t->advisory = advisory;
	t->by = overlay_name(c->overlay);
	p->sig.thumbprint_count++;
}

/* The time stampers that Windows knows by thumbprint: some need the fix of
 * an advisory, some are accepted always. */
static void
add_thumbprints(struct inspect_policy *p)
{
	const struct cat_advisory *advisories;
	const struct cat_mitigation *mitigations;
	size_t i, j, n = catalogue_advisories(p->cat, &advisories);

	for (i = 0; i < n; i++)
		for (j = 0; j < advisories[i].certificate_count; j++)
			add_thumbprint(p, &advisories[i].certificates[j],
			    advisories[i].id);
	n = catalogue_mitigations(p->cat, &mitigations);
	for (i = 0; i < n; i++)
		for (j = 0; j < mitigations[i].always_count; j++)
			add_thumbprint(p, &mitigations[i].always[j], NULL);
	p->sig.thumbprints = p->thumbprints;
}

static void
add_distrusted(struct inspect_policy *p)
{
	const struct cat_distrusted *all;
	size_t i, n = catalogue_distrusted(p->cat, &all);

	p->distrusted = xcalloc(n != 0 ? n : 1, sizeof(*p->distrusted));
	p->reasons = xcalloc(n != 0 ? n : 1, sizeof(*p->reasons));
	for (i = 0; i < n; i++) {
		p->distrusted[i].by_cert = unhex_id(all[i].sha256,
		    p->distrusted[i].sha256);
		p->distrusted[i].by_key = unhex_id(all[i].spki_sha256,
		    p->distrusted[i].key_sha256);
		p->reasons[i] = all[i].overlay == NULL ? xstrdup(all[i].why) :
		    xasprintf("%s, by overlay %s", all[i].why,
		    all[i].overlay->name);
		p->distrusted[i].why = p->reasons[i];
		p->distrusted[i].by = overlay_name(all[i].overlay);
	}
	p->sig.distrusted = p->distrusted;
	p->sig.distrusted_count = n;
}

enum status
inspect_policy_new(const struct catalogue *cat, instant at, bool fix,
    struct inspect_policy **out, struct diag *d)
{
	struct inspect_policy *p = xcalloc(1, sizeof(*p));
	const struct cat_anchor *anchors;
	size_t i, n = catalogue_anchors(cat, &anchors);
	enum status st = ST_OK;

	p->cat = cat;
	p->anchors = anchors_new();
	p->sig.anchors = p->anchors;
	p->sig.at = at;
	p->sig.fix = fix;
	for (i = 0; st == ST_OK && i < n; i++)
		st = anchor_build_known(p->anchors, &anchors[i], d);
	if (st != ST_OK) {
		inspect_policy_free(p);
		return st;
	}
	add_thumbprints(p);
	add_distrusted(p);
	*out = p;
	return ST_OK;
}

void
inspect_policy_free(struct inspect_policy *p)
{
	size_t i;

	if (p == NULL)
		return;
	anchors_free(p->anchors);
	for (i = 0; i < p->sig.distrusted_count; i++)
		free(p->reasons[i]);
	free(p->reasons);
	free(p->thumbprints);
	free(p->distrusted);
	free(p);
}

enum status
inspect_policy_add_pem(struct inspect_policy *p, struct slice pem,
    struct diag *d)
{
	return anchors_add_pem(p->anchors, pem, d);
}

const struct anchors *
inspect_anchors(const struct inspect_policy *p)
{
	return p->anchors;
}
