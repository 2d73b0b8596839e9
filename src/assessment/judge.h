/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_JUDGE_H
#define ROLLCALL_ASSESSMENT_JUDGE_H

#include "assessment/assessment.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/advice.h"
#include "catalogue/words.h"

#define JUDGE_SAME_KB	64	/* releases that share a KB */

struct obligation;

/* What the judges share. */
struct judge {
	struct assessment	*a;
	const struct scene	*scene;	/* the facts, put together */
	const struct inventory	*inv;	/* the facts */
	const struct catalogue	*cat;
	const struct assess_options *opt;
	const struct obligation	*obligations; /* what answers take */
	size_t			 obligation_count;
};

/*
 * What is held against each other to tell which release is installed: the
 * file that runs (ExSetup.exe), Windows Installer and the update markers.
 */
struct witnesses {
	const struct cat_release *base;	   /* of the Setup key */
	const struct cat_release *running; /* of ExSetup.exe */
	const struct site_update *newest;  /* newest applied of the branch */
	struct version		  newest_build;
	const struct site_update *match;   /* applied, with ExSetup's build */
	const struct inv_marker	 *marker;  /* newest of the branch */
	const struct cat_release *marked;  /* its release */
	bool			  unnamed; /* an applied one says nothing */
	const struct site_update *torn;    /* its own parts contradict */
	const struct site_update *ahead;   /* of a newer base than what runs */
	struct version		 ahead_build;
	const struct site_update *early;   /* installed before it was out */
	const struct cat_release *early_release;
	const struct site_update *late;    /* installed after the scan */
	bool			 is_late;  /* and so the product itself */
	const struct site_update *undated; /* its day of installation is none */
	const struct site_update *odd_state; /* State is none that is known */
	const struct site_update *interim; /* applied, and no release */
	const struct site_update *waiting; /* registered, not yet applied */
	const struct site_update *widowed; /* superseded, newer than what
					     runs */
	const struct inv_marker	 *stray;   /* newer than what runs, and has no
					      record of Windows Installer */
	const struct cat_release *stray_release;
	bool			  stray_elsewhere; /* its KB is also that of an
					      update for another base */
	enum installed		  component; /* what files beside ExSetup.exe
					      allow; 0: not looked at */
	ev_id			  component_ev;
	const char		 *component_file;
};

/*
 * Add a finding with the severity of its rule; the detail is a format.
 * The finding returned may be changed until the next is added.
 */
struct finding	*judge_add(struct judge *j, enum rule_id rule,
		    const char *fmt, ...) PRINTF_LIKE(3, 4);
void		finding_action(struct finding *f, const char *fmt, ...)
		    PRINTF_LIKE(2, 3);
void		finding_evidence(struct finding *f, ev_id id); /* 0: nothing */
void		finding_install(struct finding *f, const char *kb);

/* Was the record's evidence refused to us, who are no administrator? */
bool		judge_was_refused(const struct judge *j, ev_id id);

/* TEXT, which may begin with the place of E, without it: it was named. */
const char	*behind_place(const char *text, const struct evidence *e);
/* Why what the record is of could not be read; borrowed. */
const char	*why_unread(const struct judge *j, ev_id id);

/* What to do about an ExSetup.exe that was not read; the caller's. */
char		*exsetup_remedy(const struct judge *j,
		    const struct site_file *exe);

/* The advice that helps then, for the end of a detail; "" where it would
 * not. */
const char	*judge_hint(const struct judge *j, bool refused);

/* Cures of R at the judge's instant that fit the installation: on 32-bit
 * Windows only those with a 32-bit package. Returns how many, up to MAX. */
size_t		judge_cures(const struct judge *j,
		    const struct assess_exchange *x,
		    const struct cat_release *r,
		    const struct cat_release **out, size_t max);
#define JUDGE_MAX_CURES	64

/* The release that an update record stands for; NULL when it cannot be told.
 * *CONTRADICTS: its name, KB, package name and code point at different ones. */
const struct cat_release *update_release(const struct judge *j,
		    const struct assess_exchange *x,
		    const struct site_update *u, bool *contradicts);
/* The one that the catalogue has under its patch code, or NULL. */
const struct cat_release *update_by_code(const struct judge *j,
		    const struct site_update *u);
bool		update_is_interim(const struct judge *j,
		    const struct assess_exchange *x,
		    const struct site_update *u);

/* Files beside ExSetup.exe, which is that of RUNNING: a conflict where one is
 * of another update. Fills in what the witnesses have of them. */
void		judge_components(struct judge *j, struct assess_exchange *x,
		    const struct cat_release *running);

/* A service pack or cumulative update makes its own branch. */
bool		release_is_base(const struct cat_release *r);

/* What msiexec is given to install R: a package of the catalogue, or what
 * stands for it. */
const char	*install_package(const struct cat_release *r, bool is_x86);

/* TEXT, of a step, with PACKAGE and the name of the host in their places. */
void		put_install_step(struct buf *b, const struct judge *j,
		    const char *text, const char *package);

/* How R is run, where the catalogue says it. */
void		put_install_run(struct buf *b, const struct judge *j,
		    const struct cat_release *r, bool is_x86);

/* Note which two witnesses contradict, and the CURE of it ("install ..."), the
 * first time. */
void		judge_conflict(struct assess_exchange *x, const char *what,
		    const char *cure);

/* Which of them confirm the release of X, in sentences. */
void		put_components(struct buf *b,
		    const struct assess_exchange *x);
/* What the catalogue says of the digest of a patch (.msp) of R, which may be
 * NULL; other packages of the same release only wrap it. */
enum inspect_listed judge_listed(const struct cat_release *r,
		    const struct digest_set *digests);

/* What the cached package of U proves, in a sentence; nothing when it was
 * not opened or has another code. R is what it should be. */
void		put_package_proof(struct buf *b, const struct site_update *u,
		    const struct cat_release *r);

/* Is WIDTH ("-x86") in NAME? */
bool		names_width(const char *name, const char *width);

/* How findings call a product, and an update; borrowed. */
const char	*msi_words(const struct site_product *p);
const char	*update_words(const struct site_update *u);

/* When the first of the installation's own files ends that has a timestamp
 * of ADVISORY; INSTANT_NONE when none of them has. */
instant		judge_first_end(const struct assess_exchange *x,
		    const char *advisory);

/* The verdict on a signature as the Windows that is judged sees it: with the
 * fix if it has it. */
enum sig_verdict judge_signature_of(const struct judge *j,
		    enum sig_verdict judged, const struct sig_until *until);

/* The update that brings the missing Windows fix, NULL if none is known. */
const char	*fix_package(const struct judge *j);

/* "2013-01-10 20:32:25Z" into TEXT of INSTANT_TEXT bytes, returned. */
char		*instant_words(instant t, char *text);

/* The package is not the one that is registered, and why, into B. */
bool		package_mismatch(const struct judge *j,
		    const struct assess_exchange *x,
		    const struct site_update *u, struct buf *b);

/* Likewise for the product's own .msi. */
bool		product_mismatch(const struct site_product *msi);

/* An .msi in the cache of a Windows that keeps no signatures there. */
bool		is_stripped_msi(const struct judge *j,
		    const struct inspected *seen);

/* Were places of the SOFTWARE hive met that could not be read? */
bool		software_is_damaged(const struct judge *j);
bool		system_is_damaged(const struct judge *j);
/* Does the SYSTEM hive lack its last writes? */
bool		system_is_old(const struct judge *j);

/* How many services are there of those that the roles cannot do without. */
size_t		judge_services(const struct judge *j,
		    const struct assess_exchange *x);

/* Is any of the roles installed, by the names of their keys? True for none. */
bool		site_has_role(const struct site *ex, const char *const *roles,
		    size_t count);

/* Does a file of the server's own hold no longer, and would with the fix?
 * Those are proof of A. */
bool		judge_needs_fix(const struct judge *j, struct answer *a);

/* The judges, in the order in which they run. */
void		judge_fixes(struct judge *j);
void		judge_release(struct judge *j, struct assess_exchange *x);
void		judge_rerelease(struct judge *j, struct assess_exchange *x);
void		judge_packages(struct judge *j, struct assess_exchange *x);
void		judge_signatures(struct judge *j, struct assess_exchange *x);
void		judge_deep(struct judge *j);
void		judge_setup(struct judge *j, struct assess_exchange *x);
void		judge_currency(struct judge *j, struct assess_exchange *x);
void		judge_evidence(struct judge *j);
void		judge_setup_runs(struct judge *j);
void		judge_update_files(struct judge *j, struct assess_exchange *x);

/* Are files of the effective update older than it brings them? */
bool		judge_is_half_in(const struct judge *j,
		    const struct assess_exchange *x);
void		judge_target(struct judge *j);	/* reads the answers */

/* The answers, made of the obligations, and their lines. */
void		answer_exchange(struct judge *j, struct assess_exchange *x);
void		answer_host(struct judge *j);

#endif
