/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/cert_facts.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *
serial_text(struct slice serial)
{
	char *text;
	size_t i;

	if (serial.n > 1 && serial.p[0] == 0)
		(void)slice_from(serial, 1, &serial);
	if (serial.n > CERT_MAX_SERIAL)
		return xstrdup("(a number that is too long)");
	text = xcalloc(serial.n + 1, 2);
	for (i = 0; i < serial.n; i++)
		snprintf(text + 2 * i, 3, "%02x", serial.p[i]);
	return text;
}

static enum sig_said
said(bool yes)
{
	return yes ? SIG_SAID_YES : SIG_SAID_NO;
}

static void
set_key(struct sig_cert *out, struct cert *c)
{
	EVP_PKEY *key = cert_key(c);

	crypto_sha256(c->spki, out->key_sha256);
	out->signed_with = cert_signed_with(c);
	if (key == NULL)
		return;
	out->key = EVP_PKEY_is_a(key, "RSA") ? SIG_KEY_RSA :
	    EVP_PKEY_is_a(key, "EC") ? SIG_KEY_EC : SIG_KEY_OTHER;
	out->key_bits = (unsigned)EVP_PKEY_get_bits(key);
}

static void
set_extensions(struct sig_cert *out, const struct cert *c)
{
	struct cursor eku = cursor_of(c->eku);
	struct der oid;

	out->extensions = c->extensions;
	if (c->odd_critical.n != 0) {
		out->extensions = SIG_EXT_CRITICAL;
		out->critical = cert_oid_text(c->odd_critical);
	}
	out->ca = said(c->ca);
	out->path_len = c->path_len;
	out->may_sign = said(!c->key_usage || c->cert_sign);
	out->eku_present = said(c->eku_present);
	out->lifetime = said(cert_has_eku(c, OID_EKU_LIFETIME));
	while (der_take_if(&eku, DER_OID, &oid)) {
		out->eku = xpush(out->eku, out->eku_count,
		    sizeof(*out->eku));
		out->eku[out->eku_count++] = cert_oid_text(oid.body);
	}
}

static void
describe(struct cert *c, struct sig_cert *out)
{
	struct sig_cert cert = { .not_before = c->not_before,
	    .not_after = c->not_after };
	struct digest sha1;

	crypto_sha256(c->whole, cert.sha256);
	if (crypto_digest(DIGEST_SHA1, c->whole, &sha1))
		memcpy(cert.sha1, sha1.bytes, sizeof(cert.sha1));
	cert.subject = cert_name_text(c->subject);
	cert.issuer = cert_name_text(c->issuer);
	cert.serial = serial_text(c->serial);
	cert.self_issued = said(slice_equal(c->subject, c->issuer));
	set_key(&cert, c);
	set_extensions(&cert, c);
	*out = cert;
}

static void *
copy_cert(void *thing)
{
	struct sig_cert *copy = xcalloc(1, sizeof(*copy));

	sig_cert_copy(thing, copy);
	return copy;
}

static void
drop_cert(void *thing)
{
	sig_cert_fini(thing);
	free(thing);
}

/* By the whole certificate, of which every fact follows. */
static struct cache certs = CACHE_INIT(copy_cert, drop_cert);

size_t
cert_facts(struct sig_facts *f, struct cert *c)
{
	struct sig_cert *known;

	if (c->number != SIG_NO_CERT)
		return c->number;
	known = cache_get(&certs, c->whole);
	if (known == NULL) {
		known = xcalloc(1, sizeof(*known));
		describe(c, known);
		cache_put(&certs, c->whole, known);
	}
	c->number = sig_facts_add(f, known);
	free(known);
	return c->number;
}
