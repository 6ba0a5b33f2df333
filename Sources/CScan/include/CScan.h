/* Searches in bytes that Swift has no fast words for; see docs/decisions. */
#pragma once

#include "CScanIndex.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__SSE2__)
#include <emmintrin.h>
#elif defined(__ARM_NEON)
#include <arm_neon.h>
#endif

/// The place of the first `byte` among the `count` bytes at `bytes`; `count` if there is none.
static inline size_t cscan_find_byte(const uint8_t *_Nonnull bytes, size_t count, uint8_t byte)
{
    const uint8_t *found = memchr(bytes, byte, count);
    return found ? (size_t)(found - bytes) : count;
}

/// The place of the last `byte` among the `count` bytes at `bytes`; `count` if there is none.
size_t cscan_find_last_byte(const uint8_t *_Nonnull bytes, size_t count, uint8_t byte);

/// The number of bytes at the start that stand in a JSON string as they are: ASCII, no control character, no
/// quote and no backslash. Reads no byte beyond `count`.
static inline size_t cscan_plain_prefix(const uint8_t *_Nonnull bytes, size_t count)
{
    size_t place = 0;
#if defined(__SSE2__)
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i backslash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(' ');
    for (; place + 16 <= count; place += 16) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + place));
        /* The signed comparison finds control characters and everything from 0x80 on. */
        const __m128i special =
            _mm_or_si128(_mm_cmplt_epi8(block, space),
                         _mm_or_si128(_mm_cmpeq_epi8(block, quote), _mm_cmpeq_epi8(block, backslash)));
        const unsigned mask = (unsigned)_mm_movemask_epi8(special);
        if (mask != 0)
            return place + (size_t)__builtin_ctz(mask);
    }
#elif defined(__ARM_NEON)
    for (; place + 16 <= count; place += 16) {
        const uint8x16_t block = vld1q_u8(bytes + place);
        const uint8x16_t special = vorrq_u8(
            vorrq_u8(vcltq_u8(block, vdupq_n_u8(' ')), vcgeq_u8(block, vdupq_n_u8(0x80))),
            vorrq_u8(vceqq_u8(block, vdupq_n_u8('"')), vceqq_u8(block, vdupq_n_u8('\\'))));
        if (vmaxvq_u8(special) != 0)
            break;
    }
#endif
    for (; place < count; place += 1) {
        const uint8_t byte = bytes[place];
        if (byte < ' ' || byte >= 0x80 || byte == '"' || byte == '\\')
            break;
    }
    return place;
}

/// The number of spaces at the start.
static inline size_t cscan_spaces(const uint8_t *_Nonnull bytes, size_t count)
{
    size_t place = 0;
    while (place < count && bytes[place] == ' ')
        place += 1;
    return place;
}

/// The place of the first occurrence of the `length` bytes at `word` among the `count` bytes at `bytes`;
/// `count` if there is none.
size_t cscan_find_word(const uint8_t *_Nonnull bytes, size_t count, const uint8_t *_Nonnull word,
                       size_t length);

/// Decodes a valid JSON string, or the strings of a valid flat array one after the other, and gives the number of
/// bytes written; `cscan_not_decoded` for one with `\u` in it and for an array with anything but strings.
///
/// The value is the first `length` of the `count` bytes. It is at most as long without its escapes; `out` has room
/// for its length and `cscan_decode_slack` more bytes. Where the bytes are no such value any more, because a mapped file
/// was changed, it is not decoded, and nothing beyond that room is written.
ptrdiff_t cscan_decode(uint8_t *_Nonnull out, const uint8_t *_Nonnull bytes, size_t length, size_t count);

enum { cscan_not_decoded = -1, cscan_decode_slack = 64 };

/// What is told of a text in one go; may err on the side of more.
typedef struct {
    /// Three quotes stand in a row.
    bool has_triple_quotes;
    /// Something stands there that may be part of a cell marker: `%%`, `<co` or `In[`.
    bool has_marker_signs;
    /// One of `%`, `!` and `?` stands there, as in nearly all commands to a kernel.
    bool has_magic_signs;
    bool has_non_ascii;
    /// There are bytes of surrogates, which are not UTF-8.
    bool has_surrogates;
    size_t line_feeds;
} cscan_traits;

cscan_traits cscan_traits_of(const uint8_t *_Nonnull bytes, size_t count);

/// The start of the first line that may be a command to a Python kernel, from the line at `place` on: with `%`, `!`
/// or `?` in it, with `#` at its start or with a word of two to five bytes that begins with a letter of one of the
/// shell's; `count` if there is none.
size_t cscan_find_magic_line(const uint8_t *_Nonnull bytes, size_t count, size_t place);

/// Writes every line as a comment, ended by LF, and gives the number of bytes written: at most
/// `count + (line feeds + 1) * (before_count + after_count + 2)`.
///
/// `before` stands before a line with a space between, unless the line is empty; `after` stands right behind it.
size_t cscan_comment_lines(uint8_t *_Nonnull out, const uint8_t *_Nonnull bytes, size_t count,
                           const uint8_t *_Nonnull before, size_t before_count,
                           const uint8_t *_Nonnull after, size_t after_count);

/// The place of the first `%`, `!` or `?`; `count` if there is none.
static inline size_t cscan_find_magic_sign(const uint8_t *_Nonnull bytes, size_t count)
{
    size_t place = 0;
#if defined(__SSE2__)
    for (; place + 16 <= count; place += 16) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + place));
        const __m128i found = _mm_or_si128(
            _mm_cmpeq_epi8(block, _mm_set1_epi8('%')),
            _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('!')),
                         _mm_cmpeq_epi8(block, _mm_set1_epi8('?'))));
        const unsigned mask = (unsigned)_mm_movemask_epi8(found);
        if (mask != 0)
            return place + (size_t)__builtin_ctz(mask);
    }
#endif
    while (place < count && bytes[place] != '%' && bytes[place] != '!' && bytes[place] != '?')
        place += 1;
    return place;
}
