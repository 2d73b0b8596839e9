/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "scratch_system.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>
#include <winioctl.h>

/* "\\\\?\\C:\\..." of "C:/...", so that no length is too long. */
static const wchar_t *
wide(const char *path)
{
	static wchar_t units[2][SCRATCH_PATH];
	static unsigned next;
	wchar_t *w = units[next++ % 2], *p;

	wcscpy(w, L"\\\\?\\");
	if (MultiByteToWideChar(CP_UTF8, 0, path, -1, w + 4,
	    SCRATCH_PATH - 4) == 0)
		w[4] = L'\0';
	for (p = w + 4; *p != L'\0'; p++)
		if (*p == L'/')
			*p = L'\\';
	return w;
}

bool
scratch_make_temp(char *path)
{
	static unsigned count;
	wchar_t temp[MAX_PATH];
	char base[SCRATCH_PATH / 2], *p;

	/* Not "C:\Users\ADMINI~1": no link would say it so. */
	if (GetTempPathW(MAX_PATH, temp) == 0 ||
	    GetLongPathNameW(temp, temp, MAX_PATH) == 0 ||
	    WideCharToMultiByte(CP_UTF8, 0, temp, -1, base, sizeof(base),
	    NULL, NULL) == 0)
		return false;
	snprintf(path, SCRATCH_PATH, "%srollcall-test-%lu-%u", base,
	    GetCurrentProcessId(), count++);
	for (p = path; *p != '\0'; p++)
		if (*p == '\\')
			*p = '/';
	return CreateDirectoryW(wide(path), NULL) != 0;
}

bool
scratch_make_folder(const char *path)
{
	return CreateDirectoryW(wide(path), NULL) != 0 ||
	    GetLastError() == ERROR_ALREADY_EXISTS;
}

bool
scratch_cut_file(const char *path, size_t len)
{
	LARGE_INTEGER size = { .QuadPart = (LONGLONG)len };
	HANDLE h = CreateFileW(wide(path), GENERIC_WRITE, FILE_SHARE_READ,
	    NULL, OPEN_EXISTING, 0, NULL);
	bool ok = h != INVALID_HANDLE_VALUE &&
	    SetFilePointerEx(h, size, NULL, FILE_BEGIN) && SetEndOfFile(h);

	CloseHandle(h);
	return ok;
}

/* Owners give themselves the right back, and backup rights need none. */
bool
scratch_set_rights(const char *path, bool any)
{
	(void)path;
	(void)any;
	return false;
}

/* ---------------------------------------------------------------- links */

/* A junction, [MS-FSCC] 2.1.2.5, to TARGET, which begins with "\??\". */
static bool
make_junction(const wchar_t *target, const wchar_t *path)
{
	const DWORD tag = IO_REPARSE_TAG_MOUNT_POINT;
	WORD len = (WORD)(wcslen(target) * sizeof(*target));
	WORD fields[6] = { (WORD)(len + 12), 0, 0, len, (WORD)(len + 2), 0 };
	BYTE data[1024] = { 0 };
	HANDLE h;
	DWORD n;
	bool ok;

	if (len + 20u > sizeof(data) || !CreateDirectoryW(path, NULL))
		return false;
	memcpy(data, &tag, sizeof(tag));
	memcpy(data + sizeof(tag), fields, sizeof(fields));
	memcpy(data + sizeof(tag) + sizeof(fields), target, len);
	h = CreateFileW(path, GENERIC_WRITE, 0, NULL, OPEN_EXISTING,
	    FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, NULL);
	ok = DeviceIoControl(h, FSCTL_SET_REPARSE_POINT, data, len + 20u,
	    NULL, 0, &n, NULL) != 0;
	CloseHandle(h);
	return ok;
}

/* TARGET counts from the folder of the link. */
static bool
leads_to_folder(const char *target, const char *path)
{
	bool absolute = strchr(target, ':') != NULL;
	char full[2 * SCRATCH_PATH];
	DWORD a;

	snprintf(full, sizeof(full), "%.*s%s", absolute ? 0 :
	    (int)(strrchr(path, '/') + 1 - path), path, target);
	a = GetFileAttributesW(wide(full));
	return a != INVALID_FILE_ATTRIBUTES &&
	    (a & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

bool
scratch_make_link(const char *target, const char *path)
{
	DWORD flags = leads_to_folder(target, path) ?
	    SYMBOLIC_LINK_FLAG_DIRECTORY : 0, a;
	const wchar_t *to = wide(target) + 4, *at = wide(path);

	if (wcsncmp(to, L"\\??\\", 4) == 0)
		return make_junction(to, at);
	/* Wine 8 says that it made what it did not make. */
	if (!CreateSymbolicLinkW(at, to, flags))
		return false;
	a = GetFileAttributesW(at);
	return a != INVALID_FILE_ATTRIBUTES &&
	    (a & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
}

/* Symbolic links take a right, junctions a file system that has them: Wine 8
 * has neither. */
bool
scratch_can_link(void)
{
	char dir[SCRATCH_PATH], path[SCRATCH_PATH + 16];
	bool can;

	if (!scratch_make_temp(dir))
		return false;
	snprintf(path, sizeof(path), "%s/symbolic", dir);
	can = scratch_make_link("nothing", path);
	snprintf(path, sizeof(path), "%s/junction", dir);
	can = scratch_make_link("\\?" "?\\C:\\nothing", path) && can;
	return scratch_remove_tree(dir) && can;
}

/* ------------------------------------------------------------- the end */

static bool
remove_file(const char *path)
{
	SetFileAttributesW(wide(path), FILE_ATTRIBUTE_NORMAL);
	return DeleteFileW(wide(path)) != 0;
}

/* A link goes, and what it leads to stays. */
static bool
remove_found(const WIN32_FIND_DATAW *found, const char *path)
{
	DWORD a = found->dwFileAttributes;

	if (!(a & FILE_ATTRIBUTE_DIRECTORY))
		return remove_file(path);
	return a & FILE_ATTRIBUTE_REPARSE_POINT ?
	    RemoveDirectoryW(wide(path)) != 0 : scratch_remove_tree(path);
}

bool
scratch_remove_tree(const char *path)
{
	WIN32_FIND_DATAW found;
	char *below = malloc(2 * SCRATCH_PATH), name[3 * MAX_PATH];
	HANDLE h;
	bool ok = below != NULL;

	if (!ok)
		return false;
	snprintf(below, 2 * SCRATCH_PATH, "%s/*", path);
	h = FindFirstFileW(wide(below), &found);
	while (ok && h != INVALID_HANDLE_VALUE) {
		WideCharToMultiByte(CP_UTF8, 0, found.cFileName, -1, name,
		    sizeof(name), NULL, NULL);
		snprintf(below, 2 * SCRATCH_PATH, "%s/%s", path, name);
		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
			ok = remove_found(&found, below);
		if (!FindNextFileW(h, &found))
			break;
	}
	if (h != INVALID_HANDLE_VALUE)
		FindClose(h);
	free(below);
	return ok && RemoveDirectoryW(wide(path));
}

FILE *
scratch_fopen(const char *path, const char *mode)
{
	return _wfopen(wide(path), mode[0] == 'r' ? L"rb" : L"wb");
}

const char *
scratch_reason(void)
{
	static char text[32];

	snprintf(text, sizeof(text), "error %lu", GetLastError());
	return text;
}
