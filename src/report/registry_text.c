/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/registry.h"
#include "base/alloc.h"
#include "report/layout.h"

#include <stdlib.h>
#include <string.h>

/* The state is the text of a value, used again and again. */
static void
text_begin(struct registry_writer *w)
{
	struct buf *b = w->state = xcalloc(1, sizeof(*b));

	buf_init(b, REGISTRY_MAX_TEXT);
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

/* Both digits of each byte: there are many. */
#define ROW(h)	h "0" h "1" h "2" h "3" h "4" h "5" h "6" h "7" \
		h "8" h "9" h "A" h "B" h "C" h "D" h "E" h "F"
static const char pairs[] =
	ROW("0") ROW("1") ROW("2") ROW("3") ROW("4") ROW("5") ROW("6") ROW("7")
	ROW("8") ROW("9") ROW("A") ROW("B") ROW("C") ROW("D") ROW("E") ROW("F");

static void
put_hex(struct sink *out, struct slice data)
{
	char text[256];
	size_t i, n = 0;

	for (i = 0; i < data.n; i++) {
		memcpy(text + n, pairs + 2 * (size_t)data.p[i], 2);
		n += 2;
		if (n == sizeof(text)) {
			sink_write(out, text, n);
			n = 0;
		}
	}
	sink_write(out, text, n);
}

/* As C writes it: 0x and lower case. */
static void
put_number(struct sink *out, uint64_t n)
{
	static const char digits[] = "0123456789abcdef";
	char text[2 + 16], *p = text + sizeof(text);

	do
		*--p = digits[n & 15];
	while ((n >>= 4) != 0);
	*--p = 'x';
	*--p = '0';
	sink_write(out, p, (size_t)(text + sizeof(text) - p));
}

static void
put_data(struct registry_writer *w, uint32_t type, struct slice data)
{
	struct buf *b = w->state;
	uint64_t q;
	uint32_t n;

	if (type == REGF_DWORD && data.n == 4 && slice_u32le(data, 0, &n))
		put_number(w->out, n);
	else if (type == REGF_QWORD && data.n == 8 &&
	    slice_u64le(data, 0, &q))
		put_number(w->out, q);
	else if (type == REGF_SZ || type == REGF_EXPAND_SZ ||
	    type == REGF_LINK || type == REGF_MULTI_SZ) {
		/* Between the texts of a REG_MULTI_SZ stands \x00. */
		buf_reuse(b);
		registry_data_text(data, b);
		layout_bytes(w->out, buf_text(b), b->len);
	} else
		put_hex(w->out, data);
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
		put_number(w->out, v->type);
	sink_puts(w->out, "    ");
	put_data(w, v->type, data);
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
	(void)damage;
	(void)count;
	buf_fini(w->state);
	free(w->state);
}

const struct registry_format registry_text = {
	.begin = text_begin,
	.key = text_key,
	.value = text_value,
	.subkeys = text_subkeys,
	.key_end = text_key_end,
	.end = text_end,
};
