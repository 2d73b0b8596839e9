/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_JSON_JSONIN_H
#define ROLLCALL_JSON_JSONIN_H

#include "base/instant.h"
#include "base/limits.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/version.h"
#include "json/jsontape.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * JSON that may be hostile, read back: what jsonout writes comes out as it
 * went in. The first thing that is wrong is remembered with its JSON pointer
 * ("line 7: /hosts/0/patches/3/state: not one of applied, superseded"), and
 * from then on everything gives 0, "" or nothing: read all of a document,
 * ask once, with jsonin_finish(), and use nothing before.
 *
 * Members that nobody asks for are ignored, whatever they are.
 */
struct jsonin;

/* A value; or the place of one that is not there, whose members are not
 * there either. Small, and copied freely; dies with its document. */
struct jsonin_at {
	struct jsonin	*in;
	uint32_t	 node;		/* 0: not there; it would be */
	uint32_t	 parent;	/* that member of this, */
	const char	*name;		/* borrowed */
};

/* What is in an array or an object, one after another. */
struct jsonin_items {
	struct jsonin_at at;
	uint32_t	 next, end;
};

/*
 * Read a document.
 *
 * Spec:    RFC 8259; no name twice in one object
 * In:      DOC is the document, whole, which begins on LINE of its file; it
 *          must outlive what is read from it.
 * Out:     *OUT is the caller's, for jsonin_close().
 * Limits:  JSON_MAX_BYTES, JSON_MAX_DEPTH, JSON_MAX_VALUES,
 *          JSON_MAX_MEMBERS.
 * Returns: ST_OK; ST_MALFORMED; ST_LIMIT.
 */
MUST_CHECK
enum status	jsonin_open(struct slice doc, uint64_t line,
		    struct jsonin **out, struct diag *d);
void		jsonin_close(struct jsonin *in);	/* NULL is fine */

/*
 * Was all that was asked for as it has to be?
 *
 * Returns: ST_OK; else what was wrong first, which D says.
 */
MUST_CHECK
enum status	jsonin_finish(const struct jsonin *in, struct diag *d);

/* The same, for who would otherwise go on for long. */
bool		jsonin_failed(const struct jsonin *in);

/* The caller's own complaint of a value. ST is not ST_OK. */
void		jsonin_fail(struct jsonin_at at, const char *name,
		    enum status st, const char *fmt, ...) PRINTF_LIKE(4, 5);

struct jsonin_at jsonin_root(struct jsonin *in);

/*
 * Below, NAME is that of a member of AT, which has to be an object (or not
 * there); NULL asks for AT itself.
 *
 * What is missing and what is null is the same to each of them: an error,
 * or, where that is said, a value of its own. Who tells the two apart asks
 * jsonin_kind() (JSONTAPE_NONE, JSONTAPE_NULL) or jsonin_require() before.
 */
enum jsontape_kind jsonin_kind(struct jsonin_at at, const char *name);

/* It must be there; null is fine. */
void		jsonin_require(struct jsonin_at at, const char *name);

/* The name that AT has in its object; NULL in an array. */
const char	*jsonin_name(struct jsonin_at at);

/* An object. The second: or none. */
struct jsonin_at jsonin_object(struct jsonin_at at, const char *name);
struct jsonin_at jsonin_object_or_none(struct jsonin_at at,
		    const char *name);
bool		jsonin_is_there(struct jsonin_at at);

/* An array of at most MAX; none is like an empty one. */
struct jsonin_at jsonin_array(struct jsonin_at at, const char *name,
		    size_t max);

/* How many elements or members it has; 0 after an error. */
size_t		jsonin_count(struct jsonin_at at);

/*
 *	struct jsonin_items it = jsonin_items(at);
 *	while (jsonin_each(&it, &item))
 */
struct jsonin_items jsonin_items(struct jsonin_at at);
bool		jsonin_each(struct jsonin_items *it, struct jsonin_at *item);

/* Text of at most MAX bytes, its NUL not counted; dies with the document.
 * Never NULL. The second: NULL for none. */
const char	*jsonin_text(struct jsonin_at at, const char *name,
		    size_t max);
const char	*jsonin_text_or_null(struct jsonin_at at, const char *name,
		    size_t max);

/* A whole number from MIN to MAX. The second: OTHER for none. */
int64_t		jsonin_number(struct jsonin_at at, const char *name,
		    int64_t min, int64_t max);
int64_t		jsonin_number_or(struct jsonin_at at, const char *name,
		    int64_t min, int64_t max, int64_t other);

bool		jsonin_bool(struct jsonin_at at, const char *name);
bool		jsonin_bool_or(struct jsonin_at at, const char *name,
		    bool other);

/*
 * The index of a text among COUNT words, those that are NULL left out; 0
 * after an error. The second: OTHER for none, and for a word that is not
 * among them, as a newer program may write.
 */
unsigned	jsonin_word(struct jsonin_at at, const char *name,
		    const char *const *words, size_t count);
unsigned	jsonin_word_or(struct jsonin_at at, const char *name,
		    const char *const *words, size_t count, unsigned other);

/* As jsonout_version() writes it, and no other spelling; none is a version
 * that is not known. */
struct version	jsonin_version(struct jsonin_at at, const char *name);

/* As jsonout_instant() writes it, likewise; none is INSTANT_NONE. */
instant		jsonin_instant(struct jsonin_at at, const char *name);

/* LEN bytes in lower case hex. False, and zeros, for none. */
bool		jsonin_hex(struct jsonin_at at, const char *name, void *p,
		    size_t len);

#endif
