/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "cmd/command.h"
#include "cmd/image.h"
#include "cmd/judging.h"
#include "cmd/numbers.h"
#include "cmd/progress.h"
#include "cmd/tell.h"
#include "host/host.h"

#include <stdlib.h>
#include <string.h>

struct scan_options {
	struct common	 common;
	struct text_list drives;
	struct option_number jobs;
	struct judging_options by;
	bool		 no_packages;
	bool		 deep;
	bool		 no_replay;
};

static const struct option_row rows[] = {
	{ "drive", 'd', "D=DIR", OPTION_LIST,
	    offsetof(struct scan_options, drives),
	    "drive D: of the machine (or D:\\FOLDER) is DIR" },
	{ "no-packages", 0, NULL, OPTION_FLAG,
	    offsetof(struct scan_options, no_packages),
	    "hash no file, open no cached package" },
	{ "no-replay", 0, NULL, OPTION_FLAG,
	    offsetof(struct scan_options, no_replay),
	    "read hives as they lie, without their logs" },
	{ "deep", 0, NULL, OPTION_FLAG, offsetof(struct scan_options, deep),
	    "judge every signed file of Exchange" },
	{ "jobs", 'j', "N", OPTION_NUMBER,
	    offsetof(struct scan_options, jobs),
	    "judge N files at once (default: processors)" },
	JUDGING_ROWS(scan_options, by),
};

/* "D=DIR", "D:=DIR" or "D:\\FOLDER=DIR". *BELOW is the caller's. */
static bool
parse_drive(const char *text, struct host_drive *out, char **below)
{
	char c = text[0];
	const char *p = text + 1, *equals = strchr(text, '=');

	if (c >= 'a' && c <= 'z')
		c = (char)(c - 'a' + 'A');
	if (c < 'A' || c > 'Z' || equals == NULL || equals[1] == '\0')
		return false;
	if (*p == ':') {
		p++;
		if (p != equals && *p != '\\' && *p != '/')
			return false;
	} else if (p != equals)
		return false;
	*below = xstrndup(p, (size_t)(equals - p));
	*out = (struct host_drive){ c, equals + 1, *below };
	return true;
}

static void
free_drives(struct host_drive *drives, char **below, size_t count)
{
	while (count-- > 0)
		free(below[count]);
	free(below);
	free(drives);
}

static enum exit_code
parse_drives(const struct scan_options *o, struct host_drive **out,
    char ***below)
{
	const struct text_list *list = &o->drives;
	size_t i;

	*out = xcalloc(list->count, sizeof(**out));
	*below = xcalloc(list->count, sizeof(**below));
	for (i = 0; i < list->count; i++) {
		if (parse_drive(list->items[i], &(*out)[i], &(*below)[i]))
			continue;
		tell(o->common.teller, "scan",
		    "--drive: \"%s\" is not of the form D=DIR or "
		    "D:\\FOLDER=DIR", list->items[i]);
		return EXIT_USAGE;
	}
	return EXIT_GO_ON;
}

/* What a hive that could not be opened means is in the result; that it could
 * not is also said where errors are looked for. */
static void
tell_hives(const struct scan_options *o, struct host *host)
{
	const struct host_hive *hives;
	size_t i, n = host_hives(host, &hives);

	for (i = 0; i < n; i++)
		if (hives[i].st != ST_OK)
			tell_diag(o->common.teller, hives[i].where,
			    &hives[i].diag);
}

/* One scan: what is looked at, and by what it is judged. */
struct scan {
	const struct scan_options *o;
	unsigned	 jobs;
	struct judging	 by;
	struct host	*host;		/* that is open */
	struct inventory **inventories;	/* one for each of the hosts */
	struct report_host *hosts;
	size_t		 count;
	struct report_refused *refused;	/* roots that cannot be opened, */
	size_t		 refused_count;
	enum exit_code	 refused_code;	/* and why the last of them */
};

static void
show_deep(void *ctx, const struct deep_progress *p)
{
	progress_amount(ctx, p->files, p->all_files, p->bytes, p->all_bytes);
}

/* Look at the host that is open, and close it. */
static void
scan_host(struct scan *s, const char *root)
{
	struct inventory_options look = { inspect_anchors(s->by.policy),
	    s->o->no_packages, s->o->deep, s->jobs, s->o->common.taken,
	    s->by.o->target != NULL, NULL, NULL };
	struct progress *progress = !s->o->deep ? NULL : progress_new(
	    s->o->common.quiet, s->o->common.output == NULL);
	struct inventory *inv;

	if (progress != NULL) {
		look.deep_step = show_deep;
		look.deep_ctx = progress;
	}
	inv = inventory_take(s->host, s->by.cat, &look);
	progress_free(progress);

	s->inventories = xpush(s->inventories, s->count, sizeof(inv));
	s->hosts = xpush(s->hosts, s->count, sizeof(*s->hosts));
	s->inventories[s->count] = inv;
	judging_host(&s->by, inv, NULL, &s->hosts[s->count]);
	s->hosts[s->count++].root = root;
	host_close(s->host);
	s->host = NULL;
}

static void
refuse(struct scan *s, const char *root, enum status st,
    const struct diag *d)
{
	const char *advice = st == ST_UNSUPPORTED ? image_advice(root) : NULL;
	struct diag advised = { .text = "" };
	char line[640];

	if (advice != NULL) {
		(void)diag_set(&advised, st, DIAG_NOWHERE, NULL, "%s",
		    advice);
		d = &advised;
	}
	tell_diag(s->o->common.teller, root, d);
	diag_line(d, line, sizeof(line));
	s->refused = xpush(s->refused, s->refused_count,
	    sizeof(*s->refused));
	s->refused[s->refused_count++] = (struct report_refused){ root,
	    xstrdup(line) };
	s->refused_code = exit_of_status(st);
}

static enum exit_code
open_volume(struct scan *s, const char *root)
{
	struct host_volume_options how = { NULL, 0, s->o->no_replay };
	struct host_drive *drives;
	struct diag d = { .text = "" };
	char **below;
	enum exit_code code = parse_drives(s->o, &drives, &below);
	enum status st = ST_OK;

	how.drives = drives;
	how.drive_count = s->o->drives.count;
	if (code == EXIT_GO_ON)
		st = host_volume_open_with(root, &how, &s->host, &d);
	free_drives(drives, below, s->o->drives.count);
	if (code != EXIT_GO_ON)
		return code;
	if (st != ST_OK) {
		refuse(s, root, st, &d);
		return exit_of_status(st);
	}
	tell_hives(s->o, s->host);
	return EXIT_GO_ON;
}

/* The machine that runs us. */
static enum exit_code
open_live(struct scan *s)
{
	struct diag d = { .text = "" };
	enum status st;

	if (s->o->drives.count != 0 || s->o->no_replay) {
		tell(s->o->common.teller, "scan",
		    "--%s is for a volume: name its ROOT",
		    s->o->no_replay ? "no-replay" : "drive");
		return EXIT_USAGE;
	}
	st = host_live_open(&s->host, &d);
	if (st == ST_OK)
		return EXIT_GO_ON;
	if (st == ST_UNSUPPORTED) {
		tell(s->o->common.teller, "scan",
		    "no ROOT given, and %s: name the folder that "
		    "shows the volume", d.text);
		return EXIT_USAGE;
	}
	tell_diag(s->o->common.teller, "this machine", &d);
	return exit_of_status(st);
}

/* Each ROOT, or this machine. One that cannot be opened is told. */
static enum exit_code
scan_all(struct scan *s, char **roots, size_t count)
{
	enum exit_code code;
	size_t i;

	if (count > 1 && s->o->drives.count != 0) {
		tell(s->o->common.teller, "scan",
		    "--drive is for one ROOT, and there are %zu", count);
		return EXIT_USAGE;
	}
	if (count > 1 && s->o->common.format->single) {
		tell(s->o->common.teller, "scan",
		    "--format %s is for one ROOT, and there are %zu",
		    s->o->common.format->name, count);
		return EXIT_USAGE;
	}
	for (i = 0; i < count || i == 0; i++) {
		code = count > 0 ? open_volume(s, roots[i]) : open_live(s);
		if (code == EXIT_GO_ON)
			scan_host(s, count > 0 ? roots[i] : "this machine");
		else if (code == EXIT_USAGE || count <= 1)
			return code;
	}
	return s->count != 0 ? EXIT_GO_ON : s->refused_code;
}

/* The worst host decides; a root that cannot be opened is not known. */
static enum exit_code
conclude(const struct scan *s)
{
	enum exit_code code = judging_write(&s->by, s->hosts, s->count,
	    s->refused, s->refused_count);
	enum severity worst = s->refused_count != 0 ? SEV_UNDETERMINED :
	    SEV_NOTE;
	size_t i;

	for (i = 0; i < s->count; i++)
		worst = severity_worse(worst, s->hosts[i].a->verdict);
	return code == EXIT_GO_ON ? exit_of_verdict(worst) : code;
}

static enum exit_code
scan_run(void *options, char **args, size_t count)
{
	struct scan s = { .o = options };
	enum exit_code code;
	size_t i;

	if (!jobs_within(&s.o->common, "scan", &s.o->jobs, &s.jobs))
		return EXIT_USAGE;
	code = judging_open(&s.o->common, &s.o->by, "scan", &s.by);
	if (code == EXIT_GO_ON)
		code = scan_all(&s, args, count);
	if (code == EXIT_GO_ON)
		code = conclude(&s);
	for (i = 0; i < s.count; i++) {
		judging_drop(&s.hosts[i]);
		inventory_free(s.inventories[i]);
	}
	for (i = 0; i < s.refused_count; i++)
		free(s.refused[i].why);
	free(s.refused);
	free(s.hosts);
	free(s.inventories);
	host_close(s.host);
	judging_close(&s.by);
	return code;
}

const struct command cmd_scan = {
	.name = "scan",
	.summary = "which update is installed on a server, is it the good one",
	.synopsis = "[OPTION...] [ROOT...]",
	.text = "Look at a Windows volume: ROOT is a folder that holds "
	    "\"Windows\" and the rest, in any letter case, as a mounted disk, "
	    "a backup or an extracted image shows it. Without ROOT, on "
	    "Windows, look at the machine that this runs on.",
	.result = REPORT_SCAN,
	.min_args = 0,
	.max_args = SCAN_MAX_ROOTS,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct scan_options),
	.detects = true,
	.run = scan_run,
};
