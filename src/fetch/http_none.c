/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/http.h"

/*
 * In place of http.c in a program without libcurl. Since http_open() makes
 * no client, the other functions have nothing to work on.
 */
static enum status
without(struct diag *d)
{
	return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "this rollcall was built without libcurl");
}

enum status
http_open(const struct http_options *o, struct http **out, struct diag *d)
{
	(void)o;
	(void)out;
	return without(d);
}

void
http_close(struct http *h)
{
	(void)h;
}

enum status
http_get(struct http *h, const struct http_request *rq,
    struct http_answer *out, struct diag *d)
{
	(void)h;
	(void)rq;
	(void)out;
	return without(d);
}

enum status
http_split(struct http *h, const char *url, char **scheme, char **host,
    char **origin, struct diag *d)
{
	(void)h;
	(void)url;
	(void)scheme;
	(void)host;
	(void)origin;
	return without(d);
}
