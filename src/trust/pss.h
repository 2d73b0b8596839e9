/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_PSS_H
#define ROLLCALL_TRUST_PSS_H

#include "base/slice.h"
#include "trust/digest.h"

#include <stdbool.h>

/*
 * Which digest an RSA-PSS signature is made with: certificates of a few
 * authorities have some, signatures of files never.
 *
 * In: ALGORITHM is an AlgorithmIdentifier, whole.
 */

/* Is it RSA-PSS? */
bool		pss_is(struct slice algorithm);

/*
 * Windows is told of one digest ([BCRYPT_PSS_PADDING_INFO]): parameters that
 * name another for the mask have none here.
 *
 * Spec: RFC 8017 A.2.3. The length of the salt is for who verifies.
 *
 * DIGEST_NONE: a digest that is not known, or parameters that are broken.
 */
enum digest_alg	pss_digest(struct slice algorithm);

#endif
