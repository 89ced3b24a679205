#include "cli/street_settings.h"

#include "cli/option.h"
#include "cli/value_text.h"

static void set_streets(const char *const *of, struct sg_job *job) {
    job->streets.source = (struct sg_source){.path = of[SG_OPT_STREETS],
                                             .layer = of[SG_OPT_STREETS_LAYER],
                                             .where = of[SG_OPT_STREETS_WHERE],
                                             .crs = of[SG_OPT_STREETS_CRS],
                                             .encoding = of[SG_OPT_ENCODING]};
    job->streets.speeds = of[SG_OPT_SPEEDS];
    job->streets.walk_speed_kmh = sg_travel_speed_kmh(SG_TRAVEL_WALK);
    if (of[SG_OPT_WALK_SPEED] != NULL)
        sg_value_number(of[SG_OPT_WALK_SPEED], &job->streets.walk_speed_kmh);
    if (of[SG_OPT_TRAVEL_MODE] != NULL)
        sg_travel_mode_from_name(of[SG_OPT_TRAVEL_MODE], &job->streets.mode);
    bool is_minutes;
    if (of[SG_OPT_SNAP_LIMIT] != NULL)
        sg_value_distances(of[SG_OPT_SNAP_LIMIT], &job->snap_limit_m, 1, &is_minutes);
    if (of[SG_OPT_MIN_PIECE] != NULL)
        sg_value_distances(of[SG_OPT_MIN_PIECE], &job->min_piece_m, 1, &is_minutes);
}

enum sg_status sg_street_settings_fill(struct sg_context *context, const char *const *of,
                                       struct sg_job *job) {
    static const enum sg_option_id with_streets[] = {
        SG_OPT_STREETS_LAYER, SG_OPT_STREETS_CRS, SG_OPT_TRAVEL_MODE, SG_OPT_WALK_SPEED,
        SG_OPT_SPEEDS,        SG_OPT_SNAP_LIMIT,  SG_OPT_MIN_PIECE};
    for (size_t i = 0; of[SG_OPT_STREETS] == NULL && i < sizeof with_streets / sizeof *with_streets; i++) {
        if (of[with_streets[i]] != NULL)
            return sg_fail(context, SG_USAGE, "add --streets FILE", "--%s goes with --streets",
                           sg_option_at(with_streets[i])->name);
    }
    if (of[SG_OPT_STREETS] == NULL && job->catchments.streets)
        return sg_fail(context, SG_USAGE, "add --streets FILE", "--catchments streets goes with --streets");
    if (of[SG_OPT_STREETS] == NULL)
        return SG_OK;
    set_streets(of, job);
    bool walks = job->streets.mode == SG_TRAVEL_WALK;
    if (job->streets.speeds != NULL && (walks || !job->within_is_minutes))
        return sg_fail(context, SG_USAGE,
                       walks ? "for people on foot say --walk-speed"
                             : "write --within 15min, or leave --speeds out",
                       "--speeds goes with minutes by bicycle or car");
    if (!walks || !job->within_is_minutes)
        return SG_OK;
    /* minutes on foot are metres at one speed */
    job->coverage.metres_per_minute = job->streets.walk_speed_kmh * 1000 / 60;
    for (size_t d = 0; d < job->coverage.threshold_count; d++)
        job->coverage.thresholds_m[d] *= job->coverage.metres_per_minute;
    job->within_is_minutes = false;
    return SG_OK;
}
