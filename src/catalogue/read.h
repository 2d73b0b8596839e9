/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_READ_H
#define ROLLCALL_CATALOGUE_READ_H

#include "base/buf.h"
#include "catalogue/model.h"

/*
 * From elements to the model. The grammar has been checked for documents
 * from outside, and is checked by "make check" for the one inside; so what
 * fails here is either something that a grammar cannot say, or a program
 * that is out of step with it. The first failure stays, and one test at the
 * end is enough; until then readers get empty text and zeroes.
 */
#define READER_RECENT	64
struct reader {
	struct catalogue *c;
	enum status	 st;
	struct diag	*d;
	struct buf	 scratch;
	bool		 draft;	/* leave what check.h finds to it */
	const struct cat_overlay *overlay; /* that is read; or NULL */
	const struct cat_source *recent[READER_RECENT]; /* by ending */
};

/* Record the first failure, with the line of NODE. */
void		read_fail(struct reader *r, const struct xml_node *node,
		    const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The first element called NAME inside NODE, and the next beside it. */
const struct xml_node *read_first(const struct xml_node *node,
		    const char *name);
const struct xml_node *read_again(const struct xml_node *node);

/*
 * Room for as many things as NODE has elements called NAME: an array in the
 * arena, zeroed; *COUNT of them.
 */
void		*read_array(struct reader *r, const struct xml_node *node,
		    const char *name, size_t size, size_t *count);

/* An attribute, which belongs to the document: "" when it is absent; a
 * failure when it must be there and is not. */
const char	*read_opt(const struct xml_node *node, const char *name);
const char	*read_attr(struct reader *r, const struct xml_node *node,
		    const char *name);
bool		read_flag(const struct xml_node *node, const char *name);

/* Attributes of a kind; absent ones give INSTANT_NONE, parts 0, 0. */
instant		read_day(struct reader *r, const struct xml_node *node,
		    const char *name);
struct version	read_version(struct reader *r, const struct xml_node *node,
		    const char *name);
uint64_t	read_number(struct reader *r, const struct xml_node *node,
		    const char *name);
/* "6.1". */
void		read_pair(struct reader *r, const struct xml_node *node,
		    const char *name, uint32_t *major, uint32_t *minor);

/* Ids of sources, each of which must be in the table. */
struct cat_refs	read_refs(struct reader *r, const struct xml_node *node,
		    const char *name);

/* Words of an attribute or text, split at white space. */
const char	**read_words(struct reader *r, const char *text,
		    size_t *count);

/* Text inside NODE (NULL: ""), white space as single spaces; hex digits
 * without any. */
const char	*read_prose(struct reader *r, const struct xml_node *node);
const char	*read_hex(struct reader *r, const struct xml_node *node);

/* Texts of all elements called NAME inside NODE. */
const char	**read_texts(struct reader *r, const struct xml_node *node,
		    const char *name, size_t *count);

/* Hex of a SHA-1 to its bytes. */
void		read_sha1(struct reader *r, const struct xml_node *node,
		    const char *name, uint8_t out[20]);

/* Pieces that several tables have. */
struct cat_package *read_packages(struct reader *r,
		    const struct xml_node *node, size_t *count);
void		read_package(struct reader *r, const struct xml_node *node,
		    struct cat_package *p);
struct cat_patch *read_patches(struct reader *r, const struct xml_node *node,
		    size_t *count);

/* The branch of a product that NODE, an <add>, names; NULL after a failure. */
struct cat_branch *read_branch_ref(struct reader *r,
		    const struct xml_node *node);

/* Single things that overlays have as well. */
struct cat_source read_source(struct reader *r, const struct xml_node *node);
/* This one becomes the last of the table, which has room for it. */
struct cat_release *read_release(struct reader *r,
		    const struct xml_node *node, const struct cat_branch *b);
void		read_replace(struct reader *r, const struct xml_node *node,
		    struct cat_replace *rep);
struct cat_certificate read_certificate(struct reader *r,
		    const struct xml_node *node);
struct cat_anchor read_anchor(struct reader *r, const struct xml_node *node);
struct cat_distrusted read_distrusted(struct reader *r,
	    const struct xml_node *node);

/* It must be called like none that is there. */
struct cat_require read_require(struct reader *r,
		    const struct xml_node *node);

/* The parts of the document. All others name sources, which go first. */
void		read_sources(struct reader *r, const struct xml_node *root);
void		read_products(struct reader *r, const struct xml_node *root);
void		read_tables(struct reader *r, const struct xml_node *root);
void		read_requires(struct reader *r, const struct xml_node *root);

/* Follow references between the parts, and refuse what makes no sense. */
void		link_catalogue(struct reader *r, const struct xml_node *root);

/* The same for the releases that the overlay at ROOT added: from number
 * FIRST on, in its order. */
void		link_added(struct reader *r, const struct xml_node *root,
		    size_t first);

/* The <replace> at NODE of a release that has none, to which an overlay adds
 * it; and, when all are there, that replacing ends. */
void		link_replace(struct reader *r, const struct xml_node *node,
		    struct cat_release *rel);
void		link_circles(struct reader *r, const struct xml_node *root);

/* Lay the overlay at ROOT over the catalogue. */
void		read_overlay(struct reader *r, const struct xml_node *root);

/* Errors of Windows Installer and of setup. */
void		read_errors(struct reader *r, const struct xml_node *root);

#endif
