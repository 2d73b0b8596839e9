/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/page.h"

#include "base/limits.h"
#include "report/layout.h"
#include "trust/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SHA256_BYTES	32
#define KB_DIGITS_MIN	6
#define KB_DIGITS_MAX	7

static const char KB_PAGE[] = "https://support.microsoft.com/help/";

/* LEN bytes of TEXT that have no control characters. */
static void
put_escaped(struct sink *out, const char *text, size_t len)
{
	size_t i, from = 0;

	for (i = 0; i < len; i++) {
		const char *as = text[i] == '&' ? "&amp;" :
		    text[i] == '<' ? "&lt;" : text[i] == '>' ? "&gt;" :
		    text[i] == '"' ? "&quot;" : text[i] == '\'' ? "&#39;" :
		    NULL;

		if (as == NULL)
			continue;
		sink_write(out, text + from, i - from);
		sink_puts(out, as);
		from = i + 1;
	}
	sink_write(out, text + from, len - from);
}

void
page_text(struct sink *out, const char *text)
{
	char *line;

	if (text == NULL)
		return;
	line = layout_cut(text, PAGE_MAX_TEXT);
	put_escaped(out, line, strlen(line));
	free(line);
}

/* The length of "KB2756485" at P, which stands for itself; 0 for none. */
static size_t
kb_length(const char *p)
{
	size_t n;

	if (strncmp(p, "KB", 2) != 0)
		return 0;
	n = strspn(p + 2, "0123456789");
	return n >= KB_DIGITS_MIN && n <= KB_DIGITS_MAX ? n + 2 : 0;
}

static void
put_kb(struct sink *out, const char *kb, size_t len)
{
	sink_printf(out, "<a rel=\"noreferrer\" href=\"%s%.*s\">%.*s</a>",
	    KB_PAGE, (int)len - 2, kb + 2, (int)len, kb);
}

void
page_linked(struct sink *out, const char *text)
{
	const char *p, *from;
	char *line;
	size_t n;

	if (text == NULL)
		return;
	line = layout_cut(text, PAGE_MAX_TEXT);
	for (p = from = line; (p = strstr(p, "KB")) != NULL;) {
		n = kb_length(p);
		if (n == 0) {
			p += 2;
			continue;
		}
		put_escaped(out, from, (size_t)(p - from));
		put_kb(out, p, n);
		from = p = p + n;
	}
	put_escaped(out, from, strlen(from));
	free(line);
}

/* The source of a policy that allows just these bytes: 'sha256-...'. */
static void
put_hash(struct sink *out, const char *p, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
	    "opqrstuvwxyz0123456789+/";
	struct digester *g = digester_new(DIGEST_BIT(DIGEST_SHA256));
	struct digest_set set;
	char text[SHA256_BYTES * 4 / 3 + 4] = "";
	const uint8_t *b;
	size_t i, n = 0;

	digester_update(g, p, len);
	digester_final(g, &set);
	digester_free(g);
	b = set.of[DIGEST_SHA256].bytes;
	for (i = 0; i + 2 < SHA256_BYTES; i += 3) {
		text[n++] = digits[b[i] >> 2];
		text[n++] = digits[(b[i] & 3) << 4 | b[i + 1] >> 4];
		text[n++] = digits[(b[i + 1] & 15) << 2 | b[i + 2] >> 6];
		text[n++] = digits[b[i + 2] & 63];
	}
	text[n++] = digits[b[i] >> 2];
	text[n++] = digits[(b[i] & 3) << 4 | b[i + 1] >> 4];
	text[n++] = digits[(b[i + 1] & 15) << 2];
	sink_printf(out, "'sha256-%s='", text);
}

void
page_begin(struct sink *out, const char *title)
{
	sink_puts(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	    "<meta charset=\"utf-8\">\n"
	    "<meta http-equiv=\"Content-Security-Policy\" content=\""
	    "default-src 'none'; base-uri 'none'; form-action 'none'; "
	    "style-src ");
	put_hash(out, page_css, page_css_len);
	sink_puts(out, "; script-src ");
	put_hash(out, page_js, page_js_len);
	sink_puts(out, "\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, "
	    "initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n<title>");
	page_text(out, title);
	sink_puts(out, "</title>\n<style>");
	sink_puts(out, page_css);
	sink_puts(out, "</style>\n</head>\n<body>\n");
}

void
page_end(struct sink *out)
{
	sink_puts(out, "<script>");
	sink_puts(out, page_js);
	sink_puts(out, "</script>\n</body>\n</html>\n");
}

void
page_cell(struct sink *out, const char *class_name, const char *text)
{
	if (class_name != NULL)
		sink_printf(out, "<td class=\"%s\">", class_name);
	else
		sink_puts(out, "<td>");
	page_linked(out, text);
	sink_puts(out, "</td>");
}

void
page_number(struct sink *out, bool known, size_t n)
{
	sink_puts(out, "<td class=\"n\">");
	if (known)
		sink_printf(out, "%zu", n);
	sink_puts(out, "</td>");
}

void
page_pair(struct sink *out, const char *name, const char *text)
{
	if (text == NULL || text[0] == '\0')
		return;
	sink_printf(out, "<dt>%s</dt><dd>", name);
	page_linked(out, text);
	sink_puts(out, "</dd>\n");
}

void
page_pair_instant(struct sink *out, const char *name, instant t)
{
	char text[INSTANT_TEXT];

	if (t != INSTANT_NONE && t != INSTANT_UNLIMITED)
		page_pair(out, name, instant_format(t, text));
}

const char *
page_class(enum severity s)
{
	switch (s) {
	case SEV_REQUIRED:
		return "required";
	case SEV_ADVISED:
		return "advised";
	case SEV_NOTE:
		return "ok";
	case SEV_UNDETERMINED:
	case SEV_UNKNOWN:
		break;
	}
	return "undetermined";
}
