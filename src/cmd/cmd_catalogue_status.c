/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "cmd/command.h"
#include "cmd/open_catalogue.h"
#include "cmd/output.h"
#include "cmd/refreshed.h"
#include "cmd/system.h"
#include "cmd/tell.h"
#include "fetch/http.h"
#include "fetch/store.h"
#include "io/folder.h"
#include "report/upkeep.h"

#include <stdlib.h>
#include <string.h>

#define UPDATE	"rollcall catalogue update"

/* What the environment says, else catalogue.conf; NULL for nothing, of which
 * is told only where it could not be read. */
static char *
setting(const struct common *o, const char *variable, const char *name)
{
	struct diag d = { .text = "" };
	char *text = system_environment(variable);

	if (text == NULL && refreshed_site(name, &text, &d) != ST_OK)
		tell_diag(o->teller, "catalogue status", &d);
	return text;
}

static bool
is_key(const struct common *o, const char *text)
{
	struct diag d = { .text = "" };
	struct minisign_key key;

	if (text == NULL)
		return false;
	if (refreshed_key(text, &key, &d) == ST_OK)
		return true;
	tell_diag(o->teller, "key", &d);
	return false;
}

/* Is the one in use the set of DIR? */
static bool
is_kept(const char *dir, const struct cat_info *info)
{
	char *path = dir != NULL ? path_join(dir, STORE_NAME) : NULL;
	bool kept = path != NULL && strcmp(path, info->origin) == 0;

	free(path);
	return kept;
}

/* The exact words to write next. */
static void
choose_next(struct upkeep *r, const struct common *o)
{
	bool fine = r->age == CAT_FRESH && !r->expired;

	if (o->catalogue != NULL) {
		r->why = fine ? "nothing to do: it is fresh" :
		    "the catalogue is that of --catalogue: whoever makes it "
		    "has to make a newer one";
		return;
	}
	if (fine) {
		r->why = "nothing to do: it is fresh";
		return;
	}
	r->next = r->url != NULL && r->has_key ? UPDATE : r->url != NULL ?
	    UPDATE " --key FILE|KEY" : r->has_key ?
	    UPDATE " --from URL|PATH" :
	    UPDATE " --from URL|PATH --key FILE|KEY";
	r->why = r->url != NULL && r->has_key ? "source and key are known" :
	    "what is missing can be said once and for all, in "
	    "catalogue.conf; see ENVIRONMENT in rollcall(1). Where nobody "
	    "publishes a catalogue: rollcall catalogue import";
}

static enum exit_code
status_run(void *options, char **args, size_t count)
{
	const struct common *o = options;
	struct upkeep r = { .version = PACKAGE_VERSION, .at = o->at };
	struct catalogue *cat = NULL;
	enum exit_code code = open_catalogue(o, &cat);
	char *url, *shown, *key, *dir;

	(void)args;
	(void)count;
	if (code != EXIT_GO_ON)
		return code;
	url = setting(o, "ROLLCALL_CATALOGUE_URL", "url");
	key = setting(o, REFRESHED_KEY, "key");
	dir = refreshed_dir();
	shown = url != NULL && strstr(url, "://") != NULL ? http_shown(url) :
	    xstrdup(url);
	r.catalogue = catalogue_info(cat);
	r.age = way_age(r.catalogue->known_until, o->at, -1);
	r.stale_from = way_stale_from(r.catalogue->known_until);
	r.expired = o->at >= r.catalogue->expires;
	r.dir = dir;
	r.refreshed = is_kept(dir, r.catalogue);
	r.url = shown;
	r.has_key = is_key(o, key);
	choose_next(&r, o);
	code = exit_or(write_result(o, &r), r.age == CAT_STALE ||
	    r.expired ? EXIT_ADVISED : EXIT_NOTHING_TO_DO);
	free(shown);
	free(url);
	free(key);
	free(dir);
	catalogue_free(cat);
	return code;
}

const struct command cmd_catalogue_status = {
	.name = "catalogue status",
	.summary = "which catalogue is in use, how old, and what to do next",
	.synopsis = "[OPTION...]",
	.text = "Tell which catalogue is in use and from when, whether it is "
	    "stale or has expired, where a newer one would come from, and the "
	    "command that takes it. The program ends with 1 when the "
	    "catalogue is stale or has expired.",
	.result = REPORT_STATUS,
	.options_size = sizeof(struct common),
	.run = status_run,
};
