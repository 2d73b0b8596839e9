/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/der.h"

#define LONG_FORM	0x80	/* X.690 8.1.3.5 */
#define MAX_LENGTH_OCTETS 4

/*
 * X.690 8.1.3: the length octets. An indefinite length (8.1.3.6) is refused.
 * Octets more than needed (10.1) are let pass, as Windows does: what is
 * hashed are the bytes as they stand.
 */
static size_t
take_length(struct cursor *c)
{
	uint8_t first = cursor_u8(c);
	unsigned count, i;
	size_t len = 0;

	if (first < LONG_FORM)
		return first;
	count = first & 0x7fU;
	if (count == 0 || count > MAX_LENGTH_OCTETS) {
		c->bad = true;
		return 0;
	}
	for (i = 0; i < count; i++)
		len = len << 8 | cursor_u8(c);
	return len;
}

bool
der_next(struct cursor *c, struct der *out)
{
	struct cursor at = *c;
	struct der e;
	size_t len;

	e.tag = cursor_u8(&at);
	if ((e.tag & 0x1f) == 0x1f)		/* X.690 8.1.2.4 */
		at.bad = true;
	len = take_length(&at);
	e.body = cursor_take(&at, len);
	if (at.bad || !slice_sub(c->in, c->at, at.at - c->at, &e.whole)) {
		c->bad = true;
		return false;
	}
	*c = at;
	*out = e;
	return true;
}

bool
der_take(struct cursor *c, uint8_t tag, struct der *out)
{
	struct cursor at = *c;
	struct der e;

	if (!der_next(&at, &e) || e.tag != tag) {
		c->bad = true;
		return false;
	}
	*c = at;
	*out = e;
	return true;
}

bool
der_take_if(struct cursor *c, uint8_t tag, struct der *out)
{
	struct cursor at = *c;

	if (cursor_left(c) == 0 || cursor_u8(&at) != tag)
		return false;
	return der_take(c, tag, out);
}

bool
der_is_short(struct der e)
{
	size_t n, octets = 1;

	if (e.body.n >= LONG_FORM)
		for (n = e.body.n; n != 0; n >>= 8)
			octets++;
	return e.whole.n == 1 + octets + e.body.n;
}

struct cursor
der_enter(struct cursor *c, uint8_t tag)
{
	struct cursor inner = { .in = c->in, .at = c->at, .bad = true };
	struct der e;

	if (der_take(c, tag, &e))
		inner = cursor_of(e.body);
	return inner;
}

bool
der_done(const struct cursor *c)
{
	return !c->bad && cursor_left(c) == 0;
}

struct slice
der_algorithm(struct cursor *c)
{
	struct cursor in = der_enter(c, DER_SEQUENCE);
	struct der oid = { 0 };

	if (!der_take(&in, DER_OID, &oid))
		c->bad = true;
	return oid.body;
}

/* Two decimal digits. */
static int
take_two(struct cursor *c)
{
	uint8_t a = cursor_u8(c), b = cursor_u8(c);

	if (a < '0' || a > '9' || b < '0' || b > '9')
		c->bad = true;
	return (a - '0') * 10 + (b - '0');
}

/* RFC 5280 4.1.2.5: the year of a UTCTime lies in 1950..2049. */
static int
take_year(struct cursor *c, uint8_t tag)
{
	int year = take_two(c);

	if (tag == DER_GENERALIZED_TIME)
		return year * 100 + take_two(c);
	return year < 50 ? 2000 + year : 1900 + year;
}

/* Days of MONTH (from 1) of YEAR in the Gregorian calendar. */
static int
days_of_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	return days[month - 1] + (month == 2 && leap);
}

/* RFC 3161 2.4.2: ".", digits; only a GeneralizedTime has them. */
static void
skip_fraction(struct cursor *c, uint8_t tag)
{
	struct cursor at = *c;
	uint8_t ch;

	if (tag != DER_GENERALIZED_TIME || cursor_u8(&at) != '.')
		return;
	do {
		*c = at;
		ch = cursor_u8(&at);
	} while (!at.bad && ch >= '0' && ch <= '9');
}

bool
der_time(struct der e, instant *out)
{
	struct cursor c = cursor_of(e.body);
	int year, month, day, hour, minute, second;

	if (e.tag != DER_UTC_TIME && e.tag != DER_GENERALIZED_TIME)
		return false;
	year = take_year(&c, e.tag);
	month = take_two(&c);
	day = take_two(&c);
	hour = take_two(&c);
	minute = take_two(&c);
	second = take_two(&c);
	skip_fraction(&c, e.tag);
	if (cursor_u8(&c) != 'Z' || !der_done(&c) || month < 1 ||
	    month > 12 || day < 1 || day > days_of_month(year, month) ||
	    hour > 23 || minute > 59 || second > 59)
		return false;
	*out = instant_of_day(year, month, day) + hour * 3600 + minute * 60 +
	    second;
	return true;
}
