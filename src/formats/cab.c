/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/cab.h"

#include <inttypes.h>

/* [MS-CAB] 2.1, CFHEADER: the fixed part, then the sizes of reserves. */
#define HEADER_LEN		36
#define CAB_MAGIC		0x4643534d	/* "MSCF" */
#define CAB_VERSION		0x0103		/* major 1, minor 3 */
#define CHECKSUM_OFF		4		/* reserved1 */
#define INDEX_OFF		34
#define FLAG_PREVIOUS		0x0001
#define FLAG_RESERVE_PRESENT	0x0004
#define RESERVE_OFF		40

/* A signer's reserve: mark, offset, size, and eight bytes of zero. */
#define SIGNATURE_RESERVE_LEN	20
#define SIGNATURE_MARK		0x00100000
#define SIGNED_HEADER_LEN	(RESERVE_OFF + SIGNATURE_RESERVE_LEN)

/* Spec:    [MS-CAB] 2.1, "CFHEADER". */
static enum status
decode_header(struct slice s, uint64_t file_size, struct cab_info *info,
    struct diag *d)
{
	struct cursor c = cursor_of(s);
	uint32_t magic = cursor_u32le(&c), files_off;
	uint16_t version;

	cursor_skip(&c, 4);
	info->size = cursor_u32le(&c);
	cursor_skip(&c, 4);
	files_off = cursor_u32le(&c);
	cursor_skip(&c, 4);
	version = cursor_u16le(&c);	/* minor, then major */
	info->folders = cursor_u16le(&c);
	info->files = cursor_u16le(&c);
	info->flags = cursor_u16le(&c);
	info->set_id = cursor_u16le(&c);
	info->index = cursor_u16le(&c);
	if (magic != CAB_MAGIC)
		return diag_set(d, ST_UNSUPPORTED, 0, NULL, "no cabinet");
	if (c.bad)
		return diag_set(d, ST_MALFORMED, 0, "[MS-CAB] 2.1: CFHEADER",
		    "a cabinet of %zu bytes", s.n);
	if (version != CAB_VERSION)
		return diag_set(d, ST_UNSUPPORTED, 24, "[MS-CAB] 2.1: CFHEADER",
		    "cabinet version %u.%u", version >> 8, version & 0xff);
	if (info->size > file_size || files_off < HEADER_LEN ||
	    files_off > info->size)
		return diag_set(d, ST_MALFORMED, 8, "[MS-CAB] 2.1: CFHEADER",
		    "a cabinet of %" PRIu32 " bytes with its files at "
		    "%" PRIu32 " does not fit", info->size, files_off);
	return ST_OK;
}

/*
 * The digest leaves out the checksum field at 4, and from the index of the
 * cabinet at 34 up to the last four bytes of the signer's reserve.
 */
static void
set_digest(struct cab_info *info)
{
	info->digest[0] = (struct cab_range){ 0, 4 };
	info->digest[1] = (struct cab_range){ 8, 26 };
	info->digest[2] = (struct cab_range){ SIGNED_HEADER_LEN - 4, 4 };
	info->digest[3] = (struct cab_range){ SIGNED_HEADER_LEN,
	    info->signature_off - SIGNED_HEADER_LEN };
}

/*
 * What the digest leaves out can be changed under a signature, and some of it
 * moves how the cabinet is read. So all of it is held to what signed cabinets
 * have: no checksum, the first cabinet of its set unless it says that there
 * is one before, a reserve of 20 bytes in the header and none elsewhere, and
 * a signature that ends the file.
 */
static void
check_place(struct slice head, uint64_t file_size, struct cab_info *info)
{
	static const char clause[] = "cabinet: signature";
	uint64_t end = info->signature_off + info->signature_len;
	uint32_t checksum = 0, reserves = 0, zero = 0;
	struct diag *d = &info->misplaced;

	(void)slice_u32le(head, CHECKSUM_OFF, &checksum);
	(void)slice_u32le(head, HEADER_LEN, &reserves);
	(void)slice_u32le(head, RESERVE_OFF + 12, &zero);
	if (reserves != SIGNATURE_RESERVE_LEN || zero != 0)
		diag_set(d, ST_UNTRUSTED, HEADER_LEN, clause,
		    "the reserve is not that of a signature");
	else if (checksum != 0)
		diag_set(d, ST_UNTRUSTED, CHECKSUM_OFF, clause,
		    "the header has a checksum");
	else if ((info->flags & FLAG_PREVIOUS) == 0 && info->index != 0)
		diag_set(d, ST_UNTRUSTED, INDEX_OFF, clause,
		    "cabinet %u of a set has none before it",
		    info->index);
	else if (end != file_size)
		diag_set(d, ST_UNTRUSTED, end, clause,
		    "the signature is not the end of the file");
}

/*
 * A signature that lies inside the cabinet would keep the bytes behind it
 * out of the digest.
 */
static enum status
decode_reserve(struct slice head, uint64_t file_size, struct cab_info *info,
    struct diag *d)
{
	struct cursor c = cursor_of(head);
	uint16_t reserve_len;
	uint32_t mark, off, len;

	cursor_skip(&c, HEADER_LEN);
	reserve_len = cursor_u16le(&c);
	cursor_skip(&c, 2);		/* reserves of folders and data */
	mark = cursor_u32le(&c);
	off = cursor_u32le(&c);
	len = cursor_u32le(&c);
	if (c.bad || reserve_len < SIGNATURE_RESERVE_LEN ||
	    mark != SIGNATURE_MARK || len == 0)
		return ST_OK;		/* somebody else's reserve */
	if (off < info->size || off < SIGNED_HEADER_LEN || off > file_size ||
	    len > file_size - off)
		return diag_set(d, ST_MALFORMED, RESERVE_OFF + 4,
		    "cabinet: signature", "a signature of %" PRIu32
		    " bytes at %" PRIu32 " does not fit", len, off);
	info->signature_off = off;
	info->signature_len = len;
	set_digest(info);
	check_place(head, file_size, info);
	return ST_OK;
}

enum status
cab_read(const struct source *src, struct cab_info *out, struct diag *d)
{
	uint8_t head[SIGNED_HEADER_LEN];
	size_t n = src->size < sizeof(head) ? (size_t)src->size :
	    sizeof(head);
	struct cab_info info = { 0 };
	struct slice s;
	enum status st;

	st = source_read(src, 0, head, n, d);
	if (st != ST_OK)
		return st;
	s = slice_of(head, n, 0);
	st = decode_header(s, src->size, &info, d);
	if (st == ST_OK && (info.flags & FLAG_RESERVE_PRESENT) != 0)
		st = decode_reserve(s, src->size, &info, d);
	if (st == ST_OK)
		*out = info;
	return st;
}
