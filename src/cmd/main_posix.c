/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/main.h"

#include "cmd/progress.h"
#include "io/target_posix.h"

#include <signal.h>
#include <stddef.h>
#include <unistd.h>

/* Leave nothing behind, neither half a file nor half a line, and end as if
 * nobody had heard the signal: the handler is gone by now. */
static void
on_end(int signal)
{
	static const char erase[] = PROGRESS_ERASE;
	ssize_t n = 0;

	target_interrupted();
	if (progress_is_shown())
		n = write(STDERR_FILENO, erase, sizeof(erase) - 1);
	(void)n;
	(void)raise(signal);
}

/* What is ignored from the outside, as by nohup(1), stays so. */
static void
hear(int signal)
{
	struct sigaction old, new = { .sa_handler = on_end,
	    .sa_flags = (int)SA_RESETHAND };

	(void)sigfillset(&new.sa_mask);
	if (sigaction(signal, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
		(void)sigaction(signal, &new, NULL);
}

int
main(int argc, char **argv)
{
	/* A file that may not grow any more is told of like a full disk. */
	(void)signal(SIGXFSZ, SIG_IGN);
	hear(SIGHUP);
	hear(SIGINT);
	hear(SIGTERM);
	return rollcall_main(argc, argv, NULL);
}
