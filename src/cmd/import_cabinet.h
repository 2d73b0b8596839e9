/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_IMPORT_CABINET_H
#define ROLLCALL_CMD_IMPORT_CABINET_H

#include "base/source.h"
#include "cmd/import_sources.h"

/* [MS-CAB] 2.1, signature: with which a cabinet begins. */
#define IMPORT_CABINET_MARK	"MSCF"

/* Does SRC begin as a cabinet does? */
bool		import_is_cabinet(const struct source *src);

/*
 * Read wsusscn2.cab. Its signature has to verify to an anchor; without one it
 * is read only if R says so. What is read are the bytes that were looked at
 * for that, whoever writes to the file meanwhile.
 *
 * In:      SRC is open as long as this runs; NAME is what the user calls it.
 * Returns: EXIT_GO_ON; what the program is to end with, told.
 */
enum exit_code	import_cabinet(struct import_reading *r, const char *name,
		    struct source src);

#endif
