/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_MODEL_H
#define ROLLCALL_CATALOGUE_MODEL_H

#include "base/arena.h"
#include "catalogue/catalogue.h"
#include "xml/xml.h"

/* Inside the catalogue layer only. Arrays in the order of the XML. */
struct catalogue {
	struct xml_doc		*doc;	/* owns values of attributes */
	struct xml_doc		**overlays; /* own theirs */
	struct arena		 arena;	/* owns the rest */
	struct cat_info		 info;
	struct cat_source	*sources;
	size_t			 source_count;
	struct cat_product	*products;
	size_t			 product_count;
	struct cat_branch	*branches;
	size_t			 branch_count;
	size_t			 branch_room; /* for more of them */
	struct cat_release	**releases; /* each stays where it is */
	size_t			 release_count;
	const struct cat_release **by_id; /* all, sorted by id */
	const struct cat_release **by_build; /* those with one, sorted */
	size_t			 build_count;
	struct cat_advisory	*advisories;
	size_t			 advisory_count;
	struct cat_mitigation	*mitigations;
	size_t			 mitigation_count;
	struct cat_distrusted	*distrusted;
	size_t			 distrusted_count;
	struct cat_anchor	*anchors;
	size_t			 anchor_count;
	struct cat_other_package *other_packages;
	size_t			 other_package_count;
	struct cat_file_set	*file_sets;
	size_t			 file_set_count;
	struct cat_upgrade	*upgrades;
	size_t			 upgrade_count;
	struct cat_error	*errors;
	size_t			 error_count;
	struct cat_issue	*issues;
	size_t			 issue_count;
	struct cat_need		*needs;
	size_t			 need_count;
	struct cat_dotnet	*dotnets;
	size_t			 dotnet_count;
	struct cat_windows	*all_windows;
	size_t			 windows_count;
	struct cat_require	*requires;
	size_t			 require_count;
	struct cat_service	*services;
	size_t			 service_count;
	struct cat_install	*installs;
	size_t			 install_count;
};

#endif
