/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_DER_H
#define ROLLCALL_TRUST_DER_H

#include "base/instant.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A reader of DER over borrowed bytes. It knows where in its file every
 * element lies, which OpenSSL's decoders do not tell, and it hands out the
 * exact bytes that a signature covers, never a re-encoding of them.
 *
 * Spec: ITU-T X.690 8.1 (one-octet tags, definite lengths) and 10.1.
 */
#define DER_BOOLEAN		0x01
#define DER_INTEGER		0x02
#define DER_BIT_STRING		0x03
#define DER_OCTET_STRING	0x04
#define DER_OID			0x06
#define DER_UTC_TIME		0x17
#define DER_GENERALIZED_TIME	0x18
#define DER_SEQUENCE		0x30
#define DER_SET			0x31
#define DER_CONTEXT(n)		(0xa0 | (n))	/* constructed [n] */

/* The contents octets of an object identifier, from a string literal. */
#define OID(octets)		slice_of((octets), sizeof(octets) - 1, 0)

struct der {
	uint8_t		tag;
	struct slice	body;		/* contents octets */
	struct slice	whole;		/* tag, length and contents */
};

/*
 * The next element, whatever its tag. The cursor moves behind it; a cursor
 * that fails stands at the element that broke the rule.
 *
 * Returns: false, and *OUT untouched, at the end, on a tag of several
 *          octets, an indefinite length, or contents that stick out.
 */
bool	der_next(struct cursor *c, struct der *out);

/* The next element, which must have TAG. */
bool	der_take(struct cursor *c, uint8_t tag, struct der *out);

/* The next element if it has TAG; false without failing the cursor if not. */
bool	der_take_if(struct cursor *c, uint8_t tag, struct der *out);

/* A cursor over the contents of the next element, which must have TAG. */
struct cursor der_enter(struct cursor *c, uint8_t tag);

/* Has E no more length octets than it needs (10.1)? */
bool	der_is_short(struct der e);

/* Nothing is left, and nothing failed. */
bool	der_done(const struct cursor *c);

/* The OID of the AlgorithmIdentifier that comes next. */
struct slice der_algorithm(struct cursor *c);

/* A UTCTime or GeneralizedTime; a fraction of a second is dropped. */
bool	der_time(struct der e, instant *out);

#endif
