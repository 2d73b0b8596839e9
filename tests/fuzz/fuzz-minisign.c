/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include "trust/minisign.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct slice s = slice_of(data, len, 0), rest;
	char text[MINISIGN_KEY_TEXT];
	struct minisign_key key, again, base = { .point = { 0x58 } };
	struct minisign_sig sig;
	struct diag d;

	if (minisign_key_parse(s, &key, &d) == ST_OK) {
		/* What we print is what we read. */
		(void)minisign_key_text(&key, text);
		if (minisign_key_parse(slice_of(text, sizeof(text) - 1, 0),
		    &again, &d) != ST_OK || !minisign_key_equal(&key, &again))
			abort();
	}
	if (minisign_sig_parse(s, &sig, &rest, &d) != ST_OK)
		return 0;
	if (rest.n > s.n || sig.comment.n > s.n)
		abort();
	/* The base point of Ed25519 (RFC 8032 5.1): no input was signed for
	 * it. */
	memset(base.point + 1, 0x66, sizeof(base.point) - 1);
	memcpy(base.id, sig.id, sizeof(base.id));
	if (minisign_verify(&base, &sig, rest, &d) == ST_OK)
		abort();
	return 0;
}
