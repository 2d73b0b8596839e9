/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_INSTANT_H
#define ROLLCALL_BASE_INSTANT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define INSTANT_TEXT	32	/* bytes that any instant prints into */

/*
 * Seconds since 1970-01-01T00:00:00Z, without leap seconds. Two values have
 * a meaning of their own: never known, and beyond any date.
 */
typedef int64_t instant;

#define INSTANT_NONE		INT64_MIN
#define INSTANT_UNLIMITED	INT64_MAX

#define SECONDS_A_DAY	86400

/*
 * RFC 3339 "2013-01-10T20:32:25Z", with "Z" or an offset, a space for the
 * "T", no fraction; or a day "2013-01-10", which means its first second.
 *
 * Returns: false, and *OUT untouched, for anything else, days that the
 *          calendar lacks included.
 */
bool	instant_parse(const char *text, instant *out);

/* "20120817", as Windows Installer writes days. */
bool	instant_parse_day8(const char *text, instant *out);

/* 100-nanosecond units since 1601 (FILETIME). 0 gives INSTANT_NONE, and so
 * does a year of five digits, which RFC 3339 cannot write. */
instant	instant_of_filetime(uint64_t filetime);

/* The first second of a day; month and day from 1. Not checked. */
instant	instant_of_day(int year, int month, int day);

/* "2013-01-10T20:32:25Z" into TEXT of INSTANT_TEXT bytes, returned. */
char	*instant_format(instant t, char *text);

/* "2013-01-10". */
char	*instant_format_day(instant t, char *text);

/* The whole days from FROM to TO, which may be before it; both are known. */
long long instant_days(instant from, instant to);

#endif
