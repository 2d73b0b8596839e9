/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/http.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "fetch/curl_load.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define CONNECT_SECONDS	10
#define PAUSE_MS	500U	/* before the first repetition; then doubled */

struct http {
	struct http_options	 o;
	const struct curl_calls	*curl;
	CURL			*easy;
	/* Of the request that is on its way. */
	const struct http_sink	*sink;
	enum status		 sunk;	/* what the sink returned last */
	struct diag		 why;
	char			 error[CURL_ERROR_SIZE];
};

enum status
http_open(const struct http_options *o, struct http **out, struct diag *d)
{
	const struct curl_calls *curl;
	enum status st = curl_load(&curl, d);
	CURL *easy;

	if (st != ST_OK)
		return st;
	easy = curl->easy_init();
	if (easy == NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "libcurl cannot be set up");
	*out = xcalloc(1, sizeof(**out));
	(*out)->o = *o;
	(*out)->curl = curl;
	(*out)->easy = easy;
	return ST_OK;
}

void
http_close(struct http *h)
{
	if (h == NULL)
		return;
	h->curl->easy_cleanup(h->easy);
	free(h);
}

/* ----------------------------------------------------------------- URLs */

static char *
url_part(const struct http *h, CURLU *u, CURLUPart part, unsigned flags)
{
	char *theirs = NULL, *ours;

	if (h->curl->url_get(u, part, &theirs, flags) != CURLUE_OK)
		return NULL;
	ours = xstrdup(theirs);
	h->curl->free(theirs);
	return ours;
}

/* Does libcurl say with WITHOUT that there is no such part? */
static bool
lacks(const struct http *h, CURLU *u, CURLUPart part, CURLUcode without)
{
	char *theirs = NULL;
	CURLUcode rc = h->curl->url_get(u, part, &theirs, 0);

	h->curl->free(theirs);
	return rc == without;
}

/* They would be kept with the catalogue and shown in messages. */
static bool
has_credentials(const struct http *h, CURLU *u)
{
	return !lacks(h, u, CURLUPART_USER, CURLUE_NO_USER) ||
	    !lacks(h, u, CURLUPART_PASSWORD, CURLUE_NO_PASSWORD);
}

/* Scheme, host and port; the path of it, "/", is left out. */
static char *
origin_of(const struct http *h, CURLU *u)
{
	char *origin;

	if (h->curl->url_set(u, CURLUPART_PATH, "/", 0) != CURLUE_OK ||
	    h->curl->url_set(u, CURLUPART_QUERY, NULL, 0) != CURLUE_OK ||
	    h->curl->url_set(u, CURLUPART_FRAGMENT, NULL, 0) != CURLUE_OK)
		return NULL;
	origin = url_part(h, u, CURLUPART_URL, CURLU_NO_DEFAULT_PORT);
	if (origin != NULL && origin[0] != '\0')
		origin[strlen(origin) - 1] = '\0';
	return origin;
}

static enum status
split(const struct http *h, CURLU *u, const char *url, char **scheme,
    char **host, char **origin, struct diag *d)
{
	char *its_scheme, *its_host, *its_origin;
	enum status st;

	if (h->curl->url_set(u, CURLUPART_URL, url, 0) != CURLUE_OK)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, "RFC 3986",
		    "\"%s\" is no URL", url);
	if (has_credentials(h, u))
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "credentials in a URL are refused");
	its_scheme = url_part(h, u, CURLUPART_SCHEME, 0);
	its_host = url_part(h, u, CURLUPART_HOST, 0);
	its_origin = origin_of(h, u);
	if (its_scheme == NULL)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, "RFC 3986",
		    "\"%s\" has no scheme", url);
	else if (its_host == NULL || its_host[0] == '\0')
		/* As a file: URL. */
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "\"%s\" names no host", url);
	else if (its_origin == NULL)
		st = diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "libcurl cannot take \"%s\" apart", url);
	else {
		*scheme = its_scheme;
		*host = its_host;
		*origin = its_origin;
		return ST_OK;
	}
	free(its_scheme);
	free(its_host);
	free(its_origin);
	return st;
}

enum status
http_split(struct http *h, const char *url, char **scheme, char **host,
    char **origin, struct diag *d)
{
	CURLU *u = h->curl->url();
	enum status st;

	if (u == NULL)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "libcurl is out of memory");
	st = split(h, u, url, scheme, host, origin, d);
	h->curl->url_cleanup(u);
	return st;
}

/* May URL be asked at all? libcurl's own parser says what it is. */
static enum status
check_url(struct http *h, const char *url, struct diag *d)
{
	char *scheme = NULL, *host = NULL, *origin = NULL;
	enum status st = http_split(h, url, &scheme, &host, &origin, d);

	if (st == ST_OK && strcasecmp(scheme, "https") != 0 &&
	    !(h->o.allow_http && strcasecmp(scheme, "http") == 0))
		st = diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "%s is no HTTPS", origin);
	free(scheme);
	free(host);
	free(origin);
	return st;
}

/* ------------------------------------------------------------ callbacks */

/* Called with one whole line. Only the headers of the last answer stay:
 * "100 Continue" and the like come before it. */
static size_t
on_header(char *p, size_t size, size_t n, void *ctx)
{
	struct http_answer *a = ctx;

	if (n >= 5 && memcmp(p, "HTTP/", 5) == 0)
		buf_clear(&a->headers);
	return buf_append(&a->headers, p, size * n) ? n : 0;
}

static size_t
on_body(char *p, size_t size, size_t n, void *ctx)
{
	struct http_answer *a = ctx;
	size_t room = a->body.max - a->body.len;

	/* The part that fits may be all that the caller wants. */
	if (n > room)
		(void)buf_append(&a->body, p, room);
	return buf_append(&a->body, p, size * n) ? n : 0;
}

static size_t
on_body_to_sink(char *p, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;

	h->sunk = h->sink->write(h->sink->ctx, p, size * n, &h->why);
	return h->sunk == ST_OK ? n : 0;
}

static int
on_progress(void *ctx, curl_off_t all, curl_off_t got, curl_off_t up_all,
    curl_off_t up)
{
	const struct http_options *o = ctx;

	(void)up_all;
	(void)up;
	o->progress(o->progress_ctx, (uint64_t)got, (uint64_t)all);
	return 0;
}

/* ------------------------------------------------------------- requests */

static void
set_security(struct http *h)
{
	const struct curl_calls *c = h->curl;

	if (h->o.cacert != NULL) {
		c->easy_setopt(h->easy, CURLOPT_CAINFO, h->o.cacert);
		/* This file's authorities, and not the system's as well. */
		c->easy_setopt(h->easy, CURLOPT_CAPATH, (char *)NULL);
	} else
		/* On Windows, those that Windows trusts. */
		c->easy_setopt(h->easy, CURLOPT_SSL_OPTIONS,
		    (long)CURLSSLOPT_NATIVE_CA);
	c->easy_setopt(h->easy, CURLOPT_SSL_VERIFYPEER,
	    h->o.insecure ? 0L : 1L);
	c->easy_setopt(h->easy, CURLOPT_SSL_VERIFYHOST,
	    h->o.insecure ? 0L : 2L);
	/* Windows of the age of Exchange 2010 speaks no more than TLS 1.0,
	 * which is hardly worse than a server that nobody has verified. */
	c->easy_setopt(h->easy, CURLOPT_SSLVERSION, h->o.insecure ?
	    (long)CURL_SSLVERSION_TLSv1_0 : (long)CURL_SSLVERSION_TLSv1_2);
	if (h->o.insecure)
		c->easy_setopt(h->easy, CURLOPT_SSL_CIPHER_LIST,
		    "DEFAULT:@SECLEVEL=0");
}

static void
set_callbacks(struct http *h, struct http_answer *a)
{
	const struct curl_calls *c = h->curl;

	c->easy_setopt(h->easy, CURLOPT_HEADERFUNCTION, on_header);
	c->easy_setopt(h->easy, CURLOPT_HEADERDATA, a);
	if (h->sink != NULL) {
		c->easy_setopt(h->easy, CURLOPT_WRITEFUNCTION,
		    on_body_to_sink);
		c->easy_setopt(h->easy, CURLOPT_WRITEDATA, h);
	} else {
		c->easy_setopt(h->easy, CURLOPT_WRITEFUNCTION, on_body);
		c->easy_setopt(h->easy, CURLOPT_WRITEDATA, a);
	}
	c->easy_setopt(h->easy, CURLOPT_NOPROGRESS,
	    h->o.progress == NULL ? 1L : 0L);
	if (h->o.progress != NULL) {
		c->easy_setopt(h->easy, CURLOPT_XFERINFOFUNCTION,
		    on_progress);
		c->easy_setopt(h->easy, CURLOPT_XFERINFODATA, &h->o);
	}
}

/* Redirects are followed by http_get(), which looks at each. */
static void
set_options(struct http *h, const char *url, struct http_answer *a)
{
	const struct curl_calls *c = h->curl;
	unsigned s = h->o.seconds;

	c->easy_reset(h->easy);
	h->error[0] = '\0';
	c->easy_setopt(h->easy, CURLOPT_ERRORBUFFER, h->error);
	c->easy_setopt(h->easy, CURLOPT_URL, url);
	c->easy_setopt(h->easy, CURLOPT_NOSIGNAL, 1L);
	c->easy_setopt(h->easy, CURLOPT_TIMEOUT, (long)s);
	c->easy_setopt(h->easy, CURLOPT_CONNECTTIMEOUT,
	    (long)(s < CONNECT_SECONDS ? s : CONNECT_SECONDS));
	c->easy_setopt(h->easy, CURLOPT_USERAGENT, "rollcall/"
	    PACKAGE_VERSION);
	/* Every encoding that libcurl can undo. */
	c->easy_setopt(h->easy, CURLOPT_ACCEPT_ENCODING, "");
	c->easy_setopt(h->easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	set_security(h);
	set_callbacks(h, a);
}

static struct curl_slist *
add_condition(const struct curl_calls *c, struct curl_slist *list,
    const char *name, const char *value)
{
	struct curl_slist *longer;
	char *line;

	if (value == NULL)
		return list;
	line = xasprintf("%s: %s", name, value);
	longer = c->slist_append(list, line);
	free(line);
	/* Out of memory: asked without a condition, which costs time only. */
	return longer != NULL ? longer : list;
}

static enum status
status_of(CURLcode rc)
{
	switch (rc) {
	case CURLE_OK:
		return ST_OK;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_ISSUER_ERROR:
		return ST_UNTRUSTED;
	default:
		/* The URL has been looked at: what is unsupported then, such as
		 * HTTP/0.9, is what the server speaks. */
		return ST_IO;
	}
}

static enum status
tell_failure(const struct http *h, const struct http_answer *a,
    const char *url, CURLcode rc, struct diag *d)
{
	if (h->sunk != ST_OK) {
		if (d != NULL)
			*d = h->why;
		diag_wrap(d, "%s", url);
		return h->sunk;
	}
	if (a->body.full)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "%s: the answer is longer than %zu bytes", url,
		    a->body.max);
	if (a->headers.full)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "%s: the headers are longer than %d bytes", url,
		    HTTP_MAX_HEADER_BYTES);
	if (rc == CURLE_OPERATION_TIMEDOUT)
		return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
		    "%s: no whole answer within %u seconds", url,
		    h->o.seconds);
	return diag_set(d, status_of(rc), DIAG_NOWHERE, NULL, "%s: %s", url,
	    h->error[0] != '\0' ? h->error : h->curl->easy_strerror(rc));
}

static bool
is_transient(CURLcode rc, long code)
{
	switch (rc) {
	case CURLE_OK:
		/* RFC 9110 15.5.9, 15.6; RFC 6585 4 */
		return code == 408 || code == 429 || code == 500 ||
		    code == 502 || code == 503 || code == 504;
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_CONNECT:
	case CURLE_OPERATION_TIMEDOUT:
	case CURLE_PARTIAL_FILE:
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		return true;
	default:
		return false;
	}
}

static void
pause_before(unsigned repetition)
{
	unsigned ms = PAUSE_MS << (repetition - 1);
	struct timespec t = { .tv_sec = ms / 1000,
	    .tv_nsec = (long)(ms % 1000) * 1000000 };

	(void)nanosleep(&t, NULL);
}

/* One request, repeated if need be. */
static CURLcode
perform(struct http *h, const struct http_request *rq, const char *url,
    struct http_answer *a)
{
	const struct curl_calls *c = h->curl;
	struct curl_slist *list = NULL;
	unsigned i;
	CURLcode rc;

	h->sink = rq->sink;
	h->sunk = ST_OK;
	set_options(h, url, a);
	list = add_condition(c, list, "If-None-Match", rq->etag);
	list = add_condition(c, list, "If-Modified-Since", rq->modified);
	c->easy_setopt(h->easy, CURLOPT_HTTPHEADER, list);
	for (i = 0;; i++) {
		if (i > 0)
			pause_before(i);
		buf_fini(&a->headers);
		buf_fini(&a->body);
		buf_init(&a->headers, HTTP_MAX_HEADER_BYTES);
		buf_init(&a->body, rq->max_bytes);
		a->code = 0;
		rc = CURLE_WRITE_ERROR;
		if (h->sink != NULL)
			h->sunk = h->sink->begin(h->sink->ctx, &h->why);
		if (h->sunk != ST_OK)
			break;
		rc = c->easy_perform(h->easy);
		c->easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &a->code);
		if (i >= h->o.retries || !is_transient(rc, a->code))
			break;
	}
	c->slist_free_all(list);
	return rc;
}

/* Did all header lines come, with the empty one that ends them? */
static bool
has_headers(const struct http_answer *a)
{
	size_t len = a->headers.len;

	return a->code != 0 && !a->headers.full && len >= 4 &&
	    memcmp(a->headers.p + len - 4, "\r\n\r\n", 4) == 0;
}

/* Ask URL, and say in a->location where else to go, if it says so. */
static enum status
get_one(struct http *h, const struct http_request *rq, const char *url,
    struct http_answer *a, struct diag *d)
{
	enum status st = check_url(h, url, d);
	char *location = NULL;
	CURLcode rc;

	if (st != ST_OK)
		return st;
	rc = perform(h, rq, url, a);
	a->cut = rc != CURLE_OK;
	if (a->cut && !(rq->partial && has_headers(a)))
		return tell_failure(h, a, url, rc, d);
	h->curl->easy_getinfo(h->easy, CURLINFO_REDIRECT_URL, &location);
	a->location = xstrdup(location);
	return ST_OK;
}

enum status
http_get(struct http *h, const struct http_request *rq,
    struct http_answer *out, struct diag *d)
{
	struct http_answer a = { .url = xstrdup(rq->url) };
	unsigned left = rq->redirects;
	enum status st;

	while ((st = get_one(h, rq, a.url, &a, d)) == ST_OK &&
	    a.location != NULL && rq->redirects > 0) {
		if (left-- == 0) {
			st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
			    "%s: more than %u redirects", rq->url,
			    rq->redirects);
			break;
		}
		free(a.url);
		a.url = a.location;
		a.location = NULL;
	}
	if (st == ST_OK) {
		*out = a;
		return ST_OK;
	}
	if (strcmp(a.url, rq->url) != 0)
		diag_wrap(d, "%s: redirected", rq->url);
	http_answer_fini(&a);
	return st;
}
