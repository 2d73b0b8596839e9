/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned failures;	/* in the running case */
static const char *skipped;	/* why, or NULL */

int
tap_run(const struct tap_case *cases)
{
	unsigned n = 0, bad = 0;
	const struct tap_case *c;

	for (c = cases; c->name != NULL; c++)
		n++;
	printf("1..%u\n", n);
	for (c = cases, n = 1; c->name != NULL; c++, n++) {
		failures = 0;
		skipped = NULL;
		c->run();
		bad += failures != 0;
		printf("%s %u - %s%s%s\n", failures != 0 ? "not ok" : "ok",
		    n, c->name, skipped != NULL ? " # SKIP " : "",
		    skipped != NULL ? skipped : "");
		fflush(stdout);
	}
	return bad != 0;
}

void
tap_skip(const char *why)
{
	skipped = why;
}

static void
complain(const char *file, int line, const char *what)
{
	failures++;
	printf("# %s:%d: %s\n", file, line, what);
}

void
tap_check(bool ok, const char *file, int line, const char *what)
{
	if (!ok)
		complain(file, line, what);
}

void
tap_check_int(int64_t got, int64_t want, const char *file, int line,
    const char *what)
{
	if (got == want)
		return;
	complain(file, line, what);
	printf("#   got  %" PRId64 "\n#   want %" PRId64 "\n", got, want);
}

void
tap_check_str(const char *got, const char *want, const char *file, int line,
    const char *what)
{
	if (got != NULL && want != NULL ? strcmp(got, want) == 0 : got == want)
		return;
	complain(file, line, what);
	printf("#   got  %s\n#   want %s\n", got != NULL ? got : "(null)",
	    want != NULL ? want : "(null)");
}

void
tap_check_st(enum status got, enum status want, const struct diag *d,
    const char *file, int line, const char *what)
{
	char text[1024] = "";

	if (got == want)
		return;
	complain(file, line, what);
	if (d != NULL)
		diag_line(d, text, sizeof(text));
	printf("#   got  %s %s\n#   want %s\n", status_name(got), text,
	    status_name(want));
}

const char *
tap_env(const char *name)
{
	const char *s = getenv(name);

	return s != NULL && s[0] != '\0' ? s : NULL;
}

uint8_t *
tap_read(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	uint8_t *p = NULL;
	size_t cap = 0, n;

	*len = 0;
	if (f == NULL) {
		printf("Bail out! cannot open %s\n", path);
		exit(1);
	}
	do {
		cap += 1 << 20;
		p = realloc(p, cap);
		if (p == NULL)
			abort();
		n = fread(p + *len, 1, cap - *len, f);
		*len += n;
	} while (n != 0);
	fclose(f);
	return p;
}

uint8_t *
tap_fixture(const char *name, size_t *len)
{
	const char *dir = tap_env("ROLLCALL_FIXTURES");
	char path[4096];

	snprintf(path, sizeof(path), "%s/%s", dir != NULL ? dir :
	    "tests/fixtures", name);
	return tap_read(path, len);
}
