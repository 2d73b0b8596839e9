/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_LOG_IMPL_H
#define ROLLCALL_FORMATS_REGF_LOG_IMPL_H

#include "base/limits.h"
#include "formats/regf_log.h"
#include "formats/regf_overlay.h"

#include <stdbool.h>

/*
 * What the two formats of transaction logs share. A broken rule is a
 * diagnosis whose clause names it: RULE("hash") becomes the rule "hash".
 */
#define RULE_PREFIX	"regf log: "
#define RULE(name)	(RULE_PREFIX name)

#define REGF_PAGE	4096	/* bins are made of whole pages */
#define REGF_BINS_MAX	0x7fffffffu	/* bit 31 of an offset: volatile */

/* The first sector of a base block: all of it that a log has. */
struct regf_log_base {
	uint8_t		bytes[REGF_SECTOR];
	bool		good;		/* the signature and the checksum */
	uint32_t	sequence[2];
	uint64_t	written;	/* FILETIME */
	uint32_t	type;
	uint32_t	hbins_len;
};

struct regf_log_state {
	const char	*name;
	struct regf_log_base base;
	enum status	 st;		/* ST_OK while it may be used */
	struct diag	 diag;		/* why not, or what ended it */
	/* New format: the entries that count, one after the other. */
	uint32_t	 entries;	/* that are sound, old ones too */
	uint32_t	 applied;	/* that the hive does not have */
	uint32_t	 from, last;	/* first of APPLIED; last of ENTRIES */
	uint32_t	 hbins_len;	/* after LAST */
};

struct regf_replay {
	struct source	 hive;
	struct regf_log_base base;	/* the hive's */
	size_t		 count;
	struct source	 logs[REGF_LOG_MAX_LOGS];	/* as in STATES */
	struct regf_log_state states[REGF_LOG_MAX_LOGS];
	struct regf_overlay overlay;
	struct regf_replay_info info;
};

/*
 * Replay the logs whose ST is ST_OK, all of one format.
 *
 * Out:     on ST_OK, R->overlay is finished, R->info has ENTRIES and
 *          SEQUENCE, *BY is the log whose base block is the newest, and
 *          *HBINS_LEN the length of the bins. Otherwise the states of the
 *          logs say why not.
 * Returns: ST_OK; ST_MALFORMED.
 */
MUST_CHECK
enum status	regf_log_old(struct regf_replay *r, size_t *by,
		    uint32_t *hbins_len);
/* Returns: as regf_log_old(). */
MUST_CHECK
enum status	regf_log_new(struct regf_replay *r, size_t *by,
		    uint32_t *hbins_len);

#endif
