/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "base/limits.h"
#include "formats/msi_files.h"

#include <stdlib.h>
#include <string.h>

static void
read_summary(struct msi *m)
{
	struct msi_summary s;
	struct msi_patch p;
	struct diag d;

	if (msi_summary(m, &s, &d) != ST_OK)
		return;
	if (msi_patch_decode(&s, &p, &d) == ST_OK) {
		if (strlen(p.code) != MSI_GUID_TEXT - 1)
			abort();
		msi_patch_fini(&p);
	}
	msi_summary_fini(&s);
}

static void
read_table(struct msi *m, const char *name)
{
	struct msi_table *t;
	struct buf text;
	struct diag d;
	unsigned column;
	size_t row;

	if (msi_table_open(m, name, &t, &d) != ST_OK)
		return;
	buf_init(&text, TEXT_MAX);
	if (msi_table_column(t, "Value", &column))
		for (row = 0; row < msi_table_rows(t) && row < 64; row++)
			if (msi_table_text(t, row, column, &text, &d) ==
			    ST_IO)
				abort();
	buf_fini(&text);
	msi_table_close(t);
}

/* One file is both the patch and its product here. */
static void
read_files(struct msi *m)
{
	struct msi_file one = { .key = (char *)(uintptr_t)"ExSetup.exe" };
	struct msi_files f = { .list = NULL };
	struct diag d;
	size_t i;

	if (msi_patch_files(m, &f, &d) == ST_OK) {
		if (f.count == 0 || f.count > MSI_MAX_FILES)
			abort();
		if (msi_files_place(m, &f, &d) != ST_OK)
			for (i = 0; i < f.count; i++)
				if (f.list[i].path != NULL)
					abort();
	}
	msi_files_fini(&f);
	f.list = &one;
	f.count = 1;
	if (msi_files_place(m, &f, &d) == ST_OK && one.path != NULL &&
	    strstr(one.path, "..\\") != NULL)
		abort();
	free(one.component);
	free(one.name);
	free(one.path);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0);
	struct msi *m;
	struct diag d;
	char *value;

	if (msi_open(source_of_slice(&s), &m, &d) != ST_OK)
		return 0;
	read_summary(m);
	read_table(m, "MsiPatchMetadata");
	read_table(m, "Property");
	read_files(m);
	if (msi_patch_metadata(m, "DisplayName", &value, &d) == ST_OK)
		free(value);
	msi_close(m);
	return 0;
}
