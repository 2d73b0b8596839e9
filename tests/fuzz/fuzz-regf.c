/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "base/limits.h"
#include "formats/regf.h"
#include "formats/regf_walk.h"

static enum status
read_data(void *ctx, const char *path, const struct regf_value *v,
    struct diag *d)
{
	struct buf data;

	(void)path;
	buf_init(&data, REGF_MAX_VALUE_BYTES);
	/* What cannot be read is passed over. */
	if (regf_value_data(ctx, v, &data, d) != ST_OK)
		buf_clear(&data);
	buf_fini(&data);
	return ST_OK;
}

/* Ask for the key by the path that led to it: names decide, or hints. */
static enum status
find_key(void *ctx, const char *path, const struct regf_key *key,
    struct diag *d)
{
	struct regf_key root, found;

	if (regf_root(ctx, &root, d) == ST_OK && key->subkey_count < 64 &&
	    regf_find(ctx, &root, path, &found, d) == ST_IO)
		return ST_IO;
	return ST_OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0);
	struct regf_visitor visitor = { .key = find_key, .value = read_data };
	struct regf_key root;
	struct regf *h;
	struct diag d;

	if (regf_open(source_of_slice(&s), &h, &d) != ST_OK)
		return 0;
	visitor.ctx = h;
	/* First bin by bin, as they are met; then all of them at once. */
	if (regf_root(h, &root, &d) == ST_OK &&
	    regf_walk(h, &root, REGF_MAX_DEPTH - 1, &visitor, NULL,
	    &d) == ST_OK &&
	    regf_walk(h, &root, REGF_MAX_DEPTH, &visitor, NULL, &d) != ST_OK)
		visitor.ctx = NULL;
	regf_close(h);
	return 0;
}
