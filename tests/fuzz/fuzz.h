/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_TESTS_FUZZ_H
#define ROLLCALL_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

/* libFuzzer's entry; every target defines it. Always returns 0. */
int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

/* Its beginning: from here on, what is held is counted. See live.c. */
int	LLVMFuzzerInitialize(int *argc, char ***argv);

#endif
