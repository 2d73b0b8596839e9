/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TRUST_JUDGE_H
#define ROLLCALL_TRUST_JUDGE_H

#include "base/slice.h"
#include "trust/signature.h"

/*
 * Judge one PKCS #7 and everything nested in it: sig_collect() with the
 * anchors of POLICY, then sig_verdict().
 *
 * In:      S and COMPUTED as in sig_collect().
 * Out:     *OUT, always; sig_file_fini(). Damage is a level too:
 *          SIG_UNREADABLE.
 * Limits:  those of sig_collect().
 */
void	sig_judge(struct slice s, const struct digest_set *computed,
	    const struct sig_policy *policy, struct sig_file *out);

#endif
