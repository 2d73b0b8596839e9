/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/minisign.h"
#include "base/limits.h"
#include "trust/crypto.h"

#include <openssl/err.h>
#include <openssl/evp.h>

#include <stdio.h>
#include <string.h>

#define CLAUSE_KEY	"minisign: public key format"
#define CLAUSE_SIG	"minisign: signature format"

#define COMMENT		"untrusted comment: "
#define TRUSTED		"trusted comment: "

/* Two letters of the algorithm, the key's id, the key or the signature. */
#define ALG_LEN		2
#define KEY_BYTES	(ALG_LEN + MINISIGN_ID_LEN + MINISIGN_POINT_LEN)
#define SIG_BYTES	(ALG_LEN + MINISIGN_ID_LEN + MINISIGN_SIG_LEN)
#define HASH_LEN	64	/* BLAKE2b-512 */

/* Characters of a secret key's line: 158 bytes. */
#define SECRET_CHARS	212

static const char base64[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/*
 * Exactly LEN bytes, in the one spelling that RFC 4648 4 gives them: padded,
 * and with unused bits of zero (3.5), so that no two texts are one signature.
 */
static bool
base64_decode(struct slice text, uint8_t *out, size_t len)
{
	size_t i, at = 0, pad = (3 - len % 3) % 3;
	uint32_t acc = 0;

	if (text.n != (len + 2) / 3 * 4)
		return false;
	for (i = 0; i < text.n - pad; i++) {
		const char *p = text.p[i] == '\0' ? NULL :
		    strchr(base64, text.p[i]);

		if (p == NULL)
			return false;
		acc = acc << 6 | (uint32_t)(p - base64);
		/* Characters 1, 2 and 3 of each four complete a byte. */
		if (i % 4 != 0) {
			out[at++] = (uint8_t)(acc >> (6 - 2 * (i % 4)));
			acc &= (1U << (6 - 2 * (i % 4))) - 1;
		}
	}
	for (; i < text.n; i++)
		if (text.p[i] != '=')
			return false;
	return at == len && acc == 0;
}

/* The line that TEXT begins with, without its end; TEXT moves behind it. */
static struct slice
take_line(struct slice *text)
{
	const uint8_t *end = text->n == 0 ? NULL :
	    memchr(text->p, '\n', text->n);
	size_t len = end == NULL ? text->n : (size_t)(end - text->p);
	struct slice line = { NULL, 0, 0 };

	(void)slice_sub(*text, 0, len, &line);
	(void)slice_from(*text, end == NULL ? len : len + 1, text);
	if (line.n > 0 && line.p[line.n - 1] == '\r')
		line.n--;
	return line;
}

static bool
take_prefix(struct slice *line, const char *prefix)
{
	struct slice head;

	return slice_sub(*line, 0, strlen(prefix), &head) &&
	    slice_is(head, prefix) && slice_from(*line, head.n, line);
}

static bool
is_blank(struct slice s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (strchr(" \t\r\n", s.p[i]) == NULL || s.p[i] == '\0')
			return false;
	return true;
}

enum status
minisign_key_parse(struct slice text, struct minisign_key *out,
    struct diag *d)
{
	struct slice line = take_line(&text), comment = line;
	uint8_t raw[KEY_BYTES];

	if (take_prefix(&comment, COMMENT))
		line = take_line(&text);
	if (line.n == SECRET_CHARS)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE_KEY,
		    "this is a secret key; the public key is wanted");
	if (!base64_decode(line, raw, sizeof(raw)) || !is_blank(text))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE_KEY,
		    "no minisign public key (one line of 56 characters)");
	if (memcmp(raw, "Ed", ALG_LEN) != 0)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE_KEY,
		    "a key for another algorithm than Ed25519");
	memcpy(out->id, raw + ALG_LEN, sizeof(out->id));
	memcpy(out->point, raw + ALG_LEN + MINISIGN_ID_LEN,
	    sizeof(out->point));
	return ST_OK;
}

/* The second line. "Ed": over the file. "ED": over its digest. */
static bool
decode_signature(struct slice line, struct minisign_sig *sig)
{
	uint8_t raw[SIG_BYTES];

	if (!base64_decode(line, raw, sizeof(raw)))
		return false;
	sig->prehashed = memcmp(raw, "ED", ALG_LEN) == 0;
	if (!sig->prehashed && memcmp(raw, "Ed", ALG_LEN) != 0)
		return false;
	memcpy(sig->id, raw + ALG_LEN, sizeof(sig->id));
	memcpy(sig->bytes, raw + ALG_LEN + MINISIGN_ID_LEN,
	    sizeof(sig->bytes));
	return true;
}

static enum status
broken_line(struct diag *d, int line, const char *want)
{
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE_SIG,
	    "line %d is not %s", line, want);
}

enum status
minisign_sig_parse(struct slice text, struct minisign_sig *out,
    struct slice *rest, struct diag *d)
{
	struct slice left = text, line = take_line(&left);
	struct minisign_sig sig;

	if (!take_prefix(&line, COMMENT))
		return broken_line(d, 1, "\"" COMMENT "...\"");
	line = take_line(&left);
	if (!decode_signature(line, &sig))
		return broken_line(d, 2, "an Ed25519 signature");
	sig.comment = take_line(&left);
	if (!take_prefix(&sig.comment, TRUSTED))
		return broken_line(d, 3, "\"" TRUSTED "...\"");
	line = take_line(&left);
	if (!base64_decode(line, sig.global, sizeof(sig.global)))
		return broken_line(d, 4, "the signature of the comment");
	if (text.n - left.n > MINISIGN_MAX_BYTES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE_SIG,
		    "longer than %d bytes", MINISIGN_MAX_BYTES);
	*out = sig;
	*rest = left;
	return ST_OK;
}

static bool
hash(struct slice data, uint8_t out[HASH_LEN])
{
	EVP_MD *md = EVP_MD_fetch(crypto_context(), "BLAKE2B-512", NULL);
	unsigned len = 0;
	bool ok;

	ok = md != NULL &&
	    EVP_Digest(data.p, data.n, out, &len, md, NULL) == 1 &&
	    len == HASH_LEN;
	EVP_MD_free(md);
	return ok;
}

static bool
verify_bytes(EVP_PKEY *key, const uint8_t *sig, struct slice data)
{
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();
	bool ok;

	ok = ctx != NULL &&
	    EVP_DigestVerifyInit_ex(ctx, NULL, NULL, crypto_context(), NULL,
	    key, NULL) == 1 &&
	    EVP_DigestVerify(ctx, sig, MINISIGN_SIG_LEN, data.p, data.n) == 1;
	EVP_MD_CTX_free(ctx);
	return ok;
}

static bool
verify_data(EVP_PKEY *key, const struct minisign_sig *sig, struct slice data)
{
	uint8_t digest[HASH_LEN];

	if (!sig->prehashed)
		return verify_bytes(key, sig->bytes, data);
	return hash(data, digest) &&
	    verify_bytes(key, sig->bytes, slice_of(digest, HASH_LEN, 0));
}

/* The fourth line signs the signature and the comment, joined. */
static bool
verify_comment(EVP_PKEY *key, const struct minisign_sig *sig)
{
	uint8_t text[MINISIGN_SIG_LEN + MINISIGN_MAX_BYTES];

	if (sig->comment.n > MINISIGN_MAX_BYTES)
		return false;
	memcpy(text, sig->bytes, MINISIGN_SIG_LEN);
	if (sig->comment.n != 0)
		memcpy(text + MINISIGN_SIG_LEN, sig->comment.p,
		    sig->comment.n);
	return verify_bytes(key, sig->global, slice_of(text,
	    MINISIGN_SIG_LEN + sig->comment.n, 0));
}

enum status
minisign_verify(const struct minisign_key *key,
    const struct minisign_sig *sig, struct slice data, struct diag *d)
{
	char theirs[MINISIGN_ID_TEXT], ours[MINISIGN_ID_TEXT];
	const char *why = NULL;
	EVP_PKEY *pkey;

	if (memcmp(key->id, sig->id, sizeof(key->id)) != 0)
		return diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
		    "made with key %s, and not with %s",
		    minisign_id_text(sig->id, theirs),
		    minisign_id_text(key->id, ours));
	ERR_set_mark();
	pkey = EVP_PKEY_new_raw_public_key_ex(crypto_context(), "ED25519",
	    NULL, key->point, sizeof(key->point));
	if (pkey == NULL || !verify_data(pkey, sig, data))
		why = "the signature is wrong, or of other data";
	else if (!verify_comment(pkey, sig))
		why = "the trusted comment is not the one that was signed";
	EVP_PKEY_free(pkey);
	ERR_pop_to_mark();
	return why == NULL ? ST_OK :
	    diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL, "%s", why);
}

bool
minisign_key_equal(const struct minisign_key *a, const struct minisign_key *b)
{
	return memcmp(a->id, b->id, sizeof(a->id)) == 0 &&
	    memcmp(a->point, b->point, sizeof(a->point)) == 0;
}

/* minisign prints the id as a little-endian number. */
char *
minisign_id_text(const uint8_t *id, char *text)
{
	size_t i;

	for (i = 0; i < MINISIGN_ID_LEN; i++)
		snprintf(text + 2 * i, 3, "%02X",
		    (unsigned)id[MINISIGN_ID_LEN - 1 - i]);
	return text;
}

char *
minisign_key_text(const struct minisign_key *key, char *text)
{
	uint8_t raw[KEY_BYTES] = "Ed";
	size_t i;

	memcpy(raw + ALG_LEN, key->id, sizeof(key->id));
	memcpy(raw + ALG_LEN + MINISIGN_ID_LEN, key->point,
	    sizeof(key->point));
	/* 42 bytes: no padding. */
	for (i = 0; i < KEY_BYTES / 3; i++) {
		uint32_t v = (uint32_t)raw[3 * i] << 16 |
		    (uint32_t)raw[3 * i + 1] << 8 | raw[3 * i + 2];

		text[4 * i] = base64[v >> 18];
		text[4 * i + 1] = base64[v >> 12 & 0x3f];
		text[4 * i + 2] = base64[v >> 6 & 0x3f];
		text[4 * i + 3] = base64[v & 0x3f];
	}
	text[4 * i] = '\0';
	return text;
}
