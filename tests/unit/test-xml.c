/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/catalogue.h"
#include "xml/node.h"
#include "xml/xml.h"
#include "xml/xmlout.h"
#include "xml/xmlpull.h"

#include <stdio.h>
#include <string.h>

static enum status
parse(const char *text, struct xml_doc **out, struct diag *d)
{
	*d = (struct diag){ .text = "" };
	return xml_parse(slice_of(text, strlen(text), 0), out, d);
}

static void
test_tree(void)
{
	struct xml_doc *doc = NULL;
	const struct xml_node *root, *n;
	struct buf text;
	struct diag d;

	CHECK_ST(parse("<?xml version='1.0'?>\n<!-- c -->\n"
	    "<a xmlns='urn:a' x='1 &lt;&#x26; 2' e=''><?pi?>t<b/>&amp;u"
	    "<![CDATA[<v>]]>w\n<c\nxmlns=''\ny='&lt;\n>'/></a>", &doc, &d),
	    ST_OK, &d);
	if (doc == NULL)
		return;
	root = xml_root(doc);
	CHECK_STR(xml_name(root), "a");
	CHECK_STR(xml_namespace(root), "urn:a");
	CHECK_INT(xml_line(root), 3);
	CHECK_STR(xml_attr(root, "x"), "1 <& 2");
	CHECK_STR(xml_attr(root, "e"), "");
	CHECK(xml_attr(root, "y") == NULL);
	CHECK(xml_attr(root, "xmlns") == NULL);
	buf_init(&text, 64);
	CHECK(xml_text(root, &text));
	CHECK_STR(buf_text(&text), "t&u<v>w\n");
	buf_fini(&text);
	buf_init(&text, 3);
	CHECK(!xml_text(root, &text));
	buf_fini(&text);
	n = xml_child(root);
	CHECK_STR(xml_name(n), "b");
	CHECK(xml_child(n) == NULL);
	n = xml_next(n);
	CHECK_STR(xml_name(n), "c");
	CHECK_STR(xml_namespace(n), "");
	CHECK_INT(xml_line(n), 4);
	CHECK(xml_next(n) == NULL);
	xml_free(doc);
}

/* Each with a word that the diagnosis must have. */
static const struct {
	const char	*what, *text, *says;
} bad[] = {
	{ "nothing", "", "empty" },
	{ "white space", " \n", "line" },
	{ "no XML", "catalogue", "line 1" },
	{ "cut short", "<a>\n<b>", "line 2" },
	{ "crossed tags", "<a><b></a></b>", "line 1" },
	{ "two roots", "<a/>\n\n<b/>", "line 3" },
	{ "document type", "<!DOCTYPE a><a/>", "document type" },
	{ "document type with a subset",
	    "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "document type" },
	{ "document type that would be fetched",
	    "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><a/>",
	    "document type" },
	{ "external entity",
	    "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
	    "<a>&x;</a>", "document type" },
	{ "entity bomb",
	    "<!DOCTYPE a [<!ENTITY b 'bbbbbbbbbb'>"
	    "<!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;'>"
	    "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;'>]><a>&d;</a>",
	    "document type" },
	{ "unknown entity", "<a>&x;</a>", "x" },
	{ "unknown entity in an attribute", "<a b='&x;'/>", "x" },
	{ "repeated attribute", "<a b='1' b='2'/>", "b" },
	{ "attribute repeated through prefixes",
	    "<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "b" },
	{ "unbound prefix", "<a>\n<p:b/></a>", "line 2" },
	{ "lone surrogate", "<a>&#xd800;</a>", "line 1" },
	{ "control character", "<a>\001</a>", "line 1" },
	{ "wrong UTF-8", "<a>\xc3(</a>", "line 1" },
	{ "overlong UTF-8", "<a>\xc0\xaf</a>", "line 1" },
	{ "comment that does not end", "<a><!-- </a>", "line 1" },
	{ "character reference without end", "<a>&#65</a>", "line 1" },
};

static void
test_refused(void)
{
	struct xml_doc *doc;
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		doc = NULL;
		printf("# %s\n", bad[i].what);
		CHECK_ST(parse(bad[i].text, &doc, &d), ST_MALFORMED, &d);
		CHECK(doc == NULL);
		CHECK(strstr(d.text, bad[i].says) != NULL);
		CHECK(strchr(d.text, '\n') == NULL);
		xml_free(doc);
	}
}

/* What the document says of its encoding is not believed. */
static void
test_encoding(void)
{
	static const char utf16[] = "\xff\xfe<\0a\0/\0>\0";
	static const char *const named[] = {
		"<?xml version='1.0' encoding='ISO-8859-1'?><a b='\xc3\xa9'/>",
		("<?xml version='1.0' encoding='windows-1252'?>"
		    "<a b='\xc3\xa9'/>"),
		"<?xml version='1.0' encoding='x-none'?><a b='\xc3\xa9'/>",
	};
	struct xml_doc *doc = NULL;
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(named) / sizeof(named[0]); i++) {
		CHECK_ST(parse(named[i], &doc, &d), ST_OK, &d);
		if (doc != NULL)
			CHECK_STR(xml_attr(xml_root(doc), "b"), "\xc3\xa9");
		xml_free(doc);
		doc = NULL;
	}
	CHECK_ST(xml_parse(slice_of(utf16, sizeof(utf16) - 1, 0), &doc, &d),
	    ST_MALFORMED, &d);
	xml_free(doc);
	doc = NULL;
	CHECK_ST(xml_parse(slice_of("<a>\0</a>", 8, 0), &doc, &d),
	    ST_MALFORMED, &d);
	xml_free(doc);
}

/* DEPTH elements inside each other, WIDTH empty ones in the innermost. */
static void
make(struct buf *b, unsigned depth, unsigned width)
{
	unsigned i;

	buf_init(b, XML_MAX_BYTES);
	for (i = 0; i < depth; i++)
		buf_puts(b, "<a>");
	for (i = 0; i < width; i++)
		buf_puts(b, "<b/>");
	for (i = 0; i < depth; i++)
		buf_puts(b, "</a>");
}

static void
check_made(unsigned depth, unsigned width, enum status want)
{
	struct xml_doc *doc = NULL;
	struct diag d = { .text = "" };
	struct buf b;

	make(&b, depth, width);
	CHECK_ST(xml_parse(buf_slice(&b), &doc, &d), want, &d);
	xml_free(doc);
	buf_fini(&b);
}

static void
check_attributes(unsigned count, enum status want)
{
	struct xml_doc *doc = NULL;
	struct diag d = { .text = "" };
	struct buf b;
	unsigned i;

	buf_init(&b, XML_MAX_BYTES);
	buf_puts(&b, "<a b=\"=\"><c");
	for (i = 0; i < count; i++)
		buf_printf(&b, " a%u=\"\"", i);
	buf_puts(&b, "/></a>");
	CHECK_ST(xml_parse(buf_slice(&b), &doc, &d), want, &d);
	xml_free(doc);
	buf_fini(&b);
}

static void
test_limits(void)
{
	struct xml_doc *doc = NULL;
	struct diag d = { .text = "" };
	struct buf b;

	check_made(XML_MAX_DEPTH, 0, ST_OK);
	check_made(XML_MAX_DEPTH + 1, 0, ST_LIMIT);
	check_made(100000, 0, ST_LIMIT);
	check_made(1, XML_MAX_NODES - 1, ST_OK);
	check_made(1, XML_MAX_NODES, ST_LIMIT);
	check_attributes(XML_MAX_ATTRIBUTES, ST_OK);
	check_attributes(XML_MAX_ATTRIBUTES + 1, ST_LIMIT);
	buf_init(&b, XML_MAX_BYTES + 1);
	buf_puts(&b, "<a/>");
	memset(buf_extend(&b, XML_MAX_BYTES - 4), ' ', XML_MAX_BYTES - 4);
	CHECK_ST(xml_parse(buf_slice(&b), &doc, &d), ST_OK, &d);
	xml_free(doc);
	doc = NULL;
	buf_putc(&b, ' ');
	CHECK_ST(xml_parse(buf_slice(&b), &doc, &d), ST_LIMIT, &d);
	buf_fini(&b);
}

static enum status
validate(const char *text, struct slice grammar, struct diag *d)
{
	*d = (struct diag){ .text = "" };
	return xml_validate(slice_of(text, strlen(text), 0), grammar, d);
}

static void
test_validate(void)
{
	static const char grammar[] =
	    "<element name='a' xmlns='http://relaxng.org/ns/structure/1.0'>"
	    "<oneOrMore><element name='b'><optional><attribute name='c'>"
	    "<value>1</value></attribute></optional></element></oneOrMore>"
	    "</element>";
	struct slice rng = slice_of(grammar, sizeof(grammar) - 1, 0);
	struct diag d;

	CHECK_ST(validate("<a> <b c='1'/>\n<b/></a>", rng, &d), ST_OK, &d);
	CHECK_ST(validate("<a>\n<b/>\n<c/></a>", rng, &d), ST_MALFORMED, &d);
	CHECK(strstr(d.text, "line 3") != NULL);
	CHECK_ST(validate("<a><b/>\n<b c='2'/></a>", rng, &d), ST_MALFORMED,
	    &d);
	CHECK(strstr(d.text, "line 2") != NULL);
	CHECK_ST(validate("<a><b/><b d='2'/></a>", rng, &d), ST_MALFORMED,
	    &d);
	CHECK(strstr(d.text, "attribute d") != NULL);
	CHECK_ST(validate("<a><b/>x</a>", rng, &d), ST_MALFORMED, &d);
	/* The same care as without a grammar. */
	CHECK_ST(validate("<!DOCTYPE a><a><b/></a>", rng, &d), ST_MALFORMED,
	    &d);
	CHECK(strstr(d.text, "document type") != NULL);
	CHECK_ST(validate("<a><b/>", rng, &d), ST_MALFORMED, &d);
	CHECK_ST(validate("<a><b/></a>", slice_of("<a/>", 4, 0), &d),
	    ST_UNSUPPORTED, &d);
}

/* Written out by tests/cli/test-oval.py. */
static void
test_held(void)
{
	static const char *const held[] = { "", "<&>\"'\t\n\r", "\x7f",
	    "\xed\x9f\xbf\xee\x80\x80", "\xef\xbf\xbd", "\xf0\x9f\x98\x80",
	    "\xf4\x8f\xbf\xbf" };
	static const char *const refused[] = { "a\x01", "\x0b", "\x1f",
	    "\xef\xbf\xbe", "\xef\xbf\xbf", "\x80", "a\xc3",
	    "\xed\xa0\x80" };
	size_t i;

	for (i = 0; i < sizeof(held) / sizeof(held[0]); i++)
		CHECK(xmlout_can_hold(held[i]));
	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		CHECK(!xmlout_can_hold(refused[i]));
}

/* Every byte of text, every line, and the order of all. */
static bool
same_tree(const struct xml_node *a, const struct xml_node *b, size_t *count)
{
	struct buf x, y;
	bool same;
	size_t i;

	for (; a != NULL && b != NULL; a = a->next, b = b->next) {
		++*count;
		buf_init(&x, TEXT_MAX);
		buf_init(&y, TEXT_MAX);
		same = strcmp(a->name, b->name) == 0 &&
		    strcmp(a->namespace, b->namespace) == 0 &&
		    a->line == b->line &&
		    a->attribute_count == b->attribute_count &&
		    xml_text(a, &x) && xml_text(b, &y) &&
		    strcmp(buf_text(&x), buf_text(&y)) == 0;
		for (i = 0; same && i < a->attribute_count; i++)
			same = strcmp(a->attributes[i].name,
			    b->attributes[i].name) == 0 &&
			    strcmp(a->attributes[i].value,
			    b->attributes[i].value) == 0;
		buf_fini(&x);
		buf_fini(&y);
		if (!same) {
			printf("# line %u: %s\n", a->line, a->name);
			return false;
		}
		if (!same_tree(a->first, b->first, count))
			return false;
	}
	return a == NULL && b == NULL;
}

/* Both ways to read a text make the same of it; so many elements. PLAIN: it
 * is read in place, with no dictionary of libxml2's. */
static size_t
read_both_ways(struct slice xml, bool plain)
{
	struct xml_doc *a = NULL, *b = NULL;
	enum status st = xml_parse(xml, &a, NULL);
	size_t count = 0;

	CHECK_INT(xml_parse_plain(xml, &b, NULL), st);
	if (a != NULL && b != NULL) {
		CHECK(same_tree(a->root, b->root, &count));
		CHECK_INT(b->names == NULL, plain);
	}
	xml_free(a);
	xml_free(b);
	return count;
}

static void
test_plain(void)
{
	static const char *const texts[] = {
		"<a/>", "<a></a>", "<?xml version=\"1.0\"?>\n<a/>\n",
		"<a xmlns=\"urn:x\" b='1' c=\"2\"><b d=\"\"/>\n<b/></a>",
		"<a>\n  one <b>two</b> three\n</a>",
		"<a b=\"&lt;&amp;&quot;\">&lt;x&gt; &amp;amp; &apos;</a>",
		"<a><!-- <b> - --></a>", "<!-- x -->\n<a><!-- <b>\n-->c"
		"<!---->\nd</a><!-- y -->\n",
		"<a\n  b=\"1\"\n  c=\"2\"\n>\n<b/></a>",
		"<a>x<b/>\n</a>", "<a>\n\n&amp;\n\n<b/>&amp;\n<c/></a>",
		"<a b=\"1\n2\tx &lt;\"\n/>", "<a>\xc3\xa4</a>", NULL,
		/* What is not plain. */
		"", " ", "<a", "<a>", "<a></b>", "<a/><b/>", "x<a/>",
		"<a/>x", "<a b/>", "<a b=1/>", "<a b=\"1/>", "<a>&nbsp;</a>",
		"<a>&#65;</a>", "<a><![CDATA[<b>]]></a>", "<a><?x y?></a>",
		"<!DOCTYPE a><a/>", "<p:a xmlns:p=\"urn:x\"/>",
		"<a p:b=\"1\" xmlns:p=\"urn:x\"/>",
		"<a b=\"1\" xmlns=\"urn:x\"/>", "<a><b xmlns=\"urn:x\"/></a>",
		"<a>\r\n<b/></a>", "<a b='<'/>", "<!-- <a/>", "<?xml <a/>",
		"<a \xc3\xa4=\"1\"/>", "<a>&amp</a>",
		"<a><!-- <b> -- --></a>", "<a><!-- -</a>",
	};
	bool plain = true;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i] == NULL)
			plain = false;
		else
			(void)read_both_ways(slice_of(texts[i],
			    strlen(texts[i]), 0), plain);
	/* The one text that is read like that. */
	CHECK(read_both_ways(catalogue_builtin_xml(), true) > 2500);
}

/* ------------------------------------------------------------- tag by tag */

/* All tags of a document in one line: "+name" and "-name". */
static enum status
pull(struct slice s, char *tags, size_t size, struct diag *d)
{
	struct source src = source_of_slice(&s);
	enum xmlpull_at at = XMLPULL_START;
	struct xmlpull *x = NULL;
	enum status st;
	size_t n = 0;

	*d = (struct diag){ .text = "" };
	tags[0] = '\0';
	st = xmlpull_new(&src, &x, d);
	while (st == ST_OK) {
		st = xmlpull_next(x, &at, d);
		if (st != ST_OK || at == XMLPULL_DONE)
			break;
		if (n + 20 < size)
			n += (size_t)snprintf(tags + n, size - n, "%c%.16s ",
			    at == XMLPULL_START ? '+' : '-', xmlpull_name(x));
	}
	if (st != ST_OK && x != NULL)	/* the same again */
		CHECK_INT(xmlpull_next(x, &at, NULL), st);
	xmlpull_free(x);
	return st;
}

static void
test_pull(void)
{
	static const char text[] = "\xef\xbb\xbf<?xml version='1.0' "
	    "encoding='utf-16'?>\n<a xmlns='urn:a' x='1 &lt;&#x26; 2'>text"
	    "<!-- <no> --><b/><c xmlns='' y=''>\n<d z:q='no' xmlns:z='urn:z' "
	    "q='yes'></d></c></a>";
	struct slice s = slice_of(text, sizeof(text) - 1, 0);
	struct source src = source_of_slice(&s);
	enum xmlpull_at at = XMLPULL_END;
	struct xmlpull *x = NULL;
	char tags[200];
	struct diag d;

	CHECK_ST(pull(s, tags, sizeof(tags), &d), ST_OK, &d);
	CHECK_STR(tags, "+a +b -b +c +d -d -c -a ");
	CHECK_ST(xmlpull_new(&src, &x, &d), ST_OK, &d);
	CHECK_ST(xmlpull_next(x, &at, &d), ST_OK, &d);
	CHECK_INT(at, XMLPULL_START);
	CHECK_STR(xmlpull_namespace(x), "urn:a");
	CHECK_STR(xmlpull_attr(x, "x"), "1 <& 2");
	CHECK(xmlpull_attr(x, "y") == NULL);
	CHECK(xmlpull_attr(x, "xmlns") == NULL);
	CHECK_INT(xmlpull_depth(x), 0);
	CHECK_ST(xmlpull_next(x, &at, &d), ST_OK, &d);
	CHECK_ST(xmlpull_next(x, &at, &d), ST_OK, &d);
	CHECK_INT(at, XMLPULL_END);
	CHECK_STR(xmlpull_name(x), "b");
	CHECK_ST(xmlpull_next(x, &at, &d), ST_OK, &d);
	CHECK_STR(xmlpull_namespace(x), "");
	CHECK_STR(xmlpull_attr(x, "y"), "");
	CHECK_ST(xmlpull_next(x, &at, &d), ST_OK, &d);
	CHECK_STR(xmlpull_attr(x, "q"), "yes");
	CHECK_INT(xmlpull_depth(x), 2);
	CHECK_INT(xmlpull_line(x), 3);
	xmlpull_free(x);
}

static void
test_pull_refuses(void)
{
	static const struct {
		const char	*text;
		enum status	 st;
		const char	*says;
	} rows[] = {
		{ "", ST_MALFORMED, "line 1" },
		{ "<a>", ST_MALFORMED, "line 1" },
		{ "<a></b>", ST_MALFORMED, "line 1" },
		{ "<a/><b/>", ST_MALFORMED, "line 1" },
		{ "<a x='&e;'/>", ST_MALFORMED, "line 1" },
		{ "<a>\n&e;</a>", ST_MALFORMED, "line 2" },
		{ "<a x='\xff'/>", ST_MALFORMED, "line 1" },
		{ "\xff\xfe<\0a\0", ST_MALFORMED, "line 1" },
		{ "<!DOCTYPE a><a/>", ST_MALFORMED, "document type" },
		{ "<!DOCTYPE a [<!ENTITY e 'x'>]><a>&e;</a>", ST_MALFORMED,
		    "document type" },
		{ "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'file:///etc/"
		    "passwd'><a/>", ST_MALFORMED, "document type" },
		{ "<a x='1' x='2'/>", ST_MALFORMED, "line 1" },
	};
	char tags[200];
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK_ST(pull(slice_of(rows[i].text, strlen(rows[i].text), 0),
		    tags, sizeof(tags), &d), rows[i].st, &d);
		CHECK(strstr(d.text, rows[i].says) != NULL);
		if (strstr(d.text, rows[i].says) == NULL)
			printf("# %s: %s\n", rows[i].text, d.text);
	}
}

/* TEXT, and then MORE so often. */
static enum status
pull_many(const char *text, const char *more, size_t times, struct diag *d)
{
	enum status st;
	char tags[64];
	struct buf b;

	buf_init(&b, 8 * XMLPULL_MAX_RUN);
	buf_puts(&b, text);
	while (times-- > 0)
		buf_puts(&b, more);
	CHECK(!b.full);
	st = pull(buf_slice(&b), tags, sizeof(tags), d);
	buf_fini(&b);
	return st;
}

static void
test_pull_limits(void)
{
	struct source large = { .size = (uint64_t)XMLPULL_MAX_BYTES + 1 };
	struct xmlpull *x = NULL;
	struct diag d;

	CHECK_ST(xmlpull_new(&large, &x, &d), ST_LIMIT, &d);
	CHECK_ST(pull_many("", "<a>", XML_MAX_DEPTH + 1, &d), ST_LIMIT, &d);
	CHECK(strstr(d.text, "nested too deep") != NULL);
	CHECK_ST(pull_many("<a", " b=''", XML_MAX_ATTRIBUTES + 1, &d),
	    ST_LIMIT, &d);
	CHECK(strstr(d.text, "too many attributes") != NULL);
	CHECK_ST(pull_many("<a b='", "0123456789", XMLPULL_MAX_RUN / 10 + 1,
	    &d), ST_LIMIT, &d);
	CHECK(strstr(d.text, "too long") != NULL);
	CHECK_ST(pull_many("<a>", "0123456789", XMLPULL_MAX_RUN / 10 + 1,
	    &d), ST_LIMIT, &d);
	CHECK(strstr(d.text, "too long") != NULL);
}

static void
pull_quietly(struct slice s)
{
	char tags[64];
	struct diag d;
	enum status st = pull(s, tags, sizeof(tags), &d);

	CHECK(st == ST_OK || d.text[0] != '\0');
}

static void
test_pull_damage(void)
{
	static const char text[] = "<a xmlns='urn:a' x='1'><b y='&lt;'/>t"
	    "<c><![CDATA[<v>]]></c></a>";

	hostile_sweep((const uint8_t *)text, sizeof(text) - 1, 1,
	    pull_quietly);
	hostile_flips((const uint8_t *)text, sizeof(text) - 1, 500, 18,
	    pull_quietly);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a tree with everything", test_tree },
		{ "what is refused", test_refused },
		{ "encodings", test_encoding },
		{ "limits", test_limits },
		{ "a grammar", test_validate },
		{ "what a document can hold", test_held },
		{ "plain text, read both ways", test_plain },
		{ "tag by tag", test_pull },
		{ "tag by tag: what is refused", test_pull_refuses },
		{ "tag by tag: limits", test_pull_limits },
		{ "tag by tag: damage", test_pull_damage },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
