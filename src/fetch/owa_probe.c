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
	const char		*host;
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

static void
add_fact(struct owa_probe *p, enum owa_probe_source source, const char *url,
    char *value, struct version build)
{
	struct owa_probe_result *r = p->r;
	struct owa_probe_fact f = { source, xstrdup(url), value, build };

	r->facts = xpush(r->facts, r->fact_count, sizeof(f));
	r->facts[r->fact_count++] = f;
}

/* Takes TEXT. */
static void
add_remark(struct owa_probe *p, char *text)
{
	struct owa_probe_result *r = p->r;

	r->remarks = xpush(r->remarks, r->remark_count, sizeof(text));
	r->remarks[r->remark_count++] = text;
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

static void
read_header(struct owa_probe *p, const struct http_answer *a)
{
	char *value = http_header(a, "X-OWA-Version");
	struct version v;

	if (value != NULL && version_parse(value, &v) && v.parts >= 3)
		add_fact(p, OWA_PROBE_HEADER, a->url, value, v);
	else
		free(value);
}

static void
read_page(struct owa_probe *p, const struct http_answer *a)
{
	struct slice path;
	struct version v;

	if (!has_fact(p, OWA_PROBE_PATH) &&
	    owa_find_path(buf_slice(&a->body), &path, &v))
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
	if (!has_fact(p, OWA_PROBE_HEADER))
		read_header(p, a);
	return true;
}

/* Where a redirect leads; NULL when it is to another host. */
static char *
next_url(struct owa_probe *p, const struct http_answer *a)
{
	char *scheme = NULL, *host = NULL, *origin = NULL, *next = NULL;

	if (a->location == NULL)
		return NULL;
	if (http_split(p->http, a->location, &scheme, &host, &origin,
	    NULL) == ST_OK && strcasecmp(host, p->host) == 0)
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
	p.host = host;
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

bool
owa_probe_agrees(const struct owa_probe_result *r)
{
	const struct owa_probe_fact *best = owa_probe_best(r);
	size_t i;
	unsigned k;

	for (i = 0; i < r->fact_count; i++) {
		const struct owa_probe_fact *f = &r->facts[i];
		unsigned parts = owa_probe_is_folder(f) ? 2 : f->build.parts;

		for (k = 0; k < parts && k < best->build.parts; k++)
			if (f->build.part[k] != best->build.part[k])
				return false;
	}
	return true;
}
