/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/json_parts.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdlib.h>
#include <string.h>

/*
 * The certificates of a host: each stands once, sorted by its SHA-256, and is
 * known by its place: "c1" is the first.
 */

/* ---- the table ---- */

static size_t
place_of(const struct json_parts *parts, const struct jsonshape *f,
    const void *p)
{
	const void *cert = (const char *)p - f->offset;

	return (size_t)((const struct sig_cert *)cert - parts->host.certs);
}

static void
put_id(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	json_put_id(o->j, f->name, 'c', place_of(o->ctx, f, p) + 1);
}

/* Each is there once, which the order shows. */
static void
take_id(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	const struct json_parts *parts = t->ctx;
	size_t i = place_of(parts, f, p);
	const struct sig_cert *c = &parts->host.certs[i];

	json_take_id(at, f->name, 'c', i + 1);
	if (i > 0 && memcmp(c[-1].sha256, c->sha256, SIG_ID_BYTES) >= 0)
		jsonin_fail(at, "sha256", ST_MALFORMED, "not in order");
}

static const char *
key_word(unsigned v)
{
	static const char *const words[] = { "unknown", "rsa", "ec",
	    "other" };

	return words[v];
}

static const char *
said_word(unsigned v)
{
	static const char *const words[] = { "unknown", "no", "yes" };

	return words[v];
}

static const char *
extensions_word(unsigned v)
{
	static const char *const words[] = { "unknown", "sound", "critical",
	    "twice", "constraints", "usage", "purposes" };

	return words[v];
}

const char *
json_digest_word(unsigned v)
{
	return digest_name((enum digest_alg)v);
}

#define SAID(m)	JSONSHAPE_AS(#m, JSONSHAPE_WORD, sig_cert, m), \
		.word = said_word, .max = SIG_SAID_YES + 1
#define HEX(m)	JSONSHAPE_AS(#m, JSONSHAPE_HEX, sig_cert, m), .need = true
#define TEXT(m)	JSONSHAPE_AS(#m, JSONSHAPE_TEXT, sig_cert, m), .need = true

static const struct jsonshape cert_shape[] = {
	{ HEX(sha256) },
	{ JSONSHAPE_CUSTOM("id", sig_cert, sha256, put_id, take_id) },
	{ HEX(sha1) },
	{ HEX(key_sha256) },
	{ TEXT(subject) },
	{ TEXT(issuer) },
	{ TEXT(serial) },
	{ JSONSHAPE_AS("not_before", JSONSHAPE_INSTANT, sig_cert,
	    not_before) },
	{ JSONSHAPE_AS("not_after", JSONSHAPE_INSTANT, sig_cert, not_after) },
	{ JSONSHAPE_AS("key", JSONSHAPE_WORD, sig_cert, key),
	    .word = key_word, .max = SIG_KEY_OTHER + 1 },
	{ JSONSHAPE_AS("key_bits", JSONSHAPE_NUMBER, sig_cert, key_bits) },
	{ JSONSHAPE_AS("signed_with", JSONSHAPE_WORD, sig_cert, signed_with),
	    .word = json_digest_word, .max = DIGEST_ALGS },
	{ SAID(self_issued) },
	{ JSONSHAPE_AS("extensions", JSONSHAPE_WORD, sig_cert, extensions),
	    .word = extensions_word, .max = SIG_EXT_PURPOSES + 1 },
	{ JSONSHAPE_AS("critical", JSONSHAPE_TEXT, sig_cert, critical) },
	{ SAID(ca) },
	{ JSONSHAPE_AS("path_len", JSONSHAPE_SIGNED, sig_cert, path_len),
	    .need = true },
	{ SAID(may_sign) },
	{ SAID(eku_present) },
	{ SAID(lifetime) },
	{ JSONSHAPE_ARRAY("eku", JSONSHAPE_TEXTS, sig_cert, eku, eku_count,
	    CERT_MAX_EKU), .flat = true },
	{ .name = NULL },
};

static const struct jsonshape certs_shape = {
	JSONSHAPE_ARRAY("certificates", JSONSHAPE_LIST, sig_facts, certs,
	    cert_count, INVENTORY_MAX_CERTS), .members = cert_shape };

void
json_put_certs(struct jsonshape_put *o)
{
	const struct json_parts *parts = o->ctx;

	jsonshape_put_one(o, &certs_shape, &parts->host);
}

void
json_take_certs(struct jsonshape_take *t, struct jsonin_at at)
{
	struct json_parts *parts = t->ctx;
	size_t bytes;

	jsonshape_take_one(t, at, &certs_shape, &parts->host);
	bytes = parts->host.cert_count * sizeof(*parts->numbers);
	if (jsonshape_afford(t, at, NULL, bytes))
		parts->numbers = xcalloc(parts->host.cert_count + 1,
		    sizeof(*parts->numbers));
}

/* ---- who is referred to ---- */

static void
gather(struct json_parts *parts, const struct sig_facts *f, size_t number)
{
	const struct sig_cert *c = sig_facts_cert(f, number);
	struct sig_facts *host = &parts->host;

	if (c == NULL)
		return;
	host->certs = xpush(host->certs, host->cert_count,
	    sizeof(*host->certs));
	host->certs[host->cert_count++] = *c;
}

static void
gather_paths(struct json_parts *parts, const struct sig_facts *f,
    const struct sig_paths *p)
{
	size_t i, k;

	for (i = 0; i < p->count; i++)
		for (k = 0; k < p->list[i].count; k++)
			gather(parts, f, p->list[i].steps[k].cert);
}

static void
gather_file(struct json_parts *parts, const struct file_facts *file)
{
	const struct sig_facts *f;
	size_t i, k;

	if (file == NULL)
		return;
	f = &file->signatures;
	for (i = 0; i < f->level_count; i++) {
		const struct sig_level_facts *l = &f->levels[i];

		gather(parts, f, l->cert);
		gather_paths(parts, f, &l->paths);
		for (k = 0; k < l->stamp_count; k++) {
			gather(parts, f, l->stamps[k].cert);
			gather_paths(parts, f, &l->stamps[k].paths);
		}
	}
}

static int
by_id(const void *a, const void *b)
{
	const struct sig_cert *x = a, *y = b;

	return memcmp(x->sha256, y->sha256, SIG_ID_BYTES);
}

void
json_certs_gather(struct json_parts *parts)
{
	const struct inventory *inv = parts->inv;
	struct sig_facts *host = &parts->host;
	size_t i, k, n;

	for (i = 0; i < inv->file_count; i++)
		gather_file(parts, inv->files[i].facts);
	for (i = 0; i < inv->product_count; i++) {
		const struct inv_product *p = &inv->products[i];

		gather_file(parts, p->msi.facts);
		for (k = 0; k < p->update_count; k++)
			gather_file(parts, p->updates[k].package.facts);
	}
	for (i = 0; i < inv->class_count; i++)
		gather_file(parts, &inv->classes[i].facts);
	if (host->cert_count == 0)
		return;
	qsort(host->certs, host->cert_count, sizeof(*host->certs), by_id);
	for (n = i = 1; i < host->cert_count; i++)
		if (by_id(&host->certs[i], &host->certs[n - 1]) != 0)
			host->certs[n++] = host->certs[i];
	host->cert_count = n;
}

/* ---- references ---- */

void
json_put_cert(struct jsonshape_put *o, const struct jsonshape *f,
    const void *p)
{
	const struct json_parts *parts = o->ctx;
	const struct sig_cert *c, *found;
	size_t number;

	memcpy(&number, p, sizeof(number));
	c = sig_facts_cert(parts->from, number);
	if (c == NULL)
		return;
	found = bsearch(c, parts->host.certs, parts->host.cert_count,
	    sizeof(*c), by_id);
	if (found != NULL)
		json_put_id(o->j, f->name, 'c', (size_t)(found -
		    parts->host.certs) + 1);
}

/* Bytes that a copy of C takes up. */
static size_t
weight(const struct sig_cert *c)
{
	size_t i, n = 2 * sizeof(*c) + strlen(c->subject) +
	    strlen(c->issuer) + strlen(c->serial);

	n += c->critical != NULL ? strlen(c->critical) : 0;
	for (i = 0; i < c->eku_count; i++)
		n += 2 * sizeof(*c->eku) + strlen(c->eku[i]);
	return n;
}

/* The number in the file's own table of PLACE in the host's. */
static size_t
copy_cert(struct jsonshape_take *t, struct jsonin_at at, size_t place)
{
	struct json_parts *parts = t->ctx;
	struct sig_facts one = { .certs = &parts->host.certs[place],
	    .cert_count = 1 }, copy;

	if (parts->numbers[place] != SIG_NO_CERT)
		return parts->numbers[place];
	if (!jsonshape_afford(t, at, NULL, weight(one.certs)))
		return SIG_NO_CERT;
	sig_facts_copy(&one, &copy);
	parts->numbers[place] = sig_facts_add(parts->to, &copy.certs[0]);
	sig_facts_fini(&copy);
	return parts->numbers[place];
}

void
json_take_cert(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	const struct json_parts *parts = t->ctx;
	size_t i = json_take_ref(at, f->name, 'c', parts->host.cert_count);
	size_t number = i != 0 && !jsonin_failed(at.in) ?
	    copy_cert(t, at, i - 1) : SIG_NO_CERT;

	memcpy(p, &number, sizeof(number));
}
