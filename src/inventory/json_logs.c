/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/json_parts.h"

#include "base/limits.h"

/* Runs of setup as JSON. */

#define SHAPE(m, kind)	JSONSHAPE_AS(#m, kind, inv_setup_run, m)
#define TEXT(m)		SHAPE(m, JSONSHAPE_TEXT)

static const char *
log_word(unsigned v)
{
	static const char *const words[] = { "unknown", "setup", "services",
	    "windows-installer" };

	return words[v];
}

static const char *
end_word(unsigned v)
{
	static const char *const words[] = { "unknown", "completed",
	    "failed", "broken-off" };

	return words[v];
}

static const struct jsonshape run[] = {
	{ SHAPE(log, JSONSHAPE_WORD), .word = log_word, .max = INV_LOGS,
	    .need = true },
	{ TEXT(path), .need = true },
	{ SHAPE(whole, JSONSHAPE_BOOL) },
	{ TEXT(begun) },
	{ TEXT(ended) },
	{ TEXT(mode) },
	{ TEXT(operation) },
	{ TEXT(server) },
	{ TEXT(step) },
	{ SHAPE(from, JSONSHAPE_VERSION) },
	{ SHAPE(to, JSONSHAPE_VERSION) },
	{ SHAPE(changed, JSONSHAPE_BOOL), .need = true },
	{ SHAPE(blocked, JSONSHAPE_BOOL), .need = true },
	{ SHAPE(end, JSONSHAPE_WORD), .word = end_word,
	    .max = SETUPLOG_ENDS },
	{ SHAPE(code, JSONSHAPE_NUMBER) },
	{ JSONSHAPE_ARRAY("errors", JSONSHAPE_TEXTS, inv_setup_run, errors,
	    error_count, SETUPLOG_MAX_ERRORS) },
	{ JSON_EV("evidence", inv_setup_run, ev) },
	{ .name = NULL },
};

const struct jsonshape json_setup_runs = { JSONSHAPE_ARRAY("setup_runs",
    JSONSHAPE_LIST, inventory, setup_runs, setup_run_count,
    SETUPLOG_KEPT + 1 + SETUPLOG_MAX_FILES), .members = run,
    .need = true };
