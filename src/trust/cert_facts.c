/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/cert_facts.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <stdio.h>
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

static size_t
describe(struct sig_facts *f, const uint8_t *id, struct cert *c)
{
	struct sig_cert cert = { .not_before = c->not_before,
	    .not_after = c->not_after };
	struct digest sha1;

	memcpy(cert.sha256, id, sizeof(cert.sha256));
	if (crypto_digest(DIGEST_SHA1, c->whole, &sha1))
		memcpy(cert.sha1, sha1.bytes, sizeof(cert.sha1));
	cert.subject = cert_name_text(c->subject);
	cert.issuer = cert_name_text(c->issuer);
	cert.serial = serial_text(c->serial);
	cert.self_issued = said(slice_equal(c->subject, c->issuer));
	set_key(&cert, c);
	set_extensions(&cert, c);
	return sig_facts_add(f, &cert);
}

size_t
cert_facts(struct sig_facts *f, struct cert *c)
{
	uint8_t id[SIG_ID_BYTES];

	if (c->number != SIG_NO_CERT)
		return c->number;
	crypto_sha256(c->whole, id);
	c->number = sig_facts_find(f, id);
	if (c->number == SIG_NO_CERT)
		c->number = describe(f, id, c);
	return c->number;
}
