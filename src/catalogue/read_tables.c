/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "catalogue/read.h"

#include <string.h>

struct cat_source
read_source(struct reader *r, const struct xml_node *node)
{
	return (struct cat_source){
		.id = read_attr(r, node, "id"),
		.title = read_attr(r, node, "title"),
		.where = read_attr(r, node, "where"),
		.day = read_day(r, node, "day"),
		.microsoft = read_flag(node, "microsoft"),
		.general = read_flag(node, "general"),
	};
}

void
read_sources(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	struct cat_source s;

	c->sources = read_array(r, root, "source", sizeof(s),
	    &c->source_count);
	c->source_count = 0;
	for (n = read_first(root, "source"); n != NULL; n = read_again(n)) {
		s = read_source(r, n);
		if (catalogue_source(c, s.id) != NULL)
			read_fail(r, n, "two sources are called \"%s\"", s.id);
		c->sources[c->source_count++] = s;
	}
}

struct cat_certificate
read_certificate(struct reader *r, const struct xml_node *node)
{
	return (struct cat_certificate){
		.sha1 = read_attr(r, node, "sha1"),
		.note = read_prose(r, node),
		.sources = read_refs(r, node, "sources"),
		.overlay = r->overlay,
	};
}

static void
read_certificates(struct reader *r, const struct xml_node *node,
    const char *name, struct cat_certificate **out, size_t *count)
{
	struct cat_certificate *certs = read_array(r, node, name,
	    sizeof(*certs), count);
	const struct xml_node *n;
	size_t i = 0;

	for (n = read_first(node, name); n != NULL; n = read_again(n))
		certs[i++] = read_certificate(r, n);
	*out = certs;
}

/* The releases that they name are followed in link.c. */
static void
read_rereleased(struct reader *r, const struct xml_node *node,
    struct cat_advisory *a)
{
	const struct xml_node *n;
	size_t i = 0;

	a->rereleased = read_array(r, node, "rereleased",
	    sizeof(*a->rereleased), &a->rereleased_count);
	for (n = read_first(node, "rereleased"); n != NULL; n = read_again(n))
		a->rereleased[i++] = (struct cat_rereleased){
			.bulletin = read_opt(n, "bulletin"),
			.original = read_attr(r, n, "original"),
			.rerelease = read_attr(r, n, "rerelease"),
			.product = read_attr(r, n, "product"),
			.date = read_attr(r, n, "date"),
			.replace_installed = read_prose(r, n),
			.must_replace = read_flag(n, "must-replace"),
			.sources = read_refs(r, n, "sources"),
			.line = xml_line(n),
		};
}

static void
read_advisories(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	struct cat_advisory *a;
	const struct xml_node *n;

	a = c->advisories = read_array(r, root, "advisory", sizeof(*a),
	    &c->advisory_count);
	for (n = read_first(root, "advisory"); n != NULL;
	    n = read_again(n), a++) {
		a->line = xml_line(n);
		a->id = read_attr(r, n, "id");
		a->title = read_attr(r, n, "title");
		a->text = read_prose(r, read_first(n, "text"));
		a->published = read_day(r, n, "published");
		a->expires_from = read_day(r, n, "expires-from");
		read_certificates(r, n, "certificate", &a->certificates,
		    &a->certificate_count);
		read_rereleased(r, n, a);
		a->sources = read_refs(r, n, "sources");
	}
}

static void
read_marks(struct reader *r, const struct xml_node *node,
    struct cat_mitigation *m)
{
	const struct xml_node *n;
	size_t i = 0;

	m->marks = read_array(r, node, "mark", sizeof(*m->marks),
	    &m->mark_count);
	for (n = read_first(node, "mark"); n != NULL; n = read_again(n))
		read_sha1(r, n, "sha1", m->marks[i++]);
}

static void
read_carriers(struct reader *r, const struct xml_node *node,
    struct cat_mitigation *m)
{
	const struct xml_node *n;
	struct cat_carrier *k;

	k = m->carriers = read_array(r, node, "carrier", sizeof(*k),
	    &m->carrier_count);
	for (n = read_first(node, "carrier"); n != NULL;
	    n = read_again(n), k++) {
		k->kb = read_attr(r, n, "kb");
		read_pair(r, n, "from", &k->from_major, &k->from_minor);
		read_pair(r, n, "to", &k->to_major, &k->to_minor);
		k->windows = read_attr(r, n, "windows");
		k->packages = read_packages(r, n, &k->package_count);
		k->sources = read_refs(r, n, "sources");
	}
}

static void
read_fixed(struct reader *r, const struct xml_node *node,
    struct cat_mitigation *m)
{
	const struct xml_node *n;
	size_t i = 0;

	m->fixed = read_array(r, node, "fixed", sizeof(*m->fixed),
	    &m->fixed_count);
	for (n = read_first(node, "fixed"); n != NULL; n = read_again(n))
		m->fixed[i++] = (struct cat_fixed_file){
			.branch_from = read_version(r, n, "from"),
			.branch_below = read_version(r, n, "below"),
			.last_without = read_version(r, n, "last-without"),
			.first_with = read_version(r, n, "first-with"),
			.known_with = read_version(r, n, "known-with"),
			.name = read_attr(r, n, "name"),
			.confidence = read_attr(r, n, "confidence"),
			.sources = read_refs(r, n, "sources"),
		};
}

static void
read_related(struct reader *r, const struct xml_node *node,
    struct cat_mitigation *m)
{
	const struct xml_node *n;
	size_t i = 0;

	m->related = read_array(r, node, "related", sizeof(*m->related),
	    &m->related_count);
	for (n = read_first(node, "related"); n != NULL; n = read_again(n))
		m->related[i++] = (struct cat_related){
			.kb = read_attr(r, n, "kb"),
			.relation = read_attr(r, n, "relation"),
			.text = read_prose(r, n),
			.sources = read_refs(r, n, "sources"),
		};
}

static void
read_mitigations(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	struct cat_mitigation *m;
	const struct xml_node *n;

	m = c->mitigations = read_array(r, root, "mitigation", sizeof(*m),
	    &c->mitigation_count);
	for (n = read_first(root, "mitigation"); n != NULL;
	    n = read_again(n), m++) {
		m->id = read_attr(r, n, "id");
		m->advisory = read_attr(r, n, "advisory");
		m->file = read_attr(r, n, "file");
		m->cures = read_prose(r, read_first(n, "cures"));
		m->cures_not = read_prose(r, read_first(n, "cures-not"));
		read_pair(r, n, "builtin-from", &m->builtin_major,
		    &m->builtin_minor);
		read_marks(r, n, m);
		read_certificates(r, n, "always", &m->always,
		    &m->always_count);
		read_carriers(r, n, m);
		read_fixed(r, n, m);
		read_related(r, n, m);
		m->sources = read_refs(r, n, "sources");
	}
}

static void
read_other_packages(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	struct cat_other_package *o;
	const struct xml_node *n;

	o = c->other_packages = read_array(r, root, "other-package",
	    sizeof(*o), &c->other_package_count);
	for (n = read_first(root, "other-package"); n != NULL;
	    n = read_again(n), o++) {
		o->kb = read_attr(r, n, "kb");
		o->product = read_attr(r, n, "product");
		read_package(r, n, &o->package);
	}
}

static void
read_file_set(struct reader *r, const struct xml_node *node,
    struct cat_file_set *set)
{
	struct cat_refs sources = read_refs(r, node, "sources");
	const struct xml_node *n;
	size_t i = 0;

	set->build = read_version(r, node, "build");
	set->files = read_array(r, node, "file", sizeof(*set->files),
	    &set->file_count);
	for (n = read_first(node, "file"); n != NULL; n = read_again(n))
		set->files[i++] = (struct cat_file){
			.path = read_attr(r, n, "path"),
			.digest = {
				.algorithm = "sha256",
				.hex = read_attr(r, n, "sha256"),
				.sources = xml_attr(n, "sources") != NULL ?
				    read_refs(r, n, "sources") : sources,
			},
		};
}

static void
read_file_sets(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	size_t i = 0;

	c->file_sets = read_array(r, root, "files", sizeof(*c->file_sets),
	    &c->file_set_count);
	for (n = read_first(root, "files"); n != NULL; n = read_again(n))
		read_file_set(r, n, &c->file_sets[i++]);
}

static const struct cat_product *
read_product_ref(struct reader *r, const struct xml_node *node,
    const char *name)
{
	const char *id = read_attr(r, node, name);
	const struct cat_product *p = catalogue_product(r->c, id);

	if (p == NULL)
		read_fail(r, node, "there is no product \"%s\"", id);
	return p;
}

static void
read_upgrades(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	struct cat_upgrade *u;

	u = c->upgrades = read_array(r, root, "upgrade", sizeof(*u),
	    &c->upgrade_count);
	for (n = read_first(root, "upgrade"); n != NULL;
	    n = read_again(n), u++) {
		u->line = xml_line(n);
		u->from = read_product_ref(r, n, "from");
		u->to = read_product_ref(r, n, "to");
		u->branches = read_words(r, read_opt(n, "branches"),
		    &u->branch_count);
		u->how = strcmp(read_attr(r, n, "how"), "in-place") == 0 ?
		    CAT_IN_PLACE : CAT_NEW_SERVER;
		u->text = read_prose(r, n);
		u->sources = read_refs(r, n, "sources");
	}
}

static void
read_ranges(struct reader *r, const struct xml_node *node,
    struct cat_issue *x)
{
	const struct xml_node *n;
	size_t i = 0;

	x->ranges = read_array(r, node, "builds", sizeof(*x->ranges),
	    &x->range_count);
	for (n = read_first(node, "builds"); n != NULL; n = read_again(n))
		x->ranges[i++] = (struct cat_range){
			.from = read_version(r, n, "from"),
			.cured = read_version(r, n, "cured-by"),
		};
}

static void
read_issues(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	struct cat_issue *x;

	x = c->issues = read_array(r, root, "known-issue", sizeof(*x),
	    &c->issue_count);
	for (n = read_first(root, "known-issue"); n != NULL;
	    n = read_again(n), x++) {
		x->line = xml_line(n);
		x->id = read_attr(r, n, "id");
		x->kbs = read_words(r, read_opt(n, "kb"), &x->kb_count);
		x->since = read_day(r, n, "since");
		x->text = read_prose(r, read_first(n, "text"));
		read_ranges(r, n, x);
		x->sources = read_refs(r, n, "sources");
	}
}

static void
read_needs(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	struct cat_need *x;

	x = c->needs = read_array(r, root, "also-needs", sizeof(*x),
	    &c->need_count);
	for (n = read_first(root, "also-needs"); n != NULL;
	    n = read_again(n), x++) {
		x->cves = read_words(r, read_attr(r, n, "cves"),
		    &x->cve_count);
		x->text = read_prose(r, n);
		x->sources = read_refs(r, n, "sources");
	}
}

struct cat_distrusted
read_distrusted(struct reader *r, const struct xml_node *node)
{
	const char *key = read_opt(node, "spki-sha256");

	return (struct cat_distrusted){
		.sha256 = *key != '\0' ? read_opt(node, "sha256") :
		    read_attr(r, node, "sha256"),
		.spki_sha256 = key,
		.why = read_prose(r, node),
		.sources = read_refs(r, node, "sources"),
		.overlay = r->overlay,
	};
}

static void
read_all_distrusted(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	size_t i = 0;

	c->distrusted = read_array(r, root, "distrusted",
	    sizeof(*c->distrusted), &c->distrusted_count);
	for (n = read_first(root, "distrusted"); n != NULL; n = read_again(n))
		c->distrusted[i++] = read_distrusted(r, n);
}

struct cat_anchor
read_anchor(struct reader *r, const struct xml_node *node)
{
	return (struct cat_anchor){
		.name = read_attr(r, node, "name"),
		.subject_der = read_hex(r, read_first(node, "subject")),
		.spki_der = read_hex(r, read_first(node, "spki")),
		.purpose = read_attr(r, node, "purpose"),
		.sources = read_refs(r, node, "sources"),
		.overlay = r->overlay,
		.line = xml_line(node),
	};
}

static void
read_anchors(struct reader *r, const struct xml_node *root)
{
	struct catalogue *c = r->c;
	const struct xml_node *n;
	size_t i = 0;

	c->anchors = read_array(r, root, "anchor", sizeof(*c->anchors),
	    &c->anchor_count);
	for (n = read_first(root, "anchor"); n != NULL; n = read_again(n))
		c->anchors[i++] = read_anchor(r, n);
}

void
read_tables(struct reader *r, const struct xml_node *root)
{
	read_advisories(r, root);
	read_mitigations(r, root);
	read_other_packages(r, root);
	read_file_sets(r, root);
	read_upgrades(r, root);
	read_issues(r, root);
	read_needs(r, root);
	read_errors(r, root);
	read_all_distrusted(r, root);
	read_requires(r, root);
	read_anchors(r, root);
}
