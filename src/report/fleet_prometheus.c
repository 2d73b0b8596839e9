/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "report/fleet_report.h"

#include "report/fleet_words.h"

/*
 * Spec:    Prometheus text format 0.0.4: all samples of a metric together
 *
 * A host is known by name, domain and MachineGuid; its installations by their
 * number, so that no two series are the same. Results that do not count are
 * none.
 */

static void
put_value(struct sink *out, const char *text)
{
	for (; text != NULL && *text != '\0'; text++) {
		if (*text == '\\' || *text == '"')
			sink_puts(out, "\\");
		if (*text == '\n')
			sink_puts(out, "\\n");
		else
			sink_write(out, text, 1);
	}
}

static void
put_label(struct sink *out, const char *name, const char *value)
{
	sink_printf(out, ",%s=\"", name);
	put_value(out, value);
	sink_puts(out, "\"");
}

static void
put_head(struct sink *out, const char *name, const char *help)
{
	sink_printf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

/* "NAME{host=...": open, for more labels. */
static void
put_host(struct sink *out, const char *name, const struct fleet_row *row)
{
	sink_printf(out, "%s{host=\"", name);
	put_value(out, row->name);
	sink_puts(out, "\"");
	put_label(out, "domain", row->domain);
	put_label(out, "machine_guid", row->guid);
}

/* Is there a host behind the row? */
static bool
is_host(const struct fleet_row *row)
{
	return fleet_counts(row) && row->state != FLEET_BROKEN;
}

static void
put_install_info(struct sink *out, const struct fleet *f,
    const struct fleet_row *row, const struct fleet_install *in, size_t n)
{
	char v[VERSION_TEXT];
	bool built = in != NULL && version_known(in->build);

	put_host(out, "rollcall_host_info", row);
	sink_printf(out, ",installation=\"%zu\"", n);
	put_label(out, "group", fleet_group_of(f, row));
	put_label(out, "state", fleet_state_name(row->state));
	put_label(out, "product", in != NULL && in->product != NULL ?
	    in->product->id : "");
	put_label(out, "release", in != NULL && in->release != NULL ?
	    in->release->id : "");
	put_label(out, "build", built ? version_format(in->build, v) : "");
	put_label(out, "kb", in != NULL ? in->kb : "");
	put_label(out, "windows", row->windows);
	sink_puts(out, "} 1\n");
}

static void
put_infos(struct sink *out, const struct fleet *f)
{
	size_t i, k;

	put_head(out, "rollcall_host_info", "What is installed on a host.");
	for (i = 0; i < f->count; i++) {
		const struct fleet_row *row = f->rows[i];

		if (!is_host(row))
			continue;
		if (row->install_count == 0)
			put_install_info(out, f, row, NULL, 0);
		for (k = 0; k < row->install_count; k++)
			put_install_info(out, f, row, &row->installs[k],
			    k + 1);
	}
}

static void
put_verdicts(struct sink *out, const struct fleet *f)
{
	size_t i, v;

	put_head(out, "rollcall_verdict",
	    "The verdict of a host: 1 for the state that it is in.");
	for (i = 0; i < f->count; i++)
		for (v = 0; v < FLEET_VERDICTS && is_host(f->rows[i]); v++) {
			enum severity s = fleet_verdict_at(v);

			put_host(out, "rollcall_verdict", f->rows[i]);
			put_label(out, "state", verdict_name(s));
			sink_printf(out, "} %d\n", f->rows[i]->verdict == s);
		}
}

static size_t
updates_of(const struct fleet_install *in)
{
	return in->updates;
}

static size_t
security_of(const struct fleet_install *in)
{
	return in->security;
}

static size_t
cves_of(const struct fleet_install *in)
{
	return in->cves;
}

/* A number of each installation, where it is known. */
static void
put_counts(struct sink *out, const struct fleet *f, const char *name,
    const char *help, size_t (*count)(const struct fleet_install *in))
{
	size_t i, k;

	put_head(out, name, help);
	for (i = 0; i < f->count; i++)
		for (k = 0; is_host(f->rows[i]) &&
		    k < f->rows[i]->install_count; k++) {
			const struct fleet_install *in =
			    &f->rows[i]->installs[k];

			if (!in->counted)
				continue;
			put_host(out, name, f->rows[i]);
			sink_printf(out, ",installation=\"%zu\"} %zu\n",
			    k + 1, count(in));
		}
}

static instant
end_of(const struct fleet_row *row)
{
	return row->signature_end;
}

static instant
taken_of(const struct fleet_row *row)
{
	return row->taken;
}

static void
put_instants(struct sink *out, const struct fleet *f, const char *name,
    const char *help, instant (*get)(const struct fleet_row *row))
{
	size_t i;

	put_head(out, name, help);
	for (i = 0; i < f->count; i++) {
		const struct fleet_row *row = f->rows[i];

		if (!is_host(row) || get(row) == INSTANT_NONE ||
		    get(row) == INSTANT_UNLIMITED)
			continue;
		put_host(out, name, row);
		sink_printf(out, "} %lld\n", (long long)get(row));
	}
}

static void
put_states(struct sink *out, const struct fleet *f)
{
	size_t s;

	put_head(out, "rollcall_results", "Results in each state.");
	for (s = FLEET_BROKEN; s < FLEET_STATES; s++)
		sink_printf(out, "rollcall_results{state=\"%s\"} %zu\n",
		    fleet_state_name((enum fleet_state)s), f->states[s]);
}

static void
put_file(struct sink *out, const char *name, const char *origin,
    const char *sha256)
{
	sink_puts(out, "rollcall_laid_over_info{name=\"");
	put_value(out, name);
	sink_puts(out, "\"");
	put_label(out, "origin", origin);
	put_label(out, "sha256", sha256);
	sink_puts(out, "} 1\n");
}

/* A catalogue that is not the one inside, and overlays. */
static void
put_laid_over(struct sink *out, const struct cat_info *c)
{
	size_t i;

	put_head(out, "rollcall_laid_over_info",
	    "What is used in place of the built-in catalogue, and over it.");
	if (!c->built_in)
		put_file(out, "", c->origin, c->sha256);
	for (i = 0; i < c->overlay_count; i++)
		put_file(out, c->overlays[i]->name, c->overlays[i]->origin,
		    c->overlays[i]->sha256);
}

static void
prometheus_end(struct fleet_writer *w)
{
	const struct fleet *f = w->fleet;
	struct sink *out = w->out;

	put_infos(out, f);
	put_verdicts(out, f);
	put_counts(out, f, "rollcall_updates_behind",
	    "Updates that are missing.", updates_of);
	put_counts(out, f, "rollcall_security_updates_behind",
	    "Updates with security fixes that are missing.", security_of);
	put_counts(out, f, "rollcall_cves_behind",
	    "CVEs that the missing updates cure.", cves_of);
	put_instants(out, f, "rollcall_signature_end_timestamp_seconds",
	    "When the first signature of Exchange's files ends.", end_of);
	put_instants(out, f, "rollcall_scan_timestamp_seconds",
	    "When the host was looked at.", taken_of);
	put_states(out, f);
	put_head(out, "rollcall_catalogue_known_until_timestamp_seconds",
	    "The day up to which the catalogue knows updates.");
	sink_printf(out,
	    "rollcall_catalogue_known_until_timestamp_seconds %lld\n",
	    (long long)f->catalogue->known_until);
	put_laid_over(out, f->catalogue);
}

const struct fleet_format fleet_prometheus = { NULL, NULL, prometheus_end };

void
scan_prometheus(const struct report *r, const struct report_style *style,
    struct sink *out)
{
	fleet_of_scan(&fleet_prometheus, r, style, out);
}
