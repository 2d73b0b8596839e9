/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "formats/mail.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct mail *m;
	struct diag d;

	if (mail_read(slice_of(data, len, 0), &m, &d) == ST_OK)
		mail_free(m);
	return 0;
}
