/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "formats/cab_unpack.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "formats/cab.h"

#include <mspack.h>

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define CLAUSE		"cabinet"
#define INPUT_BUFFER	(64 * 1024)	/* of a decompressor, bytes */

/* Under each piece of memory that libmspack has. */
union owned {
	struct {
		struct cab_unpack *u;
		size_t		 n;
	} of;
	max_align_t	 align;
};

struct member {
	struct cab_member shown;
	struct mscabd_file *file;
	size_t		 folder;	/* its place among folders */
	size_t		 rank;		/* its place in the list */
};

struct cab_unpack {
	struct mspack_system sys;	/* first: libmspack hands it back */
	struct source	 src;
	struct mscab_decompressor *cabd;
	struct mscabd_cabinet *cab;
	struct member	*members;
	size_t		 count;
	size_t		 memory;	/* bytes that libmspack has */
	uint64_t	 budget;	/* bytes that may still be read */
	/* While something is unpacked: who takes it, and what went wrong on
	 * our side of a callback. */
	cab_take_fn	*take;
	void		*ctx;
	enum status	 st;
	struct diag	*d;
};

/* What libmspack calls a file: the cabinet, or what is unpacked from it. */
struct handle {
	struct cab_unpack *u;
	uint64_t	 at;
	bool		 taken;		/* bytes go to TAKE */
};

/* ------------------------------------------------- what libmspack calls */

static struct cab_unpack *
unpack_of(struct mspack_system *sys)
{
	return (struct cab_unpack *)(void *)sys;
}

static struct handle *
handle_of(struct mspack_file *f)
{
	return (struct handle *)(void *)f;
}

static struct mspack_file *
on_open(struct mspack_system *sys, const char *name, int mode)
{
	struct handle *h = xcalloc(1, sizeof(*h));

	(void)name;
	h->u = unpack_of(sys);
	h->taken = mode != MSPACK_SYS_OPEN_READ;
	return (struct mspack_file *)(void *)h;
}

static void
on_close(struct mspack_file *f)
{
	free(f);
}

/* A cabinet whose parts lie over one another would be read for ever. */
static int
on_read(struct mspack_file *f, void *p, int want)
{
	struct handle *h = handle_of(f);
	struct cab_unpack *u = h->u;
	size_t n = want > 0 ? (size_t)want : 0;

	if (h->taken || u->st != ST_OK)
		return -1;
	if (h->at >= u->src.size)
		return 0;
	if (n > u->src.size - h->at)
		n = (size_t)(u->src.size - h->at);
	if (n > u->budget) {
		u->st = diag_set(u->d, ST_LIMIT, h->at, CLAUSE,
		    "more than %d times its own bytes have to be read",
		    CAB_MAX_PASSES);
		return -1;
	}
	u->budget -= n;
	u->st = source_read(&u->src, h->at, p, n, u->d);
	if (u->st != ST_OK)
		return -1;
	h->at += n;
	return (int)n;
}

static int
on_write(struct mspack_file *f, void *p, int n)
{
	struct handle *h = handle_of(f);
	struct cab_unpack *u = h->u;

	if (!h->taken || u->take == NULL || u->st != ST_OK || n < 0)
		return -1;
	u->st = u->take(u->ctx, p, (size_t)n, u->d);
	return u->st == ST_OK ? n : -1;
}

static int
on_seek(struct mspack_file *f, off_t off, int mode)
{
	struct handle *h = handle_of(f);
	uint64_t from = mode == MSPACK_SYS_SEEK_START ? 0 :
	    mode == MSPACK_SYS_SEEK_CUR ? h->at : h->u->src.size;
	uint64_t step = off < 0 ? 0 - (uint64_t)off : (uint64_t)off;

	if (off < 0 ? step > from : step > h->u->src.size - from)
		return -1;
	h->at = off < 0 ? from - step : from + step;
	return 0;
}

static off_t
on_tell(struct mspack_file *f)
{
	return (off_t)handle_of(f)->at;
}

/* Nothing below cmd prints. */
static void
on_message(struct mspack_file *f, const char *format, ...)
{
	(void)f;
	(void)format;
}

static void *
on_alloc(struct mspack_system *sys, size_t n)
{
	struct cab_unpack *u = unpack_of(sys);
	union owned *p;

	if (n > CAB_MAX_MEMORY - u->memory)
		return NULL;
	p = xcalloc(1, sizeof(*p) + n);
	p->of.u = u;
	p->of.n = n;
	u->memory += n;
	return p + 1;
}

static void
on_free(void *p)
{
	union owned *o = p;

	if (o == NULL)
		return;
	o--;
	o->of.u->memory -= o->of.n;
	free(o);
}

static void
on_copy(void *from, void *to, size_t n)
{
	(void)slice_copy(slice_of(from, n, 0), to, n);
}

static const struct mspack_system callbacks = {
	.open = on_open, .close = on_close, .read = on_read,
	.write = on_write, .seek = on_seek, .tell = on_tell,
	.message = on_message, .alloc = on_alloc, .free = on_free,
	.copy = on_copy,
};

/* ------------------------------------------------------------- its words */

static const struct {
	int		 error;
	enum status	 st;
	const char	*what;
} errors[] = {
	{ MSPACK_ERR_READ, ST_MALFORMED, "it is cut short" },
	{ MSPACK_ERR_SEEK, ST_MALFORMED, "it points out of itself" },
	{ MSPACK_ERR_SIGNATURE, ST_UNSUPPORTED, "no cabinet" },
	{ MSPACK_ERR_CHECKSUM, ST_MALFORMED, "a block has another checksum" },
	{ MSPACK_ERR_DECRUNCH, ST_MALFORMED, "a compressed block is damaged" },
	{ MSPACK_ERR_NOMEMORY, ST_LIMIT, "it takes too much memory" },
};

/* What stopped libmspack: ours first, which it only hears as "no". */
static enum status
why_not(struct cab_unpack *u, int error)
{
	size_t i;

	if (u->st != ST_OK)
		return u->st;
	for (i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].error == error)
			return diag_set(u->d, errors[i].st, DIAG_NOWHERE,
			    CLAUSE, "%s", errors[i].what);
	return diag_set(u->d, ST_MALFORMED, DIAG_NOWHERE, CLAUSE,
	    "its records contradict one another");
}

/* ------------------------------------------------------------- the list */

struct place {
	const struct mscabd_folder *folder;
	size_t		 at;		/* in the list of folders */
};

static int
by_address(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t)((const struct place *)a)->folder;
	uintptr_t y = (uintptr_t)((const struct place *)b)->folder;

	return x < y ? -1 : x > y;
}

/* Where each folder stands, to be looked up; the caller frees it. */
static struct place *
list_folders(const struct mscabd_cabinet *cab, size_t *count)
{
	const struct mscabd_folder *f = cab->folders;
	struct place *places = NULL;

	for (*count = 0; f != NULL; f = f->next) {
		places = xpush(places, *count, sizeof(*places));
		places[*count] = (struct place){ f, *count };
		++*count;
	}
	if (*count > 1)
		qsort(places, *count, sizeof(*places), by_address);
	return places;
}

static size_t
folder_place(const struct place *places, size_t count,
    const struct mscabd_folder *folder)
{
	const struct place key = { folder, 0 };
	const struct place *p = count == 0 ? NULL :
	    bsearch(&key, places, count, sizeof(key), by_address);

	return p != NULL ? p->at : SIZE_MAX;
}

static void
make_plain(char *name)
{
	for (; *name != '\0'; name++)
		if (*name == '\\')
			*name = '/';
		else if (*name >= 'A' && *name <= 'Z')
			*name = (char)(*name - 'A' + 'a');
}

static int
in_order(const void *a, const void *b)
{
	const struct member *x = a, *y = b;

	if (x->folder != y->folder)
		return x->folder < y->folder ? -1 : 1;
	if (x->file->offset != y->file->offset)
		return x->file->offset < y->file->offset ? -1 : 1;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

static void
list_members(struct cab_unpack *u)
{
	struct mscabd_file *f;
	size_t folders;
	struct place *places = list_folders(u->cab, &folders);

	for (f = u->cab->files; f != NULL; f = f->next) {
		make_plain(f->filename);
		u->members = xpush(u->members, u->count,
		    sizeof(*u->members));
		u->members[u->count] = (struct member){ .file = f,
		    .folder = folder_place(places, folders, f->folder),
		    .rank = u->count, .shown = { f->filename, f->length } };
		u->count++;
	}
	free(places);
	if (u->count > 1)
		qsort(u->members, u->count, sizeof(*u->members), in_order);
}

bool
cab_unpack_can(void)
{
	return true;
}

/* Was the library built for files as large as this program's? */
static bool
is_compatible(void)
{
	int error;

	MSPACK_SYS_SELFTEST(error);
	return error == MSPACK_ERR_OK;
}

static enum status
open_cabinet(struct cab_unpack *u)
{
	if (is_compatible())
		u->cabd = mspack_create_cab_decompressor(&u->sys);
	if (u->cabd == NULL)
		return diag_set(u->d, ST_UNSUPPORTED, DIAG_NOWHERE, CLAUSE,
		    "this libmspack cannot be used");
	(void)u->cabd->set_param(u->cabd, MSCABD_PARAM_DECOMPBUF,
	    INPUT_BUFFER);
	u->cab = u->cabd->open(u->cabd, "");
	if (u->cab == NULL)
		return why_not(u, u->cabd->last_error(u->cabd));
	list_members(u);
	return ST_OK;
}

enum status
cab_unpack_open(const struct source *src, struct cab_unpack **out,
    struct diag *d)
{
	struct cab_info info;
	struct cab_unpack *u;
	enum status st = cab_read(src, &info, d);

	if (st != ST_OK)
		return st;
	/* libmspack looks for the folder of each file from the first one. */
	if ((uint32_t)info.folders * info.files > CAB_MAX_STEPS)
		return diag_set(d, ST_LIMIT, DIAG_NOWHERE, CLAUSE,
		    "%u files in %u folders", info.files, info.folders);
	u = xcalloc(1, sizeof(*u));
	u->sys = callbacks;
	u->src = *src;
	/* For the list, names are read 256 bytes at a time. */
	u->budget = UINT64_MAX;
	u->d = d;
	st = open_cabinet(u);
	u->budget = src->size * CAB_MAX_PASSES;
	if (st == ST_OK)
		*out = u;
	else
		cab_unpack_close(u);
	return st;
}

void
cab_unpack_close(struct cab_unpack *u)
{
	if (u == NULL)
		return;
	if (u->cab != NULL)
		u->cabd->close(u->cabd, u->cab);
	if (u->cabd != NULL)
		mspack_destroy_cab_decompressor(u->cabd);
	free(u->members);
	free(u);
}

size_t
cab_unpack_count(const struct cab_unpack *u)
{
	return u->count;
}

const struct cab_member *
cab_unpack_member(const struct cab_unpack *u, size_t i)
{
	return &u->members[i].shown;
}

size_t
cab_unpack_find(const struct cab_unpack *u, const char *name)
{
	size_t i;

	for (i = 0; i < u->count; i++)
		if (strcmp(u->members[i].shown.name, name) == 0)
			return i;
	return SIZE_MAX;
}

enum status
cab_unpack_member_to(struct cab_unpack *u, size_t i, cab_take_fn *take,
    void *ctx, struct diag *d)
{
	struct mscabd_file *f = u->members[i].file;
	enum status st;
	int error;

	if (f->folder == NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, CLAUSE,
		    "%s goes on in another cabinet", f->filename);
	u->take = take;
	u->ctx = ctx;
	u->st = ST_OK;
	u->d = d;
	error = u->cabd->extract(u->cabd, f, "");
	u->take = NULL;
	if (error == MSPACK_ERR_OK)
		return ST_OK;
	st = why_not(u, error);
	diag_wrap(d, "%s", f->filename);
	return st;
}
