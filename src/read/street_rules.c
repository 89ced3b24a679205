#include "read/street_rules.h"

#include <string.h>

#include "core/text.h"

/* To each mode a class is open, open only where a tag of the mode says so, or never. */
enum openness { OPEN, IF_SAID, NEVER };

struct class_rule {
    const char *word;
    unsigned char of[SG_TRAVEL_MODE_COUNT]; /* walk, cycle, drive */
    double drive_kmh;
};

/* Values of OpenStreetMap's highway tag, as its routing pages list them; others are no streets. Speeds are
   those of quiet streets in a town, crossings included, not limits. */
static const struct class_rule highway_rules[] = {
    {"motorway", {IF_SAID, IF_SAID, OPEN}, 90},
    {"motorway_link", {IF_SAID, IF_SAID, OPEN}, 50},
    {"trunk", {OPEN, OPEN, OPEN}, 70},
    {"trunk_link", {OPEN, OPEN, OPEN}, 45},
    {"primary", {OPEN, OPEN, OPEN}, 50},
    {"primary_link", {OPEN, OPEN, OPEN}, 40},
    {"secondary", {OPEN, OPEN, OPEN}, 45},
    {"secondary_link", {OPEN, OPEN, OPEN}, 35},
    {"tertiary", {OPEN, OPEN, OPEN}, 40},
    {"tertiary_link", {OPEN, OPEN, OPEN}, 30},
    {"unclassified", {OPEN, OPEN, OPEN}, 35},
    {"residential", {OPEN, OPEN, OPEN}, 30},
    {"living_street", {OPEN, OPEN, OPEN}, 10},
    {"service", {OPEN, OPEN, OPEN}, 15},
    {"road", {OPEN, OPEN, OPEN}, 30},
    {"unknown", {OPEN, OPEN, OPEN}, 30}, /* so written by extracts that keep the class only */
    {"track", {OPEN, OPEN, IF_SAID}, 15},
    {"track_grade1", {OPEN, OPEN, IF_SAID}, 15},
    {"track_grade2", {OPEN, OPEN, IF_SAID}, 15},
    {"track_grade3", {OPEN, OPEN, IF_SAID}, 15},
    {"track_grade4", {OPEN, OPEN, IF_SAID}, 15},
    {"track_grade5", {OPEN, OPEN, IF_SAID}, 15},
    {"path", {OPEN, OPEN, IF_SAID}, 10},
    {"cycleway", {OPEN, OPEN, IF_SAID}, 10},
    {"pedestrian", {OPEN, IF_SAID, IF_SAID}, 10},
    {"footway", {OPEN, IF_SAID, IF_SAID}, 10},
    {"bridleway", {OPEN, IF_SAID, IF_SAID}, 10},
    {"steps", {OPEN, IF_SAID, NEVER}, 10},
    {"corridor", {OPEN, NEVER, NEVER}, 10},
    {"platform", {OPEN, NEVER, NEVER}, 10},
    {"elevator", {OPEN, NEVER, NEVER}, 10},
    {"busway", {IF_SAID, IF_SAID, IF_SAID}, 30},
};

/* Words in the classes of cities and provinces; the first that is found decides. */
static const struct class_rule word_rules[] = {
    {"trail", {OPEN, OPEN, NEVER}, 0}, /* before the rail in it */
    {"rail", {NEVER, NEVER, NEVER}, 0},         {"ferree", {NEVER, NEVER, NEVER}, 0},
    {"subway", {NEVER, NEVER, NEVER}, 0},       {"transit", {NEVER, NEVER, NEVER}, 0},
    {"busway", {NEVER, NEVER, NEVER}, 0},       {"ferry", {NEVER, NEVER, NEVER}, 0},
    {"river", {NEVER, NEVER, NEVER}, 0},        {"creek", {NEVER, NEVER, NEVER}, 0},
    {"stream", {NEVER, NEVER, NEVER}, 0},       {"shoreline", {NEVER, NEVER, NEVER}, 0},
    {"hydro line", {NEVER, NEVER, NEVER}, 0},   {"geostatistical", {NEVER, NEVER, NEVER}, 0},
    {"pending", {NEVER, NEVER, NEVER}, 0},      {"proposed", {NEVER, NEVER, NEVER}, 0},
    {"planned", {NEVER, NEVER, NEVER}, 0},      {"construction", {NEVER, NEVER, NEVER}, 0},
    {"ramp", {IF_SAID, IF_SAID, OPEN}, 50},     {"bretelle", {IF_SAID, IF_SAID, OPEN}, 50},
    {"motorway", {IF_SAID, IF_SAID, OPEN}, 90}, {"expressway", {IF_SAID, IF_SAID, OPEN}, 90},
    {"freeway", {IF_SAID, IF_SAID, OPEN}, 90},  {"autoroute", {IF_SAID, IF_SAID, OPEN}, 90},
    {"cycle", {OPEN, OPEN, NEVER}, 0},          {"cyclable", {OPEN, OPEN, NEVER}, 0},
    {"bike", {OPEN, OPEN, NEVER}, 0},           {"sentier", {OPEN, OPEN, NEVER}, 0},
    {"walkway", {OPEN, NEVER, NEVER}, 0},       {"sidewalk", {OPEN, NEVER, NEVER}, 0},
    {"footway", {OPEN, NEVER, NEVER}, 0},       {"footbridge", {OPEN, NEVER, NEVER}, 0},
    {"pedestrian", {OPEN, NEVER, NEVER}, 0},    {"pieton", {OPEN, NEVER, NEVER}, 0},
    {"stair", {OPEN, NEVER, NEVER}, 0},         {"steps", {OPEN, NEVER, NEVER}, 0},
    {"escalier", {OPEN, NEVER, NEVER}, 0},      {"path", {OPEN, OPEN, NEVER}, 0},
    {"arter", {OPEN, OPEN, OPEN}, 45}, /* arterial, artère */
    {"collect", {OPEN, OPEN, OPEN}, 40},        {"lane", {OPEN, OPEN, OPEN}, 15},
    {"alley", {OPEN, OPEN, OPEN}, 15},          {"ruelle", {OPEN, OPEN, OPEN}, 15},
};

static const struct class_rule any_street = {"", {OPEN, OPEN, OPEN}, 30};

/* ---- tags ---- */

static bool is_one_of(const char *value, const char *const *values, size_t count) {
    for (size_t i = 0; value != NULL && i < count; i++) {
        if (sg_text_equal_fold(value, values[i]))
            return true;
    }
    return false;
}

#define ONE_OF(value, ...)                                                                                   \
    is_one_of(value, (const char *const[]){__VA_ARGS__},                                                     \
              sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *))

enum answer { SAYS_NOTHING, SAYS_YES, SAYS_NO };

static enum answer answer_of(const char *value) {
    if (ONE_OF(value, "yes", "designated", "permissive", "official", "destination", "customers", "public"))
        return SAYS_YES;
    if (ONE_OF(value, "no", "private", "military", "agricultural", "forestry", "delivery", "use_sidepath",
               "dismount"))
        return SAYS_NO;
    return SAYS_NOTHING;
}

/* The tags about a mode, the most particular first, and how many of them are about the mode itself. */
static const struct {
    const char *keys[5];
    size_t own_count;
} access_tags[SG_TRAVEL_MODE_COUNT] = {
    {{"foot", "access"}, 1},
    {{"bicycle", "vehicle", "access"}, 1},
    {{"motorcar", "motor_vehicle", "vehicle", "access"}, 2},
};

static bool is_open(enum sg_travel_mode mode, enum openness openness, sg_street_tag_fn *tag, void *user) {
    if (mode != SG_TRAVEL_DRIVE && openness == OPEN && ONE_OF(tag(user, "motorroad"), "yes"))
        openness = IF_SAID;
    for (size_t i = 0; access_tags[mode].keys[i] != NULL; i++) {
        enum answer answer = answer_of(tag(user, access_tags[mode].keys[i]));
        if (answer == SAYS_NO)
            return false;
        if (answer == SAYS_YES)
            return openness == OPEN || (openness == IF_SAID && i < access_tags[mode].own_count);
    }
    return openness == OPEN;
}

/* What a value of a one-way tag means; SG_STREET_BOTH for "no", 0 for what says nothing. T and F are how some
   extracts write it (to and from the first point), FT and TF how others do. */
static uint8_t directions_of(const char *value) {
    if (ONE_OF(value, "yes", "true", "1", "F", "FT"))
        return SG_STREET_FORWARD;
    if (ONE_OF(value, "-1", "reverse", "T", "TF"))
        return SG_STREET_BACKWARD;
    return ONE_OF(value, "no", "false", "0", "B", "N") ? SG_STREET_BOTH : 0;
}

static uint8_t tagged_directions(enum sg_travel_mode mode, const char *highway, sg_street_tag_fn *tag,
                                 void *user) {
    static const char *const own_keys[SG_TRAVEL_MODE_COUNT] = {"oneway:foot", "oneway:bicycle",
                                                               "oneway:motor_vehicle"};
    uint8_t own = directions_of(tag(user, own_keys[mode]));
    if (own != 0)
        return own;
    if (mode == SG_TRAVEL_WALK)
        return SG_STREET_BOTH;
    static const char *const lanes[] = {"cycleway", "cycleway:left", "cycleway:right", "cycleway:both"};
    for (size_t i = 0; mode == SG_TRAVEL_CYCLE && i < sizeof lanes / sizeof *lanes; i++) {
        const char *lane = tag(user, lanes[i]);
        if (lane != NULL && strncmp(lane, "opposite", 8) == 0)
            return SG_STREET_BOTH;
    }
    uint8_t said = directions_of(tag(user, "oneway"));
    if (said != 0)
        return said;
    bool goes_round = ONE_OF(tag(user, "junction"), "roundabout", "circular");
    return goes_round || strcmp(highway, "motorway") == 0 ? SG_STREET_FORWARD : SG_STREET_BOTH;
}

struct sg_street_verdict sg_street_by_tags(enum sg_travel_mode mode, const char *highway,
                                           sg_street_tag_fn *tag, void *user) {
    struct sg_street_verdict verdict = {.use = SG_STREET_NO_STREET};
    const struct class_rule *rule = NULL;
    for (size_t i = 0; highway != NULL && rule == NULL && i < sizeof highway_rules / sizeof *highway_rules;
         i++) {
        if (strcmp(highway, highway_rules[i].word) == 0)
            rule = &highway_rules[i];
    }
    if (rule == NULL)
        return verdict;
    verdict.use = is_open(mode, rule->of[mode], tag, user) ? SG_STREET_OPEN : SG_STREET_CLOSED;
    verdict.directions = tagged_directions(mode, highway, tag, user);
    verdict.drive_kmh = rule->drive_kmh;
    return verdict;
}

struct sg_street_verdict sg_street_by_class(enum sg_travel_mode mode, const char *folded_class,
                                            const char *one_way) {
    const struct class_rule *rule = NULL;
    for (size_t i = 0; rule == NULL && i < sizeof word_rules / sizeof *word_rules; i++) {
        if (strstr(folded_class, word_rules[i].word) != NULL)
            rule = &word_rules[i];
    }
    if (rule == NULL)
        rule = &any_street;
    struct sg_street_verdict verdict = {SG_STREET_OPEN, SG_STREET_BOTH, rule->drive_kmh};
    if (rule->of[mode] != OPEN) {
        bool is_street = rule->of[SG_TRAVEL_WALK] != NEVER || rule->of[SG_TRAVEL_DRIVE] != NEVER;
        verdict.use = is_street ? SG_STREET_CLOSED : SG_STREET_NO_STREET;
    }
    uint8_t said = mode == SG_TRAVEL_WALK ? 0 : directions_of(one_way);
    if (said != 0)
        verdict.directions = said;
    return verdict;
}

/* ---- other_tags ---- */

/* Reads one quoted text after *position (a backslash keeps the next byte), cut to 63 bytes. */
static bool next_quoted(const char **position, char text[static 64]) {
    const char *at = strchr(*position, '"');
    if (at == NULL)
        return false;
    size_t length = 0;
    for (at++; *at != '\0' && *at != '"'; at++) {
        if (*at == '\\' && at[1] != '\0')
            at++;
        if (length < 63)
            text[length++] = *at;
    }
    text[length] = '\0';
    *position = *at == '"' ? at + 1 : at;
    return *at == '"';
}

bool sg_other_tag(const char *other_tags, const char *key, char value[static 64]) {
    char found[64];
    const char *position = other_tags;
    while (position != NULL && next_quoted(&position, found)) {
        if (!next_quoted(&position, value))
            return false;
        if (strcmp(found, key) == 0)
            return true;
    }
    return false;
}
