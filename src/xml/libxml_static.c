/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "xml/libxml.h"

#include <pthread.h>

/* libxml2 is part of the program, where that is one file: Windows. */
static const struct libxml_calls calls = {
#define X(name)	.name = xml##name,
	LIBXML_CALLS(X)
#undef X
};

static pthread_once_t once = PTHREAD_ONCE_INIT;

static void
start(void)
{
	calls.InitParser();
}

enum status
libxml_load(const struct libxml_calls **out, struct diag *d)
{
	(void)d;
	pthread_once(&once, start);
	*out = &calls;
	return ST_OK;
}
