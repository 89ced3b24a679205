#!/usr/bin/env bats
# Inputs as they come: wrong ones get a result or a sentence that says what to do, never a crash and never silence.

load helpers

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
    [ -z "$(cell "$work/t.csv" B language_within_pct)" ]
    [ "$(wc -l <"$work/t.csv")" -eq 6 ]
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
    broken_as areas gdal_ids_0_1_null_1_null.json 1 "record 3: the area id '0' occurs twice"
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
