/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "inventory/collect.h"
#include "inventory/deep_class.h"

#include "base/alloc.h"
#include "base/crew.h"
#include "base/limits.h"
#include "base/utf.h"
#include "formats/filekind.h"

#include <stdlib.h>
#include <string.h>

/*
 * Every signed file below the folders of Exchange and in the cache of Windows
 * Installer. Files of no kind that carries a signature are passed by: the
 * databases of Exchange lie among the others. The host is asked by one thread
 * only; signatures are judged by several.
 */
struct place {
	char		*path;
	unsigned	 depth;
	bool		 linked;	/* a link is on the way */
	struct identity	 id;
};

/* Still to be looked into, the next one last. */
struct places {
	struct place	*list;
	size_t		 count;
};

/* Folders that were entered: a table with twice as many rows as there may be
 * of them, each in the first free one from where its numbers lead. */
#define SEEN_ROWS	(2 * DEEP_MAX_FOLDERS)

struct walk {
	struct collect	*c;
	struct places	 folders;
	struct places	 links;		/* that lead to one; looked into when
					   no folder is left, so that each is
					   told by its own name */
	char		*folder;	/* that is being listed */
	unsigned	 depth;		/* of it */
	char		**names;	/* in it */
	size_t		 name_count, next_name;
	size_t		 file_count;	/* opened so far */
	bool		 linked;	/* it was reached by one */
	size_t		 entered;	/* folders so far */
	struct identity	*seen;		/* of SEEN_ROWS */
	bool		 counting;	/* nothing is opened, nothing told */
	struct deep_progress progress;	/* where somebody wants to know */
};

struct job {
	char		*path;
	struct host_file file;
	uint64_t	 size;
	const struct anchors *anchors;
	struct file_facts facts;
};

/* A file of SIZE bytes is done. */
static void
tell_step(struct walk *w, uint64_t size)
{
	const struct inventory_options *opt = w->c->opt;

	if (opt->deep_step == NULL)
		return;
	w->progress.files++;
	w->progress.bytes += size;
	opt->deep_step(opt->deep_ctx, &w->progress);
}

/* PATH becomes the list's. */
static void
push(struct places *to, char *path, unsigned depth, bool linked,
    struct identity id)
{
	to->list = xpush(to->list, to->count, sizeof(*to->list));
	to->list[to->count++] = (struct place){ path, depth, linked, id };
}

static void
places_fini(struct places *p)
{
	size_t i;

	for (i = 0; i < p->count; i++)
		free(p->list[i].path);
	free(p->list);
}

/* Was the folder entered before, by whatever name? It counts as entered from
 * now on. Of one without a number nobody knows. */
static bool
was_seen(struct walk *w, struct identity id)
{
	size_t i = (size_t)((id.number ^ id.volume << 20) *
	    0x9e3779b97f4a7c15u >> 32) % SEEN_ROWS;

	if (id.number == 0)
		return false;
	for (; w->seen[i].number != 0; i = (i + 1) % SEEN_ROWS)
		if (w->seen[i].number == id.number &&
		    w->seen[i].volume == id.volume)
			return true;
	w->seen[i] = id;
	return false;
}

/* A folder that is not looked into is told, by name. */
static void
pass_over(struct walk *w, const char *path, const char *why)
{
	if (w->counting)
		return;
	collect_note(w->c, EV_FILE, EV_UNREADABLE, path, why);
	w->c->inv->deep_unread++;
}

static void
leave_folder(struct walk *w)
{
	host_names_free(w->names, w->name_count);
	free(w->folder);
	w->names = NULL;
	w->folder = NULL;
	w->name_count = w->next_name = 0;
}

/* The next folder that was not entered yet; false when there are no more. */
static bool
next_place(struct walk *w, struct place *out)
{
	struct places *from;

	for (;;) {
		from = w->folders.count != 0 ? &w->folders : &w->links;
		if (from->count == 0 || w->entered == DEEP_MAX_FOLDERS)
			return false;
		*out = from->list[--from->count];
		if (!was_seen(w, out->id))
			return true;
		free(out->path);
	}
}

/* List the next folder; false when there are no more. One that cannot be
 * listed is told, and one that is gone, too: its parent or a Setup key has just
 * named it. */
static bool
enter_folder(struct walk *w)
{
	struct diag d = { .text = "" };
	struct place f;
	enum status st;

	leave_folder(w);
	if (!next_place(w, &f))
		return false;
	w->folder = f.path;
	w->depth = f.depth;
	w->linked = f.linked;
	w->entered++;
	st = host_file_list(w->c->host, f.path, &w->names, &w->name_count,
	    &d);
	if (st == ST_ABSENT)
		pass_over(w, f.path, "the folder is not there");
	else if (st != ST_OK && !w->counting) {
		collect_unreadable(w->c, EV_FILE, f.path, &d);
		w->c->inv->deep_unread++;
	}
	if (st != ST_OK) {
		w->names = NULL;
		w->name_count = 0;
	}
	return true;
}

/* The next file or folder; NULL at the end. The caller's. */
static char *
next_path(struct walk *w)
{
	while (w->next_name == w->name_count)
		if (!enter_folder(w))
			return NULL;
	return host_join(w->folder, w->names[w->next_name++]);
}

/* Open a file that may carry a signature. */
static bool
open_signed(struct walk *w, const char *path, struct host_file *out)
{
	struct diag d = { .text = "" };
	enum filekind kind = FILEKIND_OTHER;
	enum status st = host_file_open(w->c->host, path, out, &d);

	if (st == ST_OK) {
		w->file_count++;
		st = filekind_of(&out->src, &kind, &d);
		/* What is named as a program and is none is told. */
		if (st == ST_OK && (kind != FILEKIND_OTHER ||
		    !filekind_fits(path, kind)))
			return true;
		host_file_close(out);
	}
	if (st != ST_OK && st != ST_ABSENT) {
		collect_unreadable(w->c, EV_FILE, path, &d);
		w->c->inv->deep_unread += filekind_named(path) !=
		    FILEKIND_OTHER;
	}
	return false;
}

/* Take the folder PATH, which becomes W's, to look into later. Where a file
 * system numbers no folders, links inside of what a link led to may lead in
 * circles. */
static void
take_folder(struct walk *w, char *path, const struct host_stat *st)
{
	if (w->depth >= DEEP_MAX_DEPTH)
		pass_over(w, path, "folders more than DEEP_MAX_DEPTH inside "
		    "one another");
	else if (st->id.number == 0 && st->is_link && w->linked)
		pass_over(w, path, "a link below another one, on a file "
		    "system that does not tell its folders apart");
	else {
		push(st->is_link ? &w->links : &w->folders, path,
		    w->depth + 1, st->is_link || w->linked, st->id);
		return;
	}
	free(path);
}

static void *
job_next(void *ctx)
{
	struct walk *w = ctx;
	struct host_stat st;
	struct host_file file;
	struct diag d;
	struct job *j;
	char *path;

	while (w->file_count < DEEP_MAX_FILES &&
	    (path = next_path(w)) != NULL) {
		enum status s = host_file_stat(w->c->host, path, &st, &d);

		if (s == ST_OK && st.is_folder) {
			take_folder(w, path, &st);
			continue;
		}
		/* It may be a folder. */
		if (s != ST_OK && s != ST_ABSENT) {
			collect_unreadable(w->c, EV_FILE, path, &d);
			w->c->inv->deep_unread++;
			free(path);
			continue;
		}
		if (open_signed(w, path, &file)) {
			j = xcalloc(1, sizeof(*j));
			*j = (struct job){ .path = path, .file = file,
			    .size = s == ST_OK ? st.size : 0,
			    .anchors = w->c->opt->anchors };
			return j;
		}
		tell_step(w, s == ST_OK ? st.size : 0);
		free(path);
	}
	return NULL;
}

static void
job_work(void *ctx, void *job)
{
	struct job *j = job;

	(void)ctx;
	file_facts_read(j->file.src, j->anchors, &j->facts);
}

/* What is not as it was signed, cannot be read, or is not what its name says is
 * evidence, and so is what will end because of its timestamp. */
static ev_id
note_unsound(struct collect *c, const char *path, const struct file_facts *f)
{
	char line[640];

	if (deep_is_sound(f) && filekind_fits(path, f->kind))
		return 0;
	if (f->readable)
		return collect_note(c, EV_FILE, EV_PRESENT, path, NULL);
	diag_line(&f->why, line, sizeof(line));
	return collect_note(c, EV_FILE, EV_UNREADABLE, path, line);
}

static void
job_finish(void *ctx, void *job)
{
	struct walk *w = ctx;
	struct inventory *inv = w->c->inv;
	struct inv_deep_file file = { 0 };
	struct job *j = job;

	file.ev = note_unsound(w->c, j->path, &j->facts);
	file.times = deep_take_times(&j->facts, &file.time_count);
	if (deep_classify(inv, &j->facts, &file.class)) {
		file.path = j->path;
		j->path = NULL;
		inv->deep_files = xpush(inv->deep_files,
		    inv->deep_file_count, sizeof(file));
		inv->deep_files[inv->deep_file_count++] = file;
	} else {
		inv->deep_unread++;
		free(file.times);
	}
	tell_step(w, j->size);
	host_file_close(&j->file);
	file_facts_fini(&j->facts);
	free(j->path);
	free(j);
}

/* One of the folders to begin with; PATH becomes W's. */
static void
take_root(struct walk *w, char *path)
{
	struct host_stat st = { .is_folder = true };

	/* What cannot be asked is told when it is listed. */
	if (host_file_stat(w->c->host, path, &st, NULL) != ST_OK)
		st = (struct host_stat){ .is_folder = true };
	push(&w->folders, path, 0, false, st.id);
}

/* The folders to begin with; the last one first. */
static void
begin(struct walk *w)
{
	const char **roots;
	size_t i;

	w->seen = xcalloc(SEEN_ROWS, sizeof(*w->seen));
	take_root(w, host_join(host_system_root(w->c->host), "Installer"));
	for (i = collect_roots(w->c->inv, &roots); i-- > 0;)
		take_root(w, xstrdup(roots[i]));
	free(roots);
}

static void
end(struct walk *w)
{
	leave_folder(w);
	places_fini(&w->folders);
	places_fini(&w->links);
	free(w->seen);
}

/* How much there is to do: worth the time only where somebody looks on. What
 * cannot be read is left for the look itself to tell. */
static void
count_all(struct collect *c, struct deep_progress *out)
{
	struct walk w = { .c = c, .counting = true };
	struct host_stat st;
	char *path;

	begin(&w);
	while (w.progress.all_files < DEEP_MAX_FILES &&
	    (path = next_path(&w)) != NULL) {
		if (host_file_stat(c->host, path, &st, NULL) == ST_OK) {
			if (st.is_folder) {
				take_folder(&w, path, &st);
				continue;
			}
			w.progress.all_files++;
			w.progress.all_bytes += st.size;
		}
		free(path);
	}
	*out = w.progress;
	end(&w);
}

void
collect_deep(struct collect *c)
{
	static const struct crew crew = { job_next, job_work, job_finish };
	struct inventory *inv = c->inv;
	struct walk w = { .c = c };
	bool left;

	inv->deep = true;
	if (c->opt->deep_step != NULL)
		count_all(c, &w.progress);
	begin(&w);
	crew_run(&crew, &w, c->opt->jobs);
	left = w.folders.count + w.links.count != 0 &&
	    w.entered == DEEP_MAX_FOLDERS;
	end(&w);
	inv->deep_cut = w.file_count >= DEEP_MAX_FILES || left;
	if (inv->deep_cut)
		collect_note(c, EV_FILE, EV_UNREADABLE, "--deep",
		    left ? "more folders than are looked at" :
		    "more files than are looked at");
}
