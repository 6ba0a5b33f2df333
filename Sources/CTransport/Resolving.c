/* Names of hosts, through c-ares: getaddrinfo(3) knows no time limit, cannot be stopped, and needs shared
 * libraries of the C library that a static program does not have. */

#define _GNU_SOURCE
#include "Connection.h"

#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
/* It expects the declarations of select(2). */
#include <ares.h>

enum {
    /* A name server that is down must not use up the time of the next. */
    server_milliseconds = 2000,
    server_tries = 3,
};

struct answer {
    bool is_there;
    int status;
    struct ares_addrinfo *addresses;
};

static void receive(void *context, int status, int timeouts, struct ares_addrinfo *addresses)
{
    (void)timeouts;
    struct answer *answer = context;
    answer->is_there = true;
    answer->status = status;
    answer->addresses = addresses;
}

/* Lets c-ares talk to name servers until it has an answer. */
static enum waited converse(
    ares_channel channel, const struct answer *answer, int64_t deadline, const nbgit_limits *limits)
{
    while (!answer->is_there) {
        ares_socket_t sockets[ARES_GETSOCK_MAXNUM];
        int wanted = ares_getsock(channel, sockets, ARES_GETSOCK_MAXNUM);
        struct pollfd requests[ARES_GETSOCK_MAXNUM];
        size_t count = 0;
        for (int i = 0; i < ARES_GETSOCK_MAXNUM; i++) {
            short events = (ARES_GETSOCK_READABLE(wanted, i) ? POLLIN : 0) |
                           (ARES_GETSOCK_WRITABLE(wanted, i) ? POLLOUT : 0);
            if (events) requests[count++] = (struct pollfd){.fd = sockets[i], .events = events};
        }
        struct timeval most = {.tv_sec = 1}, left;
        struct timeval *until = ares_timeout(channel, &most, &left);
        int64_t retry = nbgit_now() + (int64_t)until->tv_sec * 1000 + until->tv_usec / 1000 + 1;
        enum waited waited = nbgit_wait(requests, count, retry < deadline ? retry : deadline, limits);
        if (waited == WAITED_INTERRUPTED) return waited;
        if (waited == WAITED_TOO_LONG && nbgit_now() >= deadline) return waited;
        if (waited == WAITED_TOO_LONG) ares_process_fd(channel, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
        for (size_t i = 0; waited == WAITED_READY && i < count; i++) {
            short ready = requests[i].revents;
            ares_process_fd(
                channel, ready & ~POLLOUT ? requests[i].fd : ARES_SOCKET_BAD,
                ready & POLLOUT ? requests[i].fd : ARES_SOCKET_BAD);
        }
    }
    return WAITED_READY;
}

static int fail_to_resolve(int status, nbgit_failure *failure)
{
    switch (status) {
    case ARES_ENOTFOUND:
    case ARES_ENODATA:
    case ARES_EBADNAME: return nbgit_fail(failure, NBGIT_PROBLEM_UNKNOWN_HOST, 0, NULL);
    default: return nbgit_fail(failure, NBGIT_PROBLEM_NO_NAME_SERVER, status, ares_strerror(status));
    }
}

int nbgit_resolve(
    const char *host, uint16_t port, int64_t deadline, const nbgit_limits *limits,
    void (*found)(void *context, const struct sockaddr *address, unsigned length), void *context,
    nbgit_failure *failure)
{
    struct ares_options options = {.timeout = server_milliseconds, .tries = server_tries};
    ares_channel channel;
    int status = ares_library_init(ARES_LIB_INIT_ALL);
    if (status == ARES_SUCCESS)
        status = ares_init_options(&channel, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES);
    if (status != ARES_SUCCESS)
        return nbgit_fail(failure, NBGIT_PROBLEM_NO_NAME_SERVER, status, ares_strerror(status));

    char service[6];
    snprintf(service, sizeof service, "%u", (unsigned)port);
    struct ares_addrinfo_hints hints = {
        .ai_flags = ARES_AI_NUMERICSERV, .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM};
    struct answer answer = {0};
    ares_getaddrinfo(channel, host, service, &hints, receive, &answer);
    enum waited waited = converse(channel, &answer, deadline, limits);
    /* Before `answer` goes out of scope: what is still asked for is answered with ARES_EDESTRUCTION. */
    ares_destroy(channel);

    if (waited == WAITED_INTERRUPTED)
        nbgit_fail(failure, NBGIT_PROBLEM_INTERRUPTED, 0, NULL);
    else if (waited == WAITED_TOO_LONG)
        nbgit_fail(failure, NBGIT_PROBLEM_NO_NAME_SERVER, 0, "no answer within the time limit");
    else if (answer.status != ARES_SUCCESS)
        fail_to_resolve(answer.status, failure);
    else
        for (struct ares_addrinfo_node *node = answer.addresses->nodes; node; node = node->ai_next)
            found(context, node->ai_addr, node->ai_addrlen);
    if (answer.addresses) ares_freeaddrinfo(answer.addresses);
    return failure->problem == NBGIT_PROBLEM_NONE ? 0 : -1;
}

const char *nbgit_cares_version(void) { return ares_version(NULL); }
