/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include <sys/resource.h>
#include <sys/wait.h>

#include <stdio.h>
#include <unistd.h>

/*
 * usage: peak COMMAND [ARGUMENT...]
 *
 * Runs COMMAND and prints its peak resident set in KiB on stderr. A program
 * of its own, because the kernel lets a process inherit the peak of the one
 * that started it: under the Python of bench.py every small program would
 * seem to need Python's memory.
 */
int
main(int argc, char **argv)
{
	struct rusage usage;
	int status;
	pid_t pid;

	if (argc < 2)
		return 64;
	pid = fork();
	if (pid == -1)
		return 71;
	if (pid == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (wait4(pid, &status, 0, &usage) != pid)
		return 71;
	fprintf(stderr, "%ld\n", usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 70;
}
