/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "formats/msi_files.h"
#include "formats/pe.h"
#include "inventory/guid.h"

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

/* A feature of which no file is here. */
struct lost_feature {
	const char	*name;
	bool		 is_installed;	/* by the record */
	bool		 is_recorded;
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

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Features of the files that are in HERE, or of those that are not; each
 * once, sorted. The array is the caller's. */
static const char **
features_of(const struct msi_files *files, const bool *here, bool wanted,
    size_t *count)
{
	const char **list = xcalloc(files->count, sizeof(*list));
	size_t i, n = 0;

	for (i = 0; i < files->count; i++)
		if (here[i] == wanted && files->list[i].path != NULL &&
		    files->list[i].feature != NULL)
			list[n++] = files->list[i].feature;
	*count = 0;
	if (n != 0)
		qsort(list, n, sizeof(*list), by_text);
	for (i = 0; i < n; i++)
		if (i == 0 || strcmp(list[i], list[*count - 1]) != 0)
			list[(*count)++] = list[i];
	return list;
}

static bool
is_among(const char *feature, const char *const *list, size_t count)
{
	return count != 0 &&
	    bsearch(&feature, list, count, sizeof(*list), by_text) != NULL;
}

static void
look_up(struct collect *c, const char *key, struct lost_feature *f)
{
	char *above = collect_text(c, EV_PRODUCT, key, f->name);

	f->is_recorded = above != NULL;
	f->is_installed = f->is_recorded && above[0] != FEATURE_ABSENT;
	free(above);
}

/* What Windows Installer's record for P says of the features of which no file
 * is here. */
static struct lost_feature *
look_up_lost(struct collect *c, const struct inv_product *p,
    const char *const *missing, size_t missing_count,
    const char *const *present, size_t present_count, size_t *count)
{
	struct lost_feature *lost = xcalloc(missing_count, sizeof(*lost));
	char packed[GUID_PACKED], *key;
	size_t i;

	*count = 0;
	for (i = 0; i < missing_count; i++)
		if (!is_among(missing[i], present, present_count))
			lost[(*count)++].name = missing[i];
	if (*count == 0 || !guid_pack(p->code, packed))
		return lost;
	key = host_join(FEATURES, packed);
	for (i = 0; i < *count; i++)
		look_up(c, key, &lost[i]);
	free(key);
	return lost;
}

/* Those that are not HERE though their feature is, or may be. */
static void
look_for_gone(struct collect *c, const struct inv_product *p,
    const struct inv_setup *s, const struct msi_files *files,
    const bool *here, struct inv_update_list *l)
{
	size_t i, present_count, missing_count, lost_count;
	const char **present = features_of(files, here, true, &present_count);
	const char **missing = features_of(files, here, false,
	    &missing_count);
	struct lost_feature *lost = look_up_lost(c, p, missing, missing_count,
	    present, present_count, &lost_count), *f;

	for (i = 0; i < files->count && l->file_count < MSI_MAX_FILES; i++) {
		const struct msi_file *file = &files->list[i];

		if (here[i] || file->path == NULL || file->feature == NULL)
			continue;
		f = lost_count == 0 ? NULL : bsearch(&file->feature, lost,
		    lost_count, sizeof(*lost), by_text);
		if (f == NULL || f->is_installed)
			add_gone(c, s, file, l);
		else if (!f->is_recorded)
			l->unrecorded++;
	}
	free(lost);
	free(missing);
	free(present);
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
