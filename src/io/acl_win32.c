/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/acl_win32.h"
#include "io/file_win32.h"
#include "io/wide_win32.h"

#include <stdint.h>
#include <stdlib.h>
#include <windows.h>
#include <aclapi.h>
#include <sddl.h>

/* With FILE_WRITE_ATTRIBUTES, an empty folder is made a junction. */
#define WRITE_ACCESS	(FILE_WRITE_DATA | FILE_APPEND_DATA |		\
	FILE_WRITE_ATTRIBUTES | FILE_DELETE_CHILD | DELETE |		\
	WRITE_DAC | WRITE_OWNER | GENERIC_WRITE | GENERIC_ALL)

/* NT SERVICE\TrustedInstaller. */
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
	/* An allowing entry for all kinds of files. */
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

bool
acl_is_closed(void *descriptor)
{
	BOOL defaulted, present = FALSE;
	PSID owner = NULL;
	PACL acl = NULL;

	/* An owner may always change the list. */
	return GetSecurityDescriptorOwner(descriptor, &owner, &defaulted) &&
	    owner != NULL && is_administrator(owner) &&
	    GetSecurityDescriptorDacl(descriptor, &present, &acl,
	    &defaulted) && present && !others_may_write(acl);
}

static enum status
refused(DWORD error, struct diag *d)
{
	(void)win32_says(error, d);
	return ST_IO;
}

static enum status
check_handle(HANDLE h, const char *path, struct diag *d)
{
	BY_HANDLE_FILE_INFORMATION info;
	PSECURITY_DESCRIPTOR descriptor = NULL;
	DWORD error;
	bool closed;

	if (!GetFileInformationByHandle(h, &info))
		return refused(GetLastError(), d);
	if (info.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT)
		return diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
		    "%s is a link", path);
	error = GetSecurityInfo(h, SE_FILE_OBJECT,
	    OWNER_SECURITY_INFORMATION | DACL_SECURITY_INFORMATION, NULL,
	    NULL, NULL, NULL, &descriptor);
	if (error != ERROR_SUCCESS)
		return refused(error, d);
	closed = acl_is_closed(descriptor);
	LocalFree(descriptor);
	return closed ? ST_OK : diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
	    "others than administrators may write to %s", path);
}

enum status
acl_check(const char *path, struct diag *d)
{
	wchar_t *wide = NULL;
	HANDLE h;
	enum status st = wide_path(path, &wide, d);

	if (st != ST_OK)
		return st;
	h = CreateFileW(wide, READ_CONTROL | FILE_READ_ATTRIBUTES, SHARE_ALL,
	    NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS |
	    FILE_FLAG_OPEN_REPARSE_POINT, NULL);
	free(wide);
	if (h == INVALID_HANDLE_VALUE)
		st = win32_says(GetLastError(), d);
	else {
		st = check_handle(h, path, d);
		CloseHandle(h);
	}
	return st;
}

enum status
acl_make_folder(const char *path, struct diag *d)
{
	/* Owner: Administrators; they and the system may do everything,
	 * users read, and nothing is inherited from above. */
	static const wchar_t rights[] = L"O:BAD:P(A;OICI;FA;;;SY)"
	    L"(A;OICI;FA;;;BA)(A;OICI;GRGX;;;BU)";
	SECURITY_ATTRIBUTES sa = { .nLength = sizeof(sa) };
	wchar_t *wide = NULL;
	enum status st = wide_path(path, &wide, d);

	if (st != ST_OK)
		return ST_IO;
	if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(rights,
	    SDDL_REVISION_1, &sa.lpSecurityDescriptor, NULL) ||
	    (!CreateDirectoryW(wide, &sa) &&
	    GetLastError() != ERROR_ALREADY_EXISTS)) {
		st = refused(GetLastError(), d);
		diag_wrap(d, "%s", path);
	}
	if (sa.lpSecurityDescriptor != NULL)
		LocalFree(sa.lpSecurityDescriptor);
	free(wide);
	return st;
}
