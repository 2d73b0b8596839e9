/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/judge.h"

#include <string.h>

/* What the catalogue says of how a release is installed, with the names of
 * what is at hand. */

const char *
install_package(const struct cat_release *r, bool is_x86)
{
	size_t i;

	for (i = 0; i < r->package_count; i++)
		if (names_width(r->packages[i].name, ".msp") &&
		    names_width(r->packages[i].name, "-x86") == is_x86)
			return r->packages[i].name;
	return "PACKAGE.msp";
}

void
put_install_step(struct buf *b, const struct judge *j, const char *text,
    const char *package)
{
	const struct {
		const char	*mark, *name;
	} names[] = {
		{ "{package}", package },
		{ "{server}", j->inv->name != NULL ? j->inv->name :
		    "SERVER" },
	};
	size_t i, len;

	for (; *text != '\0'; text += len) {
		len = 1;
		for (i = 0; i < 2; i++)
			if (strncmp(text, names[i].mark,
			    strlen(names[i].mark)) == 0)
				break;
		if (i < 2) {
			buf_puts(b, names[i].name);
			len = strlen(names[i].mark);
		} else
			(void)buf_append(b, text, 1);
	}
}

void
put_install_run(struct buf *b, const struct judge *j,
    const struct cat_release *r, bool is_x86)
{
	const struct cat_install *x = catalogue_install(j->cat, r,
	    release_is_base(r));
	const char *file = package_for(r, is_x86);
	size_t i;

	for (i = 0; x != NULL && i < x->step_count; i++)
		if (x->steps[i].run)
			break;
	if (x == NULL || i == x->step_count)
		return;
	buf_printf(b, "\nHow %s is installed", r->name);
	if (file != NULL)
		buf_printf(b, ": its package is %s", file);
	buf_puts(b, ". ");
	put_install_step(b, j, x->steps[i].text, install_package(r,
	    is_x86));
	if (file != NULL && names_width(file, ".exe") &&
	    strstr(x->steps[i].text, "{package}") != NULL)
		buf_puts(b, ", where PACKAGE.msp is the patch inside");
	buf_puts(b, "\n\"scan --target next\" tells what would stop it, and "
	    "every step.");
}
