/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/main.h"
#include "cmd/progress.h"
#include "cmd/tell.h"
#include "cmd/words_win32.h"
#include "io/term_win32.h"

#include <stdlib.h>
#include <windows.h>

#ifndef LOAD_LIBRARY_SEARCH_SYSTEM32
#define LOAD_LIBRARY_SEARCH_SYSTEM32	0x00000800
#endif

/* The C runtime leaves "*.msp" alone: see words_win32.h. */
int _dowildcard = 0;

typedef BOOL WINAPI set_directories_fn(DWORD flags);

/*
 * Libraries come from System32 and from nowhere else: neither from the folder
 * that we are in, nor from the current one, nor from one that PATH names. What
 * Windows loads before this, by our import table, is on its list of known
 * DLLs; see late_win32.c. Before all other constructors: that of GCC's stack
 * protector asks Windows for random bytes, which loads cryptsp.dll.
 */
static void distrust_folders(void) __attribute__((constructor(101)));

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

static int
run_words(void)
{
	struct diag d = { .text = "" };
	struct teller t = { .in_line = false };
	struct words w;
	int code = EXIT_USAGE;
	char *odd;

	if (words_read(GetCommandLineW(), &w, &d) == ST_OK) {
		odd = words_odd(&w);
		code = rollcall_main((int)w.count, w.items, odd);
		free(odd);
	} else
		tell_diag(&t, "command line", &d);
	words_fini(&w);
	return code;
}

int wmain(void);

int
wmain(void)
{
	HeapSetInformation(NULL, HeapEnableTerminationOnCorruption, NULL, 0);
	/* A drive without a disk is an error to be told, no window that waits
	 * for somebody to close it. */
	SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOOPENFILEERRORBOX);
	SetConsoleCtrlHandler(on_interrupt, TRUE);
	term_keep_bytes();
	return run_words();
}
