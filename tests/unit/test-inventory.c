/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "tap.h"

#include "base/guid.h"
#include "inventory/inventory.h"

#include <stdlib.h>

/* Product and patch codes with the keys that real machines have for them. */
static void
packed_guids(void)
{
	static const char *const rows[][2] = {
		{ "{24B2C164-DE66-44FE-B468-A46D9D5E6B31}",
		    "461C2B4266EDEF444B864AD6D9E5B613" },
		{ "{4934D1EA-BE46-48B1-8847-F1AF20E892C1}",
		    "AE1D439464EB1B8488741FFA028E291C" },
		{ "{CD981244-E9B8-405A-9026-6AEB9DCEF1F1}",
		    "442189DC8B9EA5040962A6BED9EC1F1F" },
		{ "{A93DA06F-A5B8-4DF8-8B3F-B285E014C659}",
		    "F60AD39A8B5A8FD4B8F32B580E416C95" },
		{ "{C3E4DD1C-13B7-4378-ACB9-808516A235B2}",
		    "C1DD4E3C7B318734CA9B0858612A532B" },
	};
	char packed[GUID_PACKED], guid[GUID_TEXT];
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		CHECK(guid_pack(rows[i][0], packed));
		CHECK_STR(packed, rows[i][1]);
		CHECK(guid_unpack(rows[i][1], guid));
		CHECK_STR(guid, rows[i][0]);
	}
	CHECK(guid_pack("{24b2c164-de66-44fe-b468-a46d9d5e6b31}", packed));
	CHECK_STR(packed, rows[0][1]);
}

static void
not_guids(void)
{
	static const char *const bad[] = { "", "{}",
	    "24B2C164-DE66-44FE-B468-A46D9D5E6B31",
	    "{24B2C164-DE66-44FE-B468-A46D9D5E6B3G}",
	    "{24B2C164xDE66-44FE-B468-A46D9D5E6B31}",
	    "{24B2C164-DE66-44FE-B468-A46D9D5E6B31}x" };
	char packed[GUID_PACKED] = "untouched", guid[GUID_TEXT];
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK(!guid_pack(bad[i], packed));
	CHECK_STR(packed, "untouched");
	CHECK(!guid_unpack("461C2B4266EDEF444B864AD6D9E5B61", guid));
	CHECK(!guid_unpack("461C2B4266EDEF444B864AD6D9E5B61Z", guid));
}

static void
kb_numbers(void)
{
	static const char *const rows[][2] = {
		{ "Update Rollup 4-v2 for Exchange Server 2010 Service Pack 2 "
		    "(KB2756485) 14.2.318.4", "KB2756485" },
		{ "Exchange2010-kb2756485-v2-x64-EN.msp", "KB2756485" },
		{ "KB981383", "KB981383" },
		{ "update KB12345 and KB123456789", NULL },
		{ "kb", NULL },
		{ "", NULL },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *kb = kb_in_text(rows[i][0]);

		CHECK_STR(kb, rows[i][1]);
		free(kb);
	}
}

int
main(void)
{
	static const struct tap_case cases[] = {
		{ "GUIDs pack as Windows Installer packs them", packed_guids },
		{ "what is no GUID is refused", not_guids },
		{ "KB numbers out of names", kb_numbers },
		{ NULL, NULL },
	};

	return tap_run(cases);
}
