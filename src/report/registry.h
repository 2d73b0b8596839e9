/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_REPORT_REGISTRY_H
#define ROLLCALL_REPORT_REGISTRY_H

#include "catalogue/catalogue.h"
#include "formats/regf.h"
#include "formats/regf_log.h"
#include "io/sink.h"

#include <stdbool.h>

/*
 * A hive is written while it is read, because it may be larger than memory
 * should be: a format is a set of steps, called in this order: begin, then
 * for each key: key, value..., subkey..., key_end; then damage..., end.
 */
struct registry_writer {
	struct sink		*out;
	const char		*hive;		/* file name */
	const struct regf_info	*info;
	const struct regf_replay_info *replay;	/* NULL: as it lies */
	const char		*version;	/* of rollcall */
	instant			 at;
	const struct cat_info	*catalogue;	/* NULL: not wanted */
	void			*state;		/* the format's own */
};

struct registry_format {
	const char	*name;
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

extern const struct registry_format registry_text, registry_json;

/* NULL when there is none of this name. Static. */
const struct registry_format *registry_format_find(const char *name);

/*
 * Text of REG_SZ, REG_EXPAND_SZ and REG_LINK data, appended to B as UTF-8;
 * NULs at the end are left out, others are kept.
 */
void		registry_data_text(struct slice data, struct buf *b);

#endif
