/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/marvin32.h"

#define WORD_LEN	4
#define PADDING		0x80	/* the byte behind the last one */

static uint32_t
rotate(uint32_t v, unsigned bits)
{
	return v << bits | v >> (32 - bits);
}

/* Mix the next four bytes, as a little-endian number, into the state. */
static void
mix(struct marvin32 *m, uint32_t word)
{
	m->lo += word;
	m->hi ^= m->lo;
	m->lo = rotate(m->lo, 20) + m->hi;
	m->hi = rotate(m->hi, 9) ^ m->lo;
	m->lo = rotate(m->lo, 27) + m->hi;
	m->hi = rotate(m->hi, 19);
}

void
marvin32_init(struct marvin32 *m, uint64_t seed)
{
	*m = (struct marvin32){ (uint32_t)seed, (uint32_t)(seed >> 32), 0,
	    0 };
}

static void
add_byte(struct marvin32 *m, uint8_t byte)
{
	m->word |= (uint32_t)byte << (8 * m->held);
	if (++m->held == WORD_LEN) {
		mix(m, m->word);
		m->word = 0;
		m->held = 0;
	}
}

/* Logs have megabytes: whole words are read in place, in a local state. */
static size_t
add_words(struct marvin32 *m, struct slice s, size_t at)
{
	struct marvin32 local = *m;

	for (; s.n - at >= WORD_LEN; at += WORD_LEN)
		mix(&local, (uint32_t)s.p[at] |
		    (uint32_t)s.p[at + 1] << 8 |
		    (uint32_t)s.p[at + 2] << 16 |
		    (uint32_t)s.p[at + 3] << 24);
	*m = local;
	return at;
}

void
marvin32_add(struct marvin32 *m, struct slice s)
{
	size_t at = 0;

	while (m->held != 0 && at < s.n)
		add_byte(m, s.p[at++]);
	at = add_words(m, s, at);
	while (at < s.n)
		add_byte(m, s.p[at++]);
}

uint64_t
marvin32_end(struct marvin32 *m)
{
	mix(m, m->word | (uint32_t)PADDING << (8 * m->held));
	mix(m, 0);
	return (uint64_t)m->hi << 32 | m->lo;
}
