/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_VERDICT_H
#define ROLLCALL_TRUST_VERDICT_H

#include "trust/facts.h"
#include "trust/signature.h"

/*
 * What the signatures of a file are worth: of the facts F and of POLICY, and
 * of nothing else.
 *
 * In:      F may come from anywhere. What is missing in it, out of range or
 *          does not fit never makes a verdict good: an anchor of POLICY that
 *          was not asked when they were collected is nobody's.
 * Out:     *OUT, always; sig_file_fini(). SIG_UNSIGNED when there is no
 *          signature. *OUT borrows nothing from F, and from POLICY nothing.
 */
void	sig_verdict(const struct sig_facts *f, const struct sig_policy *policy,
	    struct sig_file *out);

/* What a file without signature is, if that needs to be explained; else the
 * text is "". */
void	sig_verdict_unsigned(const struct sig_facts *f, struct diag *d);

#endif
