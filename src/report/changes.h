/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_CHANGES_H
#define ROLLCALL_REPORT_CHANGES_H

#include "base/instant.h"
#include "catalogue/catalogue.h"
#include "io/sink.h"
#include "report/style.h"

#include <stdbool.h>
#include <stddef.h>

/* A fact of a release that two catalogues have differently. */
struct change_fact {
	const char	*fact;		/* "kb"; static */
	char		*old, *new;	/* owned; "" for none */
};

/* A release that differs; one of the two is NULL where it is in one only. */
struct change {
	const struct cat_release *old, *new;
	struct change_fact *facts;	/* owned */
	size_t		 fact_count;
};

/* Servers whose verdict goes from one to another. */
struct change_verdict {
	char		*from, *to;	/* first words; owned */
	char		**servers;	/* owned */
	size_t		 count;
};

/* What "catalogue diff" found. */
struct changes {
	const char	*version;	/* of rollcall */
	instant		 at;
	const struct cat_info *old, *catalogue; /* borrowed */
	struct change	*changes;	/* in the order of the catalogues */
	size_t		 count;
	bool		 judged;	/* --results was given */
	size_t		 servers, refused;
	struct change_verdict *verdicts;
	size_t		 verdict_count;
};

/*
 * Hold OLD and NEW, which outlive it, against each other.
 *
 * Out:     OUT->changes, for changes_fini().
 */
void	changes_find(struct changes *out, const struct catalogue *old,
	    const struct catalogue *new);
void	changes_fini(struct changes *c);

/* SERVER was judged by both: count it, and how its verdict goes. */
void	changes_count(struct changes *c, const char *server, const char *from,
	    const char *to);

void	changes_text(const struct changes *r,
	    const struct report_style *style, struct sink *out);
void	changes_json(const struct changes *r,
	    const struct report_style *style, struct sink *out);

#endif
