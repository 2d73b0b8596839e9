/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/file_facts.h"

#include <stdlib.h>

void
file_facts_fini(struct file_facts *f)
{
	if (f == NULL)
		return;
	free(f->title);
	free(f->display_name);
	free(f->kb);
	free(f->product_code);
	free(f->package_code);
	if (f->has_patch)
		msi_patch_fini(&f->patch);
	sig_facts_fini(&f->signatures);
	free(f->why_rule);
	free(f->damage_rule);
	*f = (struct file_facts){ 0 };
}
