/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_ANCHORS_H
#define ROLLCALL_TRUST_ANCHORS_H

#include "base/slice.h"
#include "base/status.h"
#include "trust/facts.h"

#include <stddef.h>

/* What an anchor is trusted for. */
#define ANCHOR_CODE	1U
#define ANCHOR_TIME	2U
#define ANCHOR_BOTH	(ANCHOR_CODE | ANCHOR_TIME)

/*
 * The root CAs that chains may end at: a subject name and a public key each,
 * without a validity of their own. Filled by one thread, then read by many.
 */
struct anchors;

struct anchors	*anchors_new(void);
void		 anchors_free(struct anchors *a);	/* NULL is fine */

/*
 * In:      BY is the overlay that brought it, for people; NULL for none.
 *          SUBJECT is a DER Name, SPKI a DER SubjectPublicKeyInfo; all is
 *          copied. USES is a set of ANCHOR_*.
 * Limits:  ANCHORS_MAX.
 * Returns: ST_OK; ST_MALFORMED for no name or no key; ST_LIMIT.
 */
MUST_CHECK
enum status	 anchors_add(struct anchors *a, const char *name,
		    const char *by, struct slice subject, struct slice spki,
		    unsigned uses, struct diag *d);

/*
 * The same of a key that was decoded before and is one: it is decoded again
 * when a certificate asks for it. What is none would be nobody's key.
 *
 * Returns: ST_OK; ST_MALFORMED for no name; ST_LIMIT.
 */
MUST_CHECK
enum status	 anchors_add_known(struct anchors *a, const char *name,
		    const char *by, struct slice subject, struct slice spki,
		    unsigned uses, struct diag *d);

/*
 * Every certificate of a PEM file, for both uses; the name of an anchor is
 * its subject.
 *
 * Limits:  ANCHORS_MAX; PEM as long as an int.
 * Returns: ST_OK; ST_MALFORMED when it holds none, or one that is broken;
 *          ST_LIMIT.
 */
MUST_CHECK
enum status	 anchors_add_pem(struct anchors *a, struct slice pem,
		    struct diag *d);

size_t		 anchors_count(const struct anchors *a); /* NULL: none */

/* What the anchor at I, from 0, is known by; borrowed. NULL past the end. */
const struct sig_anchor *anchors_get(const struct anchors *a, size_t i);

/* The overlay that brought it; borrowed. NULL for none, and past the end. */
const char	*anchors_by(const struct anchors *a, size_t i);

/* The first anchor for USE with that subject and that key, by its place;
 * anchors_count() when there is none. */
size_t		 anchors_find(const struct anchors *a,
		    const struct sig_anchor *x, unsigned use);

#endif
