/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/judging.h"

#include "base/limits.h"
#include "catalogue/query.h"
#include "cmd/detect.h"
#include "cmd/numbers.h"
#include "cmd/open_catalogue.h"
#include "cmd/open_policy.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "io/file.h"
#include "report/fleet.h"
#include "report/summary.h"

#include <string.h>

#define MAX_DAYS	3650	/* of --grace and --max-catalogue-age */

/* ------------------------------------------------------------ the target */

/* Releases that the answer to a question has, as many as one may share. */
static bool
take_answer(const struct query_answer *a, struct judging *j)
{
	size_t i;

	if (a->match == QUERY_NONE || a->release_count == 0 ||
	    a->release_total > JUDGING_TARGETS)
		return false;
	for (i = 0; i < a->release_count && i < JUDGING_TARGETS; i++)
		j->releases[i] = a->releases[i];
	j->target.release_count = i;
	return true;
}

/* What people write, and "which" understands. */
static bool
ask_target(const struct catalogue *cat, const char *text, struct judging *j)
{
	struct query_asker *asker = query_asker_new(cat);
	struct query_answer *a = query_ask(asker, text);
	bool found = take_answer(a, j);

	query_answer_free(a);
	query_asker_free(asker);
	return found;
}

/* The releases that TEXT stands for: a build, a KB, an id, or a name. False
 * for what is none of these; a build that no row has is one, of no release. */
static bool
parse_target(const struct catalogue *cat, const char *text,
    struct judging *j)
{
	const struct cat_release **found = j->releases;
	struct version v;
	size_t n;

	if (strcmp(text, "next") == 0) {
		j->target.next = true;
		return true;
	}
	if (version_parse(text, &v)) {
		found[0] = catalogue_find_build(cat, v);
		j->target.release_count = found[0] != NULL;
		return true;
	}
	found[0] = catalogue_release(cat, text);
	if (found[0] != NULL) {
		j->target.release_count = 1;
		return true;
	}
	n = catalogue_find_kb(cat, text, found, JUDGING_TARGETS);
	j->target.release_count = n < JUDGING_TARGETS ? n : JUDGING_TARGETS;
	return n != 0 || ask_target(cat, text, j);
}

/* The release of a package: an .msi has the build of what it installs. */
static const struct cat_release *
release_of(const struct judging *j, const struct file_facts *f,
    const struct inspected *p)
{
	const struct cat_release *r;

	if (p->release != NULL || f->has_patch || f->product_code == NULL ||
	    !inv_is_exchange_code(j->cat, f->product_code))
		return p->release;
	r = catalogue_find_build(j->cat, f->version);
	return r;
}

void
judging_package(const struct judging *j, const struct file_facts *facts,
    struct judging_package *out)
{
	*out = (struct judging_package){ .target = { .name = j->o->target,
	    .package = &out->seen, .releases = &out->release } };
	inspect_judge(facts, j->o->target, j->policy, &out->seen);
	out->release = release_of(j, facts, &out->seen);
	out->target.release_count = out->release != NULL;
}

/* A file of that name is inspected; anything else has to be a release, or a
 * package of which a result has kept the facts. */
static enum exit_code
open_target(struct judging *j)
{
	const char *name = j->o->target;
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct file *f = NULL;
	enum status st = file_open(name, &f, &d);

	j->target.name = name;
	j->target.releases = j->releases;
	if (st == ST_OK) {
		file_facts_read(file_source(f), inspect_anchors(j->policy),
		    &j->facts);
		file_close(f);
		j->has_facts = true;
		return EXIT_GO_ON;
	}
	if (st == ST_ABSENT && parse_target(j->cat, name, j))
		return EXIT_GO_ON;
	if (st == ST_ABSENT && j->keeps_packages) {
		j->only_kept = true;
		return EXIT_GO_ON;
	}
	if (st == ST_ABSENT)
		tell(j->common->teller, j->command,
		    "--target: \"%s\" is no file, and no build, KB "
		    "or release of the catalogue", name);
	else
		tell_diag(j->common->teller, name, &d);
	return exit_of_status(st);
}

/* --------------------------------------------------------- the questions */

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
parse_asked(struct judging *j)
{
	const struct judging_options *o = j->o;
	const char *p = o->ask;
	unsigned bit;
	size_t n;

	while (p != NULL && *p != '\0') {
		n = strcspn(p, ",");
		bit = question_bit(p, n);
		if (bit == 0 || (bit == QUESTION_BIT(ASK_READY) &&
		    o->target == NULL)) {
			tell(j->common->teller, j->command, bit == 0 ?
			    "--ask: \"%.*s\" is no question: installed, "
			    "genuine, complete, rerelease, fix, current, "
			    "supported, ready" : "--ask: %.*s needs --target",
			    (int)(n < 40 ? n : 40), p);
			return false;
		}
		j->how.asked |= bit;
		p += n + (p[n] == ',');
	}
	if (o->ask != NULL && j->how.asked == 0) {
		tell(j->common->teller, j->command, "--ask: no question");
		return false;
	}
	return true;
}

/* -------------------------------------------------------------- all of it */

enum exit_code
judging_open(const struct common *common, const struct judging_options *o,
    const char *command, struct judging *out)
{
	enum exit_code code;

	*out = (struct judging){ .common = common, .o = o,
	    .command = command, .keeps_packages = strcmp(command, "judge") ==
	    0, .how = { .at = common->at, .esu = o->esu,
	    .has_max_age = o->max_age.given } };
	if (!parse_asked(out) || !number_within(common, command, "grace",
	    &o->grace, 0, MAX_DAYS, ASSESS_GRACE, &out->how.grace) ||
	    !number_within(common, command, "max-catalogue-age", &o->max_age,
	    0, MAX_DAYS, 0, &out->how.max_age))
		return EXIT_USAGE;
	code = open_catalogue(common, &out->cat);
	if (code == EXIT_GO_ON)
		code = open_policy(common, out->cat, &o->anchors,
		    &out->policy);
	if (code == EXIT_GO_ON && o->target != NULL) {
		code = open_target(out);
		out->how.target = &out->target;
	}
	return code;
}

void
judging_close(struct judging *j)
{
	file_facts_fini(&j->facts);
	inspect_policy_free(j->policy);
	catalogue_free(j->cat);
}

void
judging_host(const struct judging *j, const struct inventory *inv,
    const struct file_facts *kept, struct report_host *out)
{
	struct scene *scene = scene_new(inv, j->cat, j->policy);
	const struct file_facts *facts = j->has_facts ? &j->facts : kept;
	struct assess_options how = j->how;
	struct judging_package package;

	if (facts != NULL) {
		judging_package(j, facts, &package);
		how.target = &package.target;
	}
	*out = (struct report_host){ .inv = inv, .scene = scene,
	    .a = assess(scene, j->cat, &how),
	    .targeted = j->o->target != NULL, .target = j->o->target,
	    .package = facts };
	if (facts != NULL)
		inspected_fini(&package.seen);
}

void
judging_drop(struct report_host *h)
{
	assessment_free(h->a);
	scene_free(h->scene);
}

static int
catalogue_max(const struct judging *j)
{
	return j->how.has_max_age ? (int)j->how.max_age : -1;
}

void
judging_fleet(const struct judging *j, struct fleet *out)
{
	out->version = PACKAGE_VERSION;
	out->at = j->how.at;
	out->catalogue = catalogue_info(j->cat);
	out->cat = j->cat;
	out->catalogue_max = catalogue_max(j);
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
write_report(const struct common *o, const struct report *r)
{
	if (o->teller->in_line) {
		answer_in_line(o->teller, r);
		if (o->output == NULL)
			return EXIT_GO_ON;
	}
	return write_result(o, r);
}

enum exit_code
judging_write(const struct judging *j, struct report_host *hosts, size_t count,
    const struct report_refused *refused, size_t refused_count)
{
	struct report r = { PACKAGE_VERSION, j->how.at,
	    catalogue_info(j->cat), j->cat, hosts, count, catalogue_max(j),
	    refused, refused_count };

	return write_report(j->common, &r);
}
