/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_STATE_H
#define ROLLCALL_TESTS_STATE_H

#include "assessment/assessment.h"
#include "assessment/scene.h"
#include "record.h"

/*
 * A state of a server: a synthetic volume, and how NAME.expect has it
 * scanned. The questions are asked in three sets: those that depend on the
 * server alone, all of them, and whether the next step may be taken.
 */
enum set { SET_SERVER, SET_ALL, SET_TARGET, SET_COUNT };

/* What a scan found. */
struct judged {
	struct inventory *inv;
	struct scene *scene;
	struct assessment *a[SET_COUNT];
};

struct state {
	char		*name;
	char		*root;		/* the folder of drive C: */
	char		*drive_d;	/* of drive D:, NULL: not mapped */
	char		*overlay;
	instant		 at, taken;
	bool		 deep, no_packages, no_replay;
	bool		 target;	/* files of updates were asked for */
	struct catalogue *cat;		/* shared by states */
	struct inspect_policy *policy;	/* owned; NULL until it is scanned */
	struct records	 seen;		/* by the sound scan */
	struct judged	 sound;		/* A NULL: not scanned */
	bool		 broken;	/* not to be opened as a volume */
	bool		 copied;	/* copies of its hives were tried */
};

struct states {
	struct state	*all;
	size_t		 count;
	struct shared_catalogue *shared;
	size_t		 shared_count;
};

/*
 * In:      EXPECTS holds NAME.expect, VOLUMES what mkvolume.py made.
 * Returns: states by name, each once. Ends the program when there is none.
 */
struct states	states_read(const char *expects, const char *volumes);
void		states_free(struct states *s);

/* The volume, for host_close(); NULL when it does not open. */
struct host	*state_open(const struct state *s);

/* Scan the volume as it is, once; false when it does not open. */
bool		state_scan_sound(struct states *all, struct state *s);

/* Scan what HOST shows in place of the volume. *OUT is for judged_fini(). */
void		state_scan(const struct state *s, struct host *host,
		    struct judged *out);
void		judged_fini(struct judged *j);

/* The set in words. */
const char	*set_name(enum set s);

/* Is a file of that path, as HOST shows it, signed so that it holds? */
bool		state_is_signed(const struct state *s, struct host *host,
		    const char *path);

/* The proof of the answer that was the worst in the sound scan. */
size_t		state_proof(const struct state *s, enum set set,
		    const struct evidence **out, size_t max);

/* Is the record the evidence E? That lies where the record does, or in the
 * nearest key above it that is evidence. */
bool		state_is_evidence(const struct state *s,
		    const struct evidence *e, const struct record *r);

/* Does E go with the record when that is gone: is it below it, or does a
 * value that is, or is below it, name the file? */
bool		state_goes_with(const struct state *s,
		    const struct evidence *e, const struct record *r);

#endif
