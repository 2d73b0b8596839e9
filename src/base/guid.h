/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_BASE_GUID_H
#define ROLLCALL_BASE_GUID_H

#include <stdbool.h>

#define GUID_TEXT	39	/* "{...}" and a NUL */
#define GUID_PACKED	33	/* 32 hex digits and a NUL */

/*
 * Windows Installer names keys by "packed" GUIDs: the groups of 8, 4 and 4
 * digits reversed, then each pair of the last 16 swapped.
 *
 * Out:     PACKED (GUID_PACKED bytes) and GUID (GUID_TEXT bytes), in upper
 *          case.
 * Returns: false, and nothing written, unless the text has that form.
 */
bool	guid_pack(const char *guid, char *packed);
bool	guid_unpack(const char *packed, char *guid);

#endif
