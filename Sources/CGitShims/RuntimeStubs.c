/* Stand in for what Swift's runtime and OpenSSL do before main, which takes a tenth of 'nbgit --version'. Swift's asks
 * /proc for things: not every place has that which a static program is put into, as a container's first step or a bare
 * root.
 *
 * The linker puts them in the place of the functions of that name (--wrap, see Scripts/build).
 */

#ifdef __linux__

static char **first_word;
static int word_count;

/* Before main; glibc and musl hand the words to constructors. */
__attribute__((constructor)) static void keep_words(int count, char **words)
{
    first_word = words;
    word_count = count;
}

/* The words of the command line, which Swift looks for in /proc/self/maps and the memory described there. */
char **__wrap__swift_stdlib_getUnsafeArgvArgc(int *count);
char **__wrap__swift_stdlib_getUnsafeArgvArgc(int *count)
{
    *count = word_count;
    return first_word;
}

/* Where a program lies that explains crashes: nowhere, beside a static one. Swift looks in eight places, and ends the
 * program before main where it cannot find out its own path. */
const char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name);
const char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name)
{
    (void)name;
    return 0;
}

/* What OpenSSL asks the processor: seven questions, and a virtual machine stops for each. It calls this before main, and
 * again when it is made ready, which is soon enough for those who talk to a server. The real one is weak, as only a
 * static OpenSSL has it to call. */
__attribute__((weak)) void __real_OPENSSL_cpuid_setup(void);
void __wrap_OPENSSL_cpuid_setup(void);
void __wrap_OPENSSL_cpuid_setup(void)
{
    static int is_in_main;
    if (is_in_main && __real_OPENSSL_cpuid_setup) __real_OPENSSL_cpuid_setup();
    is_in_main = 1;
}

#endif
