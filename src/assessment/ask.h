/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_ASK_H
#define ROLLCALL_ASSESSMENT_ASK_H

#include "assessment/judge.h"

/*
 * Asking one question. What an answer takes stands in a table of obligations
 * (obligations.c); each says which answer the evidence that it looks at
 * allows at best, and the worst of them is the answer.
 */
struct ask {
	struct judge		*j;
	struct assess_exchange	*x;	/* NULL: of the host */
	const struct witnesses	*w;	/* of X */
	struct answer		*answer;
};

struct obligation {
	enum question	 question;
	const char	*name;		/* for the reader of the table */
	/* Zero, "unknown", is what comes of doing nothing; ANSWER_STRUCK of
	 * what cannot be had here. */
	unsigned	 (*allows)(struct ask *a);
};


/* Answer Q about X (NULL: about the host) into *OUT, which is the caller's,
 * for answer_fini(). Without an obligation that was met it is unknown. */
void	ask(struct judge *j, struct assess_exchange *x, enum question q,
	    struct answer *out);

/* The record is part of the proof; 0 is none. */
void	prove(struct ask *a, ev_id id);

/* What is missing for a better answer, in words. */
void	lack(struct ask *a, const char *fmt, ...) PRINTF_LIKE(2, 3);

void	answer_fini(struct answer *a);
void	answer_prove(struct answer *a, ev_id id);

/* Say in the line which overlays the answer rests on. */
void	answer_say_rests(struct answer *a);

/* Replace the text of the line, and what to do. */
void	answer_text(struct answer *a, const char *fmt, ...)
	    PRINTF_LIKE(2, 3);
void	answer_action(struct answer *a, const char *fmt, ...)
	    PRINTF_LIKE(2, 3);

/* Is one of the records of the evidence that is KIND, and lies at or below
 * WHERE (NULL: anywhere), not to be read? Its id, or 0. */
ev_id	unreadable_record(const struct judge *j, enum ev_kind kind,
	    const char *where);

/* The same question, and the record that is not to be read is proof of it. */
bool	is_unread(struct ask *a, enum ev_kind kind, const char *where);

#endif
