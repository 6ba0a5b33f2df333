#ifndef SIMDJSON_PEER_H
#define SIMDJSON_PEER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A notebook in memory and a parser that is used again and again, as simdjson recommends.
typedef struct SimdjsonNotebook SimdjsonNotebook;

/// Copies the bytes of a notebook to where simdjson may read beyond their end.
SimdjsonNotebook *simdjson_notebook(const uint8_t *bytes, size_t count);

/// Puts the sources of all cells one after the other, unescaped, into memory that is used again.
/// Returns their length in bytes, or -1 when the notebook is not as expected.
long simdjson_extract_sources(SimdjsonNotebook *notebook);

/// Version and kernel: `3.0.1 (haswell)`.
const char *simdjson_description(void);

#ifdef __cplusplus
}
#endif

#endif
