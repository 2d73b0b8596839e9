/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_LEXER_H
#define ROLLCALL_CATALOGUE_LEXER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Inside the queries only. Text becomes tokens: runs of letters, and numbers
 * with their dots. "RU4-v2" and "Update Rollup 4 v2" thus differ only in
 * words, and a table of terms.c says what words mean.
 */
enum token_kind {
	TOKEN_END,
	TOKEN_WORD,
	TOKEN_NUMBER,
	TOKEN_CODE,		/* a patch code */
	TOKEN_ODD,		/* begins like a number, and is none: TEXT is
				   its beginning */
};

struct token {
	enum token_kind	 kind;
	const char	*from;		/* where it begins, LEN bytes */
	size_t		 len;
	char		 text[40];	/* lower case; a word is cut there, a
					   number never */
	size_t		 dots;
};

struct lexer {
	const char	*text;		/* all of it, of plain_text() */
	const char	*first_less;	/* "<" in it, or its end */
	const char	*last_more;	/* ">" in it, or NULL */
	const char	*gap;		/* where the token before ends */
	const char	*at;		/* where the next one is looked for */
	struct token	 token;		/* the one to look at */
	const char	*relation;	/* a sign before it that asks for
					   others: "<"; or NULL. Static */
};

/* L stands at the first token of TEXT then. */
void	lexer_init(struct lexer *l, const char *text);

/* Go on to the next one. */
void	lexer_next(struct lexer *l);

/* Take the words of PHRASE if they come next; L moves only then. */
bool	lexer_take(struct lexer *l, const char *phrase);

/* "SUv2" is two words, where "Nov24" is one: split the word in two if it can
 * be, and L stands at the first of them. */
bool	lexer_split_revision(struct lexer *l);

/* Does a letter, or a dot and a digit, follow without a gap? */
bool	lexer_runs_on(const struct lexer *l);

/* Is the number that L stands at the year of a whole date, "2012-10-09" or
 * "9/10/2012"? */
bool	lexer_at_date(const struct lexer *l);

#endif
