/* Checks a JSON text, 64 bytes at a time, and notes where the values of its upper levels lie. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What a value of JSON is.
typedef enum { CSCAN_NULL, CSCAN_BOOL, CSCAN_NUMBER, CSCAN_STRING, CSCAN_ARRAY, CSCAN_OBJECT } cscan_kind;

/// One value of a text: where it lies, what it is, and where the next one is noted.
typedef struct __attribute__((swift_name("JSONEntry"))) {
    /// Bytes from the start of the text; `end` is the byte behind the value.
    size_t start, end;
    /// The number of the entry behind this value and all its parts.
    uint32_t next;
    /// One of ``cscan_kind``.
    uint8_t kind __attribute__((swift_name("rawKind")));
    /// Whether the entries of the parts of an object or array follow this one.
    bool is_indexed __attribute__((swift_name("isIndexed")));
    /// Whether an array whose parts have no entries holds something else than strings.
    bool has_others __attribute__((swift_name("hasOthers")));
} cscan_entry;

enum {
    CSCAN_DEEPEST = 1024,
    /// The most levels that may be indexed.
    CSCAN_MOST_INDEXED = 7,
    /// So many entries must be free, or no further block is checked.
    CSCAN_LEAST_ROOM = 64,
};

/// Whether a text is valid so far.
typedef enum {
    /// What was asked for is checked, or the entries are full.
    CSCAN_OPEN,
    /// The object or array is complete and valid.
    CSCAN_CLOSED,
    /// Something is wrong; what that is has to be found byte by byte.
    CSCAN_DOUBTFUL,
} cscan_verdict;

/// What a check knows behind one block and before the next.
typedef struct {
    /// How many containers are open.
    uint32_t depth;
    /// Whether the innermost container is an object, and whether a key comes next in it.
    bool is_object, expects_key;
    /// The last byte, which may restrict the next one in UTF-8.
    uint8_t last;
    /// All ones inside a string.
    uint64_t string;
    /// What the last block says of the first bytes of the next one, from the lowest bit on: they are escaped,
    /// are digits of `\u`, continue a UTF-8 sequence, must begin a value, come behind `{`, continue a number
    /// or word.
    uint64_t escape, digits, continuation, expects_value, empty_object, scalar;
} cscan_carry;

/// How far the check of one object or array has come; begins as ``cscan_index_start`` gives it.
typedef struct {
    cscan_verdict verdict;
    /// How far it has come, in bytes from the start of the text; the place behind it once it is closed.
    size_t place;
    uint32_t entry_count;
    /// How many levels of objects and arrays get entries for their parts, and how many there may be.
    uint32_t indexed_depth, deepest;
    cscan_carry carry;
    /// The entries of the containers that are open.
    uint32_t open[CSCAN_MOST_INDEXED + 1];
    /// The open containers around the innermost one; a bit is set for an object.
    uint64_t levels[CSCAN_DEEPEST / 64];
} cscan_index;

/// A check that begins at the bracket of an object or array at `place`.
static inline cscan_index cscan_index_start(size_t place, uint32_t indexed_depth, uint32_t deepest)
{
    return (cscan_index){
        .place = place, .indexed_depth = indexed_depth, .deepest = deepest, .carry.expects_value = 1};
}

/// Goes on with a check for at most `most` further bytes, a multiple of 64.
///
/// Valid means RFC 8259 and UTF-8 without exception, with `NaN`, `Infinity` and `-Infinity` beside it.
///
/// `bytes` are the `count` bytes of the whole text, `entries` the `room` entries of it, those that were noted
/// first. Reads no byte beyond `count`.
void cscan_continue(cscan_index *_Nonnull index, const uint8_t *_Nonnull bytes, size_t count, size_t most,
                    cscan_entry *_Nonnull entries, size_t room);
