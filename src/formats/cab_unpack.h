/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_CAB_UNPACK_H
#define ROLLCALL_FORMATS_CAB_UNPACK_H

#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What is in a cabinet: stored, MSZIP, Quantum or LZX, by libmspack, whose
 * only user this is. It gets its bytes and its memory from here, so that a
 * cabinet cannot take more of either than a whole one needs.
 *
 * Spec: [MS-CAB] "Cabinet File Format"; [MS-MCI] "MSZIP"
 */
struct cab_unpack;

struct cab_member {
	const char	*name;		/* lower case (ASCII), '/' between */
	uint32_t	 len;		/* bytes, as the cabinet claims */
};

/* Was it built with libmspack? */
bool		cab_unpack_can(void);

/*
 * Read the list of what is in a cabinet.
 *
 * In:      SRC outlives *OUT.
 * Out:     *OUT is the caller's, for cab_unpack_close().
 * Limits:  CAB_MAX_MEMORY, CAB_MAX_STEPS.
 * Returns: ST_OK; ST_UNSUPPORTED when it is no cabinet, or nothing here can
 *          unpack one; ST_MALFORMED; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	cab_unpack_open(const struct source *src,
		    struct cab_unpack **out, struct diag *d);
void		cab_unpack_close(struct cab_unpack *u);	/* NULL is fine */

/* In the order in which one pass over the cabinet unpacks them. */
size_t		cab_unpack_count(const struct cab_unpack *u);
const struct cab_member *cab_unpack_member(const struct cab_unpack *u,
		    size_t i);

/* The first one of that NAME; SIZE_MAX for none. */
size_t		cab_unpack_find(const struct cab_unpack *u,
		    const char *name);

/* Takes N bytes; what is not ST_OK ends the unpacking. */
typedef enum status cab_take_fn(void *ctx, const void *p, size_t n,
		    struct diag *d);

/*
 * Hand out the bytes of member I, which are as many as it says. Where members
 * are not asked for in their order, what lies in front is unpacked again.
 *
 * Limits:  CAB_MAX_PASSES over the bytes of the cabinet, all calls together.
 * Returns: ST_OK; ST_MALFORMED (a checksum, a stream that is cut short or
 *          none); ST_UNSUPPORTED for a member that goes on in another cabinet
 *          of a set; ST_LIMIT; what TAKE or the source said.
 */
MUST_CHECK
enum status	cab_unpack_member_to(struct cab_unpack *u, size_t i,
		    cab_take_fn *take, void *ctx, struct diag *d);

#endif
