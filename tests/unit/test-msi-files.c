/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/alloc.h"
#include "formats/msi_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The files that a patch brings. tests/tools/mkmsp.py writes transforms; that
 * they are as Windows Installer has them shows a real patch. */

struct opened {
	uint8_t		*p;
	struct slice	 s;
	struct msi	*m;
};

static void
open_bytes(uint8_t *p, size_t n, struct opened *o)
{
	struct diag d;

	*o = (struct opened){ .p = p, .s = slice_of(p, n, 0) };
	CHECK_ST(msi_open(source_of_slice(&o->s), &o->m, &d), ST_OK, &d);
}

static void
open_fixture(const char *name, struct opened *o)
{
	size_t n;
	uint8_t *p = tap_fixture(name, &n);

	open_bytes(p, n, o);
}

static void
close_it(struct opened *o)
{
	msi_close(o->m);
	free(o->p);
}

static void
check_file(const struct msi_files *f, size_t i, const char *key,
    const char *version, const char *path)
{
	char text[VERSION_TEXT];

	CHECK(i < f->count);
	if (i >= f->count)
		return;
	CHECK_STR(f->list[i].key, key);
	CHECK_STR(version_format(f->list[i].version, text), version);
	CHECK_STR(f->list[i].path != NULL ? f->list[i].path : "", path);
}

/* The lower of two versions; none of what has none, or names a companion. */
static void
what_a_patch_brings(void)
{
	struct msi_files f = { .list = NULL };
	struct opened o;
	struct diag d;

	open_fixture("msi-files.msp", &o);
	CHECK_ST(msi_patch_files(o.m, &f, &d), ST_OK, &d);
	CHECK_INT(f.count, 6);
	check_file(&f, 0, "ExSetup.exe", "15.2.1544.10", "");
	check_file(&f, 1, "new.dll", "15.2.1544.9", "");
	check_file(&f, 2, "orphan.dll", "15.2.1544.11", "");
	check_file(&f, 3, "owa.dll.BD4C", "15.2.1544.11", "");
	check_file(&f, 4, "system.dll", "10.0.1.2", "");
	check_file(&f, 5, "up.dll", "15.2.1544.11", "");
	CHECK_STR(f.list[1].component, "C_Owa");
	CHECK_STR(f.list[1].name, "NEW~1.DLL|new file.dll");
	msi_files_fini(&f);
	close_it(&o);
}

static const char *
features_of(const struct msi_files *f, size_t file, char *text, size_t room)
{
	size_t i, n = 0;

	text[0] = '\0';
	for (i = 0; i < f->feature_count; i++)
		if ((f->list[file].with >> i & 1) != 0)
			n += (size_t)snprintf(text + n, room - n, "%s ",
			    f->features[i]);
	return text;
}

/* Below TARGETDIR alone, and by long names. */
static void
where_they_lie(void)
{
	struct msi_files f = { .list = NULL };
	struct opened patch, product;
	char text[128];
	struct diag d;
	size_t i;

	open_fixture("msi-files.msp", &patch);
	open_fixture("msi-files.msi", &product);
	CHECK_ST(msi_patch_files(patch.m, &f, &d), ST_OK, &d);
	CHECK_ST(msi_files_place(product.m, &f, &d), ST_OK, &d);
	check_file(&f, 0, "ExSetup.exe", "15.2.1544.10", "Bin\\ExSetup.exe");
	check_file(&f, 1, "new.dll", "15.2.1544.9",
	    "ClientAccess\\Owa\\new file.dll");
	check_file(&f, 2, "orphan.dll", "15.2.1544.11", "");
	check_file(&f, 3, "owa.dll.BD4C", "15.2.1544.11",
	    "ClientAccess\\Owa\\Owa.Server.dll");
	check_file(&f, 4, "system.dll", "10.0.1.2", "");
	check_file(&f, 5, "up.dll", "15.2.1544.11", "");
	/* Each feature, and none where there is a condition. */
	for (i = 0; i < f.count; i++) {
		printf("# %s\n", f.list[i].key);
		CHECK_STR(features_of(&f, i, text, sizeof(text)),
		    strcmp(f.list[i].key, "ExSetup.exe") == 0 ? "AdminTools " :
		    strcmp(f.list[i].key, "owa.dll.BD4C") == 0 ?
		    "ClientAccess " : strcmp(f.list[i].key, "orphan.dll") ==
		    0 ? "Gateway " : strcmp(f.list[i].key, "system.dll") ==
		    0 ? "Gateway Mailbox " : f.list[i].component != NULL &&
		    strcmp(f.list[i].component, "C_Owa") == 0 ?
		    "ClientAccess " : "");
	}
	msi_files_fini(&f);
	close_it(&patch);
	close_it(&product);
}

static void
of_every_kind(void)
{
	static const struct {
		const char	*name;
		enum status	 st;
	} rows[] = {
		{ "msi-files-none.msp", ST_ABSENT },
		{ "msi-rollup.msp", ST_ABSENT },
		{ "msi-product.msi", ST_ABSENT },
		{ "msi-files-narrow.msp", ST_OK },
		{ "msi-files-wide-refs.msp", ST_OK },
		{ "msi-files-cut.msp", ST_MALFORMED },
		{ "msi-files-mask.msp", ST_MALFORMED },
		{ "msi-files-string.msp", ST_MALFORMED },
		{ "msi-files-two-ways.msp", ST_MALFORMED },
	};
	struct msi_files f;
	struct opened o;
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		f = (struct msi_files){ .list = NULL };
		open_fixture(rows[i].name, &o);
		printf("# %s\n", rows[i].name);
		CHECK_ST(msi_patch_files(o.m, &f, &d), rows[i].st, NULL);
		if (rows[i].st == ST_OK) {
			CHECK_INT(f.count, 1);
			check_file(&f, 0, "ExSetup.exe", "15.2.1544.11", "");
		}
		msi_files_fini(&f);
		close_it(&o);
	}
	msi_files_fini(NULL);
}

/* Without the tables of the product nothing has a path. */
static void
without_tables(void)
{
	struct msi_files f = { .list = NULL };
	struct opened patch, product;
	struct diag d;

	open_fixture("msi-files.msp", &patch);
	open_fixture("msi-product.msi", &product);
	CHECK_ST(msi_patch_files(patch.m, &f, &d), ST_OK, &d);
	CHECK_ST(msi_files_place(product.m, &f, &d), ST_ABSENT, NULL);
	msi_files_fini(&f);
	close_it(&patch);
	close_it(&product);
}

/* A patch that a builder of Microsoft's made: its transforms add a file, and
 * change another, neither with a version; the file table of its product has a
 * Sequence of four bytes. */
static void
open_real(const char *name, struct opened *o)
{
	char *path = xasprintf("%s/packages/%s", tap_env("ROLLCALL_REAL"),
	    name);
	uint8_t *p;
	size_t n;

	p = tap_read(path, &n);
	free(path);
	open_bytes(p, n, o);
}

static void
of_others(void)
{
	struct msi_files f = { .list = NULL };
	struct opened o;
	struct diag d;

	if (tap_env("ROLLCALL_REAL") == NULL) {
		tap_skip("ROLLCALL_REAL is not set");
		return;
	}
	open_real("gdr1.msp", &o);
	CHECK_ST(msi_patch_files(o.m, &f, &d), ST_ABSENT, &d);
	close_it(&o);
	/* msiinfo shows the same of this product, whose one file lies in a
	 * folder of ProgramFilesFolder, and so not below TARGETDIR. */
	f.list = xcalloc(1, sizeof(*f.list));
	f.list[f.count++].key = xstrdup("Hello");
	open_real("example.msi", &o);
	CHECK_ST(msi_files_place(o.m, &f, &d), ST_OK, &d);
	CHECK_STR(f.list[0].component, "MainExecutable");
	CHECK_STR(f.list[0].name, "Hello.exe");
	CHECK(f.list[0].path == NULL);
	msi_files_fini(&f);
	close_it(&o);
}

/* ---- hostile ---- */

static struct slice product;

static void
read_hostile(struct slice s)
{
	struct source src = source_of_slice(&s), other;
	struct msi *patch = NULL, *msi = NULL;
	struct msi_files f = { .list = NULL };
	struct diag d;

	other = source_of_slice(&product);
	if (msi_open(src, &patch, &d) != ST_OK)
		return;
	if (msi_patch_files(patch, &f, &d) == ST_OK &&
	    msi_open(other, &msi, &d) == ST_OK)
		if (msi_files_place(msi, &f, &d) != ST_OK)
			CHECK(f.count != 0);
	msi_close(msi);
	msi_close(patch);
	msi_files_fini(&f);
}

/* The other way about: what is damaged is the product. */
static struct slice patch_bytes;

static void
place_hostile(struct slice s)
{
	struct source src = source_of_slice(&s), other;
	struct msi *patch = NULL, *msi = NULL;
	struct msi_files f = { .list = NULL };
	struct diag d;

	other = source_of_slice(&patch_bytes);
	if (msi_open(src, &msi, &d) == ST_OK &&
	    msi_open(other, &patch, &d) == ST_OK &&
	    msi_patch_files(patch, &f, &d) == ST_OK &&
	    msi_files_place(msi, &f, &d) != ST_OK)
		CHECK(f.count == 6);
	msi_close(msi);
	msi_close(patch);
	msi_files_fini(&f);
}

static void
hostile(void)
{
	size_t n, m;
	uint8_t *p = tap_fixture("msi-files.msp", &n);
	uint8_t *q = tap_fixture("msi-files.msi", &m);

	patch_bytes = slice_of(p, n, 0);
	product = slice_of(q, m, 0);
	hostile_sweep(p, n, 61, read_hostile);
	hostile_flips(p, n, 1000, 1, read_hostile);
	hostile_sweep(q, m, 61, place_hostile);
	hostile_flips(q, m, 1000, 2, place_hostile);
	free(p);
	free(q);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "what a patch brings", what_a_patch_brings },
		{ "where it lies", where_they_lie },
		{ "transforms of every kind", of_every_kind },
		{ "a product without tables", without_tables },
		{ "a patch and a product of others", of_others },
		{ "hostile", hostile },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
