/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/regf.h"

#include <stdlib.h>
#include <string.h>

/* What waits for Windows to start again, and what a setup that broke off has
 * left. */

#define SESSIONS	"HKLM\\SYSTEM\\CurrentControlSet\\Control" \
			"\\Session Manager"
#define CURRENT_VERSION	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"
#define SERVICING	CURRENT_VERSION "\\Component Based Servicing"
#define REBOOT_REQUIRED	CURRENT_VERSION "\\WindowsUpdate\\Auto Update" \
			"\\RebootRequired"
#define VOLATILE	"Microsoft\\Updates\\UpdateExeVolatile"

/* -------------------------------------------------------------- renames */

/* What Windows writes before a path: "!" before the name of a file that is
 * replaced, since Server 2022 "*1", and how its kernel calls the drives. */
static const char *
behind_marks(const char *text)
{
	static const char *const drives[] = { "\\??\\", "\\\\?\\",
	    "\\DosDevices\\", "\\GLOBAL??\\" };
	size_t i;

	while (*text == '!' || *text == '*')
		text += 1 + strspn(text + 1, "0123456789");
	for (i = 0; i < sizeof(drives) / sizeof(drives[0]); i++)
		if (utf_case_prefix(text, drives[i])) {
			text += strlen(drives[i]);
			break;
		}
	/* Behind it is a name of the kernel, whole. */
	return utf_case_prefix(text, "GLOBALROOT\\") ?
	    text + strlen("GLOBALROOT") : text;
}

/* The next text. */
static char *
next_text(struct cursor *c)
{
	size_t len = 0;
	uint16_t unit = 1;
	struct buf b;
	char *out;

	while (slice_u16le(c->in, c->at + len, &unit) && unit != 0)
		len += 2;
	buf_init(&b, TEXT_MAX);
	if (!utf_from_utf16le(cursor_take(c, len), &b))
		buf_puts(&b, "?");
	cursor_skip(c, cursor_left(c) < 2 ? cursor_left(c) : 2);
	out = xstrdup(behind_marks(buf_text(&b)));
	buf_fini(&b);
	return out;
}

static void
add_rename(struct inv_pending *p, char *from, char *to)
{
	p->rename_total++;
	if (p->rename_count == PENDING_MAX_RENAMES) {
		free(from);
		free(to);
		return;
	}
	p->renames = xpush(p->renames, p->rename_count,
	    sizeof(*p->renames));
	p->renames[p->rename_count++] = (struct inv_rename){ from, to };
}

/* Pairs of texts: from where, and to where; "" for nowhere. As a text may be
 * empty, the length alone ends the list. */
static void
take_renames(struct inv_pending *p, struct slice s)
{
	struct cursor c = cursor_of(s);
	char *from, *to;

	while (cursor_left(&c) >= 2) {
		from = next_text(&c);
		if (from[0] == '\0') {
			free(from);
			continue;
		}
		to = next_text(&c);
		if (to[0] == '\0') {
			free(to);
			to = NULL;
		}
		add_rename(p, from, to);
	}
}

static void
read_renames(struct collect *c, const char *name)
{
	struct inv_pending *p = &c->inv->pending;
	struct diag d = { .text = "" };
	char *where = host_join(SESSIONS, name);
	struct host_value v;
	enum status st = host_value_get(c->host, SESSIONS, name, &v, &d);

	if (st == ST_OK && (v.type != REGF_MULTI_SZ || v.data.len % 2 != 0)) {
		host_value_fini(&v);
		st = diag_set(&d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "is no list of texts");
	}
	if (st == ST_OK) {
		take_renames(p, buf_slice(&v.data));
		host_value_fini(&v);
	} else if (st != ST_ABSENT || host_key_exists(c->host, SESSIONS,
	    &d) != ST_OK) {
		/* Every Windows has the key. */
		if (st == ST_ABSENT)
			diag_set(&d, ST_ABSENT, DIAG_NOWHERE, NULL,
			    "not there");
		p->renames_state = EV_UNREADABLE;
		p->ev = collect_unreadable(c, EV_SYSTEM, where, &d);
	}
	free(where);
}

static void
note_renames(struct collect *c)
{
	struct inv_pending *p = &c->inv->pending;
	char *value;

	if (p->rename_count == 0) {
		if (p->renames_state != EV_UNREADABLE)
			p->renames_state = EV_ABSENT;
		return;
	}
	/* Of two lists the other one could not be read. */
	if (p->renames_state == EV_UNREADABLE)
		return;
	value = xasprintf("%zu pending, the first of %s", p->rename_total,
	    p->renames[0].from);
	p->renames_state = EV_PRESENT;
	p->ev = collect_note(c, EV_SYSTEM, EV_PRESENT,
	    SESSIONS "\\PendingFileRenameOperations", value);
	free(value);
}

/* ------------------------------------------------------------ servicing */

static enum ev_state
state_of(enum status st)
{
	return st == ST_OK ? EV_PRESENT : st == ST_ABSENT ? EV_ABSENT :
	    EV_UNREADABLE;
}

/* A key that is there as long as something waits. */
static enum ev_state
read_flag(struct collect *c, const char *key, const char *what, ev_id *ev)
{
	struct diag d = { .text = "" };
	enum ev_state state = state_of(host_key_exists(c->host, key, &d));

	if (state == EV_PRESENT)
		*ev = collect_note(c, EV_SYSTEM, state, key, what);
	else if (state == EV_UNREADABLE)
		*ev = collect_unreadable(c, EV_SYSTEM, key, &d);
	return state;
}

/* Packages that are half in: these keys outlive a restart of nothing but
 * Windows itself. */
static void
read_packages(struct collect *c)
{
	struct inv_pending *p = &c->inv->pending;
	struct diag d = { .text = "" };
	char **names = NULL;
	size_t count = 0, i;
	enum status st = host_key_list(c->host, SERVICING
	    "\\PackagesPending", &names, &count, &d);

	p->packages_state = state_of(st);
	if (p->packages_state == EV_UNREADABLE)
		p->servicing_ev = collect_unreadable(c, EV_SYSTEM, SERVICING
		    "\\PackagesPending", &d);
	if (st != ST_OK)
		return;
	if (count == 0)
		p->packages_state = EV_ABSENT;
	for (i = 0; i < count && i < PENDING_MAX_NAMES; i++) {
		p->packages = xpush(p->packages, p->package_count,
		    sizeof(*p->packages));
		p->packages[p->package_count++] = xstrdup(names[i]);
	}
	if (count != 0)
		p->servicing_ev = collect_note(c, EV_SYSTEM, EV_PRESENT,
		    SERVICING "\\PackagesPending", names[0]);
	host_names_free(names, count);
}

/* The flags of UpdateExe are 0 where nothing waits. Either view of the
 * registry may have them; what waits or cannot be read stays. */
static void
read_update_exe(struct collect *c, const char *key)
{
	struct inv_pending *p = &c->inv->pending;
	struct diag d = { .text = "" };
	uint32_t flags = 0;
	enum status st = host_dword(c->host, key, "Flags", &flags, &d);

	if (st == ST_ABSENT || (st == ST_OK && flags == 0)) {
		if (p->update_exe == EV_UNKNOWN)
			p->update_exe = EV_ABSENT;
		return;
	}
	if (p->update_exe == EV_PRESENT)
		return;
	p->update_exe = state_of(st);
	p->restart_ev = st == ST_OK ? collect_note(c, EV_SYSTEM, EV_PRESENT,
	    key, "UpdateExe asks for a restart") : collect_unreadable(c,
	    EV_SYSTEM, key, &d);
}

void
collect_pending(struct collect *c)
{
	struct inv_pending *p = &c->inv->pending;

	read_renames(c, "PendingFileRenameOperations");
	read_renames(c, "PendingFileRenameOperations2");
	note_renames(c);
	read_packages(c);
	p->servicing = read_flag(c, SERVICING "\\RebootPending",
	    "servicing of Windows asks for a restart", &p->servicing_ev);
	p->update = read_flag(c, REBOOT_REQUIRED,
	    "Windows Update asks for a restart", &p->restart_ev);
	read_update_exe(c, "HKLM\\SOFTWARE\\" VOLATILE);
	read_update_exe(c, "HKLM\\SOFTWARE\\Wow6432Node\\" VOLATILE);
}

/* ------------------------------------------------------------ leftovers */

/* Setup keeps how services start in C:\ExchangeSetupLogs, as Service*.xml,
 * and takes the file away when it is done. */
static bool
is_state_file(const char *name)
{
	size_t len = strlen(name);

	return utf_case_prefix(name, "service") && len > 4 &&
	    utf_casecmp(name + len - 4, ".xml") == 0;
}

void
collect_leftovers(struct collect *c)
{
	struct inventory *inv = c->inv;
	struct diag d = { .text = "" };
	char **names = NULL;
	char *folder = inv_setup_logs(host_system_root(c->host));
	size_t i, count = 0;
	enum status st = host_file_list(c->host, folder, &names, &count, &d);

	if (st != ST_OK && st != ST_ABSENT)
		(void)collect_unreadable(c, EV_SYSTEM, folder, &d);
	for (i = 0; st == ST_OK && i < count; i++) {
		struct inv_leftover *l;

		if (!is_state_file(names[i]) || inv->leftover_count ==
		    PENDING_MAX_NAMES)
			continue;
		inv->leftovers = xpush(inv->leftovers, inv->leftover_count,
		    sizeof(*inv->leftovers));
		l = &inv->leftovers[inv->leftover_count++];
		l->path = host_join(folder, names[i]);
		l->ev = collect_note(c, EV_SYSTEM, EV_PRESENT, l->path,
		    "setup keeps in it how services started");
	}
	if (st == ST_OK)
		host_names_free(names, count);
	free(folder);
}
