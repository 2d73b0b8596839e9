/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_HOST_HIVE_LOGS_H
#define ROLLCALL_HOST_HIVE_LOGS_H

#include "base/limits.h"
#include "base/source.h"
#include "base/status.h"
#include "formats/regf_log.h"
#include "io/file.h"
#include "io/tree.h"

/*
 * The transaction logs that lie beside a hive, open, and the hive with what
 * they add. Caller's storage.
 */
struct hive_logs {
	struct hive_log {
		struct file	*file;
		struct diag	 diag;	/* why it could not be opened */
	}			 logs[REGF_LOG_MAX_LOGS];
	struct regf_replay	*replay;
};

/*
 * Find .LOG1, .LOG2 and .LOG of the hive at PATH in T, in any letter case,
 * and replay them over HIVE. A log that is there and cannot be read is one
 * that is unusable.
 *
 * In:      HIVE outlives *L.
 * Out:     *L needs hive_logs_close() in any case.
 * Returns: as regf_replay_new().
 */
MUST_CHECK
enum status	hive_logs_open(struct hive_logs *l, struct tree *t,
		    const char *path, struct source hive, struct diag *d);
void		hive_logs_close(struct hive_logs *l);

#endif
