/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/system.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "io/acl_win32.h"
#include "io/wide_win32.h"

#include <stdlib.h>
#include <windows.h>
#include <shlobj.h>

#define PATH_UNITS	32768	/* Windows has no longer names of files */

char *
system_environment(const char *name)
{
	wchar_t *wide = wide_of(name), *value = NULL;
	DWORD n = GetEnvironmentVariableW(wide, NULL, 0);
	char *text = NULL;

	if (n > 1 && n < TEXT_MAX) {
		value = xcalloc(n, sizeof(*value));
		n = GetEnvironmentVariableW(wide, value, n);
		text = n == 0 ? NULL : wide_utf8(value, n);
	}
	free(value);
	free(wide);
	return text;
}

char *
system_program(void)
{
	wchar_t *path = xcalloc(PATH_UNITS, sizeof(*path));
	DWORD n = GetModuleFileNameW(NULL, path, PATH_UNITS);
	char *text = n == 0 || n == PATH_UNITS ? NULL : wide_utf8(path, n);

	free(path);
	return text;
}

unsigned
system_processors(void)
{
	SYSTEM_INFO info;

	GetSystemInfo(&info);
	return info.dwNumberOfProcessors < 1 ? 1 :
	    (unsigned)info.dwNumberOfProcessors;
}

void
system_outlive_pipes(void)
{
	/* Windows has no signal for it. */
}

bool
system_is_privileged(void)
{
	return win32_is_elevated();
}

/* From the shell, not from a variable that whoever starts us can set. */
static char *
shell_folder(int folder)
{
	wchar_t path[MAX_PATH];
	char *base, *dir;

	if (SHGetFolderPathW(NULL, folder, NULL, SHGFP_TYPE_CURRENT, path) !=
	    S_OK)
		return NULL;
	base = wide_utf8(path, wcslen(path));
	dir = xasprintf("%s\\rollcall", base);
	free(base);
	return dir;
}

char *
system_machine_dir(void)
{
	return shell_folder(CSIDL_COMMON_APPDATA);
}

char *
system_user_dir(void)
{
	return shell_folder(CSIDL_LOCAL_APPDATA);
}

/* Everybody may make folders in %ProgramData%, and owns what he made. */
enum status
system_check_machine_dir(const char *path, struct diag *d)
{
	return acl_check(path, d);
}

enum status
system_make_machine_dir(const char *dir, struct diag *d)
{
	return acl_make_folder(dir, d);
}

/* Of the machine's place the lists of rights are asked, see above. */
enum status
system_check_kept(const char *path, struct diag *d)
{
	(void)path;
	(void)d;
	return ST_OK;
}

char *
system_site_file(void)
{
	char *dir = system_machine_dir(), *file = NULL;

	if (dir != NULL)
		file = xasprintf("%s\\catalogue.conf", dir);
	free(dir);
	return file;
}
