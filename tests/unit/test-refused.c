/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "assessment/assessment.h"
#include "base/alloc.h"
#include "base/utf.h"
#include "formats/regf.h"
#include "base/buf.h"
#include "base/limits.h"
#include "host/host_new.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

/*
 * A live machine on which we are no administrator: what is refused, whether
 * the verdict rests on it, and what the user is told. The machine is a table.
 */
#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define SOFTWARE	"HKLM\\SOFTWARE\\"
#define SETUP		SOFTWARE "Microsoft\\ExchangeServer\\v14\\Setup"
#define WINDOWS		SOFTWARE "Microsoft\\Windows NT\\CurrentVersion"
#define INSTALLER	SOFTWARE "Microsoft\\Windows\\CurrentVersion" \
			"\\Installer\\UserData\\S-1-5-18"
#define PRODUCTS	INSTALLER "\\Products"
#define PRODUCT		PRODUCTS "\\AE1D439464EB1B8488741FFA028E291C"
#define PROPERTIES	PRODUCT "\\InstallProperties"
#define EXSETUP		"C:\\Exchange\\Bin\\ExSetup.exe"
#define CACHED		"C:\\Windows\\Installer\\1a2b.msi"
#define WINTRUST	"C:\\Windows\\System32\\wintrust.dll"

#define HINT		"Run rollcall as administrator"

struct row {
	const char	*key, *name;
	const char	*text;		/* NULL: NUMBER */
	uint8_t		 number;
};

static const struct row rows[] = {
	{ WINDOWS, "ProductName", "Windows Server 2008 R2 Standard", 0 },
	{ WINDOWS, "CurrentVersion", "6.1", 0 },
	{ WINDOWS, "CurrentBuildNumber", "7601", 0 },
	{ SETUP, "MsiProductMajor", NULL, 14 },
	{ SETUP, "MsiProductMinor", NULL, 2 },
	{ SETUP, "MsiBuildMajor", NULL, 247 },
	{ SETUP, "MsiBuildMinor", NULL, 5 },
	{ SETUP, "MsiInstallPath", "C:\\Exchange", 0 },
	{ PROPERTIES, "DisplayName", "Microsoft Exchange Server", 0 },
	{ PROPERTIES, "DisplayVersion", "14.2.247.5", 0 },
	{ PROPERTIES, "LocalPackage", CACHED, 0 },
};

/* What is the case. */
struct machine {
	const char	*without;	/* rows of this key are left out */
	const char	*refused;	/* this and what is below */
	const char	*in_use;	/* this file, by another program */
	const char	*closed;	/* this file: its name may be seen */
	bool		 limited;
};

static bool
is_below(const char *path, const char *top)
{
	size_t n = top != NULL ? strlen(top) : 0;

	return top != NULL && utf_case_prefix(path, top) &&
	    (path[n] == '\\' || path[n] == '\0');
}

static enum status
refusal(const struct machine *m, const char *path, struct diag *d)
{
	if (!is_below(path, m->refused))
		return ST_OK;
	(void)diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "Permission denied");
	diag_refused(d);
	return ST_IO;
}

static bool
is_there(const struct machine *m, const struct row *r)
{
	return !is_below(r->key, m->without);
}

static void
machine_close(void *ctx)
{
	(void)ctx;
}

static enum status
key_exists(void *ctx, const char *key, struct diag *d)
{
	enum status st = refusal(ctx, key, d);
	size_t i;

	for (i = 0; st == ST_OK && i < COUNT(rows); i++)
		if (is_there(ctx, &rows[i]) && is_below(rows[i].key, key))
			return ST_OK;
	return st != ST_OK ? st : diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL,
	    "no such key");
}

static enum status
key_list(void *ctx, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	enum status st = key_exists(ctx, key, d);
	char **list = NULL, *name;
	size_t i, n = 0;

	for (i = 0; st == ST_OK && i < COUNT(rows); i++) {
		const char *below = rows[i].key + strlen(key);

		if (!is_there(ctx, &rows[i]) || !is_below(rows[i].key, key) ||
		    *below == '\0')
			continue;
		name = xstrndup(below + 1, strcspn(below + 1, "\\"));
		if (n != 0 && strcmp(list[n - 1], name) == 0) {
			free(name);
			continue;
		}
		list = xpush(list, n, sizeof(*list));
		list[n++] = name;
	}
	if (st == ST_OK) {
		*names = list;
		*count = n;
	}
	return st;
}

static enum status
value_get(void *ctx, const char *key, const char *name,
    struct host_value *out, struct diag *d)
{
	const uint8_t zeros[3] = { 0 };
	enum status st = refusal(ctx, key, d);
	struct host_value v = { NULL, REGF_SZ, { .max = 0 } };
	size_t i;

	for (i = 0; st == ST_OK && i < COUNT(rows); i++) {
		if (!is_there(ctx, &rows[i]) ||
		    utf_casecmp(rows[i].key, key) != 0 ||
		    utf_casecmp(rows[i].name, name) != 0)
			continue;
		buf_init(&v.data, 1024);
		v.name = xstrdup(name);
		if (rows[i].text != NULL)
			CHECK(utf_to_utf16le(rows[i].text, &v.data));
		else {
			v.type = REGF_DWORD;
			buf_putc(&v.data, (char)rows[i].number);
			buf_append(&v.data, zeros, sizeof(zeros));
		}
		*out = v;
		return ST_OK;
	}
	return st != ST_OK ? st : diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL,
	    "no such value");
}

static enum status
value_list(void *ctx, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	(void)names;
	(void)count;
	return key_exists(ctx, key, d);
}

/* Files are there only to be refused, or in use. */
static enum status
file_state(const struct machine *m, const char *path, struct diag *d)
{
	enum status st = refusal(m, path, d);

	if (st == ST_OK && is_below(path, m->closed)) {
		(void)diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "Permission denied");
		diag_refused(d);
		return ST_IO;
	}
	if (st == ST_OK && is_below(path, m->in_use))
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "in use by "
		    "another program");
	return st != ST_OK ? st : diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL,
	    "No such file or directory");
}

static enum status
file_open_at(void *ctx, const char *path, struct source *out, void **handle,
    struct diag *d)
{
	(void)out;
	(void)handle;
	return file_state(ctx, path, d);
}

static void
file_close_at(void *ctx, void *handle)
{
	(void)ctx;
	(void)handle;
}

static enum status
file_stat_at(void *ctx, const char *path, struct host_stat *out,
    struct diag *d)
{
	const struct machine *m = ctx;

	if (is_below(path, m->closed)) {
		*out = (struct host_stat){ .size = 1 };
		return ST_OK;
	}
	return file_state(ctx, path, d);
}

static enum status
file_list_at(void *ctx, const char *path, char ***names, size_t *count,
    struct diag *d)
{
	(void)names;
	(void)count;
	return file_state(ctx, path, d);
}

static size_t
no_hives(void *ctx, const struct host_hive **out)
{
	(void)ctx;
	*out = NULL;
	return 0;
}

static bool
is_limited(void *ctx)
{
	const struct machine *m = ctx;

	return m->limited;
}

static enum status
free_space(void *ctx, const char *path, uint64_t *out, struct diag *d)
{
	enum status st = refusal(ctx, path, d);

	if (st == ST_OK)
		*out = UINT64_C(40) << 30;
	return st;
}

static const struct host_ops ops = { HOST_LIVE, machine_close, key_exists,
	key_list, value_get, value_list, file_open_at, file_close_at,
	file_stat_at, file_list_at, no_hives, free_space, is_limited };

/* ---------------------------------------------------------------- cases */

static struct catalogue *cat;
static struct inspect_policy *policy;

struct judged {
	struct inventory *inv;
	struct scene *scene;
	struct assessment *a;
};

static struct judged
judge(struct machine *m)
{
	const struct inventory_options look = {
	    .anchors = inspect_anchors(policy), .jobs = 1,
	    .taken = 1350000000 };
	/* What newer updates there are has nothing to do with refusals. */
	const struct assess_options how = { .at = 1350000000,
	    .asked = QUESTIONS_ALL & ~(QUESTION_BIT(ASK_CURRENT) |
	    QUESTION_BIT(ASK_SUPPORTED) | QUESTION_BIT(ASK_READY)) };
	struct host *h = host_new(&ops, m, "C:\\Windows");
	struct judged r;

	r.inv = inventory_take(h, cat, &look);
	r.scene = scene_new(r.inv, cat, policy);
	r.a = assess(r.scene, cat, &how);
	host_close(h);
	CHECK_INT(r.inv->source, HOST_LIVE);
	CHECK_INT(r.inv->hive_count, 0);
	return r;
}

static void
judged_fini(struct judged *r)
{
	assessment_free(r->a);
	scene_free(r->scene);
	inventory_free(r->inv);
}

/* The finding of RULE that speaks of TEXT, or NULL. */
static const struct finding *
finding_of(const struct judged *r, enum rule_id rule, const char *text)
{
	size_t i;

	for (i = 0; i < r->a->finding_count; i++)
		if (r->a->findings[i].rule == rule &&
		    strstr(r->a->findings[i].detail, text) != NULL)
			return &r->a->findings[i];
	return NULL;
}

/* There is such a finding, of that severity, and it gives the hint or not. */
static void
check_finding(const struct judged *r, enum rule_id rule, const char *text,
    enum severity severity, bool hint)
{
	const struct finding *f = finding_of(r, rule, text);

	CHECK(f != NULL);
	if (f == NULL)
		return;
	CHECK_INT(f->severity, severity);
	CHECK_INT(strstr(f->detail, HINT) != NULL, hint);
	/* The verdict's own line gives it as well. */
	if (severity == SEV_UNDETERMINED)
		CHECK_INT(f->action != NULL && strstr(f->action,
		    "as administrator") != NULL, hint);
}

/* The second line of the text: its first words, and how it goes on. */
static void
check_line(const struct judged *r, const char *words, const char *begin,
    const char *end)
{
	struct report_host h = { .inv = r->inv, .scene = r->scene,
	    .a = r->a };
	struct buf first, rest;
	const char *text;

	buf_init(&first, TEXT_MAX);
	buf_init(&rest, TEXT_MAX);
	summary_first_words(&first, &h);
	CHECK_STR(buf_text(&first), words);
	summary_instruction(&rest, &h);
	text = buf_text(&rest);
	CHECK_STR(strncmp(text, begin, strlen(begin)) == 0 ? begin : text,
	    begin);
	CHECK(strlen(text) >= strlen(end) &&
	    strcmp(text + strlen(text) - strlen(end), end) == 0);
	/* Once is enough, and only of use to whom it concerns. */
	text = strstr(text, "administrator");
	CHECK_INT(text != NULL, r->inv->limited);
	buf_fini(&first);
	buf_fini(&rest);
}

#define AGAIN	"run again as administrator, for not everything could be read; "
#define SURE	"; run again as administrator to be sure"

/* Nothing is there, nothing is refused: that is an answer. */
static void
absent_stays_absent(void)
{
	struct machine m = { .without = SETUP, .limited = true };
	struct judged r = judge(&m);
	size_t i;

	for (i = 0; i < r.inv->evidence_count; i++)
		CHECK(r.inv->evidence[i].state != EV_UNREADABLE);
	CHECK(finding_of(&r, RULE_EVIDENCE_UNREADABLE, "") == NULL);
	check_line(&r, "UNDETERMINED", "", SURE);
	judged_fini(&r);
}

/* Whether there is an Exchange rests on the Setup key. */
static void
setup_refused(void)
{
	struct machine m = { .refused = SETUP, .limited = true };
	struct judged r = judge(&m);

	CHECK_INT(r.a->verdict, SEV_UNDETERMINED);
	check_finding(&r, RULE_EVIDENCE_UNREADABLE, SETUP, SEV_UNDETERMINED,
	    true);
	check_line(&r, "UNDETERMINED", AGAIN, "");
	judged_fini(&r);
	/* An administrator cannot become one. */
	m.limited = false;
	r = judge(&m);
	CHECK_INT(r.a->verdict, SEV_UNDETERMINED);
	check_finding(&r, RULE_EVIDENCE_UNREADABLE, SETUP, SEV_UNDETERMINED,
	    false);
	check_line(&r, "UNDETERMINED", "", "");
	judged_fini(&r);
}

/* So it does on Windows Installer's products, when no key tells. */
static void
products_refused(void)
{
	struct machine m = { .without = SETUP, .refused = PRODUCTS,
	    .limited = true };
	struct judged r = judge(&m);

	CHECK_INT(r.a->exchange_count, 0);
	CHECK_INT(r.a->verdict, SEV_UNDETERMINED);
	check_finding(&r, RULE_EVIDENCE_UNREADABLE, PRODUCTS,
	    SEV_UNDETERMINED, true);
	check_line(&r, "UNDETERMINED", AGAIN, "");
	judged_fini(&r);
}

/* Which release it is rests on the file that runs. */
static void
program_refused(void)
{
	struct machine m = { .refused = EXSETUP, .limited = true };
	struct judged r = judge(&m);

	CHECK_INT(r.a->verdict, SEV_UNDETERMINED);
	check_finding(&r, RULE_EVIDENCE_UNREADABLE, EXSETUP,
	    SEV_UNDETERMINED, true);
	check_line(&r, "UNDETERMINED", AGAIN, "");
	judged_fini(&r);
}

/* Rights are no help against another program. */
static void
program_in_use(void)
{
	struct machine m = { .in_use = EXSETUP, .limited = true };
	struct judged r = judge(&m);

	CHECK_INT(r.a->verdict, SEV_UNDETERMINED);
	check_finding(&r, RULE_EVIDENCE_UNREADABLE, EXSETUP,
	    SEV_UNDETERMINED, false);
	check_line(&r, "UNDETERMINED", "", SURE);
	judged_fini(&r);
}

/* A cached package that nobody could look at is not called missing, and is no
 * better than one that is. */
static void
package_refused(void)
{
	struct machine m = { .refused = "C:\\Windows\\Installer",
	    .limited = true };
	struct judged r = judge(&m);

	check_finding(&r, RULE_EVIDENCE_UNREADABLE, CACHED, SEV_UNDETERMINED,
	    true);
	CHECK(finding_of(&r, RULE_PACKAGE_MISSING, "") == NULL);
	check_line(&r, "UNDETERMINED", AGAIN, "");
	judged_fini(&r);
}

/* Its name may be seen, and what is in it not. */
static void
package_closed(void)
{
	struct machine m = { .closed = CACHED, .limited = true };
	struct judged r = judge(&m);

	CHECK_INT(r.a->answers[ASK_GENUINE].value, GENUINE_UNKNOWN);
	check_line(&r, "UNDETERMINED", AGAIN, "");
	judged_fini(&r);
}

static void
wintrust_refused(void)
{
	struct machine m = { .without = SETUP, .refused = WINTRUST,
	    .limited = true };
	struct judged r = judge(&m);

	CHECK_INT(r.a->answers[ASK_FIX].value, FIX_UNKNOWN);
	/* Windows Installer still has an Exchange here. */
	check_finding(&r, RULE_WINVERIFYTRUST_UNKNOWN, "wintrust.dll",
	    SEV_UNDETERMINED, true);
	CHECK(strstr(r.a->answers[ASK_FIX].text,
	    "run rollcall as administrator") != NULL);
	check_line(&r, "UNDETERMINED", AGAIN, "");
	judged_fini(&r);
}

/* Nobody may read: then there is no Windows, and no answer. */
static void
all_refused(void)
{
	struct machine m = { .refused = "HKLM", .limited = true };
	struct judged r = judge(&m);

	CHECK_INT(r.a->verdict, SEV_UNDETERMINED);
	CHECK_INT(r.a->exchange_count, 0);
	CHECK(finding_of(&r, RULE_EVIDENCE_UNREADABLE, "names no Windows: it "
	    "is damaged, or could not be read") != NULL);
	check_line(&r, "UNDETERMINED", AGAIN, "");
	judged_fini(&r);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "what is absent stays absent", absent_stays_absent },
		{ "the Setup key is refused", setup_refused },
		{ "the products are refused", products_refused },
		{ "ExSetup.exe is refused", program_refused },
		{ "ExSetup.exe is in use", program_in_use },
		{ "a cached package is refused", package_refused },
		{ "a cached package is closed", package_closed },
		{ "wintrust.dll is refused", wintrust_refused },
		{ "everything is refused", all_refused },
		{ NULL, NULL },
	};
	struct diag d = { .text = "" };
	int rc;

	if (catalogue_builtin(&cat, &d) != ST_OK ||
	    inspect_policy_new(cat, 1350000000, false, &policy, &d) != ST_OK)
		return 1;
	rc = tap_run(cases);
	inspect_policy_free(policy);
	catalogue_free(cat);
	return rc;
}
