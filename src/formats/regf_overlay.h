/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_REGF_OVERLAY_H
#define ROLLCALL_FORMATS_REGF_OVERLAY_H

#include "base/source.h"
#include "base/status.h"

#include <stddef.h>
#include <stdint.h>

#define REGF_SECTOR	512	/* the unit of logs, and of their header */

/*
 * Sectors of logs laid over a hive. It keeps where each sector lies, 16
 * bytes for it, and reads it from its log when it is asked for.
 */
struct regf_overlay {
	struct source	 hive;
	const struct source *logs;	/* borrowed */
	uint8_t		 header[REGF_SECTOR];	/* in place of the hive's */
	uint64_t	 size;		/* bytes of the result */
	struct regf_patch {
		uint32_t	sector;	/* of the hive's bins */
		uint32_t	log;	/* number in LOGS */
		uint64_t	at;	/* bytes into that log */
	}		*patches;	/* owned */
	size_t		 count;
};

/*
 * Say that LEN bytes at OFF of the hive's bins, both whole sectors, are the
 * ones at AT of LOG. For one sector, the log with the higher number counts,
 * and in one log what lies further back.
 *
 * Limits:  REGF_LOG_MAX_SECTORS. Returns: ST_OK; ST_LIMIT.
 */
MUST_CHECK
enum status	regf_overlay_add(struct regf_overlay *o, uint32_t off,
		    uint32_t len, uint32_t log, uint64_t at, struct diag *d);

/* Take LOG's sectors away again. */
void		regf_overlay_drop(struct regf_overlay *o, uint32_t log);

/* Once all is added: sort, and set SIZE for HBINS_LEN bytes of bins. */
void		regf_overlay_finish(struct regf_overlay *o,
		    uint32_t hbins_len);

/* The result; *O is borrowed. */
struct source	regf_overlay_source(struct regf_overlay *o);
void		regf_overlay_fini(struct regf_overlay *o);

#endif
