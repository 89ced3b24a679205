#!/usr/bin/env bats
# Published data of Toronto, Ottawa and London, as the cities publish them. Skipped where the shared data are absent.

load helpers

toronto() {
    need_geodata toronto
    boundaries="$geodata/toronto/boundaries"
    services="$geodata/toronto/services"
    vz="$services/vz_challenge_2018"
    areas=(--areas "$boundaries/neighbourhoods_158_4326.geojson" --area-id AREA_SHORT_CODE --area-name AREA_NAME)
}

@test "real: the Toronto project: 158 areas, 4,155 of 6,414 records inside, five maps, default points said" {
    toronto
    project="$here/../../geodata/toronto/toronto.yaml"
    sed "s#\.\./\.\./\.\./shared/geodata#$geodata#" "$project" >"$work/toronto.yaml"
    cp "$here/../../geodata/toronto/rules_211.yaml" "$work"
    done_with run "$work/toronto.yaml" -o "$work/out"
    says '6414 records read = 4155 in the areas \+ 2259 outside \+ 0 rejected'
    says 'not UTF-8 is read as Windows-1252'
    says '197 records share the point -79.383184, 43.653226'
    says '583 demand polygons, 2,794,093 people'
    says 'access: e2sfca, step decay, half weight at 666.7 m; ([0-9.]+) services handed out of \1 in reach of anybody'
    [ "$(wc -l <"$work/out/coverage.csv")" -eq 159 ]
    # the worst served are there with a 0 and a state, not missing
    [ "$(cell "$work/out/coverage.csv" 133 set_access)" = 0 ]
    [ "$(cell "$work/out/coverage.csv" 133 state)" = measured ]
    [ "$(find "$work/out" -name '*.png' -size +50k | wc -l)" -eq 5 ]
    says "group 'people in low income': [0-9,]+ people, 13\.0% of all"
    grep -q '^How sure is this' "$work/out/findings.txt"
    grep -q '^People in low income (364,000 people' "$work/out/findings.txt"
    [ "$(sed 1d "$work/out/groups.csv" | wc -l)" -eq 56 ] # everyone and three groups, all types and 13
    [ "$(cell "$work/out/coverage.csv" 001 area_name)" = "West Humber-Clairville" ]
    [ "$(sum_of "$work/out/coverage.csv" all_count)" = 4155 ]
    python3 - "$work/out" <<'PY'
import csv, sys
with open(sys.argv[1] + "/rejected.csv", encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
assert len(rows) == 2259 and {r["servicegap_reason"] for r in rows} == {"outside all areas"}
assert all(r["PublicName"] for r in rows)
PY
    need ogrinfo
    ogrinfo -so "$work/out/coverage.gpkg" coverage 2>/dev/null | grep -q '^Feature Count: 158$'
    ogrinfo -so "$work/out/coverage.gpkg" sites 2>/dev/null | grep -q '^Feature Count: 6414$'
    ogrinfo -so "$work/out/coverage.shp" coverage 2>/dev/null | grep -q '^Feature Count: 158$'
}

@test "real: on Letter, A4, Tabloid and A3 every one of the 158 neighbourhoods is named or keyed" {
    toronto
    for page in "tabloid no" "tabloid yes" "a3 no" "a3 yes" "letter no" "letter yes" "a4 no" "a4 yes"; do
        set -- $page
        portrait=()
        [ "$2" = no ] || portrait=(--portrait)
        done_with map -v --layer "$boundaries/neighbourhoods_158_4326.geojson" --field AREA_ID --labels AREA_NAME \
            --paper "$1" "${portrait[@]}" --rotate 16.5 --dpi 40 -o "$work/$1_$2.png"
        python3 - "$stderr" <<'PY'
import re, sys
named, keyed, left = map(int, re.search(r"(\d+) areas named .*, (\d+) numbered with a key, (\d+) left", sys.argv[1]).groups())
assert named + keyed == 158 and left == 0, sys.argv[1]
PY
    done
}

@test "real: with the sites of 215 services too, on Tabloid" {
    toronto
    sed -e "s#\.\./\.\./\.\./shared/geodata#$geodata#" -e '/^output:/,$d' "$here/../../geodata/toronto/toronto.yaml" >"$work/toronto.yaml"
    cp "$here/../../geodata/toronto/rules_211.yaml" "$work"
    printf 'output: out\nmaps:\n  - {field: set_within_pct, sites: yes, paper: tabloid, dpi: 40, output: m.png}\n' >>"$work/toronto.yaml"
    done_with run "$work/toronto.yaml"
    quiet_about 'neither name nor number'
}

@test "real: counts per neighbourhood, a second way (every point against every polygon, exact)" {
    toronto
    done_with coverage -q "${areas[@]}" --services "$vz/refugee_services_211.csv" --type-value x --measures count -o "$work/t.csv"
    python3 - "$boundaries/neighbourhoods_158_4326.geojson" "$vz/refugee_services_211.csv" "$work/t.csv" <<'PY'
import csv, json, sys
from fractions import Fraction as F
points = [(float(r["LONGITUDE"]), float(r["LATITUDE"])) for r in csv.DictReader(open(sys.argv[2], encoding="utf-8-sig", newline=""))]
counts = {}
for feature in json.load(open(sys.argv[1], encoding="utf-8"))["features"]:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    edges = [(a, b) for polygon in polygons for ring in polygon for a, b in zip(ring, ring[1:])]
    box = [f(p[i] for e in edges for p in e) for f in (min, max) for i in (0, 1)]
    n = 0
    for x, y in points:
        if not (box[0] <= x <= box[2] and box[1] <= y <= box[3]):
            continue
        inside = False
        for (x1, y1, *_), (x2, y2, *_) in edges:
            if (y1 > y) != (y2 > y):
                inside ^= F(x) < F(x1) + (F(x2) - F(x1)) * (F(y) - F(y1)) / (F(y2) - F(y1))
        n += inside
    counts[feature["properties"]["AREA_SHORT_CODE"]] = n
table = {r["area_id"]: float(r["x_count"]) for r in csv.DictReader(open(sys.argv[3], encoding="utf-8"))}
assert table == counts and sum(counts.values()) == 234
PY
}

@test "real: refugee services from CSV, GeoJSON and zipped shapefile give the same table" {
    toronto
    for ending in csv geojson zip; do
        servicegap coverage -q "${areas[@]}" --services "$vz/refugee_services_211.$ending" --type-value refugee >"$work/$ending.csv" 2>/dev/null
    done
    cmp "$work/csv.csv" "$work/geojson.csv"
    cmp "$work/csv.csv" "$work/zip.csv"
    [ "$(sum_of "$work/csv.csv" refugee_count)" = 234 ]
}

@test "real: school_master.geojson ends in a diagnosis that names its longitude and latitude fields; with them it is the zip" {
    toronto
    refused 1 "none of its 1327 records lies in any area" coverage "${areas[@]}" --services "$vz/school_master.geojson" --type-value school
    says "^hint: .*degrees that were projected as if they were metres.*--lon LONGITUDE --lat LATITUDE"
    servicegap coverage -q "${areas[@]}" --services "$vz/school_master.geojson" --type-value school --lon LONGITUDE --lat LATITUDE >"$work/a.csv" 2>/dev/null
    done_with coverage "${areas[@]}" --services "$vz/school_master.zip" --type-value school
    says "school_master.zip: the layer says no coordinate reference system; .* taken as WGS 84"
    servicegap coverage -q "${areas[@]}" --services "$vz/school_master.zip" --type-value school >"$work/b.csv" 2>/dev/null
    cmp "$work/a.csv" "$work/b.csv"
    [ "$(sum_of "$work/a.csv" school_count)" = 1327 ]
}

@test "real: geometry as a Python dict and as R source is named, with what to do" {
    toronto
    refused 1 "column 'geometry' holds a Python dictionary \(single quotes\), not GeoJSON: \{'type': 'MultiPoint'" \
        coverage "${areas[@]}" --services "$services/licensed_child_care_2024.csv"
    says "^hint: .*--lon and --lat"
    refused 1 "column 'geometry' holds R source text, not WKT: c\(-79" \
        coverage "${areas[@]}" --services "$geodata/toronto/messy/red_light_cameras_R_geometry.csv"
    says "^hint: .*--lon and --lat"
}

@test "real: leased points: nine at 0, 0 are rejected with that reason" {
    toronto
    done_with coverage "${areas[@]}" --services "$services/leased_points.geojson" --type-value leased --measures count -o "$work/t.csv"
    says '266 records read = 101 in the areas \+ 156 outside \+ 9 rejected \(9 at 0, 0\)'
    [ "$(grep -c ',"at 0, 0",' "$work/rejected.csv")" -eq 9 ]
    [ "$(wc -l <"$work/rejected.csv")" -eq 166 ]
}

@test "real: shelters: 640 MultiPoints of one point each and one record without geometry" {
    toronto
    done_with coverage "${areas[@]}" --services "$services/gta_shelters_and_housing.geojson" --measures count -o "$work/t.gpkg"
    says "field 'Type' is taken as the type"
    says '888 records read = 688 in the areas \+ 199 outside \+ 1 rejected \(1 no coordinates\)'
    python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
assert db.execute("SELECT count(*) FROM sites").fetchone() == (887,)
assert db.execute("SELECT count(*), sum(geom IS NULL) FROM rejected").fetchone() == (200, 1)' "$work/t.gpkg"
}

@test "real: NAD83 walk-in clinics and the transit stops, zipped shapefiles, one in a folder and with a space in its name" {
    toronto
    done_with coverage "${areas[@]}" --services "$vz/walk_in_clinics.zip" --type-value clinic --measures count
    says '97 records read = 97 in the areas'
    done_with coverage "${areas[@]}" --services "$vz/TTC_stops.zip" --type-value stop --measures count
    says '10025 records read = 9589 in the areas \+ 345 outside \+ 91 rejected \(91 no coordinates\)'
}

@test "real: census tracts in UTM from a zip with other files in it; ids stay text; the layers keep the CRS" {
    toronto
    need ogrinfo
    done_with coverage --areas "$boundaries/toronto_census_tract_2021.zip" --area-id ctuid --services "$services/tpl_branches.geojson" \
        --type-value library --measures count,per_km2 -o "$work/t.gpkg"
    says '585 areas, NAD83 / UTM zone 17N \(EPSG:26917\)'
    says '101 records read = 100 in the areas \+ 0 outside \+ 1 rejected'
    ogrinfo -so "$work/t.gpkg" coverage 2>/dev/null | grep -q 'ID\["EPSG",26917\]]$'
    ogrinfo -so "$work/t.gpkg" coverage 2>/dev/null | grep -q '^area_id: String'
    ogrinfo -q -dialect SQLite -sql "SELECT count(*) AS n FROM coverage WHERE area_id LIKE '535____.__'" "$work/t.gpkg" 2>/dev/null | grep -q '= 585'
}

@test "real: geodesic area of the tracts is what UTM says, less its scale" {
    toronto
    need ogr2ogr
    done_with coverage --areas "$boundaries/toronto_census_tract_2021.zip" --area-id ctuid --services "$services/tpl_branches.geojson" \
        --type-value library --measures count -o "$work/t.csv"
    ogr2ogr -f GeoJSON "$work/utm.geojson" "/vsizip/$boundaries/toronto_census_tract_2021.zip" toronto_census_tract_2021 2>/dev/null
    # UTM's scale about 1.5 degrees from its meridian is 0.9996 to 0.9999: areas up to 0.08 % smaller
    python3 - "$work/utm.geojson" "$(sum_of "$work/t.csv" area_km2)" <<'PY'
import json, sys
def ring(points):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:])) / 2
planar = 0.0
for feature in json.load(open(sys.argv[1], encoding="utf-8"))["features"]:
    shape = feature["geometry"]
    for polygon in [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]:
        planar += abs(ring(polygon[0])) - sum(abs(ring(hole)) for hole in polygon[1:])
ratio = float(sys.argv[2]) * 1e6 / planar
assert 1.0 < ratio < 1.0009, ratio
PY
}

@test "real: field names with % and accents: tracts of 2021, neighbourhoods of Ottawa" {
    toronto
    need_geodata ottawa/ons_neighbourhoods.geojson
    done_with coverage --areas "$geodata/toronto/profiles/ct_2021_immigrant_low_income.geojson" --population Pop --need 'Immi%' \
        --services "$services/tpl_branches.geojson" --type-value library --measures count,within_pct -o "$work/t.csv"
    [ "$(wc -l <"$work/t.csv")" -eq 584 ]
    [ "$(sum_of "$work/t.csv" population)" = 2794093 ]
    refused 1 "no field 'Immi'.*its fields are .*Immi%" coverage --areas "$geodata/toronto/profiles/ct_2021_immigrant_low_income.geojson" \
        --need Immi --services "$services/tpl_branches.geojson" --type-value library
    printf 'lon,lat\n-75.69,45.42\n-75.75,45.35\n' >"$work/s.csv"
    done_with coverage --areas "$geodata/ottawa/ons_neighbourhoods.geojson" --area-id ONS_ID --area-name Name_FR \
        --services "$work/s.csv" --type-value x --measures count -o "$work/o/t.csv"
    says "area '926' \(Ceinture de Verdure\)"
    python3 - "$geodata/ottawa/ons_neighbourhoods.geojson" "$work/o/t.csv" <<'PY'
import csv, json, sys
given = {str(f["properties"]["ONS_ID"]): f["properties"]["Name_FR"] for f in json.load(open(sys.argv[1], encoding="utf-8"))["features"]}
rows = {r["area_id"]: r["area_name"] for r in csv.DictReader(open(sys.argv[2], encoding="utf-8"))}
assert rows.keys() == given.keys() and len(rows) == 111
named = [(rows[i], name) for i, name in given.items() if name.strip()]
assert all(a == b for a, b in named) and any("é" in a for a, _ in named)
PY
}

@test "real: a shapefile with spaces in its name (London's wards)" {
    need_geodata london_ontario
    printf 'lon,lat\n-81.25,42.98\n-81.2,43.0\n' >"$work/s.csv"
    done_with coverage --areas "$geodata/london_ontario/Electoral Wards 2018.shp" --services "$work/s.csv" --type-value x --measures count -o "$work/t.csv"
    says '14 areas, NAD83 / UTM zone 17N'
    [ "$(sum_of "$work/t.csv" x_count)" = 2 ]
}

@test "real: Porto Alegre's hexagons as demand points: lat before lon, people as in the file" {
    need_geodata porto_alegre/poa_hexgrid.csv
    printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"poa"},"geometry":{"type":"Polygon","coordinates":[[[-51.4,-30.3],[-51,-30.3],[-51,-29.9],[-51.4,-29.9],[-51.4,-30.3]]]}}]}' >"$work/a.geojson"
    done_with coverage --areas "$work/a.geojson" --area-id id --services "$geodata/porto_alegre/poa_points_of_interest.csv" --type-value poi \
        --demand "$geodata/porto_alegre/poa_hexgrid.csv" --demand-population population --within 2km -o "$work/t.csv"
    says '15 records read = 15 in the areas'
    python3 -B - "$here" "$geodata/porto_alegre" "$work/t.csv" <<'PY'
import csv, sys
sys.path.insert(0, sys.argv[1])
from reference import distance
sites = [(float(r["lon"]), float(r["lat"])) for r in csv.DictReader(open(sys.argv[2] + "/poa_points_of_interest.csv"))]
total = far = mean = 0.0
for r in csv.DictReader(open(sys.argv[2] + "/poa_hexgrid.csv")):
    p = float(r["population"])
    d = [distance(float(r["lon"]), float(r["lat"]), *s) for s in sites]
    total, mean, far = total + p, mean + p * min(d), far + p * (min(d) > 2000)
[row] = csv.DictReader(open(sys.argv[3]))
assert abs(float(row["population"]) - total) < 1e-6
assert abs(float(row["poi_uncovered"]) - far) < 1e-6 * total
assert abs(float(row["poi_nearest_m"]) / (mean / total) - 1) < 1e-9
PY
}

# Expected: brute force over all 46,406 edges for every record, with Vincenty's distance; holes and slivers from edges
# that only one polygon has, in local coordinates.
@test "real: check says how far from Toronto its outside services are, and which are at a border" {
    toronto
    done_with check --json "${areas[@]}" --services "$services/2021_211_PeelYorkTO.csv" --type-value any
    python3 -c '
import json, sys
report = json.load(sys.stdin)
[services] = report["services"]
away = services["outside_m"]
assert services["near_border"] == 14, services["near_border"]
assert away["points"] == 2259
assert abs(away["least"] - 9.620) < 0.005 and abs(away["median"] - 8780.68) < 0.05, away
assert abs(away["most"] - 1013335.7) < 0.1, away
assert report["points"]["most_used"]["records"] == 197
assert report["areas"]["overlaps"]["pairs"] == 0 and report["areas"]["gaps"]["count"] == 0' <<<"$output"
}

@test "real: check finds the gaps between census tracts, and takes slivers as rounding" {
    toronto
    printf 'lon,lat,type\n-79.4,43.7,x\n' >"$work/s.csv"
    point=(--services "$work/s.csv" --type type)
    done_with check --json --areas "$geodata/toronto/profiles/ct_2021_immigrant_low_income.geojson" "${point[@]}"
    python3 -c '
import json, sys
gaps = json.load(sys.stdin)["areas"]["gaps"]
assert gaps["count"] == 8 and abs(gaps["km2"] - 0.48837) < 0.00001, gaps
assert abs(gaps["largest"]["km2"] - 0.15416) < 0.00001, gaps' <<<"$output"
    done_with check "${point[@]}" --areas "$boundaries/toronto_boundary.geojson" # 54 holes, the largest 0.24 m2
    grep -Eq '^  gaps between +none$' <<<"$output"
    done_with check "${point[@]}" --areas "$boundaries/neighbourhoods_140_named_only.geojson"
    grep -Eq '^  overlaps +2 pairs of areas, .*: .Mimico. and .Stonegate-Queensway.$' <<<"$output"
    grep -Eq '^  repaired outlines +1$' <<<"$output"
}
