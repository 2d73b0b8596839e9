/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_SEVERITY_H
#define ROLLCALL_ASSESSMENT_SEVERITY_H

/* In rising order. Zero is never "fine": what was not judged is not known. */
enum severity {
	SEV_UNKNOWN,
	SEV_NOTE,
	SEV_ADVISED,
	SEV_UNDETERMINED,
	SEV_REQUIRED,
};

/* Of a finding: "required", "undetermined", "advised", "note". */
const char	*severity_name(enum severity s);

/* Of an answer: the same, and "ok" for what needs nothing. */
const char	*severity_answer_name(enum severity s);

/* "action-required", "undetermined", "action-advised", "nothing-to-do". */
const char	*verdict_name(enum severity s);

/* The worse of two; unknown is as bad as undetermined. */
enum severity	severity_worse(enum severity a, enum severity b);

#endif
