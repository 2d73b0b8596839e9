/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/facts.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* ------------------------------------------------------ certificates */

void
sig_cert_fini(struct sig_cert *c)
{
	size_t i;

	free(c->subject);
	free(c->issuer);
	free(c->serial);
	free(c->critical);
	for (i = 0; i < c->eku_count; i++)
		free(c->eku[i]);
	free(c->eku);
	*c = (struct sig_cert){ 0 };
}

void
sig_cert_copy(const struct sig_cert *c, struct sig_cert *out)
{
	size_t i;

	*out = *c;
	out->subject = xstrdup(c->subject);
	out->issuer = xstrdup(c->issuer);
	out->serial = xstrdup(c->serial);
	out->critical = xstrdup(c->critical);
	out->eku = xcalloc(c->eku_count + 1, sizeof(*out->eku));
	for (i = 0; i < c->eku_count; i++)
		out->eku[i] = xstrdup(c->eku[i]);
}

const struct sig_cert *
sig_facts_cert(const struct sig_facts *f, size_t cert)
{
	return cert == SIG_NO_CERT || cert > f->cert_count ? NULL :
	    &f->certs[cert - 1];
}

/* The number of the certificate with that id, or SIG_NO_CERT. */
static size_t
sig_facts_find(const struct sig_facts *f, const uint8_t id[SIG_ID_BYTES])
{
	size_t i;

	for (i = 0; i < f->cert_count; i++)
		if (memcmp(f->certs[i].sha256, id, SIG_ID_BYTES) == 0)
			return i + 1;
	return SIG_NO_CERT;
}

size_t
sig_facts_add(struct sig_facts *f, struct sig_cert *c)
{
	size_t cert = sig_facts_find(f, c->sha256);

	if (cert != SIG_NO_CERT) {
		sig_cert_fini(c);
		return cert;
	}
	f->certs = xpush(f->certs, f->cert_count, sizeof(*f->certs));
	f->certs[f->cert_count++] = *c;
	*c = (struct sig_cert){ 0 };
	return f->cert_count;
}

/* ------------------------------------------------------------- paths */

static void
paths_fini(struct sig_paths *p)
{
	size_t i;

	for (i = 0; i < p->count; i++) {
		free(p->list[i].steps);
		free(p->list[i].anchor.name);
		free(p->list[i].anchor.subject);
	}
	free(p->list);
}

/* COUNT elements of SIZE bytes, of which there may be none. */
static void *
copy_array(const void *p, size_t count, size_t size)
{
	return count == 0 ? NULL : xmemdup(p, count * size);
}

static void
paths_copy(const struct sig_paths *p, struct sig_paths *out)
{
	size_t i;

	out->count = p->count;
	out->list = copy_array(p->list, p->count, sizeof(*p->list));
	for (i = 0; i < p->count; i++) {
		out->list[i].steps = copy_array(p->list[i].steps,
		    p->list[i].count, sizeof(*p->list[i].steps));
		out->list[i].anchor.name = xstrdup(p->list[i].anchor.name);
		out->list[i].anchor.subject =
		    xstrdup(p->list[i].anchor.subject);
	}
}

/* ------------------------------------------------------------ levels */

static void
level_fini(struct sig_level_facts *l)
{
	size_t i;

	paths_fini(&l->paths);
	for (i = 0; i < l->stamp_count; i++)
		paths_fini(&l->stamps[i].paths);
	free(l->stamps);
}

static void
level_copy(const struct sig_level_facts *l, struct sig_level_facts *out)
{
	size_t i;

	*out = *l;
	paths_copy(&l->paths, &out->paths);
	out->stamps = copy_array(l->stamps, l->stamp_count,
	    sizeof(*l->stamps));
	for (i = 0; i < l->stamp_count; i++)
		paths_copy(&l->stamps[i].paths, &out->stamps[i].paths);
}

void
sig_facts_fini(struct sig_facts *f)
{
	size_t i;

	if (f == NULL)
		return;
	for (i = 0; i < f->cert_count; i++)
		sig_cert_fini(&f->certs[i]);
	for (i = 0; i < f->level_count; i++)
		level_fini(&f->levels[i]);
	free(f->certs);
	free(f->levels);
	free(f->hidden_text);
	*f = (struct sig_facts){ 0 };
}

void
sig_facts_copy(const struct sig_facts *f, struct sig_facts *out)
{
	size_t i;

	*out = *f;
	out->certs = copy_array(f->certs, f->cert_count, sizeof(*f->certs));
	for (i = 0; i < f->cert_count; i++)
		sig_cert_copy(&f->certs[i], &out->certs[i]);
	out->levels = copy_array(f->levels, f->level_count,
	    sizeof(*f->levels));
	for (i = 0; i < f->level_count; i++)
		level_copy(&f->levels[i], &out->levels[i]);
	out->hidden_text = xstrdup(f->hidden_text);
}
