/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/meant.h"

#include <stdbool.h>
#include <string.h>

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/*
 * Letters to be changed, put in, taken out, or swapped with the next one:
 * optimal string alignment, with the last three rows of its table. Neither
 * text is longer than MEANT_MAX.
 */
static size_t
distance(const char *a, size_t alen, const char *b, size_t blen)
{
	size_t rows[3][MEANT_MAX + 1], i, k;

	for (k = 0; k <= blen; k++)
		rows[0][k] = k;
	for (i = 1; i <= alen; i++) {
		size_t *row = rows[i % 3], *above = rows[(i - 1) % 3];

		row[0] = i;
		for (k = 1; k <= blen; k++) {
			bool same = a[i - 1] == b[k - 1];

			row[k] = least(above[k - 1] + !same,
			    least(above[k], row[k - 1]) + 1);
			if (i > 1 && k > 1 && a[i - 1] == b[k - 2] &&
			    a[i - 2] == b[k - 1])
				row[k] = least(row[k],
				    rows[(i - 2) % 3][k - 2] + 1);
		}
	}
	return rows[alen % 3][blen];
}

void
meant_offer(struct meant *m, const char *name)
{
	size_t len = strlen(name), n;

	if (m->len < 2 || m->len > MEANT_MAX || len > MEANT_MAX)
		return;
	n = strncmp(name, m->word, m->len) == 0 ? 1 :
	    distance(m->word, m->len, name, len);
	if (n > 2 || n > (len < m->len ? m->len : len) / 3 + (n == 1))
		return;
	if (m->name == NULL || n < m->distance) {
		m->name = name;
		m->distance = n;
	}
}
