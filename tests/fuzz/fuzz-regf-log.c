/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"
#include "packed.h"

#include "base/limits.h"
#include "formats/marvin32.h"
#include "formats/regf.h"
#include "formats/regf_impl.h"
#include "formats/regf_log.h"
#include "formats/regf_walk.h"

#include <stdlib.h>
#include <string.h>

/* Flags of an input: make checksums right, which no fuzzer hits upon. */
#define SEAL_LOGS	1
#define SEAL_HIVE	2

#define SECTOR		512
#define SEED		UINT64_C(0x82ef4d887a4e55c5)

static void
put_le(uint8_t *p, uint64_t v, size_t n)
{
	for (; n > 0; n--, v >>= 8)
		*p++ = (uint8_t)v;
}

static void
seal_base(uint8_t *p, size_t n)
{
	if (n >= SECTOR)
		put_le(p + REGF_CHECKSUM_AT,
		    regf_checksum(slice_of(p, SECTOR, 0)), 4);
}

static uint64_t
hash(const uint8_t *p, size_t n)
{
	struct marvin32 m;

	marvin32_init(&m, SEED);
	marvin32_add(&m, slice_of(p, n, 0));
	return marvin32_end(&m);
}

static void
seal_entries(uint8_t *p, size_t n)
{
	size_t at = SECTOR;
	uint32_t len;

	while (slice_u32le(slice_of(p, n, 0), at + 4, &len) &&
	    memcmp(p + at, "HvLE", 4) == 0 && len >= 40 && len <= n - at) {
		put_le(p + at + 24, hash(p + at + 40, len - 40), 8);
		put_le(p + at + 32, hash(p + at, 32), 8);
		at += len;
	}
}

/* A copy of an input with its checksums right, as far as it asks for it. */
static uint8_t *
sealed(const uint8_t *data, size_t len)
{
	uint8_t *copy = malloc(len + (len == 0));
	struct packed p;
	size_t i;

	if (copy == NULL)
		abort();
	memcpy(copy, data, len);
	p = packed_of(slice_of(copy, len, 0));
	for (i = 0; i < 4; i++) {
		uint8_t *part;

		if (p.parts[i].n == 0 ||
		    (p.flags & (i == 0 ? SEAL_HIVE : SEAL_LOGS)) == 0)
			continue;
		part = copy + (p.parts[i].p - copy);
		seal_base(part, p.parts[i].n);
		if (i != 0)
			seal_entries(part, p.parts[i].n);
	}
	return copy;
}

static void
walk(struct source src)
{
	const struct regf_visitor visitor = { .key = NULL };
	struct regf_walk_sum sum;
	struct regf_key root;
	struct regf *h;
	struct diag d;

	if (regf_open(src, &h, &d) != ST_OK)
		return;
	if (regf_root(h, &root, &d) == ST_OK &&
	    regf_walk(h, &root, REGF_MAX_DEPTH, &visitor, &sum, &d) == ST_IO)
		abort();	/* nothing here can fail to be read */
	regf_close(h);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	static const char *const names[] = { "LOG1", "LOG2", "LOG" };
	uint8_t *copy = sealed(data, len);
	struct packed p = packed_of(slice_of(copy, len, 0));
	struct regf_log logs[3];
	struct regf_replay *r;
	char text[1024];
	size_t i;

	for (i = 0; i < 3; i++)
		logs[i] = (struct regf_log){ names[i],
		    source_of_slice(&p.parts[i + 1]) };
	if (regf_replay_new(source_of_slice(&p.parts[0]), logs, 3, &r,
	    NULL) == ST_OK) {
		regf_replay_text(regf_replay_info(r), text, sizeof(text));
		walk(regf_replay_source(r));
		regf_replay_free(r);
	}
	free(copy);
	return 0;
}
