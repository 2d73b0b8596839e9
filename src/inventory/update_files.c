/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/guid.h"
#include "formats/msi_files.h"
#include "formats/pe.h"

#include <stdlib.h>
#include <string.h>

/*
 * Which files an update brings, and which of these are here: an update that is
 * run without being elevated may leave ExSetup.exe new and others as they
 * were. What is not here is of a role that is not installed only where Windows
 * Installer says so of its feature; where others of that feature are here, or
 * it is recorded as installed, the file is gone.
 */

/* A value for each feature of the product, installed or not: the name of the
 * feature above it, behind FEATURE_ABSENT where it is not installed. Not
 * documented; so writes and reads Wine's msi.dll, ACTION_PublishFeatures() and
 * MsiQueryFeatureState(). */
#define FEATURES	"HKLM\\SOFTWARE\\Classes\\Installer\\Features"
#define FEATURE_ABSENT	'\006'

/* Features, by the bits of struct msi_files. */
struct feature_states {
	uint64_t	 in, out;	/* neither: not known */
};

void
inv_update_list_fini(struct inv_update_list *l)
{
	size_t i;

	for (i = 0; i < l->file_count; i++)
		free(l->files[i].path);
	free(l->files);
	free(l->patch_code);
	free(l->why);
}

static enum status
read_version(struct collect *c, const char *path, struct version *out,
    struct diag *d)
{
	struct host_file f;
	struct pe_version v;
	struct pe *pe = NULL;
	enum status st = host_file_open(c->host, path, &f, d);

	if (st != ST_OK)
		return st;
	st = pe_open(f.src, &pe, d);
	if (st == ST_OK)
		st = pe_version(pe, &v, d);
	if (st == ST_OK)
		*out = v.file;
	else if (st == ST_ABSENT || st == ST_UNSUPPORTED)
		st = ST_MALFORMED;	/* there, and without a version */
	pe_close(pe);
	host_file_close(&f);
	return st;
}

/* A file in the folder of one of the product's Setup keys; false: not here. */
static bool
look_for(struct collect *c, const struct inv_setup *s,
    const struct msi_file *f, struct inv_update_list *l)
{
	struct inv_update_file here = { .listed = f->version };
	struct diag d = { .text = "" };
	char *path = host_join(s->path, f->path), text[VERSION_TEXT];
	enum status st = read_version(c, path, &here.version, &d);

	if (st == ST_ABSENT) {
		free(path);
		return false;
	}
	here.path = path;
	here.state = st == ST_OK ? EV_PRESENT : EV_UNREADABLE;
	if (st == ST_OK && version_cmp(here.version, f->version) < 0)
		here.ev = collect_note(c, EV_FILE, EV_PRESENT, path,
		    version_format(here.version, text));
	l->files = xpush(l->files, l->file_count, sizeof(here));
	l->files[l->file_count++] = here;
	return true;
}

static void
add_gone(struct collect *c, const struct inv_setup *s,
    const struct msi_file *f, struct inv_update_list *l)
{
	struct inv_update_file gone = { .listed = f->version,
	    .state = EV_ABSENT };

	gone.path = host_join(s->path, f->path);
	gone.ev = collect_note(c, EV_FILE, EV_ABSENT, gone.path, NULL);
	l->files = xpush(l->files, l->file_count, sizeof(gone));
	l->files[l->file_count++] = gone;
}

/* What Windows Installer's record for P says of WANTED. */
static void
look_up_features(struct collect *c, const struct inv_product *p,
    const struct msi_files *files, uint64_t wanted, struct feature_states *f)
{
	char packed[GUID_PACKED], *key, *above;
	size_t i;

	if (wanted == 0 || !guid_pack(p->code, packed))
		return;
	key = host_join(FEATURES, packed);
	for (i = 0; i < files->feature_count; i++) {
		if ((wanted >> i & 1) == 0)
			continue;
		above = collect_text(c, EV_PRODUCT, key, files->features[i]);
		if (above != NULL && above[0] == FEATURE_ABSENT)
			f->out |= (uint64_t)1 << i;
		else if (above != NULL)
			f->in |= (uint64_t)1 << i;
		free(above);
	}
	free(key);
}

/* A file that comes with one feature alone shows that it is in. */
static uint64_t
shown_by(const struct msi_file *f)
{
	return (f->with & (f->with - 1)) == 0 ? f->with : 0;
}

/* Those that are not HERE though a feature of theirs is, or may be. */
static void
look_for_gone(struct collect *c, const struct inv_product *p,
    const struct inv_setup *s, const struct msi_files *files,
    const bool *here, struct inv_update_list *l)
{
	struct feature_states f = { .in = 0 };
	uint64_t wanted = 0;
	size_t i;

	for (i = 0; i < files->count; i++)
		if (here[i])
			f.in |= shown_by(&files->list[i]);
		else if (files->list[i].path != NULL)
			wanted |= files->list[i].with;
	look_up_features(c, p, files, wanted & ~f.in, &f);
	for (i = 0; i < files->count && l->file_count < MSI_MAX_FILES; i++) {
		const struct msi_file *file = &files->list[i];

		if (here[i] || file->path == NULL)
			continue;
		if ((file->with & f.in) != 0)
			add_gone(c, s, file, l);
		else if ((file->with & ~f.out) != 0)
			l->unrecorded++;
	}
}

static void
look_for_all(struct collect *c, const struct inv_product *p,
    const struct msi_files *files, struct inv_update_list *l)
{
	bool *here = xcalloc(files->count, sizeof(*here));
	size_t i, k;

	for (i = 0; i < files->count; i++)
		l->unplaced += files->list[i].path == NULL;
	for (k = 0; k < c->inv->setup_count; k++) {
		const struct inv_setup *s = &c->inv->setups[k];

		if (s->path == NULL ||
		    s->base.part[0] != p->version.part[0])
			continue;
		for (i = 0; i < files->count && l->file_count <
		    MSI_MAX_FILES; i++)
			here[i] = files->list[i].path != NULL &&
			    look_for(c, s, &files->list[i], l);
		look_for_gone(c, p, s, files, here, l);
	}
	free(here);
}

/* Files of the patch at SRC, and their paths by the package at PRODUCT. */
static enum status
read_list(struct source src, const struct source *product,
    struct msi_files *out, struct diag *d)
{
	struct msi *patch = NULL, *msi = NULL;
	enum status st = msi_open(src, &patch, d);

	if (st == ST_OK)
		st = msi_patch_files(patch, out, d);
	msi_close(patch);
	if (st != ST_OK)
		return st;
	st = product == NULL ? diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
	    "is not there") : msi_open(*product, &msi, d);
	if (st == ST_OK)
		st = msi_files_place(msi, out, d);
	msi_close(msi);
	if (st == ST_ABSENT)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "has no table of files");
	if (st != ST_OK)
		diag_wrap(d, "the package of the product");
	return st;
}

void
collect_update_list(struct collect *c, const struct inv_product *p,
    const struct inv_update *u, struct source src,
    const struct source *product)
{
	struct inventory *inv = c->inv;
	struct inv_update_list l = { .patch_code = xstrdup(u->patch_code) };
	struct msi_files files = { .list = NULL };
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st = read_list(src, product, &files, &d);

	l.listed = files.count;
	if (st == ST_OK) {
		l.state = EV_PRESENT;
		look_for_all(c, p, &files, &l);
	} else if (st == ST_ABSENT)
		l.state = EV_ABSENT;
	else {
		l.state = EV_UNREADABLE;
		l.why = xstrdup(d.text);
	}
	msi_files_fini(&files);
	inv->update_lists = xpush(inv->update_lists, inv->update_list_count,
	    sizeof(l));
	inv->update_lists[inv->update_list_count++] = l;
}
