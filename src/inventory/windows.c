/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "inventory/collect.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CURRENT_VERSION	"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"
#define CONTROL		"HKLM\\SYSTEM\\CurrentControlSet\\Control"
#define TCPIP		"HKLM\\SYSTEM\\CurrentControlSet\\Services\\Tcpip" \
			"\\Parameters"
#define ENVIRONMENT	CONTROL "\\Session Manager\\Environment"
#define CRYPTOGRAPHY	"HKLM\\SOFTWARE\\Microsoft\\Cryptography"

static void
host_name(struct collect *c)
{
	char *name = collect_text(c, EV_WINDOWS,
	    CONTROL "\\ComputerName\\ComputerName", "ComputerName");

	if (name == NULL)
		name = collect_text(c, EV_WINDOWS, TCPIP, "Hostname");
	c->inv->name = name;
	c->inv->domain = collect_text(c, EV_WINDOWS, TCPIP, "Domain");
	c->inv->machine_guid = collect_text(c, EV_WINDOWS, CRYPTOGRAPHY,
	    "MachineGuid");
}

/* Where Windows is, and whether it has a folder of 32-bit programs: each has
 * but one that is known to be of 32 bits itself. */
static void
system_folders(struct collect *c, struct inv_windows *w)
{
	char *wow64;
	struct host_stat st;

	w->system_root = xstrdup(host_system_root(c->host));
	wow64 = host_join(w->system_root, "SysWOW64");
	w->has_wow64 = !w->is_x86 || host_file_stat(c->host, wow64, &st,
	    NULL) != ST_ABSENT;
	free(wow64);
}

/* 0 for what is none. */
static unsigned
build_number(const char *text)
{
	size_t len = strspn(text, "0123456789");

	return text[len] != '\0' || len > 6 ? 0 :
	    (unsigned)strtoul(text, NULL, 10);
}

/*
 * Windows 10 and later keep "6.3" in CurrentVersion for old programs and
 * their own numbers in two further values.
 */
static void
windows_version(struct collect *c, struct version *v)
{
	char *text, *build;
	uint32_t major, minor = 0;
	unsigned a, b, n;

	build = collect_text(c, EV_WINDOWS, CURRENT_VERSION,
	    "CurrentBuildNumber");
	if (build == NULL)
		build = collect_text(c, EV_WINDOWS, CURRENT_VERSION,
		    "CurrentBuild");
	n = build != NULL ? build_number(build) : 0;
	text = collect_text(c, EV_WINDOWS, CURRENT_VERSION, "CurrentVersion");
	if (collect_dword(c, EV_WINDOWS, CURRENT_VERSION,
	    "CurrentMajorVersionNumber", &major)) {
		(void)collect_dword(c, EV_WINDOWS, CURRENT_VERSION,
		    "CurrentMinorVersionNumber", &minor);
		*v = version_of(major, minor, n, 0);
	} else if (text != NULL && sscanf(text, "%u.%u", &a, &b) == 2)
		*v = version_of(a, b, n, 0);
	if (version_known(*v))
		v->parts = 3;
	free(text);
	free(build);
}

/* Some updates are right or wrong by the language of Windows. */
static void
windows_language(struct collect *c, struct inv_windows *w)
{
	char *value;

	w->language = collect_text(c, EV_WINDOWS, INV_LANGUAGE,
	    "InstallLanguage");
	if (w->language == NULL)
		return;
	value = xasprintf("language %s", w->language);
	w->language_ev = collect_note(c, EV_WINDOWS, EV_PRESENT,
	    INV_LANGUAGE "\\InstallLanguage", value);
	free(value);
}

void
collect_windows(struct collect *c)
{
	struct inv_windows *w = &c->inv->windows;
	char text[VERSION_TEXT], *arch, *value;

	host_name(c);
	windows_version(c, &w->version);
	w->name = collect_text(c, EV_WINDOWS, CURRENT_VERSION, "ProductName");
	w->service_pack = collect_text(c, EV_WINDOWS, CURRENT_VERSION,
	    "CSDVersion");
	w->kind = collect_text(c, EV_WINDOWS, CURRENT_VERSION,
	    "InstallationType");
	(void)collect_dword(c, EV_WINDOWS, CURRENT_VERSION, "UBR", &w->ubr);
	arch = collect_text(c, EV_WINDOWS, ENVIRONMENT,
	    "PROCESSOR_ARCHITECTURE");
	w->is_x86 = arch != NULL && utf_casecmp(arch, "x86") == 0;
	w->is_x64 = arch != NULL && utf_casecmp(arch, "AMD64") == 0;
	free(arch);
	windows_language(c, w);
	system_folders(c, w);
	value = xasprintf("%s%s%s, version %s",
	    w->name != NULL ? w->name : "(no name)",
	    w->service_pack != NULL ? " " : "",
	    w->service_pack != NULL ? w->service_pack : "",
	    version_known(w->version) ? version_format(w->version, text) :
	    "unknown");
	w->ev = collect_note(c, EV_WINDOWS, version_known(w->version) ?
	    EV_PRESENT : EV_UNKNOWN, CURRENT_VERSION, value);
	free(value);
}
