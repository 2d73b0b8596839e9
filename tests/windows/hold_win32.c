/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/sink.h"
#include "io/wide_win32.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

/*
 * What tests want another program to do: "hold-win32 HOW PATH", which says
 * "ready" and then waits for the end of standard input.
 *
 * alone:   PATH open, and no sharing
 * shared:  PATH open, and everything shared
 * sink:    PATH as rollcall writes its output, half of it written
 * load:    the library PATH, as Windows finds it
 */

static HANDLE
hold(const char *path, DWORD share)
{
	wchar_t *wide = NULL;
	HANDLE h = INVALID_HANDLE_VALUE;

	if (wide_path(path, &wide, NULL) == ST_OK)
		h = CreateFileW(wide, GENERIC_READ | GENERIC_WRITE, share,
		    NULL, OPEN_EXISTING, 0, NULL);
	free(wide);
	return h;
}

static bool
half_a_sink(const char *path)
{
	struct sink *s = NULL;

	if (sink_open(path, &s, NULL) != ST_OK)
		return false;
	sink_puts(s, "half");
	return true;
}

static bool
act(const char *how, const char *path)
{
	if (strcmp(how, "alone") == 0)
		return hold(path, 0) != INVALID_HANDLE_VALUE;
	if (strcmp(how, "shared") == 0)
		return hold(path, FILE_SHARE_READ | FILE_SHARE_WRITE |
		    FILE_SHARE_DELETE) != INVALID_HANDLE_VALUE;
	if (strcmp(how, "sink") == 0)
		return half_a_sink(path);
	return LoadLibraryA(path) != NULL;
}

int
main(int argc, char **argv)
{
	bool ok = argc == 3 && act(argv[1], argv[2]);

	puts(ok ? "ready" : "failed");
	fflush(stdout);
	while (ok && getchar() != EOF)
		;
	return ok ? 0 : 1;
}
