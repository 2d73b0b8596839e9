/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/main.h"

#include <signal.h>

int
main(int argc, char **argv)
{
	/* A file that may not grow any more is told of like a full disk. */
	(void)signal(SIGXFSZ, SIG_IGN);
	return rollcall_main(argc, argv);
}
