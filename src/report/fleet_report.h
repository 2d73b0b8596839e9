/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_FLEET_REPORT_H
#define ROLLCALL_REPORT_FLEET_REPORT_H

#include "io/sink.h"
#include "json/jsonout.h"
#include "report/fleet.h"
#include "report/report.h"
#include "report/style.h"

struct fleet_writer;

/* Judged results: they come one by one, and only rows of them stay, because
 * there may be more of them than memory should hold. */
struct fleet_result {
	struct fleet	*fleet;
	/* Gives each host to fleet_put_host(), and what is none to
	 * fleet_put_broken(). A host that is the first of all has to live on
	 * until fleet_emit() returns. */
	void		(*run)(void *ctx, struct fleet_writer *w);
	void		*ctx;
};

/* A format is a set of steps: begin, host..., end. BEGIN and HOST are NULL
 * where rows are all that it shows. */
struct fleet_format {
	void		(*begin)(struct fleet_writer *w);
	void		(*host)(struct fleet_writer *w,
			    const struct report_host *h);
	void		(*end)(struct fleet_writer *w);
};

/* What the steps share. */
struct fleet_writer {
	struct sink		*out;
	struct fleet		*fleet;
	const struct fleet_format *format;
	struct report_style	 style;
	bool			 judged;	/* a host was */
	const struct report_host *first;	/* NULL: not kept */
	struct jsonout		 json;	/* of formats that are */
	bool			 begun;
	bool			 alone;	/* one result, and nothing else was
					   asked: it is shown as by scan */
};

extern const struct fleet_format fleet_text, fleet_json, fleet_jsonl,
    fleet_csv, fleet_nagios, fleet_prometheus, fleet_html;

/* ROW, which is taken, is that of H, which may be NULL where the format has no
 * step for hosts and it is not the first that was read. */
void		fleet_put_host(struct fleet_writer *w, struct fleet_row *row,
		    const struct report_host *h);
void		fleet_put_broken(struct fleet_writer *w,
		    struct fleet_row *row);

/*
 * Returns: false, and nothing is written, when no host was judged and no
 *          server is missing.
 */
MUST_CHECK
bool		fleet_emit(const struct fleet_format *format,
		    const struct fleet_result *r,
		    const struct report_style *style, struct sink *out);

/* The hosts of a scan in a format that is made for many. */
void		fleet_of_scan(const struct fleet_format *format,
		    const struct report *r, const struct report_style *style,
		    struct sink *out);

/* The result of a scan that W's head and hosts would make. */
struct report	fleet_report_of(const struct fleet_writer *w);

void		scan_jsonl(const struct report *r,
		    const struct report_style *style, struct sink *out);
void		scan_csv(const struct report *r,
		    const struct report_style *style, struct sink *out);
void		scan_nagios(const struct report *r,
		    const struct report_style *style, struct sink *out);
void		scan_prometheus(const struct report *r,
		    const struct report_style *style, struct sink *out);

#endif
