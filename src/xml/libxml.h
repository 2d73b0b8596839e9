/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_XML_LIBXML_H
#define ROLLCALL_XML_LIBXML_H

#include "base/status.h"

#include <libxml/SAX2.h>
#include <libxml/dict.h>
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/xmlreader.h>

/* Inside the xml layer only: the functions of libxml2 that are called,
 * "NewParserCtxt" is xmlNewParserCtxt. */
#define LIBXML_CALLS(X)				\
	X(InitParser)				\
	X(NewParserCtxt)			\
	X(FreeParserCtxt)			\
	X(CtxtReadMemory)			\
	X(StopParser)				\
	X(SAX2GetLineNumber)			\
	X(FreeDoc)				\
	X(DictReference)			\
	X(DictFree)				\
	X(ReaderForIO)				\
	X(FreeTextReader)			\
	X(TextReaderSetStructuredErrorHandler)	\
	X(TextReaderRead)			\
	X(TextReaderNodeType)			\
	X(TextReaderIsEmptyElement)		\
	X(TextReaderDepth)			\
	X(TextReaderCurrentNode)		\
	X(TextReaderGetParserLineNumber)	\
	X(RelaxNGNewMemParserCtxt)		\
	X(RelaxNGFreeParserCtxt)		\
	X(RelaxNGSetParserStructuredErrors)	\
	X(RelaxNGParse)				\
	X(RelaxNGFree)				\
	X(RelaxNGNewValidCtxt)			\
	X(RelaxNGFreeValidCtxt)			\
	X(RelaxNGSetValidStructuredErrors)	\
	X(RelaxNGValidateDoc)

struct libxml_calls {
#define X(name)	__typeof__(xml##name) *name;
	LIBXML_CALLS(X)
#undef X
};

/*
 * Load libxml2, once for all threads; it stays loaded. (Where it is part of
 * the program, libxml_static.c, only set it up.)
 *
 * Out:     *OUT is static.
 * Returns: ST_OK; ST_UNSUPPORTED when it is not there.
 */
MUST_CHECK
enum status	libxml_load(const struct libxml_calls **out, struct diag *d);

#endif
