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

/// What follows a backslash, and the character that both mean.
static uint8_t unescaped(uint8_t sign)
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

ptrdiff_t cscan_decode_strings(uint8_t *out, const uint8_t *bytes, size_t count)
{
    typedef uint8_t piece __attribute__((ext_vector_type(16)));
    typedef bool piece_bits __attribute__((ext_vector_type(16)));
    uint8_t *next = out;
    bool is_inside = false;
    /* The first and the last byte are the brackets. */
    for (size_t place = 1; place + 1 < count; place += 1) {
        if (!is_inside) {
            is_inside = bytes[place] == '"';
            if (!is_inside && !memchr(", \n\r\t", bytes[place], 5))
                return cscan_not_decoded;
            continue;
        }
        /* Copies ahead; there is room, as nothing that is written is longer than what it stands for. */
        while (count - place >= sizeof(piece)) {
            piece piece;
            memcpy(&piece, bytes + place, sizeof piece);
            memcpy(next, &piece, sizeof piece);
            const piece_bits found = __builtin_convertvector((piece == '"') | (piece == '\\'), piece_bits);
            uint16_t mask;
            memcpy(&mask, &found, sizeof mask);
            const size_t plain = mask ? (size_t)__builtin_ctz(mask) : sizeof piece;
            next += plain;
            place += plain;
            if (mask)
                break;
        }
        if (bytes[place] == '"') {
            is_inside = false;
        } else if (bytes[place] != '\\') {
            *next++ = bytes[place];
        } else if (bytes[place + 1] == 'u') {
            return cscan_not_decoded;
        } else {
            place += 1;
            *next++ = unescaped(bytes[place]);
        }
    }
    return next - out;
}

/// The bytes that are equal to `sign`, as a block.
#define AT(sign) MASK(block == (sign))

INLINE cscan_traits traits(const uint8_t *bytes, size_t count)
{
    cscan_traits traits = {0};
    uint64_t triples = 0, markers = 0, magics = 0;
    /* What the last two bytes of the last block were. */
    uint64_t quotes = 0, apostrophes = 0, percents = 0, angles = 0, letters = 0;
    for (size_t place = 0; place < count; place += sizeof(block)) {
        const block block = load(bytes + place, count - place);
#define BEFORE(mask, sign) (mask << 1 | sign >> 63)
        uint64_t now = AT('"');
        triples |= now & BEFORE(now, quotes) & (now << 2 | quotes >> 62);
        quotes = now;
        now = AT('\'');
        triples |= now & BEFORE(now, apostrophes) & (now << 2 | apostrophes >> 62);
        apostrophes = now;
        now = AT('%');
        magics |= now;
        markers |= now & BEFORE(now, percents);
        percents = now;
        now = AT('<');
        markers |= AT('c') & BEFORE(now, angles);
        angles = now;
        now = AT('I');
        markers |= AT('n') & BEFORE(now, letters);
        letters = now;
#undef BEFORE
        magics |= MASK((block == '!') | (block == '?'));
        traits.has_non_ascii |= MASK(block >= 0x80) != 0;
        traits.line_feeds += (size_t)__builtin_popcountll(AT('\n'));
    }
    traits.has_triple_quotes = triples != 0;
    traits.has_marker_signs = markers != 0;
    traits.has_magic_signs = magics != 0;
    return traits;
}

ON_VECTORS(cscan_traits, cscan_traits_of, traits, (const uint8_t *bytes, size_t count), (bytes, count))

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
