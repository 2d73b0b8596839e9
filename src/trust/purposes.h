/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_PURPOSES_H
#define ROLLCALL_TRUST_PURPOSES_H

#include "trust/facts.h"

/* Purposes of keys, as they stand in the facts (RFC 5280 4.2.1.12); the last
 * is szOID_KP_TIME_STAMP_SIGNING. */
#define PURPOSE_ANY	"2.5.29.37.0"
#define PURPOSE_CODE	"1.3.6.1.5.5.7.3.3"
#define PURPOSE_TIME	"1.3.6.1.5.5.7.3.8"
#define PURPOSE_MS_TIME	"1.3.6.1.4.1.311.10.3.2"

/* Is OID in the extendedKeyUsage *extension*? */
bool	purpose_has(const struct sig_cert *c, const char *oid);

/* Is one of the two for time stamping in it? */
bool	purpose_stamps(const struct sig_cert *c);

#endif
