/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_RULES_H
#define ROLLCALL_ASSESSMENT_RULES_H

#include "assessment/question.h"
#include "assessment/severity.h"

/* What rollcall can find. Text, JSON and exit code come from this table. */
enum rule_id {
	RULE_RERELEASE_REQUIRED,
	RULE_INSTALL_UNFINISHED,
	RULE_PACKAGE_MISMATCH,
	RULE_SIGNATURE_INVALID,
	RULE_SIGNATURE_EXPIRED,
	RULE_EVIDENCE_CONFLICT,
	RULE_RELEASE_UNKNOWN_BUILD,
	RULE_EVIDENCE_UNREADABLE,
	RULE_EVIDENCE_DIRTY_HIVE,
	RULE_WINVERIFYTRUST_UNKNOWN,
	RULE_RERELEASE_ADVISED,
	RULE_WINVERIFYTRUST_MISSING,
	RULE_PACKAGE_MISSING,
	RULE_INTERIM_INSTALLED,
	RULE_INSTALL_DOUBTFUL,
	RULE_SIGNATURE_EXPIRES,
	RULE_SIGNATURE_UNTRUSTED,
	RULE_SIGNATURE_UNSIGNED,
	RULE_RELEASE_IDENTIFIED,
	RULE_RELEASE_NOT_AFFECTED,
	RULE_RERELEASE_SUPERSEDED,
	RULE_COMPONENT_DIFFERS,
	RULE_WINVERIFYTRUST_PRESENT,
	RULE_PACKAGE_UNLISTED,
	RULE_UPDATE_AVAILABLE,
	RULE_SUPPORT_ENDED,
	RULE_COUNT
};

struct rule {
	const char	*code;		/* "rerelease.required" */
	enum question	 question;	/* that it explains */
	enum severity	 severity;	/* where nothing else is said */
	const char	*title;
};

/* Borrowed, static. */
const struct rule *rule_get(enum rule_id id);

#endif
