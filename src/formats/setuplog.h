/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_SETUPLOG_H
#define ROLLCALL_FORMATS_SETUPLOG_H

#include "base/limits.h"
#include "base/source.h"
#include "base/status.h"
#include "base/version.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What setup of Exchange and its helpers write into C:\ExchangeSetupLogs.
 * Each appends to its log for years: it is read from the end, and what lies
 * before the run that is looked for is not read at all. Nothing in a log is
 * signed, so all of it is what somebody may have written there.
 */

enum setuplog_end {
	SETUPLOG_END_UNKNOWN,	/* nobody has looked */
	SETUPLOG_COMPLETED,
	SETUPLOG_FAILED,	/* and says so */
	SETUPLOG_BROKEN_OFF,	/* says nothing: still running, or killed */
	SETUPLOG_ENDS
};

/* One run. Texts are UTF-8 and NULL where the log does not say. */
struct setuplog_run {
	bool		 whole;		/* its beginning was found */
	char		*begun, *ended;	/* stamps of the first and last line,
					   as written: of the locale */
	char		*mode;		/* "Upgrade", as setup was told */
	char		*operation;	/* "BuildToBuildUpgrade": what it made
					   of that */
	char		*server;	/* name of the computer */
	char		*step;		/* the last that it began */
	struct version	 from, to;	/* builds; parts 0 when not known */
	bool		 changed;	/* it began to remove or to copy files
					   of the product */
	bool		 blocked;	/* by what it requires, before that */
	enum setuplog_end end;
	uint32_t	 code;		/* of Windows Installer; 0 none */
	char		*errors[SETUPLOG_MAX_ERRORS]; /* the last ones */
	size_t		 error_count;
};

/* Was it to install, upgrade, recover or remove the server, and not only to
 * prepare a directory? */
bool		setuplog_is_of_server(const struct setuplog_run *r);

/*
 * The runs of ExchangeSetup.log that matter, the last one first: that one
 * and, where it has changed no files, the one before it that has, or that
 * made the server what it is.
 *
 * Spec:    none is published; lines are known from logs in public reports.
 * Out:     RUNS[0 ... *COUNT - 1] need setuplog_run_fini() on ST_OK.
 * Limits:  SETUPLOG_MAX_BYTES from the end, SETUPLOG_MAX_RUNS looked at,
 *          SETUPLOG_MAX_ERRORS a run, SETUPLOG_MAX_TEXT a text.
 * Returns: ST_OK; ST_ABSENT when there is no run in it; ST_IO.
 */
#define SETUPLOG_KEPT	2
MUST_CHECK
enum status	setuplog_read(struct source src,
		    struct setuplog_run runs[SETUPLOG_KEPT], size_t *count,
		    struct diag *d);

/*
 * The last run of ServiceControl.log, which stops the services before an
 * update and starts them behind it.
 *
 * Out, Limits, Returns: as setuplog_read(), for one run.
 */
MUST_CHECK
enum status	setuplog_read_services(struct source src,
		    struct setuplog_run *out, struct diag *d);

/*
 * The result of the last installation in a log of Windows Installer, which
 * stands near its end.
 *
 * Out, Limits, Returns: as setuplog_read(), for one run.
 */
MUST_CHECK
enum status	setuplog_read_msi(struct source src,
		    struct setuplog_run *out, struct diag *d);

void		setuplog_run_fini(struct setuplog_run *r);	/* NULL too */

#endif
