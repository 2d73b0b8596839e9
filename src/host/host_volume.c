/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/host.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "host/collected.h"
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

/* A volume that a folder of the machine shows, "C:\\Mount". */
struct mounted {
	char		 letter;
	char		*below;		/* "\\Mount", as normal_path() has it */
	struct tree	*tree;
	bool		 collected;
};

struct volume {
	struct tree	*system;	/* owned by DRIVES once it is there */
	struct tree	*drives[LETTERS];
	bool		 collected[LETTERS]; /* what is not in them may be on
					   the machine */
	struct mounted	*mounts;
	size_t		 mount_count;
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
	for (i = 0; i < v->mount_count; i++) {
		free(v->mounts[i].below);
		tree_close(v->mounts[i].tree);
	}
	free(v->mounts);
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

static bool
is_separator(char c)
{
	return c == '\\' || c == '/';
}

/* "\\a\\b" for "a//b/", "\\.\\a\\x\\..\\b"; "" for the drive itself. The
 * caller frees it. */
static char *
normal_path(const char *path)
{
	char *out = xcalloc(strlen(path) + 2, 1);
	size_t len = 0, n;

	for (; *path != '\0'; path += n) {
		for (n = 0; path[n] != '\0' && !is_separator(path[n]); n++)
			;
		if (n == 2 && path[0] == '.' && path[1] == '.') {
			while (len != 0 && out[--len] != '\\')
				;
		} else if (n > 1 || (n == 1 && path[0] != '.')) {
			out[len++] = '\\';
			memcpy(out + len, path, n);
			len += n;
		}
		n += path[n] != '\0';
	}
	out[len] = '\0';
	return out;
}

/* Where a file of the machine is to be looked for. */
struct place {
	struct tree	*tree;
	char		*rest;		/* owned */
	bool		 collected;
};

/* The deepest folder at or above REST of the drive LETTER that shows a volume
 * of its own; NULL. */
static const struct mounted *
find_mount(const struct volume *v, char letter, const char *rest)
{
	const struct mounted *best = NULL;
	size_t i, n;

	for (i = 0; i < v->mount_count; i++) {
		const struct mounted *m = &v->mounts[i];

		n = strlen(m->below);
		if (m->letter == letter && utf_case_prefix(rest, m->below) &&
		    (rest[n] == '\\' || rest[n] == '\0') &&
		    (best == NULL || n > strlen(best->below)))
			best = m;
	}
	return best;
}

static void
place_mounted(const struct volume *v, char letter, struct place *p)
{
	char *path = normal_path(p->rest);
	const struct mounted *m = find_mount(v, letter, path);

	if (m != NULL) {
		free(p->rest);
		p->rest = xstrdup(path + strlen(m->below));
		p->tree = m->tree;
		p->collected = m->collected;
	}
	free(path);
}

static enum status
find_place(struct volume *v, const char *path, struct place *p,
    struct diag *d)
{
	char letter;
	enum status st = winpath_split(path, &letter, &p->rest, d);

	if (st != ST_OK)
		return st;
	p->tree = v->drives[letter - 'A'];
	p->collected = v->collected[letter - 'A'];
	if (v->mount_count != 0)
		place_mounted(v, letter, p);
	if (p->tree == NULL) {
		free(p->rest);
		(void)diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "drive %c: is not mapped: give --drive %c=FOLDER",
		    letter, letter);
		if (d != NULL)
			d->drive = letter;
		return ST_UNSUPPORTED;
	}
	return ST_OK;
}

/* Give P back. What is not there was perhaps not collected. */
static enum status
leave_place(struct place *p, enum status st, struct diag *d)
{
	free(p->rest);
	return st != ST_ABSENT || !p->collected ? st :
	    diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "not among the files that were collected");
}

static enum status
volume_file_open(void *ctx, const char *path, struct source *out,
    void **handle, struct diag *d)
{
	struct file *f = NULL;
	struct place p;
	enum status st = find_place(ctx, path, &p, d);

	if (st != ST_OK)
		return st;
	st = leave_place(&p, tree_file_open(p.tree, p.rest, &f, d), d);
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
	struct place p;
	enum status st = find_place(ctx, path, &p, d);

	if (st != ST_OK)
		return st;
	st = leave_place(&p, tree_stat(p.tree, p.rest, &ts, d), d);
	if (st == ST_OK && ts.kind == TREE_OTHER)
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "neither a file nor a folder");
	if (st == ST_OK)
		*out = (struct host_stat){ ts.kind == TREE_FOLDER, ts.size,
		    ts.is_link, ts.id };
	return st;
}

/* What else there was in a folder, those who collected do not say. */
static enum status
volume_file_list(void *ctx, const char *path, char ***names, size_t *count,
    struct diag *d)
{
	struct place p;
	enum status st = find_place(ctx, path, &p, d);

	if (st != ST_OK)
		return st;
	st = p.collected ? diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "not all of it was collected") :
	    tree_list(p.tree, p.rest, names, count, d);
	return leave_place(&p, st, d);
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
	if (st != ST_ABSENT)
		return st;
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    is_folder(t, "System32\\config", NULL) == ST_OK ?
	    "this is a Windows folder: name the one that it is in" :
	    "no Windows folder in it: name the one that shows drive C:");
}

/* Those of the folder WINDOWS; in the root itself for NULL. */
static void
open_hives(struct volume *v, const char *windows, bool no_replay)
{
	size_t i;

	for (i = 0; i < HIVES; i++) {
		char *path = windows == NULL ? xstrdup(hive_names[i]) :
		    xasprintf("%s\\System32\\config\\%s", windows,
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

/* BELOW is "\\Mount"; it becomes V's. */
static enum status
map_mount(struct volume *v, const struct host_drive *drive, char letter,
    char *below, struct diag *d)
{
	struct mounted m = { letter, below, NULL,
	    collected_is_drive(drive->folder) };
	enum status st = ST_OK;
	size_t i;

	for (i = 0; i < v->mount_count; i++)
		if (v->mounts[i].letter == letter &&
		    utf_casecmp(v->mounts[i].below, below) == 0)
			st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
			    "%c:%s is mapped twice", letter, below);
	if (st == ST_OK) {
		st = tree_open(drive->folder, &m.tree, d);
		if (st != ST_OK)
			diag_wrap(d, "%c:%s", letter, below);
	}
	if (st != ST_OK) {
		free(below);
		return st;
	}
	v->mounts = xpush(v->mounts, v->mount_count, sizeof(m));
	v->mounts[v->mount_count++] = m;
	return ST_OK;
}

static enum status
map_drive(struct volume *v, const struct host_drive *drive, struct diag *d)
{
	char letter = winpath_letter(drive->letter), *below;
	struct tree **place;
	enum status st;

	if (letter == '\0')
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "no letter of a drive");
	below = normal_path(drive->below != NULL ? drive->below : "");
	if (below[0] != '\0')
		return map_mount(v, drive, letter, below, d);
	free(below);
	place = &v->drives[letter - 'A'];
	if (*place != NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    *place == v->system ? "drive %c: is the volume itself" :
		    "drive %c: is mapped twice", letter);
	st = tree_open(drive->folder, place, d);
	if (st != ST_OK)
		diag_wrap(d, "drive %c:", letter);
	else {
		tree_set_letter(*place, letter);
		v->collected[letter - 'A'] =
		    collected_is_drive(drive->folder);
	}
	return st;
}

/* Drives that were collected in the folder ROOT, which V->SYSTEM shows so
 * far. *LETTER is that of the one with Windows, or untouched. */
static void
take_collected(struct volume *v, const char *root, const char **windows,
    char *letter)
{
	struct collected_drive *found;
	size_t i, n = collected_find(v->system, root, &found);
	struct tree *system = NULL, *t, **place;

	for (i = 0; i < n; i++) {
		const char *name = NULL;
		bool has;

		t = NULL;
		if (tree_open(found[i].folder, &t, NULL) != ST_OK)
			continue;
		has = find_windows(t, &name, NULL) == ST_OK;
		place = &v->drives[found[i].letter - 'A'];
		/* "auto" and "ntfs" may both have a C:, one of them alone
		 * with Windows. */
		if (*place != NULL && (!has || system != NULL)) {
			tree_close(t);
			continue;
		}
		tree_close(*place);
		*place = t;
		v->collected[found[i].letter - 'A'] = true;
		tree_set_letter(t, found[i].letter);
		if (has && system == NULL) {
			system = t;
			*windows = name;
			*letter = found[i].letter;
		}
	}
	collected_free(found, n);
	if (system != NULL) {
		tree_close(v->system);
		v->system = system;
	}
}

static bool
has_hive(struct tree *t)
{
	struct tree_stat ts;
	size_t i;

	for (i = 0; i < HIVES; i++)
		if (tree_stat(t, hive_names[i], &ts, NULL) == ST_OK &&
		    ts.kind == TREE_FILE)
			return true;
	return false;
}

/*
 * Find the hives and open them: in the folder Windows of ROOT, of a drive that
 * was collected there, or in ROOT itself, which is a folder "config" and shows
 * no drive then.
 *
 * Out:     *SYSTEM_ROOT, "C:\\Windows", is the caller's.
 */
static enum status
open_system(struct volume *v, const char *root, bool no_replay,
    char **system_root, struct diag *d)
{
	const char *windows = NULL;
	bool bare = false;
	char letter = '\0';
	enum status st = find_windows(v->system, &windows, d);

	if (st == ST_UNSUPPORTED) {
		take_collected(v, root, &windows, &letter);
		bare = windows == NULL && has_hive(v->system);
	}
	if (st != ST_OK && windows == NULL && !bare) {
		diag_wrap(d, "%s", root);
		return st;
	}
	open_hives(v, windows, no_replay);
	if (letter == '\0')
		letter = system_letter(v);
	if (!bare && v->drives[letter - 'A'] == NULL) {
		v->drives[letter - 'A'] = v->system;
		tree_set_letter(v->system, letter);
		v->collected[letter - 'A'] = collected_is_drive(root);
	}
	*system_root = xasprintf("%c:\\%s", letter,
	    windows != NULL ? windows : "Windows");
	place_hives(v, *system_root);
	return ST_OK;
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
	char *system_root = NULL;
	enum status st;
	size_t i;

	st = tree_open(root, &v->system, d);
	if (st == ST_OK)
		st = open_system(v, root, o->no_replay, &system_root, d);
	for (i = 0; i < o->drive_count && st == ST_OK; i++)
		st = map_drive(v, &o->drives[i], d);
	if (st == ST_OK) {
		*out = host_new(&volume_ops, v, system_root);
		v = NULL;
	}
	free(system_root);
	if (v != NULL)
		volume_close(v);
	return st;
}
