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
