/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_CHECK_RULES_H
#define ROLLCALL_CATALOGUE_CHECK_RULES_H

#include "catalogue/checker.h"

/* Inside the catalogue layer only: the rules. */

/* One function a rule; the table in check.c names them. */
typedef void	check_fn(struct checker *k);
check_fn	check_duplicate_build, check_branch_range, check_build_order,
		check_long_build;
check_fn	check_date_order, check_rerelease_date, check_future_date,
		check_serial;
check_fn	check_duplicate_kb, check_kb_digits, check_package_name,
		check_rereleased;
check_fn	check_cycle;
check_fn	check_known_until, check_support, check_support_end,
		check_program, check_unofficial, check_issues;
check_fn	check_errors;
check_fn	check_anchors;
check_fn	check_requires, check_hearsay;
check_fn	check_cure, check_duplicate_label, check_supersedes;
check_fn	check_revision, check_no_source, check_dispute,
		check_disputed_value, check_duplicate_digest, check_except;

#endif
