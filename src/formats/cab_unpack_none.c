/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/cab_unpack.h"

/* Built without libmspack: nothing is unpacked. */

bool
cab_unpack_can(void)
{
	return false;
}

enum status
cab_unpack_open(const struct source *src, struct cab_unpack **out,
    struct diag *d)
{
	(void)src;
	(void)out;
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "this program was built without libmspack and unpacks no cabinet");
}

void
cab_unpack_close(struct cab_unpack *u)
{
	(void)u;
}

size_t
cab_unpack_count(const struct cab_unpack *u)
{
	(void)u;
	return 0;
}

const struct cab_member *
cab_unpack_member(const struct cab_unpack *u, size_t i)
{
	(void)u;
	(void)i;
	return NULL;
}

size_t
cab_unpack_find(const struct cab_unpack *u, const char *name)
{
	(void)u;
	(void)name;
	return SIZE_MAX;
}

enum status
cab_unpack_member_to(struct cab_unpack *u, size_t i, cab_take_fn *take,
    void *ctx, struct diag *d)
{
	(void)u;
	(void)i;
	(void)take;
	(void)ctx;
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "this program was built without libmspack");
}
