/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/system.h"
#include "base/alloc.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *
system_environment(const char *name)
{
	const char *value = getenv(name);

	return value == NULL || value[0] == '\0' ? NULL : xstrdup(value);
}

/* Linux has it open under this name, whatever became of the file's own. */
char *
system_program(void)
{
	static const char self[] = "/proc/self/exe";

	return access(self, R_OK) == 0 ? xstrdup(self) : NULL;
}

unsigned
system_processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : (unsigned)n;
}

void
system_outlive_pipes(void)
{
	(void)signal(SIGPIPE, SIG_IGN);
}

bool
system_is_privileged(void)
{
	return geteuid() == 0;
}

char *
system_machine_dir(void)
{
	return xstrdup(LOCALSTATEDIR "/lib/rollcall");
}

/* XDG Base Directory Specification 0.8: relative paths are to be ignored. */
char *
system_user_dir(void)
{
	char *data = system_environment("XDG_DATA_HOME");
	char *home = system_environment("HOME"), *dir = NULL;

	if (data != NULL && data[0] == '/')
		dir = xasprintf("%s/rollcall", data);
	else if (home != NULL)
		dir = xasprintf("%s/.local/share/rollcall", home);
	free(data);
	free(home);
	return dir;
}

enum status
system_check_machine_dir(const char *path, struct diag *d)
{
	(void)path;
	(void)d;
	return ST_OK;		/* system_check_kept() has looked */
}

/* Somebody who can write there could have put anything into it, a link to
 * another's file included. */
enum status
system_check_kept(const char *path, struct diag *d)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return diag_set(d, errno == ENOENT || errno == ENOTDIR ?
		    ST_ABSENT : ST_IO, DIAG_NOWHERE, NULL, "%s",
		    strerror(errno));
	if (S_ISLNK(st.st_mode))
		return diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
		    "%s is a link", path);
	if (st.st_uid != 0 && st.st_uid != geteuid())
		return diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
		    "%s belongs to somebody else", path);
	if ((st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return diag_set(d, ST_UNTRUSTED, DIAG_NOWHERE, NULL,
		    "others can write to %s", path);
	return ST_OK;
}

char *
system_site_file(void)
{
	return xstrdup("/etc/rollcall/catalogue.conf");
}

enum status
system_make_machine_dir(const char *dir, struct diag *d)
{
	(void)dir;
	(void)d;
	return ST_OK;
}
