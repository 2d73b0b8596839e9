/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_SCRATCH_H
#define ROLLCALL_TESTS_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A folder for the running case. Everything ends the program when it cannot
 * do its work: the case would mean nothing.
 */
void	scratch_begin(void);
void	scratch_end(void);	/* removes it with all that is in it */

/* Its absolute path, and that of REL in it, with '/' between the parts on
 * every system; good until the fourth call. */
const char *scratch_path(const char *rel);

/* Make folders and files; folders above them come by themselves. */
void	scratch_mkdir(const char *rel);
void	scratch_write(const char *rel, const void *p, size_t len);
void	scratch_text(const char *rel, const char *text);
void	scratch_cut(const char *rel, size_t len);	/* it is there */

/* Take away everybody's rights to REL, which scratch_permit() gives back;
 * false, and nothing done, when that does not keep this process out. */
bool	scratch_forbid(const char *rel);
void	scratch_permit(const char *rel);

bool	scratch_has_links(void);	/* can scratch_link() make any here? */
void	scratch_link(const char *rel, const char *target);

/* The whole of a file as text, "" when there is none; the caller frees it. */
char	*scratch_read(const char *rel);

#endif
