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
