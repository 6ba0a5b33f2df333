/* Searches in bytes that Swift has no fast words for; see docs/decisions. */
#pragma once

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

enum {
    /// Three equal quotes stand in a row.
    CSCAN_TRIPLE_QUOTES = 1,
    /// Something stands there that may be part of a cell marker: `%%`, `<c` or `In`.
    CSCAN_MARKER_SIGNS = 2,
};

/// What of the above is found among the bytes; the answer may only err on the side of more.
unsigned cscan_cell_traits(const uint8_t *_Nonnull bytes, size_t count);

/// Whether one of `%`, `!` and `?` stands among the bytes.
static inline int cscan_has_magic_sign(const uint8_t *_Nonnull bytes, size_t count)
{
    size_t place = 0;
#if defined(__SSE2__)
    for (; place + 16 <= count; place += 16) {
        const __m128i block = _mm_loadu_si128((const __m128i *)(bytes + place));
        const __m128i found = _mm_or_si128(
            _mm_cmpeq_epi8(block, _mm_set1_epi8('%')),
            _mm_or_si128(_mm_cmpeq_epi8(block, _mm_set1_epi8('!')),
                         _mm_cmpeq_epi8(block, _mm_set1_epi8('?'))));
        if (_mm_movemask_epi8(found) != 0)
            return 1;
    }
#endif
    for (; place < count; place += 1)
        if (bytes[place] == '%' || bytes[place] == '!' || bytes[place] == '?')
            return 1;
    return 0;
}
