/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "made.h"
#include "tap.h"

#include "assessment/judge.h"
#include "assessment/obligations.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t made_met, made_unmet;

#define SETUP_KEY	"HKLM\\SOFTWARE\\Microsoft\\ExchangeServer\\Setup"
#define PATH		"C:\\Exchange"
#define EXSETUP		PATH "\\Bin\\ExSetup.exe"
#define TRANSCODING	PATH "\\ClientAccess\\TranscodingService.exe"
#define PRODUCT_KEY	"HKLM\\SOFTWARE\\Installer\\Products\\AE1D"
#define PATCH_KEY	PRODUCT_KEY "\\Patches\\461C"
#define ROLE_KEY	"HKLM\\SOFTWARE\\Microsoft\\ExchangeServer\\Role"
#define MARKER_KEY	"HKLM\\SOFTWARE\\Microsoft\\Updates\\Exchange\\KB"
#define CACHE		"C:\\Windows\\Installer\\"
#define CACHED		CACHE "1a2b.msi"
#define PACKAGE_CODE	"{0A0B0C0D-5A5A-4A5A-8A5A-00000000ABCD}"
#define PRODUCT_CODE	"{4934D1EA-BE46-48B1-8847-F1AF20E892C1}"

/* Facts are not const, and constants are facts here. */
static char *
text(const char *s)
{
	return (char *)(uintptr_t)s;
}

ev_id
made_record(struct made *m, enum ev_kind kind, enum ev_state state,
    const char *where)
{
	size_t n = m->inv.evidence_count;

	if (n == MADE_RECORDS)
		abort();
	m->evidence[n] = (struct evidence){ .kind = kind, .state = state,
	    .where = text(where), .value = text(state == EV_UNREADABLE ?
	    "could not be read" : "a value") };
	m->scene.evidence = m->inv.evidence = m->evidence;
	m->scene.evidence_count = m->inv.evidence_count = n + 1;
	return n + 1;
}

void
made_seen(struct inspected *seen, enum sig_verdict verdict)
{
	static struct sig_level plain;	/* of nobody who is known */
	instant until = verdict == SIG_VALID ? INSTANT_UNLIMITED :
	    verdict == SIG_EXPIRES ? MADE_NOW + 1 :
	    verdict == SIG_EXPIRED ? MADE_NOW - 1 : INSTANT_NONE;

	seen->verdict = verdict;
	seen->until = (struct sig_until){ until, until };
	seen->signatures = (struct sig_file){ .levels = &plain, .count = 1 };
}

void
made_code(struct inspected *seen, const char *code)
{
	struct file_facts *f = (struct file_facts *)(uintptr_t)seen->facts;

	f->has_patch = true;
	(void)snprintf(f->patch.code, sizeof(f->patch.code), "%s", code);
}

/* ---------------------------------------------------------- the Windows */

static void
add_copy(struct made *m, size_t i, const char *path)
{
	const struct version w = m->inv.windows.version;

	m->files[i] = (struct site_fix_file){ .file = { .path = text(path),
	    .state = EV_PRESENT, .version = version_of(w.part[0], w.part[1],
	    w.part[2], 1), .ev = made_record(m, EV_FILE, EV_PRESENT, path) },
	    .searched = true, .marks = m->fix.mitigation->mark_count };
}

struct inv_value *
made_value(struct made *m, const char *key, const char *name,
    const char *value)
{
	struct inv_value *v = NULL;
	size_t i;

	for (i = 0; i < m->inv.value_count; i++)
		if (strcmp(m->values[i].key + 5, key) == 0 &&
		    strcmp(m->values[i].name, name) == 0)
			v = &m->values[i];
	if (v == NULL) {
		if (m->inv.value_count == MADE_VALUES)
			abort();
		v = &m->values[m->inv.value_count];
		snprintf(m->keys[m->inv.value_count++], sizeof(m->keys[0]),
		    "HKLM\\%s", key);
		m->inv.values = m->values;
	}
	*v = (struct inv_value){ .key = m->keys[v - m->values],
	    .name = text(name), .state = value != NULL ? EV_PRESENT :
	    EV_ABSENT, .text = text(value) };
	return v;
}

/* All services start of themselves. */
static void
add_services(struct made *m)
{
	const struct cat_service *s;
	size_t i, n = catalogue_services(m->cat, &s);
	char key[120];

	for (i = 0; i < n; i++) {
		snprintf(key, sizeof(key), "SYSTEM\\CurrentControlSet"
		    "\\Services\\%s", s[i].name);
		(void)made_value(m, key, "Start", "2");
	}
}

void
made_windows(struct made *m, const struct catalogue *cat,
    struct version windows)
{
	const struct cat_mitigation *fixes;

	*m = (struct made){ .cat = cat, .opt = { .at = MADE_NOW } };
	if (catalogue_mitigations(cat, &fixes) == 0)
		abort();
	m->inv.name = text("EXCH01");
	m->inv.source = HOST_LIVE;
	m->inv.taken = MADE_NOW;
	m->inv.asked.groups = INV_GROUP_VALUES | INV_GROUP_PROGRAMS |
	    INV_GROUP_PENDING | INV_GROUP_LEFTOVERS | INV_GROUP_SETUP_RUNS;
	m->inv.pending.renames_state = EV_ABSENT;
	m->inv.windows.system_root = text("C:\\Windows");
	add_services(m);
	m->inv.windows.name = text("Windows Server");
	m->inv.windows.version = windows;
	m->inv.windows.ev = made_record(m, EV_WINDOWS, EV_PRESENT,
	    "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion");
	m->fix.mitigation = &fixes[0];
	m->fix.files = m->files;
	m->fix.file_count = 2;
	m->scene.fixes = &m->fix;
	m->scene.fix_count = 1;
	add_copy(m, 0, "C:\\Windows\\System32\\wintrust.dll");
	add_copy(m, 1, "C:\\Windows\\SysWOW64\\wintrust.dll");
}

/* ----------------------------------------------------------- the server */

static const struct cat_component *
component_of(const struct cat_release *r)
{
	size_t i;

	for (i = 0; i < r->component_count; i++)
		if (strcmp(r->components[i].file, "TranscodingService.exe") ==
		    0)
			return &r->components[i];
	return NULL;
}

static void
add_files(struct made *m, const struct cat_release *runs)
{
	const struct cat_component *own = component_of(runs);

	m->exe.facts = &m->exe_facts;
	made_seen(&m->exe, SIG_VALID);
	m->exe_facts.kind = FILEKIND_PE;
	m->ex.exsetup = (struct site_file){ .path = text(EXSETUP),
	    .state = EV_PRESENT, .version = runs->build, .seen = &m->exe,
	    .ev = made_record(m, EV_FILE, EV_PRESENT, EXSETUP) };
	if (own == NULL)
		return;
	m->transcoding.facts = &m->transcoding_facts;
	made_seen(&m->transcoding, SIG_VALID);
	m->transcoding_facts.kind = FILEKIND_PE;
	m->ex.transcoding = (struct site_file){ .path = text(TRANSCODING),
	    .state = EV_PRESENT, .version = own->build,
	    .seen = &m->transcoding,
	    .ev = made_record(m, EV_FILE, EV_PRESENT, TRANSCODING) };
}

static void
add_product(struct made *m, struct version base)
{
	m->package.facts = &m->package_facts;
	made_seen(&m->package, SIG_VALID);
	m->package_facts.kind = FILEKIND_MSI;
	m->package_facts.product_code = text(PRODUCT_CODE);
	m->package_facts.package_code = text(PACKAGE_CODE);
	m->msi = (struct site_product){ .code = text(PRODUCT_CODE),
	    .name = text("Microsoft Exchange Server"), .version = base,
	    .package_code = text(PACKAGE_CODE),
	    .installed_day = INSTANT_NONE,
	    .updates = m->updates, .listed = m->listed,
	    .ev = made_record(m, EV_PRODUCT, EV_PRESENT, PRODUCT_KEY) };
	m->msi.msi = (struct site_package){ .path = text(CACHED),
	    .state = EV_PRESENT, .seen = &m->package,
	    .ev = made_record(m, EV_PACKAGE, EV_PRESENT, CACHED) };
	m->ex.msi = &m->msi;
}

static void
add_role(struct made *m, const char *name)
{
	m->roles[m->ex.role_count++] = (struct inv_role){ .name = text(name),
	    .unpacked = m->base, .configured = m->base,
	    .ev = made_record(m, EV_ROLE, EV_PRESENT, ROLE_KEY) };
	m->ex.roles = m->roles;
}

/* Each code is another one; real ones are where the catalogue has them. */
static const char *
patch_code(const struct cat_release *r, size_t n)
{
	static const char *const codes[MADE_UPDATES] = {
		"{00000000-0000-0000-0000-000000000001}",
		"{00000000-0000-0000-0000-000000000002}",
		"{00000000-0000-0000-0000-000000000003}",
		"{00000000-0000-0000-0000-000000000004}",
	};

	return r->patch_count != 0 ? r->patches[0].code : codes[n];
}

struct site_update *
made_update(struct made *m, const struct cat_release *r,
    enum patch_state state)
{
	static const char *const paths[MADE_UPDATES] = {
		CACHE "1.msp", CACHE "2.msp", CACHE "3.msp", CACHE "4.msp",
	};
	size_t n = m->msi.update_count++;
	struct site_update *u = &m->updates[n];
	struct inspected *seen = &m->patches[n];

	seen->facts = &m->patch_facts[n];
	made_seen(seen, SIG_VALID);
	m->patch_facts[n].kind = FILEKIND_MSP;
	made_code(seen, patch_code(r, n));
	*u = (struct site_update){ .patch_code = text(patch_code(r, n)),
	    .display_name = text(r->name), .build = r->build, .state = state,
	    .kb = r->kb[0] != '\0' ? text(r->kb) : NULL,
	    .installed_day = INSTANT_NONE,
	    .ev = made_record(m, EV_PATCH, EV_PRESENT, PATCH_KEY) };
	u->package = (struct site_package){ .path = text(paths[n]),
	    .state = EV_PRESENT, .seen = seen,
	    .ev = made_record(m, EV_PACKAGE, EV_PRESENT, paths[n]) };
	m->listed[n] = (struct inv_listed_code){ text(u->patch_code), true };
	m->msi.listed_count = n + 1;
	return u;
}

void
made_marker(struct made *m, const char *kb)
{
	size_t n = m->ex.marker_count++;

	m->marker_list[n] = &m->markers[n];
	m->markers[n] = (struct inv_marker){
	    .kb = text(kb),
	    .ev = made_record(m, EV_MARKER, EV_PRESENT, MARKER_KEY) };
	m->ex.markers = m->marker_list;
}

/* The oldest Windows that the product runs on and that is alive there. */
static struct version
windows_of(const struct cat_product *p)
{
	if (!p->has_exsetup)
		return version_of(5, 2, 3790, 0);
	if (p->major < 15)
		return version_of(6, 1, 7601, 0);
	return p->minor == 0 ? version_of(6, 2, 9200, 0) : p->minor == 1 ?
	    version_of(6, 3, 9600, 0) : version_of(10, 0, 17763, 0);
}

void
made_server(struct made *m, const struct catalogue *cat,
    const struct cat_release *base, const struct cat_release *runs)
{
	made_windows(m, cat, windows_of(base->product));
	m->ex = (struct site){ .product = base->product,
	    .setup_key = text(SETUP_KEY), .install_path = text(PATH),
	    .base = base->build, .is_whole = true, .has_path = true,
	    .ev = made_record(m, EV_SETUP, EV_PRESENT, SETUP_KEY) };
	m->scene.sites = &m->ex;
	m->scene.site_count = 1;
	m->inv.windows.is_x86 = !base->product->has_exsetup;
	if (!base->product->has_exsetup)
		return;
	version_format(base->build, m->base);
	add_files(m, runs);
	add_product(m, base->build);
	add_role(m, "MailboxRole");
	if (runs != base)
		made_update(m, runs, PATCH_APPLIED);
}

void
made_named(struct made *m, const struct catalogue *cat, const char *base,
    const char *runs)
{
	const struct cat_release *b = catalogue_release(cat, base);
	const struct cat_release *r = catalogue_release(cat, runs);

	if (b == NULL || r == NULL)
		abort();
	made_server(m, cat, b, r);
}

const struct cat_release *
made_base_of(const struct cat_release *r)
{
	const struct cat_branch *b = r->branch;
	const struct cat_release *base = NULL;
	size_t i;

	for (i = 0; i < b->release_count; i++) {
		if (release_is_base(b->releases[i]) &&
		    version_known(b->releases[i]->build))
			base = b->releases[i];
		if (b->releases[i] == r)
			break;
	}
	return base;
}

/* ------------------------------------------------------- its obligations */

static bool
says(const struct answer *a, const char *what)
{
	size_t i;

	for (i = 0; i < a->lack_count; i++)
		if (strstr(a->lacks[i], what) != NULL)
			return true;
	return false;
}

/* Note whether the row was met. */
static void
remember(size_t row, enum question q, unsigned allows)
{
	bool met = allows == ANSWER_STRUCK ||
	    question_get(q)->answers[allows].severity == SEV_NOTE;

	if (met)
		made_met |= UINT64_C(1) << row;
	else
		made_unmet |= UINT64_C(1) << row;
}

struct assessment *
made_assess(struct made *m)
{
	m->scene.facts = &m->inv;
	return assess(&m->scene, m->cat, &m->opt);
}

unsigned
made_allows(struct made *m, enum question q, const char *name,
    const char *what)
{
	struct assessment *a = made_assess(m);
	struct judge j = { .a = a, .scene = &m->scene, .inv = &m->inv,
	    .cat = m->cat, .opt = &m->opt };
	struct assess_exchange *x = q != ASK_FIX ? &a->exchange[0] : NULL;
	struct answer out = { .question = q };
	struct ask one = { &j, x, x != NULL ? x->w : NULL, &out };
	const struct obligation *all;
	size_t i, n = obligations(&all);
	unsigned allows = ANSWER_STRUCK;

	for (i = 0; i < n; i++)
		if (all[i].question == q && strcmp(all[i].name, name) == 0)
			break;
	CHECK(i < n);
	if (i < n) {
		allows = all[i].allows(&one);
		remember(i, q, allows);
	}
	if (what != NULL)
		tap_check(says(&out, what), name, 0, what);
	answer_fini(&out);
	assessment_free(a);
	return allows;
}
