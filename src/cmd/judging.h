/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_JUDGING_H
#define ROLLCALL_CMD_JUDGING_H

#include "assessment/assessment.h"
#include "cmd/exit_codes.h"
#include "cmd/options.h"
#include "report/report.h"

/*
 * What "scan" and "judge" share: by what a host is judged, whether its
 * inventory was taken just now or lay in a file.
 */
#define JUDGING_TARGETS	64	/* releases that share a KB */

struct judging_options {
	struct text_list anchors;
	const char	*target;
	const char	*ask;
	struct option_number grace;
	struct option_number max_age;
	bool		 esu;
};

/* Their rows, in a struct S that has them as its member M. */
#define JUDGING_ROWS(s, m) \
	{ "target", 't', "WHAT", OPTION_TEXT, offsetof(struct s, m.target), \
	    "may this package, build, KB or \"next\" be installed?" }, \
	{ "anchor", 0, "FILE", OPTION_LIST, offsetof(struct s, m.anchors), \
	    "trust the certificates of FILE (PEM) too" }, \
	{ "ask", 0, "LIST", OPTION_TEXT, offsetof(struct s, m.ask), \
	    "the questions that count, parted by commas" }, \
	{ "grace", 0, "DAYS", OPTION_NUMBER, offsetof(struct s, m.grace), \
	    "a security update may be missing so long (30)" }, \
	{ "esu", 0, NULL, OPTION_FLAG, offsetof(struct s, m.esu), \
	    "extended security updates can be had" }, \
	{ "max-catalogue-age", 0, "DAYS", OPTION_NUMBER, \
	    offsetof(struct s, m.max_age), \
	    "older, it calls nothing current" }

struct judging {
	const struct common *common;
	const struct judging_options *o;
	const char	*command;	/* "scan" */
	struct assess_options how;
	struct catalogue *cat;
	struct inspect_policy *policy;
	struct assess_target target;
	bool		 has_facts;
	struct file_facts facts;	/* of a package that is the target */
	bool		 keeps_packages; /* results may have them too, */
	bool		 only_kept;	/* and nothing else has it */
	const struct cat_release *releases[JUDGING_TARGETS];
};

/*
 * Open what hosts are judged by, or tell why not.
 *
 * In:      COMMON and O outlive *OUT.
 * Out:     *OUT, in any case for judging_close().
 */
enum exit_code	judging_open(const struct common *common,
		    const struct judging_options *o, const char *command,
		    struct judging *out);
void		judging_close(struct judging *j);

/* A package that is the target, as it is judged. */
struct judging_package {
	struct assess_target target;
	struct inspected seen;		/* for inspected_fini() */
	const struct cat_release *release;
};
void		judging_package(const struct judging *j,
		    const struct file_facts *facts,
		    struct judging_package *out);

/* Judge INV, which outlives *OUT; for judging_drop(). KEPT: facts of the
 * package that is the target, where its file is not at hand; or NULL. */
void		judging_host(const struct judging *j,
		    const struct inventory *inv,
		    const struct file_facts *kept, struct report_host *out);
void		judging_drop(struct report_host *h);

/* What hosts are judged by, for who judges many. */
struct fleet;
void		judging_fleet(const struct judging *j, struct fleet *out);

/* Write what became of HOSTS, and of what was refused. */
enum exit_code	judging_write(const struct judging *j,
		    struct report_host *hosts, size_t count,
		    const struct report_refused *refused,
		    size_t refused_count);

#endif
