/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_ASSESSMENT_CURRENCY_H
#define ROLLCALL_ASSESSMENT_CURRENCY_H

#include "assessment/question.h"
#include "base/instant.h"
#include "catalogue/standing.h"

/*
 * What being behind asks for, of a server and of a mere build.
 */

/*
 * What S asks for: to replace the revision, to go on to a newer one, to leave
 * a branch out of support. The severities are those of the answers.
 *
 * Units:   GRACE is days.
 */
enum severity	currency_severity(const struct standing *s, unsigned grace);

#endif
