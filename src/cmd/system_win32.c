/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/system.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "io/wide_win32.h"

#include <stdlib.h>
#include <windows.h>
#include <aclapi.h>
#include <sddl.h>
#include <shlobj.h>

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

/* ----------------------------------------------------- who may write */

/* Everybody may make folders in %ProgramData%, and owns what he made. */
#define WRITE_ACCESS	(FILE_WRITE_DATA | FILE_APPEND_DATA |		\
	FILE_DELETE_CHILD | DELETE | WRITE_DAC | WRITE_OWNER |		\
	GENERIC_WRITE | GENERIC_ALL)

/* Windows' own installer, NT SERVICE\TrustedInstaller. */
#define TRUSTED_INSTALLER						\
	L"S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"

static bool
is_administrator(PSID sid)
{
	PSID installer = NULL;
	bool is = IsWellKnownSid(sid, WinBuiltinAdministratorsSid) ||
	    IsWellKnownSid(sid, WinLocalSystemSid);

	if (!is && ConvertStringSidToSidW(TRUSTED_INSTALLER, &installer)) {
		is = EqualSid(sid, installer);
		LocalFree(installer);
	}
	return is;
}

/* Does ACE let somebody write who is no administrator? */
static bool
opens(const ACE_HEADER *ace)
{
	/* An allowing entry for all kinds of files; CREATOR OWNER is whoever
	 * made it, who is looked at as the owner. */
	const ACCESS_ALLOWED_ACE *allowed = (const void *)ace;
	PSID sid = (PSID)(uintptr_t)&allowed->SidStart;

	if (ace->AceType == ACCESS_DENIED_ACE_TYPE ||
	    (ace->AceFlags & INHERIT_ONLY_ACE))
		return false;
	if (ace->AceType != ACCESS_ALLOWED_ACE_TYPE)
		return true;
	return (allowed->Mask & WRITE_ACCESS) != 0 && !is_administrator(sid);
}

static bool
others_may_write(PACL acl)
{
	DWORD i;
	void *ace;

	/* No list at all lets everybody in. */
	if (acl == NULL)
		return true;
	for (i = 0; i < acl->AceCount; i++)
		if (!GetAce(acl, i, &ace) || opens(ace))
			return true;
	return false;
}

enum status
system_check_machine_dir(const char *dir, struct diag *d)
{
	PSECURITY_DESCRIPTOR descriptor = NULL;
	PSID owner = NULL;
	PACL acl = NULL;
	wchar_t *wide = NULL;
	DWORD error;
	enum status st = wide_path(dir, &wide, d);

	if (st != ST_OK)
		return st;
	error = GetNamedSecurityInfoW(wide, SE_FILE_OBJECT,
	    OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, &owner,
	    NULL, &acl, NULL, &descriptor);
	if (error == ERROR_SUCCESS && (!is_administrator(owner) ||
	    others_may_write(acl)))
		st = diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL, "others "
		    "than administrators may write to %s", dir);
	else if (error != ERROR_SUCCESS && !win32_is_absent(error)) {
		(void)win32_says(error, d);
		st = ST_IO;
	}
	if (descriptor != NULL)
		LocalFree(descriptor);
	free(wide);
	return st;
}

enum status
system_make_machine_dir(const char *dir, struct diag *d)
{
	/* Owner: Administrators; they and the system may do everything,
	 * users read, and nothing is inherited from above. */
	static const wchar_t rights[] = L"O:BAD:P(A;OICI;FA;;;SY)"
	    L"(A;OICI;FA;;;BA)(A;OICI;GRGX;;;BU)";
	SECURITY_ATTRIBUTES sa = { .nLength = sizeof(sa) };
	wchar_t *wide = NULL;
	enum status st = wide_path(dir, &wide, d);

	if (st != ST_OK)
		return ST_IO;
	if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(rights,
	    SDDL_REVISION_1, &sa.lpSecurityDescriptor, NULL) ||
	    (!CreateDirectoryW(wide, &sa) &&
	    GetLastError() != ERROR_ALREADY_EXISTS)) {
		(void)win32_says(GetLastError(), d);
		diag_wrap(d, "%s", dir);
		st = ST_IO;
	}
	if (sa.lpSecurityDescriptor != NULL)
		LocalFree(sa.lpSecurityDescriptor);
	free(wide);
	return st;
}
