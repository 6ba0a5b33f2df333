#define _GNU_SOURCE
#include "Connection.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>

/* How long the person's wish to stop may go unseen. */
enum { slice_milliseconds = 100 };

int64_t nbgit_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

enum waited nbgit_wait(struct pollfd *requests, size_t count, int64_t deadline, const nbgit_limits *limits)
{
    for (;;) {
        if (limits->is_interrupted()) return WAITED_INTERRUPTED;
        int64_t left = deadline - nbgit_now();
        if (left <= 0) return WAITED_TOO_LONG;
        int answer = poll(requests, count, left < slice_milliseconds ? (int)left : slice_milliseconds);
        /* Where poll itself fails, the call that was to come says why. */
        if (answer > 0 || (answer < 0 && errno != EINTR && errno != EAGAIN)) return WAITED_READY;
    }
}

int nbgit_fail(nbgit_failure *failure, nbgit_problem problem, int code, const char *detail)
{
    failure->problem = problem;
    failure->code = code;
    snprintf(failure->detail, sizeof failure->detail, "%s", detail ? detail : "");
    return -1;
}
