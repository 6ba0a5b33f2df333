#define _GNU_SOURCE
#include "CScan.h"

size_t cscan_find_word(const uint8_t *bytes, size_t count, const uint8_t *word, size_t length)
{
    const uint8_t *found = memmem(bytes, count, word, length);
    return found ? (size_t)(found - bytes) : count;
}

static unsigned traits_at(const uint8_t *bytes, size_t left)
{
    unsigned traits = 0;
    const uint8_t first = bytes[0];
    if (left >= 3 && (first == '"' || first == '\'') && bytes[1] == first && bytes[2] == first)
        traits |= CSCAN_TRIPLE_QUOTES;
    if (left >= 2 && ((first == '%' && bytes[1] == '%') || (first == '<' && bytes[1] == 'c') ||
                      (first == 'I' && bytes[1] == 'n')))
        traits |= CSCAN_MARKER_SIGNS;
    return traits;
}

unsigned cscan_cell_traits(const uint8_t *bytes, size_t count)
{
    unsigned traits = 0;
    size_t place = 0;
#if defined(__SSE2__)
#define EQUAL(block, sign) _mm_cmpeq_epi8(block, _mm_set1_epi8(sign))
    __m128i triple = _mm_setzero_si128();
    __m128i marker = _mm_setzero_si128();
    for (; place + 18 <= count; place += 16) {
        const __m128i first = _mm_loadu_si128((const __m128i *)(bytes + place));
        const __m128i second = _mm_loadu_si128((const __m128i *)(bytes + place + 1));
        const __m128i third = _mm_loadu_si128((const __m128i *)(bytes + place + 2));
        const __m128i same = _mm_and_si128(_mm_cmpeq_epi8(first, second), _mm_cmpeq_epi8(second, third));
        triple = _mm_or_si128(
            triple, _mm_and_si128(same, _mm_or_si128(EQUAL(first, '"'), EQUAL(first, '\''))));
        marker = _mm_or_si128(marker, _mm_and_si128(EQUAL(first, '%'), EQUAL(second, '%')));
        marker = _mm_or_si128(marker, _mm_and_si128(EQUAL(first, '<'), EQUAL(second, 'c')));
        marker = _mm_or_si128(marker, _mm_and_si128(EQUAL(first, 'I'), EQUAL(second, 'n')));
    }
#undef EQUAL
    if (_mm_movemask_epi8(triple) != 0)
        traits |= CSCAN_TRIPLE_QUOTES;
    if (_mm_movemask_epi8(marker) != 0)
        traits |= CSCAN_MARKER_SIGNS;
#endif
    for (; place < count; place += 1)
        traits |= traits_at(bytes + place, count - place);
    return traits;
}
