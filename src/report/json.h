/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_JSON_H
#define ROLLCALL_REPORT_JSON_H

#include "base/instant.h"
#include "base/version.h"
#include "catalogue/catalogue.h"
#include "io/sink.h"

#include <jansson.h>

/* Small makers of JSON values; the caller owns what they return. */

/* A string, or null for NULL. What is not UTF-8 becomes U+FFFD. */
json_t	*json_text(const char *s);

/* The same, and null for "" too. */
json_t	*json_text_or_null(const char *s);

/* "14.2.318.2", or null when it is not known. */
json_t	*json_version(struct version v);

/* "2013-01-10T20:32:25Z", "unlimited", or null. */
json_t	*json_instant(instant t);

/* What every result begins with: schema, version, at, catalogue, overlays. */
json_t	*json_result(const char *version, instant at,
	    const struct cat_info *cat);

/* Ids of sources. */
json_t	*json_refs(const struct cat_refs *refs);

/* What every result says of a release; null for NULL. */
json_t	*json_release(const struct cat_release *r);

/* The value, indented, with a newline behind it. */
void	json_emit(const json_t *v, struct sink *out);

/* Object O, indented, without its closing brace, so that more can follow. */
void	json_emit_open(const json_t *o, struct sink *out);

/* The value on one line, without its end. */
void	json_emit_line(const json_t *v, struct sink *out);

#endif
