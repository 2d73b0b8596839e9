/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_DEEP_CLASS_H
#define ROLLCALL_INVENTORY_DEEP_CLASS_H

#include "inventory/inventory.h"

/*
 * A server has thousands of signed files, signed by few: what is the same of
 * their facts is kept once.
 */

/* Are the bytes what was signed, as far as there is a signature, and are its
 * timestamps of certificates that may make them? */
bool	deep_is_sound(const struct file_facts *f);

/*
 * Take the times of timestamps out of F, *COUNT of them; the caller's to free,
 * NULL for none. Likewise, forget what is of this one file only.
 */
instant	*deep_take_times(struct file_facts *f, size_t *count);

/*
 * The class of F, whose times were taken, into *OUT: one that is there, or a
 * new one, which takes over what F has.
 *
 * Limits:  DEEP_MAX_CLASSES.
 * Returns: false when it would be one more than that.
 */
bool	deep_classify(struct inventory *inv, struct file_facts *f,
	    size_t *out);

/* Put the times of a file back into a copy of the facts of its class. */
void	deep_put_times(struct sig_facts *f, const instant *times,
	    size_t count);

#endif
