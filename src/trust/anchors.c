/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/anchors.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/anchor_check.h"
#include "trust/crypto.h"
#include "trust/der.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdlib.h>
#include <string.h>

struct anchor {
	struct sig_anchor id;
	char		*by;
	uint8_t		*subject;
	size_t		 subject_len;
	uint8_t		*spki;
	size_t		 spki_len;
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
		free(a->list[i].id.name);
		free(a->list[i].id.subject);
		free(a->list[i].by);
		free(a->list[i].subject);
		free(a->list[i].spki);
	}
	free(a->list);
	free(a);
}

size_t
anchors_count(const struct anchors *a)
{
	return a != NULL ? a->count : 0;
}

const struct sig_anchor *
anchors_get(const struct anchors *a, size_t i)
{
	return i < anchors_count(a) ? &a->list[i].id : NULL;
}

const char *
anchors_by(const struct anchors *a, size_t i)
{
	return i < anchors_count(a) ? a->list[i].by : NULL;
}

static bool
same_key(const struct sig_anchor *x, const struct sig_anchor *y)
{
	return memcmp(x->key_sha256, y->key_sha256,
	    sizeof(x->key_sha256)) == 0;
}

size_t
anchors_find(const struct anchors *a, const struct sig_anchor *x,
    unsigned use)
{
	size_t i;

	for (i = 0; i < anchors_count(a); i++)
		if ((a->list[i].uses & use) != 0 && x->subject != NULL &&
		    strcmp(a->list[i].id.subject, x->subject) == 0 &&
		    same_key(&a->list[i].id, x))
			break;
	return i;
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
anchors_add_known(struct anchors *a, const char *name, const char *by,
    struct slice subject, struct slice spki, unsigned uses, struct diag *d)
{
	struct anchor *new;

	if (a->count == ANCHORS_MAX)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %d anchors", ANCHORS_MAX);
	if (!is_one(subject, DER_SEQUENCE))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "RFC 5280 4.1.2.6: Name", "anchor %s: bad subject", name);
	a->list = xpush(a->list, a->count, sizeof(*a->list));
	new = &a->list[a->count++];
	new->id.name = xstrdup(name);
	new->by = xstrdup(by);
	new->id.subject = cert_name_text(subject);
	crypto_sha256(spki, new->id.key_sha256);
	new->subject = xmemdup(subject.p, subject.n);
	new->subject_len = subject.n;
	new->spki = xmemdup(spki.p, spki.n);
	new->spki_len = spki.n;
	new->uses = uses;
	return ST_OK;
}

enum status
anchors_add(struct anchors *a, const char *name, const char *by,
    struct slice subject, struct slice spki, unsigned uses, struct diag *d)
{
	EVP_PKEY *key = crypto_key(spki);

	if (key == NULL && a->count < ANCHORS_MAX &&
	    is_one(subject, DER_SEQUENCE))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "RFC 5280 4.1.2.7: SubjectPublicKeyInfo",
		    "anchor %s: bad public key", name);
	EVP_PKEY_free(key);
	return anchors_add_known(a, name, by, subject, spki, uses, d);
}

/* One certificate; what is trusted are its subject and its key. */
static enum status
add_der(struct anchors *a, struct slice der, struct diag *d)
{
	struct cert_pool pool = { 0 };
	struct sig_reason why = { 0 };
	enum status st = cert_pool_init(der, &pool, &why);
	char *name;

	if (st != ST_OK)
		reason_diag(&why, NULL, d);
	else if (pool.count != 1)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "no certificate inside the PEM block");
	if (st == ST_OK) {
		name = cert_name_text(pool.certs[0].subject);
		st = anchors_add(a, name, NULL, pool.certs[0].subject,
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

/* Does one before the anchor I have the same name and key? */
static bool
told_before(const struct anchors *a, size_t i)
{
	const struct anchor *x = &a->list[i], *y;

	for (y = a->list; y < x; y++)
		if (same_key(&y->id, &x->id) &&
		    slice_equal(slice_of(y->subject, y->subject_len, 0),
		    slice_of(x->subject, x->subject_len, 0)))
			return true;
	return false;
}

/* Is C the anchor itself, or else signed by its key? ISSUER: it may be. */
static enum sig_check
check_key(struct slice spki, EVP_PKEY *key, bool subject, bool issuer,
    struct cert *c, unsigned *budget)
{
	if (key == NULL)
		return SIG_CHECK_BAD;
	if (subject && cert_key(c) != NULL && EVP_PKEY_eq(key, cert_key(c)) ==
	    1)
		return SIG_CHECK_GOOD;
	if (!issuer)
		return SIG_CHECK_BAD;
	if (*budget == 0)
		return SIG_CHECK_NONE;
	--*budget;
	return cert_signed_by(c, spki, key) ? SIG_CHECK_GOOD : SIG_CHECK_BAD;
}

enum sig_check
anchor_check(const struct anchors *a, size_t i, struct cert *c,
    unsigned *budget)
{
	const struct anchor *x = &a->list[i];
	struct slice name = slice_of(x->subject, x->subject_len, 0);
	bool issuer = slice_equal(name, c->issuer);
	bool subject = slice_equal(name, c->subject);
	struct slice spki = slice_of(x->spki, x->spki_len, 0);
	enum sig_check check;
	EVP_PKEY *key;

	if ((!issuer && !subject) || told_before(a, i))
		return SIG_CHECK_BAD;
	/* Decoded when it is first asked for, and then in the cache. */
	key = crypto_key(spki);
	check = check_key(spki, key, subject, issuer, c, budget);
	EVP_PKEY_free(key);
	return check;
}
