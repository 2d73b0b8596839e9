/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_JSON_JSONSHAPE_H
#define ROLLCALL_JSON_JSONSHAPE_H

#include "json/jsonin.h"
#include "json/jsonout.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Structs as JSON, both ways by one table, so that what is written and what
 * is read cannot drift apart. A member that is not known (zero, NULL, no
 * version, INSTANT_NONE) is left out, and a member that is missing is not
 * known. Where that would be good news, the member is NEEDed: it is always
 * written, and a document without it is refused.
 */
enum jsonshape_type {
	JSONSHAPE_NONE,
	JSONSHAPE_TEXT,		/* char *; null for NULL */
	JSONSHAPE_BOOL,
	JSONSHAPE_NUMBER,	/* unsigned, of SIZE bytes */
	JSONSHAPE_SIGNED,	/* int, from -1 */
	JSONSHAPE_PLACE,	/* uint64_t; DIAG_NOWHERE for none */
	JSONSHAPE_LETTER,	/* char, 'A' to 'Z'; 0 for none */
	JSONSHAPE_WORD,		/* an enum, by WORD */
	JSONSHAPE_BITS,		/* unsigned, a bit each, by WORD */
	JSONSHAPE_VERSION,
	JSONSHAPE_INSTANT,
	JSONSHAPE_HEX,		/* uint8_t[SIZE] */
	JSONSHAPE_HEX_TEXT,	/* char *, of MAX bytes in hex */
	JSONSHAPE_OBJECT,	/* a struct by MEMBERS */
	JSONSHAPE_OWNED,	/* a pointer to one, or NULL */
	JSONSHAPE_LIST,		/* an array of structs */
	JSONSHAPE_TEXTS,	/* an array of char * */
	JSONSHAPE_HEXES,	/* an array of uint8_t[SIZE] */
	JSONSHAPE_OTHER,	/* by PUT and TAKE */
};

struct jsonshape;

struct jsonshape_put {
	struct jsonout	*j;
	void		*ctx;		/* of PUT */
};

struct jsonshape_take {
	size_t		 bytes;		/* that may still be allocated */
	void		*ctx;		/* of TAKE */
};

/* P is where the field lies. */
typedef void jsonshape_put_fn(struct jsonshape_put *o,
		    const struct jsonshape *f, const void *p);
typedef void jsonshape_take_fn(struct jsonshape_take *t,
		    struct jsonin_at at, const struct jsonshape *f, void *p);

/* One member; a table of them ends with one that has no name. */
struct jsonshape {
	const char	*name;
	enum jsonshape_type type;
	bool		 need;
	bool		 or_null;	/* NEEDed, and null is fine */
	bool		 flat;		/* each of a list on a line of its
					   own */
	size_t		 offset;
	size_t		 size;		/* of the field, or of an element */
	size_t		 count;		/* offset of a list's size_t */
	size_t		 max;		/* elements; words; bytes */
	const struct jsonshape *members;
	const char	*(*word)(unsigned value);	/* NULL: no such */
	jsonshape_put_fn *put;
	jsonshape_take_fn *take;
};

#define JSONSHAPE_AS(as, kind, s, m) .name = (as), .type = (kind), \
	.offset = offsetof(struct s, m), .size = sizeof(((struct s *)0)->m)
#define JSONSHAPE_ARRAY(as, kind, s, m, n, most) .name = (as), \
	.type = (kind), .offset = offsetof(struct s, m), \
	.size = sizeof(*((struct s *)0)->m), \
	.count = offsetof(struct s, n), .max = (most)
#define JSONSHAPE_CUSTOM(as, s, m, out, in) \
	JSONSHAPE_AS(as, JSONSHAPE_OTHER, s, m), .put = (out), .take = (in)

/* The members of the struct at P, into the object that is open. */
void	jsonshape_put(struct jsonshape_put *o, const struct jsonshape *members,
	    const void *p);

/* One member of it. */
void	jsonshape_put_one(struct jsonshape_put *o, const struct jsonshape *f,
	    const void *p);

/*
 * The members of AT into the struct at P, which is zero before.
 *
 * Out:     *P can be given back as any other of its kind, whether all was
 *          right or not: see jsonin_finish().
 * Limits:  TEXT_MAX; MAX of each list; BYTES of T.
 */
void	jsonshape_take(struct jsonshape_take *t, struct jsonin_at at,
	    const struct jsonshape *members, void *p);

/* One member of it. */
void	jsonshape_take_one(struct jsonshape_take *t, struct jsonin_at at,
	    const struct jsonshape *f, void *p);

/* May BYTES more be allocated? Else it is an error of AT. */
bool	jsonshape_afford(struct jsonshape_take *t, struct jsonin_at at,
	    const char *name, size_t bytes);

/* Text, the caller's; NULL for none. */
char	*jsonshape_text(struct jsonshape_take *t, struct jsonin_at at,
	    const char *name);

#endif
