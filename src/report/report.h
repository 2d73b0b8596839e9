/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_REPORT_H
#define ROLLCALL_REPORT_REPORT_H

#include "assessment/assessment.h"
#include "catalogue/catalogue.h"
#include "assessment/scene.h"
#include "io/sink.h"
#include "report/style.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * A finished result, ready to be written in any format. Everything in it is
 * sorted and borrowed; a format computes nothing and reads no clock.
 */
struct report_host {
	const struct inventory	*inv;	/* the facts, */
	struct scene		*scene;	/* put together, */
	struct assessment	*a;	/* and judged */
	bool			 targeted;	/* --target was asked, */
	const char		*target;	/* and how it was called */
	const struct file_facts	*package;	/* that it is; or NULL */
	const char		*root;		/* that was looked at, or where
						   the result was */
};

/* What was to be looked at, and could not be. */
struct report_refused {
	const char		*root;
	char			*why;		/* one line */
};

struct report {
	const char		*version;	/* of rollcall */
	instant			 at;
	const struct cat_info	*catalogue;
	const struct catalogue	*cat;		/* for the names of sources */
	struct report_host	*hosts;
	size_t			 host_count;
	int			 catalogue_max;	/* days, as in way_age() */
	const struct report_refused *refused;
	size_t			 refused_count;
};

void		report_text(const struct report *r,
		    const struct report_style *style, struct sink *out);
void		report_html(const struct report *r,
		    const struct report_style *style, struct sink *out);
void		report_json(const struct report *r,
		    const struct report_style *style, struct sink *out);
void		report_oval(const struct report *r,
		    const struct report_style *style, struct sink *out);

struct jsonout;

/* Who reads the result must not take what is there for all. */
void		report_json_refused(struct jsonout *j,
		    const struct report_refused *refused, size_t count);

/* A host of R, as an element of the array that is open. */
void		report_json_host(struct jsonout *j, const struct report *r,
		    const struct report_host *h, bool quiet);

#endif
