/* What the fuzz targets share: a context that keeps quiet, and the input as a file. */
#ifndef SG_TESTS_FUZZ_H
#define SG_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "core/context.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* A context without listeners, one thread; GDAL's own messages are silenced. */
struct sg_context *fuzz_context_new(void);

/* Writes the bytes to a file of that name ("in.csv") in a folder of this process, and answers its path: good
   until the next call. The folder goes when the process ends. */
const char *fuzz_file(const char *name, const uint8_t *bytes, size_t length);

#endif
