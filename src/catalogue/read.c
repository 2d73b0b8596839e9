/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/read.h"

#include "base/limits.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define CLAUSE	"catalogue"

void
read_fail(struct reader *r, const struct xml_node *node, const char *fmt, ...)
{
	char what[256];
	va_list ap;

	if (r->st != ST_OK)
		return;
	va_start(ap, fmt);
	vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	r->st = diag_set(r->d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
	    "line %u: %s", xml_line(node), what);
}

/* NODE itself, or the next element called NAME beside it. */
static const struct xml_node *
named(const struct xml_node *node, const char *name)
{
	while (node != NULL && strcmp(xml_name(node), name) != 0)
		node = xml_next(node);
	return node;
}

const struct xml_node *
read_first(const struct xml_node *node, const char *name)
{
	return named(xml_child(node), name);
}

const struct xml_node *
read_again(const struct xml_node *node)
{
	return named(xml_next(node), xml_name(node));
}

void *
read_array(struct reader *r, const struct xml_node *node, const char *name,
    size_t size, size_t *count)
{
	const struct xml_node *n;
	size_t many = 0;

	for (n = read_first(node, name); n != NULL; n = read_again(n))
		many++;
	*count = many;
	return arena_alloc(&r->c->arena, many, size);
}

const char *
read_opt(const struct xml_node *node, const char *name)
{
	const char *s = xml_attr(node, name);

	return s != NULL ? s : "";
}

const char *
read_attr(struct reader *r, const struct xml_node *node, const char *name)
{
	const char *s = xml_attr(node, name);

	if (s == NULL || *s == '\0') {
		read_fail(r, node, "%s has no %s", xml_name(node), name);
		return "";
	}
	return s;
}

bool
read_flag(const struct xml_node *node, const char *name)
{
	const char *s = xml_attr(node, name);

	return s != NULL && strcmp(s, "yes") == 0;
}

instant
read_day(struct reader *r, const struct xml_node *node, const char *name)
{
	const char *s = xml_attr(node, name);
	char day[16];
	instant t;

	if (s == NULL)
		return INSTANT_NONE;
	/* "2011-07" begins with the first of the month. */
	snprintf(day, sizeof(day), strlen(s) == 7 ? "%s-01" : "%s", s);
	if (!instant_parse(day, &t)) {
		read_fail(r, node, "%s: there is no day \"%s\"", name, s);
		return INSTANT_NONE;
	}
	return t;
}

struct version
read_version(struct reader *r, const struct xml_node *node, const char *name)
{
	const char *s = xml_attr(node, name);
	struct version v = { .parts = 0 };

	if (s != NULL && !version_parse(s, &v))
		read_fail(r, node, "%s: \"%s\" is no version", name, s);
	return v;
}

/* Decimal digits of *S, which moves behind them; false when there are none
 * or the number is beyond MAX. */
static bool
take_number(const char **s, uint64_t max, uint64_t *out)
{
	const char *p = *s;
	uint64_t v = 0, digit;

	for (; *p >= '0' && *p <= '9'; p++) {
		digit = (uint64_t)(*p - '0');
		if (v > (max - digit) / 10)
			return false;
		v = v * 10 + digit;
	}
	if (p == *s)
		return false;
	*s = p;
	*out = v;
	return true;
}

uint64_t
read_number(struct reader *r, const struct xml_node *node, const char *name)
{
	const char *s = xml_attr(node, name), *p = s;
	uint64_t v = 0;

	if (s != NULL && (!take_number(&p, UINT64_MAX, &v) || *p != '\0'))
		read_fail(r, node, "%s: \"%s\" is no number", name, s);
	return v;
}

void
read_pair(struct reader *r, const struct xml_node *node, const char *name,
    uint32_t *major, uint32_t *minor)
{
	const char *s = read_attr(r, node, name), *p = s;
	uint64_t a, b;

	if (!take_number(&p, UINT32_MAX, &a) || *p++ != '.' ||
	    !take_number(&p, UINT32_MAX, &b) || *p != '\0') {
		read_fail(r, node, "%s: \"%s\" is no version of Windows",
		    name, s);
		return;
	}
	*major = (uint32_t)a;
	*minor = (uint32_t)b;
}

static const char *
skip_space(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

static size_t
word_length(const char *s)
{
	return strcspn(s, " \t\r\n");
}

static size_t
count_words(const char *s)
{
	size_t n = 0;

	for (s = skip_space(s); *s != '\0'; s = skip_space(s)) {
		s += word_length(s);
		n++;
	}
	return n;
}

const char **
read_words(struct reader *r, const char *text, size_t *count)
{
	size_t i, n = count_words(text);
	const char **words = arena_alloc(&r->c->arena, n, sizeof(*words));

	for (i = 0; i < n; i++) {
		text = skip_space(text);
		words[i] = arena_text(&r->c->arena, text, word_length(text));
		text += word_length(text);
	}
	*count = n;
	return words;
}

static bool
is_called(const struct cat_source *s, const char *id, size_t len)
{
	return strncmp(s->id, id, len) == 0 && s->id[len] == '\0';
}

/* The source that the LEN bytes at ID name. Few are named again and again:
 * where one with such an ending was found, the next is looked for first. */
static const struct cat_source *
source_called(struct reader *r, const char *id, size_t len)
{
	const struct cat_source **recent, *all = r->c->sources;
	unsigned char last = (unsigned char)id[len - 1];
	size_t i;

	recent = &r->recent[(last * 7U + len) % READER_RECENT];
	if (*recent != NULL && is_called(*recent, id, len))
		return *recent;
	for (i = 0; i < r->c->source_count; i++)
		if (is_called(&all[i], id, len))
			return *recent = &all[i];
	return NULL;
}

struct cat_refs
read_refs(struct reader *r, const struct xml_node *node, const char *name)
{
	const char *s = xml_attr(node, name);
	const struct cat_source *source;
	struct cat_refs refs = { .count = 0 };
	size_t i, len;

	if (s == NULL)
		return refs;
	refs.count = count_words(s);
	refs.ids = arena_alloc(&r->c->arena, refs.count, sizeof(*refs.ids));
	for (i = 0; i < refs.count; i++) {
		s = skip_space(s);
		len = word_length(s);
		source = source_called(r, s, len);
		if (source == NULL)
			read_fail(r, node, "there is no source \"%.*s\"",
			    (int)len, s);
		refs.ids[i] = source != NULL ? source->id : "";
		s += len;
	}
	return refs;
}

/* The words of NODE's text, joined by SEPARATOR. */
static const char *
joined(struct reader *r, const struct xml_node *node, const char *separator)
{
	size_t gap = strlen(separator), len = 0, word;
	const char *s;
	char *text;

	if (node == NULL)
		return "";
	buf_clear(&r->scratch);
	if (!xml_text(node, &r->scratch)) {
		read_fail(r, node, "%s is too long", xml_name(node));
		return "";
	}
	s = skip_space(buf_text(&r->scratch));
	text = arena_alloc(&r->c->arena, strlen(s) + 1, 1);
	while (*s != '\0') {
		word = word_length(s);
		if (len != 0) {
			memcpy(text + len, separator, gap);
			len += gap;
		}
		memcpy(text + len, s, word);
		len += word;
		s = skip_space(s + word);
	}
	return text;
}

const char *
read_prose(struct reader *r, const struct xml_node *node)
{
	return joined(r, node, " ");
}

const char *
read_hex(struct reader *r, const struct xml_node *node)
{
	return joined(r, node, "");
}

const char **
read_texts(struct reader *r, const struct xml_node *node, const char *name,
    size_t *count)
{
	const char **texts = read_array(r, node, name, sizeof(*texts), count);
	const struct xml_node *n;
	size_t i = 0;

	for (n = read_first(node, name); n != NULL; n = read_again(n))
		texts[i++] = read_prose(r, n);
	return texts;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void
read_sha1(struct reader *r, const struct xml_node *node, const char *name,
    uint8_t out[20])
{
	const char *s = read_attr(r, node, name);
	size_t i;

	if (strlen(s) != 40 || strspn(s, "0123456789abcdef") != 40) {
		read_fail(r, node, "%s: \"%s\" is no SHA-1", name, s);
		return;
	}
	for (i = 0; i < 20; i++)
		out[i] = (uint8_t)(hex_digit(s[2 * i]) << 4 |
		    hex_digit(s[2 * i + 1]));
}

static void
read_digests(struct reader *r, const struct xml_node *node,
    struct cat_package *p)
{
	const struct xml_node *n;
	size_t i = 0;

	p->digests = read_array(r, node, "digest", sizeof(*p->digests),
	    &p->digest_count);
	for (n = read_first(node, "digest"); n != NULL; n = read_again(n))
		p->digests[i++] = (struct cat_digest){
			.algorithm = read_attr(r, n, "algorithm"),
			.hex = read_attr(r, n, "hex"),
			.sources = read_refs(r, n, "sources"),
			.overlay = r->overlay,
		};
}

void
read_package(struct reader *r, const struct xml_node *node,
    struct cat_package *p)
{
	const char *digests = xml_attr(node, "digests");

	p->name = read_attr(r, node, "name");
	p->evidence = read_opt(node, "evidence");
	p->size = read_number(r, node, "size");
	p->none_public = digests != NULL &&
	    strcmp(digests, "none-public") == 0;
	read_digests(r, node, p);
	p->note = read_prose(r, read_first(node, "note"));
	p->line = xml_line(node);
	p->overlay = r->overlay;
}

struct cat_package *
read_packages(struct reader *r, const struct xml_node *node, size_t *count)
{
	struct cat_package *packages = read_array(r, node, "package",
	    sizeof(*packages), count);
	const struct xml_node *n;
	size_t i = 0;

	for (n = read_first(node, "package"); n != NULL; n = read_again(n))
		read_package(r, n, &packages[i++]);
	return packages;
}

struct cat_patch *
read_patches(struct reader *r, const struct xml_node *node, size_t *count)
{
	struct cat_patch *patches = read_array(r, node, "patch",
	    sizeof(*patches), count);
	struct cat_patch *p = patches;
	const struct xml_node *n;

	for (n = read_first(node, "patch"); n != NULL; n = read_again(n), p++) {
		p->code = read_attr(r, n, "code");
		p->targets = read_texts(r, n, "target", &p->target_count);
		p->note = read_prose(r, read_first(n, "note"));
		p->sources = read_refs(r, n, "sources");
		p->overlay = r->overlay;
	}
	return patches;
}

struct cat_branch *
read_branch_ref(struct reader *r, const struct xml_node *node)
{
	const char *product = read_attr(r, node, "product");
	const char *branch = read_attr(r, node, "branch");
	size_t i;

	for (i = 0; i < r->c->branch_count; i++) {
		struct cat_branch *b = &r->c->branches[i];

		if (strcmp(b->product->id, product) == 0 &&
		    strcmp(b->id, branch) == 0)
			return b;
	}
	read_fail(r, node, "there is no branch %s of product \"%s\"", branch,
	    product);
	return NULL;
}
