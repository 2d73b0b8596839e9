/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/report.h"
#include "report/summary.h"

#include "base/limits.h"

#include "report/inspection.h"
#include "inventory/inventory_json.h"
#include "report/json.h"
#include "report/json_result.h"

#include <stdio.h>

/*
 * rollcall-result(5) and data/rollcall-result.schema.json are the contract of
 * what is written here.
 */

static json_t *
ids_of(const ev_id *ids, size_t n)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < n; i++) {
		char id[24];

		snprintf(id, sizeof(id), "e%zu", ids[i]);
		json_add(&a, json_text(id));
	}
	return a;
}

static json_t *
strings_of(char *const *s, size_t n)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < n; i++)
		json_add(&a, json_text(s[i]));
	return a;
}

static json_t *
until_of(const struct sig_until *u)
{
	json_t *o = json_object();

	json_put(&o, "without_fix", json_instant(u->without_fix));
	json_put(&o, "with_fix", json_instant(u->with_fix));
	return o;
}

/* What an opened file is worth; nulls when it was not opened. VERDICT and the
 * rest are those without the Windows fix: findings take the state of the
 * machine into account. */
static void
set_seen(json_t **o, const struct inspected *seen)
{
	char hex[2 * DIGEST_MAX + 1];

	json_put(o, "sha256", seen == NULL || !seen->facts->digested ?
	    json_null() : json_string(digest_hex(
	    &seen->facts->digests.of[DIGEST_SHA256], hex)));
	json_put(o, "listed", seen == NULL ||
	    seen->listed == INSPECT_LISTED_UNKNOWN ? json_null() :
	    json_boolean(seen->listed == INSPECT_LISTED));
	json_put(o, "verdict", seen == NULL ? json_null() :
	    json_text(sig_verdict_name(seen->verdict)));
	json_put(o, "good_until", seen == NULL ? json_null() :
	    until_of(&seen->until));
	json_put(o, "advisory", seen == NULL ? json_null() :
	    json_text(seen->advisory));
	json_put(o, "signatures", seen == NULL ? json_null() :
	    inspection_signatures_json(&seen->signatures));
}

/* The code that a package itself has. */
static const char *
code_inside(const struct inspected *seen)
{
	if (seen == NULL)
		return NULL;
	return seen->facts->has_patch ? seen->facts->patch.code :
	    seen->facts->product_code;
}

static json_t *
package_of(const struct site_package *p)
{
	json_t *o = json_object();

	json_put(&o, "path", json_text(p->path));
	json_put(&o, "original_name", json_text(p->original_name));
	json_put(&o, "state", json_text(ev_state_name(p->state)));
	json_put(&o, "size", p->state == EV_PRESENT ?
	    json_integer((json_int_t)p->size) : json_null());
	json_put(&o, "code", json_text(code_inside(p->seen)));
	set_seen(&o, p->seen);
	return o;
}

static json_t *
file_of(const struct site_file *f)
{
	json_t *o = json_object();

	json_put(&o, "path", json_text(f->path));
	json_put(&o, "state", json_text(ev_state_name(f->state)));
	json_put(&o, "version", json_version(f->version));
	set_seen(&o, f->seen);
	return o;
}

/* The files that evidence rests on, as far as they were looked for. */
static json_t *
files_of(const struct site *ex)
{
	json_t *a = json_array();

	if (ex->exsetup.path != NULL)
		json_add(&a, file_of(&ex->exsetup));
	if (ex->transcoding.path != NULL)
		json_add(&a, file_of(&ex->transcoding));
	return a;
}

static json_t *
updates_of(const struct site_product *product)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; product != NULL && i < product->update_count; i++) {
		const struct site_update *u = &product->updates[i];
		json_t *o = json_object();

		json_put(&o, "patch_code", json_text(u->patch_code));
		json_put(&o, "display_name",
		    json_text(u->display_name));
		json_put(&o, "kb", json_text(u->kb));
		json_put(&o, "build", json_version(u->build));
		json_put(&o, "state",
		    json_text(patch_state_name(u->state)));
		json_put(&o, "installed", json_text(u->installed));
		json_put(&o, "package", package_of(&u->package));
		json_add(&a, o);
	}
	return a;
}

static json_t *
product_of(const struct site_product *p)
{
	json_t *o;

	if (p == NULL)
		return json_null();
	o = json_object();
	json_put(&o, "code", json_text(p->code));
	json_put(&o, "name", json_text(p->name));
	json_put(&o, "version", json_version(p->version));
	json_put(&o, "package", package_of(&p->msi));
	return o;
}

static json_t *
packs_of(const struct site *ex)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < ex->pack_count; i++) {
		json_t *o = product_of(ex->packs[i]);

		json_put(&o, "updates", updates_of(ex->packs[i]));
		json_add(&a, o);
	}
	return a;
}

static json_t *
markers_of(const struct site *ex)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < ex->marker_count; i++) {
		const struct inv_marker *m = ex->markers[i];
		json_t *o = json_object();

		json_put(&o, "kb", json_text(m->kb));
		json_put(&o, "package_name",
		    json_text(m->package_name));
		json_put(&o, "installed_date",
		    json_text(m->installed_date));
		json_add(&a, o);
	}
	return a;
}

static json_t *
roles_of(const struct site *ex)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < ex->role_count; i++) {
		const struct inv_role *r = &ex->roles[i];
		json_t *o = json_object();

		json_put(&o, "name", json_text(r->name));
		json_put(&o, "unpacked", json_text(r->unpacked));
		json_put(&o, "configured", json_text(r->configured));
		json_put(&o, "action", json_text(r->action));
		json_put(&o, "watermark", json_text(r->watermark));
		json_add(&a, o);
	}
	return a;
}

static json_t *
lacks_of(const struct answer *a)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < a->lack_count; i++)
		json_add(&list, json_text(a->lacks[i]));
	return list;
}

static json_t *
answer_of(const struct answer *a)
{
	json_t *o = json_object();

	json_put(&o, "answer", json_text(answer_word(a)));
	json_put(&o, "severity", json_text(severity_answer_name(
	    a->severity)));
	json_put(&o, "text", json_text_or_null(a->text));
	json_put(&o, "action", json_text(a->action));
	json_put(&o, "proof", ids_of(a->proof, a->proof_count));
	json_put(&o, "lacks", lacks_of(a));
	return o;
}

static json_t *
day_of(instant t)
{
	char day[INSTANT_TEXT];

	return t == INSTANT_NONE ? json_null() :
	    json_text(instant_format_day(t, day));
}

static json_t *
behind_of(const struct way *w)
{
	json_t *o, *cves = json_array();
	size_t i;

	for (i = 0; i < w->cve_count; i++)
		json_add(&cves, json_text(w->cves[i]));
	o = json_object();
	json_put(&o, "updates", json_integer((json_int_t)w->updates));
	json_put(&o, "security", json_integer((json_int_t)w->security));
	json_put(&o, "bought", json_integer((json_int_t)w->bought));
	json_put(&o, "since", day_of(w->since));
	json_put(&o, "security_since", day_of(w->security_since));
	json_put(&o, "cves", cves);
	json_put(&o, "all_cves", json_boolean(w->all_cves));
	return o;
}

/* What more is known of the installation than the answer's word. */
static void
set_current(json_t **o, const struct report *r,
    const struct assess_exchange *x)
{
	bool behind = x->answers[ASK_CURRENT].value == CURRENT_BEHIND;

	json_put(o, "newest", behind ? json_release(x->way.newest) :
	    json_null());
	json_put(o, "behind", behind ? behind_of(&x->way) : json_null());
	json_put(o, "known_until", day_of(r->catalogue->known_until));
}

static void
set_supported(json_t **o, const struct assess_exchange *x)
{
	json_put(o, "until", day_of(x->until));
	json_put(o, "program", x->program != NULL ?
	    json_text(x->program->id) : json_null());
}

/* The one step to take next. */
static json_t *
next_of(const struct assess_exchange *x)
{
	static const char *const hows[] = {
		[WAY_NONE] = NULL, [WAY_UPDATE] = "update",
		[WAY_BASE] = "in-place", [WAY_PRODUCT] = "in-place",
		[WAY_NEW_SERVER] = "new-server",
	};
	const struct way *w = &x->way;
	struct buf b;
	json_t *o;

	if (x->release == NULL || w->step == WAY_NONE)
		return json_null();
	buf_init(&b, TEXT_MAX);
	put_step(&b, w, x->release);
	o = json_object();
	json_put(&o, "release", json_text(w->to->id));
	json_put(&o, "kb", json_text_or_null(w->to->kb));
	json_put(&o, "package", w->to->package_count != 0 ?
	    json_text(w->to->packages[0].name) : json_null());
	json_put(&o, "how", json_text(hows[w->step]));
	json_put(&o, "program", w->to->program != NULL ?
	    json_text(w->to->program->id) : json_null());
	json_put(&o, "then", json_release(w->then));
	json_put(&o, "text", json_text(buf_text(&b)));
	buf_fini(&b);
	return o;
}

/* Of one installation, or with NULL of the host, which alone has that of
 * Windows; that of the target is there where one was named. */
static json_t *
answers_of(const struct report *r, const struct report_host *h,
    const struct assess_exchange *x)
{
	json_t *o = json_object(), *one;
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++) {
		const struct answer *a = summary_answer_of(h->a, x,
		    (enum question)q);

		if ((q == ASK_FIX && x != NULL) || (q == ASK_READY &&
		    (x != NULL || !h->targeted)))
			continue;
		one = answer_of(a);
		if (x != NULL && q == ASK_CURRENT)
			set_current(&one, r, x);
		if (x != NULL && q == ASK_SUPPORTED)
			set_supported(&one, x);
		json_put(&o, question_get((enum question)q)->name, one);
	}
	return o;
}

/* Names of the questions that count. */
static json_t *
asked_of(const struct assessment *a)
{
	json_t *list = json_array();
	size_t q;

	for (q = 0; q < QUESTION_COUNT; q++)
		if ((a->asked & QUESTION_BIT(q)) != 0)
			json_add(&list, json_text(question_get(
			    (enum question)q)->name));
	return list;
}

static json_t *
newer_of(const struct assess_exchange *x)
{
	json_t *o;

	if (!version_known(x->newer))
		return json_null();
	o = json_object();
	json_put(&o, "build", json_version(x->newer));
	json_put(&o, "kb", json_text(x->newer_kb));
	return o;
}

static json_t *
exchange_of(const struct report *r, const struct report_host *h,
    const struct assess_exchange *x)
{
	const struct site *ex = x->ex;
	json_t *o = json_object();

	json_put(&o, "product", json_text(ex->product != NULL ?
	    ex->product->id : NULL));
	json_put(&o, "branch", json_text(x->branch != NULL ?
	    x->branch->id : NULL));
	json_put(&o, "install_path", json_text(ex->install_path));
	json_put(&o, "architecture",
	    json_text(ex->is_x86 ? "x86" : "x64"));
	json_put(&o, "setup_key", json_text(ex->setup_key));
	json_put(&o, "base_build", json_version(ex->base));
	json_put(&o, "exsetup", json_version(ex->exsetup.version));
	json_put(&o, "files", files_of(ex));
	json_put(&o, "release", json_release(x->release));
	json_put(&o, "newer", newer_of(x));
	json_put(&o, "answers", answers_of(r, h, x));
	json_put(&o, "next", next_of(x));
	json_put(&o, "interim", json_text(ex->interim));
	json_put(&o, "msi", product_of(ex->msi));
	json_put(&o, "updates", updates_of(ex->msi));
	json_put(&o, "packs", packs_of(ex));
	json_put(&o, "markers", markers_of(ex));
	json_put(&o, "roles", roles_of(ex));
	return o;
}

static json_t *
evidence_of(const struct scene *scene)
{
	json_t *a = json_array();
	size_t i;

	for (i = 0; i < scene->evidence_count; i++) {
		const struct evidence *e = &scene->evidence[i];
		json_t *o = json_object();
		char id[24];

		snprintf(id, sizeof(id), "e%zu", i + 1);
		json_put(&o, "id", json_text(id));
		json_put(&o, "kind",
		    json_text(ev_kind_name(e->kind)));
		json_put(&o, "where", json_text(e->where));
		json_put(&o, "state",
		    json_text(ev_state_name(e->state)));
		json_put(&o, "value", json_text(e->value));
		json_add(&a, o);
	}
	return a;
}

static json_t *
findings_of(const struct assessment *a)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < a->finding_count; i++) {
		const struct finding *f = &a->findings[i];
		json_t *o = json_object();

		json_put(&o, "code",
		    json_text(rule_get(f->rule)->code));
		json_put(&o, "question",
		    json_text(question_get(f->question)->name));
		json_put(&o, "severity",
		    json_text(severity_name(f->severity)));
		json_put(&o, "title",
		    json_text(rule_get(f->rule)->title));
		json_put(&o, "detail", json_text(f->detail));
		json_put(&o, "install",
		    strings_of(f->install, f->install_count));
		json_put(&o, "evidence",
		    ids_of(f->evidence, f->evidence_count));
		json_put(&o, "sources", json_refs(&f->sources));
		json_add(&list, o);
	}
	return list;
}

static json_t *
windows_of(const struct inv_windows *w)
{
	json_t *o = json_object();

	json_put(&o, "name", json_text(w->name));
	json_put(&o, "version", json_version(w->version));
	json_put(&o, "service_pack", json_text(w->service_pack));
	return o;
}

static json_t *
defective_of(const struct scene *scene)
{
	json_t *o, *list;
	size_t i;

	if (!scene->facts->deep)
		return json_null();
	o = json_object();
	list = json_array();
	for (i = 0; i < scene->defective_count; i++) {
		const struct site_defective *d = &scene->defective[i];
		json_t *f = json_object();

		json_put(&f, "path", json_text(d->path));
		json_put(&f, "advisory", json_text(d->advisory));
		json_put(&f, "verdict", json_text(sig_verdict_name(
		    d->verdict)));
		json_put(&f, "good_until", until_of(&d->until));
		json_add(&list, f);
	}
	json_put(&o, "signed_files",
	    json_integer((json_int_t)scene->deep_count));
	json_put(&o, "unsigned_files",
	    json_integer((json_int_t)scene->deep_unsigned));
	json_put(&o, "foreign_files",
	    json_integer((json_int_t)scene->deep_strangers));
	json_put(&o, "defective", list);
	return o;
}

static json_t *
texts_of(const struct texts *t)
{
	return strings_of(t->list, t->count);
}

/* What was looked at, by the ids of the catalogue. */
static json_t *
needs_of(const struct target_result *t)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < t->need_count; i++) {
		const struct cat_require *x = t->needs[i].need;
		json_t *o = json_object();

		json_put(&o, "id", json_text(x->id));
		json_put(&o, "check", json_text(cat_check_name(x->check)));
		json_put(&o, "blocks", json_text(cat_blocks_name(x->blocks)));
		json_put(&o, "met", t->needs[i].met == NEED_UNKNOWN ?
		    json_null() : json_boolean(t->needs[i].met == NEED_MET));
		json_put(&o, "sources", json_refs(&x->sources));
		json_add(&list, o);
	}
	return list;
}

static json_t *
target_of(const struct report_host *h)
{
	const struct target_result *t = &h->a->target;
	json_t *o = json_object();

	json_put(&o, "name", json_text(h->target));
	json_put(&o, "ready", t->answer == READY_UNKNOWN ?
	    json_null() : json_boolean(t->answer == READY_READY));
	json_put(&o, "release", json_release(t->release));
	json_put(&o, "reasons", strings_of(t->reasons,
	    t->reason_count));
	json_put(&o, "doubts", texts_of(&t->doubts));
	json_put(&o, "warnings", texts_of(&t->warnings));
	json_put(&o, "checked", texts_of(&t->checked));
	json_put(&o, "unseen", texts_of(&t->unseen));
	json_put(&o, "notes", texts_of(&t->notes));
	json_put(&o, "newer", json_release(t->newer));
	json_put(&o, "requirements", needs_of(t));
	json_put(&o, "install", texts_of(&t->steps));
	json_put(&o, "install_sources", json_refs(&t->sources));
	return o;
}

static json_t *
host_of(const struct report *r, const struct report_host *h, bool quiet)
{
	json_t *o = json_object(), *list = json_array(), *fix = json_object();
	size_t i;

	json_put(&o, "name", json_text(h->inv->name));
	json_put(&o, "source", json_text(
	    h->inv->source == HOST_LIVE ? "live" : "volume"));
	json_put(&o, "taken", json_instant(h->inv->taken));
	json_put(&o, "windows", windows_of(&h->inv->windows));
	for (i = 0; i < h->a->exchange_count; i++)
		json_add(&list, exchange_of(r, h, &h->a->exchange[i]));
	json_put(&o, "exchange", list);
	json_put(&fix, "fix", json_text(assessment_has_fix(h->a) ?
	    "present" : answer_word(&h->a->answers[ASK_FIX])));
	json_put(&fix, "answer", json_text(h->a->answers[ASK_FIX].text));
	json_put(&fix, "evidence", ids_of(h->a->answers[ASK_FIX].proof,
	    h->a->answers[ASK_FIX].proof_count));
	json_put(&o, "wintrust", fix);
	json_put(&o, "deep", defective_of(h->scene));
	json_put(&o, "asked", asked_of(h->a));
	json_put(&o, "answers", answers_of(r, h, NULL));
	json_put(&o, "verdict", json_text(
	    verdict_name(h->a->verdict)));
	if (!quiet) {
		json_put(&o, "evidence", evidence_of(h->scene));
		json_put(&o, "findings", findings_of(h->a));
	}
	return o;
}

/* The facts of a package stand with it, so that it can be judged again where
 * its file is not at hand. */
static void
put_target(struct jsonout *j, const struct report_host *h, bool quiet)
{
	json_t *o = target_of(h);

	jsonout_object(j, "target");
	json_write_members(j, o);
	if (!quiet && h->package != NULL)
		inventory_write_package(j, "package", h->target, h->package);
	jsonout_end(j);
	json_decref(o);
}

void
report_json_host(struct jsonout *j, const struct report *r,
    const struct report_host *h, bool quiet)
{
	json_t *o = host_of(r, h, quiet);

	jsonout_object(j, NULL);
	json_write_members(j, o);
	if (h->targeted)
		put_target(j, h, quiet);
	if (!quiet)
		inventory_write(j, "inventory", h->inv);
	jsonout_end(j);
	json_decref(o);
}

void
report_json_refused(struct jsonout *j, const struct report_refused *refused,
    size_t count)
{
	size_t i;

	if (count == 0)
		return;
	jsonout_array(j, "refused");
	for (i = 0; i < count; i++) {
		jsonout_object(j, NULL);
		jsonout_text(j, "root", refused[i].root);
		jsonout_text(j, "why", refused[i].why);
		jsonout_end(j);
	}
	jsonout_end(j);
}

void
report_json(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	struct jsonout j;
	size_t i;

	jsonout_init(&j, out, true);
	jsonout_object(&j, NULL);
	json_result_begin(&j, r->version, r->at, r->catalogue);
	jsonout_array(&j, "hosts");
	for (i = 0; i < r->host_count; i++)
		report_json_host(&j, r, &r->hosts[i], style->quiet);
	jsonout_end(&j);
	report_json_refused(&j, r->refused, r->refused_count);
	jsonout_end(&j);
	jsonout_fini(&j);
}
