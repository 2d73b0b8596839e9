/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/curl_load.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>

/* The name of libcurl's ABI, unchanged since 7.16 (2006). */
#define LIBRARY	"libcurl.so.4"

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct curl_calls calls;
static enum status loaded;
static struct diag why;

static bool
resolve(void *library, const char *name, void **out)
{
	*out = dlsym(library, name);
	if (*out != NULL)
		return true;
	loaded = diag_set(&why, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    LIBRARY " is too old: it has no %s()", name);
	return false;
}

static void
load(void)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);

	if (library == NULL) {
		loaded = diag_set(&why, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "libcurl is needed for this: %s", dlerror());
		return;
	}
#define X(name)								\
	if (!resolve(library, "curl_" #name, (void **)&calls.name))	\
		return;
	CURL_CALLS(X)
#undef X
	if (calls.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
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
