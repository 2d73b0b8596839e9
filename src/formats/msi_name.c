/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/msi_name.h"
#include "base/utf.h"

/*
 * A coded name begins with NAME_TABLE when it is a table's. Units from
 * NAME_PAIR hold two characters of six bits, the first one low; units from
 * NAME_SINGLE hold one. All others stand for themselves.
 */
#define NAME_TABLE	0x4840
#define NAME_PAIR	0x3800
#define NAME_SINGLE	0x4800

static bool
put_coded(struct buf *name, unsigned six_bits)
{
	static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz._";

	return buf_putc(name, alphabet[six_bits & 0x3f]);
}

/*
 * The name of a stream of the root, decoded. Windows Installer packs two
 * characters of its names into one and marks those of tables.
 *
 * Out:     appended to NAME; *IS_TABLE when it was marked.
 * Returns: false when NAME is full.
 */
static bool
msi_name_decode(const struct cfb_entry *stream, struct buf *name,
    bool *is_table)
{
	struct slice raw = slice_of(stream->raw, stream->raw_len, 0), unit;
	uint16_t u = 0;
	size_t i = 0;
	bool ok = true;

	*is_table = slice_u16le(raw, 0, &u) && u == NAME_TABLE;
	for (i = *is_table ? 2 : 0; ok && slice_sub(raw, i, 2, &unit);
	    i += 2) {
		(void)slice_u16le(unit, 0, &u);
		if (u >= NAME_PAIR && u < NAME_SINGLE)
			ok = put_coded(name, u) &&
			    put_coded(name, (unsigned)(u - NAME_PAIR) >> 6);
		else if (u >= NAME_SINGLE && u < NAME_TABLE)
			ok = put_coded(name, u);
		else
			ok = utf_from_utf16le(unit, name);
	}
	return ok;
}

const struct cfb_entry *
msi_name_find(struct cfb *cfb, const char *name, bool is_table)
{
	return msi_name_find_in(cfb, cfb_root(cfb), name, is_table);
}

const struct cfb_entry *
msi_name_find_in(struct cfb *cfb, const struct cfb_entry *storage,
    const char *name, bool is_table)
{
	const struct cfb_entry *hit = NULL;
	const struct cfb_entry *const *children;
	struct buf text;
	size_t count, i;
	bool table;

	buf_init(&text, CFB_NAME_TEXT * 2);
	children = cfb_children(cfb, storage, &count);
	for (i = 0; i < count && hit == NULL; i++) {
		buf_clear(&text);
		if (children[i]->kind == CFB_STREAM &&
		    msi_name_decode(children[i], &text, &table) &&
		    table == is_table && slice_is(buf_slice(&text), name))
			hit = children[i];
	}
	buf_fini(&text);
	return hit;
}
