/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/learned.h"

#include "base/slice.h"
#include "base/utf.h"
#include "xml/xmlout.h"

#include <inttypes.h>
#include <string.h>

#define NAME_MAX_CHARS	32	/* of short-id in data/catalogue.rng */
#define LETTERS		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS		"0123456789"

bool
learned_is_line(const char *text)
{
	size_t len = strlen(text);
	const char *p;

	if (len == 0 || text[0] == ' ' || text[len - 1] == ' ' ||
	    !utf8_valid(slice_of(text, len, 0)))
		return false;
	/* XML has no place for control characters. */
	for (p = text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			return false;
	return true;
}

bool
learned_is_name(const char *text)
{
	size_t len = strlen(text), i;

	if (len == 0 || len > NAME_MAX_CHARS ||
	    strspn(text, LETTERS DIGITS "-.") != len)
		return false;
	/* One "-" or "." at a time, between others. */
	for (i = 0; i < len; i++)
		if (strchr("-.", text[i]) != NULL && (i == 0 ||
		    i + 1 == len || strchr("-.", text[i + 1]) != NULL))
			return false;
	return true;
}

static void
put_digest(struct sink *out, const struct digest *d)
{
	char hex[2 * DIGEST_MAX + 1];

	sink_printf(out, "      <digest algorithm=\"%s\"\n"
	    "              hex=\"%s\"\n"
	    "              sources=\"LEARNED\"/>\n", digest_name(d->alg),
	    digest_hex(d, hex));
}

static void
put_package(struct sink *out, const struct learned_package *p)
{
	const struct inspected *seen = p->seen;

	sink_puts(out, "    <package name=\"");
	xmlout_text(out, p->name);
	sink_printf(out, "\" evidence=\"LEARNED\"\n"
	    "             size=\"%" PRIu64 "\">\n", seen->facts->size);
	put_digest(out, &seen->facts->digests.of[DIGEST_SHA256]);
	put_digest(out, &seen->facts->digests.of[DIGEST_SHA1]);
	sink_puts(out, "    </package>\n");
}

static void
put_patch(struct sink *out, const struct msi_patch *patch)
{
	size_t i;

	sink_printf(out, "    <patch code=\"%s\" sources=\"LEARNED\"%s\n",
	    patch->code, patch->target_count == 0 ? "/>" : ">");
	for (i = 0; i < patch->target_count; i++)
		sink_printf(out, "      <target>%s</target>\n",
		    patch->targets[i]);
	if (patch->target_count != 0)
		sink_puts(out, "    </patch>\n");
}

/* Is package I the first of its release? */
static bool
begins_release(const struct learned *o, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (o->packages[k].seen->release ==
		    o->packages[i].seen->release)
			return false;
	return true;
}

/* All packages of the release of number FIRST. The grammar wants packages
 * before patch codes. */
static void
put_release(const struct learned *o, size_t first, struct sink *out)
{
	const struct cat_release *r = o->packages[first].seen->release;
	size_t i;

	sink_printf(out, "  <extend release=\"%s\">\n", r->id);
	for (i = first; i < o->package_count; i++)
		if (o->packages[i].seen->release == r)
			put_package(out, &o->packages[i]);
	for (i = first; i < o->package_count; i++)
		if (o->packages[i].seen->release == r &&
		    o->packages[i].seen->facts->has_patch)
			put_patch(out, &o->packages[i].seen->facts->patch);
	sink_puts(out, "  </extend>\n");
}

void
learned_xml(const struct learned *o, const struct report_style *style,
    struct sink *out)
{
	char day[INSTANT_TEXT];
	size_t i;

	(void)style;
	sink_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
	sink_printf(out, "<overlay xmlns=\"urn:rollcall:catalogue:1\" "
	    "name=\"%s\" issued=\"%s\">\n", o->name,
	    instant_format_day(o->issued, day));
	sink_puts(out, "  <source id=\"LEARNED\" title=\"Packages that this "
	    "site holds\"\n          where=\"rollcall catalogue "
	    "learn\"/>\n");
	for (i = 0; i < o->package_count; i++)
		if (begins_release(o, i))
			put_release(o, i, out);
	sink_puts(out, "</overlay>\n");
}
