/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_SUMMARY_H
#define ROLLCALL_REPORT_SUMMARY_H

#include "base/buf.h"
#include "report/report.h"

/*
 * The words that more than one form of a result shows, as they are: whoever
 * shows them escapes what came from the scanned machine.
 */

/* "EXCH01  Exchange 2010 SP2 Update Rollup 4 (original)  14.2.318.2  KB..."
 * of one installation; of the host when X is NULL. */
void		summary_headline(struct buf *b, const struct report_host *h,
		    const struct assess_exchange *x);

/* "ACTION REQUIRED", and what the verdict rests on; borrowed. */
const char	*summary_verdict(const struct assessment *a);
const char	*summary_reason(const struct assessment *a);

/* "BLOCKED". */
const char	*summary_target(enum target_answer answer);

/* The answers to the three questions when no Exchange was found. */
const char	*summary_without(const struct assessment *a);

/* All of it, without findings and evidence, on one line: the verdict first. */
void		summary_line(struct buf *b, const struct report *r);

#endif
