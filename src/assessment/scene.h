/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_SCENE_H
#define ROLLCALL_ASSESSMENT_SCENE_H

#include "assessment/inspected.h"
#include "inventory/inventory.h"

/*
 * The facts of an inventory, put together as the catalogue understands them:
 * which product a Setup key is of, which record of Windows Installer is that
 * product and which only a pack for it, which files have to be there. Text is
 * borrowed from the inventory, rows from the catalogue.
 */

/* A file whose version was looked at; where nothing has to be, and is not, it
 * is EV_NOT_EXPECTED. */
struct site_file {
	const char	*path;		/* NULL: not looked for */
	enum ev_state	 state;
	struct version	 version;	/* parts 0 when it has none */
	const struct inspected *seen;	/* its signature; NULL: not asked */
	bool		 is_link;	/* under its name is a link to it */
	ev_id		 ev;
};

/* An installed file of which the catalogue has a digest for the build that
 * runs. */
struct site_digest {
	const char	*path;
	enum ev_state	 state;
	const struct cat_file *listed;	/* as it should be */
	const char	*sha256;	/* lower case hex, where present */
	ev_id		 ev;
};

/* Where another witness than the one that was followed puts Exchange. */
struct site_path {
	const char	*path;
	const char	*witness;	/* "Windows Installer", ...; static */
	enum ev_state	 state;		/* of Bin\ExSetup.exe below it, */
	struct version	 version;	/* and its version */
};

/* Records of Windows Installer, as in the inventory, with what is seen of
 * their packages. */
struct site_package {
	const char	*path;
	const char	*original_name;
	enum ev_state	 state;
	uint64_t	 size;
	const struct inspected *seen;	/* NULL: not opened */
	ev_id		 ev;
};

struct site_update {
	const char	*patch_code;
	const char	*display_name;
	const char	*kb;
	struct version	 build;
	enum patch_state state;
	const char	*installed;
	instant		 installed_day;
	struct site_package package;
	ev_id		 ev;
};

struct site_product {
	const char	*code;
	const char	*name;
	struct version	 version;
	struct site_package msi;
	const char	*install_location;
	const char	*package_code;
	instant		 installed_day;	/* or last patched or repaired */
	const char	*inside;	/* the code that its .msi has, of one
					   that is looked at no closer */
	struct site_update *updates;
	size_t		 update_count;
	const struct inv_listed_code *listed;
	size_t		 listed_count;
	ev_id		 ev;
};

struct site {
	const struct cat_product *product; /* NULL: no such row */
	const char	*setup_key;	/* with its root */
	const char	*install_path;
	struct site_path *paths;	/* that differ from INSTALL_PATH */
	size_t		 path_count;
	struct version	 base;		/* the base (SP, CU) build */
	bool		 is_whole;	/* the Setup key has all of BASE, */
	bool		 has_path;	/* and a path */
	bool		 is_x86;	/* 32-bit: management tools of 2007 */
	const char	*interim;	/* InterimUpdate value, "" even */
	struct site_file exsetup;
	struct site_file transcoding;	/* TranscodingService.exe */
	struct site_digest *digests;
	size_t		 digest_count;
	const struct inv_role *roles;
	size_t		 role_count;
	const struct site_product *msi;	/* its own product, or NULL */
	const struct site_product **packs; /* language, UM packs and the like */
	size_t		 pack_count;
	const struct inv_marker **markers;
	size_t		 marker_count;
	ev_id		 ev;
};

/* A copy of the file that carries the WinVerifyTrust fix. */
struct site_fix_file {
	struct site_file file;
	bool		 unasked;	/* a mark was not looked for */
	bool		 searched;	/* read to its end for all marks */
	size_t		 marks;		/* byte marks found in it */
};

struct site_fix_listing {
	const char	*kb;
	bool		 installed;
	ev_id		 ev;
};

struct site_fix {
	const struct cat_mitigation *mitigation;
	struct site_fix_file	*files;
	size_t			 file_count;
	struct site_fix_listing	*listings;
	size_t			 listing_count;
};

/* A file of --deep that is not plainly sound: with a timestamp that an
 * advisory is about, not what was signed, or not to be read. */
struct site_defective {
	const char	*path;
	char		*advisory;	/* "2749655", or NULL */
	enum sig_verdict verdict;	/* without the Windows fix */
	struct sig_until until;
	char		*why;		/* unless it is the advisory */
	ev_id		 ev;		/* of what is changed or unreadable */
};

struct scene {
	const struct inventory *facts;
	struct inspected *seen;		/* of files and packages, by address */
	size_t		 seen_count;
	struct site_product *products;	/* one for each of the facts */
	struct site	*sites;
	size_t		 site_count;
	const struct site_product **orphans; /* Exchange by its product code,
					   and no Setup key to it */
	size_t		 orphan_count;
	struct site_fix	*fixes;		/* one a mitigation */
	size_t		 fix_count;
	struct site_defective *defective; /* of --deep, the first to expire
					   first */
	size_t		 defective_count;
	size_t		 deep_count;	/* signed files that it found */
	size_t		 deep_unsigned;	/* programs without a signature */
	size_t		 deep_strangers; /* signed by another publisher */
	size_t		 deep_later;	/* stamped later than the scan */
	const char	*deep_later_first; /* of them, by its path; borrowed */
	char		*unasked;	/* the first thing that the catalogue
					   would have looked for, and nobody
					   did; NULL: none */
	struct evidence	*evidence;	/* of the facts, with what is seen of
					   them here; ev_id 1 is evidence[0] */
	size_t		 evidence_count;
};

/*
 * In:      INV, CAT and POLICY outlive the scene. POLICY is without the
 *          Windows fix: whether it is there is for the judges.
 * Returns: the caller's, for scene_free(); never NULL.
 */
struct scene	*scene_new(const struct inventory *inv,
		    const struct catalogue *cat,
		    const struct inspect_policy *policy);
void		scene_free(struct scene *s);	/* NULL is fine */

/* What is seen of the file of FACTS, which may be NULL; borrowed. */
const struct inspected *scene_seen(const struct scene *s,
		    const struct file_facts *facts);

/* Borrowed; NULL for 0 or a number that is not there. */
const struct evidence *scene_evidence(const struct scene *s, ev_id id);

/* The role whose key has that name; NULL when S has none. */
#define ROLE_CLIENT_ACCESS	"ClientAccessRole"
const struct inv_role *site_role(const struct site *s, const char *name);

#endif
