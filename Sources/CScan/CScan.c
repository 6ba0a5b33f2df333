#define _GNU_SOURCE
#include "CScan.h"
#include "Vectors.h"

size_t cscan_find_last_byte(const uint8_t *bytes, size_t count, uint8_t byte)
{
    const uint8_t *found = memrchr(bytes, byte, count);
    return found ? (size_t)(found - bytes) : count;
}

size_t cscan_find_word(const uint8_t *bytes, size_t count, const uint8_t *word, size_t length)
{
    const uint8_t *found = memmem(bytes, count, word, length);
    return found ? (size_t)(found - bytes) : count;
}

/// The character that a backslash and the sign behind it mean.
INLINE uint8_t unescaped(uint8_t sign)
{
    switch (sign) {
        case 'b': return '\b';
        case 'f': return '\f';
        case 'n': return '\n';
        case 'r': return '\r';
        case 't': return '\t';
        default: return sign;
    }
}

/// The first byte from `place` on that is neither white space nor a comma; `count` or more where there is none.
INLINE size_t behind_separator(const uint8_t *bytes, size_t place, size_t count)
{
    while (place < count) {
        const block block = load(bytes + place, count - place);
        const uint64_t others =
            ~MASK((block == ' ') | (block == ',') | (block == '\n') | (block == '\r') | (block == '\t'));
        if (others != 0)
            return place + (size_t)__builtin_ctzll(others);
        place += sizeof block;
    }
    return place;
}

INLINE ptrdiff_t decode(uint8_t *out, const uint8_t *bytes, size_t length, size_t count)
{
    const bool is_list = bytes[0] == '[';
    uint8_t *next = out;
    size_t place = is_list;
    /* What stood before the last string, up to its quote: lines of a file are separated alike. */
    block separator = 0;
    uint64_t separator_bits = 0;
    do {
        if (is_list) {
            const block block = load(bytes + place, count - place);
            if (separator_bits != 0 && (~MASK(block == separator) & separator_bits) == 0) {
                place += (size_t)__builtin_popcountll(separator_bits) - 1;
            } else {
                const size_t behind = behind_separator(bytes, place, count);
                separator = block;
                separator_bits = behind - place < 63 ? (2ull << (behind - place)) - 1 : 0;
                place = behind;
            }
        }
        if (place >= length)
            return cscan_not_decoded;
        if (bytes[place] == ']')
            break;
        if (bytes[place] != '"')
            return cscan_not_decoded;
        place += 1;
        while (true) {
            if (place >= length)
                return cscan_not_decoded;
            /* Copied before it is known how much of it counts. */
            const block block = load(bytes + place, count - place);
            memcpy(next, &block, sizeof block);
            const uint64_t signs = MASK((block == '"') | (block == '\\'));
            const size_t plain = signs ? (size_t)__builtin_ctzll(signs) : sizeof block;
            next += plain;
            place += plain;
            if (signs == 0)
                continue;
            if (bytes[place] == '"')
                break;
            if (place + 1 >= length || bytes[place + 1] == 'u')
                return cscan_not_decoded;
            *next++ = unescaped(bytes[place + 1]);
            place += 2;
            if (place < length && bytes[place] == '"')
                break;
        }
        place += 1;
    } while (is_list);
    return next - out;
}

ON_VECTORS(ptrdiff_t, cscan_decode, decode, (uint8_t *out, const uint8_t *bytes, size_t length, size_t count),
           (out, bytes, length, count))

/// The bytes that are equal to `sign`, as a block.
#define AT(sign) MASK(block == (sign))

INLINE cscan_traits traits(const uint8_t *bytes, size_t count)
{
    cscan_traits traits = {0};
    uint64_t triples = 0, markers = 0, magics = 0, surrogates = 0;
    /* What the last two bytes of the last block were. */
    uint64_t quotes = 0, percents = 0, openings = 0, letters = 0, leads = 0;
    for (size_t place = 0; place < count; place += sizeof(block)) {
        const block block = load(bytes + place, count - place);
#define BEFORE(mask, last) (mask << 1 | last >> 63)
#define TWO_BEFORE(mask, last) (mask << 2 | last >> 62)
        /* Quotes of both kinds in a row count as equal ones. */
        uint64_t now = MASK((block == '"') | (block == '\''));
        if ((now | quotes) != 0) {
            triples |= now & BEFORE(now, quotes) & TWO_BEFORE(now, quotes);
            quotes = now;
        }
        now = MASK((block == '%') | (block == '!') | (block == '?'));
        if ((now | percents) != 0) {
            magics |= now;
            now = AT('%');
            markers |= now & BEFORE(now, percents);
            percents = now;
        }
        now = MASK((block == '<') | (block == 'I'));
        if ((now | openings) != 0) {
            const uint64_t second = MASK((block == 'c') | (block == 'n'));
            markers |= MASK((block == 'o') | (block == '[')) & BEFORE(second, letters) & TWO_BEFORE(now, openings);
            letters = second;
            openings = now;
        }
        traits.line_feeds += (size_t)__builtin_popcountll(AT('\n'));
        now = MASK(as_signed(block) < 0);
        if ((now | leads) != 0) {
            traits.has_non_ascii = true;
            surrogates |= MASK(block >= 0xA0) & BEFORE(AT(0xED), leads);
            leads = AT(0xED);
        }
#undef BEFORE
#undef TWO_BEFORE
    }
    traits.has_triple_quotes = triples != 0;
    traits.has_marker_signs = markers != 0;
    traits.has_magic_signs = magics != 0;
    traits.has_surrogates = surrogates != 0;
    return traits;
}

ON_VECTORS(cscan_traits, cscan_traits_of, traits, (const uint8_t *bytes, size_t count), (bytes, count))

INLINE size_t magic_line(const uint8_t *bytes, size_t count, size_t place)
{
    /* The line that the block begins in, and whether it begins with the block. */
    size_t start = place;
    uint64_t begins = 1;
    for (; place < count; place += sizeof(block)) {
        const block block = load(bytes + place, count - place);
        const uint64_t feeds = AT('\n');
        const uint64_t begun = feeds << 1 | begins;
        uint64_t found = MASK((block == '%') | (block == '!') | (block == '?')) | (begun & AT('#'));
        /* A word of two to five letters ends at white space, or at what may be some; the end of the block may be one. */
        const uint64_t ends = MASK(as_signed(block) <= ' ');
        const uint64_t short_words = ends >> 2 | ends >> 3 | ends >> 4 | ends >> 5 | 0x1Full << 59;
        if ((begun & short_words) != 0)
            found |= begun & short_words &
                     MASK(((block >= 'c') & (block <= 'e')) | (block == 'l') | (block == 'm') | (block == 'r'));
        const uint64_t before = found == 0 ? feeds : feeds & ((found & -found) - 1);
        if (before != 0)
            start = place + sizeof(block) - (size_t)__builtin_clzll(before);
        if (found != 0)
            return start;
        begins = feeds >> 63;
    }
    return count;
}

ON_VECTORS(size_t, cscan_find_magic_line, magic_line, (const uint8_t *bytes, size_t count, size_t place),
           (bytes, count, place))

size_t cscan_comment_lines(uint8_t *out, const uint8_t *bytes, size_t count, const uint8_t *before, size_t before_count,
                           const uint8_t *after, size_t after_count)
{
    uint8_t *next = out;
    const uint8_t *const end = bytes + count;
    while (true) {
        const uint8_t *feed = memchr(bytes, '\n', (size_t)(end - bytes));
        const size_t length = (size_t)((feed ? feed : end) - bytes);
        next = mempcpy(next, before, before_count);
        if (length > 0) {
            *next++ = ' ';
            next = mempcpy(next, bytes, length);
        }
        next = mempcpy(next, after, after_count);
        *next++ = '\n';
        if (!feed)
            return (size_t)(next - out);
        bytes = feed + 1;
    }
}
