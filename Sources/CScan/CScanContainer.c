#include "CScanContainer.h"

#include "Vectors.h"

/* As in simdjson (Langdale and Lemire, "Parsing Gigabytes of JSON per Second", 2019), every block of 64 bytes is
 * turned into masks, and most rules are a few operations on these:
 *
 *     bytes      {"a": ["x\"y", 12]}
 *     quotes      1 1   1    1            but for escaped ones
 *     inside      11    11111             from the opening quote up to the closing one
 *     operators  1   1 1      1   11      outside of strings
 *     starts     11    11       1         of values and keys: opening quotes and brackets, numbers, words
 *     expected   11    11       1         behind  { [ , :  and white space, and at the very start
 */

/// The bytes that a backslash escapes, given where the backslashes stand.
INLINE uint64_t escaped_bytes(uint64_t backslashes, uint64_t *carry)
{
    if (backslashes == 0) {
        const uint64_t escaped = *carry;
        *carry = 0;
        return escaped;
    }
    /* A subtraction runs through rows of backslashes, so that every second one of a row is found. */
    const uint64_t odd = 0xAAAAAAAAAAAAAAAA;
    const uint64_t starts = backslashes & ~*carry;
    const uint64_t codes = (((starts << 1) | odd) - starts) ^ odd;
    const uint64_t escaped = codes ^ (backslashes | *carry);
    *carry = (codes & backslashes) >> 63;
    return escaped;
}

/// A bit for every byte behind an odd number of set bits, its own included.
INLINE uint64_t odd_prefix(uint64_t mask)
{
    for (int shift = 1; shift < 64; shift *= 2)
        mask ^= mask << shift;
    return mask;
}

/// The first byte that is not white space behind each of `places`, or at it; carries on to the next block.
INLINE uint64_t next_significant(uint64_t places, uint64_t space, uint64_t *carry)
{
    const uint64_t from = (places << 1) | *carry;
    uint64_t behind;
    /* An addition runs through the white space. */
    const uint64_t overflow = __builtin_add_overflow(from & space, space, &behind);
    *carry = overflow | places >> 63;
    return (from | behind) & ~space;
}

INLINE uint64_t wrong_escapes(block bytes, uint64_t escaped, uint64_t *digits)
{
    const uint64_t unicode = escaped & MASK(bytes == 'u');
    const uint64_t simple =
        MASK((bytes == '"') | (bytes == '\\') | (bytes == '/') | (bytes == 'b') | (bytes == 'f') |
             (bytes == 'n') | (bytes == 'r') | (bytes == 't'));
    uint64_t wrong = escaped & ~(simple | unicode);
    if ((unicode | *digits) != 0) {
        const block lower = bytes | 0x20;
        const uint64_t hexadecimal = MASK(((bytes >= '0') & (bytes <= '9')) | ((lower >= 'a') & (lower <= 'f')));
        const uint64_t needed = unicode << 1 | unicode << 2 | unicode << 3 | unicode << 4 | *digits;
        wrong |= needed & ~hexadecimal;
        *digits = unicode >> 63 | unicode >> 62 | unicode >> 61 | unicode >> 60;
    }
    return wrong;
}

/// The bytes that are no well-formed UTF-8 (Unicode 15, table 3-7).
INLINE uint64_t wrong_utf8(block bytes, uint8_t last, uint64_t *continuation)
{
    const uint64_t four = MASK(bytes >= 0xF0);
    const uint64_t three = MASK(bytes >= 0xE0);
    const uint64_t two = MASK(bytes >= 0xC0);
    const uint64_t expected = two << 1 | three << 2 | four << 3 | *continuation;
    *continuation = two >> 63 | three >> 62 | four >> 61;
#define BEHIND(byte) (MASK(bytes == (byte)) << 1 | (last == (byte)))
    const uint64_t low = MASK(bytes < 0xA0);
    const uint64_t lowest = MASK(bytes < 0x90);
    return (expected ^ (MASK(bytes >= 0x80) & ~two)) | MASK((bytes == 0xC0) | (bytes == 0xC1) | (bytes >= 0xF5)) |
           (BEHIND(0xE0) & low) | (BEHIND(0xED) & ~low) | (BEHIND(0xF0) & lowest) | (BEHIND(0xF4) & ~lowest);
#undef BEHIND
}

static bool is_digit(uint8_t byte) { return byte >= '0' && byte <= '9'; }

/// Whether `bytes` begin with a number or a word of JSON that ends before white space, an operator or a quote.
static bool is_scalar(const uint8_t *bytes, size_t count)
{
    /* Longer ones are left to the scanner. */
    enum { longest = 40 };
    uint8_t token[longest + 1] = {0};
    size_t length = 0;
    while (length < count && !memchr(" \n\r\t{}[]:,\"", bytes[length], 11)) {
        if (length == longest)
            return false;
        token[length] = bytes[length];
        length += 1;
    }
    const uint8_t *sign = token + (token[0] == '-');
    if (is_digit(*sign)) {
        const uint8_t *next = sign + 1;
        if (*sign != '0')
            while (is_digit(*next))
                next += 1;
        if (*next == '.') {
            next += 1;
            if (!is_digit(*next))
                return false;
            while (is_digit(*next))
                next += 1;
        }
        if ((*next | 0x20) == 'e') {
            next += 1;
            if (*next == '+' || *next == '-')
                next += 1;
            if (!is_digit(*next))
                return false;
            while (is_digit(*next))
                next += 1;
        }
        return next == token + length;
    }
    const char *words[] = {"true", "false", "null", "NaN", "Infinity", "-Infinity"};
    for (size_t index = 0; index < sizeof words / sizeof *words; index += 1)
        if (length == strlen(words[index]) && memcmp(token, words[index], length) == 0)
            return true;
    return false;
}

/// Whether a string goes on behind these bytes, and there is nothing to check in them.
INLINE bool is_plain(block bytes)
{
    /* With a sign, everything from 0x80 on is less than a space, too. */
    return MASK((bytes == '"') | (bytes == '\\') | (as_signed(bytes) < 0x20)) == 0;
}

INLINE size_t check(cscan_container *container, const uint8_t *bytes, size_t most, size_t count, uint32_t deepest)
{
    /* A copy that stays in registers. */
    cscan_container state = *container;
    size_t place = 0;
    state.verdict = CSCAN_DOUBTFUL;
    for (; place < most && place < count; place += sizeof(block)) {
        if (state.string && !(state.escape | state.digits | state.continuation)) {
            const size_t whole = (most < count ? most : count) & ~(sizeof(block) - 1);
            while (place < whole && is_plain(load(bytes + place, sizeof(block))))
                place += sizeof(block);
            if (place >= most)
                break;
        }
        const block block = load(bytes + place, count - place);
        const uint64_t backslashes = MASK(block == '\\');
        const uint64_t escaped = escaped_bytes(backslashes, &state.escape);
        const uint64_t quotes = MASK(block == '"') & ~escaped;
        const uint64_t inside = odd_prefix(quotes) ^ state.string;
        state.string = (uint64_t)((int64_t)inside >> 63);

        const uint64_t space =
            MASK((block == ' ') | (block == '\n') | (block == '\r') | (block == '\t')) & ~inside;
        const uint64_t openings = MASK((block | 0x20) == '{') & ~inside;
        const uint64_t closings = MASK((block | 0x20) == '}') & ~inside;
        const uint64_t colons = MASK(block == ':') & ~inside;
        const uint64_t commas = MASK(block == ',') & ~inside;
        const uint64_t operators = openings | closings | colons | commas;
        const uint64_t rest = ~(inside | quotes | space | operators);
        const uint64_t scalars = rest & ~(rest << 1 | state.scalar);
        state.scalar = rest >> 63;

        uint64_t wrong = MASK(block < 0x20) & inside;
        if ((escaped | state.digits) != 0)
            wrong |= wrong_escapes(block, escaped & inside, &state.digits);
        if ((MASK(as_signed(block) < 0) | state.continuation) != 0)
            wrong |= wrong_utf8(block, state.last, &state.continuation);
        state.last = block[sizeof(block) - 1];

        const uint64_t starts = (quotes & inside) | openings | scalars;
        const uint64_t expected = next_significant(openings | colons | commas, space, &state.expects_value);
        const uint64_t empty = closings & next_significant(openings, space, &state.empty_object);
        wrong |= (starts ^ expected) & ~empty;
        for (uint64_t left = scalars; left != 0; left &= left - 1) {
            const size_t index = (size_t)__builtin_ctzll(left);
            if (place + index < count && !is_scalar(bytes + place + index, count - place - index))
                wrong |= 1ull << index;
        }

        /* Commas between the elements of an array need no walk. */
        const bool has_levels = state.is_object || (openings | closings | colons) != 0;
        for (uint64_t left = has_levels ? operators | scalars : 0; left != 0; left &= left - 1) {
            const uint64_t bit = left & -left;
            const bool is_key = state.is_object && state.expects_key;
            if (bit & openings) {
                if (is_key || state.depth >= deepest || state.depth >= CSCAN_DEEPEST)
                    goto end;
                const uint64_t level = 1ull << state.depth % 64;
                uint64_t *levels = &state.levels[state.depth / 64];
                *levels = state.is_object ? *levels | level : *levels & ~level;
                state.depth += 1;
                state.is_object = bytes[place + (size_t)__builtin_ctzll(bit)] == '{';
                state.expects_key = state.is_object;
            } else if (bit & closings) {
                const bool closes_object = bytes[place + (size_t)__builtin_ctzll(bit)] == '}';
                if (closes_object != state.is_object || (is_key && !(bit & empty)))
                    goto end;
                state.depth -= 1;
                state.is_object = state.levels[state.depth / 64] >> state.depth % 64 & 1;
                state.expects_key = false;
                if (state.depth == 0) {
                    if ((wrong & (bit | (bit - 1))) == 0)
                        state.verdict = CSCAN_CLOSED;
                    place += (size_t)__builtin_ctzll(bit) + 1;
                    goto end;
                }
            } else if (bit & colons) {
                if (!is_key)
                    goto end;
                state.expects_key = false;
            } else if (is_key) {
                /* A number or a word where a key should be, or a comma behind a key. */
                goto end;
            } else if (bit & commas) {
                state.expects_key = state.is_object;
            }
        }
        if (wrong != 0)
            goto end;
    }
    if (place < count)
        state.verdict = CSCAN_OPEN;
end:
    *container = state;
    return place;
}

ON_VECTORS(size_t, cscan_check, check,
           (cscan_container *container, const uint8_t *bytes, size_t most, size_t count, uint32_t deepest),
           (container, bytes, most, count, deepest))
