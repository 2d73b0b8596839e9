/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_PE_H
#define ROLLCALL_FORMATS_PE_H

#include "base/source.h"
#include "base/status.h"
#include "base/version.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * Portable executables, PE32 and PE32+.
 *
 * Spec: "PE Format" (Microsoft Learn), cited by section; VS_VERSIONINFO,
 *       VS_FIXEDFILEINFO (Win32 reference).
 */
struct pe;

#define PE_DIRECTORY_RESOURCE	2
#define PE_DIRECTORY_SECURITY	4

struct pe_info {
	uint16_t	machine;	/* 0x14c x86, 0x8664 x64, ... */
	bool		plus;		/* PE32+ */
	uint64_t	checksum_off;	/* file offset of CheckSum */
	uint64_t	security_entry_off; /* of data directory 4; 0 none */
	uint64_t	security_off;	/* file offset of the certificate
					   table; 0 none */
	uint64_t	security_len;	/* bytes */
	struct diag	misplaced;	/* why the table is not where it
					   must be; text "" when it is */
};

/*
 * In:      SRC outlives the reader.
 * Out:     *OUT is the caller's, for pe_close(). The certificate table of
 *          pe_info() lies inside the file and behind the headers. Where it
 *          is not the end of the file, or where something that is loaded
 *          reaches into what a digest leaves out, info->misplaced says so.
 * Limits:  PE_MAX_SECTIONS.
 * Returns: ST_OK; ST_UNSUPPORTED when it is no PE at all (no "MZ", no "PE",
 *          a 16-bit program); ST_MALFORMED; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	pe_open(struct source src, struct pe **out, struct diag *d);
void		pe_close(struct pe *pe);	/* NULL is fine */

/* Borrowed; dies with PE. */
const struct pe_info *pe_info(const struct pe *pe);

struct pe_version {
	struct version	file;		/* VS_FIXEDFILEINFO, never the string */
	struct version	product;
	uint32_t	flags;		/* dwFileFlags & mask */
};

/*
 * The version resource (type 16, any name, any language: the first in the
 * order of the file that has a VS_FIXEDFILEINFO).
 *
 * Out:     *OUT is complete in itself.
 * Limits:  PE_MAX_RESOURCES.
 * Returns: ST_OK; ST_ABSENT without a version resource; ST_MALFORMED;
 *          ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	pe_version(struct pe *pe, struct pe_version *out,
		    struct diag *d);

#endif
