/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fetch/owa_probe.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "fetch/owa.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define HTTP_OK		200
#define E2013		15	/* major version of Exchange 2013 and later */

static const char page_path[] = "/owa/";
static const char logon_path[] = "/owa/auth/logon.aspx";
static const char manifest_path[] = "/ecp/Current/exporttool/"
    "microsoft.exchange.ediscovery.exporttool.application";

struct owa_probe {
	struct http		*http;
	struct owa_probe_result	*r;
	const char		*scheme, *host;
	const char		*authority; /* of the origin: "mail:8443" */
	bool			 cut;	/* more facts than are told */
	enum status		 st;	/* of the first request */
	struct diag		*d;
};

const char *
owa_probe_source_name(enum owa_probe_source s)
{
	switch (s) {
	case OWA_PROBE_HEADER:
		return "X-OWA-Version header";
	case OWA_PROBE_MANIFEST:
		return "export tool manifest";
	case OWA_PROBE_PATH:
		break;
	}
	return "path in OWA page";
}

/* Takes TEXT. */
static void
add_remark(struct owa_probe *p, char *text)
{
	struct owa_probe_result *r = p->r;

	r->remarks = xpush(r->remarks, r->remark_count, sizeof(text));
	r->remarks[r->remark_count++] = text;
}

static void
add_fact(struct owa_probe *p, enum owa_probe_source source, const char *url,
    char *value, struct version build)
{
	struct owa_probe_result *r = p->r;
	struct owa_probe_fact f = { source, xstrdup(url), value, build };

	if (r->fact_count == PROBE_MAX_FACTS) {
		free(f.url);
		free(value);
		if (!p->cut)
			add_remark(p, xasprintf("%s: more than %d numbers",
			    url, PROBE_MAX_FACTS));
		p->cut = true;
		return;
	}
	r->facts = xpush(r->facts, r->fact_count, sizeof(f));
	r->facts[r->fact_count++] = f;
}

static bool
has_fact(const struct owa_probe *p, enum owa_probe_source source)
{
	size_t i;

	for (i = 0; i < p->r->fact_count; i++)
		if (p->r->facts[i].source == source)
			return true;
	return false;
}

/* Was this number found before, in such a place? */
static bool
is_known(const struct owa_probe *p, enum owa_probe_source source,
    struct version v)
{
	size_t i;

	for (i = 0; i < p->r->fact_count; i++)
		if (p->r->facts[i].source == source &&
		    p->r->facts[i].build.parts == v.parts &&
		    version_equal(p->r->facts[i].build, v))
			return true;
	return false;
}

/* Servers behind one name may differ, and what stands in front of them may
 * add a header of its own: each number counts. */
static void
read_header(struct owa_probe *p, const struct http_answer *a)
{
	struct version v;
	char *value;
	size_t n;

	for (n = 0; (value = http_header(a, "X-OWA-Version", n)) != NULL;
	    n++)
		if (version_parse(value, &v) && v.parts >= 3 &&
		    !is_known(p, OWA_PROBE_HEADER, v))
			add_fact(p, OWA_PROBE_HEADER, a->url, value, v);
		else
			free(value);
}

static void
read_page(struct owa_probe *p, const struct http_answer *a)
{
	struct slice path;
	struct version v;
	size_t at = 0;

	while (owa_next_path(buf_slice(&a->body), p->authority, &at, &path,
	    &v))
		if (!is_known(p, OWA_PROBE_PATH, v))
			add_fact(p, OWA_PROBE_PATH, a->url,
			    xstrndup((const char *)path.p, path.n), v);
}

static void
read_manifest(struct owa_probe *p, const struct http_answer *a)
{
	char text[VERSION_TEXT];
	struct version v;
	struct diag d;

	if (a->code != HTTP_OK || a->cut)
		return;
	if (owa_manifest(buf_slice(&a->body), &v, &d) == ST_OK)
		add_fact(p, OWA_PROBE_MANIFEST, a->url,
		    xstrdup(version_format(v, text)), v);
	else
		add_remark(p, xasprintf("%s: %s", a->url, d.text));
}

/* One request; what it came to is remarked upon. The first one says whether
 * there is a server at all. */
static bool
ask(struct owa_probe *p, const char *url, struct http_answer *a)
{
	struct http_request rq = { .url = url, .max_bytes = PROBE_MAX_BYTES,
	    .partial = true };
	struct diag d = { .text = "" };
	enum status st = http_get(p->http, &rq, a, &d);

	if (p->r->requests++ == 0 && st != ST_OK) {
		p->st = st;
		if (p->d != NULL)
			*p->d = d;
	}
	if (st != ST_OK) {
		add_remark(p, xstrdup(d.text));
		return false;
	}
	add_remark(p, xasprintf("%s: %ld%s", url, a->code,
	    a->cut ? ", cut short" : ""));
	read_header(p, a);
	return true;
}

/* The same server: nothing goes to another port, and nothing from https to
 * http. From http to https, each at its own port, it may go. */
static bool
is_same_server(const struct owa_probe *p, const char *scheme,
    const char *host, const char *origin)
{
	char *up;
	bool same;

	if (strcasecmp(origin, p->r->origin) == 0)
		return true;
	if (strcasecmp(p->scheme, "http") != 0 ||
	    strcasecmp(scheme, "https") != 0 ||
	    strcasecmp(p->authority, p->host) != 0)
		return false;
	up = xasprintf("https://%s", p->host);
	same = strcasecmp(host, p->host) == 0 && strcasecmp(origin, up) == 0;
	free(up);
	return same;
}

/* Where a redirect leads; NULL when it is to another server. */
static char *
next_url(struct owa_probe *p, const struct http_answer *a)
{
	char *scheme = NULL, *host = NULL, *origin = NULL, *next = NULL;

	if (a->location == NULL)
		return NULL;
	if (http_split(p->http, a->location, &scheme, &host, &origin,
	    NULL) == ST_OK && is_same_server(p, scheme, host, origin))
		next = xstrdup(a->location);
	else
		add_remark(p, xasprintf("redirect to %s: not followed",
		    a->location));
	free(scheme);
	free(host);
	free(origin);
	return next;
}

/* A page of OWA, redirects followed while one request stays for later. */
static void
ask_page(struct owa_probe *p, const char *path)
{
	char *url = xasprintf("%s%s", p->r->origin, path);

	while (url != NULL && p->r->requests < PROBE_MAX_REQUESTS - 1) {
		struct http_answer a;
		bool answered = ask(p, url, &a);

		free(url);
		url = NULL;
		if (!answered)
			break;
		read_page(p, &a);
		if (p->r->fact_count == 0)
			url = next_url(p, &a);
		http_answer_fini(&a);
	}
	free(url);
}

static void
ask_manifest(struct owa_probe *p)
{
	char *url = xasprintf("%s%s", p->r->origin, manifest_path);
	struct http_answer a;

	if (ask(p, url, &a)) {
		read_manifest(p, &a);
		http_answer_fini(&a);
	}
	free(url);
}

/* The header and a path may come by one request; the manifest, which old
 * servers lack, is worth one where there was no header. */
static void
ask_all(struct owa_probe *p)
{
	ask_page(p, page_path);
	if (p->st != ST_OK)
		return;
	if (p->r->fact_count == 0)
		ask_page(p, logon_path);
	if (!has_fact(p, OWA_PROBE_HEADER))
		ask_manifest(p);
}

/* "mail", "mail:8443" and "https://mail/owa" are "https://mail...". */
static enum status
split_target(struct http *http, const char *target, char **scheme,
    char **host, char **origin, struct diag *d)
{
	char *url = xasprintf("%s%s", strstr(target, "://") != NULL ? "" :
	    "https://", target);
	enum status st = http_split(http, url, scheme, host, origin, d);

	free(url);
	return st;
}

enum status
owa_probe_host(struct http *http, const char *target,
    struct owa_probe_result *out, struct diag *d)
{
	char *scheme = NULL, *host = NULL, *origin = NULL;
	struct owa_probe_result r = { .origin = NULL };
	struct owa_probe p = { .http = http, .r = &r, .d = d };
	enum status st;

	st = split_target(http, target, &scheme, &host, &origin, d);
	if (st != ST_OK)
		return st;
	p.scheme = scheme;
	p.host = host;
	p.authority = strstr(origin, "://") + strlen("://");
	r.origin = origin;
	r.encrypted = strcasecmp(scheme, "https") == 0;
	ask_all(&p);
	if (p.st == ST_OK)
		*out = r;
	else
		owa_probe_fini(&r);
	free(scheme);
	free(host);
	return p.st;
}

void
owa_probe_fini(struct owa_probe_result *r)
{
	size_t i;

	for (i = 0; i < r->fact_count; i++) {
		free(r->facts[i].url);
		free(r->facts[i].value);
	}
	for (i = 0; i < r->remark_count; i++)
		free(r->remarks[i]);
	free(r->facts);
	free(r->remarks);
	free(r->origin);
}

bool
owa_probe_is_folder(const struct owa_probe_fact *f)
{
	return f->source == OWA_PROBE_PATH && f->build.part[0] < E2013;
}

static bool
is_better(const struct owa_probe_fact *a, const struct owa_probe_fact *b)
{
	if (owa_probe_is_folder(a) != owa_probe_is_folder(b))
		return owa_probe_is_folder(b);
	if (a->build.parts != b->build.parts)
		return a->build.parts > b->build.parts;
	return a->source < b->source;
}

const struct owa_probe_fact *
owa_probe_best(const struct owa_probe_result *r)
{
	const struct owa_probe_fact *best = NULL;
	size_t i;

	for (i = 0; i < r->fact_count; i++)
		if (best == NULL || is_better(&r->facts[i], best))
			best = &r->facts[i];
	return best;
}

/* Parts in which A and B can be compared. */
static unsigned
common_parts(const struct owa_probe_fact *a, const struct owa_probe_fact *b)
{
	unsigned parts = a->build.parts < b->build.parts ? a->build.parts :
	    b->build.parts;

	return owa_probe_is_folder(a) != owa_probe_is_folder(b) ? 2 : parts;
}

bool
owa_probe_agrees(const struct owa_probe_result *r)
{
	size_t i, j;
	unsigned k;

	for (i = 0; i < r->fact_count; i++)
		for (j = 0; j < i; j++)
			for (k = common_parts(&r->facts[i], &r->facts[j]);
			    k-- > 0;)
				if (r->facts[i].build.part[k] !=
				    r->facts[j].build.part[k])
					return false;
	return true;
}
