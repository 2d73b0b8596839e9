/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "facts.h"

#include "inventory/inventory_json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * inventory-json full|empty|server COUNT: an inventory of the unit tests as
 * JSON, for the JSON Schema and for seeds.
 */
int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "";
	struct inventory *inv = strcmp(what, "full") == 0 ? facts_full() :
	    strcmp(what, "empty") == 0 ? facts_empty() :
	    facts_server(argc > 2 ? strtoul(argv[2], NULL, 10) : 0);
	struct diag d = { .text = "" };
	struct sink *out = NULL;
	struct jsonout j;
	enum status st = sink_open(NULL, &out, &d);

	if (st == ST_OK) {
		jsonout_init(&j, out, true);
		inventory_write(&j, NULL, inv);
		jsonout_fini(&j);
		st = sink_commit(out, &d);
	}
	if (st != ST_OK)
		fprintf(stderr, "%s\n", d.text);
	inventory_free(inv);
	return st != ST_OK;
}
