/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "base/buf.h"
#include "inventory/inventory_json.h"
#include "io/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NEAR_LIMITS	(1024 * 1024)

/* What is read, as text. */
static void
write_out(const struct inventory *inv, struct buf *b)
{
	char path[] = "/tmp/fuzz-inventory-XXXXXX";
	struct sink *out = NULL;
	struct jsonout j;
	struct diag d;
	int fd = mkstemp(path);

	buf_init(b, 4 * JSON_MAX_BYTES);
	if (fd < 0 || sink_open(path, &out, &d) != ST_OK)
		abort();
	close(fd);
	jsonout_init(&j, out, false);
	inventory_write(&j, NULL, inv);
	jsonout_fini(&j);
	if (sink_commit(out, &d) != ST_OK ||
	    file_read_all(path, b, &d) != ST_OK)
		abort();
	unlink(path);
}

static struct inventory *
read_in(struct slice s)
{
	struct inventory *inv = NULL;
	struct jsonin *in = NULL;
	struct diag d = { .text = "" };

	if (jsonin_open(s, 1, &in, &d) == ST_OK &&
	    inventory_read(jsonin_root(in), &inv, &d) != ST_OK &&
	    (inv != NULL || d.text[0] == '\0'))
		abort();
	jsonin_close(in);
	return inv;
}

/* What was read is written, and read and written as the same. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct inventory *inv = read_in(slice_of(data, len, 0)), *again;
	struct buf first, second;

	if (inv == NULL)
		return 0;
	write_out(inv, &first);
	inventory_free(inv);
	again = read_in(buf_slice(&first));
	/* What is close to a limit may run into it with its escapes. */
	if (again == NULL && len < NEAR_LIMITS)
		abort();
	if (again != NULL) {
		write_out(again, &second);
		if (first.len != second.len ||
		    memcmp(first.p, second.p, first.len) != 0)
			abort();
		buf_fini(&second);
	}
	inventory_free(again);
	buf_fini(&first);
	return 0;
}
