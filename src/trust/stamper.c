/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/stamper.h"

#include "base/alloc.h"
#include "trust/chain.h"
#include "trust/purposes.h"

#include <string.h>

/*
 * The two entries of wintrust.dll's table that every Windows has: time
 * stampers of VeriSign whose certificates have no extendedKeyUsage (the
 * first, of 1997) or had to be trusted before it counted (the second, 1999).
 * Read in wintrust.dll of XP SP2 and of ten later builds.
 */
static const struct sig_thumbprint always[] = {
	{ .sha1 = { 0x38, 0x73, 0xb6, 0x99, 0xf3, 0x5b, 0x9c, 0xcc, 0x36, 0x62,
	    0xb6, 0x48, 0x3a, 0x96, 0xbd, 0x6e, 0xec, 0x97, 0xcf, 0xb7 } },
	{ .sha1 = { 0x9a, 0x3f, 0xf0, 0x5b, 0x42, 0x88, 0x52, 0x64, 0x84, 0xa9,
	    0xfc, 0xb8, 0xbc, 0x14, 0x7d, 0x53, 0xe1, 0x5a, 0x43, 0xbb } },
};

static const struct sig_thumbprint *
find_thumbprint(const struct sig_thumbprint *list, size_t count,
    const struct sig_cert *c)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (memcmp(list[i].sha1, c->sha1, sizeof(list[i].sha1)) == 0)
			return &list[i];
	return NULL;
}

/*
 * May this certificate be a time stamper? Windows asks the extension, never
 * a property of the store, and takes a critical and a non-critical one
 * alike; then it looks at its table. (OpenSSL's X509_get_extended_key_usage()
 * is all ones without the extension, and X509_PURPOSE_TIMESTAMP_SIGN refuses
 * a good extension that is not critical: neither is this question.)
 */
static struct sig_flags
stamper_accepted(const struct sig_policy *policy, const struct sig_cert *c,
    struct sig_timestamp *out)
{
	static const struct sig_flags no = { false, false };
	static const struct sig_flags both = { true, true };
	static const struct sig_flags fixed = { false, true };
	const struct sig_thumbprint *t = find_thumbprint(policy->thumbprints,
	    policy->thumbprint_count, c);

	if (t != NULL && t->advisory != NULL)
		out->advisory = xstrdup(t->advisory);
	if (t != NULL)
		out->stamper_by = xstrdup(t->by);
	if (purpose_stamps(c))
		return both;
	if (find_thumbprint(always, sizeof(always) / sizeof(always[0]), c) !=
	    NULL)
		return both;
	if (t == NULL)
		return no;
	return t->advisory == NULL ? both : fixed;
}

/* Where the certificate lies in the file: it begins each path. */
static uint64_t
place_of(const struct sig_stamp_facts *t)
{
	return t->paths.count > 0 && t->paths.list[0].count > 0 ?
	    t->paths.list[0].steps[0].at : DIAG_NOWHERE;
}

/* The signature verifies: judge who made it, and when. */
static void
judge_chain(const struct sig_facts *f, const struct sig_stamp_facts *t,
    const struct sig_cert *c, const struct sig_policy *policy,
    struct sig_timestamp *out)
{
	struct sig_flags accepted = stamper_accepted(policy, c, out);
	struct chain chain;

	chain_choose(f, &t->paths, t->cert, policy, CHAIN_TIME, t->time,
	    &chain);
	out->anchor = xstrdup(chain.anchor);
	out->by = xstrdup(chain.by);
	if (!chain_holds(&chain, t->time)) {
		out->state = SIG_STAMP_UNTRUSTED;
		out->why = chain.why;
		if (chain.anchor != NULL)
			diag_set(&out->why, ST_UNTRUSTED, place_of(t),
			    "RFC 5280 6.1.3", "a certificate was not valid "
			    "at the time of the timestamp");
		diag_wrap(&out->why, "timestamp");
		return;
	}
	out->state = SIG_STAMP_GOOD;
	out->accepted = accepted;
	if (!accepted.without_fix)
		diag_set(&out->why, ST_UNTRUSTED, place_of(t),
		    "WinVerifyTrust: time stamper's purpose", "timestamp: "
		    "the certificate is not for time stamping (%s)",
		    c->eku_present == SIG_SAID_YES ?
		    "its extendedKeyUsage says other things" :
		    "it has no extendedKeyUsage");
}

static enum sig_stamp_kind
kind_of(const struct sig_stamp_facts *t)
{
	return t->kind == SIG_STAMP_PKCS9 || t->kind == SIG_STAMP_RFC3161 ?
	    t->kind : SIG_STAMP_NONE;
}

/* Is all known of a timestamp that verifies? C made it. */
static bool
is_checked(const struct sig_stamp_facts *t, const struct sig_cert *c)
{
	return t->check == SIG_CHECK_GOOD && c != NULL &&
	    kind_of(t) != SIG_STAMP_NONE && t->time != INSTANT_NONE &&
	    t->paths.count > 0;
}

void
stamper_judge(const struct sig_facts *f, const struct sig_stamp_facts *t,
    const struct sig_policy *policy, struct sig_timestamp *out)
{
	const struct sig_cert *c = sig_facts_cert(f, t->cert);

	*out = (struct sig_timestamp){ .kind = kind_of(t), .time = t->time };
	if (c != NULL)
		sig_certificate_init(&out->certificate, c);
	if (is_checked(t, c)) {
		judge_chain(f, t, c, policy, out);
		return;
	}
	if (t->check == SIG_CHECK_BAD || t->check == SIG_CHECK_DAMAGED)
		out->state = SIG_STAMP_BROKEN;
	else if (t->check == SIG_CHECK_NONE && reason_is_open(t->why.why))
		out->state = SIG_STAMP_UNTRUSTED;
	reason_diag(&t->why, NULL, &out->why);
	diag_wrap(&out->why, "timestamp");
}
