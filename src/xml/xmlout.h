/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_XML_XMLOUT_H
#define ROLLCALL_XML_XMLOUT_H

#include "io/sink.h"

#include <stdbool.h>

/* Text on its way into a document, which may be hostile. */

/*
 * Spec:    XML 1.0, fifth edition, production 2 (Char)
 * Returns: false for what no document can hold, by reference either: most
 *          control characters, U+FFFE and U+FFFF, and what is not UTF-8.
 */
bool		xmlout_can_hold(const char *text);

/* TEXT as the content of an element or of an attribute between double quotes;
 * what a document cannot hold is told: "\u{1}". */
void		xmlout_text(struct sink *out, const char *text);

#endif
