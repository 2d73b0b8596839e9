/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_QUERY_H
#define ROLLCALL_CATALOGUE_QUERY_H

#include "base/limits.h"
#include "base/version.h"
#include "catalogue/catalogue.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Questions of people who have one thing only: a build, a KB, the name of a
 * package, a display name, a patch code, a digest, or what somebody calls an
 * update. The answer is what the catalogue has, exactly, or that it has not.
 */

/* How a question was understood. */
enum query_kind {
	QUERY_NAME,
	QUERY_BUILD,
	QUERY_KB,
	QUERY_PACKAGE,
	QUERY_PATCH_CODE,
	QUERY_DIGEST,
	QUERY_ERROR,
	QUERY_CVE,
	QUERY_PRODUCT_CODE,
};

enum query_match {
	QUERY_NONE,
	QUERY_EXACT,		/* this, and nothing else */
	QUERY_RANGE,		/* one of these: the question says no more */
	QUERY_COMPONENT,	/* of a part of a release, not of ExSetup.exe */
};

/* What the KB of a question is to a repair of Windows: one of the two. */
struct query_mitigation {
	const struct cat_mitigation *mitigation;
	const struct cat_carrier *carrier;	/* brings it */
	const struct cat_related *related;	/* is easily taken for it */
};

/* Everything that points into the catalogue is borrowed. */
struct query_answer {
	char		*query;		/* as asked */
	enum query_kind	 kind;
	enum query_match match;
	const struct cat_release **releases;	/* oldest first */
	size_t		 release_count;	/* of which these are kept */
	size_t		 release_total;	/* more than those: QUERY_MAX_RELEASES
					   was reached */
	const struct cat_component *component;	/* the part; or NULL */
	const char	*file;		/* the installed file; or NULL */
	const char	*package;	/* name of the package; or NULL */
	struct version	 build;		/* that was asked for; or parts 0 */
	const struct cat_release *least; /* RELEASES are this one and what may
					   be on top of it: the question proves
					   no more; or NULL */
	char		**cves;		/* owned: asked for, "CVE-2024-49040" */
	size_t		 cve_count;
	const struct cat_release *near[QUERY_MAX_NEAR]; /* did you mean ...? */
	size_t		 near_count;
	const struct cat_release *below, *above; /* neighbours of a build that
					   is none; NULL where none is */
	const struct cat_rereleased **updates;	/* re-released updates that
					   are not of Exchange */
	size_t		 update_count;
	struct query_mitigation *mitigations;
	size_t		 mitigation_count;
	const struct cat_other_package *other;	/* no Exchange; or NULL */
	const struct cat_error *error;	/* of Windows Installer or setup; or
					   NULL */
	const char	*service;	/* "Exchange Online": nobody patches it
					   oneself; or NULL. Static */
	char		*note;		/* sentences for a person; "" */
};

/* Asks one catalogue, and remembers what its labels mean. */
struct query_asker;

/* C is borrowed. Returns: the caller's for query_asker_free(); never NULL. */
struct query_asker *query_asker_new(const struct catalogue *c);
void		query_asker_free(struct query_asker *q); /* NULL is fine */

/*
 * In:      TEXT is one question, UTF-8.
 * Limits:  QUERY_MAX_RELEASES, of which release_total and the note tell.
 * Returns: the answer, the caller's for query_answer_free(); never NULL.
 */
struct query_answer *query_ask(struct query_asker *q, const char *text);

/*
 * A line of something that was pasted: of a log, a table, a list of
 * properties. What it names is asked for, each by itself; paths, days, times
 * and versions of other products are no builds.
 *
 * In:      BLOCK: one of many lines, most of which ask nothing; what seems a
 *          name must be a whole one.
 * Out:     ADD is called for each answer, which is its own then.
 * Limits:  PASTED_MAX_ITEMS.
 */
void		query_ask_line(struct query_asker *q, const char *text,
		    bool block, void (*add)(void *ctx,
		    struct query_answer *a), void *ctx);

/* Are LINES what a program printed, and no list of questions? There is a rule
 * below the heads of columns, or half of them and more have tabs, are "label :
 * value", or begin with a bracket. */
bool		query_seems_pasted(const char *lines);

/* The same for the build of a Received header, which is that of the transport
 * service and need not be that of ExSetup.exe. BY is the name that the server
 * gives itself, or "". */
struct query_answer *query_ask_header(struct query_asker *q,
		    struct version v, const char *by);

/* The same for a build that was read somewhere, and needs no reading. */
struct query_answer *query_ask_build(struct query_asker *q,
		    struct version v);

/* For a number that proves as much as its first two parts: a service pack of
 * Exchange 2007 and 2010. */
struct query_answer *query_ask_pack(struct query_asker *q, struct version v);

/* The package or installed file with a digest. HEX is of either case. */
struct query_answer *query_ask_digest(struct query_asker *q,
		    const char *hex);
void		query_answer_free(struct query_answer *a); /* NULL is fine */

/* 64 or 40 hex digits: a SHA-256 or SHA-1 digest. */
bool		query_is_digest(const char *text);

/* "exact", "range", ...; "build", "kb", ...: never NULL. */
const char	*query_match_name(enum query_match m);
const char	*query_kind_name(enum query_kind k);

#endif
