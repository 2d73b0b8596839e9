/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/renewal.h"
#include "report/json_result.h"
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
	struct jsonout j;

	(void)style;
	jsonout_init(&j, out, true);
	jsonout_object(&j, NULL);
	json_result_begin(&j, r->version, r->at, r->catalogue);
	jsonout_object(&j, "update");
	jsonout_text(&j, "outcome", r->new ? "stored" : "current");
	jsonout_text(&j, "from", r->from);
	jsonout_text(&j, "directory", r->dir);
	jsonout_number(&j, "serial", (int64_t)r->serial);
	jsonout_instant(&j, "issued", r->issued);
	jsonout_instant(&j, "expires", r->expires);
	jsonout_end(&j);
	jsonout_end(&j);
	jsonout_fini(&j);
}
