/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_CERT_FACTS_H
#define ROLLCALL_TRUST_CERT_FACTS_H

#include "trust/cert.h"
#include "trust/facts.h"

/* The number of C in the table of F, which gets all that is to be known about
 * it when it is new there. */
size_t	cert_facts(struct sig_facts *f, struct cert *c);

#endif
