/* Blocks of 64 bytes, and masks with a bit for each of their bytes.
 *
 * Plain C for clang's vectors: the compiler makes the best of them for the processor that a function is for, SSE2,
 * AVX2, AVX-512 or NEON. What works on blocks is inlined into one function for each; see ON_VECTORS.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && __has_include(<sys/platform/x86.h>)
#include <sys/platform/x86.h>
#define HAS_LEVELS 1
#endif

#pragma clang diagnostic ignored "-Wpsabi" /* No block is passed to a function that is not inlined. */
typedef uint8_t block __attribute__((ext_vector_type(64)));
typedef int8_t signed_block __attribute__((ext_vector_type(64)));
typedef bool block_bits __attribute__((ext_vector_type(64)));
#define INLINE static inline __attribute__((always_inline))

INLINE uint64_t bits(block_bits set)
{
    uint64_t mask;
    memcpy(&mask, &set, sizeof mask);
    return mask;
}

INLINE signed_block as_signed(block bytes) { return (signed_block)bytes; }

/// A bit for every byte of a block for which the condition holds.
#define MASK(condition) bits(__builtin_convertvector((condition), block_bits))

/// The first bytes as a block; what is missing to 64 is filled up with spaces.
INLINE block load(const uint8_t *bytes, size_t count)
{
    block loaded;
    /* A length that the compiler knows is one instruction, another one a call. */
    if (count >= sizeof loaded) {
        memcpy(&loaded, bytes, sizeof loaded);
        return loaded;
    }
    loaded = ' ';
    memcpy(&loaded, bytes, count);
    return loaded;
}

/* Defines a function `name` that calls the inlined function `body` in the version for this processor. The C library
 * knows the processor already; asking it is slow in a virtual machine, which answers in its place. */
#if defined(HAS_LEVELS)
#define ON_VECTORS(type, name, body, parameters, arguments)                                                            \
    __attribute__((target("avx2,bmi"))) static type name##_avx2 parameters { return body arguments; }                  \
    __attribute__((target("avx512bw,bmi"))) static type name##_avx512 parameters { return body arguments; }            \
    type name parameters                                                                                               \
    {                                                                                                                  \
        if (x86_cpu_active(x86_cpu_AVX512BW))                                                                          \
            return name##_avx512 arguments;                                                                            \
        if (x86_cpu_active(x86_cpu_AVX2))                                                                              \
            return name##_avx2 arguments;                                                                              \
        return body arguments;                                                                                         \
    }
#else
#define ON_VECTORS(type, name, body, parameters, arguments)                                                            \
    type name parameters { return body arguments; }
#endif
