/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FETCH_CURL_LOAD_H
#define ROLLCALL_FETCH_CURL_LOAD_H

#include "base/status.h"

#include <curl/curl.h>

/* The functions of libcurl that are called: "easy_init" is curl_easy_init.
 * (Its own names are partly macros.) */
#define CURL_CALLS(X)		\
	X(global_init)		\
	X(easy_init)		\
	X(easy_setopt)		\
	X(easy_getinfo)		\
	X(easy_perform)		\
	X(easy_reset)		\
	X(easy_strerror)	\
	X(easy_cleanup)		\
	X(slist_append)		\
	X(slist_free_all)	\
	X(url)			\
	X(url_set)		\
	X(url_get)		\
	X(url_cleanup)		\
	X(free)

struct curl_calls {
#define X(name)	__typeof__(curl_##name) *name;
	CURL_CALLS(X)
#undef X
};

/*
 * Load libcurl, once for all threads; it stays loaded. (Where it is part of
 * the program, curl_static.c, only set it up.)
 *
 * Out:     *OUT is static.
 * Returns: ST_OK; ST_UNSUPPORTED when it is not there or too old.
 */
MUST_CHECK
enum status	curl_load(const struct curl_calls **out, struct diag *d);

#endif
