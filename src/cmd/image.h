/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#ifndef ROLLCALL_CMD_IMAGE_H
#define ROLLCALL_CMD_IMAGE_H

/*
 * What to do with PATH, a file where a folder is wanted: an image of a disk
 * has to be mounted first.
 *
 * Returns: a static sentence; NULL when it is no file, or cannot be read.
 */
const char	*image_advice(const char *path);

#endif
