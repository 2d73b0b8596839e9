/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/rules.h"

/*
 * The one list of rules. The order is that of findings of equal severity.
 * rollcall-result(5) documents each code; a test keeps the two together.
 */
static const struct rule rules[RULE_COUNT] = {
	[RULE_RERELEASE_REQUIRED] = {
		"rerelease.required", SEV_REQUIRED,
		"The installed revision must be replaced" },
	[RULE_INSTALL_UNFINISHED] = {
		"install.unfinished", SEV_REQUIRED,
		"Exchange setup did not finish" },
	[RULE_PACKAGE_MISMATCH] = {
		"package.mismatch", SEV_REQUIRED,
		"A cached package is not the one that is registered" },
	[RULE_SIGNATURE_INVALID] = {
		"signature.invalid", SEV_REQUIRED,
		"A file is not what was signed" },
	[RULE_SIGNATURE_EXPIRED] = {
		"signature.expired", SEV_REQUIRED,
		"A signature holds no longer" },
	[RULE_EVIDENCE_CONFLICT] = {
		"evidence.conflict", SEV_UNDETERMINED,
		"The evidence contradicts itself" },
	[RULE_RELEASE_UNKNOWN_BUILD] = {
		"release.unknown-build", SEV_UNDETERMINED,
		"The installed build is in no row of the catalogue" },
	[RULE_EVIDENCE_UNREADABLE] = {
		"evidence.unreadable", SEV_NOTE,
		"Evidence could not be read" },
	[RULE_EVIDENCE_DIRTY_HIVE] = {
		"evidence.dirty-hive", SEV_UNDETERMINED,
		"The registry's last writes may be missing" },
	[RULE_WINVERIFYTRUST_UNKNOWN] = {
		"winverifytrust.unknown", SEV_NOTE,
		"Whether Windows has the WinVerifyTrust fix is not known" },
	[RULE_RERELEASE_ADVISED] = {
		"rerelease.advised", SEV_ADVISED,
		"A newer revision of the installed update exists" },
	[RULE_WINVERIFYTRUST_MISSING] = {
		"winverifytrust.missing", SEV_ADVISED,
		"Windows lacks the WinVerifyTrust fix" },
	[RULE_PACKAGE_MISSING] = {
		"package.missing", SEV_ADVISED,
		"A cached package of Windows Installer is gone" },
	[RULE_INTERIM_INSTALLED] = {
		"interim.installed", SEV_ADVISED,
		"An interim update is installed" },
	[RULE_SIGNATURE_EXPIRES] = {
		"signature.expires", SEV_ADVISED,
		"A signature will hold no longer" },
	[RULE_SIGNATURE_UNTRUSTED] = {
		"signature.untrusted", SEV_ADVISED,
		"A file is signed by nobody who is known" },
	[RULE_SIGNATURE_UNSIGNED] = {
		"signature.unsigned", SEV_ADVISED,
		"A file has no signature" },
	[RULE_RELEASE_IDENTIFIED] = {
		"release.identified", SEV_NOTE,
		"The installed release" },
	[RULE_RELEASE_NOT_AFFECTED] = {
		"release.not-affected", SEV_NOTE,
		"The installed release need not be replaced" },
	[RULE_RERELEASE_SUPERSEDED] = {
		"rerelease.superseded", SEV_NOTE,
		"A later release has already cured an earlier one" },
	[RULE_COMPONENT_DIFFERS] = {
		"component.differs", SEV_NOTE,
		"A file is not of the release that ExSetup.exe shows" },
	[RULE_WINVERIFYTRUST_PRESENT] = {
		"winverifytrust.present", SEV_NOTE,
		"Windows has the WinVerifyTrust fix" },
	[RULE_PACKAGE_UNLISTED] = {
		"package.unlisted", SEV_NOTE,
		"No digest of a cached package is known" },
	[RULE_UPDATE_AVAILABLE] = {
		"update.available", SEV_NOTE,
		"A newer update of the branch exists" },
	[RULE_SUPPORT_ENDED] = {
		"support.ended", SEV_NOTE,
		"Support has ended" },
};

const struct rule *
rule_get(enum rule_id id)
{
	return &rules[id];
}

const char *
severity_name(enum severity s)
{
	switch (s) {
	case SEV_NOTE:
		return "note";
	case SEV_ADVISED:
		return "advised";
	case SEV_UNDETERMINED:
		return "undetermined";
	case SEV_REQUIRED:
		return "required";
	}
	return "undetermined";
}

const char *
verdict_name(enum severity s)
{
	switch (s) {
	case SEV_NOTE:
		return "nothing-to-do";
	case SEV_ADVISED:
		return "action-advised";
	case SEV_UNDETERMINED:
		return "undetermined";
	case SEV_REQUIRED:
		return "action-required";
	}
	return "undetermined";
}
