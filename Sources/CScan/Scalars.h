/* Numbers and words of JSON, byte by byte. */
#pragma once

#include "CScanIndex.h"

#include <string.h>

static bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

static bool ends_scalar(uint8_t byte)
{
    switch (byte) {
        case ' ': case '\n': case '\r': case '\t': case ',': case ':': case '"':
        case '[': case ']': case '{': case '}': return true;
        default: return false;
    }
}

static size_t behind_digits(const uint8_t *bytes, size_t place, size_t count)
{
    while (place < count && is_digit(bytes[place]))
        place += 1;
    return place;
}

/// The length of the number at the start of `bytes`, of which there is one at least; 0 when there is none.
static size_t number_length(const uint8_t *bytes, size_t count)
{
    size_t place = bytes[0] == '-';
    if (place == count || !is_digit(bytes[place]))
        return 0;
    place = bytes[place] == '0' ? place + 1 : behind_digits(bytes, place, count);
    if (place < count && bytes[place] == '.') {
        const size_t start = place + 1;
        place = behind_digits(bytes, start, count);
        if (place == start)
            return 0;
    }
    if (place < count && (bytes[place] | 0x20) == 'e') {
        size_t start = place + 1;
        start += start < count && (bytes[start] == '+' || bytes[start] == '-');
        place = behind_digits(bytes, start, count);
        if (place == start)
            return 0;
    }
    return place;
}

/// The length of the number or word of JSON at the start of `bytes`, of which there is one at least; 0 unless one is
/// there that ends before white space, an operator or a quote.
static size_t scalar_length(const uint8_t *bytes, size_t count, cscan_kind *kind)
{
    static const struct {
        const char *text;
        cscan_kind kind;
    } words[] = {{"null", CSCAN_NULL},  {"true", CSCAN_BOOL},       {"false", CSCAN_BOOL},
                 {"NaN", CSCAN_NUMBER}, {"Infinity", CSCAN_NUMBER}, {"-Infinity", CSCAN_NUMBER}};
    *kind = CSCAN_NUMBER;
    size_t length = number_length(bytes, count);
    for (size_t index = 0; length == 0 && index < sizeof words / sizeof *words; index += 1) {
        const size_t word_length = strlen(words[index].text);
        if (word_length <= count && memcmp(bytes, words[index].text, word_length) == 0) {
            *kind = words[index].kind;
            length = word_length;
        }
    }
    return length == count || (length < count && ends_scalar(bytes[length])) ? length : 0;
}
