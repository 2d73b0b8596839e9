/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/inspection.h"
#include "report/json.h"

#include <stdlib.h>

/*
 * rollcall-result(5) and data/rollcall-result.schema.json are the contract of
 * what is written here. Each file is one value of the JSON library, written
 * and freed at once.
 */

static json_t *
hex_of(const struct digest_set *set, bool there, enum digest_alg alg)
{
	char hex[2 * DIGEST_MAX + 1];

	return there ? json_string(digest_hex(&set->of[alg], hex)) :
	    json_null();
}

/* Why something is not well, or null. */
static json_t *
reason_of(const struct diag *d)
{
	json_t *o;

	if (d->text[0] == '\0')
		return json_null();
	o = json_object();
	json_put(&o, "text", json_text(d->text));
	json_put(&o, "offset", d->fileoff != DIAG_NOWHERE ?
	    json_integer((json_int_t)d->fileoff) : json_null());
	json_put(&o, "rule", json_text(d->clause));
	return o;
}

/* -------------------------------------------------------- signatures */

/* What is said of every certificate; null when it is not in the file. */
static json_t *
certificate_of(const struct sig_certificate *c)
{
	json_t *o;

	if (c->subject == NULL)
		return json_null();
	o = json_object();
	json_put(&o, "subject", json_text(c->subject));
	json_put(&o, "issuer", json_text(c->issuer));
	json_put(&o, "serial", json_text(c->serial));
	json_put(&o, "sha1", json_text(c->sha1));
	return o;
}

static json_t *
signer_of(const struct sig_certificate *c)
{
	json_t *o = certificate_of(c);

	if (json_is_object(o))
		json_put(&o, "not_after",
		    json_instant(c->not_after));
	return o;
}

/* The purposes that the extension names: null without the extension, which is
 * the defect, and [] for an empty one. */
static json_t *
eku_of(const struct sig_certificate *c)
{
	json_t *a;
	size_t i;

	if (!c->eku_present)
		return json_null();
	a = json_array();
	for (i = 0; i < c->eku_count; i++)
		json_add(&a, json_text(c->eku[i]));
	return a;
}

static json_t *
stamper_of(const struct sig_certificate *c)
{
	json_t *o = certificate_of(c);

	if (json_is_object(o))
		json_put(&o, "eku", eku_of(c));
	return o;
}

static json_t *
flags_of(struct sig_flags f)
{
	json_t *o = json_object();

	json_put(&o, "without_fix", json_boolean(f.without_fix));
	json_put(&o, "with_fix", json_boolean(f.with_fix));
	return o;
}

static json_t *
until_of(struct sig_until u)
{
	json_t *o = json_object();

	json_put(&o, "without_fix", json_instant(u.without_fix));
	json_put(&o, "with_fix", json_instant(u.with_fix));
	return o;
}

static json_t *
timestamp_of(const struct sig_timestamp *t)
{
	static const struct sig_timestamp none = { .time = INSTANT_NONE };
	json_t *o = json_object();

	if (t == NULL)
		t = &none;
	json_put(&o, "kind", t->kind == SIG_STAMP_NONE ?
	    json_null() : json_text(sig_stamp_kind_name(t->kind)));
	json_put(&o, "time", json_instant(t->time));
	json_put(&o, "certificate", stamper_of(&t->certificate));
	json_put(&o, "accepted", flags_of(t->accepted));
	json_put(&o, "reason", reason_of(&t->why));
	return o;
}

static json_t *
level_of(const struct sig_level *l)
{
	json_t *o = json_object();

	json_put(&o, "level", json_text(l->depth == 0 ? "primary" :
	    "nested"));
	json_put(&o, "digest_algorithm",
	    l->digest_alg == DIGEST_NONE ? json_null() :
	    json_text(digest_name(l->digest_alg)));
	json_put(&o, "digest", json_text(sig_digest_name(l->digest)));
	json_put(&o, "signer", signer_of(&l->signer));
	json_put(&o, "anchor", json_text(l->anchor));
	json_put(&o, "timestamp",
	    timestamp_of(sig_level_timestamp(l)));
	json_put(&o, "good_until", until_of(l->until));
	json_put(&o, "verdict",
	    json_text(sig_verdict_name(l->verdict)));
	json_put(&o, "advisory", json_text(l->advisory));
	json_put(&o, "reason", reason_of(&l->why));
	return o;
}

json_t *
inspection_signatures_json(const struct sig_file *f)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < f->count; i++)
		json_add(&a, level_of(&f->levels[i]));
	return a;
}

/* -------------------------------------------------------------- files */

static json_t *
codes_of(char (*codes)[MSI_GUID_TEXT], size_t count)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < count; i++)
		json_add(&a, json_text(codes[i]));
	return a;
}

static json_t *
patch_of(const struct inspected *i)
{
	json_t *o;

	if (i->facts->kind != FILEKIND_MSP)
		return json_null();
	o = json_object();
	json_put(&o, "code", i->facts->has_patch ?
	    json_text(i->facts->patch.code) : json_null());
	json_put(&o, "targets", codes_of(i->facts->patch.targets,
	    i->facts->patch.target_count));
	json_put(&o, "obsoletes", codes_of(i->facts->patch.obsoletes,
	    i->facts->patch.obsolete_count));
	json_put(&o, "title", json_text(i->facts->title));
	json_put(&o, "display_name", json_text(i->facts->display_name));
	json_put(&o, "kb", json_text(i->facts->kb));
	return o;
}

/* How the release was told, and what else fits or does not. */
static void
set_identity(json_t **o, const struct inspected *i)
{
	json_put(o, "release",
	    json_text(i->release != NULL ? i->release->id : NULL));
	json_put(o, "identified_by",
	    json_text(inspect_by_name(i->by)));
	json_put(o, "listed",
	    i->listed == INSPECT_LISTED_UNKNOWN ? json_null() :
	    json_boolean(i->listed == INSPECT_LISTED));
	json_put(o, "file_name",
	    json_text(inspect_name_name(i->name)));
}

static json_t *
file_of(const char *path, const struct inspected *i)
{
	json_t *o = json_object();

	json_put(&o, "path", json_text(path));
	json_put(&o, "kind", json_text(filekind_name(i->facts->kind)));
	json_put(&o, "size", json_integer((json_int_t)i->facts->size));
	json_put(&o, "sha256", hex_of(&i->facts->digests, i->facts->digested,
	    DIGEST_SHA256));
	json_put(&o, "sha1", hex_of(&i->facts->digests, i->facts->digested,
	    DIGEST_SHA1));
	json_put(&o, "version", json_version(i->facts->version));
	json_put(&o, "product_code", json_text(i->facts->product_code));
	json_put(&o, "patch", patch_of(i));
	set_identity(&o, i);
	json_put(&o, "verdict",
	    json_text(sig_verdict_name(i->verdict)));
	json_put(&o, "good_until",
	    json_instant(i->until.without_fix));
	json_put(&o, "advisory", json_text(i->advisory));
	json_put(&o, "reason", reason_of(&i->why));
	json_put(&o, "damage", reason_of(&i->facts->damage));
	json_put(&o, "signatures",
	    inspection_signatures_json(&i->signatures));
	return o;
}

static void
begin(struct inspection_writer *w)
{
	json_t *o = json_result(w->r->version, w->r->at,
	    catalogue_info(w->r->catalogue));

	json_emit_open(o, w->out);
	sink_puts(w->out, ",\n  \"files\": [");
	json_decref(o);
}

static void
file(struct inspection_writer *w, const char *path, const struct inspected *i)
{
	json_t *o = file_of(path, i);

	sink_puts(w->out, w->count > 0 ? ",\n    " : "\n    ");
	json_emit_line(o, w->out);
	json_decref(o);
}

static void
end(struct inspection_writer *w)
{
	sink_puts(w->out, w->count > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

const struct inspection_format inspection_json = {
	.begin = begin,
	.file = file,
	.end = end,
};
