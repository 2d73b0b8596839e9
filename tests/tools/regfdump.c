/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/buf.h"
#include "base/limits.h"
#include "formats/regf.h"
#include "formats/regf_walk.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/*
 * Print every key and value of a hive in a form for comparing, one a line:
 *
 *	K path
 *	V path name type hex-of-data
 *	D path what
 *	F path			the key is not found by its path (--find)
 *	= keys values damage
 *
 * parted by tabs; bytes below 0x20, '%' and 0x7f are written %XX.
 */
struct dump {
	struct regf	*h;
	struct regf_key	 root;
	bool		 find;
};

static enum status
read_at(void *ctx, uint64_t off, void *p, size_t len, struct diag *d)
{
	FILE *f = ctx;

	if (fseeko(f, (off_t)off, SEEK_SET) != 0 || fread(p, 1, len, f) != len)
		return diag_set(d, ST_IO, off, NULL, "%s", strerror(errno));
	return ST_OK;
}

static void
print_escaped(const char *s)
{
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < 0x20 || *s == '%' || *s == 0x7f)
			printf("%%%02X", (unsigned char)*s);
		else
			putchar(*s);
}

static enum status
print_key(void *ctx, const char *path, const struct regf_key *key,
    struct diag *d)
{
	const struct dump *dump = ctx;
	struct regf_key found;

	printf("K\t");
	print_escaped(path);
	putchar('\n');
	if (dump->find && (regf_find(dump->h, &dump->root, path, &found,
	    d) != ST_OK || found.cell != key->cell)) {
		printf("F\t");
		print_escaped(path);
		putchar('\n');
	}
	return ST_OK;
}

static void
print_damage(void *ctx, const char *path, const struct diag *d)
{
	char line[1024];

	(void)ctx;
	diag_line(d, line, sizeof(line));
	printf("D\t");
	print_escaped(path);
	putchar('\t');
	print_escaped(line);
	putchar('\n');
}

static void
print_hex(struct slice s)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < s.n; i++) {
		putchar(digits[s.p[i] >> 4]);
		putchar(digits[s.p[i] & 15]);
	}
}

static enum status
print_value(void *ctx, const char *path, const struct regf_value *v,
    struct diag *d)
{
	const struct dump *dump = ctx;
	struct diag dd = { .text = "", .fileoff = DIAG_NOWHERE };
	struct buf data;
	enum status st;

	buf_init(&data, REGF_MAX_VALUE_BYTES);
	st = regf_value_data(dump->h, v, &data, &dd);
	printf("V\t");
	print_escaped(path);
	putchar('\t');
	print_escaped(v->name);
	printf("\t%" PRIu32 "\t", v->type);
	if (st == ST_OK)
		print_hex(buf_slice(&data));
	else
		printf("!%s", status_name(st));
	putchar('\n');
	if (st != ST_OK && st != ST_IO)
		print_damage(ctx, path, &dd);
	else if (st == ST_IO && d != NULL)
		*d = dd;
	buf_fini(&data);
	return st == ST_IO ? st : ST_OK;
}

static enum status
dump_all(struct dump *dump, struct diag *d)
{
	struct regf_visitor visitor = { print_key, print_value, print_damage,
	    dump };
	struct regf_walk_sum sum;
	enum status st = regf_root(dump->h, &dump->root, d);

	if (st != ST_OK)
		return st;
	st = regf_walk(dump->h, &dump->root, REGF_MAX_DEPTH, &visitor, &sum,
	    d);
	printf("=\t%zu\t%zu\t%zu\n", sum.keys, sum.values, sum.damage);
	return st;
}

int
main(int argc, char **argv)
{
	struct dump dump = { .find = argc == 3 &&
	    strcmp(argv[1], "--find") == 0 };
	FILE *f = argc < 2 ? NULL : fopen(argv[argc - 1], "rb");
	struct source src = { read_at, f, 0 };
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	char line[1024];
	enum status st;

	if (f == NULL || fseeko(f, 0, SEEK_END) != 0) {
		fprintf(stderr, "usage: regfdump [--find] HIVE\n");
		return 2;
	}
	src.size = (uint64_t)ftello(f);
	st = regf_open(src, &dump.h, &d);
	if (st == ST_OK)
		st = dump_all(&dump, &d);
	if (st != ST_OK) {
		diag_line(&d, line, sizeof(line));
		fprintf(stderr, "regfdump: %s: %s\n", status_name(st), line);
	}
	regf_close(dump.h);
	fclose(f);
	return st == ST_OK ? 0 : 1;
}
