/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/msi.h"
#include "formats/codepage.h"
#include "base/limits.h"

#include <inttypes.h>
#include <stdlib.h>

#define SUMMARY_NAME	"\005SummaryInformation"

/* [MS-OLEPS] 2.21, PropertySetStream, and 2.20, PropertySet. */
#define ORDER_MARK	0xfffe
#define SET_HEADER_LEN	8
#define SET_ENTRY_LEN	8

/* [MS-OLEPS] 2.15, TypedPropertyValue. */
#define VT_I2		2
#define VT_I4		3
#define VT_LPSTR	30

/* [MS-OLEPS] 3.1 and Windows Installer, "Summary Property Descriptions". */
#define PID_CODEPAGE	1
#define PID_TITLE	2
#define PID_SUBJECT	3
#define PID_AUTHOR	4
#define PID_KEYWORDS	5
#define PID_COMMENTS	6
#define PID_TEMPLATE	7
#define PID_LAST_AUTHOR	8
#define PID_REVISION	9
#define PID_WORD_COUNT	15
#define PID_SECURITY	19

/* One property set: its bytes, and how many properties they begin with. */
struct set {
	struct slice	bytes;
	uint32_t	count;
};

/* Where a text belongs; NULL for a property that nobody asks for. */
static char **
text_field(struct msi_summary *s, uint32_t pid)
{
	switch (pid) {
	case PID_TITLE:
		return &s->title;
	case PID_SUBJECT:
		return &s->subject;
	case PID_AUTHOR:
		return &s->author;
	case PID_KEYWORDS:
		return &s->keywords;
	case PID_COMMENTS:
		return &s->comments;
	case PID_TEMPLATE:
		return &s->template;
	case PID_LAST_AUTHOR:
		return &s->last_author;
	case PID_REVISION:
		return &s->revision;
	default:
		return NULL;
	}
}

static int32_t *
number_field(struct msi_summary *s, uint32_t pid)
{
	switch (pid) {
	case PID_WORD_COUNT:
		return &s->word_count;
	case PID_SECURITY:
		return &s->security;
	default:
		return NULL;
	}
}

/* Spec:    [MS-OLEPS] 2.21, "PropertySetStream". */
static enum status
find_set(struct slice stream, struct set *out, struct diag *d)
{
	static const uint8_t format[] = { 0xe0, 0x85, 0x9f, 0xf2, 0xf9, 0x4f,
	    0x68, 0x10, 0xab, 0x91, 0x08, 0x00, 0x2b, 0x27, 0xb3, 0xd9 };
	struct cursor c = cursor_of(stream);
	uint16_t order = cursor_u16le(&c);
	struct slice got;
	struct set set;
	uint32_t off;

	cursor_skip(&c, 2 + 4 + 16 + 4);	/* version, system, class,
						   number of sets */
	got = cursor_take(&c, sizeof(format));
	off = cursor_u32le(&c);
	if (c.bad || order != ORDER_MARK ||
	    !slice_equal(got, slice_of(format, sizeof(format), 0)) ||
	    !slice_from(stream, off, &set.bytes) ||
	    !slice_u32le(set.bytes, 4, &set.count))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "[MS-OLEPS] 2.21: PropertySetStream",
		    "bad summary information");
	if (set.count > MSI_MAX_PROPERTIES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: MSI_MAX_PROPERTIES", "%" PRIu32 " properties",
		    set.count);
	*out = set;
	return ST_OK;
}

/* The I-th property: its identifier, its type, and the bytes behind. */
static enum status
property_at(const struct set *set, uint32_t i, uint32_t *pid,
    uint16_t *type, struct cursor *value, struct diag *d)
{
	struct slice entry, bytes;
	uint32_t off = 0;

	if (slice_sub(set->bytes, SET_HEADER_LEN + (size_t)i * SET_ENTRY_LEN,
	    SET_ENTRY_LEN, &entry) && slice_u32le(entry, 0, pid) &&
	    slice_u32le(entry, 4, &off) &&
	    slice_from(set->bytes, off, &bytes)) {
		*value = cursor_of(bytes);
		*type = cursor_u16le(value);
		cursor_skip(value, 2);
		if (!value->bad)
			return ST_OK;
	}
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
	    "[MS-OLEPS] 2.20: PropertySet", "property %" PRIu32
	    " sticks out", i);
}

/* Spec:    [MS-OLEPS] 2.5, "CodePageString". */
static enum status
read_text(unsigned codepage, struct cursor *c, char **out, struct diag *d)
{
	uint32_t len = cursor_u32le(c), n;
	struct cursor all = cursor_of(cursor_take(c, len)), seen = all;
	struct buf text;

	if (c->bad || *out != NULL)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "[MS-OLEPS] 2.5: CodePageString", "bad text");
	for (n = 0; n < len && cursor_u8(&seen) != 0; n++)
		;
	buf_init(&text, TEXT_MAX);
	if (!codepage_decode(codepage, cursor_take(&all, n), &text)) {
		buf_fini(&text);
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, "limit: TEXT_MAX",
		    "text of %" PRIu32 " bytes", len);
	}
	*out = buf_take(&text);
	return ST_OK;
}

static enum status
read_property(const struct set *set, uint32_t i, struct msi_summary *s,
    struct diag *d)
{
	struct cursor value = { 0 };
	uint32_t pid = 0;
	uint16_t type = 0;
	char **text;
	int32_t *number;
	enum status st = property_at(set, i, &pid, &type, &value, d);

	if (st != ST_OK)
		return st;
	text = text_field(s, pid);
	number = number_field(s, pid);
	if (text != NULL && type == VT_LPSTR)
		st = read_text(s->codepage, &value, text, d);
	else if (number != NULL && type == VT_I4)
		*number = (int32_t)cursor_u32le(&value);
	else if (number != NULL && type == VT_I2)
		*number = (int16_t)cursor_u16le(&value);
	else if (text != NULL || number != NULL)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE,
		    "Windows Installer: summary", "type %u", type);
	if (st != ST_OK)
		diag_wrap(d, "property %" PRIu32, pid);
	return st;
}

/* The code page may stand anywhere among the texts that need it. */
static enum status
read_codepage(const struct set *set, unsigned *out, struct diag *d)
{
	struct cursor value = { 0 };
	uint32_t pid = 0, i;
	uint16_t type = 0;
	enum status st = ST_OK;

	for (i = 0; i < set->count && st == ST_OK; i++) {
		st = property_at(set, i, &pid, &type, &value, d);
		if (st == ST_OK && pid == PID_CODEPAGE && type == VT_I2)
			*out = cursor_u16le(&value);
	}
	return st;
}

static enum status
decode_summary(struct slice stream, struct msi_summary *out, struct diag *d)
{
	struct msi_summary s = { 0 };
	struct set set = { 0 };
	enum status st = find_set(stream, &set, d);
	uint32_t i;

	if (st == ST_OK)
		st = read_codepage(&set, &s.codepage, d);
	for (i = 0; i < set.count && st == ST_OK; i++)
		st = read_property(&set, i, &s, d);
	if (st != ST_OK) {
		msi_summary_fini(&s);
		return st;
	}
	*out = s;
	return ST_OK;
}

enum status
msi_summary(struct msi *m, struct msi_summary *out, struct diag *d)
{
	struct cfb *cfb = msi_cfb(m);
	const struct cfb_entry *e = cfb_find(cfb, cfb_root(cfb),
	    SUMMARY_NAME);
	struct source src;
	struct buf b;
	enum status st;

	if (e == NULL || e->kind != CFB_STREAM)
		return ST_ABSENT;
	st = cfb_stream(cfb, e, &src, d);
	if (st != ST_OK)
		return st;
	if (src.size > MSI_MAX_SUMMARY_BYTES)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: MSI_MAX_SUMMARY_BYTES", "summary of %" PRIu64
		    " bytes", src.size);
	buf_init(&b, MSI_MAX_SUMMARY_BYTES);
	st = source_read(&src, 0, buf_extend(&b, (size_t)src.size),
	    (size_t)src.size, d);
	if (st == ST_OK)
		st = decode_summary(buf_slice(&b), out, d);
	if (st != ST_OK)
		diag_wrap(d, "summary information");
	buf_fini(&b);
	return st;
}

void
msi_summary_fini(struct msi_summary *s)
{
	uint32_t pid;

	for (pid = PID_TITLE; pid <= PID_REVISION; pid++)
		free(*text_field(s, pid));
	*s = (struct msi_summary){ 0 };
}
