/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "cmd/import_cabinet.h"

#include "catalogue/wsus.h"
#include "cmd/open_policy.h"
#include "cmd/tell.h"
#include "trust/steady.h"

#include <string.h>

bool
import_is_cabinet(const struct source *src)
{
	char mark[4];

	return src->size >= sizeof(mark) &&
	    source_read(src, 0, mark, sizeof(mark), NULL) == ST_OK &&
	    memcmp(mark, IMPORT_CABINET_MARK, sizeof(mark)) == 0;
}

/* Why it is not to be believed; NULL when it is. A signature that has expired
 * was sound while it lasted; one that is bad is worse than none. */
static const char *
objection(const struct import_reading *r, const struct inspected *seen)
{
	if (seen->verdict == SIG_UNSIGNED)
		return r->may_be_unsigned ? NULL : "it has no signature, and "
		    "anybody can have made it: --unsigned takes it all the "
		    "same";
	if (seen->verdict == SIG_VALID || seen->verdict == SIG_EXPIRES ||
	    seen->verdict == SIG_EXPIRED)
		return NULL;
	return seen->why.text;
}

static enum exit_code
read_trusted(struct import_reading *r, const char *name,
    const struct source *src, const struct inspected *seen)
{
	struct diag d = { .text = "", .fileoff = DIAG_NOWHERE };
	char hex[2 * DIGEST_MAX + 1];
	struct wsus_read read = { .updates = 0 };
	struct import_source *s;
	enum status st;
	bool again;

	digest_hex(&seen->facts->digests.of[DIGEST_SHA256], hex);
	s = import_add_source(r->im, "WSUS", seen->verdict == SIG_UNSIGNED ?
	    "Offline scan file of Windows Update, unsigned" :
	    "Offline scan file of Windows Update", name, slice_of("", 0, 0),
	    hex, &again);
	if (again)
		return EXIT_GO_ON;
	s->microsoft = seen->verdict != SIG_UNSIGNED;
	st = wsus_read(src, r->im, s, &read, &d);
	if (st != ST_OK) {
		tell_diag(r->o->teller, name, &d);
		return exit_of_status(st);
	}
	if (!r->o->quiet)
		tell(r->o->teller, name, "%zu updates, %zu of them of Exchange",
		    read.updates, read.found);
	if (read.nameless != 0)
		tell(r->o->teller, name, "passed over: %zu of Exchange "
		    "without a KB", read.nameless);
	return EXIT_GO_ON;
}

enum exit_code
import_cabinet(struct import_reading *r, const char *name, struct source src)
{
	struct inspect_policy *policy = NULL;
	struct file_facts facts = { .readable = false };
	struct inspected seen;
	struct steady *steady;
	enum exit_code code = open_policy(r->o, r->cat, r->anchors, &policy);
	const char *why;

	if (code != EXIT_GO_ON)
		return code;
	steady = steady_new(src);
	src = steady_source(steady);
	file_facts_read(src, inspect_anchors(policy), &facts);
	inspect_judge(&facts, name, policy, &seen);
	why = objection(r, &seen);
	if (why == NULL && (!facts.digested || !facts.readable))
		why = facts.why.text;
	if (why == NULL) {
		code = read_trusted(r, name, &src, &seen);
	} else {
		tell(r->o->teller, name, "not taken: %s", why);
		code = EXIT_BAD_DATA;
	}
	inspected_fini(&seen);
	file_facts_fini(&facts);
	steady_free(steady);
	inspect_policy_free(policy);
	return code;
}
