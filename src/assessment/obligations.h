/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_OBLIGATIONS_H
#define ROLLCALL_ASSESSMENT_OBLIGATIONS_H

#include "assessment/ask.h"

/*
 * What the rows of the table (obligations.c) call. Each returns the answer
 * that the evidence it looks at allows at best, proves it, and says what is
 * missing for a better one.
 */
/* Nothing that the catalogue looks for was left out. */
unsigned	installed_asked(struct ask *a);
unsigned	genuine_asked(struct ask *a);
unsigned	complete_asked(struct ask *a);
unsigned	fix_asked(struct ask *a);

unsigned	installed_setup_key(struct ask *a);
unsigned	installed_exsetup(struct ask *a);
unsigned	installed_product(struct ask *a);
unsigned	installed_patches(struct ask *a);
unsigned	installed_newest(struct ask *a);
unsigned	installed_no_conflict(struct ask *a);
unsigned	installed_components(struct ask *a);
unsigned	installed_package(struct ask *a);
unsigned	installed_markers(struct ask *a);
unsigned	installed_paths(struct ask *a);
unsigned	installed_registry(struct ask *a);

unsigned	genuine_files(struct ask *a);
unsigned	genuine_records(struct ask *a);
unsigned	genuine_packages(struct ask *a);
unsigned	genuine_msi(struct ask *a);
unsigned	genuine_registry(struct ask *a);
unsigned	genuine_deep(struct ask *a);

unsigned	complete_roles(struct ask *a);
unsigned	complete_base(struct ask *a);
unsigned	complete_patches(struct ask *a);
unsigned	complete_markers(struct ask *a);
unsigned	complete_transaction(struct ask *a);
unsigned	complete_registry(struct ask *a);
unsigned	complete_setup_run(struct ask *a);
unsigned	complete_update_files(struct ask *a);
unsigned	complete_services(struct ask *a);
unsigned	complete_leftovers(struct ask *a);
unsigned	complete_pending(struct ask *a);

unsigned	rerelease_release(struct ask *a);
unsigned	rerelease_revision(struct ask *a);

unsigned	fix_windows(struct ask *a);
unsigned	fix_files(struct ask *a);

unsigned	current_release(struct ask *a);
unsigned	current_newer(struct ask *a);
unsigned	current_catalogue(struct ask *a);

unsigned	supported_branch(struct ask *a);

/* The one table; borrowed, static. */
size_t		obligations(const struct obligation **out);

#endif
