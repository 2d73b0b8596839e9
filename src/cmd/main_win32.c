/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/main.h"
#include "base/alloc.h"
#include "cmd/progress.h"
#include "io/term_win32.h"
#include "io/wide_win32.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#ifndef LOAD_LIBRARY_SEARCH_SYSTEM32
#define LOAD_LIBRARY_SEARCH_SYSTEM32	0x00000800
#endif

/* cmd.exe leaves "*.msp" to the program: mingw-w64's start-up code expands
 * what stands in no quotes, as a shell does elsewhere. */
int _dowildcard = -1;

typedef BOOL WINAPI set_directories_fn(DWORD flags);

/*
 * Libraries come from System32 and from nowhere else: neither from the folder
 * that we were started in, nor from one that PATH names. (What Windows loads
 * before this, by our import table, is on its list of known DLLs, or is
 * looked for beside the program first.)
 */
static void
distrust_folders(void)
{
	HMODULE kernel = GetModuleHandleW(L"kernel32.dll");
	set_directories_fn *set_directories = NULL;

	/* Windows 8; 7 and 2008 have it with KB2533623. */
	if (kernel != NULL)
		set_directories = (set_directories_fn *)(void *)
		    GetProcAddress(kernel, "SetDefaultDllDirectories");
	if (set_directories != NULL)
		set_directories(LOAD_LIBRARY_SEARCH_SYSTEM32);
	/* The older way takes the current folder out. */
	SetDllDirectoryW(L"");
}

/* Bytes arrive as they were written: no CR before LF in JSON. */
static void
stay_binary(void)
{
	_setmode(_fileno(stdin), _O_BINARY);
	_setmode(_fileno(stdout), _O_BINARY);
	_setmode(_fileno(stderr), _O_BINARY);
}

/*
 * Ctrl-C and its like end the program at once, as they do by themselves, with
 * the code that they do it with (Wine 8 says 0, which is a verdict). Output
 * that is not finished vanishes with its handle.
 */
static BOOL WINAPI
on_interrupt(DWORD event)
{
	(void)event;
	if (progress_is_shown())
		progress_line(NULL);
	term_give_back();
	ExitProcess((UINT)STATUS_CONTROL_C_EXIT);
}

int wmain(int argc, wchar_t **wide);

int
wmain(int argc, wchar_t **wide)
{
	char **argv = xcalloc((size_t)argc + 1, sizeof(*argv));
	int i, code;

	distrust_folders();
	HeapSetInformation(NULL, HeapEnableTerminationOnCorruption, NULL, 0);
	/* A drive without a disk is an error to be told, no window that waits
	 * for somebody to close it. */
	SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);
	SetConsoleCtrlHandler(on_interrupt, TRUE);
	stay_binary();
	for (i = 0; i < argc; i++)
		argv[i] = wide_utf8(wide[i], wcslen(wide[i]));
	code = rollcall_main(argc, argv);
	for (i = 0; i < argc; i++)
		free(argv[i]);
	free(argv);
	return code;
}
