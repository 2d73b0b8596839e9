/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf_log.h"
#include "base/alloc.h"
#include "base/utf.h"
#include "formats/regf_impl.h"
#include "formats/regf_log_impl.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "Base block": where the fields lie that change when a hive is replayed. */
#define SEQUENCE_AT	4
#define TYPE_AT		28
#define HBINS_LEN_AT	40
#define NAME_AT		48
#define NAME_LEN	64
#define RM_ID_AT	112	/* GUID of the hive's resource manager */
#define RM_ID_LEN	16

static void
put_u32(uint8_t *p, uint32_t v)
{
	size_t i;

	for (i = 0; i < 4; i++)
		p[i] = (uint8_t)(v >> (8 * i));
}

static struct slice
base_slice(const struct regf_log_base *b)
{
	return slice_of(b->bytes, sizeof(b->bytes), 0);
}

/* Spec: "Base block". Fields that the checksum does not vouch for are read
 * too. */
static enum status
base_read(const struct source *src, struct regf_log_base *b, struct diag *d)
{
	struct cursor c = cursor_of(base_slice(b));
	enum status st = source_read(src, 0, b->bytes, sizeof(b->bytes), d);

	if (st != ST_OK)
		return st;
	b->good = slice_is(cursor_take(&c, 4), "regf") &&
	    regf_checksum_ok(base_slice(b));
	b->sequence[0] = cursor_u32le(&c);
	b->sequence[1] = cursor_u32le(&c);
	b->written = cursor_u64le(&c);
	cursor_skip(&c, TYPE_AT - 20);		/* version */
	b->type = cursor_u32le(&c);
	cursor_skip(&c, HBINS_LEN_AT - TYPE_AT - 4);
	b->hbins_len = cursor_u32le(&c);
	return ST_OK;
}

/* ---------------------------------------------------- whose log is this? */

/*
 * "SOFTWARE" of "...\Config\SOFTWARE", as units. The field has the end of a
 * path, by which the hive was loaded; the folder may be another one each time.
 */
static struct slice
name_of(const struct regf_log_base *b)
{
	struct slice s = { NULL, 0, 0 };
	size_t from = 0, at = 0;
	uint16_t unit;

	while (at < NAME_LEN &&
	    slice_u16le(base_slice(b), NAME_AT + at, &unit) && unit != 0) {
		at += 2;
		if (unit == '\\')
			from = at;
	}
	(void)slice_sub(base_slice(b), NAME_AT + from, at - from, &s);
	return s;
}

static bool
same_name(struct slice a, struct slice b)
{
	size_t at;
	uint16_t x, y;

	for (at = 0; slice_u16le(a, at, &x) && slice_u16le(b, at, &y); at += 2)
		if (utf_upcase(x) != utf_upcase(y))
			return false;
	return a.n == b.n;
}

static bool
is_zero(struct slice s)
{
	size_t i;

	for (i = 0; i < s.n; i++)
		if (s.p[i] != 0)
			return false;
	return true;
}

/*
 * A log's base block is a copy of the hive's in memory. The name of the file
 * and the resource manager's GUID never change while a log is in use.
 */
static enum status
check_owner(const struct regf_log_base *hive, const struct regf_log_base *log,
    struct diag *d)
{
	struct slice a = { NULL, 0, 0 }, b = { NULL, 0, 0 };

	(void)slice_sub(base_slice(hive), RM_ID_AT, RM_ID_LEN, &a);
	(void)slice_sub(base_slice(log), RM_ID_AT, RM_ID_LEN, &b);
	if (!is_zero(a) && !is_zero(b) && !slice_equal(a, b))
		return diag_set(d, ST_MALFORMED, RM_ID_AT,
		    RULE("another-hive"), "it is the log of another hive");
	/* A base block that is gone names nobody; one that is damaged does,
	 * and a name that does not fit is no leave to take anybody's log. */
	if (!hive->good && name_of(hive).n == 0)
		return ST_OK;
	if (!same_name(name_of(hive), name_of(log)))
		return diag_set(d, ST_MALFORMED, NAME_AT,
		    RULE("another-hive"), "it is the log of a hive of "
		    "another name");
	return ST_OK;
}

static bool
is_old(const struct regf_log_base *b)
{
	return b->type == REGF_TYPE_LOG_1 || b->type == REGF_TYPE_LOG_2;
}

/* What is wrong with a log before its content is looked at. */
static enum status
check_log(const struct regf_log_base *hive, const struct regf_log_base *log,
    struct diag *d)
{
	if (!log->good)
		return diag_set(d, ST_MALFORMED, 0, RULE("base-block"),
		    "the checksum of its base block is wrong");
	if (!is_old(log) && log->type != REGF_TYPE_LOG_NEW)
		return diag_set(d, ST_MALFORMED, TYPE_AT, RULE("base-block"),
		    "no transaction log: type %" PRIu32, log->type);
	if (log->sequence[0] != log->sequence[1])
		return diag_set(d, ST_MALFORMED, SEQUENCE_AT,
		    RULE("unfinished"), "it was being written: numbers %"
		    PRIu32 " and %" PRIu32, log->sequence[0],
		    log->sequence[1]);
	if (log->hbins_len % REGF_PAGE != 0 || log->hbins_len > REGF_BINS_MAX)
		return diag_set(d, ST_MALFORMED, HBINS_LEN_AT, RULE("size"),
		    "a hive's bins cannot have %" PRIu32 " bytes",
		    log->hbins_len);
	return check_owner(hive, log, d);
}

/* --------------------------------------------------------------- replay */

static void
load_log(struct regf_replay *r, const struct regf_log *log)
{
	struct regf_log_state *s = &r->states[r->count];

	s->name = log->name;
	s->diag.fileoff = DIAG_NOWHERE;
	r->logs[r->count++] = log->src;
	s->st = base_read(&log->src, &s->base, &s->diag);
	if (s->st == ST_OK)
		s->st = check_log(&r->base, &s->base, &s->diag);
}

/*
 * Logs of the new format are used if there are any: a log of the old one
 * beside them is left from the installation image.
 */
static bool
choose_format(struct regf_replay *r)
{
	bool new = false;
	size_t i;

	for (i = 0; i < r->count; i++)
		if (r->states[i].st == ST_OK && !is_old(&r->states[i].base))
			new = true;
	for (i = 0; new && i < r->count; i++) {
		struct regf_log_state *s = &r->states[i];

		if (s->st == ST_OK && is_old(&s->base))
			s->st = diag_set(&s->diag, ST_MALFORMED,
			    DIAG_NOWHERE, RULE("timestamp"),
			    "of the old format, beside one of the new");
	}
	return new;
}

/*
 * The base block of the result: the hive's or, where that is bad, the copy
 * in the log that was written last, with what the replay changes.
 */
static void
make_header(struct regf_replay *r, size_t by, uint32_t hbins_len)
{
	const struct regf_log_base *b = r->base.good ? &r->base :
	    &r->states[by].base;
	uint8_t *header = r->overlay.header;
	size_t i;

	for (i = 0; i < REGF_SECTOR; i++)
		header[i] = b->bytes[i];
	put_u32(header + SEQUENCE_AT, r->info.sequence);
	put_u32(header + SEQUENCE_AT + 4, r->info.sequence);
	put_u32(header + TYPE_AT, REGF_TYPE_PRIMARY);
	put_u32(header + HBINS_LEN_AT, hbins_len);
	put_u32(header + REGF_CHECKSUM_AT,
	    regf_checksum(slice_of(header, REGF_SECTOR, 0)));
}

static const char *
rule_of(const struct regf_log_state *s)
{
	if (s->st == ST_IO)
		return "read";
	if (s->st == ST_LIMIT)
		return "limit";
	if (s->diag.clause == NULL)
		return s->st == ST_OK ? NULL : "size";
	return s->diag.clause + strlen(RULE_PREFIX);
}

/* An old log beside the one in use is what is to be expected. */
static bool
is_expected(const struct regf_log_state *s)
{
	const char *rule = rule_of(s);

	return rule == NULL || strcmp(rule, "timestamp") == 0 ||
	    (s->entries != 0 && s->applied == 0);
}

/* What the logs broke, each with its name; the first one's rule counts. */
static void
tell_rules(struct regf_replay *r)
{
	struct regf_replay_info *info = &r->info;
	bool done = info->state == REGF_REPLAY_DONE;
	struct diag all = { .text = "", .fileoff = DIAG_NOWHERE };
	size_t i;

	for (i = r->count; i > 0; i--) {
		struct regf_log_state *s = &r->states[i - 1];
		char line[sizeof(all.text) / 2];

		if (rule_of(s) == NULL || (done && is_expected(s)))
			continue;
		info->rule = rule_of(s);
		s->diag.clause = NULL;
		diag_line(&s->diag, line, sizeof(line));
		(void)diag_set(&info->diag, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "%s: %s%s%.250s", s->name, line,
		    all.text[0] != '\0' ? "; " : "", all.text);
		all = info->diag;
	}
}

/*
 * Is a file with a bad base block a hive at all? Its first bin says so, which
 * only ever changes its content.
 */
static bool
is_hive(const struct regf_replay *r)
{
	uint8_t bytes[4] = { 0 };

	return r->base.good || (source_read(&r->hive, REGF_BASE_LEN, bytes,
	    sizeof(bytes), NULL) == ST_OK &&
	    slice_is(slice_of(bytes, sizeof(bytes), REGF_BASE_LEN), "hbin"));
}

/*
 * New bins are logged whole, so a hive grows by no more than its logs have
 * bytes; which keeps what is done with the result linear in what was given.
 */
static enum status
check_growth(struct regf_replay *r, size_t by)
{
	uint64_t left = r->overlay.size - r->hive.size;
	size_t i;

	for (i = 0; i < r->count; i++)
		left -= r->logs[i].size < left ? r->logs[i].size : left;
	if (left == 0)
		return ST_OK;
	return r->states[by].st = diag_set(&r->states[by].diag, ST_MALFORMED,
	    DIAG_NOWHERE, RULE("size"), "the hive would grow by %" PRIu64
	    " bytes more than its logs have", left);
}

/* What could not be read may be what was written last. */
static bool
any_unread(const struct regf_replay *r)
{
	size_t i;

	for (i = 0; i < r->count; i++)
		if (r->states[i].st == ST_IO)
			return true;
	return false;
}

static void
replay(struct regf_replay *r)
{
	uint32_t hbins_len = 0;
	enum status st;
	size_t by = 0;

	if (!is_hive(r)) {
		r->info.state = REGF_REPLAY_UNUSABLE;
		r->info.rule = "hive-bin";
		(void)diag_set(&r->info.diag, ST_MALFORMED, REGF_BASE_LEN,
		    NULL, "neither a base block nor a first bin");
		return;
	}
	r->overlay.hive = r->hive;
	r->overlay.logs = r->logs;
	st = choose_format(r) ? regf_log_new(r, &by, &hbins_len) :
	    regf_log_old(r, &by, &hbins_len);
	if (st == ST_OK)
		st = check_growth(r, by);
	if (st == ST_OK && !any_unread(r)) {
		make_header(r, by, hbins_len);
		r->info.state = REGF_REPLAY_DONE;
	} else
		r->info.state = REGF_REPLAY_UNUSABLE;
	tell_rules(r);
}

static bool
is_clean(const struct regf_log_base *b)
{
	return b->good && b->sequence[0] == b->sequence[1];
}

enum status
regf_replay_new(struct source hive, const struct regf_log *logs,
    size_t count, struct regf_replay **out, struct diag *d)
{
	struct regf_replay *r = xcalloc(1, sizeof(*r));
	enum status st;
	size_t i;

	r->hive = hive;
	r->info.diag.fileoff = DIAG_NOWHERE;
	st = base_read(&hive, &r->base, d);
	if (st != ST_OK) {
		if (st == ST_MALFORMED)
			diag_wrap(d, "no registry hive");
		regf_replay_free(r);
		return st;
	}
	r->info.checksum_ok = r->base.good;
	for (i = 0; i < count && r->count < REGF_LOG_MAX_LOGS; i++)
		if (logs[i].src.size != 0 && !is_clean(&r->base))
			load_log(r, &logs[i]);
	if (is_clean(&r->base))
		r->info.state = REGF_REPLAY_CLEAN;
	else if (r->count == 0)
		r->info.state = REGF_REPLAY_MISSING;
	else
		replay(r);
	*out = r;
	return ST_OK;
}

void
regf_replay_free(struct regf_replay *r)
{
	if (r == NULL)
		return;
	regf_overlay_fini(&r->overlay);
	free(r);
}

const struct regf_replay_info *
regf_replay_info(const struct regf_replay *r)
{
	return &r->info;
}

struct source
regf_replay_source(struct regf_replay *r)
{
	if (r->info.state == REGF_REPLAY_DONE)
		return regf_overlay_source(&r->overlay);
	return r->hive;
}

/* -------------------------------------------------------------- in words */

const char *
regf_replay_state_name(enum regf_replay_state state)
{
	static const char *const names[REGF_REPLAY_STATES] = {
		[REGF_REPLAY_UNKNOWN] = "unknown",
		[REGF_REPLAY_CLEAN] = "clean",
		[REGF_REPLAY_DONE] = "replayed",
		[REGF_REPLAY_MISSING] = "logs-missing",
		[REGF_REPLAY_UNUSABLE] = "logs-unusable",
	};

	return names[state];
}

void
regf_replay_text(const struct regf_replay_info *info, char *text, size_t len)
{
	switch (info->state) {
	case REGF_REPLAY_DONE:
		snprintf(text, len, "dirty, replayed (%" PRIu32 " %s, last "
		    "sequence %" PRIu32 ")%s%s", info->entries,
		    info->entries == 1 ? "entry" : "entries", info->sequence,
		    info->rule != NULL ? "; " : "", info->diag.text);
		break;
	case REGF_REPLAY_MISSING:
		snprintf(text, len, "dirty, logs missing");
		break;
	case REGF_REPLAY_UNUSABLE:
		snprintf(text, len, "dirty, logs unusable (%s): %s",
		    info->rule, info->diag.text);
		break;
	case REGF_REPLAY_CLEAN:
		snprintf(text, len, "clean");
		break;
	default:
		snprintf(text, len, "not looked at");
		break;
	}
}
