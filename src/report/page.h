/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_PAGE_H
#define ROLLCALL_REPORT_PAGE_H

#include "assessment/severity.h"
#include "base/instant.h"
#include "io/sink.h"

#include <stddef.h>

/*
 * A page of HTML in one file. Its content security policy allows its own style
 * and script, by their digests, and nothing else: not from outside, and not
 * what a name of a host would bring along.
 *
 * What is not a constant goes through one of the functions for text; there is
 * no place in a page for text other than in an element or in an attribute
 * between double quotes, and both are escaped alike.
 */

/* page.css, page.js. */
extern const char	page_css[], page_js[];
extern const size_t	page_css_len, page_js_len;

/* To the beginning of the body; TITLE is escaped. */
void		page_begin(struct sink *out, const char *title);
void		page_end(struct sink *out);

/* TEXT, which may be NULL, with what is markup escaped, and control
 * characters as layout_text() has them. */
void		page_text(struct sink *out, const char *text);

/* The same, in which each KB is a link to its page. */
void		page_linked(struct sink *out, const char *text);

/* "<td>TEXT</td>"; CLASS may be NULL. */
void		page_cell(struct sink *out, const char *class_name,
		    const char *text);
void		page_number(struct sink *out, bool known, size_t n);

/* "<dt>NAME</dt><dd>TEXT</dd>"; nothing where TEXT is NULL or empty. */
void		page_pair(struct sink *out, const char *name,
		    const char *text);
void		page_pair_instant(struct sink *out, const char *name,
		    instant t);

/* "required", a class of page.css. */
const char	*page_class(enum severity s);

#endif
