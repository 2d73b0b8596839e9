/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "trust/reason.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#define AUTHENTICODE	"[Authenticode] SignedData"
#define INDIRECT	"[Authenticode] SpcIndirectDataContent"
#define CONTENT_INFO	"RFC 2315 7: ContentInfo"
#define SIGNED_DATA	"RFC 2315 9.1: SignedData"
#define SIGNER_INFO	"RFC 2315 9.2: SignerInfo"
#define TST_INFO	"RFC 3161 2.4.2: TSTInfo"
#define TABLE		"PE Format: The Attribute Certificate Table"

/* The words of a reason; a number stands between TEXT and TAIL. No text: the
 * facts have it. */
static const struct row {
	const char	*name;
	enum status	 st;
	const char	*clause, *text, *tail;
} rows[SIG_WHYS] = {
	[SIG_WHY_NONE] = { "none", ST_UNTRUSTED, NULL, "not checked", NULL },
	[SIG_WHY_P7_BROKEN] = { "p7-broken", ST_MALFORMED, CONTENT_INFO,
	    "the PKCS #7 is broken", NULL },
	[SIG_WHY_P7_TYPE] = { "p7-type", ST_MALFORMED, CONTENT_INFO,
	    "content type is broken", NULL },
	[SIG_WHY_P7_OTHER] = { "p7-other", ST_UNSUPPORTED, CONTENT_INFO,
	    "no SignedData", NULL },
	[SIG_WHY_P7_END] = { "p7-end", ST_MALFORMED, CONTENT_INFO,
	    "the end is broken", NULL },
	[SIG_WHY_DATA_VERSION] = { "data-version", ST_MALFORMED, SIGNED_DATA,
	    "version is broken", NULL },
	[SIG_WHY_DATA_DIGESTS] = { "data-digests", ST_MALFORMED, SIGNED_DATA,
	    "list of digests is broken", NULL },
	[SIG_WHY_DATA_SIGNERS] = { "data-signers", ST_MALFORMED, SIGNED_DATA,
	    "list of signers is broken", NULL },
	[SIG_WHY_DATA_MANY] = { "data-many", ST_MALFORMED, AUTHENTICODE,
	    "more than one signer", NULL },
	[SIG_WHY_DATA_END] = { "data-end", ST_MALFORMED, SIGNED_DATA,
	    "the end is broken", NULL },
	[SIG_WHY_DATA_TOKEN] = { "data-token", ST_UNSUPPORTED, AUTHENTICODE,
	    "a timestamp token", NULL },
	[SIG_WHY_CONTENT_OTHER] = { "content-other", ST_UNSUPPORTED,
	    CONTENT_INFO, "content that is no Authenticode", NULL },
	[SIG_WHY_CONTENT_BROKEN] = { "content-broken", ST_MALFORMED,
	    CONTENT_INFO, "content is broken", NULL },
	[SIG_WHY_CONTENT_TYPE] = { "content-type", ST_MALFORMED, CONTENT_INFO,
	    "content of a wrong type", NULL },
	[SIG_WHY_SIGNER_VERSION] = { "signer-version", ST_MALFORMED,
	    SIGNER_INFO, "version is broken", NULL },
	[SIG_WHY_SIGNER_KEY_ID] = { "signer-key-id", ST_UNSUPPORTED,
	    SIGNER_INFO, "signer is named by a key identifier", NULL },
	[SIG_WHY_SIGNER_ISSUER] = { "signer-issuer", ST_MALFORMED,
	    SIGNER_INFO, "issuer and serial number is broken", NULL },
	[SIG_WHY_SIGNER_SIGNATURE] = { "signer-signature", ST_MALFORMED,
	    SIGNER_INFO, "signature is broken", NULL },
	[SIG_WHY_SIGNER_ALG] = { "signer-alg", ST_UNSUPPORTED, SIGNER_INFO,
	    "signature algorithm that Windows does not use", NULL },
	[SIG_WHY_SIGNER_END] = { "signer-end", ST_MALFORMED, SIGNER_INFO,
	    "the end is broken", NULL },
	[SIG_WHY_ALG_BROKEN] = { "alg-broken", ST_MALFORMED,
	    "RFC 5652 10.1.1", "an algorithm identifier is broken", NULL },
	[SIG_WHY_ALG_OTHER] = { "alg-other", ST_UNSUPPORTED,
	    "RFC 5652 10.1.1", "digest algorithm that Windows does not use",
	    NULL },
	[SIG_WHY_INDIRECT_DATA] = { "indirect-data", ST_MALFORMED, INDIRECT,
	    "data is broken", NULL },
	[SIG_WHY_INDIRECT_DIGEST] = { "indirect-digest", ST_MALFORMED,
	    INDIRECT, "digest is broken", NULL },
	[SIG_WHY_INDIRECT_TYPE] = { "indirect-type", ST_UNTRUSTED, INDIRECT,
	    "what was signed is a file of another kind", NULL },
	[SIG_WHY_TST_NONE] = { "tst-none", ST_MALFORMED, "RFC 3161 2.4.2",
	    "no TSTInfo inside", NULL },
	[SIG_WHY_TST_VERSION] = { "tst-version", ST_MALFORMED, TST_INFO,
	    "version or policy is broken", NULL },
	[SIG_WHY_TST_IMPRINT] = { "tst-imprint", ST_MALFORMED, TST_INFO,
	    "imprint is broken", NULL },
	[SIG_WHY_TST_TIME] = { "tst-time", ST_MALFORMED, TST_INFO,
	    "serial number or time is broken", NULL },
	[SIG_WHY_ATTR_BROKEN] = { "attr-broken", ST_MALFORMED,
	    "RFC 2315 6.1: Attribute", "an attribute is broken", NULL },
	[SIG_WHY_SIGNED_ATTR_BROKEN] = { "signed-attr-broken", ST_MALFORMED,
	    "RFC 5652 11", "a signed attribute is broken", NULL },
	[SIG_WHY_SIGNED_ATTR_TWICE] = { "signed-attr-twice", ST_MALFORMED,
	    "RFC 5652 11", "a signed attribute comes twice", NULL },
	[SIG_WHY_TIME_NONE] = { "time-none", ST_ABSENT, "RFC 2985 5.3.6",
	    "no signing time", NULL },
	[SIG_WHY_TIME_BROKEN] = { "time-broken", ST_MALFORMED,
	    "RFC 5652 11.3", "the signing time is no time", NULL },
	[SIG_WHY_CERT_BROKEN] = { "cert-broken", ST_MALFORMED,
	    "RFC 5280 4.1: Certificate", "certificate ", " is broken" },
	[SIG_WHY_CERT_MANY] = { "cert-many", ST_LIMIT, NULL,
	    "more than ", " certificates" },
	[SIG_WHY_STAMP_BROKEN] = { "stamp-broken", ST_MALFORMED,
	    "RFC 5652 11", "a timestamp is broken", NULL },
	[SIG_WHY_STAMP_MANY] = { "stamp-many", ST_LIMIT, NULL,
	    "more than ", " timestamps" },
	[SIG_WHY_NESTED_BROKEN] = { "nested-broken", ST_MALFORMED,
	    "RFC 5652 11", "a nested signature is broken", NULL },
	[SIG_WHY_NESTED_MANY] = { "nested-many", ST_LIMIT, NULL,
	    "too many nested signatures", NULL },
	[SIG_WHY_TABLE] = { "table", ST_MALFORMED, TABLE,
	    "certificate table entry of ", " bytes" },
	[SIG_WHY_TYPE_NONE] = { "type-none", ST_UNTRUSTED, "RFC 5652 11.1",
	    "no signed content type", NULL },
	[SIG_WHY_TYPE_OTHER] = { "type-other", ST_UNTRUSTED, "RFC 5652 11.1",
	    "the signed content type is another", NULL },
	[SIG_WHY_DIGEST_NONE] = { "digest-none", ST_UNTRUSTED,
	    "RFC 5652 11.2", "no signed digest", NULL },
	[SIG_WHY_DIGEST_OTHER] = { "digest-other", ST_UNTRUSTED,
	    "RFC 5652 11.2", "the signed digest is of other bytes", NULL },
	[SIG_WHY_IMPRINT_OTHER] = { "imprint-other", ST_UNTRUSTED,
	    "RFC 3161 2.4.2: messageImprint",
	    "the token is of another signature", NULL },
	[SIG_WHY_NOT_SIGNED] = { "not-signed", ST_UNTRUSTED, "RFC 2315 9.4",
	    "the signature does not verify", NULL },
	[SIG_WHY_CERT_OTHER] = { "cert-other", ST_UNTRUSTED, "RFC 5035 5",
	    "what was signed names another certificate", NULL },
	[SIG_WHY_KEY_OTHER] = { "key-other", ST_UNSUPPORTED, "RFC 2315 9.4",
	    "the signer's key is of a kind that is not trusted", NULL },
	[SIG_WHY_NO_CERT] = { "no-cert", ST_UNTRUSTED, "RFC 2315 9.2",
	    "the signer's certificate is not in the file", NULL },
	[SIG_WHY_NO_STAMPER] = { "no-stamper", ST_UNTRUSTED, "RFC 2315 9.2",
	    "its certificate is not in the file", NULL },
	[SIG_WHY_CHECKS] = { "checks", ST_LIMIT, "limit: SIG_MAX_CHECKS",
	    "too many signatures to check", NULL },
	[SIG_WHY_CERT_UNNAMED] = { "cert-unnamed", ST_ABSENT,
	    "RFC 3161 2.4.2: SigningCertificate",
	    "what was signed does not name its certificate", NULL },
	[SIG_WHY_TOKEN_MD5] = { "token-md5", ST_UNSUPPORTED,
	    "RFC 3161 2.4.2: messageImprint", "it is of an MD5 digest", NULL },
	[SIG_WHY_PLACE_PE] = { "place-pe", ST_UNTRUSTED, TABLE, NULL, NULL },
	[SIG_WHY_PLACE_CAB] = { "place-cab", ST_UNTRUSTED,
	    "cabinet: signature", NULL, NULL },
	[SIG_WHY_PLACE_NAME] = { "place-name", ST_UNTRUSTED,
	    "[MS-CFB] 2.6.1: directory entry", NULL, NULL },
	[SIG_WHY_PLACE_END] = { "place-end", ST_UNTRUSTED,
	    "[MS-CFB] 2.1: sectors", NULL, NULL },
	[SIG_WHY_PLACE_P7] = { "place-p7", ST_UNTRUSTED, CONTENT_INFO, NULL,
	    NULL },
	[SIG_WHY_PLACE_OTHER] = { "place-other", ST_UNTRUSTED, NULL, NULL,
	    NULL },
	[SIG_WHY_ONLY_CERTS] = { "only-certs", ST_ABSENT, SIGNED_DATA,
	    "certificates, which sign nothing", NULL },
	[SIG_WHY_ONLY_EMPTY] = { "only-empty", ST_ABSENT, SIGNED_DATA,
	    "neither certificates nor a signature", NULL },
	[SIG_WHY_ONLY_CONTENT] = { "only-content", ST_ABSENT, SIGNED_DATA,
	    "nobody has signed it", NULL },
};

/* The row of WHY, which may have been read from anywhere. */
static const struct row *
row_of(enum sig_why why)
{
	return &rows[(unsigned)why < SIG_WHYS ? why : SIG_WHY_NONE];
}

enum status
reason_count(struct sig_reason *r, enum sig_why why, uint64_t at,
    uint64_t number)
{
	if (r != NULL)
		*r = (struct sig_reason){ why, at, number };
	return row_of(why)->st;
}

enum status
reason_set(struct sig_reason *r, enum sig_why why, uint64_t at)
{
	return reason_count(r, why, at, 0);
}

void
reason_place(struct sig_reason *r, const struct diag *d)
{
	enum sig_why why;

	for (why = SIG_WHY_PLACE_PE; why < SIG_WHY_PLACE_OTHER; why++)
		if (d->clause != NULL &&
		    strcmp(d->clause, rows[why].clause) == 0)
			break;
	(void)reason_set(r, why, d->fileoff);
}

bool
reason_has_text(enum sig_why why)
{
	return row_of(why)->text == NULL;
}

bool
reason_is_open(enum sig_why why)
{
	return why == SIG_WHY_NO_STAMPER || why == SIG_WHY_CHECKS ||
	    why == SIG_WHY_KEY_OTHER || why == SIG_WHY_CERT_UNNAMED ||
	    why == SIG_WHY_TOKEN_MD5;
}

void
reason_diag(const struct sig_reason *r, const char *text, struct diag *d)
{
	const struct row *row = row_of(r->why);

	if (row->tail != NULL)
		diag_set(d, row->st, r->at, row->clause, "%s%" PRIu64 "%s",
		    row->text, r->number, row->tail);
	else
		diag_set(d, row->st, r->at, row->clause, "%s",
		    row->text != NULL ? row->text :
		    text != NULL ? text : "not told");
}

const char *
reason_name(enum sig_why why)
{
	return row_of(why)->name;
}

bool
reason_find(const char *name, enum sig_why *out)
{
	enum sig_why why;

	for (why = SIG_WHY_NONE; why < SIG_WHYS; why++) {
		if (strcmp(rows[why].name, name) == 0) {
			*out = why;
			return true;
		}
	}
	return false;
}
