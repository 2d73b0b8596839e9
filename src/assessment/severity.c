/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "assessment/severity.h"

const char *
severity_name(enum severity s)
{
	switch (s) {
	case SEV_NOTE:
		return "note";
	case SEV_ADVISED:
		return "advised";
	case SEV_REQUIRED:
		return "required";
	case SEV_UNDETERMINED:
	case SEV_UNKNOWN:
		break;
	}
	return "undetermined";
}

const char *
severity_answer_name(enum severity s)
{
	return s == SEV_NOTE ? "ok" : severity_name(s);
}

const char *
verdict_name(enum severity s)
{
	switch (s) {
	case SEV_NOTE:
		return "nothing-to-do";
	case SEV_ADVISED:
		return "action-advised";
	case SEV_REQUIRED:
		return "action-required";
	case SEV_UNDETERMINED:
	case SEV_UNKNOWN:
		break;
	}
	return "undetermined";
}

enum severity
severity_worse(enum severity a, enum severity b)
{
	if (a == SEV_UNKNOWN)
		a = SEV_UNDETERMINED;
	if (b == SEV_UNKNOWN)
		b = SEV_UNDETERMINED;
	return a > b ? a : b;
}
