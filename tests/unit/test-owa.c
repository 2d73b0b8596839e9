/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "fetch/owa.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

static struct slice
slice_of_text(const char *s)
{
	return slice_of(s, strlen(s), 0);
}

static const struct {
	const char	*page;
	const char	*path;		/* NULL: there is none */
	const char	*build;
	unsigned	 parts;
} pages[] = {
	{ "/owa/15.1.2507/", "/owa/15.1.2507/", "15.1.2507.0", 3 },
	{ "<a href=\"/owa/auth/15.1.2507/x.css\">", "/owa/auth/15.1.2507/",
	    "15.1.2507.0", 3 },
	{ "/OWA/Auth/15.1.2507/", "/OWA/Auth/15.1.2507/", "15.1.2507.0", 3 },
	{ "'/owa/14.2.318.2/themes/'", "/owa/14.2.318.2/", "14.2.318.2", 4 },
	{ "/owa/8.3.83.4/", "/owa/8.3.83.4/", "8.3.83.4", 4 },
	/* The first that is whole counts. */
	{ "/owa/15.1/ /owa/15.2.1/ /owa/15.3.1/", "/owa/15.2.1/",
	    "15.2.1.0", 3 },
	{ "/owa//owa/15.2.1/", "/owa/15.2.1/", "15.2.1.0", 3 },
	{ "/owa/owa/15.2.1/", "/owa/15.2.1/", "15.2.1.0", 3 },
	/* Of this server, and of another one. */
	{ "<a href=\"https://mail.example.com:8443/owa/15.2.1/\">",
	    "/owa/15.2.1/", "15.2.1.0", 3 },
	{ "//MAIL.example.com:8443/x/owa/15.2.1/", "/owa/15.2.1/",
	    "15.2.1.0", 3 },
	{ "https://mail.example.com/owa/15.1.1/ /owa/15.2.1/",
	    "/owa/15.2.1/", "15.2.1.0", 3 },
	{ "<a href=https://other.example.com/owa/15.2.1/>", NULL, NULL, 0 },
	{ "//other/owa/15.2.1/", NULL, NULL, 0 },
	{ "https:\\\\other/owa/15.2.1/", NULL, NULL, 0 },
	{ "https://mail.example.com:84433/owa/15.2.1/", NULL, NULL, 0 },
	{ "https://mail.example.com:8443.other/owa/15.2.1/", NULL, NULL, 0 },
	{ "https://mail.example.com:8443@other/owa/15.2.1/", NULL, NULL, 0 },
	{ "", NULL, NULL, 0 },
	{ "/", NULL, NULL, 0 },
	{ "/owa/", NULL, NULL, 0 },
	{ "/owa/auth/auth/15.1.2507/", NULL, NULL, 0 },
	{ "/owa/15.1.2507", NULL, NULL, 0 },
	{ "/owa/15.1.2507\"", NULL, NULL, 0 },
	{ "/owa/15.1/", NULL, NULL, 0 },
	{ "/owa/15..2507/", NULL, NULL, 0 },
	{ "/owa/.15.1.2507/", NULL, NULL, 0 },
	{ "/owa/15.1.2507./", NULL, NULL, 0 },
	{ "/owa/15.1.2507.1.2/", NULL, NULL, 0 },
	{ "/owa/15.1.999999/", NULL, NULL, 0 },
	{ "/owa/15.1.-2507/", NULL, NULL, 0 },
	{ "/ecp/15.1.2507/", NULL, NULL, 0 },
};

static void
paths(void)
{
	char text[VERSION_TEXT];
	struct slice path;
	struct version v;
	size_t i;

	for (i = 0; i < COUNT(pages); i++) {
		size_t at = 0;
		bool found = owa_next_path(slice_of_text(pages[i].page),
		    "mail.example.com:8443", &at, &path, &v);

		CHECK_INT(found, pages[i].path != NULL);
		if (!found || pages[i].path == NULL)
			continue;
		CHECK(slice_is(path, pages[i].path));
		CHECK_INT(v.parts, pages[i].parts);
		v.parts = 4;
		CHECK_STR(version_format(v, text), pages[i].build);
	}
}

#define V1	"xmlns:v1='urn:schemas-microsoft-com:asm.v1'"
#define MANIFEST(attributes)						\
	"<?xml version='1.0'?>\n<v1:assembly " V1 ">\n"			\
	"<description/>\n<v1:assemblyIdentity " attributes "/>\n"	\
	"</v1:assembly>"

static const struct {
	const char	*xml;
	const char	*build;		/* NULL: ST_MALFORMED */
} manifests[] = {
	{ MANIFEST("version='15.1.2507.6'"), "15.1.2507.6" },
	{ MANIFEST("name='x' version='15.1.2507'"), "15.1.2507" },
	{ MANIFEST("version='15.1'"), NULL },
	{ MANIFEST("version=''"), NULL },
	{ MANIFEST("version='&x;'"), NULL },
	{ MANIFEST("name='x'"), NULL },
	{ "<assembly><assemblyIdentity version='15.1.2507.6'/></assembly>",
	    NULL },
	{ "<v1:assembly " V1 "/>", NULL },
	{ "<v1:other " V1 "><v1:assemblyIdentity version='15.1.2507.6'/>"
	    "</v1:other>", NULL },
	{ "<!DOCTYPE a><v1:assembly " V1 "/>", NULL },
	{ "<html></html>", NULL },
	{ "", NULL },
};

static void
export_tool_manifests(void)
{
	char text[VERSION_TEXT];
	struct version v;
	size_t i;

	for (i = 0; i < COUNT(manifests); i++) {
		struct diag d = { 0 };
		enum status st = owa_manifest(
		    slice_of_text(manifests[i].xml), &v, &d);

		CHECK_ST(st, manifests[i].build != NULL ? ST_OK :
		    ST_MALFORMED, &d);
		if (st == ST_OK && manifests[i].build != NULL)
			CHECK_STR(version_format(v, text),
			    manifests[i].build);
	}
}

static void
scan(struct slice page)
{
	struct slice path;
	struct version v;

	size_t at = 0;

	while (owa_next_path(page, "mail", &at, &path, &v))
		CHECK(path.n >= strlen("/owa/1.1.1/") && v.parts >= 3);
}

static void
damaged_pages(void)
{
	size_t i;

	for (i = 0; i < COUNT(pages); i++)
		if (pages[i].page[0] != '\0')
			hostile_sweep((const uint8_t *)pages[i].page,
			    strlen(pages[i].page), 1, scan);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "paths in pages", paths },
		{ "export tool manifests", export_tool_manifests },
		{ "damaged pages", damaged_pages },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
