/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_LOG_H
#define ROLLCALL_FORMATS_REGF_LOG_H

#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Transaction logs of registry hives, replayed: what Windows would read when
 * it loads the hive. The result is a source, for regf_open(), that shows the
 * pages of the logs over the hive. Only their places are kept; the bytes stay
 * in the logs, and nothing is written.
 *
 * Spec: "Windows registry file format specification" (M. Suhanov), "Format
 *       of transaction log files", cited by section.
 */
struct regf_replay;

/* A log beside the hive. NAME ("LOG1") is for people, and static. */
struct regf_log {
	const char	*name;
	struct source	 src;
};

/* Zero is never "fine". */
enum regf_replay_state {
	REGF_REPLAY_UNKNOWN,	/* nobody has looked */
	REGF_REPLAY_CLEAN,	/* the hive needs no log */
	REGF_REPLAY_DONE,	/* dirty, and brought up to date */
	REGF_REPLAY_MISSING,	/* dirty, and no log has anything in it */
	REGF_REPLAY_UNUSABLE,	/* dirty, and its logs break a rule */
	REGF_REPLAY_STATES
};

struct regf_replay_info {
	enum regf_replay_state state;
	bool		checksum_ok;	/* of the hive's own base block */
	uint32_t	entries;	/* of logs, applied */
	uint32_t	sequence;	/* of the last of them */
	/*
	 * The rule that was broken: why the logs are unusable, or what ended
	 * the replay before the end of the logs. NULL for none. DIAG says
	 * the same for a person.
	 */
	const char	*rule;		/* static: "hash", "sequence", ... */
	struct diag	 diag;
};

/*
 * Look at HIVE and its LOGS, in the order LOG1, LOG2, LOG, and lay over the
 * hive what they add. An empty log counts as none.
 *
 * In:      HIVE and the sources of LOGS outlive *OUT.
 * Out:     *OUT is the caller's, for regf_replay_free().
 * Limits:  REGF_LOG_MAX_LOGS, REGF_LOG_MAX_SECTORS; over them, the logs are
 *          unusable.
 * Returns: ST_OK in every state: logs that cannot be read are unusable;
 *          ST_MALFORMED when HIVE is too short to be one; ST_IO when HIVE
 *          cannot be read.
 */
MUST_CHECK
enum status	regf_replay_new(struct source hive,
		    const struct regf_log *logs, size_t count,
		    struct regf_replay **out, struct diag *d);
void		regf_replay_free(struct regf_replay *r);  /* NULL is fine */

/* Borrowed; both die with R. The source is HIVE's own unless logs were
 * replayed. */
const struct regf_replay_info *regf_replay_info(const struct regf_replay *r);
struct source	regf_replay_source(struct regf_replay *r);

/* "clean", "replayed", ...: never NULL. */
const char	*regf_replay_state_name(enum regf_replay_state state);

/*
 * The state in a few words: "dirty, replayed (3 entries, last sequence 5)".
 *
 * Out:     TEXT (at least 1 byte) is always terminated, cut if need be.
 */
void		regf_replay_text(const struct regf_replay_info *info,
		    char *text, size_t len);

#endif
