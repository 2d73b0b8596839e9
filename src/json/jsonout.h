/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_JSON_JSONOUT_H
#define ROLLCALL_JSON_JSONOUT_H

#include "base/instant.h"
#include "base/limits.h"
#include "base/slice.h"
#include "base/version.h"
#include "io/sink.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * JSON, written as it goes: nothing of it is kept. The writer looks after
 * commas, indentation and escapes; who calls it, after the order. What goes
 * wrong is remembered, and fails the sink when the document ends: a result
 * says all or is none.
 *
 * Text is cleaned to UTF-8. Control characters, those of C1, DEL and what
 * turns the direction of writing are escaped, so that a result can be shown.
 *
 * Spec:   RFC 8259
 * Limits: JSON_MAX_DEPTH
 */

struct jsonout {
	struct sink	*out;
	bool		 indent;	/* two columns a level; else one line */
	bool		 flat;		/* see jsonout_flat() */
	bool		 bad;		/* a call that makes no JSON */
	bool		 done;		/* the one value of the document */
	unsigned	 depth;
	bool		 object[JSON_MAX_DEPTH];
	bool		 begun[JSON_MAX_DEPTH];	/* has something in it */
};

void	jsonout_init(struct jsonout *j, struct sink *out, bool indent);

/* Nothing may be open. Ends with a newline where it is indented. */
void	jsonout_fini(struct jsonout *j);

/* NAME is NULL inside an array and for the document itself. */
void	jsonout_object(struct jsonout *j, const char *name);
void	jsonout_array(struct jsonout *j, const char *name);
void	jsonout_end(struct jsonout *j);		/* of what is open */

/* From here on, all of one line; or no more. Returns: what was before. */
bool	jsonout_flat(struct jsonout *j, bool flat);

/* NULL is null. */
void	jsonout_text(struct jsonout *j, const char *name, const char *text);

/* LEN bytes and a NUL behind them; NULs among them are legal in JSON. */
void	jsonout_counted(struct jsonout *j, const char *name,
	    const char *text, size_t len);

/* The bytes as lower-case hexadecimal digits. */
void	jsonout_hex(struct jsonout *j, const char *name, struct slice data);

/* "" is null too. */
void	jsonout_text_or_null(struct jsonout *j, const char *name,
	    const char *text);
void	jsonout_number(struct jsonout *j, const char *name, int64_t n);
void	jsonout_bool(struct jsonout *j, const char *name, bool b);
void	jsonout_null(struct jsonout *j, const char *name);

/* "14.2.318.2"; null when it is not known. */
void	jsonout_version(struct jsonout *j, const char *name,
	    struct version v);

/* "2013-01-10T20:32:25Z", "unlimited"; null for INSTANT_NONE. */
void	jsonout_instant(struct jsonout *j, const char *name, instant t);

#endif
