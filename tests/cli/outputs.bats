#!/usr/bin/env bats
# What is written: formats that open elsewhere with the right CRS, names and counts; files that appear whole or not at all.

load helpers

# town_as ENDING [OPTION ...]: the town as $work/out/t.ENDING
town_as() {
    local ending="$1"
    shift
    done_with coverage -q --overwrite "${town[@]}" "${shops[@]}" --type kind --organization agency "${homes[@]}" \
        --regions "$work/regions.csv" -o "$work/out/t.$ending" "$@"
}

# describe FILE [LAYER]: ogrinfo's summary.
describe() {
    ogrinfo -so -al "$@" 2>/dev/null
}

@test "outputs: GeoPackage: layers, counts, CRS, extent and field names" {
    need ogrinfo
    make_town
    town_as gpkg
    describe "$work/out/t.gpkg" >"$work/info.txt"
    [ "$(grep '^Layer name:' "$work/info.txt" | tr '\n' ' ')" = "Layer name: coverage Layer name: sites Layer name: regions Layer name: catchments Layer name: rejected Layer name: layer_styles " ]
    [ "$(grep '^Feature Count:' "$work/info.txt" | tr '\n' ' ')" = "Feature Count: 5 Feature Count: 7 Feature Count: 3 Feature Count: 4 Feature Count: 6 Feature Count: 5 " ] # styles: of the gap, of sites, regions, catchments and rejected
    [ "$(grep -c 'ID\["EPSG",4326\]]$' "$work/info.txt")" -eq 5 ]
    [ "$(grep -c '^Geometry: Multi Polygon' "$work/info.txt")" -eq 3 ]
    [ "$(grep -c '^Geometry: Point' "$work/info.txt")" -eq 2 ]
    grep -qF 'Extent: (-80.000000, 43.000000) - (-79.940000, 43.040000)' "$work/info.txt"
    servicegap coverage -q "${town[@]}" "${shops[@]}" --type kind --organization agency "${homes[@]}" >"$work/t.csv" 2>/dev/null
    describe "$work/out/t.gpkg" coverage | sed -n 's/^\([a-z_0-9]*\): \(String\|Real\|Integer\|Integer64\) .*/\1/p' | diff - <(header "$work/t.csv")
}

@test "outputs: GeoPackage is valid: header, contents, geometry columns, integrity" {
    make_town
    town_as gpkg
    python3 - "$work/out/t.gpkg" <<'PY'
import sqlite3, struct, sys
data = open(sys.argv[1], "rb").read(100)
assert data[68:72] == b"GPKG" and struct.unpack(">I", data[60:64])[0] >= 10200
db = sqlite3.connect(sys.argv[1])
one = lambda sql: db.execute(sql).fetchall()
assert one("PRAGMA integrity_check") == [("ok",)] and one("PRAGMA foreign_key_check") == []
tables = {r[0] for r in one("SELECT name FROM sqlite_master WHERE type = 'table'")}
for name, kind, identifier, description, srs, x0, y0, x1, y1 in one(
        "SELECT table_name, data_type, identifier, description, srs_id, min_x, min_y, max_x, max_y FROM gpkg_contents"):
    assert name in tables and identifier, name
    if kind != "features":
        continue
    assert srs == 4326 and description, name
    # catchments reach a kilometre beyond the sites
    assert -80.01 < x0 <= x1 < -79.9 and 42.99 < y0 <= y1 < 43.05 or name == "rejected", (name, x0, y0, x1, y1)
assert one("SELECT table_name, geometry_type_name, srs_id, z, m FROM gpkg_geometry_columns ORDER BY 1") == [
    ("catchments", "MULTIPOLYGON", 4326, 0, 0), ("coverage", "MULTIPOLYGON", 4326, 0, 0), ("regions", "MULTIPOLYGON", 4326, 0, 0),
    ("rejected", "POINT", 4326, 0, 0), ("sites", "POINT", 4326, 0, 0)]
import re
assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", d) for d, in one("SELECT last_change FROM gpkg_contents")) # requirement 15
srs = {r[0] for r in one("SELECT srs_id FROM gpkg_spatial_ref_sys")}
assert {-1, 0, 4326} <= srs
PY
}

@test "outputs: GeoPackage describes its columns (gpkg_data_columns with the schema extension)" {
    make_town
    town_as gpkg
    python3 - "$work/out/t.gpkg" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
tables = {r[0] for r in db.execute("SELECT name FROM sqlite_master")}
assert "gpkg_data_columns" in tables, "no gpkg_data_columns: neither titles nor descriptions"
rows = {r[0]: r[1:] for r in db.execute("SELECT column_name, title, description FROM gpkg_data_columns WHERE table_name = 'coverage'")}
columns = [r[1] for r in db.execute("PRAGMA table_info(coverage)") if r[1] not in ("fid", "geom")]
assert set(columns) <= set(rows), set(columns) - set(rows)
assert rows["language_count"][0] == "Language: services" and "located in the area" in rows["language_count"][1]
assert all(title and text for title, text in rows.values())
assert ("gpkg_data_columns", "gpkg_schema") in set(db.execute("SELECT table_name, extension_name FROM gpkg_extensions"))
PY
}

@test "outputs: Shapefile: names of the design, UTF-8, dictionary, the same numbers" {
    need ogrinfo
    make_town
    town_as shp
    [ "$(ls "$work/out" | tr '\n' ' ')" = "provenance.json rejected.csv t.cpg t.dbf t.fields.csv t.prj t.qml t.regions.csv t.shp t.shx t.sld " ]
    [ "$(cat "$work/out/t.cpg")" = UTF-8 ]
    names="$(describe "$work/out/t.shp" t | sed -n 's/^\([A-Z_0-9]*\): \(String\|Real\|Integer\) .*/\1/p')"
    [ "$(head -12 <<<"$names" | sort | tr '\n' ' ')" = "$(printf '%s\n' AREA_ID NAME STATE GAP_INDEX GAP_CLASS GAP_RANK PRIORITY TYPES_N TYPES_MISS AREA_KM2 POPULATION NEED | sort | tr '\n' ' ')" ]
    for type in ALL FOO LAN ECL; do
        [ "$(grep "^${type}_" <<<"$names" | tr '\n' ' ')" = "$(printf "${type}_%s " CNT P10K PKM2 SHARE LQ NEAR NP90 W W2 UNCOV UNRCH RCH ACC SHORT GAP)" ]
    done
    [ -z "$(sort <<<"$names" | uniq -d)" ]
    [ "$(cut -d, -f1 "$work/out/t.fields.csv" | tail -n +2)" = "$names" ]
    ogrinfo -al -geom=NO "$work/out/t.shp" 2>/dev/null | grep -q 'NAME (String) = Côte-des-Pins'
    describe "$work/out/t.shp" t | grep -q 'WGS 84\|WGS_1984'
    python3 - "$work" <<'PY'
import csv, json, subprocess, sys
folder = sys.argv[1] + "/out/"
done = subprocess.run(["ogr2ogr", "-f", "CSV", "/vsistdout/", folder + "t.shp"], capture_output=True, text=True, check=True)
short = {r["AREA_ID"]: r for r in csv.DictReader(done.stdout.splitlines())}
names = {r["short_name"]: r["long_name"] for r in csv.DictReader(open(folder + "t.fields.csv", encoding="utf-8"))}
open(folder + "names.json", "w").write(json.dumps(names))
assert names["LAN_W2"] == "language_within2_pct" and names["ECL_RCH"] == "eclairage_public_reach"
assert len(short) == 5
PY
    servicegap coverage -q "${town[@]}" "${shops[@]}" --type kind --organization agency "${homes[@]}" >"$work/t.csv" 2>/dev/null
    ogr2ogr -f CSV "$work/short.csv" "$work/out/t.shp" 2>/dev/null
    python3 - "$work" <<'PY'
import csv, json, sys
folder = sys.argv[1]
names = json.load(open(folder + "/out/names.json"))
long = {r["area_id"]: r for r in csv.DictReader(open(folder + "/t.csv", encoding="utf-8"))}
compared = 0
for row in csv.DictReader(open(folder + "/short.csv", encoding="utf-8")):
    for short, name in names.items():
        mine, theirs = row[short], long[row["AREA_ID"]][name]
        if mine == theirs:
            continue
        compared += 1
        assert mine != "" and theirs != "", (short, mine, theirs)
        assert abs(float(mine) - float(theirs)) <= 1e-6 * max(1, abs(float(theirs))), (short, mine, theirs)
assert compared > 20
PY
}

@test "outputs: Shapefile: the sample's types are the taxonomy's three letters" {
    need ogrinfo
    city
    done_with coverage -q "${city_options[@]}" --within 500,1000 --measures count,within_pct,uncovered,reach,gap -o "$work/t.shp"
    names="$(describe "$work/t.shp" t | sed -n 's/^\([A-Za-z_0-9]*\): \(String\|Real\|Integer\) .*/\1/p')"
    for type in ALL EMP SOC HEA SET COM HOU LAN EDU REC ART CCT ADV OTH; do
        grep -qx "${type}_CNT" <<<"$names"
    done
    # several thresholds: still unique, still ten letters, the same on every run
    [ -z "$(sort <<<"$names" | uniq -d)" ]
    [ "$(awk 'length($0) > 10' <<<"$names")" = "" ]
    done_with coverage -q "${city_options[@]}" --within 500,1000 --measures count,within_pct,uncovered,reach,gap -o "$work/again/t.shp"
    cmp "$work/t.dbf" "$work/again/t.dbf"
    cmp "$work/t.fields.csv" "$work/again/t.fields.csv"
}

@test "outputs: more than 255 fields in a shapefile are an error that names --measures; other formats take them" {
    city
    refused 1 "255" coverage -q "${city_options[@]}" --within 100,200,300,400,500,600,700,800 -o "$work/t.shp"
    says "measures"
    [ ! -e "$work/t.shp" ]
    nothing_left_in "$work"
}

@test "outputs: GeoJSON, FlatGeobuf, XLSX and ODS open with the table's counts and values" {
    need ogrinfo
    make_town
    servicegap coverage -q "${town[@]}" "${shops[@]}" --type kind --organization agency "${homes[@]}" >"$work/t.csv" 2>/dev/null
    want="$(cell "$work/t.csv" B language_nearest_m)"
    for ending in geojson fgb xlsx ods; do
        town_as "$ending"
        describe "$work/out/t.$ending" coverage | grep -q '^Feature Count: 5$'
        ogrinfo -al -geom=NO "$work/out/t.$ending" coverage 2>/dev/null | grep -q 'area_name (String) = Côte-des-Pins'
        got="$(ogrinfo -al -geom=NO -where "area_id = 'B'" "$work/out/t.$ending" coverage 2>/dev/null | sed -n 's/^ *language_nearest_m (Real) = //p')"
        python3 -c 'import sys; a, b = map(float, sys.argv[1:]); sys.exit(not abs(a - b) < 1e-9)' "$got" "$want"
        case $ending in
        geojson | fgb) describe "$work/out/t.$ending" coverage | grep -q 'ID\["EPSG",4326\]]$' ;;
        esac
    done
    # a missing number is missing, not 0
    ogrinfo -al -geom=NO -where "area_id = 'E'" "$work/out/t.xlsx" coverage 2>/dev/null | grep -Eq 'language_gap \([A-Za-z]*\) = \(null\)|^$'
    ! ogrinfo -al -geom=NO -where "area_id = 'E'" "$work/out/t.xlsx" coverage 2>/dev/null | grep -q 'language_gap (Real) = 0'
    python3 -c '
import json, sys
layer = json.load(open(sys.argv[1], encoding="utf-8"))
assert len(layer["features"]) == 5 and "crs" not in layer
for f in layer["features"]:
    ring = f["geometry"]["coordinates"][0] if f["geometry"]["type"] == "Polygon" else f["geometry"]["coordinates"][0][0]
    turn = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in zip(ring, ring[1:]))
    assert turn < 0 and ring[0] == ring[-1]  # RFC 7946: outer rings run counterclockwise
    if f["properties"]["area_id"] == "E":
        assert f["properties"]["language_gap"] is None
' "$work/out/t.geojson"
}

@test "outputs: layers keep the CRS of the areas; GeoJSON is longitude and latitude" {
    need ogr2ogr
    make_town
    ogr2ogr -q -t_srs EPSG:26917 "$work/utm.gpkg" "$work/areas.geojson"
    town=(--areas "$work/utm.gpkg" --area-id code --area-name label --population people --need newcomers)
    for ending in gpkg shp fgb; do
        town_as "$ending"
        describe "$work/out/t.$ending" | grep -q 'ID\["EPSG",26917\]]$'
    done
    town_as geojson
    describe "$work/out/t.geojson" | grep -q 'Extent: (-80.0'
}

@test "outputs: cells that a spreadsheet would run are text; commas, quotes and accents survive" {
    make_town
    sed -i 's/"Ashgrove"/"=HYPERLINK(\\"http:\/\/x\\")"/; s/"Dockside"/"He said \\"hi\\", +1"/' "$work/areas.geojson"
    town_as csv
    python3 - "$work/out/t.csv" <<'PY'
import csv, sys
names = {r["area_id"]: r["area_name"] for r in csv.DictReader(open(sys.argv[1], encoding="utf-8", newline=""))}
assert names["A"][0] == "'" and names["A"].endswith('=HYPERLINK("http://x")'), names["A"]
assert names["B"] == "Birch, Upper" and names["C"] == "Côte-des-Pins" and names["D"] == 'He said "hi", +1', names
PY
    [ "$(grep -c $'\r' "$work/out/t.csv")" -eq 0 ]
}

@test "outputs: existing files stay without --overwrite, and are replaced whole with it" {
    make_town
    mkdir "$work/out"
    echo mine >"$work/out/t.gpkg"
    refused 1 "t.gpkg: exists already" coverage "${town[@]}" "${shops[@]}" --type kind -o "$work/out/t.gpkg"
    says "^hint: .*--overwrite"
    [ "$(cat "$work/out/t.gpkg")" = mine ]
    [ "$(ls -A "$work/out")" = t.gpkg ]
    town_as gpkg
    [ "$(head -c 6 "$work/out/t.gpkg")" = SQLite ]
    nothing_left_in "$work"
}

@test "outputs: an ending that names no format, a folder for a file" {
    make_town
    refused 2 "t.docx: the ending does not name a format" coverage "${town[@]}" "${shops[@]}" -o "$work/t.docx"
    refused 2 "a folder, not a file" coverage "${town[@]}" "${shops[@]}" -o "$work/"
    mkdir "$work/t.csv"
    refused 1 "t.csv: is a folder" coverage "${town[@]}" "${shops[@]}" -o "$work/t.csv"
    nothing_left_in "$work"
}

@test "outputs: a failed run leaves the previous files as they were, and nothing of its own" {
    make_town
    town_as gpkg
    before="$(cd "$work/out" && sha256sum -- *)"
    sed -i 's/^s1,/s1,"/' "$work/services.csv"
    refused 1 "." coverage --overwrite "${town[@]}" --services "$work/services.csv" --type nothing "${homes[@]}" -o "$work/out/t.gpkg"
    [ "$(cd "$work/out" && sha256sum -- *)" = "$before" ]
    # the same where drawing fails at the very end
    make_town
    printf 'areas: areas.geojson\narea-id: code\nservices: {file: services.csv, type: kind}\noutput: out\nlayers: [t.gpkg]\nmaps:\n  - field: gap_index\n    scheme: Accent\n    classes: 5\n    output: a.png\n' >"$work/p.yaml"
    refused 1 "." run "$work/p.yaml"
    [ "$(cd "$work/out" && sha256sum -- *)" = "$before" ]
    nothing_left_in "$work"
}

@test "outputs: a directory that cannot be written says so; nothing is left" {
    make_town
    mkdir "$work/locked"
    if [ "$(id -u)" -eq 0 ]; then
        # root writes everywhere: a file in the place of the folder is what is left to try
        echo x >"$work/file"
        refused 1 "cannot be written" coverage "${town[@]}" "${shops[@]}" --type kind -o "$work/file/t.csv"
        refused 1 "cannot be written" coverage "${town[@]}" "${shops[@]}" --type kind -o /proc/servicegap/t.csv
        return
    fi
    chmod a-w "$work/locked"
    refused 1 "cannot be written" coverage "${town[@]}" "${shops[@]}" --type kind -o "$work/locked/t.csv"
    [ -z "$(ls -A "$work/locked")" ]
}

@test "outputs: a full disk is an error (status 1); the previous files stay and nothing is left behind" {
    [ "$(id -u)" -eq 0 ] || skip "only root may mount a small disk"
    mkdir "$work/disk"
    mount -t tmpfs -o size=160k tmpfs "$work/disk" 2>/dev/null || skip "a small disk cannot be mounted here"
    city
    {
        echo kept >"$work/disk/coverage.gpkg"
        try coverage --overwrite "${city_options[@]}" -o "$work/disk/coverage.gpkg"
        left="$(ls -A "$work/disk")"
        kept="$(cat "$work/disk/coverage.gpkg")"
    } || true
    umount "$work/disk"
    [ "$status" -eq 1 ] || tell "exit status $status"
    says '^servicegap: error: .*cannot be written'
    [ "$kept" = kept ]
    [ "$left" = coverage.gpkg ]
}

@test "outputs: a full disk while a map is drawn" {
    [ "$(id -u)" -eq 0 ] || skip "only root may mount a small disk"
    mkdir "$work/disk"
    mount -t tmpfs -o size=16k tmpfs "$work/disk" 2>/dev/null || skip "a small disk cannot be mounted here"
    for ending in png svg pdf; do
        try map -q --layer "$sample/neighbourhoods.geojson" --field population -o "$work/disk/m.$ending"
        left="$(ls -A "$work/disk")"
        [ "$status" -eq 1 ] && [ -z "$left" ] || { umount "$work/disk"; tell "$ending: status $status, left: $left"; }
    done
    umount "$work/disk"
}

@test "outputs: ^C and a kill during a run leave nothing half written" {
    city
    cp "$sample/project.yaml" "$work/p.yaml"
    sed -i -e "s#\([a-z_0-9]*\.\(geojson\|csv\)\)\$#$sample/\1#" -e 's#^output:.*#output: out#' "$work/p.yaml"
    interrupted=0
    for delay in 0.05 0.2 0.4 0.7 1.0; do
        for signal in INT TERM HUP; do
            rm -rf "$work/out"
            mkdir "$work/out"
            echo kept >"$work/out/coverage.gpkg"
            "$program" run -q "$work/p.yaml" 2>"$work/stderr.txt" &
            job=$!
            sleep "$delay"
            if kill -s "$signal" "$job" 2>/dev/null; then
                status=0
                wait "$job" || status=$?
                if [ "$status" -ne 0 ]; then
                    interrupted=$((interrupted + 1))
                    [ "$status" -eq 1 ] || [ "$status" -ge 128 ]
                    [ "$(ls -A "$work/out")" = coverage.gpkg ] || { ls -A "$work/out" >&2; false; }
                    [ "$(cat "$work/out/coverage.gpkg")" = kept ]
                fi
            else
                wait "$job" || true
                break 2
            fi
        done
    done
    [ "$interrupted" -ge 3 ]
    nothing_left_in "$work"
}

@test "outputs: a run that was started to survive its terminal does" {
    city
    (
        trap '' HUP # what nohup does
        exec "$program" coverage -q "${city_options[@]}" -o "$work/out/t.csv"
    ) &
    job=$!
    sleep 0.3
    kill -s HUP "$job" 2>/dev/null || true
    wait "$job"
    [ -s "$work/out/t.csv" ]
}

@test "outputs: a symbolic link in the place of an output is replaced, not followed" {
    make_town
    echo precious >"$work/precious"
    mkdir "$work/out"
    ln -s ../precious "$work/out/t.csv"
    refused 1 "exists already" coverage "${town[@]}" "${shops[@]}" --type kind -o "$work/out/t.csv"
    town_as csv
    [ "$(cat "$work/precious")" = precious ]
    [ ! -L "$work/out/t.csv" ]
}

@test "outputs: the records in no area are the same from a CSV file, a GeoPackage and a FlatGeobuf, by the thousand" {
    need ogr2ogr
    make_town
    python3 - "$work" <<'PY'
import random, sys
random.seed(7)
with open(sys.argv[1] + "/many.csv", "w") as file:
    print("kind,name,lon,lat", file=file)
    for i in range(3000):  # about half of them outside, in no order
        print(f'food,"shop ""{i}"" è",{-80 + random.random() * 0.12:.6f},{43 + random.random() * 0.08:.6f}', file=file)
PY
    # ids with gaps
    ogr2ogr -oo X_POSSIBLE_NAMES=lon -oo Y_POSSIBLE_NAMES=lat -oo AUTODETECT_TYPE=YES -a_srs EPSG:4326 -dialect SQLITE \
        -sql 'SELECT rowid * 7 + (rowid = 3000) * 2000000000 AS fid, * FROM many' "$work/many.gpkg" "$work/many.csv"
    ogr2ogr -lco SPATIAL_INDEX=NO "$work/many.fgb" "$work/many.gpkg"
    for ending in csv gpkg fgb; do
        done_with coverage -q "${town[@]}" --services "$work/many.$ending" --type kind -o "$work/$ending/t.csv"
        python3 - "$work/$ending/rejected.csv" >"$work/rejected.$ending" <<'PY'
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    print(*(row[name] for name in ("servicegap_record", "servicegap_reason", "kind", "name")),
          float(row["servicegap_lon"]), float(row["servicegap_lat"]))
PY
    done
    [ "$(wc -l <"$work/rejected.csv")" -gt 1000 ]
    cmp "$work/rejected.csv" "$work/rejected.gpkg"
    cmp "$work/rejected.csv" "$work/rejected.fgb"
    cmp "$work/csv/t.csv" "$work/gpkg/t.csv"
}

@test "outputs: a site says the file and the record it is from, whatever was left out before it" {
    need ogrinfo
    printf 'lon,lat,type\n,,a\n0.5,0.5,a\n0.6,0.5,b\n' >"$work/first.csv"
    echo '{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"type":"c"},"geometry":null},
        {"type":"Feature","properties":{"type":"c"},"geometry":{"type":"MultiPoint","coordinates":[[0.2,0.2],[0.3,0.3]]}}]}' >"$work/second.geojson"
    echo '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"id":"A"},
        "geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}]}' >"$work/one.geojson"
    done_with coverage --areas "$work/one.geojson" --area-id id --services "$work/first.csv" \
        --services "$work/second.geojson" --type type -o "$work/from/t.gpkg"
    python3 - "$work/from/t.gpkg" <<'END'
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute("SELECT file, record, types, lon FROM sites ORDER BY fid").fetchall()
assert [(f.rsplit("/", 1)[-1], r, t, x) for f, r, t, x in rows] == [
    ("first.csv", 2, "a", 0.5), ("first.csv", 3, "b", 0.6),
    ("second.geojson", 2, "c", 0.2), ("second.geojson", 2, "c", 0.3)], rows
END
}

@test "outputs: rejected and unreached records of an earlier run are not left standing as this one's" {
    make_town
    done_with coverage "${town[@]}" "${shops[@]}" --type kind -o "$work/o/t.csv"
    [ "$(wc -l <"$work/o/rejected.csv")" -gt 1 ]
    printf 'kind,reason\nold,old\n' >"$work/o/unreached.csv"
    printf 'lon,lat,kind\n-79.990,43.010,a\n' >"$work/one.csv"
    done_with coverage "${town[@]}" --services "$work/one.csv" --type kind --overwrite -o "$work/o/t.csv"
    [ "$(wc -l <"$work/o/rejected.csv")" -eq 1 ]
    grep -q '^servicegap_file,servicegap_record,servicegap_reason' "$work/o/rejected.csv"
    [ "$(wc -l <"$work/o/unreached.csv")" -eq 1 ]
    grep -q 'kind,reason,area_id' "$work/o/unreached.csv"
    # and none is made where there was none
    done_with coverage "${town[@]}" --services "$work/one.csv" --type kind -o "$work/p/t.csv"
    [ ! -e "$work/p/rejected.csv" ]
    [ ! -e "$work/p/unreached.csv" ]
}

@test "outputs: a layer without a gap index opens styled, too: by its first measure" {
    need xmllint
    make_town
    done_with coverage -q "${town[@]}" "${shops[@]}" --type kind --measures count,nearest -o "$work/n.shp"
    for ending in qml sld; do
        xmllint --noout --nonet "$work/n.$ending"
        grep -q ALL_CNT "$work/n.$ending"
    done
}

@test "outputs: rejected.csv and provenance.json give way where a run has written them, and another's do not" {
    make_town
    for name in rejected.csv provenance.json; do
        mkdir "$work/$name.d"
        echo '{"mine": 1}' >"$work/$name.d/$name"
        refused 1 "$name: exists already" coverage "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/$name.d/t.csv"
        says "^hint: .*--overwrite"
        [ "$(cat "$work/$name.d/$name")" = '{"mine": 1}' ]
        [ ! -e "$work/$name.d/t.csv" ]
        done_with coverage "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/$name.d/t.csv" --overwrite
    done
    mkdir "$work/pipe.d"
    mkfifo "$work/pipe.d/rejected.csv"
    refused 1 "rejected.csv: exists already" coverage "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/pipe.d/t.csv"
    # a second run beside the first needs no leave for what tells of the folder's last run
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/both/one.csv"
    quiet_about 'earlier run'
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/both/two.csv"
    says 'both/rejected.csv: replaces that of an earlier run'
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/both/other.geojson"
    done_with coverage "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/both/again.csv"
    # but for what no run has written it does
    echo mine >"$work/both/unreached.csv"
    refused 1 "unreached.csv: exists already" coverage "${town[@]}" "${shops[@]}" --type kind --measures count -o "$work/both/three.csv"
    [ "$(cat "$work/both/unreached.csv")" = mine ]
}

@test "outputs: more columns than a GeoPackage or a sheet holds are an error that names what helps" {
    make_town
    { echo 'lon,lat,kind'; for i in $(seq 1 140); do printf -- '-79.99,43.01,Type %s\n' "$i"; done; } >"$work/s.csv"
    for ending in gpkg xlsx ods; do
        refused 1 "t.$ending: .* holds at most 1998 columns, and there are 2[0-9]{3}" coverage "${town[@]}" --services "$work/s.csv" --type kind -o "$work/t.$ending"
        says "^hint: name fewer measures with --measures"
    done
    done_with coverage "${town[@]}" --services "$work/s.csv" --type kind --measures count,gap -o "$work/t.gpkg"
}
