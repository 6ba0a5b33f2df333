/* TOML in C: toml++ behind functions that Swift can call. Nothing throws. */

#ifndef CTOML_H
#define CTOML_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A parsed text; it owns all values in it. */
typedef struct ctoml_document ctoml_document;
/* A value of a document. */
typedef struct ctoml_value ctoml_value;

typedef enum {
    CTOML_TABLE,
    CTOML_ARRAY,
    CTOML_STRING,
    CTOML_BOOLEAN,
    CTOML_INTEGER,
    CTOML_FRACTION,
    CTOML_TIME,
} ctoml_kind;

typedef struct {
    char message[256];
    /* From 1; columns count characters. */
    size_t line;
    size_t column;
} ctoml_error;

/* The version of toml++, which is compiled into nbgit. */
const char *_Nonnull ctoml_version(void);

/* The document in `bytes`, or NULL and why. */
ctoml_document *_Nullable ctoml_parse(const char *_Nonnull bytes, size_t count, ctoml_error *_Nonnull error);
void ctoml_free(ctoml_document *_Nonnull document);
const ctoml_value *_Nonnull ctoml_root(const ctoml_document *_Nonnull document);

ctoml_kind ctoml_kind_of(const ctoml_value *_Nonnull value);
/* The line that the value begins in, from 1. */
size_t ctoml_line(const ctoml_value *_Nonnull value);

/* How many members a table or an array has; 0 for anything else. */
size_t ctoml_count(const ctoml_value *_Nonnull value);
/* Member `index` of a table or an array; `key` is set for a table and lives as long as the document. */
const ctoml_value *_Nonnull ctoml_member(
    const ctoml_value *_Nonnull value, size_t index, const char *_Nullable *_Nonnull key,
    size_t *_Nonnull key_count);

/* The bytes of a string, in UTF-8; they live as long as the document. */
const char *_Nonnull ctoml_string(const ctoml_value *_Nonnull value, size_t *_Nonnull count);
/* The value of a whole number; 0 for anything that is none. */
int64_t ctoml_integer(const ctoml_value *_Nonnull value);
/* 1 for true, 0 for false and for anything that is no boolean. */
int ctoml_boolean(const ctoml_value *_Nonnull value);

#ifdef __cplusplus
}
#endif

#endif
