/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/registry.h"
#include "base/limits.h"
#include "report/layout.h"

#include <inttypes.h>

static void
text_begin(struct registry_writer *w)
{
	(void)w;
}

static void
text_key(struct registry_writer *w, const char *path,
    const struct regf_key *key)
{
	(void)key;
	sink_puts(w->out, "\\");
	layout_text(w->out, path);
	sink_puts(w->out, "\n");
}

static void
put_hex(struct sink *out, struct slice data)
{
	static const char digits[] = "0123456789ABCDEF";
	struct cursor c = cursor_of(data);
	char text[256];
	size_t n = 0;

	while (cursor_left(&c) > 0) {
		uint8_t b = cursor_u8(&c);

		text[n++] = digits[b >> 4];
		text[n++] = digits[b & 15];
		if (n == sizeof(text)) {
			sink_write(out, text, n);
			n = 0;
		}
	}
	sink_write(out, text, n);
}

static void
put_data(struct sink *out, uint32_t type, struct slice data)
{
	uint64_t q;
	uint32_t n;
	struct buf b;

	if (type == REGF_DWORD && data.n == 4 && slice_u32le(data, 0, &n))
		sink_printf(out, "0x%" PRIx32, n);
	else if (type == REGF_QWORD && data.n == 8 &&
	    slice_u64le(data, 0, &q))
		sink_printf(out, "0x%" PRIx64, q);
	else if (type == REGF_SZ || type == REGF_EXPAND_SZ ||
	    type == REGF_LINK || type == REGF_MULTI_SZ) {
		/* Between the texts of a REG_MULTI_SZ stands \x00. */
		buf_init(&b, data.n * 2);
		registry_data_text(data, &b);
		layout_bytes(out, buf_text(&b), b.len);
		buf_fini(&b);
	} else
		put_hex(out, data);
}

static void
text_value(struct registry_writer *w, const struct regf_value *v,
    struct slice data)
{
	const char *type = regf_type_name(v->type);

	sink_puts(w->out, "    ");
	layout_text(w->out, v->name[0] != '\0' ? v->name : "(Default)");
	sink_puts(w->out, "    ");
	if (type != NULL)
		sink_puts(w->out, type);
	else
		sink_printf(w->out, "0x%" PRIx32, v->type);
	sink_puts(w->out, "    ");
	put_data(w->out, v->type, data);
	sink_puts(w->out, "\n");
}

static void
text_subkeys(struct registry_writer *w, const char *path,
    char *const *names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		sink_puts(w->out, "\\");
		layout_text(w->out, path);
		if (path[0] != '\0')
			sink_puts(w->out, "\\");
		layout_text(w->out, names[i]);
		sink_puts(w->out, "\n");
	}
}

static void
text_key_end(struct registry_writer *w)
{
	(void)w;
}

static void
text_end(struct registry_writer *w, char *const *damage, size_t count)
{
	/* Damage goes to standard error, told by the command. */
	(void)w;
	(void)damage;
	(void)count;
}

const struct registry_format registry_text = {
	.begin = text_begin,
	.key = text_key,
	.value = text_value,
	.subkeys = text_subkeys,
	.key_end = text_key_end,
	.end = text_end,
};
