#!/usr/bin/env bats
# `servicegap check`: reads everything, reports on stdout, writes nothing.

load helpers

@test "check: the town's counts, by reason" {
    make_town
    cd "$work"
    before="$(ls -A)"
    done_with check "${town[@]}" "${shops[@]}" --type kind --organization agency "${homes[@]}"
    [ "$(ls -A)" = "$before" ]
    grep -Eq '^  areas +5 ' <<<"$output"
    grep -Eq '^  records read +11$' <<<"$output"
    grep -Eq '^ +in the areas +6$' <<<"$output"
    grep -Eq '^ +outside all areas +1$' <<<"$output"
    grep -Eq '^ +no coordinates +1$' <<<"$output"
    grep -Eq '^ +coordinates are not numbers +1$' <<<"$output"
    grep -Eq '^ +at 0, 0 +1$' <<<"$output"
    grep -Eq '^ +longitude and latitude are swapped +1$' <<<"$output"
    grep -Eq '^  people read +4357$' <<<"$output"
    grep -Eq '^  people outside +77 ' <<<"$output"
    grep -Eq '^warnings: [1-9]' <<<"$output"
}

@test "check: the project of the sample city" {
    done_with check -q "$sample/project.yaml"
    grep -Eq '^  areas +54 ' <<<"$output"
    grep -Eq '^ +in the areas +352$' <<<"$output"
    grep -Eq '^  LAN +22 +21 ' <<<"$output"
    grep -q '^findings:' <<<"$output"
}

@test "check: areas alone, before there are services" {
    make_town
    done_with check -q "${town[@]}" "${homes[@]}"
    grep -Eq '^  areas +5 ' <<<"$output"
    grep -Eq '^  people read +4357$' <<<"$output"
    ! grep -Eq '^(points|types|findings)' <<<"$output"
    quiet_about 'no service records'
    done_with check -q "${town[@]}" --json
    python3 -c 'import json, sys; r = json.load(sys.stdin); assert r["services"] == r["types"] == r["findings"] == [], r' <<<"$output"
    refused 2 '--services is missing' coverage "${town[@]}"
    printf 'kind,lon,lat\n' >"$work/none.csv"
    try check -q "${town[@]}" --services "$work/none.csv" --type kind
    says 'no service records at all'
}

@test "check: the areas, their CRS, repaired outlines and those without geometry" {
    cat >"$work/a.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":1},"geometry":{"type":"Polygon","coordinates":[[[0,0],[2,2],[2,0],[0,2],[0,0]]]}},
{"type":"Feature","properties":{"id":2},"geometry":null},
{"type":"Feature","properties":{"id":3},"geometry":{"type":"Polygon","coordinates":[[[3,0],[4,0],[4,1],[3,1],[3,0]]]}}]}
J
    printf 'lon,lat,type\n3.5,0.5,x\n0.2,1,x\n' >"$work/s.csv"
    done_with check --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type
    grep -Eq '^  repaired outlines +1$' <<<"$output"
    grep -Eq '^  without geometry +1$' <<<"$output"
    says "a.geojson: area '1' .*invalid outline"
}

@test "check: --strict fails when there is something to warn of, after the report" {
    make_town
    try check --strict "${town[@]}" "${shops[@]}" --type kind
    [ "$status" -eq 1 ]
    grep -q '^warnings: ' <<<"$output"
    done_with check --strict "${town[@]}" "${shops[@]}" --type kind --services-where "note = 'ok'"
}

@test "check: all types that the taxonomy does not know are listed" {
    make_town
    done_with check "${town[@]}" "${shops[@]}" --type kind --taxonomy lip
    grep -q 'Éclairage public' <<<"$output"
    grep -q 'Food Bank' <<<"$output"
}

# A number of the JSON report of the last run: number_of "services[0].outcomes.outside" (Python, from the report).
number_of() {
    python3 -c 'import json, sys; report = json.load(sys.stdin); print(eval(sys.argv[1], report))' "$1" <<<"$output"
}

is_number() {
    [ "$(number_of "$1")" = "$2" ] || tell "$1 is $(number_of "$1") and not $2"
}

@test "check --json: the town, number by number" {
    make_town
    done_with check --json "${town[@]}" "${shops[@]}" --type kind --organization agency "${homes[@]}"
    is_number 'areas["count"]' 5
    is_number 'areas["crs"]["origin"]' file
    is_number 'areas["id"]["field"]' code
    is_number 'areas["overlaps"]["pairs"]' 0
    is_number 'services[0]["crs"]["origin"]' columns
    is_number 'services[0]["fields"]["lon"]' "{'field': 'lon', 'recognised': True}"
    is_number 'services[0]["fields"]["type"]' "{'field': 'kind', 'recognised': False}"
    is_number 'services[0]["records"]' 11
    is_number 'services[0]["outcomes"]["in_areas"]' 6
    is_number 'services[0]["outcomes"]["outside"]' 1
    is_number 'services[0]["outcomes"]["no_coordinates"]' 1
    is_number 'services[0]["outcomes"]["not_numbers"]' 1
    is_number 'services[0]["outcomes"]["at_zero"]' 1
    is_number 'services[0]["outcomes"]["swapped"]' 1
    is_number 'sum(services[0]["outcomes"].values())' 11
    is_number 'services[0]["coarse_coordinates"]' 6 # all that count but s5, which has four decimals
    is_number 'services[0]["near_border"]' 0
    is_number 'points["used_more_than_once"]' 1 # s1 and s7
    is_number 'points["records_on_them"]' 2
    is_number 'points["duplicates"]' 1
    is_number 'demand["people"]' 4357
    is_number 'demand["people_outside"]' 77
    is_number 'demand["people_in_areas"]' 4580
    is_number 'demand["people_by_points"]' 4280
    is_number 'demand["people_difference"]' 300
    # s5 lies north of E and east of D: the foot is on D's eastern side, or nearly so
    expected="$(cd "$here" && python3 -B -c '
import reference
print(min(reference.distance(-79.9405, 43.0395, -79.96, 43.02 + i * 1e-6) for i in range(20001)))')"
    python3 -c 'import sys; sys.exit(abs(float(sys.argv[1]) - float(sys.argv[2])) > 0.005)' \
        "$(number_of 'services[0]["outside_m"]["median"]')" "$expected"
}

@test "check: overlaps, gaps, names and points at borders" {
    cat >"$work/a.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"w","name":"Twin"},"geometry":{"type":"Polygon","coordinates":[[[10,0],[10.01,0],[10.01,0.03],[10,0.03],[10,0]]]}},
{"type":"Feature","properties":{"id":"e","name":"Twin"},"geometry":{"type":"Polygon","coordinates":[[[10.02,0],[10.03,0],[10.03,0.03],[10.02,0.03],[10.02,0]]]}},
{"type":"Feature","properties":{"id":"s","name":"South \"Side\""},"geometry":{"type":"Polygon","coordinates":[[[10.009,0],[10.02,0],[10.02,0.01],[10.009,0.01],[10.009,0]]]}},
{"type":"Feature","properties":{"id":"n","name":"North"},"geometry":{"type":"Polygon","coordinates":[[[10.01,0.02],[10.02,0.02],[10.02,0.03],[10.01,0.03],[10.01,0.02]]]}}]}
J
    # 0.55 m and 2.2 m within the eastern border; both have more decimals than four
    printf 'lon,lat,type\n10.029995,0.01555,x\n10.029980,0.01555,x\n10.0151,0.0151,x\n' >"$work/s.csv"
    done_with check --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type
    # a hundredth of a degree is 1113.195 by 1105.743 m there
    grep -Eq "^  overlaps +1 pair of areas, 0.1230.. km2 in all; the largest 0.1230.. km2: 'Twin' and 'South" <<<"$output"
    grep -Eq '^  gaps between +1, 1.2309.. km2 in all; the largest 1.2309.. km2, at 10.015 0.015$' <<<"$output"
    grep -Eq "^  with another's name +2$" <<<"$output"
    grep -Eq '^  name +name \(recognised\)$' <<<"$output"
    grep -Eq '^  within 1 m of a border +1$' <<<"$output"
    grep -Eq '^  outside by +5.. m at least' <<<"$output"
    done_with check --json --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type
    is_number 'areas["overlaps"]["largest"]["areas"]' "['w', 's']"
    is_number 'areas["gaps"]["count"]' 1
    is_number 'points["areas_with_points_near_border"]' 1
}

@test "check: a point just outside is near the border, too: its count could change as well" {
    cat >"$work/a.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"w"},"geometry":{"type":"Polygon","coordinates":[[[10,0],[10.02,0],[10.02,0.03],[10,0.03],[10,0]]]}},
{"type":"Feature","properties":{"id":"e"},"geometry":{"type":"Polygon","coordinates":[[[10.02,0],[10.04,0],[10.04,0.03],[10.02,0.03],[10.02,0]]]}}]}
J
    # 0.55 m within the western border, 0.56 m outside the eastern one, 2.2 m outside it
    printf 'lon,lat,type\n10.000005,0.01555,x\n10.040005,0.01555,x\n10.040020,0.01555,x\n' >"$work/s.csv"
    plain=(--areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type)
    done_with check "${plain[@]}" -o "$work/p.csv"
    grep -Eq '^ +outside all areas +2$' <<<"$output"
    grep -Eq '^  within 1 m of a border +2$' <<<"$output"
    grep -Eq '^  areas with border points +2$' <<<"$output"
    grep -q "^near_border,.*,1,0.5. m from a border: " "$work/p.csv"
    grep -q "^near_border,.*,2,0.5. m outside 'e': a little change puts it in there," "$work/p.csv"
    [ "$(grep -c '^near_border,' "$work/p.csv")" -eq 2 ]
    [ "$(grep -c '^outside,' "$work/p.csv")" -eq 2 ]
    done_with check --json "${plain[@]}"
    is_number 'services[0]["near_border"]' 2
    is_number 'services[0]["outside_m"]["points"]' 2
    is_number 'points["areas_with_points_near_border"]' 2
}

@test "check: every job looks briefly, and says what check would say in full" {
    cat >"$work/a.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"w","name":"Twin","people":100},"geometry":{"type":"Polygon","coordinates":[[[10,0],[10.02,0],[10.02,0.03],[10,0.03],[10,0]]]}},
{"type":"Feature","properties":{"id":"e","name":"Twin","people":100},"geometry":{"type":"Polygon","coordinates":[[[10.01,0],[10.03,0],[10.03,0.03],[10.01,0.03],[10.01,0]]]}}]}
J
    printf 'lon,lat,type\n10.015,0.012,x\n10.0051234,0.015678,x\n' >"$work/s.csv"
    printf 'lon,lat,people\n10.015,0.01,30\n10.025,0.01,90\n' >"$work/d.csv"
    plain=(--areas "$work/a.geojson" --area-id id --population people --services "$work/s.csv" --type type --demand "$work/d.csv")
    done_with coverage "${plain[@]}"
    says "a.geojson: 2 areas have another's name"
    says 'warning: .*a.geojson: 1 service and 2 demand points lie in more than one area' # the point is in both
    says "s.csv: 1 of its first 2 coordinates have fewer than 4 decimals"
    says "field 'people' says 200 people, the demand points in them 150; the field counts"
    refused 1 'strict' coverage --strict "${plain[@]}"
    done_with check "${plain[@]}"
    quiet_about 'lie in more than one area'
}

@test "check: how the CRS was decided" {
    make_town
    done_with check "${town[@]}" "${shops[@]}" --type kind --services-crs EPSG:4269 --areas-crs EPSG:4326
    grep -Eq '^  CRS +WGS 84 \(EPSG:4326\), as named by an option$' <<<"$output"
    grep -Eq '^  CRS +NAD83 \(EPSG:4269\), as named by an option$' <<<"$output"
}

@test "check: of a type, places stand beside places in the areas, whatever they weigh; the weight has its own name" {
    make_town
    done_with check --json "${town[@]}" "${shops[@]}" --type kind --weight size
    # food banks: s1, s2, s3, s7 (2 + 1 + 4 + 2); language: s3, s4 (4 + 1) and s5 outside
    for numbers in "food_bank 4 4 9" "language 3 2 5"; do
        is_number "' '.join(str(t[k]) for t in types if t['code'] == '${numbers%% *}' for k in ('code', 'places', 'places_in_areas', 'weight_in_areas'))" "$numbers"
    done
    done_with check "${town[@]}" "${shops[@]}" --type kind --weight size
    grep -Eq '^ *code +places +in areas +without +label' <<<"$output"
    grep -Eq '^ *language +3 +2 +[0-9]+ +Language' <<<"$output"
}

@test "check --json: the same bytes on one thread and on two, and only for check" {
    done_with check -q --json --threads 1 "$sample/project.yaml"
    once="$output"
    done_with check -q --json --threads 2 "$sample/project.yaml"
    [ "$output" = "$once" ]
    is_number 'sum(t["places"] for t in types) >= 355' True
    refused 2 'json' coverage --json --areas x --services y
}

@test "check -o: the problems that have a place, and nothing else is written" {
    make_town
    mkdir "$work/out"
    done_with check "${town[@]}" "${shops[@]}" --type kind -o "$work/out/problems.csv"
    [ "$(ls "$work/out")" = problems.csv ]
    # six coarse, s8 swapped, s5 outside, s1 and s7 on one point and likely the same
    [ "$(grep -c '^few_decimals,' "$work/out/problems.csv")" -eq 6 ]
    grep -Eq '^swapped,.*services.csv,8,.*,-79.995,43.035' "$work/out/problems.csv"
    grep -Eq '^outside,.*services.csv,5,in no area; the nearest border is 158[0-9]\.. m away,-79.9405,43.0395' "$work/out/problems.csv"
    [ "$(grep -c '^shared_point,.*,one of 2 records on this point,' "$work/out/problems.csv")" -eq 2 ]
    [ "$(grep -c '^duplicate,.*services.csv,7,.repeats record 1 of ' "$work/out/problems.csv")" -eq 1 ]
    [ "$(wc -l <"$work/out/problems.csv")" -eq 12 ]
    refused 1 'problems.csv: exists already' check "${town[@]}" "${shops[@]}" --type kind -o "$work/out/problems.csv"
    done_with check "${town[@]}" "${shops[@]}" --type kind -o "$work/out/problems.csv" --overwrite
    done_with check "${town[@]}" "${shops[@]}" --type kind -o "$work/out/problems.gpkg"
    need ogrinfo
    ogrinfo -so "$work/out/problems.gpkg" problems | grep -q '^Feature Count: 11$'
    nothing_left_in "$work/out"
}

@test "check -o: every problem that has a place is in the layer, as many as the report counts" {
    cat >"$work/a.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"bow","name":"Bow"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[0.02,0.02],[0.02,0],[0,0.02],[0,0]]]}},
{"type":"Feature","properties":{"id":"box","name":"Box"},"geometry":{"type":"Polygon","coordinates":[[[0.03,0],[0.04,0],[0.04,0.01],[0.03,0.01],[0.03,0]]]}}]}
J
    cat >"$work/d.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"people":70},"geometry":{"type":"Point","coordinates":[0.031234,0.005678]}},
{"type":"Feature","properties":{"people":12},"geometry":{"type":"Point","coordinates":[0.5,0.5]}},
{"type":"Feature","properties":{"people":40},"geometry":{"type":"Polygon","coordinates":[[[0.032,0.002],[0.036,0.006],[0.036,0.002],[0.032,0.006],[0.032,0.002]]]}}]}
J
    cat >"$work/s.csv" <<'C'
lon,lat,type,agency
0.035123,0.005123,food,A
0.035123,0.005123,health,A
0.035123,0.005123,food,A
0.035123,0.005123,food,B
0.033333,0.007777,food,A
0.031111,0.002222,food,A
0.031111,0.002222,health,C
C
    plain=(--areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type --organization agency
        --demand "$work/d.geojson" --demand-population people)
    done_with check "${plain[@]}" -o "$work/p.csv"
    grep -q "^repaired,.*a.geojson,,area 'bow' (Bow) has an invalid outline (Self-intersection near 0.01 0.01); it was repaired,0.01,0.01$" "$work/p.csv"
    grep -q "^repaired,.*d.geojson,3,invalid outline (Self-intersection near 0.034 0.004); it was repaired,0.03[0-9]*,0.004$" "$work/p.csv"
    grep -q "^demand_outside,.*d.geojson,2,in no area: the people here (12) are not counted,0.5,0.5$" "$work/p.csv"
    grep -Eq '^duplicate,.*s.csv,3,"repeats record 1 of .*s.csv: same organization, types and place",0.035123,0.005123$' "$work/p.csv"
    [ "$(grep -c '^shared_point,.*,one of 4 records on this point,0.035123,0.005123$' "$work/p.csv")" -eq 4 ]
    grep -q '^shared_point,.*,7,one of 2 records on this point,0.031111,0.002222$' "$work/p.csv"
    grep -Eq '^  used more than once +2, by 6 records$' <<<"$output"
    grep -Eq '^  likely duplicates +1$' <<<"$output"
    done_with check --json "${plain[@]}" -o "$work/p.csv" --overwrite
    printf '%s' "$output" >"$work/r.json"
    python3 - "$work/r.json" "$work/p.csv" <<'PY'
import collections, csv, json, sys
report = json.load(open(sys.argv[1]))
rows = list(csv.DictReader(open(sys.argv[2])))
kinds = collections.Counter(row["kind"] for row in rows)
points, demand, areas = report["points"], report["demand"], report["areas"]
expected = {"repaired": areas["repaired"] + demand["repaired"], "demand_outside": demand["points_outside"],
            "shared_point": points["records_on_them"], "duplicate": points["duplicates"]}
assert expected == {"repaired": 2, "demand_outside": 1, "shared_point": 6, "duplicate": 1}, expected
assert kinds == expected, kinds
assert len({(row["lon"], row["lat"]) for row in rows if row["kind"] == "shared_point"}) == points["used_more_than_once"]
PY
}

@test "check: records of no known organization that are the same in all else are likely duplicates, and never dropped" {
    make_town
    cat >"$work/s.csv" <<'C'
lon,lat,type,size,key
-79.99123,43.01123,food,1,a
-79.99123,43.01123,food,1,b
-79.99123,43.01123,health,1,c
-79.99123,43.01123,food,2,d
-79.99123,43.01123,food,1,a
-79.97123,43.00512,food,1,e
C
    plain=("${town[@]}" --services "$work/s.csv" --type type)
    done_with check "${plain[@]}" -o "$work/p.csv"
    says "3 records have another one's types and place; --organization would tell whether they are one service"
    grep -Eq '^  likely duplicates +3$' <<<"$output"
    grep -Eq '^  without organization +3$' <<<"$output"
    [ "$(grep -c '^duplicate,.*repeats record 1 of .*: same types and place, and no organization tells them apart",' "$work/p.csv")" -eq 3 ]
    done_with check "${plain[@]}" --drop-duplicates
    says 'hint: --drop-duplicates drops none of them: .*--organization'
    says '6 records read = 6 in the areas'
    done_with check --json "${plain[@]}" --weight size # the fourth counts twice
    is_number 'points["duplicates"]' 2
    is_number 'points["duplicates_without_organization"]' 2
    done_with check "${plain[@]}" --weight size --service-id key # and the second is another one
    says "1 record has another one's types and place; --organization would tell whether they are one service"
    done_with check "${plain[@]}" --organization key --drop-duplicates
    says '6 records read = 5 in the areas'
    quiet_about 'no organization'
}

@test "check: a file of services that is named twice is told, in the report, too" {
    make_town
    ln -s services.csv "$work/again.csv"
    twice=("${town[@]}" "${shops[@]}" --services "$work/again.csv" --type kind)
    done_with check "${twice[@]}"
    says 'again.csv: services file 2 is file 1 again, with the same settings: each of its records is read once more'
    grep -Eq '^  named before +as services file 1: its records are read once more$' <<<"$output"
    done_with check --json "${twice[@]}"
    is_number '[s["same_as_file"] for s in services]' '[None, 1]'
    done_with coverage "${twice[@]}" --measures count -o "$work/t.csv"
    says 'file 1 again'
    cp "$work/services.csv" "$work/copy.csv" # a file of its own, as far as anybody can say
    done_with check "${town[@]}" "${shops[@]}" --services "$work/copy.csv" --type kind
    quiet_about 'again'
    cat >"$work/p.yaml" <<'Y'
areas: areas.geojson
area-id: code
services:
  - {file: services.csv, type: kind, services-where: "note = 'ok'"}
  - {file: services.csv, type-value: any}
output: out
Y
    done_with check "$work/p.yaml"
    quiet_about 'again'
}

@test "check: the table of types stands in columns, however long the codes are" {
    done_with check -q --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" --type type
    awk '/^types:/ { on = 1; next } on && !/^  / { exit } on' <<<"$output" | python3 -c '
import sys
rows = [row for row in sys.stdin.read().splitlines() if row.strip()]
at = rows[0].index("label")
assert len(rows) > 10
for row in rows[1:]:
    assert row[at - 2:at] == "  " and row[at] != " " and row[at - 3].isdigit(), row'
}

@test "check: one is one: record, area, demand point, time; in French, too" {
    python3 - "$work" <<'PY'
import json, sys
square = {"type": "Polygon", "coordinates": [[[0, 0], [0.02, 0], [0.02, 0.02], [0, 0.02], [0, 0]]]}
far = {"type": "Polygon", "coordinates": [[[0.02, 0], [0.04, 0], [0.04, 0.02], [0.02, 0.02], [0.02, 0]]]}
feature = lambda id, shape, people: {"type": "Feature", "properties": {"id": id, "name": id, "people": people}, "geometry": shape}
json.dump({"type": "FeatureCollection", "features": [feature("A", square, 500), feature("B", far, 400)]}, open(sys.argv[1] + "/a.geojson", "w"))
json.dump({"type": "FeatureCollection", "features": [feature("A", square, 500)]}, open(sys.argv[1] + "/one.geojson", "w"))
open(sys.argv[1] + "/s.csv", "w").write("lon,lat,type,agency\n0.012345,0.012345,Food,X\n")
open(sys.argv[1] + "/twice.csv", "w").write("lon,lat,type,agency\n0.012345,0.012345,Food,X\n0.012345,0.012345,Food,X\n")
open(sys.argv[1] + "/d.csv", "w").write("lon,lat,people\n0.012345,0.011111,500\n5,5,3\n")
PY
    plurals='(^|[^0-9.,])1 (records|areas|points|demand points|texts|times|services|values|names|lines)|1 quartiers|1 types'
    for services in s.csv twice.csv; do
        done_with coverage --areas "$work/one.geojson" --area-id id --population people --services "$work/$services" --type type --taxonomy lip -o "$work/$services.gpkg"
        quiet_about "$plurals"
    done
    says "1 area, "
    says "1 record repeats another"
    done_with coverage --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type --taxonomy lip --demand "$work/d.csv" \
        --demand-population people -o "$work/d.gpkg"
    quiet_about "$plurals"
    says "1 record read = 1 in the areas"
    says "1 type text \(1 time\) is not in the taxonomy"
    says "1 demand point \(3 people\) lies in no area and is not counted"
    says "1 area has no demand point; its people"
    cat >"$work/p.yaml" <<'Y'
areas: a.geojson
area-id: id
population: people
services: {file: s.csv, type: type}
language: fr
output: out
maps:
  - {field: gap_index, output: gap.svg}
  - {field: gap_class, output: class.svg}
  - {field: food_count, output: count.svg}
  - {field: food_within_pct, output: within.svg}
Y
    done_with run -q "$work/p.yaml"
    ! grep -Eh "[^0-9]1 (quartiers|types)" "$work/out/findings.txt" "$work"/out/*.svg
    grep -q "1 quartier sur 2" "$work/out/gap.svg"
    grep -q "aucun dans 1 des 2 quartiers" "$work/out/count.svg"
}

@test "check: a field that is likely the areas' id is told where none is named" {
    make_town
    sed 's/"code"/"Ward"/g' "$work/areas.geojson" >"$work/w.geojson"
    done_with check --areas "$work/w.geojson"
    says "w.geojson: areas go by their number in the file; if 'Ward' is their id, name it with --area-id"
    done_with check --areas "$work/w.geojson" --area-id Ward
    quiet_about "by their number"
}
