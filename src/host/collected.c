/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/collected.h"
#include "base/alloc.h"
#include "base/utf.h"
#include "host/winpath.h"

#include <stdlib.h>
#include <string.h>

/* Folders in which they are, "" being the root itself. */
static const char *const places[] = {
	"", "uploads/auto", "uploads/ntfs", "auto", "ntfs",
};

/* 'C' for "C%3A" and "%5C%5C.%5CC%3A"; else '\0'. */
static char
escaped_letter(const char *name)
{
	static const char device[] = "%5C%5C.%5C";

	if (utf_case_prefix(name, device))
		name += sizeof(device) - 1;
	return name[0] != '\0' && utf_casecmp(name + 1, "%3A") == 0 ?
	    winpath_letter(name[0]) : '\0';
}

bool
collected_is_drive(const char *folder)
{
	size_t end = strlen(folder), begin;
	char *name;
	bool is;

	while (end != 0 && strchr("/\\", folder[end - 1]) != NULL)
		end--;
	for (begin = end; begin != 0 &&
	    strchr("/\\", folder[begin - 1]) == NULL; begin--)
		;
	name = xstrndup(folder + begin, end - begin);
	is = escaped_letter(name) != '\0';
	free(name);
	return is;
}

/* KAPE's are in upper case; "/mnt/c" is a mount like others. */
static char
letter_of(const char *name)
{
	if (name[0] >= 'A' && name[0] <= 'Z' && name[1] == '\0')
		return name[0];
	return escaped_letter(name);
}

/* A folder, and no link to one, which may lead outside of T. */
static bool
is_own_folder(struct tree *t, const char *path)
{
	struct tree_stat ts;

	return tree_stat(t, path, &ts, NULL) == ST_OK &&
	    ts.kind == TREE_FOLDER && !ts.is_link;
}

static bool
is_place(struct tree *t, const char *place)
{
	const char *slash = strchr(place, '/');
	char *above;
	bool is;

	if (slash == NULL)
		return place[0] == '\0' || is_own_folder(t, place);
	above = xstrndup(place, (size_t)(slash - place));
	is = is_own_folder(t, above) && is_own_folder(t, place);
	free(above);
	return is;
}

size_t
collected_find(struct tree *t, const char *root,
    struct collected_drive **out)
{
	struct collected_drive *drives = NULL;
	size_t count = 0, i, k, n;
	char **names, *path;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (!is_place(t, places[i]) ||
		    tree_list(t, places[i], &names, &n, NULL) != ST_OK)
			continue;
		for (k = 0; k < n; k++) {
			char letter = letter_of(names[k]);

			if (letter == '\0')
				continue;
			path = xasprintf("%s/%s", places[i], names[k]);
			if (is_own_folder(t, path)) {
				drives = xpush(drives, count,
				    sizeof(*drives));
				drives[count++] = (struct collected_drive){
				    letter, xasprintf("%s/%s", root,
				    path + strspn(path, "/")) };
			}
			free(path);
		}
		tree_names_free(names, n);
	}
	*out = drives;
	return count;
}

void
collected_free(struct collected_drive *drives, size_t count)
{
	while (count-- > 0)
		free(drives[count].folder);
	free(drives);
}
