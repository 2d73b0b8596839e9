/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "sigtext.h"
#include "trust/authenticode.h"
#include "trust/cache.h"
#include "trust/der.h"
#include "trust/verdict.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * The judgement of signatures as text, for tests:
 *
 *	sigdump [option=value | FILE]...
 *
 * at=INSTANT and fix=yes|no set the policy, anchor=PEMFILE adds anchors,
 * thumbprint=SHA1:ADVISORY adds a time stamper that needs the advisory's
 * fix, distrust=SHA256 and distrust-key=SHA256 a certificate and a key that
 * are distrusted; with caches=off, nothing is decoded once for all. Each FILE
 * is judged under what stands before it, and the facts that were collected of
 * it are judged again, under other policies too: it fails when they say another
 * thing than the file.
 */
#define FILE_MAX_BYTES	(64 * 1024 * 1024)
#define TEXT_MAX_BYTES	(16 * 1024 * 1024)
#define THUMBPRINTS_MAX	16

struct dump {
	struct anchors		*anchors;
	struct anchors		*some;		/* every other one */
	struct sig_thumbprint	 thumbprints[THUMBPRINTS_MAX];
	struct sig_distrusted	 distrusted;
	struct sig_policy	 policy;
};

static void
die(const char *what, const char *arg)
{
	fprintf(stderr, "sigdump: %s: %s\n", what, arg);
	exit(2);
}

static void
read_file(const char *path, struct buf *b)
{
	uint8_t block[65536];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		die("cannot open", path);
	buf_init(b, FILE_MAX_BYTES);
	while ((n = fread(block, 1, sizeof(block), f)) > 0)
		buf_append(b, block, n);
	if (ferror(f) || b->full)
		die("cannot read", path);
	fclose(f);
}

static void
add_anchor(struct dump *u, const char *path)
{
	struct diag d = { 0 };
	struct buf b;

	read_file(path, &b);
	if (anchors_add_pem(u->anchors, buf_slice(&b), &d) != ST_OK ||
	    (anchors_count(u->anchors) % 2 == 0 &&
	    anchors_add_pem(u->some, buf_slice(&b), &d) != ST_OK))
		die(path, d.text);
	buf_fini(&b);
}

static void
unhex(const char *hex, uint8_t *out, size_t len)
{
	unsigned byte;
	size_t i;

	for (i = 0; i < len; i++) {
		if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
			die("bad hex", hex);
		out[i] = (uint8_t)byte;
	}
}

static void
distrust(struct dump *u, const char *value, uint8_t *out, bool *count)
{
	if (strlen(value) != 2 * SIG_ID_BYTES)
		die("bad digest", value);
	unhex(value, out, SIG_ID_BYTES);
	*count = true;
	u->distrusted.why = "for a test";
	u->policy.distrusted = &u->distrusted;
	u->policy.distrusted_count = 1;
}

static void
add_thumbprint(struct dump *u, const char *value)
{
	struct sig_thumbprint *t;

	if (u->policy.thumbprint_count == THUMBPRINTS_MAX ||
	    strlen(value) < 41 || value[40] != ':')
		die("bad thumbprint", value);
	t = &u->thumbprints[u->policy.thumbprint_count++];
	unhex(value, t->sha1, sizeof(t->sha1));
	t->advisory = value + 41;
}

static enum status
judge_pe(const struct source *src, const struct sig_policy *policy,
    struct authenticode *out, struct diag *d)
{
	struct pe *pe = NULL;
	enum status st = pe_open(*src, &pe, d);

	if (st == ST_OK)
		st = authenticode_pe(src, pe_info(pe), policy, out, d);
	pe_close(pe);
	return st;
}

static enum status
judge_msi(const struct source *src, const struct sig_policy *policy,
    struct authenticode *out, struct diag *d)
{
	struct cfb *cfb = NULL;
	enum status st = cfb_open(*src, &cfb, d);

	if (st == ST_OK)
		st = authenticode_msi(src, cfb, policy, out, d);
	cfb_close(cfb);
	return st;
}

static enum status
judge_cab(const struct source *src, const struct sig_policy *policy,
    struct authenticode *out, struct diag *d)
{
	struct cab_info cab;
	enum status st = cab_read(src, &cab, d);

	if (st == ST_OK)
		st = authenticode_cab(src, &cab, policy, out, d);
	return st;
}

/* A catalogue, a bare PKCS #7, or anything else. */
static enum status
judge_other(const struct source *src, const struct sig_policy *policy,
    struct authenticode *out, struct diag *d)
{
	uint8_t tag = 0;

	if (src->size > 0 && source_read(src, 0, &tag, 1, d) != ST_OK)
		return ST_IO;
	if (tag == DER_SEQUENCE)
		return authenticode_pkcs7(src, policy, out, d);
	return authenticode_none(src, out, d);
}

/* Ask each reader in turn; ST_UNSUPPORTED is "none of mine". */
static enum status
judge(const struct source *src, const struct sig_policy *policy,
    struct authenticode *out, const char **kind, struct diag *d)
{
	static const struct {
		const char	*kind;
		enum status	(*judge)(const struct source *,
				    const struct sig_policy *,
				    struct authenticode *, struct diag *);
	} readers[] = {
		{ "pe", judge_pe },
		{ "package", judge_msi },
		{ "cabinet", judge_cab },
		{ "other", judge_other },
	};
	enum status st = ST_UNSUPPORTED;
	size_t i;

	for (i = 0; i < 4 && st == ST_UNSUPPORTED; i++) {
		*kind = readers[i].kind;
		st = readers[i].judge(src, policy, out, d);
	}
	return st;
}

/* The text of a judgement; the caller frees it. */
static char *
text_of(const struct sig_file *f)
{
	struct buf b;

	buf_init(&b, TEXT_MAX_BYTES);
	sigtext(&b, f);
	if (b.full)
		die("too long", "the text of a judgement");
	return buf_take(&b);
}

static void
print_file(const struct authenticode *a)
{
	char sha256[2 * DIGEST_MAX + 1], sha1[2 * DIGEST_MAX + 1];
	char *text = text_of(&a->signatures);

	printf("sha256 %s\nsha1 %s\n%s",
	    digest_hex(&a->file.of[DIGEST_SHA256], sha256),
	    digest_hex(&a->file.of[DIGEST_SHA1], sha1), text);
	free(text);
}

static void
print_why(const struct diag *d)
{
	char line[1024];

	if (d->text[0] == '\0')
		return;
	diag_line(d, line, sizeof(line));
	printf("why %s\n", line);
}

/*
 * The facts of the file, once collected, must say at another instant, with
 * another state of the fix and for fewer anchors what the file itself does.
 */
static void
check_again(const struct sig_facts *facts, const struct source *src,
    const struct sig_policy *policy, const char *path)
{
	struct authenticode fresh = { 0 };
	struct sig_facts copy;
	struct sig_file again;
	struct diag d = { 0 };
	const char *kind;
	char *got, *want;

	if (judge(src, policy, &fresh, &kind, &d) != ST_OK)
		die(path, d.text);
	sig_facts_copy(facts, &copy);
	sig_verdict(&copy, policy, &again);
	sig_facts_fini(&copy);
	got = text_of(&again);
	want = text_of(&fresh.signatures);
	if (strcmp(got, want) != 0) {
		fprintf(stderr, "the file says\n%sits facts say\n%s", want,
		    got);
		die("its facts say another thing", path);
	}
	free(got);
	free(want);
	sig_file_fini(&again);
	authenticode_fini(&fresh);
}

static void
check_facts(const struct dump *u, const struct sig_facts *facts,
    const struct source *src, const char *path)
{
	static const char *const instants[] = { "2011-06-01", "2012-12-01",
	    "2014-01-01", "2026-01-01" };
	const struct anchors *trusted[] = { u->anchors, u->some, NULL };
	struct sig_policy policy = u->policy;
	size_t i;

	for (i = 0; i < 4 * 2 * 3; i++) {
		(void)instant_parse(instants[i / 6], &policy.at);
		policy.fix = i / 3 % 2 != 0;
		policy.anchors = trusted[i % 3];
		check_again(facts, src, &policy, path);
	}
}

static void
dump_file(const struct dump *u, const char *path)
{
	struct diag d = { .fileoff = DIAG_NOWHERE };
	struct authenticode a = { 0 };
	const char *kind;
	struct source src;
	struct slice bytes;
	enum status st;
	struct buf b;

	read_file(path, &b);
	bytes = buf_slice(&b);
	src = source_of_slice(&bytes);
	st = judge(&src, &u->policy, &a, &kind, &d);
	printf("file %s\nkind %s\nstatus %s\n", path, kind, status_name(st));
	if (st == ST_OK) {
		print_file(&a);
		check_facts(u, &a.facts, &src, path);
	} else
		print_why(&d);
	authenticode_fini(&a);
	buf_fini(&b);
}

/* The value of ARG when it reads KEY=VALUE, else NULL. */
static const char *
option(const char *arg, const char *key)
{
	size_t len = strlen(key);

	return strncmp(arg, key, len) == 0 && arg[len] == '=' ?
	    arg + len + 1 : NULL;
}

static void
run(struct dump *u, const char *arg)
{
	const char *value;

	if ((value = option(arg, "caches")) != NULL) {
		cache_switch(strcmp(value, "off") != 0);
	} else if ((value = option(arg, "at")) != NULL) {
		if (!instant_parse(value, &u->policy.at))
			die("bad instant", value);
	} else if ((value = option(arg, "fix")) != NULL) {
		u->policy.fix = strcmp(value, "yes") == 0;
	} else if ((value = option(arg, "anchor")) != NULL) {
		add_anchor(u, value);
	} else if ((value = option(arg, "thumbprint")) != NULL) {
		add_thumbprint(u, value);
	} else if ((value = option(arg, "distrust")) != NULL) {
		distrust(u, value, u->distrusted.sha256,
		    &u->distrusted.by_cert);
	} else if ((value = option(arg, "distrust-key")) != NULL) {
		distrust(u, value, u->distrusted.key_sha256,
		    &u->distrusted.by_key);
	} else {
		dump_file(u, arg);
	}
}

int
main(int argc, char **argv)
{
	struct dump u = { .anchors = anchors_new(), .some = anchors_new() };
	int i;

	u.policy.anchors = u.anchors;
	u.policy.thumbprints = u.thumbprints;
	for (i = 1; i < argc; i++)
		run(&u, argv[i]);
	anchors_free(u.some);
	anchors_free(u.anchors);
	return fflush(stdout) != 0 || ferror(stdout);
}
