/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/slice.h"
#include "io/link.h"

#include <stdio.h>
#include <string.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

struct row {
	const char	*target, *mount;
	enum link_base	 base;
	const char	*rest;
};

static void
check_rows(const struct row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const struct row *r = &rows[i];
		const char *rest = NULL;
		enum link_base base = link_parse(r->target, r->mount, 'C',
		    &rest);

		if (base != r->base)
			printf("# %s below %s\n", r->target, r->mount);
		CHECK_INT(base, r->base);
		CHECK_STR(rest, r->rest);
	}
}

static void
targets_of_any_mount(void)
{
	static const struct row rows[] = {
		{ "real\\a", "/mnt", LINK_FOLDER, "real\\a" },
		{ "..\\a", "/mnt", LINK_FOLDER, "..\\a" },
		{ "\\real", "/mnt", LINK_ROOT, "\\real" },
		{ "C:\\real", "/mnt", LINK_ROOT, "\\real" },
		{ "c:/real", "", LINK_ROOT, "/real" },
		{ "C:", "/mnt", LINK_ROOT, "" },
		{ "C:real", "/mnt", LINK_OUTSIDE, NULL },
		{ "\\??\\C:\\real", "E:\\", LINK_ROOT, "\\real" },
		{ "\\??\\D:\\real", "E:\\", LINK_OUTSIDE, NULL },
		{ "\\??\\Volume{1}\\", "E:\\", LINK_OUTSIDE, NULL },
		{ "\\??\\UNC\\server\\x", "E:\\", LINK_OUTSIDE, NULL },
		{ "\\\\server\\x", "E:\\", LINK_OUTSIDE, NULL },
		{ "unsupported reparse tag", "/m", LINK_OUTSIDE, NULL },
	};

	check_rows(rows, COUNT(rows));
}

static void
targets_below_the_mount(void)
{
	static const struct row rows[] = {
		{ "/mnt/c/real", "/mnt/c", LINK_ROOT, "/real" },
		{ "/mnt/c", "/mnt/c", LINK_ROOT, "" },
		/* Not that mount, so from the root of the volume. */
		{ "/mnt/cd/x", "/mnt/c", LINK_ROOT, "/mnt/cd/x" },
		{ "/MNT/c/x", "/mnt/c", LINK_ROOT, "/MNT/c/x" },
		{ "\\??\\E:\\real", "E:\\", LINK_ROOT, "\\real" },
		{ "e:/real", "E:\\", LINK_ROOT, "/real" },
		{ "E:", "E:\\", LINK_ROOT, "" },
		{ "E:real", "E:\\", LINK_OUTSIDE, NULL },
		{ "\\??\\D:\\BACKUP\\c\\x", "D:\\Backup\\C", LINK_ROOT,
		    "\\x" },
		{ "D:\\Backup/C", "D:\\Backup\\C", LINK_ROOT, "" },
		{ "D:\\Backup\\CD\\x", "D:\\Backup\\C", LINK_OUTSIDE, NULL },
		{ "D:\\Backup", "D:\\Backup\\C", LINK_OUTSIDE, NULL },
		/* The mount is on the drive that the volume has been. */
		{ "C:\\vol\\x", "C:\\vol", LINK_ROOT, "\\x" },
		{ "C:\\real", "C:\\vol", LINK_ROOT, "\\real" },
		/* U+0250, of two bytes, in upper case is of three. */
		{ "E:\\\342\261\257\\x", "E:\\\311\220", LINK_ROOT, "\\x" },
		/* Outside the BMP. */
		{ "E:\\\360\237\230\200\\x", "E:\\\360\237\230\200",
		    LINK_ROOT, "\\x" },
	};

	check_rows(rows, COUNT(rows));
}

/* ------------------------------------------------------ reparse points */

/* A junction and a symbolic link to "\??\C:\R" and "R\a"; each has its print
 * name in front, as nothing forbids. */
static const uint8_t junction[] =
	"\x03\x00\x00\xa0\x1c\x00\x00\x00" "\x04\x00\x10\x00\x00\x00\x04\x00"
	"R\0:\0" "\\\0?\0?\0\\\0C\0:\0\\\0R";
static const uint8_t symlink[] =
	"\x0c\x00\x00\xa0\x1a\x00\x00\x00" "\x02\x00\x06\x00\x00\x00\x02\x00"
	"\x01\x00\x00\x00" "R\0" "R\0\\\0a";

static enum status
target_of(struct slice data, char *target, size_t size)
{
	struct diag d = { 0 };
	enum status st = link_of_reparse_point(data, target, size, &d);

	if (st != ST_OK)
		CHECK(d.text[0] != '\0');
	return st;
}

static void
reparse_points(void)
{
	char target[64] = "";
	struct diag d = { 0 };

	/* With the NUL of C, the last unit is whole. */
	CHECK_ST(link_of_reparse_point(slice_of(junction, sizeof(junction),
	    0), target, sizeof(target), &d), ST_OK, &d);
	CHECK_STR(target, "\\??\\C:\\R");
	CHECK_ST(link_of_reparse_point(slice_of(symlink, sizeof(symlink), 0),
	    target, sizeof(target), &d), ST_OK, &d);
	CHECK_STR(target, "R\\a");
}

static void
broken_reparse_points(void)
{
	uint8_t b[sizeof(junction)];
	char target[64] = "same";

	memcpy(b, junction, sizeof(b));
	/* WSL's symbolic link. */
	b[0] = 0x1d;
	CHECK_INT(target_of(slice_of(b, sizeof(b), 0), target, 64),
	    ST_UNSUPPORTED);
	b[0] = 0x03;
	/* The name begins and ends one byte too far. */
	b[8]++;
	CHECK_INT(target_of(slice_of(b, sizeof(b), 0), target, 64),
	    ST_MALFORMED);
	b[8] = b[9] = b[10] = b[11] = 0xff;
	CHECK_INT(target_of(slice_of(b, sizeof(b), 0), target, 64),
	    ST_MALFORMED);
	CHECK_INT(target_of(slice_of(junction, sizeof(junction), 0), target,
	    8), ST_LIMIT);
	CHECK_STR(target, "same");
	CHECK_INT(target_of(slice_of(junction, sizeof(junction), 0), target,
	    9), ST_OK);
}

static void
any_bytes(struct slice s)
{
	char target[16];
	enum status st = target_of(s, target, sizeof(target));

	CHECK(st == ST_OK || st == ST_MALFORMED || st == ST_LIMIT ||
	    st == ST_UNSUPPORTED);
	if (st == ST_OK)
		CHECK(memchr(target, '\0', sizeof(target)) != NULL);
}

static void
hostile_reparse_points(void)
{
	hostile_sweep(junction, sizeof(junction), 1, any_bytes);
	hostile_sweep(symlink, sizeof(symlink), 1, any_bytes);
	hostile_flips(symlink, sizeof(symlink), 2000, 5, any_bytes);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "targets, wherever the volume is", targets_of_any_mount },
		{ "targets below the mount", targets_below_the_mount },
		{ "targets in reparse points", reparse_points },
		{ "broken reparse points", broken_reparse_points },
		{ "hostile reparse points", hostile_reparse_points },
		{ NULL, NULL },
	};

	return tap_run(cases);
}
