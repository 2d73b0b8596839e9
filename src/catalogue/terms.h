/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_TERMS_H
#define ROLLCALL_CATALOGUE_TERMS_H

#include "base/version.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>

/*
 * What a piece of text says of a release, each part optional: "E2K7 SP3 RU8
 * v3" is product 2007, service pack 3, rollup 8, revision 3. Labels of the
 * catalogue are read by the same rules as what people write, so that the two
 * can be held against each other part by part.
 */
struct terms {
	const struct cat_product *product;
	unsigned	 sp, cu, ru;	/* numbers; 0 is not said */
	unsigned	 revision;
	unsigned	 month;		/* 1 to 12 */
	unsigned	 year;		/* of the century; where month is */
	enum cat_kind	 kind;		/* "security update": CAT_SU */
	bool		 rtm, preview, pre_release;
	char		 kb[8];		/* digits; "" for none */
	char		 bulletin[24];	/* "MS12-058" */
	char		 patch_code[40]; /* "{...}" */
	struct version	 build;		/* parts 0: none; 2, 3, 4 are given */
	bool		 two;		/* two different numbers of one kind */
	char		 unknown[32];	/* the first word that says nothing */
};

/* TEXT is UTF-8; letter case and punctuation do not count. */
void	terms_read(const struct catalogue *c, const char *text,
	    struct terms *out);

/* Does it name anything at all? */
bool	terms_any(const struct terms *t);

/*
 * Could R be what T speaks of? The KB, the build and the patch code are not
 * looked at; LOOSE, which is for when one of them is there, takes less from
 * the words: a public hotfix update may be called an interim update, and a
 * build that was only seen has no name.
 */
bool	terms_fit(const struct terms *t, const struct catalogue *c,
	    const struct cat_release *r, bool loose);

#endif
