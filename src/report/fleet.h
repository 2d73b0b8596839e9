/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_FLEET_H
#define ROLLCALL_REPORT_FLEET_H

#include "base/instant.h"
#include "report/report.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Many hosts, each of them a row that is small enough to keep: what the forms
 * for many hosts show, and what becomes of them together. Rows own their
 * text; rows of the catalogue, servers and accepted risks outlive them.
 */

/* Zero is nothing good. */
enum fleet_state {
	FLEET_UNKNOWN,
	FLEET_BROKEN,		/* a result that cannot be judged */
	FLEET_MISSING,		/* a server without a result */
	FLEET_OLD,		/* judged, and older than is asked for */
	FLEET_JUDGED,
	FLEET_SUPERSEDED,	/* judged, and a newer one is there */
	FLEET_STATES
};

enum fleet_grouping {
	FLEET_BY_LIST,		/* as the list of servers says, if any */
	FLEET_BY_PRODUCT,
	FLEET_BY_RELEASE,
	FLEET_BY_VERDICT,
};

/* A server that has to have a result. */
struct fleet_server {
	char		*name;		/* of a host, with its domain or not */
	char		*group;		/* "" for none */
};

#define FLEET_ITEM_MISSING	"missing"	/* there is no result at all */

/* A risk that was accepted. */
struct fleet_accept {
	char		*host;		/* a pattern: '*' and '?', */
	char		*pattern;	/* and folded */
	char		*item;		/* a question, a finding's code, or
					   FLEET_ITEM_MISSING */
	instant		 until;		/* the first second after it */
	char		*why;
	unsigned	 line;		/* of its file */
	size_t		 used;		/* hosts that it is about */
};

struct fleet_answer {
	unsigned	 value;
	enum severity	 severity;
	size_t		 lacks;		/* reasons why it is no better */
};

struct fleet_finding {
	enum rule_id	 rule;
	enum question	 question;
	enum severity	 severity;
};

/* One installation of Exchange. */
struct fleet_install {
	const struct cat_product *product; /* NULL: not known */
	const struct cat_branch	*branch;
	const struct cat_release *release;
	struct version	 build;		/* that runs; parts 0: not known */
	char		*kb;		/* of that, "" */
	char		*title;		/* "Exchange 2010 SP2 ..." */
	struct fleet_answer answers[QUESTION_COUNT];
	struct rests	 rests;		/* overlays that they rest on */
	bool		 counted;	/* the next are known */
	size_t		 updates, security, cves;
	bool		 all_cves;
	const struct cat_release *newest; /* NULL */
	instant		 supported_until;
	const struct cat_release *next;	/* NULL */
	char		*step;		/* how it is had, NULL */
};

struct fleet_row {
	enum fleet_state state;
	char		*file;		/* where the result is; NULL: nowhere */
	char		*name;		/* never NULL; the file's, where the
					   result has none, */
	bool		 named;		/* which is no host's */
	char		*domain, *guid;	/* NULL */
	const char	*group;		/* "" for none */
	char		*why;		/* it is not judged, NULL */
	instant		 taken;
	char		*windows;	/* NULL */
	enum severity	 found;		/* the verdict, */
	enum severity	 verdict;	/* without what is accepted, and with
					   what is missing: that counts */
	char		*words;		/* "ACTION REQUIRED" */
	char		*instruction;
	unsigned	 asked;		/* QUESTION_BIT()s */
	struct fleet_answer answers[QUESTION_COUNT]; /* of the host */
	struct rests	 rests;		/* overlays that they rest on */
	struct fleet_install *installs;
	size_t		 install_count;
	instant		 signature_end;	/* of its own files, the first */
	struct fleet_finding *findings; /* that are more than a note */
	size_t		 finding_count;
	struct fleet_accept **accepted;	/* that are about it */
	size_t		 accepted_count;
	char		*newer;		/* file that counts, if SUPERSEDED */
	size_t		 order;		/* in which they came */
};

/* So many hosts have it. */
struct fleet_count {
	const char	*what;		/* a release, a build */
	size_t		 count;
};

struct fleet_group {
	const char	*name;
	size_t		 hosts;
	size_t		 verdicts[SEV_REQUIRED + 1];
	struct fleet_count *builds;	/* by count, then by name */
	size_t		 build_count;
};

struct fleet {
	const char	*version;	/* of rollcall */
	instant		 at, now;	/* judged as of; it is */
	const struct cat_info *catalogue;
	const struct catalogue *cat;
	bool		 has_max_age;
	instant		 max_age;	/* seconds */
	int		 catalogue_max;	/* days, or -1: as way_age() */
	enum fleet_grouping grouping;
	struct fleet_server *servers;	/* borrowed */
	size_t		 server_count;
	struct fleet_accept *accepts;	/* borrowed */
	size_t		 accept_count;
	struct fleet_row **rows;	/* worst first, once concluded */
	size_t		 count;

	/* Of fleet_conclude(). */
	size_t		 states[FLEET_STATES];
	size_t		 verdicts[SEV_REQUIRED + 1]; /* of what counts */
	enum severity	 worst;
	struct fleet_count *releases;	/* of what counts, by count */
	size_t		 release_count;
	struct fleet_group *groups;
	size_t		 group_count;
	char		**texts;	/* that COUNTs point to; owned */
	size_t		 text_count;
};

/* Rows, the caller's until fleet_add(). FILE is where the result was. */
struct fleet_row *fleet_row_of(const struct fleet *f,
		    const struct report_host *h, const char *file);
struct fleet_row *fleet_row_broken(const char *file, const char *why);
struct fleet_row *fleet_row_missing(const struct fleet *f,
		    const struct fleet_server *s);
void		fleet_row_free(struct fleet_row *row);	/* NULL is fine */

void		fleet_add(struct fleet *f, struct fleet_row *row);

/* Tell duplicates and what is missing, sort, and count. Once. */
void		fleet_conclude(struct fleet *f);
void		fleet_fini(struct fleet *f);

/* What is missing, of the installation that lacks most. */
struct fleet_behind {
	bool		 known;
	size_t		 updates, security, cves;
};

/* Raise *B to what ROW lacks. */
void		fleet_add_behind(struct fleet_behind *b,
		    const struct fleet_row *row);

/* Does ROW count for the verdict of all? */
bool		fleet_counts(const struct fleet_row *row);

/* Has the acceptance run out at AT? */
bool		fleet_ran_out(const struct fleet_accept *a, instant at);

/* "judged", "broken", ...: never NULL. */
const char	*fleet_state_name(enum fleet_state s);

/* "DAG1", "" for what has none. */
const char	*fleet_group_of(const struct fleet *f,
		    const struct fleet_row *row);

#endif
