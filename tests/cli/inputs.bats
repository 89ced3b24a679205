#!/usr/bin/env bats
# Inputs as they come: wrong ones get a result or a sentence that says what to do, never a crash and never silence.

load helpers

# in_gpkg FILE SQL ...: statements on a GeoPackage, whose triggers need functions that are not here.
in_gpkg() {
    python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
for name in [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = '"'trigger'"'")]:
    db.execute(f"DROP TRIGGER \"{name}\"")
for statement in sys.argv[2:]:
    db.execute(statement)
db.commit()' "$@"
}

@test "inputs: point, multipoint, line, polygon and null geometry of services" {
    make_town
    cat >"$work/s.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"t":"x"},"geometry":{"type":"Point","coordinates":[-79.99,43.01]}},
{"type":"Feature","properties":{"t":"x"},"geometry":{"type":"MultiPoint","coordinates":[[-79.99,43.03],[-79.97,43.03]]}},
{"type":"Feature","properties":{"t":"x"},"geometry":{"type":"LineString","coordinates":[[-79.975,43.005],[-79.965,43.015]]}},
{"type":"Feature","properties":{"t":"x"},"geometry":{"type":"Polygon","coordinates":[[[-79.995,43.005],[-79.985,43.005],[-79.985,43.015],[-79.995,43.015],[-79.995,43.005]]]}},
{"type":"Feature","properties":{"t":"x"},"geometry":null}]}
J
    done_with coverage "${town[@]}" --services "$work/s.geojson" --type t --measures count -o "$work/t.csv"
    says 's.geojson: 5 records read = 4 in the areas \+ 0 outside \+ 1 rejected'
    says '2 lines or polygons were taken at a point on them'
    [ "$(cell "$work/t.csv" A x_count)" = 2 ]
    [ "$(cell "$work/t.csv" B x_count)" = 1 ]
    [ "$(cell "$work/t.csv" C x_count)" = 1 ]
    [ "$(cell "$work/t.csv" D x_count)" = 1 ]
}

@test "inputs: a place of a MultiPoint that cannot be used is told, though its record counts" {
    make_town
    cat >"$work/s.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"t":"x"},"geometry":{"type":"Point","coordinates":[-79.99,43.01]}},
{"type":"Feature","properties":{"t":"x"},"geometry":{"type":"MultiPoint","coordinates":[[-79.99,43.03],[0,0],[-79.97,43.03]]}}]}
J
    done_with coverage "${town[@]}" --services "$work/s.geojson" --type t --measures count -o "$work/t.csv"
    says 's.geojson, record 2: 1 of its 3 places is left out: at 0, 0'
    says 's.geojson: 2 records read = 2 in the areas \+ 0 outside \+ 0 rejected'
}

@test "inputs: numbers as census tables write them; suppressed ones are missing, not 0" {
    make_town
    turn=0
    for text in '"1,000"' '"1 000"' '"1000"' 1000 '"1000.0"' '" 1000 "'; do
        sed "s#\"people\": 1000#\"people\": $text#" "$work/areas.geojson" >"$work/a.geojson"
        done_with coverage -q --overwrite --areas "$work/a.geojson" --area-id code --population people "${shops[@]}" --type kind -o "$work/o$turn/t.csv"
        [ "$(cell "$work/o$turn/t.csv" A population)" = 1000 ] || tell "population $text"
        turn=$((turn + 1))
    done
    for text in '"n/a"' '".."' '"x"' '"F"' '""' null; do
        sed "s#\"people\": 1000#\"people\": $text#" "$work/areas.geojson" >"$work/a.geojson"
        done_with coverage -q --overwrite --areas "$work/a.geojson" --area-id code --population people "${shops[@]}" --type kind -o "$work/o$turn/t.csv"
        [ -z "$(cell "$work/o$turn/t.csv" A population)" ] || tell "population $text"
        [ -z "$(cell "$work/o$turn/t.csv" A all_per_10k)" ]
        turn=$((turn + 1))
    done
}

@test "inputs: duplicate area ids are an error that names them" {
    make_town
    sed -i 's/"code": "B"/"code": "A"/' "$work/areas.geojson"
    refused 1 "areas.geojson, record 2: the area id 'A' occurs twice" coverage --areas "$work/areas.geojson" --area-id code "${shops[@]}" --type kind
}

@test "inputs: areas that overlap each count the point; the total counts it once" {
    cat >"$work/a.geojson" <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"id":"P"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]]]}},
{"type":"Feature","properties":{"id":"Q"},"geometry":{"type":"Polygon","coordinates":[[[1,0],[3,0],[3,2],[1,2],[1,0]]]}}]}
J
    printf 'lon,lat\n0.5,1\n1.5,1\n2.5,1\n' >"$work/s.csv"
    done_with coverage --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type-value x -o "$work/t.csv"
    [ "$(cell "$work/t.csv" P x_count)" = 2 ]
    [ "$(cell "$work/t.csv" Q x_count)" = 2 ]
    says '3 records read = 3 in the areas'
}

@test "inputs: points on shared borders and corners are counted once each" {
    make_town
    { echo lon,lat; for x in -80 -79.98 -79.96; do for y in 43 43.01 43.02 43.03 43.04; do echo "$x,$y"; done; done; } >"$work/s.csv"
    done_with coverage "${town[@]}" --areas-where "code <> 'E'" --services "$work/s.csv" --type-value x -o "$work/t.csv"
    # counts and records outside add up: none is lost, none doubled
    outside="$(grep -c 'outside all areas' "$work/rejected.csv")"
    [ "$(sum_of "$work/t.csv" x_count)" -eq "$((15 - outside))" ]
    says "15 records read = $((15 - outside)) in the areas \+ $outside outside"
    # inner borders and the inner corner belong to exactly one area: at most the outer east and north ones are outside
    [ "$outside" -le 9 ]
}

@test "inputs: swapped columns for the whole file end in a diagnosis, and --fix-swapped mends it" {
    make_town
    awk -F, 'NR == 1 { print "lon,lat"; next } $4 < -70 && $4 != "" { print $5 "," $4 }' "$work/services.csv" | sed 's/"-79.98x"/x/' >"$work/s.csv"
    refused 1 "none of its" coverage "${town[@]}" --services "$work/s.csv" --type-value x
    says "^hint: longitude and latitude are swapped"
    done_with coverage "${town[@]}" --services "$work/s.csv" --type-value x --fix-swapped --measures count -o "$work/t.csv"
    [ "$(sum_of "$work/t.csv" x_count)" = 6 ]
}

@test "inputs: services of another place say where both are" {
    make_town
    printf 'lon,lat\n2.3,48.8\n2.4,48.9\n' >"$work/s.csv"
    refused 1 "none of its 2 records lies in any area: they span x 2.3 to 2.4, y 48.8 to 48.9" coverage "${town[@]}" --services "$work/s.csv" --type-value x
    says "^hint: "
}

@test "inputs: a table with WKT geometry; a zip; a gzipped table; a GeoPackage with several layers" {
    need ogr2ogr
    make_town
    printf 'name,wkt\na,POINT (-79.99 43.01)\nb,POINT (-79.97 43.005)\n' >"$work/s.csv"
    done_with coverage "${town[@]}" --services "$work/s.csv" --type-value x --measures count -o "$work/w/t.csv"
    [ "$(sum_of "$work/w/t.csv" x_count)" = 2 ]
    printf 'lon,lat\n-79.99,43.01\n-79.97,43.005\n' >"$work/p.csv"
    gzip -k "$work/p.csv"
    (cd "$work" && python3 -m zipfile -c p.zip p.csv)
    for file in p.csv.gz p.zip; do
        done_with coverage "${town[@]}" --services "$work/$file" --type-value x --measures count -o "$work/$file.d/t.csv"
        cmp "$work/w/t.csv" "$work/$file.d/t.csv"
    done
    ogr2ogr -q -nln one "$work/m.gpkg" "$work/areas.geojson" 2>/dev/null
    ogr2ogr -q -update -nln two -where "code = 'A'" "$work/m.gpkg" "$work/areas.geojson" 2>/dev/null
    done_with coverage --areas "$work/m.gpkg" --areas-layer two --area-id code --services "$work/p.csv" --type-value x --measures count -o "$work/two/t.csv"
    [ "$(wc -l <"$work/two/t.csv")" -eq 2 ]
    try coverage --areas "$work/m.gpkg" --area-id code --services "$work/p.csv" --type-value x --measures count -o "$work/any/t.csv"
    says "layers one, two|its layers are one, two"
}

@test "inputs: an empty table, a header alone, a file of zeros, a truncated file" {
    make_town
    printf 'lon,lat,kind\n' >"$work/header.csv"
    try coverage "${town[@]}" --services "$work/header.csv" --type kind -o "$work/h/t.csv"
    [ "$status" -eq 0 ] && says "no service records at all"
    : >"$work/empty.csv"
    refused 1 "empty.csv" coverage "${town[@]}" --services "$work/empty.csv" --type kind
    head -c 3000 /dev/zero >"$work/zeros.csv"
    try coverage "${town[@]}" --services "$work/zeros.csv" --type kind
    [ "$status" -eq 1 ]
    head -c 700 "$work/areas.geojson" >"$work/cut.geojson"
    refused 1 "cut.geojson" coverage --areas "$work/cut.geojson" "${shops[@]}"
    head -c 3000 /dev/urandom >"$work/noise.gpkg"
    refused 1 "noise.gpkg" coverage --areas "$work/noise.gpkg" "${shops[@]}"
}

@test "inputs: lone quote marks that swallow records are noticed" {
    make_town
    sed -i 's/^s2,Food Bank,/s2,"Food Bank,/' "$work/services.csv"
    try coverage "${town[@]}" "${shops[@]}" --type kind
    [ "$status" -le 1 ]
    says 'quote'
}

@test "inputs: two columns of the same name, a very long cell, a ragged row" {
    make_town
    { printf 'lon,lat,a,a,kind\n-79.99,43.01,1,2,x\n-79.97,43.005,1\n-79.97,43.03,1,2,'; head -c 200000 /dev/zero | tr '\0' y; printf ',9,9,9\n'; } >"$work/s.csv"
    try coverage "${town[@]}" --services "$work/s.csv" --type kind --measures count -o "$work/t.csv"
    [ "$status" -le 1 ] || tell "a crash"
    [ "$status" -eq 1 ] || says '3 records read = 3 in'
}

@test "inputs: an area without geometry stays a row with no measures" {
    make_town
    python3 - "$work/areas.geojson" <<'PY'
import json, sys
layer = json.load(open(sys.argv[1], encoding="utf-8"))
layer["features"][1]["geometry"] = None
json.dump(layer, open(sys.argv[1], "w", encoding="utf-8"))
PY
    done_with coverage "${town[@]}" "${shops[@]}" --type kind "${homes[@]}" -o "$work/t.csv"
    [ "$(cell "$work/t.csv" B state)" = no_geometry ]
    says "warning: .*areas.geojson: 1 of 5 areas have no outline that can be read: Birch, Upper; nothing is measured in them, and those of the [0-9]+ services outside"
    [ -z "$(cell "$work/t.csv" B language_within_pct)" ]
    [ "$(wc -l <"$work/t.csv")" -eq 6 ]
}

@test "inputs: an outline that the reader lets go is told, in the report, too" {
    make_town
    for broken in '[[[-80.0, 43.0], [-79.98, 43.0]]]' '[[[-80.0, null], [-79.98, 43.0], [-79.98, 43.02]]]' '[]'; do
        python3 -c '
import json, sys
layer = json.load(open(sys.argv[1] + "/areas.geojson", encoding="utf-8"))
layer["features"][0]["geometry"]["coordinates"] = json.loads(sys.argv[2])
json.dump(layer, open(sys.argv[1] + "/a.geojson", "w", encoding="utf-8"))' "$work" "$broken"
        done_with check --areas "$work/a.geojson" --area-id code --area-name label "${shops[@]}" --type kind
        says "a.geojson: 1 of 5 areas have no outline that can be read: Ashgrove"
        grep -q '^warnings: [1-9]' <<<"$output"
    done
}

@test "inputs: curved polygons are taken as polygons" {
    need ogr2ogr
    ogr2ogr -q -f GPKG -nlt CURVEPOLYGON "$work/c.gpkg" "$sample/neighbourhoods.geojson" 2>/dev/null
    done_with coverage --areas "$work/c.gpkg" --area-id id --services "$sample/services_2013.csv" --type type --measures count -o "$work/t.csv"
    says '355 records read = 352 in the areas \+ 3 outside'
}

@test "inputs: every file of broken/ gives a result or a clear message, as areas, as services and as demand" {
    need_geodata broken
    cd "$geodata/broken"
    failures=""
    while IFS= read -r file; do
        for role in areas services demand; do
            case $role in
            areas) set -- --areas "$file" --services "$sample/services_2013.csv" --type type ;;
            services) set -- --areas "$sample/neighbourhoods.geojson" --services "$file" --type-value x ;;
            demand) set -- --areas "$sample/neighbourhoods.geojson" --services "$sample/services_2013.csv" --type type --demand "$file" ;;
            esac
            try coverage -q "$@"
            case $status in
            0) [ -n "$output" ] || failures+="$role $file: success and no table"$'\n' ;;
            1) grep -q '^servicegap: error: .' <<<"$stderr" && grep -q '^hint: .' <<<"$stderr" || failures+="$role $file: no error with a hint"$'\n' ;;
            *) failures+="$role $file: exit status $status"$'\n' ;;
            esac
            # what libraries say by themselves is not a message of the program
            ! grep -Eq '^(ERROR|Warning) [0-9]' <<<"$stderr" || failures+="$role $file: $(grep -Em1 '^(ERROR|Warning) [0-9]' <<<"$stderr")"$'\n'
        done
    done < <(find . -type f | sort)
    [ -z "$failures" ] || { printf '%s' "$failures" >&2; false; }
}

# broken_as ROLE FILE STATUS PATTERN [OPTION ...]: what one file of broken/ gets.
broken_as() {
    local role="$1" file="$geodata/broken/$2" expected="$3" pattern="$4"
    shift 4
    if [ "$role" = areas ]; then
        try coverage --areas "$file" --services "$sample/services_2013.csv" --type type "$@"
    else
        try coverage --areas "$sample/neighbourhoods.geojson" --services "$file" --type-value x "$@"
    fi
    [ "$status" -eq "$expected" ] || tell "$file as $role: status $status instead of $expected"
    says "$pattern"
}

@test "inputs: broken/ as areas: what each gets (design, section 5)" {
    need_geodata broken
    # other geometry types are an error that names the area
    broken_as areas bowtie.json 1 "area '0' is a Geometry Collection, not a polygon"
    broken_as areas mixed_feature.json 1 "area '0' is a Multi Point, not a polygon"
    broken_as areas three_points/three_points.shp 1 "is a Point, not a polygon"
    broken_as areas corrupt_too_long/corrupt_too_long.shp 1 "is a Line String, not a polygon"
    # invalid ones are repaired with a warning that names the area; the services are elsewhere, which is what ends the run
    broken_as areas ogc_ex12.geojson 1 "warning: .*area '1' .*invalid outline .*repaired"
    broken_as areas invalid_rings.json 1 "warning: .*area '16972' .*repaired"
    broken_as areas ogc_ex11.geojson 1 "none of its 355 records lies in any area"
    broken_as areas openring.json 1 "none of its 355 records lies in any area"
    broken_as areas six_counties_three_null.json 1 "none of its 355 records"
    # what is not a dataset
    broken_as areas invalid_json_sample.json 1 "cannot be read as a layer or table"
    broken_as areas empty_zipfile.zip 1 "no layer or table in this archive"
    broken_as areas gauss_kruger_no_dbf/gauss_kruger.shp 1 "a shapefile needs its .shx and .dbf"
    broken_as areas latin1_no_shx/latin1.shp 1 "a shapefile needs its .shx and .dbf"
    # coordinate reference systems
    broken_as areas null_crs_gdal.gpkg 1 "says no coordinate reference system; .* taken as WGS 84"
    broken_as areas big5_shp/big5.shp 1 "says no coordinate reference system.*not longitudes and latitudes"
    says "^hint: .*--areas-crs"
    # GDAL's own number of record 3 is 0 once more before its version 3.7, and another later
    broken_as areas gdal_ids_0_1_null_1_null.json 1 "record 3: the area id '0' occurs twice|none of the 5 areas has a geometry"
    broken_as areas mixed_crs.gpkg 1 "NAD83 / Oregon North"
    broken_as areas mixed_crs.gpkg 1 "none of its 355 records.*in WGS 84$" --areas-layer oregon_4326
}

@test "inputs: broken/curvepolygon.gpkg as areas: a curve polygon is a polygon" {
    need_geodata broken/curvepolygon.gpkg
    broken_as areas curvepolygon.gpkg 1 "none of its 355 records lies in any area"
}

@test "inputs: broken/ as services: what each gets (design, section 5)" {
    need_geodata broken
    broken_as services gdal_ids_0_1_null_1_null.json 1 "none of its 5 records has a place"
    broken_as services six_counties_three_null.json 1 "6 records read = 0 in the areas \+ 3 outside \+ 3 rejected \(3 no coordinates\)"
    broken_as services invalid_coords/invalid_coordinates.shp 1 "record 1: coordinates are not finite"
    broken_as services invalid_coords/invalid_coordinates.json 1 "record 1: coordinates are not finite"
    broken_as services test_gpkg_nulls.gpkg 1 "4 records read = 0 in the areas \+ 3 outside \+ 1 rejected \(1 at 0, 0\)"
    broken_as services mixed_feature.json 1 "3 records read = 0 in the areas \+ 3 outside"
    broken_as services wkt.csv 1 "column 'geom' is taken as the geometry"
    broken_as services utf8_bom.csv.gz 1 "no columns that look like longitude and latitude among election_dt"
    broken_as services gdal_unbalanced_double_quotes.csv 1 "among id, txt"
    broken_as services gdal_header_with_line_break.csv 1 "among Column one"
    broken_as services invalid_json_sample.json 1 "cannot be read as a layer or table"
    broken_as services latin1_shp/latin1-property.shp 1 "1 record read = 0 in the areas \+ 1 outside"
    broken_as services three_points/three_points.shp 1 "3 records read = 0 in the areas \+ 0 outside \+ 3 rejected"
}

@test "inputs: broken/openring.json as services: one bad outline does not end the run" {
    need_geodata broken/openring.json
    broken_as services openring.json 1 "1 record read = 0 in the areas"
}

@test "inputs: a GeoPackage that is read in batches gets the warnings of any other file: weights, ranges, encoding" {
    need ogr2ogr
    make_town
    printf 'kind,agency,size,lon,lat\nfood,Caf\xe9,1,-79.99,43.01\nfood,b,-2,-79.99,43.01\nfood,c,3,-979.99,43.01\n' >"$work/odd.csv"
    printf 'kind,agency,size,lon,lat\nfood,Cafe,1,-79.99,43.01\nfood,b,-2,-79.99,43.01\nfood,c,3,-979.99,43.01\n' >"$work/plain.csv"
    ogr2ogr -oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat -oo AUTODETECT_TYPE=YES -a_srs EPSG:4326 "$work/odd.gpkg" "$work/plain.csv"
    python3 -c '
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = '"'trigger'"'")]
for name in names:
    db.execute(f"DROP TRIGGER \"{name}\"")
db.execute("UPDATE plain SET agency = CAST(x'"'436166E9'"' AS TEXT) WHERE fid = 1")
db.commit()' "$work/odd.gpkg"
    for ending in csv gpkg; do
        done_with coverage "${town[@]}" --services "$work/odd.$ending" --type kind --organization agency --weight size -o "$work/$ending/t.gpkg"
        says "odd.$ending: text that is not UTF-8 is read as Windows-1252 \(first: \"Café\"\)"
        says "odd.$ending, record 2.*weight.* is not a number of 0 or more"
        says "odd.$ending, record 3.*(longitude|out of range)"
        says "3 records read = 1 in the areas \+ 0 outside \+ 2 rejected"
        [ "$(python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT organization FROM sites").fetchone()[0])' "$work/$ending/t.gpkg")" = Café ]
    done
}

@test "inputs: a spreadsheet whose cells are all text has its names in the first row" {
    need ogr2ogr
    make_town
    printf 'lon,lat,kind\n-79.990,43.010,a\n-79.970,43.005,b\n' >"$work/text.csv"
    for ending in xlsx ods; do
        ogr2ogr "$work/text.$ending" "$work/text.csv" -oo AUTODETECT_TYPE=NO
        done_with coverage "${town[@]}" --services "$work/text.$ending" --type kind --measures count -o "$work/$ending/t.csv"
        [ "$(sum_of "$work/$ending/t.csv" all_count)" = 2 ]
        [ "$(sum_of "$work/$ending/t.csv" b_count)" = 1 ]
        ogr2ogr "$work/regions.$ending" "$work/regions.csv"
        done_with coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.$ending" -o "$work/$ending/r.gpkg"
        [ "$(python3 -c 'import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM regions").fetchone()[0])' "$work/$ending/r.gpkg")" -ge 3 ]
    done
}

@test "inputs: demand without a place is told with its people and logged; demand elsewhere is an error" {
    make_town
    { cat "$work/demand.csv"; printf ',,250,3\nx,43.01,40,3\n'; } >"$work/lost.csv"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --demand "$work/lost.csv" --demand-population residents -o "$work/out/t.csv"
    says "warning: 2 demand records \(290 people\) have no usable place and are not counted"
    python3 - "$work/out" <<'END'
import csv, json, sys
rows = [r for r in csv.DictReader(open(sys.argv[1] + "/rejected.csv", encoding="utf-8-sig")) if "demand" in r["servicegap_reason"]]
assert [(r["servicegap_record"], r["servicegap_reason"], r["residents"]) for r in rows] == [
    ("12", "demand outside all areas", "77"), ("13", "demand without a usable place", "250"),
    ("14", "demand without a usable place", "40")], rows
demand = json.load(open(sys.argv[1] + "/provenance.json"))["demand"]
assert (demand["read"], demand["counted"], demand["outside"], demand["rejected"]) == (14, 11, 1, 2), demand
END
    printf 'lon,lat,residents\n2,48,10\n2.1,48.1,20\n' >"$work/paris.csv"
    refused 1 "paris.csv: none of its 2 records lies in any area" coverage "${town[@]}" "${shops[@]}" --type kind \
        --demand "$work/paris.csv" --demand-population residents -o "$work/paris/t.csv"
    [ ! -e "$work/paris/t.csv" ]
}

@test "inputs: a geometry that cannot be read, or is not finite, costs its own record only" {
    make_town
    printf 'kind,WKT\nx,POINT(-79.99 43.01)\nx,junk\nx,POINT(1e999 43)\nx,POINT(-79.97 43.005)\n' >"$work/s.csv"
    done_with coverage "${town[@]}" --services "$work/s.csv" --type kind --measures count -o "$work/t.csv"
    says "s.csv(, record 2: the geometry cannot be read|: Ignoring invalid WKT: junk)" # newer GDALs say it themselves
    says "s.csv, record 3: coordinates are not finite"
    says "4 records read = 2 in the areas \+ 0 outside \+ 2 rejected"
    grep -q 's.csv,2,.*junk' "$work/rejected.csv"
    [ "$(sum_of "$work/t.csv" x_count)" = 2 ]
}

@test "inputs: a broken geometry in a GeoPackage costs its own record only" {
    need ogr2ogr
    make_town
    printf 'kind,WKT\nx,"LINESTRING(-79.99 43.01,-79.985 43.01)"\nx,"LINESTRING(-79.99 43.01,-79.98 43.01)"\n' >"$work/s.csv"
    ogr2ogr -q -a_srs EPSG:4326 "$work/s.gpkg" "$work/s.csv"
    in_gpkg "$work/s.gpkg" "UPDATE s SET geom = substr(geom, 1, length(geom) - 20) WHERE fid = 2"
    done_with coverage "${town[@]}" --services "$work/s.gpkg" --type kind --measures count -o "$work/t.csv"
    says "s.gpkg, record 2: the geometry cannot be read"
    says "2 records read = 1 in the areas \+ 0 outside \+ 1 rejected"
    done_with coverage "${town[@]}" --services "$work/s.gpkg" --type kind --service-id kind --measures count -o "$work/u.csv" --overwrite
    says "2 records read = 1 in the areas \+ 0 outside \+ 1 rejected"
}

@test "inputs: a shapefile whose .dbf has not as many records as its .shp is refused, in every part" {
    need ogr2ogr
    make_town
    ogr2ogr -q "$work/a.shp" "$work/areas.geojson" 2>/dev/null
    printf 'WKT,kind,people\n"POINT(-79.99 43.01)",x,5\n"POINT(-79.97 43.005)",x,6\n' >"$work/s.csv"
    ogr2ogr -q "$work/s.shp" "$work/s.csv" 2>/dev/null
    done_with coverage --areas "$work/a.shp" --area-id code --services "$work/s.shp" --type kind --measures count -o "$work/t.csv"
    # the number of records in the header of the .dbf
    printf '\x03' | dd of="$work/a.dbf" bs=1 seek=4 conv=notrunc status=none
    printf '\x01' | dd of="$work/s.dbf" bs=1 seek=4 conv=notrunc status=none
    refused 1 "a.shp: 5 shapes \(.shp\), but 3 records of attributes \(.dbf\)" coverage --areas "$work/a.shp" --area-id code "${shops[@]}" --type kind
    says "^hint: .*\.shx"
    refused 1 "s.shp: 2 shapes \(.shp\), but 1 records" coverage "${town[@]}" --services "$work/s.shp" --type kind
    refused 1 "s.shp: 2 shapes" coverage "${town[@]}" "${shops[@]}" --type kind --demand "$work/s.shp" --demand-population people
    refused 1 "a.shp: 5 shapes" map --layer "$work/a.shp" --field people -o "$work/m.png"
    printf '\x09' | dd of="$work/a.dbf" bs=1 seek=4 conv=notrunc status=none
    (cd "$work" && python3 -m zipfile -c a.zip a.shp a.shx a.dbf a.prj)
    refused 1 "a.zip: 5 shapes \(.shp\), but 9 records" coverage --areas "$work/a.zip" --area-id code "${shops[@]}" --type kind
}

@test "inputs: text in a number column of a GeoPackage is read as a census table writes it, not as 1 or 0" {
    need ogr2ogr
    make_town
    ogr2ogr -q -nln areas "$work/a.gpkg" "$work/areas.geojson" 2>/dev/null
    in_gpkg "$work/a.gpkg" "UPDATE areas SET people = '1,000' WHERE code = 'A'" "UPDATE areas SET people = 'x' WHERE code = 'B'" \
        "UPDATE areas SET people = 'many' WHERE code = 'C'" "UPDATE areas SET people = 12.5 WHERE code = 'D'"
    done_with coverage --areas "$work/a.gpkg" --area-id code --population people "${shops[@]}" --type kind --measures count -o "$work/t.csv"
    [ "$(cell "$work/t.csv" A population)" = 1000 ]
    [ -z "$(cell "$work/t.csv" B population)" ]
    [ -z "$(cell "$work/t.csv" C population)" ]
    [ "$(cell "$work/t.csv" D population)" = 12.5 ]
    says "area 'C': people \"many\" is not a number of people"
    done_with map --layer "$work/a.gpkg" --field people -o "$work/m.svg" --source town
    # services: a weight, in batches and one by one; a type
    printf 'WKT,size,kind\n"POINT(-79.99 43.01)",5,1\n"POINT(-79.97 43.005)",6,2\n' >"$work/s.csv"
    ogr2ogr -q -oo AUTODETECT_TYPE=YES -a_srs EPSG:4326 -nln s "$work/s.gpkg" "$work/s.csv"
    in_gpkg "$work/s.gpkg" "UPDATE s SET size = '1,500', kind = 'food' WHERE fid = 1"
    done_with coverage "${town[@]}" --services "$work/s.gpkg" --type-value x --weight size --measures count -o "$work/w.csv"
    [ "$(sum_of "$work/w.csv" x_count)" = 1506 ]
    done_with coverage "${town[@]}" --services "$work/s.gpkg" --type kind --measures count -o "$work/k.csv"
    [ "$(sum_of "$work/k.csv" food_count)" = 1 ]
    # a view has no ids to find the record by
    in_gpkg "$work/a.gpkg" "CREATE VIEW v AS SELECT geom, code, people FROM areas" \
        "INSERT INTO gpkg_contents (table_name, identifier, data_type, srs_id) VALUES ('v', 'v', 'features', 4326)" \
        "INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POLYGON', 4326, 0, 0)"
    refused 1 "a.gpkg: column 'people' says that it holds numbers, and holds the text \"1,000\"" coverage --areas "$work/a.gpkg" \
        --areas-layer v --area-id code --population people "${shops[@]}" --type kind
}

@test "inputs: an encoding that does not fit is said once; an unknown one in a project file is an error" {
    make_town
    printf 'lon,lat,kind\n-79.99,43.01,x\xff\n-79.97,43.005,y\xff\n' >"$work/s.csv"
    done_with coverage -q "${town[@]}" --services "$work/s.csv" --encoding CP932 --type kind --measures count -o "$work/t.csv"
    [ "$(grep -c 's.csv: bytes that mean nothing in CP932 are read as' <<<"$stderr")" -eq 1 ]
    printf 'areas: areas.geojson\nservices: services.csv\nencoding: FOO\n' >"$work/p.yaml"
    try run "$work/p.yaml"
    [ "$status" -ne 0 ]
    says "p.yaml.*'FOO' is not an encoding"
}

@test "inputs: what GDAL warns of is a warning of the program, once, with the file's name" {
    need ogr2ogr
    make_town
    ogr2ogr -q -nln areas "$work/a.gpkg" "$work/areas.geojson" 2>/dev/null
    in_gpkg "$work/a.gpkg" "DELETE FROM gpkg_spatial_ref_sys WHERE srs_id = 4326"
    sed "s/\[-80.0, 43.0\]/[-80.0, NaN]/" "$work/areas.geojson" >"$work/nan.geojson"
    grep -q NaN "$work/nan.geojson"
    for file in a.gpkg nan.geojson; do
        try coverage -q --areas "$work/$file" --area-id code "${shops[@]}" --type kind --measures count -o "$work/t.csv" --overwrite
        ! grep -Ev '^(servicegap: (warning|error): |hint: )' <<<"$stderr" || tell "$file: a message of another"
    done
    try coverage -q --areas "$work/a.gpkg" --area-id code "${shops[@]}" --type kind --measures count -o "$work/t.csv" --overwrite
    [ "$(grep -c 'warning: .*a.gpkg: unable to read srs_id' <<<"$stderr")" -eq 1 ]
    refused 1 "warnings, which --strict" coverage --strict --areas "$work/a.gpkg" --area-id code "${shops[@]}" --type kind -o "$work/u.csv"
}

@test "inputs: UTF-16 and UTF-32 text is called so, with what to save it as" {
    make_town
    for encoding in UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do
        iconv -t "$encoding" "$work/services.csv" >"$work/bare.csv"
        { printf '\xEF\xBB\xBF'; cat "$work/services.csv"; } | iconv -f UTF-8 -t "$encoding" >"$work/marked.csv"
        for file in bare marked; do
            refused 1 "$file.csv: is ${encoding%?E} text" coverage "${town[@]}" --services "$work/$file.csv" --type kind
            says "^hint: save it as UTF-8"
        done
    done
}

@test "inputs: an area across the antimeridian must be split, and then is measured" {
    printf 'lon,lat,kind\n179.95,-16.95,x\n-179.95,-16.95,x\n' >"$work/s.csv"
    area() { printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"F"},"geometry":%s}]}' "$1" >"$work/a.geojson"; }
    area '{"type":"Polygon","coordinates":[[[179.9,-17],[-179.9,-17],[-179.9,-16.9],[179.9,-16.9],[179.9,-17]]]}'
    refused 1 "a.geojson: area 'F' \(F\) spans 359.8 degrees of longitude" coverage --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type kind
    says "^hint: split it at the antimeridian: ogr2ogr -wrapdateline"
    area '{"type":"Polygon","coordinates":[[[-180,-90],[180,-90],[180,90],[-180,90],[-180,-90]]]}'
    refused 1 "area 'F' \(F\) spans 360 degrees" coverage --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type kind
    area '{"type":"MultiPolygon","coordinates":[[[[179.9,-17],[180,-17],[180,-16.9],[179.9,-16.9],[179.9,-17]]],[[[-180,-17],[-179.9,-17],[-179.9,-16.9],[-180,-16.9],[-180,-17]]]]}'
    done_with coverage --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type kind --measures count -o "$work/t.csv"
    [ "$(cell "$work/t.csv" F x_count)" = 2 ]
    [[ "$(cell "$work/t.csv" F area_km2)" == 235.* ]]
}

@test "inputs: a GeoJSON file that names an unknown coordinate reference system is not taken at its word" {
    make_town
    says_crs() { # NAME FILE: before the features, and behind them
        sed "s|\"features\"|\"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"$1\"}}, \"features\"|" "$work/areas.geojson" >"$work/first.geojson"
        sed "s|}\$|, \"crs\": {\"type\": \"name\", \"properties\": {\"name\": \"$1\"}}}|" "$work/areas.geojson" >"$work/last.geojson"
    }
    for name in EPSG:99999 urn:ogc:def:crs:FOO::2019; do
        says_crs "$name"
        for file in first last; do
            done_with check --areas "$work/$file.geojson" --area-id code "${shops[@]}" --type kind
            says "warning: .*$file.geojson: the layer says '$name', which no coordinate reference system here is called; .* taken as WGS 84"
            says "^hint: .*--areas-crs"
            ! grep -q 'WGS 84.*as the file says' <<<"$output" || tell "said by the file"
        done
    done
    for name in EPSG:4326 urn:ogc:def:crs:OGC:1.3:CRS84 urn:ogc:def:crs:EPSG::4269; do
        says_crs "$name"
        for file in first last; do
            done_with check --areas "$work/$file.geojson" --area-id code "${shops[@]}" --type kind
            quiet_about 'taken as WGS 84'
            grep -q 'as the file says' <<<"$output"
        done
    done
    says_crs EPSG:99999
    sed -i 's/-80.0,/480000.0,/g; s/-79.9/479999.9/g' "$work/last.geojson"
    refused 1 "last.geojson: the layer says 'EPSG:99999', .*are not longitudes and latitudes" coverage --areas "$work/last.geojson" --area-id code "${shops[@]}" --type kind
    says "^hint: .*--areas-crs"
}

@test "inputs: two lone quote marks that join whole records are noticed; a cell of several lines is not" {
    make_town
    printf 'name,kind,lon,lat\ns1,food,-79.99,43.01\n"s2,food,-79.97,43.005\ns3,food,-79.97,43.006\ns4",food,-79.97,43.007\ns5,food,-79.99,43.01\n' >"$work/s.csv"
    done_with coverage "${town[@]}" --services "$work/s.csv" --type kind --measures count -o "$work/t.csv"
    says "3 records read"
    says "warning: .*s.csv, line 3: a quoted cell runs over 3 lines, and each of them has all 4 cells of a record; 2 records seem to be swallowed"
    says "about 2 lines may be swallowed"
    printf 'name,kind,lon,lat\r\n"s1\r\n12 Main St, Toronto",food,-79.99,43.01\r\n' >"$work/m.csv"
    done_with coverage "${town[@]}" --services "$work/m.csv" --type kind --measures count -o "$work/m/t.csv"
    quiet_about swallowed
}

@test "inputs: CSV records with more cells than the header are told, once; empty cells at their end are no fault" {
    make_town
    printf 'lon,lat,type\n-79.975,43.0101,a\n-79.975,43,0101,a\n-79.9751,43.0102,b,,\n-79.9752,43,0103,b, \n-79.9753,43.0104,b, x\n' >"$work/s.csv"
    told='s.csv: 3 records have more cells than the header.s 3, and what is beyond is left out; the first is record 2 \(line 3\), with 4$'
    done_with check "${town[@]}" --services "$work/s.csv" --type type
    says "$told"
    [ "$(grep -c 'more cells' <<<"$stderr")" -eq 1 ]
    grep -Eq '^  more cells than header +3$' <<<"$output"
    done_with check --json "${town[@]}" --services "$work/s.csv" --type type --services-where "type IS NOT NULL" # as GDAL reads it
    says "$told"
    grep -q '"more_cells_than_header": 3' <<<"$output"
    refused 1 'strict' coverage --strict "${town[@]}" --services "$work/s.csv" --type type
    tr , ';' <"$work/s.csv" | sed '/0103\|x$/d' >"$work/one.csv"
    done_with coverage "${town[@]}" --services "$work/one.csv" --type type
    says 'one.csv: 1 record has more cells than the header.s 3, and what is beyond is left out: record 2 \(line 3\), with 4$'
    printf 'lon,lat,type\n-79.975,43.0101,a,\n-79.975,43.0102,b,, ,""\n"-79.9751","43.0103","a,b"\n' >"$work/s.csv"
    done_with check "${town[@]}" --services "$work/s.csv" --type type
    quiet_about 'more cells'
    [ "$(grep -c 'more cells' <<<"$output")" -eq 0 ]
    printf 'WKT,type\nPOINT (-79.975 43.0101),a,b\n' >"$work/s.csv"
    done_with check "${town[@]}" --services "$work/s.csv" --type type
    says 's.csv: 1 record has more cells than the header.s 2,'
    printf 'lon,lat,residents\n-79.975,43.0101,1,200\n' >"$work/d.csv"
    done_with check "${town[@]}" --demand "$work/d.csv" --demand-population residents
    says 'd.csv: 1 record has more cells than the header.s 3,'
    grep -Eq '^  more cells than header +1$' <<<"$output"
}

@test "inputs: dates that are none are said, and leave their service open" {
    make_town
    sed -i 's/2001-05-01/spring/; s/2010-09-01/2010-13-01/; s/2013-03-01/soon/' "$work/services.csv"
    mv "$work/services.csv" "$work/s.csv"
    done_with coverage "${town[@]}" --services "$work/s.csv" --type kind --opened opened --closed closed --as-of 2013-06-30 --measures count -o "$work/t.csv"
    says 's.csv, record 1: opened "spring" is not a date'
    says 's.csv, record 3: opened "2010-13-01" is not a date'
    [ "$(cell "$work/t.csv" A all_count)" = 2 ] # spring is open; s2 has closed
    { head -1 "$work/s.csv"; for i in 1 2 3 4 5; do echo "s$i,Food Bank,x,-79.99,43.01,1,never,,"; done; } >"$work/five.csv"
    done_with coverage "${town[@]}" --services "$work/five.csv" --type kind --opened opened --as-of 2013-06-30 --measures count -o "$work/u.csv"
    [ "$(grep -c 'opened "never" is not a date' <<<"$stderr")" -eq 3 ]
    says "five.csv: 5 dates in all are none"
}

@test "inputs: a JSON list of types is several types" {
    make_town
    printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"t":["Settlement","Food"]},"geometry":{"type":"Point","coordinates":[-79.99,43.01]}}]}' >"$work/s.geojson"
    for separator in ';' ','; do
        done_with coverage "${town[@]}" --services "$work/s.geojson" --type t --type-separator "$separator" --measures count -o "$work/t.csv" --overwrite
        [ "$(cell "$work/t.csv" A settlement_count)" = 1 ]
        [ "$(cell "$work/t.csv" A food_count)" = 1 ]
    done
}

@test "inputs: ids too large for a whole number, half-empty region rows, aliases that contradict each other" {
    make_town
    sed 's/"code": "A"/"code": 12345678901234567890/; s/"code": "B"/"code": 2/; s/"code": "C"/"code": 3/; s/"code": "D"/"code": 4/; s/"code": "E"/"code": 5/' \
        "$work/areas.geojson" >"$work/whole.geojson"
    sed 's/"code": "A"/"code": 12345678901234567890/' "$work/areas.geojson" >"$work/mixed.geojson"
    for file in whole mixed; do
        refused 1 "$file.geojson, record 1: the area's id is a whole number that is too large" coverage --areas "$work/$file.geojson" --area-id code "${shops[@]}" --type kind
    done
    says "^hint: write the ids as text"
    printf 'area_id,region\nA,North\n,South\nC,\n,\nD,South\n' >"$work/regions.csv"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.csv" --measures count -o "$work/t.csv"
    says "regions.csv: 1 row without an area_id and 1 without a region left out \(the first is record 2\)"
    printf 'from,to\nX,A\nY,A\nx,B\n' >"$work/aliases.csv"
    refused 1 "aliases.csv: 'X' is 'A' in row 2, and 'x' is 'B' in row 4" coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.csv" --aliases "$work/aliases.csv"
    printf 'from,to\nX,A\nx,A\n' >"$work/aliases.csv"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --regions "$work/regions.csv" --aliases "$work/aliases.csv" --measures count -o "$work/u.csv"
}

@test "inputs: hints that help: no .dbf, an archive whose names lead out of it, a name that is too long" {
    need ogr2ogr
    make_town
    ogr2ogr -q "$work/a.shp" "$work/areas.geojson" 2>/dev/null
    rm "$work/a.dbf"
    refused 1 "no field 'code'" coverage --areas "$work/a.shp" --area-id code "${shops[@]}" --type kind
    says "a.shp: without its .dbf the shapes have no names and no numbers"
    says "^hint: get the .dbf"
    python3 -c '
import sys, zipfile
for name in "../a.geojson", "/etc/a.geojson":
    with zipfile.ZipFile(sys.argv[1] + "/" + ("up" if name[0] == "." else "root") + ".zip", "w") as file:
        file.write(sys.argv[1] + "/areas.geojson")
        file.filelist[0].filename = name' "$work"
    refused 1 "up.zip: the file in it is called '\.\./a.geojson', which leads out" coverage --areas "$work/up.zip" "${shops[@]}" --type kind
    says "^hint: unpack it by hand"
    refused 1 "root.zip: the file in it is called '/etc/a.geojson', which leads out" coverage --areas "$work/root.zip" "${shops[@]}" --type kind
    printf 'PK not really' >"$work/bad.zip"
    refused 1 "bad.zip: an empty or damaged archive" coverage --areas "$work/bad.zip" "${shops[@]}" --type kind
    long="$(printf 'x%.0s' {1..300})"
    refused 1 "the name has 304 bytes, and file systems take no more than 255" coverage "${town[@]}" "${shops[@]}" --type kind -o "$work/$long.csv"
    says "^hint: choose a shorter name"
    refused 1 "" coverage "${town[@]}" "${shops[@]}" --type kind -o "$work/${long:0:250}.shp"
    says "^hint: choose a shorter name"
    nothing_left_in "$work"
}

@test "inputs: --encoding is of tables that do not say; a layer of UTF-8 keeps its letters" {
    make_town
    iconv -t WINDOWS-1252 "$work/services.csv" >"$work/latin.csv"
    done_with coverage "${town[@]}" --services "$work/latin.csv" --encoding Windows-1252 --type kind --measures count -o "$work/t.csv"
    grep -q 'Côte-des-Pins' "$work/t.csv"
    header "$work/t.csv" | grep -qx eclairage_public_count
    need ogr2ogr
    # a shapefile that says what it is, and one that does not
    ogr2ogr -q "$work/a.shp" "$work/areas.geojson" -lco ENCODING=ISO-8859-1 2>/dev/null
    done_with coverage -q --overwrite --areas "$work/a.shp" --area-id code --area-name label --encoding CP437 "${shops[@]}" --type kind --measures count -o "$work/t.csv"
    grep -q 'Côte-des-Pins' "$work/t.csv"
    ogr2ogr -q "$work/b.shp" "$work/areas.geojson" -lco ENCODING=CP437 2>/dev/null
    rm -f "$work/b.cpg"
    done_with coverage -q --overwrite --areas "$work/b.shp" --area-id code --area-name label --encoding CP437 "${shops[@]}" --type kind --measures count -o "$work/t.csv"
    grep -q 'Côte-des-Pins' "$work/t.csv"
}

@test "inputs: the line that tells a spreadsheet its separator is no heading" {
    make_town
    { echo 'sep=,'; cat "$work/services.csv"; } >"$work/s.csv"
    refused 1 "s.csv: its first line \('sep=.*'\) is for spreadsheets, and stands where the headings should be" coverage "${town[@]}" --services "$work/s.csv" --type kind
    says "^hint: take that line out"
}
