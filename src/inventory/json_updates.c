/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/json_parts.h"

#include "base/limits.h"

/* What updates bring as JSON. */

#define FILE_SHAPE(m, kind)	JSONSHAPE_AS(#m, kind, inv_update_file, m)
#define LIST_SHAPE(m, kind)	JSONSHAPE_AS(#m, kind, inv_update_list, m)

/* What is not expected is no fact. */
static const char *
state_word(unsigned v)
{
	return v == EV_NOT_EXPECTED ? NULL : ev_state_name((enum ev_state)v);
}

static const struct jsonshape file[] = {
	{ FILE_SHAPE(path, JSONSHAPE_TEXT), .need = true },
	{ FILE_SHAPE(state, JSONSHAPE_WORD), .word = state_word,
	    .max = EV_UNREADABLE + 1 },
	{ FILE_SHAPE(listed, JSONSHAPE_VERSION) },
	{ FILE_SHAPE(version, JSONSHAPE_VERSION) },
	{ JSON_EV("evidence", inv_update_file, ev) },
	{ .name = NULL },
};

static const struct jsonshape list[] = {
	{ LIST_SHAPE(patch_code, JSONSHAPE_TEXT), .need = true },
	{ LIST_SHAPE(state, JSONSHAPE_WORD), .word = state_word,
	    .max = EV_UNREADABLE + 1 },
	{ LIST_SHAPE(why, JSONSHAPE_TEXT) },
	{ LIST_SHAPE(listed, JSONSHAPE_NUMBER), .need = true },
	{ LIST_SHAPE(unplaced, JSONSHAPE_NUMBER), .need = true },
	{ LIST_SHAPE(unrecorded, JSONSHAPE_NUMBER), .need = true },
	{ JSONSHAPE_ARRAY("files", JSONSHAPE_LIST, inv_update_list, files,
	    file_count, MSI_MAX_FILES), .members = file, .need = true,
	    .flat = true },
	{ .name = NULL },
};

const struct jsonshape json_update_lists = {
	JSONSHAPE_ARRAY("update_lists", JSONSHAPE_LIST, inventory,
	    update_lists, update_list_count, INVENTORY_MAX_PRODUCTS),
	.members = list, .need = true };
