/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/utf.h"
#include "cmd/command.h"
#include "cmd/judging.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "inventory/inventory_json.h"
#include "io/file.h"
#include "io/walk.h"
#include "json/jsondocs.h"
#include "json/jsonin.h"
#include "report/changes.h"
#include "report/json_result.h"
#include "report/summary.h"

#include <stdlib.h>
#include <string.h>

struct diff_options {
	struct common	 common;
	struct text_list results;
	bool		 esu;
};

static const struct option_row rows[] = {
	{ "results", 0, "PATH", OPTION_LIST,
	    offsetof(struct diff_options, results),
	    "judge the saved results in PATH by both" },
	{ "esu", 0, NULL, OPTION_FLAG, offsetof(struct diff_options, esu),
	    "extended security updates can be had" },
};

/* The two catalogues, and what servers are judged by. */
struct sides {
	const struct diff_options *o;
	struct common	 common[2];	/* of the old one, and of the new */
	struct judging_options how;
	struct judging	 by[2];
	size_t		 opened;
	struct changes	 found;
};

/* ---------------------------------------------------------- saved results */

/* First words of INV as J judges it. */
static void
judge_by(const struct judging *j, const struct inventory *inv, struct buf *b)
{
	struct report_host h;

	judging_host(j, inv, NULL, &h);
	summary_first_words(b, &h);
	judging_drop(&h);
}

static enum status
judge_host(struct sides *s, struct jsonin_at host, const char *file,
    struct diag *d)
{
	struct inventory *inv = NULL;
	struct buf words[2];
	enum status st;
	size_t i;

	jsonin_require(host, "inventory");
	st = inventory_read(jsonin_object(host, "inventory"), &inv, d);
	if (st != ST_OK)
		return st;
	for (i = 0; i < 2; i++) {
		buf_init(&words[i], TEXT_MAX);
		judge_by(&s->by[i], inv, &words[i]);
	}
	changes_count(&s->found, inv->name != NULL && inv->name[0] != '\0' ?
	    inv->name : file, buf_text(&words[0]), buf_text(&words[1]));
	for (i = 0; i < 2; i++)
		buf_fini(&words[i]);
	inventory_free(inv);
	return ST_OK;
}

static enum status
judge_document(struct sides *s, struct slice doc, uint64_t line,
    const char *file, struct diag *d)
{
	struct jsonin *in = NULL;
	struct jsonin_at root, host;
	struct jsonin_items it;
	enum status st = jsonin_open(doc, line, &in, d);

	if (st != ST_OK)
		return st;
	root = jsonin_object(jsonin_root(in), NULL);
	if (strcmp(jsonin_text(root, "schema", TEXT_MAX),
	    JSON_RESULT_SCHEMA) != 0)
		jsonin_fail(root, "schema", ST_UNSUPPORTED, "only "
		    JSON_RESULT_SCHEMA " has an inventory");
	jsonin_require(root, "hosts");
	it = jsonin_items(jsonin_array(root, "hosts", JUDGE_MAX_HOSTS));
	st = jsonin_finish(in, d);
	while (st == ST_OK && jsonin_each(&it, &host))
		st = judge_host(s, host, file, d);
	if (st == ST_OK)
		st = jsonin_finish(in, d);
	jsonin_close(in);
	return st;
}

/* Bytes of a file, one after another. */
struct stream {
	struct source	 src;
	uint64_t	 off;
};

static enum status
stream_read(void *ctx, void *p, size_t cap, size_t *len, struct diag *d)
{
	struct stream *s = ctx;
	uint64_t left = s->src.size - s->off;
	enum status st;

	*len = left < cap ? (size_t)left : cap;
	st = *len != 0 ? source_read(&s->src, s->off, p, *len, d) : ST_OK;
	s->off += *len;
	return st;
}

static void
refuse(struct sides *s, const char *path, const struct diag *d)
{
	tell_diag(s->o->common.teller, path, d);
	s->found.refused++;
}

static void
judge_file(struct sides *s, const char *path)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct file *f = NULL;
	struct stream stream = { .off = 0 };
	struct jsondocs *docs;
	struct slice doc;
	uint64_t line;
	enum status st = file_open_unnamed(path, &f, &d);

	if (st != ST_OK) {
		refuse(s, path, &d);
		return;
	}
	stream.src = file_source(f);
	docs = jsondocs_new(stream_read, &stream);
	for (;;) {
		st = jsondocs_next(docs, &doc, &line, &d);
		if (st == ST_ABSENT)
			break;
		if (st == ST_OK)
			st = judge_document(s, doc, line, path, &d);
		if (st != ST_OK)
			refuse(s, path, &d);
		if (st == ST_IO)
			break;
	}
	jsondocs_free(docs);
	file_close(f);
}

static bool
is_json(const char *path)
{
	size_t n = strlen(path);

	return (n > 5 && utf_casecmp(path + n - 5, ".json") == 0) ||
	    (n > 6 && utf_casecmp(path + n - 6, ".jsonl") == 0);
}

static void
judge_path(struct sides *s, const char *path)
{
	struct walk *w = walk_new(&path, 1);
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	char *file = NULL;
	enum status st;

	for (;;) {
		st = walk_next(w, &file, &d);
		if (file == NULL)
			break;
		if (st != ST_OK)
			refuse(s, file, &d);
		else if (is_json(file) || strcmp(file, path) == 0)
			judge_file(s, file);
		free(file);
	}
	walk_free(w);
}

/* ------------------------------------------------------------- all of it */

static enum exit_code
open_sides(struct sides *s, char **args, size_t count)
{
	enum exit_code code = EXIT_GO_ON;

	s->common[0] = s->common[1] = s->o->common;
	s->common[0].catalogue = args[0];
	s->common[0].overlays = (struct text_list){ NULL, 0 };
	if (count > 1)
		s->common[1].catalogue = args[1];
	s->how.esu = s->o->esu;
	while (code == EXIT_GO_ON && s->opened < 2) {
		code = judging_open(&s->common[s->opened], &s->how,
		    "catalogue diff", &s->by[s->opened]);
		s->opened++;
	}
	return code;
}

static enum exit_code
diff(struct sides *s)
{
	struct changes *found = &s->found;
	enum exit_code code;
	size_t i;

	found->version = PACKAGE_VERSION;
	found->at = s->o->common.at;
	found->old = catalogue_info(s->by[0].cat);
	found->catalogue = catalogue_info(s->by[1].cat);
	found->judged = s->o->results.count != 0;
	changes_find(found, s->by[0].cat, s->by[1].cat);
	for (i = 0; i < s->o->results.count; i++)
		judge_path(s, s->o->results.items[i]);
	code = exit_or(write_result(&s->o->common, found),
	    found->refused != 0 ? EXIT_BAD_DATA : EXIT_NOTHING_TO_DO);
	changes_fini(found);
	return code;
}

static enum exit_code
diff_run(void *options, char **args, size_t count)
{
	struct sides s = { .o = options };
	enum exit_code code = open_sides(&s, args, count);

	if (code == EXIT_GO_ON)
		code = diff(&s);
	while (s.opened > 0)
		judging_close(&s.by[--s.opened]);
	return code;
}

const struct command cmd_catalogue_diff = {
	.name = "catalogue diff",
	.summary = "what a newer catalogue changes, for saved results too",
	.synopsis = "[OPTION...] OLD [NEW]",
	.text = "Tell which releases were added, changed and withdrawn from "
	    "the catalogue OLD to NEW, which is the catalogue in use where it "
	    "is not given, fact by fact and with sources; and with --results, "
	    "what that changes for servers whose results were saved.",
	.result = REPORT_DIFF,
	.min_args = 1,
	.max_args = 2,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct diff_options),
	.run = diff_run,
};
