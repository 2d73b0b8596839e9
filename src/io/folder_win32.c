/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/folder.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/slice.h"
#include "io/file_win32.h"
#include "io/link.h"
#include "io/wide_win32.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <winioctl.h>
#include <winternl.h>

/*
 * Names are opened relative to the handle of their folder, as openat() does:
 * only NtCreateFile() can (Windows Driver Kit, "NtCreateFile", the member
 * RootDirectory of OBJECT_ATTRIBUTES).
 */
#ifndef FILE_OPEN_REPARSE_POINT
#define FILE_OPEN_REPARSE_POINT	0x00200000
#endif
#ifndef FILE_OPEN_FOR_BACKUP_INTENT
#define FILE_OPEN_FOR_BACKUP_INTENT	0x00004000
#endif
#define OPEN_ALWAYS_SO							\
	(FILE_SYNCHRONOUS_IO_NONALERT | FILE_OPEN_FOR_BACKUP_INTENT)

#define LIST_BYTES	(64 * 1024)	/* of one call that lists */
#define REPARSE_BYTES	(16 * 1024)	/* MAXIMUM_REPARSE_DATA_BUFFER_SIZE */

/* [MS-FSCC] 2.1.2.1: another name for something else, when the bit is set;
 * else data that a filter keeps elsewhere (compressed, deduplicated). */
#define TAG_IS_NAME	0x20000000u

static HANDLE
handle_of(struct folder f)
{
	return (HANDLE)f.handle;
}

static struct folder
folder_of(HANDLE h)
{
	return (struct folder){ (intptr_t)h };
}

/* What Windows does not take for one name, and what names a stream. */
static bool
can_be_name(const char *name)
{
	return name[0] != '\0' && strpbrk(name, "\\/:*?\"<>|") == NULL;
}

/* Open NAME in FOLDER. Returns: ST_OK; ST_ABSENT; ST_IO. */
static enum status
open_at(HANDLE folder, const char *name, ACCESS_MASK access, ULONG options,
    HANDLE *out, struct diag *d)
{
	wchar_t *wide;
	UNICODE_STRING us;
	OBJECT_ATTRIBUTES oa;
	IO_STATUS_BLOCK io;
	NTSTATUS nt;
	size_t bytes;

	if (!can_be_name(name))
		return win32_says(ERROR_FILE_NOT_FOUND, d);
	wide = wide_of(name);
	bytes = wcslen(wide) * sizeof(*wide);
	if (bytes > UINT16_MAX - sizeof(*wide)) {
		free(wide);
		return win32_says(ERROR_FILENAME_EXCED_RANGE, d);
	}
	us.Buffer = wide;
	us.Length = (USHORT)bytes;
	us.MaximumLength = (USHORT)(bytes + sizeof(*wide));
	InitializeObjectAttributes(&oa, &us, OBJ_CASE_INSENSITIVE, folder,
	    NULL);
	nt = NtCreateFile(out, access | SYNCHRONIZE, &oa, &io, NULL, 0,
	    SHARE_ALL, FILE_OPEN, options | OPEN_ALWAYS_SO, NULL, 0);
	free(wide);
	return nt >= 0 ? ST_OK : win32_says(RtlNtStatusToDosError(nt), d);
}

/* ------------------------------------------------------------ entries */

/* What kind of reparse point H, opened without following it, is; or 0. File
 * systems that have none refuse the question. */
static DWORD
reparse_tag(HANDLE h)
{
	FILE_ATTRIBUTE_TAG_INFO info;

	if (!GetFileInformationByHandleEx(h, FileAttributeTagInfo, &info,
	    sizeof(info)) ||
	    !(info.FileAttributes & FILE_ATTRIBUTE_REPARSE_POINT))
		return 0;
	return info.ReparseTag;
}

static enum status
entry_of_handle(HANDLE h, struct entry *out, struct diag *d)
{
	BY_HANDLE_FILE_INFORMATION info;
	struct entry e = { .kind = ENTRY_OTHER };

	if (GetFileType(h) != FILE_TYPE_DISK) {
		*out = e;
		return ST_OK;
	}
	if (!GetFileInformationByHandle(h, &info))
		return win32_says(GetLastError(), d);
	e.id = (struct identity){ info.dwVolumeSerialNumber,
	    (uint64_t)info.nFileIndexHigh << 32 | info.nFileIndexLow };
	if (reparse_tag(h) & TAG_IS_NAME)
		e.kind = ENTRY_LINK;
	else if (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY)
		e.kind = ENTRY_FOLDER;
	else {
		e.kind = ENTRY_FILE;
		e.size = (uint64_t)info.nFileSizeHigh << 32 |
		    info.nFileSizeLow;
	}
	*out = e;
	return ST_OK;
}

enum status
entry_of_path(const char *path, struct entry *out, struct diag *d)
{
	HANDLE h;
	enum status st = handle_open(path, FILE_READ_ATTRIBUTES, &h, d);

	if (st == ST_UNSUPPORTED) {
		*out = (struct entry){ .kind = ENTRY_OTHER };
		return ST_OK;
	}
	if (st != ST_OK)
		return st;
	st = entry_of_handle(h, out, d);
	CloseHandle(h);
	return st;
}

static enum status
entry_at(struct folder f, const char *name, ULONG options,
    struct entry *out, struct diag *d)
{
	HANDLE h;
	enum status st = open_at(handle_of(f), name, FILE_READ_ATTRIBUTES,
	    options, &h, d);

	if (st != ST_OK)
		return st;
	st = entry_of_handle(h, out, d);
	CloseHandle(h);
	return st;
}

enum status
folder_entry(struct folder f, const char *name, struct entry *out,
    struct diag *d)
{
	return entry_at(f, name, FILE_OPEN_REPARSE_POINT, out, d);
}

enum status
folder_self(struct folder f, struct entry *out, struct diag *d)
{
	return entry_of_handle(handle_of(f), out, d);
}

enum status
entry_behind(struct folder f, const char *name, struct entry *out,
    struct diag *d)
{
	return entry_at(f, name, 0, out, d);
}

static bool
same_file(HANDLE a, HANDLE b)
{
	BY_HANDLE_FILE_INFORMATION x, y;

	return GetFileInformationByHandle(a, &x) &&
	    GetFileInformationByHandle(b, &y) &&
	    x.dwVolumeSerialNumber == y.dwVolumeSerialNumber &&
	    x.nFileIndexHigh == y.nFileIndexHigh &&
	    x.nFileIndexLow == y.nFileIndexLow;
}

static enum status
refuse_link(struct diag *d)
{
	return diag_set(d, ST_IO, DIAG_NOWHERE, NULL, "a link");
}

/*
 * Open NAME in F, and make sure that it is no link. What a filter keeps
 * elsewhere is opened once more through the filter, and has to be what was
 * looked at.
 */
static enum status
open_no_link(struct folder f, const char *name, ACCESS_MASK access,
    ULONG options, HANDLE *out, struct diag *d)
{
	HANDLE h, filtered;
	DWORD tag;
	enum status st = open_at(handle_of(f), name, access, options |
	    FILE_OPEN_REPARSE_POINT, &h, d);

	if (st != ST_OK)
		return st;
	tag = reparse_tag(h);
	if (tag == 0) {
		*out = h;
		return ST_OK;
	}
	if (tag & TAG_IS_NAME)
		st = refuse_link(d);
	else
		st = open_at(handle_of(f), name, access, options, &filtered,
		    d);
	if (st == ST_OK && !same_file(h, filtered)) {
		CloseHandle(filtered);
		st = refuse_link(d);
	}
	CloseHandle(h);
	if (st == ST_OK)
		*out = filtered;
	return st;
}

enum status
folder_file(struct folder f, const char *name, struct file **out,
    struct diag *d)
{
	HANDLE h;
	enum status st = open_no_link(f, name, FILE_GENERIC_READ,
	    FILE_NON_DIRECTORY_FILE, &h, d);

	return st != ST_OK ? st : file_of_handle(h, out, d);
}

static enum status
read_link(HANDLE h, char *target, size_t size, struct diag *d)
{
	uint8_t *data = xcalloc(1, REPARSE_BYTES);
	DWORD n = 0;
	enum status st;

	if (DeviceIoControl(h, FSCTL_GET_REPARSE_POINT, NULL, 0, data,
	    REPARSE_BYTES, &n, NULL))
		st = link_of_reparse_point(slice_of(data, n, 0), target,
		    size, d);
	else
		st = win32_says(GetLastError(), d);
	free(data);
	return st;
}

enum status
folder_link(struct folder f, const char *name, char *target, size_t size,
    struct diag *d)
{
	HANDLE h;
	enum status st = open_at(handle_of(f), name, FILE_READ_ATTRIBUTES,
	    FILE_OPEN_REPARSE_POINT, &h, d);

	if (st != ST_OK)
		return st;
	st = read_link(h, target, size, d);
	CloseHandle(h);
	return st;
}

/* ------------------------------------------------------------ folders */

/* The absolute path of a folder, as people write it. */
static char *
real_path(HANDLE h)
{
	wchar_t path[TREE_MAX_PATH];
	DWORD n = GetFinalPathNameByHandleW(h, path, TREE_MAX_PATH,
	    FILE_NAME_NORMALIZED | VOLUME_NAME_DOS);

	/* A shadow copy, say, is mounted nowhere. */
	if (n == 0 || n >= TREE_MAX_PATH)
		return xstrdup("");
	/* "\\?\E:\mounted"; a share's "\\?\UNC\..." stays. */
	if (n > 6 && path[5] == L':')
		return wide_utf8(path + 4, n - 4);
	return wide_utf8(path, n);
}

enum status
folder_open(const char *path, struct folder *out, char **real,
    struct diag *d)
{
	struct entry e;
	HANDLE h;
	enum status st = entry_of_path(path, &e, d);

	if (st != ST_OK)
		return st;
	if (e.kind != ENTRY_FOLDER)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "not a folder");
	st = handle_open(path, FILE_LIST_DIRECTORY | FILE_TRAVERSE |
	    FILE_READ_ATTRIBUTES | SYNCHRONIZE, &h, d);
	if (st != ST_OK)
		return st;
	if (real != NULL)
		*real = real_path(h);
	*out = folder_of(h);
	return ST_OK;
}

void
folder_close(struct folder f)
{
	if (f.handle != -1)
		CloseHandle(handle_of(f));
}

enum status
folder_again(struct folder f, struct folder *out, struct diag *d)
{
	HANDLE self = GetCurrentProcess(), h;

	if (!DuplicateHandle(self, handle_of(f), self, &h, 0, FALSE,
	    DUPLICATE_SAME_ACCESS))
		return win32_says(GetLastError(), d);
	*out = folder_of(h);
	return ST_OK;
}

enum status
folder_step(struct folder f, const char *name, struct folder *out,
    struct diag *d)
{
	ACCESS_MASK enter = FILE_TRAVERSE | FILE_READ_ATTRIBUTES;
	HANDLE h;
	enum status st = open_no_link(f, name, enter | FILE_LIST_DIRECTORY,
	    FILE_DIRECTORY_FILE, &h, NULL);

	/* A folder that may be entered need not be one that may be listed. */
	if (st != ST_OK)
		st = open_no_link(f, name, enter, FILE_DIRECTORY_FILE, &h,
		    d);
	if (st == ST_OK)
		*out = folder_of(h);
	return st;
}

enum status
folder_beneath(struct folder root, const char *path, bool *stepwise,
    struct folder *out, struct diag *d)
{
	/* One call for all parts would follow links on the way. */
	*stepwise = true;
	return folder_stepwise(root, path, out, d);
}

/* ------------------------------------------------------------- listing */

static bool
take_name(const FILE_ID_BOTH_DIR_INFO *e, folder_name_fn *take, void *ctx)
{
	char *name = wide_utf8(e->FileName,
	    e->FileNameLength / sizeof(e->FileName[0]));
	bool more = strcmp(name, ".") == 0 || strcmp(name, "..") == 0 ||
	    take(ctx, name);

	free(name);
	return more;
}

/* The entries of one answer of the system. */
static bool
take_names(const uint8_t *at, folder_name_fn *take, void *ctx)
{
	const FILE_ID_BOTH_DIR_INFO *e;

	do {
		e = (const void *)at;
		if (!take_name(e, take, ctx))
			return false;
		at += e->NextEntryOffset;
	} while (e->NextEntryOffset != 0);
	return true;
}

enum status
folder_names(struct folder f, folder_name_fn *take, void *ctx,
    struct diag *d)
{
	FILE_INFO_BY_HANDLE_CLASS how = FileIdBothDirectoryRestartInfo;
	uint8_t *answer = xcalloc(1, LIST_BYTES);
	enum status st = ST_OK;
	DWORD error;

	/* The root of an empty volume has not even a ".". */
	while (GetFileInformationByHandleEx(handle_of(f), how, answer,
	    LIST_BYTES)) {
		how = FileIdBothDirectoryInfo;
		if (!take_names(answer, take, ctx))
			goto out;
	}
	error = GetLastError();
	if (error != ERROR_NO_MORE_FILES && error != ERROR_FILE_NOT_FOUND) {
		(void)win32_says(error, d);
		st = ST_IO;
	}
out:
	free(answer);
	return st;
}

const char *
path_joint(const char *path)
{
	size_t n = strlen(path);

	/* "E:" is the folder that is the current one on that drive. */
	if (n > 0 && strchr("\\/:", path[n - 1]) != NULL)
		return "";
	return strchr(path, '/') != NULL && strchr(path, '\\') == NULL ?
	    "/" : "\\";
}
