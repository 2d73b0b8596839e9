/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_MADE_H
#define ROLLCALL_TESTS_MADE_H

#include "assessment/ask.h"
#include "assessment/assessment.h"
#include "assessment/scene.h"

/*
 * A server put together by hand, for facts that a test wants one at a time.
 * It is sound as it is made; a test takes something away, and asks. All text
 * is the test's own or static, so nothing is freed.
 */
#define MADE_UPDATES	4
#define MADE_MARKERS	3
#define MADE_ROLES	3
#define MADE_RECORDS	48
#define MADE_VALUES	64

struct made {
	const struct catalogue	*cat;
	struct assess_options	 opt;
	struct inventory	 inv;
	struct scene		 scene;		/* of INV, by hand */
	struct site		 ex;
	struct site_product	 msi;
	struct site_update	 updates[MADE_UPDATES];
	struct inv_listed_code	 listed[MADE_UPDATES];
	struct inv_marker	 markers[MADE_MARKERS];
	const struct inv_marker	*marker_list[MADE_MARKERS];
	struct inv_role		 roles[MADE_ROLES];
	char			 base[VERSION_TEXT]; /* of the roles */
	struct site_fix		 fix;
	struct site_fix_file	 files[2];
	struct site_fix_listing	 listing;
	struct inspected	 exe, transcoding, package; /* as they were
					   seen */
	struct inspected	 patches[MADE_UPDATES];
	struct file_facts	 exe_facts, transcoding_facts; /* in them */
	struct file_facts	 package_facts, patch_facts[MADE_UPDATES];
	struct sig_level	 level;		/* of EXE, where it has one */
	struct inv_hive	 hives[2];	/* SOFTWARE, SYSTEM */
	struct site_defective	 defective;
	struct inv_trace	 trace;
	struct site_product	 orphan;
	const struct site_product *orphan_list[1];
	struct inv_user_record	 user;
	struct inv_value	 values[MADE_VALUES];
	char			 keys[MADE_VALUES][160]; /* of those */
	struct inv_leftover	 leftover;
	struct site_path		 path;
	struct evidence		 evidence[MADE_RECORDS];
};

/* A Windows without Exchange, whose copies of wintrust.dll have all MARKS of
 * the fix; judged on the day of MADE_NOW. */
void		made_windows(struct made *m, const struct catalogue *cat,
		    struct version windows);
#define MADE_NOW	1795564800	/* 2026-11-25 */

/* A server of the base BASE on which RUNS, of its branch, runs: the base
 * itself, or an update that Windows Installer has a record of. */
void		made_server(struct made *m, const struct catalogue *cat,
		    const struct cat_release *base,
		    const struct cat_release *runs);

/* Likewise by id, on Windows 2008 R2; ends the program for another id. */
void		made_named(struct made *m, const struct catalogue *cat,
		    const char *base, const char *runs);

/* The release that the newer ones of its branch are installed upon; NULL when
 * none is known. */
const struct cat_release *made_base_of(const struct cat_release *r);

/* One more patch record, of R and in STATE, with its package. */
struct site_update *made_update(struct made *m, const struct cat_release *r,
		    enum patch_state state);
void		made_marker(struct made *m, const char *kb);

/* The value of a key below HKLM is TEXT; NULL: it is not there. Returns it. */
struct inv_value *made_value(struct made *m, const char *key,
		    const char *name, const char *text);

/* One more record of evidence. WHERE stays the caller's. */
ev_id		made_record(struct made *m, enum ev_kind kind,
		    enum ev_state state, const char *where);

/* SEEN becomes a file with a signature of this worth. */
void		made_seen(struct inspected *seen, enum sig_verdict verdict);

/* SEEN becomes a patch of this code. */
void		made_code(struct inspected *seen, const char *code);

/* Judge it; assessment_free(). */
struct assessment *made_assess(struct made *m);

/* What the obligation NAME of Q allows; it is an error when there is none.
 * TEXT may be NULL, or is looked for in what is said to be missing. */
unsigned	made_allows(struct made *m, enum question q,
		    const char *name, const char *text);

/* The obligations that made_allows() asked, and that were met (or struck), or
 * not: bits by their place in the table. */
extern uint64_t	made_met, made_unmet;

#endif
