#!/usr/bin/env bats
# Distances by a table of costs, and floating catchments: options, columns, what is said and refused.

load helpers

# The town with costs in minutes from its places to its services, some of them missing.
costs_town() {
    make_town
    python3 - "$work" <<'P'
import csv, sys
folder = sys.argv[1]
rows = list(csv.reader(open(folder + "/demand.csv")))
with open(folder + "/places.csv", "w") as file:
    csv.writer(file, lineterminator="\n").writerows([["place"] + rows[0]] + [["p%d" % i] + row for i, row in enumerate(rows[1:])])
minutes = {("p0", "s1"): 5, ("p0", "s2"): 12, ("p1", "s1"): 15, ("p1", "s3"): 15.01, ("p2", "s2"): 40,
           ("p3", "s3"): 8, ("p4", "s3"): 9, ("p5", "s6"): 3, ("p6", "s4"): 10, ("p8", "s4"): 60}
with open(folder + "/costs.csv", "w") as file:
    csv.writer(file, lineterminator="\n").writerows([("from_id", "to_id", "cost")] + [(f, t, c) for (f, t), c in minutes.items()])
P
    by_costs=("${town[@]}" "${shops[@]}" --type kind --service-id id --demand "$work/places.csv" --demand-id place
        --demand-population residents --costs "$work/costs.csv")
}

@test "access: a table of minutes gives distances in minutes, thresholds in minutes, and who has no path" {
    costs_town
    done_with coverage "${by_costs[@]}" --within 15min,1min -o "$work/t.csv"
    # A: 300 people at 5, 500 at 15, 100 at 40 minutes from food: (300 x 5 + 500 x 15 + 100 x 40) / 900
    [ "$(printf %.9f "$(cell "$work/t.csv" A food_bank_nearest_min)")" = 14.444444444 ]
    [ "$(cell "$work/t.csv" A food_bank_nearest_p90_min)" = 40 ]
    [ "$(printf %.9f "$(cell "$work/t.csv" A food_bank_within_15min_pct)")" = 88.888888889 ] # 15 is within, 15.01 is not
    [ "$(cell "$work/t.csv" A food_bank_within_1min_pct)" = 0 ]
    # C: p6 (200 people) has a path to language, p7 (300) to nothing
    [ "$(cell "$work/t.csv" C language_unreached_pct)" = 60 ]
    [ "$(cell "$work/t.csv" C language_nearest_min)" = 10 ]
    [ "$(cell "$work/t.csv" C food_bank_unreached_pct)" = 100 ]
    [ -z "$(cell "$work/t.csv" C food_bank_nearest_min)" ]
    [ "$(cell "$work/t.csv" C food_bank_uncovered_15min)" = 500 ]
    says 'costs.csv: 10 rows, 10 pairs of demand point and service'
    says '[0-9]+ of 12 demand points are in no row'
}

@test "access: without --demand costs start from the areas; metres are metres" {
    make_town
    printf 'from_id,to_id,cost\nA,s1,800\nA,s3,2000\nB,s3,1000\n' >"$work/c.csv"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --service-id id --costs "$work/c.csv" -o "$work/t.csv"
    [ "$(cell "$work/t.csv" A food_bank_nearest_m)" = 800 ]
    [ "$(cell "$work/t.csv" A food_bank_within_pct)" = 100 ]
    [ "$(cell "$work/t.csv" B language_within_pct)" = 100 ]
    [ "$(cell "$work/t.csv" C all_unreached_pct)" = 100 ]
    # 2SFCA by hand: s1 serves A alone, s3 B alone within 1,000 m; per 10,000 newcomers
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --service-id id --costs "$work/c.csv" --access 2sfca -o "$work/a.csv"
    [ "$(printf %.9f "$(cell "$work/a.csv" A food_bank_access)")" = 50.000000000 ]
    [ "$(printf %.9f "$(cell "$work/a.csv" B language_access)")" = 33.333333333 ]
    [ "$(cell "$work/a.csv" D all_access)" = 0 ]
}

@test "access: what does not fit together is refused" {
    costs_town
    refused 2 'within in minutes needs travel times' coverage "${town[@]}" "${shops[@]}" --type kind --within 15min
    refused 2 'costs needs --service-id' coverage "${town[@]}" "${shops[@]}" --type kind --costs "$work/costs.csv"
    refused 2 'needs --demand-id' coverage "${town[@]}" "${shops[@]}" --type kind --service-id id "${homes[@]}" --costs "$work/costs.csv"
    refused 2 "within" coverage "${town[@]}" "${shops[@]}" --type kind --within 15min,800m
    refused 2 "decay: 'gauss' is not a decay" coverage "${town[@]}" "${shops[@]}" --type kind --decay gauss
    refused 2 "access: 'fca' is not a family" coverage "${town[@]}" "${shops[@]}" --type kind --access fca
    sed -i 's/^p5,s6,3/p5,s6,three/' "$work/costs.csv"
    refused 1 'costs.csv, record 8: cost "three" is not a number' coverage "${by_costs[@]}" --within 15min
    printf 'place,lon,lat,residents\np,-79.99,43.01,5\np,-79.98,43.01,5\n' >"$work/places.csv"
    refused 1 "places.csv, record 2: the id 'p' is that of another record" coverage "${by_costs[@]}" --within 15min
}

@test "access: every family and decay hands out what is in reach; m2sfca less; 2sfca has no decay" {
    make_town
    for family in 2sfca e2sfca 3sfca; do
        for decay in none step gaussian exponential linear logistic power gaussian:400 logistic:500:90 power:2:50; do
            done_with coverage "${town[@]}" "${shops[@]}" --type kind "${homes[@]}" --within 2km --access $family --decay $decay -o "$work/t.csv" --overwrite
            says "access: $family.*; 7 services handed out of 7 in reach of anybody"
            quiet_about 'fault of the program'
        done
    done
    says 'access: 3sfca, power decay, half weight at 70.71 m'
    done_with coverage "${town[@]}" "${shops[@]}" --type kind "${homes[@]}" --within 2km --access m2sfca --decay linear -o "$work/t.csv" --overwrite
    says 'access: m2sfca, linear decay, half weight at 1000 m; [0-6][.0-9]* services handed out of 7 in reach of anybody \(distance lowers it\)'
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --within 2km --access 2sfca --decay linear -o "$work/t.csv" --overwrite
    says 'decay linear is not used: 2sfca counts all in reach alike'
}

@test "access: a map of it and of the minutes, from a project file" {
    costs_town
    cat >"$work/p.yaml" <<Y
areas: areas.geojson
area-id: code
area-name: label
population: people
services: {file: services.csv, type: kind, service-id: id}
demand: places.csv
demand-population: residents
demand-id: place
costs: costs.csv
within: 15min
access: 3sfca
decay: gaussian
supply: access
output: out
layers: [t.csv, t.gpkg]
maps:
  - {field: food_bank_access, output: access.svg}
  - {field: food_bank_nearest_min, output: minutes.svg}
Y
    done_with run "$work/p.yaml"
    grep -q 'half the city.s mean access' "$work/out/access.svg"
    grep -q 'over 15.*min away in' "$work/out/minutes.svg"
    xmllint --noout "$work/out/access.svg" "$work/out/minutes.svg"
    grep -q '"costs"' "$work/out/provenance.json"
    grep -q 'costs.csv' "$work/out/provenance.json"
}

@test "access: one thread and two give the same bytes" {
    city
    for n in 1 2; do
        done_with coverage -q --threads "$n" "${city_options[@]}" --access 3sfca --decay gaussian -o "$work/$n/t.csv"
    done
    cmp "$work/1/t.csv" "$work/2/t.csv"
}
