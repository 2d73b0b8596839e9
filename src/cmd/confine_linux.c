/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#define _GNU_SOURCE		/* O_PATH, syscall() */
#include "config.h"

#include "cmd/confine.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifdef HAVE_LIBSECCOMP
#include <seccomp.h>
#endif
#ifdef HAVE_LINUX_LANDLOCK_H
#include <linux/landlock.h>
#endif

/* ---------------------------------------------------------- system calls */

#ifdef HAVE_LIBSECCOMP
/* No reader needs them. What is not listed goes on as before: which calls
 * the libraries make is theirs to change. */
static const int refused[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
	SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(move_mount),
	SCMP_SYS(open_tree), SCMP_SYS(fsopen), SCMP_SYS(fsmount),
	SCMP_SYS(bpf), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup),
	SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
	SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key),
};

static const int sockets[] = {
	SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect),
	SCMP_SYS(bind), SCMP_SYS(listen), SCMP_SYS(accept),
	SCMP_SYS(accept4),
};

static bool
refuse(scmp_filter_ctx list, const int *calls, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (seccomp_rule_add(list, SCMP_ACT_ERRNO(EPERM), calls[i],
		    0) != 0)
			return false;
	return true;
}

/* Refused is answered, not killed: a library that tries one of them in vain
 * goes on. Calls of another ABI would go past the list. */
static void
refuse_calls(bool network)
{
	scmp_filter_ctx list = seccomp_init(SCMP_ACT_ALLOW);

	if (list != NULL &&
	    seccomp_attr_set(list, SCMP_FLTATR_ACT_BADARCH,
	    SCMP_ACT_ERRNO(EPERM)) == 0 &&
	    refuse(list, refused, sizeof(refused) / sizeof(refused[0])) &&
	    (network || refuse(list, sockets,
	    sizeof(sockets) / sizeof(sockets[0]))))
		(void)seccomp_load(list);
	seccomp_release(list);
}
#else
static void
refuse_calls(bool network)
{
	(void)network;
}
#endif

/* --------------------------------------------------------------- writing */

#ifdef HAVE_LINUX_LANDLOCK_H
/* Of newer kernels than the header may be: landlock(7). */
#define ACCESS_REFER	(1ULL << 13)	/* since ABI 2 */
#define ACCESS_TRUNCATE	(1ULL << 14)	/* since ABI 3 */

#define ACCESS_FILE	((uint64_t)LANDLOCK_ACCESS_FS_WRITE_FILE | \
			 ACCESS_TRUNCATE)
#define ACCESS_FOLDER	(ACCESS_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | \
			 LANDLOCK_ACCESS_FS_MAKE_REG | \
			 LANDLOCK_ACCESS_FS_MAKE_DIR)
#define ACCESS_ALL	(ACCESS_FOLDER | LANDLOCK_ACCESS_FS_REMOVE_DIR | \
			 LANDLOCK_ACCESS_FS_MAKE_CHAR | \
			 LANDLOCK_ACCESS_FS_MAKE_SOCK | \
			 LANDLOCK_ACCESS_FS_MAKE_FIFO | \
			 LANDLOCK_ACCESS_FS_MAKE_BLOCK | \
			 LANDLOCK_ACCESS_FS_MAKE_SYM | ACCESS_REFER)

/* What writing is to a kernel of ABI. */
static uint64_t
access_known(long abi)
{
	uint64_t all = ACCESS_ALL;

	if (abi < 2)
		all &= ~ACCESS_REFER;
	if (abi < 3)
		all &= ~ACCESS_TRUNCATE;
	return all;
}

static void
allow(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr what = {
	    .allowed_access = access,
	    .parent_fd = open(path, O_PATH | O_CLOEXEC) };

	if (what.parent_fd < 0)
		return;		/* who writes there is told why not */
	(void)syscall(SYS_landlock_add_rule, rules,
	    LANDLOCK_RULE_PATH_BENEATH, &what, 0);
	close(what.parent_fd);
}

/* PATH, or where it leads to: the file is made beside itself and renamed;
 * what is no regular file is written to as it is. */
static void
allow_output(int rules, const char *path, uint64_t known)
{
	char *real = realpath(path, NULL);
	char *name = real != NULL ? real : xstrdup(path);
	struct stat st;

	if (stat(name, &st) == 0 && !S_ISREG(st.st_mode))
		allow(rules, name, ACCESS_FILE & known);
	else
		allow(rules, dirname(name), ACCESS_FOLDER & known);
	free(name);
}

/* PATH, or what of it is there already. */
static void
allow_folder(int rules, const char *path, uint64_t known)
{
	char *name = xstrdup(path), *up = name;

	while (access(up, F_OK) != 0 && strcmp(up, "/") != 0 &&
	    strcmp(up, ".") != 0)
		up = dirname(up);
	allow(rules, up, ACCESS_FOLDER & known);
	free(name);
}

static void
refuse_writing(const struct confine_what *what)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0,
	    LANDLOCK_CREATE_RULESET_VERSION);
	struct landlock_ruleset_attr attr = {
	    .handled_access_fs = access_known(abi) };
	int rules = abi < 1 ? -1 : (int)syscall(SYS_landlock_create_ruleset,
	    &attr, sizeof(attr), 0);

	if (rules < 0)
		return;
	if (what->output != NULL)
		allow_output(rules, what->output, attr.handled_access_fs);
	if (what->folder != NULL)
		allow_folder(rules, what->folder, attr.handled_access_fs);
	(void)syscall(SYS_landlock_restrict_self, rules, 0);
	close(rules);
}
#else
static void
refuse_writing(const struct confine_what *what)
{
	(void)what;
}
#endif

void
confine(const struct confine_what *what)
{
	/* Without it the kernel takes neither list from who is not root. */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return;
	refuse_writing(what);
	refuse_calls(what->network);
}
