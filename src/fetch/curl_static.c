/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/curl_load.h"

#include <pthread.h>

/* libcurl is part of the program, where that is one file: Windows. */
static const struct curl_calls calls = {
#define X(name)	.name = curl_##name,
	CURL_CALLS(X)
#undef X
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static CURLcode set_up;

static void
start(void)
{
	set_up = calls.global_init(CURL_GLOBAL_DEFAULT);
}

enum status
curl_load(const struct curl_calls **out, struct diag *d)
{
	pthread_once(&once, start);
	if (set_up != CURLE_OK)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "libcurl cannot be set up");
	*out = &calls;
	return ST_OK;
}
