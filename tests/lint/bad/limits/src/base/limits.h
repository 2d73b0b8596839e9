/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
/* a size: bytes of a thing. */
#define THING_MAX	(4 * 1024 * 1024)
#define THING_SMALL	(16 * 1024)
#define THING_COUNT	1000
#define THING_FORGOTTEN	7
#define THING_SHIFTED	(1 << 20)
#ifndef ROLLCALL_BASE_LIMITS_H
#define ROLLCALL_BASE_LIMITS_H
#endif
