/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/json_parts.h"

#include "base/alloc.h"
#include "base/guid.h"
#include "base/limits.h"
#include "base/utf.h"
#include "trust/signature.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is in one file, and its signatures, as JSON. */

/* ---- reasons ---- */

static const char *
why_word(unsigned v)
{
	return reason_name((enum sig_why)v);
}

static const struct jsonshape reason_shape[] = {
	{ JSONSHAPE_AS("why", JSONSHAPE_WORD, sig_reason, why),
	    .word = why_word, .max = SIG_WHYS, .need = true },
	{ JSONSHAPE_AS("at", JSONSHAPE_PLACE, sig_reason, at) },
	{ JSONSHAPE_AS("number", JSONSHAPE_NUMBER, sig_reason, number) },
	{ .name = NULL },
};

static void
put_reason(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const struct sig_reason *r = p;

	if (r->why == SIG_WHY_NONE)
		return;
	jsonout_object(o->j, f->name);
	jsonshape_put(o, reason_shape, r);
	jsonout_end(o->j);
}

static void
take_reason(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct jsonin_at r = jsonin_object_or_none(at, f->name);

	if (jsonin_is_there(r))
		jsonshape_take(t, r, reason_shape, p);
}

#define REASON(s, m)	JSONSHAPE_CUSTOM(#m, s, m, put_reason, take_reason)

/* ---- checks ---- */

static const char *
check_word(unsigned v)
{
	static const char *const words[] = { "none", "good", "bad",
	    "damaged" };

	return words[v];
}

#define CHECK(s, m)	JSONSHAPE_AS(#m, JSONSHAPE_WORD, s, m), \
			.word = check_word, .max = SIG_CHECK_DAMAGED + 1
#define DIGEST(s, m)	JSONSHAPE_AS(#m, JSONSHAPE_WORD, s, m), \
			.word = json_digest_word, .max = DIGEST_ALGS

/* ---- anchors: those that were asked for, by their places ---- */

static size_t
place_of(const struct json_parts *parts, const struct jsonshape *f,
    const void *p)
{
	const void *anchor = (const char *)p - f->offset;

	return (size_t)((const struct sig_anchor *)anchor -
	    parts->inv->asked.anchors);
}

static void
put_id(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	json_put_id(o->j, f->name, 'a', place_of(o->ctx, f, p) + 1);
}

static void
take_id(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	json_take_id(at, f->name, 'a', place_of(t->ctx, f, p) + 1);
}

const struct jsonshape json_anchor[] = {
	{ JSONSHAPE_CUSTOM("id", sig_anchor, name, put_id, take_id) },
	{ JSONSHAPE_AS("name", JSONSHAPE_TEXT, sig_anchor, name),
	    .need = true },
	{ JSONSHAPE_AS("subject", JSONSHAPE_TEXT, sig_anchor, subject),
	    .need = true },
	{ JSONSHAPE_AS("key_sha256", JSONSHAPE_HEX, sig_anchor, key_sha256),
	    .need = true },
	{ .name = NULL },
};

/* One that nobody asked for is left out: it is nobody's. */
static void
put_anchor(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const struct json_parts *parts = o->ctx;
	const struct inv_asked *asked = &parts->inv->asked;
	const struct sig_anchor *x = p, *a;
	size_t i;

	for (i = 0; i < asked->anchor_count && x->name != NULL; i++) {
		a = &asked->anchors[i];
		if (x->subject == NULL || strcmp(a->subject, x->subject) != 0 ||
		    memcmp(a->key_sha256, x->key_sha256, SIG_ID_BYTES) != 0)
			continue;
		json_put_id(o->j, f->name, 'a', i + 1);
		break;
	}
}

static void
take_anchor(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	const struct json_parts *parts = t->ctx;
	const struct inv_asked *asked = &parts->inv->asked;
	size_t i = json_take_ref(at, f->name, 'a', asked->anchor_count);
	struct sig_anchor *out = p;

	if (i == 0 || jsonin_failed(at.in) || !jsonshape_afford(t, at,
	    f->name, strlen(asked->anchors[i - 1].name) +
	    strlen(asked->anchors[i - 1].subject)))
		return;
	*out = asked->anchors[i - 1];
	out->name = xstrdup(out->name);
	out->subject = xstrdup(out->subject);
}

/* ---- paths ---- */

static const char *
end_word(unsigned v)
{
	static const char *const words[] = { "unknown", "anchor",
	    "self-issued", "no-issuer", "bad-link", "circle", "long",
	    "cut" };

	return words[v];
}

static const struct jsonshape step_shape[] = {
	{ JSON_CERT(sig_step, cert) },
	{ CHECK(sig_step, link) },
	{ JSONSHAPE_AS("at", JSONSHAPE_PLACE, sig_step, at) },
	{ .name = NULL },
};

static const struct jsonshape path_shape[] = {
	{ JSONSHAPE_ARRAY("steps", JSONSHAPE_LIST, sig_path, steps, count,
	    CHAIN_MAX_DEPTH + 1), .members = step_shape },
	{ JSONSHAPE_AS("end", JSONSHAPE_WORD, sig_path, end),
	    .word = end_word, .max = SIG_END_CUT + 1 },
	{ JSONSHAPE_CUSTOM("anchor", sig_path, anchor, put_anchor,
	    take_anchor) },
	{ .name = NULL },
};

#define PATHS(s)	JSONSHAPE_ARRAY("paths", JSONSHAPE_LIST, s, \
			    paths.list, paths.count, SIG_MAX_CHECKS), \
			.members = path_shape, .flat = true

/* ---- levels ---- */

static const char *
stamp_word(unsigned v)
{
	return sig_stamp_kind_name((enum sig_stamp_kind)v);
}

static const char *
match_word(unsigned v)
{
	return sig_digest_name((enum sig_digest)v);
}

static const char *
place_word(unsigned v)
{
	static const char *const words[] = { "unknown", "sound", "hidden" };

	return words[v];
}

static const struct jsonshape stamp_shape[] = {
	{ JSONSHAPE_AS("kind", JSONSHAPE_WORD, sig_stamp_facts, kind),
	    .word = stamp_word, .max = SIG_STAMP_RFC3161 + 1 },
	{ JSONSHAPE_AS("time", JSONSHAPE_INSTANT, sig_stamp_facts, time) },
	{ DIGEST(sig_stamp_facts, digest_alg) },
	{ JSON_CERT(sig_stamp_facts, cert) },
	{ CHECK(sig_stamp_facts, check) },
	{ REASON(sig_stamp_facts, why) },
	{ PATHS(sig_stamp_facts) },
	{ .name = NULL },
};

static const struct jsonshape level_shape[] = {
	{ JSONSHAPE_AS("depth", JSONSHAPE_NUMBER, sig_level_facts, depth),
	    .need = true },
	{ DIGEST(sig_level_facts, digest_alg) },
	{ JSONSHAPE_AS("digest", JSONSHAPE_WORD, sig_level_facts, digest),
	    .word = match_word, .max = SIG_DIGEST_MISMATCH + 1 },
	{ DIGEST(sig_level_facts, signed_with) },
	{ JSON_CERT(sig_level_facts, cert) },
	{ CHECK(sig_level_facts, check) },
	{ REASON(sig_level_facts, why) },
	{ PATHS(sig_level_facts) },
	{ JSONSHAPE_AS("stamps_found", JSONSHAPE_NUMBER, sig_level_facts,
	    stamps_found), .need = true },
	{ JSONSHAPE_ARRAY("stamps", JSONSHAPE_LIST, sig_level_facts, stamps,
	    stamp_count, SIG_MAX_TIMESTAMPS), .members = stamp_shape },
	{ .name = NULL },
};

static const struct jsonshape signatures_shape[] = {
	{ JSONSHAPE_AS("levels_found", JSONSHAPE_NUMBER, sig_facts,
	    levels_found), .need = true },
	{ JSONSHAPE_ARRAY("levels", JSONSHAPE_LIST, sig_facts, levels,
	    level_count, SIG_MAX_LEVELS), .members = level_shape,
	    .need = true },
	{ JSONSHAPE_AS("bare", JSONSHAPE_BOOL, sig_facts, bare) },
	{ JSONSHAPE_AS("place", JSONSHAPE_WORD, sig_facts, place),
	    .word = place_word, .max = SIG_PLACE_HIDDEN + 1 },
	{ REASON(sig_facts, hidden) },
	{ JSONSHAPE_AS("hidden_text", JSONSHAPE_TEXT, sig_facts,
	    hidden_text) },
	{ REASON(sig_facts, unsigned_why) },
	{ JSONSHAPE_AS("checks", JSONSHAPE_NUMBER, sig_facts, checks) },
	{ .name = NULL },
};

static void
put_signatures(struct jsonshape_put *o, const struct jsonshape *f,
    const void *p)
{
	struct json_parts *parts = o->ctx;

	parts->from = p;
	jsonout_object(o->j, f->name);
	jsonshape_put(o, signatures_shape, p);
	jsonout_end(o->j);
}

static void
take_signatures(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct json_parts *parts = t->ctx;

	if (parts->numbers == NULL)
		return;
	parts->to = p;
	memset(parts->numbers, 0, parts->host.cert_count *
	    sizeof(*parts->numbers));
	jsonshape_take(t, jsonin_object(at, f->name), signatures_shape, p);
}

/* ---- the codes of a patch ---- */

static void
put_codes(struct jsonout *j, const char *name, char (*codes)[MSI_GUID_TEXT],
    size_t count)
{
	bool flat;
	size_t i;

	jsonout_array(j, name);
	flat = jsonout_flat(j, true);
	for (i = 0; i < count; i++)
		jsonout_text(j, NULL, codes[i]);
	jsonout_end(j);
	(void)jsonout_flat(j, flat);
}

static void
put_patch(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const struct file_facts *file = p;

	if (!file->has_patch)
		return;
	jsonout_object(o->j, f->name);
	jsonout_text(o->j, "code", file->patch.code);
	put_codes(o->j, "obsoletes", file->patch.obsoletes,
	    file->patch.obsolete_count);
	put_codes(o->j, "targets", file->patch.targets,
	    file->patch.target_count);
	jsonout_end(o->j);
}

/* A code, in upper case as every other. */
static void
take_code(struct jsonin_at at, const char *name, char out[MSI_GUID_TEXT])
{
	const char *text = jsonin_text(at, name, TEXT_MAX);
	char packed[GUID_PACKED];

	if (guid_pack(text, packed))
		(void)guid_unpack(packed, out);
	else
		jsonin_fail(at, name, ST_MALFORMED,
		    "not a code as {24B2C164-...}");
}

static void
take_codes(struct jsonshape_take *t, struct jsonin_at at, const char *name,
    char (**out)[MSI_GUID_TEXT], size_t *count)
{
	struct jsonin_at a = jsonin_array(at, name, MSI_MAX_CODES), item;
	struct jsonin_items it = jsonin_items(a);
	size_t i = 0, n = jsonin_count(a);

	jsonin_require(at, name);
	if (n == 0 || !jsonshape_afford(t, at, name, n * sizeof(**out)))
		return;
	*out = xcalloc(n, sizeof(**out));
	*count = n;
	while (jsonin_each(&it, &item))
		take_code(item, NULL, (*out)[i++]);
}

static void
take_patch(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct jsonin_at o = jsonin_object_or_none(at, f->name);
	struct file_facts *file = p;

	file->has_patch = jsonin_is_there(o);
	if (!file->has_patch)
		return;
	take_code(o, "code", file->patch.code);
	take_codes(t, o, "obsoletes", &file->patch.obsoletes,
	    &file->patch.obsolete_count);
	take_codes(t, o, "targets", &file->patch.targets,
	    &file->patch.target_count);
}

/* ---- the digests ---- */

static void
put_digest(struct jsonout *j, const struct digest_set *set,
    enum digest_alg alg)
{
	char hex[2 * DIGEST_MAX + 1];

	jsonout_text(j, digest_name(alg), digest_hex(&set->of[alg], hex));
}

static void
put_digests(struct jsonshape_put *o, const struct jsonshape *f,
    const void *p)
{
	const struct file_facts *file = p;
	bool flat;

	if (!file->digested)
		return;
	jsonout_object(o->j, f->name);
	flat = jsonout_flat(o->j, true);
	put_digest(o->j, &file->digests, DIGEST_SHA1);
	put_digest(o->j, &file->digests, DIGEST_SHA256);
	jsonout_end(o->j);
	(void)jsonout_flat(o->j, flat);
}

static void
take_digest(struct jsonin_at at, struct digest_set *set, enum digest_alg alg)
{
	struct digest *d = &set->of[alg];

	d->alg = alg;
	d->len = digest_len(alg);
	if (!jsonin_hex(at, digest_name(alg), d->bytes, d->len))
		jsonin_fail(at, digest_name(alg), ST_MALFORMED, "missing");
}

static void
take_digests(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct jsonin_at o = jsonin_object_or_none(at, f->name);
	struct file_facts *file = p;

	(void)t;
	file->digested = jsonin_is_there(o);
	if (!file->digested)
		return;
	take_digest(o, &file->digests, DIGEST_SHA1);
	take_digest(o, &file->digests, DIGEST_SHA256);
}

/* ---- what a person is told ---- */

static void
put_diag(struct jsonshape_put *o, const char *name, const struct diag *d)
{
	jsonout_object(o->j, name);
	jsonout_text(o->j, "text", d->text);
	if (d->fileoff <= (uint64_t)JSONTAPE_INTEGER_MAX)
		jsonout_number(o->j, "at", (int64_t)d->fileoff);
	if (d->clause != NULL)
		jsonout_text(o->j, "rule", d->clause);
	if (d->refused)
		jsonout_bool(o->j, "refused", true);
	if (d->drive != 0)
		jsonout_text(o->j, "drive", (const char[]){ d->drive,
		    '\0' });
	jsonout_end(o->j);
}

static const struct jsonshape diag_shape[] = {
	{ JSONSHAPE_AS("at", JSONSHAPE_PLACE, diag, fileoff) },
	{ JSONSHAPE_AS("refused", JSONSHAPE_BOOL, diag, refused) },
	{ JSONSHAPE_AS("drive", JSONSHAPE_LETTER, diag, drive) },
	{ .name = NULL },
};

/* Text that is longer than a diagnosis is cut between two characters. */
static void
take_diag(struct jsonshape_take *t, struct jsonin_at at, const char *name,
    struct diag *d, char **rule)
{
	struct jsonin_at o = jsonin_object_or_none(at, name);
	const char *text, *p, *end;

	d->fileoff = DIAG_NOWHERE;
	if (!jsonin_is_there(o))
		return;
	text = end = p = jsonin_text(o, "text", TEXT_MAX);
	while (utf8_next(&p) != 0 &&
	    (size_t)(p - text) < sizeof(d->text))
		end = p;
	if (end == text)
		jsonin_fail(o, "text", ST_MALFORMED, "says nothing");
	memcpy(d->text, text, (size_t)(end - text));
	jsonshape_take(t, o, diag_shape, d);
	*rule = jsonshape_text(t, o, "rule");
	d->clause = *rule;
}

static void
put_why(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const struct file_facts *file = p;

	if (file->why.text[0] != '\0')
		put_diag(o, f->name, &file->why);
}

static void
take_why(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct file_facts *file = p;

	take_diag(t, at, f->name, &file->why, &file->why_rule);
}

/* That there is no damage is told. */
static void
put_damage(struct jsonshape_put *o, const struct jsonshape *f, const void *p)
{
	const struct file_facts *file = p;

	if (file->damage.text[0] != '\0')
		put_diag(o, f->name, &file->damage);
	else
		jsonout_null(o->j, f->name);
}

static void
take_damage(struct jsonshape_take *t, struct jsonin_at at,
    const struct jsonshape *f, void *p)
{
	struct file_facts *file = p;

	take_diag(t, at, f->name, &file->damage, &file->damage_rule);
}

/* ---- the file ---- */

static const char *
kind_word(unsigned v)
{
	return filekind_name((enum filekind)v);
}

#define FIELD(m, kind)	JSONSHAPE_AS(#m, kind, file_facts, m)
#define WHOLE(as, out, in) .name = (as), .type = JSONSHAPE_OTHER, \
	.put = (out), .take = (in)

const struct jsonshape json_file_facts[] = {
	{ FIELD(kind, JSONSHAPE_WORD), .word = kind_word,
	    .max = FILEKIND_PKCS7 + 1, .need = true },
	{ FIELD(size, JSONSHAPE_NUMBER) },
	{ WHOLE("digests", put_digests, take_digests) },
	{ FIELD(version, JSONSHAPE_VERSION) },
	{ FIELD(machine, JSONSHAPE_NUMBER) },
	{ FIELD(pe32_plus, JSONSHAPE_BOOL) },
	{ FIELD(title, JSONSHAPE_TEXT) },
	{ FIELD(display_name, JSONSHAPE_TEXT) },
	{ FIELD(kb, JSONSHAPE_TEXT) },
	{ FIELD(product_code, JSONSHAPE_TEXT) },
	{ FIELD(package_code, JSONSHAPE_TEXT) },
	{ WHOLE("patch", put_patch, take_patch) },
	{ FIELD(metadata, JSONSHAPE_BOOL) },
	{ FIELD(readable, JSONSHAPE_BOOL) },
	{ WHOLE("why", put_why, take_why) },
	{ WHOLE("damage", put_damage, take_damage), .need = true,
	    .or_null = true },
	{ JSONSHAPE_CUSTOM("signatures", file_facts, signatures,
	    put_signatures, take_signatures), .need = true },
	{ .name = NULL },
};
