/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/report_format.h"
#include "base/alloc.h"
#include "report/changes.h"
#include "report/complaints.h"
#include "report/fleet_report.h"
#include "report/imported.h"
#include "report/inspection.h"
#include "report/learned.h"
#include "report/probe.h"
#include "report/registry.h"
#include "report/releases.h"
#include "report/renewal.h"
#include "report/report.h"
#include "report/upkeep.h"
#include "report/which.h"

#include <stdlib.h>
#include <string.h>

/* The formats of a kind stand together, the one without --format first. */
static const struct report_format formats[] = {
	{ REPORT_SCAN, "text", .by.scan = report_text },
	{ REPORT_SCAN, "json", .by.scan = report_json },
	{ REPORT_SCAN, "jsonl", .by.scan = scan_jsonl },
	{ REPORT_SCAN, "html", .by.scan = report_html },
	{ REPORT_SCAN, "csv", .by.scan = scan_csv },
	{ REPORT_SCAN, "nagios", .by.scan = scan_nagios },
	{ REPORT_SCAN, "prometheus", .by.scan = scan_prometheus },
	{ REPORT_SCAN, "oval-sc", .single = true, .by.scan = report_oval },

	{ REPORT_JUDGE, "text", .by.judge = &fleet_text },
	{ REPORT_JUDGE, "json", .by.judge = &fleet_json },
	{ REPORT_JUDGE, "jsonl", .by.judge = &fleet_jsonl },
	{ REPORT_JUDGE, "html", .by.judge = &fleet_html },
	{ REPORT_JUDGE, "csv", .by.judge = &fleet_csv },
	{ REPORT_JUDGE, "nagios", .by.judge = &fleet_nagios },
	{ REPORT_JUDGE, "prometheus", .by.judge = &fleet_prometheus },

	{ REPORT_WHICH, "text", .by.which = which_text },
	{ REPORT_WHICH, "json", .by.which = which_json },
	{ REPORT_WHICH, "csv", .by.which = which_csv },

	{ REPORT_INSPECT, "text", .by.inspect = &inspection_text },
	{ REPORT_INSPECT, "json", .by.inspect = &inspection_json },
	{ REPORT_INSPECT, "html", .by.inspect = &inspection_html },
	{ REPORT_INSPECT, "csv", .by.inspect = &inspection_csv },

	{ REPORT_REGISTRY, "text", .by.registry = &registry_text },
	{ REPORT_REGISTRY, "json", .by.registry = &registry_json },

	{ REPORT_PROBE, "text", .by.probe = probe_text },
	{ REPORT_PROBE, "json", .by.probe = probe_json },
	{ REPORT_PROBE, "csv", .by.probe = probe_csv },
	{ REPORT_PROBE, "nagios", .by.probe = probe_nagios },

	{ REPORT_LIST, "text", .by.releases = releases_list_text },
	{ REPORT_LIST, "json", .by.releases = releases_list_json },
	{ REPORT_LIST, "csv", .by.releases = releases_list_csv },

	{ REPORT_SHOW, "text", .by.releases = releases_show_text },
	{ REPORT_SHOW, "json", .by.releases = releases_show_json },

	{ REPORT_CHECK, "text", .by.check = complaints_text },

	{ REPORT_UPDATE, "text", .by.update = renewal_text },
	{ REPORT_UPDATE, "json", .by.update = renewal_json },

	{ REPORT_LEARN, "xml", .by.learn = learned_xml },

	{ REPORT_IMPORT, "xml", .by.import = imported_xml },
	{ REPORT_IMPORT, "json", .by.import = imported_json },

	{ REPORT_DIFF, "text", .by.diff = changes_text },
	{ REPORT_DIFF, "json", .by.diff = changes_json },

	{ REPORT_STATUS, "text", .by.status = upkeep_text },
	{ REPORT_STATUS, "json", .by.status = upkeep_json },
};

#define FORMAT_COUNT	(sizeof(formats) / sizeof(formats[0]))

const struct report_format *
report_format_at(enum report_kind kind, size_t n)
{
	size_t i;

	for (i = 0; i < FORMAT_COUNT; i++)
		if (formats[i].kind == kind && n-- == 0)
			return &formats[i];
	return NULL;
}

const struct report_format *
report_format_find(enum report_kind kind, const char *name)
{
	const struct report_format *f;
	size_t i;

	for (i = 0; (f = report_format_at(kind, i)) != NULL; i++)
		if (strcmp(f->name, name) == 0)
			break;
	return f;
}

char *
report_format_names(enum report_kind kind)
{
	const struct report_format *f;
	char *names = xstrdup(""), *more;
	size_t i;

	for (i = 0; (f = report_format_at(kind, i)) != NULL; i++) {
		more = xasprintf("%s%s%s", names, i != 0 ? ", " : "",
		    f->name);
		free(names);
		names = more;
	}
	return names;
}

/* The one place where a result gets its type back. */
bool
report_emit(const struct report_format *f, const void *result,
    const struct report_style *style, struct sink *out)
{
	switch (f->kind) {
	case REPORT_SCAN:
		f->by.scan(result, style, out);
		return true;
	case REPORT_JUDGE:
		return fleet_emit(f->by.judge, result, style, out);
	case REPORT_WHICH:
		f->by.which(result, style, out);
		return true;
	case REPORT_INSPECT:
		inspection_emit(f->by.inspect, result, style, out);
		return true;
	case REPORT_REGISTRY:
		return registry_emit(f->by.registry, result, out);
	case REPORT_PROBE:
		f->by.probe(result, style, out);
		return true;
	case REPORT_LIST:
	case REPORT_SHOW:
		f->by.releases(result, style, out);
		return true;
	case REPORT_CHECK:
		f->by.check(result, style, out);
		return true;
	case REPORT_UPDATE:
		f->by.update(result, style, out);
		return true;
	case REPORT_LEARN:
		f->by.learn(result, style, out);
		return true;
	case REPORT_DIFF:
		f->by.diff(result, style, out);
		return true;
	case REPORT_STATUS:
		f->by.status(result, style, out);
		return true;
	case REPORT_IMPORT:
		f->by.import(result, style, out);
		return true;
	case REPORT_NONE:
		break;
	}
	return false;
}
