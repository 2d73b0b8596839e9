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
		"rerelease.required", ASK_RERELEASE, SEV_REQUIRED,
		"The installed revision must be replaced" },
	[RULE_INSTALL_UNFINISHED] = {
		"install.unfinished", ASK_COMPLETE, SEV_REQUIRED,
		"Exchange setup did not finish" },
	[RULE_PACKAGE_MISMATCH] = {
		"package.mismatch", ASK_GENUINE, SEV_REQUIRED,
		"A cached package is not the one that is registered" },
	[RULE_SIGNATURE_INVALID] = {
		"signature.invalid", ASK_GENUINE, SEV_REQUIRED,
		"A file is not what was signed" },
	[RULE_SIGNATURE_EXPIRED] = {
		"signature.expired", ASK_FIX, SEV_REQUIRED,
		"A signature holds no longer" },
	[RULE_EVIDENCE_CONFLICT] = {
		"evidence.conflict", ASK_INSTALLED, SEV_UNDETERMINED,
		"The evidence contradicts itself" },
	[RULE_RELEASE_UNKNOWN_BUILD] = {
		"release.unknown-build", ASK_INSTALLED, SEV_UNDETERMINED,
		"The installed build is in no row of the catalogue" },
	[RULE_EVIDENCE_UNREADABLE] = {
		"evidence.unreadable", ASK_INSTALLED, SEV_NOTE,
		"Evidence could not be read" },
	[RULE_EVIDENCE_DIRTY_HIVE] = {
		"evidence.dirty-hive", ASK_INSTALLED, SEV_UNDETERMINED,
		"The registry's last writes may be missing" },
	[RULE_WINVERIFYTRUST_UNKNOWN] = {
		"winverifytrust.unknown", ASK_FIX, SEV_UNDETERMINED,
		"Whether Windows has the WinVerifyTrust fix is not known" },
	[RULE_RERELEASE_ADVISED] = {
		"rerelease.advised", ASK_RERELEASE, SEV_ADVISED,
		"A newer revision of the installed update exists" },
	[RULE_WINVERIFYTRUST_MISSING] = {
		"winverifytrust.missing", ASK_FIX, SEV_ADVISED,
		"Windows lacks the WinVerifyTrust fix" },
	[RULE_PACKAGE_MISSING] = {
		"package.missing", ASK_GENUINE, SEV_ADVISED,
		"A cached package of Windows Installer is gone" },
	[RULE_INTERIM_INSTALLED] = {
		"interim.installed", ASK_COMPLETE, SEV_ADVISED,
		"An interim update is installed" },
	[RULE_INSTALL_DOUBTFUL] = {
		"install.doubtful", ASK_COMPLETE, SEV_ADVISED,
		"Something may be half in" },
	[RULE_SIGNATURE_EXPIRES] = {
		"signature.expires", ASK_FIX, SEV_ADVISED,
		"A signature will hold no longer" },
	[RULE_SIGNATURE_UNTRUSTED] = {
		"signature.untrusted", ASK_GENUINE, SEV_UNDETERMINED,
		"A file is signed by nobody who is known" },
	[RULE_SIGNATURE_UNSIGNED] = {
		"signature.unsigned", ASK_GENUINE, SEV_UNDETERMINED,
		"A file has no signature" },
	[RULE_RELEASE_IDENTIFIED] = {
		"release.identified", ASK_INSTALLED, SEV_NOTE,
		"The installed release" },
	[RULE_RELEASE_NOT_AFFECTED] = {
		"release.not-affected", ASK_RERELEASE, SEV_NOTE,
		"The installed release need not be replaced" },
	[RULE_RERELEASE_SUPERSEDED] = {
		"rerelease.superseded", ASK_RERELEASE, SEV_NOTE,
		"A later release has already cured an earlier one" },
	[RULE_COMPONENT_DIFFERS] = {
		"component.differs", ASK_INSTALLED, SEV_NOTE,
		"A file is not of the release that ExSetup.exe shows" },
	[RULE_WINVERIFYTRUST_PRESENT] = {
		"winverifytrust.present", ASK_FIX, SEV_NOTE,
		"Windows has the WinVerifyTrust fix" },
	[RULE_PACKAGE_UNLISTED] = {
		"package.unlisted", ASK_GENUINE, SEV_NOTE,
		"No digest of a cached package is known" },
	[RULE_SECURITY_MISSING] = {
		"security.missing", ASK_CURRENT, SEV_REQUIRED,
		"Security updates are missing" },
	[RULE_UPDATE_AVAILABLE] = {
		"update.available", ASK_CURRENT, SEV_ADVISED,
		"Something newer is to be had" },
	[RULE_CATALOGUE_STALE] = {
		"catalogue.stale", ASK_CURRENT, SEV_ADVISED,
		"The catalogue is too old to know of all updates" },
	[RULE_KNOWN_ISSUE] = {
		"update.known-issue", ASK_CURRENT, SEV_NOTE,
		"A known issue concerns an update" },
	[RULE_CVE_NEEDS] = {
		"security.also-needs", ASK_CURRENT, SEV_NOTE,
		"The update alone does not cure a CVE" },
	[RULE_SUPPORT_ENDED] = {
		"support.ended", ASK_SUPPORTED, SEV_ADVISED,
		"Support has ended" },
	[RULE_SETUP_STOPPED] = {
		"setup.stopped", ASK_COMPLETE, SEV_NOTE,
		"A log tells of a run of setup that did not come to its end" },
	[RULE_SETUP_BLOCKED] = {
		"setup.blocked", ASK_COMPLETE, SEV_NOTE,
		"A log tells of a run of setup that its requirements stopped" },
	[RULE_SETUP_HELPER] = {
		"setup.helper", ASK_COMPLETE, SEV_NOTE,
		"A log tells of an error beside setup" },
	[RULE_UPDATE_FILES] = {
		"update.files", ASK_COMPLETE, SEV_NOTE,
		"The files that the installed update brings" },
	[RULE_SIGNATURE_LATER] = {
		"signature.later", ASK_GENUINE, SEV_NOTE,
		"A timestamp is later than the day of the scan" },
};

const struct rule *
rule_get(enum rule_id id)
{
	return &rules[id];
}
