/* Stand in for libgit2's own TLS, ssh and Kerberos, which nbgit does not use: it has ways of its own to a server
 * (CTransport, and the person's ssh).
 *
 * The linker puts them in the place of libgit2's functions (--wrap, see Scripts/build). Without that,
 * git_libgit2_init() reads all certificates of the system, which takes 3 ms, and the program needs the
 * archives of a second TLS library, of libssh2 and of Kerberos.
 */

int __wrap_git_mbedtls_stream_global_init(void) { return 0; }
int __wrap_git_mbedtls__set_cert_location(const char *file, const char *folder)
{
    (void)file;
    (void)folder;
    return -1;
}
int __wrap_git_mbedtls_stream_new(void) { return -1; }
int __wrap_git_mbedtls_stream_wrap(void) { return -1; }
int __wrap_git_transport_ssh_global_init(void) { return 0; }
int __wrap_git_smart_subtransport_ssh(void) { return -1; }
int __wrap_git_http_auth_negotiate(void) { return -1; }
