/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "formats/setuplog.h"
#include "formats/textlines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Logs of setup as it writes them; tests/tools/mksetuplog.py does, too. */

struct log {
	uint8_t		*p;
	struct slice	 s;
	struct setuplog_run runs[SETUPLOG_KEPT];
	size_t		 count;
};

static void
log_fini(struct log *l)
{
	size_t i;

	for (i = 0; i < l->count; i++)
		setuplog_run_fini(&l->runs[i]);
	free(l->p);
}

static enum status
log_read(const char *fixture, struct log *l)
{
	size_t n;
	struct diag d;

	*l = (struct log){ .p = tap_fixture(fixture, &n) };
	l->s = slice_of(l->p, n, 0);
	return setuplog_read(source_of_slice(&l->s), l->runs, &l->count, &d);
}

static void
check_build(struct version v, const char *want)
{
	char text[VERSION_TEXT];

	CHECK_STR(version_known(v) ? version_format(v, text) : "", want);
}

static void
finished(void)
{
	struct log l;
	const struct setuplog_run *r = &l.runs[0];

	CHECK_ST(log_read("log-finished.setuplog", &l), ST_OK, NULL);
	CHECK_INT(l.count, 1);
	CHECK(r->whole);
	CHECK_INT(r->end, SETUPLOG_COMPLETED);
	CHECK(r->changed);
	CHECK(!r->blocked);
	CHECK_STR(r->mode, "Upgrade");
	CHECK_STR(r->operation, "BuildToBuildUpgrade");
	CHECK_STR(r->server, "EX01");
	CHECK_STR(r->step, "Start-PostSetup");
	check_build(r->from, "15.2.1258.12");
	check_build(r->to, "15.2.1544.4");
	CHECK_INT(r->error_count, 0);
	CHECK(strncmp(r->begun, "03/02/2024 10:", 14) == 0);
	CHECK(strncmp(r->ended, "03/02/2024 10:", 14) == 0);
	CHECK(strcmp(r->begun, r->ended) < 0);
	log_fini(&l);
}

/* The last run of five logs that say the same in five encodings. */
static void
failed_in_any_encoding(void)
{
	static const char *const names[] = { "log-failed.setuplog",
	    "log-utf16.setuplog", "log-utf16be.setuplog",
	    "log-utf16-plain.setuplog", "log-ansi.setuplog" };
	struct log l;
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const struct setuplog_run *r = &l.runs[0];

		CHECK_ST(log_read(names[i], &l), ST_OK, NULL);
		CHECK_INT(l.count, 1);
		CHECK_INT(r->end, SETUPLOG_FAILED);
		CHECK(r->changed && r->whole && !r->blocked);
		CHECK_STR(r->mode, "upgrade");
		CHECK_STR(r->step, "Install-LanguagePacks");
		check_build(r->from, "15.1.2106.2");
		check_build(r->to, "15.1.2176.2");
		CHECK_INT(r->code, 1603);
		CHECK_INT(r->error_count, 2);
		if (r->error_count == 2) {
			CHECK(strstr(r->errors[0], "$error.Clear()") != NULL);
			CHECK(strstr(r->errors[1], "'Gr\xc3\xb6\xc3\x9f"
			    "e'") != NULL);
		}
		CHECK(r->begun != NULL &&
		    strncmp(r->begun, "03.10.2021", 10) == 0);
		log_fini(&l);
	}
}

static void
blocked_before_any_change(void)
{
	struct log l;
	const struct setuplog_run *r = &l.runs[0];

	CHECK_ST(log_read("log-blocked.setuplog", &l), ST_OK, NULL);
	CHECK_INT(l.count, 1);
	CHECK(r->blocked);
	CHECK(!r->changed);
	CHECK_INT(r->end, SETUPLOG_FAILED);
	CHECK_INT(r->error_count, 2);
	log_fini(&l);
}

static void
cut_in_the_middle(void)
{
	struct log l;
	const struct setuplog_run *r = &l.runs[0];

	CHECK_ST(log_read("log-cut.setuplog", &l), ST_OK, NULL);
	CHECK_INT(l.count, 1);
	CHECK_INT(r->end, SETUPLOG_BROKEN_OFF);
	CHECK(r->changed);
	log_fini(&l);
}

/* What prepares a directory says nothing of the server, however it ended. */
static void
later_runs_of_no_weight(void)
{
	struct log l;

	CHECK_ST(log_read("log-prepared.setuplog", &l), ST_OK, NULL);
	CHECK_INT(l.count, 2);
	CHECK_INT(l.runs[0].end, SETUPLOG_COMPLETED);
	CHECK(!setuplog_is_of_server(&l.runs[0]));
	CHECK(l.count == 2 && l.runs[1].changed);
	CHECK_INT(l.runs[1].end, SETUPLOG_FAILED);
	CHECK(setuplog_is_of_server(&l.runs[1]));
	log_fini(&l);
}

/* What went on from a failed run, and ended, is the last word. */
static void
later_run_that_ended(void)
{
	struct log l;

	CHECK_ST(log_read("log-resumed.setuplog", &l), ST_OK, NULL);
	CHECK_INT(l.count, 1);
	CHECK_INT(l.runs[0].end, SETUPLOG_COMPLETED);
	CHECK(!l.runs[0].changed);
	CHECK(setuplog_is_of_server(&l.runs[0]));
	log_fini(&l);
}

static void
services(void)
{
	struct setuplog_run r = { .whole = false };
	struct slice s;
	struct diag d;
	uint8_t *p;
	size_t n;

	p = tap_fixture("log-services.setuplog", &n);
	s = slice_of(p, n, 0);
	CHECK_ST(setuplog_read_services(source_of_slice(&s), &r, &d), ST_OK,
	    &d);
	CHECK_INT(r.end, SETUPLOG_FAILED);
	CHECK_STR(r.step, "Stopping");
	CHECK_INT(r.error_count, 1);
	CHECK(r.begun != NULL && strncmp(r.begun, "21/11/2022 ", 11) == 0);
	setuplog_run_fini(&r);
	free(p);
}

static void
windows_installer(void)
{
	struct setuplog_run r = { .whole = false };
	struct slice s;
	struct diag d;
	uint8_t *p;
	size_t n;

	p = tap_fixture("log-msi.setuplog", &n);
	s = slice_of(p, n, 0);
	CHECK_ST(setuplog_read_msi(source_of_slice(&s), &r, &d), ST_OK, &d);
	CHECK_INT(r.end, SETUPLOG_FAILED);
	CHECK_INT(r.code, 1603);
	CHECK_INT(r.error_count, 1);
	CHECK(r.error_count == 1 && strstr(r.errors[0], "Error 1706.") !=
	    NULL);
	setuplog_run_fini(&r);
	free(p);
}

static void
no_log_at_all(void)
{
	static const char *const texts[] = { "", "\xff\xfe", "\n\n\n", "[",
	    "[] [0] Starting Microsoft Exchange Server 2019 Setup",
	    "no stamp on any of its lines\r\nand no more\r\n" };
	struct setuplog_run runs[SETUPLOG_KEPT];
	struct diag d;
	size_t i, n = 7;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct slice s = slice_of(texts[i], strlen(texts[i]), 0);
		struct source src = source_of_slice(&s);

		CHECK_ST(setuplog_read(src, runs, &n, &d), ST_ABSENT, NULL);
		CHECK_ST(setuplog_read_services(src, runs, &d), ST_ABSENT,
		    NULL);
		CHECK_ST(setuplog_read_msi(src, runs, &d), ST_ABSENT, NULL);
		CHECK_INT(n, 7);
	}
	setuplog_run_fini(NULL);
}

/* ---- files of a size that is not on the disk ---- */

struct hole {
	const uint8_t	*head, *tail;
	size_t		 head_len, tail_len;
	uint64_t	 size;
	uint64_t	 read;		/* bytes that were asked for */
};

static enum status
hole_read(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	struct hole *h = ctx;
	uint8_t *out = p;
	size_t i;

	(void)d;
	h->read += len;
	for (i = 0; i < len; i++) {
		uint64_t at = off + i, tail = h->size - h->tail_len;

		out[i] = at < h->head_len ? h->head[at] : at < tail ? 0 :
		    h->tail[at - tail];
	}
	return ST_OK;
}

/* A hole of 300 MB between two runs costs nothing, and no more than the
 * limit where it lies behind the last one. */
static void
sparse(void)
{
	struct setuplog_run runs[SETUPLOG_KEPT];
	struct hole h = { .size = 300 * 1000 * 1000 };
	uint8_t *head, *tail;
	struct source src;
	struct diag d;
	size_t count;

	head = tap_fixture("log-finished.setuplog", &h.head_len);
	tail = tap_fixture("log-failed.setuplog", &h.tail_len);
	h.head = head;
	h.tail = tail;
	src = (struct source){ hole_read, &h, h.size };
	CHECK_ST(setuplog_read(src, runs, &count, &d), ST_OK, &d);
	CHECK_INT(count, 1);
	CHECK_INT(runs[0].end, SETUPLOG_FAILED);
	CHECK(h.read < 256 * 1024);
	setuplog_run_fini(&runs[0]);
	h.tail_len = 0;
	h.read = 0;
	CHECK_ST(setuplog_read(src, runs, &count, &d), ST_ABSENT, &d);
	CHECK(h.read < 3 * (uint64_t)SETUPLOG_MAX_BYTES);
	free(head);
	free(tail);
}

/* A run that is longer than what is read: how it ended is known, and no
 * more. */
static void
longer_than_the_limit(void)
{
	static const char head[] = "[01/01/2024 00:00:00.0000] [0] "
	    "Starting Microsoft Exchange Server 2019 Setup\r\n"
	    "[01/01/2024 00:00:00.0000] [0] Setup version: 15.2.1.1.\r\n";
	static const char tail[] = "\r\n[01/01/2024 00:00:00.0000] [0] "
	    "The Exchange Server setup operation didn't complete.\r\n";
	struct setuplog_run runs[SETUPLOG_KEPT];
	struct hole h = { .head = (const uint8_t *)head,
	    .tail = (const uint8_t *)tail, .head_len = sizeof(head) - 1,
	    .tail_len = sizeof(tail) - 1,
	    .size = SETUPLOG_MAX_BYTES + 1000000 };
	struct diag d;
	size_t count;

	CHECK_ST(setuplog_read((struct source){ hole_read, &h, h.size },
	    runs, &count, &d), ST_OK, &d);
	CHECK_INT(count, 1);
	CHECK(!runs[0].whole);
	CHECK_INT(runs[0].end, SETUPLOG_FAILED);
	CHECK(!version_known(runs[0].to));
	setuplog_run_fini(&runs[0]);
}

/* A file that shrinks while it is read. */
static enum status
fail_read(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	(void)ctx;
	(void)p;
	(void)len;
	return diag_set(d, ST_IO, off, NULL, "gone");
}

static void
unreadable(void)
{
	struct source src = { fail_read, NULL, 5000 };
	struct setuplog_run runs[SETUPLOG_KEPT];
	struct diag d;
	size_t n;

	CHECK_ST(setuplog_read(src, runs, &n, &d), ST_IO, NULL);
	CHECK_ST(setuplog_read_services(src, runs, &d), ST_IO, NULL);
	CHECK_ST(setuplog_read_msi(src, runs, &d), ST_IO, NULL);
}

/* ---- lines ---- */

static void
long_lines(void)
{
	static char text[3 * TEXTLINES_MAX_LINE];
	struct slice s = slice_of(text, sizeof(text), 0);
	struct textlines *t;
	struct buf line;

	memset(text, 'x', sizeof(text));
	text[2 * TEXTLINES_MAX_LINE] = '\n';
	text[TEXTLINES_MAX_LINE - 1] = '\xc3';
	text[TEXTLINES_MAX_LINE] = '\xb6';
	buf_init(&line, 3 * TEXTLINES_MAX_LINE);
	t = textlines_new(source_of_slice(&s));
	CHECK_ST(textlines_next(t, s.n, &line, NULL), ST_OK, NULL);
	CHECK_INT(line.len, TEXTLINES_MAX_LINE - 1);
	CHECK_ST(textlines_next(t, s.n, &line, NULL), ST_OK, NULL);
	CHECK_INT(line.len, TEXTLINES_MAX_LINE - 1);
	CHECK_ST(textlines_next(t, s.n, &line, NULL), ST_ABSENT, NULL);
	textlines_free(t);
	buf_fini(&line);
}

/* A file full of what looks like the beginning of a run costs no more than
 * one that is not. */
static void
full_of_beginnings(void)
{
	static const char part[] = "Starting Microsoft Exchange Setup ";
	size_t n = 4 * 1024 * 1024, i;
	char *text = xcalloc(n, 1);
	struct setuplog_run runs[SETUPLOG_KEPT];
	struct slice s = slice_of(text, n, 0);
	struct diag d;
	size_t count;

	for (i = 0; i < n; i++)
		text[i] = part[i % (sizeof(part) - 1)];
	CHECK_ST(setuplog_read(source_of_slice(&s), runs, &count, &d),
	    ST_ABSENT, NULL);
	free(text);
}

/* Runs that begin and do nothing, by the thousand. */
static void
more_runs_than_are_looked_at(void)
{
	static const char one[] = "[1/1/2024 1:00:00 AM] [0] Starting "
	    "Microsoft Exchange Server 2007 Setup\r\n";
	size_t n = 1000 * (sizeof(one) - 1), i, count = 0;
	char *text = xcalloc(n, 1);
	struct setuplog_run runs[SETUPLOG_KEPT];
	struct slice s = slice_of(text, n, 0);
	struct diag d;

	for (i = 0; i < n; i++)
		text[i] = one[i % (sizeof(one) - 1)];
	CHECK_ST(setuplog_read(source_of_slice(&s), runs, &count, &d), ST_OK,
	    &d);
	CHECK_INT(count, 1);
	for (i = 0; i < count; i++)
		setuplog_run_fini(&runs[i]);
	free(text);
}

static void
read_hostile(struct slice s)
{
	struct source src = source_of_slice(&s);
	struct setuplog_run runs[SETUPLOG_KEPT];
	struct diag d;
	size_t i, n;

	if (setuplog_read(src, runs, &n, &d) == ST_OK)
		for (i = 0; i < n; i++)
			setuplog_run_fini(&runs[i]);
	if (setuplog_read_services(src, runs, &d) == ST_OK)
		setuplog_run_fini(runs);
	if (setuplog_read_msi(src, runs, &d) == ST_OK)
		setuplog_run_fini(runs);
}

static void
hostile(void)
{
	static const char *const names[] = { "log-failed.setuplog",
	    "log-utf16.setuplog", "log-prepared.setuplog",
	    "log-services.setuplog", "log-msi.setuplog" };
	size_t i, n;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		uint8_t *p = tap_fixture(names[i], &n);

		hostile_sweep(p, n, 53, read_hostile);
		hostile_flips(p, n, 200, (uint32_t)i, read_hostile);
		free(p);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a run that ended", finished },
		{ "one that failed, in any encoding", failed_in_any_encoding },
		{ "one that was blocked", blocked_before_any_change },
		{ "one that broke off", cut_in_the_middle },
		{ "runs of no weight behind it", later_runs_of_no_weight },
		{ "a later run that ended", later_run_that_ended },
		{ "ServiceControl.log", services },
		{ "a log of Windows Installer", windows_installer },
		{ "no log at all", no_log_at_all },
		{ "holes of 300 MB", sparse },
		{ "a run longer than the limit", longer_than_the_limit },
		{ "unreadable", unreadable },
		{ "long lines", long_lines },
		{ "full of beginnings", full_of_beginnings },
		{ "too many runs", more_runs_than_are_looked_at },
		{ "hostile", hostile },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
