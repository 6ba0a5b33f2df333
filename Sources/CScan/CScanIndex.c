#include "CScanIndex.h"

#include "Scalars.h"
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

/// The bytes that a backslash must not escape, and those that are no digits where `\u` needs them.
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

/// The bytes that are no well-formed UTF-8 (Unicode 15, table 3-7), given those that are not ASCII.
INLINE uint64_t wrong_utf8(block bytes, uint64_t high, uint8_t last, uint64_t *continuation)
{
    /* Signed comparisons are faster, and as good for those. */
    const uint64_t continuing = MASK(as_signed(bytes) < (int8_t)0xC0);
    const uint64_t two = high & ~continuing;
    const uint64_t three = high & MASK(as_signed(bytes) >= (int8_t)0xE0);
    const uint64_t four = high & MASK(as_signed(bytes) >= (int8_t)0xF0);
    const uint64_t expected = two << 1 | three << 2 | four << 3 | *continuation;
    *continuation = two >> 63 | three >> 62 | four >> 61;
    const uint64_t wrong = (expected ^ continuing) | MASK((bytes & 0xFE) == 0xC0);

    /* Behind these not every continuation is right. */
    const uint64_t strict = four | MASK((bytes == 0xE0) | (bytes == 0xED));
    if (strict == 0 && last < 0xE0)
        return wrong;
#define BEHIND(byte) (MASK(bytes == (byte)) << 1 | (last == (byte)))
    const uint64_t low = MASK(bytes < 0xA0);
    const uint64_t lowest = MASK(bytes < 0x90);
    return wrong | MASK(bytes >= 0xF5) | (BEHIND(0xE0) & low) | (BEHIND(0xED) & ~low) | (BEHIND(0xF0) & lowest) |
           (BEHIND(0xF4) & ~lowest);
#undef BEHIND
}

/// What ends or interrupts a string, and what must be looked at in it.
INLINE signed_block special_bytes(block bytes)
{
    /* With a sign, everything from 0x80 on is less than a space, too. */
    return (signed_block)((bytes == '"') | (bytes == '\\') | (as_signed(bytes) < 0x20));
}

/// The place behind the blocks from `place` on in which a string just goes on; whole blocks before `end` only.
INLINE size_t behind_plain_blocks(const uint8_t *bytes, size_t place, size_t end)
{
    for (; end - place >= 4 * sizeof(block); place += 4 * sizeof(block)) {
        const uint8_t *from = bytes + place;
        const signed_block special =
            special_bytes(load(from, sizeof(block))) | special_bytes(load(from + 64, sizeof(block))) |
            special_bytes(load(from + 128, sizeof(block))) | special_bytes(load(from + 192, sizeof(block)));
        if (MASK(special != 0) != 0)
            break;
    }
    while (end - place >= sizeof(block) && MASK(special_bytes(load(bytes + place, sizeof(block))) != 0) == 0)
        place += sizeof(block);
    return place;
}

INLINE void note(cscan_entry *entries, uint32_t number, size_t start, size_t end, cscan_kind kind)
{
    entries[number] = (cscan_entry){.start = start, .end = end, .next = number + 1, .kind = (uint8_t)kind};
}

/// Notes a part that is no string, if it is one of an array whose parts have no entries; its own is the last one then.
INLINE void note_other(const cscan_carry *state, uint32_t indexed_depth, cscan_entry *entries, uint32_t entry_count)
{
    if (state->depth == indexed_depth + 1 && !state->is_object)
        entries[entry_count - 1].has_others = true;
}

INLINE void go_on(cscan_index *index, const uint8_t *bytes, size_t count, size_t most, cscan_entry *entries,
                  size_t room)
{
    /* Copies that stay in registers. */
    cscan_carry state = index->carry;
    size_t place = index->place;
    uint32_t entry_count = index->entry_count;
    const uint32_t indexed_depth = index->indexed_depth;
    const size_t end = count - place > most ? place + most : count;
    cscan_verdict verdict = CSCAN_DOUBTFUL;
    /* Whether the last block was nothing but a part of a string, as with images; then more will follow. */
    bool is_plain = false;
    for (; place < end && room - entry_count >= CSCAN_LEAST_ROOM; place += sizeof(block)) {
        if (is_plain) {
            place = behind_plain_blocks(bytes, place, end);
            if (place >= end)
                break;
        }
        const block block = load(bytes + place, count - place);
        const uint64_t backslashes = MASK(block == '\\');
        const uint64_t escaped = escaped_bytes(backslashes, &state.escape);
        const uint64_t signs = MASK(block == '"');
        const uint64_t quotes = signs & ~escaped;
        const uint64_t inside = odd_prefix(quotes) ^ state.string;
        state.string = (uint64_t)((int64_t)inside >> 63);

        const uint64_t high = MASK(as_signed(block) < 0);
        uint64_t wrong = MASK(as_signed(block) < 0x20) & ~high & inside;
        /* Nearly all escapes are these two. */
        const uint64_t rare_escapes = escaped == 0 ? 0 : escaped & inside & ~(signs | MASK(block == 'n'));
        if ((rare_escapes | state.digits) != 0)
            wrong |= wrong_escapes(block, rare_escapes, &state.digits);
        if ((high | state.continuation) != 0)
            wrong |= wrong_utf8(block, high, state.last, &state.continuation);
        state.last = block[sizeof(block) - 1];
        is_plain = inside == ~0ull && (backslashes | high) == 0;

        const uint64_t space =
            MASK((block == ' ') | (block == '\n') | (block == '\r') | (block == '\t')) & ~inside;
        const uint64_t commas = MASK(block == ',') & ~inside;
        if ((inside | quotes | space | commas) == ~0ull && state.depth > indexed_depth && !state.is_object &&
            state.empty_object == 0) {
            /* Nothing but strings in a list, as with most of sources and outputs: no levels, no entries. */
            state.scalar = 0;
            wrong |= (quotes & inside) ^ next_significant(commas, space, &state.expects_value);
            if (wrong != 0)
                goto end;
            continue;
        }
        const uint64_t openings = MASK((block | 0x20) == '{') & ~inside;
        const uint64_t closings = MASK((block | 0x20) == '}') & ~inside;
        const uint64_t colons = MASK(block == ':') & ~inside;
        const uint64_t operators = openings | closings | colons | commas;
        const uint64_t rest = ~(inside | quotes | space | operators);
        const uint64_t scalars = rest & ~(rest << 1 | state.scalar);
        state.scalar = rest >> 63;

        const uint64_t starts = (quotes & inside) | openings | scalars;
        const uint64_t expected = next_significant(openings | colons | commas, space, &state.expects_value);
        const uint64_t empty = closings & next_significant(openings, space, &state.empty_object);
        wrong |= (starts ^ expected) & ~empty;
        for (uint64_t left = scalars; left != 0; left &= left - 1) {
            const size_t index = (size_t)__builtin_ctzll(left);
            cscan_kind kind;
            if (place + index < count && scalar_length(bytes + place + index, count - place - index, &kind) == 0)
                wrong |= 1ull << index;
        }

        /* Only where entries are made, quotes are of interest; only there and around objects, commas are. */
        const bool has_entries =
            (int)state.depth - __builtin_popcountll(closings) <= (int)indexed_depth;
        const bool has_levels = state.is_object || (openings | closings | colons) != 0;
        if (scalars != 0 && !has_levels)
            note_other(&state, indexed_depth, entries, entry_count);
        uint64_t left = has_entries ? operators | scalars | quotes : has_levels ? operators | scalars : 0;
        for (; left != 0; left &= left - 1) {
            const uint64_t bit = left & -left;
            const size_t start = place + (size_t)__builtin_ctzll(left);
            const bool has_entry = state.depth <= indexed_depth;
            const bool is_key = state.is_object && state.expects_key;
            if (bit & quotes) {
                if (has_entry && (bit & inside))
                    note(entries, entry_count++, start, start, CSCAN_STRING);
                else if (has_entry)
                    entries[entry_count - 1].end = start + 1;
            } else if (bit & openings) {
                if (is_key || state.depth >= index->deepest || state.depth >= CSCAN_DEEPEST)
                    goto end;
                const bool opens_object = bytes[start] == '{';
                note_other(&state, indexed_depth, entries, entry_count);
                if (has_entry) {
                    index->open[state.depth] = entry_count;
                    note(entries, entry_count++, start, start, opens_object ? CSCAN_OBJECT : CSCAN_ARRAY);
                    entries[entry_count - 1].is_indexed = state.depth < indexed_depth;
                }
                const uint64_t level = 1ull << state.depth % 64;
                uint64_t *levels = &index->levels[state.depth / 64];
                *levels = state.is_object ? *levels | level : *levels & ~level;
                state.depth += 1;
                state.is_object = opens_object;
                state.expects_key = opens_object;
            } else if (bit & closings) {
                if ((bytes[start] == '}') != state.is_object || (is_key && !(bit & empty)))
                    goto end;
                state.depth -= 1;
                state.is_object = index->levels[state.depth / 64] >> state.depth % 64 & 1;
                state.expects_key = false;
                if (state.depth <= indexed_depth) {
                    cscan_entry *closed = &entries[index->open[state.depth]];
                    closed->end = start + 1;
                    closed->next = entry_count;
                }
                if (state.depth == 0) {
                    if ((wrong & (bit | (bit - 1))) == 0)
                        verdict = CSCAN_CLOSED;
                    place = start + 1;
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
            } else if (has_entry) {
                cscan_kind kind;
                const size_t length = scalar_length(bytes + start, count - start, &kind);
                note(entries, entry_count++, start, start + length, kind);
            } else {
                note_other(&state, indexed_depth, entries, entry_count);
            }
        }
        if (wrong != 0)
            goto end;
    }
    if (place < count)
        verdict = CSCAN_OPEN;
end:
    index->carry = state;
    index->place = place;
    index->entry_count = entry_count;
    index->verdict = verdict;
}

ON_VECTORS(void, cscan_continue, go_on,
           (cscan_index *index, const uint8_t *bytes, size_t count, size_t most, cscan_entry *entries, size_t room),
           (index, bytes, count, most, entries, room))
