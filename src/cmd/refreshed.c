/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/refreshed.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "catalogue/anchor.h"
#include "cmd/system.h"
#include "cmd/tell.h"
#include "fetch/conf.h"
#include "fetch/store.h"
#include "io/file.h"
#include "io/folder.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define OLD_DAYS	60

#define DIR_VARIABLE	"ROLLCALL_CATALOGUE_DIR"
#define SITE_VARIABLE	"ROLLCALL_CATALOGUE_CONF"

char *
refreshed_dir(void)
{
	char *dir = system_environment(DIR_VARIABLE);

	if (dir != NULL)
		return dir;
	return system_is_privileged() ? system_machine_dir() :
	    system_user_dir();
}

enum status
refreshed_prepare(const char *dir, struct diag *d)
{
	char *machine = system_machine_dir();
	enum status st = ST_OK;

	if (machine != NULL && strcmp(machine, dir) == 0) {
		st = system_make_machine_dir(dir, d);
		if (st == ST_OK)
			st = system_check_machine_dir(dir, d);
	}
	free(machine);
	return st;
}

enum status
refreshed_key(const char *text, struct minisign_key *out, struct diag *d)
{
	enum status st;
	struct buf b;

	if (minisign_key_parse(slice_of(text, strlen(text), 0), out, NULL) ==
	    ST_OK)
		return ST_OK;
	buf_init(&b, MINISIGN_MAX_BYTES);
	st = file_read_all(text, &b, d);
	if (st == ST_OK) {
		st = minisign_key_parse(buf_slice(&b), out, d);
		if (st != ST_OK)
			diag_wrap(d, "%s", text);
	}
	buf_fini(&b);
	return st;
}

/* The file, and the folder that it can be replaced in. */
static enum status
check_site_file(const char *path, struct diag *d)
{
	const char *end = strrchr(path, '/');
	char *dir = end == NULL ? NULL : xstrndup(path, (size_t)(end - path));
	enum status st = system_check_kept(path, d);

	if (st == ST_OK && dir != NULL && dir[0] != '\0')
		st = system_check_kept(dir, d);
	free(dir);
	return st;
}

enum status
refreshed_site(const char *name, char **out, struct diag *d)
{
	char *path = system_environment(SITE_VARIABLE);
	struct conf conf = { .url = NULL };
	enum status st = ST_OK;
	char **value;
	struct buf b;

	if (path == NULL) {
		path = system_site_file();
		if (path != NULL)
			st = system_check_machine_dir(path, d);
	}
	*out = NULL;
	if (path == NULL)
		return ST_OK;
	buf_init(&b, STORE_MAX_HEADER);
	if (st == ST_OK)
		st = check_site_file(path, d);
	if (st == ST_OK)
		st = file_read_all(path, &b, d);
	if (st == ST_OK)
		st = conf_read(buf_slice(&b), &conf, d);
	buf_fini(&b);
	if (st == ST_OK) {
		value = strcmp(name, "url") == 0 ? &conf.url : &conf.key;
		*out = *value;
		*value = NULL;
	} else
		diag_wrap(d, "%s", path);
	conf_fini(&conf);
	free(path);
	return st == ST_ABSENT ? ST_OK : st;
}

static enum status
check_key(const char *text, const struct store_set *set, struct diag *d)
{
	char have[MINISIGN_ID_TEXT], want[MINISIGN_ID_TEXT];
	struct minisign_key key;
	enum status st = refreshed_key(text, &key, d);

	if (st == ST_OK && !minisign_key_equal(&key, &set->key))
		st = diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
		    "it is signed with key %s, and that of the site is %s",
		    minisign_id_text(set->key.id, have),
		    minisign_id_text(key.id, want));
	return st;
}

/* The key beside the set proves nothing: whoever made the set made it too. */
static enum status
check_pinned(const struct store_set *set, struct diag *d)
{
	char *text = system_environment(REFRESHED_KEY);
	enum status st = text == NULL ? refreshed_site("key", &text, d) :
	    ST_OK;

	if (st == ST_OK)
		st = text != NULL ? check_key(text, set, d) :
		    diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
		    "no key of the site is known: see " REFRESHED_KEY
		    " in rollcall(1)");
	free(text);
	return st;
}

/* Whatever a scan would build of it can be built, or it is not used. */
static enum status
check_anchors(const struct catalogue *cat, struct diag *d)
{
	struct anchors *built = anchors_new();
	const struct cat_anchor *all;
	size_t i, n = catalogue_anchors(cat, &all);
	enum status st = ST_OK;

	for (i = 0; st == ST_OK && i < n; i++)
		st = anchor_build(built, &all[i], d);
	anchors_free(built);
	return st;
}

static enum status
load(const char *dir, const char *path, struct catalogue **out,
    struct diag *d)
{
	struct catalogue *cat = NULL;
	struct store_set set;
	enum status st = store_load(dir, &set, d);

	if (st != ST_OK)
		return st;
	st = check_pinned(&set, d);
	if (st == ST_OK)
		st = store_catalogue(&set, path, &cat, d);
	if (st == ST_OK)
		st = check_anchors(cat, d);
	if (st == ST_OK)
		*out = cat;
	else
		catalogue_free(cat);
	store_fini(&set);
	return st;
}

/* The machine's set has to be one that only its administrators can make. */
static enum status
check_machine(const char *dir, const char *path, struct diag *d)
{
	enum status st = system_check_machine_dir(dir, d);

	return st != ST_OK ? st : system_check_machine_dir(path, d);
}

/* Folder and file: who can write to the folder can replace the file. */
static enum status
check_kept(const char *dir, const char *path, struct diag *d)
{
	enum status st = system_check_kept(dir, d);

	return st != ST_OK ? st : system_check_kept(path, d);
}

/* Take the set in DIR if it is newer than *CAT. */
static void
take_newer(struct teller *t, const char *dir, bool of_machine,
    struct catalogue **cat)
{
	char *path = path_join(dir, STORE_NAME);
	struct diag d = { .text = "" };
	struct catalogue *new = NULL;
	enum status st = of_machine ? check_machine(dir, path, &d) : ST_OK;

	if (st == ST_OK)
		st = check_kept(dir, path, &d);
	if (st == ST_OK)
		st = load(dir, path, &new, &d);
	if (st == ST_OK && catalogue_info(new)->serial >
	    catalogue_info(*cat)->serial) {
		struct catalogue *old = *cat;

		*cat = new;
		new = old;
	} else if (st != ST_OK && st != ST_ABSENT) {
		diag_wrap(&d, "not used");
		tell_diag(t, path, &d);
	}
	catalogue_free(new);
	free(path);
}

static void
tell_age(struct teller *t, const struct cat_info *info, instant at)
{
	char day[INSTANT_TEXT];
	int64_t days;

	if (at >= info->expires)
		tell(t, info->origin, "this catalogue expired on %s; see "
		    "\"rollcall catalogue update --help\"",
		    instant_format_day(info->expires, day));
	else if ((days = (at - info->issued) / SECONDS_A_DAY) > OLD_DAYS)
		tell(t, info->origin, "this catalogue is %" PRId64 " days old; "
		    "see \"rollcall catalogue update --help\"", days);
}

void
refreshed_take(struct teller *t, struct catalogue **cat, instant at)
{
	const struct catalogue *builtin = *cat;
	char *chosen = system_environment(DIR_VARIABLE);
	char *machine = system_machine_dir(), *user = system_user_dir();

	if (chosen != NULL)
		take_newer(t, chosen, false, cat);
	else {
		if (machine != NULL)
			take_newer(t, machine, true, cat);
		if (user != NULL && !system_is_privileged())
			take_newer(t, user, false, cat);
	}
	if (*cat != builtin)
		tell_age(t, catalogue_info(*cat), at);
	free(chosen);
	free(machine);
	free(user);
}
