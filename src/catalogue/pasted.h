/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_PASTED_H
#define ROLLCALL_CATALOGUE_PASTED_H

#include "base/version.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Inside the queries only. A line of a log, a table or a list, in which most
 * is of no interest: paths, days, times, labels and versions of other
 * products are no builds.
 */
enum pasted_kind {
	PASTED_BUILD,		/* of a file or of Windows Installer */
	PASTED_DISPLAY,		/* as Active Directory keeps it */
	PASTED_HEADER,		/* of a transport, in a header of mail */
	PASTED_WORDS,		/* a KB, CVE, code or package: TEXT asks */
};

struct pasted_item {
	enum pasted_kind kind;
	struct version	 build;		/* unless PASTED_WORDS */
	char		*text;		/* owned; as it stands in the line */
};

struct pasted {
	struct pasted_item *items;	/* in the order of the line */
	size_t		 count;
	char		*rest;		/* the line, without what says nothing;
					   blanks in its place */
};

/*
 * In:      TEXT is of plain_text(), one line; BLOCK: one of many, among which
 *          are addresses of hosts.
 * Out:     *OUT is the caller's, for pasted_fini(). Builds are told alone
 *          where there are any; else KBs; else CVEs; else codes and packages.
 * Limits:  PASTED_MAX_ITEMS.
 */
void	pasted_read(const struct catalogue *c, const char *text,
	    bool block, struct pasted *out);
void	pasted_fini(struct pasted *p);

#endif
