/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/xml.h"

#include "xml/parser.h"

#include <libxml/relaxng.h>

struct validation {
	struct parser	*p;
	bool		 vague;		/* a better complaint may follow */
};

/* "Failed to validate attributes" may be followed by which of them. */
static void
on_invalid(void *ctx, XML_ERROR *e)
{
	struct validation *v = ctx;
	struct parser *p = v->p;

	if (v->vague && e->line == p->line)
		p->st = ST_OK;
	if (p->st == ST_OK)
		v->vague = e->code == XML_RELAXNG_ERR_ATTRVALID;
	parser_complain(p, ST_MALFORMED, e->line,
	    e->message != NULL ? e->message : "not of the grammar");
}

static xmlRelaxNG *
load_grammar(struct slice grammar, struct validation *v)
{
	xmlRelaxNGParserCtxt *ctxt;
	xmlRelaxNG *g = NULL;

	ctxt = xmlRelaxNGNewMemParserCtxt((const char *)grammar.p,
	    (int)grammar.n);
	if (ctxt != NULL) {
		xmlRelaxNGSetParserStructuredErrors(ctxt,
		    (xmlStructuredErrorFunc)on_invalid, v);
		g = xmlRelaxNGParse(ctxt);
	}
	xmlRelaxNGFreeParserCtxt(ctxt);
	return g;
}

static enum status
check_tree(struct parser *p, struct slice grammar)
{
	struct validation v = { .p = p };
	xmlRelaxNG *g = load_grammar(grammar, &v);
	xmlRelaxNGValidCtxt *ctxt;

	if (g == NULL || p->st != ST_OK) {
		xmlRelaxNGFree(g);
		diag_wrap(p->d, "grammar");
		return ST_UNSUPPORTED;
	}
	ctxt = xmlRelaxNGNewValidCtxt(g);
	if (ctxt != NULL) {
		xmlRelaxNGSetValidStructuredErrors(ctxt,
		    (xmlStructuredErrorFunc)on_invalid, &v);
		if (xmlRelaxNGValidateDoc(ctxt, p->ctxt->myDoc) != 0)
			parser_complain(p, ST_MALFORMED, 1,
			    "not of the grammar");
	}
	xmlRelaxNGFreeValidCtxt(ctxt);
	xmlRelaxNGFree(g);
	return p->st;
}

enum status
xml_validate(struct slice xml, struct slice grammar, struct diag *d)
{
	struct parser p;
	enum status st;

	st = parser_init(&p, xml, d);
	if (st == ST_OK)
		st = parser_run(&p, xml);
	if (st == ST_OK)
		st = check_tree(&p, grammar);
	parser_fini(&p);
	return st;
}
