/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "state.h"

#include "base/alloc.h"
#include "base/utf.h"
#include "tap.h"
#include "wrap.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SUFFIX	".expect"

struct shared_catalogue {
	struct slice	 overlay;	/* owned */
	struct catalogue *cat;
};

static void
bail(const char *what, const char *why)
{
	printf("Bail out! %s: %s\n", what, why);
	exit(1);
}

/* ------------------------------------------------------------- reading */

/* What one .expect says. */
struct expectation {
	char		*volume;
	bool		 use;		/* it is about a volume that opens */
	bool		 drive_d;
	struct state	*s;
};

/* What LINE says behind WORD, or NULL. */
static const char *
behind(const char *line, const char *word)
{
	size_t n = strlen(word);

	return strncmp(line, word, n) == 0 && line[n] == ' ' ? line + n + 1 :
	    NULL;
}

static void
read_instant(const struct state *s, const char *text, instant *out)
{
	if (text != NULL && !instant_parse(text, out))
		bail(s->name, text);
}

static void
read_line(struct expectation *e, const char *line)
{
	const char *args = behind(line, "args");

	read_instant(e->s, behind(line, "at"), &e->s->at);
	read_instant(e->s, behind(line, "taken"), &e->s->taken);
	if (behind(line, "volume") != NULL) {
		free(e->volume);
		e->volume = xstrdup(behind(line, "volume"));
	}
	if (behind(line, "root") != NULL || behind(line, "stderr") != NULL)
		e->use = false;
	if (args == NULL)
		return;
	e->s->deep |= strstr(args, "--deep") != NULL;
	e->s->target |= strstr(args, "--target") != NULL;
	e->s->no_packages |= strstr(args, "--no-packages") != NULL;
	e->s->no_replay |= strstr(args, "--no-replay") != NULL;
	e->drive_d |= strstr(args, "D={d}") != NULL;
}

static void
read_lines(struct expectation *e, const char *path)
{
	size_t n, at, len;
	uint8_t *text = tap_read(path, &n);

	for (at = 0; at < n; at += len + 1) {
		char *line;

		for (len = 0; at + len < n && text[at + len] != '\n'; len++)
			;
		line = xstrndup((char *)text + at, len);
		read_line(e, line);
		free(line);
	}
	free(text);
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Is the same asked of the same volume already? Which --target it is does not
 * count: the next step is asked for. */
static bool
is_known(const struct states *all, const struct state *s)
{
	size_t i;

	for (i = 0; i < all->count; i++) {
		const struct state *o = &all->all[i];

		if (same_text(o->root, s->root) &&
		    same_text(o->drive_d, s->drive_d) &&
		    o->at == s->at && o->taken == s->taken &&
		    o->deep == s->deep && o->target == s->target && o->no_replay == s->no_replay &&
		    o->no_packages == s->no_packages)
			return true;
	}
	return false;
}

static void
state_fini(struct state *s)
{
	judged_fini(&s->sound);
	records_fini(&s->seen);
	inspect_policy_free(s->policy);
	free(s->name);
	free(s->root);
	free(s->drive_d);
	free(s->overlay);
}

static void
read_state(struct states *all, const char *expects, const char *file,
    const char *volumes)
{
	char *name = xstrndup(file, strlen(file) - strlen(SUFFIX));
	struct state s = { .name = name, .at = INSTANT_NONE,
	    .taken = INSTANT_NONE };
	struct expectation e = { xstrdup(name), true, false, &s };
	char *path = xasprintf("%s/%s", expects, file);

	read_lines(&e, path);
	s.root = xasprintf("%s/%s/c", volumes, e.volume);
	s.overlay = xasprintf("%s/%s/overlay.xml", volumes, e.volume);
	if (e.drive_d)
		s.drive_d = xasprintf("%s/%s/d", volumes, e.volume);
	if (s.taken == INSTANT_NONE)
		s.taken = s.at;
	if (e.use && s.at != INSTANT_NONE && !is_known(all, &s)) {
		all->all = xpush(all->all, all->count, sizeof(s));
		all->all[all->count++] = s;
	} else
		state_fini(&s);
	free(e.volume);
	free(path);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Names of the files with the suffix, in an order of their own. */
static char **
list_expects(const char *expects, size_t *count)
{
	DIR *dir = opendir(expects);
	const struct dirent *entry;
	char **names = NULL;

	*count = 0;
	if (dir == NULL)
		bail(expects, "cannot be listed");
	while ((entry = readdir(dir)) != NULL) {
		size_t n = strlen(entry->d_name), m = strlen(SUFFIX);

		if (n <= m || strcmp(entry->d_name + n - m, SUFFIX) != 0)
			continue;
		names = xpush(names, *count, sizeof(*names));
		names[(*count)++] = xstrdup(entry->d_name);
	}
	closedir(dir);
	if (*count != 0)
		qsort(names, *count, sizeof(*names), by_name);
	return names;
}

struct states
states_read(const char *expects, const char *volumes)
{
	struct states all = { .count = 0 };
	size_t i, count;
	char **names = list_expects(expects, &count);

	for (i = 0; i < count; i++)
		read_state(&all, expects, names[i], volumes);
	host_names_free(names, count);
	if (all.count == 0)
		bail(expects, "no state of a server");
	return all;
}

void
states_free(struct states *s)
{
	size_t i;

	for (i = 0; i < s->count; i++)
		state_fini(&s->all[i]);
	for (i = 0; i < s->shared_count; i++) {
		free((void *)(uintptr_t)s->shared[i].overlay.p);
		catalogue_free(s->shared[i].cat);
	}
	free(s->all);
	free(s->shared);
}

/* ------------------------------------------------------------ scanning */

/* The catalogue with the overlay; one for all that have the same. */
static struct catalogue *
catalogue_with(struct states *all, const char *overlay)
{
	struct diag d = { .text = "" };
	struct shared_catalogue *c;
	size_t i, n;
	uint8_t *xml = tap_read(overlay, &n);
	struct slice s = slice_of(xml, n, 0);

	for (i = 0; i < all->shared_count; i++)
		if (slice_equal(all->shared[i].overlay, s)) {
			free(xml);
			return all->shared[i].cat;
		}
	all->shared = xpush(all->shared, all->shared_count,
	    sizeof(*all->shared));
	c = &all->shared[all->shared_count++];
	*c = (struct shared_catalogue){ s, NULL };
	if (catalogue_builtin(&c->cat, &d) != ST_OK ||
	    catalogue_overlay(c->cat, s, overlay, &d) != ST_OK)
		bail(overlay, d.text);
	return c->cat;
}

struct host *
state_open(const struct state *s)
{
	struct host_drive drive = { 'D', s->drive_d, NULL };
	struct host_volume_options o = { &drive, s->drive_d != NULL,
	    s->no_replay };
	struct host *h;

	return host_volume_open_with(s->root, &o, &h, NULL) == ST_OK ? h :
	    NULL;
}

void
state_scan(const struct state *s, struct host *host, struct judged *out)
{
	static const unsigned asked[SET_COUNT] = {
		[SET_SERVER] = QUESTION_BIT(ASK_INSTALLED) |
		    QUESTION_BIT(ASK_GENUINE) | QUESTION_BIT(ASK_COMPLETE) |
		    QUESTION_BIT(ASK_RERELEASE) | QUESTION_BIT(ASK_FIX),
		[SET_ALL] = QUESTIONS_ALL & ~QUESTION_BIT(ASK_READY),
		[SET_TARGET] = QUESTION_BIT(ASK_READY),
	};
	static const struct assess_target next = { .name = "next",
	    .next = true };
	struct inventory_options look = {
	    .anchors = inspect_anchors(s->policy),
	    .skip_packages = s->no_packages, .deep = s->deep, .jobs = 1,
	    .taken = s->taken, .update_files = s->target };
	size_t i;

	out->inv = inventory_take(host, s->cat, &look);
	out->scene = scene_new(out->inv, s->cat, s->policy);
	for (i = 0; i < SET_COUNT; i++) {
		struct assess_options how = { .at = s->at,
		    .asked = asked[i],
		    .target = i == SET_TARGET ? &next : NULL };

		out->a[i] = assess(out->scene, s->cat, &how);
	}
}

void
judged_fini(struct judged *j)
{
	size_t i;

	for (i = 0; i < SET_COUNT; i++)
		assessment_free(j->a[i]);
	scene_free(j->scene);
	inventory_free(j->inv);
	*j = (struct judged){ .inv = NULL };
}

const char *
set_name(enum set s)
{
	return s == SET_ALL ? "all questions" : s == SET_TARGET ?
	    "ready for the next step" :
	    "installed,genuine,complete,rerelease,fix";
}

/* The keys and folders that lead to what was asked for; nobody asks for them
 * by themselves. */
static void
note_above(struct records *seen, struct host *host)
{
	size_t i, count = seen->count;

	for (i = 0; i < count; i++) {
		bool key = seen->all[i].what == WHAT_KEY ||
		    seen->all[i].what == WHAT_VALUE;
		/* Not the hive itself, not the drive. */
		size_t n = key ? strlen("HKLM\\SOFTWARE") : strlen("C:\\");
		char *path = xstrdup(seen->all[i].path), *p;

		while ((p = strrchr(path, '\\')) != NULL &&
		    (size_t)(p - path) > n) {
			*p = '\0';
			(void)record_note(seen, key ? WHAT_KEY : WHAT_FOLDER,
			    path, NULL);
		}
		free(path);
	}
	for (i = 0; i < seen->count; i++) {
		struct record *r = &seen->all[i];
		struct host_stat st;

		if (r->what == WHAT_KEY)
			r->there = host_key_exists(host, r->path, NULL) ==
			    ST_OK;
		else if (r->what == WHAT_FOLDER)
			r->there = host_file_stat(host, r->path, &st, NULL) ==
			    ST_OK && st.is_folder;
	}
}

bool
state_scan_sound(struct states *all, struct state *s)
{
	struct host *real, *host;
	struct diag d = { .text = "" };

	if (s->broken || s->sound.inv != NULL)
		return !s->broken;
	real = state_open(s);
	s->broken = real == NULL;
	if (s->broken)
		return false;
	s->cat = catalogue_with(all, s->overlay);
	if (inspect_policy_new(s->cat, s->at, false, &s->policy, &d) != ST_OK)
		bail(s->overlay, d.text);
	host = wrap_host(real, real, &s->seen, NULL);
	state_scan(s, host, &s->sound);
	host_close(host);
	note_above(&s->seen, real);
	host_close(real);
	return true;
}

/* ------------------------------------------------------------- looking */

bool
state_is_signed(const struct state *s, struct host *host, const char *path)
{
	struct file_facts facts;
	struct inspected seen;
	struct host_file f;
	bool is;

	if (host_file_open(host, path, &f, NULL) != ST_OK)
		return false;
	file_facts_read(f.src, inspect_anchors(s->policy), &facts);
	inspect_judge(&facts, NULL, s->policy, &seen);
	host_file_close(&f);
	is = seen.verdict == SIG_VALID || seen.verdict == SIG_EXPIRES ||
	    seen.verdict == SIG_EXPIRED;
	inspected_fini(&seen);
	file_facts_fini(&facts);
	return is;
}

size_t
state_proof(const struct state *s, enum set set, const struct evidence **out,
    size_t max)
{
	const struct answer *worst = assessment_worst(s->sound.a[set]);
	size_t i, n = 0;

	for (i = 0; worst != NULL && i < worst->proof_count && n < max; i++)
		out[n++] = inventory_evidence(s->sound.inv, worst->proof[i]);
	return n;
}

bool
state_is_evidence(const struct state *s, const struct evidence *e,
    const struct record *r)
{
	const struct inventory *inv = s->sound.inv;
	char *path = record_text(r);
	size_t i, near = 0;
	bool is;

	for (i = 0; i < inv->evidence_count; i++) {
		const char *where = inv->evidence[i].where;

		if (path_is_below(path, where) && strlen(where) > near)
			near = strlen(where);
	}
	is = path_is_below(path, e->where) && strlen(e->where) == near;
	free(path);
	return is;
}

/* Is the value's text the path of E? */
static bool
names(const struct record *value, struct host *host, const struct evidence *e)
{
	char *text = NULL;
	bool is = host_text(host, value->path, value->name, &text, NULL) ==
	    ST_OK && utf_casecmp(text, e->where) == 0;

	free(text);
	return is;
}

bool
state_goes_with(const struct state *s, const struct evidence *e,
    const struct record *r)
{
	char *top = record_text(r), *path;
	bool goes = path_is_below(e->where, top);
	struct host *host = goes ? NULL : state_open(s);
	size_t i;

	for (i = 0; host != NULL && !goes && i < s->seen.count; i++) {
		if (s->seen.all[i].what != WHAT_VALUE)
			continue;
		path = record_text(&s->seen.all[i]);
		goes = path_is_below(path, top) && names(&s->seen.all[i],
		    host, e);
		free(path);
	}
	host_close(host);
	free(top);
	return goes;
}
