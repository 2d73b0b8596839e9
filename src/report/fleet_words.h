/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_FLEET_WORDS_H
#define ROLLCALL_REPORT_FLEET_WORDS_H

#include "base/buf.h"
#include "report/fleet.h"

/* Words of a fleet that more than one format shows; whoever shows names of
 * hosts escapes them. */

#define FLEET_VERDICTS	4

/* The verdicts, the worst first. */
enum severity	fleet_verdict_at(size_t n);

/* "action required". */
const char	*fleet_verdict_words(enum severity s);

/* "3 action required, 9 nothing to do". */
void		fleet_put_verdicts(struct buf *b, const size_t *verdicts);

/* "1 host", "2 hosts". */
void		fleet_put_count(struct buf *b, size_t n, const char *what);

/* "12 hosts: 3 action required, 9 nothing to do". */
void		fleet_put_hosts(struct buf *b, const struct fleet *f);

/* "in part accepted"; NULL where no acceptance of ROW holds. */
const char	*fleet_accepted_words(const struct fleet *f,
		    const struct fleet_row *row);

/* "  (by overlay site)" behind a line: what the answers of ROW rest on. */
void		fleet_put_rests(struct buf *b, const struct fleet_row *row);

#endif
