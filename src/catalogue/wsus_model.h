/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_WSUS_MODEL_H
#define ROLLCALL_CATALOGUE_WSUS_MODEL_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Inside of wsus*.c: what was understood so far. */

#define WSUS_SHA1	20		/* bytes */
#define WSUS_SHA256	32

struct wsus_ids {
	uint32_t	*items;
	size_t		 count;
};

struct wsus_texts {			/* owned by the arena */
	const char	**items;
	size_t		 count;
};

/* A file that an update downloads. */
struct wsus_payload {
	uint8_t		 sha1[WSUS_SHA1];
	bool		 described;	/* by its update's x file: */
	const char	*name;
	uint64_t	 size;		/* bytes */
	uint8_t		 sha256[WSUS_SHA256];
	bool		 has_sha256;
};

struct wsus_payloads {
	struct wsus_payload *items;
	size_t		 count;
};

/* Which of its files were read. */
#define WSUS_CORE	1U		/* c/ID */
#define WSUS_EXTENDED	2U		/* x/ID */
#define WSUS_LOCALIZED	4U		/* l/LANGUAGE/ID */

/* One revision of one update. */
struct wsus_revision {
	/* Of package.xml. */
	uint32_t	 id;
	const char	*update;	/* its GUID, lower case */
	const char	*number;	/* of the revision */
	const char	*language;	/* that all others fall back to */
	bool		 exchange;	/* of a category of Exchange */
	struct wsus_ids	 bundled_by, superseded_by;
	struct wsus_payloads payloads;
	/* Of its files; "" where they do not say. */
	unsigned	 read;
	const char	*kb;		/* digits */
	const char	*title, *bulletin;
	struct wsus_texts cves;
	struct wsus_texts patches;	/* "{...}", upper case */
	struct wsus_texts supersedes;	/* GUIDs of updates, lower case */
};

/* From which revision on they stand in which cabinet. */
struct wsus_range {
	uint32_t	 start;
	const char	*cabinet;	/* as cab_unpack.h has names */
};

/* Empty when zero. */
struct wsus {
	struct arena	 arena;
	struct wsus_range *ranges;	/* by START */
	size_t		 range_count;
	struct wsus_ids	 all;		/* of package.xml, in their order */
	struct wsus_revision *revisions; /* those of Exchange, by ID */
	size_t		 count;
	size_t		 named;		/* by all of them together */
};

void		wsus_fini(struct wsus *w);
void		wsus_revision_fini(struct wsus_revision *r);

/* NULL for none. */
struct wsus_revision *wsus_find(const struct wsus *w, uint32_t id);

/* Sort IDS, for wsus_has(). */
void		wsus_sort(struct wsus_ids *ids);
bool		wsus_has(const struct wsus_ids *ids, uint32_t id);

/* One more of a list. Limits: WSUS_MAX_NAMED. Returns: ST_OK; ST_LIMIT. */
MUST_CHECK
enum status	wsus_add_id(struct wsus_ids *ids, uint32_t id,
		    struct diag *d);
MUST_CHECK
enum status	wsus_add_text(struct wsus *w, struct wsus_texts *list,
		    const char *text, struct diag *d);

/* A number without a sign, of at most ten digits; false for what is none. */
bool		wsus_number(const char *text, uint32_t *out);

/* Exactly LEN bytes in base64; false for anything else, and for NULL. */
bool		wsus_base64(const char *text, uint8_t *out, size_t len);

/* A GUID, with or without braces, as the catalogue writes it; false for what
 * is none. OUT has room for 39 bytes. */
bool		wsus_guid(const char *text, bool braces, char *out);

#endif
