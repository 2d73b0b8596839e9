/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_REPORT_FORMAT_H
#define ROLLCALL_REPORT_REPORT_FORMAT_H

#include "io/sink.h"
#include "report/style.h"

#include <stdbool.h>
#include <stddef.h>

struct changes;
struct complaints;
struct fleet_format;
struct fleet_result;
struct imported;
struct inspection;
struct inspection_format;
struct learned;
struct probe_report;
struct registry_dump;
struct registry_format;
struct releases;
struct renewal;
struct report;
struct upkeep;
struct which_report;

/* Kinds of results, and what a result of each is. */
enum report_kind {
	REPORT_NONE,
	REPORT_SCAN,		/* struct report */
	REPORT_JUDGE,		/* struct fleet_result */
	REPORT_WHICH,		/* struct which_report */
	REPORT_INSPECT,		/* struct inspection */
	REPORT_REGISTRY,	/* struct registry_dump */
	REPORT_PROBE,		/* struct probe_report */
	REPORT_LIST,		/* struct releases */
	REPORT_SHOW,		/* struct releases */
	REPORT_CHECK,		/* struct complaints */
	REPORT_UPDATE,		/* struct renewal */
	REPORT_LEARN,		/* struct learned */
	REPORT_IMPORT,		/* struct imported */
	REPORT_STATUS,		/* struct upkeep */
	REPORT_DIFF,		/* struct changes */
};

/*
 * A form that results of one kind can be written in. A format computes
 * nothing and reads no clock: what two of them would both compute belongs in
 * the result.
 */
struct report_format {
	enum report_kind kind;
	const char	*name;		/* "json" */
	bool		 single;	/* it holds one host */
	union {
		void	(*scan)(const struct report *r,
			    const struct report_style *style,
			    struct sink *out);
		void	(*which)(const struct which_report *r,
			    const struct report_style *style,
			    struct sink *out);
		const struct fleet_format *judge;
		const struct inspection_format *inspect;
		const struct registry_format *registry;
		void	(*probe)(const struct probe_report *r,
			    const struct report_style *style,
			    struct sink *out);
		void	(*releases)(const struct releases *r,
			    const struct report_style *style,
			    struct sink *out);
		void	(*check)(const struct complaints *r,
			    const struct report_style *style,
			    struct sink *out);
		void	(*update)(const struct renewal *r,
			    const struct report_style *style,
			    struct sink *out);
		void	(*learn)(const struct learned *r,
			    const struct report_style *style,
			    struct sink *out);
		void	(*diff)(const struct changes *r,
			    const struct report_style *style,
			    struct sink *out);
		void	(*status)(const struct upkeep *r,
			    const struct report_style *style,
			    struct sink *out);
		void	(*import)(const struct imported *r,
			    const struct report_style *style,
			    struct sink *out);
	} by;
};

/* The formats of a kind, the one without --format first; NULL behind the
 * last. A new format is a row in report_format.c. Static. */
const struct report_format *report_format_at(enum report_kind kind,
		    size_t n);

/* "text, json, csv"; the caller's. */
char		*report_format_names(enum report_kind kind);

/* NULL when KIND has none of this name. */
const struct report_format *report_format_find(enum report_kind kind,
		    const char *name);

/*
 * Write RESULT, which is what F->kind says.
 *
 * Returns: false when the result could not be made to its end, and what is
 *          written of it is worth nothing; who makes it knows why.
 */
MUST_CHECK
bool		report_emit(const struct report_format *f,
		    const void *result, const struct report_style *style,
		    struct sink *out);

#endif
