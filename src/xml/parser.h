/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_XML_PARSER_H
#define ROLLCALL_XML_PARSER_H

#include "base/slice.h"
#include "base/status.h"
#include "xml/libxml.h"

#include <stdbool.h>
#include <stddef.h>

/* Inside the xml layer only: libxml2's parser, hardened. */

/* What handlers of structured errors get; libxml2 2.12 made it const. */
#if LIBXML_VERSION >= 21200
#define XML_ERROR	const xmlError
#else
#define XML_ERROR	xmlError
#endif

/* One run of the parser; its handlers find it in the context's _private. */
struct parser {
	const struct libxml_calls *xml;
	xmlParserCtxt	*ctxt;
	enum status	 st;
	struct diag	*d;		/* of the first complaint */
	int		 line;		/* of the first complaint */
	size_t		 nodes;		/* elements, attributes, namespaces */
	size_t		 depth;		/* of open elements */
	startElementNsSAX2Func start;	/* handlers behind the checks */
	endElementNsSAX2Func end;
	void		*user;
};

/*
 * Set up a run that refuses every document type and keeps to the limits.
 * The handlers build libxml2's tree; a caller that wants none replaces
 * P->start, P->end and those of the context that these do not stand for.
 *
 * Returns: ST_OK; ST_LIMIT; ST_MALFORMED for no bytes at all; ST_IO;
 *          ST_UNSUPPORTED without libxml2.
 */
MUST_CHECK
enum status	parser_init(struct parser *p, struct slice xml,
		    struct diag *d);
void		parser_fini(struct parser *p);

/*
 * Read XML. What the handlers leave behind in the context's myDoc is the
 * caller's.
 *
 * Returns: ST_OK; ST_MALFORMED; ST_LIMIT.
 */
MUST_CHECK
enum status	parser_run(struct parser *p, struct slice xml);

/* Record a complaint, unless there is one. */
void		parser_complain(struct parser *p, enum status st, int line,
		    const char *what);

#endif
