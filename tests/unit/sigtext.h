/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_SIGTEXT_H
#define ROLLCALL_TESTS_SIGTEXT_H

#include "base/buf.h"
#include "trust/signature.h"

/* All that is said of the signatures of a file, as lines of text. */
void	sigtext(struct buf *b, const struct sig_file *f);

#endif
