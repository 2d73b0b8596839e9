/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/regf.h"
#include "base/alloc.h"
#include "base/utf.h"
#include "formats/regf_impl.h"
#include "formats/regf_index.h"

#include <inttypes.h>
#include <stdlib.h>

#define HEADER_LEN	512		/* of the base block, with checksum */
#define CELL_ALIGN	8
#define CELL_SIZE_LEN	4

/* Versions in use: NT 4.0 (1.3) to Windows 10 (1.6). */
#define MAJOR		1
#define MINOR_MIN	3
#define MINOR_MAX	6
#define MINOR_BIG_DATA	4
#define MINOR_LAYERED	6

/* Longest name of a value in units; in UTF-8 a unit takes up to 3 bytes. */
#define NAME_MAX_UNITS	UINT16_MAX
#define NAME_MAX_TEXT	(3 * NAME_MAX_UNITS)

#define REPLACEMENT	"\xef\xbf\xbd"	/* U+FFFD */

enum status
regf_cell_open(struct regf *h, uint32_t off, struct regf_cell *out,
    struct diag *d)
{
	uint64_t at = (uint64_t)REGF_BASE_LEN + off, room;
	struct slice s;
	uint32_t raw = 0, size;
	enum status st;

	if (off % CELL_ALIGN != 0)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, "regf: cell",
		    "no cell can be at 0x%" PRIx32, off);
	st = regf_bins_cell(h, off, d);
	if (st != ST_OK)
		return st;
	st = window_get(h->win, at, CELL_SIZE_LEN, &s, d);
	if (st != ST_OK) {
		diag_wrap(d, "cell 0x%" PRIx32, off);
		return st;
	}
	(void)slice_u32le(s, 0, &raw);
	/* The size is a signed number, negative when the cell is in use. */
	if (raw < 0x80000000)
		return diag_set(d, ST_MALFORMED, at, "regf: cell",
		    "cell 0x%" PRIx32 " is not in use", off);
	size = 0 - raw;
	room = h->src.size - at;
	if (size < CELL_ALIGN || size % CELL_ALIGN != 0 || size > room)
		return diag_set(d, ST_MALFORMED, at, "regf: cell",
		    "cell 0x%" PRIx32 " cannot have %" PRIu32 " bytes", off,
		    size);
	st = regf_bins_hold(h, off, size, d);
	if (st != ST_OK)
		return st;
	out->fileoff = at + CELL_SIZE_LEN;
	out->len = size - CELL_SIZE_LEN;
	return ST_OK;
}

enum status
regf_cell_bytes(struct regf *h, const struct regf_cell *c, size_t at,
    size_t len, const char *what, struct slice *out, struct diag *d)
{
	if (at > c->len || len > c->len - at)
		return diag_set(d, ST_MALFORMED, c->fileoff, "regf: cell",
		    "%s does not fit into its cell of %" PRIu32 " bytes",
		    what, c->len);
	return window_get(h->win, c->fileoff + at, len, out, d);
}

enum status
regf_pass_over(struct regf *h, enum status st, const struct diag *dd,
    size_t *lost, struct diag *d)
{
	if (st == ST_MALFORMED) {
		if (h->on_damage != NULL)
			h->on_damage(h->damage_ctx, dd);
		++*lost;
		return ST_OK;
	}
	if (st != ST_OK && d != NULL)
		*d = *dd;
	return st;
}

void
regf_on_damage(struct regf *h, regf_damage_fn *fn, void *ctx)
{
	h->on_damage = fn;
	h->damage_ctx = ctx;
	regf_bins_tell(h);
}

void
regf_get_damage(const struct regf *h, regf_damage_fn **fn, void **ctx)
{
	*fn = h->on_damage;
	*ctx = h->damage_ctx;
}

/* Nearly all names are ASCII, which is UTF-8 already. */
static bool
name_is_plain(struct regf_name name)
{
	return name.latin1 && utf_is_ascii(name.bytes);
}

/* One unit of a stored name; 0 behind its end. */
static uint16_t
name_unit(struct cursor *c, bool latin1)
{
	return latin1 ? cursor_u8(c) : cursor_u16le(c);
}

/* Units up to the next NUL. */
static size_t
name_run(struct slice s, bool latin1)
{
	struct cursor c = cursor_of(s);
	size_t n = 0;

	while (name_unit(&c, latin1) != 0)
		n++;
	return n;
}

/*
 * A NUL inside a name hides the rest from programs that take it for the end;
 * here it must neither hide anything nor end the text.
 */
struct slice
regf_name_text(struct regf *h, struct regf_name name)
{
	size_t width = name.latin1 ? 1 : 2, at = 0;

	if (name_is_plain(name))
		return name.bytes;
	buf_clear(&h->text);
	for (;;) {
		struct slice rest, run;

		if (!slice_from(name.bytes, at, &rest))
			break;
		if (!slice_sub(rest, 0, name_run(rest, name.latin1) * width,
		    &run))
			break;
		if (name.latin1)
			(void)utf_from_latin1(run, &h->text);
		else
			(void)utf_from_utf16le(run, &h->text);
		at += run.n + width;
		if (at > name.bytes.n)
			break;
		(void)buf_puts(&h->text, REPLACEMENT);
	}
	return buf_slice(&h->text);
}

int
regf_name_cmp(struct regf_name name, struct slice text)
{
	struct regf_units want = regf_units_of(text);
	struct cursor c = cursor_of(name.bytes);
	size_t width = name.latin1 ? 1 : 2;
	uint16_t unit, have;

	while (regf_units_next(&want, &unit)) {
		if (cursor_left(&c) < width)
			return -1;
		have = utf_upcase(name_unit(&c, name.latin1));
		if (have != unit)
			return have < unit ? -1 : 1;
	}
	return cursor_left(&c) >= width;
}

/* XOR of what stands before it; 0 and -1 are avoided ("Base block"). */
uint32_t
regf_checksum(struct slice header)
{
	uint32_t sum = 0, word = 0;
	size_t at;

	for (at = 0; at < REGF_CHECKSUM_AT; at += 4) {
		(void)slice_u32le(header, at, &word);
		sum ^= word;
	}
	if (sum == 0)
		return 1;
	return sum == UINT32_MAX ? UINT32_MAX - 1 : sum;
}

bool
regf_checksum_ok(struct slice header)
{
	uint32_t stored = 0;

	return slice_u32le(header, REGF_CHECKSUM_AT, &stored) &&
	    stored == regf_checksum(header);
}

/*
 * What of the header makes a file unreadable here. A number that the
 * checksum does not vouch for is no reason to give up: the cells may be good.
 */
static enum status
info_supported(const struct regf_info *info, uint32_t type, struct diag *d)
{
	if (type == REGF_TYPE_LOG_1 || type == REGF_TYPE_LOG_2 ||
	    type == REGF_TYPE_LOG_NEW)
		return diag_set(d, ST_UNSUPPORTED, 28, "regf: base block",
		    "a transaction log, not a hive");
	if (!info->checksum_ok)
		return ST_OK;
	if (type != REGF_TYPE_PRIMARY)
		return diag_set(d, ST_UNSUPPORTED, 28, "regf: base block",
		    "unknown kind of file %" PRIu32, type);
	if (info->major != MAJOR || info->minor < MINOR_MIN ||
	    info->minor > MINOR_MAX)
		return diag_set(d, ST_UNSUPPORTED, 20, "regf: base block",
		    "unknown version %" PRIu32 ".%" PRIu32, info->major,
		    info->minor);
	return ST_OK;
}

/* Spec: "Base block". */
static enum status
info_decode(struct slice header, struct regf_info *info, struct diag *d)
{
	struct cursor c = cursor_of(header);
	uint32_t type;

	if (!slice_is(cursor_take(&c, 4), "regf"))
		return diag_set(d, ST_MALFORMED, 0, "regf: base block",
		    "no registry hive");
	info->sequence[0] = cursor_u32le(&c);
	info->sequence[1] = cursor_u32le(&c);
	info->written = instant_of_filetime(cursor_u64le(&c));
	info->major = cursor_u32le(&c);
	info->minor = cursor_u32le(&c);
	type = cursor_u32le(&c);
	cursor_skip(&c, 4);			/* file format */
	info->root = cursor_u32le(&c);
	info->hbins_len = cursor_u32le(&c);
	info->checksum_ok = regf_checksum_ok(header);
	info->dirty = !info->checksum_ok ||
	    info->sequence[0] != info->sequence[1];
	return info_supported(info, type, d);
}

enum status
regf_open(struct source src, struct regf **out, struct diag *d)
{
	struct regf *h = xcalloc(1, sizeof(*h));
	struct regf_key root;
	struct slice header;
	enum status st;

	h->src = src;
	h->win = window_new(src);
	h->data_left = UINT64_MAX;
	buf_init(&h->text, NAME_MAX_TEXT);
	st = window_get(h->win, 0, HEADER_LEN, &header, d);
	if (st == ST_MALFORMED)
		diag_wrap(d, "no registry hive");
	if (st == ST_OK)
		st = info_decode(header, &h->info, d);
	if (st != ST_OK)
		goto out;
	h->big_data = h->info.minor >= MINOR_BIG_DATA || !h->info.checksum_ok;
	h->layered = h->info.minor >= MINOR_LAYERED;
	regf_bins_init(h);
	st = regf_root(h, &root, d);
	if (st != ST_OK)
		goto out;
	*out = h;
	h = NULL;
out:
	regf_close(h);
	return st;
}

void
regf_long_list_fini(struct regf_long_list *l)
{
	if (l->index == NULL)
		return;
	regf_index_free(l->index);
	free(l->it.entries);
	free(l->bad);
	*l = (struct regf_long_list){ .index = NULL };
}

void
regf_close(struct regf *h)
{
	size_t i;

	if (h == NULL)
		return;
	for (i = 0; i < REGF_LONG_LISTS; i++)
		regf_long_list_fini(&h->long_lists[i]);
	window_free(h->win);
	free(h->bins);
	free(h->ahead.p);
	buf_fini(&h->text);
	free(h);
}

const struct regf_info *
regf_info(const struct regf *h)
{
	return &h->info;
}

const char *
regf_type_name(uint32_t type)
{
	static const char *const names[] = {
		[REGF_NONE] = "REG_NONE",
		[REGF_SZ] = "REG_SZ",
		[REGF_EXPAND_SZ] = "REG_EXPAND_SZ",
		[REGF_BINARY] = "REG_BINARY",
		[REGF_DWORD] = "REG_DWORD",
		[REGF_DWORD_BE] = "REG_DWORD_BIG_ENDIAN",
		[REGF_LINK] = "REG_LINK",
		[REGF_MULTI_SZ] = "REG_MULTI_SZ",
		[REGF_RESOURCE_LIST] = "REG_RESOURCE_LIST",
		[REGF_FULL_RESOURCE_DESCRIPTOR] =
		    "REG_FULL_RESOURCE_DESCRIPTOR",
		[REGF_RESOURCE_REQUIREMENTS_LIST] =
		    "REG_RESOURCE_REQUIREMENTS_LIST",
		[REGF_QWORD] = "REG_QWORD",
	};

	if (type >= sizeof(names) / sizeof(names[0]))
		return NULL;
	return names[type];
}
