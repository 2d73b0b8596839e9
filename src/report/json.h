/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_JSON_H
#define ROLLCALL_REPORT_JSON_H

#include "base/instant.h"
#include "base/version.h"
#include "catalogue/catalogue.h"
#include "io/sink.h"
#include "json/jsonout.h"

#include <jansson.h>

/*
 * Small makers of JSON values; the caller owns what they return.
 *
 * NULL is a value that could not be made: too little memory, or text that is
 * not UTF-8. What it is put into becomes NULL as well, up to the whole, and
 * the output that it is written to fails: a result says all or is none.
 */

/* Put V, which is taken, into the object *O or behind the array *A. */
void	json_put(json_t **o, const char *name, json_t *v);
void	json_add(json_t **a, json_t *v);

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

/* The members of object O into the object that is open. */
void	json_write_members(struct jsonout *j, const json_t *o);

/* Object O, indented, without its closing brace, so that more can follow. */
void	json_emit_open(const json_t *o, struct sink *out);

/* The value on one line, without its end. */
void	json_emit_line(const json_t *v, struct sink *out);

#endif
