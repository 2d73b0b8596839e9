/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_XML_NODE_H
#define ROLLCALL_XML_NODE_H

#include "base/arena.h"
#include "xml/xml.h"

/*
 * Inside the xml layer only. The tree is our own, built while the text is
 * read: a third of the memory and half of the time of libxml2's, and nothing
 * but pointers to follow.
 */
struct libxml_calls;

struct xml_attribute {
	const char	*name;		/* one string for all of that name */
	const char	*value;
};

struct xml_piece {			/* of text */
	struct xml_piece *next;
	const char	*text;
};

struct xml_node {
	const char	*name;		/* one string for all of that name */
	const char	*namespace;	/* likewise */
	struct xml_attribute *attributes;
	size_t		 attribute_count;
	struct xml_piece *text, *last_text;
	struct xml_node	*first, *last;	/* inside */
	struct xml_node	*next;		/* beside */
	struct xml_node	*parent;
	unsigned	 line;
};

struct xml_doc {
	struct arena	 arena;
	void		*names;		/* of elements and attributes: libxml2's
					   dictionary; NULL in the arena */
	const struct libxml_calls *xml;	/* where there is a dictionary */
	struct xml_node	*root;
	struct xml_node	*open;		/* while it is read */
};

/* Another element, on LINE, below the one that is open; it is open now. */
struct xml_node	*node_open(struct xml_doc *doc, const char *name,
		    const char *namespace, unsigned line);
void		 node_close(struct xml_doc *doc);

/* More text of the open element: TEXT is the document's. White space in front
 * of all text, which indents elements, is none. */
void		 node_text(struct xml_doc *doc, const char *text);

#endif
