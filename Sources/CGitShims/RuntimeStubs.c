/* What Swift's runtime asks /proc for, which not every place has that a static program is put into: a container's
 * first step, a bare root. */

#ifdef __linux__

void _swift_stdlib_overrideUnsafeArgvArgc(char **words, int count);

/* Before main; glibc and musl hand the words to constructors. */
__attribute__((constructor)) static void keep_words(int count, char **words)
{
    _swift_stdlib_overrideUnsafeArgvArgc(words, count);
}

/* Where a program lies that explains crashes: nowhere, beside a static one. Without an answer Swift ends the program
 * before main, where it cannot find out its own path. */
const char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name);
const char *__wrap_swift_copyAuxiliaryExecutablePath(const char *name)
{
    (void)name;
    return 0;
}

#endif
