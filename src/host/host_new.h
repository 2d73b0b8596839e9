/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_HOST_HOST_NEW_H
#define ROLLCALL_HOST_HOST_NEW_H

#include "host/host.h"

/*
 * A host that asks OPS; for host_volume.c and its like, and for tests.
 *
 * In:      CTX belongs to the host from now on: ops->close() ends it.
 *          SYSTEM_ROOT is the Windows folder ("C:\Windows"), copied.
 */
struct host	*host_new(const struct host_ops *ops, void *ctx,
		    const char *system_root);

#endif
