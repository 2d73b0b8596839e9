/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/anchors.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/anchor_match.h"
#include "trust/crypto.h"
#include "trust/der.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdlib.h>
#include <string.h>

struct anchor {
	char		*name;
	uint8_t		*subject;
	size_t		 subject_len;
	EVP_PKEY	*key;
	unsigned	 uses;
};

struct anchors {
	struct anchor	*list;
	size_t		 count;
};

struct anchors *
anchors_new(void)
{
	return xcalloc(1, sizeof(struct anchors));
}

void
anchors_free(struct anchors *a)
{
	size_t i;

	if (a == NULL)
		return;
	for (i = 0; i < a->count; i++) {
		free(a->list[i].name);
		free(a->list[i].subject);
		EVP_PKEY_free(a->list[i].key);
	}
	free(a->list);
	free(a);
}

size_t
anchors_count(const struct anchors *a)
{
	return a->count;
}

/* One element of TAG and nothing behind it. */
static bool
is_one(struct slice s, uint8_t tag)
{
	struct cursor c = cursor_of(s);
	struct der e;

	return der_take(&c, tag, &e) && der_done(&c);
}

enum status
anchors_add(struct anchors *a, const char *name, struct slice subject,
    struct slice spki, unsigned uses, struct diag *d)
{
	struct anchor *new;
	EVP_PKEY *key;

	if (a->count == ANCHORS_MAX)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %d anchors", ANCHORS_MAX);
	if (!is_one(subject, DER_SEQUENCE))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "RFC 5280 4.1.2.6: Name", "anchor %s: bad subject", name);
	key = crypto_key(spki);
	if (key == NULL)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "RFC 5280 4.1.2.7: SubjectPublicKeyInfo",
		    "anchor %s: bad public key", name);
	a->list = xpush(a->list, a->count, sizeof(*a->list));
	new = &a->list[a->count++];
	new->name = xstrdup(name);
	new->subject = xmemdup(subject.p, subject.n);
	new->subject_len = subject.n;
	new->key = key;
	new->uses = uses;
	return ST_OK;
}

/* One certificate; what is trusted are its subject and its key. */
static enum status
add_der(struct anchors *a, struct slice der, struct diag *d)
{
	struct cert_pool pool = { 0 };
	enum status st = cert_pool_init(der, &pool, d);
	char *name;

	if (st == ST_OK && pool.count != 1)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "no certificate inside the PEM block");
	if (st == ST_OK) {
		name = cert_name_text(pool.certs[0].subject);
		st = anchors_add(a, name, pool.certs[0].subject,
		    pool.certs[0].spki, ANCHOR_BOTH, d);
		free(name);
	}
	cert_pool_fini(&pool);
	return st;
}

/* The next PEM block of BIO; ST_ABSENT behind the last one. */
static enum status
add_block(struct anchors *a, BIO *bio, size_t *added, struct diag *d)
{
	char *name = NULL, *header = NULL;
	unsigned char *data = NULL;
	enum status st = ST_OK;
	long len = 0;

	if (PEM_read_bio(bio, &name, &header, &data, &len) != 1)
		return ERR_GET_REASON(ERR_peek_last_error()) ==
		    PEM_R_NO_START_LINE ? ST_ABSENT : diag_set(d,
		    ST_MALFORMED, DIAG_NOWHERE, "RFC 7468", "bad PEM");
	if (strcmp(name, PEM_STRING_X509) == 0 ||
	    strcmp(name, PEM_STRING_X509_OLD) == 0) {
		st = add_der(a, slice_of(data, (size_t)len, 0), d);
		*added += st == ST_OK;
	}
	OPENSSL_free(name);
	OPENSSL_free(header);
	OPENSSL_free(data);
	return st;
}

enum status
anchors_add_pem(struct anchors *a, struct slice pem, struct diag *d)
{
	enum status st = ST_OK;
	size_t added = 0;
	BIO *bio;

	if (pem.n > INT_MAX)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "the anchor file is too long");
	(void)crypto_context();		/* before OpenSSL reads its own file */
	ERR_set_mark();
	bio = BIO_new_mem_buf(pem.p, (int)pem.n);
	while (bio != NULL && st == ST_OK)
		st = add_block(a, bio, &added, d);
	BIO_free(bio);
	ERR_pop_to_mark();
	if (st == ST_ABSENT && added == 0)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, "RFC 7468",
		    "no certificate");
	return st == ST_ABSENT ? ST_OK : st;
}

const char *
anchor_match(const struct anchors *a, const struct cert *c, EVP_PKEY *key,
    unsigned use, unsigned *budget)
{
	const struct anchor *x;
	struct slice subject;
	size_t i;

	for (i = 0; i < a->count; i++) {
		x = &a->list[i];
		subject = slice_of(x->subject, x->subject_len, 0);
		if ((x->uses & use) == 0)
			continue;
		if (key != NULL && slice_equal(subject, c->subject) &&
		    EVP_PKEY_eq(x->key, key) == 1)
			return x->name;
		if (!slice_equal(subject, c->issuer) || *budget == 0)
			continue;
		--*budget;
		if (cert_signed_by(c, x->key))
			return x->name;
	}
	return NULL;
}
