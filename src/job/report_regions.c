/* The report's section on the regions: do they take all areas, and do their people add up? */
#include <math.h>

#include "core/text.h"
#include "job/report_parts.h"

/* Of so many names a line for people holds the first ones. */
enum { NAMES_ON_A_LINE = 5 };

/* A list of names: all of them for programs, how many there are and the first ones for people. */
struct name_list {
    struct sg_report_form *form;
    const char *label;
    struct sg_text line;
    size_t count;
};

static void begin_names(struct name_list *list, struct sg_report_form *form, const char *key,
                        const char *label) {
    *list = (struct name_list){.form = form, .label = label};
    sg_text_init(&list->line);
    sg_form_open(form, key, '[');
}

static void add_name(struct name_list *list, const char *name) {
    sg_form_text(list->form, NULL, NULL, name);
    if (list->count++ < NAMES_ON_A_LINE)
        sg_text_append_format(&list->line, "%s'%.80s'", list->count == 1 ? ": " : ", ", name);
}

static void end_names(struct name_list *list) {
    sg_form_close(list->form, '[');
    sg_form_say(list->form, list->label, "%zu%s%s", list->count, sg_text_bytes(&list->line),
                list->count > NAMES_ON_A_LINE ? " ..." : "");
    list->form->out.failed = list->form->out.failed || list->line.failed;
    sg_text_release(&list->line);
}

static void report_areas_in_none(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_region_parts *parts = &run->regions.parts;
    size_t first = parts->starts[run->layer.region_count], end = parts->starts[parts->region_count];
    size_t in_part = 0;
    struct name_list list;
    begin_names(&list, form, "areas_in_none", "areas in none");
    for (size_t i = first; i < end; i++) {
        const struct sg_area *area = &run->layer.areas[parts->parts[i].area];
        if (parts->parts[i].share < 1)
            in_part++;
        else
            add_name(&list, form->is_json ? area->id : area->name);
    }
    end_names(&list);
    sg_form_count(form, "areas_in_none_in_part", "in none with a part", in_part);
}

static void report_regions_without(struct sg_report_form *form, const struct sg_run *run) {
    struct name_list list;
    begin_names(&list, form, "regions_without_areas", "regions without areas");
    for (size_t r = 0; r < run->layer.region_count; r++) {
        if (run->layer.regions[r].area_count == 0)
            add_name(&list, run->layer.regions[r].name);
    }
    end_names(&list);
}

static void report_people(struct sg_report_form *form, const struct sg_run *run) {
    bool is_known = run->measures.has_population;
    struct sg_region_people people = sg_run_region_people(run);
    double all = run->measures.total_population;
    sg_form_number(form, "people_added_up", is_known ? people.added : NAN);
    sg_form_number(form, "people_in_none", is_known ? people.in_none : NAN);
    sg_form_number(form, "people_in_areas", is_known ? all : NAN);
    if (!is_known)
        return;
    sg_form_say(form, "people added up", "%.0f", people.added);
    sg_form_say(form, "people in none", "%.0f", people.in_none);
    sg_form_say(form, "people in all areas", "%.0f, each once", all);
}

void sg_report_regions(struct sg_report_form *form, const struct sg_run *run) {
    const struct sg_region_parts *parts = &run->regions.parts;
    if (run->layer.region_count == 0) {
        sg_form_text(form, "regions", NULL, NULL);
        return;
    }
    sg_form_line(form, "regions: %s", run->job->regions);
    sg_form_open(form, "regions", '{');
    sg_form_text(form, "file", NULL, run->job->regions);
    sg_form_count(form, "count", "regions", run->layer.region_count);
    sg_form_count(form, "areas_in_several", "areas in more than one", parts->shared_area_count);
    sg_form_count(form, "areas_in_part", "areas in part", parts->split_area_count);
    report_areas_in_none(form, run);
    report_regions_without(form, run);
    report_people(form, run);
    sg_form_close(form, '{');
}
