/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_INVENTORY_JSON_PARTS_H
#define ROLLCALL_INVENTORY_JSON_PARTS_H

#include "inventory/inventory.h"
#include "json/jsonshape.h"

/* Inside of json_*.c and inventory_json.c: the parts of an inventory as JSON,
 * and what they share. */
struct json_parts {
	const struct inventory *inv;
	struct sig_facts host;		/* the certificates of all files, in
					   the order of their ids */
	const struct sig_facts *from;	/* of the file that is written */
	struct sig_facts *to;		/* of the file that is read, */
	size_t		*numbers;	/* and its number of each of HOST;
					   SIG_NO_CERT: not yet */
};

/* The id of a row, "c7"; NUMBER counts from 1. */
void	json_put_id(struct jsonout *j, const char *name, char letter,
	    size_t number);
/* It has to be that one. */
void	json_take_id(struct jsonin_at at, const char *name, char letter,
	    size_t number);
/* Which of COUNT rows is referred to; 0 for none. */
size_t	json_take_ref(struct jsonin_at at, const char *name, char letter,
	    size_t count);

/* A number of the table of one file, as an id of that of the host. */
void	json_put_cert(struct jsonshape_put *o, const struct jsonshape *f,
	    const void *p);
void	json_take_cert(struct jsonshape_take *t, struct jsonin_at at,
	    const struct jsonshape *f, void *p);
#define JSON_CERT(s, m)	JSONSHAPE_CUSTOM(#m, s, m, json_put_cert, \
			    json_take_cert)

/* Every certificate that some file of INV refers to, each once. */
void	json_certs_gather(struct json_parts *parts);

/* Them, as the member "certificates". */
void	json_put_certs(struct jsonshape_put *o);
void	json_take_certs(struct jsonshape_take *t, struct jsonin_at at);

/* The words of digests, for files and certificates. */
const char *json_digest_word(unsigned v);

/* The members of a struct file_facts. */
extern const struct jsonshape json_file_facts[];

/* Those of a struct sig_anchor. */
extern const struct jsonshape json_anchor[];

/* An evidence record that a row belongs to: of inv, field m. */
void	json_put_ev(struct jsonshape_put *o, const struct jsonshape *f,
	    const void *p);
void	json_take_ev(struct jsonshape_take *t, struct jsonin_at at,
	    const struct jsonshape *f, void *p);
#define JSON_EV(as, s, m) JSONSHAPE_CUSTOM(as, s, m, json_put_ev, \
			    json_take_ev)

/* Members of a struct inventory, one for each of its tables. JSON_EVIDENCE
 * comes first when it is read. */
extern const struct jsonshape json_host[], json_deep, json_evidence;
extern const struct jsonshape json_setups, json_places, json_products,
    json_markers, json_files, json_listings, json_traces, json_user_records,
    json_in_progress, json_hives, json_setup_runs, json_update_lists,
    json_values, json_programs, json_pending, json_leftovers,
    json_spaces;

#endif
