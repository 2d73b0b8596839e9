/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/inspect.h"
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
	json_object_set_new(o, "text", json_text(d->text));
	json_object_set_new(o, "offset", d->fileoff != DIAG_NOWHERE ?
	    json_integer((json_int_t)d->fileoff) : json_null());
	json_object_set_new(o, "rule", json_text(d->clause));
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
	json_object_set_new(o, "subject", json_text(c->subject));
	json_object_set_new(o, "issuer", json_text(c->issuer));
	json_object_set_new(o, "serial", json_text(c->serial));
	json_object_set_new(o, "sha1", json_text(c->sha1));
	return o;
}

static json_t *
signer_of(const struct sig_certificate *c)
{
	json_t *o = certificate_of(c);

	if (json_is_object(o))
		json_object_set_new(o, "not_after",
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
		json_array_append_new(a, json_text(c->eku[i]));
	return a;
}

static json_t *
stamper_of(const struct sig_certificate *c)
{
	json_t *o = certificate_of(c);

	if (json_is_object(o))
		json_object_set_new(o, "eku", eku_of(c));
	return o;
}

static json_t *
flags_of(struct sig_flags f)
{
	json_t *o = json_object();

	json_object_set_new(o, "without_fix", json_boolean(f.without_fix));
	json_object_set_new(o, "with_fix", json_boolean(f.with_fix));
	return o;
}

static json_t *
until_of(struct sig_until u)
{
	json_t *o = json_object();

	json_object_set_new(o, "without_fix", json_instant(u.without_fix));
	json_object_set_new(o, "with_fix", json_instant(u.with_fix));
	return o;
}

static json_t *
timestamp_of(const struct sig_timestamp *t)
{
	static const struct sig_timestamp none = { .time = INSTANT_NONE };
	json_t *o = json_object();

	if (t == NULL)
		t = &none;
	json_object_set_new(o, "kind", t->kind == SIG_STAMP_NONE ?
	    json_null() : json_text(sig_stamp_kind_name(t->kind)));
	json_object_set_new(o, "time", json_instant(t->time));
	json_object_set_new(o, "certificate", stamper_of(&t->certificate));
	json_object_set_new(o, "accepted", flags_of(t->accepted));
	json_object_set_new(o, "reason", reason_of(&t->why));
	return o;
}

static json_t *
level_of(const struct sig_level *l)
{
	json_t *o = json_object();

	json_object_set_new(o, "level", json_text(l->depth == 0 ? "primary" :
	    "nested"));
	json_object_set_new(o, "digest_algorithm",
	    l->digest_alg == DIGEST_NONE ? json_null() :
	    json_text(digest_name(l->digest_alg)));
	json_object_set_new(o, "digest", json_text(sig_digest_name(l->digest)));
	json_object_set_new(o, "signer", signer_of(&l->signer));
	json_object_set_new(o, "anchor", json_text(l->anchor));
	json_object_set_new(o, "timestamp",
	    timestamp_of(sig_level_timestamp(l)));
	json_object_set_new(o, "good_until", until_of(l->until));
	json_object_set_new(o, "verdict",
	    json_text(sig_verdict_name(l->verdict)));
	json_object_set_new(o, "advisory", json_text(l->advisory));
	json_object_set_new(o, "reason", reason_of(&l->why));
	return o;
}

json_t *
inspect_signatures_json(const struct sig_file *f)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < f->count; i++)
		json_array_append_new(a, level_of(&f->levels[i]));
	return a;
}

/* -------------------------------------------------------------- files */

static json_t *
codes_of(char (*codes)[MSI_GUID_TEXT], size_t count)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < count; i++)
		json_array_append_new(a, json_text(codes[i]));
	return a;
}

static json_t *
patch_of(const struct inspected *i)
{
	json_t *o;

	if (i->kind != FILEKIND_MSP)
		return json_null();
	o = json_object();
	json_object_set_new(o, "code", i->has_patch ?
	    json_text(i->patch.code) : json_null());
	json_object_set_new(o, "targets", codes_of(i->patch.targets,
	    i->patch.target_count));
	json_object_set_new(o, "obsoletes", codes_of(i->patch.obsoletes,
	    i->patch.obsolete_count));
	json_object_set_new(o, "title", json_text(i->title));
	json_object_set_new(o, "display_name", json_text(i->display_name));
	json_object_set_new(o, "kb", json_text(i->kb));
	return o;
}

/* How the release was told, and what else fits or does not. */
static void
set_identity(json_t *o, const struct inspected *i)
{
	json_object_set_new(o, "release",
	    json_text(i->release != NULL ? i->release->id : NULL));
	json_object_set_new(o, "identified_by",
	    json_text(inspect_by_name(i->by)));
	json_object_set_new(o, "listed",
	    i->listed == INSPECT_LISTED_UNKNOWN ? json_null() :
	    json_boolean(i->listed == INSPECT_LISTED));
	json_object_set_new(o, "file_name",
	    json_text(inspect_name_name(i->name)));
}

static json_t *
file_of(const char *path, const struct inspected *i)
{
	json_t *o = json_object();

	json_object_set_new(o, "path", json_text(path));
	json_object_set_new(o, "kind", json_text(filekind_name(i->kind)));
	json_object_set_new(o, "size", json_integer((json_int_t)i->size));
	json_object_set_new(o, "sha256", hex_of(&i->digests, i->digested,
	    DIGEST_SHA256));
	json_object_set_new(o, "sha1", hex_of(&i->digests, i->digested,
	    DIGEST_SHA1));
	json_object_set_new(o, "version", json_version(i->version));
	json_object_set_new(o, "product_code", json_text(i->product_code));
	json_object_set_new(o, "patch", patch_of(i));
	set_identity(o, i);
	json_object_set_new(o, "verdict",
	    json_text(sig_verdict_name(i->verdict)));
	json_object_set_new(o, "good_until",
	    json_instant(i->until.without_fix));
	json_object_set_new(o, "advisory", json_text(i->advisory));
	json_object_set_new(o, "reason", reason_of(&i->why));
	json_object_set_new(o, "damage", reason_of(&i->damage));
	json_object_set_new(o, "signatures",
	    inspect_signatures_json(&i->signatures));
	return o;
}

static void
begin(struct inspect_writer *w)
{
	json_t *o = json_result(w->version, w->at,
	    catalogue_info(w->catalogue));

	json_emit_open(o, w->out);
	sink_puts(w->out, ",\n  \"files\": [");
	json_decref(o);
}

static void
file(struct inspect_writer *w, const char *path, const struct inspected *i)
{
	json_t *o = file_of(path, i);

	sink_puts(w->out, w->count > 0 ? ",\n    " : "\n    ");
	json_emit_line(o, w->out);
	json_decref(o);
}

static void
end(struct inspect_writer *w)
{
	sink_puts(w->out, w->count > 0 ? "\n  ]\n}\n" : "]\n}\n");
}

const struct inspect_format inspect_json = {
	.name = "json",
	.begin = begin,
	.file = file,
	.end = end,
};
