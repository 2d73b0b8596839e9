/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/report.h"

#include "base/alloc.h"
#include "report/oval.h"
#include "xml/xmlout.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/*
 * Spec:    OVAL Language 5.11.1, schemas oval-system-characteristics and
 *          windows-system-characteristics
 *
 * What XML cannot hold is told in a message, and its element says "error",
 * so that no definition is true or false by a text that is not the one of
 * the registry.
 */

#define OVAL_NS	"http://oval.mitre.org/XMLSchema/oval-"
#define ROOT	"HKLM\\"

static void
put_element(struct sink *out, const char *name, const char *attrs,
    const char *text)
{
	sink_printf(out, "      <win:%s%s", name, attrs);
	if (!xmlout_can_hold(text)) {
		sink_puts(out, " status=\"error\"/>\n");
		return;
	}
	sink_puts(out, ">");
	xmlout_text(out, text);
	sink_printf(out, "</win:%s>\n", name);
}

static void
put_number(struct sink *out, const char *name, uint64_t n)
{
	sink_printf(out, "      <win:%s datatype=\"int\">%" PRIu64
	    "</win:%s>\n", name, n, name);
}

static void
put_message(struct sink *out, const char *what, const char *text)
{
	sink_printf(out, "      <message level=\"error\">%s", what);
	xmlout_text(out, text);
	sink_puts(out, "</message>\n");
}

/* Messages come first in an item. */
static void
put_messages(struct sink *out, const struct oval_item *x)
{
	const char *const texts[] = { x->where, x->name, x->text };
	size_t i;

	if (x->state == EV_UNREADABLE)
		put_message(out, "not readable: ", x->why != NULL ? x->why :
		    "why is not known");
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (texts[i] != NULL && !xmlout_can_hold(texts[i]))
			put_message(out, "XML cannot hold this: ", texts[i]);
}

static void
put_registry(struct sink *out, const struct oval_item *x)
{
	const char *key = x->where;

	if (strncmp(key, ROOT, strlen(ROOT)) == 0) {
		sink_puts(out, "      <win:hive>HKEY_LOCAL_MACHINE"
		    "</win:hive>\n");
		key += strlen(ROOT);
	}
	put_element(out, "key", "", key);
	if (x->name == NULL)
		return;
	if (x->state == EV_ABSENT) {
		put_element(out, "name", " status=\"does not exist\"",
		    x->name);
		return;
	}
	put_element(out, "name", "", x->name);
	if (x->type != NULL)
		put_element(out, "type", "", x->type);
	if (x->state != EV_PRESENT)
		sink_puts(out, "      <win:value status=\"error\"/>\n");
	else if (x->text != NULL)
		put_element(out, "value", "", x->text);
	else
		put_number(out, "value", x->number);
}

/* Path and name, of which a folder has no '\' at its end. */
static void
put_path(struct sink *out, const struct oval_item *x)
{
	const char *gone = x->state == EV_ABSENT ?
	    " status=\"does not exist\"" : "";
	const char *slash = strrchr(x->where, '\\');
	char *path;

	put_element(out, "filepath", gone, x->where);
	if (slash == NULL)
		return;
	path = xstrndup(x->where, (size_t)(slash - x->where));
	put_element(out, "path", "", path);
	put_element(out, "filename", gone, slash + 1);
	free(path);
}

static void
put_file(struct sink *out, const struct oval_item *x)
{
	static const char attrs[] = " datatype=\"version\"";
	char text[VERSION_TEXT];

	put_path(out, x);
	if (x->size != NULL)
		put_number(out, "size", *x->size);
	if (x->object != OVAL_FILES || x->state == EV_ABSENT)
		return;
	if (x->state == EV_PRESENT && version_known(x->version))
		put_element(out, "version", attrs, version_format(x->version,
		    text));
	else
		sink_printf(out, "      <win:version%s status=\"%s\"/>\n",
		    attrs, x->state == EV_PRESENT ? "does not exist" :
		    "error");
}

static void
put_item(struct sink *out, const struct oval *o, size_t i)
{
	const struct oval_item *x = &o->items[i];
	const struct inv_windows *w = &o->inv->windows;
	bool file = oval_is_file(x->object);

	sink_printf(out, "    <win:%s_item id=\"%zu\" status=\"%s\">\n",
	    file ? "file" : "registry", i + 1,
	    x->state == EV_PRESENT ? "exists" :
	    x->state == EV_ABSENT ? "does not exist" : "error");
	put_messages(out, x);
	if (file)
		put_file(out, x);
	else
		put_registry(out, x);
	if (w->is_x86 || w->is_x64)
		sink_printf(out, "      <win:windows_view>%s"
		    "</win:windows_view>\n", w->is_x86 ? "32_bit" : "64_bit");
	sink_printf(out, "    </win:%s_item>\n", file ? "file" : "registry");
}

static void
put_objects(struct sink *out, const struct oval *o)
{
	size_t k, i;

	sink_puts(out, "  <collected_objects>\n");
	for (k = 0; k < OVAL_OBJECTS; k++) {
		sink_printf(out, "    <object id=\"oval:rollcall:obj:%zu\" "
		    "version=\"1\" comment=\"%s\" flag=\"%s\">\n", k + 1,
		    oval_comment((enum oval_object)k),
		    oval_flag(o, (enum oval_object)k));
		for (i = 0; i < o->count; i++)
			if (o->items[i].object == k &&
			    o->items[i].state != EV_ABSENT)
				sink_printf(out, "      <reference "
				    "item_ref=\"%zu\"/>\n", i + 1);
		sink_puts(out, "    </object>\n");
	}
	sink_puts(out, "  </collected_objects>\n");
}

static void
put_info(struct sink *out, const char *name, const char *text)
{
	sink_printf(out, "    <%s>", name);
	xmlout_text(out, text != NULL ? text : "");
	sink_printf(out, "</%s>\n", name);
}

static void
put_head(struct sink *out, const struct report *r, const struct inventory *inv)
{
	const struct inv_windows *w = &inv->windows;
	char version[VERSION_TEXT], when[INSTANT_TEXT];

	sink_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<oval_system_characteristics\n"
	    "    xmlns=\"" OVAL_NS "system-characteristics-5\"\n"
	    "    xmlns:oval=\"" OVAL_NS "common-5\"\n"
	    "    xmlns:win=\"" OVAL_NS "system-characteristics-5#windows\">\n"
	    "  <generator>\n"
	    "    <oval:product_name>rollcall</oval:product_name>\n");
	put_info(out, "oval:product_version", r->version);
	put_info(out, "oval:schema_version", "5.11.1");
	put_info(out, "oval:timestamp", instant_format(inv->taken !=
	    INSTANT_NONE ? inv->taken : r->at, when));
	sink_puts(out, "  </generator>\n  <system_info>\n");
	put_info(out, "os_name", w->name);
	put_info(out, "os_version", version_known(w->version) ?
	    version_format(w->version, version) : NULL);
	put_info(out, "architecture", w->is_x86 ? "x86" : w->is_x64 ?
	    "AMD64" : NULL);
	put_info(out, "primary_host_name", inv->name);
	sink_puts(out, "    <interfaces/>\n  </system_info>\n");
}

void
report_oval(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	struct oval o;
	size_t i;

	(void)style;
	if (r->host_count != 1) {
		sink_fail(out, "oval-sc is of one host");
		return;
	}
	oval_make(r->hosts[0].inv, &o);
	put_head(out, r, o.inv);
	put_objects(out, &o);
	if (o.count != 0) {
		sink_puts(out, "  <system_data>\n");
		for (i = 0; i < o.count; i++)
			put_item(out, &o, i);
		sink_puts(out, "  </system_data>\n");
	}
	sink_puts(out, "</oval_system_characteristics>\n");
	oval_fini(&o);
}
