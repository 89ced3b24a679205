#!/usr/bin/env bats
# Coverage by region: from a table of areas and from polygons; what adds up to the city.

load helpers

# project REGIONS: Toronto's 158 neighbourhoods with the people of their profile, and the libraries.
toronto_by() {
    need_geodata toronto/profiles
    cat >"$work/p.yaml" <<Y
areas: $geodata/toronto/boundaries/neighbourhoods_158_4326.geojson
area-id: AREA_SHORT_CODE
services: {file: $geodata/toronto/services/gta_libraries.geojson, type-value: library}
join: $geodata/toronto/profiles/neighbourhood-profiles-2021-158-model.csv
population: row 4
need: row 1495
regions: $geodata/toronto/boundaries/$1
output: out
layers: [coverage.gpkg, coverage.csv]
Y
    done_with run -v "$work/p.yaml"
}

# Everything that adds up does: people and need to the person, services and uncovered people, land.
adds_up() {
    python3 - "$work/out" "$1" <<'P'
import csv, sys
def rows(name):
    return list(csv.DictReader(open(sys.argv[1] + "/" + name, encoding="utf-8", newline="")))
regions, areas, parts = rows("regions.csv"), rows("coverage.csv"), rows("region_areas.csv")
city = {r["type"]: r for r in rows("city.csv")}
assert len(regions) == int(sys.argv[2]), len(regions)
def total(table, column):
    return sum(float(r[column] or 0) for r in table)
for column in ("population", "need"):
    assert total(regions, column) == total(areas, column) == total(parts, column), column
    assert all(float(r[column]) == int(float(r[column])) for r in regions), column
assert total(regions, "library_count") == float(city["library"]["services"]) == 101
assert abs(total(regions, "library_uncovered") - float(city["library"]["uncovered"])) < 1e-6
assert abs(total(regions, "area_km2") - total(areas, "area_km2")) < 1e-6
assert abs(total(regions, "library_shortfall") - total(areas, "library_shortfall")) < 1e-9
assert abs(total(regions, "library_share") - 100) < 1e-9
by_area = {}
for part in parts:
    by_area[part["area_id"]] = by_area.get(part["area_id"], 0) + float(part["share_pct"])
assert len(by_area) == 158 and all(abs(s - 100) < 1e-9 for s in by_area.values())
# rates are of the region's own sums
for r in regions:
    assert abs(float(r["library_per_10k"]) - 10000 * float(r["library_count"]) / float(r["need"])) < 1e-9
P
}

@test "regions: Toronto's six former municipalities add up to the city, to the person" {
    toronto_by former_municipalities_6.geojson
    says "field 'AREA_NAME' is taken as the region's name"
    says '6 regions; of 158 areas 3 are in more than one, 3 in part, 0 in none'
    says '2,761,290 people in the regions added up, 0 in none; 2,761,290 in all areas, each once'
    adds_up 6
    # most of the wards' area lies in one municipality: Scarborough has the neighbourhoods it always had
    [ "$(cell "$work/out/regions.csv" SCARBOROUGH areas)" = 30 ]
    need ogrinfo
    ogrinfo -so "$work/out/coverage.gpkg" regions 2>/dev/null | grep -q '^Feature Count: 6$'
    ogrinfo -so "$work/out/coverage.gpkg" regions 2>/dev/null | grep -q '^library_nearest_m: Real'
}

@test "regions: so do the 25 wards and the 44 before them" {
    toronto_by wards_2018/WARD_WGS84.shp
    adds_up 25
    rm -r "$work/out"
    toronto_by wards_2010/icitw_wgs84.shp
    adds_up 44
}

@test "regions: polygons in another CRS give the same; other polygons leave people in none" {
    need ogr2ogr
    toronto_by former_municipalities_6.geojson
    cp "$work/out/regions.csv" "$work/degrees.csv"
    ogr2ogr -t_srs EPSG:26917 "$work/utm.gpkg" "$geodata/toronto/boundaries/former_municipalities_6.geojson"
    sed -i "s#^regions:.*#regions: utm.gpkg#" "$work/p.yaml"
    done_with run -q "$work/p.yaml"
    diff <(cut -d, -f1-4 "$work/degrees.csv") <(cut -d, -f1-4 "$work/out/regions.csv")
    ogr2ogr -where "AREA_NAME IN ('YORK', 'SCARBOROUGH')" "$work/two.geojson" \
        "$geodata/toronto/boundaries/former_municipalities_6.geojson"
    sed -i "s#^regions:.*#regions: two.geojson#" "$work/p.yaml"
    done_with run "$work/p.yaml"
    says 'people in the regions added up, .* in none; 2,761,290 in all areas'
    adds_up 3
    grep -q '^(in no region),' "$work/out/regions.csv"
}

@test "regions: the town's, from its table, against numbers by hand" {
    make_town
    cat >"$work/p.yaml" <<Y
areas: areas.geojson
area-id: code
population: people
need: newcomers
services: services.csv
type: kind
weight: size
regions: regions.csv
output: out
layers: [coverage.csv]
Y
    done_with run "$work/p.yaml"
    says '3 regions; of 5 areas 2 are in more than one, 0 in part, 1 in none'
    # West is A and C, East is B and D, North is C and D; E has nobody
    # C and D, 580 people, are in two each
    says '5,160 people in the regions added up, 0 in none; 4,580 in all areas, each once'
    [ "$(cell "$work/out/regions.csv" West population)" = 1500 ]
    [ "$(cell "$work/out/regions.csv" East population)" = 3080 ]
    [ "$(cell "$work/out/regions.csv" North population)" = 580 ]
    [ "$(cell "$work/out/regions.csv" North areas_shared)" = 2 ]
    # A holds s1, s2 and s7 (2 + 1 + 2), C s4
    [ "$(cell "$work/out/regions.csv" West all_count)" = 6 ]
    [ "$(cell "$work/out/regions.csv" "(in no region)" areas)" = 1 ]
    # what one area lacks, another's surplus does not make good: the one sum, and the layer says so
    python3 - "$work/out" <<'P'
import csv, sys
rows = lambda name: {r[k]: r for r in csv.DictReader(open(f"{sys.argv[1]}/{name}.csv", encoding="utf-8-sig", newline="")) for k in [next(iter(r))]}
areas, regions = rows("coverage"), rows("regions")
for column in ("all_shortfall", "food_bank_shortfall", "language_shortfall"):
    for region, inside in {"West": "AC", "East": "BD", "North": "CD"}.items():
        assert abs(float(regions[region][column]) - sum(float(areas[a][column]) for a in inside)) < 1e-9, (column, region)
P
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.csv" -o "$work/t.gpkg"
    python3 -c '
import sqlite3, sys
for text, in sqlite3.connect(sys.argv[1]).execute("SELECT description FROM gpkg_data_columns WHERE table_name = ? AND column_name LIKE ?", ("regions", "%_shortfall")):
    assert text.startswith("Sum of the shortfalls of its areas"), text' "$work/t.gpkg"
}

@test "regions: what goes wrong is said" {
    make_town
    printf 'area_id,region\nA,West\nBB,East\n' >"$work/r.csv"
    refused 1 "1 area id is not among the areas: 'BB'" coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/r.csv"
    printf 'from,to\nBB,B\n' >"$work/aliases.csv"
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind --regions "$work/r.csv" --aliases "$work/aliases.csv"
    refused 1 "no field 'nam' \(--region-name\)" coverage "${town[@]}" "${shops[@]}" --type kind \
        --regions "$work/areas.geojson" --region-name nam
    refused 1 "is no polygon" coverage "${town[@]}" "${shops[@]}" --type kind --regions "$sample/streets.geojson" --region-name name
    printf 'area_id,region\n' >"$work/r.csv"
    refused 1 "no regions" coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/r.csv"
}

@test "regions: areas whose people are not known say nothing of their region, and are told of" {
    python3 - "$work" <<'END'
import json, sys
people = {"A": "..", "B": "x", "C": "F", "D": "4000"}
features = [{"type": "Feature", "properties": {"id": name, "pop": people[name]}, "geometry": {"type": "Polygon", "coordinates": [[
    [x, y], [x + .02, y], [x + .02, y + .02], [x, y + .02], [x, y]]]}}
    for name, x, y in (("A", -79.40, 43.62), ("B", -79.38, 43.62), ("C", -79.40, 43.60), ("D", -79.38, 43.60))]
json.dump({"type": "FeatureCollection", "features": features}, open(sys.argv[1] + "/four.geojson", "w"))
END
    printf 'area_id,region\nA,North\nB,North\nC,South\nD,South\n' >"$work/four.csv"
    printf 'lon,lat,kind\n-79.371,43.611,a\n-79.37,43.609,a\n-79.37,43.61,b\n-79.391,43.639,b\n' >"$work/four_services.csv"
    printf '%s\n' 'areas: four.geojson' 'area-id: id' 'population: pop' 'services: {file: four_services.csv, type: kind}' \
        'regions: four.csv' 'output: out' 'layers: [a.csv]' >"$work/p.yaml"
    done_with run "$work/p.yaml"
    says "warning: the population of 3 of 4 areas is not known: 'A', 'B', 'C'"
    [ "$(cell "$work/out/a.csv" C gap_index)" != "$(cell "$work/out/a.csv" D gap_index)" ]
    for column in population all_within_pct a_nearest_m all_reach gap_index; do
        [ "$(cell "$work/out/regions.csv" South "$column")" = "$(cell "$work/out/a.csv" D "$column")" ] || tell "$column"
    done
    ! grep -q "people live in" "$work/out/findings.txt"
    [ -n "$(cell "$work/out/regions.csv" North all_within_pct)" ] # by land, for want of people
}

@test "regions: beside a format of one layer they are a table; an input of that name is never replaced" {
    make_town
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.csv" -o "$work/o/t.csv"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.csv" -o "$work/g/t.gpkg"
    python3 - "$work" <<'END'
import csv, sqlite3, sys
rows = {r["region"]: r for r in csv.DictReader(open(sys.argv[1] + "/o/t.regions.csv", encoding="utf-8-sig"))}
layer = sqlite3.connect(sys.argv[1] + "/g/t.gpkg").execute("SELECT region, population, all_reach FROM regions").fetchall()
assert {n: (float(p), float(r)) for n, p, r in layer}.items() <= {
    n: (float(r["population"] or "nan"), float(r["all_reach"] or "nan")) for n, r in rows.items()}.items() and len(layer) == 3, (layer, rows)
END
    [ ! -e "$work/g/t.regions.csv" ]
    cp "$work/regions.csv" "$work/o/u.regions.csv"
    refused 1 "is an input" coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/o/u.regions.csv" --overwrite -o "$work/o/u.csv"
}

@test "regions: what is in no region is judged, but not ranked among the regions" {
    grep -v "$(sed -n 2p "$sample/regions.csv" | cut -d, -f2)" "$sample/regions.csv" >"$work/r.csv"
    done_with coverage -q --areas "$sample/neighbourhoods.geojson" --area-id id --population population \
        --services "$sample/services_2013.csv" --type type --regions "$work/r.csv" -o "$work/t.csv"
    python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1])))
rest = [r for r in rows if r["region"] == "(in no region)"]
others = [r for r in rows if r["region"] != "(in no region)"]
assert len(rest) == 1 and rest[0]["gap_index"] and not rest[0]["gap_rank"] and not rest[0]["priority"], [r["region"] for r in rest]
indices = [float(r["gap_index"]) for r in others]
ranks = [int(r["gap_rank"]) for r in others]
assert len(others) == 7 and ranks == [1 + sum(other > own for other in indices) for own in indices], (indices, ranks)' "$work/t.regions.csv"
}

@test "regions: check reports which areas are in several and in none, regions without areas, and their people" {
    make_town
    plain=("${town[@]}" "${shops[@]}" --type kind)
    done_with check -q "${plain[@]}" --regions "$work/regions.csv"
    for line in 'regions +3' 'areas in more than one +2' 'areas in part +0' "areas in none +1: '[^']*'" 'in none with a part +0' \
        'regions without areas +0' 'people added up +5160' 'people in none +0' 'people in all areas +4580, each once'; do
        grep -Eqx "  $line" <<<"$output" || tell "$line"
    done
    done_with check -q --json "${plain[@]}" --regions "$work/regions.csv"
    python3 -c '
import json, sys
report = json.load(sys.stdin)
assert report["areas"]["regions"] == 3
regions = report["regions"]
del regions["file"]
assert regions == {"count": 3, "areas_in_several": 2, "areas_in_part": 0, "areas_in_none": ["E"], "areas_in_none_in_part": 0,
                   "regions_without_areas": [], "people_added_up": 5160, "people_in_none": 0, "people_in_areas": 4580}, regions' <<<"$output"
    done_with check -q --json "${plain[@]}"
    python3 -c 'import json, sys; report = json.load(sys.stdin); assert report["regions"] is None and report["areas"]["regions"] == 0' <<<"$output"
}

@test "regions: one that takes no area is named" {
    make_town
    python3 - "$work" <<'P'
import json, sys
town = json.load(open(sys.argv[1] + "/areas.geojson"))
first = town["features"][0]["geometry"]
far = {"type": "Polygon", "coordinates": [[[20, 20], [21, 20], [21, 21], [20, 21], [20, 20]]]}
json.dump({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": name}, "geometry": geometry}
                                                     for name, geometry in (("Here", first), ("Far", far))]}, open(sys.argv[1] + "/r.geojson", "w"))
P
    plain=("${town[@]}" "${shops[@]}" --type kind --regions "$work/r.geojson")
    done_with check -q "${plain[@]}"
    says "^servicegap: warning: .*r.geojson: 1 of 2 regions takes no area .*: 'Far'$"
    grep -Eqx "  regions without areas +1: 'Far'" <<<"$output"
    done_with check -q --json "${plain[@]}"
    python3 -c 'import json, sys; regions = json.load(sys.stdin)["regions"]; assert regions["regions_without_areas"] == ["Far"] and len(regions["areas_in_none"]) == 4, regions' <<<"$output"
    done_with coverage -q "${plain[@]}"
    says "takes no area"
}
