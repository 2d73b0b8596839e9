/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_LAID_OVER_H
#define ROLLCALL_REPORT_LAID_OVER_H

#include "assessment/rests.h"
#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "io/sink.h"
#include "report/csv.h"
#include "report/style.h"

/*
 * What an answer rests on besides the catalogue inside: nobody should have to
 * guess that a site has changed it. Nothing is said where there is nothing.
 */

/* "catalogue site.xml (SHA-256 01...ef); overlay site of /etc/site.xml
 * (SHA-256 01...ef)" in one line, for formats that have one place for it.
 * The caller's; "" when the catalogue is the one inside, as it is. */
char	*laid_over_line(const struct cat_info *info);

/*
 * The same in two lines for each, unless STYLE is quiet:
 *
 *	By overlay site of /etc/site.xml
 *	  SHA-256 01...ef
 */
void	laid_over_lines(const struct cat_info *info,
	    const struct report_style *style, struct sink *out);

/* With an empty line before them. */
void	laid_over_text(const struct cat_info *info,
	    const struct report_style *style, struct sink *out);

/* The same as a paragraph of a page. */
void	laid_over_html(const struct cat_info *info, struct sink *out);

/* The same as lines of a plugin, one for each. */
void	laid_over_nagios(const struct cat_info *info, struct sink *out);

/* The same in the last two cells of a row: the names of those that the row
 * rests on, and all that was laid over. */
#define LAID_OVER_COLUMNS	"overlays,laid_over"
void	laid_over_cells(const struct cat_info *info, const struct rests *r,
	    struct csv *c);

/* ", by overlay NAME" behind what came with one; nothing for NULL. */
void	put_overlay(struct buf *b, const struct cat_overlay *o);

#endif
