/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/obligations.h"

#include "base/alloc.h"
#include "base/utf.h"

#include <stdlib.h>
#include <string.h>

/*
 * Setup of an update stops services and keeps them from starting while it is
 * at work. A service that its role cannot do without and that is disabled, or
 * the note of how services started, are left where it broke off. One that is
 * gone is no better than one that is disabled.
 */
#define OF_EXCHANGE	"MSExchange"
#define STORE		"MSExchangeIS"

bool
site_has_role(const struct site *ex, const char *const *roles, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (site_role(ex, roles[i]) != NULL)
			return true;
	return count == 0;
}

static bool
is_core(const struct cat_service *s, const struct site *ex)
{
	return cat_scopes_have(s->scopes, s->scope_count, ex->product, NULL) &&
	    site_has_role(ex, s->roles, s->role_count);
}

/* How a service starts; NULL when nobody asked. */
static const struct inv_value *
start_of(const struct inventory *inv, const char *name)
{
	char *key = host_join(INV_SERVICES, name);
	const struct inv_value *v = inventory_value(inv, key, "Start");

	free(key);
	return v;
}

/* Is it marked to be taken away when Windows starts next? */
static bool
is_to_be_deleted(struct ask *a, const char *name)
{
	char *key = host_join(INV_SERVICES, name);
	const struct inv_value *v = inventory_value(a->j->inv, key,
	    INV_DELETE_FLAG);

	free(key);
	if (v == NULL || (v->state == EV_PRESENT && v->text != NULL &&
	    strcmp(v->text, "0") == 0))
		return false;
	prove(a, v->ev);
	lack(a, v->state == EV_PRESENT ? "the service %s is gone when Windows "
	    "starts next" : "the service %s may be gone when Windows starts "
	    "next", name);
	return true;
}

/* What one service allows. */
static unsigned
service_allows(struct ask *a, const struct cat_service *s)
{
	const struct inv_value *v = start_of(a->j->inv, s->name);

	if (v != NULL && v->state == EV_ABSENT) {
		if (s->may_miss)
			return ANSWER_STRUCK;
		lack(a, "the service %s is not there", s->name);
		return COMPLETE_DOUBTFUL;
	}
	if (v == NULL || v->state != EV_PRESENT || v->text == NULL ||
	    strlen(v->text) != 1 || strchr("01234", v->text[0]) == NULL) {
		prove(a, v != NULL ? v->ev : 0);
		return COMPLETE_UNKNOWN;
	}
	if (is_to_be_deleted(a, s->name))
		return COMPLETE_DOUBTFUL;
	if (v->text[0] != '4')
		return ANSWER_STRUCK;
	prove(a, v->ev);
	lack(a, "the service %s is disabled", s->name);
	return COMPLETE_DOUBTFUL;
}

size_t
judge_services(const struct judge *j, const struct assess_exchange *x)
{
	const struct cat_service *s;
	size_t i, found = 0, n = catalogue_services(j->cat, &s);
	const struct inv_value *v;

	for (i = 0; i < n; i++) {
		v = is_core(&s[i], x->ex) ? start_of(j->inv, s[i].name) :
		    NULL;
		found += v != NULL && v->state == EV_PRESENT;
	}
	return found;
}

/* The roles are set up, and no service of Exchange is: that is no server as
 * setup leaves it, and nothing says what became of it. */
static bool
all_are_gone(const struct judge *j, const struct site *ex)
{
	const struct cat_service *s;
	size_t i, gone = 0, n = catalogue_services(j->cat, &s);
	const struct inv_value *v;

	for (i = 0; i < n; i++) {
		if (!is_core(&s[i], ex) ||
		    !utf_case_prefix(s[i].name, OF_EXCHANGE))
			continue;
		v = start_of(j->inv, s[i].name);
		if (v == NULL || v->state != EV_ABSENT)
			return false;
		gone += !s[i].may_miss;
	}
	return gone != 0;
}

/* The store runs for the Mailbox role alone. Setup writes the key of the role,
 * and takes it away, with its services; of others it is not known which roles
 * all have them. */
static unsigned
lost_role(struct ask *a)
{
	const struct inv_value *v = start_of(a->j->inv, STORE);

	if (site_role(a->x->ex, "MailboxRole") != NULL || v == NULL ||
	    v->state != EV_PRESENT)
		return ANSWER_STRUCK;
	lack(a, "the service %s is there, and the key of its role is not",
	    STORE);
	return COMPLETE_DOUBTFUL;
}

/* No service is disabled or gone that a role cannot do without. */
unsigned
complete_services(struct ask *a)
{
	const struct site *ex = a->x->ex;
	const struct cat_service *s;
	size_t i, n = catalogue_services(a->j->cat, &s);
	unsigned worst, allows;
	bool unread = system_is_damaged(a->j);

	if (ex->product == NULL || !ex->product->has_exsetup)
		return ANSWER_STRUCK;
	if (all_are_gone(a->j, ex)) {
		lack(a, "no service of Exchange is there, and its roles are");
		return COMPLETE_UNKNOWN;
	}
	worst = lost_role(a);
	for (i = 0; i < n; i++) {
		if (!is_core(&s[i], ex))
			continue;
		allows = service_allows(a, &s[i]);
		if (allows == COMPLETE_UNKNOWN)
			unread = true;
		else if (allows != ANSWER_STRUCK)
			worst = allows;
	}
	if (system_is_old(a->j)) {
		lack(a, "the last writes of the SYSTEM hive, which may have "
		    "disabled services");
		return COMPLETE_UNKNOWN;
	}
	if (!unread)
		return worst;
	lack(a, "how services start, which was not looked for or could not "
	    "be read");
	(void)is_unread(a, EV_SYSTEM, INV_SERVICES);
	return COMPLETE_UNKNOWN;
}

/* Nothing is left of a setup that broke off. */
unsigned
complete_leftovers(struct ask *a)
{
	const struct inventory *inv = a->j->inv;
	char *folder;
	ev_id unread;
	size_t i;

	if (a->x->ex->product == NULL || !a->x->ex->product->has_exsetup)
		return ANSWER_STRUCK;
	if ((inv->asked.groups & INV_GROUP_LEFTOVERS) == 0) {
		lack(a, "what a setup that broke off leaves was not looked "
		    "for");
		return COMPLETE_UNKNOWN;
	}
	for (i = 0; i < inv->leftover_count; i++) {
		prove(a, inv->leftovers[i].ev);
		lack(a, "%s is left of a setup that broke off",
		    inv->leftovers[i].path);
	}
	if (inv->leftover_count != 0)
		return COMPLETE_DOUBTFUL;
	folder = inv_setup_logs(inv->windows.system_root);
	unread = unreadable_record(a->j, EV_SYSTEM, folder);
	if (unread != 0) {
		prove(a, unread);
		lack(a, "%s could not be read", folder);
	}
	free(folder);
	return unread != 0 ? COMPLETE_UNKNOWN : ANSWER_STRUCK;
}

/* The length of the name at P, up to a backslash. */
static size_t
name_length(const char *p)
{
	return strcspn(p, "\\");
}

/* May the LEN characters at P be the short form (EXCHAN~1) of the name at
 * LONG_NAME? Two characters are what every short form keeps of it. */
static bool
may_be_short(const char *p, size_t len, const char *long_name)
{
	const char *tilde = memchr(p, '~', len);
	char two[3] = "";

	if (tilde == NULL || tilde - p < 2 || name_length(long_name) <= 8)
		return false;
	memcpy(two, p, 2);
	return utf_case_prefix(long_name, two);
}

static bool
is_name(const char *p, size_t len, const char *folder)
{
	char *a, *b;
	bool same;

	if (may_be_short(p, len, folder))
		return true;
	a = xstrndup(p, len);
	b = xstrndup(folder, name_length(folder));
	same = utf_casecmp(a, b) == 0;
	free(a);
	free(b);
	return same;
}

/* How one path lies to another. */
enum lies { LIES_APART, LIES_BELOW, LIES_AT, LIES_ABOVE };

/* What is behind a volume that has no letter: \Device\HarddiskVolume2\x,
 * Volume{...}\x. Which one it is does not say; NULL: it has a letter. */
static const char *
behind_volume(const char *path)
{
	if (utf_case_prefix(path, "\\Device\\")) {
		path += strlen("\\Device\\");
		return path + name_length(path);
	}
	return utf_case_prefix(path, "Volume{") ? path + name_length(path) :
	    NULL;
}

/* PATH, under any of its names, and FOLDER. Above it, a short name may be that
 * of many. */
static enum lies
how_lies(const char *path, const char *folder)
{
	const char *behind = behind_volume(path);
	bool guessed = false;
	size_t n;

	if (behind != NULL) {
		path = behind;
		folder += name_length(folder);
	}
	for (;;) {
		folder += strspn(folder, "\\");
		path += strspn(path, "\\");
		if (*folder == '\0')
			return *path == '\0' ? LIES_AT : LIES_BELOW;
		if (*path == '\0')
			return guessed ? LIES_APART : LIES_ABOVE;
		n = name_length(path);
		guessed = guessed || may_be_short(path, n, folder);
		if (!is_name(path, n, folder))
			return LIES_APART;
		path += n;
		folder += name_length(folder);
	}
}

/* Is a file of Exchange at PATH another one when Windows starts next? */
static bool
brings_file(const struct site *ex, const char *path)
{
	return path != NULL && ex->install_path != NULL &&
	    ex->install_path[0] != '\0' &&
	    how_lies(path, ex->install_path) != LIES_APART;
}

/* Is what was read of Exchange gone from PATH, or with the folder there, when
 * Windows starts next? */
static bool
takes_witness(const struct site *ex, const char *path)
{
	enum lies lies = path == NULL || ex->exsetup.path == NULL ?
	    LIES_APART : how_lies(path, ex->exsetup.path);

	return lies == LIES_AT || lies == LIES_ABOVE;
}

/* A file that was in use when an update was installed is the old one until
 * Windows starts next. What is deleted then is in nobody's way, but for what
 * proves the release. */
unsigned
complete_pending(struct ask *a)
{
	const struct inv_pending *p = &a->j->inv->pending;
	const struct site *ex = a->x->ex;
	const char *first = NULL;
	size_t i, n = 0;

	if ((a->j->inv->asked.groups & INV_GROUP_PENDING) == 0 ||
	    (p->renames_state != EV_PRESENT &&
	    p->renames_state != EV_ABSENT)) {
		prove(a, p->ev);
		lack(a, "whether files of Exchange wait for a restart");
		return COMPLETE_UNKNOWN;
	}
	for (i = 0; i < p->rename_count; i++) {
		const struct inv_rename *r = &p->renames[i];
		const char *path = takes_witness(ex, r->from) ? r->from :
		    brings_file(ex, r->to) ? r->to : NULL;

		if (path != NULL && n++ == 0)
			first = path;
	}
	if (n == 0 && p->rename_total > p->rename_count) {
		prove(a, p->ev);
		lack(a, "whether files of Exchange are among the %zu that "
		    "wait for a restart", p->rename_total);
		return COMPLETE_UNKNOWN;
	}
	if (n == 0)		/* of old writes: told with the services */
		return ANSWER_STRUCK;
	prove(a, p->ev);
	if (n == 1)
		lack(a, "%s is replaced only when Windows starts next", first);
	else
		lack(a, "%s and %zu more of its files are replaced only when "
		    "Windows starts next", first, n - 1);
	return COMPLETE_DOUBTFUL;
}
