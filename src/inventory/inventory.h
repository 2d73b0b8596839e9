/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_INVENTORY_H
#define ROLLCALL_INVENTORY_INVENTORY_H

#include "base/instant.h"
#include "base/limits.h"
#include "base/status.h"
#include "base/version.h"
#include "catalogue/catalogue.h"
#include "formats/setuplog.h"
#include "host/host.h"
#include "inventory/file_facts.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What is there: facts with the place where each was found, and no opinion.
 * The catalogue is asked only where to look; what it says of what is found
 * there is not asked here. Flat tables: what belongs together is told by keys,
 * codes and paths. An inventory owns all of its text; text that was not found
 * is NULL.
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
	EV_LOG,			/* a log of setup */
	EV_SYSTEM,		/* what setup of an update looks at */
	EV_KIND_COUNT
};

/* Zero is never "fine". */
enum ev_state {
	EV_UNKNOWN,
	EV_PRESENT,
	EV_ABSENT,		/* looked for, and not there */
	EV_NOT_EXPECTED,	/* not there, and nothing should be: never a
				   fact, see assessment/scene.h */
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
	char		*language;	/* InstallLanguage: "0409", hex */
	ev_id		 language_ev;
	char		*kind;		/* InstallationType: "Server", "Server
					   Core", "Client" */
	uint32_t	 ubr;		/* of its own updates, UBR; 0: not
					   known */
	char		*system_root;	/* "C:\Windows" */
	bool		 is_x86;	/* 32-bit Windows */
	bool		 is_x64;	/* 64-bit; neither: not known */
	bool		 has_wow64;	/* SysWOW64 is there, or has to be */
	ev_id		 ev;
};

/* How a hive was found, and its transaction logs. */
enum inv_replay {
	INV_REPLAY_UNKNOWN,	/* nobody has looked */
	INV_REPLAY_CLEAN,	/* the hive needs no log */
	INV_REPLAY_DONE,	/* dirty, and brought up to date */
	INV_REPLAY_MISSING,	/* dirty, and no log has anything in it */
	INV_REPLAY_UNUSABLE,	/* dirty, and its logs break a rule */
	INV_REPLAY_COUNT
};

struct inv_hive {
	char		*name;		/* "SOFTWARE", "SYSTEM" */
	char		*where;		/* its file, as Windows writes it */
	bool		 is_open;	/* it can be asked */
	bool		 dirty;		/* the file lacks its last writes */
	bool		 checksum_ok;	/* of the file's header */
	enum inv_replay	 replay;
	uint32_t	 log_entries;	/* of logs, applied */
	uint32_t	 log_sequence;	/* of the last of them */
	char		*log_why;	/* which rule its logs break; NULL */
	size_t		 damaged;	/* places that could not be read */
	char		*why;		/* it is not open, or the first damage;
					   NULL */
	ev_id		 ev;		/* that it was found, 0: it was not */
};

/* What was asked of a file. */
#define INV_ASK_VERSION	  0x1U
#define INV_ASK_SIGNATURE 0x2U
#define INV_ASK_DIGEST	  0x4U		/* SHA-256 */
#define INV_ASK_MARKS	  0x8U		/* of INVENTORY.marks */

/* A file, and all that was asked of it in one opening. */
struct inv_file {
	char		*path;
	unsigned	 asked;		/* INV_ASK_... */
	enum ev_state	 state;
	bool		 is_link;	/* under its name is a link to it */
	struct version	 version;	/* parts 0 when it has none */
	struct file_facts *facts;	/* its signature; NULL: not asked */
	char		*sha256;	/* lower case hex; NULL: not asked */
	bool		 searched;	/* read to its end for the marks */
	uint64_t	 marks;		/* a bit for each that is in it */
	ev_id		 ev;		/* 0: it was not there, and is none
					   that has to be */
};

/* A run of bytes that was looked for in files. */
#define INV_MARK_BYTES	20

struct inv_mark {
	uint8_t		 bytes[INV_MARK_BYTES];
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
	struct file_facts *facts;	/* what is in it; NULL: not opened */
	char		*inside;	/* the code that it has itself, of one
					   that is looked at no closer; NULL */
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
	char		*group;		/* "Exchange 2010" */
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

/* A patch code that the list of a product's patches (AllPatches) names, or
 * the first one without a key of those that are laid over the product. */
struct inv_listed_code {
	char		*code;		/* "{...}" */
	bool		 has_key;	/* and a key of its own */
};

/* A product of Windows Installer that has to do with Exchange, by its code or
 * its name, and what patched it. */
struct inv_product {
	char		*code;		/* "{...}" */
	char		*name;
	struct version	 version;
	struct inv_package msi;		/* its cached .msi */
	char		*install_location; /* InstallLocation */
	char		*package_code;	/* "{...}", that is registered */
	char		*installed;	/* InstallDate, as written */
	instant		 installed_day;	/* INSTANT_NONE unless yyyymmdd */
	struct inv_update *updates;
	size_t		 update_count;
	struct inv_listed_code *listed;	/* in AllPatches; an applied
					   one in the other list too */
	size_t		 listed_count;
	ev_id		 ev;
};

/* A Setup key, of the form of 2007 and later or of the older one. */
struct inv_setup {
	char		*key;		/* with its root */
	bool		 is_wow64;	/* in the 32-bit view */
	struct version	 base;		/* the base (SP, CU) build */
	bool		 is_whole;	/* the key has all of BASE */
	char		*path;		/* MsiInstallPath, or else Services */
	char		*services;	/* the value Services */
	char		*interim;	/* InterimUpdate value, "" even */
	struct inv_role	 *roles;
	size_t		 role_count;
	ev_id		 ev;
};

/* Where another key than a Setup key puts a program. */
struct inv_place {
	char		*entry;		/* of Uninstall; NULL: the variable
					   ExchangeInstallPath */
	char		*path;
};

/* A sign in the registry that an update of Windows was installed. */
enum inv_listing_kind {
	INV_LISTING_UNKNOWN,
	INV_LISTING_SERVICING,		/* STATE is CurrentState */
	INV_LISTING_HOTFIX,		/* STATE is Installed */
	INV_LISTING_UPDATES,		/* a key, with no state */
	INV_LISTING_KINDS
};

struct inv_listing {
	char		*kb;
	enum inv_listing_kind kind;
	uint32_t	 state;
	ev_id		 ev;
};

/* Files of --deep whose facts are the same but for their names, digests and
 * places, and the times of their timestamps, which are left out here. */
struct inv_class {
	struct file_facts facts;
	uint64_t	 hash;		/* of what is compared */
};

struct inv_deep_file {
	char		*path;
	size_t		 class;		/* that it is of */
	instant		*times;		/* of its timestamps, as they are met
					   from level to level */
	size_t		 time_count;
	ev_id		 ev;		/* of one that is not as it was signed
					   or cannot be read; 0 else */
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

/* A transaction that has not ended, and one that is to be undone. */
#define INV_IN_PROGRESS	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion" \
			"\\Installer\\InProgress"
#define INV_ROLLBACK	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion" \
			"\\Installer\\Rollback\\Scripts"

/* Windows Installer's records of Exchange below a user, not the machine. */
struct inv_user_record {
	char		*sid;
	char		*code;		/* of the product */
	ev_id		 ev;
};

/* A run of setup, or of one of its helpers, as a log below ExchangeSetupLogs
 * tells of it. Anybody may have written that. */
enum inv_log {
	INV_LOG_UNKNOWN,
	INV_LOG_SETUP,		/* ExchangeSetup.log */
	INV_LOG_SERVICES,	/* ServiceControl.log */
	INV_LOG_INSTALLER,	/* *.msilog */
	INV_LOGS
};

struct inv_setup_run {
	enum inv_log	 log;
	char		*path;
	bool		 whole;		/* its beginning was found */
	char		*begun, *ended;	/* stamps, as written: locale text */
	char		*mode;		/* "Upgrade", as setup was told */
	char		*operation;	/* "BuildToBuildUpgrade" */
	char		*server;	/* name of the computer */
	char		*step;		/* the last that it began */
	struct version	 from, to;	/* builds; parts 0 when not known */
	bool		 changed;	/* it began to remove or copy files */
	bool		 blocked;	/* by what it requires, before that:
					   ERRORS say by what */
	enum setuplog_end end;
	uint32_t	 code;		/* of Windows Installer; 0 none */
	char		**errors;	/* the last ones */
	size_t		 error_count;
	ev_id		 ev;
};

/* A file that an update brings and that is in the folder of Exchange, or is
 * gone (EV_ABSENT) though its feature is installed: others of it are there, or
 * Windows Installer has it as installed. */
struct inv_update_file {
	char		*path;
	enum ev_state	 state;		/* of VERSION */
	struct version	 listed;	/* that the update brings */
	struct version	 version;	/* that it has */
	ev_id		 ev;		/* of one that has an older one */
};

/* What an update that is applied brings, by the table of files in its cached
 * package. */
struct inv_update_list {
	char		*patch_code;
	enum ev_state	 state;		/* EV_ABSENT: it lists no file that
					   has a version */
	char		*why;		/* it is unreadable; NULL */
	size_t		 listed;	/* files with a version, of which */
	size_t		 unplaced;	/* so many lie nobody knows where */
	size_t		 unrecorded;	/* so many are not here, and whether
					   their feature is installed nobody
					   knows */
	struct inv_update_file *files;	/* those that are here */
	size_t		 file_count;
};

/* A value of the registry that requirements of the catalogue are about, or
 * that says how a service starts. */
struct inv_value {
	char		*key;		/* with its root */
	char		*name;
	enum ev_state	 state;
	char		*text;		/* a number in decimal; where present */
	ev_id		 ev;		/* 0: it says nothing unusual */
};

/* An entry of Programs and Features that requirements are about. */
struct inv_program {
	char		*name;
	char		*version;	/* as written */
	ev_id		 ev;
};

/* What Windows does to a file when it starts next. */
struct inv_rename {
	char		*from;
	char		*to;		/* NULL: it is deleted */
};

/* What waits for a restart. The flags live as long as Windows runs: on a disk
 * that is looked at from outside, absent tells nothing of them. */
struct inv_pending {
	enum ev_state	 renames_state;
	struct inv_rename *renames;
	size_t		 rename_count;
	size_t		 rename_total;	/* of which so many are kept */
	char		**packages;	/* of Windows' servicing */
	size_t		 package_count;
	enum ev_state	 packages_state;
	enum ev_state	 servicing;	/* RebootPending */
	enum ev_state	 update;	/* RebootRequired */
	enum ev_state	 update_exe;	/* UpdateExeVolatile */
	ev_id		 ev;		/* of the renames, */
	ev_id		 servicing_ev;	/* of packages or flag, */
	ev_id		 restart_ev;	/* of the other two */
};

/* What is free where setup writes: only a Windows that runs can tell. */
struct inv_space {
	char		*path;		/* of Exchange, or of Windows */
	enum ev_state	 state;
	uint64_t	 free;		/* bytes, where present */
	ev_id		 ev;		/* of one that could not be asked */
};

/* A file that a setup of Exchange leaves only where it broke off. */
struct inv_leftover {
	char		*path;
	ev_id		 ev;
};

/* What was looked for. What another catalogue asks besides is not known. */
#define INV_GROUP_SETUPS	0x001U
#define INV_GROUP_PLACES	0x002U
#define INV_GROUP_PRODUCTS	0x004U
#define INV_GROUP_MARKERS	0x008U
#define INV_GROUP_FILES		0x010U
#define INV_GROUP_LISTINGS	0x020U
#define INV_GROUP_TRACES	0x040U
#define INV_GROUP_USER_RECORDS	0x080U
#define INV_GROUP_IN_PROGRESS	0x100U
#define INV_GROUP_HIVES		0x200U
#define INV_GROUP_VALUES	0x400U
#define INV_GROUP_PROGRAMS	0x800U
#define INV_GROUP_PENDING	0x1000U
#define INV_GROUP_LEFTOVERS	0x2000U
#define INV_GROUP_SETUP_RUNS	0x4000U
#define INV_GROUP_UPDATE_LISTS	0x8000U
#define INV_GROUP_SPACE		0x10000U

struct inv_names {
	char		**list;
	size_t		 count;
};

struct inv_asked {
	unsigned	 groups;	/* INV_GROUP_...: those tables are
					   whole */
	struct inv_names setup_keys;	/* below HKLM */
	struct inv_names product_codes;	/* "{...}" of Exchange */
	struct inv_names update_keys;	/* below Microsoft\Updates */
	struct inv_names uninstall_keys;
	struct inv_names kbs;		/* that LISTINGS are about */
	struct inv_names programs;	/* beginnings of names */
	struct inv_names packs;		/* and of PRODUCTS, besides those that
					   have to do with Exchange */
	struct sig_anchor *anchors;	/* whose keys were tried on the end
					   of paths */
	size_t		 anchor_count;
};

struct inventory {
	char		*name;		/* of the host */
	char		*domain;	/* of DNS, "" even */
	char		*machine_guid;	/* that Windows made when it was set
					   up */
	enum host_kind	 source;
	bool		 limited;	/* an administrator may read more */
	instant		 taken;		/* when this was looked at */
	struct inv_asked asked;		/* with MARKS, and FILES by path */
	struct inv_windows windows;
	struct inv_setup *setups;
	size_t		 setup_count;
	struct inv_place *places;
	size_t		 place_count;
	struct inv_product *products;
	size_t		 product_count;
	struct inv_marker *markers;
	size_t		 marker_count;
	struct inv_file	*files;
	size_t		 file_count;
	struct inv_mark	*marks;		/* that were looked for in files */
	size_t		 mark_count;
	struct inv_listing *listings;
	size_t		 listing_count;
	struct inv_trace *traces;	/* looked for where no setup is */
	size_t		 trace_count;
	struct inv_user_record *user_records;
	size_t		 user_record_count;
	struct inv_value *values;
	size_t		 value_count;
	struct inv_program *programs;
	size_t		 program_count;
	struct inv_pending pending;
	struct inv_space *spaces;	/* on a live machine */
	size_t		 space_count;
	struct inv_leftover *leftovers;
	size_t		 leftover_count;
	ev_id		 in_progress;	/* a transaction of Windows Installer
					   that did not end; 0: none */
	struct inv_setup_run *setup_runs; /* of a log, the last one first */
	size_t		 setup_run_count;
	struct inv_update_list *update_lists; /* looked for where that was
					   asked for */
	size_t		 update_list_count;
	bool		 packages_skipped; /* the user asked for none */
	bool		 deep;		/* the next were looked for */
	bool		 deep_cut;	/* there were more files */
	size_t		 deep_unread;	/* files of programs and folders that
					   could not be looked at */
	struct inv_class *classes;
	size_t		 class_count;
	struct inv_deep_file *deep_files; /* as they were met */
	size_t		 deep_file_count;
	struct inv_hive	*hives;
	size_t		 hive_count;
	struct evidence	*evidence;	/* ev_id 1 is evidence[0] */
	size_t		 evidence_count;
};

/* How far it is with the files of a deep look. What lies there is counted
 * first; files that carry no signature are done when they are passed by. */
struct deep_progress {
	size_t		 files, all_files;
	uint64_t	 bytes, all_bytes;
};

/* How closely to look. */
struct inventory_options {
	const struct anchors *anchors;	/* that chains are tried with */
	bool		 skip_packages;	/* do not open cached packages */
	bool		 deep;		/* every signed file of Exchange and
					   of Windows Installer */
	unsigned	 jobs;		/* threads for that, from 1 */
	instant		 taken;		/* the day of the scan */
	bool		 update_files;	/* which files of the updates that are
					   applied are here; DEEP implies it */
	/* NULL, or who wants to know how far DEEP is; by one thread. */
	void		(*deep_step)(void *ctx, const struct deep_progress *p);
	void		*deep_ctx;
};

/*
 * Look at a host.
 *
 * In:      HOST is only read; CAT outlives the inventory.
 * Limits:  DEEP_MAX_DEPTH, DEEP_MAX_FILES, SETUPLOG_MAX_FILES.
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

/* Does it say that the update is installed? */
bool		inv_listing_installed(const struct inv_listing *l);

/* The file at PATH, letter case aside; NULL when it was not asked for. */
const struct inv_file *inventory_file(const struct inventory *inv,
		    const char *path);

/* The value NAME of KEY, letter case aside; NULL when nobody asked for it. */
const struct inv_value *inventory_value(const struct inventory *inv,
		    const char *key, const char *name);

/* What is free in the folder PATH; NULL when nobody asked. */
const struct inv_space *inventory_space(const struct inventory *inv,
		    const char *path);

/* Do A and B name one folder? A '\' at the end tells nothing. */
bool		inv_same_path(const char *a, const char *b);

/* Where setup keeps its logs, and the log itself, on the drive of Windows; the
 * caller's to free. */
char		*inv_setup_logs(const char *system_root);
char		*inv_setup_log(const char *system_root);

/* Is CODE, packed or "{...}", a product code of any release of Exchange? */
bool		inv_is_exchange_code(const struct catalogue *cat,
		    const char *code);

/* Does NAME, of a product, speak of a language pack or the like? */
bool		inv_names_a_pack(const char *name);

/* Where services are, and where the .NET Framework 4 says its release. */
#define INV_DELETE_FLAG	"DeleteFlag"	/* of a service */
#define INV_SERVICES	"HKLM\\SYSTEM\\CurrentControlSet\\Services"
/* The languages of Windows; the one of its setup is InstallLanguage. */
#define INV_LANGUAGE	"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Nls" \
			"\\Language"
#define INV_DOTNET	"HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup" \
			"\\NDP\\v4\\Full"

/* "KB2756485" out of free text, or NULL; the caller's to free. */
char		*kb_in_text(const char *text);

/* "hive", "patch", ...; "present", ...; "applied", ...: never NULL. */
const char	*ev_kind_name(enum ev_kind k);
const char	*ev_state_name(enum ev_state s);
const char	*patch_state_name(enum patch_state s);

#endif
