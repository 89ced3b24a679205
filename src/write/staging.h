/* Files that appear only when they are complete: written in a folder beside their target, renamed at the end.
 */
#ifndef SG_WRITE_STAGING_H
#define SG_WRITE_STAGING_H

#include <stdbool.h>

#include "core/context.h"

struct sg_staging;

/* A staging folder inside the directory, which is made if it is not there. What killed runs left in the
   directory is put in order first: files that were complete and on their way are put in place, others are
   removed. may_replace: existing files may be replaced. Free with sg_staging_free(), which removes what was
   not committed. */
enum sg_status sg_staging_new(struct sg_context *context, const char *directory, bool may_replace,
                              struct sg_staging **ret_staging);
void sg_staging_free(struct sg_staging *staging);

const char *sg_staging_directory(const struct sg_staging *staging);

/* The file is an input of the run: it is never replaced, not even with --overwrite. A path that is no file is
   passed over. False when out of memory. */
bool sg_staging_protect(struct sg_staging *staging, const char *path);

/* Is a file of that name in the way? An error that names --overwrite. Asked before long work begins.
   provenance.json, rejected.csv and unreached.csv, which tell of the directory's last run, may be replaced
   where this program has written them. */
enum sg_status sg_staging_check(struct sg_staging *staging, const char *name);

/* Where to write the file that will be called name; free with sg_free(). NULL when out of memory. */
char *sg_staging_path(const struct sg_staging *staging, const char *name);

/* Flushes every file written so far to the disk and puts each under its final name, all together: after a
   failure the previous files are as they were, after a kill the next run in the directory finishes. Links in
   the directory are replaced, not followed. */
enum sg_status sg_staging_commit(struct sg_staging *staging);

#endif
