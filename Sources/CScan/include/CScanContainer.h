/* Checks JSON objects and arrays, 64 bytes at a time. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { CSCAN_DEEPEST = 1024 };

/// Whether a container is valid so far.
typedef enum {
    /// The bytes ended before the container did.
    CSCAN_OPEN,
    /// The container is complete and valid.
    CSCAN_CLOSED,
    /// Something is wrong, or too rare to be decided here.
    CSCAN_DOUBTFUL,
} cscan_verdict;

/// How far the check of one container has come; all zero bytes but `expects_value` before the first one.
typedef struct {
    cscan_verdict verdict;
    /// Whether the innermost container is an object, and whether a key comes next in it.
    uint32_t is_object, expects_key;
    /// All ones inside a string.
    uint64_t string;
    /// What the last block says of the first bytes of the next one, from the lowest bit on: they are escaped,
    /// are digits of `\u`, continue a UTF-8 sequence, must begin a value, come behind `{`, continue a number
    /// or word.
    uint64_t escape, digits, continuation, expects_value, empty_object, scalar;
    /// The last byte, which may restrict the next one in UTF-8.
    uint8_t last;
    /// The open containers around the innermost one; a bit is set for an object.
    uint32_t depth;
    uint64_t levels[CSCAN_DEEPEST / 64];
} cscan_container;

/// A check that begins at the bracket of an object or array.
static inline cscan_container cscan_container_start(void)
{
    return (cscan_container){.expects_value = 1};
}

/// Continues the check of a container, and says how many more bytes belong to it.
///
/// Valid means RFC 8259 and UTF-8 without exception, with `NaN`, `Infinity` and `-Infinity` beside it, and at
/// most `deepest` levels.
///
/// `bytes` are the `count` bytes that follow what was checked already; no more than `most` of them, a multiple
/// of 64, are checked in this call. Reads no byte beyond `count`.
size_t cscan_check(cscan_container *_Nonnull container, const uint8_t *_Nonnull bytes, size_t most,
                   size_t count, uint32_t deepest);
