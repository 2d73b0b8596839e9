/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/open_policy.h"
#include "base/buf.h"
#include "base/limits.h"
#include "cmd/tell.h"
#include "io/file.h"

static enum exit_code
add_anchors(const struct common *o, const char *path, struct inspect_policy *p)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st;
	struct buf pem;

	buf_init(&pem, ANCHOR_FILE_MAX);
	st = file_read_all(path, &pem, &d);
	if (st == ST_OK)
		st = inspect_policy_add_pem(p, buf_slice(&pem), &d);
	buf_fini(&pem);
	if (st == ST_OK)
		return EXIT_GO_ON;
	tell_diag(o->teller, path, &d);
	return exit_of_status(st);
}

enum exit_code
open_policy(const struct common *o, const struct catalogue *cat,
    const struct text_list *anchors, struct inspect_policy **out)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct inspect_policy *p = NULL;
	enum exit_code code = EXIT_GO_ON;
	enum status st = inspect_policy_new(cat, o->at, false, &p, &d);
	size_t i;

	if (st != ST_OK) {
		tell_diag(o->teller, "catalogue", &d);
		return exit_of_status(st);
	}
	for (i = 0; code == EXIT_GO_ON && i < anchors->count; i++)
		code = add_anchors(o, anchors->items[i], p);
	if (code == EXIT_GO_ON)
		*out = p;
	else
		inspect_policy_free(p);
	return code;
}
