#!/usr/bin/env bats
# The layers of the sample in a real QGIS, without a screen. Skipped where QGIS's Python module is absent.

load helpers

python=/usr/bin/python3

in_qgis() {
    QT_QPA_PLATFORM=offscreen timeout 120 "$python" -B "$here/../qgis/check_layers.py" "$@"
}

setup_file() {
    /usr/bin/python3 -c 'import qgis.core' 2>/dev/null || return 0
    export SERVICEGAP_DATA="${SERVICEGAP_DATA:-$BATS_TEST_DIRNAME/../..}"
    "${SERVICEGAP:-$BATS_TEST_DIRNAME/../../build/bin/servicegap}" run -q "$BATS_TEST_DIRNAME/../../geodata/sample/project.yaml" \
        -o "$BATS_FILE_TMPDIR/out" || true
}

need_qgis() {
    "$python" -c 'import qgis.core' 2>/dev/null || skip "QGIS and its Python module (python3-qgis) are not installed"
}

@test "qgis: coverage.gpkg and coverage.shp are valid, with CRS, fields, counts and the table's values" {
    need_qgis
    SERVICEGAP_ALIASES=no run in_qgis "$BATS_FILE_TMPDIR/out"
    echo "$output" >&2
    [ "$status" -eq 0 ]
}

@test "qgis: fields of the GeoPackage have their titles as aliases" {
    need_qgis
    run in_qgis "$BATS_FILE_TMPDIR/out"
    echo "$output" >&2
    [ "$status" -eq 0 ]
}

@test "qgis: the check itself finds a wrong value, a missing field and another count" {
    need_qgis
    need ogr2ogr
    cp -r "$BATS_FILE_TMPDIR/out" "$work/out"
    sed -i '2s/,measured,/,suppressed,/' "$work/out/coverage.csv"
    export SERVICEGAP_ALIASES=no
    run in_qgis "$work/out"
    [ "$status" -eq 1 ]
    [[ "$output" == *"measured is not suppressed"* ]]
    run in_qgis "$BATS_FILE_TMPDIR/out" 55
    [ "$status" -eq 1 ]
    run in_qgis "$BATS_FILE_TMPDIR/out" 54 26917
    [ "$status" -eq 1 ]
    [[ "$output" == *"has CRS EPSG:4326"* ]]
}

@test "qgis: the styles of GeoPackage, shapefile and SLD give every area the colour that it has on the printed map" {
    need_qgis
    cat >"$work/p.yaml" <<Y
areas: $sample/neighbourhoods.geojson
area-id: id
services: $sample/services_2013.csv
type: type
taxonomy: lip
demand: $sample/blocks.geojson
demand-population: population
output: $work/out
layers: [coverage.gpkg, coverage.shp]
maps:
  - field: gap_index
    crs: EPSG:26917
    labels: none
    output: map.png
Y
    done_with run -q "$work/p.yaml"
    run env QT_QPA_PLATFORM=offscreen timeout 120 "$python" -B "$here/../qgis/check_styles.py" "$work/out" "$work/out/map.png" 26917
    echo "$output" >&2
    [ "$status" -eq 0 ]
}

@test "qgis: every service is drawn once, in the colour of its type; streets within reach and records set aside have a look" {
    need_qgis
    # two records of several types
    cp "$sample/services_2013.csv" "$work/services.csv"
    python3 - "$work/services.csv" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")))
for row in rows[:2]:
    row["type"] = "Health; Housing"
with open(sys.argv[1], "w", encoding="utf-8", newline="") as file:
    writer = csv.DictWriter(file, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
PY
    done_with coverage -q --areas "$sample/neighbourhoods.geojson" --area-id id --services "$work/services.csv" --type type \
        --taxonomy lip --demand "$sample/blocks.geojson" --demand-population population --streets "$sample/streets.geojson" \
        --regions "$sample/regions.csv" --within 500,1000 --catchments types,sites,streets -o "$work/c.gpkg"
    run env QT_QPA_PLATFORM=offscreen timeout 120 "$python" -B "$here/../qgis/check_points.py" "$work/c.gpkg" "$here/../../styles/taxonomies/lip.yaml"
    echo "$output" >&2
    [ "$status" -eq 0 ]
    for layer in coverage sites regions catchments catchment_sites catchment_streets unreached rejected; do
        [[ "$output" == *"'$layer': "* ]]
    done
}

@test "qgis: the check of the styles finds a class with another limit" {
    need_qgis
    done_with run -q "$sample/project.yaml" -o "$work/out"
    done_with map -q --layer "$work/out/coverage.gpkg" --field gap_index --method custom --breaks 10,25,50,75 --labels none --crs EPSG:26917 -o "$work/m.png"
    sed -i 's|<ogc:Literal>10</ogc:Literal>|<ogc:Literal>20</ogc:Literal>|' "$work/out/coverage.sld"
    run env QT_QPA_PLATFORM=offscreen timeout 120 "$python" -B "$here/../qgis/check_styles.py" "$work/out" "$work/m.png" 26917
    [ "$status" -eq 1 ]
    [[ "$output" == *"by the SLD, not"* ]]
}

@test "qgis: the SLD is well formed and has a rule for each class, zero and no data" {
    need xmllint
    make_town
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind -o "$work/out/t.shp"
    xmllint --noout "$work/out/t.sld"
    [ "$(grep -c '<Rule>' "$work/out/t.sld")" -eq "$(grep -c '<rule ' "$work/out/t.qml")" ]
    grep -q '<ogc:PropertyName>GAP_INDEX</ogc:PropertyName>' "$work/out/t.sld"
}
