/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_RULES_H
#define ROLLCALL_ASSESSMENT_RULES_H

#include <stddef.h>

/* In rising order: a host's verdict is its worst finding. */
enum severity {
	SEV_NOTE,
	SEV_ADVISED,
	SEV_UNDETERMINED,
	SEV_REQUIRED,
};

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
	enum severity	 severity;	/* where nothing else is said */
	const char	*title;
};

/* Borrowed, static. */
const struct rule *rule_get(enum rule_id id);

/* "required", "undetermined", "advised", "note". */
const char	*severity_name(enum severity s);

/* "action-required", "undetermined", "action-advised", "nothing-to-do". */
const char	*verdict_name(enum severity s);

#endif
