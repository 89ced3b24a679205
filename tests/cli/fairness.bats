#!/usr/bin/env bats
# Fairness, clusters, groups of people, need and how sure the verdict is: of the sample city, from outside.

load helpers

sample_city=(--areas "$BATS_TEST_DIRNAME/../../geodata/sample/neighbourhoods.geojson" --area-id id
    --services "$BATS_TEST_DIRNAME/../../geodata/sample/services_2013.csv" --type type --taxonomy lip
    --demand "$BATS_TEST_DIRNAME/../../geodata/sample/blocks.geojson" --demand-population population
    --grid-points 9) # fewer than the usual 100: quicker

# column FILE NAME: its values, by the heading (no quoted commas before it).
column() {
    python3 - "$1" "$2" <<'P'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    print(row[sys.argv[2]])
P
}

# sums FILE NAME: the sum of a column, rounded.
sums() {
    column "$1" "$2" | awk '{ s += $1 } END { printf "%.0f\n", s }'
}

project() {
    sed -E -e "s#^([a-z]+): ([a-z]+\.(geojson|csv))#\1: \"$sample/\2\"#" -e "s#file: services_2013#file: $sample/services_2013#" \
        -e '/^layers:/,$d' "$sample/project.yaml" >"$work/p.yaml"
    printf 'layers: [coverage.csv]\ngrid-points: 9\n' >>"$work/p.yaml"
    cat >>"$work/p.yaml"
}

@test "fairness: a project gets columns, figures, groups and sentences; a table alone does not" {
    project </dev/null
    done_with run "$work/p.yaml" -o "$work/out"
    for name in gap_stability gap_worst_pct gap_local_i gap_gi_star gap_cluster_p gap_cluster seniors_people seniors_gap_index; do
        head -1 "$work/out/coverage.csv" | tr ',' '\n' | grep -qx "$name"
    done
    head -1 "$work/out/city.csv" | grep -q 'gini,theil,palma,concentration_index'
    grep -q '^gap_index,.*,moran_i,0\.6' "$work/out/fairness.csv"
    grep -q '^How sure is this' "$work/out/findings.txt"
    grep -q '^Seniors (49,200 people' "$work/out/findings.txt"
    grep -q '"seed": "1"' "$work/out/provenance.json"
    grep -q '"permutations": "9999"' "$work/out/provenance.json"
    done_with coverage "${sample_city[@]}" -o "$work/table.csv"
    ! head -1 "$work/table.csv" | grep -q gap_cluster
    done_with coverage "${sample_city[@]}" --clusters
    head -1 <<<"$output" | grep -q gap_cluster
}

@test "fairness: people of a group are those of the file, by area and in all" {
    expected="$(python3 -c "
import json
print(sum(f['properties']['seniors'] for f in json.load(open('$sample/blocks.geojson'))['features']))")"
    done_with coverage "${sample_city[@]}" --groups "seniors=seniors" -o "$work/table.csv"
    [ "$(sums "$work/table.csv" seniors_people)" -eq "$expected" ]
    says "group 'seniors': 49,211 people, 16.4% of all"
    # the same people as percent of each block's
    python3 - "$sample/blocks.geojson" "$work/percent.geojson" <<'P'
import json, sys
blocks = json.load(open(sys.argv[1]))
for f in blocks["features"]:
    p = f["properties"]
    p["old, in %"] = 100 * p["seniors"] / p["population"] if p["population"] else 0
json.dump(blocks, open(sys.argv[2], "w"))
P
    done_with coverage "${sample_city[@]}" --demand "$work/percent.geojson" --groups "seniors=old, in %:percent" -o "$work/percent.csv"
    [ "$(sums "$work/percent.csv" seniors_people)" -eq "$expected" ]
}

@test "fairness: groups are measured whatever else is" {
    project <<'Y'
measures: [count]
Y
    done_with run "$work/p.yaml" -o "$work/out"
    python3 - "$work/out/groups.csv" <<'P'
import csv, sys
rows = {(r["group"], r["type"]): r for r in csv.DictReader(open(sys.argv[1]))}
everyone, seniors = rows["everyone", "all"], rows["seniors", "all"]
assert 60 < float(everyone["within_pct"]) < 80 and 60 < float(seniors["within_pct"]) < 80
assert abs(float(seniors["within_pct"]) - float(everyone["within_pct"]) - float(seniors["within_difference"])) < 1e-9
assert everyone["gap_index"] == ""
P
}

@test "fairness: another seed changes what is drawn, and nothing that is not" {
    done_with coverage "${sample_city[@]}" --clusters -o "$work/one.csv"
    done_with coverage "${sample_city[@]}" --clusters --threads 1 -o "$work/again.csv"
    done_with coverage "${sample_city[@]}" --clusters --seed 2 -o "$work/two.csv"
    cmp "$work/one.csv" "$work/again.csv"
    ! cmp -s "$work/one.csv" "$work/two.csv"
    for name in gap_local_i gap_gi_star gap_index; do
        diff <(column "$work/one.csv" "$name") <(column "$work/two.csv" "$name")
    done
}

@test "fairness: need from several fields, crossed with the gap" {
    done_with coverage "${sample_city[@]}" --need-index "recent_immigrants:+:2,median_income:-" --need-index-method percentile \
        -o "$work/rank.csv"
    column "$work/rank.csv" need_index | awk 'NF { if ($1 < 0 || $1 > 1) exit 1; n++ } END { exit !(n >= 53) }'
    done_with coverage "${sample_city[@]}" --need-index "median_income:-" -o "$work/score.csv"
    # scores of one field have the mean 0
    column "$work/score.csv" need_index | awk 'NF { s += $1 } END { exit !(s < 1e-6 && s > -1e-6) }'
    ! diff -q <(column "$work/rank.csv" priority) <(column "$work/score.csv" priority)
}

@test "fairness: rates with their interval and smoothed" {
    done_with coverage "${sample_city[@]}" --smooth -o "$work/table.csv"
    python3 - "$work/table.csv" <<'P'
import csv, sys
n = 0
for row in csv.DictReader(open(sys.argv[1])):
    if row["lan_per_10k"] == "":
        assert row["lan_per_10k_low"] == row["lan_per_10k_smoothed"] == ""
        continue
    rate, low, high = (float(row["lan_per_10k" + s]) for s in ("", "_low", "_high"))
    assert low <= rate <= high and high > 0, row
    if float(row["lan_count"]) == 0:  # -ln 0.025 services
        assert low == 0 and abs(high * float(row["need"]) / 1e4 - 3.6888794541) < 1e-6
    n += 1
assert n >= 53
P
}

@test "fairness: what cannot be is refused with the reason" {
    refused 1 "no field 'senoirs'|senoirs" coverage "${sample_city[@]}" --groups "seniors=senoirs"
    says "did you mean|seniors"
    refused 2 "'seniors' is not a group and its field" coverage "${sample_city[@]}" --groups "seniors"
    refused 2 "cannot be the name of a group" coverage "${sample_city[@]}" --groups "gap=seniors"
    refused 2 "is not an indicator" coverage "${sample_city[@]}" --need-index "seniors:+:0"
    refused 2 "is not a method of the need index" coverage "${sample_city[@]}" --need-index-method best
    refused 1 "holds no numbers" coverage "${sample_city[@]}" --status name_fr
    # and a check says so too
    refused 1 "senoirs" check "${sample_city[@]}" --groups "seniors=senoirs"
}

@test "fairness: under 30 areas no clusters are looked for, and none are mapped" {
    project <<'Y'
areas-where: twenty
maps:
  - {kind: clusters, field: gap_cluster, output: clusters.png}
Y
    ids="$(python3 -c "
import json
print(','.join(\"'%s'\" % f['properties']['id'] for f in json.load(open('$sample/neighbourhoods.geojson'))['features'][:20]))")"
    sed -i -e "s/^areas-where:.*/areas-where: id IN ($ids)/" -e '/^regions:/d' "$work/p.yaml"
    refused 1 "there are no clusters to map: 20 areas .* 30 are needed" run "$work/p.yaml" -o "$work/out"
    sed -i '/^maps:/,$d' "$work/p.yaml"
    done_with run "$work/p.yaml" -o "$work/out"
    says "under 30 none are looked for"
    grep -q '^Clusters of gaps were not looked for: 20 neighbourhoods' "$work/out/findings.txt"
    ! column "$work/out/coverage.csv" gap_cluster | grep -q .
    ! column "$work/out/fairness.csv" low | grep -q . # and no interval
}

@test "fairness: fields with names that are made to harm" {
    python3 - "$work/homes.csv" <<'P'
import csv, json, random, sys
random.seed(3)
rows = csv.writer(open(sys.argv[1], "w", newline=""))
rows.writerow(["lon", "lat", "people", "=cmd|' /C calc'!A0", "a:+:2,b=c:percent", "%s%n<script>"])
P
    python3 - "$sample/blocks.geojson" "$work/homes.csv" <<'P'
import csv, json, sys
rows = csv.writer(open(sys.argv[2], "a", newline=""))
for f in json.load(open(sys.argv[1]))["features"]:
    ring = f["geometry"]["coordinates"]
    while isinstance(ring[0], list):
        ring = ring[0]
    p = f["properties"]
    rows.writerow([ring[0], ring[1], p["population"], p["seniors"], p["seniors"], 12.5])
P
    homes=(--demand "$work/homes.csv" --demand-population people)
    done_with coverage "${sample_city[@]:0:10}" "${homes[@]}" --groups "old=%s%n<script>:percent" \
        --need-index "=cmd|' /C calc'!A0:+" -o "$work/table.csv"
    column "$work/table.csv" old_share_pct | awk 'NF && ($1 < 12.49 || $1 > 12.51) { exit 1 }'
    refused 1 "nothing like it" coverage "${sample_city[@]:0:10}" "${homes[@]}" --groups "x=$(printf 'nothing like it\033[31m')"
}
