/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/guid.h"

#include <stddef.h>
#include <string.h>

/* Which digit of the unpacked GUID stands at each place of the packed one;
 * the map is its own inverse. */
static const unsigned char place[32] = {
	7, 6, 5, 4, 3, 2, 1, 0, 11, 10, 9, 8, 15, 14, 13, 12,
	17, 16, 19, 18, 21, 20, 23, 22, 25, 24, 27, 26, 29, 28, 31, 30
};

/* The 32 digits in upper case; false for anything that is no hex digit. */
static bool
take_digits(const char *s, size_t n, char *out)
{
	size_t i;

	for (i = 0; i < n; i++) {
		char c = s[i];

		if (c >= 'a' && c <= 'f')
			c = (char)(c - 'a' + 'A');
		if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'F'))
			return false;
		out[i] = c;
	}
	return true;
}

static void
permute(const char *in, char *out)
{
	size_t i;

	for (i = 0; i < 32; i++)
		out[i] = in[place[i]];
	out[32] = '\0';
}

bool
guid_pack(const char *guid, char *packed)
{
	char d[32];

	if (strlen(guid) != 38 || guid[0] != '{' || guid[9] != '-' ||
	    guid[14] != '-' || guid[19] != '-' || guid[24] != '-' ||
	    guid[37] != '}')
		return false;
	if (!take_digits(guid + 1, 8, d) || !take_digits(guid + 10, 4, d + 8) ||
	    !take_digits(guid + 15, 4, d + 12) ||
	    !take_digits(guid + 20, 4, d + 16) ||
	    !take_digits(guid + 25, 12, d + 20))
		return false;
	permute(d, packed);
	return true;
}

bool
guid_unpack(const char *packed, char *guid)
{
	char d[32], u[GUID_PACKED];

	if (strlen(packed) != 32 || !take_digits(packed, 32, d))
		return false;
	permute(d, u);
	memcpy(guid, "{00000000-0000-0000-0000-000000000000}", GUID_TEXT);
	memcpy(guid + 1, u, 8);
	memcpy(guid + 10, u + 8, 4);
	memcpy(guid + 15, u + 12, 4);
	memcpy(guid + 20, u + 16, 4);
	memcpy(guid + 25, u + 20, 12);
	return true;
}
