/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/http.h"
#include "base/alloc.h"

#include <string.h>

/* Of a URL that was refused, too: no libcurl is needed to hide a password. */
char *
http_shown(const char *url)
{
	const char *host = strstr(url, "://"), *at = NULL, *p;

	host = host != NULL ? host + 3 : url;
	for (p = host; *p != '\0' && strchr("/\\?#", *p) == NULL; p++)
		if (*p == '@')
			at = p;
	return at == NULL ? xstrdup(url) :
	    xasprintf("%.*s***%s", (int)(host - url), url, at);
}
