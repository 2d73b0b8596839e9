/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/winpath.h"
#include "base/alloc.h"
#include "base/utf.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool
is_separator(char c)
{
	return c == '\\' || c == '/';
}

char
winpath_letter(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return c >= 'A' && c <= 'Z' ? c : '\0';
}

/* Behind "\\?\", "\\.\" or "\??\"; S itself without. */
static const char *
skip_device(const char *s)
{
	if (is_separator(s[0]) && is_separator(s[1]) &&
	    (s[2] == '?' || s[2] == '.') && is_separator(s[3]))
		return s + 4;
	if (is_separator(s[0]) && s[1] == '?' && s[2] == '?' &&
	    is_separator(s[3]))
		return s + 4;
	return s;
}

static bool
is_unc(const char *path, const char *s)
{
	if (s != path)
		return utf_case_prefix(s, "UNC") && is_separator(s[3]);
	return is_separator(s[0]) && is_separator(s[1]);
}

enum status
winpath_split(const char *path, char *letter, char **rest, struct diag *d)
{
	bool quoted = path[0] == '"';
	const char *start = path + quoted;
	const char *s = skip_device(start);
	size_t len = quoted ? strcspn(s, "\"") : strlen(s);

	if (is_unc(start, s))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "%s: on a server, not on this machine", path);
	if (winpath_letter(s[0]) == '\0' || s[1] != ':' ||
	    (len > 2 && !is_separator(s[2])))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "%s: no complete path with a drive", path);
	*letter = winpath_letter(s[0]);
	*rest = xstrndup(s + 2, len - 2);
	return ST_OK;
}
