/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/link.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* What ntfs-3g shows in place of a target (plugins may be missing). */
#define NTFS3G_UNKNOWN	"unsupported reparse"

static bool
is_separator(char c)
{
	return c == '\\' || c == '/';
}

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
same_letter(char a, char upper)
{
	return is_letter(a) && (a & ~0x20) == upper;
}

/* Behind "\??\", "\\?\" or "\\.\", with either separator; else NULL. */
static const char *
skip_device(const char *s)
{
	if (!is_separator(s[0]) || s[1] == '\0' || s[2] == '\0' ||
	    !is_separator(s[3]))
		return NULL;
	if (is_separator(s[1]) && (s[2] == '?' || s[2] == '.'))
		return s + 4;
	return s[1] == '?' && s[2] == '?' ? s + 4 : NULL;
}

/* Behind MOUNT when it leads S, part for part; else NULL. */
static const char *
skip_mount(const char *s, const char *mount)
{
	size_t n = strlen(mount);

	if (n <= 1 || strncmp(s, mount, n) != 0)
		return NULL;
	return s[n] == '/' || s[n] == '\0' ? s + n : NULL;
}

enum link_base
link_parse(const char *target, const char *mount, char letter,
    const char **rest)
{
	const char *device = skip_device(target), *below;
	const char *s = device != NULL ? device : target;

	if (is_letter(s[0]) && s[1] == ':') {
		if (!same_letter(s[0], letter) ||
		    (s[2] != '\0' && !is_separator(s[2])))
			return LINK_OUTSIDE;
		*rest = s + 2;
		return LINK_ROOT;
	}
	/* "\??\Volume{...}", "\??\UNC\server", "\\server". */
	if (device != NULL || (s[0] == '\\' && s[1] == '\\'))
		return LINK_OUTSIDE;
	if (strncmp(s, NTFS3G_UNKNOWN, strlen(NTFS3G_UNKNOWN)) == 0)
		return LINK_OUTSIDE;
	below = skip_mount(s, mount);
	*rest = below != NULL ? below : s;
	return below != NULL || is_separator(s[0]) ? LINK_ROOT : LINK_FOLDER;
}
