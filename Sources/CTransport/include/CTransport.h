#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Connections to servers that cannot hang: every wait has an end, and ends when the person asks to stop.
 *
 * Nothing here is started before the first connection: no certificate is read, no library made ready. */

/* Why something failed. */
typedef enum {
    NBGIT_PROBLEM_NONE,
    /* There is no memory, or no descriptor; `code` is an errno. */
    NBGIT_PROBLEM_SYSTEM,
    /* The person asked to stop. */
    NBGIT_PROBLEM_INTERRUPTED,
    /* No name server knows the host. */
    NBGIT_PROBLEM_UNKNOWN_HOST,
    /* No name server answered. */
    NBGIT_PROBLEM_NO_NAME_SERVER,
    /* None of its addresses takes connections; `code` is the errno of the last one. */
    NBGIT_PROBLEM_UNREACHABLE,
    /* No connection, or no handshake, within the time for that. */
    NBGIT_PROBLEM_CONNECT_TIMEOUT,
    /* Nothing came, or nothing was taken, within the time for that. */
    NBGIT_PROBLEM_IDLE_TIMEOUT,
    /* The other side, or something between, cut the connection. */
    NBGIT_PROBLEM_CUT,
    /* The certificates to trust cannot be read. */
    NBGIT_PROBLEM_TRUST,
    /* The server's certificate is not to be trusted; `code` is an X509_V_ERR. */
    NBGIT_PROBLEM_CERTIFICATE,
    /* The other side speaks no TLS, or none that is still safe. */
    NBGIT_PROBLEM_TLS,
} nbgit_problem;

typedef struct {
    nbgit_problem problem;
    int code;
    /* What a library said, in English; may be empty. */
    char detail[200];
} nbgit_failure;

typedef struct {
    /* For names, connection and handshake together. */
    int connect_milliseconds;
    /* For each wait after that. */
    int idle_milliseconds;
    /* Asked ten times a second while waiting. */
    bool (*is_interrupted)(void);
} nbgit_limits;

/* What makes a server's certificate good. */
typedef struct nbgit_trust nbgit_trust;

/* Reads certificates: `file` holds any number of them, `folder` one per file under the name that OpenSSL looks
 * for (c_rehash); either may be NULL. Where `verifies` is false every certificate is good. */
int nbgit_trust_new(
    nbgit_trust **out, const char *file, const char *folder, bool verifies, nbgit_failure *failure);
void nbgit_trust_free(nbgit_trust *trust);

typedef struct nbgit_connection nbgit_connection;

/* Connects to the first address of `host` that answers. 0, or -1 and why. */
int nbgit_connection_open(
    nbgit_connection **out, const char *host, uint16_t port, const nbgit_limits *limits,
    nbgit_failure *failure);

/* Goes on in TLS 1.2 or 1.3 with the server that `host` names, by name or by address. 0, or -1 and why. */
int nbgit_connection_secure(
    nbgit_connection *connection, const char *host, const nbgit_trust *trust, nbgit_failure *failure);

/* At least one byte, 0 at the end, or -1 and why. */
ptrdiff_t nbgit_connection_read(
    nbgit_connection *connection, void *bytes, size_t count, nbgit_failure *failure);

/* Writes all bytes. 0, or -1 and why. */
int nbgit_connection_write(
    nbgit_connection *connection, const void *bytes, size_t count, nbgit_failure *failure);

/* Whether the other side has closed it, or said something unasked, as far as is known without waiting. */
bool nbgit_connection_is_stale(nbgit_connection *connection);

void nbgit_connection_close(nbgit_connection *connection);

/* The versions of the libraries, as these answer. */
const char *nbgit_openssl_version(void);
const char *nbgit_cares_version(void);
