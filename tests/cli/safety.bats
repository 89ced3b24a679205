#!/usr/bin/env bats
# Strangers' files: no network, no drivers that were not asked for, limits, and names that are made to harm.

load helpers

square='{"type":"Feature","properties":{"id":"a"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}}'

# A server on this machine that notes what is asked of it in $work/asked; $port is where.
serve() {
    python3 - "$work" <<'P' &
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with open(sys.argv[1] + "/asked", "a") as file:
            print(self.path, file=file)
        self.send_error(404)
    do_HEAD = do_GET
    def log_message(self, *rest):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + "/port.new", "w") as file:
    print(server.server_port, file=file)
import os
os.rename(sys.argv[1] + "/port.new", sys.argv[1] + "/port")
server.serve_forever()
P
    server=$!
    for _ in $(seq 100); do [ -e "$work/port" ] && break; sleep 0.1; done
    port="$(cat "$work/port")"
}

teardown() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
}

@test "safety: a file that names an address is not followed there, unless --allow-network says so" {
    serve
    printf 'lon,lat,type\n0.5,0.5,x\n' >"$work/s.csv"
    plain=(--services "$work/s.csv" --type type --measures count)
    for crs in '{"type":"link","properties":{"href":"http://127.0.0.1:'$port'/link","type":"proj4"}}' \
        '{"type":"url","properties":{"url":"http://127.0.0.1:'$port'/url"}}' \
        '{"type":"name","properties":{"name":"http://127.0.0.1:'$port'/name"}}'; do
        printf '{"type":"FeatureCollection","crs":%s,"features":[%s]}' "$crs" "$square" >"$work/a.geojson"
        try coverage -q --areas "$work/a.geojson" "${plain[@]}"
        try check -q --areas "$work/a.geojson" "${plain[@]}"
        try map -q --layer "$work/a.geojson" --field id -o "$work/m.png" --overwrite
    done
    cat >"$work/a.gml" <<G
<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:$port/entity">]>
<gml:FeatureCollection xmlns:gml="http://www.opengis.net/gml" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://x http://127.0.0.1:$port/schema.xsd"><gml:featureMember><f><id>a</id><gml:geometryProperty>
<gml:Polygon srsName="http://127.0.0.1:$port/srs"><gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>0,0 1,0 1,1 0,1 0,0</gml:coordinates>
</gml:LinearRing></gml:outerBoundaryIs></gml:Polygon></gml:geometryProperty></f></gml:featureMember></gml:FeatureCollection>
G
    try coverage -q --areas "$work/a.gml" "${plain[@]}"
    try coverage -q --areas "http://127.0.0.1:$port/areas.geojson" "${plain[@]}"
    try coverage -q --areas "/vsicurl/http://127.0.0.1:$port/areas.geojson" "${plain[@]}"
    try coverage -q --areas "/vsizip/vsicurl/http://127.0.0.1:$port/areas.zip" "${plain[@]}"
    try coverage -q --areas "/vsizip/{/vsicurl/http://127.0.0.1:$port/areas.zip}" "${plain[@]}"
    try coverage -q --areas "$work/a.geojson" --areas-crs "http://127.0.0.1:$port/crs" "${plain[@]}"
    [ ! -e "$work/asked" ] || { cat "$work/asked" >&2; false; }
    try coverage -q --areas "http://127.0.0.1:$port/areas.geojson" --allow-network "${plain[@]}"
    [ "$status" -eq 1 ]
    says '404'
    grep -qx /areas.geojson "$work/asked"
}

@test "safety: a virtual file is read only where --allow-driver names its driver, which no project can" {
    printf '{"type":"FeatureCollection","features":[%s]}' "$square" >"$work/a.geojson"
    printf '<OGRVRTDataSource><OGRVRTLayer name="a"><SrcDataSource>%s/a.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>' "$work" >"$work/a.vrt"
    printf 'lon,lat,type\n0.5,0.5,x\n' >"$work/s.csv"
    plain=(--areas "$work/a.vrt" --services "$work/s.csv" --type type --measures count)
    refused 1 'a.vrt: cannot be read as a layer' coverage "${plain[@]}"
    done_with coverage -q "${plain[@]}" --allow-driver VRT
    refused 2 "allow-driver: GDAL has no driver 'VRTX' here" coverage "${plain[@]}" --allow-driver VRTX
    printf 'areas: a.vrt\nservices: {file: s.csv, type: type}\noutput: out\nlayers: [c.csv]\nallow-driver: VRT\n' >"$work/p.yaml"
    refused 1 "p.yaml.*'allow-driver'" run "$work/p.yaml"
    sed -i '/allow-driver/d' "$work/p.yaml"
    refused 1 'a.vrt: cannot be read as a layer' run "$work/p.yaml"
    done_with run -q "$work/p.yaml" --allow-driver VRT
}

@test "safety: names, types and tables beyond their limits are errors that say so" {
    python3 - "$work" "$square" <<'P'
import sys
folder, square = sys.argv[1:]
def write(name, text):
    open(folder + "/" + name, "w").write(text)
def layer(*features):
    return '{"type":"FeatureCollection","features":[' + ",".join(features) + "]}"
write("id.geojson", layer(square.replace('"a"', '"' + "x" * 1001 + '"')))
write("name.geojson", layer(square.replace('"id":"a"', '"id":"a","name":"' + "y" * 20000 + '"')))
write("fits.geojson", layer(square.replace('"id":"a"', '"id":"a","name":"' + "y" * 1000 + '"')))
write("s.csv", "lon,lat,type\n0.5,0.5,x\n")
write("long.csv", "lon,lat,type\n0.5,0.5," + "z" * 1001 + "\n")
write("many.csv", "lon,lat,type\n" + "".join("0.5,0.5,type %d\n" % i for i in range(2001)))
write("regions.csv", "area_id,region\na," + "r" * 1001 + "\n")
write("deep.yaml", "areas: " + "[" * 100 + "]" * 100 + "\n")
write("deep.geojson", layer(square.replace('"a"', "[" * 5000 + "]" * 5000)))
write("bomb.yaml", "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join("%s: &%s [%s]\n" % (chr(98 + i), chr(98 + i), ",".join(["*" + chr(97 + i)] * 9)) for i in range(9)))
P
    plain=(--services "$work/s.csv" --type type --measures count)
    refused 1 'id.geojson, record 1: the id is 1001 bytes long .*; the limit is 1000' coverage --areas "$work/id.geojson" --area-id id "${plain[@]}"
    refused 1 'name.geojson, record 1: the name is 20000 bytes long' coverage --areas "$work/name.geojson" "${plain[@]}"
    says '^hint: name another field with --area-name$'
    done_with coverage -q --areas "$work/fits.geojson" "${plain[@]}"
    areas=(--areas "$work/fits.geojson" --area-id id --measures count)
    refused 1 'a type of 1001 bytes' coverage "${areas[@]}" --services "$work/long.csv" --type type
    refused 1 'more than 2000 different types' coverage "${areas[@]}" --services "$work/many.csv" --type type
    refused 1 "region's name .* of more than 1000 bytes" coverage "${areas[@]}" "${plain[@]}" --regions "$work/regions.csv"
    refused 1 'deep.yaml' run "$work/deep.yaml"
    refused 1 'bomb.yaml' run "$work/bomb.yaml"
    try coverage --areas "$work/deep.geojson" "${plain[@]}"
    [ "$status" -le 1 ]
}

@test "safety: a job beyond the memory of the machine, or of its limit, is an error" {
    python3 - "$work" <<'P'
import json, sys
folder = sys.argv[1]
n = 110
features = [{"type": "Feature", "properties": {"id": str(i)}, "geometry": {"type": "Polygon", "coordinates": [[[x, y], [x + .01, y], [x + .01, y + .01], [x, y + .01], [x, y]]]}}
            for i in range(n * n) for x, y in [(i % n * .01, i // n * .01)]]
json.dump({"type": "FeatureCollection", "features": features}, open(folder + "/a.geojson", "w"))
with open(folder + "/s.csv", "w") as file:
    file.write("lon,lat,type\n" + "".join("%f,%f,type %d\n" % (i % 97 * .01, i % 89 * .01, i) for i in range(1999)))
P
    # 2,000 types of 13 measures in 12,100 areas with 100 points each: 0.3 billion numbers and their copies, 39 GB for the points
    kib="$(sed -n 's/^MemTotal: *\([0-9]*\) kB/\1/p' /proc/meminfo)"
    [ "$kib" -lt 35000000 ] || skip "this machine has more than 35 GB"
    refused 1 'columns of 12100 areas, from 1999 types .* would need [0-9]* GB of memory; this machine has' \
        coverage --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type
    says '^hint: map the types to fewer'
    ! grep -q __asan_init "$program" || return 0 # the sanitizer reserves more addresses than any limit leaves
    run --separate-stderr bash -c "ulimit -v 350000; exec timeout 60 '$program' coverage -q --threads 1 --areas '$work/a.geojson' --services '$work/s.csv' --type type --measures count"
    [ "$status" -eq 1 ] || [ "$status" -eq 127 ] # 127: not even the libraries could be loaded
}

@test "safety: 5,000 hostile names give valid SVG, XML and JSON, safe tables and maps" {
    python3 -B "$here/../trust/hostile_city.py" make "$work"
    run --separate-stderr timeout 600 "$program" run "$work/project.yaml"
    [ "$status" -eq 0 ] || tell "status $status"
    says '3000 records read'
    ! grep -q "$(printf '\033')" <<<"$stderr"
    python3 -B "$here/../trust/hostile_city.py" check "$work/out"
    if command -v xmllint >/dev/null; then
        xmllint --noout "$work/out"/*.svg "$work/out"/*.qml "$work/out"/*.sld
    fi
    need ogrinfo
    for ending in gpkg shp geojson fgb; do
        ogrinfo -so -al "$work/out/coverage.$ending" coverage 2>/dev/null | grep -q '^Feature Count: 5000$'
    done
}

@test "safety: what a report says of strangers' names cannot steer a terminal" {
    printf '{"type":"FeatureCollection","features":[%s,%s]}' "$square" \
        "$(sed 's/"a"/"b\\u001b[31mB\\u202e"/; s/\[\[\[0,0\],\[1,0\],\[1,1\],\[0,1\],\[0,0\]\]\]/[[[0.5,0],[2,0],[2,1],[0.5,1],[0.5,0]]]/' <<<"$square")" >"$work/a.geojson"
    printf 'lon,lat,type\n0.7,0.5,e\033[31mvil\n' >"$work/s.csv"
    done_with check --areas "$work/a.geojson" --area-id id --services "$work/s.csv" --type type
    [[ "$output" == *"overlaps"*"1 pair"* ]]
    [[ "$output$stderr" != *$'\033'* ]] && [[ "$output$stderr" != *$'\u202e'* ]]
}

@test "safety: control characters of names reach no output" {
    need ogr2ogr
    python3 - "$work" <<'PY'
import json, sys
name = "Bell\x07 \x1b[31mred\x1b[0m \x9b2J csi \x7f\x01 Ünö, \"q\""
features = [{"type": "Feature", "properties": {"code": f"C{i}\x1b]0;t\x07", "label": name + str(i)}, "geometry": {"type": "Polygon", "coordinates": [[
    [x, 43], [x + .01, 43], [x + .01, 43.01], [x, 43.01], [x, 43]]]}} for i in range(3) for x in [-80 + i * .01]]
json.dump({"type": "FeatureCollection", "features": features}, open(sys.argv[1] + "/a.geojson", "w"))
open(sys.argv[1] + "/s.csv", "w").write("lon,lat,kind,note\n-79.995,43.005,\x1b[32mfood,\x1b[2J\n0.5,0.5,food,\x1b[5m\x9b1m\n")
PY
    for ending in csv geojson gpkg fgb shp xlsx ods; do
        done_with coverage --areas "$work/a.geojson" --area-id code --area-name label --services "$work/s.csv" --type kind --tidy -o "$work/$ending/t.$ending"
    done
    python3 - "$work" <<'PY'
import glob, re, sqlite3, subprocess, sys, zipfile
control = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
def check(what, text):
    found = control.search(text)
    assert not found, (what, text[max(0, found.start() - 40):found.start() + 20])
seen = 0
for path in glob.glob(sys.argv[1] + "/*/*"):
    ending = path.rsplit(".", 1)[1]
    if ending in ("csv", "json", "geojson", "qml", "sld", "txt"):
        text = open(path, encoding="utf-8").read()
        check(path, text)
        seen += "red" in text
    elif ending in ("gpkg", "fgb", "shp"):
        text = subprocess.run(["ogr2ogr", "-f", "CSV", "/vsistdout/", path] + (["coverage"] if ending == "gpkg" else []), capture_output=True, check=True).stdout.decode()
        check(path, text)
        seen += "red" in text
    elif ending in ("xlsx", "ods"):
        with zipfile.ZipFile(path) as sheets:
            for name in sheets.namelist():
                check(path + name, sheets.read(name).decode())
        seen += 1
assert seen >= 9, seen
PY
}

@test "safety: a pipe as any input is refused at once with what to do, never waited for" {
    make_town
    mkfifo "$work/pipe" "$work/pipe.zip" "$work/pipe.yaml"
    export SERVICEGAP_TIMEOUT=20
    local option path
    for path in "$work/pipe" "$work/pipe.zip" "/vsizip/$work/pipe.zip/x.csv" "/vsizip/{$work/pipe.zip}/x.csv" "/vsigzip/$work/pipe"; do
        refused 1 ": is a pipe, not a file" check "${town[@]}" --services "$path"
        says "^hint: save it to a file first"
    done
    refused 1 "/dev/null: is a device, not a file" check "${town[@]}" --services /dev/null
    refused 1 "pipe: is a pipe" check --areas "$work/pipe" "${shops[@]}"
    for option in demand join regions costs streets rules speeds aliases taxonomy benchmark; do
        path="$work/pipe.yaml"
        [ "$option" != rules ] || option="taxonomy lip --rules"
        [ "$option" != speeds ] || option="streets $sample/streets.geojson --travel-mode drive --within 15min --speeds"
        [ "$option" != costs ] || option="service-id agency --costs"
        [ "$option" != aliases ] || option="join $work/demand.csv --join-key code --aliases"
        # shellcheck disable=SC2086
        refused 1 ": is a pipe, not a file" check "${town[@]}" "${shops[@]}" --type kind --$option "$path"
    done
    for option in layer theme scheme sites water land streets lines regions; do
        refused 1 ": is a pipe, not a file" map --layer "$work/areas.geojson" --field people -o "$work/m.png" \
            "--$option" "$work/pipe.yaml"
    done
    for command in run check; do
        refused 1 "pipe.yaml: is a pipe, not a file" $command "$work/pipe.yaml"
    done
    refused 1 ": is a pipe, not a file" init --areas "$work/areas.geojson" --services "$work/pipe" -o "$work/p.yaml"
    # what the shell hands over, with a writer or without
    for input in "$work/services.csv" /dev/null; do
        run --separate-stderr bash -c "timeout 20 '$program' check --areas '$work/areas.geojson' --services <(cat '$input')"
        [ "$status" -eq 1 ] && says "^servicegap: error: /dev/fd/[0-9]*: is a stream, not a file" ||
            tell "<( ) of $input"
    done
    run --separate-stderr bash -c "timeout 20 '$program' check --areas '$work/areas.geojson' --services /dev/stdin <'$work/services.csv'"
    [ "$status" -eq 1 ] && says "error: /dev/stdin: is a stream, not a file" || tell "/dev/stdin"
}

@test "safety: a project of nothing but brackets is refused at once; a second document in any YAML file is not passed over" {
    make_town
    export SERVICEGAP_TIMEOUT=20
    python3 -c 'print("areas: " + "[" * 4000000)' >"$work/deep.yaml"
    refused 1 "deep.yaml, line 1: nested more than 32 deep" run "$work/deep.yaml"
    printf 'areas: areas.geojson\nservices: services.csv\noutput: out\nlayers: [a.csv]\n---\nwithin: 2km\nnonsense [\n' >"$work/two.yaml"
    refused 1 "two.yaml, line 5: a second document" run "$work/two.yaml"
    refused 1 "two.yaml, line 5: a second document" check "$work/two.yaml"
    refused 1 "two.yaml, line 5: a second document" check "${town[@]}" "${shops[@]}" --taxonomy "$work/two.yaml"
    refused 1 "two.yaml, line 5: a second document" check "${town[@]}" "${shops[@]}" --taxonomy lip --rules "$work/two.yaml"
    for option in theme scheme; do
        refused 1 "two.yaml, line 5: a second document" map --layer "$work/areas.geojson" --field people -o "$work/m.png" \
            "--$option" "$work/two.yaml"
    done
    printf -- '---\nareas: areas.geojson\narea-id: code\nservices: {file: services.csv, type: kind}\noutput: out\nlayers: [a.csv]\n...\n' >"$work/one.yaml"
    done_with run "$work/one.yaml"
}

@test "safety: where threads cannot be started fewer do the work, with the same results" {
    make_town
    done_with coverage -q --threads 4 "${town[@]}" "${shops[@]}" --type kind
    expected="$output"
    export OMP_STACKSIZE=1000000G # no address for such a stack: OpenMP ends a program that asks for another thread
    done_with coverage --threads 4 "${town[@]}" "${shops[@]}" --type kind
    says '^servicegap: only 1 of 4 threads can be had here.*--threads 1'
    [ "$output" = "$expected" ]
    done_with coverage --threads 4 --strict "${town[@]}" "${shops[@]}" --type kind --services-where "note = 'ok'"
    quiet_about libgomp
    done_with map --threads 4 --layer "$work/areas.geojson" --field people -o "$work/m.png"
    says 'only 1 of 4 threads'
}

@test "safety: short of memory with many threads a run ends with an error of its own, or does its work" {
    ! grep -q __asan_init "$program" || skip "the sanitizer reserves more addresses than any limit leaves"
    make_town
    for kib in 180000 195000 210000 240000 280000 320000 360000; do
        run --separate-stderr bash -c "ulimit -c 0; ulimit -v $kib; exec timeout 60 '$program' coverage --threads 64 --areas '$work/areas.geojson' --services '$work/services.csv' --type kind -o '$work/$kib/t.csv'"
        [ "$status" -le 1 ] || [ "$status" -eq 127 ] || tell "$kib KiB" # 127: not even the libraries could be loaded
        [ "$status" -ne 1 ] || says '^servicegap: error: '
        quiet_about libgomp
    done
}

@test "safety: a view that gives areas without end is read up to the limit, and not counted before" {
    need ogr2ogr
    make_town
    endless_view "$work/a.gpkg" "SELECT i AS fid, (SELECT geom FROM areas LIMIT 1) AS geom FROM r"
    refused 1 'a.gpkg: more than 2000000 areas' check --areas "$work/a.gpkg" --areas-layer v "${shops[@]}" --type kind
}
