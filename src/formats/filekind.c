/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/filekind.h"

#include "base/utf.h"
#include "formats/msi.h"

#include <string.h>

#define HEAD_LEN	4096		/* bytes that every bid may look at */

/* DER: X.690 8.1.2 and 8.1.3. */
#define DER_INTEGER	0x02
#define DER_OID		0x06
#define DER_SEQUENCE	0x30
#define DER_SET		0x31
#define DER_CONTEXT_0	0xa0

struct candidate {
	struct slice		 head;
	const struct source	*src;
	enum status		 st;	/* of reading beyond the head */
	struct diag		*d;
};

/* Bytes that only this bid needs; false when the file has none there. */
static bool
look(struct candidate *f, uint64_t off, void *p, size_t len)
{
	enum status st = source_read(f->src, off, p, len, f->d);

	if (st != ST_OK && st != ST_MALFORMED)
		f->st = st;
	return st == ST_OK;
}

static bool
bid_pe(struct candidate *f)
{
	uint16_t magic;
	uint32_t off;
	uint8_t sig[4];

	return slice_u16le(f->head, 0, &magic) && magic == 0x5a4d &&
	    slice_u32le(f->head, 0x3c, &off) &&
	    look(f, off, sig, sizeof(sig)) &&
	    slice_equal(slice_of(sig, sizeof(sig), 0),
	    slice_of("PE\0", 4, 0));
}

/*
 * The class of the root storage stands in the first entry of the first
 * sector of the directory.
 *
 * Spec:    [MS-CFB] 2.2 and 2.6.3
 */
static bool
bid_compound(struct candidate *f, enum msi_kind kind)
{
	uint8_t clsid[CFB_CLSID_BYTES];
	uint64_t magic;
	uint16_t shift;
	uint32_t dir;

	return slice_u64le(f->head, 0, &magic) &&
	    magic == 0xe11ab1a1e011cfd0u &&
	    slice_u16le(f->head, 30, &shift) && (shift == 9 || shift == 12) &&
	    slice_u32le(f->head, 48, &dir) &&
	    look(f, (((uint64_t)dir + 1) << shift) + 80, clsid,
	    sizeof(clsid)) && msi_kind_of_clsid(clsid) == kind;
}

static bool
bid_msi(struct candidate *f)
{
	return bid_compound(f, MSI_DATABASE);
}

static bool
bid_msp(struct candidate *f)
{
	return bid_compound(f, MSI_PATCH);
}

static bool
bid_cab(struct candidate *f)
{
	struct slice magic;

	return slice_sub(f->head, 0, 4, &magic) && slice_is(magic, "MSCF");
}

/*
 * Enter a DER element: its tag must be TAG, and its contents, of which HEAD
 * may hold only the beginning, come next.
 *
 * Out:     *LEN in bytes.
 */
static bool
der_enter(struct cursor *c, uint8_t tag, uint32_t *len)
{
	uint8_t got = cursor_u8(c), n = cursor_u8(c);

	*len = n;
	if (n > 0x80 && n <= 0x84)
		for (*len = 0, n &= 0x7f; n > 0; n--)
			*len = *len << 8 | cursor_u8(c);
	else if (n >= 0x80)
		return false;
	return !c->bad && got == tag;
}

static bool
der_oid_is(struct cursor *c, const char *oid)
{
	uint32_t len;

	return der_enter(c, DER_OID, &len) &&
	    slice_is(cursor_take(c, len), oid);
}

/*
 * ContentInfo of SignedData, up to the type of what is signed.
 *
 * Spec:    RFC 2315, 7 and 9.1
 */
static bool
enter_signed_data(struct candidate *f, struct cursor *c)
{
	uint32_t len;

	*c = cursor_of(f->head);
	/* 1.2.840.113549.1.7.2 */
	if (!der_enter(c, DER_SEQUENCE, &len) ||
	    !der_oid_is(c, "\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02") ||
	    !der_enter(c, DER_CONTEXT_0, &len) ||
	    !der_enter(c, DER_SEQUENCE, &len) ||
	    !der_enter(c, DER_INTEGER, &len))
		return false;
	cursor_skip(c, len);
	if (!der_enter(c, DER_SET, &len))
		return false;
	cursor_skip(c, len);
	return der_enter(c, DER_SEQUENCE, &len);
}

static bool
bid_cat(struct candidate *f)
{
	struct cursor c;

	/* 1.3.6.1.4.1.311.10.1: a certificate trust list. */
	return enter_signed_data(f, &c) &&
	    der_oid_is(&c, "\x2b\x06\x01\x04\x01\x82\x37\x0a\x01");
}

static bool
bid_pkcs7(struct candidate *f)
{
	struct cursor c;

	return enter_signed_data(f, &c);
}

/*
 * The first bid that says yes has it: no two of them want the same file but
 * the last, which takes any PKCS#7.
 */
static const struct {
	enum filekind	 kind;
	const char	*name;
	bool		(*bid)(struct candidate *f);
} formats[] = {
	{ FILEKIND_PE, "pe", bid_pe },
	{ FILEKIND_MSI, "msi", bid_msi },
	{ FILEKIND_MSP, "msp", bid_msp },
	{ FILEKIND_CAB, "cab", bid_cab },
	{ FILEKIND_CAT, "cat", bid_cat },
	{ FILEKIND_PKCS7, "pkcs7", bid_pkcs7 },
};

#define FORMAT_COUNT	(sizeof(formats) / sizeof(formats[0]))

enum status
filekind_of(const struct source *src, enum filekind *out, struct diag *d)
{
	uint8_t head[HEAD_LEN];
	size_t n = src->size < HEAD_LEN ? (size_t)src->size : HEAD_LEN, i;
	struct candidate f = { .src = src, .d = d };
	enum filekind kind = FILEKIND_OTHER;

	f.st = source_read(src, 0, head, n, d);
	f.head = slice_of(head, n, 0);
	for (i = 0; f.st == ST_OK && i < FORMAT_COUNT; i++)
		if (formats[i].bid(&f)) {
			kind = formats[i].kind;
			break;
		}
	if (f.st == ST_OK)
		*out = kind;
	return f.st;
}

enum filekind
filekind_named(const char *path)
{
	static const struct {
		const char	*end;
		enum filekind	 kind;
	} names[] = {
		{ ".exe", FILEKIND_PE }, { ".dll", FILEKIND_PE },
		{ ".msi", FILEKIND_MSI }, { ".msp", FILEKIND_MSP },
	};
	size_t i, n = strlen(path);

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (n > strlen(names[i].end) && utf_casecmp(path + n -
		    strlen(names[i].end), names[i].end) == 0)
			return names[i].kind;
	return FILEKIND_OTHER;
}

bool
filekind_fits(const char *path, enum filekind kind)
{
	enum filekind named = filekind_named(path);

	if (named == FILEKIND_MSI || named == FILEKIND_MSP)
		return kind == FILEKIND_MSI || kind == FILEKIND_MSP;
	return named == FILEKIND_OTHER || named == kind;
}

const char *
filekind_name(enum filekind kind)
{
	size_t i;

	for (i = 0; i < FORMAT_COUNT; i++)
		if (formats[i].kind == kind)
			return formats[i].name;
	return "other";
}
