/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/curl_load.h"

#include "io/dynlib.h"

#include <pthread.h>

/* The name of libcurl's ABI, unchanged since 7.16 (2006). */
#define LIBRARY	"libcurl.so.4"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct curl_calls calls;
static enum status loaded;
static struct diag why;

static const struct dynlib_call names[] = {
#define X(name)	{ "curl_" #name, (void **)&calls.name },
	CURL_CALLS(X)
#undef X
};

static void
load(void)
{
	loaded = dynlib_load(LIBRARY, "libcurl", names,
	    sizeof(names) / sizeof(names[0]), &why);
	if (loaded == ST_OK &&
	    calls.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		loaded = diag_set(&why, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    LIBRARY " cannot be set up");
}

enum status
curl_load(const struct curl_calls **out, struct diag *d)
{
	pthread_once(&once, load);
	if (loaded != ST_OK) {
		if (d != NULL)
			*d = why;
		return loaded;
	}
	*out = &calls;
	return ST_OK;
}
