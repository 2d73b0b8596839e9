/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

/*
 * What each answer takes. An answer is the worst that one of its rows allows;
 * without a row that was met it is unknown. A new witness is a row here, and
 * a function beside its kin.
 */
static const struct obligation all[] = {
	{ ASK_INSTALLED, "asked", installed_asked },
	{ ASK_INSTALLED, "setup-key", installed_setup_key },
	{ ASK_INSTALLED, "exsetup", installed_exsetup },
	{ ASK_INSTALLED, "product", installed_product },
	{ ASK_INSTALLED, "patches", installed_patches },
	{ ASK_INSTALLED, "newest", installed_newest },
	{ ASK_INSTALLED, "no-conflict", installed_no_conflict },
	{ ASK_INSTALLED, "components", installed_components },
	{ ASK_INSTALLED, "package", installed_package },
	{ ASK_INSTALLED, "markers", installed_markers },
	{ ASK_INSTALLED, "paths", installed_paths },
	{ ASK_INSTALLED, "registry", installed_registry },
	{ ASK_GENUINE, "asked", genuine_asked },
	{ ASK_GENUINE, "files", genuine_files },
	{ ASK_GENUINE, "records", genuine_records },
	{ ASK_GENUINE, "packages", genuine_packages },
	{ ASK_GENUINE, "msi", genuine_msi },
	{ ASK_GENUINE, "registry", genuine_registry },
	{ ASK_GENUINE, "deep", genuine_deep },
	{ ASK_COMPLETE, "asked", complete_asked },
	{ ASK_COMPLETE, "roles", complete_roles },
	{ ASK_COMPLETE, "patches", complete_patches },
	{ ASK_COMPLETE, "markers", complete_markers },
	{ ASK_COMPLETE, "transaction", complete_transaction },
	{ ASK_COMPLETE, "registry", complete_registry },
	{ ASK_COMPLETE, "setup-run", complete_setup_run },
	{ ASK_COMPLETE, "update-files", complete_update_files },
	{ ASK_COMPLETE, "services", complete_services },
	{ ASK_COMPLETE, "leftovers", complete_leftovers },
	{ ASK_COMPLETE, "pending", complete_pending },
	{ ASK_COMPLETE, "base", complete_base },
	{ ASK_RERELEASE, "release", rerelease_release },
	{ ASK_RERELEASE, "revision", rerelease_revision },
	{ ASK_FIX, "asked", fix_asked },
	{ ASK_FIX, "windows", fix_windows },
	{ ASK_FIX, "files", fix_files },
	{ ASK_CURRENT, "release", current_release },
	{ ASK_CURRENT, "newer", current_newer },
	{ ASK_CURRENT, "catalogue", current_catalogue },
	{ ASK_SUPPORTED, "branch", supported_branch },
};

size_t
obligations(const struct obligation **out)
{
	*out = all;
	return sizeof(all) / sizeof(all[0]);
}
