/* Configuration from the environment (GIT_CONFIG_COUNT, GIT_CONFIG_PARAMETERS), which libgit2 does not read. */

#include "CGitShims.h"

#include <stdlib.h>
#include <string.h>

#if LIBGIT2_VER_MAJOR == 1 && LIBGIT2_VER_MINOR >= 8

int nbgit_config_add_values(
    git_config *config, const char *const *names, const char *const *values, size_t count,
    const git_repository *repository)
{
    int answer = -1;
    git_config_backend *backend;
    git_config_backend_memory_options options = {GIT_CONFIG_BACKEND_MEMORY_OPTIONS_VERSION};
    options.backend_type = "command";
    char **lines = calloc(count ? count : 1, sizeof *lines);
    if (!lines) return -1;
    for (size_t i = 0; i < count; i++) {
        size_t room = strlen(names[i]) + strlen(values[i]) + 2;
        lines[i] = malloc(room);
        if (!lines[i]) goto done;
        strcpy(lines[i], names[i]);
        strcat(lines[i], "=");
        strcat(lines[i], values[i]);
    }
    answer = git_config_backend_from_values(&backend, (const char **)lines, count, &options);
    if (answer >= 0)
        answer = git_config_add_backend(config, backend, NBGIT_CONFIG_LEVEL_COMMAND, repository, 1);
done:
    for (size_t i = 0; i < count; i++) free(lines[i]);
    free(lines);
    return answer;
}

#else

/* The entries, shared by the backend and its snapshots; only one thread uses a configuration. */
struct entries {
    size_t holders;
    size_t count;
    git_config_entry entry[];
};

struct backend {
    git_config_backend parent;
    struct entries *entries;
};

struct iterator {
    git_config_iterator parent;
    struct entries *entries;
    size_t next;
};

/* libgit2 gives an entry back before it lets go of the backend. */
static void keep_entry(git_config_entry *entry) { (void)entry; }

static void release(struct entries *entries)
{
    if (--entries->holders) return;
    for (size_t i = 0; i < entries->count; i++) {
        free((char *)entries->entry[i].name);
        free((char *)entries->entry[i].value);
    }
    free(entries);
}

static int backend_open(git_config_backend *backend, git_config_level_t level, const git_repository *repository)
{
    (void)repository;
    struct entries *entries = ((struct backend *)backend)->entries;
    for (size_t i = 0; i < entries->count; i++) entries->entry[i].level = level;
    return 0;
}

static int backend_get(git_config_backend *backend, const char *name, git_config_entry **out)
{
    struct entries *entries = ((struct backend *)backend)->entries;
    for (size_t i = entries->count; i-- > 0;)
        if (!strcmp(entries->entry[i].name, name)) {
            *out = &entries->entry[i];
            return 0;
        }
    return GIT_ENOTFOUND;
}

static int iterator_next(git_config_entry **out, git_config_iterator *parent)
{
    struct iterator *iterator = (struct iterator *)parent;
    if (iterator->next >= iterator->entries->count) return GIT_ITEROVER;
    *out = &iterator->entries->entry[iterator->next++];
    return 0;
}

static void iterator_free(git_config_iterator *parent)
{
    struct iterator *iterator = (struct iterator *)parent;
    release(iterator->entries);
    free(iterator);
}

static int backend_iterator(git_config_iterator **out, git_config_backend *backend)
{
    struct iterator *iterator = calloc(1, sizeof *iterator);
    if (!iterator) return -1;
    iterator->entries = ((struct backend *)backend)->entries;
    iterator->entries->holders++;
    iterator->parent.backend = backend;
    iterator->parent.next = iterator_next;
    iterator->parent.free = iterator_free;
    *out = &iterator->parent;
    return 0;
}

static int refuse_set(git_config_backend *backend, const char *name, const char *value)
{
    (void)backend, (void)name, (void)value;
    return GIT_EINVALID;
}

static int refuse_set_multivar(git_config_backend *backend, const char *name, const char *regexp, const char *value)
{
    (void)backend, (void)name, (void)regexp, (void)value;
    return GIT_EINVALID;
}

static int refuse_delete(git_config_backend *backend, const char *name)
{
    (void)backend, (void)name;
    return GIT_EINVALID;
}

static int refuse_delete_multivar(git_config_backend *backend, const char *name, const char *regexp)
{
    (void)backend, (void)name, (void)regexp;
    return GIT_EINVALID;
}

static int refuse_lock(git_config_backend *backend)
{
    (void)backend;
    return GIT_EINVALID;
}

static int refuse_unlock(git_config_backend *backend, int success)
{
    (void)backend, (void)success;
    return GIT_EINVALID;
}

static void backend_free(git_config_backend *backend)
{
    release(((struct backend *)backend)->entries);
    free(backend);
}

static int backend_snapshot(git_config_backend **out, git_config_backend *source);

static git_config_backend *make(struct entries *entries)
{
    struct backend *backend = calloc(1, sizeof *backend);
    if (!backend) return NULL;
    entries->holders++;
    backend->entries = entries;
    backend->parent.version = GIT_CONFIG_BACKEND_VERSION;
    backend->parent.readonly = 1;
    backend->parent.open = backend_open;
    backend->parent.get = backend_get;
    backend->parent.set = refuse_set;
    backend->parent.set_multivar = refuse_set_multivar;
    backend->parent.del = refuse_delete;
    backend->parent.del_multivar = refuse_delete_multivar;
    backend->parent.iterator = backend_iterator;
    backend->parent.snapshot = backend_snapshot;
    backend->parent.lock = refuse_lock;
    backend->parent.unlock = refuse_unlock;
    backend->parent.free = backend_free;
    return &backend->parent;
}

static int backend_snapshot(git_config_backend **out, git_config_backend *source)
{
    *out = make(((struct backend *)source)->entries);
    return *out ? 0 : -1;
}

int nbgit_config_add_values(
    git_config *config, const char *const *names, const char *const *values, size_t count,
    const git_repository *repository)
{
    struct entries *entries = calloc(1, sizeof *entries + count * sizeof entries->entry[0]);
    if (!entries) return -1;
    entries->holders = 1;
    int answer = -1;
    for (; entries->count < count; entries->count++) {
        git_config_entry *entry = &entries->entry[entries->count];
        entry->free = keep_entry;
        entry->name = strdup(names[entries->count]);
        entry->value = strdup(values[entries->count]);
        if (!entry->name || !entry->value) {
            free((char *)entry->name);
            free((char *)entry->value);
            goto done;
        }
    }
    git_config_backend *backend = make(entries);
    if (!backend) goto done;
    answer = git_config_add_backend(
        config, backend, (git_config_level_t)NBGIT_CONFIG_LEVEL_COMMAND, repository, 1);
    if (answer < 0) backend_free(backend);
done:
    release(entries);
    return answer;
}

#endif
