/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_FLEET_LISTS_H
#define ROLLCALL_CMD_FLEET_LISTS_H

#include "cmd/exit_codes.h"
#include "cmd/tell.h"
#include "report/fleet.h"

/*
 * The files of "judge": who has to have a result (names, or rows with a name
 * and a group), and which risks are accepted (host, question or finding, last
 * day, why). Told, and no EXIT_GO_ON, when one cannot be read: a line that is
 * not understood would be a server that nobody misses.
 *
 * Out:     into F, for fleet_lists_fini().
 * Limits:  LIST_MAX_BYTES, SERVERS_MAX, ACCEPTED_MAX.
 */
enum exit_code	fleet_read_servers(struct teller *t, const char *path,
		    struct fleet *f);
enum exit_code	fleet_read_accepts(struct teller *t, const char *path,
		    struct fleet *f);
void		fleet_lists_fini(struct fleet *f);

#endif
