/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/mail.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/textfile.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define FIELD_NAME	"Received:"

/* Clauses of a Received field, RFC 5321, 4.4. */
enum clause { FROM, BY, VIA, WITH, ID, FOR, CLAUSES };

static const char *const clause_words[CLAUSES] = { "from", "by", "via",
    "with", "id", "for" };

struct field {
	struct buf	 text[CLAUSES];	/* words of each, one space between */
	bool		 seen[CLAUSES];
	struct buf	 date;
};

static bool
is_blank(uint8_t c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A mail, and where in it the next line begins. */
struct lines {
	struct slice	 all;
	char		 ends;
	size_t		 at;
};

static bool
next_line(struct lines *l, struct slice *line)
{
	return textfile_line(l->all, l->ends, &l->at, line);
}

static bool
is_received(struct slice line)
{
	size_t len = strlen(FIELD_NAME), i;

	if (line.n < len)
		return false;
	for (i = 0; i < len; i++)
		if (utf_upcase(line.p[i]) !=
		    utf_upcase((uint16_t)FIELD_NAME[i]))
			return false;
	return true;
}

/*
 * A comment, RFC 5322, 3.2.2: parentheses nest, a backslash quotes. C stands
 * behind the first one.
 */
static void
skip_comment(struct cursor *c)
{
	size_t depth = 1;

	while (depth != 0 && cursor_left(c) != 0) {
		uint8_t b = cursor_u8(c);

		if (b == '\\')
			cursor_skip(c, cursor_left(c) != 0);
		depth += b == '(';
		depth -= b == ')';
	}
}

static bool
ends_word(uint8_t c)
{
	return is_blank(c) || c == '(' || c == ')' || c == ';';
}

/* The next byte, not taken; 0 at the end. */
static uint8_t
peek(const struct cursor *c)
{
	struct cursor ahead = *c;

	return cursor_left(c) != 0 ? cursor_u8(&ahead) : 0;
}

/* The word that C stands at; what is between quotes is one with them. */
static struct slice
take_word(struct cursor *c)
{
	struct cursor from = *c;
	bool quoted = false;

	while (cursor_left(c) != 0 && (quoted || !ends_word(peek(c))))
		quoted ^= cursor_u8(c) == '"';
	return cursor_take(&from, c->at - from.at);
}

static bool
is_word(struct slice s, const char *word)
{
	size_t i;

	if (s.n != strlen(word))
		return false;
	for (i = 0; i < s.n; i++)
		if (utf_upcase(s.p[i]) != utf_upcase((uint16_t)word[i]))
			return false;
	return true;
}

static enum clause
clause_of(struct slice word)
{
	unsigned i;

	for (i = 0; i < CLAUSES; i++)
		if (is_word(word, clause_words[i]))
			break;
	return (enum clause)i;
}

/* Words until the ";", each to the clause that it stands in. */
static void
split(struct slice value, struct field *f)
{
	struct cursor c = cursor_of(value);
	enum clause now = CLAUSES, next;
	struct slice word;

	while (cursor_left(&c) != 0 && peek(&c) != ';') {
		if (ends_word(peek(&c))) {
			if (cursor_u8(&c) == '(')
				skip_comment(&c);
			continue;
		}
		word = take_word(&c);
		next = clause_of(word);
		if (next != CLAUSES && !f->seen[next]) {
			f->seen[next] = true;
			now = next;
		} else if (now == BY && next != CLAUSES) {
			/* A second "with" is no part of a server's name. */
			now = CLAUSES;
		} else if (now != CLAUSES) {
			if (f->text[now].len != 0)
				buf_putc(&f->text[now], ' ');
			buf_append(&f->text[now], word.p, word.n);
		}
	}
	cursor_skip(&c, cursor_left(&c) != 0);
	while (is_blank(peek(&c)))
		cursor_skip(&c, 1);
	word = cursor_take(&c, cursor_left(&c));
	buf_append(&f->date, word.p, word.n);
}

/*
 * Exchange names itself "Microsoft SMTP Server" where it took the mail by
 * SMTP and "mapi" where a mailbox handed it in. Only then is "id" a build.
 */
static struct version
build_of(const struct field *f)
{
	const char *with = buf_text(&f->text[WITH]);
	struct version v = { { 0 }, 0 };

	if (utf_casecmp(with, "Microsoft SMTP Server") == 0 ||
	    utf_casecmp(with, "mapi") == 0)
		(void)version_parse(buf_text(&f->text[ID]), &v);
	return v;
}

static struct mail_hop
hop_of(struct slice value)
{
	struct field f = { .seen = { false } };
	struct mail_hop hop;
	unsigned i;

	for (i = 0; i < CLAUSES; i++)
		buf_init(&f.text[i], MAIL_MAX_FIELD);
	buf_init(&f.date, MAIL_MAX_FIELD);
	split(value, &f);
	hop.build = build_of(&f);
	hop.from = buf_take(&f.text[FROM]);
	hop.by = buf_take(&f.text[BY]);
	hop.with = buf_take(&f.text[WITH]);
	hop.date = buf_take(&f.date);
	for (i = 0; i < CLAUSES; i++)
		buf_fini(&f.text[i]);
	return hop;
}

static bool
is_folded(const struct lines *l)
{
	struct slice next;

	return slice_sub(l->all, l->at, 1, &next) &&
	    (slice_is(next, " ") || slice_is(next, "\t"));
}

/* The field that LINE begins, with the lines that are folded into it. */
static enum status
read_field(struct lines *l, struct slice line, struct mail *m,
    struct diag *d)
{
	struct slice value;
	enum status st = ST_OK;
	struct buf b;

	if (m->count == MAIL_MAX_HOPS)
		return diag_set(d, ST_LIMIT, line.fileoff, "mail: hops",
		    "more than %d Received fields", MAIL_MAX_HOPS);
	buf_init(&b, MAIL_MAX_FIELD);
	(void)slice_from(line, strlen(FIELD_NAME), &value);
	buf_append(&b, value.p, value.n);
	while (is_folded(l) && next_line(l, &value))
		buf_append(&b, value.p, value.n);
	if (b.full)
		st = diag_set(d, ST_LIMIT, line.fileoff, "mail: field",
		    "a Received field is longer than %d bytes",
		    MAIL_MAX_FIELD);
	else {
		m->hops = xpush(m->hops, m->count, sizeof(*m->hops));
		m->hops[m->count++] = hop_of(buf_slice(&b));
	}
	buf_fini(&b);
	return st;
}

/* The last server's field is on top. */
static void
reverse(struct mail *m)
{
	size_t i;

	for (i = 0; i < m->count / 2; i++) {
		struct mail_hop hop = m->hops[i];

		m->hops[i] = m->hops[m->count - 1 - i];
		m->hops[m->count - 1 - i] = hop;
	}
}

static enum status
read_fields(struct slice text, struct mail *m, struct diag *d)
{
	struct lines l = { .all = text, .ends = textfile_ends(text) };
	enum status st = ST_OK;
	struct slice line;
	bool begun = false;

	while (st == ST_OK && next_line(&l, &line)) {
		/* What is pasted may begin with empty lines. */
		if (line.n == 0 && begun) {
			m->ended = true;
			break;
		}
		begun = begun || line.n != 0;
		if (is_received(line))
			st = read_field(&l, line, m, d);
	}
	return st;
}

enum status
mail_read(struct slice head, struct mail **out, struct diag *d)
{
	struct mail *m = xcalloc(1, sizeof(*m));
	struct slice mark;
	enum status st;
	struct buf b;

	buf_init(&b, MAIL_MAX_BYTES * 2);
	if (slice_sub(head, 0, 3, &mark) && slice_is(mark, "\xef\xbb\xbf"))
		(void)slice_from(head, 3, &head);
	if (!textfile_is_utf16(head))
		st = read_fields(head, m, d);
	else if (textfile_utf8(head, &b))
		st = read_fields(buf_slice(&b), m, d);
	else
		st = diag_set(d, ST_LIMIT, 0, "mail: header",
		    "it is longer than %d bytes", MAIL_MAX_BYTES);
	buf_fini(&b);
	if (st != ST_OK) {
		mail_free(m);
		return st;
	}
	reverse(m);
	*out = m;
	return ST_OK;
}

void
mail_free(struct mail *m)
{
	size_t i;

	if (m == NULL)
		return;
	for (i = 0; i < m->count; i++) {
		free(m->hops[i].from);
		free(m->hops[i].by);
		free(m->hops[i].with);
		free(m->hops[i].date);
	}
	free(m->hops);
	free(m);
}
