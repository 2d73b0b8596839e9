/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/signature.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------- certificates for people */

static char *
text_of(const char *text)
{
	return xstrdup(text != NULL ? text : "(not known)");
}

void
sig_certificate_init(struct sig_certificate *out, const struct sig_cert *c)
{
	struct digest sha1 = { .alg = DIGEST_SHA1, .len = sizeof(c->sha1) };
	char hex[2 * DIGEST_MAX + 1];
	size_t i;

	memcpy(sha1.bytes, c->sha1, sizeof(c->sha1));
	*out = (struct sig_certificate){
		.subject = text_of(c->subject),
		.issuer = text_of(c->issuer),
		.serial = text_of(c->serial),
		.sha1 = xstrdup(digest_hex(&sha1, hex)),
		.not_before = c->not_before,
		.not_after = c->not_after,
		.eku_present = c->eku_present == SIG_SAID_YES,
	};
	for (i = 0; i < c->eku_count; i++) {
		out->eku = xpush(out->eku, i, sizeof(*out->eku));
		out->eku[out->eku_count++] = text_of(c->eku[i]);
	}
}

static void
sig_certificate_fini(struct sig_certificate *c)
{
	size_t i;

	free(c->subject);
	free(c->issuer);
	free(c->serial);
	free(c->sha1);
	for (i = 0; i < c->eku_count; i++)
		free(c->eku[i]);
	free(c->eku);
	*c = (struct sig_certificate){ 0 };
}

/* ------------------------------------------------------------ levels */

static void
level_fini(struct sig_level *l)
{
	size_t i;

	sig_certificate_fini(&l->signer);
	for (i = 0; i < l->timestamp_count; i++) {
		sig_certificate_fini(&l->timestamps[i].certificate);
		free(l->timestamps[i].anchor);
		free(l->timestamps[i].by);
		free(l->timestamps[i].stamper_by);
		free(l->timestamps[i].advisory);
	}
	free(l->timestamps);
	free(l->anchor);
	free(l->by);
	free(l->advisory);
}

void
sig_file_fini(struct sig_file *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->count; i++)
		level_fini(&f->levels[i]);
	free(f->levels);
	*f = (struct sig_file){ 0 };
}

const struct sig_timestamp *
sig_level_accepted(const struct sig_level *l, bool fix)
{
	const struct sig_flags *accepted;
	size_t i;

	for (i = 0; i < l->timestamp_count; i++) {
		accepted = &l->timestamps[i].accepted;
		if (fix ? accepted->with_fix : accepted->without_fix)
			return &l->timestamps[i];
	}
	return NULL;
}

const struct sig_timestamp *
sig_level_timestamp(const struct sig_level *l)
{
	const struct sig_timestamp *t = sig_level_accepted(l, false);

	if (t == NULL)
		t = sig_level_accepted(l, true);
	if (t == NULL && l->timestamp_count > 0)
		t = &l->timestamps[0];
	return t;
}

/* ------------------------------------------------------------- names */

const char *
sig_verdict_name(enum sig_verdict v)
{
	static const char *const names[] = { "unchecked", "valid", "expires",
	    "expired", "invalid", "untrusted", "unsigned", "unreadable" };

	return names[v];
}

const char *
sig_digest_name(enum sig_digest d)
{
	static const char *const names[] = { "unchecked", "match",
	    "mismatch" };

	return names[d];
}

const char *
sig_stamp_name(enum sig_stamp s)
{
	static const char *const names[] = { "unchecked", "good", "broken",
	    "untrusted" };

	return names[s];
}

const char *
sig_stamp_kind_name(enum sig_stamp_kind k)
{
	static const char *const names[] = { "none", "pkcs9", "rfc3161" };

	return names[k];
}
