/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/words_win32.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/utf.h"
#include "io/wide_win32.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

/* One word as it was written. */
struct word {
	wchar_t	*text;		/* room for the whole line */
	size_t	 len;
	bool	 wild;		/* '*' or '?' in no quotes */
	bool	 literal;	/* '*' or '?' in quotes */
};

/* ------------------------------------------------------- a line's words */

static bool
is_blank(wchar_t c)
{
	return c == L' ' || c == L'\t';
}

static void
put(struct word *w, wchar_t c, bool quoted)
{
	if (c == L'*' || c == L'?') {
		w->wild |= !quoted;
		w->literal |= quoted;
	}
	w->text[w->len++] = c;
}

static void
put_backslashes(struct word *w, size_t count)
{
	while (count-- > 0)
		put(w, L'\\', false);
}

/* The name of the program: '\' is a letter like others. */
static const wchar_t *
read_program(const wchar_t *p, struct word *w)
{
	bool quoted = false;

	for (; *p != L'\0' && (quoted || !is_blank(*p)); p++)
		if (*p == L'"')
			quoted = !quoted;
		else
			put(w, *p, true);
	return p;
}

/*
 * 2n '\' before '"' are n of them and a quotation mark that begins or ends
 * a part in quotes; 2n + 1 are n and a '"' of the text; elsewhere '\' is
 * itself. Two '"' in quotes are one of the text.
 */
static const wchar_t *
read_word(const wchar_t *p, struct word *w)
{
	bool quoted = false;

	while (*p != L'\0' && (quoted || !is_blank(*p))) {
		size_t n = 0;

		while (p[n] == L'\\')
			n++;
		p += n;
		if (*p != L'"') {
			put_backslashes(w, n);
			if (n == 0)
				put(w, *p++, quoted);
			continue;
		}
		put_backslashes(w, n / 2);
		if (n % 2 == 1)
			put(w, *p++, quoted);
		else if (quoted && p[1] == L'"') {
			put(w, L'"', quoted);
			p += 2;
		} else {
			quoted = !quoted;
			p++;
		}
	}
	return p;
}

/* ------------------------------------------------------------ the result */

/* Takes TEXT over. */
static enum status
add(struct words *out, char *text, struct diag *d)
{
	size_t size = strlen(text) + 1;

	if (size > ARGS_MAX_BYTES - out->bytes) {
		free(text);
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE,
		    "limit: ARGS_MAX_BYTES",
		    "words of more than %d bytes together", ARGS_MAX_BYTES);
	}
	out->bytes += size;
	out->items = xpush(out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = text;
	return ST_OK;
}

static enum status
add_as_it_is(const struct word *w, struct words *out, struct diag *d)
{
	return add(out, wide_utf8(w->text, w->len), d);
}

/* ------------------------------------------------------------- patterns */

/* Where the last part of a path begins. */
static size_t
last_part(const wchar_t *text, size_t len)
{
	while (len > 0 && wcschr(L"\\/:", text[len - 1]) == NULL)
		len--;
	return len;
}

static bool
is_pattern(const struct word *w)
{
	size_t last = last_part(w->text, w->len);

	/* What was in quotes is no file's name, and no pattern either. */
	return w->wild && !w->literal && wcscspn(w->text, L"*?") >= last;
}

static bool
is_itself(const wchar_t *name)
{
	return wcscmp(name, L".") == 0 || wcscmp(name, L"..") == 0;
}

/* A name that was found for the pattern W. */
static enum status
add_name(const struct word *w, const wchar_t *name, struct words *out,
    struct diag *d)
{
	size_t last = last_part(w->text, w->len);
	char *folder = wide_utf8(w->text, last);
	char *file = wide_utf8(name, wcslen(name));
	char *path = xasprintf("%s%s", last == 0 ? ".\\" : folder, file);

	if (file[0] == '-' && out->dashed++ == 0)
		out->first_dashed = xstrdup(path);
	free(folder);
	free(file);
	return add(out, path, d);
}

static enum status
cannot_list(const struct word *w, struct diag *d)
{
	char *pattern = wide_utf8(w->text, w->len);

	(void)win32_says(GetLastError(), d);
	diag_wrap(d, "%s", pattern);
	free(pattern);
	return ST_IO;
}

/* All names of a search, in the folder's own order. */
static enum status
add_found(const struct word *w, HANDLE search, WIN32_FIND_DATAW *found,
    struct words *out, struct diag *d)
{
	enum status st = ST_OK;

	do {
		if (!is_itself(found->cFileName))
			st = add_name(w, found->cFileName, out, d);
		if (st != ST_OK)
			return st;
	} while (FindNextFileW(search, found));
	return GetLastError() == ERROR_NO_MORE_FILES ? ST_OK :
	    cannot_list(w, d);
}

static int
by_name(const void *a, const void *b)
{
	const char *x = *(char *const *)a, *y = *(char *const *)b;
	int order = utf_casecmp(x, y);

	return order != 0 ? order : strcmp(x, y);
}

/*
 * What Windows is asked for: the folder as wide_path() has it, of any length,
 * and the last part as it was written ("*." is not "*"). NULL when there can
 * be no such folder: whoever opens the word says what is wrong.
 */
static wchar_t *
path_to_find(const struct word *w)
{
	size_t last = last_part(w->text, w->len), n;
	char *folder = last == 0 ? xstrdup(".") : wide_utf8(w->text, last);
	wchar_t *path = NULL, *all = NULL;
	enum status st = wide_path(folder, &path, NULL);

	free(folder);
	if (st == ST_OK && !wide_is_device(path)) {
		n = wcslen(path);
		all = xcalloc(n + 1 + w->len - last + 1, sizeof(*all));
		wcscpy(all, path);
		if (path[n - 1] != L'\\')
			all[n++] = L'\\';
		wcscpy(all + n, w->text + last);
	}
	free(path);
	return all;
}

static enum status
add_matches(const struct word *w, struct words *out, struct diag *d)
{
	size_t before = out->count;
	wchar_t *path = path_to_find(w);
	WIN32_FIND_DATAW found;
	HANDLE search = path == NULL ? INVALID_HANDLE_VALUE :
	    FindFirstFileW(path, &found);
	enum status st;

	free(path);
	if (search == INVALID_HANDLE_VALUE)
		return add_as_it_is(w, out, d);
	st = add_found(w, search, &found, out, d);
	FindClose(search);
	if (st == ST_OK && out->count == before)
		return add_as_it_is(w, out, d);
	if (st == ST_OK)
		qsort(out->items + before, out->count - before,
		    sizeof(*out->items), by_name);
	return st;
}

/* ------------------------------------------------------------ the whole */

static enum status
read_all(const wchar_t *line, struct word *w, struct words *out,
    struct diag *d)
{
	enum status st;

	line = read_program(line, w);
	st = add_as_it_is(w, out, d);
	while (st == ST_OK) {
		while (is_blank(*line))
			line++;
		if (*line == L'\0')
			break;
		*w = (struct word){ .text = w->text };
		line = read_word(line, w);
		w->text[w->len] = L'\0';
		st = is_pattern(w) ? add_matches(w, out, d) :
		    add_as_it_is(w, out, d);
	}
	if (st == ST_OK)
		out->items = xpush(out->items, out->count,
		    sizeof(*out->items));
	return st;
}

enum status
words_read(const wchar_t *line, struct words *out, struct diag *d)
{
	struct word w = { .text = xcalloc(wcslen(line) + 1,
	    sizeof(*w.text)) };
	enum status st;

	*out = (struct words){ 0 };
	st = read_all(line, &w, out, d);
	free(w.text);
	return st;
}

char *
words_odd(const struct words *w)
{
	if (w->dashed == 0)
		return NULL;
	if (w->dashed == 1)
		return xasprintf("%s begins with \"-\": it is read as a file, "
		    "and is no option", w->first_dashed);
	return xasprintf("%s and others, %zu in all, begin with \"-\": they "
	    "are read as files, and are no options", w->first_dashed,
	    w->dashed);
}

void
words_fini(struct words *w)
{
	size_t i;

	for (i = 0; i < w->count; i++)
		free(w->items[i]);
	free(w->items);
	free(w->first_dashed);
	*w = (struct words){ 0 };
}
