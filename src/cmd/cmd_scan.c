/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/assessment.h"
#include "assessment/scene.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "cmd/command.h"
#include "cmd/detect.h"
#include "cmd/numbers.h"
#include "cmd/open_catalogue.h"
#include "cmd/open_policy.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "host/host.h"
#include "inventory/inventory.h"
#include "io/file.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

#define TARGET_RELEASES	64	/* that share a KB */
#define SCAN_MAX_DAYS	3650	/* of --grace and --max-catalogue-age */

struct scan_options {
	struct common	 common;
	struct text_list drives;
	struct text_list anchors;
	const char	*target;
	struct option_number jobs;
	const char	*ask;
	unsigned	 asked;		/* QUESTION_BIT()s of ASK */
	struct option_number grace;
	struct option_number max_age;
	bool		 esu;
	bool		 no_packages;
	bool		 deep;
	bool		 no_replay;
};

static const struct option_row rows[] = {
	{ "drive", 'd', "D=DIR", OPTION_LIST,
	    offsetof(struct scan_options, drives),
	    "drive D: of the machine is the folder DIR" },
	{ "target", 't', "WHAT", OPTION_TEXT,
	    offsetof(struct scan_options, target),
	    "may this package, build or KB be installed?" },
	{ "anchor", 0, "FILE", OPTION_LIST,
	    offsetof(struct scan_options, anchors),
	    "trust the certificates of FILE (PEM) too" },
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
	{ "ask", 0, "LIST", OPTION_TEXT, offsetof(struct scan_options, ask),
	    "the questions that count, parted by commas" },
	{ "grace", 0, "DAYS", OPTION_NUMBER,
	    offsetof(struct scan_options, grace),
	    "a security update may be missing so long (30)" },
	{ "esu", 0, NULL, OPTION_FLAG, offsetof(struct scan_options, esu),
	    "extended security updates can be had" },
	{ "max-catalogue-age", 0, "DAYS", OPTION_NUMBER,
	    offsetof(struct scan_options, max_age),
	    "older, it calls nothing current" },
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
parse_drives(const struct scan_options *o, struct host_drive **out)
{
	const struct text_list *list = &o->drives;
	struct host_drive *drives = xcalloc(list->count, sizeof(*drives));
	size_t i;

	for (i = 0; i < list->count; i++) {
		if (parse_drive(list->items[i], &drives[i]))
			continue;
		tell(o->common.teller, "scan",
		    "--drive: \"%s\" is not of the form D=DIR",
		    list->items[i]);
		free(drives);
		return EXIT_USAGE;
	}
	*out = drives;
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

/* The answer alone, for who looks at one line. */
static void
answer_in_line(struct teller *t, const struct report *r)
{
	struct buf b;

	buf_init(&b, 2 * TEXT_MAX);
	summary_line(&b, r);
	detect_answer(t, buf_text(&b));
	buf_fini(&b);
}

static enum exit_code
write_report(const struct scan_options *o, const struct report *r)
{
	if (o->common.teller->in_line) {
		answer_in_line(o->common.teller, r);
		if (o->common.output == NULL)
			return EXIT_GO_ON;
	}
	return write_result(&o->common, r);
}

/* What --target names. */
struct target {
	struct assess_target t;
	struct file_facts facts;	/* of the package */
	struct inspected package;
	const struct cat_release *releases[TARGET_RELEASES];
};

/* The releases that TEXT stands for: a build, a KB, an id. False for what is
 * none of these; a build that no row has is one, of no release. */
static bool
parse_target(const struct catalogue *cat, const char *text, struct target *t)
{
	const struct cat_release **found = t->releases;
	struct version v;
	size_t n;

	if (version_parse(text, &v)) {
		found[0] = catalogue_find_build(cat, v);
		t->t.release_count = found[0] != NULL;
		return true;
	}
	found[0] = catalogue_release(cat, text);
	if (found[0] != NULL) {
		t->t.release_count = 1;
		return true;
	}
	n = catalogue_find_kb(cat, text, found, TARGET_RELEASES);
	t->t.release_count = n < TARGET_RELEASES ? n : TARGET_RELEASES;
	return n != 0;
}

/* A file of that name is inspected; anything else has to be a release. */
static enum exit_code
open_target(const struct scan_options *o, const struct catalogue *cat,
    const struct inspect_policy *policy, struct target *t)
{
	const char *name = o->target;
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct file *f = NULL;
	enum status st = file_open(name, &f, &d);

	t->t.name = name;
	t->t.releases = t->releases;
	if (st == ST_OK) {
		file_facts_read(file_source(f), inspect_anchors(policy),
		    &t->facts);
		inspect_judge(&t->facts, name, policy, &t->package);
		file_close(f);
		t->t.package = &t->package;
		t->releases[0] = t->package.release;
		t->t.release_count = t->releases[0] != NULL;
		return EXIT_GO_ON;
	}
	if (st == ST_ABSENT && parse_target(cat, name, t))
		return EXIT_GO_ON;
	if (st == ST_ABSENT)
		tell(o->common.teller, "scan",
		    "--target: \"%s\" is no file, and no build, KB "
		    "or release of the catalogue", name);
	else
		tell_diag(o->common.teller, name, &d);
	return exit_of_status(st);
}

/* The bit of the question whose name is the first LEN bytes of TEXT. */
static unsigned
question_bit(const char *text, size_t len)
{
	char name[16];
	enum question q;

	if (len >= sizeof(name))
		return 0;
	memcpy(name, text, len);
	name[len] = '\0';
	return question_named(name, &q) ? QUESTION_BIT(q) : 0;
}

/* "installed,genuine"; told of when a name is none. */
static bool
parse_asked(struct scan_options *o)
{
	const char *p = o->ask;
	unsigned bit;
	size_t n;

	while (p != NULL && *p != '\0') {
		n = strcspn(p, ",");
		bit = question_bit(p, n);
		if (bit == 0 || (bit == QUESTION_BIT(ASK_READY) &&
		    o->target == NULL)) {
			tell(o->common.teller, "scan", bit == 0 ?
			    "--ask: \"%.*s\" is no question: installed, "
			    "genuine, complete, rerelease, fix, current, "
			    "supported, ready" : "--ask: %.*s needs --target",
			    (int)(n < 40 ? n : 40), p);
			return false;
		}
		o->asked |= bit;
		p += n + (p[n] == ',');
	}
	if (o->ask != NULL && o->asked == 0) {
		tell(o->common.teller, "scan", "--ask: no question");
		return false;
	}
	return true;
}

/* One scan: what is looked at, and by what it is judged. */
struct scan {
	const struct scan_options *o;
	unsigned	 jobs;
	unsigned	 grace, max_age; /* days */
	struct catalogue *cat;
	struct inspect_policy *policy;
	struct host	*host;
};

static enum exit_code
scan_host(const struct scan *s, const struct assess_target *target)
{
	struct assess_options how = { .at = s->o->common.at,
	    .grace = s->grace, .esu = s->o->esu,
	    .has_max_age = s->o->max_age.given, .max_age = s->max_age,
	    .asked = s->o->asked, .target = target };
	struct inventory_options look = { inspect_anchors(s->policy),
	    s->o->no_packages, s->o->deep, s->jobs, s->o->common.taken };
	struct inventory *inv = inventory_take(s->host, s->cat, &look);
	struct scene *scene = scene_new(inv, s->cat, s->policy);
	struct report_host result = { inv, scene, NULL, target != NULL };
	struct report r = { PACKAGE_VERSION, how.at, catalogue_info(s->cat),
	    s->cat, &result, 1 };
	struct assessment *a;
	enum exit_code code;

	result.a = a = assess(scene, s->cat, &how);
	code = write_report(s->o, &r);
	if (code == EXIT_GO_ON)
		code = exit_of_verdict(a->verdict);
	assessment_free(a);
	scene_free(scene);
	inventory_free(inv);
	return code;
}

/* With the target, if one was named. */
static enum exit_code
scan_for(const struct scan *s)
{
	struct target t = { .t = { .name = NULL } };
	enum exit_code code = EXIT_GO_ON;

	if (s->o->target != NULL)
		code = open_target(s->o, s->cat, s->policy, &t);
	if (code == EXIT_GO_ON)
		code = scan_host(s, s->o->target != NULL ? &t.t : NULL);
	inspected_fini(&t.package);
	file_facts_fini(&t.facts);
	return code;
}

static enum exit_code
open_volume(struct scan *s, const char *root)
{
	struct host_volume_options how = { NULL, 0, s->o->no_replay };
	struct host_drive *drives = NULL;
	struct diag d = { .text = "" };
	enum exit_code code = parse_drives(s->o, &drives);
	enum status st;

	if (code != EXIT_GO_ON)
		return code;
	how.drives = drives;
	how.drive_count = s->o->drives.count;
	st = host_volume_open_with(root, &how, &s->host, &d);
	free(drives);
	if (st != ST_OK) {
		tell_diag(s->o->common.teller, root, &d);
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

static enum exit_code
scan_run(void *options, char **args, size_t count)
{
	struct scan s = { .o = options };
	enum exit_code code;

	if (!parse_asked(options) || !jobs_within(&s.o->common, "scan",
	    &s.o->jobs, &s.jobs) || !number_within(&s.o->common, "scan",
	    "grace", &s.o->grace, 0, SCAN_MAX_DAYS, ASSESS_GRACE, &s.grace) ||
	    !number_within(&s.o->common, "scan", "max-catalogue-age",
	    &s.o->max_age, 0, SCAN_MAX_DAYS, 0, &s.max_age))
		return EXIT_USAGE;
	code = open_catalogue(&s.o->common, &s.cat);
	if (code == EXIT_GO_ON)
		code = open_policy(&s.o->common, s.cat, &s.o->anchors,
		    &s.policy);
	if (code == EXIT_GO_ON)
		code = count > 0 ? open_volume(&s, args[0]) : open_live(&s);
	if (code == EXIT_GO_ON)
		code = scan_for(&s);
	host_close(s.host);
	inspect_policy_free(s.policy);
	catalogue_free(s.cat);
	return code;
}

const struct command cmd_scan = {
	.name = "scan",
	.summary = "which update is installed on a server, is it the good one",
	.synopsis = "[OPTION...] [ROOT]",
	.text = "Look at a Windows volume: ROOT is a folder that holds "
	    "\"Windows\" and the rest, in\nany letter case, as a mounted disk, "
	    "a backup or an extracted image shows it.\nWithout ROOT, on "
	    "Windows, look at the machine that this runs on.",
	.result = REPORT_SCAN,
	.min_args = 0,
	.max_args = 1,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct scan_options),
	.detects = true,
	.run = scan_run,
};
