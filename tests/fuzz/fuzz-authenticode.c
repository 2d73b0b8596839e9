/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "authenticode.h"
#include "trust/signature.h"

#include <stdlib.h>
#include <string.h>

/* 2014-01-01: after every signer of the seeds has expired. */
#define AT	((instant)1388534400)

static struct anchors *
make_anchors(void)
{
	struct anchors *a = anchors_new();

	if (anchors_add(a, "root", slice_of(root_subject,
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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static struct anchors *anchors, *none;
	struct slice s = slice_of(data, len, 0);
	struct sig_thumbprint defective = { .advisory = "2749655" };
	struct sig_policy policy = { .at = AT, .thumbprints = &defective,
	    .thumbprint_count = 1 };
	struct digest_set computed;
	struct sig_file f = { 0 };
	struct digester *g;

	if (anchors == NULL) {
		anchors = make_anchors();
		none = anchors_new();
	}
	policy.anchors = anchors;
	memcpy(defective.sha1, defective_sha1, sizeof(defective.sha1));
	g = digester_new(sig_algorithms(s));
	digester_update(g, "body", 4);
	digester_final(g, &computed);
	digester_free(g);
	sig_judge(s, &computed, &policy, &f);
	sig_file_fini(&f);
	check_no_anchor(s, policy, none);
	return 0;
}
