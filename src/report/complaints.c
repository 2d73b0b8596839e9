/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/complaints.h"
#include "report/layout.h"

#include <stddef.h>

#define RULE_COLUMN	17	/* where what it says begins */
#define RULES_WIDTH	80

struct text {
	const struct complaints	*r;
	struct sink		*out;
};

/* "FILE:LINE: rule: text", as compilers do. */
static void
put_complaint(struct sink *out, const char *file,
    const struct check_complaint *c)
{
	layout_text(out, c->overlay != NULL ? c->overlay->origin : file);
	sink_printf(out, ":%u: %s: ", c->line, c->rule);
	layout_text(out, c->text);
	if (c->except != NULL) {
		sink_puts(out, " (excepted: ");
		layout_text(out, c->except->text);
		sink_puts(out, ")");
	}
	sink_puts(out, "\n");
}

static void
put_file(void *to, const char *file, const struct check_result *found)
{
	const struct text *t = to;
	size_t i;

	for (i = 0; i < found->count; i++)
		if (found->complaints[i].except == NULL || t->r->excepted)
			put_complaint(t->out, file, &found->complaints[i]);
}

static void
put_rules(struct sink *out)
{
	const struct check_rule *rule;
	size_t i;

	for (i = 0; (rule = check_rule_at(i)) != NULL; i++) {
		sink_printf(out, "%-*s", RULE_COLUMN, rule->id);
		layout_wrap(out, rule->what, RULE_COLUMN, RULE_COLUMN,
		    RULES_WIDTH);
	}
}

void
complaints_text(const struct complaints *r, const struct report_style *style,
    struct sink *out)
{
	struct text t = { r, out };

	(void)style;
	if (r->rules)
		put_rules(out);
	else
		r->run(r->ctx, put_file, &t);
}
