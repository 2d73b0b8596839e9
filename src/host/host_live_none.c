/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/host.h"

enum status
host_live_open(struct host **out, struct diag *d)
{
	(void)out;
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "this is no Windows machine");
}
