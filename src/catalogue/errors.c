/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/check_rules.h"
#include "catalogue/read.h"

#include <string.h>

/* Errors of Windows Installer and of setup: what they mean. */

void
read_errors(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	struct cat_error *x;

	x = c->errors = read_array(r, root, "error", sizeof(*x),
	    &c->error_count);
	for (n = read_first(root, "error"); n != NULL;
	    n = read_again(n), x++) {
		x->line = xml_line(n);
		x->id = read_attr(r, n, "id");
		if (read_opt(n, "number")[0] != '\0')
			x->number = (uint32_t)read_number(r, n, "number");
		x->name = read_opt(n, "name");
		x->says = read_opt(n, "says");
		x->text = read_prose(r, read_first(n, "text"));
		x->cure = read_prose(r, read_first(n, "cure"));
		x->sources = read_refs(r, n, "sources");
	}
}

const struct cat_error *
catalogue_error_number(const struct catalogue *c, uint32_t number)
{
	size_t i;

	for (i = 0; number != 0 && i < c->error_count; i++)
		if (c->errors[i].number == number)
			return &c->errors[i];
	return NULL;
}

const struct cat_error *
catalogue_error_text(const struct catalogue *c, const char *text)
{
	size_t i;

	for (i = 0; text != NULL && i < c->error_count; i++)
		if (c->errors[i].says[0] != '\0' &&
		    strstr(text, c->errors[i].says) != NULL)
			return &c->errors[i];
	return NULL;
}

/* Two rows of one number or of the same words. */
void
check_errors(struct checker *k)
{
	const struct cat_error *x = k->c->errors;
	size_t i, j;

	for (i = 0; i < k->c->error_count; i++)
		for (j = 0; j < i; j++)
			if (strcmp(x[i].id, x[j].id) == 0 ||
			    (x[i].number != 0 &&
			    x[i].number == x[j].number) ||
			    (x[i].says[0] != '\0' &&
			    strcmp(x[i].says, x[j].says) == 0))
				checker_complain(k, x[i].line, NULL, x[i].id,
				    "%s is %s again", x[i].id, x[j].id);
}
