/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/instant.h"

#include <stdio.h>
#include <string.h>

#define FILETIME_PER_SECOND	10000000
#define FILETIME_EPOCH		11644473600	/* seconds 1601 to 1970 */
#define YEAR_MIN		1601
#define YEAR_MAX		9999

/*
 * Days since 1970-01-01 of a day of the Gregorian calendar, counted in
 * years that begin in March so that the leap day comes last.
 */
static int64_t
days_of(int64_t y, int m, int d)
{
	int64_t era, yoe, doy;

	y -= m <= 2;
	era = (y >= 0 ? y : y - 399) / 400;
	yoe = y - era * 400;
	doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

static void
day_of(int64_t days, int64_t *year, int *month, int *day)
{
	int64_t era, doe, yoe, doy, mp;

	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = yoe + era * 400 + (*month <= 2);
}

static bool
day_exists(int y, int m, int d)
{
	static const int len[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };
	bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;

	if (y < YEAR_MIN || y > YEAR_MAX || m < 1 || m > 12 || d < 1)
		return false;
	return d <= len[m - 1] + (m == 2 && leap);
}

instant
instant_of_day(int year, int month, int day)
{
	return days_of(year, month, day) * SECONDS_A_DAY;
}

/* Exactly N digits; *S moves only on success. */
static bool
take_digits(const char **s, int n, int *out)
{
	const char *p = *s;
	int v = 0;

	for (; n > 0; n--, p++) {
		if (*p < '0' || *p > '9')
			return false;
		v = v * 10 + (*p - '0');
	}
	*s = p;
	*out = v;
	return true;
}

static bool
take_char(const char **s, char c)
{
	if (**s != c)
		return false;
	++*s;
	return true;
}

/* "Z", or "+01:00" as seconds east. */
static bool
take_zone(const char **s, int *east)
{
	int h, m, sign;

	*east = 0;
	if (take_char(s, 'Z') || take_char(s, 'z'))
		return true;
	sign = **s == '-' ? -1 : 1;
	if (!take_char(s, '+') && !take_char(s, '-'))
		return false;
	if (!take_digits(s, 2, &h) || !take_char(s, ':') ||
	    !take_digits(s, 2, &m) || h > 23 || m > 59)
		return false;
	*east = sign * (h * 3600 + m * 60);
	return true;
}

bool
instant_parse(const char *text, instant *out)
{
	const char *s = text;
	int y, mo, d, h, mi, se, east;
	int64_t t;

	if (!take_digits(&s, 4, &y) || !take_char(&s, '-') ||
	    !take_digits(&s, 2, &mo) || !take_char(&s, '-') ||
	    !take_digits(&s, 2, &d) || !day_exists(y, mo, d))
		return false;
	t = instant_of_day(y, mo, d);
	if (*s != '\0') {
		if (!take_char(&s, 'T') && !take_char(&s, 't') &&
		    !take_char(&s, ' '))
			return false;
		if (!take_digits(&s, 2, &h) || !take_char(&s, ':') ||
		    !take_digits(&s, 2, &mi) || !take_char(&s, ':') ||
		    !take_digits(&s, 2, &se) || !take_zone(&s, &east) ||
		    *s != '\0' || h > 23 || mi > 59 || se > 59)
			return false;
		t += h * 3600 + mi * 60 + se - east;
	}
	*out = t;
	return true;
}

bool
instant_parse_day8(const char *text, instant *out)
{
	const char *s = text;
	int y, m, d;

	if (!take_digits(&s, 4, &y) || !take_digits(&s, 2, &m) ||
	    !take_digits(&s, 2, &d) || *s != '\0' || !day_exists(y, m, d))
		return false;
	*out = instant_of_day(y, m, d);
	return true;
}

instant
instant_of_filetime(uint64_t filetime)
{
	instant t = (instant)(filetime / FILETIME_PER_SECOND) -
	    FILETIME_EPOCH;

	return filetime != 0 && t < instant_of_day(YEAR_MAX + 1, 1, 1) ? t :
	    INSTANT_NONE;
}

/* Split into a day of the calendar and a second of it. */
static int
split(instant t, int64_t *y, int *m, int *d)
{
	int64_t days = t / SECONDS_A_DAY, sec = t % SECONDS_A_DAY;

	if (sec < 0) {
		sec += SECONDS_A_DAY;
		days--;
	}
	day_of(days, y, m, d);
	return (int)sec;
}

/* The two values without a date; false when T is a date. */
static bool
format_special(instant t, char *text)
{
	if (t != INSTANT_NONE && t != INSTANT_UNLIMITED)
		return false;
	snprintf(text, INSTANT_TEXT, "%s",
	    t == INSTANT_NONE ? "unknown" : "unlimited");
	return true;
}

/* Two digits at P. */
static void
put_two(char *p, int n)
{
	p[0] = (char)('0' + n / 10 % 10);
	p[1] = (char)('0' + n % 10);
}

/* Every key of a hive has a time: snprintf() would be a tenth of a walk. */
char *
instant_format(instant t, char *text)
{
	int64_t y;
	int m, d, sec;

	if (format_special(t, text))
		return text;
	sec = split(t, &y, &m, &d);
	if (y < 0 || y > 9999) {
		snprintf(text, INSTANT_TEXT, "%04d-%02d-%02dT%02d:%02d:%02dZ",
		    (int)y, m, d, sec / 3600, sec / 60 % 60, sec % 60);
		return text;
	}
	memcpy(text, "0000-00-00T00:00:00Z", sizeof("0000-00-00T00:00:00Z"));
	put_two(text, (int)y / 100);
	put_two(text + 2, (int)y);
	put_two(text + 5, m);
	put_two(text + 8, d);
	put_two(text + 11, sec / 3600);
	put_two(text + 14, sec / 60 % 60);
	put_two(text + 17, sec % 60);
	return text;
}

char *
instant_format_day(instant t, char *text)
{
	int64_t y;
	int m, d;

	if (format_special(t, text))
		return text;
	split(t, &y, &m, &d);
	snprintf(text, INSTANT_TEXT, "%04d-%02d-%02d", (int)y, m, d);
	return text;
}

long long
instant_days(instant from, instant to)
{
	instant n = to - from;

	return n >= 0 ? n / SECONDS_A_DAY :
	    -((-n + SECONDS_A_DAY - 1) / SECONDS_A_DAY);
}
