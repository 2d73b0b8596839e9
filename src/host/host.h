/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_HOST_HOST_H
#define ROLLCALL_HOST_HOST_H

#include "base/buf.h"
#include "base/source.h"
#include "base/status.h"
#include "formats/regf_log.h"
#include "io/folder.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A Windows machine that is looked at: its registry and its files, by the
 * names that Windows gives them. An offline volume (host_volume.c) and the
 * live machine (host_win32.c) fill in the same table, so every rule above
 * is written once. Nothing on the machine is ever written.
 *
 * Registry paths are complete ("HKLM\SOFTWARE\Microsoft\..."); file paths
 * begin with a drive ("C:\Windows\System32\wintrust.dll").
 */
struct host;

enum host_kind { HOST_VOLUME, HOST_LIVE };

/* A value of the registry; the data is raw. */
struct host_value {
	char		*name;		/* UTF-8, in letter case as a hive has
					   it, as a live machine was asked */
	uint32_t	 type;		/* as regf_type */
	struct buf	 data;
};

struct host_stat {
	bool		is_folder;
	uint64_t	size;		/* bytes */
	bool		is_link;	/* a link itself; the rest tells what
					   is behind it */
	struct identity	id;		/* its number is 0 where the file
					   system has none */
};

/* How a hive of the machine was found. */
struct host_hive {
	const char	*name;		/* "SOFTWARE", "SYSTEM" */
	const char	*where;		/* its file, as Windows writes it */
	enum status	 st;		/* ST_OK when it can be asked */
	bool		 dirty;		/* the file lacks its last writes */
	bool		 checksum_ok;	/* of the file's header */
	struct regf_replay_info replay;	/* UNKNOWN when it was not wanted */
	size_t		 damaged;	/* places that could not be read */
	struct diag	 diag;		/* why ST, or the first damage */
};

struct host_ops {
	enum host_kind	 kind;
	void		(*close)(void *ctx);
	enum status	(*key_exists)(void *ctx, const char *key,
			    struct diag *d);
	enum status	(*key_list)(void *ctx, const char *key, char ***names,
			    size_t *count, struct diag *d);
	enum status	(*value_get)(void *ctx, const char *key,
			    const char *name, struct host_value *out,
			    struct diag *d);
	enum status	(*value_list)(void *ctx, const char *key,
			    char ***names, size_t *count, struct diag *d);
	enum status	(*file_open)(void *ctx, const char *path,
			    struct source *out, void **handle,
			    struct diag *d);
	void		(*file_close)(void *ctx, void *handle);
	enum status	(*file_stat)(void *ctx, const char *path,
			    struct host_stat *out, struct diag *d);
	enum status	(*file_list)(void *ctx, const char *path,
			    char ***names, size_t *count, struct diag *d);
	size_t		(*hives)(void *ctx, const struct host_hive **out);
	/* NULL where nobody can tell, of a disk that is at rest say. */
	enum status	(*free_space)(void *ctx, const char *path,
			    uint64_t *out, struct diag *d);
	/* NULL, or: may we be refused what an administrator may read? */
	bool		(*limited)(void *ctx);
};

/* A drive letter and the folder that shows it; or a folder of the machine
 * that is a mount point, and the folder that shows what is mounted there. */
struct host_drive {
	char		 letter;	/* 'A'..'Z' */
	const char	*folder;	/* not needed once the volume is open */
	const char	*below;		/* "Mount" of "C:\\Mount"; NULL or "" is
					   the drive itself; as FOLDER */
};

/* How to look at a volume. */
struct host_volume_options {
	const struct host_drive *drives; /* not needed once it is open */
	size_t		 drive_count;
	bool		 no_replay;	/* hives as they lie, without logs */
};

/*
 * Open an offline volume: ROOT holds "Windows" (any letter case), and is
 * drive C: unless the volume's own registry says otherwise. Or drives as
 * they were collected (collected.h), of which nothing is ST_ABSENT; or hives,
 * and shows no drive then.
 *
 * Out:     *OUT is the caller's, for host_close().
 * Returns: ST_OK, also when hives are missing or damaged (host_hives());
 *          ST_ABSENT (no such folder, of a drive too); ST_UNSUPPORTED when
 *          ROOT is no folder or holds none of these, or a drive is
 *          mapped twice; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	host_volume_open(const char *root,
		    const struct host_drive *drives, size_t drive_count,
		    struct host **out, struct diag *d);
/* Returns: as host_volume_open(), which is this with the usual options. */
MUST_CHECK
enum status	host_volume_open_with(const char *root,
		    const struct host_volume_options *o, struct host **out,
		    struct diag *d);

/*
 * The Windows that runs us. Other drives are where Windows has them; what
 * lies on a server or a network drive is not touched.
 *
 * Out:     *OUT is the caller's, for host_close().
 * Returns: ST_OK; ST_UNSUPPORTED when this is no Windows; ST_IO.
 */
MUST_CHECK
enum status	host_live_open(struct host **out, struct diag *d);
void		host_close(struct host *h);	/* NULL is fine */

enum host_kind	host_kind(const struct host *h);

/* Are we refused things that an administrator could read? False for a
 * volume. */
bool		host_is_limited(const struct host *h);

/* The hives and how they were found; borrowed. A live machine has none. */
size_t		host_hives(struct host *h, const struct host_hive **out);

/*
 * Registry. A damaged, missing or locked hive answers ST_IO or ST_MALFORMED,
 * never ST_ABSENT: absent means that it was looked for and is not there. A
 * list leaves out what damage took, which host_hives() counts, and is
 * ST_MALFORMED when nothing else is left. On a volume, CurrentControlSet is
 * the set that Windows would start with.
 *
 * Returns: ST_OK; ST_ABSENT; ST_UNSUPPORTED for a key in none of the hives
 *          that are read, and for one that is a link to another key or below
 *          one, if that leads nowhere or is on a volume; ST_MALFORMED;
 *          ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	host_key_exists(struct host *h, const char *key,
		    struct diag *d);
/* Names of subkeys in the registry's order; host_names_free().
 * Returns: as host_key_exists(). */
MUST_CHECK
enum status	host_key_list(struct host *h, const char *key, char ***names,
		    size_t *count, struct diag *d);
/* Names of values likewise. Returns: as host_key_exists(). */
MUST_CHECK
enum status	host_value_list(struct host *h, const char *key,
		    char ***names, size_t *count, struct diag *d);
/* Out: *OUT needs host_value_fini() on ST_OK.
 * Returns: as host_key_exists(). */
MUST_CHECK
enum status	host_value_get(struct host *h, const char *key,
		    const char *name, struct host_value *out,
		    struct diag *d);
void		host_value_fini(struct host_value *v);	/* NULL is fine */

/*
 * A value as text (REG_SZ; REG_EXPAND_SZ with %SystemRoot% and its like
 * expanded as far as the machine's registry says them) or as a number
 * (REG_DWORD).
 *
 * Out:     *OUT is the caller's to free.
 * Returns: as host_key_exists(); ST_MALFORMED also for another type.
 */
MUST_CHECK
enum status	host_text(struct host *h, const char *key, const char *name,
		    char **out, struct diag *d);
/*
 * The texts of a REG_MULTI_SZ.
 *
 * Out:     *OUT, *COUNT: host_names_free().
 * Limits:  TEXT_MAX for each, HOST_MAX_TEXTS.
 * Returns: as host_text(); ST_LIMIT.
 */
MUST_CHECK
enum status	host_multi(struct host *h, const char *key, const char *name,
		    char ***out, size_t *count, struct diag *d);
/* Returns: as host_text(). */
MUST_CHECK
enum status	host_dword(struct host *h, const char *key, const char *name,
		    uint32_t *out, struct diag *d);

/*
 * Files. A path may be quoted, begin with "\\?\" or "\??\", have '/' between
 * its parts and end in a separator.
 *
 * Returns: ST_OK; ST_ABSENT; ST_UNSUPPORTED when the drive is not mapped
 *          (D says "--drive") or not there, the path is relative or on a
 *          server, a link leads off the volume, or the thing is of another
 *          kind; ST_LIMIT; ST_IO.
 */
struct host_file {
	struct source	 src;
	struct host	*host;
	void		*handle;
};
/* Out: *OUT needs host_file_close() on ST_OK. Returns: as above. */
MUST_CHECK
enum status	host_file_open(struct host *h, const char *path,
		    struct host_file *out, struct diag *d);
void		host_file_close(struct host_file *f);
/* Returns: as above. */
MUST_CHECK
enum status	host_file_stat(struct host *h, const char *path,
		    struct host_stat *out, struct diag *d);
/* Names, sorted by upper case; host_names_free(). Returns: as above. */
MUST_CHECK
enum status	host_file_list(struct host *h, const char *path,
		    char ***names, size_t *count, struct diag *d);
void		host_names_free(char **names, size_t count);
/*
 * What is free, for us, where the folder PATH lies.
 *
 * Units:   *OUT is bytes.
 * Returns: as above; ST_UNSUPPORTED also for a volume.
 */
MUST_CHECK
enum status	host_free_space(struct host *h, const char *path,
		    uint64_t *out, struct diag *d);

/* The Windows folder ("C:\Windows"); borrowed. */
const char	*host_system_root(struct host *h);

/* KEY and SUB with one '\' between them; the caller frees it. */
char		*host_join(const char *path, const char *sub);

#endif
