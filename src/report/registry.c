/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/registry.h"
#include "base/utf.h"

void
registry_data_text(struct slice data, struct buf *b)
{
	uint16_t last;

	while (data.n >= 2 && slice_u16le(data, (data.n & ~(size_t)1) - 2,
	    &last) && last == 0)
		(void)slice_sub(data, 0, (data.n & ~(size_t)1) - 2, &data);
	(void)utf_from_utf16le(data, b);
}

bool
registry_emit(const struct registry_format *format,
    const struct registry_dump *r, struct sink *out)
{
	struct registry_writer w = { .out = out, .r = r, .format = format };
	struct registry_damage damage = { .count = 0 };
	bool ok;

	format->begin(&w);
	ok = r->run(r->ctx, &w, &damage);
	format->end(&w, damage.list, damage.count);
	return ok;
}
