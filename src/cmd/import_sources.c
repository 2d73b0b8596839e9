/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/import_sources.h"
#include "cmd/import_cabinet.h"

#include "base/buf.h"
#include "cmd/tell.h"
#include "io/file.h"
#include "io/tempfile.h"
#include "io/walk.h"

#include <stdlib.h>
#include <string.h>

static enum exit_code
tell_and_end(const struct import_reading *r, const char *name, enum status st,
    const struct diag *d)
{
	tell_diag(r->o->teller, name, d);
	return exit_of_status(st);
}

/* A document that is all there. PERHAPS: it need not be a source. */
static enum exit_code
read_document(struct import_reading *r, const char *name, struct slice doc,
    bool perhaps)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st = import_read(r->im, name, doc, &d);

	if (st == ST_OK)
		return EXIT_GO_ON;
	if (st != ST_UNSUPPORTED || !perhaps)
		return tell_and_end(r, name, st, &d);
	tell(r->o->teller, name, "passed over: %s", d.text);
	return EXIT_GO_ON;
}

/* Cabinets are not read into memory. *CODE is what came of it. */
static bool
read_as_cabinet(struct import_reading *r, const char *path,
    enum exit_code *code)
{
	struct file *f = NULL;
	struct source src;
	bool is;

	if (file_open(path, &f, NULL) != ST_OK)
		return false;
	src = file_source(f);
	is = import_is_cabinet(&src);
	if (is)
		*code = import_cabinet(r, path, src);
	file_close(f);
	return is;
}

static enum exit_code
read_file(struct import_reading *r, const char *path, bool perhaps)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum exit_code code;
	enum status st;
	struct buf doc;

	if (read_as_cabinet(r, path, &code))
		return code;
	buf_init(&doc, IMPORT_MAX_BYTES);
	st = file_read_all(path, &doc, &d);
	code = st == ST_OK ? read_document(r, path, buf_slice(&doc),
	    perhaps) : tell_and_end(r, path, st, &d);
	buf_fini(&doc);
	return code;
}

static enum exit_code
read_path(struct import_reading *r, const char *path)
{
	struct walk *w = walk_new(&path, 1);
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum exit_code code = EXIT_GO_ON;
	char *file = NULL;
	enum status st;

	while (code == EXIT_GO_ON) {
		st = walk_next(w, &file, &d);
		if (file == NULL)
			break;
		code = st != ST_OK ? tell_and_end(r, file, st, &d) :
		    read_file(r, file, strcmp(file, path) != 0);
		free(file);
	}
	walk_free(w);
	return code;
}

/* ------------------------------------------------------------- addresses */

/* What a server sends: a document is kept in memory, a cabinet, which is
 * known by its first bytes, in a temporary file. */
struct body {
	struct buf	 doc;
	struct tempfile	*cabinet;	/* or NULL */
};

#define MARK_BYTES	4

static enum status
begin_body(void *ctx, struct diag *d)
{
	struct body *b = ctx;

	(void)d;
	buf_fini(&b->doc);
	buf_init(&b->doc, IMPORT_MAX_BYTES);
	tempfile_free(b->cabinet);
	b->cabinet = NULL;
	return ST_OK;
}

static enum status
add_to_body(void *ctx, const void *p, size_t n, struct diag *d)
{
	struct body *b = ctx;
	bool known = b->doc.len >= MARK_BYTES;
	enum status st = ST_OK;

	if (b->cabinet != NULL)
		return tempfile_append(b->cabinet, p, n, d);
	if (!buf_append(&b->doc, p, n))
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "the answer is longer than %d bytes", IMPORT_MAX_BYTES);
	if (known || b->doc.len < MARK_BYTES || memcmp(b->doc.p,
	    IMPORT_CABINET_MARK, MARK_BYTES) != 0)
		return ST_OK;
	st = tempfile_new(WSUS_MAX_BYTES, &b->cabinet, d);
	if (st == ST_OK)
		st = tempfile_append(b->cabinet, b->doc.p, b->doc.len, d);
	buf_clear(&b->doc);
	return st;
}

static enum exit_code
read_answer(struct import_reading *r, const char *shown,
    const struct http_answer *a, const struct body *b)
{
	if (a->code != 200) {
		tell(r->o->teller, shown, "the server answers %ld", a->code);
		return EXIT_UNAVAILABLE;
	}
	if (b->cabinet != NULL)
		return import_cabinet(r, shown, tempfile_source(b->cabinet));
	return read_document(r, shown, buf_slice(&b->doc), false);
}

static enum exit_code
read_address(struct import_reading *r, const char *url)
{
	struct body body = { .cabinet = NULL };
	const struct http_sink sink = { begin_body, add_to_body, &body };
	const struct http_request rq = { .url = url, .sink = &sink,
	    .redirects = HTTP_MAX_REDIRECTS };
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct http_answer answer = { .code = 0 };
	char *shown = http_shown(url);
	enum exit_code code = EXIT_UNAVAILABLE;
	struct http *h = NULL;
	enum status st = http_open(&r->http, &h, &d);

	buf_init(&body.doc, IMPORT_MAX_BYTES);
	if (st == ST_OK)
		st = http_get(h, &rq, &answer, &d);
	if (st != ST_OK)
		tell_diag(r->o->teller, shown, &d);
	else {
		code = read_answer(r, shown, &answer, &body);
		http_answer_fini(&answer);
	}
	http_close(h);
	buf_fini(&body.doc);
	tempfile_free(body.cabinet);
	free(shown);
	return code;
}

enum exit_code
import_sources(struct import_reading *r, char **sources, size_t count)
{
	enum exit_code code = EXIT_GO_ON;
	size_t i;

	for (i = 0; code == EXIT_GO_ON && i < count; i++)
		code = strstr(sources[i], "://") != NULL ?
		    read_address(r, sources[i]) : read_path(r, sources[i]);
	return code;
}
