/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "hive.h"
#include "rng.h"
#include "state.h"
#include "tap.h"
#include "wrap.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Damage never earns: a server whose evidence is damaged in one place may
 * always become "undetermined"; else its verdict is never better than that of
 * the sound one. The one exception is damage to what the worst answer was
 * proven by: those cases are counted.
 *
 * What is damaged, and how, follows from the seed and the number of the case
 * alone (and from the volumes that there are):
 *
 *	damage [--seed S] [--count N | --case N] [--verbose]
 */
#define SEED	2749655
#define COUNT	600	/* one in $ROLLCALL_ONE_IN of them */
#define SLOW_COUNT	20000	/* with $ROLLCALL_SLOW */
#define PROOF_MAX	256

/* What a kind can happen to. */
struct kind_row {
	const char	*name;
	enum what	 what;
	bool		 absent_too;	/* of what is not there, who knows? */
};

static const struct kind_row kinds[KIND_COUNT] = {
	[KEY_GONE] = { "key gone", WHAT_KEY, false },
	[KEY_UNREADABLE] = { "key unreadable", WHAT_KEY, true },
	[LIST_CUT] = { "list of keys cut", WHAT_KEY, false },
	[LIST_REFUSED] = { "list of keys refused", WHAT_KEY, false },
	[VALUE_GONE] = { "value gone", WHAT_VALUE, false },
	[VALUE_UNREADABLE] = { "value unreadable", WHAT_VALUE, true },
	[VALUE_TYPE] = { "value of another type", WHAT_VALUE, false },
	[FILE_GONE] = { "file gone", WHAT_FILE, false },
	[FILE_CUT] = { "file cut", WHAT_FILE, false },
	[FILE_UNREADABLE] = { "file unreadable", WHAT_FILE, true },
	[FILE_FOLDER] = { "folder in place of a file", WHAT_FILE, false },
	[FILE_NOISE] = { "noise in place of a file", WHAT_FILE, false },
	[FILE_FLIP] = { "byte of a signed file", WHAT_FILE, false },
	[FOLDER_GONE] = { "folder gone", WHAT_FOLDER, false },
	[FOLDER_UNREADABLE] = { "folder unreadable", WHAT_FOLDER, false },
	[HIVE_BYTE] = { "field of a hive", WHAT_KEY, false },
	[HIVE_CELL] = { "cell of a hive", WHAT_KEY, false },
	[HIVE_BIN] = { "block of a hive", WHAT_KEY, false },
	[HIVE_CUT] = { "hive cut", WHAT_KEY, false },
};

/* How the cases of one kind went. */
struct tally {
	size_t		 cases, hits, proofs, failures;
};

struct run {
	uint64_t	 seed;
	size_t		 first, count;
	bool		 verbose;
	struct states	 states;
	struct tally	 tally[KIND_COUNT];
	size_t		 copies, wrong_copies;	/* of hives, not damaged */
	size_t		 services, services_earned;	/* keys that are gone */
};

/* One case. */
struct trial {
	struct state	*state;
	struct damage	 damage;
	struct record	 in_hive;	/* that hive damage lies in */
	char		*where;		/* of it */
	struct judged	 got;
};

/* ------------------------------------------------------------- choosing */

static bool
is_in_hive(enum kind k)
{
	return k >= HIVE_BYTE;
}

static bool
fits(const struct record *r, enum kind kind)
{
	const struct kind_row *row = &kinds[kind];

	if (r->what != row->what || (!r->there && !row->absent_too))
		return false;
	return (kind != LIST_CUT && kind != LIST_REFUSED) || r->listed != 0;
}

/* One of the records that the kind can happen to; NULL when there is none. */
static const struct record *
pick_record(const struct state *s, enum kind kind, uint64_t *rng)
{
	size_t i, n = 0;

	for (i = 0; i < s->seen.count; i++)
		n += fits(&s->seen.all[i], kind);
	n = n != 0 ? (size_t)rng_below(rng, n) + 1 : 0;
	for (i = 0; n != 0; i++)
		if (fits(&s->seen.all[i], kind) && --n == 0)
			return &s->seen.all[i];
	return NULL;
}

/* Where all is fine there is nothing to earn. */
static bool
may_earn(const struct state *s)
{
	size_t i;

	for (i = 0; i < SET_COUNT; i++)
		if (s->sound.a[i]->verdict > SEV_NOTE)
			return true;
	return false;
}

/* States that are not fine by themselves tell more than those that are merely
 * behind; what is undetermined may stay so. One of how many is taken? */
static uint64_t
rarity(const struct state *s)
{
	enum severity v = s->sound.a[SET_SERVER]->verdict;

	return v <= SEV_NOTE ? 4 : v == SEV_UNDETERMINED ? 2 : 1;
}

/* A state that is worth it; NULL for another try. */
static struct state *
pick_state(struct states *all, uint64_t *rng)
{
	struct state *s = &all->all[rng_below(rng, all->count)];
	bool ok = state_scan_sound(all, s) && may_earn(s) &&
	    rng_below(rng, rarity(s)) == 0;

	return ok ? s : NULL;
}

static void
choose(struct run *run, struct trial *t, uint64_t *rng)
{
	struct states *all = &run->states;
	size_t tries = 0;

	do {
		if (tries++ == 100000) {
			printf("Bail out! there is nothing to damage\n");
			exit(1);
		}
		t->state = pick_state(all, rng);
		t->damage.kind = (enum kind)rng_below(rng, KIND_COUNT);
		t->damage.variant = (unsigned)rng_below(rng, 1 << 16);
		t->damage.place = rng_next(rng) >> 1;
		t->damage.at = NULL;
		if (t->state != NULL && !is_in_hive(t->damage.kind))
			t->damage.at = pick_record(t->state, t->damage.kind,
			    rng);
	} while (t->state == NULL ||
	    (t->damage.at == NULL && !is_in_hive(t->damage.kind)));
}

/* -------------------------------------------------------------- judging */

/* Scan with the damage. False when it could not be done to this volume. */
static bool
scan_damaged(struct trial *t, uint64_t *rng)
{
	struct host *files = state_open(t->state), *registry = files, *host;
	bool ok = files != NULL;

	if (ok && t->damage.kind == FILE_FLIP)
		ok = state_is_signed(t->state, files, t->damage.at->path);
	if (ok && is_in_hive(t->damage.kind)) {
		registry = hive_damaged(t->state, files, &t->damage, rng,
		    &t->in_hive, &t->where);
		ok = registry != NULL;
		t->damage.hit = ok;
	}
	if (ok) {
		host = wrap_host(registry, files, NULL,
		    is_in_hive(t->damage.kind) ? NULL : &t->damage);
		state_scan(t->state, host, &t->got);
		host_close(host);
	}
	if (ok && registry != files)
		hive_close_damaged(registry);
	host_close(files);
	return ok;
}

/* What was not judged is not known. */
static enum severity
verdict(const struct judged *j, enum set set)
{
	enum severity v = j->a[set]->verdict;

	return v == SEV_UNKNOWN ? SEV_UNDETERMINED : v;
}

static bool
has_earned(const struct trial *t, enum set set)
{
	enum severity sound = verdict(&t->state->sound, set);
	enum severity damaged = verdict(&t->got, set);

	return damaged < sound && damaged != SEV_UNDETERMINED;
}

/* What is there of the evidence, to be taken away. */
static struct record
record_of(const struct state *s, char *path)
{
	char *slash = strrchr(path, '\\');
	struct record r = { WHAT_FILE, path, NULL, true, 0 };

	if (path_is_below(path, "HKLM")) {
		r.what = WHAT_KEY;
		*slash = '\0';
		if (record_find(&s->seen, WHAT_VALUE, path, slash + 1) !=
		    NULL) {
			r.what = WHAT_VALUE;
			r.name = slash + 1;
		} else
			*slash = '\\';
	}
	return r;
}

/* Does it earn as much when nothing but E is gone? */
static bool
earns_alone(const struct trial *t, enum set set, const struct evidence *e)
{
	char *path = xstrdup(e->where);
	struct record r = record_of(t->state, path);
	struct trial alone = { .state = t->state };
	uint64_t rng = 0;
	bool earns;

	alone.damage.kind = r.what == WHAT_KEY ? KEY_GONE :
	    r.what == WHAT_VALUE ? VALUE_GONE : FILE_GONE;
	alone.damage.at = &r;
	earns = scan_damaged(&alone, &rng) && has_earned(&alone, set);
	judged_fini(&alone.got);
	free(path);
	return earns;
}

/* Some bytes of a hive take a value or key away, too, without a trace: the
 * flag that says how its name is written. */
static bool
may_be_gone(enum kind k)
{
	return k == KEY_GONE || k == VALUE_GONE || k == FILE_GONE ||
	    k == FOLDER_GONE || k == HIVE_BYTE || k == HIVE_CELL;
}

/* The key of a service of Exchange, where its roles are: the service may be
 * what was wrong, and that it is gone is never better. */
static bool
is_service_gone(const struct trial *t)
{
	return t->damage.kind == KEY_GONE && path_is_below(t->damage.at->path,
	    INV_SERVICES) && t->state->sound.a[SET_ALL]->exchange_count != 0;
}

/*
 * The exception: the record is in the proof of the worst answer, or took a
 * record of it along that alone would have earned it.
 */
static bool
is_proof(const struct trial *t, enum set set)
{
	if (is_service_gone(t))
		return false;

	const struct record *r = is_in_hive(t->damage.kind) ? &t->in_hive :
	    t->damage.at;
	const struct evidence *proof[PROOF_MAX];
	size_t i, n = state_proof(t->state, set, proof, PROOF_MAX);

	for (i = 0; r->path != NULL && i < n; i++)
		if (state_is_evidence(t->state, proof[i], r) ||
		    (may_be_gone(t->damage.kind) &&
		    state_goes_with(t->state, proof[i], r) &&
		    earns_alone(t, set, proof[i])))
			return true;
	return false;
}

/* -------------------------------------------------------------- telling */

static void
tell_case(const struct run *run, const struct trial *t, size_t n)
{
	char *text = is_in_hive(t->damage.kind) ? xstrdup(t->where) :
	    record_text(t->damage.at);

	printf("# damage --seed %" PRIu64 " --case %zu\n#   %s, %s: %s "
	    "(variant %u, place %" PRIu64 ")%s\n", run->seed, n,
	    t->state->name, kinds[t->damage.kind].name, text,
	    t->damage.variant, t->damage.place,
	    t->damage.hit ? "" : ", not come past");
	free(text);
}

static void
tell_answers(const struct trial *t)
{
	size_t q;

	for (q = 0; q < ASK_READY; q++) {
		const struct answer *a = &t->state->sound.a[SET_ALL]->
		    answers[q], *b = &t->got.a[SET_ALL]->answers[q];

		if (a->value == b->value && a->severity == b->severity)
			continue;
		printf("#     %s: %s, %s -> %s, %s: %s\n",
		    question_get((enum question)q)->name, answer_word(a),
		    severity_answer_name(a->severity), answer_word(b),
		    severity_answer_name(b->severity),
		    b->text != NULL ? b->text : "");
	}
}

static void
tell_set(const struct trial *t, enum set set)
{
	const struct answer *worst = assessment_worst(t->state->sound.a[set]);
	size_t i;

	printf("#   %s: %s -> %s%s; the worst was %s\n", set_name(set),
	    severity_name(verdict(&t->state->sound, set)),
	    severity_name(verdict(&t->got, set)), has_earned(t, set) ?
	    is_proof(t, set) ? ", in its proof" : ", EARNED" : "",
	    worst != NULL ? question_get(worst->question)->name : "none");
	for (i = 0; worst != NULL && i < worst->proof_count; i++)
		printf("#     proven by %s\n", inventory_evidence(
		    t->state->sound.inv, worst->proof[i])->where);
}

/* ---------------------------------------------------------------- cases */

static void
judge_case(struct run *run, const struct trial *t, size_t n)
{
	struct tally *tally = &run->tally[t->damage.kind];
	bool proof = false, bad = false;
	enum set i;

	for (i = 0; i < SET_COUNT; i++) {
		if (!has_earned(t, i))
			continue;
		if (is_proof(t, i))
			proof = true;
		else
			bad = true;
	}
	tally->cases++;
	tally->hits += t->damage.hit;
	tally->proofs += proof && !bad;
	tally->failures += bad;
	if (!bad && !run->verbose)
		return;
	tell_case(run, t, n);
	for (i = 0; i < SET_COUNT; i++)
		tell_set(t, i);
	tell_answers(t);
}

static void
trial_fini(struct trial *t)
{
	if (t->got.inv != NULL)
		judged_fini(&t->got);
	free(t->in_hive.path);
	free(t->in_hive.name);
	free(t->where);
	*t = (struct trial){ .state = NULL };
}

/* Damage to hives is done to copies: they must be judged as the hives are
 * before it. Once for each state. */
static void
try_copies(struct run *run, struct state *s)
{
	struct trial t = { .state = s, .damage = { .kind = KIND_COUNT } };
	uint64_t rng = 0;
	bool same = true;
	enum set i;

	if (s->copied || !scan_damaged(&t, &rng))
		return;
	s->copied = true;
	for (i = 0; i < SET_COUNT; i++)
		same &= verdict(&t.got, i) == verdict(&s->sound, i);
	run->copies++;
	run->wrong_copies += !same;
	if (!same)
		printf("# %s: copies of its hives are another server\n",
		    s->name);
	trial_fini(&t);
}

static void
run_case(struct run *run, size_t n)
{
	uint64_t rng = run->seed * 0x9e3779b97f4a7c15u + n;
	struct trial t = { .state = NULL };
	bool done;

	/* The first numbers of neighbouring seeds are neighbours. */
	(void)rng_next(&rng);
	do {
		trial_fini(&t);
		choose(run, &t, &rng);
		done = scan_damaged(&t, &rng);
	} while (!done);
	if (is_in_hive(t.damage.kind))
		try_copies(run, t.state);
	judge_case(run, &t, n);
	trial_fini(&t);
}

/* Where services are what is wrong: without each, by itself. */
static void
run_services_of(struct run *run, struct state *s)
{
	const struct record *r;
	uint64_t rng = 0;
	size_t i;

	for (i = 0; i < s->seen.count; i++) {
		struct record key = { .what = WHAT_KEY, .there = true };
		struct trial t = { .state = s, .damage = { .kind = KEY_GONE,
		    .at = &key } };

		r = &s->seen.all[i];
		if (r->what != WHAT_VALUE || !r->there ||
		    !path_is_below(r->path, INV_SERVICES))
			continue;
		key.path = r->path;
		if (!scan_damaged(&t, &rng))
			continue;
		run->services++;
		if (has_earned(&t, SET_SERVER) || has_earned(&t, SET_ALL)) {
			run->services_earned++;
			printf("# %s: earned without %s\n", s->name, r->path);
		}
		trial_fini(&t);
	}
}

static void
run_services(struct run *run)
{
	size_t i;

	for (i = 0; i < run->states.count; i++) {
		struct state *s = &run->states.all[i];

		if (strncmp(s->name, "service", strlen("service")) == 0 &&
		    state_scan_sound(&run->states, s))
			run_services_of(run, s);
	}
	printf("%s %d - no key of a service that is gone earns: %zu\n",
	    run->services_earned != 0 || run->services == 0 ? "not ok" : "ok",
	    KIND_COUNT + 2, run->services);
}

static int
run_all(struct run *run)
{
	size_t i, failures = 0;

	printf("# seed %" PRIu64 ", %zu states\n", run->seed,
	    run->states.count);
	for (i = 0; i < run->count; i++)
		run_case(run, run->first + i);
	printf("1..%d\n", KIND_COUNT + 2);
	for (i = 0; i < KIND_COUNT; i++) {
		const struct tally *t = &run->tally[i];

		printf("%s %zu - %s: %zu cases, %zu came past, %zu in the "
		    "proof of the worst answer, %zu earned\n",
		    t->failures != 0 ? "not ok" : "ok", i + 1,
		    kinds[i].name, t->cases, t->hits, t->proofs, t->failures);
		failures += t->failures;
	}
	printf("%s %zu - copies of hives are judged as the hives: %zu\n",
	    run->wrong_copies != 0 ? "not ok" : "ok", i + 1, run->copies);
	run_services(run);
	return failures + run->wrong_copies + run->services_earned != 0 ||
	    run->services == 0;
}

static uint64_t
number(const char *text)
{
	char *end = NULL;
	uint64_t n = text != NULL ? strtoull(text, &end, 10) : 0;

	if (text == NULL || end == text || *end != '\0') {
		fprintf(stderr, "usage: damage [--seed S] [--count N | "
		    "--case N] [--verbose]\n");
		exit(64);
	}
	return n;
}

static char *
folder(const char *variable, const char *other, const char *below)
{
	const char *top = tap_env(variable);

	return xasprintf("%s%s", top != NULL ? top : other, below);
}

int
main(int argc, char **argv)
{
	char *volumes = folder("ROLLCALL_VOLUMES", "tests/volumes", "");
	char *expects = folder("ROLLCALL_SRC", "..", "/tests/cli/volumes");
	struct run run = { .seed = SEED, .count = COUNT };
	const char *one_in = tap_env("ROLLCALL_ONE_IN");
	int i, code;

	if (one_in != NULL && number(one_in) > 1)
		run.count = COUNT / (size_t)number(one_in);
	if (tap_env("ROLLCALL_SLOW") != NULL)
		run.count = SLOW_COUNT;
	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--verbose") == 0)
			run.verbose = true;
		else if (strcmp(argv[i], "--seed") == 0)
			run.seed = number(argv[++i]);
		else if (strcmp(argv[i], "--case") == 0) {
			run.first = (size_t)number(argv[++i]);
			run.count = 1;
		} else if (strcmp(argv[i], "--count") == 0)
			run.count = (size_t)number(argv[++i]);
		else
			(void)number(NULL);
	}
	run.states = states_read(expects, volumes);
	code = run_all(&run);
	states_free(&run.states);
	free(volumes);
	free(expects);
	return code;
}
