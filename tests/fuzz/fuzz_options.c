/* A command line: the first byte chooses the command, then a word a line. */
#include <stdlib.h>
#include <string.h>

#include "cli/job_settings.h"
#include "fuzz.h"

enum { MOST_WORDS = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length) {
    if (length < 1)
        return 0;
    struct sg_context *context = fuzz_context_new();
    struct sg_settings settings = {0};
    struct sg_prepared_job prepared = {0};
    char *text = malloc(length);
    if (text == NULL)
        abort();
    memcpy(text, bytes + 1, length - 1);
    text[length - 1] = '\0';
    char *words[MOST_WORDS];
    int count = 0;
    for (char *word = strtok(text, "\n"); word != NULL && count < MOST_WORDS; word = strtok(NULL, "\n"))
        words[count++] = word;
    unsigned command = 1u << bytes[0] % 7;
    if (sg_arguments_read(context, count, words, command, &settings) == SG_OK)
        (void)sg_job_prepare(context, &settings, &prepared);
    sg_prepared_job_release(&prepared);
    sg_settings_release(&settings);
    free(text);
    sg_context_free(context);
    return 0;
}
