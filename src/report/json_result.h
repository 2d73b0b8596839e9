/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_JSON_RESULT_H
#define ROLLCALL_REPORT_JSON_RESULT_H

#include "assessment/rests.h"
#include "base/instant.h"
#include "catalogue/catalogue.h"
#include "catalogue/way.h"
#include "json/jsonout.h"

/* What several results say alike, into an object that is open. */

#define JSON_RESULT_SCHEMA	"rollcall-result-2"

/* "overlays": the names of those that something rests on. */
void		json_result_rests(struct jsonout *j, const struct rests *r);

/* "catalogue" and "overlays": what it was judged by. */
void		json_result_by(struct jsonout *j, const struct cat_info *cat);

/* What every result begins with: schema, version, at, catalogue, overlays. */
void	json_result_begin(struct jsonout *j, const char *version, instant at,
	    const struct cat_info *cat);

/* Which catalogue that is. */
void	json_result_catalogue(struct jsonout *j, const char *name,
	    const struct cat_info *cat);

/* What every result says of a release. */
void	json_result_release(struct jsonout *j, const struct cat_release *r);

/* The same as an object of its own; null for NULL. */
void	json_result_release_or_null(struct jsonout *j, const char *name,
	    const struct cat_release *r);

/* "behind": what there is on the way to the newest release. */
void	json_result_behind(struct jsonout *j, const struct way *w);

/* "next", the one step to take, on 32-bit Windows or not: an object that is
 * left open, for what comes behind it; or null, and false. */
bool	json_result_next(struct jsonout *j, const struct way *w, bool is_x86);

/* Ids of sources. */
void	json_result_refs(struct jsonout *j, const char *name,
	    const struct cat_refs *refs);

/* "2013-01-10"; null for INSTANT_NONE. */
void	json_result_day(struct jsonout *j, const char *name, instant t);

#endif
