/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/host.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "host/hive.h"
#include "host/host_new.h"
#include "host/winpath.h"
#include "io/tree.h"

#include <stdlib.h>
#include <string.h>

#define LETTERS		26
#define CONTROL_SETS	999	/* "ControlSet001" to "ControlSet999" */

enum { SOFTWARE, SYSTEM, HIVES };

static const char *const hive_names[HIVES] = { "SOFTWARE", "SYSTEM" };

struct volume {
	struct tree	*system;	/* owned by DRIVES once it is there */
	struct tree	*drives[LETTERS];
	struct hive	*hives[HIVES];
	struct host_hive info[HIVES];	/* as last asked for */
	uint32_t	 control_set;	/* 0 until it is known */
};

static void
volume_close(void *ctx)
{
	struct volume *v = ctx;
	size_t i;

	for (i = 0; i < HIVES; i++)
		hive_close(v->hives[i]);
	for (i = 0; i < LETTERS; i++) {
		if (v->drives[i] == v->system)
			v->system = NULL;
		tree_close(v->drives[i]);
	}
	tree_close(v->system);
	free(v);
}

static size_t
volume_hives(void *ctx, const struct host_hive **out)
{
	struct volume *v = ctx;
	size_t i;

	for (i = 0; i < HIVES; i++)
		v->info[i] = *hive_info(v->hives[i]);
	*out = v->info;
	return HIVES;
}

/* ------------------------------------------------------------ registry */

/* Behind "PART\" or PART alone at the start of KEY; else NULL. */
static const char *
skip_part(const char *key, const char *part)
{
	size_t n = strlen(part);

	/* PART is ASCII, and nothing else folds to ASCII. */
	if (!utf_case_prefix(key, part) ||
	    (key[n] != '\\' && key[n] != '\0'))
		return NULL;
	return key + n + strspn(key + n, "\\");
}

/*
 * The number behind "CurrentControlSet", which is a link that Windows makes
 * when it starts and that no hive file holds.
 */
static enum status
find_control_set(struct volume *v, struct diag *d)
{
	struct host_value value;
	uint32_t n = 0;
	enum status st;

	if (v->control_set != 0)
		return ST_OK;
	st = hive_value_get(v->hives[SYSTEM], "Select", "Current", &value, d);
	if (st == ST_ABSENT)
		st = ST_MALFORMED;
	if (st == ST_OK) {
		if (!slice_u32le(buf_slice(&value.data), 0, &n) || n == 0 ||
		    n > CONTROL_SETS)
			st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
			    "no number of a control set");
		host_value_fini(&value);
	}
	if (st != ST_OK) {
		diag_wrap(d, "SYSTEM\\Select, value Current");
		return st;
	}
	v->control_set = n;
	return ST_OK;
}

/* The path below the SYSTEM hive's root, for the caller to free. */
static enum status
system_path(struct volume *v, const char *path, char **out, struct diag *d)
{
	const char *rest = skip_part(path, "CurrentControlSet");
	enum status st;

	if (rest == NULL) {
		*out = xstrdup(path);
		return ST_OK;
	}
	st = find_control_set(v, d);
	if (st == ST_OK)
		*out = xasprintf("ControlSet%03u%s%s",
		    (unsigned)v->control_set, *rest != '\0' ? "\\" : "", rest);
	return st;
}

static void
trim_separators(char *path)
{
	size_t n = strlen(path);

	while (n != 0 && path[n - 1] == '\\')
		path[--n] = '\0';
}

/* The hive that KEY lies in, and its path there, for the caller to free. */
static enum status
find_hive(struct volume *v, const char *key, struct hive **hive,
    char **path, struct diag *d)
{
	const char *below = skip_part(key, "HKLM"), *rest = NULL;
	enum status st = ST_OK;
	size_t i;

	if (below == NULL)
		below = skip_part(key, "HKEY_LOCAL_MACHINE");
	for (i = 0; below != NULL && i < HIVES; i++) {
		rest = skip_part(below, hive_names[i]);
		if (rest != NULL)
			break;
	}
	if (rest == NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "in neither of the hives SOFTWARE and SYSTEM");
	if (i == SYSTEM)
		st = system_path(v, rest, path, d);
	else
		*path = xstrdup(rest);
	if (st != ST_OK)
		return st;
	trim_separators(*path);
	*hive = v->hives[i];
	return ST_OK;
}

static enum status
volume_key_exists(void *ctx, const char *key, struct diag *d)
{
	struct hive *hive;
	char *path;
	enum status st = find_hive(ctx, key, &hive, &path, d);

	if (st != ST_OK)
		return st;
	st = hive_key_exists(hive, path, d);
	free(path);
	return st;
}

static enum status
volume_key_list(void *ctx, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	struct hive *hive;
	char *path;
	enum status st = find_hive(ctx, key, &hive, &path, d);

	if (st != ST_OK)
		return st;
	st = hive_key_list(hive, path, names, count, d);
	free(path);
	return st;
}

static enum status
volume_value_list(void *ctx, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	struct hive *hive;
	char *path;
	enum status st = find_hive(ctx, key, &hive, &path, d);

	if (st != ST_OK)
		return st;
	st = hive_value_list(hive, path, names, count, d);
	free(path);
	return st;
}

static enum status
volume_value_get(void *ctx, const char *key, const char *name,
    struct host_value *out, struct diag *d)
{
	struct hive *hive;
	char *path;
	enum status st = find_hive(ctx, key, &hive, &path, d);

	if (st != ST_OK)
		return st;
	st = hive_value_get(hive, path, name, out, d);
	free(path);
	return st;
}

/* --------------------------------------------------------------- files */

/* The tree that PATH lies in, and its path there, for the caller to free. */
static enum status
find_drive(struct volume *v, const char *path, struct tree **tree,
    char **rest, struct diag *d)
{
	char letter;
	enum status st = winpath_split(path, &letter, rest, d);

	if (st != ST_OK)
		return st;
	*tree = v->drives[letter - 'A'];
	if (*tree == NULL) {
		free(*rest);
		(void)diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "drive %c: is not mapped: give --drive %c=FOLDER",
		    letter, letter);
		if (d != NULL)
			d->drive = letter;
		return ST_UNSUPPORTED;
	}
	return ST_OK;
}

static enum status
volume_file_open(void *ctx, const char *path, struct source *out,
    void **handle, struct diag *d)
{
	struct file *f = NULL;
	struct tree *tree;
	char *rest;
	enum status st = find_drive(ctx, path, &tree, &rest, d);

	if (st != ST_OK)
		return st;
	st = tree_file_open(tree, rest, &f, d);
	free(rest);
	if (st == ST_OK) {
		*out = file_source(f);
		*handle = f;
	}
	return st;
}

static void
volume_file_close(void *ctx, void *handle)
{
	(void)ctx;
	file_close(handle);
}

static enum status
volume_file_stat(void *ctx, const char *path, struct host_stat *out,
    struct diag *d)
{
	struct tree_stat ts;
	struct tree *tree;
	char *rest;
	enum status st = find_drive(ctx, path, &tree, &rest, d);

	if (st != ST_OK)
		return st;
	st = tree_stat(tree, rest, &ts, d);
	free(rest);
	if (st == ST_OK && ts.kind == TREE_OTHER)
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "neither a file nor a folder");
	if (st == ST_OK)
		*out = (struct host_stat){ ts.kind == TREE_FOLDER, ts.size,
		    ts.is_link };
	return st;
}

static enum status
volume_file_list(void *ctx, const char *path, char ***names, size_t *count,
    struct diag *d)
{
	struct tree *tree;
	char *rest;
	enum status st = find_drive(ctx, path, &tree, &rest, d);

	if (st != ST_OK)
		return st;
	st = tree_list(tree, rest, names, count, d);
	free(rest);
	return st;
}

static const struct host_ops volume_ops = {
	.kind = HOST_VOLUME,
	.close = volume_close,
	.key_exists = volume_key_exists,
	.key_list = volume_key_list,
	.value_get = volume_value_get,
	.value_list = volume_value_list,
	.file_open = volume_file_open,
	.file_close = volume_file_close,
	.file_stat = volume_file_stat,
	.file_list = volume_file_list,
	.hives = volume_hives,
};

/* ------------------------------------------------------------- opening */

/* Is PATH a folder of T? Returns: ST_OK; ST_ABSENT if it is not; ST_IO. */
static enum status
is_folder(struct tree *t, const char *path, struct diag *d)
{
	struct tree_stat ts;
	enum status st = tree_stat(t, path, &ts, d);

	if (st == ST_UNSUPPORTED || (st == ST_OK && ts.kind != TREE_FOLDER))
		return ST_ABSENT;
	return st;
}

/*
 * The name of the Windows folder: Windows, or WINNT where Windows 2000 was
 * updated. A machine may have both, and one of them without hives.
 */
static enum status
find_windows(struct tree *t, const char **out, struct diag *d)
{
	static const struct {
		const char *name, *hives;
	} rows[] = {
		{ "Windows", "Windows\\System32\\config" },
		{ "WINNT", "WINNT\\System32\\config" },
	};
	enum status st = ST_ABSENT;
	size_t i, n = sizeof(rows) / sizeof(rows[0]);

	for (i = 0; i < n; i++)
		if (is_folder(t, rows[i].hives, NULL) == ST_OK) {
			*out = rows[i].name;
			return ST_OK;
		}
	for (i = 0; i < n && st == ST_ABSENT; i++) {
		st = is_folder(t, rows[i].name, d);
		if (st == ST_OK)
			*out = rows[i].name;
	}
	return st != ST_ABSENT ? st : diag_set(d, ST_UNSUPPORTED,
	    DIAG_NOWHERE, NULL, "no Windows folder in it");
}

static void
open_hives(struct volume *v, const char *windows, bool no_replay)
{
	size_t i;

	for (i = 0; i < HIVES; i++) {
		char *path = xasprintf("%s\\System32\\config\\%s", windows,
		    hive_names[i]);

		v->hives[i] = hive_open(v->system, path, hive_names[i],
		    no_replay);
		free(path);
	}
}

/* The letter that the volume had for itself: "D:\Windows" says 'D'. */
static char
system_letter(struct volume *v)
{
	struct host_value value;
	struct buf text;
	char letter = '\0';

	if (hive_value_get(v->hives[SOFTWARE],
	    "Microsoft\\Windows NT\\CurrentVersion", "SystemRoot", &value,
	    NULL) == ST_OK) {
		buf_init(&text, TREE_MAX_PATH);
		utf_from_utf16le_sz(buf_slice(&value.data), &text);
		if (text.len >= 2 && text.p[1] == ':')
			letter = winpath_letter((char)text.p[0]);
		buf_fini(&text);
		host_value_fini(&value);
	}
	return letter != '\0' ? letter : 'C';
}

/* Now that the letter is known, say where the hives are. */
static void
place_hives(struct volume *v, const char *system_root)
{
	size_t i;

	for (i = 0; i < HIVES; i++) {
		char *where = xasprintf("%s\\System32\\config\\%s",
		    system_root, hive_names[i]);

		hive_set_where(v->hives[i], where);
		free(where);
	}
}

static enum status
map_drive(struct volume *v, const struct host_drive *drive, struct diag *d)
{
	char letter = winpath_letter(drive->letter);
	struct tree **place;
	enum status st;

	if (letter == '\0')
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "no letter of a drive");
	place = &v->drives[letter - 'A'];
	if (*place != NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    *place == v->system ? "drive %c: is the volume itself" :
		    "drive %c: is mapped twice", letter);
	st = tree_open(drive->folder, place, d);
	if (st != ST_OK)
		diag_wrap(d, "drive %c:", letter);
	else
		tree_set_letter(*place, letter);
	return st;
}

enum status
host_volume_open(const char *root, const struct host_drive *drives,
    size_t drive_count, struct host **out, struct diag *d)
{
	struct host_volume_options o = { drives, drive_count, false };

	return host_volume_open_with(root, &o, out, d);
}

enum status
host_volume_open_with(const char *root, const struct host_volume_options *o,
    struct host **out, struct diag *d)
{
	struct volume *v = xcalloc(1, sizeof(*v));
	const char *windows = NULL;
	char *system_root = NULL, letter;
	enum status st;
	size_t i;

	st = tree_open(root, &v->system, d);
	if (st != ST_OK)
		goto out;
	st = find_windows(v->system, &windows, d);
	if (st != ST_OK) {
		diag_wrap(d, "%s", root);
		goto out;
	}
	open_hives(v, windows, o->no_replay);
	letter = system_letter(v);
	v->drives[letter - 'A'] = v->system;
	tree_set_letter(v->system, letter);
	system_root = xasprintf("%c:\\%s", letter, windows);
	place_hives(v, system_root);
	for (i = 0; i < o->drive_count && st == ST_OK; i++)
		st = map_drive(v, &o->drives[i], d);
	if (st == ST_OK) {
		*out = host_new(&volume_ops, v, system_root);
		v = NULL;
	}
out:
	free(system_root);
	if (v != NULL)
		volume_close(v);
	return st;
}
