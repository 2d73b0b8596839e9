/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_TERM_WIN32_H
#define ROLLCALL_IO_TERM_WIN32_H

/* Bytes pass the standard streams as they are: no CR before LF in JSON. */
void	term_keep_bytes(void);

/* Give consoles back the modes that term_takes_sequences() found. At exit it
 * is done without being asked; not so when Ctrl-C ends the program. */
void	term_give_back(void);

#endif
