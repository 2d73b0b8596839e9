/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/hive_logs.h"
#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

/* The order in which Windows writes to them, as regf_replay_new() wants. */
static const char *const suffixes[REGF_LOG_MAX_LOGS] = { "LOG1", "LOG2",
    "LOG" };

/* In place of a log that cannot be opened. */
static enum status
unreadable(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	const struct diag *why = ctx;

	(void)off;
	(void)p;
	(void)len;
	if (d != NULL)
		*d = *why;
	return ST_IO;
}

/* Returns: the log's bytes; none at all when it is not there. */
static struct source
open_log(struct hive_log *log, struct tree *t, const char *path)
{
	enum status st = tree_file_open(t, path, &log->file, &log->diag);

	if (st == ST_OK)
		return file_source(log->file);
	if (st == ST_ABSENT)
		return (struct source){ unreadable, &log->diag, 0 };
	return (struct source){ unreadable, &log->diag, UINT64_MAX };
}

enum status
hive_logs_open(struct hive_logs *l, struct tree *t, const char *path,
    struct source hive, struct diag *d)
{
	struct regf_log logs[REGF_LOG_MAX_LOGS];
	size_t i;

	memset(l, 0, sizeof(*l));
	for (i = 0; i < REGF_LOG_MAX_LOGS; i++) {
		char *name = xasprintf("%s.%s", path, suffixes[i]);

		logs[i].name = suffixes[i];
		logs[i].src = open_log(&l->logs[i], t, name);
		free(name);
	}
	return regf_replay_new(hive, logs, REGF_LOG_MAX_LOGS, &l->replay, d);
}

void
hive_logs_close(struct hive_logs *l)
{
	size_t i;

	regf_replay_free(l->replay);
	for (i = 0; i < REGF_LOG_MAX_LOGS; i++)
		file_close(l->logs[i].file);
	memset(l, 0, sizeof(*l));
}
