/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_DIGEST_H
#define ROLLCALL_TRUST_DIGEST_H

#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The digests that signatures of Windows use. 0 is none. */
enum digest_alg {
	DIGEST_NONE,
	DIGEST_MD5,
	DIGEST_SHA1,
	DIGEST_SHA256,
	DIGEST_SHA384,
	DIGEST_SHA512,
};
#define DIGEST_ALGS	6
#define DIGEST_MAX	64	/* bytes of the longest */

#define DIGEST_BIT(alg)	(1U << (alg))

struct digest {
	enum digest_alg	alg;
	uint8_t		bytes[DIGEST_MAX];
	size_t		len;
};

/* What was digested, and how. */
enum digest_subject {
	DIGEST_OF_BYTES,	/* as they are */
	DIGEST_OF_PE,
	DIGEST_OF_CAB,
	DIGEST_OF_MSI
};

/* Digests of the same bytes, by algorithm; DIGEST_NONE where not asked. */
struct digest_set {
	struct digest	of[DIGEST_ALGS];
	enum digest_subject subject;
};

/* "sha256"; "none". */
const char	*digest_name(enum digest_alg alg);

/* Bytes: 20 for SHA-1. */
size_t		 digest_len(enum digest_alg alg);

/* Lower-case hex with its NUL into TEXT of 2 * DIGEST_MAX + 1 bytes. */
char		*digest_hex(const struct digest *d, char *text);

/*
 * Several digests over the same bytes in one pass.
 *
 * In:      ALGS is a set of DIGEST_BIT()s.
 * Out:     owned by the caller: digester_free().
 */
struct digester;
struct digester	*digester_new(unsigned algs);
void		 digester_free(struct digester *g);	/* NULL is fine */
void		 digester_update(struct digester *g, const void *p,
		    size_t len);

/* The digests so far; DIGESTER takes no more bytes after it. */
void		 digester_final(struct digester *g, struct digest_set *out);

#endif
