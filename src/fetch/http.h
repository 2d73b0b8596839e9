/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FETCH_HTTP_H
#define ROLLCALL_FETCH_HTTP_H

#include "base/buf.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A client for HTTPS, for one thread. A proxy is taken from the environment
 * (https_proxy, no_proxy, ...). Nothing is sent but GET, no credentials, no
 * cookies.
 */
struct http;

struct http_options {
	const char	*cacert;	/* PEM; NULL: the system's CAs */
	bool		 insecure;	/* do not verify the server, and take
					   TLS 1.0 */
	bool		 allow_http;	/* not only HTTPS */
	unsigned	 seconds;	/* for one request, 0 < n */
	unsigned	 retries;	/* after a transient failure */
	/* Bytes so far, and of all (0: not known); may be NULL. */
	void		 (*progress)(void *ctx, uint64_t got, uint64_t all);
	void		 *progress_ctx;
};

/* Takes a body as it comes, in place of the answer. */
struct http_sink {
	/* Before each body: of a redirect, of another try. */
	enum status	 (*begin)(void *ctx, struct diag *d);
	enum status	 (*write)(void *ctx, const void *p, size_t n,
			    struct diag *d);
	void		*ctx;
};

struct http_request {
	const char	*url;
	size_t		 max_bytes;	/* of the body, uncompressed */
	const struct http_sink *sink;	/* or NULL; it has limits of its own */
	unsigned	 redirects;	/* that are followed */
	bool		 partial;	/* content with what came of a body that
					   is too long or too slow */
	const char	*etag;		/* of what we have, or NULL */
	const char	*modified;	/* its Last-Modified, or NULL */
};

struct http_answer {
	long		 code;		/* 200 */
	bool		 cut;		/* only a part of the body came */
	struct buf	 headers;	/* lines, as received */
	struct buf	 body;
	char		*url;		/* after redirects; owned */
	char		*location;	/* absolute, of a redirect that was not
					   followed; owned, or NULL */
};

/*
 * In:      O is copied, the texts in it are not.
 * Out:     *OUT is the caller's, for http_close().
 * Returns: ST_OK; ST_UNSUPPORTED when there is no libcurl.
 */
MUST_CHECK
enum status	http_open(const struct http_options *o, struct http **out,
		    struct diag *d);
void		http_close(struct http *h);	/* NULL is fine */

/*
 * Get what is at a URL, whatever the code of the answer is. What fails for a
 * reason that may pass is tried again, each time after a longer pause.
 *
 * Out:     OUT is the caller's, for http_answer_fini().
 * Limits:  rq->max_bytes, HTTP_MAX_HEADER_BYTES.
 * Returns: ST_OK; ST_IO (no answer, a broken one, out of time); ST_LIMIT;
 *          ST_UNTRUSTED (the server's certificate); ST_UNSUPPORTED (no
 *          HTTPS, a redirect to where it is refused, credentials in the URL);
 *          ST_MALFORMED (no URL); what the sink returns.
 */
MUST_CHECK
enum status	http_get(struct http *h, const struct http_request *rq,
		    struct http_answer *out, struct diag *d);
void		http_answer_fini(struct http_answer *a);

/*
 * Header number N, from 0, of this name, its letter case ignored. Lines that
 * are folded into it are part of its value, one space for each fold.
 *
 * Spec:    RFC 9110 5.1, 5.5; RFC 9112 5.2
 * Returns: the value without white space around it, the caller's to free;
 *          NULL when there is none.
 */
char		*http_header(const struct http_answer *a, const char *name,
		    size_t n);

/* A URL as it may be shown: what stands before its "@", which http_split()
 * refuses, is "***". The caller's. */
char		*http_shown(const char *url);

/*
 * The parts of a URL that say who is asked; a port that is the scheme's own
 * is left out.
 *
 * Out:     *SCHEME ("https"), *HOST ("mail.example.com") and *ORIGIN
 *          ("https://mail.example.com:8443") are the caller's to free.
 * Returns: ST_OK; ST_MALFORMED (no URL, or no scheme); ST_UNSUPPORTED
 *          (credentials in it, or no host); ST_IO.
 */
MUST_CHECK
enum status	http_split(struct http *h, const char *url, char **scheme,
		    char **host, char **origin, struct diag *d);

#endif
