/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/renewal.h"
#include "report/json.h"
#include "report/layout.h"

#include <inttypes.h>

void
renewal_text(const struct renewal *r, const struct report_style *style,
    struct sink *out)
{
	char issued[INSTANT_TEXT], expires[INSTANT_TEXT];

	(void)style;
	sink_printf(out, "catalogue %" PRIu64 ", issued %s, expires %s: %s ",
	    r->serial, instant_format_day(r->issued, issued),
	    instant_format_day(r->expires, expires),
	    r->new ? "now kept in" : "nothing new, already in");
	layout_text(out, r->dir);
	sink_puts(out, "\n");
	if (r->catalogue->serial != r->serial)
		sink_printf(out, "in use: catalogue %" PRIu64 ", which is "
		    "newer\n", r->catalogue->serial);
}

void
renewal_json(const struct renewal *r, const struct report_style *style,
    struct sink *out)
{
	json_t *o = json_result(r->version, r->at, r->catalogue);
	json_t *u = json_object();

	(void)style;
	json_put(&u, "outcome", json_string(r->new ? "stored" :
	    "current"));
	json_put(&u, "from", json_text(r->from));
	json_put(&u, "directory", json_text(r->dir));
	json_put(&u, "serial",
	    json_integer((json_int_t)r->serial));
	json_put(&u, "issued", json_instant(r->issued));
	json_put(&u, "expires", json_instant(r->expires));
	json_put(&o, "update", u);
	json_emit(o, out);
	json_decref(o);
}
