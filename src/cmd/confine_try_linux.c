/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _GNU_SOURCE		/* syscall() */
#include "config.h"

#include "cmd/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_LINUX_LANDLOCK_H
#include <linux/landlock.h>
#endif

#define SECCOMP_FILTER	2	/* proc_pid_status(5), "Seccomp" */
#define TRIED_FILE	"/tmp/rollcall-self-test"

/*
 * Calls that end with another error, or none, where they are let through:
 * to root at least, whom the kernel itself refuses few of them.
 */
static const struct {
	const char	*name;
	long		 number, arg[5];
} calls[] = {
	{ "execve", SYS_execve, { 0 } },
	{ "execveat", SYS_execveat, { -1 } },
	{ "socket", SYS_socket, { AF_UNIX, SOCK_STREAM } },
	{ "connect", SYS_connect, { -1 } },
	{ "ptrace", SYS_ptrace, { -1 } },
	{ "mount", SYS_mount, { 0 } },
	{ "bpf", SYS_bpf, { -1 } },
	{ "io_uring_setup", SYS_io_uring_setup, { 0 } },
	{ "userfaultfd", SYS_userfaultfd, { -1 } },
	{ "process_vm_readv", SYS_process_vm_readv, { 0 } },
	{ "process_vm_writev", SYS_process_vm_writev, { 0 } },
	{ "keyctl", SYS_keyctl, { -1 } },
};

#define CALLS		(sizeof(calls) / sizeof(calls[0]))

struct tried {
	struct sink	*out;
	unsigned	 count;
	bool		 ok;
};

static void
put(struct tried *t, bool ok, const char *what)
{
	sink_printf(t->out, "%sok %u - %s\n", ok ? "" : "not ", ++t->count,
	    what);
	t->ok &= ok;
}

static void
skip(struct tried *t, const char *what, const char *why)
{
	sink_printf(t->out, "ok %u - %s # SKIP %s\n", ++t->count, what, why);
}

/* Why no list of calls can be loaded here; NULL when it can. */
static const char *
why_no_list(void)
{
#ifdef HAVE_LIBSECCOMP
	return prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0 ?
	    "the kernel has no seccomp" : NULL;
#else
	return "built without libseccomp";
#endif
}

static void
try_call(struct tried *t, size_t i, const char *why_not)
{
	const long *a = calls[i].arg;
	long rc;

	if (why_not != NULL) {
		skip(t, calls[i].name, why_not);
		return;
	}
	errno = 0;
	rc = syscall(calls[i].number, a[0], a[1], a[2], a[3], a[4], 0L);
	put(t, rc == -1 && errno == EPERM, calls[i].name);
}

/* The same for Landlock. */
static const char *
why_no_rules(void)
{
#ifdef HAVE_LINUX_LANDLOCK_H
	return syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION) < 1 ?
	    "the kernel has no Landlock" : NULL;
#else
	return "built without linux/landlock.h";
#endif
}

static void
try_writing(struct tried *t)
{
	const char *what = "a file in /tmp", *why_not = why_no_rules();
	int fd;

	if (why_not != NULL) {
		skip(t, what, why_not);
		return;
	}
	fd = open(TRIED_FILE, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	put(t, fd < 0 && errno == EACCES, what);
	if (fd >= 0) {
		close(fd);
		(void)unlink(TRIED_FILE);
	}
}

bool
confine_try(struct sink *out)
{
	const struct confine_what nothing = { .network = false };
	const char *why_not = why_no_list();
	struct tried t = { out, 0, true };
	size_t i;

	sink_printf(out, "1..%zu\n", CALLS + 3);
	confine(&nothing);
	put(&t, prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1,
	    "no new privileges");
	if (why_not != NULL)
		skip(&t, "a list of system calls", why_not);
	else
		put(&t, prctl(PR_GET_SECCOMP, 0, 0, 0, 0) == SECCOMP_FILTER,
		    "a list of system calls");
	for (i = 0; i < CALLS; i++)
		try_call(&t, i, why_not);
	try_writing(&t);
	return t.ok;
}
