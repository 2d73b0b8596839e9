/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_STATUS_H
#define ROLLCALL_BASE_STATUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_CHECK	__attribute__((warn_unused_result))
/* C99's printf; plain "printf" would be the C runtime's, which on Windows is
 * another. */
#ifdef __clang__
#define PRINTF_LIKE(f, a)	__attribute__((format(printf, f, a)))
#else
#define PRINTF_LIKE(f, a)	__attribute__((format(gnu_printf, f, a)))
#endif

/*
 * What a caller can do next. Not what went wrong: that is the diagnosis.
 */
enum status {
	ST_OK,
	ST_ABSENT,		/* well formed, and not there: no error */
	ST_UNSUPPORTED,		/* a variant that we know and do not read */
	ST_MALFORMED,		/* the bytes break a rule of their format */
	ST_LIMIT,		/* a limit of limits.h was reached */
	ST_IO,			/* the system said no */
	ST_UNTRUSTED,		/* read, understood, and not to be believed */
};

#define DIAG_NOWHERE	UINT64_MAX

/*
 * What to tell a person. Of fixed size, so that recording it cannot fail.
 */
struct diag {
	char		 text[512];	/* outermost context first, one line */
	uint64_t	 fileoff;	/* bytes from the start of the file */
	const char	*clause;	/* rule that was broken; static */
	bool		 refused;	/* to us, and perhaps not to all */
	char		 drive;		/* that is not mapped; 0 else */
};

/* Nothing to tell. Its text is not filled: this is done for every record of a
 * hive, long before one of them is damaged. */
static inline void
diag_clear(struct diag *d)
{
	d->text[0] = '\0';
	d->fileoff = DIAG_NOWHERE;
	d->clause = NULL;
	d->refused = false;
	d->drive = 0;
}

/*
 * Record the innermost failure.
 *
 * In:      D may be NULL; CLAUSE is a static string such as
 *          "regf: key value", or NULL; FILEOFF may be DIAG_NOWHERE.
 * Returns: ST, so that a caller writes "return diag_set(...)".
 */
enum status	diag_set(struct diag *d, enum status st, uint64_t fileoff,
		    const char *clause, const char *fmt, ...)
		    PRINTF_LIKE(5, 6);

/*
 * Mark what D says as a question of rights: somebody with more of them could
 * get an answer. diag_set() takes the mark away.
 */
void		diag_refused(struct diag *d);	/* NULL is fine */

/*
 * Put context ("value LocalPackage") before what D says already.
 *
 * In:      D may be NULL.
 * Returns: nothing; the status is the caller's to hand on.
 */
void		diag_wrap(struct diag *d, const char *fmt, ...)
		    PRINTF_LIKE(2, 3);

/*
 * One line for a person: the text, the clause and the place.
 *
 * Out:     LINE (at least 1 byte) is always terminated, cut if need be.
 */
void		diag_line(const struct diag *d, char *line, size_t len);

/* "malformed", "limit reached", ...: never NULL. */
const char	*status_name(enum status st);

#endif
