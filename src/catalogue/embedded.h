/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_EMBEDDED_H
#define ROLLCALL_CATALOGUE_EMBEDDED_H

#include <stddef.h>

/* data/exchange.xml and data/catalogue.rng, put into the program by
 * embed.sh. */
extern const char embedded_catalogue[];
extern const size_t embedded_catalogue_len;
extern const char embedded_catalogue_sha256[];	/* hex; "": not known */
extern const char embedded_grammar[];
extern const size_t embedded_grammar_len;

#endif
