/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/setuplog.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/utf.h"
#include "formats/textlines.h"

#include <stdlib.h>
#include <string.h>

/*
 * A line of ExchangeSetup.log is "[11.14.2022 17:13:08.0078] [0] text": a
 * stamp of the locale (month first, whatever parts it), how deep the task is
 * that speaks, and what it says, in English whatever the locale. What has no
 * stamp goes on with the line before; text of scripts and of errors is full
 * of such lines, and none of them counts.
 */
#define STARTING	"Starting Microsoft Exchange"
#define STAMP_MAX	48		/* bytes */

struct stamped {
	struct slice	 stamp;		/* without its brackets */
	unsigned	 depth;
	const char	*text;
};

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* "[...] " at the beginning of *S, which moves behind it. */
static bool
bracketed(const char **s, struct slice *out)
{
	size_t n;

	if (**s != '[')
		return false;
	n = strcspn(*s + 1, "]\n");
	if (n == 0 || n > STAMP_MAX || (*s)[n + 1] != ']')
		return false;
	*out = slice_of(*s + 1, n, 0);
	*s += n + 2;
	while (**s == ' ')
		++*s;
	return true;
}

static bool
is_digit(uint8_t c)
{
	return c >= '0' && c <= '9';
}

static bool
split(const char *line, struct stamped *out)
{
	struct slice depth;

	if (!bracketed(&line, &out->stamp) || !is_digit(out->stamp.p[0]) ||
	    !bracketed(&line, &depth) || depth.n > 2 || !is_digit(depth.p[0]))
		return false;
	out->depth = depth.n == 1 ? depth.p[0] - '0' : 10;
	out->text = line;
	return true;
}

static bool
is_start(const char *line)
{
	struct stamped s;

	return split(line, &s) && s.depth == 0 && begins(s.text, STARTING) &&
	    strstr(s.text, "Setup") != NULL;
}

static void
set_text(char **to, const char *s, size_t n)
{
	struct buf b;

	buf_init(&b, SETUPLOG_MAX_TEXT);
	if (n > SETUPLOG_MAX_TEXT)
		for (n = SETUPLOG_MAX_TEXT; n > 0 &&
		    ((uint8_t)s[n] & 0xc0) == 0x80; n--)
			;		/* no half of a character */
	(void)buf_append(&b, s, n);
	free(*to);
	*to = buf_take(&b);
	buf_fini(&b);
}

/* What TEXT has between BEFORE, with which it begins, and a quote, or the
 * end. */
static bool
take_value(const char *text, const char *before, char **to)
{
	if (!begins(text, before))
		return false;
	text += strlen(before);
	if (*text != '\0' && *text != '\'')
		set_text(to, text, strcspn(text, "'"));
	return true;
}

static bool
take_build(const char *text, const char *before, struct version *to)
{
	char digits[VERSION_TEXT + 1] = "";
	struct version v;
	size_t n;

	if (!begins(text, before))
		return false;
	text += strlen(before);
	n = strspn(text, "0123456789.");
	while (n > 0 && text[n - 1] == '.')
		n--;
	if (n < sizeof(digits)) {
		(void)slice_copy(slice_of(text, n, 0), digits,
		    sizeof(digits) - 1);
		if (version_parse(digits, &v))
			*to = v;
	}
	return true;
}

/* The number that follows BEFORE anywhere in TEXT; 0 without one. */
static uint32_t
number_after(const char *text, const char *before)
{
	const char *p = strstr(text, before);
	uint32_t n = 0;

	if (p == NULL)
		return 0;
	for (p += strlen(before); is_digit((uint8_t)*p) && n < 100000; p++)
		n = 10 * n + (uint32_t)(*p - '0');
	return n;
}

/* The last ones are kept, each once. */
static void
add_error(struct setuplog_run *r, const char *text)
{
	char *line = NULL;
	size_t i;

	set_text(&line, text, strlen(text));
	for (i = 0; i < r->error_count; i++)
		if (strcmp(r->errors[i], line) == 0) {
			free(line);
			return;
		}
	if (r->error_count == SETUPLOG_MAX_ERRORS) {
		free(r->errors[0]);
		for (i = 1; i < SETUPLOG_MAX_ERRORS; i++)
			r->errors[i - 1] = r->errors[i];
		r->error_count--;
	}
	r->errors[r->error_count++] = line;
}

/* ---- ExchangeSetup.log ---- */

/* What setup says of itself before it does anything. */
static bool
read_head(struct setuplog_run *r, const char *text)
{
	return take_build(text, "Setup version: ", &r->to) ||
	    take_build(text, "The locally installed version is ", &r->from) ||
	    take_value(text, "Command Line Parameter Name='mode', Value='",
	    &r->mode) ||
	    take_value(text, "The installation mode is set to: '",
	    &r->operation) ||
	    take_value(text, "Server Name=", &r->server);
}

/*
 * What it said of how it ended. That the files of setup itself are copied to
 * a folder of their own ("Copying Files...") comes before all checks, and is
 * no copying of the product's.
 */
static void
read_end(struct setuplog_run *r, const char *text)
{
	if (!begins(text, "The "))
		return;
	if (strstr(text, "setup operation completed successfully") != NULL)
		r->end = SETUPLOG_COMPLETED;
	else if (strstr(text, "etup operation didn't complete") != NULL ||
	    strstr(text, "etup operation did not complete") != NULL)
		r->end = SETUPLOG_FAILED;
}

/* From here on files of the product are removed or copied. */
static bool
is_change(const char *text)
{
	return begins(text, "Removing MSI package with code") ||
	    begins(text, "Installing a new product. Package: ") ||
	    begins(text, "Installing MSI package ");
}

static void
read_error(struct setuplog_run *r, const char *text)
{
	uint32_t code = number_after(text, "Error code is ");

	add_error(r, text);
	if (code != 0)
		r->code = code;
}

static void
read_line(struct setuplog_run *r, const struct stamped *s)
{
	const char *text = s->text;

	if (s->depth == 0 && read_head(r, text))
		return;
	if (s->depth == 0)
		read_end(r, text);
	if (is_change(text))
		r->changed = true;
	else if (s->depth == 1 && begins(text, "Beginning processing "))
		set_text(&r->step, text + strlen("Beginning processing "),
		    strcspn(text + strlen("Beginning processing "), " "));
	else if (begins(text, "[ERROR] "))
		read_error(r, text + strlen("[ERROR] "));
	else if (begins(text, "[REQUIRED] ")) {
		add_error(r, text + strlen("[REQUIRED] "));
		r->blocked = true;
	} else if (begins(text, "Exchange Server installation failed during "
	    "prereq check"))
		r->blocked = true;
}

bool
setuplog_is_of_server(const struct setuplog_run *r)
{
	static const char *const modes[] = { "install", "upgrade",
	    "recoverserver", "uninstall" };
	static const char *const operations[] = { "Install",
	    "BuildToBuildUpgrade", "DisasterRecovery", "Uninstall" };
	size_t i;

	for (i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if ((r->mode != NULL && utf_casecmp(r->mode,
		    modes[i]) == 0) || (r->operation != NULL &&
		    utf_casecmp(r->operation, operations[i]) == 0))
			return true;
	return false;
}

/* Read what stands from where T is up to TO as one run. */
static enum status
read_run(struct textlines *t, uint64_t to, struct setuplog_run *out,
    struct diag *d)
{
	struct setuplog_run r = { .end = SETUPLOG_BROKEN_OFF };
	char last[STAMP_MAX + 1] = "";
	bool any = false;
	struct stamped s;
	struct buf line;
	enum status st;

	buf_init(&line, 3 * TEXTLINES_MAX_LINE);
	while ((st = textlines_next(t, to, &line, d)) == ST_OK) {
		if (!split(buf_text(&line), &s))
			continue;
		if (!any)
			set_text(&r.begun, (const char *)s.stamp.p,
			    s.stamp.n);
		memset(last, 0, sizeof(last));
		(void)slice_copy(s.stamp, last, STAMP_MAX);
		read_line(&r, &s);
		any = true;
	}
	if (any)
		set_text(&r.ended, last, strlen(last));
	buf_fini(&line);
	if (st == ST_ABSENT && any) {
		/* What it required stopped nothing, if it went on. */
		r.blocked = r.blocked && !r.changed &&
		    r.end != SETUPLOG_COMPLETED;
		*out = r;
		return ST_OK;
	}
	setuplog_run_fini(&r);
	return st;
}

/* Is nothing before it of any weight? */
static bool
is_decisive(const struct setuplog_run *r)
{
	return r->changed || (r->end == SETUPLOG_COMPLETED &&
	    setuplog_is_of_server(r));
}

/* The run before TO, which moves to where it begins. */
static enum status
read_before(struct textlines *t, uint64_t low, uint64_t *to,
    struct setuplog_run *out, struct diag *d)
{
	uint64_t start = low;
	enum status st = textlines_last(t, low, *to, STARTING, is_start,
	    &start, d);
	bool whole = st == ST_OK;

	if (st != ST_OK && st != ST_ABSENT)
		return st;
	textlines_seek(t, start);
	st = read_run(t, *to, out, d);
	if (st == ST_OK)
		out->whole = whole;
	*to = start;
	return st;
}

enum status
setuplog_read(struct source src, struct setuplog_run runs[SETUPLOG_KEPT],
    size_t *count, struct diag *d)
{
	struct textlines *t = textlines_new(src);
	uint64_t to = src.size, low = to > SETUPLOG_MAX_BYTES ?
	    to - SETUPLOG_MAX_BYTES : 0;
	struct setuplog_run got[SETUPLOG_KEPT] = { { .whole = false } }, r;
	size_t i, n = 0;
	enum status st = ST_OK;

	for (i = 0; i < SETUPLOG_MAX_RUNS && to > low &&
	    (n == 0 || !is_decisive(&got[n - 1])); i++) {
		st = read_before(t, low, &to, &r, d);
		if (st != ST_OK)
			break;
		if (n == 0 || is_decisive(&r))
			got[n++] = r;
		else
			setuplog_run_fini(&r);
	}
	textlines_free(t);
	if (st == ST_ABSENT)		/* nothing before what was read */
		st = ST_OK;
	if (st == ST_OK && n == 0)
		st = ST_ABSENT;
	if (st == ST_OK) {
		for (i = 0; i < n; i++)
			runs[i] = got[i];
		*count = n;
		return ST_OK;
	}
	for (i = 0; i < n; i++)
		setuplog_run_fini(&got[i]);
	return st;
}

/* ---- ServiceControl.log ---- */

/* "[00:50:54] * ServiceControl.ps1: 21/11/2022 00:50:54" */
#define SERVICES	"* ServiceControl.ps1:"

static bool
is_services_start(const char *line)
{
	struct slice stamp;

	return bracketed(&line, &stamp) && begins(line, SERVICES);
}

static void
read_services_line(struct setuplog_run *r, const char *line)
{
	struct slice stamp;

	if (!bracketed(&line, &stamp))
		return;
	set_text(&r->ended, (const char *)stamp.p, stamp.n);
	if (begins(line, SERVICES)) {
		line += strlen(SERVICES);
		line += strspn(line, " ");
		set_text(&r->begun, line, strlen(line));
	} else if (begins(line, "[Error] ")) {
		add_error(r, line + strlen("[Error] "));
		r->end = SETUPLOG_FAILED;
	} else if (begins(line, "Script completed succes"))	/* sic */
		r->end = SETUPLOG_COMPLETED;
	else if (begins(line, "Disabling services for ") ||
	    begins(line, "Enabling services for ") ||
	    begins(line, "Starting services for ") ||
	    begins(line, "Stopping services for "))
		set_text(&r->step, line, strcspn(line, " "));
}

enum status
setuplog_read_services(struct source src, struct setuplog_run *out,
    struct diag *d)
{
	struct textlines *t = textlines_new(src);
	uint64_t start = 0, low = src.size > SETUPLOG_MAX_BYTES ?
	    src.size - SETUPLOG_MAX_BYTES : 0;
	struct setuplog_run r = { .whole = true, .end = SETUPLOG_BROKEN_OFF };
	enum status st = textlines_last(t, low, src.size, SERVICES,
	    is_services_start, &start, d);
	struct buf line;

	buf_init(&line, 3 * TEXTLINES_MAX_LINE);
	if (st == ST_OK) {
		textlines_seek(t, start);
		while ((st = textlines_next(t, src.size, &line, d)) == ST_OK)
			read_services_line(&r, buf_text(&line));
		st = st == ST_ABSENT ? ST_OK : st;
	}
	buf_fini(&line);
	textlines_free(t);
	if (st == ST_OK)
		*out = r;
	else
		setuplog_run_fini(&r);
	return st;
}

/* ---- logs of Windows Installer ---- */

/* "MSI (s) (A4:10) [16:50:30:123]: MainEngineThread is returning 1603" */
#define RETURNING	"MainEngineThread is returning "
#define MSI_TAIL	(4 * 1024 * 1024) /* bytes at the end in which it is */
#define MSI_BEFORE	(1024 * 1024)	/* and those in which its errors are */

static bool
is_result(const char *line)
{
	const char *p = strstr(line, RETURNING);

	return p != NULL && is_digit((uint8_t)p[strlen(RETURNING)]);
}

static bool
is_msi_success(uint32_t code)
{
	/* "A restart is required", and "was begun", are successes. */
	return code == 0 || code == 3010 || code == 1641;
}

enum status
setuplog_read_msi(struct source src, struct setuplog_run *out,
    struct diag *d)
{
	struct textlines *t = textlines_new(src);
	uint64_t at = 0, low = src.size > MSI_TAIL ? src.size - MSI_TAIL : 0;
	struct setuplog_run r = { .end = SETUPLOG_END_UNKNOWN };
	enum status st = textlines_last(t, low, src.size, RETURNING,
	    is_result, &at, d);
	struct buf line;

	buf_init(&line, 3 * TEXTLINES_MAX_LINE);
	if (st == ST_OK) {
		textlines_seek(t, at > MSI_BEFORE ? at - MSI_BEFORE : 0);
		while ((st = textlines_next(t, at, &line, d)) == ST_OK)
			if (strstr(buf_text(&line), "Product: ") != NULL &&
			    strstr(buf_text(&line), " -- ") != NULL)
				add_error(&r, strstr(buf_text(&line),
				    "Product: "));
		if (st == ST_ABSENT)
			st = textlines_next(t, src.size, &line, d);
	}
	if (st == ST_OK) {
		r.code = number_after(buf_text(&line), RETURNING);
		r.end = is_msi_success(r.code) ? SETUPLOG_COMPLETED :
		    SETUPLOG_FAILED;
		*out = r;
	} else
		setuplog_run_fini(&r);
	buf_fini(&line);
	textlines_free(t);
	return st;
}

void
setuplog_run_fini(struct setuplog_run *r)
{
	size_t i;

	if (r == NULL)
		return;
	free(r->begun);
	free(r->ended);
	free(r->mode);
	free(r->operation);
	free(r->server);
	free(r->step);
	for (i = 0; i < r->error_count; i++)
		free(r->errors[i]);
	*r = (struct setuplog_run){ .whole = false };
}
