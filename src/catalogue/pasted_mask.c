/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/pasted_mask.h"

#include "base/utf.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alpha(char c)
{
	return isalpha((unsigned char)c) || (unsigned char)c >= 0x80;
}

static bool
is_word(char c)
{
	return is_digit(c) || is_alpha(c);
}

static void
blank(char *from, const char *to)
{
	memset(from, ' ', (size_t)(to - from));
}

bool
has_word(const char *line, const char *word)
{
	size_t len = strlen(word);
	const char *p;

	for (p = line; *p != '\0'; p++)
		if ((p == line || !is_word(p[-1])) &&
		    utf_case_prefix(p, word) && !is_alpha(p[len]))
			return true;
	return false;
}

bool
is_of_another(const char *line)
{
	static const char *const others[] = {
		".net", "framework", "iis", "sharepoint", "sql",
		"lync", "skype", "visual", "office", "outlook", "powershell",
		"openssl", "java", "ucma", "msxml", "vmware", "chrome",
		"firefox", "driver", "bios", "ip", "address", "culture",
		"publickeytoken", "iexplore", "defender",
	};
	/* What a list of a server's properties has beside its build. */
	static const char *const labels[] = {
		"exchangeversion", "name", "identity", "id", "guid",
		"distinguishedname", "fqdn", "originatingserver", "productid",
		"objectversion", "rangeupper", "schema", "minadminversion",
		"whenchanged", "whencreated", "whenchangedutc",
		"whencreatedutc",
	};
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		const char *p = line + strspn(line, " ");
		size_t len = strlen(labels[i]);

		if (utf_case_prefix(p, labels[i]) &&
		    strchr(":=", (p + len)[strspn(p + len, " ")]) != NULL &&
		    (p + len)[strspn(p + len, " ")] != '\0')
			return true;
	}
	if (has_word(line, "exchange") || has_word(line, "exsetup") ||
	    has_word(line, "exchangeserver"))
		return false;
	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (has_word(line, others[i]))
			return true;
	return false;
}

/* ---------------------------------------------------------------- labels */

void
mask_label(char *line)
{
	char *p = line + strspn(line, " ");

	while (is_alpha(*p) || (*p != '\0' && strchr(" ()/_-", *p) != NULL))
		p++;
	if ((*p == ':' || *p == '=') && (p[1] == ' ' || p[1] == '\0'))
		blank(line, p + 1);
}

/* ----------------------------------------------------------------- paths */

/* Behind "C:\", "\\" or "https://" at P; NULL for none. */
static char *
path_begins(char *p)
{
	if (is_alpha(p[0]) && p[1] == ':' && p[2] == '\\')
		return p + 3;
	if (p[0] == '\\' && p[1] == '\\')
		return p + 2;
	if (p[0] == ':' && p[1] == '/' && p[2] == '/')
		return p + 3;
	return NULL;
}

/* Does a file name with a suffix end before P? A path may have blanks. */
static bool
is_suffix_end(const char *from, const char *p)
{
	const char *dot = p;

	while (dot > from && is_alpha(dot[-1]))
		dot--;
	return p - dot >= 2 && p - dot <= 6 && dot > from &&
	    dot[-1] == '.';
}

static char *
path_end(char *p)
{
	const char *from = p;
	char *slash;

	for (; *p != '\0' && strchr("\"'<>|;,()[]", *p) == NULL; p++) {
		if (*p != ' ')
			continue;
		/* "C:\Program Files\..." goes on where a folder follows. */
		slash = p + 1 + strcspn(p + 1, " \\");
		if (p[1] == ' ' || is_suffix_end(from, p) || *slash != '\\')
			break;
	}
	return p;
}

static bool
is_package_name(const char *from, const char *end)
{
	static const char *const kinds[] = { ".msp", ".exe", ".msi", ".cab",
	    ".iso", ".zip" };
	size_t i;
	const char *p;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (end - from > 4 && utf_case_prefix(end - 4, kinds[i]))
			for (p = from; p + 2 < end; p++)
				if (utf_case_prefix(p, "KB") && is_digit(p[2]))
					return true;
	return false;
}

void
mask_paths(char *line)
{
	char *p, *begin, *end, *name;

	for (p = line; *p != '\0'; p++) {
		begin = path_begins(p);
		if (begin == NULL)
			continue;
		end = path_end(begin);
		name = end;
		while (name > begin && name[-1] != '\\' && name[-1] != '/')
			name--;
		blank(p, is_package_name(name, end) ? name : end);
		p = end;
		if (*p == '\0')
			break;
	}
}

/* ------------------------------------------------------------------ days */

/* N digits at P, MIN to MAX of them; behind them, or NULL. */
static char *
digits(char *p, size_t min, size_t max)
{
	size_t n = 0;

	while (is_digit(p[n]))
		n++;
	return n >= min && n <= max ? p + n : NULL;
}

static bool
is_year(const char *p, const char *end)
{
	return end - p == 4 && (strncmp(p, "19", 2) == 0 ||
	    (strncmp(p, "20", 2) == 0 && p[2] < '4'));
}

/* The end of "2012-10-09", "9/10/2012" or "9.10.2012" at P; NULL. */
static char *
numeric_day(char *p)
{
	char *a = digits(p, 1, 4), *b, *c, sign;

	if (a == NULL || *a == '\0' || strchr("-/.", *a) == NULL)
		return NULL;
	sign = *a;
	b = digits(a + 1, 1, 2);
	if (b == NULL || *b != sign)
		return NULL;
	c = digits(b + 1, 1, 4);
	if (c == NULL || (c[0] == '.' && is_digit(c[1])))
		return NULL;
	if (sign == '.')
		return a - p <= 2 && is_year(b + 1, c) && c - b == 5 &&
		    strncmp(b + 1, "20", 2) == 0 ? c : NULL;
	return is_year(p, a) || is_year(b + 1, c) || c - b == 3 ? c : NULL;
}

static char *
month_name(char *p)
{
	static const char *const months[] = { "jan", "feb", "mar", "apr",
	    "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec" };
	size_t i;

	for (i = 0; i < sizeof(months) / sizeof(months[0]); i++)
		if (utf_case_prefix(p, months[i])) {
			while (is_alpha(*p))
				p++;
			return p;
		}
	return NULL;
}

static char *
gap(char *p)
{
	return p + strspn(p, " ,.-");
}

/* The end of "October 9, 2012" or "22 Dec 2016" at P; NULL. */
static char *
worded_day(char *p)
{
	char *a = month_name(p), *b;

	if (a != NULL)
		a = digits(gap(a), 1, 2);
	else {
		a = digits(p, 1, 2);
		a = a != NULL ? month_name(gap(a)) : NULL;
	}
	if (a == NULL || gap(a) == a)
		return NULL;
	b = digits(gap(a), 4, 4);
	return b != NULL && is_year(gap(a), b) ? b : NULL;
}

/* The end of "10:11", "10:11:12.345" with its zone at P; NULL. */
static char *
clock_time(char *p)
{
	char *a = digits(p, 1, 2), *b;

	if (a == NULL || *a != ':')
		return NULL;
	a = digits(a + 1, 2, 2);
	while (a != NULL && (*a == ':' || *a == '.' || *a == ',') &&
	    (b = digits(a + 1, 1, 9)) != NULL)
		a = b;
	if (a == NULL)
		return NULL;
	if (*a == 'Z')
		return a + 1;
	b = a + strspn(a, " ");
	if ((*b == '+' || *b == '-') && digits(b + 1, 4, 4) != NULL)
		return b + 5;
	return a;
}

void
mask_days(char *line)
{
	char *p = line, *end;

	while (*p != '\0') {
		end = NULL;
		if (p == line || (!is_word(p[-1]) && p[-1] != '.' &&
		    p[-1] != '-')) {
			end = numeric_day(p);
			end = end != NULL ? end : worded_day(p);
			end = end != NULL ? end : clock_time(p);
		}
		/* "2012-10-09T10:11:12Z" */
		if (end != NULL && *end == 'T' && clock_time(end + 1) != NULL)
			end = clock_time(end + 1);
		if (end != NULL) {
			blank(p, end);
			p = end;
		} else
			p++;
	}
}
