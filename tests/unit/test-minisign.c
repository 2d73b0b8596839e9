/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "hostile.h"
#include "tap.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/limits.h"
#include "trust/minisign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The signed text is part of the source, its signatures are built. */
struct fixture {
	uint8_t			*data, *text;
	size_t			 data_len, len;
	struct minisign_key	 key;
	struct minisign_sig	 sig;
	struct slice		 rest;
};

static struct slice
slice_of_text(const char *s)
{
	return slice_of(s, strlen(s), 0);
}

static void
read_key(struct minisign_key *key)
{
	struct diag d = { 0 };
	uint8_t *text;
	size_t len;

	text = tap_fixture("minisign.pub", &len);
	CHECK_ST(minisign_key_parse(slice_of(text, len, 0), key, &d), ST_OK,
	    &d);
	free(text);
}

static void
begin(struct fixture *f, const char *name)
{
	char *path = xasprintf("%s/tests/fixtures/minisign.txt",
	    tap_env("ROLLCALL_SRC"));
	struct diag d = { 0 };

	f->data = tap_read(path, &f->data_len);
	f->text = tap_fixture(name, &f->len);
	read_key(&f->key);
	CHECK_ST(minisign_sig_parse(slice_of(f->text, f->len, 0), &f->sig,
	    &f->rest, &d), ST_OK, &d);
	free(path);
}

static void
end(struct fixture *f)
{
	free(f->data);
	free(f->text);
}

static enum status
verify(const struct fixture *f, struct diag *d)
{
	return minisign_verify(&f->key, &f->sig, slice_of(f->data,
	    f->data_len, 0), d);
}

/* ------------------------------------------------------------------- keys */

static void
key_texts(void)
{
	char line[MINISIGN_KEY_TEXT], with[128];
	struct minisign_key key, again;
	static const char *const ends[] = { "", "\n", "\r\n", "\n\n",
	    "\n \n" };
	struct diag d = { 0 };
	size_t i;

	read_key(&key);
	CHECK_INT(strlen(minisign_key_text(&key, line)), 56);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		snprintf(with, sizeof(with), "%s%s", line, ends[i]);
		CHECK_ST(minisign_key_parse(slice_of_text(with), &again, &d),
		    ST_OK, &d);
		CHECK(minisign_key_equal(&key, &again));
	}
	again.point[31] ^= 1;
	CHECK(!minisign_key_equal(&key, &again));
}

static void
key_refusals(void)
{
	/* 42 bytes, of "Xx" and zeros. */
	static const char other[] = "WHgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAAAAAAAAAA";
	static const char zeros[] = "RWQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	    "AAAAAAAAAAAAAAAA";
	struct minisign_key key;
	char secret[213], text[64];
	struct diag d = { 0 };

	CHECK_ST(minisign_key_parse(slice_of_text(zeros), &key, &d), ST_OK,
	    &d);
	CHECK_ST(minisign_key_parse(slice_of_text(other), &key, &d),
	    ST_MALFORMED, &d);
	CHECK_ST(minisign_key_parse(slice_of_text(""), &key, &d),
	    ST_MALFORMED, &d);
	snprintf(text, sizeof(text), "%s\nx", zeros);
	CHECK_ST(minisign_key_parse(slice_of_text(text), &key, &d),
	    ST_MALFORMED, &d);
	snprintf(text, sizeof(text), " %s", zeros);
	CHECK_ST(minisign_key_parse(slice_of_text(text), &key, &d),
	    ST_MALFORMED, &d);
	snprintf(text, sizeof(text), "%.55s-", zeros);
	CHECK_ST(minisign_key_parse(slice_of_text(text), &key, &d),
	    ST_MALFORMED, &d);
	memset(secret, 'A', 212);
	secret[212] = '\0';
	CHECK_ST(minisign_key_parse(slice_of_text(secret), &key, &d),
	    ST_MALFORMED, &d);
	CHECK(strstr(d.text, "secret key") != NULL);
}

static void
ids_are_printed_as_minisign_does(void)
{
	static const uint8_t id[] = { 1, 2, 3, 4, 5, 6, 7, 0xab };
	char text[MINISIGN_ID_TEXT];

	CHECK_STR(minisign_id_text(id, text), "AB07060504030201");
}

/* ------------------------------------------------------------- signatures */

static void
good_signatures(void)
{
	static const char *const names[] = { "minisign.txt.minisig",
	    "minisign.txt.legacy" };
	struct diag d = { 0 };
	struct fixture f;
	size_t i;

	for (i = 0; i < 2; i++) {
		begin(&f, names[i]);
		CHECK_INT(f.sig.prehashed, i == 0);
		CHECK(slice_is(f.sig.comment, "made by mkminisign.py"));
		CHECK_INT(f.rest.n, 0);
		CHECK_ST(verify(&f, &d), ST_OK, &d);
		end(&f);
	}
}

/* The algorithm's letters are not signed: one must not pass for the other. */
static void
algorithms_are_not_exchanged(void)
{
	static const char *const names[] = { "minisign.txt.minisig",
	    "minisign.txt.legacy" };
	struct diag d = { 0 };
	struct fixture f;
	size_t i;

	for (i = 0; i < 2; i++) {
		begin(&f, names[i]);
		f.sig.prehashed = !f.sig.prehashed;
		CHECK_ST(verify(&f, &d), ST_UNTRUSTED, &d);
		end(&f);
	}
}

static void
every_bit_counts(void)
{
	struct diag d = { 0 };
	struct fixture f;
	size_t i;

	begin(&f, "minisign.txt.minisig");
	for (i = 0; i < f.data_len * 8; i += 5) {
		f.data[i / 8] ^= (uint8_t)(1U << i % 8);
		CHECK_ST(verify(&f, &d), ST_UNTRUSTED, &d);
		f.data[i / 8] ^= (uint8_t)(1U << i % 8);
	}
	for (i = 0; i < MINISIGN_SIG_LEN * 8; i += 7) {
		f.sig.bytes[i / 8] ^= (uint8_t)(1U << i % 8);
		CHECK_ST(verify(&f, &d), ST_UNTRUSTED, &d);
		f.sig.bytes[i / 8] ^= (uint8_t)(1U << i % 8);
		f.sig.global[i / 8] ^= (uint8_t)(1U << i % 8);
		CHECK_ST(verify(&f, &d), ST_UNTRUSTED, &d);
		f.sig.global[i / 8] ^= (uint8_t)(1U << i % 8);
	}
	CHECK_ST(verify(&f, &d), ST_OK, &d);
	end(&f);
}

static void
keys_and_comments_count(void)
{
	struct diag d = { 0 };
	struct fixture f;

	begin(&f, "minisign.txt.minisig");
	f.sig.comment.n--;
	CHECK_ST(verify(&f, &d), ST_UNTRUSTED, &d);
	CHECK(strstr(d.text, "trusted comment") != NULL);
	f.sig.comment.n++;
	f.key.point[0] ^= 1;
	CHECK_ST(verify(&f, &d), ST_UNTRUSTED, &d);
	f.key.point[0] ^= 1;
	f.key.id[0] ^= 1;
	CHECK_ST(verify(&f, &d), ST_UNTRUSTED, &d);
	CHECK(strstr(d.text, "made with key") != NULL);
	end(&f);
}

static void
what_follows_is_handed_back(void)
{
	struct diag d = { 0 };
	struct slice rest;
	struct fixture f;
	struct buf b;

	begin(&f, "minisign.txt.minisig");
	buf_init(&b, 4096);
	buf_append(&b, f.text, f.len);
	buf_puts(&b, "\n<xml/>");
	CHECK_ST(minisign_sig_parse(buf_slice(&b), &f.sig, &rest, &d), ST_OK,
	    &d);
	CHECK(slice_is(rest, "\n<xml/>"));
	CHECK_INT(rest.fileoff, f.len);
	buf_fini(&b);
	end(&f);
}

/* What mail and Windows do to line ends. */
static void
carriage_returns_are_taken(void)
{
	struct diag d = { 0 };
	struct slice rest;
	struct fixture f;
	struct buf b;
	size_t i;

	begin(&f, "minisign.txt.minisig");
	buf_init(&b, 4096);
	for (i = 0; i < f.len; i++) {
		if (f.text[i] == '\n')
			buf_putc(&b, '\r');
		buf_putc(&b, (char)f.text[i]);
	}
	CHECK_ST(minisign_sig_parse(buf_slice(&b), &f.sig, &rest, &d), ST_OK,
	    &d);
	CHECK_ST(verify(&f, &d), ST_OK, &d);
	buf_fini(&b);
	end(&f);
}

static void
long_comments_reach_the_limit(void)
{
	struct diag d = { 0 };
	struct slice rest;
	struct fixture f;
	struct buf b;
	size_t i;

	begin(&f, "minisign.txt.minisig");
	buf_init(&b, 2 * MINISIGN_MAX_BYTES);
	buf_puts(&b, "untrusted comment: ");
	for (i = 0; i < MINISIGN_MAX_BYTES; i++)
		buf_putc(&b, 'x');
	buf_append(&b, strchr((char *)f.text, '\n'), f.len -
	    (size_t)(strchr((char *)f.text, '\n') - (char *)f.text));
	CHECK_ST(minisign_sig_parse(buf_slice(&b), &f.sig, &rest, &d),
	    ST_LIMIT, &d);
	buf_fini(&b);
	end(&f);
}

/*
 * Base64 has spellings that decode to the same bytes; only one is taken, or
 * a signature could be changed without becoming wrong. The last character
 * before the padding has bits that are not used.
 */
static void
one_spelling_only(void)
{
	struct minisign_sig sig;
	struct diag d = { 0 };
	struct slice rest;
	struct fixture f;
	char *end1;

	begin(&f, "minisign.txt.minisig");
	end1 = strchr(strchr((char *)f.text, '\n') + 1, '\n');
	CHECK_INT(end1[-1], '=');
	end1[-2]++;
	CHECK_ST(minisign_sig_parse(slice_of(f.text, f.len, 0), &sig, &rest,
	    &d), ST_MALFORMED, &d);
	CHECK(strstr(d.text, "line 2") != NULL);
	end1[-2]--;
	end1[-1] = 'A';
	CHECK_ST(minisign_sig_parse(slice_of(f.text, f.len, 0), &sig, &rest,
	    &d), ST_MALFORMED, &d);
	end(&f);
}

/* ---------------------------------------------------------------- hostile */

static struct minisign_key good_key;
static struct slice good_data;
static struct slice good_text;

/* Line 1, which nobody signs, ends here. */
static size_t first_line;

static void
damaged_signature(struct slice s)
{
	struct minisign_sig sig;
	struct slice rest, head, good;
	struct diag d;

	if (minisign_sig_parse(s, &sig, &rest, &d) != ST_OK ||
	    minisign_verify(&good_key, &sig, good_data, &d) != ST_OK)
		return;
	/* Good after all: then only line 1, the last line end, or a CR may
	 * differ. */
	CHECK(s.n >= good_text.n - 1);
	CHECK(slice_sub(s, first_line, good_text.n - 1 - first_line, &head) &&
	    slice_sub(good_text, first_line, good_text.n - 1 - first_line,
	    &good) && slice_equal(head, good));
}

static void
damaged_key(struct slice s)
{
	struct minisign_key key;
	struct diag d;

	(void)!minisign_key_parse(s, &key, &d);
}

static void
damage(void)
{
	struct fixture f;
	uint8_t *text;
	size_t len;

	begin(&f, "minisign.txt.minisig");
	good_key = f.key;
	good_data = slice_of(f.data, f.data_len, 0);
	good_text = slice_of(f.text, f.len, 0);
	first_line = (size_t)(strchr((char *)f.text, '\n') -
	    (char *)f.text);
	hostile_sweep(f.text, f.len, 1, damaged_signature);
	hostile_flips(f.text, f.len, 2000, 1, damaged_signature);
	text = tap_fixture("minisign.pub", &len);
	hostile_sweep(text, len, 1, damaged_key);
	hostile_flips(text, len, 2000, 1, damaged_key);
	free(text);
	end(&f);
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "texts of a public key", key_texts },
		{ "refused keys", key_refusals },
		{ "ids are printed as minisign does",
		    ids_are_printed_as_minisign_does },
		{ "good signatures", good_signatures },
		{ "algorithms are not exchanged",
		    algorithms_are_not_exchanged },
		{ "every bit counts", every_bit_counts },
		{ "keys and comments count", keys_and_comments_count },
		{ "what follows is handed back", what_follows_is_handed_back },
		{ "carriage returns are taken", carriage_returns_are_taken },
		{ "long comments reach the limit",
		    long_comments_reach_the_limit },
		{ "one spelling only", one_spelling_only },
		{ "damage", damage },
		{ NULL, NULL }
	};

	return tap_run(cases);
}
