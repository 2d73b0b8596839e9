/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

/*
 * "unelevated-win32 COMMAND LINE...": the rest of its own command line, run
 * as by an administrator who is not elevated: the group is in the token for
 * denying only. Ends with the program's exit code, or with 99.
 */
#define EXIT_TROUBLE	99

/* What stands behind our own name, as it was given. */
static wchar_t *
rest_of(wchar_t *line)
{
	bool quoted = false;

	for (; *line != L'\0' && (quoted || *line != L' '); line++)
		if (*line == L'"')
			quoted = !quoted;
	while (*line == L' ')
		line++;
	return line;
}

static HANDLE
restricted(void)
{
	uint8_t sid[SECURITY_MAX_SID_SIZE];
	DWORD size = sizeof(sid);
	SID_AND_ATTRIBUTES administrators = { sid, 0 };
	HANDLE own = NULL, token = NULL;

	if (CreateWellKnownSid(WinBuiltinAdministratorsSid, NULL, sid,
	    &size) && OpenProcessToken(GetCurrentProcess(),
	    TOKEN_ALL_ACCESS, &own))
		(void)CreateRestrictedToken(own, DISABLE_MAX_PRIVILEGE, 1,
		    &administrators, 0, NULL, 0, NULL, &token);
	if (own != NULL)
		CloseHandle(own);
	return token;
}

int
main(void)
{
	STARTUPINFOW start = { .cb = sizeof(start) };
	PROCESS_INFORMATION p;
	HANDLE token = restricted();
	DWORD code = EXIT_TROUBLE;

	start.dwFlags = STARTF_USESTDHANDLES;
	start.hStdInput = GetStdHandle(STD_INPUT_HANDLE);
	start.hStdOutput = GetStdHandle(STD_OUTPUT_HANDLE);
	start.hStdError = GetStdHandle(STD_ERROR_HANDLE);
	if (token == NULL || !CreateProcessAsUserW(token, NULL,
	    rest_of(GetCommandLineW()), NULL, NULL, TRUE, 0, NULL, NULL,
	    &start, &p)) {
		fprintf(stderr, "error %lu\n", GetLastError());
		return EXIT_TROUBLE;
	}
	(void)WaitForSingleObject(p.hProcess, INFINITE);
	(void)GetExitCodeProcess(p.hProcess, &code);
	CloseHandle(p.hThread);
	CloseHandle(p.hProcess);
	CloseHandle(token);
	return (int)code;
}
