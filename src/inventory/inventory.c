/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/inventory.h"
#include "base/alloc.h"
#include "inventory/collect.h"

#include <stdlib.h>

/* Traces are looked for where no setup is, in place of what one has and of
 * what another one would ask for. */
static unsigned
groups_of(const struct inventory *inv, const struct inventory_options *opt)
{
	unsigned always = INV_GROUP_SETUPS | INV_GROUP_PRODUCTS |
	    INV_GROUP_FILES | INV_GROUP_LISTINGS | INV_GROUP_USER_RECORDS |
	    INV_GROUP_IN_PROGRESS | INV_GROUP_HIVES |
	    INV_GROUP_SETUP_RUNS;

	if (collect_wants_lists(opt))
		always |= INV_GROUP_UPDATE_LISTS;
	if (inv->source == HOST_LIVE && inv->setup_count != 0)
		always |= INV_GROUP_SPACE;
	return always | (inv->setup_count == 0 ? INV_GROUP_TRACES :
	    INV_GROUP_PLACES | INV_GROUP_MARKERS | INV_GROUP_VALUES |
	    INV_GROUP_PROGRAMS | INV_GROUP_PENDING | INV_GROUP_LEFTOVERS);
}

/* What setup of an update looks at besides. */
static void
collect_system(struct collect *c)
{
	collect_values(c);
	collect_programs(c);
	collect_pending(c);
	collect_leftovers(c);
	if (c->inv->source == HOST_LIVE)
		collect_spaces(c);
}

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
	collect_asked(&c);
	collect_windows(&c);
	collect_setups(&c);
	collect_products(&c);
	collect_places(&c);
	collect_markers(&c);
	collect_fixes(&c);
	collect_files(&c);
	collect_packages(&c);
	collect_installer(&c);
	collect_setup_runs(&c);
	if (inv->setup_count == 0)
		collect_traces(&c);
	else
		collect_system(&c);
	if (opt->deep)
		collect_deep(&c);
	/* Last, so that damage met on the way is counted. */
	collect_hives(&c);
	inv->asked.groups = groups_of(inv, opt);
	return inv;
}

static void
free_registry(struct inventory *inv)
{
	size_t i;

	for (i = 0; i < inv->setup_count; i++)
		inv_setup_fini(&inv->setups[i]);
	for (i = 0; i < inv->place_count; i++) {
		free(inv->places[i].entry);
		free(inv->places[i].path);
	}
	for (i = 0; i < inv->product_count; i++)
		inv_product_fini(&inv->products[i]);
	for (i = 0; i < inv->marker_count; i++) {
		free(inv->markers[i].group);
		free(inv->markers[i].kb);
		free(inv->markers[i].package_name);
		free(inv->markers[i].installed_date);
	}
	for (i = 0; i < inv->listing_count; i++)
		free(inv->listings[i].kb);
	for (i = 0; i < inv->trace_count; i++)
		free(inv->traces[i].what);
	for (i = 0; i < inv->user_record_count; i++) {
		free(inv->user_records[i].sid);
		free(inv->user_records[i].code);
	}
	for (i = 0; i < inv->setup_run_count; i++)
		inv_setup_run_fini(&inv->setup_runs[i]);
	free(inv->setup_runs);
	for (i = 0; i < inv->update_list_count; i++)
		inv_update_list_fini(&inv->update_lists[i]);
	free(inv->update_lists);
	free(inv->setups);
	free(inv->places);
	free(inv->products);
	free(inv->markers);
	free(inv->listings);
	free(inv->traces);
	free(inv->user_records);
}

static void
free_files(struct inventory *inv)
{
	size_t i;

	for (i = 0; i < inv->file_count; i++)
		inv_file_fini(&inv->files[i]);
	for (i = 0; i < inv->class_count; i++)
		file_facts_fini(&inv->classes[i].facts);
	for (i = 0; i < inv->deep_file_count; i++) {
		free(inv->deep_files[i].path);
		free(inv->deep_files[i].times);
	}
	for (i = 0; i < inv->hive_count; i++) {
		free(inv->hives[i].name);
		free(inv->hives[i].where);
		free(inv->hives[i].log_why);
		free(inv->hives[i].why);
	}
	free(inv->files);
	free(inv->marks);
	free(inv->classes);
	free(inv->deep_files);
	free(inv->hives);
}

void
inventory_free(struct inventory *inv)
{
	size_t i;

	if (inv == NULL)
		return;
	free_registry(inv);
	free_files(inv);
	inv_system_fini(inv);
	for (i = 0; i < inv->evidence_count; i++) {
		free(inv->evidence[i].where);
		free(inv->evidence[i].value);
	}
	free(inv->evidence);
	inv_asked_fini(&inv->asked);
	free(inv->windows.name);
	free(inv->windows.service_pack);
	free(inv->windows.language);
	free(inv->windows.kind);
	free(inv->windows.system_root);
	free(inv->name);
	free(inv->domain);
	free(inv->machine_guid);
	free(inv);
}
