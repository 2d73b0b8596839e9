/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "facts.h"

#include "base/alloc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CODE	"{4934D1EA-BE46-48B1-8847-F1AF20E892C1}"
#define CODE2	"{24B2C164-DE66-44FE-B468-A46D9D5E6B31}"
#define DAY	INT64_C(1357849945)	/* 2013-01-10T20:32:25Z */

/* ---- signatures ---- */

static void
set_bytes(uint8_t *p, size_t n, unsigned seed)
{
	size_t i;

	for (i = 0; i < n; i++)
		p[i] = (uint8_t)(seed * 37 + i * 11 + 1);
}

/* The certificate with that number among all that are made here. */
static size_t
add_cert(struct sig_facts *f, unsigned seed)
{
	struct sig_cert c = { .not_before = DAY - 86400 * 365,
	    .not_after = DAY + (int64_t)seed, .key = SIG_KEY_RSA,
	    .key_bits = 2048, .signed_with = DIGEST_SHA256,
	    .self_issued = SIG_SAID_NO, .extensions = SIG_EXT_SOUND,
	    .ca = SIG_SAID_YES, .path_len = seed % 3 == 0 ? -1 : 1,
	    .may_sign = SIG_SAID_YES, .eku_present = SIG_SAID_YES,
	    .lifetime = SIG_SAID_NO };

	set_bytes(c.sha256, sizeof(c.sha256), seed);
	c.sha256[30] = (uint8_t)(seed >> 8);
	c.sha256[31] = (uint8_t)seed;
	set_bytes(c.sha1, sizeof(c.sha1), seed + 1);
	set_bytes(c.key_sha256, sizeof(c.key_sha256), seed + 2);
	c.subject = xasprintf("CN=Microsoft Corporation %u, OU=MOPR, "
	    "O=Microsoft Corporation, L=Redmond, S=Washington, C=US", seed);
	c.issuer = xasprintf("CN=Microsoft Code Signing PCA %u, "
	    "O=Microsoft Corporation, L=Redmond, S=Washington, C=US", seed);
	c.serial = xasprintf("33000000b011af0a8bd03b9fdd0001%08x", seed);
	c.eku = xpush(NULL, 0, sizeof(*c.eku));
	c.eku[c.eku_count++] = xstrdup("1.3.6.1.5.5.7.3.3");
	c.eku = xpush(c.eku, c.eku_count, sizeof(*c.eku));
	c.eku[c.eku_count++] = xstrdup("1.3.6.1.4.1.311.10.3.21");
	return sig_facts_add(f, &c);
}

/* A chain of four, whose last one is an anchor. */
static void
add_path(struct sig_facts *f, struct sig_paths *p, unsigned seed)
{
	struct sig_path *path;
	size_t i;

	p->list = xpush(p->list, p->count, sizeof(*p->list));
	path = &p->list[p->count++];
	path->end = SIG_END_ANCHOR;
	path->anchor.name = xstrdup("Microsoft Root Certificate Authority");
	path->anchor.subject = xstrdup("CN=Microsoft Root");
	set_bytes(path->anchor.key_sha256, SIG_ID_BYTES, 8);
	path->count = 4;
	path->steps = xcalloc(path->count, sizeof(*path->steps));
	for (i = 0; i < path->count; i++)
		path->steps[i] = (struct sig_step){
		    add_cert(f, seed + (unsigned)i),
		    i == 0 ? SIG_CHECK_NONE : SIG_CHECK_GOOD,
		    123456 + 1400 * i };
}

static struct sig_stamp_facts *
add_stamp(struct sig_facts *f, struct sig_level_facts *l, unsigned seed)
{
	struct sig_stamp_facts *s;

	l->stamps = xpush(l->stamps, l->stamp_count, sizeof(*l->stamps));
	s = &l->stamps[l->stamp_count++];
	l->stamps_found = l->stamp_count;
	*s = (struct sig_stamp_facts){ .kind = SIG_STAMP_RFC3161,
	    .time = DAY, .digest_alg = DIGEST_SHA1,
	    .check = SIG_CHECK_GOOD };
	add_path(f, &s->paths, seed);
	s->cert = s->paths.list[0].steps[0].cert;
	return s;
}

static struct sig_level_facts *
add_level(struct sig_facts *f, unsigned depth, unsigned seed)
{
	struct sig_level_facts *l;

	f->levels = xpush(f->levels, f->level_count, sizeof(*f->levels));
	l = &f->levels[f->level_count++];
	f->levels_found = f->level_count;
	*l = (struct sig_level_facts){ .depth = depth,
	    .digest_alg = DIGEST_SHA256, .digest = SIG_DIGEST_MATCH,
	    .signed_with = DIGEST_SHA256, .check = SIG_CHECK_GOOD };
	add_path(f, &l->paths, seed);
	l->cert = l->paths.list[0].steps[0].cert;
	add_stamp(f, l, seed + 4);
	return l;
}

/* Signed twice, as packages of today are. */
static void
sign(struct sig_facts *f, unsigned seed)
{
	f->place = SIG_PLACE_SOUND;
	f->checks = 16;
	add_level(f, 0, seed);
	add_level(f, 1, seed + 8);
}

/* ---- files ---- */

static void
set_digest(struct digest_set *set, enum digest_alg alg, unsigned seed)
{
	struct digest *d = &set->of[alg];

	d->alg = alg;
	d->len = digest_len(alg);
	set_bytes(d->bytes, d->len, seed);
}

static struct file_facts *
patch_facts(size_t targets, unsigned seed)
{
	struct file_facts *f = xcalloc(1, sizeof(*f));
	size_t i;

	*f = (struct file_facts){ .kind = FILEKIND_MSP, .size = 60817408,
	    .digested = true, .has_patch = true, .metadata = true,
	    .readable = true, .why.fileoff = DIAG_NOWHERE,
	    .damage.fileoff = DIAG_NOWHERE };
	set_digest(&f->digests, DIGEST_SHA1, seed);
	set_digest(&f->digests, DIGEST_SHA256, seed + 1);
	f->title = xstrdup("Update Rollup 4 for Exchange Server 2010 "
	    "Service Pack 2 (KB2706690) 14.2.318.2");
	f->display_name = xstrdup(f->title);
	f->kb = xstrdup("KB2706690");
	memcpy(f->patch.code, CODE, sizeof(CODE));
	f->patch.target_count = targets;
	f->patch.targets = xcalloc(targets, sizeof(*f->patch.targets));
	for (i = 0; i < targets; i++)
		memcpy(f->patch.targets[i], CODE2, sizeof(CODE2));
	sign(&f->signatures, seed);
	return f;
}

/* One that has all that can be told of a file, at once. */
static struct file_facts *
full_facts(void)
{
	struct file_facts *f = patch_facts(2, 3);
	struct sig_facts *s = &f->signatures;
	struct sig_level_facts *l = &s->levels[1];

	f->version = version_of(14, 2, 318, 2);
	f->machine = 0x8664;
	f->pe32_plus = true;
	f->product_code = xstrdup(CODE);
	f->package_code = xstrdup(CODE2);
	f->patch.obsolete_count = 1;
	f->patch.obsoletes = xcalloc(1, sizeof(*f->patch.obsoletes));
	memcpy(f->patch.obsoletes[0], CODE2, sizeof(CODE2));
	(void)diag_set(&f->why, ST_IO, 4711, NULL, "no \xc3\xbc");
	f->why.refused = true;
	f->why.drive = 'E';
	f->why_rule = xstrdup("[MS-CFB] 2.1: sectors");
	f->why.clause = f->why_rule;
	(void)diag_set(&f->damage, ST_MALFORMED, 0, NULL, "odd");
	f->damage_rule = xstrdup("Windows Installer: ProductVersion");
	f->damage.clause = f->damage_rule;
	s->bare = true;
	s->place = SIG_PLACE_HIDDEN;
	s->levels_found = 5;
	(void)reason_set(&s->hidden, SIG_WHY_PLACE_PE, 99);
	s->hidden_text = xstrdup("bytes behind it");
	(void)reason_set(&s->unsigned_why, SIG_WHY_ONLY_CERTS, DIAG_NOWHERE);
	(void)reason_count(&l->why, SIG_WHY_STAMP_MANY, 1234, 8);
	l->check = SIG_CHECK_DAMAGED;
	l->digest = SIG_DIGEST_MISMATCH;
	l->stamps_found = 9;
	(void)reason_set(&l->stamps[0].why, SIG_WHY_NOT_SIGNED, 5);
	l->stamps[0].check = SIG_CHECK_BAD;
	l->paths.list[0].end = SIG_END_SELF;
	l->paths.list[0].steps[2].at = DIAG_NOWHERE;
	s->certs[1].extensions = SIG_EXT_CRITICAL;
	s->certs[1].critical = xstrdup("1.2.3");
	s->certs[1].self_issued = SIG_SAID_YES;
	return f;
}

/* ---- rows ---- */

static ev_id
note(struct inventory *inv, enum ev_kind kind, enum ev_state state,
    const char *where)
{
	inv->evidence = xpush(inv->evidence, inv->evidence_count,
	    sizeof(*inv->evidence));
	inv->evidence[inv->evidence_count++] = (struct evidence){ kind, state,
	    xstrdup(where), xstrdup("sha256 0123, as told"), false, 0 };
	return inv->evidence_count;
}

static void
add_name(struct inv_names *n, const char *name)
{
	n->list = xpush(n->list, n->count, sizeof(*n->list));
	n->list[n->count++] = xstrdup(name);
}

static void
set_package(struct inv_package *p, const char *path, ev_id ev)
{
	p->path = xstrdup(path);
	p->original_name = xstrdup("Exchange2010-KB2706690-x64-en.msp");
	p->state = EV_PRESENT;
	p->size = 60817408;
	p->ev = ev;
}

static struct inv_product *
add_product(struct inventory *inv)
{
	struct inv_product *p;

	inv->products = xpush(inv->products, inv->product_count,
	    sizeof(*inv->products));
	p = &inv->products[inv->product_count++];
	*p = (struct inv_product){ .code = xstrdup(CODE),
	    .name = xstrdup("Microsoft Exchange Server"),
	    .version = version_of(14, 2, 247, 5),
	    .install_location = xstrdup("C:\\Exchange\\V14"),
	    .package_code = xstrdup(CODE2),
	    .installed = xstrdup("20130109"), .installed_day = DAY,
	    .ev = note(inv, EV_PRODUCT, EV_PRESENT, "HKLM\\p") };
	set_package(&p->msi, "C:\\Windows\\Installer\\1.msi",
	    note(inv, EV_PACKAGE, EV_PRESENT,
	    "C:\\Windows\\Installer\\1.msi"));
	return p;
}

static struct inv_update *
add_update(struct inventory *inv, struct inv_product *p, unsigned seed)
{
	char where[200];
	struct inv_update *u;

	p->updates = xpush(p->updates, p->update_count, sizeof(*p->updates));
	u = &p->updates[p->update_count++];
	snprintf(where, sizeof(where), "HKLM\\SOFTWARE\\Microsoft\\Windows"
	    "\\CurrentVersion\\Installer\\UserData\\S-1-5-18\\Products"
	    "\\AE1D439464EB1B8488741FFA028E291C\\Patches"
	    "\\461C2B4266EDEF444B864AD6D9E5B%03u", seed);
	*u = (struct inv_update){ .patch_code = xstrdup(CODE2),
	    .display_name = xstrdup("Update Rollup 4 for Exchange Server "
	    "2010 Service Pack 2 (KB2706690) 14.2.318.2"),
	    .kb = xstrdup("KB2706690"), .build = version_of(14, 2, 318, 2),
	    .state = PATCH_SUPERSEDED, .installed = xstrdup("20130110"),
	    .installed_day = DAY, .ev = note(inv, EV_PATCH, EV_PRESENT,
	    where) };
	snprintf(where, sizeof(where), "C:\\Windows\\Installer\\7da%u.msp",
	    seed);
	set_package(&u->package, where, note(inv, EV_PACKAGE, EV_PRESENT,
	    where));
	p->listed = xpush(p->listed, p->listed_count, sizeof(*p->listed));
	p->listed[p->listed_count++] = (struct inv_listed_code){
	    xstrdup(CODE2), true };
	return u;
}

static void
set_host(struct inventory *inv)
{
	inv->name = xstrdup("EXCH01");
	inv->domain = xstrdup("");
	inv->machine_guid = xstrdup("cb98a461-3d83-4ab6-9e3e-7d8e6ab7bd5e");
	inv->source = HOST_LIVE;
	inv->taken = DAY;
	inv->windows = (struct inv_windows){
	    .name = xstrdup("Windows Server 2008 R2 Standard"),
	    .service_pack = xstrdup("Service Pack 1"),
	    .version = { { 6, 1, 7601, 0 }, 3 }, .language = xstrdup("0409"),
	    .kind = xstrdup("Server Core"), .ubr = 576,
	    .language_ev = 1,
	    .system_root = xstrdup("C:\\Windows"), .is_x64 = true,
	    .has_wow64 = true,
	    .ev = note(inv, EV_WINDOWS, EV_PRESENT, "HKLM\\w") };
}

/* ---- everything ---- */

static void
set_asked(struct inventory *inv)
{
	struct inv_asked *a = &inv->asked;

	a->groups = (2 * INV_GROUP_LEFTOVERS - 1) | INV_GROUP_SETUP_RUNS |
	    INV_GROUP_UPDATE_LISTS | INV_GROUP_SPACE;
	add_name(&a->setup_keys, "SOFTWARE\\Microsoft\\ExchangeServer\\v14"
	    "\\Setup");
	add_name(&a->setup_keys, "SOFTWARE\\Microsoft\\Exchange\\Setup");
	add_name(&a->product_codes, CODE);
	add_name(&a->update_keys, "Exchange 2010");
	add_name(&a->uninstall_keys, "Microsoft Exchange v14");
	add_name(&a->kbs, "KB2749655");
	add_name(&a->programs, "Microsoft Visual C++ 2013");
	add_name(&a->packs, "Microsoft Server Speech");
	a->anchors = xcalloc(1, sizeof(*a->anchors));
	a->anchors[a->anchor_count++].name =
	    xstrdup("Microsoft Root Certificate Authority");
	a->anchors[0].subject = xstrdup("CN=Microsoft Root");
	set_bytes(a->anchors[0].key_sha256, SIG_ID_BYTES, 8);
	inv->mark_count = 2;
	inv->marks = xcalloc(2, sizeof(*inv->marks));
	set_bytes(inv->marks[0].bytes, INV_MARK_BYTES, 40);
	set_bytes(inv->marks[1].bytes, INV_MARK_BYTES, 41);
}

static void
set_setup(struct inventory *inv)
{
	struct inv_setup *s = xpush(NULL, 0, sizeof(*s));

	inv->setups = s;
	inv->setup_count = 1;
	*s = (struct inv_setup){ .key = xstrdup("HKLM\\setup"),
	    .is_wow64 = true, .base = { { 14, 70000, 247, 5 }, 4 },
	    .is_whole = true, .path = xstrdup("C:\\Exchange\\V14"),
	    .services = xstrdup("C:\\Exchange"), .interim = xstrdup(""),
	    .role_count = 1, .ev = note(inv, EV_SETUP, EV_PRESENT, "k") };
	s->roles = xpush(NULL, 0, sizeof(*s->roles));
	s->roles[0] = (struct inv_role){ .name = xstrdup("MailboxRole"),
	    .unpacked = xstrdup("14.2.247.5"),
	    .configured = xstrdup("14.2.247.5"),
	    .action = xstrdup("Install"), .watermark = xstrdup("\x01\xc2\x85"),
	    .ev = note(inv, EV_ROLE, EV_PRESENT, "r") };
	inv->place_count = 2;
	inv->places = xcalloc(2, sizeof(*inv->places));
	inv->places[0].entry = xstrdup("Microsoft Exchange v14");
	inv->places[0].path = xstrdup("C:\\Exchange\\V14\\");
	inv->places[1].path = xstrdup("D:\\");
}

static void
add_system(struct inventory *inv)
{
	struct inv_pending *p = &inv->pending;

	inv->values = xcalloc(1, sizeof(*inv->values));
	inv->values[inv->value_count++] = (struct inv_value){
	    xstrdup("HKLM\\SOFTWARE\\a"), xstrdup("Release"), EV_PRESENT,
	    xstrdup("528040"), note(inv, EV_SYSTEM, EV_PRESENT, "v") };
	inv->programs = xcalloc(1, sizeof(*inv->programs));
	inv->programs[inv->program_count++] = (struct inv_program){
	    xstrdup("Visual C++"), xstrdup("12.0.40664.0"),
	    note(inv, EV_SYSTEM, EV_PRESENT, "p") };
	p->renames_state = EV_PRESENT;
	p->renames = xcalloc(2, sizeof(*p->renames));
	p->renames[p->rename_count++] = (struct inv_rename){
	    xstrdup("C:\\a"), xstrdup("C:\\b") };
	p->renames[p->rename_count++] = (struct inv_rename){
	    xstrdup("C:\\c"), NULL };
	p->rename_total = 300;
	p->packages_state = EV_PRESENT;
	p->packages = xcalloc(1, sizeof(*p->packages));
	p->packages[p->package_count++] = xstrdup("Package_for_KB1");
	p->servicing = EV_PRESENT;
	p->update = EV_ABSENT;
	p->update_exe = EV_UNREADABLE;
	p->ev = note(inv, EV_SYSTEM, EV_PRESENT, "r");
	p->servicing_ev = note(inv, EV_SYSTEM, EV_PRESENT, "s");
	p->restart_ev = note(inv, EV_SYSTEM, EV_UNREADABLE, "u");
	inv->leftovers = xcalloc(1, sizeof(*inv->leftovers));
	inv->leftovers[inv->leftover_count++] = (struct inv_leftover){
	    xstrdup("C:\\ExchangeSetupLogs\\ServiceState.xml"),
	    note(inv, EV_SYSTEM, EV_PRESENT, "l") };
	inv->spaces = xcalloc(2, sizeof(*inv->spaces));
	inv->spaces[inv->space_count++] = (struct inv_space){
	    xstrdup("C:\\Windows"), EV_PRESENT, UINT64_C(1) << 40, 0 };
	inv->spaces[inv->space_count++] = (struct inv_space){
	    xstrdup("E:\\Exchange"), EV_UNREADABLE, 0,
	    note(inv, EV_SYSTEM, EV_UNREADABLE, "f") };
}

static void
set_signs(struct inventory *inv)
{
	inv->markers = xcalloc(1, sizeof(*inv->markers));
	inv->markers[inv->marker_count++] = (struct inv_marker){
	    xstrdup("Exchange 2010"), xstrdup("KB2756485"), xstrdup("p.msp"),
	    xstrdup("1/10/2013"), note(inv, EV_MARKER, EV_PRESENT, "m") };
	inv->listings = xcalloc(1, sizeof(*inv->listings));
	inv->listings[inv->listing_count++] = (struct inv_listing){
	    xstrdup("KB2749655"), INV_LISTING_SERVICING, 0x70,
	    note(inv, EV_SERVICING, EV_PRESENT, "l") };
	inv->traces = xcalloc(1, sizeof(*inv->traces));
	inv->traces[inv->trace_count++] = (struct inv_trace){
	    xstrdup("the service MSExchangeIS"),
	    note(inv, EV_TRACE, EV_PRESENT, "t") };
	add_system(inv);
	inv->user_records = xcalloc(1, sizeof(*inv->user_records));
	inv->user_records[inv->user_record_count++] =
	    (struct inv_user_record){ xstrdup("S-1-5-21-1"), xstrdup(CODE),
	    note(inv, EV_PRODUCT, EV_PRESENT, "u") };
	inv->in_progress = note(inv, EV_PRODUCT, EV_PRESENT, "i");
}

static void
set_files(struct inventory *inv)
{
	struct inv_file *f = xcalloc(2, sizeof(*f));

	inv->files = f;
	inv->file_count = 2;
	f[0] = (struct inv_file){
	    .path = xstrdup("C:\\Exchange\\V14\\Bin\\ExSetup.exe"),
	    .asked = INV_ASK_VERSION | INV_ASK_SIGNATURE | INV_ASK_DIGEST |
	    INV_ASK_MARKS, .state = EV_PRESENT, .is_link = true,
	    .version = version_of(14, 2, 318, 2), .searched = true,
	    .sha256 = xstrdup("0123456789abcdef0123456789abcdef"
	    "0123456789abcdef0123456789abcdef"), .marks = 3,
	    .facts = full_facts(),
	    .ev = note(inv, EV_FILE, EV_PRESENT, "f") };
	f[1] = (struct inv_file){ .path = xstrdup("C:\\no"),
	    .asked = INV_ASK_DIGEST, .state = EV_ABSENT };
}

static void
set_deep(struct inventory *inv)
{
	struct file_facts *facts;

	inv->deep = inv->deep_cut = true;
	inv->deep_unread = 1;
	facts = full_facts();
	inv->classes = xcalloc(1, sizeof(*inv->classes));
	inv->classes[inv->class_count++].facts = *facts;
	free(facts);
	inv->deep_files = xcalloc(1, sizeof(*inv->deep_files));
	inv->deep_files[inv->deep_file_count++] = (struct inv_deep_file){
	    xstrdup("C:\\x.dll"), 0, xcalloc(2, sizeof(instant)), 2,
	    note(inv, EV_FILE, EV_UNREADABLE, "x") };
	inv->deep_files[0].times[0] = DAY;
	inv->deep_files[0].times[1] = INSTANT_NONE;
	inv->hives = xcalloc(1, sizeof(*inv->hives));
	inv->hives[inv->hive_count++] = (struct inv_hive){
	    xstrdup("SOFTWARE"), xstrdup("C:\\S"), true, true, true,
	    INV_REPLAY_DONE, 5, 6, xstrdup("a rule"), 7, xstrdup("why"),
	    note(inv, EV_HIVE, EV_PRESENT, "h") };
}

static void
set_setup_runs(struct inventory *inv)
{
	struct inv_setup_run *r = xcalloc(1, sizeof(*r));

	inv->setup_runs = r;
	inv->setup_run_count = 1;
	*r = (struct inv_setup_run){ .log = INV_LOG_SERVICES,
	    .path = xstrdup("C:\\ExchangeSetupLogs\\x"), .whole = true,
	    .begun = xstrdup("05/06/2024"), .ended = xstrdup("1"),
	    .mode = xstrdup("Upgrade"),
	    .operation = xstrdup("BuildToBuildUpgrade"),
	    .server = xstrdup("EX"), .step = xstrdup("Install-X"),
	    .from = version_of(15, 2, 1, 2), .to = version_of(15, 2, 2, 3),
	    .changed = true, .blocked = true, .end = SETUPLOG_FAILED,
	    .code = 1603, .ev = note(inv, EV_LOG, EV_PRESENT, "g") };
	r->errors = xcalloc(1, sizeof(*r->errors));
	r->errors[r->error_count++] = xstrdup("no");
}

static void
set_update_lists(struct inventory *inv)
{
	struct inv_update_list *l = xcalloc(1, sizeof(*l));

	inv->update_lists = l;
	inv->update_list_count = 1;
	*l = (struct inv_update_list){ .patch_code = xstrdup(CODE2),
	    .state = EV_UNREADABLE, .why = xstrdup("no"), .listed = 3,
	    .unplaced = 1, .unrecorded = 1 };
	l->files = xcalloc(1, sizeof(*l->files));
	l->files[l->file_count++] = (struct inv_update_file){
	    xstrdup("C:\\x.dll"), EV_PRESENT, version_of(15, 2, 1, 3),
	    version_of(15, 2, 1, 2),
	    note(inv, EV_FILE, EV_PRESENT, "C:\\x.dll") };
}

struct inventory *
facts_full(void)
{
	struct inventory *inv = xcalloc(1, sizeof(*inv));
	struct inv_product *p;
	struct inv_update *u;
	ev_id id;

	set_host(inv);
	inv->limited = inv->packages_skipped = true;
	inv->windows.is_x86 = true;
	set_asked(inv);
	set_setup(inv);
	p = add_product(inv);
	p->msi.facts = patch_facts(1, 40);
	p->msi.inside = xstrdup(CODE2);
	u = add_update(inv, p, 1);
	u->package.facts = full_facts();
	u = add_update(inv, p, 2);
	u->package.state = EV_UNREADABLE;
	u->package.facts = xcalloc(1, sizeof(*u->package.facts));
	(void)diag_set(&u->package.facts->why, ST_IO, DIAG_NOWHERE, NULL,
	    "no");
	u->package.facts->damage.fileoff = DIAG_NOWHERE;
	set_signs(inv);
	set_files(inv);
	set_deep(inv);
	set_setup_runs(inv);
	set_update_lists(inv);
	id = note(inv, EV_FILE, EV_UNREADABLE, "E:\\no");
	inv->evidence[id - 1].refused = true;
	inv->evidence[id - 1].drive = 'E';
	note(inv, EV_FILE, EV_ABSENT, "E:\\none");
	return inv;
}

struct inventory *
facts_empty(void)
{
	struct inventory *inv = xcalloc(1, sizeof(*inv));

	inv->taken = INSTANT_NONE;
	inv->windows.system_root = xstrdup("C:\\Windows");
	return inv;
}

struct inventory *
facts_server(size_t patches)
{
	struct inventory *inv = xcalloc(1, sizeof(*inv));
	struct inv_product *p;
	size_t i;

	set_host(inv);
	set_asked(inv);
	p = add_product(inv);
	p->msi.facts = patch_facts(1, 0);
	for (i = 0; i < patches; i++)
		add_update(inv, p, (unsigned)i)->package.facts =
		    patch_facts(3, 16 * (unsigned)(i % 6));
	return inv;
}
