/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/wsus.h"
#include "io/file.h"

#include <inttypes.h>
#include <stdio.h>

/*
 * Print what is read out of a wsusscn2.cab, for tests: "R", KB, bulletin and
 * title of a row; below it its lists; last "=" and how much was looked at.
 */
static void
print_texts(const char *what, const struct import_texts *list)
{
	size_t i;

	for (i = 0; i < list->count; i++)
		printf("%s\t%s\n", what, list->items[i]);
}

static void
print_row(const struct import_row *row)
{
	size_t i;

	printf("R\t%s\t%s\t%s\n", row->kb, row->bulletin, row->name);
	print_texts("cve", &row->cves);
	print_texts("supersedes", &row->supersedes);
	print_texts("patch", &row->patches);
	for (i = 0; i < row->digest_count; i++)
		printf("digest\t%s\t%s\t%" PRIu64 "\t%s\n",
		    row->digests[i].algorithm, row->digests[i].hex,
		    row->digests[i].size, row->digests[i].package);
}

static enum status
read_all(struct import *im, struct source src, struct diag *d)
{
	struct wsus_read read = { .updates = 0 };
	struct import_source *source;
	enum status st;
	bool again;
	size_t i;

	source = import_add_source(im, "WSUS", "wsusscn2.cab", "test",
	    slice_of("", 0, 0), NULL, &again);
	st = wsus_read(&src, im, source, &read, d);
	if (st != ST_OK)
		return st;
	for (i = 0; i < im->row_count; i++)
		print_row(im->rows[i]);
	printf("=\t%zu\t%zu\t%zu\n", read.updates, read.found,
	    read.nameless);
	return st;
}

int
main(int argc, char **argv)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct import im = { .sources = NULL };
	struct file *f = NULL;
	enum status st = ST_ABSENT;
	char line[1024];

	if (argc != 2)
		return 64;
	if (!wsus_can())
		return 77;
	st = file_open(argv[1], &f, &d);
	if (st == ST_OK)
		st = read_all(&im, file_source(f), &d);
	if (st != ST_OK) {
		diag_line(&d, line, sizeof(line));
		fprintf(stderr, "%s: %s\n", status_name(st), line);
	}
	file_close(f);
	import_fini(&im);
	return st == ST_OK ? 0 : 1;
}
