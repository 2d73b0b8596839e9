/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/xml.h"

#include "xml/parser.h"

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
	const struct libxml_calls *xml = v->p->xml;
	xmlRelaxNGParserCtxt *ctxt;
	xmlRelaxNG *g = NULL;

	ctxt = xml->RelaxNGNewMemParserCtxt((const char *)grammar.p,
	    (int)grammar.n);
	if (ctxt != NULL) {
		xml->RelaxNGSetParserStructuredErrors(ctxt,
		    (xmlStructuredErrorFunc)on_invalid, v);
		g = xml->RelaxNGParse(ctxt);
	}
	xml->RelaxNGFreeParserCtxt(ctxt);
	return g;
}

static enum status
check_tree(struct parser *p, struct slice grammar)
{
	const struct libxml_calls *xml = p->xml;
	struct validation v = { .p = p };
	xmlRelaxNG *g = load_grammar(grammar, &v);
	xmlRelaxNGValidCtxt *ctxt;

	if (g == NULL || p->st != ST_OK) {
		xml->RelaxNGFree(g);
		diag_wrap(p->d, "grammar");
		return ST_UNSUPPORTED;
	}
	ctxt = xml->RelaxNGNewValidCtxt(g);
	if (ctxt != NULL) {
		xml->RelaxNGSetValidStructuredErrors(ctxt,
		    (xmlStructuredErrorFunc)on_invalid, &v);
		if (xml->RelaxNGValidateDoc(ctxt, p->ctxt->myDoc) != 0)
			parser_complain(p, ST_MALFORMED, 1,
			    "not of the grammar");
	}
	xml->RelaxNGFreeValidCtxt(ctxt);
	xml->RelaxNGFree(g);
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
