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

/* The same without the host. */
void		summary_release(struct buf *b, const struct assess_exchange *x);

/* The first words of the second line: "ACTION REQUIRED", "READY", "UPDATES
 * MISSING, OUT OF SUPPORT". */
void		summary_first_words(struct buf *b, const struct report_host *h);

/* What to do, or why there is nothing: the rest of that line. */
void		summary_instruction(struct buf *b,
		    const struct report_host *h);

/* "proven: ExSetup.exe, Windows Installer". */
void		summary_answer(struct buf *b, const struct answer *a);

/* The answers of one installation, or with NULL of the host; ASK_FIX is
 * always the host's. */
const struct answer *summary_answer_of(const struct assessment *a,
		    const struct assess_exchange *x, enum question q);

/* All of it, without findings and evidence, on one line: the verdict first. */
void		summary_line(struct buf *b, const struct report *r);

#endif
