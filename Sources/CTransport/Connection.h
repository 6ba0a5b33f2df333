#pragma once

#include "CTransport.h"

#include <openssl/ssl.h>
#include <poll.h>

struct nbgit_connection {
    int descriptor;
    SSL *tls;
    nbgit_limits limits;
    /* When names, connection and handshake must be done, in milliseconds of the monotonic clock. */
    int64_t connect_deadline;
};

struct nbgit_trust {
    SSL_CTX *context;
    bool verifies;
};

enum waited { WAITED_READY, WAITED_TOO_LONG, WAITED_INTERRUPTED };

int64_t nbgit_now(void);

/* Waits for one of the descriptors. */
enum waited nbgit_wait(struct pollfd *requests, size_t count, int64_t deadline, const nbgit_limits *limits);

/* Says why, and gives -1. */
int nbgit_fail(nbgit_failure *failure, nbgit_problem problem, int code, const char *detail);

/* Calls `found` with each address of `host`, best first. 0, or -1 and why. */
struct sockaddr;
int nbgit_resolve(
    const char *host, uint16_t port, int64_t deadline, const nbgit_limits *limits,
    void (*found)(void *context, const struct sockaddr *address, unsigned length), void *context,
    nbgit_failure *failure);

ptrdiff_t nbgit_tls_read(nbgit_connection *connection, void *bytes, size_t count, nbgit_failure *failure);
int nbgit_tls_write(nbgit_connection *connection, const void *bytes, size_t count, nbgit_failure *failure);
