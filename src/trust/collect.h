/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_COLLECT_H
#define ROLLCALL_TRUST_COLLECT_H

#include "base/slice.h"
#include "base/status.h"
#include "trust/anchors.h"
#include "trust/digest.h"
#include "trust/facts.h"

/*
 * Collect what is so about one PKCS #7 and everything nested in it.
 *
 * Spec:    [Authenticode], see pkcs7.h.
 * In:      S begins with the PKCS #7; what follows the DER is ignored.
 *          COMPUTED has the digests of the file by sig_algorithms(); NULL
 *          leaves the digest unchecked (a bare PKCS #7). ANCHORS are those
 *          whose keys are tried; what they are trusted for is not asked.
 * Out:     levels are appended to *F (sig_facts_fini()), in the order of the
 *          file. Damage is a level too. The place of the bytes is the
 *          caller's to say.
 * Limits:  SIG_MAX_LEVELS, SIG_MAX_DEPTH, SIG_MAX_TIMESTAMPS,
 *          SIG_MAX_CERTS, SIG_MAX_CHECKS, CHAIN_MAX_DEPTH.
 */
void		sig_collect(struct slice s, const struct digest_set *computed,
		    const struct anchors *anchors, struct sig_facts *f);

/* Add a level that could not be read, for the reason R: a certificate table
 * or a stream that is damaged. */
void		sig_collect_damage(struct sig_facts *f,
		    const struct sig_reason *r);

/*
 * Say whether the file has what it has outside of its digests in places where
 * that may be.
 *
 * In:      D is what the reader of the format says against it; no text: all
 *          is as it should be.
 */
void		sig_collect_place(struct sig_facts *f, const struct diag *d);

/* The set of DIGEST_BIT()s that S and what is nested in it ask for; 0 when
 * it cannot be read. */
unsigned	sig_algorithms(struct slice s);

#endif
