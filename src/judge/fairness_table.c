#include "judge/fairness_table.h"

#include <math.h>
#include <string.h>

#include "core/alloc.h"
#include "judge/phrasing.h"

enum sg_status sg_cluster_columns(struct sg_context *context, const struct sg_local_clusters *clusters,
                                  struct sg_table *coverage) {
    static const struct {
        const char *name, *short_name, *title, *definition;
    } numbers[] = {
        {"gap_local_i", "GAP_LOCI", "Local Moran of the gap",
         "Local Moran's I of the gap index: above 0, like the neighbours; below 0, unlike them"},
        {"gap_gi_star", "GAP_GISTAR", "Getis-Ord Gi* of the gap",
         "Getis-Ord Gi* of the gap index as a standard score: above 0, high together with the neighbours"},
        {"gap_cluster_p", "GAP_CLUSTP", "Probability of the cluster",
         "Two-sided chance of neighbours like these where gaps lie at random (conditional permutation)"},
    };
    const double *values[] = {clusters->local_i, clusters->gi_star, clusters->p};
    for (int i = 0; i < 3; i++) {
        struct sg_column *column =
            sg_table_add(coverage, SG_COLUMN_REAL, numbers[i].name, numbers[i].short_name, numbers[i].title,
                         i == 2 ? "probability" : "", numbers[i].definition);
        if (column == NULL)
            return sg_fail_memory(context);
        memcpy(column->numbers, values[i], coverage->row_count * sizeof *values[i]);
    }
    struct sg_column *state =
        sg_table_add(coverage, SG_COLUMN_TEXT, "gap_cluster", "GAP_CLUST", "Cluster of the gap", "",
                     "HH = high among high, LL = low among low, HL, LH = unlike the neighbours; not "
                     "significant; island = no neighbour has a value");
    bool done = state != NULL;
    for (size_t a = 0; done && a < coverage->row_count; a++) {
        const char *name = sg_cluster_name(clusters->clusters[a]);
        done = name == NULL || sg_column_set_text(state, a, name);
    }
    return done ? SG_OK : sg_fail_memory(context);
}

enum sg_status sg_stability_columns(struct sg_context *context, const struct sg_stability *stability,
                                    struct sg_table *coverage) {
    struct sg_column *column =
        sg_table_add(coverage, SG_COLUMN_REAL, "gap_stability", "GAP_STAB", "Stability of the gap class", "%",
                     "Share of 999 trials in which the area keeps its gap class: thresholds up to 20% "
                     "shorter or longer, types "
                     "weighed up to 25% more or less");
    if (column == NULL)
        return sg_fail_memory(context);
    memcpy(column->numbers, stability->keeps_class_pct, coverage->row_count * sizeof *column->numbers);
    column = sg_table_add(coverage, SG_COLUMN_REAL, "gap_worst_pct", "GAP_WORST", "Among the ten widest gaps",
                          "%", "Share of the same trials in which the area has one of the ten widest gaps");
    if (column == NULL)
        return sg_fail_memory(context);
    memcpy(column->numbers, stability->is_worst_pct, coverage->row_count * sizeof *column->numbers);
    return SG_OK;
}

enum sg_status sg_fairness_city_columns(struct sg_context *context, const struct sg_fairness *fairness,
                                        struct sg_table *city) {
    static const enum sg_fairness_figure shown[] = {SG_FAIR_GINI, SG_FAIR_THEIL, SG_FAIR_PALMA,
                                                    SG_FAIR_CONCENTRATION};
    for (size_t i = 0; i < (fairness->has_status ? 4 : 2); i++) {
        const char *name = sg_fairness_name(shown[i]);
        struct sg_column *column =
            sg_table_add(city, SG_COLUMN_REAL, name, name, name, "",
                         sg_fairness_meaning(shown[i], fairness->is_of_areas, SG_ENGLISH));
        if (column == NULL)
            return sg_fail_memory(context);
        for (size_t row = 0; row < city->row_count; row++) {
            size_t type = row == 0 ? fairness->type_count : row - 1;
            column->numbers[row] = fairness->rows[type].figures[shown[i]].value;
        }
    }
    return SG_OK;
}

/* ---- all figures, a row each ---- */

struct rows {
    struct sg_table *table;
    size_t count; /* filled; with table NULL only counted */
};

static bool add_row(struct rows *rows, const char *type, const char *label, const char *figure, double value,
                    const struct sg_interval *interval, const char *meaning) {
    size_t row = rows->count++;
    if (rows->table == NULL)
        return true;
    struct sg_column *columns = rows->table->columns;
    columns[3].numbers[row] = value;
    columns[4].numbers[row] = interval == NULL ? NAN : interval->low;
    columns[5].numbers[row] = interval == NULL ? NAN : interval->high;
    return sg_column_set_text(&columns[0], row, type) && sg_column_set_text(&columns[1], row, label)
           && sg_column_set_text(&columns[2], row, figure) && sg_column_set_text(&columns[6], row, meaning);
}

static bool add_clusters(struct rows *rows, const struct sg_local_clusters *clusters,
                         enum sg_language language) {
    const char *label = language == SG_FRENCH ? "Indice de manque de services" : "Service gap index";
    if (!isfinite(clusters->global.statistic))
        return true;
    const struct {
        const char *figure;
        double value;
        const char *meaning[2];
    } figures[] = {
        {"moran_i",
         clusters->global.statistic,
         {"Moran's I (queen neighbours, row weights): above its expected value, areas are like their "
          "neighbours",
          "I de Moran (voisins par un bord ou un coin) : au-dessus de sa valeur attendue, les quartiers "
          "ressemblent à leurs voisins"}},
        {"moran_expected",
         clusters->global.expected,
         {"What it would be by chance: -1 / (areas - 1)",
          "Sa valeur au hasard : -1 / (nombre de quartiers - 1)"}},
        {"moran_p",
         clusters->global_p,
         {"Chance of one as far out, on either side (permutation)",
          "Probabilité d'un I aussi extrême, d'un côté ou de l'autre (permutations)"}},
        {"areas_compared",
         (double)clusters->tested_count,
         {"Areas with an index and a neighbour that has one",
          "Quartiers qui ont un indice et un voisin qui en a un"}},
        {"areas_island",
         (double)clusters->island_count,
         {"Areas with an index and no such neighbour", "Quartiers qui ont un indice et aucun tel voisin"}},
    };
    bool done = true;
    for (size_t i = 0; done && i < sizeof figures / sizeof *figures; i++)
        done = add_row(rows, "gap_index", label, figures[i].figure, figures[i].value, NULL,
                       figures[i].meaning[language]);
    return done;
}

static bool add_type(struct rows *rows, const struct sg_fairness *fairness, size_t type_index,
                     const char *type, const char *label, enum sg_language language) {
    const struct sg_fairness_row *row = &fairness->rows[type_index];
    bool done = true;
    for (int f = 0; done && f < SG_FAIR_FIGURES; f++) {
        enum sg_fairness_figure figure = (enum sg_fairness_figure)f;
        if (isfinite(row->figures[f].value))
            done = add_row(rows, type, label, sg_fairness_name(figure), row->figures[f].value,
                           &row->figures[f].interval,
                           sg_fairness_meaning(figure, fairness->is_of_areas, language));
    }
    if (!done || !isfinite(row->theil.between))
        return done;
    const char *between = sg_pick(
        language, "The part of Theil's T that lies between regions (each area in the one with most of it)",
        "La part du T de Theil entre les régions (chaque quartier dans celle qui en a le plus)");
    const char *within =
        sg_pick(language, "The part that lies within regions: between and within add up to the whole",
                "La part à l'intérieur des régions : les deux font le tout");
    return add_row(rows, type, label, "theil_between", row->theil.between, NULL, between)
           && add_row(rows, type, label, "theil_within", row->theil.within, NULL, within);
}

static bool add_all(struct rows *rows, const struct sg_fairness *fairness,
                    const struct sg_local_clusters *clusters, const struct sg_taxonomy *taxonomy,
                    enum sg_language language) {
    bool done = clusters == NULL || add_clusters(rows, clusters, language);
    if (done)
        done = add_type(rows, fairness, fairness->type_count, "all",
                        language == SG_FRENCH ? "Tous les services" : "Any service", language);
    for (size_t t = 0; done && t < fairness->type_count; t++)
        done = add_type(rows, fairness, t, taxonomy->types[t].code,
                        sg_type_label(&taxonomy->types[t], language), language);
    return done;
}

enum sg_status sg_fairness_table(struct sg_context *context, const struct sg_fairness *fairness,
                                 const struct sg_local_clusters *clusters, const struct sg_taxonomy *taxonomy,
                                 enum sg_language language, struct sg_table *ret_table) {
    static const struct sg_column_words columns[] = {
        {"type", NULL, "Type", "", "Code of the type, all, or gap_index", SG_COLUMN_TEXT},
        {"label", NULL, "Label", "", "Label of the type", SG_COLUMN_TEXT},
        {"figure", NULL, "Figure", "", "Name of the figure", SG_COLUMN_TEXT},
        {"value", NULL, "Value", "", "Its value", SG_COLUMN_REAL},
        {"low", NULL, "Low", "", "Lower end of the 95% interval (bootstrap over areas); empty = none",
         SG_COLUMN_REAL},
        {"high", NULL, "High", "", "Upper end of it", SG_COLUMN_REAL},
        {"meaning", NULL, "Meaning", "", "How to read the figure", SG_COLUMN_TEXT},
    };
    struct rows rows = {0};
    add_all(&rows, fairness, clusters, taxonomy, language);
    struct sg_table table;
    sg_table_init(&table, rows.count);
    bool done = sg_table_add_columns(&table, columns, sizeof columns / sizeof *columns);
    rows = (struct rows){&table, 0};
    done = done && add_all(&rows, fairness, clusters, taxonomy, language);
    if (!done) {
        sg_table_release(&table);
        return sg_fail_memory(context);
    }
    *ret_table = table;
    return SG_OK;
}
