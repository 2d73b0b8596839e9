/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "fetch/curl_load.h"
#include "fetch/http.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))
#define URL		"https://mail.example.com/owa"

/*
 * In place of libcurl: what curl_url_get() gives of a URL, and the part that
 * it fails to give, as it may for want of memory.
 */
static struct {
	bool		 fails;
	CURLUPart	 part;
	CURLUcode	 with;
	bool		 set_fails;	/* curl_url_set(), but for the URL */
} libcurl;

static CURL *
easy_init(void)
{
	static int some;

	return (CURL *)&some;
}

static void
easy_cleanup(CURL *easy)
{
	(void)easy;
}

static CURLU *
url(void)
{
	return malloc(1);
}

static void
url_cleanup(CURLU *u)
{
	free(u);
}

static CURLUcode
url_set(CURLU *u, CURLUPart part, const char *text, unsigned flags)
{
	(void)u;
	(void)text;
	(void)flags;
	return libcurl.set_fails && part != CURLUPART_URL ?
	    CURLUE_OUT_OF_MEMORY : CURLUE_OK;
}

static CURLUcode
get_part(CURLUPart part, char **out)
{
	const char *text = NULL;

	if (libcurl.fails && libcurl.part == part)
		return libcurl.with;
	switch (part) {
	case CURLUPART_USER:
		return CURLUE_NO_USER;
	case CURLUPART_PASSWORD:
		return CURLUE_NO_PASSWORD;
	case CURLUPART_SCHEME:
		text = "https";
		break;
	case CURLUPART_HOST:
		text = "mail.example.com";
		break;
	default:
		text = "https://mail.example.com/";
		break;
	}
	*out = strdup(text);
	return CURLUE_OK;
}

/* Since some version of it, libcurl takes its handle as const here. */
static CURLUcode
url_get(CURLU *u, CURLUPart part, char **out, unsigned flags)
{
	(void)u;
	(void)flags;
	return get_part(part, out);
}

static CURLUcode
url_get_const(const CURLU *u, CURLUPart part, char **out, unsigned flags)
{
	(void)u;
	(void)flags;
	return get_part(part, out);
}

static void
give_back(void *p)
{
	free(p);
}

static const struct curl_calls calls = {
	.easy_init = easy_init,
	.easy_cleanup = easy_cleanup,
	.url = url,
	.url_set = url_set,
	.url_get = _Generic(&curl_url_get,
	    __typeof__(&url_get): url_get,
	    __typeof__(&url_get_const): url_get_const),
	.url_cleanup = url_cleanup,
	.free = give_back,
};

enum status
curl_load(const struct curl_calls **out, struct diag *d)
{
	(void)d;
	*out = &calls;
	return ST_OK;
}

/* Split URL; what comes out must be all three parts, or nothing. */
static void
check_split(enum status want, const char *says)
{
	const struct http_options o = { .seconds = 1 };
	char *scheme = NULL, *host = NULL, *origin = NULL;
	struct diag d = { .text = "" };
	struct http *h = NULL;

	CHECK_ST(http_open(&o, &h, &d), ST_OK, &d);
	CHECK_ST(http_split(h, URL, &scheme, &host, &origin, &d), want, &d);
	if (want == ST_OK) {
		CHECK_STR(scheme, "https");
		CHECK_STR(host, "mail.example.com");
		CHECK_STR(origin, "https://mail.example.com");
	} else {
		CHECK(strstr(d.text, says) != NULL);
		CHECK(scheme == NULL && host == NULL && origin == NULL);
	}
	free(scheme);
	free(host);
	free(origin);
	http_close(h);
}

static void
whole_urls(void)
{
	libcurl.fails = libcurl.set_fails = false;
	check_split(ST_OK, NULL);
}

static const struct {
	CURLUPart	 part;
	CURLUcode	 with;
	enum status	 st;
	const char	*says;
} missing[] = {
	{ CURLUPART_SCHEME, CURLUE_NO_SCHEME, ST_MALFORMED, "no scheme" },
	{ CURLUPART_SCHEME, CURLUE_OUT_OF_MEMORY, ST_MALFORMED, "no scheme" },
	{ CURLUPART_HOST, CURLUE_NO_HOST, ST_UNSUPPORTED, "no host" },
	{ CURLUPART_URL, CURLUE_OUT_OF_MEMORY, ST_IO, "apart" },
	/* That there are none has to be said. */
	{ CURLUPART_USER, CURLUE_OUT_OF_MEMORY, ST_UNSUPPORTED,
	    "credentials" },
	{ CURLUPART_PASSWORD, CURLUE_OUT_OF_MEMORY, ST_UNSUPPORTED,
	    "credentials" },
};

static void
parts_that_are_missing(void)
{
	size_t i;

	libcurl.set_fails = false;
	libcurl.fails = true;
	for (i = 0; i < COUNT(missing); i++) {
		libcurl.part = missing[i].part;
		libcurl.with = missing[i].with;
		check_split(missing[i].st, missing[i].says);
	}
	libcurl.fails = false;
	libcurl.set_fails = true;
	check_split(ST_IO, "apart");
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a URL with all its parts", whole_urls },
		{ "a part that is missing is no URL", parts_that_are_missing },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
