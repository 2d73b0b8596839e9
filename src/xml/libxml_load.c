/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/libxml.h"

#include "io/dynlib.h"

#include <pthread.h>

/* The name of the ABI that the headers describe: 2.14 began another. */
#if LIBXML_VERSION >= 21400
#define LIBRARY	"libxml2.so.16"
#else
#define LIBRARY	"libxml2.so.2"
#endif

static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct libxml_calls calls;
static enum status loaded;
static struct diag why;

static const struct dynlib_call names[] = {
#define X(name)	{ "xml" #name, (void **)&calls.name },
	LIBXML_CALLS(X)
#undef X
};

static void
load(void)
{
	loaded = dynlib_load(LIBRARY, "libxml2", names,
	    sizeof(names) / sizeof(names[0]), &why);
	if (loaded == ST_OK)
		calls.InitParser();
}

enum status
libxml_load(const struct libxml_calls **out, struct diag *d)
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
