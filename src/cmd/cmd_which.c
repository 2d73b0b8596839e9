/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "catalogue/query.h"
#include "cmd/command.h"
#include "cmd/numbers.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "formats/mail.h"
#include "formats/textfile.h"
#include "io/file.h"
#include "report/which.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_DAYS	3650	/* of --max-catalogue-age */
#define NUL_SHOWN	"\xef\xbf\xbd"	/* U+FFFD */

struct which_options {
	struct common	 common;
	struct text_list mails, pastes;
	struct text_list sha256, sha1;
	struct option_number max_age;
	bool		 esu;
};

static const struct option_row rows[] = {
	{ "mail", 'm', "FILE", OPTION_LIST,
	    offsetof(struct which_options, mails),
	    "the builds in the Received fields of a mail; - is stdin" },
	{ "paste", 'p', "FILE", OPTION_LIST,
	    offsetof(struct which_options, pastes),
	    "the builds in what a program printed; - is stdin" },
	{ "sha256", 0, "HEX", OPTION_LIST,
	    offsetof(struct which_options, sha256),
	    "the package or installed file with this digest" },
	{ "sha1", 0, "HEX", OPTION_LIST,
	    offsetof(struct which_options, sha1), "likewise" },
	{ "esu", 0, NULL, OPTION_FLAG, offsetof(struct which_options, esu),
	    "extended security updates can be had" },
	{ "max-catalogue-age", 0, "DAYS", OPTION_NUMBER,
	    offsetof(struct which_options, max_age),
	    "older, it calls nothing current" },
};

/* One run: the questions so far, and what they point into. */
struct asking {
	struct teller		*teller;
	const struct catalogue	*cat;
	struct query_asker	*asker;
	struct which_question	*questions;
	size_t			 count;
	struct mail		**mails;
	size_t			 mail_count;
	bool			 unanswered;
	bool			 nothing;	/* in something pasted */
	bool			 stdin_read;
	bool			 block;		/* lines of something pasted */
	enum exit_code		 code;		/* of the answers so far */
};

static bool
is_found(const struct query_answer *a)
{
	return a != NULL && a->match != QUERY_NONE;
}

static bool
add_question(struct asking *k, struct which_question q)
{
	if (k->count == WHICH_MAX_QUESTIONS) {
		tell(k->teller, "which",
		    "more than %d questions", WHICH_MAX_QUESTIONS);
		return false;
	}
	k->questions = xpush(k->questions, k->count, sizeof(q));
	k->questions[k->count++] = q;
	return true;
}

static enum exit_code
add_answer(struct asking *k, struct query_answer *a)
{
	k->unanswered = k->unanswered || !is_found(a);
	if (add_question(k, (struct which_question){ .answer = a }))
		return EXIT_GO_ON;
	query_answer_free(a);
	return EXIT_BAD_DATA;
}

/* Standard input, up to MAX bytes: *CUT when there is more. */
static enum exit_code
read_stdin(struct asking *k, struct buf *b, size_t max, bool *cut)
{
	char part[4096];
	size_t n;

	if (k->stdin_read) {
		tell(k->teller, "which",
		    "standard input can be read once only");
		return EXIT_USAGE;
	}
	k->stdin_read = true;
	*cut = false;
	while (!*cut && (n = fread(part, 1, sizeof(part), stdin)) != 0) {
		*cut = n > max - b->len;
		buf_append(b, part, *cut ? max - b->len : n);
	}
	if (ferror(stdin)) {
		tell(k->teller, "standard input", "could not be read");
		return EXIT_NO_INPUT;
	}
	return EXIT_GO_ON;
}

/* An answer of query_ask_line(). */
static void
take_answer(void *ctx, struct query_answer *a)
{
	struct asking *k = ctx;

	if (k->code == EXIT_GO_ON)
		k->code = add_answer(k, a);
	else
		query_answer_free(a);
}

/* Ask the text between white space. */
static enum exit_code
ask_text(struct asking *k, const char *text, size_t len)
{
	char *q;

	while (len > 0 && strchr(" \t\r", text[0]) != NULL) {
		text++;
		len--;
	}
	while (len > 0 && strchr(" \t\r", text[len - 1]) != NULL)
		len--;
	q = xstrndup(text, len);
	query_ask_line(k->asker, q, k->block, take_answer, k);
	free(q);
	return k->code;
}

/* A line of standard input; nothing but white space is no question. A NUL
 * does not end one: it is a character that nobody understands. */
static enum exit_code
ask_line(struct asking *k, struct slice line)
{
	enum exit_code code;
	const char *text;
	struct buf b;
	size_t i;

	buf_init(&b, 3 * line.n + 1);
	for (i = 0; i < line.n; i++)
		if (line.p[i] == '\0')
			buf_puts(&b, NUL_SHOWN);
		else
			buf_putc(&b, (char)line.p[i]);
	text = buf_text(&b);
	code = strspn(text, " \t\r") == b.len ? EXIT_GO_ON :
	    ask_text(k, text, b.len);
	buf_fini(&b);
	return code;
}

/*
 * Lines of questions; of something that was pasted, most ask nothing, and it
 * is one question, which one build in it answers.
 */
static enum exit_code
ask_each(struct asking *k, struct slice text, bool pasted)
{
	enum exit_code code = EXIT_GO_ON;
	size_t at = 0, before = k->count;
	char ends = textfile_ends(text);
	struct slice line;

	k->block = pasted;
	while (code == EXIT_GO_ON && textfile_line(text, ends, &at, &line))
		code = ask_line(k, line);
	k->block = false;
	if (code == EXIT_GO_ON && pasted && k->count == before) {
		tell(k->teller, "which", "nothing that was pasted is a build "
		    "of Exchange");
		k->unanswered = k->nothing = true;
	}
	return code;
}

/* B, which is of NAME; CUT: there is more. */
static enum exit_code
ask_bytes(struct asking *k, const char *name, struct buf *b, bool cut,
    bool pasted)
{
	enum exit_code code;
	struct buf text;

	if (cut) {
		tell(k->teller, name, "more than %d bytes of questions",
		    WHICH_MAX_BYTES);
		return EXIT_BAD_DATA;
	}
	buf_init(&text, WHICH_MAX_BYTES * 2);
	(void)textfile_utf8(buf_slice(b), &text);
	code = ask_each(k, buf_slice(&text), pasted ||
	    query_seems_pasted(buf_text(&text)));
	buf_fini(&text);
	return code;
}

static enum exit_code
ask_lines(struct asking *k)
{
	enum exit_code code;
	bool cut = false;
	struct buf b;

	buf_init(&b, WHICH_MAX_BYTES);
	code = read_stdin(k, &b, WHICH_MAX_BYTES, &cut);
	if (code == EXIT_GO_ON)
		code = ask_bytes(k, "standard input", &b, cut, false);
	buf_fini(&b);
	return code;
}

/* The beginning of a file, or of standard input: of a mail, whose header is
 * all that is looked at, or of something pasted. Not above MAX bytes. */
static enum exit_code
read_head(struct asking *k, const char *name, struct buf *b, size_t max,
    bool *cut)
{
	struct diag d = { .text = "" };
	struct file *f = NULL;
	struct source src;
	enum status st;
	size_t len;

	if (strcmp(name, "-") == 0)
		return read_stdin(k, b, max, cut);
	st = file_open(name, &f, &d);
	if (st == ST_OK) {
		src = file_source(f);
		len = src.size < max ? (size_t)src.size : max;
		*cut = src.size > len;
		st = source_read(&src, 0, buf_extend(b, len), len, &d);
	}
	file_close(f);
	if (st == ST_OK)
		return EXIT_GO_ON;
	tell_diag(k->teller, name, &d);
	return exit_of_status(st);
}

/* A mail is one question: a hop that answers it is enough. */
static enum exit_code
ask_hops(struct asking *k, const char *name, const struct mail *m)
{
	bool found = false;
	size_t i;

	for (i = 0; i < m->count; i++) {
		struct which_question q = { NULL, &m->hops[i], name, i + 1,
		    m->count };
		struct query_answer *a = version_known(m->hops[i].build) ?
		    query_ask_header(k->asker, m->hops[i].build,
		    m->hops[i].by) : NULL;

		q.answer = a;
		found = found || is_found(a);
		if (!add_question(k, q)) {
			query_answer_free(a);
			return EXIT_BAD_DATA;
		}
	}
	k->unanswered = k->unanswered || !found;
	if (m->count == 0)
		tell(k->teller, name, "no Received field in it");
	return EXIT_GO_ON;
}

static enum exit_code
ask_mail(struct asking *k, const char *name)
{
	struct diag d = { .text = "" };
	struct mail *m = NULL;
	enum exit_code code;
	bool cut = false;
	enum status st;
	struct buf b;

	buf_init(&b, MAIL_MAX_BYTES);
	code = read_head(k, name, &b, MAIL_MAX_BYTES, &cut);
	if (code != EXIT_GO_ON)
		goto out;
	st = mail_read(buf_slice(&b), &m, &d);
	if (st != ST_OK) {
		tell_diag(k->teller, name, &d);
		code = exit_of_status(st);
		goto out;
	}
	if (cut && !m->ended) {
		tell(k->teller, name, "its header does not end within %d bytes",
		    MAIL_MAX_BYTES);
		mail_free(m);
		code = EXIT_BAD_DATA;
		goto out;
	}
	k->mails = xpush(k->mails, k->mail_count, sizeof(m));
	k->mails[k->mail_count++] = m;
	code = ask_hops(k, name, m);
out:
	buf_fini(&b);
	return code;
}

static enum exit_code
ask_pasted(struct asking *k, const char *name)
{
	enum exit_code code;
	bool cut = false;
	struct buf b;

	buf_init(&b, WHICH_MAX_BYTES);
	code = read_head(k, name, &b, WHICH_MAX_BYTES, &cut);
	if (code == EXIT_GO_ON)
		code = ask_bytes(k, name, &b, cut, true);
	buf_fini(&b);
	return code;
}

/* A word of the command line; of several lines, it was pasted. */
static enum exit_code
ask_word(struct asking *k, const char *text)
{
	if (strcmp(text, "-") == 0)
		return ask_lines(k);
	if (strchr(text, '\n') != NULL)
		return ask_each(k, slice_of(text, strlen(text), 0), true);
	return ask_text(k, text, strlen(text));
}

static enum exit_code
ask_digests(struct asking *k, const struct text_list *list, const char *name,
    size_t len)
{
	enum exit_code code = EXIT_GO_ON;
	size_t i;

	for (i = 0; code == EXIT_GO_ON && i < list->count; i++) {
		const char *hex = list->items[i];

		if (strlen(hex) != len || !query_is_digest(hex)) {
			tell(k->teller, "which",
			    "--%s: \"%s\" is not %zu hex digits",
			    name, hex, len);
			return EXIT_USAGE;
		}
		code = add_answer(k, query_ask_digest(k->asker, hex));
	}
	return code;
}

static enum exit_code
ask_all(struct asking *k, const struct which_options *o, char **args,
    size_t count)
{
	enum exit_code code = EXIT_GO_ON;
	size_t i;

	for (i = 0; code == EXIT_GO_ON && i < count; i++)
		code = ask_word(k, args[i]);
	if (code == EXIT_GO_ON)
		code = ask_digests(k, &o->sha256, "sha256", 64);
	if (code == EXIT_GO_ON)
		code = ask_digests(k, &o->sha1, "sha1", 40);
	for (i = 0; code == EXIT_GO_ON && i < o->mails.count; i++)
		code = ask_mail(k, o->mails.items[i]);
	for (i = 0; code == EXIT_GO_ON && i < o->pastes.count; i++)
		code = ask_pasted(k, o->pastes.items[i]);
	return code;
}

/* How each release that is named stands. */
struct stands {
	const struct catalogue	*cat;
	struct standing_options	 how;
	struct standing		**of;	/* by index */
	size_t			 count;
};

static void
add_standing(struct stands *t, const struct cat_release *r)
{
	if (r == NULL || t->of[r->index] != NULL)
		return;
	t->of[r->index] = xcalloc(1, sizeof(**t->of));
	standing_find(t->cat, r, &t->how, t->of[r->index]);
}

static void
stands_find(struct stands *t, const struct asking *k)
{
	const struct cat_release *const *all;
	const struct query_answer *a;
	size_t i, n;

	t->count = catalogue_releases(t->cat, &all);
	t->of = xcalloc(t->count + 1, sizeof(struct standing *));
	for (i = 0; i < k->count; i++) {
		a = k->questions[i].answer;
		for (n = 0; a != NULL && n < a->release_count; n++)
			add_standing(t, a->releases[n]);
		for (n = 0; a != NULL && n < a->near_count; n++)
			add_standing(t, a->near[n]);
		if (a != NULL) {
			add_standing(t, a->below);
			add_standing(t, a->above);
		}
	}
}

static void
stands_fini(struct stands *t)
{
	size_t i;

	for (i = 0; i < t->count; i++)
		if (t->of[i] != NULL) {
			standing_fini(t->of[i]);
			free(t->of[i]);
		}
	free(t->of);
}

static enum exit_code
write_answers(const struct which_options *o, const struct asking *k,
    int max_age)
{
	struct stands t = { .cat = k->cat,
	    .how = { o->common.at, o->esu, max_age } };
	struct which_report r = { PACKAGE_VERSION, o->common.at,
	    catalogue_info(k->cat), k->cat, NULL, 0, k->questions,
	    k->count };
	enum exit_code code;

	stands_find(&t, k);
	r.standings = (const struct standing *const *)t.of;
	r.standing_count = t.count;
	code = write_result(&o->common, &r);
	stands_fini(&t);
	return exit_or(code, k->unanswered ? EXIT_ADVISED :
	    EXIT_NOTHING_TO_DO);
}

static void
asking_fini(struct asking *k)
{
	size_t i;

	for (i = 0; i < k->count; i++)
		query_answer_free((struct query_answer *)
		    k->questions[i].answer);
	for (i = 0; i < k->mail_count; i++)
		mail_free(k->mails[i]);
	query_asker_free(k->asker);
	free(k->questions);
	free(k->mails);
}

static enum exit_code
nothing_asked(struct teller *t)
{
	tell(t, "which", "nothing is asked; see \"rollcall which --help\"");
	return EXIT_USAGE;
}

static enum exit_code
which_run(void *options, char **args, size_t count)
{
	const struct which_options *o = options;
	struct asking k = { .teller = o->common.teller,
	    .code = EXIT_GO_ON };
	struct catalogue *cat = NULL;
	enum exit_code code;
	unsigned days;

	if (!number_within(&o->common, "which", "max-catalogue-age",
	    &o->max_age, 0, MAX_DAYS, 0, &days))
		return EXIT_USAGE;
	if (count == 0 && o->mails.count == 0 && o->pastes.count == 0 &&
	    o->sha256.count == 0 && o->sha1.count == 0)
		return nothing_asked(k.teller);
	code = open_catalogue(&o->common, &cat);
	k.cat = cat;
	if (code == EXIT_GO_ON) {
		k.asker = query_asker_new(cat);
		code = ask_all(&k, o, args, count);
	}
	/* A mail without a field is a question that has no answer. */
	if (code == EXIT_GO_ON && k.count == 0 && k.mail_count == 0 &&
	    !k.nothing)
		code = nothing_asked(k.teller);
	if (code == EXIT_GO_ON)
		code = write_answers(o, &k, o->max_age.given ?
		    (int)days : -1);
	asking_fini(&k);
	catalogue_free(cat);
	return code;
}

const struct command cmd_which = {
	.name = "which",
	.summary = "which update has a build, KB, CVE, package or name",
	.synopsis = "[OPTION...] WHAT...",
	.text = "WHAT is a build (14.2.318.4, \"Version 14.2 (Build "
	    "318.2)\"), a KB, a CVE, also with a build, a package or display "
	    "name, a code, a digest, or a name (\"2010 SP2 RU4-v2\"); lines "
	    "of a table or a log are searched for builds; - reads questions "
	    "from standard input, one a line.",
	.result = REPORT_WHICH,
	.min_args = 0,
	.max_args = WHICH_MAX_QUESTIONS,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct which_options),
	.run = which_run,
};
