/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_INVENTORY_H
#define ROLLCALL_INVENTORY_INVENTORY_H

#include "base/instant.h"
#include "base/status.h"
#include "base/version.h"
#include "catalogue/catalogue.h"
#include "host/host.h"
#include "inventory/inspect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What is there: facts with the place where each was found, and no opinion.
 * An inventory owns all of its text; pointers into the catalogue are
 * borrowed. Text that was not found is NULL.
 *
 * Facts: "registry-and-packages", sections 1.1 to 1.7, and "kb2749655",
 *        section 1.6; HACKING.md names both.
 */

enum ev_kind {
	EV_HIVE,		/* a hive file of the registry */
	EV_WINDOWS,		/* name and version of Windows */
	EV_SETUP,		/* witness 1: the product's Setup key */
	EV_FILE,		/* witness 2: a file and its version */
	EV_PRODUCT,		/* a Windows Installer product */
	EV_PATCH,		/* witness 3: a Windows Installer patch */
	EV_MARKER,		/* witness 4: a key below Updates */
	EV_PACKAGE,		/* witness 5: a cached package */
	EV_ROLE,		/* a role key of setup */
	EV_SERVICING,		/* a package of Windows' own servicing */
	EV_TRACE,		/* Exchange outside of its Setup key */
	EV_KIND_COUNT
};

/* Zero is never "fine". */
enum ev_state {
	EV_UNKNOWN,
	EV_PRESENT,
	EV_ABSENT,		/* looked for, and not there */
	EV_NOT_EXPECTED,	/* not there, and nothing should be */
	EV_UNREADABLE,		/* VALUE says why */
};

struct evidence {
	enum ev_kind	 kind;
	enum ev_state	 state;
	char		*where;	/* key or file path as Windows writes it */
	char		*value;	/* NULL when there is none */
	bool		 refused; /* unreadable to us, and not to all */
	char		 drive;	/* that would have to be mapped; 0 else */
};

/* Number of an evidence record, printed as "e7"; 0 is none. */
typedef size_t ev_id;

struct inv_windows {
	char		*name;		/* "Windows Server 2008 R2 Standard" */
	char		*service_pack;	/* "Service Pack 1" */
	struct version	 version;	/* 6.1.7601; parts 0 when not known */
	bool		 is_x86;	/* 32-bit Windows */
	bool		 is_x64;	/* 64-bit; neither: not known */
	ev_id		 ev;
};

/* A file whose version was looked at. */
struct inv_file {
	char		*path;
	enum ev_state	 state;
	struct version	 version;	/* parts 0 when it has none */
	struct inspected *seen;		/* its signature; NULL: not asked */
	bool		 is_link;	/* under its name is a link to it */
	ev_id		 ev;
};

/* An installed file of which the catalogue has a digest. */
struct inv_digest {
	char		*path;
	enum ev_state	 state;
	const struct cat_file *listed;	/* borrowed: as it should be */
	char		*sha256;	/* lower case hex, where present */
	ev_id		 ev;
};

enum patch_state {
	PATCH_UNKNOWN,
	PATCH_APPLIED,		/* State 1 */
	PATCH_SUPERSEDED,	/* State 2 */
	PATCH_OBSOLETED,	/* State 4 */
	PATCH_REGISTERED,	/* State 8: not yet applied */
};

/* A package that Windows Installer keeps in its cache. */
struct inv_package {
	char		*path;		/* LocalPackage */
	char		*original_name;	/* SourceList\PackageName */
	enum ev_state	 state;
	uint64_t	 size;		/* bytes, where present */
	struct inspected *seen;		/* what is in it; NULL: not opened */
	ev_id		 ev;
};

struct inv_update {
	char		*patch_code;	/* "{...}" */
	char		*display_name;
	char		*kb;		/* "KB2706690", from the name */
	struct version	 build;		/* from the end of the name */
	enum patch_state state;
	char		*installed;	/* as written */
	instant		 installed_day;	/* INSTANT_NONE unless yyyymmdd */
	struct inv_package package;
	ev_id		 ev;
};

/* A key below Microsoft\Updates. */
struct inv_marker {
	char		*kb;		/* "KB2756485" */
	char		*package_name;
	char		*installed_date; /* locale text: stays text */
	ev_id		 ev;
};

struct inv_role {
	char		*name;		/* "MailboxRole" */
	char		*unpacked, *configured;
	char		*action, *watermark;
	ev_id		 ev;
};

/* A patch code that the list of a product's patches (AllPatches) names. */
struct inv_listed_code {
	char		*code;		/* "{...}" */
	bool		 has_key;	/* and a key of its own */
};

/* A Windows Installer product and what patched it. */
struct inv_product {
	char		*code;		/* "{...}" */
	char		*name;
	struct version	 version;
	struct inv_package msi;		/* its cached .msi */
	char		*install_location; /* InstallLocation */
	char		*package_code;	/* "{...}", that is registered */
	struct inv_update *updates;
	size_t		 update_count;
	struct inv_listed_code *listed;	/* in AllPatches */
	size_t		 listed_count;
	ev_id		 ev;
};

/* Where another witness than the one that was followed puts Exchange. */
struct inv_path {
	char		*path;
	const char	*witness;	/* "MsiInstallPath", ...; static */
	enum ev_state	 state;		/* of Bin\ExSetup.exe below it, */
	struct version	 version;	/* and its version */
};

struct inv_exchange {
	const struct cat_product *product; /* borrowed; NULL: no such row */
	char		*setup_key;	/* with its root */
	char		*install_path;
	struct inv_path	 *paths;	/* that differ from INSTALL_PATH */
	size_t		 path_count;
	struct version	 base;		/* the base (SP, CU) build */
	bool		 is_whole;	/* the Setup key has all of BASE, */
	bool		 has_path;	/* and a path */
	bool		 is_x86;	/* 32-bit: management tools of 2007 */
	char		*interim;	/* InterimUpdate value, "" even */
	struct inv_file	 exsetup;
	struct inv_file	 transcoding;	/* TranscodingService.exe */
	struct inv_digest *digests;	/* see inventory_hash_files() */
	size_t		 digest_count;
	struct inv_role	 *roles;
	size_t		 role_count;
	struct inv_product *msi;	/* its own product, or NULL */
	struct inv_product *packs;	/* language, UM packs and the like */
	size_t		 pack_count;
	struct inv_marker *markers;
	size_t		 marker_count;
	ev_id		 ev;
};

/* A copy of the file that carries the WinVerifyTrust fix. */
struct inv_fix_file {
	struct inv_file	 file;
	bool		 searched;	/* read to its end for the marks */
	size_t		 marks;		/* byte marks found in it */
};

/* A sign in the registry that an update of Windows was installed. */
struct inv_fix_listing {
	char		*kb;
	uint32_t	 state;		/* CurrentState of servicing */
	bool		 installed;
	ev_id		 ev;
};

struct inv_fix {
	const struct cat_mitigation *mitigation;	/* borrowed */
	struct inv_fix_file	*files;
	size_t			 file_count;
	struct inv_fix_listing	*listings;
	size_t			 listing_count;
};

/* A file of --deep that is not plainly sound: with a timestamp that an
 * advisory is about, not what was signed, or not to be read. */
struct inv_defective {
	char		*path;
	char		*advisory;	/* "2749655", or NULL */
	enum sig_verdict verdict;	/* without the Windows fix */
	struct sig_until until;
	char		*why;		/* unless it is the advisory */
	ev_id		 ev;		/* of what is changed or unreadable */
};

/* Exchange outside of its Setup key: an Uninstall entry, a service, an update
 * marker, a program in one of its folders. */
struct inv_trace {
	char		*what;		/* "the service MSExchangeIS" */
	ev_id		 ev;
};

/* Where Windows Installer keeps what was installed, by user; and the one that
 * stands for the machine. */
#define INV_USER_DATA	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion" \
			"\\Installer\\UserData"
#define INV_MACHINE_SID	"S-1-5-18"

/* Windows Installer's records of Exchange below a user, not the machine. */
struct inv_user_record {
	char		*sid;
	char		*code;		/* of the product */
	ev_id		 ev;
};

struct inventory {
	char		*name;		/* of the host */
	enum host_kind	 source;
	bool		 limited;	/* an administrator may read more */
	struct inv_windows windows;
	struct inv_exchange *exchange;
	size_t		 exchange_count;
	struct inv_product *orphans;	/* Exchange by its product code, and
					   no Setup key to it */
	size_t		 orphan_count;
	struct inv_fix	*fixes;		/* one a mitigation */
	size_t		 fix_count;
	struct inv_trace *traces;
	size_t		 trace_count;
	struct inv_user_record *user_records;
	size_t		 user_record_count;
	ev_id		 in_progress;	/* a transaction of Windows Installer
					   that did not end; 0: none */
	bool		 packages_skipped; /* the user asked for none */
	instant		 taken;		/* when this was looked at */
	bool		 deep;		/* DEFECTIVE was looked for */
	bool		 deep_cut;	/* there were more files */
	size_t		 deep_unread;	/* files of programs and folders that
					   could not be looked at */
	size_t		 deep_count;	/* signed files among those */
	size_t		 deep_unsigned;	/* programs without a signature */
	size_t		 deep_strangers; /* signed by another publisher */
	struct inv_defective *defective; /* the first to expire first */
	size_t		 defective_count;
	struct host_hive *hives;	/* names and paths owned */
	size_t		 hive_count;
	struct evidence	*evidence;	/* ev_id 1 is evidence[0] */
	size_t		 evidence_count;
};

/* How closely to look. */
struct inventory_options {
	const struct inspect_policy *policy; /* for signatures, without fix */
	bool		 skip_packages;	/* do not open cached packages */
	bool		 deep;		/* every signed file of Exchange and
					   of Windows Installer */
	unsigned	 jobs;		/* threads for that, from 1 */
	instant		 taken;		/* the day of the scan */
};

/*
 * Look at a host.
 *
 * In:      HOST is only read; CAT outlives the inventory.
 * Limits:  DEEP_MAX_DEPTH, DEEP_MAX_FILES.
 * Returns: the inventory, the caller's for inventory_free(). Never NULL:
 *          what cannot be read is in it as evidence.
 */
struct inventory *inventory_take(struct host *host,
		    const struct catalogue *cat,
		    const struct inventory_options *opt);
void		inventory_free(struct inventory *inv);	/* NULL is fine */

/* Borrowed; NULL for 0 or a number that is not there. */
const struct evidence *inventory_evidence(const struct inventory *inv,
		    ev_id id);

/* Do A and B name one folder? A '\' at the end tells nothing. */
bool		inv_same_path(const char *a, const char *b);

/* "KB2756485" out of free text, or NULL; the caller's to free. */
char		*kb_in_text(const char *text);

/* "hive", "patch", ...; "present", ...; "applied", ...: never NULL. */
const char	*ev_kind_name(enum ev_kind k);
const char	*ev_state_name(enum ev_state s);
const char	*patch_state_name(enum patch_state s);

#endif
