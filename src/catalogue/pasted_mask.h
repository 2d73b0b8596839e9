/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CATALOGUE_PASTED_MASK_H
#define ROLLCALL_CATALOGUE_PASTED_MASK_H

#include <stdbool.h>

/* Inside pasted.c only: what of a line says nothing of a build, made blank. */

/* Folders; the name of a package at the end of one stays. */
void	mask_paths(char *line);

/* "2012-10-09", "9/10/2012", "9.10.2012", "October 9, 2012", "22 Dec 2016",
 * and "10:11:12.345 +0100". */
void	mask_days(char *line);

/* "Build number:", "Name   :", "ProductVersion =" in front of a value. */
void	mask_label(char *line);

/* Is WORD, in any letter case, in LINE as a word of its own? */
bool	has_word(const char *line, const char *word);

/* Does LINE speak of another product, or of what is no build of any? */
bool	is_of_another(const char *line);

#endif
