/* SPDX-License-Identifier: MIT
 * Copyright (c) 2026 the rollcall authors */
#include "config.h"

#include "base/crew.h"

#include "base/alloc.h"
#include "base/limits.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* A job that was taken and not yet handed over. */
struct slot {
	void	*job;
	bool	 done;
};

struct shift {
	const struct crew *crew;
	void		*ctx;
	pthread_mutex_t	 lock;
	pthread_cond_t	 room;		/* a slot is free, or it is over */
	struct slot	*slots;		/* ring of SLOT_COUNT */
	size_t		 slot_count;
	uint64_t	 taken, finished;	/* jobs so far */
	bool		 over;		/* no more jobs */
};

static struct slot *
slot_of(struct shift *s, uint64_t number)
{
	return &s->slots[number % s->slot_count];
}

/* The next job; NULL at the end. With the lock held. */
static struct slot *
take(struct shift *s)
{
	struct slot *slot;
	void *job;

	while (!s->over && s->taken - s->finished == s->slot_count)
		pthread_cond_wait(&s->room, &s->lock);
	if (s->over)
		return NULL;
	job = s->crew->next(s->ctx);
	if (job == NULL) {
		s->over = true;
		pthread_cond_broadcast(&s->room);
		return NULL;
	}
	slot = slot_of(s, s->taken++);
	slot->job = job;
	slot->done = false;
	return slot;
}

/* Hand over all that is done and next in turn. With the lock held. */
static void
hand_over(struct shift *s)
{
	struct slot *slot;

	while (s->finished < s->taken) {
		slot = slot_of(s, s->finished);
		if (!slot->done)
			break;
		s->crew->finish(s->ctx, slot->job);
		s->finished++;
		pthread_cond_signal(&s->room);
	}
}

static void *
work(void *arg)
{
	struct shift *s = arg;
	struct slot *slot;

	pthread_mutex_lock(&s->lock);
	while ((slot = take(s)) != NULL) {
		pthread_mutex_unlock(&s->lock);
		s->crew->work(s->ctx, slot->job);
		pthread_mutex_lock(&s->lock);
		slot->done = true;
		hand_over(s);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

void
crew_run(const struct crew *crew, void *ctx, unsigned threads)
{
	pthread_t others[CREW_MAX_THREADS];
	struct shift s = { .crew = crew, .ctx = ctx };
	unsigned i, n = 0;

	if (threads > CREW_MAX_THREADS)
		threads = CREW_MAX_THREADS;
	s.slot_count = (size_t)threads * CREW_AHEAD;
	s.slots = xcalloc(s.slot_count, sizeof(*s.slots));
	pthread_mutex_init(&s.lock, NULL);
	pthread_cond_init(&s.room, NULL);
	for (i = 1; i < threads; i++)
		if (pthread_create(&others[n], NULL, work, &s) == 0)
			n++;
	(void)work(&s);
	for (i = 0; i < n; i++)
		pthread_join(others[i], NULL);
	pthread_cond_destroy(&s.room);
	pthread_mutex_destroy(&s.lock);
	free(s.slots);
}
