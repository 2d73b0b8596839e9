/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/csv.h"
#include "report/inspection.h"
#include "report/laid_over.h"

/* One row for each file. */
#define COLUMNS "path,kind,size,sha256,sha1,version,release,name,kb," \
	"identified_by,listed,file_name,product_code,patch_code,verdict," \
	"good_until,good_until_with_fix,advisory,signer,timestamp,reason," \
	LAID_OVER_COLUMNS

static void
begin(struct inspection_writer *w)
{
	struct csv c;

	csv_head(&c, w->out, COLUMNS);
}

static void
put_digest(struct csv *c, const struct inspected *i, enum digest_alg alg)
{
	char hex[2 * DIGEST_MAX + 1];

	csv_text(c, !i->facts->digested ? NULL :
	    digest_hex(&i->facts->digests.of[alg], hex));
}

/* What the first signature says. */
static void
put_signature(struct csv *c, const struct inspected *i)
{
	const struct sig_level *l = i->signatures.count != 0 ?
	    &i->signatures.levels[0] : NULL;
	const struct sig_timestamp *t = l != NULL ? sig_level_timestamp(l) :
	    NULL;

	csv_text(c, sig_verdict_name(i->verdict));
	csv_instant(c, i->until.without_fix);
	csv_instant(c, i->until.with_fix);
	csv_text(c, i->advisory);
	csv_text(c, l != NULL ? l->signer.subject : NULL);
	csv_instant(c, t != NULL ? t->time : INSTANT_NONE);
	csv_text(c, i->why.text);
}

static void
file(struct inspection_writer *w, const char *path, const struct inspected *i)
{
	struct csv c = { .out = w->out };
	const struct cat_release *r = i->release;
	struct rests rests = { .count = 0 };

	csv_text(&c, path);
	csv_text(&c, filekind_name(i->facts->kind));
	csv_number(&c, true, i->facts->size);
	put_digest(&c, i, DIGEST_SHA256);
	put_digest(&c, i, DIGEST_SHA1);
	csv_version(&c, i->facts->version);
	csv_text(&c, r != NULL ? r->id : NULL);
	csv_text(&c, r != NULL ? r->name : NULL);
	csv_text(&c, r != NULL ? r->kb : NULL);
	csv_text(&c, inspect_by_name(i->by));
	csv_bool(&c, i->listed != INSPECT_LISTED_UNKNOWN,
	    i->listed == INSPECT_LISTED);
	csv_text(&c, inspect_name_name(i->name));
	csv_text(&c, i->facts->product_code);
	csv_text(&c, i->facts->kind == FILEKIND_MSP && i->facts->has_patch ?
	    i->facts->patch.code : NULL);
	put_signature(&c, i);
	rests_on_identity(&rests, i);
	rests_on_signature(&rests, i);
	laid_over_cells(catalogue_info(w->r->catalogue), &rests, &c);
	rests_fini(&rests);
	csv_end(&c);
}

static void
end(struct inspection_writer *w)
{
	(void)w;
}

const struct inspection_format inspection_csv = { begin, file, end };
