/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_MEANT_H
#define ROLLCALL_CMD_MEANT_H

#include <stddef.h>

/*
 * Which name was meant by a word that is none: the nearest one, where few
 * letters are wrong, missing, too many or have changed places; or one that
 * the word begins. Offer all names in turn; of two as near, the first counts.
 */
struct meant {
	const char	*word;		/* its first LEN bytes; borrowed */
	size_t		 len;
	const char	*name;		/* the nearest so far, or NULL */
	size_t		 distance;
};

#define MEANT_MAX	32	/* bytes of a word that is compared */

void		meant_offer(struct meant *m, const char *name);

#endif
