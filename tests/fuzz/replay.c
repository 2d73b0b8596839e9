/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Run a fuzz target over files: those named as arguments, or else its whole
 * seed corpus. One TAP line a file; a crash ends the program, which the
 * driver reports.
 */
static void
replay(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *p;
	long len;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0 || (len = ftell(f)) < 0) {
		printf("Bail out! cannot read %s\n", path);
		exit(1);
	}
	rewind(f);
	/* Exactly the file's size, so that ASan sees a read behind it. */
	p = malloc((size_t)len + (len == 0));
	if (p == NULL || fread(p, 1, (size_t)len, f) != (size_t)len) {
		printf("Bail out! cannot read %s\n", path);
		exit(1);
	}
	fclose(f);
	LLVMFuzzerTestOneInput(p, (size_t)len);
	free(p);
}

static int
is_seed(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

int
main(int argc, char **argv)
{
	const char *src = getenv("ROLLCALL_SRC");
	char dir[4096], path[8192];
	struct dirent **seeds;
	int i, n;

	LLVMFuzzerInitialize(&argc, &argv);
	if (argc > 1) {
		for (i = 1; i < argc; i++)
			replay(argv[i]);
		return 0;
	}
	snprintf(dir, sizeof(dir), "%s/tests/fuzz/corpus/%s",
	    src != NULL ? src : ".", CORPUS);
	n = scandir(dir, &seeds, is_seed, alphasort);
	if (n <= 0) {
		printf("Bail out! no seeds in %s\n", dir);
		return 1;
	}
	printf("1..%d\n", n);
	for (i = 0; i < n; i++) {
		printf("# %s\n", seeds[i]->d_name);
		fflush(stdout);
		snprintf(path, sizeof(path), "%s/%s", dir, seeds[i]->d_name);
		replay(path);
		printf("ok %d - %s\n", i + 1, seeds[i]->d_name);
		free(seeds[i]);
	}
	free(seeds);
	return 0;
}
