/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/digests.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "inventory/collect.h"
#include "trust/digest.h"

#include <stdlib.h>
#include <string.h>

#define BLOCK	(64 * 1024)

static enum status
hash_source(const struct source *src, char *hex, struct diag *d)
{
	struct digester *g = digester_new(DIGEST_BIT(DIGEST_SHA256));
	uint8_t *block = xcalloc(1, BLOCK);
	struct digest_set set;
	enum status st = ST_OK;
	uint64_t off = 0;
	size_t len;

	while (st == ST_OK && off < src->size) {
		len = src->size - off < BLOCK ? (size_t)(src->size - off) :
		    BLOCK;
		st = source_read(src, off, block, len, d);
		if (st == ST_OK)
			digester_update(g, block, len);
		off += len;
	}
	digester_final(g, &set);
	digest_hex(&set.of[DIGEST_SHA256], hex);
	digester_free(g);
	free(block);
	return st;
}

static enum status
hash_file(struct host *host, const char *path, char *hex, struct diag *d)
{
	struct host_file f;
	enum status st = host_file_open(host, path, &f, d);

	if (st != ST_OK)
		return st;
	if (f.src.size > INVENTORY_MAX_HASHED)
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "larger than %d bytes", INVENTORY_MAX_HASHED);
	else
		st = hash_source(&f.src, hex, d);
	host_file_close(&f);
	return st;
}

/* A role that is not installed brings none of these files. */
static void
add_digest(struct collect *c, struct inv_exchange *ex,
    const struct cat_file *listed)
{
	struct inv_digest g = { .listed = listed };
	char hex[2 * DIGEST_MAX + 1], *value;
	struct diag d = { .text = "" };
	enum status st;

	g.path = host_join(ex->install_path, listed->path);
	st = hash_file(c->host, g.path, hex, &d);
	if (st == ST_OK) {
		g.state = EV_PRESENT;
		g.sha256 = xstrdup(hex);
		value = xasprintf("sha256 %s, %s", hex,
		    strcmp(hex, listed->digest.hex) == 0 ?
		    "as listed for this build" : "not as listed for this "
		    "build");
		g.ev = collect_note(c, EV_FILE, EV_PRESENT, g.path, value);
		free(value);
	} else if (st == ST_ABSENT) {
		g.state = EV_NOT_EXPECTED;
		g.ev = collect_note(c, EV_FILE, g.state, g.path, NULL);
	} else {
		g.state = EV_UNREADABLE;
		g.ev = collect_unreadable(c, EV_FILE, g.path, &d);
	}
	ex->digests = xpush(ex->digests, ex->digest_count, sizeof(g));
	ex->digests[ex->digest_count++] = g;
}

void
inventory_hash_files(struct inventory *inv, struct host *host,
    const struct catalogue *cat)
{
	struct collect c = { inv, host, cat, NULL };
	const struct cat_release *r;
	size_t i, k;

	for (i = 0; i < inv->exchange_count; i++) {
		struct inv_exchange *ex = &inv->exchange[i];

		r = ex->exsetup.state == EV_PRESENT ?
		    catalogue_find_build(cat, ex->exsetup.version) : NULL;
		for (k = 0; r != NULL && ex->install_path != NULL &&
		    k < r->file_count; k++)
			add_digest(&c, ex, &r->files[k]);
	}
}
