/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "scratch_system.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <windows.h>

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

	if (GetTempPathW(MAX_PATH, temp) == 0 ||
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

/* Making one takes a privilege, and Wine 8 keeps none. */
bool
scratch_can_link(void)
{
	return false;
}

bool
scratch_make_link(const char *target, const char *path)
{
	(void)target;
	(void)path;
	SetLastError(ERROR_NOT_SUPPORTED);
	return false;
}

static bool
remove_file(const char *path)
{
	SetFileAttributesW(wide(path), FILE_ATTRIBUTE_NORMAL);
	return DeleteFileW(wide(path)) != 0;
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
			ok = found.dwFileAttributes &
			    FILE_ATTRIBUTE_DIRECTORY ?
			    scratch_remove_tree(below) : remove_file(below);
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
