/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_WRAP_H
#define ROLLCALL_TESTS_WRAP_H

#include "host/host.h"
#include "record.h"

/* What can happen to one record. The last of them happen to the bytes of a
 * hive, below the host (hive.h). */
enum kind {
	KEY_GONE, KEY_UNREADABLE, LIST_CUT, LIST_REFUSED,
	VALUE_GONE, VALUE_UNREADABLE, VALUE_TYPE,
	FILE_GONE, FILE_CUT, FILE_UNREADABLE, FILE_FOLDER, FILE_NOISE,
	FILE_FLIP,
	FOLDER_GONE, FOLDER_UNREADABLE,
	HIVE_BYTE, HIVE_CELL, HIVE_BIN, HIVE_CUT,
	KIND_COUNT
};

/* The ways in which something is unreadable. */
enum unreadable {
	SYSTEM_SAYS_NO, BYTES_ARE_BAD, RIGHTS_ARE_MISSING, UNREADABLE_COUNT
};

struct damage {
	enum kind	 kind;
	const struct record *at;
	unsigned	 variant;	/* any number: taken modulo */
	uint64_t	 place;		/* likewise */
	bool		 hit;		/* the scan has come past it */
};

/*
 * A host that answers as the two do, REGISTRY for keys and FILES for files;
 * both may be one, and neither is closed with it.
 *
 * In:      SEEN (may be NULL) gets what is asked for. DAMAGE (may be NULL) is
 *          done to what is answered. Both outlive the host.
 */
struct host	*wrap_host(struct host *registry, struct host *files,
		    struct records *seen, struct damage *damage);

#endif
