/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_REGISTRY_H
#define ROLLCALL_REPORT_REGISTRY_H

#include "base/limits.h"
#include "catalogue/catalogue.h"
#include "formats/regf.h"
#include "formats/regf_log.h"
#include "io/sink.h"

#include <stdbool.h>

/* Bytes of a path, or of a value as text: 16 bits give up to 3 bytes. */
#define REGISTRY_MAX_TEXT	(2 * REGF_MAX_VALUE_BYTES)

struct registry_writer;

/* Places of damage, as text; borrowed from who walks. */
struct registry_damage {
	char		*const *list;
	size_t		 count;
};

/* Keys of a hive: written while they are read, because a hive may be larger
 * than memory should be. */
struct registry_dump {
	const char		*hive;		/* file name */
	const struct regf_info	*info;
	const struct regf_replay_info *replay;	/* NULL: as it lies */
	const char		*version;	/* of rollcall */
	instant			 at;
	const struct cat_info	*catalogue;	/* NULL: not wanted */
	/* Walks the keys, and calls the steps of W->format: for each key key,
	 * value..., subkeys, key_end. False when it got to no end. */
	bool			(*run)(void *ctx, struct registry_writer *w,
				    struct registry_damage *damage);
	void			*ctx;
};

/* A format is a set of steps: begin, those of the keys, end. */
struct registry_format {
	bool		 wants_catalogue;
	void		(*begin)(struct registry_writer *w);
	void		(*key)(struct registry_writer *w, const char *path,
			    const struct regf_key *key);
	void		(*value)(struct registry_writer *w,
			    const struct regf_value *v, struct slice data);
	/* NAMES of subkeys, when they are not walked themselves. */
	void		(*subkeys)(struct registry_writer *w, const char *path,
			    char *const *names, size_t count);
	void		(*key_end)(struct registry_writer *w);
	void		(*end)(struct registry_writer *w,
			    char *const *damage, size_t count);
};

/* What the steps share. */
struct registry_writer {
	struct sink		*out;
	const struct registry_dump *r;
	const struct registry_format *format;
	void			*state;		/* the format's own */
};

extern const struct registry_format registry_text, registry_json;

/* Returns: what R->run() did. */
MUST_CHECK
bool		registry_emit(const struct registry_format *format,
		    const struct registry_dump *r, struct sink *out);

/*
 * Text of REG_SZ, REG_EXPAND_SZ and REG_LINK data, appended to B as UTF-8;
 * NULs at the end are left out, others are kept.
 */
void		registry_data_text(struct slice data, struct buf *b);

#endif
