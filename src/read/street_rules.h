/* Who may travel on a street, and which way: from OpenStreetMap's tags, or the class a city's own layer
 * gives. */
#ifndef SG_READ_STREET_RULES_H
#define SG_READ_STREET_RULES_H

#include "model/street.h"

enum sg_street_use {
    SG_STREET_OPEN,
    SG_STREET_CLOSED,   /* a street, but not for this mode */
    SG_STREET_NO_STREET /* a river, a railway, a street that is not built */
};

/* The value of a tag ("foot", "oneway:bicycle") of the line in question, or NULL. Borrowed until the next
   call. */
typedef const char *sg_street_tag_fn(void *user, const char *key);

struct sg_street_verdict {
    enum sg_street_use use;
    uint8_t directions; /* SG_STREET_FORWARD and SG_STREET_BACKWARD */
    double drive_kmh;   /* of its class, free of traffic */
};

/* OpenStreetMap's way of saying it: highway is that tag's value (NULL: no street), tag answers the others.
   The most particular access tag decides (foot before access); motorways, motor roads and ramps are closed to
   people on foot and on bicycles unless foot or bicycle says yes; what is proposed or under construction is
   no street.
 */
struct sg_street_verdict sg_street_by_tags(enum sg_travel_mode mode, const char *highway,
                                           sg_street_tag_fn *tag, void *user);

/* A city's own classes, by the words in them ("major arterial", "expressway ramp", "walkway"), folded with
   sg_text_fold(); what has no word that is known is a street open to all. one_way is the text of such a field
   (NULL: none). */
struct sg_street_verdict sg_street_by_class(enum sg_travel_mode mode, const char *folded_class,
                                            const char *one_way);

/* The value of a key in GDAL's other_tags ("a"=>"b","c"=>"d"), copied into value (cut to 63 bytes). False
   when the key is not there. */
bool sg_other_tag(const char *other_tags, const char *key, char value[static 64]);

#endif
