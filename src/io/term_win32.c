/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/term_win32.h"
#include "base/alloc.h"
#include "io/term.h"
#include "io/wide_win32.h"

#include <errno.h>
#include <fcntl.h>
#include <io.h>
#include <stdlib.h>
#include <windows.h>

#ifndef ENABLE_VIRTUAL_TERMINAL_PROCESSING
#define ENABLE_VIRTUAL_TERMINAL_PROCESSING	0x0004
#endif

/* WriteConsoleW() of Windows 6.0 fails above 64 KiB. */
#define WRITE_UNITS	8192

/* The modes that consoles had, to be given back at the end. */
static struct {
	HANDLE	console;
	DWORD	mode;
} changed[2];

void
term_keep_bytes(void)
{
	_setmode(_fileno(stdin), _O_BINARY);
	_setmode(_fileno(stdout), _O_BINARY);
	_setmode(_fileno(stderr), _O_BINARY);
}

static HANDLE
console_of(FILE *f, DWORD *mode)
{
	HANDLE h = (HANDLE)_get_osfhandle(_fileno(f));

	/* A descriptor without a stream has the handle -2. */
	if ((intptr_t)h < 0 || !GetConsoleMode(h, mode))
		return NULL;
	return h;
}

bool
term_is(FILE *f)
{
	DWORD mode;

	return console_of(f, &mode) != NULL;
}

unsigned
term_columns(FILE *f)
{
	CONSOLE_SCREEN_BUFFER_INFO info;
	DWORD mode;
	HANDLE h = console_of(f, &mode);

	if (h == NULL || !GetConsoleScreenBufferInfo(h, &info))
		return 0;
	/* The window, not what can be scrolled to. */
	return (unsigned)(info.srWindow.Right - info.srWindow.Left + 1);
}

void
term_give_back(void)
{
	size_t i;

	for (i = 0; i < sizeof(changed) / sizeof(changed[0]); i++)
		if (changed[i].console != NULL)
			SetConsoleMode(changed[i].console, changed[i].mode);
}

bool
term_takes_sequences(FILE *f)
{
	size_t i = f == stderr;
	DWORD mode;
	HANDLE h = console_of(f, &mode);

	if (h == NULL)
		return false;
	if (mode & ENABLE_VIRTUAL_TERMINAL_PROCESSING)
		return true;
	/* Windows 10 and Server 2016 can; older ones refuse. */
	if (!SetConsoleMode(h, mode | ENABLE_PROCESSED_OUTPUT |
	    ENABLE_VIRTUAL_TERMINAL_PROCESSING))
		return false;
	if (changed[0].console == NULL && changed[1].console == NULL)
		(void)atexit(term_give_back);
	changed[i].console = h;
	changed[i].mode = mode;
	return true;
}

static bool
write_units(HANDLE console, const wchar_t *units, size_t n)
{
	while (n > 0) {
		DWORD want = n < WRITE_UNITS ? (DWORD)n : WRITE_UNITS;
		DWORD done = 0;

		/* Never between the halves of a surrogate pair. */
		if (want < n && IS_HIGH_SURROGATE(units[want - 1]))
			want--;
		if (!WriteConsoleW(console, units, want, &done, NULL) ||
		    done == 0)
			return false;
		units += done;
		n -= done;
	}
	return true;
}

/* The code page of a console is the user's business, and 65001 works in none
 * before Windows 10: so UTF-16, which every console takes. */
bool
term_write(FILE *f, const void *p, size_t len)
{
	DWORD mode;
	HANDLE console = console_of(f, &mode);
	wchar_t *wide;
	char *text;
	bool ok;

	if (console == NULL)
		return len == 0 || fwrite(p, 1, len, f) == len;
	if (fflush(f) != 0)
		return false;
	text = xstrndup(p, len);
	wide = wide_of(text);
	ok = write_units(console, wide, wcslen(wide));
	if (!ok)
		errno = EIO;
	free(wide);
	free(text);
	return ok;
}
