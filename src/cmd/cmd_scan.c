/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/assessment.h"
#include "base/alloc.h"
#include "cmd/command.h"
#include "host/host.h"
#include "inventory/digests.h"
#include "inventory/inventory.h"

#include <stdlib.h>
#include <string.h>

struct scan_options {
	struct common	 common;
	struct text_list drives;
	bool		 no_packages;
	bool		 require_current;
	bool		 no_replay;
};

static const struct option_row rows[] = {
	{ "drive", 'd', "D=DIR", OPTION_LIST,
	    offsetof(struct scan_options, drives),
	    "drive D: of the machine is the folder DIR" },
	{ "no-packages", 0, NULL, OPTION_FLAG,
	    offsetof(struct scan_options, no_packages),
	    "hash no file" },
	{ "no-replay", 0, NULL, OPTION_FLAG,
	    offsetof(struct scan_options, no_replay),
	    "read hives as they lie, without their logs" },
	{ "require-current", 0, NULL, OPTION_FLAG,
	    offsetof(struct scan_options, require_current),
	    "advise on newer updates and ended support" },
};

/* "D=DIR" or "D:=DIR". */
static bool
parse_drive(const char *text, struct host_drive *out)
{
	char c = text[0];
	const char *p = text + 1;

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c < 'A' || c > 'Z')
		return false;
	p += *p == ':';
	if (p[0] != '=' || p[1] == '\0')
		return false;
	*out = (struct host_drive){ c, p + 1 };
	return true;
}

static enum exit_code
parse_drives(const struct text_list *list, struct host_drive **out)
{
	struct host_drive *drives = xcalloc(list->count, sizeof(*drives));
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (parse_drive(list->items[i], &drives[i]))
			continue;
		tell("scan", "--drive: \"%s\" is not of the form D=DIR",
		    list->items[i]);
		free(drives);
		return EXIT_USAGE;
	}
	*out = drives;
	return EXIT_NOTHING_TO_DO;
}

/* What a hive that could not be opened means is in the result; that it could
 * not is also said where errors are looked for. */
static void
tell_hives(struct host *host)
{
	const struct host_hive *hives;
	size_t i, n = host_hives(host, &hives);

	for (i = 0; i < n; i++)
		if (hives[i].st != ST_OK)
			tell_diag(hives[i].where, &hives[i].diag);
}

static enum exit_code
write_result(const struct scan_options *o, const struct report *r)
{
	const struct report_format *format = report_format_find(
	    o->common.format != NULL ? o->common.format : "text");
	struct report_style style = style_for(&o->common);
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	enum status st = sink_open(o->common.output, &out, &d);

	if (st == ST_OK) {
		format->emit(r, &style, out);
		st = sink_commit(out, &d);
	}
	return st == ST_OK ? EXIT_NOTHING_TO_DO : tell_output(&o->common, &d);
}

static enum exit_code
scan_host(const struct scan_options *o, struct host *host,
    const struct catalogue *cat)
{
	struct assess_options how = { judged_at(&o->common),
	    o->require_current };
	struct inventory *inv = inventory_take(host, cat);
	struct report_host result = { inv, NULL };
	struct report r = { PACKAGE_VERSION, how.at, catalogue_info(cat),
	    &result, 1 };
	struct assessment *a;
	enum exit_code code;

	if (!o->no_packages)
		inventory_hash_files(inv, host, cat);
	result.a = a = assess(inv, cat, &how);
	code = write_result(o, &r);
	if (code == EXIT_NOTHING_TO_DO)
		code = exit_of_verdict(a->verdict);
	assessment_free(a);
	inventory_free(inv);
	return code;
}

static enum exit_code
scan_run(void *options, char **args, size_t count)
{
	const struct scan_options *o = options;
	struct host_volume_options how = { NULL, 0, o->no_replay };
	struct host_drive *drives = NULL;
	struct catalogue *cat = NULL;
	struct diag d = { .text = "" };
	struct host *host = NULL;
	enum exit_code code;
	enum status st;

	if (count == 0) {
		tell("scan", "no ROOT given, and this is no Windows machine: "
		    "name the folder that shows the volume");
		return EXIT_USAGE;
	}
	code = parse_drives(&o->drives, &drives);
	if (code == EXIT_NOTHING_TO_DO)
		code = open_catalogue(&o->common, &cat);
	if (code != EXIT_NOTHING_TO_DO)
		goto out;
	how.drives = drives;
	how.drive_count = o->drives.count;
	st = host_volume_open_with(args[0], &how, &host, &d);
	if (st != ST_OK) {
		tell_diag(args[0], &d);
		code = exit_of_status(st);
		goto out;
	}
	tell_hives(host);
	code = scan_host(o, host, cat);
out:
	host_close(host);
	catalogue_free(cat);
	free(drives);
	return code;
}

const struct command cmd_scan = {
	.name = "scan",
	.summary = "which update is installed on a volume, is it the good one",
	.synopsis = "[OPTION...] ROOT",
	.text = "Look at a Windows volume: ROOT is a folder that holds "
	    "\"Windows\" and the rest, in\nany letter case, as a mounted disk, "
	    "a backup or an extracted image shows it.",
	.min_args = 0,
	.max_args = 1,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct scan_options),
	.run = scan_run,
};
