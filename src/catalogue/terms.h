/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_TERMS_H
#define ROLLCALL_CATALOGUE_TERMS_H

#include "base/limits.h"
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
	bool		 apart;		/* PRODUCT is a word of its own, no part
					   of a name such as "EX2016" */
	unsigned	 sp, cu, ru;	/* numbers; 0 is not said */
	unsigned	 revision;
	unsigned	 month;		/* 1 to 12 */
	unsigned	 year;		/* 2024; of the month, or by itself */
	unsigned	 by_year;	/* of a whole day: came out by then */
	unsigned	 arch;		/* 64, 86, or another that is no
					   Exchange's */
	enum cat_kind	 kind;		/* "security update": CAT_SU */
	bool		 rtm, preview, pre_release;
	char		 kb[12];	/* digits; "" for none */
	char		 bulletin[24];	/* "MS12-058" */
	char		 cves[QUERY_MAX_CVES][20]; /* "CVE-2024-49040" */
	size_t		 cve_count;
	bool		 more_cves;	/* than those */
	char		 patch_code[40]; /* "{...}" */
	struct version	 build;		/* parts 0: none; 2, 3, 4 are given */
	bool		 display;	/* BUILD is written as the directory
					   does: "Version 14.2 (Build 318.4)" */
	bool		 online;	/* the word */
	bool		 service;	/* Exchange Online */
	unsigned	 ordinal;	/* "HU2": of its branch */
	unsigned	 half_year, half; /* "2025H1" */
	bool		 two;		/* two different numbers of one kind */
	char		 unknown[32];	/* the first word that says nothing */
	char		 odd[44];	/* the first number that is none */
	const char	*relation;	/* "older": it asks for others than it
					   names; or NULL. Static */
};

/* TEXT is of plain_text(); letter case and punctuation do not count. */
void	terms_read(const struct catalogue *c, const char *text,
	    struct terms *out);

/* Does it name anything at all? */
bool	terms_any(const struct terms *t);

/*
 * What of T does R not fit? The KB, the build and the patch code are not
 * looked at; LOOSE, which is for when one of them is there, takes less from
 * the words: a public hotfix update may be called an interim update, and a
 * build that was only seen has no name.
 *
 * In:      LABEL is what the label of R says.
 * Returns: a piece of it in words ("the revision"), static; NULL when R can
 *          be what T speaks of.
 */
const char *terms_misfit(const struct terms *t, const struct terms *label,
	    const struct cat_release *r, bool loose);

#endif
