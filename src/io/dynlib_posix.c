/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "io/dynlib.h"

#include <dlfcn.h>

enum status
dynlib_load(const char *file, const char *name,
    const struct dynlib_call *calls, size_t count, struct diag *d)
{
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	size_t i;

	if (library == NULL)
		return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
		    "%s is needed for this: %s", name, dlerror());
	for (i = 0; i < count; i++) {
		*calls[i].to = dlsym(library, calls[i].name);
		if (*calls[i].to == NULL)
			return diag_set(d, ST_UNSUPPORTED, DIAG_NOWHERE, NULL,
			    "%s is too old: it has no %s()", file,
			    calls[i].name);
	}
	return ST_OK;
}
