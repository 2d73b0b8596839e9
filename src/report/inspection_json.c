/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/inspection.h"
#include "report/json_result.h"

#include <stdlib.h>

/*
 * rollcall-result(5) and data/rollcall-result.schema.json are the contract of
 * what is written here. Each file is one line.
 */

static void
put_hex(struct jsonout *j, const char *name, const struct file_facts *f,
    enum digest_alg alg)
{
	char hex[2 * DIGEST_MAX + 1];

	jsonout_text(j, name, f->digested ?
	    digest_hex(&f->digests.of[alg], hex) : NULL);
}

/* Why something is not well, or null. */
static void
put_reason(struct jsonout *j, const char *name, const struct diag *d)
{
	if (d->text[0] == '\0') {
		jsonout_null(j, name);
		return;
	}
	jsonout_object(j, name);
	jsonout_text(j, "text", d->text);
	if (d->fileoff != DIAG_NOWHERE)
		jsonout_number(j, "offset", (int64_t)d->fileoff);
	else
		jsonout_null(j, "offset");
	jsonout_text(j, "rule", d->clause);
	jsonout_end(j);
}

/* -------------------------------------------------------- signatures */

/* What is said of every certificate, into an object that is left open; null,
 * and false, when it is not in the file. */
static bool
begin_certificate(struct jsonout *j, const char *name,
    const struct sig_certificate *c)
{
	if (c->subject == NULL) {
		jsonout_null(j, name);
		return false;
	}
	jsonout_object(j, name);
	jsonout_text(j, "subject", c->subject);
	jsonout_text(j, "issuer", c->issuer);
	jsonout_text(j, "serial", c->serial);
	jsonout_text(j, "sha1", c->sha1);
	return true;
}

static void
put_signer(struct jsonout *j, const struct sig_certificate *c)
{
	if (!begin_certificate(j, "signer", c))
		return;
	jsonout_instant(j, "not_after", c->not_after);
	jsonout_end(j);
}

/* The purposes that the extension names: null without the extension, which is
 * the defect, and [] for an empty one. */
static void
put_eku(struct jsonout *j, const struct sig_certificate *c)
{
	size_t i;

	if (!c->eku_present) {
		jsonout_null(j, "eku");
		return;
	}
	jsonout_array(j, "eku");
	for (i = 0; i < c->eku_count; i++)
		jsonout_text(j, NULL, c->eku[i]);
	jsonout_end(j);
}

static void
put_stamper(struct jsonout *j, const struct sig_certificate *c)
{
	if (!begin_certificate(j, "certificate", c))
		return;
	put_eku(j, c);
	jsonout_end(j);
}

static void
put_accepted(struct jsonout *j, struct sig_flags f)
{
	jsonout_object(j, "accepted");
	jsonout_bool(j, "without_fix", f.without_fix);
	jsonout_bool(j, "with_fix", f.with_fix);
	jsonout_end(j);
}

void
inspection_json_until(struct jsonout *j, const struct sig_until *u)
{
	jsonout_object(j, "good_until");
	jsonout_instant(j, "without_fix", u->without_fix);
	jsonout_instant(j, "with_fix", u->with_fix);
	jsonout_end(j);
}

static void
put_timestamp(struct jsonout *j, const struct sig_timestamp *t)
{
	static const struct sig_timestamp none = { .time = INSTANT_NONE };

	if (t == NULL)
		t = &none;
	jsonout_object(j, "timestamp");
	jsonout_text(j, "kind", t->kind == SIG_STAMP_NONE ? NULL :
	    sig_stamp_kind_name(t->kind));
	jsonout_instant(j, "time", t->time);
	put_stamper(j, &t->certificate);
	put_accepted(j, t->accepted);
	put_reason(j, "reason", &t->why);
	jsonout_end(j);
}

/* One line: with 30 packages, blanks would be half of a result. */
static void
put_level(struct jsonout *j, const struct sig_level *l)
{
	bool flat;

	jsonout_object(j, NULL);
	flat = jsonout_flat(j, true);
	jsonout_text(j, "level", l->depth == 0 ? "primary" : "nested");
	jsonout_text(j, "digest_algorithm", l->digest_alg == DIGEST_NONE ?
	    NULL : digest_name(l->digest_alg));
	jsonout_text(j, "digest", sig_digest_name(l->digest));
	put_signer(j, &l->signer);
	jsonout_text(j, "anchor", l->anchor);
	put_timestamp(j, sig_level_timestamp(l));
	inspection_json_until(j, &l->until);
	jsonout_text(j, "verdict", sig_verdict_name(l->verdict));
	jsonout_text(j, "advisory", l->advisory);
	put_reason(j, "reason", &l->why);
	jsonout_end(j);
	(void)jsonout_flat(j, flat);
}

void
inspection_json_signatures(struct jsonout *j, const struct sig_file *f)
{
	size_t i;

	jsonout_array(j, "signatures");
	for (i = 0; i < f->count; i++)
		put_level(j, &f->levels[i]);
	jsonout_end(j);
}

/* -------------------------------------------------------------- files */

static void
put_codes(struct jsonout *j, const char *name, char (*codes)[MSI_GUID_TEXT],
    size_t count)
{
	size_t i;

	jsonout_array(j, name);
	for (i = 0; i < count; i++)
		jsonout_text(j, NULL, codes[i]);
	jsonout_end(j);
}

static void
put_patch(struct jsonout *j, const struct file_facts *f)
{
	if (f->kind != FILEKIND_MSP) {
		jsonout_null(j, "patch");
		return;
	}
	jsonout_object(j, "patch");
	jsonout_text(j, "code", f->has_patch ? f->patch.code : NULL);
	put_codes(j, "targets", f->patch.targets, f->patch.target_count);
	put_codes(j, "obsoletes", f->patch.obsoletes,
	    f->patch.obsolete_count);
	jsonout_text(j, "title", f->title);
	jsonout_text(j, "display_name", f->display_name);
	jsonout_text(j, "kb", f->kb);
	jsonout_end(j);
}

void
inspection_json_listed(struct jsonout *j, enum inspect_listed listed)
{
	if (listed == INSPECT_LISTED_UNKNOWN)
		jsonout_null(j, "listed");
	else
		jsonout_bool(j, "listed", listed == INSPECT_LISTED);
}

/* How the release was told, and what else fits or does not. */
static void
put_identity(struct jsonout *j, const struct inspected *i)
{
	jsonout_text(j, "release", i->release != NULL ? i->release->id :
	    NULL);
	jsonout_text(j, "identified_by", inspect_by_name(i->by));
	inspection_json_listed(j, i->listed);
	jsonout_text(j, "file_name", inspect_name_name(i->name));
}

static void
begin(struct inspection_writer *w)
{
	struct jsonout *j = &w->json;

	jsonout_init(j, w->out, true);
	jsonout_object(j, NULL);
	json_result_begin(j, w->r->version, w->r->at,
	    catalogue_info(w->r->catalogue));
	jsonout_array(j, "files");
}

static void
file(struct inspection_writer *w, const char *path, const struct inspected *i)
{
	struct jsonout *j = &w->json;
	struct rests rests = { .count = 0 };
	bool flat;

	jsonout_object(j, NULL);
	flat = jsonout_flat(j, true);
	jsonout_text(j, "path", path);
	jsonout_text(j, "kind", filekind_name(i->facts->kind));
	jsonout_number(j, "size", (int64_t)i->facts->size);
	put_hex(j, "sha256", i->facts, DIGEST_SHA256);
	put_hex(j, "sha1", i->facts, DIGEST_SHA1);
	jsonout_version(j, "version", i->facts->version);
	jsonout_text(j, "product_code", i->facts->product_code);
	put_patch(j, i->facts);
	put_identity(j, i);
	jsonout_text(j, "verdict", sig_verdict_name(i->verdict));
	jsonout_instant(j, "good_until", i->until.without_fix);
	jsonout_text(j, "advisory", i->advisory);
	put_reason(j, "reason", &i->why);
	put_reason(j, "damage", &i->facts->damage);
	inspection_json_signatures(j, &i->signatures);
	rests_on_identity(&rests, i);
	rests_on_signature(&rests, i);
	json_result_rests(j, &rests);
	rests_fini(&rests);
	jsonout_end(j);
	(void)jsonout_flat(j, flat);
}

static void
end(struct inspection_writer *w)
{
	jsonout_end(&w->json);
	jsonout_end(&w->json);
	jsonout_fini(&w->json);
}

const struct inspection_format inspection_json = {
	.begin = begin,
	.file = file,
	.end = end,
};
