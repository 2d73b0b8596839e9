/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_TAP_H
#define ROLLCALL_TESTS_TAP_H

#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A test program is a table of cases. Each case is one TAP line; inside it,
 * checks print what went wrong and let the case go on.
 *
 *	int main(void)
 *	{
 *		static const struct tap_case cases[] = { ..., { NULL, NULL } };
 *		return tap_run(cases);
 *	}
 */
struct tap_case {
	const char	*name;
	void		(*run)(void);
};

int	tap_run(const struct tap_case *cases);

/* End the running case as skipped, saying why. */
void	tap_skip(const char *why);

void	tap_check(bool ok, const char *file, int line, const char *what);
void	tap_check_int(int64_t got, int64_t want, const char *file, int line,
	    const char *what);
void	tap_check_str(const char *got, const char *want, const char *file,
	    int line, const char *what);
void	tap_check_st(enum status got, enum status want,
	    const struct diag *d, const char *file, int line,
	    const char *what);

#define CHECK(e)		tap_check((e), __FILE__, __LINE__, #e)
#define CHECK_INT(got, want)	tap_check_int((int64_t)(got), \
				    (int64_t)(want), __FILE__, __LINE__, #got)
#define CHECK_STR(got, want)	tap_check_str((got), (want), __FILE__, \
				    __LINE__, #got)
#define CHECK_ST(got, want, d)	tap_check_st((got), (want), (d), __FILE__, \
				    __LINE__, #got)

/* $name, or NULL when it is empty or not set. */
const char *tap_env(const char *name);

/* The whole file, at DIR-relative PATH; ends the program when it cannot.
 * The caller frees it. */
uint8_t	*tap_read(const char *path, size_t *len);

/* A fixture built at check time: $ROLLCALL_FIXTURES/NAME. */
uint8_t	*tap_fixture(const char *name, size_t *len);

#endif
