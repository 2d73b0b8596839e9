/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/guid.h"
#include "base/utf.h"
#include "formats/filekind.h"
#include "inventory/collect.h"

#include <stdlib.h>
#include <string.h>

/*
 * Where no Setup key is: is anything of Exchange there all the same? That it
 * is not installed rests on all of these having been looked at.
 */

#define UNINSTALL	"Microsoft\\Windows\\CurrentVersion\\Uninstall"
#define SOFTWARE	"HKLM\\SOFTWARE"
#define CLASSES		SOFTWARE "\\Classes\\Installer\\Products"
#define WOW64		SOFTWARE "\\Wow6432Node"
#define UPDATES		"Microsoft\\Updates"
#define CURRENT_VERSION	SOFTWARE "\\Microsoft\\Windows\\CurrentVersion"
#define ENVIRONMENT	"HKLM\\SYSTEM\\CurrentControlSet\\Control" \
			"\\Session Manager\\Environment"

static void
add_trace(struct collect *c, const char *where, char *what)
{
	struct inventory *inv = c->inv;
	struct inv_trace *t;

	inv->traces = xpush(inv->traces, inv->trace_count,
	    sizeof(*inv->traces));
	t = &inv->traces[inv->trace_count++];
	t->what = what;
	t->ev = collect_note(c, EV_TRACE, EV_PRESENT, where, what);
}

static bool
is_uninstall_key(const struct catalogue *cat, const char *name)
{
	const struct cat_product *p;
	size_t i, k, n = catalogue_products(cat, &p);

	for (i = 0; i < n; i++)
		for (k = 0; k < p[i].uninstall_key_count; k++)
			if (utf_casecmp(p[i].uninstall_keys[k], name) == 0)
				return true;
	return inv_is_exchange_code(cat, name);
}

/* Is it the name of a server, where its code is not known? */
static bool
names_a_server(const char *title)
{
	return title != NULL &&
	    utf_case_prefix(title, "microsoft exchange server") &&
	    !inv_names_a_pack(title);
}

static void
entry(struct collect *c, const char *parent, const char *name)
{
	char *key = host_join(parent, name);
	char *title = collect_text(c, EV_TRACE, key, "DisplayName");

	if (is_uninstall_key(c->cat, name) || names_a_server(title))
		add_trace(c, key, xasprintf("the Uninstall entry of %s",
		    title != NULL ? title : name));
	free(title);
	free(key);
}

static void
entries(struct collect *c, const char *root)
{
	char *parent = host_join(root, UNINSTALL), **names;
	size_t i, count;

	collect_keys(c, EV_TRACE, parent, &names, &count);
	for (i = 0; i < count; i++)
		entry(c, parent, names[i]);
	host_names_free(names, count);
	free(parent);
}

/* Most have one beginning, and some a name of their own. */
static bool
is_service(const char *name)
{
	static const char *const others[] = { "wsbexchange",
	    "MSComplianceAudit", "HostControllerService",
	    "SearchExchangeTracing" };
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (utf_casecmp(name, others[i]) == 0)
			return true;
	return utf_case_prefix(name, "MSExchange") ||
	    utf_case_prefix(name, "ADAM_MSExchange");
}

static void
services(struct collect *c)
{
	char **names;
	size_t i, count;

	collect_keys(c, EV_TRACE, INV_SERVICES, &names, &count);
	for (i = 0; i < count; i++)
		if (is_service(names[i])) {
			char *key = host_join(INV_SERVICES, names[i]);

			add_trace(c, key, xasprintf("the service %s",
			    names[i]));
			free(key);
		}
	host_names_free(names, count);
}

/* What Windows Installer keeps apart from its record of the machine, under
 * the packed code of a product. */
static void
classes(struct collect *c)
{
	char **names, *title, code[GUID_TEXT];
	size_t i, count;

	collect_keys(c, EV_TRACE, CLASSES, &names, &count);
	for (i = 0; i < count; i++) {
		char *key = host_join(CLASSES, names[i]);

		title = collect_text(c, EV_TRACE, key, "ProductName");
		if (guid_unpack(names[i], code) &&
		    (inv_is_exchange_code(c->cat, code) ||
		    names_a_server(title)))
			add_trace(c, key, xasprintf("Windows Installer's "
			    "entry of %s", title != NULL ? title : code));
		free(title);
		free(key);
	}
	host_names_free(names, count);
}

/* A product that has the name of a server, and a code that nobody knows. */
static void
products(struct collect *c)
{
	const struct inventory *inv = c->inv;
	size_t i;

	for (i = 0; i < inv->product_count; i++) {
		const struct inv_product *p = &inv->products[i];

		if (!inv_is_exchange_code(c->cat, p->code) &&
		    names_a_server(p->name))
			add_trace(c, inventory_evidence(inv, p->ev)->where,
			    xasprintf("Windows Installer's record of %s",
			    p->name));
	}
}

/* Does setup write the name below the key of a product? */
static bool
is_role_key(const char *name)
{
	size_t n = strlen(name);

	return (n > 4 && utf_casecmp(name + n - 4, "Role") == 0) ||
	    utf_casecmp(name, "AdminTools") == 0;
}

/* Roles beside a Setup key that is not there, however far they came. */
static void
roles(struct collect *c, const char *parent)
{
	char **names;
	size_t i, count;

	collect_keys(c, EV_TRACE, parent, &names, &count);
	for (i = 0; i < count; i++) {
		char *key = host_join(parent, names[i]);

		if (is_role_key(names[i]) &&
		    collect_has_values(c, EV_TRACE, key))
			add_trace(c, key, xasprintf("the role key %s",
			    names[i]));
		free(key);
	}
	host_names_free(names, count);
}

/* A Setup key without the values that make it one. */
static void
setup_left(struct collect *c, const char *key)
{
	if (collect_has_values(c, EV_TRACE, key))
		add_trace(c, key, xstrdup("what is left of a Setup key"));
}

/* What is below a Setup key, and the roles beside it. */
static void
keys_of(struct collect *c, const char *root, const char *below)
{
	char *key = host_join(root, below), *parent = xstrdup(key);

	*strrchr(parent, '\\') = '\0';
	setup_left(c, key);
	roles(c, parent);
	free(parent);
	free(key);
}

/* Has one of the first COUNT products a Setup key in the same place? */
static bool
was_looked_at(const struct cat_product *p, size_t count, const char *key)
{
	size_t i, k;

	for (i = 0; i < count; i++)
		for (k = 0; k < p[i].setup_key_count; k++)
			if (utf_casecmp(p[i].setup_keys[k], key) == 0)
				return true;
	return false;
}

/* The key of a version that the catalogue does not know: that a Setup key is
 * below it says enough. */
static void
unknown_version(struct collect *c, const char *root, const char *below)
{
	struct diag d = { .text = "" };
	char *key = host_join(root, below);
	enum status st = host_key_exists(c->host, key, &d);

	if (st == ST_OK)
		add_trace(c, key, xstrdup("the Setup key of an Exchange that "
		    "is not known"));
	else if (st != ST_ABSENT)
		collect_unreadable(c, EV_TRACE, key, &d);
	keys_of(c, root, below);
	free(key);
}

/* Each version since 2010 has its key (v14, v15) beside the others. */
static void
unknown_versions(struct collect *c, const char *root)
{
	const struct cat_product *p;
	char *parent = host_join(root, INV_SERVERS), **names, *below, *known;
	size_t i, count, n = catalogue_products(c->cat, &p);

	collect_keys(c, EV_TRACE, parent, &names, &count);
	for (i = 0; i < count; i++) {
		if (!utf_case_prefix(names[i], "v"))
			continue;
		below = xasprintf(INV_SERVERS "\\%s\\Setup", names[i]);
		known = host_join("SOFTWARE", below);
		if (!was_looked_at(p, n, known))
			unknown_version(c, root, below);
		free(known);
		free(below);
	}
	host_names_free(names, count);
	free(parent);
}

static void
role_keys(struct collect *c)
{
	const struct cat_product *p;
	size_t i, k, n = catalogue_products(c->cat, &p);

	for (i = 0; i < n; i++)
		for (k = 0; k < p[i].setup_key_count; k++) {
			const char *key = p[i].setup_keys[k];

			if (was_looked_at(p, i, key))
				continue;
			keys_of(c, "HKLM", key);
			if (utf_case_prefix(key, "SOFTWARE\\"))
				keys_of(c, WOW64, key + strlen("SOFTWARE\\"));
		}
}

/* KEY and what is below it: the first name of an update. */
static bool
marker_below(struct collect *c, const char *key, unsigned depth)
{
	bool found = false;
	char **names;
	size_t i, count;

	collect_keys(c, EV_TRACE, key, &names, &count);
	for (i = 0; i < count && !found; i++) {
		char *sub = host_join(key, names[i]), *kb =
		    kb_in_text(names[i]);

		if (kb != NULL)
			add_trace(c, sub, xasprintf("the update marker %s",
			    kb));
		found = kb != NULL || (depth > 0 && marker_below(c, sub,
		    depth - 1));
		free(kb);
		free(sub);
	}
	host_names_free(names, count);
	return found;
}

static void
markers(struct collect *c, const char *root)
{
	char *updates = host_join(root, UPDATES), **names;
	size_t i, count;

	collect_keys(c, EV_TRACE, updates, &names, &count);
	for (i = 0; i < count; i++)
		if (utf_case_prefix(names[i], "exchange")) {
			char *key = host_join(updates, names[i]);

			(void)marker_below(c, key, MARKER_DEPTH);
			free(key);
		}
	host_names_free(names, count);
	free(updates);
}

/* A program of Exchange in FOLDER\Bin, ExSetup.exe or the first of others;
 * logs that were left are nothing. */
static void
program_in(struct collect *c, const char *folder)
{
	char *bin = host_join(folder, "Bin"), *path = NULL, **names = NULL;
	struct diag d = { .text = "" };
	size_t i, count = 0;
	enum status st = host_file_list(c->host, bin, &names, &count, &d);

	if (st != ST_OK && st != ST_ABSENT)
		collect_unreadable(c, EV_TRACE, bin, &d);
	for (i = 0; st == ST_OK && i < count; i++)
		if (utf_casecmp(names[i], "ExSetup.exe") == 0 ||
		    (path == NULL && filekind_named(names[i]) ==
		    FILEKIND_PE)) {
			free(path);
			path = host_join(bin, names[i]);
		}
	if (path != NULL)
		add_trace(c, path, xasprintf("the program %s", path));
	if (st == ST_OK)
		host_names_free(names, count);
	free(path);
	free(bin);
}

/* Where setup puts it, and one level below (V14, V15). VALUE names the folder
 * of programs, which is USUAL where nothing is said. */
static void
programs(struct collect *c, const char *value, const char *usual)
{
	char *files = collect_text(c, EV_TRACE, CURRENT_VERSION, value);
	char *folder, **names = NULL;
	struct diag d = { .text = "" };
	size_t i, count = 0;
	enum status st;

	if (files == NULL)
		files = xasprintf("%.2s\\%s", host_system_root(c->host),
		    usual);
	folder = host_join(files, "Microsoft\\Exchange Server");
	program_in(c, folder);
	st = host_file_list(c->host, folder, &names, &count, &d);
	if (st != ST_OK && st != ST_ABSENT)
		collect_unreadable(c, EV_TRACE, folder, &d);
	for (i = 0; st == ST_OK && i < count; i++) {
		char *sub = host_join(folder, names[i]);

		program_in(c, sub);
		free(sub);
	}
	if (st == ST_OK)
		host_names_free(names, count);
	free(folder);
	free(files);
}

/* Setup tells all programs where Exchange is, and takes it back when Exchange
 * is removed. */
static void
environment(struct collect *c)
{
	char *path = collect_text(c, EV_TRACE, ENVIRONMENT,
	    "ExchangeInstallPath");

	if (path != NULL && path[0] != '\0')
		add_trace(c, ENVIRONMENT, xasprintf("the variable "
		    "ExchangeInstallPath, %s", path));
	free(path);
}

void
collect_traces(struct collect *c)
{
	entries(c, SOFTWARE);
	entries(c, WOW64);
	classes(c);
	products(c);
	role_keys(c);
	unknown_versions(c, SOFTWARE);
	unknown_versions(c, WOW64);
	services(c);
	markers(c, SOFTWARE);
	markers(c, WOW64);
	programs(c, "ProgramFilesDir", "Program Files");
	programs(c, "ProgramFilesDir (x86)", "Program Files (x86)");
	environment(c);
}
