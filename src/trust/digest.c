/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/digest.h"

#include "base/alloc.h"
#include "trust/crypto.h"

#include <string.h>

const char *
digest_name(enum digest_alg alg)
{
	static const char *const names[DIGEST_ALGS] = {
		"none", "md5", "sha1", "sha256", "sha384", "sha512"
	};

	return names[alg];
}

size_t
digest_len(enum digest_alg alg)
{
	static const size_t lens[DIGEST_ALGS] = { 0, 16, 20, 32, 48, 64 };

	return lens[alg];
}

char *
digest_hex(const struct digest *d, char *text)
{
	static const char digits[] = "0123456789abcdef";
	char *p = text;
	size_t i;

	for (i = 0; i < d->len; i++) {
		*p++ = digits[d->bytes[i] >> 4];
		*p++ = digits[d->bytes[i] & 15];
	}
	*p = '\0';
	return text;
}

struct digester {
	EVP_MD_CTX	*ctx[DIGEST_ALGS];	/* NULL where not asked */
};

struct digester *
digester_new(unsigned algs)
{
	struct digester *g = xcalloc(1, sizeof(*g));
	enum digest_alg alg;

	for (alg = DIGEST_NONE + 1; alg < DIGEST_ALGS; alg++) {
		if ((algs & DIGEST_BIT(alg)) == 0 || crypto_md(alg) == NULL)
			continue;
		g->ctx[alg] = xcheck(EVP_MD_CTX_new());
		if (EVP_DigestInit_ex(g->ctx[alg], crypto_md(alg), NULL) != 1) {
			EVP_MD_CTX_free(g->ctx[alg]);
			g->ctx[alg] = NULL;
		}
	}
	return g;
}

void
digester_free(struct digester *g)
{
	int i;

	if (g == NULL)
		return;
	for (i = 0; i < DIGEST_ALGS; i++)
		EVP_MD_CTX_free(g->ctx[i]);
	free(g);
}

void
digester_update(struct digester *g, const void *p, size_t len)
{
	int i;

	for (i = 0; i < DIGEST_ALGS; i++)
		if (g->ctx[i] != NULL)
			EVP_DigestUpdate(g->ctx[i], p, len);
}

void
digester_final(struct digester *g, struct digest_set *out)
{
	enum digest_alg alg;
	unsigned len;

	memset(out, 0, sizeof(*out));
	for (alg = DIGEST_NONE + 1; alg < DIGEST_ALGS; alg++) {
		len = 0;
		if (g->ctx[alg] == NULL || EVP_DigestFinal_ex(g->ctx[alg],
		    out->of[alg].bytes, &len) != 1)
			continue;
		out->of[alg].alg = alg;
		out->of[alg].len = len;
	}
}
