/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "host/host.h"
#include "base/alloc.h"
#include "base/limits.h"
#include "base/slice.h"
#include "base/utf.h"
#include "formats/regf.h"
#include "host/expand.h"
#include "host/host_new.h"

#include <stdlib.h>
#include <string.h>

struct host {
	const struct host_ops *ops;
	void		*ctx;
	char		*system_root;
};

struct host *
host_new(const struct host_ops *ops, void *ctx, const char *system_root)
{
	struct host *h = xcalloc(1, sizeof(*h));

	h->ops = ops;
	h->ctx = ctx;
	h->system_root = xstrdup(system_root);
	return h;
}

void
host_close(struct host *h)
{
	if (h == NULL)
		return;
	h->ops->close(h->ctx);
	free(h->system_root);
	free(h);
}

enum host_kind
host_kind(const struct host *h)
{
	return h->ops->kind;
}

bool
host_is_limited(const struct host *h)
{
	return h->ops->limited != NULL && h->ops->limited(h->ctx);
}

size_t
host_hives(struct host *h, const struct host_hive **out)
{
	return h->ops->hives(h->ctx, out);
}

const char *
host_system_root(struct host *h)
{
	return h->system_root;
}

char *
host_join(const char *path, const char *sub)
{
	size_t n = strlen(path);
	const char *sep = n != 0 && path[n - 1] == '\\' ? "" : "\\";

	return xasprintf("%s%s%s", path, sep, sub);
}

enum status
host_free_space(struct host *h, const char *path, uint64_t *out,
    struct diag *d)
{
	enum status st = h->ops->free_space == NULL ? diag_set(d,
	    ST_UNSUPPORTED, DIAG_NOWHERE, NULL, "only Windows itself knows "
	    "what is free") : h->ops->free_space(h->ctx, path, out, d);

	if (st != ST_OK)
		diag_wrap(d, "%s", path);
	return st;
}

void
host_names_free(char **names, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

/* ------------------------------------------------------------ registry */

static enum status
about_key(enum status st, const char *key, struct diag *d)
{
	if (st != ST_OK)
		diag_wrap(d, "%s", key);
	return st;
}

static enum status
about_value(enum status st, const char *key, const char *name,
    struct diag *d)
{
	if (st != ST_OK && name != NULL && *name != '\0')
		diag_wrap(d, "value %s", name);
	return about_key(st, key, d);
}

enum status
host_key_exists(struct host *h, const char *key, struct diag *d)
{
	return about_key(h->ops->key_exists(h->ctx, key, d), key, d);
}

enum status
host_key_list(struct host *h, const char *key, char ***names, size_t *count,
    struct diag *d)
{
	return about_key(h->ops->key_list(h->ctx, key, names, count, d), key,
	    d);
}

enum status
host_value_list(struct host *h, const char *key, char ***names,
    size_t *count, struct diag *d)
{
	return about_key(h->ops->value_list(h->ctx, key, names, count, d),
	    key, d);
}

enum status
host_value_get(struct host *h, const char *key, const char *name,
    struct host_value *out, struct diag *d)
{
	return about_value(h->ops->value_get(h->ctx, key, name, out, d), key,
	    name, d);
}

void
host_value_fini(struct host_value *v)
{
	if (v == NULL)
		return;
	free(v->name);
	buf_fini(&v->data);
	v->name = NULL;
}

static enum status
wrong_type(const struct host_value *v, const char *wanted, struct diag *d)
{
	const char *name = regf_type_name(v->type);

	if (name == NULL)
		return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL,
		    "type %u, not %s", (unsigned)v->type, wanted);
	return diag_set(d, ST_MALFORMED, DIAG_NOWHERE, NULL, "%s of %zu "
	    "bytes, not %s", name, v->data.len, wanted);
}

static enum status
text_full(struct diag *d)
{
	return diag_set(d, ST_LIMIT, DIAG_NOWHERE, "limit: TEXT_MAX",
	    "text of more than %d bytes", TEXT_MAX);
}

/* The text of V as it stands. */
static enum status
value_text(const struct host_value *v, char **out, struct diag *d)
{
	struct buf text;

	if (v->type != REGF_SZ && v->type != REGF_EXPAND_SZ)
		return wrong_type(v, "text", d);
	buf_init(&text, TEXT_MAX);
	if (!utf_from_utf16le_sz(buf_slice(&v->data), &text)) {
		buf_fini(&text);
		return text_full(d);
	}
	*out = buf_take(&text);
	return ST_OK;
}

/* Variables that are known without the registry. */
static char *
basic_variable(void *ctx, const char *name, size_t len)
{
	const struct host *h = ctx;
	char *s = xstrndup(name, len), *value = NULL;

	if (utf_casecmp(s, "SystemRoot") == 0 ||
	    utf_casecmp(s, "windir") == 0)
		value = xstrdup(h->system_root);
	else if (utf_casecmp(s, "SystemDrive") == 0)
		value = xstrndup(h->system_root, 2);
	free(s);
	return value;
}

static enum status
expand(const char *text, expand_fn *variable, struct host *h, char **out,
    struct diag *d)
{
	struct buf b;

	buf_init(&b, TEXT_MAX);
	expand_text(text, variable, h, &b);
	if (b.full) {
		buf_fini(&b);
		return text_full(d);
	}
	*out = buf_take(&b);
	return ST_OK;
}

/*
 * A variable's value out of the registry. Its own text may name the basic
 * variables and no others, so that two cannot name each other for ever.
 */
static char *
registry_variable(struct host *h, const char *key, const char *name)
{
	struct host_value v;
	char *text = NULL, *value = NULL;

	if (host_value_get(h, key, name, &v, NULL) != ST_OK)
		return NULL;
	if (value_text(&v, &text, NULL) == ST_OK &&
	    expand(text, basic_variable, h, &value, NULL) != ST_OK)
		value = NULL;
	free(text);
	host_value_fini(&v);
	return value;
}

#define CURRENT_VERSION	"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion"
#define PROFILE_LIST	\
	"HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList"
#define ENVIRONMENT	\
	"HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment"

/* Variables that Windows sets from elsewhere than its Environment key. */
static const struct {
	const char	*name, *key, *value;
} variables[] = {
	{ "ALLUSERSPROFILE", PROFILE_LIST, "ProgramData" },
	{ "CommonProgramFiles", CURRENT_VERSION, "CommonFilesDir" },
	{ "CommonProgramFiles(x86)", CURRENT_VERSION,
	    "CommonFilesDir (x86)" },
	{ "CommonProgramW6432", CURRENT_VERSION, "CommonW6432Dir" },
	{ "ProgramData", PROFILE_LIST, "ProgramData" },
	{ "ProgramFiles", CURRENT_VERSION, "ProgramFilesDir" },
	{ "ProgramFiles(x86)", CURRENT_VERSION, "ProgramFilesDir (x86)" },
	{ "ProgramW6432", CURRENT_VERSION, "ProgramW6432Dir" },
};

static char *
variable(void *ctx, const char *name, size_t len)
{
	struct host *h = ctx;
	char *value = basic_variable(h, name, len), *s;
	size_t i, n = sizeof(variables) / sizeof(variables[0]);

	if (value != NULL)
		return value;
	s = xstrndup(name, len);
	for (i = 0; i < n; i++)
		if (utf_casecmp(s, variables[i].name) == 0)
			break;
	/* The others, ExchangeInstallPath among them, are set for all. */
	value = i < n ? registry_variable(h, variables[i].key,
	    variables[i].value) : registry_variable(h, ENVIRONMENT, s);
	free(s);
	return value;
}

enum status
host_text(struct host *h, const char *key, const char *name, char **out,
    struct diag *d)
{
	struct host_value v;
	char *text = NULL;
	enum status st = host_value_get(h, key, name, &v, d);

	if (st != ST_OK)
		return st;
	st = value_text(&v, &text, d);
	if (st == ST_OK && v.type == REGF_EXPAND_SZ)
		st = expand(text, variable, h, out, d);
	else if (st == ST_OK) {
		*out = text;
		text = NULL;
	}
	free(text);
	host_value_fini(&v);
	return about_value(st, key, name, d);
}

/* The text at *AT, which moves behind its NUL; false at the end of all. */
static bool
next_text(struct slice data, size_t *at, struct buf *out)
{
	struct slice rest;

	if (!slice_sub(data, *at, data.n - *at, &rest))
		return false;
	buf_init(out, TEXT_MAX);
	if (!utf_from_utf16le_sz(rest, out))
		return true;		/* full: the caller sees it */
	for (; *at + 1 < data.n; *at += 2)
		if (data.p[*at] == 0 && data.p[*at + 1] == 0)
			break;
	*at += 2;
	return out->len != 0;
}

static enum status
value_texts(const struct host_value *v, char ***out, size_t *count,
    struct diag *d)
{
	struct slice data = buf_slice(&v->data);
	char **texts = NULL;
	size_t n = 0, at = 0;
	struct buf text;

	if (v->type != REGF_MULTI_SZ)
		return wrong_type(v, "a list of texts", d);
	while (at < data.n && next_text(data, &at, &text)) {
		if (text.full || n == HOST_MAX_TEXTS) {
			buf_fini(&text);
			host_names_free(texts, n);
			return text_full(d);
		}
		texts = xpush(texts, n, sizeof(*texts));
		texts[n++] = buf_take(&text);
	}
	*out = texts;
	*count = n;
	return ST_OK;
}

enum status
host_multi(struct host *h, const char *key, const char *name, char ***out,
    size_t *count, struct diag *d)
{
	struct host_value v;
	enum status st = host_value_get(h, key, name, &v, d);

	if (st != ST_OK)
		return st;
	st = value_texts(&v, out, count, d);
	host_value_fini(&v);
	return about_value(st, key, name, d);
}

enum status
host_dword(struct host *h, const char *key, const char *name, uint32_t *out,
    struct diag *d)
{
	struct host_value v;
	enum status st = host_value_get(h, key, name, &v, d);

	if (st != ST_OK)
		return st;
	if (v.type != REGF_DWORD || v.data.len != 4)
		st = about_value(wrong_type(&v, "a REG_DWORD of 4 bytes", d),
		    key, name, d);
	else
		(void)slice_u32le(buf_slice(&v.data), 0, out);
	host_value_fini(&v);
	return st;
}

/* --------------------------------------------------------------- files */

static enum status
about_file(enum status st, const char *path, struct diag *d)
{
	if (st != ST_OK)
		diag_wrap(d, "%s", path);
	return st;
}

enum status
host_file_open(struct host *h, const char *path, struct host_file *out,
    struct diag *d)
{
	struct host_file f = { .host = h };
	enum status st = h->ops->file_open(h->ctx, path, &f.src, &f.handle,
	    d);

	if (st == ST_OK)
		*out = f;
	return about_file(st, path, d);
}

void
host_file_close(struct host_file *f)
{
	if (f == NULL || f->handle == NULL)
		return;
	f->host->ops->file_close(f->host->ctx, f->handle);
	f->handle = NULL;
}

enum status
host_file_stat(struct host *h, const char *path, struct host_stat *out,
    struct diag *d)
{
	return about_file(h->ops->file_stat(h->ctx, path, out, d), path, d);
}

enum status
host_file_list(struct host *h, const char *path, char ***names,
    size_t *count, struct diag *d)
{
	return about_file(h->ops->file_list(h->ctx, path, names, count, d),
	    path, d);
}
