/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_PATH_H
#define ROLLCALL_BASE_PATH_H

/* What is behind the last "/" or "\" of a path of any system: the name of
 * its file, "" for a folder. Borrowed from PATH. */
const char	*path_base(const char *path);

#endif
