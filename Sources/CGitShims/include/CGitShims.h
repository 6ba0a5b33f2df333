#pragma once

/* By this name, so that Swift sees the module Clibgit2 and not a second copy of what is in it. */
#include "../../Clibgit2/shim.h"
#include <stddef.h>

/* What Swift cannot call or say: variadic functions, and structures whose layout depends on libgit2's version. */

/* Leaves it to nbgit to say whose repositories it trusts: libgit2 does not know `safe.directory = *`. */
int nbgit_disable_owner_validation(void);

/* Opens repositories with these `extensions.*` too. */
int nbgit_allow_extensions(const char *const *names, size_t count);

/* Whether objects and references are flushed to the device as they are written. */
int nbgit_enable_fsync(int is_enabled);

/* Whether fewer than all commits can be fetched, which libgit2 knows from 1.7 on; and how many shall be. */
int nbgit_can_limit_depth(void);
void nbgit_limit_depth(git_fetch_options *options, int depth);

/* The levels of configuration that libgit2 before 1.8 has no names for, by the numbers they got there. */
#define NBGIT_CONFIG_LEVEL_WORKTREE 6
#define NBGIT_CONFIG_LEVEL_COMMAND 7

/* Adds values that stand in no file; a later one of the same name comes after an earlier one.
 *
 * `names` are normalised as git_config_entry has them; both arrays have `count` strings, which are copied. */
int nbgit_config_add_values(
    git_config *config, const char *const *names, const char *const *values, size_t count,
    const git_repository *repository);

/* The version of the zlib that libgit2 uses; NULL where it was given one of its own. */
const char *nbgit_zlib_version(void);

/* A way to a server that knows whose it is: callbacks are given the address of both. */
typedef struct {
    git_smart_subtransport subtransport;
    void *owner;
} nbgit_subtransport;

/* One request on that way. */
typedef struct {
    git_smart_subtransport_stream stream;
    void *owner;
} nbgit_substream;
