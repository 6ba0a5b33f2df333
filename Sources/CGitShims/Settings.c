#include "CGitShims.h"

int nbgit_disable_owner_validation(void)
{
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
}

int nbgit_allow_extensions(const char *const *names, size_t count)
{
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, (const char **)names, count);
}

int nbgit_enable_fsync(int is_enabled)
{
    return git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, is_enabled);
}

#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 7
int nbgit_can_limit_depth(void) { return 1; }
void nbgit_limit_depth(git_fetch_options *options, int depth) { options->depth = depth; }
#else
int nbgit_can_limit_depth(void) { return 0; }
void nbgit_limit_depth(git_fetch_options *options, int depth) { (void)options, (void)depth; }
#endif

/* nbgit itself has no need of zlib: it is there because libgit2 is. */
extern const char *zlibVersion(void) __attribute__((weak));
const char *nbgit_zlib_version(void) { return zlibVersion ? zlibVersion() : NULL; }
