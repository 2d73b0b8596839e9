/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "fuzz.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * No input may hold more than 64 MiB at a time, however small it is. Counted
 * where AddressSanitizer tells of every allocation; elsewhere nothing is.
 */
#define LIVE_MAX	(64 * 1024 * 1024)

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COUNTED		1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define COUNTED		1
#endif

#ifdef COUNTED

/* <sanitizer/allocator_interface.h>, which not every compiler brings. */
int	__sanitizer_install_malloc_and_free_hooks(
	    void (*)(const volatile void *, size_t),
	    void (*)(const volatile void *));
size_t	__sanitizer_get_allocated_size(const volatile void *);

static atomic_size_t live;

static void
on_malloc(const volatile void *p, size_t size)
{
	(void)p;
	if (atomic_fetch_add(&live, size) + size > LIVE_MAX) {
		fputs("more than 64 MiB are held\n", stderr);
		abort();
	}
}

/* What was there before the count began is freed too. */
static void
on_free(const volatile void *p)
{
	size_t size = p != NULL ? __sanitizer_get_allocated_size(p) : 0;
	size_t now = atomic_load(&live);

	while (!atomic_compare_exchange_weak(&live, &now,
	    now > size ? now - size : 0))
		continue;
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	__sanitizer_install_malloc_and_free_hooks(on_malloc, on_free);
	return 0;
}

#else

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	return 0;
}

#endif
