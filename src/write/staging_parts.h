/* What the parts of staging share; private to it. */
#ifndef SG_WRITE_STAGING_PARTS_H
#define SG_WRITE_STAGING_PARTS_H

#include <stdbool.h>
#include <stddef.h>

/* Names of staging folders begin so, and six characters follow. */
#define SG_STAGING_PREFIX ".servicegap-"

/* In a staging folder: the files that are complete and to be put in place, a line each with its inode number.
   It is renamed to this name only when it is whole: from then on the new files are the ones that count. */
#define SG_STAGING_JOURNAL ".journal"

struct sg_staged_file {
    char *name;
    unsigned long long inode; /* of the new file */
    bool is_in_place, had_one_before;
};

struct sg_staged_files {
    struct sg_staged_file *items;
    size_t count, capacity;
};

void sg_staged_files_release(struct sg_staged_files *files);

/* Writes the journal of the files; false with errno. folder: an open directory. */
bool sg_staging_journal_write(int folder, const struct sg_staged_files *files);

/* Reads it. False when there is none, or it cannot be read. */
bool sg_staging_journal_read(int folder, struct sg_staged_files *files);

/* Puts the files from the folder into the directory, each in one step; those that were there before change
   places with them. False with errno at the first that fails. */
bool sg_staging_put(int folder, int directory, struct sg_staged_files *files);

/* Takes back what sg_staging_put() did. */
void sg_staging_take_back(int folder, int directory, struct sg_staged_files *files);

/* Removes the files in the folder and the folder, which stands in the directory. */
void sg_staging_remove(int directory, const char *name);

/* Opens a staging folder and marks it as in use for as long as it is open; -1 when it is in use already, is
   no folder of this user's, or cannot be. */
int sg_staging_lock(int directory, const char *name);

/* What runs that were killed left in the directory: files that were complete are put in place (*ret_finished
   counts the runs), the rest is removed. */
void sg_staging_recover(int directory, size_t *ret_finished);

#endif
