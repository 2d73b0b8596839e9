/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/regf.h"

#include <stdlib.h>
#include <string.h>

/*
 * What requirements of the catalogue are about: values of the registry,
 * entries of Programs and Features, how services start, and what is free. What
 * they mean is not asked here.
 */

#define CURRENT_VERSION	"Microsoft\\Windows\\CurrentVersion"
#define UNINSTALL	"HKLM\\SOFTWARE\\" CURRENT_VERSION "\\Uninstall"
#define UNINSTALL_WOW64	"HKLM\\SOFTWARE\\Wow6432Node\\" CURRENT_VERSION \
			"\\Uninstall"

/* --------------------------------------------------------------- values */

/* What a value is read as: what Windows reads as a number alone is none when
 * it is a text, and what is the version of something none when it is a
 * number. */
enum kind { ANY, NUMBER, TEXT };

/* A text as it is, a number in decimal. */
static enum status
value_text(struct collect *c, const char *key, const char *name,
    enum kind kind, char **out, struct diag *d)
{
	struct host_value v;
	uint32_t number;
	enum status st = host_value_get(c->host, key, name, &v, d);

	if (st != ST_OK)
		return st;
	if (kind == NUMBER || (kind == ANY && v.type == REGF_DWORD)) {
		host_value_fini(&v);
		st = host_dword(c->host, key, name, &number, d);
		if (st == ST_OK)
			*out = xasprintf("%lu", (unsigned long)number);
		return st;
	}
	host_value_fini(&v);
	return host_text(c->host, key, name, out, d);
}

/* QUIET: what is there is worth no record of its own. */
static void
look_at(struct collect *c, const char *key, const char *name, enum kind kind,
    bool (*quiet)(const char *text))
{
	struct inventory *inv = c->inv;
	struct diag d = { .text = "" };
	char *text = NULL, *where;
	struct inv_value *v;
	enum status st;

	if (inventory_value(inv, key, name) != NULL)
		return;
	st = value_text(c, key, name, kind, &text, &d);
	inv->values = xpush(inv->values, inv->value_count,
	    sizeof(*inv->values));
	v = &inv->values[inv->value_count++];
	*v = (struct inv_value){ .key = xstrdup(key), .name = xstrdup(name),
	    .state = st == ST_OK ? EV_PRESENT : st == ST_ABSENT ? EV_ABSENT :
	    EV_UNREADABLE, .text = text };
	where = host_join(key, name);
	if (v->state == EV_UNREADABLE)
		v->ev = collect_unreadable(c, EV_SYSTEM, where, &d);
	else if (v->state == EV_PRESENT && !quiet(text))
		v->ev = collect_note(c, EV_SYSTEM, EV_PRESENT, where, text);
	free(where);
}

static bool
never_quiet(const char *text)
{
	(void)text;
	return false;
}

/* Services that start, of themselves or on demand, are what is usual. */
static bool
may_start(const char *text)
{
	return strcmp(text, "4") != 0;
}

/* A service that was removed while it ran is there until Windows starts next.
 * Hardly any has this value: one without it is no entry. */
static void
look_for_deletion(struct collect *c, const char *key)
{
	struct host_value v = { .type = 0 };
	struct diag d = { .text = "" };

	if (host_value_get(c->host, key, INV_DELETE_FLAG, &v, &d) ==
	    ST_ABSENT)
		return;
	host_value_fini(&v);
	look_at(c, key, INV_DELETE_FLAG, NUMBER, never_quiet);
}

/* A service that has no Start, and any where the key of all of them is gone,
 * which every Windows has, is not one that was never set up. */
static void
look_at_service(struct collect *c, const char *name)
{
	struct diag d = { .text = "" };
	char *key = host_join(INV_SERVICES, name);
	const char *lost = NULL;
	struct inv_value *v;
	size_t before = c->inv->value_count;

	look_at(c, key, "Start", NUMBER, may_start);
	v = before < c->inv->value_count ? &c->inv->values[before] : NULL;
	if (v != NULL && v->state == EV_ABSENT) {
		if (host_key_exists(c->host, key, &d) == ST_OK)
			lost = key;
		else if (host_key_exists(c->host, INV_SERVICES, &d) != ST_OK)
			lost = INV_SERVICES;
	}
	if (lost != NULL) {
		diag_set(&d, ST_ABSENT, DIAG_NOWHERE, NULL, lost == key ?
		    "no value \"Start\"" : "not there");
		v->state = EV_UNREADABLE;
		v->ev = collect_unreadable(c, EV_SYSTEM, lost, &d);
	}
	look_for_deletion(c, key);
	free(key);
}

/* What is to be a number, setup reads as one; what must not be there may be
 * anything. */
static enum kind
kind_of(const struct cat_require *x)
{
	const char *word = x->word;

	if (word[0] != '\0' && word[strspn(word, "0123456789")] == '\0')
		return NUMBER;
	return x->check == CAT_CHECK_POLICY ? ANY : TEXT;
}

void
collect_values(struct collect *c)
{
	const struct cat_require *x;
	const struct cat_service *s;
	size_t i, n = catalogue_requires(c->cat, &x);

	look_at(c, INV_DOTNET, "Release", NUMBER, never_quiet);
	for (i = 0; i < n; i++)
		if (x[i].check == CAT_CHECK_VALUE ||
		    x[i].check == CAT_CHECK_POLICY) {
			char *key = host_join("HKLM", x[i].key);

			look_at(c, key, x[i].value, kind_of(&x[i]),
			    never_quiet);
			free(key);
		} else if (x[i].check == CAT_CHECK_ENABLED)
			look_at_service(c, x[i].name);
	n = catalogue_services(c->cat, &s);
	for (i = 0; i < n; i++)
		look_at_service(c, s[i].name);
}

const struct inv_value *
inventory_value(const struct inventory *inv, const char *key,
    const char *name)
{
	size_t i;

	for (i = 0; i < inv->value_count; i++)
		if (utf_casecmp(inv->values[i].key, key) == 0 &&
		    utf_casecmp(inv->values[i].name, name) == 0)
			return &inv->values[i];
	return NULL;
}

/* ------------------------------------------------------------- programs */

static bool
is_asked(const struct inv_names *n, const char *name)
{
	size_t i;

	for (i = 0; i < n->count; i++)
		if (utf_case_prefix(name, n->list[i]))
			return true;
	return false;
}

static void
add_program(struct collect *c, const char *key, const char *name)
{
	struct inventory *inv = c->inv;
	struct inv_program *p;
	char *value;

	inv->programs = xpush(inv->programs, inv->program_count,
	    sizeof(*inv->programs));
	p = &inv->programs[inv->program_count++];
	p->name = xstrdup(name);
	p->version = collect_text(c, EV_SYSTEM, key, "DisplayVersion");
	value = xasprintf("%s, version %s", name, p->version != NULL ?
	    p->version : "unknown");
	p->ev = collect_note(c, EV_SYSTEM, EV_PRESENT, key, value);
	free(value);
}

static void
programs_below(struct collect *c, const char *parent)
{
	struct diag d = { .text = "" };
	char **names;
	size_t i, count, over = 0;

	collect_keys(c, EV_SYSTEM, parent, &names, &count);
	for (i = 0; i < count; i++) {
		char *key = host_join(parent, names[i]);
		char *name = collect_text(c, EV_SYSTEM, key, "DisplayName");

		if (name == NULL || !is_asked(&c->inv->asked.programs, name))
			;
		else if (c->inv->program_count < INVENTORY_MAX_PROGRAMS)
			add_program(c, key, name);
		else
			over++;
		free(name);
		free(key);
	}
	host_names_free(names, count);
	if (over == 0)
		return;
	diag_set(&d, ST_LIMIT, DIAG_NOWHERE, "limit: INVENTORY_MAX_PROGRAMS",
	    "more than %d programs", INVENTORY_MAX_PROGRAMS);
	(void)collect_unreadable(c, EV_SYSTEM, parent, &d);
}

/* What installs 64-bit programs may itself be one of 32 bits. */
void
collect_programs(struct collect *c)
{
	programs_below(c, UNINSTALL);
	programs_below(c, UNINSTALL_WOW64);
}

/* ---------------------------------------------------------------- space */

const struct inv_space *
inventory_space(const struct inventory *inv, const char *path)
{
	size_t i;

	for (i = 0; i < inv->space_count; i++)
		if (inv_same_path(inv->spaces[i].path, path))
			return &inv->spaces[i];
	return NULL;
}

static void
ask_space(struct collect *c, const char *path)
{
	struct inventory *inv = c->inv;
	struct diag d = { .text = "" };
	struct inv_space *s;
	enum status st;

	if (inventory_space(inv, path) != NULL ||
	    inv->space_count == INVENTORY_MAX_ROOTS)
		return;
	inv->spaces = xpush(inv->spaces, inv->space_count,
	    sizeof(*inv->spaces));
	s = &inv->spaces[inv->space_count++];
	*s = (struct inv_space){ .path = xstrdup(path) };
	st = host_free_space(c->host, path, &s->free, &d);
	/* That a folder or its drive is not there is told of its files. */
	s->state = st == ST_OK ? EV_PRESENT : st == ST_ABSENT ||
	    st == ST_UNSUPPORTED ? EV_ABSENT : EV_UNREADABLE;
	if (s->state == EV_UNREADABLE)
		s->ev = collect_unreadable(c, EV_SYSTEM, path, &d);
}

void
collect_spaces(struct collect *c)
{
	size_t i;

	ask_space(c, host_system_root(c->host));
	for (i = 0; i < c->inv->setup_count; i++)
		if (c->inv->setups[i].path != NULL)
			ask_space(c, c->inv->setups[i].path);
}

void
inv_system_fini(struct inventory *inv)
{
	struct inv_pending *p = &inv->pending;
	size_t i;

	for (i = 0; i < inv->value_count; i++) {
		free(inv->values[i].key);
		free(inv->values[i].name);
		free(inv->values[i].text);
	}
	for (i = 0; i < inv->program_count; i++) {
		free(inv->programs[i].name);
		free(inv->programs[i].version);
	}
	for (i = 0; i < p->rename_count; i++) {
		free(p->renames[i].from);
		free(p->renames[i].to);
	}
	for (i = 0; i < p->package_count; i++)
		free(p->packages[i]);
	for (i = 0; i < inv->leftover_count; i++)
		free(inv->leftovers[i].path);
	for (i = 0; i < inv->space_count; i++)
		free(inv->spaces[i].path);
	free(inv->spaces);
	free(inv->values);
	free(inv->programs);
	free(p->renames);
	free(p->packages);
	free(inv->leftovers);
}
