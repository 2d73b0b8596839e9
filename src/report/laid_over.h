/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_LAID_OVER_H
#define ROLLCALL_REPORT_LAID_OVER_H

#include "base/buf.h"
#include "catalogue/catalogue.h"
#include "io/sink.h"
#include "report/style.h"

/*
 * What an answer rests on besides the catalogue inside: nobody should have to
 * guess that a site has changed it. Nothing is said where there is nothing.
 */

/* "catalogue site.xml (SHA-256 01...ef); overlay site of /etc/site.xml
 * (SHA-256 01...ef)" in one line, for formats that have one place for it.
 * The caller's; "" when the catalogue is the one inside, as it is. */
char	*laid_over_line(const struct cat_info *info);

/* The same as a paragraph, an empty line before it. */
void	laid_over_text(const struct cat_info *info,
	    const struct report_style *style, struct sink *out);

/* ", by overlay NAME" behind what came with one; nothing for NULL. */
void	put_overlay(struct buf *b, const struct cat_overlay *o);

#endif
