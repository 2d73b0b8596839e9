/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "packed.h"
#include "tap.h"

#include "base/limits.h"
#include "formats/marvin32.h"
#include "formats/regf.h"
#include "formats/regf_log.h"
#include "formats/regf_overlay.h"
#include "formats/regf_walk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define SEED		UINT64_C(0x82ef4d887a4e55c5)
#define BASE_LEN	4096

/* What stops at every write give is tested in tests/cli/test-replay.py. */

/* ------------------------------------------------------------- Marvin32 */

static uint64_t
marvin(struct slice s, size_t cut)
{
	struct marvin32 m;
	struct slice part;

	marvin32_init(&m, SEED);
	CHECK(slice_sub(s, 0, cut, &part));
	marvin32_add(&m, part);
	CHECK(slice_from(s, cut, &part));
	marvin32_add(&m, part);
	return marvin32_end(&m);
}

static void
marvin_known_answers(void)
{
	/* By the other implementation, in mkdirty.py. */
	static const struct {
		const char	*text;
		uint64_t	 want;
	} rows[] = {
		{ "", UINT64_C(0xb39efca403966e08) },
		{ "a", UINT64_C(0x21a013c726f292f4) },
		{ "abc", UINT64_C(0xb9cf3dfca41914f7) },
		{ "abcd", UINT64_C(0x20094fb11a6cd086) },
		{ "transaction log", UINT64_C(0xc9b64f44127c65d9) },
	};
	size_t i, cut;

	for (i = 0; i < COUNT(rows); i++) {
		size_t n = strlen(rows[i].text);

		printf("# \"%s\"\n", rows[i].text);
		for (cut = 0; cut <= n; cut++)
			CHECK(marvin(slice_of(rows[i].text, n, 0), cut) ==
			    rows[i].want);
	}
}

/* -------------------------------------------------------------- fixtures */

struct fixture {
	uint8_t		*p;
	size_t		 len;
	struct packed	 parts;
	struct regf_log	 logs[3];
	struct regf_replay *r;
	struct diag	 d;
};

static void
replay_parts(struct fixture *f)
{
	static const char *const names[] = { "LOG1", "LOG2", "LOG" };
	size_t i;

	for (i = 0; i < 3; i++)
		f->logs[i] = (struct regf_log){ names[i],
		    source_of_slice(&f->parts.parts[i + 1]) };
}

static void
fixture_open(struct fixture *f, const char *name)
{
	memset(f, 0, sizeof(*f));
	f->p = tap_fixture(name, &f->len);
	f->parts = packed_of(slice_of(f->p, f->len, 0));
	replay_parts(f);
	CHECK_ST(regf_replay_new(source_of_slice(&f->parts.parts[0]), f->logs,
	    3, &f->r, &f->d), ST_OK, &f->d);
	if (f->r == NULL)
		exit(1);
}

static void
fixture_close(struct fixture *f)
{
	regf_replay_free(f->r);
	free(f->p);
}

/* The view is the hive WANT, but for its sequence numbers, time and
 * checksum. */
static void
check_view(struct fixture *f, const char *want)
{
	struct source src = regf_replay_source(f->r);
	size_t len, at;
	uint8_t *p = tap_fixture(want, &len), *q = malloc(len);

	CHECK_INT(src.size, len);
	if (q == NULL || src.size != len)
		exit(1);
	CHECK_ST(source_read(&src, 0, q, len, &f->d), ST_OK, &f->d);
	CHECK(memcmp(p + 20, q + 20, 508 - 20) == 0);
	CHECK(memcmp(p + 512, q + 512, len - 512) == 0);
	/* The same in pieces that end at no sector. */
	for (at = 0; at < len; at += 333) {
		uint8_t piece[333];
		size_t n = len - at < sizeof(piece) ? len - at :
		    sizeof(piece);

		CHECK_ST(source_read(&src, at, piece, n, &f->d), ST_OK,
		    &f->d);
		CHECK(memcmp(piece, q + at, n) == 0);
	}
	free(p);
	free(q);
}

static void
check_replayed(const char *name, const char *want, uint32_t entries,
    uint32_t sequence)
{
	const struct regf_replay_info *info;
	struct fixture f;
	struct regf *h = NULL;

	printf("# %s\n", name);
	fixture_open(&f, name);
	info = regf_replay_info(f.r);
	CHECK_STR(regf_replay_state_name(info->state), "replayed");
	CHECK_INT(info->entries, entries);
	CHECK_INT(info->sequence, sequence);
	CHECK(info->rule == NULL);
	check_view(&f, want);
	CHECK_ST(regf_open(regf_replay_source(f.r), &h, &f.d), ST_OK, &f.d);
	if (h != NULL) {
		CHECK(!regf_info(h)->dirty);
		CHECK_INT(regf_info(h)->sequence[0], sequence);
	}
	regf_close(h);
	fixture_close(&f);
}

static void
logs_are_laid_over(void)
{
	check_replayed("log-new.logs", "log-2.hive", 1, 7);
	check_replayed("log-old.logs", "log-2.hive", 1, 8);
	check_replayed("log-chain.logs", "log-3.hive", 2, 8);
}

static void
clean_hives_need_no_log(void)
{
	struct fixture f;
	size_t len;
	uint8_t *p = tap_fixture("log-1.hive", &len);
	struct slice s = slice_of(p, len, 0);
	struct regf_replay *r = NULL;

	fixture_open(&f, "log-chain.logs");
	CHECK_ST(regf_replay_new(source_of_slice(&s), f.logs, 3, &r, &f.d),
	    ST_OK, &f.d);
	CHECK_STR(regf_replay_state_name(regf_replay_info(r)->state),
	    "clean");
	CHECK_INT(regf_replay_source(r).size, len);
	regf_replay_free(r);
	fixture_close(&f);
	free(p);
}

static void
short_files_are_no_hives(void)
{
	struct slice s = slice_of("regf", 4, 0);
	struct regf_replay *r = NULL;
	struct diag d;

	CHECK_ST(regf_replay_new(source_of_slice(&s), NULL, 0, &r, &d),
	    ST_MALFORMED, &d);
	CHECK(r == NULL);
}

/* ---------------------------------------------------------- read errors */

/* A source that fails behind so many reads. */
struct failing {
	struct slice	s;
	size_t		reads_left;
};

static enum status
failing_read(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	struct failing *f = ctx;
	struct source src = source_of_slice(&f->s);

	if (f->reads_left == 0)
		return diag_set(d, ST_IO, off, NULL, "the disk is broken");
	f->reads_left--;
	return src.read_at(src.ctx, off, p, len, d);
}

static void
sick_logs_are_unusable(void)
{
	static const char *const names[] = { "log-new.logs",
	    "log-old.logs" };
	const struct regf_replay_info *info;
	size_t i, reads;

	for (i = 0; i < COUNT(names); i++) {
		struct regf_replay *r = NULL;
		struct source view;
		struct failing bad;
		struct fixture f;
		uint8_t byte[1];

		fixture_open(&f, names[i]);
		f.logs[0].src.read_at = failing_read;
		f.logs[0].src.ctx = &bad;
		for (reads = 0;; reads++) {
			regf_replay_free(r);
			bad = (struct failing){ f.parts.parts[1], reads };
			CHECK_ST(regf_replay_new(source_of_slice(
			    &f.parts.parts[0]), f.logs, 3, &r, &f.d), ST_OK,
			    &f.d);
			info = regf_replay_info(r);
			if (info->state == REGF_REPLAY_DONE)
				break;
			CHECK_STR(info->rule, "read");
			CHECK(strncmp(info->diag.text,
			    "LOG1: the disk is broken", 24) == 0);
		}
		CHECK(reads > 2);
		/* A log that fails later is no damage of the hive. */
		bad.reads_left = 0;
		view = regf_replay_source(r);
		CHECK_ST(source_read(&view, BASE_LEN, byte, 1, &f.d), ST_IO,
		    &f.d);
		regf_replay_free(r);
		fixture_close(&f);
	}
}

static void
sick_hives_are_told(void)
{
	struct failing bad;
	struct regf_replay *r = NULL;
	struct fixture f;

	fixture_open(&f, "log-new.logs");
	bad = (struct failing){ f.parts.parts[0], 0 };
	CHECK_ST(regf_replay_new((struct source){ failing_read, &bad,
	    f.parts.parts[0].n }, f.logs, 3, &r, &f.d), ST_IO, &f.d);
	CHECK(r == NULL);
	fixture_close(&f);
}

/* --------------------------------------------------------------- limits */

static void
overlays_are_bounded(void)
{
	struct regf_overlay o = { .count = 0 };
	struct diag d;

	CHECK_ST(regf_overlay_add(&o, 0, 512 * (REGF_LOG_MAX_SECTORS - 1), 0,
	    512, &d), ST_OK, &d);
	CHECK_ST(regf_overlay_add(&o, 0, 1024, 0, 512, &d), ST_LIMIT, &d);
	CHECK_INT(o.count, REGF_LOG_MAX_SECTORS - 1);
	CHECK_ST(regf_overlay_add(&o, 0, 512, 0, 512, &d), ST_OK, &d);
	CHECK_ST(regf_overlay_add(&o, 0, 512, 0, 512, &d), ST_LIMIT, &d);
	regf_overlay_fini(&o);
}

/* Later logs win, and in one log later places; a dropped one never does. */
static void
overlays_keep_the_last(void)
{
	uint8_t hive[BASE_LEN + 2048] = { 0 }, log[2][4096] = { { 0 } };
	struct slice slices[3] = { slice_of(hive, sizeof(hive), 0),
	    slice_of(log[0], 4096, 0), slice_of(log[1], 4096, 0) };
	struct source logs[2] = { source_of_slice(&slices[1]),
	    source_of_slice(&slices[2]) };
	struct regf_overlay o = { .hive = source_of_slice(&slices[0]),
	    .logs = logs };
	struct source view;
	uint8_t got[6 * 512];
	struct diag d;
	size_t i;

	for (i = 0; i < sizeof(hive); i++)
		hive[i] = 'h';
	for (i = 0; i < 4096; i++) {
		log[0][i] = (uint8_t)('a' + i / 512);
		log[1][i] = (uint8_t)('A' + i / 512);
	}
	CHECK_ST(regf_overlay_add(&o, 512, 1024, 1, 0, &d), ST_OK, &d);
	CHECK_ST(regf_overlay_add(&o, 0, 1024, 0, 0, &d), ST_OK, &d);
	CHECK_ST(regf_overlay_add(&o, 0, 512, 0, 2048, &d), ST_OK, &d);
	CHECK_ST(regf_overlay_add(&o, 2048, 512, 2, 0, &d), ST_OK, &d);
	CHECK_ST(regf_overlay_add(&o, 2560, 512, 0, 1024, &d), ST_OK, &d);
	regf_overlay_drop(&o, 2);
	regf_overlay_finish(&o, 4096);
	view = regf_overlay_source(&o);
	CHECK_INT(view.size, BASE_LEN + 3072);
	CHECK_ST(source_read(&view, BASE_LEN, got, sizeof(got), &d), ST_OK,
	    &d);
	/* The hive has grown by a hole (zeros) and a sector behind it. */
	for (i = 0; i < 6; i++)
		CHECK_INT(got[i * 512 + 7], "eABh\0c"[i]);
	CHECK_ST(source_read(&view, view.size - 1, got, 2, &d), ST_MALFORMED,
	    &d);
	regf_overlay_fini(&o);
}

/* -------------------------------------------------------------- hostile */

static void
walk_view(struct slice s)
{
	const struct regf_visitor visitor = { .key = NULL };
	struct regf_walk_sum sum;
	struct regf_key root;
	struct regf *h = NULL;
	struct fixture f = { .parts = packed_of(s) };

	replay_parts(&f);
	if (regf_replay_new(source_of_slice(&f.parts.parts[0]), f.logs, 3,
	    &f.r, &f.d) != ST_OK)
		return;
	if (regf_open(regf_replay_source(f.r), &h, &f.d) == ST_OK &&
	    regf_root(h, &root, &f.d) == ST_OK)
		CHECK_ST(regf_walk(h, &root, REGF_MAX_DEPTH, &visitor, &sum,
		    &f.d), ST_OK, &f.d);
	regf_close(h);
	regf_replay_free(f.r);
}

static void
hostile_logs(void)
{
	static const char *const names[] = { "log-new.logs", "log-old.logs",
	    "log-chain.logs" };
	size_t i, len;

	for (i = 0; i < COUNT(names); i++) {
		uint8_t *p = tap_fixture(names[i], &len);

		printf("# %s\n", names[i]);
		hostile_sweep(p, len, 29, walk_view);
		hostile_flips(p, len, 500, 2749655, walk_view);
		free(p);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "Marvin32", marvin_known_answers },
		{ "logs are laid over a hive", logs_are_laid_over },
		{ "clean hives need no log", clean_hives_need_no_log },
		{ "short files are no hives", short_files_are_no_hives },
		{ "sick logs are unusable", sick_logs_are_unusable },
		{ "sick hives are told", sick_hives_are_told },
		{ "overlays are bounded", overlays_are_bounded },
		{ "overlays keep the last", overlays_keep_the_last },
		{ "hostile logs", hostile_logs },
		{ NULL, NULL },
	};

	return tap_run(cases);
}
