/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include <stddef.h>
#include <wchar.h>
#include <windows.h>
#include <winternl.h>
#include <bcrypt.h>
#include <wincrypt.h>

/*
 * What libcurl calls of bcrypt.dll and crypt32.dll, so that it is linked to
 * neither of them. What the import table names is loaded before wmain(), and
 * Windows looks beside the program first for all that is none of its "known
 * DLLs": a bcrypt.dll in the folder of downloads would run with the rights of
 * an administrator. From here they are loaded out of System32, by full path.
 * tests/windows/test-exe.py tells when a library needs another function.
 */

#define PATH_UNITS	(MAX_PATH + 16)
#define STATUS_FAILED	((NTSTATUS)0xc0000001)	/* STATUS_UNSUCCESSFUL */

/* Any function; the caller knows which. */
typedef void WINAPI late_fn(void);

/* NULL when there is none. */
static late_fn *
late(const wchar_t *library, const char *function)
{
	wchar_t path[PATH_UNITS];
	UINT n = GetSystemDirectoryW(path, MAX_PATH);
	HMODULE module;

	if (n == 0 || n >= MAX_PATH || n + 1 + wcslen(library) >= PATH_UNITS)
		return NULL;
	path[n] = L'\\';
	wcscpy(path + n + 1, library);
	/* What it needs itself is looked for in its folder and not in ours.
	 * It stays loaded. */
	module = LoadLibraryExW(path, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
	return module == NULL ? NULL :
	    (late_fn *)(void *)GetProcAddress(module, function);
}

#define LATE(library, function)						\
	((__typeof__(&function))(void *)late(L##library, #function))

/* ------------------------------------------------------------- bcrypt */

NTSTATUS WINAPI
BCryptGenRandom(BCRYPT_ALG_HANDLE algorithm, PUCHAR bytes, ULONG count,
    ULONG flags)
{
	__typeof__(&BCryptGenRandom) f = LATE("bcrypt.dll", BCryptGenRandom);

	return f == NULL ? STATUS_FAILED : f(algorithm, bytes, count, flags);
}

/* ------------------------------------------------------------ crypt32 */

static HCERTSTORE WINAPI
open_store(HCRYPTPROV_LEGACY provider, LPCSTR name)
{
	__typeof__(&CertOpenSystemStoreA) f =
	    LATE("crypt32.dll", CertOpenSystemStoreA);

	return f == NULL ? NULL : f(provider, name);
}

static BOOL WINAPI
close_store(HCERTSTORE store, DWORD flags)
{
	__typeof__(&CertCloseStore) f = LATE("crypt32.dll", CertCloseStore);

	return f != NULL && f(store, flags);
}

static PCCERT_CONTEXT WINAPI
next_certificate(HCERTSTORE store, PCCERT_CONTEXT last)
{
	__typeof__(&CertEnumCertificatesInStore) f =
	    LATE("crypt32.dll", CertEnumCertificatesInStore);

	return f == NULL ? NULL : f(store, last);
}

static BOOL WINAPI
free_certificate(PCCERT_CONTEXT certificate)
{
	__typeof__(&CertFreeCertificateContext) f =
	    LATE("crypt32.dll", CertFreeCertificateContext);

	return f != NULL && f(certificate);
}

static BOOL WINAPI
enhanced_usage(PCCERT_CONTEXT certificate, DWORD flags,
    PCERT_ENHKEY_USAGE usage, DWORD *size)
{
	__typeof__(&CertGetEnhancedKeyUsage) f =
	    LATE("crypt32.dll", CertGetEnhancedKeyUsage);

	return f != NULL && f(certificate, flags, usage, size);
}

static BOOL WINAPI
intended_usage(DWORD encoding, PCERT_INFO certificate, BYTE *usage,
    DWORD size)
{
	__typeof__(&CertGetIntendedKeyUsage) f =
	    LATE("crypt32.dll", CertGetIntendedKeyUsage);

	return f != NULL && f(encoding, certificate, usage, size);
}

/* Where callers look that were compiled to call a library: with these, the
 * linker takes nothing from its import library. */
#define STANDS_FOR(function, ours)					\
	extern __typeof__(&function) const __imp_##function;		\
	__typeof__(&function) const __imp_##function = ours

STANDS_FOR(CertCloseStore, close_store);
STANDS_FOR(CertEnumCertificatesInStore, next_certificate);
STANDS_FOR(CertFreeCertificateContext, free_certificate);
STANDS_FOR(CertGetEnhancedKeyUsage, enhanced_usage);
STANDS_FOR(CertGetIntendedKeyUsage, intended_usage);
STANDS_FOR(CertOpenSystemStoreA, open_store);
