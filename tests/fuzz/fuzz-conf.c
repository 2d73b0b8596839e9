/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "fetch/conf.h"

#include <stdlib.h>
#include <string.h>

static void
check_value(const char *value)
{
	if (value != NULL && (value[0] == '\0' ||
	    strpbrk(value, "\r\n") == value || strchr(value, '\n') != NULL))
		abort();
}

/* catalogue.conf: what is read is of one line, and says something. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct conf c;
	struct diag d;

	if (conf_read(slice_of(data, len, 0), &c, &d) == ST_OK) {
		check_value(c.url);
		check_value(c.key);
		conf_fini(&c);
	}
	return 0;
}
