/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_IO_ACL_WIN32_H
#define ROLLCALL_IO_ACL_WIN32_H

#include "base/status.h"

#include <stdbool.h>

/*
 * Who may change a file or folder. Administrators are their group, the system
 * and Windows' own installer. For *_win32.c alone.
 */

/* Do owner and access list of DESCRIPTOR, a SECURITY_DESCRIPTOR, let nobody
 * change it but administrators? */
bool		acl_is_closed(void *descriptor);

/*
 * The same of what PATH names, which may be no link: whoever made one may
 * turn it elsewhere as soon as somebody has looked.
 *
 * Returns: ST_OK; ST_ABSENT; ST_UNTRUSTED; ST_LIMIT; ST_IO.
 */
MUST_CHECK
enum status	acl_check(const char *path, struct diag *d);

/* Make a folder that administrators alone can change, and all can read. One
 * that is there stays as it is. Returns: ST_OK; ST_IO. */
MUST_CHECK
enum status	acl_make_folder(const char *path, struct diag *d);

#endif
