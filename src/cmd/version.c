/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/version.h"
#include "base/source.h"
#include "catalogue/catalogue.h"
#include "cmd/output.h"
#include "cmd/system.h"
#include "io/file.h"
#include "trust/digest.h"

#include <stdlib.h>
#include <string.h>

#ifdef __clang__
#define BUILT_BY	__VERSION__
#else
#define BUILT_BY	"GCC " __VERSION__
#endif

#define BLOCK	16384	/* bytes that are digested at a time */

static enum status
digest_source(const struct source *src, char *hex, struct diag *d)
{
	struct digester *g = digester_new(DIGEST_BIT(DIGEST_SHA256));
	enum status st = ST_OK;
	struct digest_set set;
	uint8_t block[BLOCK];
	uint64_t off = 0;

	while (st == ST_OK && off < src->size) {
		uint64_t left = src->size - off;
		size_t n = left < BLOCK ? (size_t)left : BLOCK;

		st = source_read(src, off, block, n, d);
		if (st == ST_OK)
			digester_update(g, block, n);
		off += n;
	}
	digester_final(g, &set);
	digester_free(g);
	if (st == ST_OK)
		(void)digest_hex(&set.of[DIGEST_SHA256], hex);
	return st;
}

/* Of the file that runs. */
static enum status
digest_program(char *hex, struct diag *d)
{
	char *path = system_program();
	struct file *f = NULL;
	struct source src;
	enum status st;

	st = path == NULL ? diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
	    "the system does not say which file runs") :
	    file_open(path, &f, d);
	if (st == ST_OK) {
		src = file_source(f);
		st = digest_source(&src, hex, d);
	}
	file_close(f);
	free(path);
	return st;
}

struct about {
	char		 sha256[2 * DIGEST_MAX + 1];
	const struct cat_info *info;	/* of the catalogue compiled in */
};

static bool
put_line(void *ctx, struct sink *out)
{
	(void)ctx;
	sink_puts(out, PACKAGE_STRING "\n");
	return true;
}

static bool
put_about(void *ctx, struct sink *out)
{
	const struct about *a = ctx;
	char issued[INSTANT_TEXT], known[INSTANT_TEXT];

	(void)put_line(NULL, out);
	/* A digest has a line of its own, which fits 80 columns. */
	sink_printf(out, "  program    the file that runs, SHA-256\n"
	    "             %s\n", a->sha256);
	sink_printf(out, "  catalogue  %llu of %s, knows updates up to %s, "
	    "SHA-256\n             %s\n", (unsigned long long)a->info->serial,
	    instant_format_day(a->info->issued, issued),
	    instant_format_day(a->info->known_until, known),
	    a->info->sha256);
	sink_puts(out, "  built      for " BUILT_FOR ", by " BUILT_BY "\n"
	    "  libraries  " BUILT_WITH "\n");
	return true;
}

static enum exit_code
show_about(struct teller *t)
{
	struct diag d = { .text = "" };
	struct catalogue *cat = NULL;
	struct about a = { .info = NULL };
	enum exit_code code;
	enum status st = digest_program(a.sha256, &d);

	if (st == ST_OK)
		st = catalogue_builtin(&cat, &d);
	if (st != ST_OK) {
		tell_diag(t, "version", &d);
		return exit_of_status(st);
	}
	a.info = catalogue_info(cat);
	code = exit_or(output_write(t, NULL, put_about, &a),
	    EXIT_NOTHING_TO_DO);
	catalogue_free(cat);
	return code;
}

enum exit_code
version_run(struct teller *t, char **words)
{
	if (words[0] == NULL)
		return exit_or(output_write(t, NULL, put_line, NULL),
		    EXIT_NOTHING_TO_DO);
	if (words[1] == NULL && (strcmp(words[0], "--verbose") == 0 ||
	    strcmp(words[0], "-v") == 0))
		return show_about(t);
	tell(t, "version", "%s: it takes --verbose and nothing else",
	    words[0]);
	return EXIT_USAGE;
}
