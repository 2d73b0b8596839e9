/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/path.h"
#include "cmd/command.h"
#include "cmd/open_catalogue.h"
#include "cmd/open_policy.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "io/file.h"
#include "report/learned.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * Digests of packages are worth something when somebody who held the real
 * ones wrote them down. So a package is learned only when its signature
 * verifies to an anchor and its content, never its name, tells the release.
 */
struct learn_options {
	struct common	 common;
	struct text_list anchors;
	const char	*name;
};

static const struct option_row rows[] = {
	{ "anchor", 0, "FILE", OPTION_LIST,
	    offsetof(struct learn_options, anchors),
	    "trust the certificates of FILE (PEM) too" },
	{ "name", 0, "NAME", OPTION_TEXT,
	    offsetof(struct learn_options, name),
	    "name of the overlay (default: learned)" },
};

/* A package that was looked at. */
struct looked_at {
	struct file_facts	 facts;
	struct inspected	 seen;		/* of them */
};

static void
looked_at_free(struct looked_at *p)
{
	inspected_fini(&p->seen);
	file_facts_fini(&p->facts);
	free(p);
}

/* What was learned so far. */
struct lesson {
	struct teller		*teller;
	const struct catalogue	*cat;
	const struct inspect_policy *policy;
	struct learned_package	*packages;
	struct looked_at	**files;	/* one for each package */
	size_t			 count;
	size_t			 refused;
};

/* Why a package is not to be learned; NULL when it is. An expired signature
 * was sound while it lasted. */
static const char *
objection(const struct inspected *seen, const char *name)
{
	if (seen->verdict == SIG_UNREADABLE)
		return seen->why.text;
	if (!seen->facts->has_patch)
		return "no patch of Windows Installer";
	if (seen->verdict == SIG_UNSIGNED)
		return "it has no signature";
	if (seen->verdict != SIG_VALID && seen->verdict != SIG_EXPIRES &&
	    seen->verdict != SIG_EXPIRED)
		return seen->why.text;
	if (seen->release == NULL)
		return "which release it is cannot be told";
	/* Without MsiDigitalSignatureEx, names and lengths of streams can be
	 * changed, and so what the patch says of itself. */
	if (!seen->facts->metadata && seen->by != INSPECT_BY_DIGEST &&
	    seen->by != INSPECT_BY_PATCH_CODE)
		return "its signature leaves open what its streams are, and "
		    "its patch code is not known";
	if (seen->name == INSPECT_NAME_LIES)
		return "its name is that of another release";
	return learned_is_line(name) ? NULL : "its name has no place in XML";
}

static enum status
inspect_file(const struct lesson *l, const char *path,
    struct looked_at *out, struct diag *d)
{
	struct file *f = NULL;
	enum status st = file_open(path, &f, d);

	if (st == ST_OK)
		file_facts_read(file_source(f), inspect_anchors(l->policy),
		    &out->facts);
	if (st == ST_OK)
		inspect_judge(&out->facts, path, l->policy, &out->seen);
	file_close(f);
	return st;
}

static enum exit_code
learn_file(struct lesson *l, const char *path)
{
	struct looked_at *file = xcalloc(1, sizeof(*file));
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st = inspect_file(l, path, file, &d);
	const char *why;

	if (st != ST_OK) {
		tell_diag(l->teller, path, &d);
		free(file);
		return exit_of_status(st);
	}
	why = objection(&file->seen, path_base(path));
	if (why != NULL) {
		tell(l->teller, path, "not learned: %s", why);
		l->refused++;
		looked_at_free(file);
		return EXIT_GO_ON;
	}
	l->packages = xpush(l->packages, l->count, sizeof(*l->packages));
	l->files = xpush(l->files, l->count, sizeof(struct looked_at *));
	l->packages[l->count] = (struct learned_package){ path_base(path),
	    &file->seen };
	l->files[l->count++] = file;
	return EXIT_GO_ON;
}

static enum exit_code
write_overlay(const struct learn_options *o, const struct lesson *l)
{
	struct learned overlay = { o->name != NULL ? o->name : "learned",
	    o->common.at, l->packages, l->count };

	return write_result(&o->common, &overlay);
}

static enum exit_code
learn_all(const struct learn_options *o, struct lesson *l, char **files,
    size_t count)
{
	enum exit_code code = EXIT_GO_ON;
	size_t i;

	for (i = 0; code == EXIT_GO_ON && i < count; i++)
		code = learn_file(l, files[i]);
	if (code != EXIT_GO_ON)
		return code;
	if (l->count == 0)
		return EXIT_BAD_DATA;
	return exit_or(write_overlay(o, l), l->refused != 0 ?
	    EXIT_ADVISED : EXIT_NOTHING_TO_DO);
}

static enum exit_code
learn_run(void *options, char **args, size_t count)
{
	const struct learn_options *o = options;
	struct inspect_policy *policy = NULL;
	struct catalogue *cat = NULL;
	struct lesson l = { .teller = o->common.teller };
	enum exit_code code;
	size_t i;

	if (o->name != NULL && !learned_is_name(o->name)) {
		tell(o->common.teller, "catalogue learn",
		    "--name: \"%s\" is not made of "
		    "letters and digits, with single - and . between them",
		    o->name);
		return EXIT_USAGE;
	}
	code = open_catalogue(&o->common, &cat);
	if (code == EXIT_GO_ON)
		code = open_policy(&o->common, cat, &o->anchors, &policy);
	l.cat = cat;
	l.policy = policy;
	if (code == EXIT_GO_ON)
		code = learn_all(o, &l, args, count);
	for (i = 0; i < l.count; i++)
		looked_at_free(l.files[i]);
	free(l.files);
	free(l.packages);
	inspect_policy_free(policy);
	catalogue_free(cat);
	return code;
}

const struct command cmd_catalogue_learn = {
	.name = "catalogue learn",
	.summary = "write an overlay about packages that you hold",
	.synopsis = "[OPTION...] FILE...",
	.text = "Write an overlay with the digests, patch codes and names of "
	    "packages (.msp), for --overlay. A package is learned only when "
	    "its signature verifies and its content tells which release it "
	    "is; others are named on standard error.",
	.result = REPORT_LEARN,
	.min_args = 1,
	.max_args = SIZE_MAX,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct learn_options),
	.run = learn_run,
};
