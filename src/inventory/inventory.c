/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/inventory.h"
#include "base/alloc.h"
#include "inventory/collect.h"

#include <stdlib.h>

struct inventory *
inventory_take(struct host *host, const struct catalogue *cat,
    const struct inventory_options *opt)
{
	struct inventory *inv = xcalloc(1, sizeof(*inv));
	struct collect c = { inv, host, cat, opt };

	inv->source = host_kind(host);
	inv->limited = host_is_limited(host);
	inv->packages_skipped = opt->skip_packages;
	inv->taken = opt->taken;
	collect_windows(&c);
	collect_exchange(&c);
	collect_orphans(&c);
	collect_installer(&c);
	if (inv->exchange_count == 0)
		collect_traces(&c);
	collect_fixes(&c);
	if (opt->deep)
		collect_deep(&c);
	/* Last, so that damage met on the way is counted. */
	collect_hives(&c);
	return inv;
}

void
inventory_free(struct inventory *inv)
{
	size_t i;

	if (inv == NULL)
		return;
	for (i = 0; i < inv->exchange_count; i++)
		inv_exchange_fini(&inv->exchange[i]);
	for (i = 0; i < inv->orphan_count; i++)
		inv_product_fini(&inv->orphans[i]);
	for (i = 0; i < inv->fix_count; i++)
		inv_fix_fini(&inv->fixes[i]);
	for (i = 0; i < inv->hive_count; i++) {
		free((char *)(uintptr_t)inv->hives[i].name);
		free((char *)(uintptr_t)inv->hives[i].where);
	}
	for (i = 0; i < inv->defective_count; i++) {
		free(inv->defective[i].path);
		free(inv->defective[i].advisory);
		free(inv->defective[i].why);
	}
	for (i = 0; i < inv->trace_count; i++)
		free(inv->traces[i].what);
	for (i = 0; i < inv->user_record_count; i++) {
		free(inv->user_records[i].sid);
		free(inv->user_records[i].code);
	}
	for (i = 0; i < inv->evidence_count; i++) {
		free(inv->evidence[i].where);
		free(inv->evidence[i].value);
	}
	free(inv->windows.name);
	free(inv->windows.service_pack);
	free(inv->exchange);
	free(inv->orphans);
	free(inv->fixes);
	free(inv->defective);
	free(inv->traces);
	free(inv->user_records);
	free(inv->hives);
	free(inv->evidence);
	free(inv->name);
	free(inv);
}
