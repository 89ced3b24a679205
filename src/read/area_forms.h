/* The forms of an id's or a name's spelling by which tables and areas find each other. */
#ifndef SG_READ_AREA_FORMS_H
#define SG_READ_AREA_FORMS_H

#include <stdbool.h>

/* All forms of one text, in which typographic marks and spaces are plain ones (a curly apostrophe, a long
   dash, a no-break space). A form that it does not have is NULL. */
struct sg_area_forms {
    char *plain;   /* trimmed */
    char *whole;   /* small letters, no accents, single spaces */
    char *name;    /* of the whole, without a number in brackets at the end */
    char *number;  /* an id of digits without zeros that say nothing */
    char *bracket; /* the same of a number in brackets at the end: "Wychwood (94)" */
    char *front;   /* the same of a number before the name: "94 - Wychwood", "94. Wychwood", "94 Wychwood" */
    char *behind;  /* the name behind that number */
    bool has_mark; /* between the two there is more than a space */
    char *letters; /* of the name: letters and digits only, parted by _ */
};

/* False when out of memory; what was made is then still to be released. */
bool sg_area_forms_make(const char *text, struct sg_area_forms *forms);
void sg_area_forms_release(struct sg_area_forms *forms);

#endif
