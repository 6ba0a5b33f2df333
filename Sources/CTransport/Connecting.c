#define _GNU_SOURCE
#include "Connection.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
    most_addresses = 16,
    /* After this the next address is tried beside the first, which may lead nowhere: RFC 8305. */
    head_start_milliseconds = 250,
};

struct addresses {
    size_t count;
    struct {
        struct sockaddr_storage address;
        socklen_t length;
    } each[most_addresses];
};

static void keep(void *context, const struct sockaddr *address, unsigned length)
{
    struct addresses *addresses = context;
    if (addresses->count == most_addresses || length > sizeof addresses->each[0].address) return;
    memcpy(&addresses->each[addresses->count].address, address, length);
    addresses->each[addresses->count++].length = length;
}

/* A descriptor on its way to an address, or -1 and errno. */
static int start(const struct addresses *addresses, size_t index)
{
    const struct sockaddr *address = (const struct sockaddr *)&addresses->each[index].address;
    int descriptor = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return -1;
    if (!connect(descriptor, address, addresses->each[index].length) || errno == EINPROGRESS)
        return descriptor;
    int reason = errno;
    close(descriptor);
    errno = reason;
    return -1;
}

/* Tries the addresses, each some time after the one before or when that one failed. */
static int race(
    const struct addresses *addresses, int64_t deadline, const nbgit_limits *limits, nbgit_failure *failure)
{
    struct pollfd running[most_addresses];
    size_t count = 0, next = 0;
    int64_t next_start = 0;
    int winner = -1, reason = EHOSTUNREACH;
    while (winner < 0 && failure->problem == NBGIT_PROBLEM_NONE) {
        int64_t now = nbgit_now();
        if (next < addresses->count && now >= next_start) {
            int descriptor = start(addresses, next++);
            if (descriptor < 0) {
                reason = errno;
                continue;
            }
            running[count++] = (struct pollfd){.fd = descriptor, .events = POLLOUT};
            next_start = now + head_start_milliseconds;
        }
        if (!count && next == addresses->count) {
            nbgit_fail(failure, NBGIT_PROBLEM_UNREACHABLE, reason, NULL);
            break;
        }
        int64_t until = next < addresses->count && next_start < deadline ? next_start : deadline;
        switch (nbgit_wait(running, count, until, limits)) {
        case WAITED_INTERRUPTED: nbgit_fail(failure, NBGIT_PROBLEM_INTERRUPTED, 0, NULL); break;
        case WAITED_TOO_LONG:
            if (nbgit_now() >= deadline) nbgit_fail(failure, NBGIT_PROBLEM_CONNECT_TIMEOUT, 0, NULL);
            break;
        case WAITED_READY:
            for (size_t i = count; i-- > 0;) {
                if (!running[i].revents) continue;
                int error = 0;
                socklen_t length = sizeof error;
                getsockopt(running[i].fd, SOL_SOCKET, SO_ERROR, &error, &length);
                if (!error && winner < 0) {
                    winner = running[i].fd;
                } else {
                    if (error) reason = error;
                    close(running[i].fd);
                    next_start = 0;
                }
                running[i] = running[--count];
            }
        }
    }
    for (size_t i = 0; i < count; i++) close(running[i].fd);
    return winner;
}

int nbgit_connection_open(
    nbgit_connection **out, const char *host, uint16_t port, const nbgit_limits *limits,
    nbgit_failure *failure)
{
    *failure = (nbgit_failure){0};
    int64_t deadline = nbgit_now() + limits->connect_milliseconds;
    struct addresses addresses = {0};
    if (nbgit_resolve(host, port, deadline, limits, keep, &addresses, failure) < 0) return -1;
    int descriptor = race(&addresses, deadline, limits, failure);
    if (descriptor < 0) return -1;
    nbgit_connection *connection = calloc(1, sizeof *connection);
    if (!connection) {
        close(descriptor);
        return nbgit_fail(failure, NBGIT_PROBLEM_SYSTEM, ENOMEM, NULL);
    }
    int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    setsockopt(descriptor, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
    connection->descriptor = descriptor;
    connection->limits = *limits;
    connection->connect_deadline = deadline;
    *out = connection;
    return 0;
}

/* Waits for the peer. 0, or -1 and why. */
static int wait_for(nbgit_connection *connection, short events, nbgit_failure *failure)
{
    struct pollfd request = {.fd = connection->descriptor, .events = events};
    int64_t deadline = nbgit_now() + connection->limits.idle_milliseconds;
    switch (nbgit_wait(&request, 1, deadline, &connection->limits)) {
    case WAITED_READY: return 0;
    case WAITED_TOO_LONG: return nbgit_fail(failure, NBGIT_PROBLEM_IDLE_TIMEOUT, 0, NULL);
    case WAITED_INTERRUPTED: break;
    }
    return nbgit_fail(failure, NBGIT_PROBLEM_INTERRUPTED, 0, NULL);
}

ptrdiff_t nbgit_connection_read(
    nbgit_connection *connection, void *bytes, size_t count, nbgit_failure *failure)
{
    if (connection->tls) return nbgit_tls_read(connection, bytes, count, failure);
    for (;;) {
        ssize_t received = recv(connection->descriptor, bytes, count, 0);
        if (received >= 0) return received;
        if (errno == EINTR) continue;
        if (errno != EAGAIN) return nbgit_fail(failure, NBGIT_PROBLEM_CUT, errno, NULL);
        if (wait_for(connection, POLLIN, failure) < 0) return -1;
    }
}

int nbgit_connection_write(
    nbgit_connection *connection, const void *bytes, size_t count, nbgit_failure *failure)
{
    if (connection->tls) return nbgit_tls_write(connection, bytes, count, failure);
    for (size_t done = 0; done < count;) {
        ssize_t sent = send(
            connection->descriptor, (const char *)bytes + done, count - done, MSG_NOSIGNAL);
        if (sent > 0) {
            done += (size_t)sent;
        } else if (errno == EAGAIN) {
            if (wait_for(connection, POLLOUT, failure) < 0) return -1;
        } else if (errno != EINTR) {
            return nbgit_fail(failure, NBGIT_PROBLEM_CUT, errno, NULL);
        }
    }
    return 0;
}

bool nbgit_connection_is_stale(nbgit_connection *connection)
{
    struct pollfd request = {.fd = connection->descriptor, .events = POLLIN};
    if (poll(&request, 1, 0) == 0) return false;
    /* A TLS 1.3 server may have sent a ticket, which is read with the next answer. */
    char byte;
    ssize_t peeked = recv(connection->descriptor, &byte, 1, MSG_PEEK);
    return !connection->tls || peeked <= 0;
}

void nbgit_connection_close(nbgit_connection *connection)
{
    if (connection->tls) {
        SSL_shutdown(connection->tls);
        SSL_free(connection->tls);
    }
    close(connection->descriptor);
    free(connection);
}
