/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "facts.h"
#include "hostile.h"
#include "scratch.h"
#include "tap.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "inventory/inventory_json.h"
#include "io/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- there and back ---- */

/* The text of what WRITE says, the caller's. */
typedef void write_fn(struct jsonout *j, const void *ctx);

static char *
text_of(write_fn *write, const void *ctx, bool indent)
{
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	struct jsonout j;
	struct buf b;

	buf_init(&b, JSON_MAX_BYTES);
	CHECK_ST(sink_open(scratch_path("out"), &out, &d), ST_OK, &d);
	jsonout_init(&j, out, indent);
	write(&j, ctx);
	jsonout_fini(&j);
	CHECK_ST(sink_commit(out, &d), ST_OK, &d);
	CHECK_ST(file_read_all(scratch_path("out"), &b, &d), ST_OK, &d);
	return buf_take(&b);
}

static void
write_inventory(struct jsonout *j, const void *ctx)
{
	inventory_write(j, NULL, ctx);
}

static char *
written(const struct inventory *inv, bool indent)
{
	return text_of(write_inventory, inv, indent);
}

static enum status
read_slice(struct slice doc, struct inventory **out, struct diag *d)
{
	struct jsonin *in = NULL;
	enum status st = jsonin_open(doc, 1, &in, d);

	if (st == ST_OK)
		st = inventory_read(jsonin_root(in), out, d);
	jsonin_close(in);
	return st;
}

static enum status
read_text(const char *text, struct inventory **out, struct diag *d)
{
	return read_slice(slice_of(text, strlen(text), 0), out, d);
}

/* INV, written and read back. */
static struct inventory *
around(const struct inventory *inv)
{
	struct diag d = { .text = "" };
	struct inventory *again = NULL;
	char *first = written(inv, true), *second;

	CHECK_ST(read_text(first, &again, &d), ST_OK, &d);
	second = again != NULL ? written(again, true) : xstrdup("");
	CHECK_STR(second, first);
	free(first);
	free(second);
	return again;
}

/* ---- field by field ---- */

#define SAME(m)		CHECK(a->m == b->m)
#define SAME_TEXT(m)	CHECK((a->m == NULL) == (b->m == NULL) && \
			    (a->m == NULL || strcmp(a->m, b->m) == 0))
#define SAME_BYTES(m)	CHECK(memcmp(&a->m, &b->m, sizeof(a->m)) == 0)
#define SAME_VERSION(m)	SAME_BYTES(m)
#define EACH(list, n, fn) do { \
	size_t i_; \
	SAME(n); \
	CHECK(a->n != 0); \
	for (i_ = 0; i_ < a->n && i_ < b->n; i_++) \
		fn(&a->list[i_], &b->list[i_]); \
} while (0)

static void
same_text(char *const *a, char *const *b)
{
	CHECK_STR(*b, *a);
}

static void
same_cert(const struct sig_cert *a, const struct sig_cert *b)
{
	SAME_BYTES(sha256);
	SAME_BYTES(sha1);
	SAME_BYTES(key_sha256);
	SAME_TEXT(subject);
	SAME_TEXT(issuer);
	SAME_TEXT(serial);
	SAME(not_before);
	SAME(not_after);
	SAME(key);
	SAME(key_bits);
	SAME(signed_with);
	SAME(self_issued);
	SAME(extensions);
	SAME_TEXT(critical);
	SAME(ca);
	SAME(path_len);
	SAME(may_sign);
	SAME(eku_present);
	SAME(lifetime);
	EACH(eku, eku_count, same_text);
}

/* The numbers of two tables. */
static void
same_cert_at(const struct sig_facts *fa, size_t na,
    const struct sig_facts *fb, size_t nb)
{
	const struct sig_cert *a = sig_facts_cert(fa, na);
	const struct sig_cert *b = sig_facts_cert(fb, nb);

	CHECK(a != NULL && b != NULL);
	if (a != NULL && b != NULL)
		same_cert(a, b);
}

static void
same_reason(const struct sig_reason *a, const struct sig_reason *b)
{
	SAME(why);
	SAME(at);
	SAME(number);
}

static void
same_anchor(const struct sig_anchor *a, const struct sig_anchor *b)
{
	SAME_TEXT(name);
	SAME_TEXT(subject);
	SAME_BYTES(key_sha256);
}

static void
same_paths(const struct sig_facts *fa, const struct sig_paths *pa,
    const struct sig_facts *fb, const struct sig_paths *pb)
{
	size_t i, k;

	CHECK_INT(pb->count, pa->count);
	for (i = 0; i < pa->count && i < pb->count; i++) {
		const struct sig_path *a = &pa->list[i], *b = &pb->list[i];

		SAME(end);
		SAME(count);
		same_anchor(&a->anchor, &b->anchor);
		for (k = 0; k < a->count && k < b->count; k++) {
			same_cert_at(fa, a->steps[k].cert, fb,
			    b->steps[k].cert);
			SAME(steps[k].link);
			SAME(steps[k].at);
		}
	}
}

static void
same_stamp(const struct sig_facts *fa, const struct sig_stamp_facts *a,
    const struct sig_facts *fb, const struct sig_stamp_facts *b)
{
	SAME(kind);
	SAME(time);
	SAME(digest_alg);
	SAME(check);
	same_cert_at(fa, a->cert, fb, b->cert);
	same_reason(&a->why, &b->why);
	same_paths(fa, &a->paths, fb, &b->paths);
}

static void
same_level(const struct sig_facts *fa, const struct sig_level_facts *a,
    const struct sig_facts *fb, const struct sig_level_facts *b)
{
	size_t i;

	SAME(depth);
	SAME(digest_alg);
	SAME(digest);
	SAME(signed_with);
	SAME(check);
	same_cert_at(fa, a->cert, fb, b->cert);
	same_paths(fa, &a->paths, fb, &b->paths);
	same_reason(&a->why, &b->why);
	SAME(stamps_found);
	SAME(stamp_count);
	for (i = 0; i < a->stamp_count && i < b->stamp_count; i++)
		same_stamp(fa, &a->stamps[i], fb, &b->stamps[i]);
}

static void
same_signatures(const struct sig_facts *a, const struct sig_facts *b)
{
	size_t i;

	SAME(cert_count);
	SAME(level_count);
	SAME(levels_found);
	SAME(bare);
	SAME(place);
	same_reason(&a->hidden, &b->hidden);
	SAME_TEXT(hidden_text);
	same_reason(&a->unsigned_why, &b->unsigned_why);
	SAME(checks);
	for (i = 0; i < a->level_count && i < b->level_count; i++)
		same_level(a, &a->levels[i], b, &b->levels[i]);
}

static void
same_diag(const struct diag *a, const struct diag *b)
{
	CHECK_STR(b->text, a->text);
	SAME_TEXT(clause);
	SAME(fileoff);
	SAME(refused);
	SAME(drive);
}

static void
same_digest(const struct digest *a, const struct digest *b)
{
	SAME(alg);
	SAME(len);
	CHECK(memcmp(a->bytes, b->bytes, a->len) == 0);
}

static void
same_code(char (*a)[MSI_GUID_TEXT], char (*b)[MSI_GUID_TEXT])
{
	CHECK_STR(*b, *a);
}

static void
same_facts(const struct file_facts *a, const struct file_facts *b)
{
	CHECK((a == NULL) == (b == NULL));
	if (a == NULL || b == NULL)
		return;
	SAME(kind);
	SAME(size);
	SAME(digested);
	same_digest(&a->digests.of[DIGEST_SHA1], &b->digests.of[DIGEST_SHA1]);
	same_digest(&a->digests.of[DIGEST_SHA256],
	    &b->digests.of[DIGEST_SHA256]);
	SAME_VERSION(version);
	SAME(machine);
	SAME(pe32_plus);
	SAME_TEXT(title);
	SAME_TEXT(display_name);
	SAME_TEXT(kb);
	SAME_TEXT(product_code);
	SAME_TEXT(package_code);
	SAME(has_patch);
	if (a->has_patch) {
		CHECK_STR(b->patch.code, a->patch.code);
		EACH(patch.targets, patch.target_count, same_code);
		SAME(patch.obsolete_count);
		if (a->patch.obsolete_count != 0)
			EACH(patch.obsoletes, patch.obsolete_count,
			    same_code);
	}
	SAME(metadata);
	SAME(readable);
	same_diag(&a->why, &b->why);
	same_diag(&a->damage, &b->damage);
	same_signatures(&a->signatures, &b->signatures);
}

static void
same_package(const struct inv_package *a, const struct inv_package *b)
{
	SAME_TEXT(path);
	SAME_TEXT(original_name);
	SAME(state);
	SAME(size);
	same_facts(a->facts, b->facts);
	SAME_TEXT(inside);
	SAME(ev);
}

static void
same_update(const struct inv_update *a, const struct inv_update *b)
{
	SAME_TEXT(patch_code);
	SAME_TEXT(display_name);
	SAME_TEXT(kb);
	SAME_VERSION(build);
	SAME(state);
	SAME_TEXT(installed);
	SAME(installed_day);
	same_package(&a->package, &b->package);
	SAME(ev);
}

static void
same_listed(const struct inv_listed_code *a, const struct inv_listed_code *b)
{
	SAME_TEXT(code);
	SAME(has_key);
}

static void
same_product(const struct inv_product *a, const struct inv_product *b)
{
	SAME_TEXT(code);
	SAME_TEXT(name);
	SAME_VERSION(version);
	same_package(&a->msi, &b->msi);
	SAME_TEXT(install_location);
	SAME_TEXT(package_code);
	SAME_TEXT(installed);
	SAME(installed_day);
	EACH(updates, update_count, same_update);
	EACH(listed, listed_count, same_listed);
	SAME(ev);
}

static void
same_role(const struct inv_role *a, const struct inv_role *b)
{
	SAME_TEXT(name);
	SAME_TEXT(unpacked);
	SAME_TEXT(configured);
	SAME_TEXT(action);
	SAME_TEXT(watermark);
	SAME(ev);
}

static void
same_setup(const struct inv_setup *a, const struct inv_setup *b)
{
	SAME_TEXT(key);
	SAME(is_wow64);
	SAME_VERSION(base);
	SAME(is_whole);
	SAME_TEXT(path);
	SAME_TEXT(services);
	SAME_TEXT(interim);
	EACH(roles, role_count, same_role);
	SAME(ev);
}

static void
same_place(const struct inv_place *a, const struct inv_place *b)
{
	SAME_TEXT(entry);
	SAME_TEXT(path);
}

static void
same_marker(const struct inv_marker *a, const struct inv_marker *b)
{
	SAME_TEXT(group);
	SAME_TEXT(kb);
	SAME_TEXT(package_name);
	SAME_TEXT(installed_date);
	SAME(ev);
}

static void
same_listing(const struct inv_listing *a, const struct inv_listing *b)
{
	SAME_TEXT(kb);
	SAME(kind);
	SAME(state);
	SAME(ev);
}

static void
same_trace(const struct inv_trace *a, const struct inv_trace *b)
{
	SAME_TEXT(what);
	SAME(ev);
}

static void
same_user_record(const struct inv_user_record *a,
    const struct inv_user_record *b)
{
	SAME_TEXT(sid);
	SAME_TEXT(code);
	SAME(ev);
}

static void
same_value(const struct inv_value *a, const struct inv_value *b)
{
	SAME_TEXT(key);
	SAME_TEXT(name);
	SAME(state);
	SAME_TEXT(text);
	SAME(ev);
}

static void
same_program(const struct inv_program *a, const struct inv_program *b)
{
	SAME_TEXT(name);
	SAME_TEXT(version);
	SAME(ev);
}

static void
same_rename(const struct inv_rename *a, const struct inv_rename *b)
{
	SAME_TEXT(from);
	SAME_TEXT(to);
}

static void
same_pending(const struct inv_pending *a, const struct inv_pending *b)
{
	SAME(renames_state);
	EACH(renames, rename_count, same_rename);
	SAME(rename_total);
	SAME(packages_state);
	EACH(packages, package_count, same_text);
	SAME(servicing);
	SAME(update);
	SAME(update_exe);
	SAME(ev);
	SAME(servicing_ev);
	SAME(restart_ev);
}

static void
same_leftover(const struct inv_leftover *a, const struct inv_leftover *b)
{
	SAME_TEXT(path);
	SAME(ev);
}

static void
same_space(const struct inv_space *a, const struct inv_space *b)
{
	SAME_TEXT(path);
	SAME(state);
	SAME(free);
	SAME(ev);
}

static void
same_file(const struct inv_file *a, const struct inv_file *b)
{
	SAME_TEXT(path);
	SAME(asked);
	SAME(state);
	SAME(is_link);
	SAME_VERSION(version);
	SAME_TEXT(sha256);
	SAME(searched);
	SAME(marks);
	same_facts(a->facts, b->facts);
	SAME(ev);
}

static void
same_class(const struct inv_class *a, const struct inv_class *b)
{
	same_facts(&a->facts, &b->facts);
}

static void
same_deep_file(const struct inv_deep_file *a, const struct inv_deep_file *b)
{
	size_t i;

	SAME_TEXT(path);
	SAME(class);
	SAME(time_count);
	for (i = 0; i < a->time_count && i < b->time_count; i++)
		SAME(times[i]);
	SAME(ev);
}

static void
same_hive(const struct inv_hive *a, const struct inv_hive *b)
{
	SAME_TEXT(name);
	SAME_TEXT(where);
	SAME(is_open);
	SAME(dirty);
	SAME(checksum_ok);
	SAME(replay);
	SAME(log_entries);
	SAME(log_sequence);
	SAME_TEXT(log_why);
	SAME(damaged);
	SAME_TEXT(why);
	SAME(ev);
}

static void
same_setup_run(const struct inv_setup_run *a, const struct inv_setup_run *b)
{
	SAME(log);
	SAME_TEXT(path);
	SAME(whole);
	SAME_TEXT(begun);
	SAME_TEXT(ended);
	SAME_TEXT(mode);
	SAME_TEXT(operation);
	SAME_TEXT(server);
	SAME_TEXT(step);
	SAME_VERSION(from);
	SAME_VERSION(to);
	SAME(changed);
	SAME(blocked);
	SAME(end);
	SAME(code);
	EACH(errors, error_count, same_text);
	SAME(ev);
}

static void
same_update_file(const struct inv_update_file *a,
    const struct inv_update_file *b)
{
	SAME_TEXT(path);
	SAME(state);
	SAME_VERSION(listed);
	SAME_VERSION(version);
	SAME(ev);
}

static void
same_update_list(const struct inv_update_list *a,
    const struct inv_update_list *b)
{
	SAME_TEXT(patch_code);
	SAME(state);
	SAME_TEXT(why);
	SAME(listed);
	SAME(unplaced);
	SAME(unrecorded);
	EACH(files, file_count, same_update_file);
}

static void
same_evidence(const struct evidence *a, const struct evidence *b)
{
	SAME(kind);
	SAME(state);
	SAME_TEXT(where);
	SAME_TEXT(value);
	SAME(refused);
	SAME(drive);
}

static void
same_mark(const struct inv_mark *a, const struct inv_mark *b)
{
	SAME_BYTES(bytes);
}

static void
same_asked(const struct inv_asked *a, const struct inv_asked *b)
{
	SAME(groups);
	EACH(setup_keys.list, setup_keys.count, same_text);
	EACH(product_codes.list, product_codes.count, same_text);
	EACH(update_keys.list, update_keys.count, same_text);
	EACH(uninstall_keys.list, uninstall_keys.count, same_text);
	EACH(kbs.list, kbs.count, same_text);
	EACH(programs.list, programs.count, same_text);
	EACH(packs.list, packs.count, same_text);
	EACH(anchors, anchor_count, same_anchor);
}

static void
same_host(const struct inventory *a, const struct inventory *b)
{
	SAME_TEXT(name);
	SAME_TEXT(domain);
	SAME_TEXT(machine_guid);
	SAME(source);
	SAME(limited);
	SAME(taken);
	SAME_TEXT(windows.name);
	SAME_TEXT(windows.service_pack);
	SAME_VERSION(windows.version);
	SAME_TEXT(windows.language);
	SAME_TEXT(windows.kind);
	SAME(windows.ubr);
	SAME_TEXT(windows.system_root);
	SAME(windows.is_x86);
	SAME(windows.is_x64);
	SAME(windows.has_wow64);
	SAME(windows.ev);
	SAME(packages_skipped);
}

static void
same_tables(const struct inventory *a, const struct inventory *b)
{
	EACH(setups, setup_count, same_setup);
	EACH(places, place_count, same_place);
	EACH(products, product_count, same_product);
	EACH(markers, marker_count, same_marker);
	EACH(files, file_count, same_file);
	EACH(marks, mark_count, same_mark);
	EACH(listings, listing_count, same_listing);
	EACH(traces, trace_count, same_trace);
	EACH(user_records, user_record_count, same_user_record);
	EACH(values, value_count, same_value);
	EACH(programs, program_count, same_program);
	same_pending(&a->pending, &b->pending);
	EACH(leftovers, leftover_count, same_leftover);
	EACH(spaces, space_count, same_space);
	SAME(in_progress);
	SAME(deep);
	SAME(deep_cut);
	SAME(deep_unread);
	EACH(classes, class_count, same_class);
	EACH(deep_files, deep_file_count, same_deep_file);
	EACH(hives, hive_count, same_hive);
	EACH(setup_runs, setup_run_count, same_setup_run);
	EACH(update_lists, update_list_count, same_update_list);
	EACH(evidence, evidence_count, same_evidence);
}

static void
everything(void)
{
	struct inventory *a = facts_full(), *b;

	scratch_begin();
	b = around(a);
	if (b != NULL) {
		same_host(a, b);
		same_asked(&a->asked, &b->asked);
		same_tables(a, b);
	}
	scratch_end();
	inventory_free(a);
	inventory_free(b);
}

static void
nothing(void)
{
	struct inventory *a = facts_empty(), *b;

	scratch_begin();
	b = around(a);
	if (b != NULL) {
		same_host(a, b);
		CHECK_INT(b->asked.groups, 0);
		CHECK_INT(b->evidence_count, 0);
		CHECK(!b->deep);
	}
	scratch_end();
	inventory_free(a);
	inventory_free(b);
}

/* ---- how long it is ---- */

/* As deep as in a result. */
static void
write_result(struct jsonout *j, const void *ctx)
{
	jsonout_object(j, NULL);
	jsonout_array(j, "hosts");
	jsonout_object(j, NULL);
	inventory_write(j, "inventory", ctx);
	jsonout_end(j);
	jsonout_end(j);
	jsonout_end(j);
}

static void
size(void)
{
	struct inventory *inv = facts_server(30), *again;
	char *text;

	scratch_begin();
	text = text_of(write_result, inv, true);
	printf("# 30 patches: %zu bytes\n", strlen(text));
	CHECK(strlen(text) <= (size_t)300 * 1024);
	free(text);
	again = around(inv);
	CHECK(again != NULL);
	scratch_end();
	inventory_free(inv);
	inventory_free(again);
}

/* ---- what is wrong, and where ---- */

/* TEXT with the first FROM in it as TO; the caller's. */
static char *
with(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	CHECK(at != NULL);
	return at == NULL ? xstrdup(text) : xasprintf("%.*s%s%s",
	    (int)(at - text), text, to, at + strlen(from));
}

static const struct {
	const char	*from, *to, *what;
} wrongs[] = {
	{ "\"source\": \"live\"", "\"source\": \"dead\"",
	    "line 1: /source: no word that is known here" },
	{ "\"limited\": true, ", "", "line 1: /limited: missing" },
	{ "\"state\": \"present\"", "\"state\": \"not-expected\"", NULL },
	{ "\"id\": \"e2\"", "\"id\": \"e3\"",
	    "line 1: /evidence/1/id: not e2" },
	{ "\"evidence\": \"e1\"", "\"evidence\": \"e999\"",
	    "line 1: /windows/evidence: not one of 28, from e1 on" },
	{ "\"evidence\": \"e1\"", "\"evidence\": \"e01\"",
	    "line 1: /windows/evidence: not one of 28, from e1 on" },
	{ "\"evidence\": \"e1\"", "\"evidence\": \"e0\"",
	    "line 1: /windows/evidence: not one of 28, from e1 on" },
	{ "\"id\": \"c2\"", "\"id\": \"c1\"",
	    "line 1: /certificates/1/id: not c2" },
	{ "\"cert\": \"c", "\"cert\": \"c77", "line 1: /products/0/msi/facts"
	    "/signatures/levels/0/cert: not one of 32, from c1 on" },
	{ "\"anchor\": \"a1\"", "\"anchor\": \"a2\"", NULL },
	{ "\"id\": \"a1\"", "\"id\": \"a2\"",
	    "line 1: /asked/anchors/0/id: not a1" },
	{ "\"interim\": \"\", ", "", "line 1: /setups/0/interim: missing" },
	{ "\"marks\": [", "\"marks\": [\"00\", ",
	    "line 1: /asked/marks/0: not 40 digits of lower case hex" },
	{ "\"sha256\": \"0123", "\"sha256\": \"0A23",
	    "line 1: /files/0/sha256: not 64 digits of lower case hex" },
	{ "\"machine\": 34404", "\"machine\": 65536", NULL },
	{ "\"path_len\": -1", "\"path_len\": -2", NULL },
	{ "\"drive\": \"E\"", "\"drive\": \"e\"", NULL },
	{ "\"setups\": [", "\"setups\": null, \"x\": [",
	    "line 1: /setups: null" },
	{ "\"targets\": [\"{", "\"targets\": [\"[", NULL },
	{ "\"asked\": [\"version\"", "\"asked\": [\"size\"",
	    "line 1: /files/0/asked/0: no word that is known here" },
};

static void
refused(void)
{
	struct inventory *inv = facts_full(), *again = NULL;
	char *text, *bad;
	size_t i;

	scratch_begin();
	text = written(inv, false);
	for (i = 0; i < sizeof(wrongs) / sizeof(wrongs[0]); i++) {
		struct diag d = { .text = "" };

		bad = with(text, wrongs[i].from, wrongs[i].to);
		CHECK_ST(read_text(bad, &again, &d), ST_MALFORMED, &d);
		if (wrongs[i].what != NULL)
			CHECK_STR(d.text, wrongs[i].what);
		free(bad);
	}
	CHECK(again == NULL);
	CHECK_ST(read_text("[]", &again, NULL), ST_MALFORMED, NULL);
	/* A newer program may say more. */
	bad = with(text, "{", "{\"newer\": [{}], ");
	CHECK_ST(read_text(bad, &again, NULL), ST_OK, NULL);
	inventory_free(again);
	free(bad);
	free(text);
	scratch_end();
	inventory_free(inv);
}

/* ---- limits ---- */

/* The empty inventory with MEMBER, in which "*" is ONE as often as N says. */
static char *
grown(const char *member, const char *one, size_t n)
{
	const char *star = strchr(member, '*');
	size_t len = strlen(one), i;
	char *text, *p;

	text = xcalloc(1, n * (len + 1) + 1);
	for (i = 0, p = text; i < n; i++) {
		memcpy(p, one, len);
		p += len;
		*p++ = i + 1 < n ? ',' : ' ';
	}
	p = xasprintf("{\"source\": \"live\", \"limited\": false, "
	    "\"packages_skipped\": false, \"windows\": {\"system_root\": "
	    "\"C:\", \"has_wow64\": true}, \"evidence\": [], %.*s%s%s}",
	    (int)(star - member), member, text, star + 1);
	free(text);
	return p;
}

#define FILES(more)	"\"files\": [{\"path\": \"p\", \"asked\": [], " \
			"\"is_link\": false, \"facts\": {\"kind\": \"pe\", " \
			"\"damage\": null, " more "}}]"
#define SIGNED(more)	FILES("\"signatures\": {\"levels_found\": 1, " \
			"\"levels\": " more "}")
#define LEVEL		"{\"depth\": 0, \"stamps_found\": 0}"
#define HEX20		"\"0123456789012345678901234567890123456789\""
#define HEX32		"\"0123456789012345678901234567890123456789" \
			"012345678901234567890123\""
#define CERT(more)	"{\"sha256\": " HEX32 ", \"sha1\": " HEX20 ", " \
			"\"key_sha256\": " HEX32 ", \"id\": \"c1\", " \
			"\"subject\": \"\", \"issuer\": \"\", \"serial\": " \
			"\"\", \"path_len\": -1, " more "}"

static const struct {
	const char	*member, *one;
	size_t		 most;
} limits[] = {
	{ "\"asked\": {\"marks\": [*]}", HEX20, INVENTORY_MAX_MARKS },
	{ "\"asked\": {\"kbs\": [*]}", "\"\"", INVENTORY_MAX_ROWS },
	{ "\"traces\": [*]", "{\"what\":\"\"}", INVENTORY_MAX_ROWS },
	{ "\"files\": [*]", "{\"path\": \"p\", \"asked\": [], "
	    "\"is_link\": false}", INVENTORY_MAX_FILES },
	{ "\"products\": [*]", "{\"code\": \"\", \"msi\": {}, "
	    "\"install_location\": null, \"package_code\": null, "
	    "\"listed\": [], \"updates\": []}", INVENTORY_MAX_PRODUCTS },
	{ SIGNED("[*]"), LEVEL, SIG_MAX_LEVELS },
	{ SIGNED("[{\"depth\": 0, \"stamps_found\": 0, \"stamps\": [*]}]"),
	    "{}", SIG_MAX_TIMESTAMPS },
	{ SIGNED("[{\"depth\": 0, \"stamps_found\": 0, \"paths\": [*]}]"),
	    "{}", SIG_MAX_CHECKS },
	{ SIGNED("[{\"depth\": 0, \"stamps_found\": 0, \"paths\": "
	    "[{\"steps\": [*]}]}]"), "{}", CHAIN_MAX_DEPTH + 1 },
	{ FILES("\"signatures\": {\"levels_found\": 0, \"levels\": []}, "
	    "\"patch\": {\"code\": \"{24B2C164-DE66-44FE-B468-A46D9D5E6B31}"
	    "\", \"obsoletes\": [], \"targets\": [*]}"),
	    "\"{24B2C164-DE66-44FE-B468-A46D9D5E6B31}\"", MSI_MAX_CODES },
	{ "\"certificates\": [" CERT("\"eku\": [*]") "]", "\"1.2\"",
	    CERT_MAX_EKU },
};

static void
limited(void)
{
	size_t i;

	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		struct diag d = { .text = "" };
		struct inventory *inv = NULL;
		char *text = grown(limits[i].member, limits[i].one,
		    limits[i].most);

		CHECK_ST(read_text(text, &inv, &d), ST_OK, &d);
		inventory_free(inv);
		free(text);
		inv = NULL;
		text = grown(limits[i].member, limits[i].one,
		    limits[i].most + 1);
		CHECK_ST(read_text(text, &inv, &d), ST_LIMIT, &d);
		CHECK(inv == NULL);
		free(text);
	}
}

/* Rows that are known by their places, of which the first is there twice. */
static const struct {
	const char	*member, *one;
	size_t		 most;
	const char	*what;
} known[] = {
	{ "\"certificates\": [*]", CERT("\"x\": 0"), INVENTORY_MAX_CERTS,
	    "line 1: /certificates: more than 4096" },
	{ "\"asked\": {\"anchors\": [*]}", "{\"id\": \"a1\", \"name\": "
	    "\"\", \"subject\": \"\", \"key_sha256\": " HEX32
	    "}", ANCHORS_MAX, "line 1: /asked/anchors: more than 256" },
};

static void
limited_known(void)
{
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct inventory *inv = NULL;
		struct diag d = { .text = "" };
		char *text = grown(known[i].member, known[i].one,
		    known[i].most + 1);

		CHECK_ST(read_text(text, &inv, &d), ST_LIMIT, &d);
		CHECK_STR(d.text, known[i].what);
		free(text);
		text = grown(known[i].member, known[i].one, 2);
		CHECK_ST(read_text(text, &inv, &d), ST_MALFORMED, &d);
		free(text);
		text = grown(known[i].member, known[i].one, 1);
		CHECK_ST(read_text(text, &inv, &d), ST_OK, &d);
		free(text);
		inventory_free(inv);
	}
}

static void
limited_text(void)
{
	char *name = xcalloc(1, TEXT_MAX + 4), *text;
	struct inventory *inv = NULL;
	struct diag d = { .text = "" };

	memset(name, 'a', TEXT_MAX + 3);
	name[0] = name[TEXT_MAX + 1] = '"';
	name[TEXT_MAX + 2] = '\0';
	text = grown("\"name\": *", name, 1);
	CHECK_ST(read_text(text, &inv, &d), ST_OK, &d);
	inventory_free(inv);
	free(text);
	name[TEXT_MAX + 1] = 'a';
	name[TEXT_MAX + 2] = '"';
	text = grown("\"name\": *", name, 1);
	inv = NULL;
	CHECK_ST(read_text(text, &inv, &d), ST_LIMIT, &d);
	CHECK(inv == NULL);
	free(text);
	free(name);
}

/* Small in JSON, and large in memory: the facts of many packages. */
#define PATCHES		"\"products\": [{\"code\": \"\", \"msi\": {}, " \
			"\"install_location\": null, \"package_code\": " \
			"null, \"listed\": [], \"updates\": [*]}]"

static void
limited_memory(void)
{
	static const char one[] = "{\"patch_code\": \"\", \"package\": "
	    "{\"facts\": {\"kind\": \"pe\", \"damage\": null, "
	    "\"signatures\": {\"levels_found\": 0, \"levels\": []}}}}";
	size_t most = INVENTORY_MAX_BYTES / sizeof(struct file_facts);
	struct inventory *inv = NULL;
	struct diag d = { .text = "" };
	char *text = grown(PATCHES, one, most / 2);

	CHECK_ST(read_text(text, &inv, &d), ST_OK, &d);
	inventory_free(inv);
	free(text);
	inv = NULL;
	text = grown(PATCHES, one, most);
	CHECK_ST(read_text(text, &inv, &d), ST_LIMIT, &d);
	CHECK(strstr(d.text, "takes up too much memory") != NULL);
	CHECK(inv == NULL);
	free(text);
}

/* ---- damage ---- */

/* Did it become better than WANT? */
static bool
earned(unsigned got, unsigned want)
{
	return got != want && got != 0;
}

static bool
file_earned(const struct file_facts *a, const struct file_facts *b)
{
	size_t i, k;

	if (a == NULL || b == NULL)
		return a == NULL && b != NULL;
	if ((b->readable && !a->readable) || (b->metadata && !a->metadata) ||
	    (a->damage.text[0] != '\0' && b->damage.text[0] == '\0') ||
	    earned(b->signatures.place, a->signatures.place) ||
	    a->signatures.levels_found != b->signatures.levels_found ||
	    a->signatures.level_count != b->signatures.level_count)
		return true;
	for (i = 0; i < a->signatures.level_count; i++) {
		const struct sig_level_facts *x = &a->signatures.levels[i];
		const struct sig_level_facts *y = &b->signatures.levels[i];

		if (x->depth != y->depth || earned(y->check, x->check) ||
		    earned(y->digest, x->digest) ||
		    x->stamps_found != y->stamps_found ||
		    y->stamp_count > x->stamp_count)
			return true;
		for (k = 0; k < y->stamp_count; k++)
			if (earned(y->stamps[k].check, x->stamps[k].check) ||
			    (y->stamps[k].time != x->stamps[k].time &&
			    y->stamps[k].time != INSTANT_NONE))
				return true;
	}
	return false;
}

static bool
product_earned(const struct inv_product *a, const struct inv_product *b)
{
	size_t i;

	if (earned(b->msi.state, a->msi.state) ||
	    file_earned(a->msi.facts, b->msi.facts) ||
	    b->update_count != a->update_count ||
	    b->listed_count != a->listed_count)
		return true;
	for (i = 0; i < a->update_count; i++)
		if (earned(b->updates[i].state, a->updates[i].state) ||
		    earned(b->updates[i].package.state,
		    a->updates[i].package.state) ||
		    file_earned(a->updates[i].package.facts,
		    b->updates[i].package.facts))
			return true;
	for (i = 0; i < a->listed_count; i++)
		if (b->listed[i].has_key && !a->listed[i].has_key)
			return true;
	return false;
}

/* A table is as it was, or was not looked for. */
static bool
lost(const struct inventory *b, unsigned group, size_t was, size_t is)
{
	return (b->asked.groups & group) == 0 ? is != 0 : is != was;
}

static bool
list_earned(const struct inv_update_list *a, const struct inv_update_list *b)
{
	return earned(b->state, a->state) || b->file_count != a->file_count ||
	    b->unrecorded < a->unrecorded ||
	    (a->file_count != 0 && earned(b->files[0].state,
	    a->files[0].state));
}

static bool
rows_earned(const struct inventory *a, const struct inventory *b)
{
	size_t i;

	for (i = 0; i < b->file_count; i++)
		if (earned(b->files[i].state, a->files[i].state) ||
		    b->files[i].is_link != a->files[i].is_link ||
		    (b->files[i].searched && !a->files[i].searched) ||
		    (b->files[i].marks & ~a->files[i].marks) != 0 ||
		    file_earned(a->files[i].facts, b->files[i].facts))
			return true;
	for (i = 0; i < b->product_count; i++)
		if (product_earned(&a->products[i], &b->products[i]))
			return true;
	for (i = 0; i < b->hive_count; i++)
		if ((b->hives[i].is_open && !a->hives[i].is_open) ||
		    b->hives[i].dirty != a->hives[i].dirty ||
		    b->hives[i].damaged != a->hives[i].damaged ||
		    earned(b->hives[i].replay, a->hives[i].replay))
			return true;
	for (i = 0; i < b->setup_run_count; i++)
		if (earned(b->setup_runs[i].end, a->setup_runs[i].end) ||
		    b->setup_runs[i].changed != a->setup_runs[i].changed)
			return true;
	for (i = 0; i < b->update_list_count; i++)
		if (list_earned(&a->update_lists[i], &b->update_lists[i]))
			return true;
	for (i = 0; i < b->evidence_count; i++)
		if (earned(b->evidence[i].state, a->evidence[i].state))
			return true;
	return false;
}

static bool
inventory_earned(const struct inventory *a, const struct inventory *b)
{
	return lost(b, INV_GROUP_SETUPS, a->setup_count, b->setup_count) ||
	    lost(b, INV_GROUP_PRODUCTS, a->product_count,
	    b->product_count) ||
	    lost(b, INV_GROUP_FILES, a->file_count, b->file_count) ||
	    lost(b, INV_GROUP_TRACES, a->trace_count, b->trace_count) ||
	    lost(b, INV_GROUP_HIVES, a->hive_count, b->hive_count) ||
	    lost(b, INV_GROUP_USER_RECORDS, a->user_record_count,
	    b->user_record_count) ||
	    lost(b, INV_GROUP_VALUES, a->value_count, b->value_count) ||
	    lost(b, INV_GROUP_LEFTOVERS, a->leftover_count,
	    b->leftover_count) ||
	    lost(b, INV_GROUP_SPACE, a->space_count, b->space_count) ||
	    lost(b, INV_GROUP_PENDING, a->pending.rename_count,
	    b->pending.rename_count) ||
	    earned(b->pending.renames_state, a->pending.renames_state) ||
	    earned(b->pending.servicing, a->pending.servicing) ||
	    lost(b, INV_GROUP_IN_PROGRESS, a->in_progress,
	    b->in_progress) ||
	    lost(b, INV_GROUP_SETUP_RUNS, a->setup_run_count,
	    b->setup_run_count) ||
	    lost(b, INV_GROUP_UPDATE_LISTS, a->update_list_count,
	    b->update_list_count) || a->limited != b->limited ||
	    a->packages_skipped != b->packages_skipped ||
	    (b->deep && (b->deep_cut != a->deep_cut ||
	    b->deep_unread != a->deep_unread ||
	    b->deep_file_count != a->deep_file_count)) ||
	    b->evidence_count != a->evidence_count || rows_earned(a, b);
}

/* A document without one of its members, which is the NTH. */
struct without {
	struct jsonin_at root;
	size_t		 nth, *seen;
};

static void
put_without(struct jsonout *j, struct jsonin_at v, const char *name,
    const struct without *w)
{
	struct jsonin_items it = jsonin_items(v);
	struct jsonin_at item;

	if (name != NULL && (*w->seen)++ == w->nth)
		return;
	switch (jsonin_kind(v, NULL)) {
	case JSONTAPE_BOOL:
		jsonout_bool(j, name, jsonin_bool(v, NULL));
		return;
	case JSONTAPE_INTEGER:
		jsonout_number(j, name, jsonin_number(v, NULL, INT64_MIN,
		    INT64_MAX));
		return;
	case JSONTAPE_TEXT:
		jsonout_text(j, name, jsonin_text(v, NULL, TEXT_MAX));
		return;
	case JSONTAPE_ARRAY:
		jsonout_array(j, name);
		break;
	case JSONTAPE_OBJECT:
		jsonout_object(j, name);
		break;
	default:
		jsonout_null(j, name);
		return;
	}
	while (jsonin_each(&it, &item))
		put_without(j, item, jsonin_name(item), w);
	jsonout_end(j);
}

static void
write_without(struct jsonout *j, const void *ctx)
{
	const struct without *w = ctx;

	put_without(j, w->root, NULL, w);
}

/* The inventory without its NTH member; false when there is no such. */
static bool
lose(const struct inventory *inv, struct jsonin *in, size_t nth)
{
	size_t seen = 0;
	struct without w = { jsonin_root(in), nth, &seen };
	char *text = text_of(write_without, &w, false);
	struct inventory *again = NULL;
	struct diag d = { .text = "" };

	if (read_text(text, &again, &d) == ST_OK) {
		if (inventory_earned(inv, again))
			printf("# without member %zu\n", nth);
		CHECK(!inventory_earned(inv, again));
		inventory_free(again);
	}
	free(text);
	return seen > nth;
}

static void
missing(void)
{
	struct inventory *inv = facts_full();
	struct jsonin *in = NULL;
	size_t nth = 0;
	char *text;

	scratch_begin();
	text = written(inv, false);
	CHECK_ST(jsonin_open(slice_of(text, strlen(text), 0), 1, &in, NULL),
	    ST_OK, NULL);
	while (lose(inv, in, nth))
		nth++;
	CHECK(nth > 500);
	printf("# %zu members\n", nth);
	jsonin_close(in);
	free(text);
	scratch_end();
	inventory_free(inv);
}

static void
try_slice(struct slice s)
{
	struct inventory *inv = NULL;
	struct diag d = { .text = "" };

	if (read_slice(s, &inv, &d) != ST_OK) {
		CHECK(inv == NULL);
		CHECK(d.text[0] != '\0');
	}
	inventory_free(inv);
}

static void
hostile(void)
{
	struct inventory *inv = facts_full();
	size_t n, i, step = hostile_one_in();
	char *text;

	scratch_begin();
	text = written(inv, false);
	n = strlen(text);
	hostile_sweep((const uint8_t *)text, n, 97 * step, try_slice);
	hostile_flips((const uint8_t *)text, n, 2000 / (unsigned)step,
	    20130110, try_slice);
	/* Each time one byte more is read again. */
	for (i = 0; i < n; i += step > 1 ? 4 * step : 1) {
		struct inventory *again = NULL;

		/* No part is taken for the whole. */
		CHECK(read_slice(slice_of(text, i, 0), &again, NULL) != ST_OK);
	}
	free(text);
	scratch_end();
	inventory_free(inv);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "every field comes back", everything },
		{ "nothing comes back", nothing },
		{ "a server with 30 patches", size },
		{ "what is wrong, and where", refused },
		{ "lists have limits", limited },
		{ "tables that others refer to have limits", limited_known },
		{ "text has a limit", limited_text },
		{ "memory has a limit", limited_memory },
		{ "a missing member earns nothing", missing },
		{ "damage", hostile },
		{ NULL, NULL },
	};

	return tap_run(cases);
}
