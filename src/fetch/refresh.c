/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/refresh.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "catalogue/check.h"
#include "fetch/store.h"
#include "io/file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define SUFFIX		".minisig"
#define HTTP_OK		200
#define NOT_MODIFIED	304

/* One run. */
struct refresh {
	const struct refresh_request *rq;
	struct store_set	 old;		/* in the store, if has_old */
	bool			 has_old;
	uint64_t		 old_serial;
	char			*path;		/* NULL: a URL */
	struct http		*http;
	struct buf		 xml, signature;
	char			*etag, *modified;
	bool			 not_modified;
	struct catalogue	*cat;		/* read from xml */
};

/* ---------------------------------------------------------------- sources */

static int
hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* RFC 3986 2.1; what is no valid %xx stays as it is. */
static void
percent_decode(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++) {
		int high = *s == '%' ? hex_value(s[1]) : -1;
		int low = high < 0 ? -1 : hex_value(s[2]);

		if (low >= 0 && high * 16 + low != 0) {
			*to++ = (char)(high * 16 + low);
			s += 2;
		} else
			*to++ = *s;
	}
	*to = '\0';
}

/*
 * The path that FROM stands for: itself, or that of a file: URL (RFC 8089,
 * whose host is empty or "localhost"). NULL for another URL.
 */
static char *
path_of(const char *from)
{
	const char *p;
	char *path;

	if (strncasecmp(from, "file://", 7) != 0)
		return strstr(from, "://") != NULL ? NULL : xstrdup(from);
	p = from + 7;
	if (strncasecmp(p, "localhost/", 10) == 0)
		p += 9;
	if (*p != '/')
		return NULL;
	path = xstrdup(p);
	percent_decode(path);
	return path;
}

static enum status
get_file(const char *path, const char *suffix, struct buf *out,
    struct diag *d)
{
	char *name = xasprintf("%s%s", path, suffix);
	enum status st = file_read_all(name, out, d);

	free(name);
	return st;
}

/* An answer that has no file in it. */
static enum status
refuse_code(const struct http_answer *a, struct diag *d)
{
	return diag_set(d, ST_IO, DIAG_NOWHERE, NULL,
	    "%s: the server answers %ld", a->url, a->code);
}

static enum status
get_signature(struct refresh *u, struct diag *d)
{
	struct http_request rq = { .max_bytes = MINISIGN_MAX_BYTES,
	    .redirects = HTTP_MAX_REDIRECTS };
	char *url = xasprintf("%s%s", u->rq->from, SUFFIX);
	struct http_answer a;
	enum status st;

	rq.url = url;
	st = http_get(u->http, &rq, &a, d);
	free(url);
	if (st != ST_OK)
		return st;
	if (a.code != HTTP_OK)
		st = refuse_code(&a, d);
	else
		(void)buf_append(&u->signature, a.body.p, a.body.len);
	http_answer_fini(&a);
	return st;
}

/* The text of a slice of the old set; NULL when it is not known. */
static char *
text_of(struct slice s)
{
	return s.n == 0 ? NULL : xstrndup((const char *)s.p, s.n);
}

static bool
is_of_same_key(const struct refresh *u)
{
	return u->has_old && minisign_key_equal(&u->old.key, &u->rq->key);
}

/* Ask with a condition only for what we would take again: the same file, by
 * the same key. */
static bool
may_ask_condition(const struct refresh *u)
{
	return is_of_same_key(u) && slice_is(u->old.from, u->rq->from);
}

/* Keep what came, or note that there is nothing new. */
static enum status
take_xml(struct refresh *u, const struct http_answer *a, bool conditional,
    struct diag *d)
{
	if (a->code == NOT_MODIFIED && conditional) {
		u->not_modified = true;
		return ST_OK;
	}
	if (a->code != HTTP_OK)
		return refuse_code(a, d);
	u->etag = http_header(a, "ETag", 0);
	u->modified = http_header(a, "Last-Modified", 0);
	/* It fits: http_get() had the same limit. */
	(void)buf_append(&u->xml, a->body.p, a->body.len);
	return ST_OK;
}

static enum status
get_xml(struct refresh *u, struct diag *d)
{
	struct http_request rq = { .url = u->rq->from,
	    .max_bytes = XML_MAX_BYTES, .redirects = HTTP_MAX_REDIRECTS };
	char *etag = NULL, *modified = NULL;
	struct http_answer a;
	enum status st;

	if (may_ask_condition(u)) {
		etag = text_of(u->old.etag);
		modified = text_of(u->old.modified);
	}
	rq.etag = etag;
	rq.modified = modified;
	st = http_get(u->http, &rq, &a, d);
	if (st == ST_OK) {
		st = take_xml(u, &a, etag != NULL || modified != NULL, d);
		http_answer_fini(&a);
	}
	free(etag);
	free(modified);
	return st;
}

static enum status
open_source(struct refresh *u, struct diag *d)
{
	u->path = path_of(u->rq->from);
	if (u->path != NULL)
		return ST_OK;
	/* The signature's address is the catalogue's and a suffix. */
	if (strpbrk(u->rq->from, "?#") != NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "a URL with a query or a fragment is refused");
	return http_open(&u->rq->http, &u->http, d);
}

static enum status
fetch(struct refresh *u, struct diag *d)
{
	enum status st;

	if (u->path != NULL) {
		st = get_file(u->path, "", &u->xml, d);
		if (st == ST_OK)
			st = get_file(u->path, SUFFIX, &u->signature, d);
	} else {
		st = get_xml(u, d);
		if (st == ST_OK && !u->not_modified)
			st = get_signature(u, d);
	}
	return st;
}

/* ----------------------------------------------------------------- checks */

static enum status
check_signature(struct refresh *u, struct diag *d)
{
	struct minisign_sig sig;
	struct slice rest;
	enum status st;

	st = minisign_sig_parse(buf_slice(&u->signature), &sig, &rest, d);
	if (st == ST_OK && rest.n != 0)
		st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "something follows its four lines");
	if (st == ST_OK)
		st = minisign_verify(&u->rq->key, &sig, buf_slice(&u->xml),
		    d);
	return st;
}

static enum status
check_grammar(struct refresh *u, struct diag *d)
{
	return catalogue_load(buf_slice(&u->xml), u->rq->from, &u->cat, d);
}

/* What "catalogue check" complains of; the first of it is told. */
static enum status
check_linter(struct refresh *u, struct diag *d)
{
	struct check_result found;
	enum status st = ST_OK;
	size_t i;

	check_catalogue(u->cat, u->rq->at, &found);
	for (i = 0; i < found.count && st == ST_OK; i++)
		if (found.complaints[i].except == NULL)
			st = diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
			    "line %u: %s: %s", found.complaints[i].line,
			    found.complaints[i].rule,
			    found.complaints[i].text);
	check_fini(&found);
	return st;
}

/* A set of another key has no say: the site has withdrawn its trust. */
static enum status
check_serial(struct refresh *u, struct diag *d)
{
	uint64_t serial = catalogue_info(u->cat)->serial;
	uint64_t floor = u->rq->builtin_serial;

	if (is_of_same_key(u) && u->old_serial > floor)
		floor = u->old_serial;
	if (serial >= floor)
		return ST_OK;
	return diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
	    "%" PRIu64 " is older than %" PRIu64 ", which is in use", serial,
	    floor);
}

static enum status
check_expiry(struct refresh *u, struct diag *d)
{
	instant expires = catalogue_info(u->cat)->expires;
	char day[INSTANT_TEXT];

	if (u->rq->at < expires)
		return ST_OK;
	return diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
	    "it expired on %s", instant_format_day(expires, day));
}

/* In this order: nothing looks into bytes that nobody has signed. */
static const struct {
	const char	*name;
	enum status	 (*run)(struct refresh *u, struct diag *d);
} checks[] = {
	{ "signature", check_signature },
	{ "grammar", check_grammar },
	{ "linter", check_linter },
	{ "serial", check_serial },
	{ "expiry", check_expiry },
};

static enum status
run_checks(struct refresh *u, struct diag *d)
{
	enum status st;
	size_t i;

	for (i = 0; i < sizeof(checks) / sizeof(checks[0]); i++) {
		st = checks[i].run(u, d);
		if (st != ST_OK) {
			diag_wrap(d, "%s check failed", checks[i].name);
			return st;
		}
	}
	return ST_OK;
}

/* -------------------------------------------------------------------- run */

/* What the server has not changed passes the checks again, since time has
 * passed: the bytes are those of the store. */
static void
take_old(struct refresh *u)
{
	(void)buf_append(&u->xml, u->old.xml.p, u->old.xml.n);
	(void)buf_append(&u->signature, u->old.signature.p,
	    u->old.signature.n);
}

static struct slice
slice_of_text(const char *s)
{
	return slice_of(s, s == NULL ? 0 : strlen(s), 0);
}

static enum status
keep(struct refresh *u, struct diag *d)
{
	struct store_set new = { .key = u->rq->key,
	    .from = slice_of_text(u->rq->from),
	    .etag = slice_of_text(u->etag),
	    .modified = slice_of_text(u->modified),
	    .signature = buf_slice(&u->signature),
	    .xml = buf_slice(&u->xml) };

	return store_save(u->rq->dir, &new, d);
}

static void
tell_result(const struct refresh *u, struct refresh_result *out)
{
	const struct cat_info *info = catalogue_info(u->cat);

	out->serial = info->serial;
	out->issued = info->issued;
	out->expires = info->expires;
	out->outcome = u->has_old &&
	    slice_equal(u->old.xml, buf_slice(&u->xml)) ? REFRESH_CURRENT :
	    REFRESH_STORED;
}

static enum status
fetch_and_keep(struct refresh *u, struct refresh_result *out,
    enum refresh_stage *stage, struct diag *d)
{
	enum status st;

	*stage = u->path != NULL ? REFRESH_READ : REFRESH_FETCH;
	st = fetch(u, d);
	if (st != ST_OK)
		return st;
	if (u->not_modified)
		take_old(u);
	*stage = REFRESH_CHECK;
	st = run_checks(u, d);
	if (st != ST_OK)
		return st;
	*stage = REFRESH_STORE;
	/* An unchanged catalogue may have come from elsewhere, or with a new
	 * ETag: that is kept for the next time. */
	st = u->not_modified ? ST_OK : keep(u, d);
	if (st == ST_OK)
		tell_result(u, out);
	return st;
}

/* A set that is damaged, or that this version cannot read, is as good as
 * none: it is replaced. */
static void
load_old(struct refresh *u)
{
	struct catalogue *cat = NULL;

	if (store_load(u->rq->dir, &u->old, NULL) != ST_OK)
		return;
	u->has_old = store_catalogue(&u->old, "", &cat, NULL) == ST_OK;
	if (u->has_old)
		u->old_serial = catalogue_info(cat)->serial;
	else
		store_fini(&u->old);
	catalogue_free(cat);
}

enum status
refresh_run(const struct refresh_request *rq, struct refresh_result *out,
    enum refresh_stage *stage, struct diag *d)
{
	struct refresh u = { .rq = rq };
	struct lock *lock = NULL;
	enum status st;

	buf_init(&u.xml, XML_MAX_BYTES);
	buf_init(&u.signature, MINISIGN_MAX_BYTES);
	/* libcurl before our own use of OpenSSL: connections follow the
	 * machine's configuration of it, which src/trust keeps out. */
	*stage = REFRESH_FETCH;
	st = open_source(&u, d);
	if (st != ST_OK)
		goto out;
	*stage = REFRESH_STORE;
	st = store_lock(rq->dir, &lock, d);
	if (st != ST_OK)
		goto out;
	load_old(&u);
	st = fetch_and_keep(&u, out, stage, d);
out:
	catalogue_free(u.cat);
	http_close(u.http);
	free(u.path);
	free(u.etag);
	free(u.modified);
	buf_fini(&u.xml);
	buf_fini(&u.signature);
	if (u.has_old)
		store_fini(&u.old);
	lock_release(lock);
	return st;
}
