/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/anchor.h"

#include "base/buf.h"

#include <string.h>

static unsigned
hex_digit(char c)
{
	return (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* HEX is the catalogue's: lower case, and an even number of digits. */
static void
unhex(const char *hex, struct buf *out)
{
	for (; hex[0] != '\0' && hex[1] != '\0'; hex += 2)
		buf_putc(out, (char)(hex_digit(hex[0]) << 4 |
		    hex_digit(hex[1])));
}

static unsigned
anchor_uses(const char *purpose)
{
	if (strcmp(purpose, "code") == 0)
		return ANCHOR_CODE;
	return strcmp(purpose, "time") == 0 ? ANCHOR_TIME : ANCHOR_BOTH;
}

typedef enum status add_fn(struct anchors *a, const char *name,
    const char *by, struct slice subject, struct slice spki, unsigned uses,
    struct diag *d);

static enum status
build(struct anchors *to, const struct cat_anchor *a, add_fn *add,
    struct diag *d)
{
	struct buf subject, spki;
	enum status st;

	buf_init(&subject, strlen(a->subject_der) / 2);
	buf_init(&spki, strlen(a->spki_der) / 2);
	unhex(a->subject_der, &subject);
	unhex(a->spki_der, &spki);
	st = add(to, a->name, a->overlay != NULL ? a->overlay->name : NULL,
	    buf_slice(&subject), buf_slice(&spki),
	    anchor_uses(a->purpose), d);
	if (st != ST_OK)
		diag_wrap(d, "anchor %s", a->name);
	buf_fini(&spki);
	buf_fini(&subject);
	return st;
}

enum status
anchor_build(struct anchors *to, const struct cat_anchor *a, struct diag *d)
{
	return build(to, a, anchors_add, d);
}

enum status
anchor_build_known(struct anchors *to, const struct cat_anchor *a,
    struct diag *d)
{
	return build(to, a, anchors_add_known, d);
}
