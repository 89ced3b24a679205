#!/usr/bin/env bats
# The same places written in other longitudes: from 0 to 360, or on across the antimeridian. The tables are the same.

load helpers

# turned FILE FROM BY: the GeoJSON of $work with every longitude below FROM moved by so many degrees, to $work/turned_FILE.
turned() {
    python3 - "$work" "$@" <<'P'
import json, sys
folder, name, below, by = sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])
def turn(part):
    if isinstance(part[0], list):
        return [turn(inner) for inner in part]
    return [part[0] + by if part[0] < below else part[0]] + part[1:]
layer = json.load(open(f"{folder}/{name}"))
for feature in layer["features"]:
    if feature["geometry"]:
        feature["geometry"]["coordinates"] = turn(feature["geometry"]["coordinates"])
json.dump(layer, open(f"{folder}/turned_{name}", "w"))
P
}

# same ONE OTHER: two tables with the same texts, and numbers that differ by no more than the turn's rounding.
same() {
    python3 - "$@" <<'P'
import csv, sys
one, other = (list(csv.reader(open(path, encoding="utf-8-sig", newline=""))) for path in sys.argv[1:])
assert [len(row) for row in one] == [len(row) for row in other]
for row, turned in zip(one, other):
    for name, a, b in zip(one[0], row, turned):
        if a != b:
            assert abs(float(a) - float(b)) <= 1e-6 * max(1, abs(float(a))), (row[0], name, a, b)
P
}

# regions FOLDER: two polygons that share the town, $work/halves.geojson.
make_halves() {
    cat >"$work/halves.geojson" <<'J'
{"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"name": "West"}, "geometry": {"type": "Polygon", "coordinates": [[[-80.1, 42.9], [-79.97, 42.9], [-79.97, 43.1], [-80.1, 43.1], [-80.1, 42.9]]]}},
 {"type": "Feature", "properties": {"name": "East"}, "geometry": {"type": "Polygon", "coordinates": [[[-79.97, 42.9], [-79.9, 42.9], [-79.9, 43.1], [-79.97, 43.1], [-79.97, 42.9]]]}}]}
J
}

@test "longitudes: areas from 0 to 360 and points from -180 to 180, and the other way round, give the same table" {
    make_town
    make_halves
    turned areas.geojson 0 360
    turned halves.geojson 0 360
    python3 - "$work" <<'P'
import csv, sys
for name in ("services", "demand"):
    rows = list(csv.reader(open(f"{sys.argv[1]}/{name}.csv", newline="")))
    lon = [column.lower() for column in rows[0]].index("lon")
    for row in rows[1:]:
        try:
            row[lon] = repr(float(row[lon]) + 360) if float(row[lon]) < 0 else row[lon]
        except ValueError:
            pass
    csv.writer(open(f"{sys.argv[1]}/turned_{name}.csv", "w", newline="")).writerows(rows)
P
    local numbers=(--area-id code --area-name label --population people --need newcomers --type kind
        --demand-population residents --demand-need arrivals --within 1500,3km)
    table() { # NAME AREAS SERVICES DEMAND REGIONS
        done_with coverage "${numbers[@]}" --areas "$work/$2" --services "$work/$3" --demand "$work/$4" --regions "$work/$5" \
            -o "$work/$1.csv"
    }
    table usual areas.geojson services.csv demand.csv halves.geojson
    table areas turned_areas.geojson services.csv demand.csv halves.geojson
    table all turned_areas.geojson turned_services.csv turned_demand.csv turned_halves.geojson
    table points areas.geojson turned_services.csv turned_demand.csv turned_halves.geojson
    for other in areas all points; do
        same "$work/usual.csv" "$work/$other.csv"
        same "$work/usual.regions.csv" "$work/$other.regions.csv"
    done
    [ "$(sum_of "$work/areas.csv" all_count)" != 0 ]
    # in a layer the services lie where the areas do
    done_with coverage "${numbers[@]}" --areas "$work/turned_areas.geojson" --services "$work/services.csv" -o "$work/t.gpkg"
    if command -v ogrinfo >/dev/null; then
        ogrinfo -so -al "$work/t.gpkg" sites | grep -q 'Extent: (280\.'
    fi
}

@test "longitudes: streets go along with areas from 0 to 360" {
    cp "$sample/neighbourhoods.geojson" "$work/areas.geojson"
    turned areas.geojson 0 360
    local numbers=(--area-id id --services "$sample/services_2013.csv" --type type --demand "$sample/blocks.geojson"
        --demand-population population --streets "$sample/streets.geojson" --within 15min --measures count,nearest,within,unreached)
    done_with coverage "${numbers[@]}" --areas "$work/areas.geojson" -o "$work/usual.csv"
    done_with coverage "${numbers[@]}" --areas "$work/turned_areas.geojson" -o "$work/turned.csv"
    same "$work/usual.csv" "$work/turned.csv"
}

# fiji POLYGONS...: one area F of these polygons (rings of GeoJSON) and one G north of them, to $work/fiji.geojson.
fiji() {
    python3 - "$work/fiji.geojson" "$@" <<'P'
import json, sys
def box(text):
    west, east, south, north = map(float, text.split(","))
    return [[[west, south], [east, south], [east, north], [west, north], [west, south]]]
features = []
for argument in sys.argv[2:]:
    name, *boxes = argument.split(":")
    features.append({"type": "Feature", "properties": {"id": name, "people": 100},
                     "geometry": {"type": "MultiPolygon", "coordinates": [box(text) for text in boxes]}})
json.dump({"type": "FeatureCollection", "features": features}, open(sys.argv[1], "w"))
P
}

@test "longitudes: areas across the antimeridian, in one piece, in two, in both ways in one file" {
    printf 'lon,lat,kind\n179.9512,-16.9512,x\n-179.9512,-16.9512,x\n180.0512,-16.9512,x\n-180,-16.9512,x\n-179.9512,-16.8512,x\n179.5,-16.9512,x\n-179.5,-16.9512,x\n' >"$work/s.csv"
    printf 'lon,lat,people\n179.9612,-16.9612,10\n-179.9712,-16.9612,20\n-179.9712,-16.8612,30\n' >"$work/d.csv"
    table() {
        done_with coverage --areas "$work/fiji.geojson" --area-id id --services "$work/s.csv" --type kind \
            --demand "$work/d.csv" --demand-population people --within 2km -o "$work/$1.csv"
        says "7 records read = 5 in the areas \+ 2 outside"
        [ "$(cell "$work/$1.csv" F x_count) $(cell "$work/$1.csv" G x_count)" = "4 1" ] || tell "$1: counts"
    }
    fiji F:179.9,180,-17,-16.9:-180,-179.9,-17,-16.9 G:179.9,180,-16.9,-16.8:-180,-179.9,-16.9,-16.8
    table split
    says "fiji.geojson: the longitudes -180 to 180 part what lies together at 180; they are read as 179.9 to 180.1"
    # catchments and streets do not go the other way round the Earth
    done_with coverage -q --areas "$work/fiji.geojson" --area-id id --services "$work/s.csv" --type kind --within 2km -o "$work/split.gpkg"
    fiji F:179.9,180.1,-17,-16.9 G:179.9,180.1,-16.9,-16.8
    table east
    quiet_about "longitudes"
    done_with coverage -q --areas "$work/fiji.geojson" --area-id id --services "$work/s.csv" --type kind --within 2km -o "$work/east.gpkg"
    python3 -c '
import math, sqlite3, sys
split, east = (sorted(row[0] for row in sqlite3.connect(path).execute("SELECT area_km2 FROM catchments")) for path in sys.argv[1:])
assert len(split) == len(east) > 0 and all(abs(a - b) < 1e-6 * b for a, b in zip(split, east)), (split, east)
assert east[0] > 4 * math.pi, east' "$work/split.gpkg" "$work/east.gpkg"
    fiji F:-180.1,-179.9,-17,-16.9 G:-180.1,-179.9,-16.9,-16.8
    table west
    fiji F:179.9,180.1,-17,-16.9 G:179.9,180,-16.9,-16.8:-180,-179.9,-16.9,-16.8
    table mixed
    says "fiji.geojson: the longitudes -180 to 180.1 name the same places twice; they are read as 179.9 to 180.1"
    for other in east west mixed; do
        same "$work/split.csv" "$work/$other.csv"
    done
    # where the services are outside by is not the other way round the Earth
    done_with check --areas "$work/fiji.geojson" --area-id id --services "$work/s.csv" --type kind --json
    python3 -c 'import json, sys; far = json.load(sys.stdin)["services"][0]["outside_m"]; assert 42000 < far["most"] < 43000, far' <<<"$output"
}

@test "longitudes: areas at both ends of the usual ones stay as they are; more than once round the Earth is an error" {
    printf 'lon,lat,kind\n-175,5,x\n175,5,x\n180,5,x\n-180,5,x\n170,5,x\n0,5,x\n' >"$work/s.csv"
    fiji W:-180,-170,0,10 E:170,180,0,10 M:-10,10,0,10
    try coverage --areas "$work/fiji.geojson" --area-id id --services "$work/s.csv" --type kind --measures count -o "$work/t.csv"
    quiet_about "longitudes"
    # half-open, as everywhere: the west border is in, the east border is not
    [ "$(cell "$work/t.csv" W x_count) $(cell "$work/t.csv" E x_count) $(cell "$work/t.csv" M x_count)" = "2 2 1" ] || tell "both ends"
    # whole Earths end a hair beyond 180
    fiji A:-180.00000001,-20,0,10 B:-20,150,0,10 C:150,180.00000001,0,10
    done_with coverage --areas "$work/fiji.geojson" --area-id id --services "$work/s.csv" --type kind --measures count --overwrite -o "$work/t.csv"
    [ "$(cell "$work/t.csv" A x_count) $(cell "$work/t.csv" B x_count) $(cell "$work/t.csv" C x_count)" = "2 1 3" ] || tell "whole Earth"
    fiji A:-180,-20,0,10 B:-20,150,0,10 C:150,300,0,10
    refused 1 "fiji.geojson: the longitudes -180 to 300 are more than once round the Earth" check --areas "$work/fiji.geojson" \
        --area-id id --services "$work/s.csv" --type kind
    says "^hint: .*-wrapdateline"
}
