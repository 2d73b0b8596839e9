/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_ANSWERED_H
#define ROLLCALL_REPORT_ANSWERED_H

#include "base/buf.h"
#include "catalogue/standing.h"
#include "io/sink.h"
#include "json/jsonout.h"
#include "report/style.h"

/*
 * A release that answers a question, and how it stands: the same of a build
 * that somebody asks for and of one that a server tells.
 */
#define ANSWERED_COLUMN	15

/* Rows of it: RE-RELEASE, CURRENT, SUPPORTED, INSTALL. */
void	answered_text(const struct standing *s,
	    const struct report_style *style, struct sink *out);

/* One row of text: LABEL, and behind it TEXT. */
void	answered_row(struct sink *out, const struct report_style *style,
	    const char *label, const char *text);

/* The same in a few words: "; must be replaced; 8 behind; support ended on
 * 2014-04-08". */
void	answered_words(struct buf *b, const struct standing *s);

/* The object of it, in an array that is open. */
void	answered_json(struct jsonout *j, const struct standing *s);

#endif
