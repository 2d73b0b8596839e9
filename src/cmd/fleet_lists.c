/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/fleet_lists.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/csvfile.h"
#include "formats/textfile.h"
#include "io/file.h"
#include "report/fleet_accept.h"

#include <stdlib.h>
#include <string.h>

/* The rows of a file, as they are read. */
struct list {
	struct fleet	*f;
	size_t		 name, group;	/* columns of servers */
	bool		 begun;		/* the first row was seen */
};

typedef enum status list_row(struct list *l, const struct csvfile_row *row,
    unsigned line, struct diag *d);

static enum status
read_rows(const char *path, struct list *l, list_row *take, struct diag *d)
{
	struct csvfile_row row;
	struct csvfile file;
	struct buf b, text;
	enum status st;

	buf_init(&b, LIST_MAX_BYTES);
	buf_init(&text, 2 * LIST_MAX_BYTES);
	st = file_read_all(path, &b, d);
	if (st == ST_OK && !textfile_utf8(buf_slice(&b), &text))
		st = diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL, "too long");
	csvfile_init(&file, buf_slice(&text));
	while (st == ST_OK) {
		st = csvfile_next(&file, &row, d);
		if (st != ST_OK || row.count == 0)
			break;
		st = take(l, &row, file.line, d);
		csvfile_row_fini(&row);
		l->begun = true;
	}
	buf_fini(&text);
	buf_fini(&b);
	return st;
}

static enum exit_code
read_list(struct teller *t, const char *path, struct fleet *f, list_row *take)
{
	struct list l = { .f = f, .group = 1 };
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	enum status st = read_rows(path, &l, take, &d);

	if (st == ST_OK)
		return EXIT_GO_ON;
	tell_diag(t, path, &d);
	return exit_of_status(st);
}

/* A cell of ROW, "" where it is shorter. */
static const char *
cell(const struct csvfile_row *row, size_t n)
{
	return n < row->count ? row->cells[n] : "";
}

/* The column whose head is one of NAMES: the first of them counts. */
static bool
find_column(const struct csvfile_row *row, const char *const *names,
    size_t *out)
{
	size_t i;

	for (; *names != NULL; names++)
		for (i = 0; i < row->count; i++)
			if (utf_casecmp(row->cells[i], *names) == 0) {
				*out = i;
				return true;
			}
	return false;
}

/* A first row that names its columns; without one, the first is the name and
 * the second the group. Some words are names of servers too, of which none may
 * be taken for a head, where nobody would miss it: they need a group beside
 * them. */
static bool
is_head(struct list *l, const struct csvfile_row *row)
{
	static const char *const names[] = { "name", "hostname",
		"computername", "dnshostname", "fqdn", NULL };
	static const char *const servers[] = { "host", "server", "computer",
		NULL };
	static const char *const groups[] = { "group", "dag", "memberdag",
		"databaseavailabilitygroup", "site", "role", NULL };
	size_t name, group = CSVFILE_CELLS;
	bool grouped = find_column(row, groups, &group);

	if (!find_column(row, names, &name) &&
	    !(grouped && find_column(row, servers, &name)))
		return false;
	l->name = name;
	l->group = group;
	return true;
}

static enum status
take_server(struct list *l, const struct csvfile_row *row, unsigned line,
    struct diag *d)
{
	struct fleet *f = l->f;

	if (!l->begun && is_head(l, row))
		return ST_OK;
	if (cell(row, l->name)[0] == '\0')
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "line %u: no name", line);
	if (f->server_count == SERVERS_MAX)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "line %u: more than %d servers", line, SERVERS_MAX);
	f->servers = xpush(f->servers, f->server_count, sizeof(*f->servers));
	f->servers[f->server_count++] = (struct fleet_server){
	    xstrdup(cell(row, l->name)), xstrdup(cell(row, l->group)) };
	return ST_OK;
}

enum exit_code
fleet_read_servers(struct teller *t, const char *path, struct fleet *f)
{
	enum exit_code code = read_list(t, path, f, take_server);

	if (code != EXIT_GO_ON || f->server_count != 0)
		return code;
	tell(t, path, "no server in it");
	return EXIT_BAD_DATA;
}

/* "2026-12-31": the day counts whole. */
static bool
parse_until(const char *text, instant *out)
{
	if (strlen(text) != sizeof("2026-12-31") - 1 ||
	    !instant_parse(text, out))
		return false;
	*out += SECONDS_A_DAY;
	return true;
}

static enum status
take_accept(struct list *l, const struct csvfile_row *row, unsigned line,
    struct diag *d)
{
	struct fleet *f = l->f;
	struct fleet_accept a = { .line = line };

	if (!l->begun && utf_casecmp(cell(row, 0), "host") == 0)
		return ST_OK;
	if (cell(row, 0)[0] == '\0' || cell(row, 3)[0] == '\0')
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "line %u: four cells are wanted: host, question or "
		    "finding, last day, why", line);
	if (!fleet_is_item(cell(row, 1)))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "line %u: \"%.40s\" is no question, no finding and not "
		    "\"" FLEET_ITEM_MISSING "\"", line, cell(row, 1));
	if (!parse_until(cell(row, 2), &a.until))
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "line %u: \"%.40s\" is no day such as 2026-12-31", line,
		    cell(row, 2));
	if (f->accept_count == ACCEPTED_MAX)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "line %u: more than %d", line, ACCEPTED_MAX);
	a.host = xstrdup(cell(row, 0));
	a.pattern = utf_fold_dup(a.host);
	a.item = xstrdup(cell(row, 1));
	a.why = xstrdup(cell(row, 3));
	f->accepts = xpush(f->accepts, f->accept_count, sizeof(a));
	f->accepts[f->accept_count++] = a;
	return ST_OK;
}

enum exit_code
fleet_read_accepts(struct teller *t, const char *path, struct fleet *f)
{
	return read_list(t, path, f, take_accept);
}

void
fleet_lists_fini(struct fleet *f)
{
	size_t i;

	for (i = 0; i < f->server_count; i++) {
		free(f->servers[i].name);
		free(f->servers[i].group);
	}
	for (i = 0; i < f->accept_count; i++) {
		free(f->accepts[i].host);
		free(f->accepts[i].pattern);
		free(f->accepts[i].item);
		free(f->accepts[i].why);
	}
	free(f->servers);
	free(f->accepts);
}
