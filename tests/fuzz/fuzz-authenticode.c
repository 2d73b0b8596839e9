/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "authenticode.h"
#include "trust/authenticode.h"
#include "trust/collect.h"
#include "trust/judge.h"
#include "trust/verdict.h"

#include <stdlib.h>
#include <string.h>

/* 2014-01-01: after every signer of the seeds has expired. */
#define AT	((instant)1388534400)

static struct anchors *
make_anchors(void)
{
	struct anchors *a = anchors_new();

	if (anchors_add(a, "root", NULL, slice_of(root_subject,
	    sizeof(root_subject), 0), slice_of(root_spki, sizeof(root_spki),
	    0), ANCHOR_BOTH, NULL) != ST_OK)
		abort();
	return a;
}

/* Without an anchor, nothing may ever look good. */
static void
check_no_anchor(struct slice s, struct sig_policy policy,
    const struct anchors *none)
{
	struct sig_file f = { 0 };

	policy.anchors = none;
	sig_judge(s, NULL, &policy, &f);
	if (f.verdict == SIG_VALID || f.verdict == SIG_EXPIRES ||
	    f.verdict == SIG_EXPIRED || f.verdict == SIG_UNCHECKED)
		abort();
	sig_file_fini(&f);
}

/* Nor for an anchor that was not asked when the facts were collected. */
static void
check_not_asked(struct slice s, const struct sig_policy *policy,
    const struct anchors *none)
{
	struct sig_facts facts = { .place = SIG_PLACE_SOUND };
	struct sig_file f;

	sig_collect(s, NULL, none, &facts);
	sig_verdict(&facts, policy, &f);
	if (f.verdict == SIG_VALID || f.verdict == SIG_EXPIRES ||
	    f.verdict == SIG_EXPIRED || f.verdict == SIG_UNCHECKED)
		abort();
	sig_file_fini(&f);
	sig_facts_fini(&facts);
}

/* The bytes as a bare PKCS #7 that signs "body". */
static void
judge_bare(struct slice s, const struct sig_policy *policy)
{
	struct digester *g = digester_new(sig_algorithms(s));
	struct sig_file f = { 0 };
	struct digest_set computed;

	digester_update(g, "body", 4);
	digester_final(g, &computed);
	digester_free(g);
	sig_judge(s, &computed, policy, &f);
	sig_file_fini(&f);
}

/* The bytes as a file that may hold signatures. */
static void
judge_file(struct slice s, const struct sig_policy *policy)
{
	struct source src = source_of_slice(&s);
	struct authenticode a = { 0 };
	enum status st = ST_UNSUPPORTED;
	struct cfb *cfb = NULL;
	struct pe *pe = NULL;
	struct cab_info cab;

	if (pe_open(src, &pe, NULL) == ST_OK)
		st = authenticode_pe(&src, pe_info(pe), policy, &a, NULL);
	else if (cfb_open(src, &cfb, NULL) == ST_OK)
		st = authenticode_msi(&src, cfb, policy, &a, NULL);
	else if (cab_read(&src, &cab, NULL) == ST_OK)
		st = authenticode_cab(&src, &cab, policy, &a, NULL);
	if (st == ST_OK && a.signatures.verdict == SIG_UNCHECKED)
		abort();
	authenticode_fini(&a);
	cfb_close(cfb);
	pe_close(pe);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct anchors *anchors, *none;
	struct slice s = slice_of(data, len, 0);
	struct sig_thumbprint defective = { .advisory = "2749655" };
	struct sig_policy policy = { .at = AT, .thumbprints = &defective,
	    .thumbprint_count = 1 };

	if (anchors == NULL) {
		anchors = make_anchors();
		none = anchors_new();
	}
	policy.anchors = anchors;
	memcpy(defective.sha1, defective_sha1, sizeof(defective.sha1));
	judge_bare(s, &policy);
	judge_file(s, &policy);
	check_no_anchor(s, policy, none);
	check_not_asked(s, &policy, none);
	return 0;
}
