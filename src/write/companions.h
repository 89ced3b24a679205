/* Files that tell of a folder's last run, whatever its layers are called. */
#ifndef SG_WRITE_COMPANIONS_H
#define SG_WRITE_COMPANIONS_H

#include <stdbool.h>

/* May a file of that name in the folder be replaced without being asked for? provenance.json, rejected.csv
   and unreached.csv may, since nobody names them, where an earlier run has written them; another's may not.
 */
bool sg_companion_gives_way(const char *folder, const char *name);

#endif
