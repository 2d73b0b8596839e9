/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"

#include "base/utf.h"

#include <string.h>

/* How findings call things. */

const char *
behind_place(const char *text, const struct evidence *e)
{
	size_t n = e != NULL ? strlen(e->where) : 0;

	return n != 0 && strncmp(text, e->where, n) == 0 &&
	    strncmp(text + n, ": ", 2) == 0 ? text + n + 2 : text;
}

const char *
why_unread(const struct judge *j, ev_id id)
{
	const struct evidence *e = scene_evidence(j->scene, id);

	return e != NULL && e->value != NULL ? behind_place(e->value, e) :
	    "its hive is closed";
}

char *
instant_words(instant t, char *text)
{
	instant_format(t, text);
	text[strcspn(text, "T")] = ' ';
	return text;
}

const char *
msi_words(const struct site_product *p)
{
	return p->name != NULL ? p->name : "the product itself";
}

const char *
update_words(const struct site_update *u)
{
	return u->display_name != NULL && u->display_name[0] != '\0' ?
	    u->display_name : "an update without a name";
}

bool
names_width(const char *name, const char *width)
{
	for (; *name != '\0'; name++)
		if (utf_case_prefix(name, width))
			return true;
	return false;
}

const char *
package_for(const struct cat_release *r, bool is_x86)
{
	size_t i;

	for (i = 0; i < r->package_count; i++)
		if (names_width(r->packages[i].name, "-x86") == is_x86)
			return r->packages[i].name;
	return NULL;
}
