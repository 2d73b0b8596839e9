/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "look.h"
#include "scratch.h"
#include "tap.h"

#include "base/alloc.h"
#include "io/acl_win32.h"
#include "io/lock.h"
#include "io/sink.h"
#include "io/term.h"

#include <stdlib.h>
#include <string.h>
#include <windows.h>
#include <sddl.h>

#define COUNT(a)	(sizeof(a) / sizeof((a)[0]))

/* ---------------------------------------------------------------- sinks */

static void
sink_device(void)
{
	static const char *const names[] = { "NUL", "nul", "\\\\.\\NUL" };
	struct diag d = { .text = "" };
	struct sink *s = NULL;
	size_t i;

	scratch_begin();
	for (i = 0; i < COUNT(names); i++) {
		CHECK_ST(sink_open(names[i], &s, &d), ST_OK, &d);
		sink_puts(s, "x");
		CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	}
	/* NUL is one in each folder. */
	CHECK_ST(sink_open(scratch_path("NUL"), &s, &d), ST_OK, &d);
	sink_puts(s, "x");
	CHECK_ST(sink_commit(s, &d), ST_OK, &d);
	CHECK_INT(look_names(), 0);
	scratch_end();
}

/* What can be opened, and written to by nobody who means a file. */
static void
sink_no_file(void)
{
	static const char *const names[] = { "\\\\.\\C:", "\\\\.\\c:",
	    "\\\\.\\PhysicalDrive0" };
	struct sink *s = NULL;
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		struct diag d = { .text = "" };

		CHECK_ST(sink_open(names[i], &s, &d), ST_IO, &d);
		/* Windows, where an administrator may; Wine; others. */
		if (strstr(d.text, ": a whole disk, and no file") == NULL &&
		    strstr(d.text, ": a device that takes no text") == NULL &&
		    strstr(d.text, ": Permission denied") == NULL)
			CHECK_STR(d.text, "");
	}
}

/* GetFullPathNameW() gives no reason. */
static void
sink_nameless(void)
{
	struct diag d = { .text = "" };
	struct sink *s = NULL;

	CHECK_ST(sink_open("", &s, &d), ST_IO, &d);
	CHECK_STR(d.text, ": No such file or directory");
}

/* As open(2) says it elsewhere. */
static void
sink_folder(void)
{
	struct diag d = { .text = "" };
	struct sink *s = NULL;

	scratch_begin();
	scratch_mkdir("folder");
	CHECK_ST(sink_open(scratch_path("folder"), &s, &d), ST_IO, &d);
	CHECK(strstr(d.text, "/folder: Is a directory") != NULL);
	CHECK_INT(look_names(), 1);
	scratch_end();
}

/* ---------------------------------------------------------------- locks */

static void
lock_of_one(void)
{
	struct diag d = { .text = "" };
	struct lock *a = NULL, *b = NULL;

	scratch_begin();
	CHECK_ST(lock_take(scratch_path("deep/\303\244"), "busy", &a, &d),
	    ST_OK, &d);
	CHECK_ST(lock_take(scratch_path("deep/\303\244"), "busy", &b, &d),
	    ST_IO, &d);
	CHECK(strstr(d.text, ": busy") != NULL);
	lock_release(a);
	CHECK_ST(lock_take(scratch_path("deep/\303\244"), "busy", &b, &d),
	    ST_OK, &d);
	lock_release(b);
	lock_release(NULL);
	/* A device is no folder, however short its name. */
	CHECK_ST(lock_take("\\\\.\\X", "busy", &a, &d), ST_IO, &d);
	scratch_end();
}

/* ------------------------------------------------------------ terminals */

static void
term_redirected(void)
{
	/* What runs the tests reads a pipe or a file. */
	CHECK(!term_is(stdout));
	CHECK_INT(term_columns(stdout), 0);
	CHECK(!term_takes_sequences(stdout));
}

/* --------------------------------------------------------- access lists */

static void
acl_lists(void)
{
	static const struct {
		const char	*sddl;
		bool		 closed;
	} rows[] = {
		/* What acl_make_folder() makes. */
		{ "O:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
		    "(A;OICI;GRGX;;;BU)", true },
		{ "O:SYD:(A;;FA;;;SY)", true },
		{ "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-"
		    "2271478464D:(A;;FA;;;BA)", true },
		{ "O:BAD:", true },
		{ "O:BAD:(A;;FR;;;WD)(A;;0x1200a9;;;BU)", true },
		{ "O:BAD:(D;;FA;;;WD)(A;;FA;;;BA)", true },
		/* For what is made in it, which is looked at itself. */
		{ "O:BAD:(A;;FA;;;BA)(A;OICIIO;GA;;;CO)", true },
		/* %ProgramData% hands this down to what users make. */
		{ "O:BUD:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)"
		    "(A;OICIIOID;GA;;;CO)(A;OICIID;0x1200a9;;;BU)"
		    "(A;CIID;DCLCRPCR;;;BU)", false },
		{ "O:BUD:(A;;FA;;;BA)", false },
		{ "D:(A;;FA;;;BA)", false },
		{ "O:BA", false },
		{ "O:BAD:(A;;FA;;;WD)", false },
		{ "O:BAD:(A;;FW;;;AU)", false },
		{ "O:BAD:(A;;GW;;;BU)", false },
		{ "O:BAD:(A;;0x2;;;BU)", false },	/* make files */
		{ "O:BAD:(A;;0x4;;;BU)", false },	/* make folders */
		{ "O:BAD:(A;;0x40;;;BU)", false },	/* delete in it */
		{ "O:BAD:(A;;0x100;;;BU)", false },	/* attributes */
		{ "O:BAD:(A;;SD;;;BU)", false },
		{ "O:BAD:(A;;WD;;;BU)", false },
		{ "O:BAD:(A;;WO;;;BU)", false },
		{ "O:BAD:(A;;FA;;;BA)(A;;FA;;;IU)", false },
	};
	size_t i;

	for (i = 0; i < COUNT(rows); i++) {
		PSECURITY_DESCRIPTOR sd = NULL;
		BOOL ok =
		    ConvertStringSecurityDescriptorToSecurityDescriptorA(
		    rows[i].sddl, SDDL_REVISION_1, &sd, NULL);

		tap_check(ok && acl_is_closed(sd) == rows[i].closed,
		    __FILE__, __LINE__, rows[i].sddl);
		LocalFree(sd);
	}
}

static void
acl_of_files(void)
{
	struct diag d = { .text = "" };

	scratch_begin();
	CHECK_ST(acl_check(scratch_path("none"), &d), ST_ABSENT, &d);
	CHECK_ST(acl_make_folder(scratch_path("none/a"), &d), ST_IO, &d);
	CHECK_ST(acl_make_folder(scratch_path("a"), &d), ST_OK, &d);
	CHECK_ST(acl_make_folder(scratch_path("a"), &d), ST_OK, &d);
	CHECK_INT(look_names(), 1);
	scratch_end();
}

static void
acl_of_links(void)
{
	struct diag d = { .text = "" };

	scratch_begin();
	if (!scratch_has_links()) {
		scratch_end();
		tap_skip("no links can be made here");
		return;
	}
	scratch_mkdir("target");
	scratch_link("link", "target");
	CHECK_ST(acl_check(scratch_path("link"), &d), ST_UNTRUSTED, &d);
	CHECK(strstr(d.text, "is a link") != NULL);
	scratch_end();
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "a device is not replaced", sink_device },
		{ "a folder is not replaced", sink_folder },
		{ "a disk is no file", sink_no_file },
		{ "no name", sink_nameless },
		{ "one at a time has the lock", lock_of_one },
		{ "redirected output is no terminal", term_redirected },
		{ "access lists that let others write", acl_lists },
		{ "folders that administrators alone change",
		    acl_of_files },
		{ "a link is believed in no case", acl_of_links },
		{ NULL, NULL },
	};

	return tap_run(cases);
}
