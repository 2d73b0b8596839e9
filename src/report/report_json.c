/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/report.h"
#include "report/summary.h"

#include "base/limits.h"

#include "report/inspection.h"
#include "inventory/inventory_json.h"
#include "report/json_result.h"

#include <stdio.h>

/*
 * rollcall-result(5) and data/rollcall-result.schema.json are the contract of
 * what is written here.
 */

static void
put_ids(struct jsonout *j, const char *name, const ev_id *ids, size_t n)
{
	size_t i;

	jsonout_array(j, name);
	for (i = 0; i < n; i++) {
		char id[24];

		snprintf(id, sizeof(id), "e%zu", ids[i]);
		jsonout_text(j, NULL, id);
	}
	jsonout_end(j);
}

static void
put_strings(struct jsonout *j, const char *name, char *const *s, size_t n)
{
	size_t i;

	jsonout_array(j, name);
	for (i = 0; i < n; i++)
		jsonout_text(j, NULL, s[i]);
	jsonout_end(j);
}

static void
put_texts(struct jsonout *j, const char *name, const struct texts *t)
{
	put_strings(j, name, t->list, t->count);
}

/* Of a file that was not opened. */
static void
put_unseen(struct jsonout *j)
{
	static const char *const names[] = { "sha256", "listed", "verdict",
	    "good_until", "advisory", "signatures" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		jsonout_null(j, names[i]);
}

/* What an opened file is worth; nulls when it was not opened. VERDICT and the
 * rest are those without the Windows fix: findings take the state of the
 * machine into account. */
static void
put_seen(struct jsonout *j, const struct inspected *seen)
{
	char hex[2 * DIGEST_MAX + 1];

	if (seen == NULL) {
		put_unseen(j);
		return;
	}
	jsonout_text(j, "sha256", seen->facts->digested ? digest_hex(
	    &seen->facts->digests.of[DIGEST_SHA256], hex) : NULL);
	inspection_json_listed(j, seen->listed);
	jsonout_text(j, "verdict", sig_verdict_name(seen->verdict));
	inspection_json_until(j, &seen->until);
	jsonout_text(j, "advisory", seen->advisory);
	inspection_json_signatures(j, &seen->signatures);
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

static void
put_package(struct jsonout *j, const struct site_package *p)
{
	jsonout_object(j, "package");
	jsonout_text(j, "path", p->path);
	jsonout_text(j, "original_name", p->original_name);
	jsonout_text(j, "state", ev_state_name(p->state));
	if (p->state == EV_PRESENT)
		jsonout_number(j, "size", (int64_t)p->size);
	else
		jsonout_null(j, "size");
	jsonout_text(j, "code", code_inside(p->seen));
	put_seen(j, p->seen);
	jsonout_end(j);
}

static void
put_file(struct jsonout *j, const struct site_file *f)
{
	if (f->path == NULL)
		return;		/* it was not looked for */
	jsonout_object(j, NULL);
	jsonout_text(j, "path", f->path);
	jsonout_text(j, "state", ev_state_name(f->state));
	jsonout_version(j, "version", f->version);
	put_seen(j, f->seen);
	jsonout_end(j);
}

/* The files that evidence rests on. */
static void
put_files(struct jsonout *j, const struct site *ex)
{
	jsonout_array(j, "files");
	put_file(j, &ex->exsetup);
	put_file(j, &ex->transcoding);
	jsonout_end(j);
}

static void
put_update(struct jsonout *j, const struct site_update *u)
{
	jsonout_object(j, NULL);
	jsonout_text(j, "patch_code", u->patch_code);
	jsonout_text(j, "display_name", u->display_name);
	jsonout_text(j, "kb", u->kb);
	jsonout_version(j, "build", u->build);
	jsonout_text(j, "state", patch_state_name(u->state));
	jsonout_text(j, "installed", u->installed);
	put_package(j, &u->package);
	jsonout_end(j);
}

static void
put_updates(struct jsonout *j, const struct site_product *product)
{
	size_t i;

	jsonout_array(j, "updates");
	for (i = 0; product != NULL && i < product->update_count; i++)
		put_update(j, &product->updates[i]);
	jsonout_end(j);
}

static void
put_product(struct jsonout *j, const struct site_product *p)
{
	jsonout_text(j, "code", p->code);
	jsonout_text(j, "name", p->name);
	jsonout_version(j, "version", p->version);
	put_package(j, &p->msi);
}

static void
put_msi(struct jsonout *j, const struct site_product *p)
{
	if (p == NULL) {
		jsonout_null(j, "msi");
		return;
	}
	jsonout_object(j, "msi");
	put_product(j, p);
	jsonout_end(j);
}

static void
put_packs(struct jsonout *j, const struct site *ex)
{
	size_t i;

	jsonout_array(j, "packs");
	for (i = 0; i < ex->pack_count; i++) {
		jsonout_object(j, NULL);
		put_product(j, ex->packs[i]);
		put_updates(j, ex->packs[i]);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_markers(struct jsonout *j, const struct site *ex)
{
	size_t i;

	jsonout_array(j, "markers");
	for (i = 0; i < ex->marker_count; i++) {
		const struct inv_marker *m = ex->markers[i];

		jsonout_object(j, NULL);
		jsonout_text(j, "kb", m->kb);
		jsonout_text(j, "package_name", m->package_name);
		jsonout_text(j, "installed_date", m->installed_date);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_roles(struct jsonout *j, const struct site *ex)
{
	size_t i;

	jsonout_array(j, "roles");
	for (i = 0; i < ex->role_count; i++) {
		const struct inv_role *r = &ex->roles[i];

		jsonout_object(j, NULL);
		jsonout_text(j, "name", r->name);
		jsonout_text(j, "unpacked", r->unpacked);
		jsonout_text(j, "configured", r->configured);
		jsonout_text(j, "action", r->action);
		jsonout_text(j, "watermark", r->watermark);
		jsonout_end(j);
	}
	jsonout_end(j);
}

/* ---------------------------------------------------------- the answers */

/* What more is known of the installation than the answer's word. */
static void
put_current(struct jsonout *j, const struct report *r,
    const struct assess_exchange *x)
{
	bool behind = x->answers[ASK_CURRENT].value == CURRENT_BEHIND;

	json_result_release_or_null(j, "newest", behind ? x->way.newest :
	    NULL);
	if (behind)
		json_result_behind(j, &x->way);
	else
		jsonout_null(j, "behind");
	json_result_day(j, "known_until", r->catalogue->known_until);
}

static void
put_supported(struct jsonout *j, const struct assess_exchange *x)
{
	json_result_day(j, "until", x->until);
	jsonout_text(j, "program", x->program != NULL ? x->program->id :
	    NULL);
}

static void
put_answer(struct jsonout *j, const struct report *r,
    const struct assess_exchange *x, const struct answer *a)
{
	jsonout_object(j, question_get(a->question)->name);
	jsonout_text(j, "answer", answer_word(a));
	jsonout_text(j, "severity", severity_answer_name(a->severity));
	jsonout_text_or_null(j, "text", a->text);
	jsonout_text(j, "action", a->action);
	put_ids(j, "proof", a->proof, a->proof_count);
	put_strings(j, "lacks", a->lacks, a->lack_count);
	json_result_rests(j, &a->rests);
	if (x != NULL && a->question == ASK_CURRENT)
		put_current(j, r, x);
	if (x != NULL && a->question == ASK_SUPPORTED)
		put_supported(j, x);
	jsonout_end(j);
}

/* Of one installation, or with NULL of the host, which alone has that of
 * Windows; that of the target is there where one was named. */
static void
put_answers(struct jsonout *j, const struct report *r,
    const struct report_host *h, const struct assess_exchange *x)
{
	size_t q;

	jsonout_object(j, "answers");
	for (q = 0; q < QUESTION_COUNT; q++)
		if ((q != ASK_FIX || x == NULL) && (q != ASK_READY ||
		    (x == NULL && h->targeted)))
			put_answer(j, r, x, summary_answer_of(h->a, x,
			    (enum question)q));
	jsonout_end(j);
}

/* ----------------------------------------------------- the installation */

/* The one step to take next. */
static void
put_next(struct jsonout *j, const struct assess_exchange *x)
{
	const struct way *w = &x->way;
	struct buf b;

	if (!json_result_next(j, w, x->ex->is_x86))
		return;
	buf_init(&b, TEXT_MAX);
	put_step(&b, w, x->release);
	json_result_release_or_null(j, "then", w->then);
	jsonout_text(j, "text", buf_text(&b));
	jsonout_end(j);
	buf_fini(&b);
}

static void
put_newer(struct jsonout *j, const struct assess_exchange *x)
{
	if (!version_known(x->newer)) {
		jsonout_null(j, "newer");
		return;
	}
	jsonout_object(j, "newer");
	jsonout_version(j, "build", x->newer);
	jsonout_text(j, "kb", x->newer_kb);
	jsonout_end(j);
}

static void
put_exchange(struct jsonout *j, const struct report *r,
    const struct report_host *h, const struct assess_exchange *x)
{
	const struct site *ex = x->ex;

	jsonout_object(j, NULL);
	jsonout_text(j, "product", ex->product != NULL ? ex->product->id :
	    NULL);
	jsonout_text(j, "branch", x->branch != NULL ? x->branch->id : NULL);
	jsonout_text(j, "install_path", ex->install_path);
	jsonout_text(j, "architecture", ex->is_x86 ? "x86" : "x64");
	jsonout_text(j, "setup_key", ex->setup_key);
	jsonout_version(j, "base_build", ex->base);
	jsonout_version(j, "exsetup", ex->exsetup.version);
	put_files(j, ex);
	json_result_release_or_null(j, "release", x->release);
	put_newer(j, x);
	put_answers(j, r, h, x);
	put_next(j, x);
	jsonout_text(j, "interim", ex->interim);
	put_msi(j, ex->msi);
	put_updates(j, ex->msi);
	put_packs(j, ex);
	put_markers(j, ex);
	put_roles(j, ex);
	jsonout_end(j);
}

/* ------------------------------------------------------------- the host */

/* Names of the questions that count. */
static void
put_asked(struct jsonout *j, const struct assessment *a)
{
	size_t q;

	jsonout_array(j, "asked");
	for (q = 0; q < QUESTION_COUNT; q++)
		if ((a->asked & QUESTION_BIT(q)) != 0)
			jsonout_text(j, NULL,
			    question_get((enum question)q)->name);
	jsonout_end(j);
}

static void
put_evidence(struct jsonout *j, const struct scene *scene)
{
	size_t i;

	jsonout_array(j, "evidence");
	for (i = 0; i < scene->evidence_count; i++) {
		const struct evidence *e = &scene->evidence[i];
		char id[24];

		snprintf(id, sizeof(id), "e%zu", i + 1);
		jsonout_object(j, NULL);
		jsonout_text(j, "id", id);
		jsonout_text(j, "kind", ev_kind_name(e->kind));
		jsonout_text(j, "where", e->where);
		jsonout_text(j, "state", ev_state_name(e->state));
		jsonout_text(j, "value", e->value);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_findings(struct jsonout *j, const struct assessment *a)
{
	size_t i;

	jsonout_array(j, "findings");
	for (i = 0; i < a->finding_count; i++) {
		const struct finding *f = &a->findings[i];

		jsonout_object(j, NULL);
		jsonout_text(j, "code", rule_get(f->rule)->code);
		jsonout_text(j, "question", question_get(f->question)->name);
		jsonout_text(j, "severity", severity_name(f->severity));
		jsonout_text(j, "title", rule_get(f->rule)->title);
		jsonout_text(j, "detail", f->detail);
		put_strings(j, "install", f->install, f->install_count);
		put_ids(j, "evidence", f->evidence, f->evidence_count);
		json_result_refs(j, "sources", &f->sources);
		jsonout_end(j);
	}
	jsonout_end(j);
}

static void
put_windows(struct jsonout *j, const struct inv_windows *w)
{
	jsonout_object(j, "windows");
	jsonout_text(j, "name", w->name);
	jsonout_version(j, "version", w->version);
	jsonout_text(j, "service_pack", w->service_pack);
	jsonout_end(j);
}

static void
put_wintrust(struct jsonout *j, const struct assessment *a)
{
	const struct answer *fix = &a->answers[ASK_FIX];

	jsonout_object(j, "wintrust");
	jsonout_text(j, "fix", assessment_has_fix(a) ? "present" :
	    answer_word(fix));
	jsonout_text(j, "answer", fix->text);
	put_ids(j, "evidence", fix->proof, fix->proof_count);
	jsonout_end(j);
}

static void
put_deep(struct jsonout *j, const struct scene *scene)
{
	size_t i;

	if (!scene->facts->deep) {
		jsonout_null(j, "deep");
		return;
	}
	jsonout_object(j, "deep");
	jsonout_number(j, "signed_files", (int64_t)scene->deep_count);
	jsonout_number(j, "unsigned_files", (int64_t)scene->deep_unsigned);
	jsonout_number(j, "foreign_files", (int64_t)scene->deep_strangers);
	jsonout_array(j, "defective");
	for (i = 0; i < scene->defective_count; i++) {
		const struct site_defective *d = &scene->defective[i];

		jsonout_object(j, NULL);
		jsonout_text(j, "path", d->path);
		jsonout_text(j, "advisory", d->advisory);
		jsonout_text(j, "verdict", sig_verdict_name(d->verdict));
		inspection_json_until(j, &d->until);
		jsonout_end(j);
	}
	jsonout_end(j);
	jsonout_end(j);
}

/* ----------------------------------------------------------- the target */

/* What was looked at, by the ids of the catalogue. */
static void
put_needs(struct jsonout *j, const struct target_result *t)
{
	size_t i;

	jsonout_array(j, "requirements");
	for (i = 0; i < t->need_count; i++) {
		const struct target_need *n = &t->needs[i];

		jsonout_object(j, NULL);
		jsonout_text(j, "id", n->need->id);
		jsonout_text(j, "check", cat_check_name(n->need->check));
		jsonout_text(j, "blocks", cat_blocks_name(n->need->blocks));
		if (n->met == NEED_UNKNOWN)
			jsonout_null(j, "met");
		else
			jsonout_bool(j, "met", n->met == NEED_MET);
		json_result_refs(j, "sources", &n->need->sources);
		jsonout_end(j);
	}
	jsonout_end(j);
}

/* The facts of a package stand with it, so that it can be judged again where
 * its file is not at hand. */
static void
put_target(struct jsonout *j, const struct report_host *h, bool quiet)
{
	const struct target_result *t = &h->a->target;

	jsonout_object(j, "target");
	jsonout_text(j, "name", h->target);
	if (t->answer == READY_UNKNOWN)
		jsonout_null(j, "ready");
	else
		jsonout_bool(j, "ready", t->answer == READY_READY);
	json_result_release_or_null(j, "release", t->release);
	put_strings(j, "reasons", t->reasons, t->reason_count);
	put_texts(j, "doubts", &t->doubts);
	put_texts(j, "warnings", &t->warnings);
	put_texts(j, "checked", &t->checked);
	put_texts(j, "unseen", &t->unseen);
	put_texts(j, "notes", &t->notes);
	json_result_release_or_null(j, "newer", t->newer);
	put_needs(j, t);
	put_texts(j, "install", &t->steps);
	json_result_refs(j, "install_sources", &t->sources);
	if (!quiet && h->package != NULL)
		inventory_write_package(j, "package", h->target, h->package);
	jsonout_end(j);
}

void
report_json_host(struct jsonout *j, const struct report *r,
    const struct report_host *h, bool quiet)
{
	size_t i;

	jsonout_object(j, NULL);
	jsonout_text(j, "name", h->inv->name);
	jsonout_text(j, "source", h->inv->source == HOST_LIVE ? "live" :
	    "volume");
	jsonout_instant(j, "taken", h->inv->taken);
	put_windows(j, &h->inv->windows);
	jsonout_array(j, "exchange");
	for (i = 0; i < h->a->exchange_count; i++)
		put_exchange(j, r, h, &h->a->exchange[i]);
	jsonout_end(j);
	put_wintrust(j, h->a);
	put_deep(j, h->scene);
	put_asked(j, h->a);
	put_answers(j, r, h, NULL);
	jsonout_text(j, "verdict", verdict_name(h->a->verdict));
	if (!quiet) {
		put_evidence(j, h->scene);
		put_findings(j, h->a);
	}
	if (h->targeted)
		put_target(j, h, quiet);
	if (!quiet)
		inventory_write(j, "inventory", h->inv);
	jsonout_end(j);
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
