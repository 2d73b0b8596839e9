/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/refreshed.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "cmd/command.h"
#include "fetch/store.h"
#include "io/file.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SYSTEM_DIR	LOCALSTATEDIR "/lib/rollcall"
#define DAY		86400
#define OLD_DAYS	60

/* $NAME, or NULL when it is empty or not set. */
static const char *
environment(const char *name)
{
	const char *value = getenv(name);

	return value == NULL || value[0] == '\0' ? NULL : value;
}

/* XDG Base Directory Specification 0.8: relative paths are to be ignored. */
static char *
user_dir(void)
{
	const char *data = environment("XDG_DATA_HOME");
	const char *home = environment("HOME");

	if (data != NULL && data[0] == '/')
		return xasprintf("%s/rollcall", data);
	return home == NULL ? NULL :
	    xasprintf("%s/.local/share/rollcall", home);
}

char *
refreshed_dir(void)
{
	const char *dir = environment("ROLLCALL_CATALOGUE_DIR");

	if (dir != NULL)
		return xstrdup(dir);
	return geteuid() == 0 ? xstrdup(SYSTEM_DIR) : user_dir();
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

/* A site that pins a key for all runs means the stored set as well. */
static enum status
check_pinned(const struct store_set *set, struct diag *d)
{
	const char *text = environment(REFRESHED_KEY);
	char have[MINISIGN_ID_TEXT], want[MINISIGN_ID_TEXT];
	struct minisign_key key;
	enum status st;

	if (text == NULL)
		return ST_OK;
	st = refreshed_key(text, &key, d);
	if (st != ST_OK)
		diag_wrap(d, REFRESHED_KEY);
	else if (!minisign_key_equal(&key, &set->key))
		st = diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
		    "it is signed with key %s, and " REFRESHED_KEY " is %s",
		    minisign_id_text(set->key.id, have),
		    minisign_id_text(key.id, want));
	return st;
}

static enum status
load(const char *dir, const char *path, struct catalogue **out,
    struct diag *d)
{
	struct store_set set;
	enum status st = store_load(dir, &set, d);

	if (st != ST_OK)
		return st;
	st = check_pinned(&set, d);
	if (st == ST_OK)
		st = store_catalogue(&set, path, out, d);
	store_fini(&set);
	return st;
}

/* Take the set in DIR if it is newer than *CAT. */
static void
take_newer(const char *dir, struct catalogue **cat)
{
	char *path = xasprintf("%s/%s", dir, STORE_NAME);
	struct diag d = { .text = "" };
	struct catalogue *new = NULL;
	enum status st = load(dir, path, &new, &d);

	if (st == ST_OK && catalogue_info(new)->serial >
	    catalogue_info(*cat)->serial) {
		struct catalogue *old = *cat;

		*cat = new;
		new = old;
	} else if (st != ST_OK && st != ST_ABSENT) {
		diag_wrap(&d, "not used");
		tell_diag(path, &d);
	}
	catalogue_free(new);
	free(path);
}

static void
tell_age(const struct cat_info *info, instant at)
{
	char day[INSTANT_TEXT];
	int64_t days;

	if (at >= info->expires)
		tell(info->origin, "this catalogue expired on %s; see "
		    "\"rollcall catalogue update --help\"",
		    instant_format_day(info->expires, day));
	else if ((days = (at - info->issued) / DAY) > OLD_DAYS)
		tell(info->origin, "this catalogue is %" PRId64 " days old; "
		    "see \"rollcall catalogue update --help\"", days);
}

void
refreshed_take(struct catalogue **cat, instant at)
{
	const struct catalogue *builtin = *cat;
	char *own = refreshed_dir();

	if (environment("ROLLCALL_CATALOGUE_DIR") == NULL && geteuid() != 0)
		take_newer(SYSTEM_DIR, cat);
	if (own != NULL)
		take_newer(own, cat);
	if (*cat != builtin)
		tell_age(catalogue_info(*cat), at);
	free(own);
}
