/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "cmd/command.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/tell.h"
#include "formats/regf_bins.h"
#include "formats/regf_walk.h"
#include "host/hive_logs.h"
#include "io/file.h"
#include "io/tree.h"
#include "report/registry.h"

#include <stdlib.h>
#include <string.h>

struct registry_options {
	struct common	 common;
	bool		 recursive;
	bool		 no_replay;
	bool		 strict;
};

static const struct option_row rows[] = {
	{ "no-replay", 0, NULL, OPTION_FLAG,
	    offsetof(struct registry_options, no_replay),
	    "show the file as it lies, without its transaction logs" },
	{ "recursive", 'r', NULL, OPTION_FLAG,
	    offsetof(struct registry_options, recursive),
	    "all keys below KEY as well" },
	{ "strict", 0, NULL, OPTION_FLAG,
	    offsetof(struct registry_options, strict),
	    "end with 65 when anything in the hive is damaged" },
};

/* One run over one hive. */
struct dump {
	const struct registry_options *o;
	const char	*file;
	const char	*key;		/* path asked for; "" is the root */
	struct regf	*hive;
	struct catalogue *cat;		/* NULL: not wanted */
	struct file	*handle;
	struct tree	*folder;	/* that has the file and its logs */
	struct hive_logs logs;
	const struct regf_replay_info *replay;	/* NULL: as it lies */
	struct regf_key	 from;		/* where the walk begins */
	struct registry_writer *w;
	enum exit_code	 code;		/* what the walk came to */
	bool		 in_key;
	struct buf	 path, data;	/* used again and again */
	char		**damage;
	size_t		 damage_count;
	bool		 damaged;	/* anything was told */
};

static void
note_damage(struct dump *d, const char *path, const struct diag *diag)
{
	char line[640];
	char *text;

	d->damaged = true;
	diag_line(diag, line, sizeof(line));
	text = xasprintf("\\%s: %s", path, line);
	tell(d->o->common.teller, d->file, "%s", text);
	/* The list is part of the JSON result; its length is input's. */
	if (d->damage_count < REGISTRY_MAX_DAMAGE) {
		d->damage = xpush(d->damage, d->damage_count,
		    sizeof(*d->damage));
		d->damage[d->damage_count++] = text;
	} else
		free(text);
}

/* The path from the root, given the path from the key of the walk. Borrowed:
 * dies with the next one, or is BELOW. */
static const char *
full_path(struct dump *d, const char *below)
{
	if (d->key[0] == '\0')
		return below;
	buf_clear(&d->path);
	(void)buf_puts(&d->path, d->key);
	if (below[0] != '\0')
		(void)buf_putc(&d->path, '\\');
	(void)buf_puts(&d->path, below);
	return buf_text(&d->path);
}

static void
visit_damage(void *ctx, const char *path, const struct diag *diag)
{
	struct dump *d = ctx;

	note_damage(d, full_path(d, path), diag);
}

static void
end_key(struct dump *d)
{
	if (d->in_key)
		d->w->format->key_end(d->w);
	d->in_key = false;
}

static enum status
visit_key(void *ctx, const char *path, const struct regf_key *key,
    struct diag *diag)
{
	struct dump *d = ctx;
	const char *full = full_path(d, path);

	(void)diag;
	end_key(d);
	if (key->deleted)
		tell(d->o->common.teller, d->file,
		    "\\%s: deleted: a tombstone of a layered key", full);
	d->w->format->key(d->w, full, key);
	d->in_key = true;
	return ST_OK;
}

static enum status
visit_value(void *ctx, const char *path, const struct regf_value *v,
    struct diag *diag)
{
	struct dump *d = ctx;
	enum status st;

	if (v->deleted)
		tell(d->o->common.teller, d->file, "\\%s: value \"%s\" is "
		    "deleted: a tombstone of a layered key",
		    full_path(d, path), v->name);
	buf_reuse(&d->data);
	st = regf_value_data(d->hive, v, &d->data, diag);
	if (st == ST_OK)
		d->w->format->value(d->w, v, buf_slice(&d->data));
	else if (st != ST_IO) {
		diag_wrap(diag, "value \"%s\"", v->name);
		visit_damage(d, path, diag);
		st = ST_OK;
	}
	return st;
}

/* The names of subkeys that are not walked. */
static enum status
list_subkeys(struct dump *d, const struct regf_key *key, struct diag *diag)
{
	struct regf_subkeys it;
	struct regf_key sub;
	char **names = NULL;
	size_t i, count = 0;
	enum status st = regf_subkeys_init(d->hive, key, &it, diag);

	if (st != ST_OK)
		return st;
	while ((st = regf_subkeys_next(&it, &sub, diag)) == ST_OK) {
		names = xpush(names, count, sizeof(*names));
		names[count++] = xstrdup(sub.name);
	}
	regf_subkeys_fini(&it);
	if (st == ST_ABSENT) {
		d->w->format->subkeys(d->w, d->key, names, count);
		st = ST_OK;
	}
	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
	return st;
}

static void
hive_damage(void *ctx, const struct diag *diag)
{
	struct dump *d = ctx;

	note_damage(d, d->key, diag);
}

static enum status
walk_keys(struct dump *d, struct diag *diag)
{
	const struct regf_visitor visitor = { visit_key, visit_value,
	    visit_damage, d };
	enum status st = ST_OK;

	regf_on_damage(d->hive, hive_damage, d);
	if (d->o->strict)
		st = regf_check_bins(d->hive, diag);
	if (st == ST_OK)
		st = regf_walk(d->hive, &d->from, d->o->recursive ?
		    REGF_MAX_DEPTH : 0, &visitor, NULL, diag);
	if (st == ST_OK && !d->o->recursive)
		st = list_subkeys(d, &d->from, diag);
	end_key(d);
	return st;
}

static bool
dump_keys(void *ctx, struct registry_writer *w,
    struct registry_damage *damage)
{
	struct dump *d = ctx;
	struct diag diag = { .text = "" };
	enum status st;

	d->w = w;
	st = walk_keys(d, &diag);
	d->code = EXIT_NOTHING_TO_DO;
	if (st != ST_OK) {
		tell_diag(d->o->common.teller, d->file, &diag);
		d->code = exit_of_status(st);
	}
	*damage = (struct registry_damage){ d->damage, d->damage_count };
	return st == ST_OK;
}

/* A dirty hive is no error, and must not pass for the whole truth. */
static void
tell_state(struct dump *d)
{
	const struct regf_info *info = regf_info(d->hive);
	const struct regf_replay_info *replay = d->replay;
	char text[1024];

	d->damaged |= replay == NULL ? !info->checksum_ok :
	    !replay->checksum_ok;
	if (replay == NULL) {
		if (!info->checksum_ok)
			tell(d->o->common.teller, d->file,
			    "the checksum of its header is wrong");
		if (info->dirty)
			tell(d->o->common.teller, d->file,
			    "dirty: its last writes may be "
			    "missing, the file is shown as it lies");
		return;
	}
	if (!replay->checksum_ok)
		tell(d->o->common.teller, d->file,
		    "the checksum of its header is wrong");
	regf_replay_text(replay, text, sizeof(text));
	if (replay->state == REGF_REPLAY_DONE)
		tell(d->o->common.teller, d->file, "%s", text);
	else if (replay->state != REGF_REPLAY_CLEAN)
		tell(d->o->common.teller, d->file,
		    "%s: its last writes may be missing, the file "
		    "is shown as it lies", text);
}

static enum exit_code
write_dump(struct dump *d)
{
	struct registry_dump result = { .hive = d->file,
	    .info = regf_info(d->hive), .replay = d->replay,
	    .version = PACKAGE_VERSION, .at = d->o->common.at,
	    .run = dump_keys, .ctx = d };
	enum exit_code code;

	if (d->cat != NULL)
		result.catalogue = catalogue_info(d->cat);
	d->code = EXIT_GO_ON;
	code = write_result(&d->o->common, &result);
	return exit_or(code, d->code);
}

/* Is KEY written as for the registry of a machine, of which a hive is a
 * part? */
static bool
is_of_registry(const char *key)
{
	static const char *const roots[] = { "HKLM", "HKEY_", "SOFTWARE",
		"SYSTEM", "Computer" };
	size_t i;

	key += strspn(key, "\\");
	for (i = 0; i < sizeof(roots) / sizeof(roots[0]); i++)
		if (utf_case_prefix(key, roots[i]))
			return true;
	return false;
}

static enum exit_code
find_and_write(struct dump *d)
{
	struct regf_key root;
	struct diag diag = { .text = "" };
	enum status st = regf_root(d->hive, &root, &diag);

	if (st == ST_OK)
		st = regf_find(d->hive, &root, d->key, &d->from, &diag);
	if (st == ST_ABSENT) {
		tell(d->o->common.teller, d->file, "no key \"%s\"%s", d->key,
		    is_of_registry(d->key) ? "; in a hive, keys begin below "
		    "its own name, such as Microsoft\\Updates" : "");
		return EXIT_ADVISED;
	}
	if (st != ST_OK) {
		tell_diag(d->o->common.teller, d->file, &diag);
		return exit_of_status(st);
	}
	return write_dump(d);
}

/*
 * The bytes of the hive: with what its logs add, unless it is wanted as it
 * lies.
 */
static enum status
open_source(struct dump *d, struct source *src, struct diag *diag)
{
	const char *slash = strrchr(d->file, '/');
	const char *name = slash != NULL ? slash + 1 : d->file;
	char *folder = slash == NULL ? xstrdup(".") :
	    xstrndup(d->file, (size_t)(slash - d->file) + 1);
	enum status st = file_open(d->file, &d->handle, diag);

	if (st != ST_OK || d->o->no_replay)
		goto out;
	st = tree_open(folder, &d->folder, diag);
	if (st == ST_OK)
		st = hive_logs_open(&d->logs, d->folder, name,
		    file_source(d->handle), diag);
	if (st == ST_OK)
		d->replay = regf_replay_info(d->logs.replay);
out:
	if (st == ST_OK)
		*src = d->replay != NULL ?
		    regf_replay_source(d->logs.replay) :
		    file_source(d->handle);
	free(folder);
	return st;
}

static enum exit_code
open_hive(struct dump *d)
{
	struct diag diag = { .text = "" };
	struct source src;
	enum status st = open_source(d, &src, &diag);

	if (st == ST_OK)
		st = regf_open(src, &d->hive, &diag);
	if (st != ST_OK) {
		tell_diag(d->o->common.teller, d->file, &diag);
		return exit_of_status(st);
	}
	tell_state(d);
	return EXIT_GO_ON;
}

static enum exit_code
registry_run(void *options, char **args, size_t count)
{
	const struct registry_options *o = options;
	struct dump d = { .o = o, .file = args[0] };
	enum exit_code code;
	size_t i;

	d.key = count > 1 ? args[1] : "";
	d.key += d.key[0] == '\\';
	buf_init(&d.path, SIZE_MAX / 2);
	buf_init(&d.data, REGF_MAX_VALUE_BYTES);
	code = open_hive(&d);
	if (code == EXIT_GO_ON &&
	    o->common.format->by.registry->wants_catalogue)
		code = open_catalogue(&o->common, &d.cat);
	if (code == EXIT_GO_ON)
		code = find_and_write(&d);
	if (o->strict && d.damaged && (code == EXIT_GO_ON ||
	    code == EXIT_NOTHING_TO_DO))
		code = EXIT_BAD_DATA;
	for (i = 0; i < d.damage_count; i++)
		free(d.damage[i]);
	free(d.damage);
	buf_fini(&d.path);
	buf_fini(&d.data);
	catalogue_free(d.cat);
	regf_close(d.hive);
	hive_logs_close(&d.logs);
	tree_close(d.folder);
	file_close(d.handle);
	return code;
}

const struct command cmd_registry = {
	.name = "registry",
	.summary = "read a hive file as \"reg query\" shows a registry",
	.synopsis = "[OPTION...] HIVE [KEY]",
	.text = "Show the values of KEY (a path from the root of the hive, "
	    "\"Microsoft\\Windows\") and the names of its subkeys; without "
	    "KEY, the root.",
	.result = REPORT_REGISTRY,
	.min_args = 1,
	.max_args = 2,
	.options = rows,
	.option_count = sizeof(rows) / sizeof(rows[0]),
	.options_size = sizeof(struct registry_options),
	.run = registry_run,
};
