/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/host.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "host/host_new.h"
#include "host/winpath.h"
#include "io/file.h"
#include "io/folder.h"
#include "io/listing.h"
#include "io/wide_win32.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>

/*
 * The 64-bit view of the registry, whatever we are. System32 needs no such
 * care: it is redirected for 32-bit programs alone, and this is none.
 */
#define READ_ACCESS							\
	(KEY_QUERY_VALUE | KEY_ENUMERATE_SUB_KEYS | KEY_WOW64_64KEY)

/* "Registry Element Size Limits": 16,383 characters of a value name, and the
 * NUL; names of keys are shorter. */
#define NAME_UNITS	16384

#define VALUE_FIRST	512	/* bytes that most values fit in */

/* Of a link's target: as much as a path among kernel objects can have, whose
 * length in bytes is a USHORT (UNICODE_STRING). */
#define LINK_UNITS	32767

struct live {
	bool	elevated;
};

static void
live_close(void *ctx)
{
	free(ctx);
}

static bool
live_limited(void *ctx)
{
	const struct live *l = ctx;

	return !l->elevated;
}

/* The registry answers by itself: hive files are Windows' business. */
static size_t
live_hives(void *ctx, const struct host_hive **out)
{
	(void)ctx;
	*out = NULL;
	return 0;
}

/* ------------------------------------------------------------ registry */

/* Behind "HKLM\" or "HKEY_LOCAL_MACHINE\"; NULL for another root. */
static const char *
below_root(const char *key)
{
	static const char *const roots[] = { "HKLM", "HKEY_LOCAL_MACHINE" };
	size_t i;

	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++) {
		size_t n = strlen(roots[i]);

		if (utf_case_prefix(key, roots[i]) &&
		    (key[n] == '\\' || key[n] == '\0'))
			return key + n + strspn(key + n, "\\");
	}
	return NULL;
}

static bool
is_absent(LONG error)
{
	return error == ERROR_FILE_NOT_FOUND ||
	    error == ERROR_PATH_NOT_FOUND || error == ERROR_KEY_DELETED;
}

static enum status
registry_says(LONG error, const char *absent, struct diag *d)
{
	if (is_absent(error))
		return diag_set(d, ST_ABSENT, DIAG_NOWHERE, NULL, "%s",
		    absent);
	(void)win32_says((unsigned long)error, d);
	return ST_IO;
}

/* Where the link H leads, for the caller to free; NULL when it does not
 * say. */
static char *
link_target(HKEY h)
{
	wchar_t *text = xcalloc(LINK_UNITS, sizeof(*text));
	DWORD type = 0, size = LINK_UNITS * sizeof(*text);
	char *target = NULL;

	if (RegQueryValueExW(h, L"SymbolicLinkValue", NULL, &type,
	    (BYTE *)text, &size) == ERROR_SUCCESS && type == REG_LINK &&
	    size >= sizeof(*text))
		target = wide_utf8(text, size / sizeof(*text));
	free(text);
	return target;
}

/* PATH below HKEY_LOCAL_MACHINE is the link H, and nothing is behind it. */
static enum status
leads_nowhere(HKEY h, const wchar_t *path, struct diag *d)
{
	char *link = wide_utf8(path, wcslen(path)), *target = link_target(h);

	(void)diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "the link HKLM\\%s leads to %s, which is not there", link,
	    target != NULL ? target : "a key that it does not name");
	free(target);
	free(link);
	return ST_UNSUPPORTED;
}

static LONG
open_wide(const wchar_t *path, DWORD options, HKEY *out)
{
	return RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, options, READ_ACCESS,
	    out);
}

/*
 * PATH, which is cut here, was not found. Windows follows links among keys
 * unseen, and says the same below one that leads nowhere: then the key was
 * not looked for. Such a link does not open, but as a link it does.
 */
static enum status
not_found(wchar_t *path, struct diag *d)
{
	LONG error = ERROR_FILE_NOT_FOUND;
	enum status st;
	wchar_t *end;
	HKEY h;

	while (path[0] != L'\0' && is_absent(error)) {
		error = open_wide(path, REG_OPTION_OPEN_LINK, &h);
		if (error == ERROR_SUCCESS) {
			st = leads_nowhere(h, path, d);
			RegCloseKey(h);
			return st;
		}
		if (!is_absent(error))
			return registry_says(error, "", d);
		end = wcsrchr(path, L'\\');
		*(end != NULL ? end : path) = L'\0';
		error = open_wide(path, 0, &h);
		if (error == ERROR_SUCCESS)
			RegCloseKey(h);
	}
	/* The key above is there, if not for us to read. */
	return registry_says(ERROR_FILE_NOT_FOUND, "no such key", d);
}

static enum status
open_key(const char *key, HKEY *out, struct diag *d)
{
	const char *below = below_root(key);
	enum status st = ST_OK;
	wchar_t *wide;
	size_t n;
	LONG error;

	if (below == NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "not in HKEY_LOCAL_MACHINE");
	wide = wide_of(below);
	n = wcslen(wide);
	while (n > 0 && wide[n - 1] == L'\\')
		wide[--n] = L'\0';
	error = open_wide(wide, 0, out);
	if (is_absent(error))
		st = not_found(wide, d);
	else if (error != ERROR_SUCCESS)
		st = registry_says(error, "", d);
	free(wide);
	return st;
}

static enum status
live_key_exists(void *ctx, const char *key, struct diag *d)
{
	HKEY h;
	enum status st = open_key(key, &h, d);

	(void)ctx;
	if (st == ST_OK)
		RegCloseKey(h);
	return st;
}

/* Names that are gathered. */
struct names {
	char	**list;
	size_t	  count;
};

/* A NUL, which a name may have in it and no Windows API can ask for, is shown
 * as in hives: U+FFFD, so that "KB1" with more behind it is no KB1. */
static void
push_name(struct names *n, wchar_t *name, DWORD units)
{
	DWORD i;

	for (i = 0; i < units; i++)
		if (name[i] == L'\0')
			name[i] = 0xfffd;
	n->list = xpush(n->list, n->count, sizeof(*n->list));
	n->list[n->count++] = wide_utf8(name, units);
}

/* The name of subkey or value number I. */
typedef LONG	name_at_fn(HKEY h, DWORD i, wchar_t *name, DWORD *units);

static LONG
key_at(HKEY h, DWORD i, wchar_t *name, DWORD *units)
{
	return RegEnumKeyExW(h, i, name, units, NULL, NULL, NULL, NULL);
}

static LONG
value_at(HKEY h, DWORD i, wchar_t *name, DWORD *units)
{
	return RegEnumValueW(h, i, name, units, NULL, NULL, NULL, NULL);
}

static enum status
gather(HKEY h, name_at_fn *name_at, DWORD max, struct names *n,
    struct diag *d)
{
	wchar_t *name = xcalloc(NAME_UNITS, sizeof(*name));
	enum status st = ST_OK;
	LONG error;
	DWORD i, units;

	for (i = 0; st == ST_OK; i++) {
		units = NAME_UNITS;
		error = name_at(h, i, name, &units);
		if (error == ERROR_NO_MORE_ITEMS)
			break;
		/* The key may go away while it is looked at. */
		if (error != ERROR_SUCCESS)
			st = registry_says(error, "no such key", d);
		else if (i == max)
			st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
			    "more than %lu names in the key", max);
		else
			push_name(n, name, units);
	}
	free(name);
	return st;
}

static enum status
list_names(const char *key, name_at_fn *name_at, DWORD max,
    struct names *out, struct diag *d)
{
	struct names n = { NULL, 0 };
	HKEY h;
	enum status st = open_key(key, &h, d);

	if (st != ST_OK)
		return st;
	st = gather(h, name_at, max, &n, d);
	RegCloseKey(h);
	if (st == ST_OK)
		*out = n;
	else
		host_names_free(n.list, n.count);
	return st;
}

static int
name_cmp(const void *a, const void *b)
{
	return utf_casecmp(*(char *const *)a, *(char *const *)b);
}

static enum status
live_key_list(void *ctx, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	struct names n;
	enum status st = list_names(key, key_at, REGF_MAX_SUBKEYS, &n, d);

	(void)ctx;
	if (st != ST_OK)
		return st;
	/* The order in which hives keep them. */
	if (n.count > 1)
		qsort(n.list, n.count, sizeof(*n.list), name_cmp);
	*names = n.list;
	*count = n.count;
	return ST_OK;
}

static enum status
live_value_list(void *ctx, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	struct names n;
	enum status st = list_names(key, value_at, REGF_MAX_VALUES, &n, d);

	(void)ctx;
	if (st != ST_OK)
		return st;
	*names = n.list;
	*count = n.count;
	return ST_OK;
}

/* The value may grow between one question and the next. */
static enum status
read_value(HKEY h, const wchar_t *name, DWORD *type, struct buf *data,
    struct diag *d)
{
	DWORD room = VALUE_FIRST, size;
	LONG error;
	void *p;

	for (;;) {
		if (room > HOST_MAX_VALUE_BYTES)
			return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
			    "limit: HOST_MAX_VALUE_BYTES",
			    "a value of more than %d bytes",
			    HOST_MAX_VALUE_BYTES);
		p = xcalloc(1, room);
		size = room;
		error = RegQueryValueExW(h, name, NULL, type, p, &size);
		if (error == ERROR_SUCCESS && size <= room)
			(void)buf_append(data, p, size);
		free(p);
		if (error == ERROR_SUCCESS)
			return ST_OK;
		if (error != ERROR_MORE_DATA)
			return registry_says(error, "no such value", d);
		room = size > room ? size : 2 * room;
	}
}

static enum status
live_value_get(void *ctx, const char *key, const char *name,
    struct host_value *out, struct diag *d)
{
	struct buf data;
	wchar_t *wide;
	DWORD type = 0;
	HKEY h;
	enum status st = open_key(key, &h, d);

	(void)ctx;
	if (st != ST_OK)
		return st;
	buf_init(&data, HOST_MAX_VALUE_BYTES);
	wide = wide_of(name);
	st = read_value(h, wide, &type, &data, d);
	free(wide);
	RegCloseKey(h);
	if (st == ST_OK)
		*out = (struct host_value){ xstrdup(name != NULL ? name :
		    ""), type, data };
	else
		buf_fini(&data);
	return st;
}

/* --------------------------------------------------------------- files */

/*
 * PATH as Windows takes it, for the caller to free. A drive that is not
 * there, perhaps a disk that is off, says nothing about the file.
 */
static enum status
local_path(const char *path, char **out, struct diag *d)
{
	wchar_t root[] = L"?:\\";
	char letter, *rest;
	enum status st = winpath_split(path, &letter, &rest, d);

	if (st != ST_OK)
		return st;
	root[0] = (wchar_t)letter;
	switch (GetDriveTypeW(root)) {
	case DRIVE_NO_ROOT_DIR:
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "there is no drive %c: now", letter);
		break;
	case DRIVE_REMOTE:
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "drive %c: is on a server, not on this machine", letter);
		break;
	default:
		*out = xasprintf("%c:%s", letter, *rest != '\0' ? rest :
		    "\\");
	}
	free(rest);
	return st;
}

static enum status
live_file_open(void *ctx, const char *path, struct source *out,
    void **handle, struct diag *d)
{
	struct file *f = NULL;
	char *local;
	enum status st = local_path(path, &local, d);

	(void)ctx;
	if (st != ST_OK)
		return st;
	st = file_open_unnamed(local, &f, d);
	free(local);
	if (st == ST_OK) {
		*out = file_source(f);
		*handle = f;
	}
	return st;
}

static void
live_file_close(void *ctx, void *handle)
{
	(void)ctx;
	file_close(handle);
}

/* A symbolic link or junction: what a reparse point of another kind holds
 * (compressed by the system, deduplicated) is the file itself. */
static bool
is_link(const char *local)
{
	wchar_t *wide = NULL;
	WIN32_FIND_DATAW found;
	HANDLE h = wide_path(local, &wide, NULL) == ST_OK ?
	    FindFirstFileW(wide, &found) : INVALID_HANDLE_VALUE;

	free(wide);
	if (h == INVALID_HANDLE_VALUE)
		return false;
	FindClose(h);
	return (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 &&
	    (found.dwReserved0 == IO_REPARSE_TAG_SYMLINK ||
	    found.dwReserved0 == IO_REPARSE_TAG_MOUNT_POINT);
}

static enum status
live_file_stat(void *ctx, const char *path, struct host_stat *out,
    struct diag *d)
{
	struct entry e;
	char *local;
	enum status st = local_path(path, &local, d);

	(void)ctx;
	if (st != ST_OK)
		return st;
	st = entry_of_path(local, &e, d);
	if (st == ST_OK && e.kind == ENTRY_OTHER)
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "neither a file nor a folder");
	if (st == ST_OK)
		*out = (struct host_stat){ e.kind == ENTRY_FOLDER, e.size,
		    is_link(local), e.id };
	free(local);
	return st;
}

static enum status
read_listing(const char *local, struct listing *out, struct diag *d)
{
	struct folder f;
	enum status st = folder_open(local, &f, NULL, d);

	if (st != ST_OK)
		return st;
	st = listing_read(f, out, d);
	folder_close(f);
	return st;
}

static enum status
live_file_list(void *ctx, const char *path, char ***names, size_t *count,
    struct diag *d)
{
	struct listing list;
	char *local;
	size_t i;
	enum status st = local_path(path, &local, d);

	(void)ctx;
	if (st != ST_OK)
		return st;
	st = read_listing(local, &list, d);
	free(local);
	if (st != ST_OK)
		return st;
	*count = list.count;
	*names = xcalloc(list.count, sizeof(**names));
	for (i = 0; i < list.count; i++)
		(*names)[i] = xstrdup(list.names[i].name);
	listing_fini(&list);
	return ST_OK;
}

/* On the volume that is mounted there, and within the quota of who asks. */
static enum status
live_free_space(void *ctx, const char *path, uint64_t *out, struct diag *d)
{
	ULARGE_INTEGER bytes;
	wchar_t *wide = NULL;
	char *local;
	enum status st = local_path(path, &local, d);

	(void)ctx;
	if (st != ST_OK)
		return st;
	st = wide_path(local, &wide, d);
	free(local);
	if (st != ST_OK)
		return st;
	if (GetDiskFreeSpaceExW(wide, &bytes, NULL, NULL))
		*out = bytes.QuadPart;
	else
		st = win32_says(GetLastError(), d);
	free(wide);
	return st;
}

static const struct host_ops live_ops = {
	.kind = HOST_LIVE,
	.close = live_close,
	.key_exists = live_key_exists,
	.key_list = live_key_list,
	.value_get = live_value_get,
	.value_list = live_value_list,
	.file_open = live_file_open,
	.file_close = live_file_close,
	.file_stat = live_file_stat,
	.file_list = live_file_list,
	.hives = live_hives,
	.free_space = live_free_space,
	.limited = live_limited,
};

enum status
host_live_open(struct host **out, struct diag *d)
{
	/* Not GetWindowsDirectory(): on a terminal server that is the
	 * user's. */
	wchar_t root[MAX_PATH];
	UINT n = GetSystemWindowsDirectoryW(root, MAX_PATH);
	struct live *l;
	char *text;

	if (n == 0 || n >= MAX_PATH) {
		(void)win32_says(GetLastError(), d);
		return ST_IO;
	}
	l = xcalloc(1, sizeof(*l));
	l->elevated = win32_is_elevated();
	text = wide_utf8(root, n);
	*out = host_new(&live_ops, l, text);
	free(text);
	return ST_OK;
}
