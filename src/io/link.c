/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/link.h"
#include "base/buf.h"
#include "base/utf.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* What ntfs-3g shows in place of a target (plugins may be missing). */
#define NTFS3G_UNKNOWN	"unsupported reparse"

/* [MS-FSCC] 2.1.2.1, and where the names begin (2.1.2.5, 2.1.2.4). */
#define TAG_MOUNT_POINT	0xa0000003u
#define TAG_SYMLINK	0xa000000cu
#define MOUNT_POINT_NAMES	16
#define SYMLINK_NAMES		20

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

static uint32_t
upper(uint32_t c)
{
	return c < 0x10000 ? utf_upcase((uint16_t)c) : c;
}

/* skip_mount() for "D:\Backup": in any letter case, with either separator. */
static const char *
skip_drive_mount(const char *s, const char *mount)
{
	while (*mount != '\0') {
		if (!is_separator(*mount)) {
			if (upper(utf8_next(&s)) != upper(utf8_next(&mount)))
				return NULL;
		} else if (mount[1] == '\0')
			break;
		else if (!is_separator(*s++))
			return NULL;
		else
			mount++;
	}
	return is_separator(*s) || *s == '\0' ? s : NULL;
}

/* Behind MOUNT when it leads S, part for part; else NULL. */
static const char *
skip_mount(const char *s, const char *mount)
{
	size_t n = strlen(mount);

	if (is_letter(mount[0]) && mount[1] == ':')
		return skip_drive_mount(s, mount);
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

	below = skip_mount(s, mount);
	if (below != NULL) {
		*rest = below;
		return LINK_ROOT;
	}
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
	*rest = s;
	return is_separator(s[0]) ? LINK_ROOT : LINK_FOLDER;
}

static enum status
damaged(struct diag *d)
{
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, "[MS-FSCC] 2.1.2",
	    "a damaged link");
}

enum status
link_of_reparse_point(struct slice data, char *target, size_t size,
    struct diag *d)
{
	struct cursor c = cursor_of(data);
	uint32_t tag = cursor_u32le(&c);
	enum status st = ST_OK;
	uint16_t off, len;
	struct slice name;
	struct buf text;
	size_t names;

	cursor_skip(&c, 4);		/* length of what follows, reserved */
	off = cursor_u16le(&c);
	len = cursor_u16le(&c);
	if (c.bad)
		return damaged(d);
	if (tag != TAG_SYMLINK && tag != TAG_MOUNT_POINT)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "a link of the unknown kind 0x%08" PRIx32, tag);
	names = tag == TAG_SYMLINK ? SYMLINK_NAMES : MOUNT_POINT_NAMES;
	if (!slice_sub(data, names + off, len, &name))
		return damaged(d);
	buf_init(&text, size - 1);
	if (utf_from_utf16le(name, &text))
		memcpy(target, buf_text(&text), text.len + 1);
	else
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %zu bytes", size - 1);
	buf_fini(&text);
	return st;
}
