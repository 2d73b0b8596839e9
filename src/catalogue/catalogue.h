/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_CATALOGUE_H
#define ROLLCALL_CATALOGUE_CATALOGUE_H

#include "base/instant.h"
#include "base/slice.h"
#include "base/status.h"
#include "base/version.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The catalogue of Exchange releases as a plain model. Everything in it is
 * owned by the catalogue and read only; pointers die with it. Text is never
 * NULL unless a comment says so. Lines are those of the XML, for diagnostics.
 */
struct catalogue;
struct cat_release;

/* What a site has laid over the catalogue. A thing that came with one points
 * to it; NULL is the catalogue itself. */
struct cat_overlay {
	const char	*name;		/* "site" */
	const char	*origin;	/* the file's name */
	const char	*sha256;	/* of the XML, lower case hex */
	instant		 issued;
	instant		 known_until;	/* INSTANT_NONE when it does not say */
	instant		 looked;	/* the newest day of its sources */
};

/* A place where a fact comes from. */
struct cat_source {
	const char	*id;		/* "sb" */
	const char	*title;
	const char	*where;		/* page, repository and commit */
	instant		 day;		/* the newest that it speaks of, or
					   was taken on; or INSTANT_NONE */
	bool		 microsoft;	/* its own words, or tables */
	bool		 general;	/* no source: general knowledge */
};

/* A list of source ids in the order of the XML. */
struct cat_refs {
	const char	**ids;
	size_t		 count;
};

/* A value that some source gives and that was not taken. */
struct cat_dispute {
	const char	*fact;		/* "build", "kb", "date", ... */
	const char	*value;
	struct cat_refs	 sources;	/* who gives VALUE */
	const char	*why;		/* why the other side was taken */
	bool		 unresolved;	/* neither side is sure */
	unsigned	 line;
};

/* What a rule of check.h complains of, and why it is as it should be. */
struct cat_except {
	const char	*rule;		/* "dispute" */
	const char	*about;		/* the other side of the complaint */
	const char	*text;
	unsigned	 line;
};

/* Updates beyond the product's end, for who has bought them. */
struct cat_program {
	const char	*id;		/* "ESU2" */
	const char	*name;		/* "Extended Security Updates, period
					   2" */
	instant		 from, until;	/* first and last day */
	const char	**branches;	/* ids of those that get some */
	size_t		 branch_count;
	const char	*text;
	struct cat_refs	 sources;
};

struct cat_product {
	const char	*id;		/* "2010", "SE" */
	const char	*name;		/* "Exchange 2010" */
	uint32_t	 major, minor;	/* of its builds: 15, 2 */
	struct version	 from, below;	/* builds it owns: from <= b < below */
	const char	**setup_keys;	/* below HKLM\, newest form first */
	size_t		 setup_key_count;
	const char	**product_codes; /* "{4934D1EA-...}", upper case */
	size_t		 product_code_count;
	const char	**update_keys;	/* "Exchange 2010": names below
					   Microsoft\Updates */
	size_t		 update_key_count;
	const char	**uninstall_keys;
	size_t		 uninstall_key_count;
	bool		 has_exsetup;	/* Bin\ExSetup.exe: 2007 and later */
	const char	*default_path;	/* install folder, "" if not known */
	uint32_t	 services_version; /* "Services Version" of the Setup
					   key: 60 = 2000, 65 = 2003; else 0 */
	instant		 mainstream_end; /* INSTANT_NONE when not known */
	instant		 support_end;	/* likewise */
	struct cat_program *programs;
	size_t		 program_count;
	const char	*note;		/* for people; "" */
	struct cat_refs	 sources;
	unsigned	 line;
};

/* A patch code of Windows Installer. */
struct cat_patch {
	const char	*code;		/* "{...}", upper case */
	const char	**targets;	/* product codes that it is for, if
					   known */
	size_t		 target_count;
	const char	*note;		/* "" */
	struct cat_refs	 sources;
	const struct cat_overlay *overlay;
};

struct cat_branch {
	const struct cat_product *product;
	const char	*id;		/* "SP2", "CU23", "RTM" */
	const char	*also;		/* "CU4" for SP1 of 2013, else "" */
	instant		 support_end;	/* INSTANT_NONE: its product's counts */
	struct cat_refs	 support_sources;
	const char	*support_confidence; /* "" without an end of its own */
	const struct cat_release **releases; /* by build, oldest first; one
					   without a build where its day
					   puts it */
	size_t		 release_count;
	struct cat_patch *patches;	/* seen, and of no known release */
	size_t		 patch_count;
	unsigned	 line;
};

enum cat_kind {
	CAT_UNKNOWN_KIND,
	CAT_RTM,		/* first release of a product */
	CAT_SP,			/* service pack */
	CAT_RU,			/* update rollup */
	CAT_CU,			/* cumulative update */
	CAT_SU,			/* security update */
	CAT_HU,			/* hotfix update */
	CAT_IU,			/* interim update, or a build only seen */
};

/* How strongly its sources ask that an installed revision be replaced. */
enum cat_force {
	CAT_KEEP,		/* nothing asks for it */
	CAT_ADVISED,		/* newer revision, no reason stated */
	CAT_CONDITIONAL,	/* only where CONDITION holds */
	CAT_REQUIRED,		/* for a stated reason */
};

/* The vocabulary of conditions. */
enum cat_condition {
	CAT_ALWAYS,
	CAT_WINDOWS_NOT_ENGLISH,
	CAT_TRANSPORT_RULES,	/* of transport or data loss prevention */
	CAT_NO_INTERIM,		/* the interim update is not in */
};

struct cat_replace {
	enum cat_force	 force;
	const char	*reason;	/* "signing-defect", "recalled",
					   "permission-loss", "new-revision",
					   ... */
	const char	*text;		/* the reason in a sentence */
	enum cat_condition when;	/* of CAT_CONDITIONAL */
	const char	*condition;	/* in words; NULL but for
					   CAT_CONDITIONAL */
	const char	*interim;	/* KB for CAT_NO_INTERIM, else "" */
	enum cat_force	 then, otherwise; /* where the condition is met, and
					   where it is not */
	const struct cat_release *by;	/* the next revision, NULL if none */
	struct cat_refs	 sources;
	unsigned	 line;
};

/* Something a re-release brings along beyond its original. */
struct cat_carried {
	const char	*kb;		/* "KB2756987" */
	const char	*text;
	struct cat_refs	 sources;
};

struct cat_digest {
	const char	*algorithm;	/* "sha256", "sha1" */
	const char	*hex;		/* lower case */
	struct cat_refs	 sources;
	const struct cat_overlay *overlay;
};

struct cat_package {
	const char	*name;		/* "Exchange2010-KB2756485-v2-..." */
	const char	*evidence;	/* "SB", "DLURL", ... or "derived" */
	uint64_t	 size;		/* bytes, 0 when not known */
	bool		 none_public;	/* digests looked for, none found */
	struct cat_digest *digests;
	size_t		 digest_count;
	const char	*note;		/* "" */
	unsigned	 line;
	const struct cat_overlay *overlay;
};

/* A package that is easily taken for one of Exchange. */
struct cat_other_package {
	const char	*kb;
	const char	*product;	/* what it is of */
	struct cat_package package;
};

/* A file or header whose version differs from ExSetup.exe's. */
struct cat_component {
	const char	*file;		/* "TranscodingService.exe",
					   "transport header", ... */
	struct version	 build;
	struct cat_refs	 sources;
	const char	*note;
};

/* A file of a known digest that Exchange of some build installs. */
struct cat_file {
	const char	*path;		/* below the install folder; letter
					   case does not count */
	struct cat_digest digest;
};

/* The files of one build, which need not be that of a known release. */
struct cat_file_set {
	struct version	 build;
	struct cat_file	*files;
	size_t		 file_count;
};

/* What a release replaces, as its sources print it. */
struct cat_superseded {
	const char	*kb;
	const char	*per;		/* bulletin that says so, or "" */
	const struct cat_release *release; /* NULL unless it is a revision of
					   the same update */
	unsigned	 line;
};

struct cat_release {
	const char	*id;		/* "2010-sp2-ru4-v2" */
	const struct cat_product *product;
	const struct cat_branch	 *branch;
	enum cat_kind	 kind;
	const char	*label;		/* "Update Rollup 4-v2",
					   "CU23 Nov24SUv2"; of the branch
					   itself: "SP2", "RTM" */
	const char	*name;		/* "Exchange 2010 SP2 Update Rollup
					   4-v2" */
	unsigned	 revision;	/* 1, 2, 3; 0 came out by mistake, or
					   was only seen */
	const char	*original;	/* "original" when there are revisions
					   and this is the first, else "" */
	struct version	 build;		/* of ExSetup.exe; parts 0 = unknown */
	const char	*build_long;	/* "" when there is none */
	const char	*date;		/* "2012-10-09", "2011-07", "" */
	instant		 released;	/* first second of DATE, or
					   INSTANT_NONE */
	struct cat_refs	 date_sources;	/* known to give this very date */
	const char	*kb;		/* "KB2756485", "" when none */
	const char	**kbs;		/* all, where there are several: KB is
					   the first */
	size_t		 kb_count;
	struct cat_refs	 kb_sources;	/* known to give this very number */
	const char	*bulletin;	/* "MS12-058", "" */
	const char	**cves;		/* those of the catalogue first, */
	size_t		 cve_count;
	size_t		 own_cves;	/* which are so many: what an overlay
					   adds makes nobody safe */
	const struct cat_overlay *cves_overlay; /* that added the others; or
					   NULL */
	bool		 all_cves;	/* a source gives them all */
	const struct cat_program *program; /* only who takes part in it can
					   have it; or NULL */
	bool		 emergency;	/* for a branch out of support */
	bool		 unofficial;	/* no source of Microsoft's has it */
	const char	*advisory;	/* id of the advisory that its packages
					   suffer from: "2749655", "" */
	const char	*perhaps;	/* id of the advisory that may concern
					   it: nobody knows; "" */
	const char	*cures;		/* advisory that it was made for, "" */
	struct cat_replace replace;
	struct cat_carried *carried;
	size_t		 carried_count;
	struct cat_package *packages;
	size_t		 package_count;
	const char	*download_family; /* GUID of old downloads, "" */
	const char	*download_id;	/* of the details page, "" */
	struct cat_patch *patches;
	size_t		 patch_count;
	struct cat_component *components;
	size_t		 component_count;
	const struct cat_file *files;
	size_t		 file_count;
	struct cat_superseded *supersedes;
	size_t		 supersedes_count;
	const char	**pages;	/* single pages behind "WEB" */
	size_t		 page_count;
	const char	*note;		/* for people; "" */
	struct cat_dispute *disputes;
	size_t		 dispute_count;
	struct cat_except *excepts;
	size_t		 except_count;
	const char	*confidence;	/* "high", "medium", "low" */
	struct cat_refs	 sources;
	unsigned	 line;
	size_t		 index;		/* in catalogue_releases() */
	const struct cat_overlay *overlay;
};

/* An update of any product that an advisory had re-released. */
struct cat_rereleased {
	const char	*bulletin;	/* "" when none */
	const char	*original;	/* "KB2705219" or words */
	const char	*rerelease;	/* "KB2705219-v2" */
	const char	*product;
	const char	*date;
	const char	*replace_installed; /* the source's answer in words */
	bool		 must_replace;	/* in every case */
	const struct cat_release *release; /* the re-release, NULL unless it
					   is Exchange */
	struct cat_refs	 sources;
	unsigned	 line;
};

struct cat_certificate {
	const char	*sha1;		/* thumbprint, lower case hex */
	const char	*note;
	struct cat_refs	 sources;
	const struct cat_overlay *overlay;
};

struct cat_advisory {
	const char	*id;		/* "2749655" */
	const char	*title;
	const char	*text;		/* what it is about, one paragraph */
	instant		 published;
	instant		 expires_from;	/* first such signature to expire,
					   or INSTANT_NONE */
	struct cat_certificate *certificates;
	size_t		 certificate_count;
	struct cat_rereleased *rereleased;
	size_t		 rereleased_count;
	struct cat_refs	 sources;
	unsigned	 line;
};

/* One row: a branch of a system file and its first fixed version. */
struct cat_fixed_file {
	struct version	 branch_from, branch_below;
	struct version	 last_without;	/* parts 0 = not known */
	struct version	 first_with;	/* parts 0 = not known */
	struct version	 known_with;	/* surely has it; parts 0 = none */
	const char	*name;		/* "7 SP1, 2008 R2 SP1 GDR" */
	const char	*confidence;
	struct cat_refs	 sources;
};

/* What carries a fix on which Windows. */
struct cat_carrier {
	const char	*kb;		/* "KB2749655", "KB2756872" */
	uint32_t	 from_major, from_minor; /* first version of Windows */
	uint32_t	 to_major, to_minor;	/* last one */
	const char	*windows;	/* in words */
	struct cat_package *packages;
	size_t		 package_count;
	struct cat_refs	 sources;
};

/* Another update of the same file, or one that is taken for such. */
struct cat_related {
	const char	*kb;
	const char	*relation;	/* "earlier", "later" (has the fix),
					   "none" */
	const char	*text;
	struct cat_refs	 sources;
};

/* A repair of Windows that helps against an advisory: the WinVerifyTrust
 * fix. */
struct cat_mitigation {
	const char	*id;		/* "winverifytrust" */
	const char	*advisory;	/* "2749655" */
	const char	*file;		/* "wintrust.dll" */
	const char	*cures;		/* in words */
	const char	*cures_not;	/* in words */
	uint32_t	 builtin_major, builtin_minor; /* from 6.3 on */
	uint8_t		 (*marks)[20];	/* byte marks that must all be there */
	size_t		 mark_count;
	struct cat_certificate *always;	/* time stampers that FILE accepts by
					   thumbprint, fix or no fix */
	size_t		 always_count;
	struct cat_carrier *carriers;
	size_t		 carrier_count;
	struct cat_fixed_file *fixed;
	size_t		 fixed_count;
	struct cat_related *related;
	size_t		 related_count;
	struct cat_refs	 sources;
};

/* A certificate in whose chain nothing is believed. */
struct cat_distrusted {
	const char	*sha256;	/* of the certificate, lower case hex;
					   empty: by its key alone */
	const char	*spki_sha256;	/* of its key, with the algorithm;
					   empty: not by its key */
	const char	*why;		/* in words */
	struct cat_refs	 sources;
	const struct cat_overlay *overlay;
};

/* A root CA: subject name and public key, no certificate. */
struct cat_anchor {
	const char	*name;
	const char	*subject_der;	/* lower case hex of the DER Name */
	const char	*spki_der;	/* hex of the SubjectPublicKeyInfo */
	const char	*purpose;	/* "code", "time", "both" */
	struct cat_refs	 sources;
	const struct cat_overlay *overlay;
	unsigned	 line;
};

enum cat_how {
	CAT_NO_WAY,
	CAT_IN_PLACE,
	CAT_NEW_SERVER,
};

/* How one gets from a product to another, or to its own newer branches. */
struct cat_upgrade {
	const struct cat_product *from, *to; /* which may be the same */
	const char	**branches;	/* of FROM that may; none: all */
	size_t		 branch_count;
	enum cat_how	 how;
	const char	*text;
	struct cat_refs	 sources;
	unsigned	 line;
};

/* Builds that have a fault: from <= b < cured, or where that is not known
 * the rest of the branch. */
struct cat_range {
	struct version	 from, cured;
};

/* A fault that builds are known for. */
struct cat_issue {
	const char	*id;		/* "ics-500" */
	const char	**kbs;		/* of articles */
	size_t		 kb_count;
	instant		 since;		/* INSTANT_NONE: from the release on */
	const char	*text;
	struct cat_range *ranges;
	size_t		 range_count;
	struct cat_refs	 sources;
	unsigned	 line;
};

/* What curing a CVE takes besides the update. */
struct cat_need {
	const char	**cves;
	size_t		 cve_count;
	const char	*text;
	struct cat_refs	 sources;
};

/* What Windows Installer or setup says when it fails: a number, or words that
 * its error has. */
struct cat_error {
	const char	*id;		/* "msi-1642" */
	uint32_t	 number;	/* 0 none */
	const char	*name;		/* "ERROR_PATCH_TARGET_NOT_FOUND"; "" */
	const char	*says;		/* ""; in the words of the error */
	const char	*text;		/* what it means */
	const char	*cure;
	struct cat_refs	 sources;
	unsigned	 line;
};

/* A version of the .NET Framework 4, and from which number on the registry
 * means it. */
struct cat_dotnet {
	const char	*version;	/* "4.8", "4.6.1+fix" */
	uint64_t	 release;	/* the least value "Release" */
	struct cat_refs	 sources;
};

/* A Windows that Exchange may run on. */
struct cat_windows {
	const char	*id;		/* "2012r2" */
	const char	*name;		/* "Windows Server 2012 R2" */
	struct version	 version;	/* 6.3.9600 */
	struct cat_refs	 sources;
};

/* Branches of a product, from one to another; NULL: from the first, to all
 * that come. */
struct cat_scope {
	const struct cat_product *product;
	const struct cat_branch	 *from, *to;
};

/* How a requirement is looked at. */
enum cat_check {
	CAT_CHECK_NONE,
	CAT_CHECK_DOTNET,	/* .NET 4 is one of ALLOWED */
	CAT_CHECK_WINDOWS,	/* Windows is one of ALLOWED */
	CAT_CHECK_PATCHED,	/* Windows has at least BUILD, with its UBR */
	CAT_CHECK_PROGRAM,	/* an Uninstall entry of NAME and WORD */
	CAT_CHECK_VALUE,	/* a value of the registry */
	CAT_CHECK_POLICY,	/* a value that must not be there */
	CAT_CHECK_ENABLED,	/* the service NAME is not disabled */
	CAT_CHECK_RENAMES,	/* no file waits for a restart */
	CAT_CHECK_SERVICING,	/* nor does servicing of Windows */
	CAT_CHECK_INSTALLER,	/* nor a transaction of Windows Installer */
	CAT_CHECK_RESTART,	/* nor any other installer */
	CAT_CHECK_SPACE,	/* so much is free in PLACE */
	CAT_CHECK_SETUP,	/* no setup broke off */
	CAT_CHECK_SERVICES,	/* core services can start */
	CAT_CHECK_CACHE,	/* cached packages are there, and right */
	CAT_CHECK_PACK,		/* those of products called NAME */
	CAT_CHECK_INTERIM,	/* no interim update */
	CAT_CHECK_BASE,		/* the update is for what is installed */
	CAT_CHECK_WAY,		/* an upgrade leads there */
	CAT_CHECK_UNSEEN,	/* nothing of it can be seen on a server */
	CAT_CHECK_TOLD,		/* nothing to look at: for people */
	CAT_CHECKS
};

/* What comes of it when it is not met. */
enum cat_blocks {
	CAT_BLOCKS_NOTHING,	/* it is told */
	CAT_BLOCKS_SUPPORT,	/* it would not be supported */
	CAT_BLOCKS_SETUP,	/* setup itself refuses */
	CAT_BLOCKS_INSTALLER,	/* Windows Installer fails */
};

/* What the installation of a release takes. Texts are "" and lists empty
 * where the kind of check has none. */
struct cat_require {
	const char	*id;		/* "net-2016-cu15" */
	enum cat_check	 check;
	enum cat_blocks	 blocks;
	const struct cat_scope *scopes;	/* of the release */
	size_t		 scope_count;
	bool		 for_bases;	/* service packs, cumulative updates */
	bool		 for_updates;
	const char	**roles;	/* keys of roles, any of which has to
					   be installed; none: all */
	size_t		 role_count;
	const char	**windows;	/* ids, where it counts; none: all */
	size_t		 windows_count;
	const char	**allowed;	/* ids of Windows, or versions */
	size_t		 allowed_count;
	const char	*best;		/* version that is recommended */
	bool		 core;		/* Server Core will do */
	const char	*key;		/* below HKLM */
	const char	*value;
	const char	*name;		/* beginning of a name */
	const char	*word;		/* in it */
	struct version	 least;		/* parts 0: any */
	const char	*place;		/* "exchange", "windows" */
	uint64_t	 megabytes;
	const char	*error;		/* numbers that an admin sees */
	const char	*confidence;
	const char	*text;		/* what is required, and the cure */
	struct cat_refs	 sources;
	unsigned	 line;
	const struct cat_overlay *overlay;
};

/* A service without which a role does not work. Others an administrator may
 * have disabled for good reasons. */
struct cat_service {
	const char	*name;		/* "MSExchangeIS" */
	const struct cat_scope *scopes;
	size_t		 scope_count;
	const char	**roles;	/* keys; none: of every server */
	size_t		 role_count;
	bool		 may_miss;	/* not every such server has it */
	struct cat_refs	 sources;
	unsigned	 line;
};

/* One step of an installation; in its text "{package}" and "{server}" stand
 * for their names. */
struct cat_step {
	const char	*text;
	bool		 run;		/* the installation itself */
	const char	**roles;	/* as in cat_require */
	size_t		 role_count;
};

/* How a release is installed. */
struct cat_install {
	const char	*id;		/* "cu-2019" */
	const struct cat_scope *scopes;	/* of the release */
	size_t		 scope_count;
	bool		 for_bases, for_updates;
	struct cat_step	*steps;		/* one after the other */
	size_t		 step_count;
	struct cat_refs	 sources;
	unsigned	 line;
};

struct cat_info {
	uint64_t	 serial;	/* yyyymmddnn */
	instant		 issued, expires;
	instant		 known_until;	/* up to which the sources were looked
					   through for releases */
	instant		 own_until;	/* the same, before any overlay */
	const struct cat_overlay *known_by; /* an overlay that says so; NULL:
					   the catalogue itself */
	const char	*sha256;	/* of the XML, lower case hex */
	const char	*origin;	/* "built in", or the file's name */
	unsigned	 line;		/* of the root element */
	bool		 built_in;	/* the one that is compiled in */
	const struct cat_overlay **overlays; /* in the order of laying */
	size_t		 overlay_count;
};

/* The catalogue that is compiled in. Returns: ST_OK; never in a sound
 * build anything else. */
MUST_CHECK
enum status	catalogue_builtin(struct catalogue **out, struct diag *d);

/*
 * A catalogue from outside, validated against the grammar first.
 *
 * In:      XML is the document, whole; ORIGIN names it in cat_info.
 * Limits:  XML_MAX_BYTES, XML_MAX_DEPTH, XML_MAX_NODES.
 * Returns: ST_OK; ST_MALFORMED (not XML, a DOCTYPE, an entity, not of the
 *          grammar, an unknown reference, two of one id or build, releases
 *          out of order, a circle of replacements); ST_LIMIT. D names the
 *          line.
 */
MUST_CHECK
enum status	catalogue_load(struct slice xml, const char *origin,
		    struct catalogue **out, struct diag *d);

/*
 * A catalogue that catalogue_load() of this very version has taken before,
 * which its keeper must be sure of. The grammar, which takes thirty times as
 * long as everything else, is not asked again; all other rules are.
 *
 * In, Limits, Returns: as catalogue_load().
 */
MUST_CHECK
enum status	catalogue_reload(struct slice xml, const char *origin,
		    struct catalogue **out, struct diag *d);
void		catalogue_free(struct catalogue *c);	/* NULL is fine */

/*
 * The same for a file that somebody is still writing: builds given twice or
 * out of order, and circles, are let through. They are for check_catalogue()
 * to complain of; nothing else is to be asked of such a catalogue.
 *
 * Returns: as catalogue_load().
 */
MUST_CHECK
enum status	catalogue_load_draft(struct slice xml, const char *origin,
		    struct catalogue **out, struct diag *d);

/* The XML that is compiled in. Borrowed, static. */
struct slice	catalogue_builtin_xml(void);

/*
 * Lay an overlay over a catalogue: more packages, digests, patch codes and
 * CVEs of its releases, and what replaces one, more releases, anchors and
 * certificates of advisories, and a later day up to which it knows. All
 * lookups see the result. What was asked of C before stays valid; but
 * tables, and the arrays of a release, branch or advisory, may be longer now
 * and elsewhere.
 *
 * In:      XML is the document, whole; ORIGIN names it in D.
 * Out:     C; after a failure it is good for catalogue_free() only.
 * Limits:  as catalogue_load().
 * Returns: as catalogue_load(); ST_MALFORMED also for a release, branch or
 *          advisory that C lacks, a source that C has another of, a digest
 *          or patch code that C has of another release, and a new release
 *          without a build or below what its branch begins with.
 *          What check_catalogue() complains of is let through.
 */
MUST_CHECK
enum status	catalogue_overlay(struct catalogue *c, struct slice xml,
		    const char *origin, struct diag *d);

/* From here on C knows no more than can be known at AT: an overlay that claims
 * to know up to a later day does not make it newer. */
void	catalogue_know_at(struct catalogue *c, instant at);

/* Is the document an overlay? Anything else, XML or not, is none. */
bool	catalogue_is_overlay(struct slice xml);

const struct cat_info *catalogue_info(const struct catalogue *c);

/* Tables, in the order of the XML. Borrowed. */
size_t	catalogue_sources(const struct catalogue *c,
	    const struct cat_source **out);
size_t	catalogue_products(const struct catalogue *c,
	    const struct cat_product **out);
size_t	catalogue_branches(const struct catalogue *c,
	    const struct cat_branch **out);
size_t	catalogue_releases(const struct catalogue *c,
	    const struct cat_release *const **out);
size_t	catalogue_advisories(const struct catalogue *c,
	    const struct cat_advisory **out);
size_t	catalogue_mitigations(const struct catalogue *c,
	    const struct cat_mitigation **out);
size_t	catalogue_distrusted(const struct catalogue *c,
	    const struct cat_distrusted **out);
size_t	catalogue_anchors(const struct catalogue *c,
	    const struct cat_anchor **out);
size_t	catalogue_other_packages(const struct catalogue *c,
	    const struct cat_other_package **out);
size_t	catalogue_file_sets(const struct catalogue *c,
	    const struct cat_file_set **out);
size_t	catalogue_upgrades(const struct catalogue *c,
	    const struct cat_upgrade **out);
size_t	catalogue_issues(const struct catalogue *c,
	    const struct cat_issue **out);
size_t	catalogue_needs(const struct catalogue *c,
	    const struct cat_need **out);

/* The error with this number, or whose words TEXT (which may be NULL) has;
 * NULL for none. */
const struct cat_error *catalogue_error_number(const struct catalogue *c,
	    uint32_t number);
const struct cat_error *catalogue_error_text(const struct catalogue *c,
	    const char *text);

size_t	catalogue_requires(const struct catalogue *c,
	    const struct cat_require **out);
size_t	catalogue_services(const struct catalogue *c,
	    const struct cat_service **out);

/* Lookups; NULL when there is none. */
const struct cat_source *catalogue_source(const struct catalogue *c,
    const char *id);
const struct cat_product *catalogue_product(const struct catalogue *c,
    const char *id);
const struct cat_release *catalogue_release(const struct catalogue *c,
    const char *id);
const struct cat_advisory *catalogue_advisory(const struct catalogue *c,
    const char *id);

/* The product whose builds V belongs to (15.2.2562.17 is SE). */
const struct cat_product *catalogue_product_of(const struct catalogue *c,
    struct version v);

/* The release whose ExSetup.exe has exactly this build. */
const struct cat_release *catalogue_find_build(const struct catalogue *c,
    struct version v);

/*
 * All releases with this KB (digits, with or without "KB").
 *
 * Out:     up to MAX pointers into OUT.
 * Returns: how many there are, which may be more than MAX.
 */
size_t	catalogue_find_kb(const struct catalogue *c, const char *kb,
	    const struct cat_release **out, size_t max);

/* Releases by package file name (no folder; letter case ignored), and by
 * patch code ("{...}", any case). Out, Returns: as catalogue_find_kb(). */
size_t	catalogue_find_package(const struct catalogue *c, const char *name,
	    const struct cat_release **out, size_t max);
size_t	catalogue_find_patch_code(const struct catalogue *c,
	    const char *code, const struct cat_release **out, size_t max);

/* Releases of which a package has the digest HEX, in lower case. Out,
 * Returns: as catalogue_find_kb(). */
size_t	catalogue_find_digest(const struct catalogue *c, const char *hex,
	    const struct cat_release **out, size_t max);

/* Releases of which some file or header, not ExSetup.exe, has this build.
 * Out, Returns: as catalogue_find_kb(). */
size_t	catalogue_find_component(const struct catalogue *c,
	    struct version v, const struct cat_release **out, size_t max);

/*
 * The nearest known builds of the same product below and above V; NULL where
 * there is none.
 */
void	catalogue_neighbours(const struct catalogue *c, struct version v,
	    const struct cat_release **below,
	    const struct cat_release **above);

/* Newest build of all of one product; NULL for none with a build. */
const struct cat_release *catalogue_newest(const struct catalogue *c,
    const struct cat_product *p);

/*
 * What cures a release that must be replaced: by build order inside its
 * branch, leaving out interim updates, builds only seen, and every revision
 * that must itself be replaced for a stated reason.
 *
 * In:      AT: only releases of that day or before; INSTANT_UNLIMITED = all.
 * Out:     up to MAX pointers, oldest first.
 * Returns: how many there are.
 */
size_t	catalogue_cures(const struct cat_release *r, instant at,
	    const struct cat_release **out, size_t max);

/* Is KB ("KB2756485") one of R's? */
bool	release_has_kb(const struct cat_release *r, const char *kb);

/*
 * The release that S, of R, means: a revision of the same update, or the
 * release of R's branch that has the KB; NULL for a KB of elsewhere.
 */
const struct cat_release *catalogue_superseded(const struct cat_release *r,
	    const struct cat_superseded *s);

/*
 * What replaces R: its next revision, and releases of its branch that say
 * that they supersede it. Out, Returns: as catalogue_find_kb().
 */
size_t	catalogue_replaced_by(const struct cat_release *r,
	    const struct cat_release **out, size_t max);

/* What a value "Release" of the .NET Framework 4 means; NULL for less than
 * is known. */
const struct cat_dotnet *catalogue_dotnet(const struct catalogue *c,
	    uint64_t release);

/* By its name; NULL for none. */
const struct cat_dotnet *catalogue_dotnet_called(const struct catalogue *c,
	    const char *version);

/* The Windows with the first three parts of V; NULL for none. */
const struct cat_windows *catalogue_windows(const struct catalogue *c,
	    struct version v);

/* By its id; NULL for none. */
const struct cat_windows *catalogue_windows_called(const struct catalogue *c,
	    const char *id);

/* How R is installed, a base (a service pack or cumulative update) or what
 * comes on top of one; NULL where that is not known. */
const struct cat_install *catalogue_install(const struct catalogue *c,
	    const struct cat_release *r, bool base);

/* Is B (NULL: any branch) of P in one of the scopes? */
bool	cat_scopes_have(const struct cat_scope *scopes, size_t count,
	    const struct cat_product *p, const struct cat_branch *b);

/* "dotnet", ...; NULL for CAT_CHECK_NONE. */
const char *cat_check_name(enum cat_check k);

/* "setup", ...: never NULL. */
const char *cat_blocks_name(enum cat_blocks b);

/* "RU", "CU", ...; "?" for none. */
const char *cat_kind_name(enum cat_kind k);

/* "advised", "conditional", "required"; "" for CAT_KEEP. */
const char *cat_force_name(enum cat_force f);

#endif
