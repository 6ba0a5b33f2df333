/* TLS 1.2 and 1.3 with OpenSSL, over a connection that never blocks. */

#define _GNU_SOURCE
#include "Connection.h"

#include <arpa/inet.h>
#include <errno.h>
#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* MARK: The socket as OpenSSL sees it. Its own would write without MSG_NOSIGNAL. */

static int descriptor_of(BIO *bio) { return ((nbgit_connection *)BIO_get_data(bio))->descriptor; }

static int bio_write(BIO *bio, const char *bytes, int count)
{
    BIO_clear_retry_flags(bio);
    int sent = (int)send(descriptor_of(bio), bytes, (size_t)count, MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_write(bio);
    return sent;
}

static int bio_read(BIO *bio, char *bytes, int count)
{
    BIO_clear_retry_flags(bio);
    int received = (int)recv(descriptor_of(bio), bytes, (size_t)count, 0);
    if (received < 0 && (errno == EAGAIN || errno == EINTR)) BIO_set_retry_read(bio);
    return received;
}

static long bio_control(BIO *bio, int command, long number, void *pointer)
{
    (void)bio, (void)number, (void)pointer;
    return command == BIO_CTRL_FLUSH;
}

static BIO *bio_for(nbgit_connection *connection)
{
    /* Made once; the program ends without giving it back. */
    static BIO_METHOD *method;
    if (!method) {
        BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "nbgit");
        if (!made) return NULL;
        BIO_meth_set_write(made, bio_write);
        BIO_meth_set_read(made, bio_read);
        BIO_meth_set_ctrl(made, bio_control);
        method = made;
    }
    BIO *bio = BIO_new(method);
    if (!bio) return NULL;
    BIO_set_data(bio, connection);
    BIO_set_init(bio, 1);
    return bio;
}

/* MARK: Whom to trust */

static const char *last_reason(void)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());
    return reason ? reason : "";
}

int nbgit_trust_new(
    nbgit_trust **out, const char *file, const char *folder, bool verifies, nbgit_failure *failure)
{
    *failure = (nbgit_failure){0};
    /* The machine's openssl.cnf may name modules, which a static program cannot load. */
    OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    ERR_clear_error();
    SSL_CTX *context = SSL_CTX_new(TLS_client_method());
    if (!context) return nbgit_fail(failure, NBGIT_PROBLEM_TRUST, 0, last_reason());
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_verify(context, verifies ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, NULL);
    nbgit_trust *trust = calloc(1, sizeof *trust);
    if (!trust || (verifies && file && !SSL_CTX_load_verify_file(context, file)) ||
        (verifies && folder && !SSL_CTX_load_verify_dir(context, folder))) {
        free(trust);
        SSL_CTX_free(context);
        return nbgit_fail(failure, NBGIT_PROBLEM_TRUST, 0, last_reason());
    }
    trust->context = context;
    trust->verifies = verifies;
    *out = trust;
    return 0;
}

void nbgit_trust_free(nbgit_trust *trust)
{
    SSL_CTX_free(trust->context);
    free(trust);
}

/* MARK: The handshake */

/* Waits for what OpenSSL wants after `answer`. 0 to call it again, or -1 and why. */
static int continue_after(nbgit_connection *connection, int answer, int64_t deadline, nbgit_failure *failure)
{
    short events;
    switch (SSL_get_error(connection->tls, answer)) {
    case SSL_ERROR_WANT_READ: events = POLLIN; break;
    case SSL_ERROR_WANT_WRITE: events = POLLOUT; break;
    case SSL_ERROR_SYSCALL: return nbgit_fail(failure, NBGIT_PROBLEM_CUT, errno, NULL);
    default:
        if (ERR_GET_REASON(ERR_peek_last_error()) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
            return nbgit_fail(failure, NBGIT_PROBLEM_CUT, 0, NULL);
        return nbgit_fail(failure, NBGIT_PROBLEM_TLS, 0, last_reason());
    }
    struct pollfd request = {.fd = connection->descriptor, .events = events};
    switch (nbgit_wait(&request, 1, deadline, &connection->limits)) {
    case WAITED_READY: return 0;
    case WAITED_TOO_LONG: return nbgit_fail(failure, NBGIT_PROBLEM_IDLE_TIMEOUT, 0, NULL);
    case WAITED_INTERRUPTED: break;
    }
    return nbgit_fail(failure, NBGIT_PROBLEM_INTERRUPTED, 0, NULL);
}

/* What the certificate must say, and what the server is told of it. */
static bool name_peer(SSL *tls, const char *host)
{
    X509_VERIFY_PARAM *parameters = SSL_get0_param(tls);
    unsigned char address[16];
    if (inet_pton(AF_INET, host, address) == 1 || inet_pton(AF_INET6, host, address) == 1)
        return X509_VERIFY_PARAM_set1_ip_asc(parameters, host);
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(parameters, host, 0) && SSL_set_tlsext_host_name(tls, host);
}

int nbgit_connection_secure(
    nbgit_connection *connection, const char *host, const nbgit_trust *trust, nbgit_failure *failure)
{
    static const unsigned char protocols[] = "\x08http/1.1";
    *failure = (nbgit_failure){0};
    ERR_clear_error();
    SSL *tls = SSL_new(trust->context);
    BIO *bio = tls ? bio_for(connection) : NULL;
    if (!bio || !name_peer(tls, host)) {
        BIO_free(bio);
        SSL_free(tls);
        return nbgit_fail(failure, NBGIT_PROBLEM_TLS, 0, last_reason());
    }
    SSL_set_bio(tls, bio, bio);
    SSL_set_alpn_protos(tls, protocols, sizeof protocols - 1);
    connection->tls = tls;
    for (;;) {
        errno = 0;
        ERR_clear_error();
        int answer = SSL_connect(tls);
        if (answer == 1) return 0;
        if (continue_after(connection, answer, connection->connect_deadline, failure) == 0) continue;
        long verdict = SSL_get_verify_result(tls);
        if (trust->verifies && verdict != X509_V_OK)
            nbgit_fail(
                failure, NBGIT_PROBLEM_CERTIFICATE, (int)verdict, X509_verify_cert_error_string(verdict));
        else if (failure->problem == NBGIT_PROBLEM_IDLE_TIMEOUT)
            failure->problem = NBGIT_PROBLEM_CONNECT_TIMEOUT;
        /* A session that failed must not be shut down. */
        SSL_free(tls);
        connection->tls = NULL;
        return -1;
    }
}

/* MARK: What comes and goes */

ptrdiff_t nbgit_tls_read(nbgit_connection *connection, void *bytes, size_t count, nbgit_failure *failure)
{
    for (;;) {
        size_t received = 0;
        errno = 0;
        ERR_clear_error();
        int answer = SSL_read_ex(connection->tls, bytes, count, &received);
        if (answer == 1) return (ptrdiff_t)received;
        if (SSL_get_error(connection->tls, answer) == SSL_ERROR_ZERO_RETURN) return 0;
        int64_t deadline = nbgit_now() + connection->limits.idle_milliseconds;
        if (continue_after(connection, answer, deadline, failure) < 0) return -1;
    }
}

int nbgit_tls_write(nbgit_connection *connection, const void *bytes, size_t count, nbgit_failure *failure)
{
    if (!count) return 0;
    for (;;) {
        size_t sent = 0;
        errno = 0;
        ERR_clear_error();
        /* Without SSL_MODE_ENABLE_PARTIAL_WRITE it is all or nothing yet. */
        int answer = SSL_write_ex(connection->tls, bytes, count, &sent);
        if (answer == 1) return 0;
        int64_t deadline = nbgit_now() + connection->limits.idle_milliseconds;
        if (continue_after(connection, answer, deadline, failure) < 0) return -1;
    }
}

const char *nbgit_openssl_version(void) { return OpenSSL_version(OPENSSL_VERSION_STRING); }
