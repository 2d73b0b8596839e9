/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_VERSION_H
#define ROLLCALL_BASE_VERSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VERSION_TEXT	48	/* bytes that any version prints into */

/*
 * Four integers, compared as integers: 14.2.328.10 is newer than 14.2.328.5.
 * PARTS says how many were given; missing ones are 0.
 */
struct version {
	uint32_t	part[4];
	unsigned	parts;		/* 0 = no version known, else 2..4 */
};

struct version	version_of(uint32_t a, uint32_t b, uint32_t c, uint32_t d);

/*
 * Read a version in one of the spellings people and programs use:
 * "14.2.318.4", "14.02.0318.004", "Version 14.2 (Build 318.2)",
 * "15.1 (Build 2507.35)", and three parts "15.1.2507".
 *
 * In:      TEXT, whole: white space around it is allowed, other text is not.
 * Returns: true; false, and *OUT untouched, for anything else.
 */
bool		version_parse(const char *text, struct version *out);

/*
 * Read the ProductVersion of a package, of which Windows Installer takes a
 * missing part for 0: "14.2.247", "1.0", "2".
 *
 * In:      TEXT, whole.
 * Returns: as version_parse().
 */
bool		version_parse_product(const char *text, struct version *out);

/*
 * Read the version that ends TEXT, after the last space, as in a patch's
 * display name "Update Rollup 4-v2 ... (KB2756485) 14.2.318.4".
 */
bool		version_parse_tail(const char *text, struct version *out);

/* < 0, 0, > 0; only the four integers count, not PARTS. */
int		version_cmp(struct version a, struct version b);
bool		version_equal(struct version a, struct version b);
bool		version_known(struct version v);

/* "14.2.318.4" into TEXT of VERSION_TEXT bytes, which is returned. */
char		*version_format(struct version v, char *text);

/* "14.02.0318.004", the spelling of Exchange's own string versions. */
char		*version_format_long(struct version v, char *text);

#endif
