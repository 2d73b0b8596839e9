/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_FORMATS_MSI_H
#define ROLLCALL_FORMATS_MSI_H

#include "formats/cfb.h"

#include "base/buf.h"
#include "base/source.h"
#include "base/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Windows Installer packages (.msi), patches (.msp) and transforms (.mst):
 * compound files whose root says which of them they are. Nothing but the
 * directory is read until it is asked for, so damage in one part leaves the
 * others readable.
 *
 * Spec: [MS-OLEPS] for the summary; "Windows Installer" (Win32) for the
 *       meaning of its properties and tables. The layout of tables and of
 *       stream names is in no specification; what is known of it is written
 *       down at the functions that read it.
 */
struct msi;

enum msi_kind {
	MSI_NONE,		/* a compound file of another kind */
	MSI_DATABASE,		/* .msi */
	MSI_PATCH,		/* .msp */
	MSI_TRANSFORM,		/* .mst, or a storage inside a patch */
};

/* "{", 36 characters, "}" and a NUL; always in upper case. */
#define MSI_GUID_TEXT	39

/* Streams of the root that belong to the signature. */
#define MSI_SIGNATURE	"\005DigitalSignature"
#define MSI_SIGNATURE_EX "\005MsiDigitalSignatureEx"

enum msi_kind	msi_kind_of_clsid(const uint8_t clsid[CFB_CLSID_BYTES]);

/*
 * In:      SRC outlives the reader.
 * Out:     *OUT is the caller's, for msi_close().
 * Returns: ST_OK; ST_UNSUPPORTED for a file of another kind; otherwise as
 *          cfb_open().
 */
MUST_CHECK
enum status	msi_open(struct source src, struct msi **out,
		    struct diag *d);
void		msi_close(struct msi *m);	/* NULL is fine */

enum msi_kind	msi_kind(const struct msi *m);

/* The compound file below it; borrowed. */
struct cfb	*msi_cfb(struct msi *m);

/* The stream of the root with this decoded name, or NULL; borrowed. */
const struct cfb_entry *msi_find(struct msi *m, const char *name,
		    bool is_table);

/*
 * The summary information of the package itself, never that of a transform
 * inside it. Texts are UTF-8, NULL where there are none.
 */
struct msi_summary {
	unsigned	codepage;
	char		*title;
	char		*subject;
	char		*author;
	char		*keywords;
	char		*comments;
	char		*template;	/* of a patch: its targets */
	char		*last_author;	/* of a patch: its transforms */
	char		*revision;	/* of a patch: codes; else one code */
	int32_t		word_count;	/* of a patch: least engine; 0 none */
	int32_t		security;	/* 0 none */
};

/*
 * Out:     *OUT needs msi_summary_fini() on ST_OK.
 * Limits:  MSI_MAX_SUMMARY_BYTES, MSI_MAX_PROPERTIES.
 * Returns: ST_OK; ST_ABSENT; ST_MALFORMED; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	msi_summary(struct msi *m, struct msi_summary *out,
		    struct diag *d);
void		msi_summary_fini(struct msi_summary *s);

/* What a patch's summary says about codes. */
struct msi_patch {
	char		code[MSI_GUID_TEXT];
	char		(*obsoletes)[MSI_GUID_TEXT];	/* patch codes */
	size_t		obsolete_count;
	char		(*targets)[MSI_GUID_TEXT];	/* product codes */
	size_t		target_count;
};

/*
 * Out:     *OUT needs msi_patch_fini() on ST_OK.
 * Limits:  MSI_MAX_CODES of each kind.
 * Returns: ST_OK; ST_ABSENT without a revision; ST_MALFORMED when something
 *          in its place is no code; ST_LIMIT.
 */
MUST_CHECK
enum status	msi_patch_decode(const struct msi_summary *s,
		    struct msi_patch *out, struct diag *d);
void		msi_patch_fini(struct msi_patch *p);

/*
 * A table of the database.
 *
 * Out:     *OUT is the caller's, for msi_table_close(); it reads from M.
 * Limits:  MSI_MAX_STRINGS, MSI_MAX_COLUMNS, MSI_MAX_ROWS.
 * Returns: ST_OK; ST_ABSENT when there is no such table; ST_MALFORMED;
 *          ST_LIMIT; ST_IO.
 */
struct msi_table;
MUST_CHECK
enum status	msi_table_open(struct msi *m, const char *name,
		    struct msi_table **out, struct diag *d);
void		msi_table_close(struct msi_table *t);	/* NULL is fine */

size_t		msi_table_rows(const struct msi_table *t);

/* The number of the column with this name, from 0; false without one. */
bool		msi_table_column(const struct msi_table *t, const char *name,
		    unsigned *out);

/*
 * The text in one place of a table.
 *
 * In:      ROW < msi_table_rows(); COLUMN from msi_table_column().
 * Out:     appended to TEXT as UTF-8; nothing for null.
 * Returns: ST_OK; ST_MALFORMED, also for a column of numbers; ST_LIMIT when
 *          TEXT is full; ST_IO.
 */
MUST_CHECK
enum status	msi_table_text(struct msi_table *t, size_t row,
		    unsigned column, struct buf *text, struct diag *d);

/*
 * The number in one place of a table; as above.
 *
 * Returns: ST_OK; ST_ABSENT for null; ST_MALFORMED, also for a column of
 *          texts; ST_IO.
 */
MUST_CHECK
enum status	msi_table_number(struct msi_table *t, size_t row,
		    unsigned column, int32_t *out, struct diag *d);

/*
 * The value of a property: "ProductCode", "ProductVersion", "UpgradeCode"
 * of a package; "DisplayName", "Classification" of a patch's metadata.
 *
 * Out:     *OUT is the caller's to free.
 * Limits:  TEXT_MAX.
 * Returns: ST_OK; ST_ABSENT without the table or the property; otherwise as
 *          msi_table_open().
 */
MUST_CHECK
enum status	msi_property(struct msi *m, const char *name, char **out,
		    struct diag *d);
/* Returns: as msi_property(). */
MUST_CHECK
enum status	msi_patch_metadata(struct msi *m, const char *name,
		    char **out, struct diag *d);

#endif
