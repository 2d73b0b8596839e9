/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_COMPLAINTS_H
#define ROLLCALL_REPORT_COMPLAINTS_H

#include "catalogue/check.h"
#include "io/sink.h"
#include "report/style.h"

#include <stdbool.h>

/* Takes what was found in FILE and what is laid over it. TO is the format's. */
typedef void	complaints_put_fn(void *to, const char *file,
		    const struct check_result *found);

/* What is wrong in catalogues: written file by file, as it is found. */
struct complaints {
	bool	 rules;			/* list the rules, and no more */
	bool	 excepted;		/* also what a rule excepts */
	/* Checks all files, and gives what it finds to PUT. */
	void	 (*run)(void *ctx, complaints_put_fn *put, void *to);
	void	*ctx;
};

void	complaints_text(const struct complaints *r,
	    const struct report_style *style, struct sink *out);

#endif
