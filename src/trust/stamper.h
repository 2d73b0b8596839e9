/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_STAMPER_H
#define ROLLCALL_TRUST_STAMPER_H

#include "trust/facts.h"
#include "trust/signature.h"

/*
 * Judge a timestamp by its facts T, which are of F. The two old VeriSign time
 * stampers that every Windows accepts are known here; POLICY names those that
 * need the fix of an advisory.
 *
 * Out:     *OUT, always; what it owns goes with sig_file_fini().
 */
void	stamper_judge(const struct sig_facts *f,
	    const struct sig_stamp_facts *t, const struct sig_policy *policy,
	    struct sig_timestamp *out);

#endif
