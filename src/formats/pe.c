/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/pe.h"
#include "base/alloc.h"
#include "base/limits.h"

#include <inttypes.h>
#include <stdlib.h>

/* "PE Format", MS-DOS stub and Signature. */
#define DOS_HEADER_LEN		64
#define DOS_LFANEW		0x3c
#define DOS_MAGIC		0x5a4d		/* "MZ" */
#define NT_SIGNATURE		0x4550		/* "PE\0\0" */

/* COFF File Header, behind the signature. */
#define COFF_OFF		4
#define COFF_LEN		20

/* Optional Header: Magic, and what PE32+ moves. */
#define MAGIC_PE32		0x10b
#define MAGIC_PE32_PLUS		0x20b
#define OPT_SECTION_ALIGNMENT	32
#define OPT_HEADERS_LEN		60		/* SizeOfHeaders */
#define OPT_CHECKSUM		64
#define OPT_DIRECTORY_COUNT	92		/* NumberOfRvaAndSizes */
#define OPT_DIRECTORY_COUNT_PLUS 108
#define DIRECTORY_LEN		8
#define PAGE_LEN		0x1000u
#define SECTOR_LEN		0x200u		/* of the Windows loader */
#define TABLE_ALIGN		8

#define SECTION_LEN		40

/* The .rsrc Section. */
#define RESOURCE_DIR_LEN	16
#define RESOURCE_ENTRY_LEN	8
#define RESOURCE_DATA_LEN	16
#define RESOURCE_FLAG		0x80000000u	/* a subdirectory; a name */
#define RESOURCE_DEPTH		3		/* type, name, language */
#define RT_VERSION		16

/*
 * VS_VERSIONINFO: three numbers and L"VS_VERSION_INFO" with its NUL make 38
 * bytes; the value starts at the next multiple of four.
 */
#define VERSION_HEAD_LEN	6
#define VERSION_VALUE_LEN	2
#define VERSION_VALUE		40
#define FIXED_LEN		52
#define FIXED_MAGIC		0xfeef04bdu

struct section {
	uint32_t	rva;
	uint32_t	fileoff;
	uint32_t	len;		/* bytes in the file */
};

struct directory {
	uint32_t	rva;		/* a file offset in directory 4 */
	uint32_t	len;
};

struct pe {
	struct window		*w;
	struct pe_info		 info;
	struct directory	 resource;
	struct section		 sections[PE_MAX_SECTIONS];
	size_t			 section_count;
};

/* What the headers say before the tables that they announce are read. */
struct headers {
	uint16_t	section_count;
	uint64_t	opt_off;
	uint16_t	opt_len;
	uint32_t	alignment;	/* of sections in memory */
	uint32_t	loaded_len;	/* bytes of headers in memory */
};

/* Find the "PE" header, or say that this is something else. */
static enum status
find_signature(struct pe *pe, uint64_t *off, struct diag *d)
{
	struct slice s;
	uint16_t magic = 0;
	uint32_t lfanew = 0, sig = 0;
	enum status st;

	if (window_size(pe->w) < DOS_HEADER_LEN)
		return diag_set(d, ST_UNSUPPORTED, 0, NULL,
		    "too short for an executable");
	st = window_get(pe->w, 0, DOS_HEADER_LEN, &s, d);
	if (st != ST_OK)
		return st;
	(void)slice_u16le(s, 0, &magic);
	(void)slice_u32le(s, DOS_LFANEW, &lfanew);
	if (magic != DOS_MAGIC)
		return diag_set(d, ST_UNSUPPORTED, 0, NULL, "no executable");

	/* In an MS-DOS program the place of e_lfanew holds anything. */
	st = window_get(pe->w, lfanew, sizeof(sig), &s, d);
	if (st == ST_OK)
		(void)slice_u32le(s, 0, &sig);
	else if (st != ST_MALFORMED)
		return st;
	if (sig != NT_SIGNATURE)
		return diag_set(d, ST_UNSUPPORTED, lfanew, NULL,
		    "no \"PE\" header: a 16-bit program, or cut short");
	*off = lfanew;
	return ST_OK;
}

/* Spec:    PE Format, "COFF File Header". */
static enum status
read_coff(struct pe *pe, uint64_t sig_off, struct headers *h,
    struct diag *d)
{
	struct cursor c;
	struct slice s;
	enum status st;

	st = window_get(pe->w, sig_off + COFF_OFF, COFF_LEN, &s, d);
	if (st != ST_OK) {
		diag_wrap(d, "COFF header");
		return st;
	}
	c = cursor_of(s);
	pe->info.machine = cursor_u16le(&c);
	h->section_count = cursor_u16le(&c);
	cursor_skip(&c, 12);		/* time stamp, symbol table */
	h->opt_len = cursor_u16le(&c);
	h->opt_off = sig_off + COFF_OFF + COFF_LEN;
	return ST_OK;
}

/*
 * One data directory; an absent one is left zero.
 *
 * In:      COUNT_OFF is the place of NumberOfRvaAndSizes, behind which the
 *          directories follow.
 * Out:     *ENTRY_OFF is where the file keeps it, 0 when it has none.
 */
static enum status
read_directory(struct slice opt, size_t count_off, unsigned no,
    struct directory *out, uint64_t *entry_off, struct diag *d)
{
	struct slice entry;
	uint32_t count = 0;

	if (!slice_u32le(opt, count_off, &count))
		return diag_set(d, ST_MALFORMED, opt.fileoff,
		    "PE Format: Optional Header",
		    "optional header of %zu bytes", opt.n);
	*out = (struct directory){ 0 };
	*entry_off = 0;
	if (no >= count)
		return ST_OK;
	if (!slice_sub(opt, count_off + 4 + no * DIRECTORY_LEN,
	    DIRECTORY_LEN, &entry))
		return diag_set(d, ST_MALFORMED, opt.fileoff,
		    "PE Format: Optional Header Data Directories",
		    "%u data directories do not fit", count);
	(void)slice_u32le(entry, 0, &out->rva);
	(void)slice_u32le(entry, 4, &out->len);
	*entry_off = entry.fileoff;
	return ST_OK;
}

/* Spec:    PE Format, "Optional Header". */
static enum status
read_optional(struct pe *pe, struct headers *h,
    struct directory *security, struct diag *d)
{
	struct slice opt;
	uint16_t magic = 0;
	uint64_t unused;
	size_t count_off;
	enum status st;

	st = window_get(pe->w, h->opt_off, h->opt_len, &opt, d);
	if (st != ST_OK) {
		diag_wrap(d, "optional header");
		return st;
	}
	(void)slice_u16le(opt, 0, &magic);
	if (magic != MAGIC_PE32 && magic != MAGIC_PE32_PLUS)
		return diag_set(d, ST_UNSUPPORTED, h->opt_off,
		    "PE Format: Optional Header", "magic 0x%x", magic);
	pe->info.plus = magic == MAGIC_PE32_PLUS;
	pe->info.checksum_off = h->opt_off + OPT_CHECKSUM;
	/* One that is too short is told with the directories. */
	(void)slice_u32le(opt, OPT_SECTION_ALIGNMENT, &h->alignment);
	(void)slice_u32le(opt, OPT_HEADERS_LEN, &h->loaded_len);
	count_off = pe->info.plus ? OPT_DIRECTORY_COUNT_PLUS :
	    OPT_DIRECTORY_COUNT;
	st = read_directory(opt, count_off, PE_DIRECTORY_RESOURCE,
	    &pe->resource, &unused, d);
	if (st != ST_OK)
		return st;
	return read_directory(opt, count_off, PE_DIRECTORY_SECURITY,
	    security, &pe->info.security_entry_off, d);
}

/* Spec:    PE Format, "Section Table (Section Headers)". */
static enum status
read_sections(struct pe *pe, const struct headers *h, struct diag *d)
{
	uint64_t off = h->opt_off + h->opt_len;
	struct cursor c;
	struct slice s;
	enum status st;
	size_t i;

	if (h->section_count > PE_MAX_SECTIONS)
		return diag_set(d, ST_LIMIT, off, "limit: PE_MAX_SECTIONS",
		    "%u sections", h->section_count);
	st = window_get(pe->w, off, (size_t)h->section_count * SECTION_LEN,
	    &s, d);
	if (st != ST_OK) {
		diag_wrap(d, "section table");
		return st;
	}
	c = cursor_of(s);
	for (i = 0; i < h->section_count; i++) {
		struct section *sec = &pe->sections[i];

		cursor_skip(&c, 12);	/* Name, VirtualSize */
		sec->rva = cursor_u32le(&c);
		sec->len = cursor_u32le(&c);
		sec->fileoff = cursor_u32le(&c);
		cursor_skip(&c, 16);
	}
	pe->section_count = h->section_count;
	return ST_OK;
}

/*
 * Where SECTION begins to be loaded from: the loader counts in sectors, but
 * for an image that it maps as it lies.
 */
static uint64_t
loaded_from(const struct headers *h, const struct section *s)
{
	return h->alignment < PAGE_LEN ? s->fileoff :
	    s->fileoff - s->fileoff % SECTOR_LEN;
}

/*
 * A digest leaves out the table wherever it lies, and the checksum and the
 * directory entry before it. So that nothing of these can be loaded, the
 * table ends the file, but for what would pad it, and lies behind all that is
 * mapped; and no section begins before the directory entry ends.
 */
static void
check_place(struct pe *pe, const struct headers *h)
{
	static const char clause[] =
	    "PE Format: The Attribute Certificate Table";
	const struct pe_info *info = &pe->info;
	uint64_t at = info->security_off, end = at + info->security_len;
	struct diag *d = &pe->info.misplaced;
	size_t i;

	if (at < h->loaded_len)
		diag_set(d, ST_UNTRUSTED, at, clause,
		    "the certificate table lies inside the headers");
	else if (window_size(pe->w) - end >= TABLE_ALIGN)
		diag_set(d, ST_UNTRUSTED, at, clause,
		    "the certificate table is not the end of the file");
	for (i = 0; i < pe->section_count; i++) {
		const struct section *s = &pe->sections[i];

		if (s->fileoff == 0 || s->len == 0)
			continue;	/* has no bytes in the file */
		if (at < (uint64_t)s->fileoff + s->len)
			diag_set(d, ST_UNTRUSTED, at, clause, "the "
			    "certificate table is not behind section %zu",
			    i + 1);
		if (loaded_from(h, s) < info->security_entry_off +
		    DIRECTORY_LEN)
			diag_set(d, ST_UNTRUSTED, s->fileoff, clause,
			    "section %zu is loaded from the headers", i + 1);
	}
}

/*
 * The certificate table is found by a file offset. One that lies over the
 * headers would take bytes out of the digest that Windows hashes.
 *
 * Spec:    PE Format, "The Attribute Certificate Table"
 */
static enum status
check_security(struct pe *pe, const struct headers *h,
    struct directory table, struct diag *d)
{
	uint64_t size = window_size(pe->w);
	uint64_t headers_end = h->opt_off + h->opt_len +
	    (uint64_t)h->section_count * SECTION_LEN;

	if (table.len == 0)
		return ST_OK;
	if (table.rva < headers_end || table.rva > size ||
	    table.len > size - table.rva)
		return diag_set(d, ST_MALFORMED, pe->info.security_entry_off,
		    "PE Format: The Attribute Certificate Table",
		    "%u bytes of certificates at %u do not fit", table.len,
		    table.rva);
	pe->info.security_off = table.rva;
	pe->info.security_len = table.len;
	check_place(pe, h);
	return ST_OK;
}

enum status
pe_open(struct source src, struct pe **out, struct diag *d)
{
	struct pe *pe = xcalloc(1, sizeof(*pe));
	struct directory security = { 0 };
	struct headers h = { 0 };
	uint64_t sig_off = 0;
	enum status st;

	pe->w = window_new(src);
	st = find_signature(pe, &sig_off, d);
	if (st == ST_OK)
		st = read_coff(pe, sig_off, &h, d);
	if (st == ST_OK)
		st = read_optional(pe, &h, &security, d);
	if (st == ST_OK)
		st = read_sections(pe, &h, d);
	if (st == ST_OK)
		st = check_security(pe, &h, security, d);
	if (st != ST_OK) {
		pe_close(pe);
		return st;
	}
	*out = pe;
	return ST_OK;
}

void
pe_close(struct pe *pe)
{
	if (pe == NULL)
		return;
	window_free(pe->w);
	free(pe);
}

const struct pe_info *
pe_info(const struct pe *pe)
{
	return &pe->info;
}

/* LEN bytes at RVA, by way of the first section that has them. */
static enum status
rva_get(struct pe *pe, uint64_t rva, size_t len, struct slice *out,
    struct diag *d)
{
	size_t i;

	for (i = 0; i < pe->section_count; i++) {
		const struct section *s = &pe->sections[i];
		uint64_t in = rva - s->rva;

		if (rva >= s->rva && in <= s->len && len <= s->len - in)
			return window_get(pe->w, s->fileoff + in, len, out,
			    d);
	}
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
	    "PE Format: Section Table", "no section has the %zu bytes at "
	    "address 0x%" PRIx64, len, rva);
}

/*
 * Spec:    Win32, VS_VERSIONINFO and VS_FIXEDFILEINFO
 * Returns: ST_OK; ST_ABSENT when there is no fixed part; ST_MALFORMED;
 *          ST_IO.
 */
static enum status
read_version(struct pe *pe, uint32_t rva, struct pe_version *out,
    struct diag *d)
{
	uint32_t magic, file[2], product[2], mask, flags;
	uint16_t value_len = 0;
	struct cursor c;
	struct slice s;
	enum status st;

	st = rva_get(pe, rva, VERSION_HEAD_LEN, &s, d);
	if (st != ST_OK)
		return st;
	(void)slice_u16le(s, VERSION_VALUE_LEN, &value_len);
	if (value_len == 0)
		return ST_ABSENT;
	st = rva_get(pe, (uint64_t)rva + VERSION_VALUE, FIXED_LEN, &s, d);
	if (st != ST_OK)
		return st;
	c = cursor_of(s);
	magic = cursor_u32le(&c);
	cursor_skip(&c, 4);		/* dwStrucVersion */
	file[0] = cursor_u32le(&c);
	file[1] = cursor_u32le(&c);
	product[0] = cursor_u32le(&c);
	product[1] = cursor_u32le(&c);
	mask = cursor_u32le(&c);
	flags = cursor_u32le(&c);
	if (c.bad || magic != FIXED_MAGIC || value_len < FIXED_LEN)
		return diag_set(d, ST_MALFORMED, s.fileoff,
		    "Win32: VS_FIXEDFILEINFO", "no fixed file information");
	out->file = version_of(file[0] >> 16, file[0] & 0xffff,
	    file[1] >> 16, file[1] & 0xffff);
	out->product = version_of(product[0] >> 16, product[0] & 0xffff,
	    product[1] >> 16, product[1] & 0xffff);
	out->flags = flags & mask;
	return ST_OK;
}

/* A walk over the resource tree, down to a version with a fixed part. */
struct walk {
	struct pe	*pe;
	size_t		 budget;	/* entries that may still be seen */
};

/* LEN bytes of the resource tree, whose offsets count from its start. */
static enum status
tree_get(struct walk *k, uint32_t off, size_t len, struct slice *out,
    struct diag *d)
{
	return rva_get(k->pe, (uint64_t)k->pe->resource.rva + off, len, out,
	    d);
}

static enum status
walk_leaf(struct walk *k, uint32_t off, struct pe_version *out,
    struct diag *d)
{
	uint32_t rva = 0, len = 0;
	struct slice s;
	enum status st;

	st = tree_get(k, off, RESOURCE_DATA_LEN, &s, d);
	if (st != ST_OK)
		return st;
	(void)slice_u32le(s, 0, &rva);
	(void)slice_u32le(s, 4, &len);
	if (len < VERSION_HEAD_LEN)
		return ST_ABSENT;
	return read_version(k->pe, rva, out, d);
}

static enum status	walk_directory(struct walk *, uint32_t, unsigned,
			    struct pe_version *, struct diag *);

/*
 * One entry of a directory at LEVEL: types, then names, then languages.
 *
 * Returns: ST_OK when the version is below it; ST_ABSENT when not;
 *          ST_MALFORMED; ST_LIMIT; ST_IO.
 */
static enum status
walk_entry(struct walk *k, uint32_t off, unsigned level,
    struct pe_version *out, struct diag *d)
{
	uint32_t id = 0, to = 0;
	struct slice s;
	enum status st;

	if (k->budget-- == 0)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: PE_MAX_RESOURCES", "too many resources");
	st = tree_get(k, off, RESOURCE_ENTRY_LEN, &s, d);
	if (st != ST_OK)
		return st;
	(void)slice_u32le(s, 0, &id);
	(void)slice_u32le(s, 4, &to);
	if (level == 0 && id != RT_VERSION)
		return ST_ABSENT;
	if (((to & RESOURCE_FLAG) != 0) != (level + 1 < RESOURCE_DEPTH))
		return diag_set(d, ST_MALFORMED, s.fileoff,
		    "PE Format: The .rsrc Section",
		    "resource tree is not %d levels deep", RESOURCE_DEPTH);
	if (level + 1 < RESOURCE_DEPTH)
		return walk_directory(k, to & ~RESOURCE_FLAG, level + 1, out,
		    d);
	return walk_leaf(k, to, out, d);
}

static enum status
walk_directory(struct walk *k, uint32_t off, unsigned level,
    struct pe_version *out, struct diag *d)
{
	uint16_t named = 0, ids = 0;
	struct slice s;
	enum status st;
	uint32_t i;

	st = tree_get(k, off, RESOURCE_DIR_LEN, &s, d);
	if (st != ST_OK)
		return st;
	(void)slice_u16le(s, 12, &named);
	(void)slice_u16le(s, 14, &ids);
	for (i = 0; i < (uint32_t)named + ids; i++) {
		/* OFF has 31 bits and i 17: no wrap. */
		st = walk_entry(k, off + RESOURCE_DIR_LEN +
		    i * RESOURCE_ENTRY_LEN, level, out, d);
		if (st != ST_ABSENT)
			return st;
	}
	return ST_ABSENT;
}

enum status
pe_version(struct pe *pe, struct pe_version *out, struct diag *d)
{
	struct walk k = { .pe = pe, .budget = PE_MAX_RESOURCES };
	struct pe_version v;
	enum status st;

	/* Windows does not ask the length either. */
	if (pe->resource.rva == 0)
		return ST_ABSENT;
	st = walk_directory(&k, 0, 0, &v, d);
	if (st == ST_OK)
		*out = v;
	else if (st != ST_ABSENT)
		diag_wrap(d, "version resource");
	return st;
}
