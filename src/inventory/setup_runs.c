/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

/* What setup has left of its runs, in a folder of the drive of Windows. */
#define FOLDER		"ExchangeSetupLogs"
#define SERVICES	"ServiceControl.log"

char *
inv_setup_logs(const char *system_root)
{
	const char *colon = strchr(system_root, ':');
	char *drive = xstrndup(system_root, colon == NULL ? 0 :
	    (size_t)(colon + 1 - system_root));
	char *folder = host_join(drive, FOLDER);

	free(drive);
	return folder;
}

char *
inv_setup_log(const char *system_root)
{
	char *folder = inv_setup_logs(system_root);
	char *path = host_join(folder, "ExchangeSetup.log");

	free(folder);
	return path;
}

void
inv_setup_run_fini(struct inv_setup_run *r)
{
	size_t i;

	for (i = 0; i < r->error_count; i++)
		free(r->errors[i]);
	free(r->errors);
	free(r->path);
	free(r->begun);
	free(r->ended);
	free(r->mode);
	free(r->operation);
	free(r->server);
	free(r->step);
}

static const char *
end_words(enum setuplog_end end)
{
	switch (end) {
	case SETUPLOG_COMPLETED:
		return "completed";
	case SETUPLOG_FAILED:
		return "failed";
	case SETUPLOG_BROKEN_OFF:
		return "broken off";
	case SETUPLOG_END_UNKNOWN:
	case SETUPLOG_ENDS:
		break;
	}
	return "it does not say how it ended";
}

static ev_id
note_run(struct collect *c, const struct inv_setup_run *r)
{
	char to[VERSION_TEXT] = "";
	char *value;
	ev_id id;

	if (version_known(r->to))
		version_format(r->to, to);
	value = xasprintf("%s%s%s%s%s%s%s", r->mode != NULL ? r->mode :
	    "a run", to[0] != '\0' ? " to " : "", to,
	    r->begun != NULL ? ", begun " : "",
	    r->begun != NULL ? r->begun : "", ": ", end_words(r->end));
	id = collect_note(c, EV_LOG, EV_PRESENT, r->path, value);
	free(value);
	return id;
}

/* RUN is moved into the inventory. */
static void
add_run(struct collect *c, enum inv_log log, const char *path,
    struct setuplog_run *run)
{
	struct inventory *inv = c->inv;
	struct inv_setup_run *r;
	size_t i;

	inv->setup_runs = xpush(inv->setup_runs, inv->setup_run_count,
	    sizeof(*r));
	r = &inv->setup_runs[inv->setup_run_count++];
	*r = (struct inv_setup_run){ .log = log, .path = xstrdup(path),
	    .whole = run->whole, .begun = run->begun, .ended = run->ended,
	    .mode = run->mode, .operation = run->operation,
	    .server = run->server, .step = run->step, .from = run->from,
	    .to = run->to, .changed = run->changed,
	    .blocked = run->blocked, .end = run->end, .code = run->code };
	r->errors = xcalloc(run->error_count, sizeof(*r->errors));
	r->error_count = run->error_count;
	for (i = 0; i < run->error_count; i++)
		r->errors[i] = run->errors[i];
	r->ev = note_run(c, r);
}

static enum status
read_setup(struct collect *c, const char *path, struct source src,
    struct diag *d)
{
	struct setuplog_run runs[SETUPLOG_KEPT];
	size_t i, n;
	enum status st = setuplog_read(src, runs, &n, d);

	for (i = 0; st == ST_OK && i < n; i++)
		add_run(c, INV_LOG_SETUP, path, &runs[i]);
	return st;
}

/* That all is well is not worth a row for each of so many. */
static enum status
read_helper(struct collect *c, enum inv_log log, const char *path,
    struct source src, struct diag *d)
{
	struct setuplog_run run;
	enum status st = log == INV_LOG_SERVICES ?
	    setuplog_read_services(src, &run, d) :
	    setuplog_read_msi(src, &run, d);

	if (st == ST_OK && log == INV_LOG_INSTALLER &&
	    run.end == SETUPLOG_COMPLETED)
		setuplog_run_fini(&run);
	else if (st == ST_OK)
		add_run(c, log, path, &run);
	return st;
}

static void
read_log(struct collect *c, enum inv_log log, const char *path)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	struct host_file f;
	enum status st = host_file_open(c->host, path, &f, &d);

	if (st == ST_OK) {
		st = log == INV_LOG_SETUP ? read_setup(c, path, f.src, &d) :
		    read_helper(c, log, path, f.src, &d);
		host_file_close(&f);
	}
	if (st != ST_OK && st != ST_ABSENT)
		collect_unreadable(c, EV_LOG, path, &d);
}

static bool
is_msi_log(const char *name)
{
	static const char end[] = ".msilog";
	size_t n = strlen(name);

	return n > strlen(end) &&
	    utf_casecmp(name + n - strlen(end), end) == 0;
}

static void
read_msi_logs(struct collect *c, const char *folder)
{
	struct diag d = { .text = "" };
	size_t i, count = 0, seen = 0;
	char **names = NULL, *path;

	if (host_file_list(c->host, folder, &names, &count, &d) != ST_OK)
		return;		/* that of setup is asked for by its name */
	for (i = 0; i < count && seen < SETUPLOG_MAX_FILES; i++) {
		if (!is_msi_log(names[i]))
			continue;
		path = host_join(folder, names[i]);
		read_log(c, INV_LOG_INSTALLER, path);
		free(path);
		seen++;
	}
	host_names_free(names, count);
}

void
collect_setup_runs(struct collect *c)
{
	const char *root = host_system_root(c->host);
	char *folder = inv_setup_logs(root), *path = inv_setup_log(root);

	read_log(c, INV_LOG_SETUP, path);
	free(path);
	path = host_join(folder, SERVICES);
	read_log(c, INV_LOG_SERVICES, path);
	free(path);
	read_msi_logs(c, folder);
	free(folder);
}
