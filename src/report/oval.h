/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_OVAL_H
#define ROLLCALL_REPORT_OVAL_H

#include "inventory/inventory.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * An inventory as OVAL sees a system: items, each a value of the registry or a
 * file, and objects that hold them. A definition names objects by number, so
 * these never change; rollcall(1) lists them. Numbers have objects of
 * their own, for a definition that compares numbers fails at a text.
 *
 * Only what was read, word for word, is an item: of a build that was put
 * together out of values some of which were not there, none is.
 */
enum oval_object {
	OVAL_BASES,		/* "oval:rollcall:obj:1" */
	OVAL_SETUPS,
	OVAL_INSTALLER,
	OVAL_PATCH_STATES,
	OVAL_MARKERS,
	OVAL_VALUES,
	OVAL_WINDOWS,
	OVAL_UBR,
	OVAL_FILES,
	OVAL_PACKAGES,
	OVAL_OBJECTS
};

struct oval_item {
	enum oval_object object;
	enum ev_state	 state;		/* EV_ABSENT: of no object */
	char		*where;		/* key or path, with its root */
	const char	*name;		/* of a value; NULL: the key itself */
	const char	*type;		/* "reg_dword"; NULL: not known */
	const char	*text;		/* of the value; or NULL, and NUMBER */
	uint32_t	 number;
	struct version	 version;	/* of a file */
	const uint64_t	*size;		/* of a file; NULL: not known */
	const char	*why;		/* it is unreadable; or NULL */
};

struct oval {
	const struct inventory *inv;
	struct oval_item *items;
	size_t		 count;
	bool		 broken[OVAL_OBJECTS];	/* some of its keys are not
						   whole */
};

/* Of INV, which outlives *OUT; the caller's, for oval_fini(). */
void		oval_make(const struct inventory *inv, struct oval *out);
void		oval_fini(struct oval *o);

/* Is the object made of files? */
bool		oval_is_file(enum oval_object object);

/* "values of Exchange's Setup keys"; static. */
const char	*oval_comment(enum oval_object object);

/* "complete", "incomplete", ...: what not finding an item in it means;
 * static. Nothing of what was not read counts as not there. */
const char	*oval_flag(const struct oval *o, enum oval_object object);

#endif
