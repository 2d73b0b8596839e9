/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/inspect.h"

#include "base/limits.h"
#include "formats/cab.h"
#include "formats/pe.h"
#include "inventory/inspect_policy.h"
#include "inventory/inventory.h"
#include "trust/authenticode.h"

#include <inttypes.h>
#include <stdlib.h>

/* ------------------------------------------ what a file says of itself */

/* Damage beside the signature hides nothing but itself; the first is told. */
static void
note_damage(struct inspected *i, const struct diag *d)
{
	if (i->damage.text[0] == '\0')
		i->damage = *d;
}

static void
read_version(struct pe *pe, struct inspected *i)
{
	struct pe_version v;
	struct diag d;
	enum status st = pe_version(pe, &v, &d);

	if (st == ST_OK)
		i->version = v.file;
	else if (st != ST_ABSENT)
		note_damage(i, &d);
}

/* The text that GET finds under NAME, or NULL. */
static char *
read_property(struct msi *m, enum status (*get)(struct msi *, const char *,
    char **, struct diag *), const char *name, struct inspected *i)
{
	char *text = NULL;
	struct diag d;
	enum status st = get(m, name, &text, &d);

	if (st != ST_OK && st != ST_ABSENT)
		note_damage(i, &d);
	return st == ST_OK ? text : NULL;
}

static void
read_codes(const struct msi_summary *s, struct inspected *i)
{
	struct diag d;
	enum status st = msi_patch_decode(s, &i->patch, &d);

	i->has_patch = st == ST_OK;
	if (st != ST_OK && st != ST_ABSENT)
		note_damage(i, &d);
}

static void
read_summary(struct msi *m, struct inspected *i)
{
	struct msi_summary s;
	struct diag d;
	enum status st = msi_summary(m, &s, &d);

	if (st == ST_OK) {
		if (i->kind == FILEKIND_MSP)
			read_codes(&s, i);
		if (i->kind == FILEKIND_MSI) {
			i->package_code = s.revision;
			s.revision = NULL;
		}
		i->title = s.title;
		s.title = NULL;
		msi_summary_fini(&s);
	} else if (st != ST_ABSENT)
		note_damage(i, &d);
}

static void
read_patch(struct msi *m, struct inspected *i)
{
	i->display_name = read_property(m, msi_patch_metadata, "DisplayName",
	    i);
	if (i->display_name != NULL)
		i->kb = kb_in_text(i->display_name);
	if (i->kb == NULL && i->title != NULL)
		i->kb = kb_in_text(i->title);
}

static void
read_product(struct msi *m, struct inspected *i)
{
	char *version = read_property(m, msi_property, "ProductVersion", i);
	struct diag d;

	i->product_code = read_property(m, msi_property, "ProductCode", i);
	if (version != NULL && !version_parse_product(version, &i->version)) {
		diag_set(&d, ST_MALFORMED, DIAG_NOWHERE, "Windows Installer: "
		    "ProductVersion", "\"%.80s\" is no version", version);
		note_damage(i, &d);
	}
	free(version);
}

/* ------------------------------------- each kind, its signatures and all */

static enum status
inspect_pe(const struct source *src, const struct sig_policy *policy,
    struct inspected *i, struct authenticode *a, struct diag *d)
{
	struct pe *pe = NULL;
	enum status st = pe_open(*src, &pe, d);

	if (st == ST_OK) {
		i->machine = pe_info(pe)->machine;
		i->pe32_plus = pe_info(pe)->plus;
		read_version(pe, i);
		st = authenticode_pe(src, pe_info(pe), policy, a, d);
	}
	pe_close(pe);
	return st;
}

static enum status
inspect_msi(const struct source *src, const struct sig_policy *policy,
    struct inspected *i, struct authenticode *a, struct diag *d)
{
	struct msi *m = NULL;
	enum status st = msi_open(*src, &m, d);

	if (st == ST_OK) {
		read_summary(m, i);
		if (i->kind == FILEKIND_MSP)
			read_patch(m, i);
		else
			read_product(m, i);
		st = authenticode_msi(src, msi_cfb(m), policy, a, d);
	}
	msi_close(m);
	return st;
}

static enum status
inspect_cab(const struct source *src, const struct sig_policy *policy,
    struct authenticode *a, struct diag *d)
{
	struct cab_info cab;
	enum status st = cab_read(src, &cab, d);

	return st == ST_OK ? authenticode_cab(src, &cab, policy, a, d) : st;
}

/*
 * A file of no kind that we judge; but one that is a compound file and cannot
 * be read as such, as a package that was cut short, is not just any file; and
 * one that is signed is a package, though its class says that it is not.
 */
static enum status
inspect_other(const struct source *src, const struct sig_policy *policy,
    struct authenticode *a, struct diag *d)
{
	struct cfb *cfb = NULL;
	enum status st = cfb_open(*src, &cfb, d);

	if (st == ST_OK && authenticode_is_package(cfb))
		st = authenticode_msi(src, cfb, policy, a, d);
	else if (st == ST_OK || st == ST_UNSUPPORTED)
		st = authenticode_none(src, a, d);
	cfb_close(cfb);
	return st;
}

static enum status
inspect_kind(const struct source *src, const struct sig_policy *policy,
    struct inspected *i, struct authenticode *a, struct diag *d)
{
	switch (i->kind) {
	case FILEKIND_PE:
		return inspect_pe(src, policy, i, a, d);
	case FILEKIND_MSI:
	case FILEKIND_MSP:
		return inspect_msi(src, policy, i, a, d);
	case FILEKIND_CAB:
		return inspect_cab(src, policy, a, d);
	case FILEKIND_CAT:
	case FILEKIND_PKCS7:
		return authenticode_pkcs7(src, policy, a, d);
	case FILEKIND_OTHER:
		break;
	}
	return inspect_other(src, policy, a, d);
}

void
inspect_unreadable(const struct diag *d, struct inspected *out)
{
	*out = (struct inspected){ .verdict = SIG_UNREADABLE,
	    .until = { INSTANT_NONE, INSTANT_NONE }, .why = *d };
}

/* Take over what was found out about the signatures. */
static void
conclude(struct inspected *i, const struct authenticode *a)
{
	i->digests = a->file;
	i->digested = true;
	i->signatures = a->signatures;
	i->metadata = a->metadata;
	i->verdict = i->signatures.verdict;
	i->until = i->signatures.until;
	i->advisory = i->signatures.advisory;
	if (i->signatures.why != NULL)
		i->why = *i->signatures.why;
	else
		i->why = a->unsigned_why;
	/* Nobody vouches for the bytes, and they are not right. */
	if (i->verdict == SIG_UNSIGNED && i->damage.text[0] != '\0') {
		i->verdict = SIG_UNREADABLE;
		i->why = i->damage;
	}
}

/* Damaged, but there: it still has its digests, unless the system says no. */
static void
conclude_damaged(struct inspected *i, const struct source *src,
    const struct diag *d)
{
	struct authenticode a;
	struct diag again;

	i->verdict = SIG_UNREADABLE;
	i->why = *d;
	if (authenticode_none(src, &a, &again) != ST_OK) {
		i->why = again;
		return;
	}
	i->digests = a.file;
	i->digested = true;
	authenticode_fini(&a);
}

/* Bytes that a file of this kind may have: none that Windows would load or
 * install has more, and a hole of 20 GiB costs nothing to make. */
static uint64_t
size_limit(enum filekind kind)
{
	return kind == FILEKIND_CAT || kind == FILEKIND_PKCS7 ?
	    INSPECT_MAX_PKCS7 : INSPECT_MAX_BYTES;
}

void
inspect_source(struct source src, const char *name,
    const struct inspect_policy *p, struct inspected *out)
{
	struct inspected i = { .size = src.size,
	    .until = { INSTANT_NONE, INSTANT_NONE } };
	struct authenticode a = { 0 };
	struct diag d = { .fileoff = DIAG_NOWHERE };
	enum status st = filekind_of(&src, &i.kind, &d);

	if (st == ST_OK && src.size > size_limit(i.kind)) {
		diag_set(&d, ST_LIMIT, DIAG_NOWHERE, "limit: "
		    "INSPECT_MAX_BYTES", "a file of %" PRIu64 " bytes is not "
		    "looked at", src.size);
		inspect_unreadable(&d, out);
		out->kind = i.kind;
		out->size = src.size;
		return;
	}
	if (st == ST_OK)
		st = inspect_kind(&src, &p->sig, &i, &a, &d);
	if (st == ST_UNSUPPORTED) {
		/* It only began like one of its kind. */
		i.kind = FILEKIND_OTHER;
		st = authenticode_none(&src, &a, &d);
	}
	if (st == ST_OK)
		conclude(&i, &a);
	else
		conclude_damaged(&i, &src, &d);
	sig_facts_fini(&a.facts);
	inspect_identify(&i, name, p->cat);
	*out = i;
}

void
inspected_fini(struct inspected *i)
{
	if (i == NULL)
		return;
	free(i->title);
	free(i->display_name);
	free(i->kb);
	free(i->product_code);
	free(i->package_code);
	if (i->has_patch)
		msi_patch_fini(&i->patch);
	sig_file_fini(&i->signatures);
	*i = (struct inspected){ 0 };
}
