/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/authenticode.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "trust/collect.h"
#include "trust/der.h"
#include "trust/pkcs7.h"
#include "trust/verdict.h"

#include <pthread.h>
#include <stdlib.h>

#define FILE_ALGS	(DIGEST_BIT(DIGEST_SHA1) | DIGEST_BIT(DIGEST_SHA256))

/* PE Format, "The Attribute Certificate Table": WIN_CERTIFICATE. */
#define ENTRY_HEAD	8
#define ENTRY_ALIGN	8
#define ENTRY_PKCS7	2	/* WIN_CERT_TYPE_PKCS_SIGNED_DATA */

/* Bytes that all digests are made of before the next: they stay in the first
 * cache of a processor. */
#define PIECE		(16 * 1024)

/* Names of streams in the root storage of a package. */
#define STREAM_SIGNATURE	"\005DigitalSignature"
#define STREAM_SIGNATURE_EX	"\005MsiDigitalSignatureEx"

/* ------------------------------------------- one pass over the file */

/* Bytes of the file that a signature covers, in ascending order. */
struct span {
	uint64_t	off, len;
};

/* Digest the part of BLOCK, at AT in the file, that SPAN covers. */
static void
digest_overlap(struct digester *g, const struct span *span, uint64_t at,
    const uint8_t *block, size_t len)
{
	uint64_t from = span->off > at ? span->off - at : 0;
	uint64_t to = span->off + span->len;

	to = to <= at ? 0 : to - at < len ? to - at : len;
	if (from < to)
		digester_update(g, block + from, (size_t)(to - from));
}

/* Room for a block of a file of SIZE bytes, not cleared: most files are much
 * shorter than the longest block. */
static uint8_t *
block_new(uint64_t size)
{
	return xrealloc_array(NULL, size < AUTHENTICODE_BLOCK ?
	    (size_t)size + 1 : AUTHENTICODE_BLOCK, 1);
}

/* One block of the file, at AT, for all digests. */
static void
digest_block(struct digester *whole, struct digester *part,
    const struct span *spans, size_t count, uint64_t at,
    const uint8_t *block, size_t len)
{
	size_t from, n, i;

	for (from = 0; from < len; from += n) {
		n = len - from < PIECE ? len - from : PIECE;
		digester_update(whole, block + from, n);
		for (i = 0; i < count; i++)
			digest_overlap(part, &spans[i], at + from,
			    block + from, n);
	}
}

/*
 * Read all of SRC once: the digests of ALGS of the file, and those of
 * PART_ALGS over its SPANS.
 */
static enum status
read_all(const struct source *src, unsigned algs, struct digest_set *file,
    const struct span *spans, size_t count, unsigned part_algs,
    struct digest_set *signed_part, struct diag *d)
{
	struct digester *whole = digester_new(algs);
	struct digester *part = digester_new(part_algs);
	uint8_t *block = block_new(src->size);
	enum status st = ST_OK;
	uint64_t at;
	size_t len;

	for (at = 0; at < src->size; at += len) {
		len = src->size - at < AUTHENTICODE_BLOCK ?
		    (size_t)(src->size - at) : AUTHENTICODE_BLOCK;
		st = source_read(src, at, block, len, d);
		if (st != ST_OK)
			break;
		digest_block(whole, part, spans, count, at, block, len);
	}
	if (st == ST_OK) {
		digester_final(whole, file);
		digester_final(part, signed_part);
	}
	digester_free(whole);
	digester_free(part);
	free(block);
	return st;
}

/* ------------------------------------- the file beside what is signed */

/* A pass over a file as it lies, for the digests of ALGS. */
struct pass {
	const struct source *src;
	unsigned	algs;
	struct digest_set digests;
	enum status	st;
	struct diag	d;
	pthread_t	thread;
	bool		aside;		/* it has THREAD */
};

static void *
pass_run(void *arg)
{
	struct pass *p = arg;
	struct digest_set none;

	p->st = read_all(p->src, p->algs, &p->digests, NULL, 0, 0, &none,
	    &p->d);
	return NULL;
}

/*
 * Digests of a file have nothing to do with one another, nor with the pass
 * over what is signed: of a large file, each is made aside, because to digest
 * takes several times as long as to read what was read before.
 */
struct whole {
	struct pass	passes[2];
};

static bool
is_large(const struct source *src)
{
	return src->size >= AUTHENTICODE_ASIDE;
}

static void
whole_begin(struct whole *w, const struct source *src)
{
	static const enum digest_alg algs[] = { DIGEST_SHA1, DIGEST_SHA256 };
	struct pass *p;
	size_t i;

	for (i = 0; i < sizeof(algs) / sizeof(algs[0]); i++) {
		p = &w->passes[i];
		*p = (struct pass){ .src = src, .algs = DIGEST_BIT(algs[i]) };
		p->aside = pthread_create(&p->thread, NULL, pass_run, p) == 0;
	}
}

/* *OUT is all digests. ST is that of the pass meanwhile, and D is its, too:
 * what befell the file as a whole comes first. */
static enum status
whole_end(struct whole *w, enum status st, struct digest_set *out,
    struct diag *d)
{
	struct pass *p;
	size_t i;

	*out = (struct digest_set){ 0 };
	for (i = sizeof(w->passes) / sizeof(w->passes[0]); i-- > 0;) {
		p = &w->passes[i];
		if (p->aside)
			pthread_join(p->thread, NULL);
		else
			(void)pass_run(p);
		if (p->st != ST_OK) {
			st = p->st;
			if (d != NULL)
				*d = p->d;
		} else if (p->algs == DIGEST_BIT(DIGEST_SHA1))
			out->of[DIGEST_SHA1] = p->digests.of[DIGEST_SHA1];
		else
			out->of[DIGEST_SHA256] = p->digests.of[DIGEST_SHA256];
	}
	return st;
}

/* The digests of the file, and those of ALGS over its SPANS. */
static enum status
digest_spans(const struct source *src, const struct span *spans,
    size_t count, unsigned algs, struct digest_set *file,
    struct digest_set *signed_part, struct diag *d)
{
	struct digest_set none;
	struct whole whole;
	enum status st = ST_OK;

	if (!is_large(src))
		return read_all(src, FILE_ALGS, file, spans, count, algs,
		    signed_part, d);
	whole_begin(&whole, src);
	if (algs != 0)
		st = read_all(src, 0, &none, spans, count, algs, signed_part,
		    d);
	else
		*signed_part = (struct digest_set){ 0 };
	return whole_end(&whole, st, file, d);
}

/* LEN bytes at OFF, of which no more than SIG_MAX_BYTES: what a signature
 * has behind its own length is not looked at. The caller frees *BYTES. */
static enum status
read_signature(const struct source *src, uint64_t off, uint64_t len,
    uint8_t **bytes, struct slice *out, struct diag *d)
{
	size_t n = len < SIG_MAX_BYTES ? (size_t)len : SIG_MAX_BYTES;
	enum status st;

	*bytes = xcalloc(1, n + (n == 0));
	st = source_read(src, off, *bytes, n, d);
	if (st == ST_OK)
		*out = slice_of(*bytes, n, off);
	return st;
}

/* The facts are complete: judge them. */
static void
conclude(struct authenticode *a, const struct sig_policy *policy)
{
	sig_verdict(&a->facts, policy, &a->signatures);
	sig_verdict_unsigned(&a->facts, &a->unsigned_why);
}

void
authenticode_fini(struct authenticode *a)
{
	if (a == NULL)
		return;
	sig_facts_fini(&a->facts);
	sig_file_fini(&a->signatures);
	*a = (struct authenticode){ 0 };
}

/* ------------------------------------------------------- executables */

/*
 * The next PKCS #7 of a certificate table; entries of other types are passed
 * over.
 *
 * Returns: ST_OK; ST_ABSENT at the end; ST_MALFORMED.
 */
static enum status
table_next(struct cursor *c, struct slice *out, struct sig_reason *r)
{
	uint64_t at = cursor_fileoff(c);
	struct slice body;
	uint32_t len;
	uint16_t type;

	while (cursor_left(c) >= ENTRY_HEAD || (c->at == 0 && c->in.n > 0)) {
		at = cursor_fileoff(c);
		len = cursor_u32le(c);
		cursor_skip(c, 2);		/* wRevision */
		type = cursor_u16le(c);
		if (len == 0 && c->at > ENTRY_HEAD)
			return ST_ABSENT;	/* padding of the table */
		if (len < ENTRY_HEAD || len - ENTRY_HEAD > cursor_left(c))
			return reason_count(r, SIG_WHY_TABLE, at, len);
		body = cursor_take(c, len - ENTRY_HEAD);
		len = (ENTRY_ALIGN - len % ENTRY_ALIGN) % ENTRY_ALIGN;
		cursor_skip(c, len < cursor_left(c) ? len : cursor_left(c));
		if (type == ENTRY_PKCS7) {
			*out = body;
			return ST_OK;
		}
	}
	return ST_ABSENT;
}

/* The algorithms that the signatures of a table ask for. */
static unsigned
table_algorithms(struct slice table)
{
	struct cursor c = cursor_of(table);
	struct slice p7;
	unsigned algs = 0;

	while (table_next(&c, &p7, NULL) == ST_OK)
		algs |= sig_algorithms(p7);
	return algs;
}

static void
collect_table(struct slice table, const struct digest_set *computed,
    const struct anchors *anchors, struct sig_facts *f)
{
	struct cursor c = cursor_of(table);
	struct sig_reason why;
	struct slice p7;
	enum status st;

	while ((st = table_next(&c, &p7, &why)) == ST_OK)
		sig_collect(p7, computed, anchors, f);
	if (st != ST_ABSENT)
		sig_collect_damage(f, &why);
}

/*
 * What an executable's digest leaves out: CheckSum, directory entry 4 and
 * the table itself. They lie in this order; pe_open() saw to it.
 */
static size_t
pe_spans(const struct pe_info *pe, uint64_t size, struct span *spans)
{
	const struct span holes[] = {
		{ pe->checksum_off, 4 },
		{ pe->security_entry_off, 8 },
		{ pe->security_off, pe->security_len },
		{ size, 0 },
	};
	uint64_t at = 0;
	size_t i, count = 0;

	for (i = 0; i < sizeof(holes) / sizeof(holes[0]); i++) {
		if (holes[i].off < at || (holes[i].off == 0 && i > 0))
			continue;
		spans[count].off = at;
		spans[count++].len = holes[i].off - at;
		at = holes[i].off + holes[i].len;
	}
	return count;
}

enum status
authenticode_pe(const struct source *src, const struct pe_info *pe,
    const struct sig_policy *policy, struct authenticode *out,
    struct diag *d)
{
	struct authenticode a = { 0 };
	struct digest_set computed;
	struct span spans[4];
	struct slice table;
	uint8_t *bytes = NULL;
	enum status st;
	size_t count;

	st = read_signature(src, pe->security_off, pe->security_len, &bytes,
	    &table, d);
	if (st != ST_OK)
		goto out;
	count = pe_spans(pe, src->size, spans);
	st = digest_spans(src, spans, count, table_algorithms(table), &a.file,
	    &computed, d);
	if (st != ST_OK)
		goto out;
	computed.subject = DIGEST_OF_PE;
	collect_table(table, &computed, policy->anchors, &a.facts);
	sig_collect_place(&a.facts, &pe->misplaced);
	conclude(&a, policy);
	*out = a;
out:
	free(bytes);
	return st;
}

/* ---------------------------------------------------------- cabinets */

enum status
authenticode_cab(const struct source *src, const struct cab_info *cab,
    const struct sig_policy *policy, struct authenticode *out,
    struct diag *d)
{
	struct span spans[CAB_DIGEST_RANGES];
	struct authenticode a = { 0 };
	struct digest_set computed;
	uint8_t *bytes = NULL;
	struct slice p7;
	enum status st;
	size_t i;

	for (i = 0; i < CAB_DIGEST_RANGES; i++)
		spans[i] = (struct span){ cab->digest[i].off,
		    cab->digest[i].len };
	st = read_signature(src, cab->signature_off, cab->signature_len,
	    &bytes, &p7, d);
	if (st != ST_OK)
		goto out;
	/* In one pass, whatever its length: see import_cabinet(), which has
	 * a source that is slow to give the same bytes again. */
	st = read_all(src, FILE_ALGS, &a.file, spans, CAB_DIGEST_RANGES,
	    sig_algorithms(p7), &computed, d);
	if (st != ST_OK)
		goto out;
	computed.subject = DIGEST_OF_CAB;
	if (p7.n > 0)
		sig_collect(p7, &computed, policy->anchors, &a.facts);
	sig_collect_place(&a.facts, &cab->misplaced);
	conclude(&a, policy);
	*out = a;
out:
	free(bytes);
	return st;
}

/* ---------------------------------------------------------- packages */

/* Digest all bytes of one stream. */
static enum status
digest_stream(struct digester *g, struct cfb *cfb,
    const struct cfb_entry *e, uint8_t *block, struct diag *d)
{
	struct source src;
	uint64_t at;
	size_t len;
	enum status st = cfb_stream(cfb, e, &src, d);

	for (at = 0; st == ST_OK && at < src.size; at += len) {
		len = src.size - at < AUTHENTICODE_BLOCK ?
		    (size_t)(src.size - at) : AUTHENTICODE_BLOCK;
		st = source_read(&src, at, block, len, d);
		if (st == ST_OK)
			digester_update(g, block, len);
	}
	if (st != ST_OK)
		diag_wrap(d, "stream %s", e->name);
	return st;
}

static bool
is_signature_stream(const struct cfb_entry *e)
{
	return cfb_name_is(e, STREAM_SIGNATURE) ||
	    cfb_name_is(e, STREAM_SIGNATURE_EX);
}

/* A stream of the root by its name, or NULL; borrowed. */
static const struct cfb_entry *
root_stream(struct cfb *cfb, const char *name)
{
	const struct cfb_entry *e = cfb_find(cfb, cfb_root(cfb), name);

	return e != NULL && e->kind == CFB_STREAM ? e : NULL;
}

/*
 * A storage: its children in the order of their names, storages inside it
 * likewise, then its CLSID.
 */
static enum status
digest_storage(struct digester *g, struct cfb *cfb,
    const struct cfb_entry *storage, unsigned depth, uint8_t *block,
    struct diag *d)
{
	const struct cfb_entry *const *children;
	enum status st = ST_OK;
	size_t i, count;

	if (depth == PACKAGE_MAX_DEPTH)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, NULL,
		    "more than %d storages inside one another",
		    PACKAGE_MAX_DEPTH);
	children = cfb_children(cfb, storage, &count);
	for (i = 0; st == ST_OK && i < count; i++) {
		if (children[i]->kind == CFB_STORAGE)
			st = digest_storage(g, cfb, children[i], depth + 1,
			    block, d);
		else if (storage != cfb_root(cfb) ||
		    !is_signature_stream(children[i]))
			st = digest_stream(g, cfb, children[i], block, d);
	}
	if (st == ST_OK)
		digester_update(g, storage->clsid, CFB_CLSID_BYTES);
	return st;
}

/*
 * The metadata of one storage or stream: name, CLSID or length, state bits,
 * times; of the root, which has no name and no times of its own, the rest.
 */
static void
digest_metadata(struct digester *g, struct cfb *cfb,
    const struct cfb_entry *e)
{
	bool root = e == cfb_root(cfb);
	uint8_t size[4];
	size_t i;

	for (i = 0; i < sizeof(size); i++)
		size[i] = (uint8_t)(e->size >> 8 * i);
	if (!root)
		digester_update(g, e->raw, e->raw_len);
	if (e->kind == CFB_STREAM)
		digester_update(g, size, sizeof(size));
	else
		digester_update(g, e->clsid, sizeof(e->clsid));
	digester_update(g, e->state, sizeof(e->state));
	if (!root)
		digester_update(g, e->times, sizeof(e->times));
}

/* The metadata of a storage and all below it, in the order of names. What
 * lies too deep is left to digest_storage() to tell. */
static void
digest_storage_metadata(struct digester *g, struct cfb *cfb,
    const struct cfb_entry *storage, unsigned depth)
{
	const struct cfb_entry *const *children;
	size_t i, count;

	if (depth == PACKAGE_MAX_DEPTH)
		return;
	digest_metadata(g, cfb, storage);
	children = cfb_children(cfb, storage, &count);
	for (i = 0; i < count; i++) {
		if (children[i]->kind == CFB_STORAGE)
			digest_storage_metadata(g, cfb, children[i],
			    depth + 1);
		else if (storage != cfb_root(cfb) ||
		    !is_signature_stream(children[i]))
			digest_metadata(g, cfb, children[i]);
	}
}

/* Is STORED the digest of the package's metadata, by any algorithm? */
static bool
is_prehash(struct cfb *cfb, struct slice stored)
{
	struct digester *g = digester_new(~0U);
	struct digest_set all;
	size_t i;

	digest_storage_metadata(g, cfb, cfb_root(cfb), 0);
	digester_final(g, &all);
	digester_free(g);
	for (i = DIGEST_NONE + 1; i < DIGEST_ALGS; i++)
		if (slice_equal(stored, slice_of(all.of[i].bytes,
		    all.of[i].len, 0)))
			return true;
	return false;
}

/*
 * The pre-hash of the metadata comes first where there is one. *SOUND: there is
 * none, or it is of this metadata. One that is not may still be the first bytes
 * of what was signed, which the first stream lacks then, or no bytes at all:
 * the digest alone does not tell.
 */
static enum status
digest_prehash(struct digester *g, struct cfb *cfb, bool *sound,
    struct diag *d)
{
	const struct cfb_entry *e = root_stream(cfb, STREAM_SIGNATURE_EX);
	uint8_t bytes[DIGEST_MAX];
	struct source src;
	enum status st;
	size_t len;

	*sound = e == NULL;
	if (e == NULL)
		return ST_OK;
	st = cfb_stream(cfb, e, &src, d);
	if (st != ST_OK)
		return st;
	/* A longer one is none, and what stands in it does not matter. */
	len = src.size < sizeof(bytes) ? (size_t)src.size : sizeof(bytes);
	st = source_read(&src, 0, bytes, len, d);
	if (st != ST_OK)
		return st;
	digester_update(g, bytes, len);
	*sound = src.size == len && is_prehash(cfb, slice_of(bytes, len, 0));
	return ST_OK;
}

/* Everything that the signature of a package covers. */
static enum status
digest_package(const struct source *src, struct cfb *cfb, unsigned algs,
    struct digest_set *out, bool *sound, struct diag *d)
{
	struct digester *g = digester_new(algs);
	uint8_t *block = block_new(src->size);
	enum status st = digest_prehash(g, cfb, sound, d);

	if (st == ST_OK)
		st = digest_storage(g, cfb, cfb_root(cfb), 0, block, d);
	if (st == ST_OK)
		digester_final(g, out);
	digester_free(g);
	free(block);
	return st;
}

/* The stream that holds the PKCS #7; *OUT is empty when there is none. */
static enum status
package_signature(struct cfb *cfb, uint8_t **bytes, struct slice *out,
    struct diag *d)
{
	const struct cfb_entry *e = root_stream(cfb, STREAM_SIGNATURE);
	struct source src;
	enum status st;

	*out = (struct slice){ 0 };
	if (e == NULL)
		return ST_OK;
	st = cfb_stream(cfb, e, &src, d);
	if (st == ST_OK)
		st = read_signature(&src, 0, src.size, bytes, out, d);
	if (st != ST_OK)
		diag_wrap(d, "signature");
	return st;
}

/* Nothing of a package may stand where no digest is made of it. */
static enum status
collect_hidden(struct cfb *cfb, bool sound, struct sig_facts *f,
    struct diag *d)
{
	struct diag why = { .text = "" };
	enum status st = cfb_check_names(cfb, &why);

	if (st == ST_OK)
		st = cfb_check_tree(cfb, &why);
	if (st == ST_OK && !sound)
		st = diag_set(&why, ST_UNTRUSTED, DIAG_NOWHERE,
		    "Windows Installer: MsiDigitalSignatureEx",
		    "what MsiDigitalSignatureEx says of names and lengths is "
		    "not so");
	if (st == ST_OK)
		st = cfb_check_end(cfb, &why);
	if (st == ST_OK || st == ST_MALFORMED || st == ST_UNTRUSTED) {
		sig_collect_place(f, &why);
		return ST_OK;
	}
	if (d != NULL)
		*d = why;
	return st;
}

/* The pass over a package in the order of its streams, and the facts. */
static enum status
collect_package(const struct source *src, struct cfb *cfb,
    const struct anchors *anchors, struct sig_facts *f, struct diag *d)
{
	struct digest_set computed;
	uint8_t *bytes = NULL;
	struct slice p7;
	bool sound;
	enum status st = package_signature(cfb, &bytes, &p7, d);

	if (st == ST_OK && p7.n == 0) {
		f->place = SIG_PLACE_SOUND;
		st = cfb_check_names(cfb, d);
	} else if (st == ST_OK) {
		st = digest_package(src, cfb, sig_algorithms(p7), &computed,
		    &sound, d);
		if (st == ST_OK) {
			computed.subject = DIGEST_OF_MSI;
			sig_collect(p7, &computed, anchors, f);
			st = collect_hidden(cfb, sound, f, d);
		}
	}
	free(bytes);
	return st;
}

bool
authenticode_is_package(struct cfb *cfb)
{
	return root_stream(cfb, STREAM_SIGNATURE) != NULL;
}

enum status
authenticode_msi(const struct source *src, struct cfb *cfb,
    const struct sig_policy *policy, struct authenticode *out,
    struct diag *d)
{
	struct authenticode a = { 0 };
	struct digest_set none;
	struct whole whole;
	enum status st;

	if (is_large(src)) {
		whole_begin(&whole, src);
		st = collect_package(src, cfb, policy->anchors, &a.facts, d);
		st = whole_end(&whole, st, &a.file, d);
	} else {
		st = digest_spans(src, NULL, 0, 0, &a.file, &none, d);
		if (st == ST_OK)
			st = collect_package(src, cfb, policy->anchors,
			    &a.facts, d);
	}
	if (st == ST_OK) {
		a.metadata = root_stream(cfb, STREAM_SIGNATURE_EX) != NULL;
		conclude(&a, policy);
		*out = a;
	} else
		authenticode_fini(&a);
	return st;
}

/* ------------------------------------------------------------- others */

/*
 * A signature that is a file of its own covers nothing that follows it, and
 * whoever gave it away had nothing there, but for the zeros that pad it in the
 * table of an executable.
 */
static void
collect_behind(const struct source *src, struct slice p7, struct sig_facts *f)
{
	struct cursor c = cursor_of(p7);
	struct diag why = { .text = "" };
	bool padding = true;
	struct der e;

	if (der_next(&c, &e)) {
		padding = src->size == p7.n && cursor_left(&c) < ENTRY_ALIGN;
		while (padding && cursor_left(&c) > 0)
			padding = cursor_u8(&c) == 0;
	}
	if (!padding)
		diag_set(&why, ST_UNTRUSTED, e.whole.n,
		    "RFC 2315 7: ContentInfo",
		    "there is more behind the signature");
	sig_collect_place(f, &why);
}

enum status
authenticode_pkcs7(const struct source *src, const struct sig_policy *policy,
    struct authenticode *out, struct diag *d)
{
	struct authenticode a = { 0 };
	struct digest_set none;
	uint8_t *bytes = NULL;
	struct slice p7;
	enum status st;

	st = read_signature(src, 0, src->size, &bytes, &p7, d);
	if (st == ST_OK)
		st = digest_spans(src, NULL, 0, 0, &a.file, &none, d);
	if (st == ST_OK) {
		if (p7_has_signer(p7, &a.facts.unsigned_why))
			sig_collect(p7, NULL, policy->anchors, &a.facts);
		collect_behind(src, p7, &a.facts);
		conclude(&a, policy);
		*out = a;
	}
	free(bytes);
	return st;
}

enum status
authenticode_none(const struct source *src, struct authenticode *out,
    struct diag *d)
{
	static const struct sig_policy nobody = { .anchors = NULL };
	struct authenticode a = { 0 };
	struct digest_set none;
	enum status st = digest_spans(src, NULL, 0, 0, &a.file, &none, d);

	if (st == ST_OK) {
		a.facts.place = SIG_PLACE_SOUND;
		conclude(&a, &nobody);
		*out = a;
	}
	return st;
}
