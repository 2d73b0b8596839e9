/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_CAB_H
#define ROLLCALL_FORMATS_CAB_H

#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Cabinet files: the header, and where a signature lies. An .msu is one too.
 *
 * Spec: [MS-CAB] "Cabinet File Format", cited by section. How a signature
 *       is attached is in no specification; the layout here is the one
 *       that signing tools write and Windows reads.
 */
struct cab_range {
	uint64_t	off, len;	/* bytes of the file */
};

#define CAB_DIGEST_RANGES	4

struct cab_info {
	uint32_t	size;		/* bytes, as the header claims */
	uint16_t	folders, files;
	uint16_t	flags;
	uint16_t	set_id, index;	/* which cabinet of which set */
	uint64_t	signature_off;	/* of the PKCS#7; 0 none */
	uint64_t	signature_len;	/* bytes */
	/* What the Authenticode digest is made of, in this order; only
	 * where there is a signature. */
	struct cab_range digest[CAB_DIGEST_RANGES];
	struct diag	misplaced;	/* why what the digest leaves out is
					   not as it must be; text "" */
};

/*
 * Read the header of a cabinet.
 *
 * Out:     *OUT is complete in itself; its ranges lie inside the file.
 * Returns: ST_OK; ST_UNSUPPORTED when it is no cabinet, or of an unknown
 *          version; ST_MALFORMED; ST_IO.
 */
MUST_CHECK
enum status	cab_read(const struct source *src, struct cab_info *out,
		    struct diag *d);

#endif
