/* How the numbers of one column are written: "1,250" is twelve hundred and fifty beside "3,000,000", and one
   and a quarter beside "1,5". */
#ifndef SG_READ_NUMBER_STYLE_H
#define SG_READ_NUMBER_STYLE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/context.h"
#include "read/number_text.h"

/* What the texts looked at so far say; all zero at first. */
struct sg_number_style {
    size_t decimal_commas, decimal_points;     /* texts whose mark can only be a decimal mark */
    size_t thousands_commas, thousands_points; /* texts whose mark can only part thousands */
    size_t open_count;                         /* texts that can be read both ways: "1,250", "1.250" */
    char clear[24], open[24];                  /* the first text with a decimal comma, the first open one */
};

/* Looks at one more text of the column; what is no number says nothing. */
void sg_number_style_look(struct sg_number_style *style, const char *text);

/* A number of the column; like sg_number_from_text(), but where some texts have decimal commas and none says
   otherwise, all have. NULL: nothing is known of the column. */
enum sg_number_text sg_number_from_styled_text(const struct sg_number_style *style, const char *text,
                                               double *ret_number);

/* Do the texts contradict each other, so that those that can be read both ways were read each for itself?
   Then a sentence on it, without the file's name; free with sg_free(), NULL when out of memory. */
bool sg_number_style_is_doubtful(const struct sg_number_style *style);
char *sg_number_style_doubt(const struct sg_number_style *style, const char *column);

/* Says of a column that it has decimal commas, or warns where it is doubtful. */
enum sg_status sg_number_style_tell(struct sg_context *context, const struct sg_number_style *style,
                                    const char *path, const char *column);

/* What to do about a doubt. */
#define SG_NUMBER_STYLE_HINT "write all of its numbers one way, without marks between thousands"

#endif
