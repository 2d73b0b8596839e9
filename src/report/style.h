/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_STYLE_H
#define ROLLCALL_REPORT_STYLE_H

#include <stdbool.h>

/* How a terminal wants it; formats for programs ignore it. */
struct report_style {
	bool			 colour;
	bool			 quiet;		/* the answer only */
	bool			 verbose;	/* reasons and evidence too */
	unsigned		 width;		/* columns of what is wrapped */
	unsigned		 screen;	/* of the terminal; 0: it is a
						   file, which has whole
						   lines */
};

#endif
